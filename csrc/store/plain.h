/*
** plain.h - patterns that ask for nothing but words, run on columns (see plain.c).
*/
#ifndef MILL_STORE_PLAIN_H
#define MILL_STORE_PLAIN_H

#include "../core/vm.h"
#include "columns.h"
#include "plain_view.h"
#include "stop.h"

enum plain_op { PLAIN_ATOM, PLAIN_WORD_OF_SENTENCE, PLAIN_LITERAL, PLAIN_SET, PLAIN_RECOGNIZE, PLAIN_EDGE,
                PLAIN_CHOICE, PLAIN_JUMP, PLAIN_LOOK, PLAIN_LOOK_END, PLAIN_PASS, PLAIN_FAIL, PLAIN_END };
/* One for each instruction of the program, at the same place. */
struct plain_code {
  uint8_t op;
  uint32_t bits;    /* atom: one of them; literal and set: the token is it, is one; recogniser:
                    ** something may begin there; look: which */
  uint32_t begins;  /* literal and set: or may begin it; look: tokens back */
  uint32_t a;       /* choice and jump: where to; look: where to go on */
};
/* What the machine would find at a token, of instruction `code` and all that are like it. */
struct plain_atom { uint32_t code, bits, begins; };

/* Bits of a mask that no atom has. */
#define PLAIN_UNKNOWN (UINT32_C(1) << 31) /* not asked yet; START is set, too */
#define PLAIN_START (UINT32_C(1) << 30)   /* a match may begin here (vm_can_start) */
#define PLAIN_BLANK (UINT32_C(1) << 29)
#define PLAIN_BREAK (UINT32_C(1) << 28)
#define PLAIN_ENDS (UINT32_C(1) << 27)    /* vm_marks */
#define PLAIN_STOP (UINT32_C(1) << 26)
#define PLAIN_CLOSES (UINT32_C(1) << 25)
#define PLAIN_BITS 25                     /* for atoms */

struct plain_choice { uint32_t code, at; };
#define PLAIN_DEPTH 1024

struct plain {
  mill_corpus *c;
  const mill_program *prog;          /* borrowed */
  const struct columns *x;           /* borrowed: the present ones */
  struct plain_view *view;           /* for recognisers; NULL: there are none */
  uint32_t recognizers;              /* of the program: 1 << which */
  struct plain_code *code;           /* prog->n_code */
  struct plain_atom atoms[PLAIN_BITS]; uint32_t n_atoms, n_bits;
  uint32_t *masks, n_masks, capacity; /* by type */
  URegularExpression **regexes;      /* clones, prog->n_regexes; NULL: none */
  struct plain_firsts { uint64_t bits[64]; } *firsts; /* of the sets: hashes of first characters */
  mill_buffer joined;                /* scratch */
  int failed;                        /* a word could not be asked: the machine must do it */
  uint32_t doc;                      /* of the columns */
  uint32_t first, end, start;        /* of the document, of the attempt */
  uint32_t steps, n_choices;
  uint32_t spent;                    /* steps since the clock was looked at */
  struct plain_choice choices[PLAIN_DEPTH];
};

/* 1 and *out, 0: the program asks for more than words, or MILL_ENOMEM. */
int plain_new(mill_corpus *c, const mill_program *prog, struct plain **out);
void plain_free(struct plain *p);
/* From now on these columns, whose table is that of the columns before or longer. 0 or
** MILL_ENOMEM. */
int plain_use(struct plain *p, const struct columns *x);
/* The next match of document d at or behind token *at, which moves on: 1 and its first token
** in *from, 0 none, -1 the machine has to look at this document, or *stop has stopped. */
int plain_next(struct plain *p, uint32_t d, struct stop *stop, uint32_t *at, uint32_t *from);

/* ---- plain_code.c */

/* The mask of a type that was not known. */
uint32_t plain_ask(struct plain *p, uint32_t type);

#endif
