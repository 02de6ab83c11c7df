/*
** clean.c - raw bytes to clean text, stage by stage, with one map.
**
**   raw --decode--> UTF-8 --html--> text --mojibake--> --gloss--> --NFC--> --blank--> --wrap--> clean
**       \__ before __/\___ markup __/\______________ after ________________________/
**
** Each stage makes a text and a map; the maps are composed into raw -> clean
** at the end. Stages with nothing to do are left out. `after` is kept apart
** because the hints of the markup speak of the text between.
*/
#include "clean.h"

#include <string.h>

#include "alloc.h"
#include "buffer.h"
#include "cpu.h"
#include "data.h"
#include "error.h"
#include "map.h"
#include "mojibake.h"
#include "unicode.h"

#define MAX_BYTES (256u << 20)
#define MAX_DEPTH 512

typedef struct work {
  mill_text *t;
  mill_clean_options o;
  char *now; size_t len;   /* the text of the last stage */
  mill_map *before, *markup, *after;
  html_structure structure;
  mill_error *err;
  int code;
} work;

static int changes_nothing(const mill_map *m) {
  const mill_run *runs;
  return mill_map_runs(m, &runs) == 0;
}

/* *map = *map then next; takes next over. Of most documents the text is as it should be. */
static int append_map(work *w, mill_map **map, mill_map *next) {
  if (*map != NULL && changes_nothing(next)) return mill_map_free(next), 0;
  if (*map == NULL || changes_nothing(*map)) return mill_map_free(*map), *map = next, 0;
  mill_map *both = NULL;
  int rc = mill_map_compose(*map, next, &both);
  mill_map_free(next);
  if (rc < 0) return mill_fail(w->err, rc, 0, "out of memory");
  mill_map_free(*map);
  *map = both;
  return 0;
}

/* The text of the last stage, unless it is still the raw one. */
static void free_now(work *w) {
  if (w->t == NULL || w->now != w->t->raw) mem_free(w->now);
}

static int accept(work *w, mill_map **map, mill_stage *s) {
  free_now(w);
  w->now = s->text, w->len = s->len;
  return append_map(w, map, s->map);
}

/* Spans that mostly go up, to the other side of a map. */
typedef struct upward { uint32_t next, reached; } upward;

static mill_span to_next(upward *u, const mill_map *m, mill_span source) {
  if (source.from < u->reached) *u = (upward){0};
  mill_span there = map_to_next(m, &u->next, source);
  if (source.to > u->reached) u->reached = source.to;
  return there;
}

/* ---- notes ------------------------------------------------------------------ */

/* The raw span behind a span of the text the next stage reads. */
static mill_span raw_of_now(const work *w, mill_span s) {
  if (w->after != NULL) s = mill_map_from(w->after, s);
  if (w->markup != NULL) s = mill_map_from(w->markup, s);
  return w->before != NULL ? mill_map_from(w->before, s) : s;
}

/* Notes the pieces of one kind in a stage's map, before it is accepted, and
** counts them. Where they stand in clean text is filled in at the end. */
static int note_pieces(work *w, const mill_map *m, enum mill_edit kind, uint32_t *count) {
  const mill_run *runs;
  size_t n = mill_map_runs(m, &runs), notes = 0;
  for (size_t k = 0; k < n; k++) {
    if (runs[k].kind != (uint32_t)kind) continue;
    for (uint32_t i = 0; i < runs[k].count && notes < MILL_MAX_NOTES; i++, notes++) {
      uint32_t from = runs[k].source + i * runs[k].source_len;
      mill_note note = {.kind = kind};
      note.raw = raw_of_now(w, (mill_span){from, from + runs[k].source_len});
      if (text_note(w->t, note) < 0) return mill_fail_memory(w->err);
    }
    *count += runs[k].count;
  }
  return 0;
}

/* At the end: clean spans, and the glosses that stay (brackets and all). */
static int finish_notes(work *w) {
  mill_text *t = w->t;
  gloss_scan scan;
  gloss g;
  upward up = {0};
  for (size_t k = 0; k < t->n_notes; k++) t->notes[k].clean = to_next(&up, t->map, t->notes[k].raw);
  if (t->gloss_mode != MILL_GLOSS_TRUE) return 0;
  gloss_begin(&scan, t->data->unicode_view, t->clean, t->clean_len);
  for (uint32_t notes = 0; notes < MILL_MAX_NOTES && gloss_next(&scan, &g); notes++) {
    mill_note note = {.kind = MILL_EDIT_GLOSS, .kept = 1};
    note.clean = (mill_span){(uint32_t)g.open, (uint32_t)g.to};
    note.raw = mill_map_from(t->map, note.clean);
    if (text_note(t, note) < 0) return mill_fail_memory(w->err);
  }
  return 0;
}

