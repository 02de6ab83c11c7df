/*
** fact_rows.c - facts become rows (fact_rows.h): what is checked, what the text says of
** each span, and ids. Neither the file nor other documents are asked.
*/
#include "fact_rows.h"

#include <stdio.h>

#include "../core/alloc.h"
#include "../core/error.h"
#include "../core/fact_id.h"
#include "show.h"

/* slots: fact + 1 by the hash of its id, of those that are the first with it; args: those of one
** mention, sorted, with room for the most a mention has. */
struct row_scratch {
  uint32_t *slots, slots_capacity;
  mill_argument *args; uint32_t args_capacity;
  mill_buffer id;
};

struct making {
  mill_fact_rows *rows;
  const mill_text *t;
  uint32_t *slots, mask;
  mill_argument *args;
  mill_error *err;
};

/* ---- strings */

/* What was appended to text from `at` on, as a string of its own. */
static struct row_text end_text(mill_buffer *b, size_t at) {
  mill_buffer_byte(b, 0);
  return (struct row_text){(uint32_t)at, (uint32_t)(b->len - at - 1)};
}

static struct row_text put_text(mill_buffer *b, const char *s) {
  size_t at = b->len;
  if (s == NULL) return (struct row_text){MILL_NONE, 0};
  mill_buffer_append(b, s, strlen(s));
  return end_text(b, at);
}

static void put_json_string(mill_buffer *b, const char *s) {
  mill_buffer_byte(b, '"');
  for (; *s != 0; s++) {
    char escape[8];
    if (*s == '"' || *s == '\\') mill_buffer_byte(b, '\\');
    if ((unsigned char)*s >= 0x20) {
      mill_buffer_byte(b, *s);
    } else {
      snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*s);
      mill_buffer_append(b, escape, 6);
    }
  }
  mill_buffer_byte(b, '"');
}

static void put_word(mill_buffer *b, const char *s) { mill_buffer_append(b, s, strlen(s)); }

static void put_pair(mill_buffer *b, const char *before, mill_span s) {
  put_word(b, before);
  mill_buffer_decimal(b, s.from);
  mill_buffer_byte(b, ',');
  mill_buffer_decimal(b, s.to);
}

/* {"item":{"raw":[a,b],"clean":[c,d]}} of sorted arguments; null without any */
static struct row_text put_captures(mill_buffer *b, const mill_text *t, const mill_argument *args, size_t n) {
  size_t at = b->len;
  if (n == 0) return (struct row_text){MILL_NONE, 0};
  mill_buffer_byte(b, '{');
  for (size_t k = 0; k < n; k++) {
    mill_span clean = args[k].clean, raw = mill_text_raw(t, clean);
    if (k > 0) mill_buffer_byte(b, ',');
    put_json_string(b, args[k].name);
    put_pair(b, ":{\"raw\":[", raw);
    put_pair(b, "],\"clean\":[", clean);
    put_word(b, "]}");
  }
  mill_buffer_byte(b, '}');
  return end_text(b, at);
}

/* ---- mentions */

/* The mention's place, and its arguments sorted in x->args; all inside of the text. */
static int resolve(struct making *x, const mill_mention *m, struct mention_row *out) {
  const mill_text *t = x->t;
  int known = m->clean.from != MILL_NONE;
  if (known ? m->clean.from > m->clean.to || m->clean.to > t->clean_len
            : m->raw.from > m->raw.to || m->raw.to > t->raw_len)
    return mill_fail(x->err, MILL_EINVAL, 0, "a mention lies outside of the document");
  for (size_t k = 0; k < m->n_args; k++) {
    x->args[k] = m->args[k];
    if (x->args[k].clean.from > x->args[k].clean.to || x->args[k].clean.to > t->clean_len)
      return mill_fail(x->err, MILL_EINVAL, 0, "argument %s lies outside of the document", x->args[k].name);
  }
  mill_sort_arguments(x->args, m->n_args);
  out->clean = m->clean;
  out->raw = known ? mill_text_raw(t, m->clean) : m->raw;
  return 0;
}

