/*
** textmill_rules.h - the part of textmill.h that rules are made of: places, recognisers,
** patterns, identities of facts. Included by textmill.h, never alone.
*/
#ifndef MILL_TEXTMILL_RULES_H
#define MILL_TEXTMILL_RULES_H

/* ---- places (core/places.c) ---------------------------------------------- */

enum mill_place_level { MILL_PLACE_PROVINCE = 1, MILL_PLACE_CITY, MILL_PLACE_COUNTY,
                        MILL_PLACE_TOWNSHIP, MILL_PLACE_VILLAGE };
typedef struct mill_place {
  char code[13];      /* official division code, digits, terminated */
  uint8_t level;      /* enum mill_place_level */
  const char *name;   /* full official name, borrowed from the image */
  uint32_t index;     /* dense index in the image */
  uint32_t parent;    /* index, or MILL_NONE */
  uint8_t vintages;   /* bit k: it existed in vintage k */
} mill_place;
/* The states of the gazetteer: the divisions as of 2018-10-31, 2019-10-31,
** 2020-06-30 and 2023-06-30. */
#define MILL_PLACE_VINTAGES 4
/* The vintage that holds for a date: the last one before it, the first for
** what is older, the newest for none (year 0). */
MILL_API int mill_places_vintage(mill_date date);
MILL_API const char *mill_places_vintage_name(int vintage); /* "2019"; NULL */
/* Calls nothing, allocates nothing: writes up to `max` places whose folded
** full or short name (河南省, 河南) is exactly s[0,n); returns how many there are. */
MILL_API size_t mill_places_find(const mill_data *d, const char *folded, size_t n,
                                 mill_place *out, size_t max);
MILL_API int mill_places_get(const mill_data *d, uint32_t index, mill_place *out);
/* Longest place name that starts at folded[0]: bytes used, 0 none. */
MILL_API size_t mill_places_scan(const mill_data *d, const char *folded, size_t n,
                                 uint8_t *levels /* bit set 1<<level */);

/* Villages (core/villages.c) are in an image of their own, which is built where it
** is wanted: textmill-villages.dat in the folder of the data images. */
typedef struct mill_village {
  char code[13];        /* twelve digits, terminated */
  const char *name;     /* folded, without 村, 社区, 村委会; borrowed */
  uint8_t vintages;     /* as of a place */
  uint8_t urban;        /* 1: 社区, 居委会 */
} mill_village;
MILL_API int mill_villages_there(const mill_data *d); /* 1: the image is there */
/* The village of the township `town` (nine digits) that folded[0,n) names, with or
** without 村, the one of that vintage first; else the only one whose name is longer
** by one character (永乐: 永乐庄). 1 found, 0 not. */
MILL_API int mill_villages_find(const mill_data *d, const char *town, const char *folded, size_t n,
                                int vintage, mill_village *out);
/* Makes the image `out` from lists (code,"name",... after a heading), one a
** vintage, NULL for none. Villages in it, or MILL_E*; position: byte of the line. */
MILL_API int mill_villages_build(const mill_data *d, const char *const csv[MILL_PLACE_VINTAGES],
                                 const char *out, mill_error *err);

/* ---- recognisers (core/recognize.c) -------------------------------------- */

/* A fact found earlier, for patterns that build on facts. */
typedef struct mill_mark { mill_span folded; const char *type; } mill_mark;

/* What recognisers, patterns and rules look at: one text and its tokens. */
typedef struct mill_view {
  const mill_data *data;
  const char *folded; size_t folded_len;
  const mill_tokens *tokens;
  const mill_text *text; /* may be NULL: a plain string */
  mill_date ref;         /* reference date; year 0 = none */
  const mill_mark *marks; size_t n_marks; /* by folded.from; may be NULL */
  const mill_userwords *user; /* words and classes of one's own; may be NULL */
  struct mill_dates *dates;   /* NULL; of the library's own use, see core/rec_dates.h */
} mill_view;

/* A time is a clock (早上六点), with the date in front of it where there is one;
** a date may have a clock behind it. */
enum mill_recognizer {
  MILL_REC_NUMBER = 0, MILL_REC_MEASURE, MILL_REC_QUANTITY, MILL_REC_DATE,
  MILL_REC_TIME, MILL_REC_PERSON, MILL_REC_PLACE, MILL_REC_ORG, MILL_REC_ROLE,
  MILL_REC_COUNT
};

typedef struct mill_found {
  uint32_t n_tokens;     /* length of the match in tokens, >= 1 */
  mill_number number;    /* number, quantity */
  mill_span unit;        /* folded span of measure word or unit; from == to: none */
  mill_date date;        /* date, time */
  uint32_t place;        /* place index, or MILL_NONE */
  uint8_t place_levels;  /* bit set of 1<<level where ambiguous */
} mill_found;
/* Longest match of a recogniser that starts at token `at`. 1 found, 0 not.
** Pure: the same view and token give the same answer. */
MILL_API int mill_recognize(const mill_view *v, enum mill_recognizer what,
                            uint32_t at, mill_found *out);

/* ---- token patterns (core/pattern.c, core/pattern_code.c, core/vm.c) ------ */

