/*
** pattern_code.h - compiled patterns: what the compiler writes and the machine
** reads.
**
**   P.number:as"n" * P"gate"^-1 * (P"a" + P"b")
**
**    0 open n            4 choice 6          8 jump 10
**    1 recognize number  5 literal "gate"    9 literal "b"
**    2 close n           6 choice 9         10 end
**                        7 literal "a"
**
** A choice stacks (its target, the position, the captures so far); failing
** takes the last one up again. A `look` stacks a barrier: reaching its
** `look_end` throws away everything above it, so what it found stands.
*/
#ifndef MILL_PATTERN_CODE_H
#define MILL_PATTERN_CODE_H

#include <unicode/uregex.h>

#include "pattern.h"

enum opcode {
  OP_LITERAL,   /* text a, b: a run of whole tokens */
  OP_INSIDE,    /* text a, b: bytes, wherever they stand */
  OP_FORM,      /* text a, b: one whole token */
  OP_ANY,       /* one token, no line break */
  OP_ANY_SENTENCE, /* one token that does not end a sentence */
  OP_TAG,       /* token's tag in masks[a] */
  OP_CLASS,     /* token's word has a class of masks[a] */
  OP_KIND,      /* token's kind in masks[a] */
  OP_SET,       /* a member of sets[a] */
  OP_REGEX,     /* token matches regexes[a] */
  OP_RECOGNIZE, /* recogniser x; filter a - 1, when a > 0 */
  OP_GROUP,     /* text a, b: a class that the words of the view's user bear */
  OP_FACT,      /* text a, b: type of a mark that begins here */
  OP_BLOCK,     /* zero width: in a block of masks[a] */
  OP_SENTENCE,  /* zero width: at a sentence's edge */
  OP_SAME,      /* captures a and b agree in attribute x */
  OP_LESS,      /* capture a < capture b */
  OP_FAIL,
  OP_CHOICE,    /* go on; after a failure go to a */
  OP_JUMP,      /* go to a */
  OP_CALL,      /* go to a, come back at the next instruction */
  OP_RETURN,
  OP_OPEN,      /* begin capture a; x = 1: a list */
  OP_CLOSE,
  OP_MARK,      /* begin a span for OP_LOOK within, containing */
  OP_LOOK,      /* enum look x; b: tokens back; refused (not): go to a */
  OP_LOOK_END,
  OP_PART,      /* trace: part a begins */
  OP_END
};

enum look { LOOK_AHEAD, LOOK_NOT, LOOK_AFTER, LOOK_WITHIN, LOOK_CONTAINING };

typedef struct instruction {
  uint8_t op, x;
  uint16_t unused;
  uint32_t a, b;
} instruction;

/* Literals under a hash of their bytes (FNV-1a, so that it grows with them). */
typedef struct literal_set {
  uint32_t *slots;       /* index into items + 1; 0 free; size is a power of 2 */
  uint32_t n_slots;
  struct set_item { uint32_t text, len, hash; } *items;
  uint32_t n_items;
  uint32_t longest;      /* bytes */
} literal_set;

typedef struct compiled_filter {
  pattern_filter want;
  uint32_t units;        /* index into sets + 1; 0: any unit */
} compiled_filter;

/* Where a match can begin (core/pattern_first.c). A token may be a start when
** any of the members says so. */
typedef struct first_set {
  uint8_t any;           /* nothing is known */
  uint8_t characters;    /* some start may lie inside a token */
  uint8_t literals;      /* `bits` holds something */
  uint32_t kinds, recognizers, classes; /* masks */
  uint64_t tags;
  uint64_t bits[64];     /* of first characters, hashed by first_hash */
} first_set;

#define NEED_MOST 4 /* strings in a program's need */
#define NEED_ALSO 3 /* further needs */

/* One of these strings stands in every match, at or behind its beginning; none known when
** n is 0 (core/pattern_need.c). */
struct need_text { uint32_t text, len; };
typedef struct program_need {
  uint32_t n;
  struct need_text texts[NEED_MOST];
  uint32_t reach; /* tokens that are no blanks from the beginning to it, at most */
  uint32_t n_also; /* and one of each of these */
  struct need_also { uint32_t n; struct need_text texts[NEED_MOST]; } also[NEED_ALSO];
} program_need;

typedef struct trace_part {
  const mill_pattern *node; /* borrowed from program->tree */
  uint32_t branch, number;  /* alternative, place in it; from 1 */
} trace_part;

struct mill_program {
  instruction *code;       uint32_t n_code, code_capacity;
  mill_buffer text;        /* all literals, names; names terminated */
  uint32_t *names;         uint32_t n_names, names_capacity; /* offsets in text */
  uint8_t *made;           uint32_t made_capacity; /* per name: some capture makes it */
  uint64_t *masks;         uint32_t n_masks, masks_capacity;
  literal_set *sets;       uint32_t n_sets, sets_capacity;
  compiled_filter *filters; uint32_t n_filters, filters_capacity;
  URegularExpression **regexes; uint32_t n_regexes, regexes_capacity;
  trace_part *parts;       uint32_t n_parts, parts_capacity;
  mill_pattern *tree;      /* retained when made for tracing, or NULL */
  first_set first;
  program_need need;
  uint8_t memo;            /* failing at (instruction, position) is final */
  uint8_t has_inside;      /* positions may lie inside tokens */
};

/* Hash of the character at s, for first_set.bits: 0..4095. */
static inline uint32_t first_hash(const char *s, size_t n) {
  const unsigned char *u = (const unsigned char *)s;
  uint32_t c = u[0];
  if (c >= 0xE0 && n >= 3) c = c << 16 | (uint32_t)u[1] << 8 | u[2];
  else if (c >= 0xC0 && n >= 2) c = c << 8 | u[1];
  return c * 2654435761u >> 20;
}

#define FNV_START 2166136261u
static inline uint32_t fnv_step(uint32_t hash, char byte) {
  return (hash ^ (unsigned char)byte) * 16777619u;
}

/* Is text[0, n) in the set, given its hash? 1 or 0. */
int literal_set_has(const mill_program *prog, const literal_set *set, const char *s, uint32_t n,
                    uint32_t hash);

/* Fills *first for p. */
void pattern_first(const mill_pattern *p, first_set *first);

/* Fills prog->need for p. 0 or MILL_ENOMEM. */
int pattern_need(const mill_pattern *p, mill_program *prog);

/* Prints the instructions, one a line. */
void program_print(const mill_program *prog, mill_buffer *out);

#endif
