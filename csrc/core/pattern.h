/*
** pattern.h - token patterns: the tree, and the constructors bindings use.
**
**   P.number:as"n" * P.measure^-1 * (P"gate" + P"post")
**
**            SEQUENCE
**           /    |    \
**     CAPTURE  REPEAT  CHOICE            one node = one counted reference;
**       "n"     0..1   /    \            children are shared, never copied
**        |        |  LITERAL LITERAL
**   RECOGNIZE RECOGNIZE
**     number   measure
**
** Meaning. A pattern matches at a byte position of folded text and gives the
** position behind the match. All atoms but `inside` begin and end at token
** boundaries. A blank token in front of an atom is passed over, unless the
** atom itself is a blank, or the match would begin there. Choices are tried
** in order and repeats are greedy (lazy ones are not); other than in LPeg both
** are reconsidered when what follows fails, as in regular expressions:
** P.tag"n"^-2 * P"post" finds "post" although it is a noun itself.
** Look-ahead, look-behind, within and containing are decided once.
**
** Invariant: sequences and choices are flat (no sequence directly inside a
** sequence), every node has depth <= PATTERN_DEPTH, so walks over the tree
** may recurse. After Lua's LPeg: Ierusalimschy, "A text pattern-matching tool
** based on Parsing Expression Grammars", 2009.
*/
#ifndef MILL_PATTERN_H
#define MILL_PATTERN_H

#include "../textmill.h"
#include "buffer.h"

#define PATTERN_DEPTH 200         /* of nested nodes */
#define PATTERN_NODES (1u << 20)  /* of one pattern, shared nodes counted again */
#define PATTERN_FOREVER UINT32_MAX /* max of an open repeat */

enum pattern_kind {
  PAT_LITERAL,   /* text: a run of whole tokens */
  PAT_INSIDE,    /* text: characters, also within a token */
  PAT_FORM,      /* text: exactly one token */
  PAT_ANY,       /* min tokens, no line break among them */
  PAT_TRUE, PAT_FALSE,
  PAT_TAG,       /* mask of 1 << enum mill_tag */
  PAT_CLASS,     /* mask of enum mill_class */
  PAT_KIND,      /* mask of 1 << enum mill_token_kind */
  PAT_SET,       /* children: literals; the longest first */
  PAT_REGEX,     /* text: ICU regular expression over one whole token */
  PAT_RECOGNIZE, /* which; filter; children: literals, the units allowed */
  PAT_BLOCK,     /* mask of 1 << enum mill_block_kind; zero width */
  PAT_SENTENCE,  /* zero width at a sentence's edge */
  PAT_GROUP,     /* text: a class of the user's: words that bear it, of one or more tokens */
  PAT_FACT,      /* text: type; where the view has a mark of that type */
  PAT_SAME,      /* text, text2: capture names; which: enum pattern_attribute */
  PAT_LESS,      /* text, text2: capture names */
  PAT_REF,       /* text: rule of the enclosing grammar */
  /* with children */
  PAT_SEQUENCE, PAT_CHOICE,
  PAT_REPEAT,    /* min..max, lazy */
  PAT_AHEAD, PAT_NOT,
  PAT_AFTER,     /* min: how many tokens back a match may begin */
  PAT_CAPTURE,   /* text: name; which: 1 = list */
  PAT_SKIP,      /* child within the next min tokens of the sentence */
  PAT_WITHIN,    /* child 0, inside a match of child 1 */
  PAT_CONTAINING,/* child 0, with a match of child 1 in it */
  PAT_GRAMMAR,   /* children: PAT_RULE, the first starts; min: 1 = nullable */
  PAT_RULE       /* text: name */
};

enum pattern_attribute { ATTR_TEXT = 0, ATTR_TAG, ATTR_LENGTH, ATTR_VALUE, ATTR_UNIT, ATTR_PLACE };
extern const char *const pattern_attribute_names[]; /* as P.same takes them; NULL at the end */

/* What a recogniser's result must be; masks of 0 ask for nothing. */
typedef struct pattern_filter {
  double min, max;   /* value; -inf, +inf */
  uint32_t kinds;    /* 1 << enum mill_number_kind */
  uint32_t grains;   /* 1 << enum mill_grain */
  uint32_t levels;   /* 1 << enum mill_place_level */
} pattern_filter;

/* What the options kind, grain and level take, in the order of their bits (levels: from
** MILL_PLACE_PROVINCE); NULL at the end. */
extern const char *const pattern_number_kinds[], *const pattern_date_grains[], *const pattern_place_levels[];

struct mill_pattern {
  uint32_t refs;
  uint8_t kind;          /* enum pattern_kind */
  uint8_t which, lazy;
  uint8_t open;          /* holds a PAT_REF outside of a grammar */
  uint16_t depth;
  uint32_t size;         /* nodes below and including this one */
  uint32_t min, max;
  uint64_t mask;
  char *text, *text2;    /* owned, terminated; NULL when unused */
  size_t len;            /* of text */
  pattern_filter *filter; /* owned, or NULL */
  char *where;           /* owned "file:line" it was made at, or NULL */
  uint32_t n;
  struct mill_pattern **child; /* n owned references */
};