/* ---- stages ----------------------------------------------------------------- */

static int decode(work *w) {
  mill_stage s = {0};
  int rc = charset_decode(w->t->raw, w->t->raw_len, w->o.charset, &s.text, &s.len, w->t->charset,
                          &s.map, w->err);
  if (rc < 0) return rc;
  if (s.text == NULL) { /* UTF-8, and all of it: nothing is written before the next stage */
    w->now = (char *)(uintptr_t)w->t->raw, w->len = w->t->raw_len;
    return 0;
  }
  rc = note_pieces(w, s.map, MILL_EDIT_BROKEN, &w->t->n_broken);
  return rc < 0 ? mill_stage_free(&s), rc : accept(w, &w->before, &s);
}

static int markup(work *w) {
  w->t->html = (uint8_t)(w->o.html < 0 ? html_looks_like(w->now, w->len) : w->o.html != 0);
  if (!w->t->html) return 0;
  mill_stage s = {0};
  int rc = html_to_text(w->now, w->len, w->o.max_depth, &s, &w->structure, w->err);
  return rc < 0 ? rc : accept(w, &w->markup, &s);
}

/* One note for each stretch of repaired pieces side by side, one of its own
** for each guess. */
static int note_repairs(work *w, const mill_map *m) {
  const mill_run *runs;
  size_t n = mill_map_runs(m, &runs);
  uint32_t guesses = 0, notes = 0;
  for (size_t k = 0, j; k < n && notes < MILL_MAX_NOTES; k = j, notes++) {
    for (j = k + 1; j < n && runs[j].source == run_source_end(&runs[j - 1]); j++) {}
    mill_note note = {.kind = MILL_EDIT_MOJIBAKE};
    note.raw = raw_of_now(w, (mill_span){runs[k].source, run_source_end(&runs[j - 1])});
    if (text_note(w->t, note) < 0) return mill_fail_memory(w->err);
  }
  return note_pieces(w, m, MILL_EDIT_GUESS, &guesses);
}

static int mojibake(work *w) {
  mill_stage s = {0};
  int rc = mojibake_repair(w->t->data, w->now, w->len, MILL_REPAIR_ALL & ~w->o.mojibake_off, &s,
                           &w->t->n_repaired, w->err);
  if (rc <= 0) return rc;
  rc = note_repairs(w, s.map);
  return rc < 0 ? mill_stage_free(&s), rc : accept(w, &w->after, &s);
}

static int strip_glosses(work *w, const gloss_list *l) {
  mill_stage s = {0};
  int rc = gloss_strip(l, w->now, w->len, &s, w->err);
  if (rc < 0) return rc;
  rc = note_pieces(w, s.map, MILL_EDIT_GLOSS, &w->t->n_glosses);
  return rc < 0 ? mill_stage_free(&s), rc : accept(w, &w->after, &s);
}

static int glosses(work *w) {
  gloss_list l = {0};
  int mode = gloss_find(w->t->data->unicode_view, w->now, w->len, &l), rc = 0;
  if (mode >= 0) w->t->gloss_mode = (uint8_t)mode;
  if (mode < 0) rc = mill_fail_memory(w->err);
  else if (mode == MILL_GLOSS_JUNK) rc = strip_glosses(w, &l);
  gloss_list_free(&l);
  return rc;
}

static int normalize(work *w) {
  mill_stage s = {0};
  int rc = mill_normalize(w->t->data, MILL_NFC, w->now, w->len, &s.text, &s.len, &s.map, w->err);
  return rc < 0 ? rc : accept(w, &w->after, &s);
}

static int blanks(work *w) {
  mill_stage s = {0};
  uint32_t controls = 0;
  int rc = blank_collapse(w->now, w->len, w->t->html, &s, w->err);
  if (rc <= 0) return rc;
  rc = note_pieces(w, s.map, MILL_EDIT_IGNORABLE, &controls);
  return rc < 0 ? mill_stage_free(&s), rc : accept(w, &w->after, &s);
}

static int wraps(work *w) {
  mill_stage s = {0};
  int rc = w->t->html ? 0 : wrap_join(w->now, w->len, &s, w->err);
  return rc <= 0 ? rc : accept(w, &w->after, &s);
}

/* ---- what the document is ------------------------------------------------------ */

/* Spans of hints and facts, which speak of the text between, to clean and raw. */
static void place_structure(work *w) {
  upward up = {0};
  for (uint32_t k = 0; k < w->structure.n_hints; k++)
    w->structure.hints[k].clean = to_next(&up, w->after, w->structure.hints[k].clean);
  for (uint32_t k = 0; w->before != NULL && k < w->structure.n_facts; k++)
    w->structure.facts[k].raw = mill_map_from(w->before, w->structure.facts[k].raw);
}