static int put_mention(struct making *x, const mill_mention *m) {
  mill_buffer *b = &x->rows->text;
  struct mention_row *row = &x->rows->mentions[x->rows->n_mentions++];
  int code = resolve(x, m, row);
  if (code < 0) return code;
  row->quote = (struct row_text){MILL_NONE, 0};
  if (row->clean.from != MILL_NONE) {
    size_t at = b->len;
    if ((code = show_display(x->t, row->clean, b, x->err)) < 0) return code;
    row->quote = end_text(b, at);
  }
  row->rule = put_text(b, m->rule);
  row->version = put_text(b, m->rule_version);
  row->captures = put_captures(b, x->t, x->args, m->n_args);
  return 0;
}

/* ---- facts */

static uint32_t article_of(const mill_text *t, mill_span clean) {
  uint32_t article = 1;
  for (size_t k = 0; k < t->n_articles; k++)
    if (clean.from != MILL_NONE && t->articles[k].clean.from <= clean.from) article = (uint32_t)k + 1;
  return article;
}

/* The first fact with the id of fact k: mentions of the same fact join it. */
static uint32_t first_of(struct making *x, uint32_t k) {
  const struct fact_row *facts = x->rows->facts;
  size_t len = strlen(facts[k].id);
  uint32_t at = (uint32_t)mill_hash64(facts[k].id, len, 0) & x->mask;
  for (; x->slots[at] != 0; at = (at + 1) & x->mask)
    if (strcmp(facts[x->slots[at] - 1].id, facts[k].id) == 0) return x->slots[at] - 1;
  x->slots[at] = k + 1;
  return k;
}

static void put_columns(mill_buffer *b, const mill_fact *f, struct fact_row *row) {
  const char *const texts[FACT_TEXTS] = {
      f->type, f->subtype, f->item, f->unit, f->approx, f->time_from, f->time_to, f->time_grain,
      f->time_calendar, f->time_source, f->place_code, f->place_name, f->place_level, f->place_how, f->scope,
      f->polarity, f->modality, f->status, f->args};
  for (int k = 0; k < FACT_TEXTS; k++) row->texts[k] = put_text(b, texts[k]);
  row->value = f->value, row->lo = f->lo, row->hi = f->hi;
  row->has_value = f->has_value, row->has_bounds = f->has_bounds;
}

static int put_fact(struct making *x, const mill_fact *f) {
  uint32_t k = x->rows->n++;
  struct fact_row *row = &x->rows->facts[k];
  struct mention_row first;
  row->mentions = x->rows->n_mentions;
  if (f->type == NULL || f->n_mentions == 0)
    return mill_fail(x->err, MILL_EINVAL, 0, "fact %u needs a type and a mention", k + 1);
  int code = resolve(x, &f->mentions[0], &first);
  if (code < 0) return code;
  code = fact_id(x->t, f->type, f->subtype, first.raw, x->args, f->mentions[0].n_args,
                 &x->rows->scratch->id, row->id);
  if (code < 0) return mill_fail_memory(x->err);
  row->first = first_of(x, k);
  row->article = article_of(x->t, first.clean);
  put_columns(&x->rows->text, f, row);
  for (size_t m = 0; m < f->n_mentions && code == 0; m++) code = put_mention(x, &f->mentions[m]);
  return code;
}

static int put_link(struct making *x, const mill_link *l, size_t n) {
  if (l->from >= n || l->to >= n || l->kind == NULL)
    return mill_fail(x->err, MILL_EINVAL, 0, "a link between facts that are not there");
  x->rows->links[x->rows->n_links++] =
      (struct link_row){(uint32_t)l->from, (uint32_t)l->to, put_text(&x->rows->text, l->kind)};
  return 0;
}

/* ---- all of them */