/*
** A pattern is a tree built bottom-up; nodes are counted references, so one
** may stand in many patterns. Positions are bytes of folded text; all atoms
** but `inside` begin and end at token boundaries.
*/
typedef struct mill_pattern mill_pattern;
/* The constructors live in core/pattern.h (for bindings); here: running. */
typedef struct mill_program mill_program; /* compiled, immutable, shareable */

typedef struct mill_capture {
  uint32_t name;     /* index for mill_program_name */
  uint32_t is_list;  /* from p:list"name" */
  int32_t recognizer; /* enum mill_recognizer when one made the whole span, else -1 */
  mill_span folded;   /* blanks in front do not belong */
} mill_capture;
typedef struct mill_match {
  mill_span folded;
  size_t n_captures; const mill_capture *captures; /* borrowed from the machine */
} mill_match;
typedef struct mill_machine mill_machine; /* stacks, reused between matches */

MILL_API mill_machine *mill_machine_new(void);
MILL_API void mill_machine_free(mill_machine *vm);
/* Per call; 0: the defaults (10 million steps + 100 a byte; 1 million entries). */
MILL_API void mill_machine_limits(mill_machine *vm, uint64_t max_steps, uint32_t max_depth);
/* Milliseconds a call may take (mill_find_next: those that go on together); 0: no limit.
** Over it: MILL_ELIMIT. */
MILL_API void mill_machine_time(mill_machine *vm, double max_ms);
/* Promises that v and what it points to stay as they are until the next
** attach: recognisers are then asked once for each token. NULL ends it. */
MILL_API void mill_machine_attach(mill_machine *vm, const mill_view *v);
MILL_API const char *mill_program_name(const mill_program *p, uint32_t name);
/* First match at or after byte `from` (the start of a character). 1 match, 0 none,
** MILL_ELIMIT when the step limit (per call) or stack is used up. */
MILL_API int mill_find(mill_machine *vm, const mill_program *p, const mill_view *v,
                       uint32_t from, mill_match *out, mill_error *err);
/* The same, going on with the last search of this machine: all matches of p
** in an attached view share one step limit and what was learnt, so that their
** time together is linear. p must have lived since that search; when another
** program ran in between or `from` is before that match's end, this is mill_find. */
MILL_API int mill_find_next(mill_machine *vm, const mill_program *p, const mill_view *v,
                            uint32_t from, mill_match *out, mill_error *err);
/* The same as mill_find, only at `from`. */
MILL_API int mill_match_at(mill_machine *vm, const mill_program *p, const mill_view *v,
                           uint32_t from, mill_match *out, mill_error *err);

/* ---- many patterns at once (core/pattern_set.c) ---------------------------- */

typedef struct mill_pattern_set mill_pattern_set; /* immutable, shareable */
/* A match of the program with that number; its captures are hits->captures[first_capture..). */
typedef struct mill_hit {
  uint32_t program;
  mill_span folded;
  uint32_t first_capture, n_captures;
} mill_hit;
/* A program that used up its steps or stack, where its attempt began, and why (static). */
typedef struct mill_hit_failure {
  uint32_t program;
  int code;
  uint32_t position;
  const char *message;
} mill_hit_failure;
/* Zeroed before the first use; filled again and again. */
typedef struct mill_hits {
  mill_hit *items; uint32_t n, capacity; /* each program's in the order of the text */
  mill_capture *captures; uint32_t n_captures, captures_capacity;
  mill_hit_failure *failures; uint32_t n_failures, failures_capacity;
} mill_hits;

/* *out: caller frees it, before the n programs, which it borrows. */
MILL_API int mill_pattern_set_new(const mill_program *const *programs, uint32_t n,
                                  mill_pattern_set **out, mill_error *err);
MILL_API void mill_pattern_set_free(mill_pattern_set *set); /* takes NULL */
/* All matches of all programs in one pass over v: for each of them the same as mill_find, then
** mill_find_next behind every match (over one character when it is empty). Limits of steps and
** stack count for each program by itself; one that reaches them is in hits->failures with the
** matches up to there kept. 0, MILL_ELIMIT (the time is over; hits hold what was found) or
** MILL_ENOMEM. */
MILL_API int mill_pattern_set_run(mill_machine *vm, const mill_pattern_set *set, const mill_view *v,
                                  mill_hits *hits, mill_error *err);
MILL_API void mill_hits_clear(mill_hits *hits);
MILL_API void mill_hits_free(mill_hits *hits); /* and zeroes it */

/* ---- facts (core/fact_id.c) ----------------------------------------------- */

/* An argument of a fact and where it stands. */
typedef struct mill_argument { const char *name; mill_span clean; } mill_argument;

MILL_API void mill_sort_arguments(mill_argument *args, size_t n); /* by name */

/* The id of a fact in a document with this hash, found at `raw` with these
** arguments (sorted): one or two letters of the type, `:`, 12 hexadecimal
** digits; the same over rule versions, machines and runs. subtype may be NULL.
** 0 or MILL_ENOMEM. */
MILL_API int mill_fact_id(const mill_text *t, const unsigned char sha[32], const char *type,
                          const char *subtype, mill_span raw, const mill_argument *args,
                          size_t n, char id[32]);

#endif