static int one_block(work *w) {
  mill_text *t = w->t;
  t->blocks = mem_calloc(1, sizeof *t->blocks);
  t->articles = mem_calloc(1, sizeof *t->articles);
  if (t->blocks == NULL || t->articles == NULL) return mill_fail_memory(w->err);
  t->n_blocks = t->n_articles = 1;
  t->blocks[0].clean = (mill_span){0, (uint32_t)t->clean_len};
  t->articles[0] = (mill_article){t->blocks[0].clean, 0, 1, MILL_NONE};
  return 0;
}

static int finish(work *w) {
  mill_text *t = w->t;
  t->clean = w->now, t->clean_len = w->len;
  w->now = NULL;
  place_structure(w);
  int rc = w->markup == NULL ? 0 : append_map(w, &w->before, w->markup);
  w->markup = NULL;
  if (rc == 0) rc = append_map(w, &w->before, w->after), w->after = NULL;
  t->map = w->before, w->before = NULL;
  return rc == 0 ? finish_notes(w) : rc;
}

static int fold(work *w) {
  mill_text *t = w->t;
  t->script = script_of(t->data->unicode_view, t->clean, t->clean_len, cpu_has_avx2());
  return w->o.no_fold ? 0 : mill_text_fold(t, w->err);
}

static void blocks(work *works, unsigned n) {
  blocks_job jobs[AT_ONCE] = {{0}};
  unsigned some = 0;
  for (work *w = works; w < works + n; w++)
    if (w->code == 0 && w->o.no_blocks) w->code = one_block(w);
    else if (w->code == 0) jobs[some++] = (blocks_job){w->t, &w->structure, &w->code, w->err};
  /* one by the function that the bench of stages puts its clock around */
  if (some == 1) *jobs->code = mill_find_blocks(jobs->text, jobs->hints, jobs->err);
  else blocks_find(jobs, some);
}

/* ---- the whole ------------------------------------------------------------------ */

static int copy_raw(mill_text *t, const char *raw, size_t n) {
  char *copy = mem_malloc(n + 1);
  if (copy == NULL) return MILL_ENOMEM;
  memcpy(copy, raw, n);
  copy[n] = 0;
  t->raw = copy, t->raw_len = n;
  return 0;
}

static int check(const mill_data *d, size_t n, mill_clean_options *o, mill_error *err) {
  if (o->max_bytes == 0) o->max_bytes = MAX_BYTES;
  if (o->max_depth == 0) o->max_depth = MAX_DEPTH;
  if (d == NULL) return mill_fail(err, MILL_EINVAL, 0, "no data images");
  if (n == 0) return mill_fail(err, MILL_EEMPTY, 0, "empty document");
  if (n > o->max_bytes)
    return mill_fail(err, MILL_ELIMIT, o->max_bytes, "document too large: %zu bytes, the limit is %zu",
                     n, o->max_bytes);
  return 0;
}

static void begin(work *w, const mill_data *d, clean_job *j) {
  *w = (work){.err = &j->err};
  j->text = NULL;
  if (j->options != NULL) w->o = *j->options;
  else w->o.html = -1;
  w->code = check(d, j->n, &w->o, w->err);
  if (w->code < 0) return;
  if ((w->t = mem_calloc(1, sizeof *w->t)) == NULL || copy_raw(w->t, j->raw, j->n) < 0)
    w->code = mill_fail_memory(w->err);
  else w->t->data = d;
}

static void end(work *w, clean_job *j) {
  free_now(w);
  mill_map_free(w->before);
  mill_map_free(w->markup);
  mill_map_free(w->after);
  html_structure_free(&w->structure);
  j->code = w->code;
  if (w->code < 0) mill_text_free(w->t);
  else j->text = w->t;
}

static int (*const stages[])(work *) = {decode, markup, mojibake, glosses, normalize, blanks, wraps, finish, fold};

void clean_several(const mill_data *d, clean_job *jobs, unsigned n) {
  work works[AT_ONCE];
  for (unsigned k = 0; k < n; k++) begin(&works[k], d, &jobs[k]);
  for (size_t f = 0; f < sizeof stages / sizeof *stages; f++)
    for (unsigned k = 0; k < n; k++)
      if (works[k].code == 0) works[k].code = stages[f](&works[k]);
  blocks(works, n);
  for (unsigned k = 0; k < n; k++) end(&works[k], &jobs[k]);
}

int mill_clean(const mill_data *d, const char *raw, size_t n, const mill_clean_options *options,
               mill_text **out, mill_error *err) {
  clean_job job = {raw, n, options, NULL, 0, {0}};
  clean_several(d, &job, 1);
  if (job.code < 0 && err != NULL) *err = job.err;
  *out = job.text;
  return job.code;
}