/* Room for everything: the rows, slots at most half full, the largest mention's arguments. */
static int make_room(struct making *x, const mill_fact *facts, size_t n, size_t n_links) {
  size_t mentions = 0, args = 0, slots = 4;
  for (size_t k = 0; k < n; k++) {
    mentions += facts[k].n_mentions;
    for (size_t m = 0; m < facts[k].n_mentions; m++)
      if (facts[k].mentions[m].n_args > args) args = facts[k].mentions[m].n_args;
  }
  if (n >= UINT32_MAX / 4 || mentions >= UINT32_MAX / 4 || n_links >= UINT32_MAX / 4)
    return mill_fail(x->err, MILL_ELIMIT, 0, "too many facts in one document");
  while (slots < 2 * n) slots *= 2;
  mill_fact_rows *r = x->rows;
  struct row_scratch *s = r->scratch;
  if (mill_grow(&r->facts, &r->facts_capacity, n + 1, sizeof *r->facts) < 0 ||
      mill_grow(&r->mentions, &r->mentions_capacity, mentions + 1, sizeof *r->mentions) < 0 ||
      mill_grow(&r->links, &r->links_capacity, n_links + 1, sizeof *r->links) < 0 ||
      mill_grow(&s->slots, &s->slots_capacity, slots, sizeof *s->slots) < 0 ||
      mill_grow(&s->args, &s->args_capacity, args + 1, sizeof *s->args) < 0)
    return mill_fail_memory(x->err);
  memset(s->slots, 0, slots * sizeof *s->slots);
  x->slots = s->slots;
  x->args = s->args;
  x->mask = (uint32_t)slots - 1;
  return 0;
}

/* Rows without facts, in the room of those given or, of NULL, in new room; NULL: no memory. */
static mill_fact_rows *empty_rows(mill_fact_rows *r) {
  if (r == NULL && (r = mem_calloc(1, sizeof *r)) == NULL) return NULL;
  if (r->scratch == NULL && (r->scratch = mem_calloc(1, sizeof *r->scratch)) == NULL)
    return mill_fact_rows_free(r), NULL;
  r->n = r->n_mentions = r->n_links = 0;
  r->text.len = 0;
  return r;
}

static int check_text(const struct making *x) {
  if (x->rows->text.error) return mill_fail_memory(x->err);
  if (x->rows->text.len >= MILL_NONE) return mill_fail(x->err, MILL_ELIMIT, 0, "facts of more than 4 GB");
  return 0;
}

int mill_fact_rows_new(const mill_text *t, const unsigned char sha[32], const mill_fact *facts, size_t n,
                       const mill_link *links, size_t n_links, mill_fact_rows **out, mill_error *err) {
  struct making x = {empty_rows(*out), t, NULL, 0, NULL, err};
  *out = NULL;
  if (x.rows == NULL) return mill_fail_memory(err);
  memcpy(x.rows->sha, sha, sizeof x.rows->sha);
  int code = make_room(&x, facts, n, n_links);
  fact_id_begin(&x.rows->scratch->id, sha);
  mill_buffer_reserve(&x.rows->text, n * 256 < MILL_MAX_BYTES ? n * 256 : 0); /* mostly enough */
  for (size_t k = 0; k < n && code == 0; k++) code = put_fact(&x, &facts[k]);
  if (code == 0) x.rows->facts[n].mentions = x.rows->n_mentions;
  for (size_t k = 0; k < n_links && code == 0; k++) code = put_link(&x, &links[k], n);
  if (code == 0) code = check_text(&x);
  if (code < 0) return mill_fact_rows_free(x.rows), code;
  *out = x.rows;
  return 0;
}

int mill_fact_rows_are_few(const mill_fact_rows *r) {
  return !r->text.error && r->text.capacity <= 1 << 15 && r->facts_capacity <= 128 &&
         r->mentions_capacity <= 256 && r->links_capacity <= 256 && r->scratch->slots_capacity <= 1024 &&
         r->scratch->args_capacity <= 256;
}

size_t mill_fact_rows_mentions(const mill_fact_rows *r) { return r->n_mentions; }

void mill_fact_rows_free(mill_fact_rows *r) {
  if (r == NULL) return;
  if (r->scratch != NULL) {
    mem_free(r->scratch->slots);
    mem_free(r->scratch->args);
    mill_buffer_free(&r->scratch->id);
  }
  mem_free(r->scratch);
  mem_free(r->facts);
  mem_free(r->mentions);
  mem_free(r->links);
  mill_buffer_free(&r->text);
  mem_free(r);
}
