/*
** pattern_set.h - many patterns over one text in one pass.
**
**   token    kind ------> programs that begin with a token of that kind
**    设立    tag -------> ... of that tag
**            character -> ... with a literal that begins like it
**            class -----> ... with a word of that class
**            recogniser > ... with a number, date, place that begins here
**                         programs that may begin anywhere
**
** A token asks only the programs in its lists; one whose mandatory text does not stand
** ahead (vm_search.c) is left out for the rest of the text. Every program gets what
** mill_find_next would give it alone: its own limits, its own failures remembered.
*/
#ifndef MILL_PATTERN_SET_H
#define MILL_PATTERN_SET_H

#include "vm.h"

/* Lists of programs, one after the other: list k is items[from[k], from[k + 1]). */
typedef struct program_lists { uint32_t *from, *items; } program_lists;

struct mill_pattern_set {
  const mill_program **programs; /* borrowed */
  uint32_t n;
  program_lists kinds;        /* by enum mill_token_kind */
  program_lists tags;         /* by enum mill_tag */
  program_lists characters;   /* by first_hash */
  program_lists inside;       /* the same, for those that may begin within a token */
  program_lists classes;      /* by bit of enum mill_class */
  program_lists recognizers;  /* by enum mill_recognizer */
  program_lists any;          /* one list: no blank begins these */
  uint32_t *base;             /* of each program's instructions, for what is remembered */
  uint32_t *same;             /* the next program equal to this one, or MILL_NONE */
  uint8_t *repeats;           /* 1: an earlier one is equal, which runs for both */
  uint32_t class_mask, recognizer_mask; /* what some program begins with */
  uint32_t kind_mask;
  uint64_t tag_mask, character_bits[64];
  uint8_t has_any, has_inside, has_literals;
  uint8_t only_recognizers; /* all programs begin with one */
};

#endif