/*
** Constructors. All return a new reference (refs == 1) for the caller, or NULL
** with *err filled: MILL_ENOMEM, MILL_EINVAL or MILL_ESYNTAX. Arguments are
** borrowed; children are retained. Texts are already folded.
*/
mill_pattern *pattern_text(enum pattern_kind kind, const char *s, size_t n, mill_error *err);
mill_pattern *pattern_any(uint32_t n, mill_error *err);
mill_pattern *pattern_constant(int truth, mill_error *err);
mill_pattern *pattern_mask(enum pattern_kind kind, uint64_t mask, mill_error *err);
/* Names separated by blanks: tags, classes, kinds or blocks; unknown ones fail, but
** those of classes, which are the user's own (PAT_GROUP). */
mill_pattern *pattern_named(enum pattern_kind kind, const char *names, mill_error *err);
/* n literals as one atom (PAT_SET), or, with a recogniser and a filter,
** what units it takes. */
mill_pattern *pattern_set(mill_pattern *const *literals, uint32_t n, mill_error *err);
mill_pattern *pattern_recognize(enum mill_recognizer what, const pattern_filter *filter,
                                mill_pattern *const *units, uint32_t n, mill_error *err);
mill_pattern *pattern_regex(const char *s, size_t n, mill_error *err);
mill_pattern *pattern_sentence(mill_error *err);
mill_pattern *pattern_sequence(mill_pattern *a, mill_pattern *b, mill_error *err);
mill_pattern *pattern_choice(mill_pattern *a, mill_pattern *b, mill_error *err);
mill_pattern *pattern_but_not(mill_pattern *a, mill_pattern *b, mill_error *err);
mill_pattern *pattern_repeat(mill_pattern *p, uint32_t min, uint32_t max, mill_error *err);
mill_pattern *pattern_lazy(mill_pattern *p, mill_error *err); /* p: a repeat */
mill_pattern *pattern_look(mill_pattern *p, int positive, mill_error *err);
mill_pattern *pattern_after(mill_pattern *p, mill_error *err);
mill_pattern *pattern_skip(mill_pattern *p, uint32_t n, mill_error *err);
mill_pattern *pattern_within(mill_pattern *p, mill_pattern *span, mill_error *err);
mill_pattern *pattern_containing(mill_pattern *span, mill_pattern *p, mill_error *err);
mill_pattern *pattern_capture(mill_pattern *p, const char *name, int is_list, mill_error *err);
mill_pattern *pattern_same(const char *a, const char *b, const char *attribute, mill_error *err);
mill_pattern *pattern_less(const char *a, const char *b, mill_error *err);
mill_pattern *pattern_rule(const char *name, mill_pattern *p, mill_error *err);
/* rules: PAT_RULE nodes, the first is the start. Checks the whole grammar. */
mill_pattern *pattern_grammar(mill_pattern *const *rules, uint32_t n, mill_error *err);

mill_pattern *pattern_retain(mill_pattern *p);
void pattern_release(mill_pattern *p); /* takes NULL */
/* Remembers where p was made, for traces; nothing happens without memory. */
void pattern_set_where(mill_pattern *p, const char *where);

/* ---- what can be known without running (core/pattern_check.c) ------------ */

/* May p match without using up anything? A reference counts as no. */
int pattern_nullable(const mill_pattern *p);
/* Most tokens a match can take, PATTERN_FOREVER when unbounded. */
uint32_t pattern_max_tokens(const mill_pattern *p);
/* Of a grammar: undefined rules, left recursion, loops over nothing. Keeps in
** g->min whether the grammar is nullable. 0, MILL_ESYNTAX or MILL_ENOMEM. */
int pattern_check_grammar(mill_pattern *g, mill_error *err);
/* Index of the rule of g with this name, or -1. */
int pattern_find_rule(const mill_pattern *g, const char *name);

/* ---- printing (core/pattern_print.c) -------------------------------------- */

/* As one would write it, P.number:as"n" * P.measure^-1: Lua that makes an equal pattern,
** unless it is longer than `most` bytes; then it is cut there and ends in "...". */
void pattern_print(const mill_pattern *p, size_t most, mill_buffer *out);
/* As a trace names a part: number, measure^-1, gate|post. */
void pattern_print_short(const mill_pattern *p, mill_buffer *out);

/* ---- compiling (core/pattern_code.c) -------------------------------------- */

enum { PROGRAM_TRACE = 1 }; /* mark where the parts of a sequence begin */
/* *out: caller frees with mill_program_free. p stays retained by a program
** made for tracing. */
int mill_program_new(mill_pattern *p, int flags, mill_program **out, mill_error *err);
void mill_program_free(mill_program *prog);

/* Token kinds by name: han number latin kana other punct blank break. */
const char *pattern_kind_name(int kind); /* NULL: none */
int pattern_kind_by_name(const char *name, size_t n); /* -1 unknown */

#endif
