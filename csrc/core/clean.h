/*
** clean.h - the stages of cleaning, each usable alone. A stage reads valid
** UTF-8 and fills a mill_stage (its text and the map to it), or says that
** there is nothing to change.
*/
#ifndef MILL_CLEAN_H
#define MILL_CLEAN_H

#include "charset.h"
#include "structure.h"

struct mill_unicode;

/* ---- markup (html_text.c) ---- */

/* Is s[0,n) marked up? One pass; a stray < is not markup. */
int html_looks_like(const char *s, size_t n);
/* Markup to text. Hints carry spans of the new text, facts spans of s. */
int html_to_text(const char *s, size_t n, uint32_t max_depth, mill_stage *out,
                 html_structure *structure, mill_error *err);

/* ---- pinyin glosses (gloss.c) ---- */

typedef struct gloss {
  size_t from, open, to; /* the character, its bracket, behind the closing one */
  int junk;              /* put there by a converter, not by an author */
} gloss;
typedef struct gloss_scan {
  const struct mill_unicode *unicode;
  const char *s; size_t n, next; /* where the next bracket is looked for */
  int avx2;
} gloss_scan;

void gloss_begin(gloss_scan *g, const struct mill_unicode *u, const char *s, size_t n);
/* The next candidate; 1 found, 0 no more. Safe whatever s[0,n) holds. */
int gloss_next(gloss_scan *g, gloss *out);
typedef struct gloss_list { gloss *at; uint32_t n, capacity; } gloss_list;
/* All candidates of s[0,n), into a list that was empty or used (caller frees). Does s hold
** glosses, and does it lose them? enum mill_gloss, or MILL_ENOMEM. */
int gloss_find(const struct mill_unicode *u, const char *s, size_t n, gloss_list *out);
void gloss_list_free(gloss_list *l);
/* s without these: one piece `C(p)` -> `C` each, kind gloss. */
int gloss_strip(const gloss_list *l, const char *s, size_t n, mill_stage *out, mill_error *err);

/* ---- white space (blank.c) ---- */

/* Runs of blanks -> one space, lines trimmed, empty lines gone, control
** characters dropped (kind ignorable). tabs: a run of blanks with a tab
** becomes a tab (it parts the cells of a table). 1; 0 and nothing in *out: the
** text has nothing of it. */
int blank_collapse(const char *s, size_t n, int tabs, mill_stage *out, mill_error *err);

/* ---- lines cut within sentences (wrap.c) ---- */

/* Of the text blank_collapse made: 1 joined, with the stage filled; 0 nothing to join. */
int wrap_join(const char *s, size_t n, mill_stage *out, mill_error *err);

/* ---- the script (script.c) ---- */

/* Of valid UTF-8 s[0,n), terminated: as mill_text.script has it. avx2: what
** cpu_has_avx2 says. */
uint8_t script_of(const struct mill_unicode *u, const char *s, size_t n, int avx2);

/* ---- clean.c ---- */

/* mill_clean of n documents, AT_ONCE at most: stage after stage, each over all of them. Short documents
** take longer to fetch the code of all stages than to run it, so this is quicker for them. */
typedef struct clean_job {
  const char *raw; size_t n;
  const mill_clean_options *options; /* may be NULL */
  mill_text *text;                   /* out: the caller frees it; NULL where code is negative */
  int code;
  mill_error err;
} clean_job;
void clean_several(const mill_data *d, clean_job *jobs, unsigned n);

/* ---- text.c ---- */

/* Appends a note; full (MILL_MAX_NOTES of a kind) is no error. */
#define MILL_MAX_NOTES 65536u
int text_note(mill_text *t, mill_note note);

#endif
