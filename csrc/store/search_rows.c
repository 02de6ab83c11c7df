/*
** search_rows.c - what a person reads of an article that was found: its title, its hits
** in their context, the citation of the first.
*/
#include <stdlib.h>

#include "search.h"
#include "show.h"

static int put_mark(mill_buffer *b, const char *mark) {
  mill_buffer_append(b, mark, strlen(mark));
  return 0;
}

static int by_place(const void *a, const void *b) {
  const struct hit *x = a, *y = b;
  if (x->folded.from != y->folded.from) return x->folded.from < y->folded.from ? -1 : 1;
  return x->folded.to > y->folded.to ? -1 : x->folded.to < y->folded.to;
}

/* ... text ‹hit› text ... around the first hit, with every hit in reach marked. */
static int snippet(const struct evaluation *e, const struct shown *s, mill_span first,
                   mill_buffer *out, mill_error *err) {
  size_t context = e->o->context != 0 ? e->o->context : 30;
  mill_span clean = mill_text_clean_of_folded(s->text, first);
  mill_span before = show_before(s, clean, context), after = show_after(s, clean, context);
  mill_span reach = mill_text_folded_of_clean(s->text, (mill_span){before.from, after.to});
  uint32_t at = before.from;
  int code = 0;
  if (show_before(s, clean, context + 1).from < before.from) put_mark(out, "…");
  for (uint32_t k = 0; k < e->hits.n && code == 0; k++) {
    if (e->hits.items[k].folded.from < reach.from) continue;
    if (e->hits.items[k].folded.from >= reach.to) break;
    mill_span hit = mill_text_clean_of_folded(s->text, e->hits.items[k].folded);
    if (!evaluation_shows(e, &e->hits.items[k]) || hit.from < at || hit.to > after.to) continue;
    code = show_put(s, (mill_span){at, hit.from}, out, err);
    put_mark(out, "‹");
    if (code == 0) code = show_put(s, hit, out, err);
    put_mark(out, "›");
    at = hit.to;
  }
  if (code == 0) code = show_put(s, (mill_span){at, after.to}, out, err);
  if (show_after(s, clean, context + 1).to > after.to) put_mark(out, "…");
  return code;
}

/* The document again, for showing: its hits in the order of the text. */
static int load_hits(struct evaluation *e, struct shown *s, int64_t doc, mill_error *err) {
  int code = reader_get(e->c, &e->reader, doc, err);
  if (code == 0 && hits_find(&e->q, &e->reader, &e->c->words, e->o->all, &e->hits) < 0)
    code = mill_fail_memory(err);
  if (code == 0 && e->hits.n > 0)
    qsort(e->hits.items, e->hits.n, sizeof *e->hits.items, by_place);
  return code == 0 ? show_load(s, doc, err) : code;
}

static mill_span first_hit(const struct evaluation *e, uint32_t article) {
  for (uint32_t k = 0; k < e->hits.n; k++)
    if (e->hits.items[k].article == article && evaluation_shows(e, &e->hits.items[k]))
      return e->hits.items[k].folded;
  return (mill_span){0, 0};
}

static int put_row(struct evaluation *e, const struct found *f, struct shown *s, mill_rows *rows,
    mill_error *err) {
  mill_buffer text = {0};
  uint32_t article = 0;
  int code = s->doc == f->doc ? 0 : load_hits(e, s, f->doc, err);
  if (code == 0) code = search_number(e, f->article, &article, err);
  if (code < 0) return code;
  mill_span first = first_hit(e, article), clean = mill_text_clean_of_folded(s->text, first);
  if (first.to == 0) clean = (mill_span){0, 0};
  mill_span raw = mill_text_raw(s->text, clean);
  code = snippet(e, s, first, &text, err);
  rows_text(rows, s->id);
  rows_integer(rows, (int64_t)article + 1);
  if (code == 0) code = show_title(e->c, f->doc, article, rows, err);
  rows_real(rows, f->score);
  rows_integer(rows, (int64_t)f->hits);
  rows_bytes(rows, text.bytes != NULL ? text.bytes : "", text.len);
  show_cite(s, raw, rows);
  show_spans(raw, clean, rows);
  mill_buffer_free(&text);
  return code;
}

int search_rows(struct evaluation *e, const struct found *items, size_t n, mill_rows *rows, mill_error *err) {
  struct shown s = {e->c, 0, NULL, ""};
  int code = 0;
  for (size_t k = 0; k < n && code == 0; k++) {
    code = stop_look(&e->stop) < 0 ? stop_fail(&e->stop, "searching", err)
        : put_row(e, &items[k], &s, rows, err);
  }
  show_free(&s);
  return code;
}
