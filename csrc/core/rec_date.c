/*
** rec_date.c - dates and times of day over tokens. Read from the characters
** (time_date.c, time_clock.c); they end where a token ends. A day alone (6日) may be a
** span of time, so it counts only where something says "date" before it.
*/
#include "date.h"
#include "rec.h"
#include "rec_dates.h"
#include "rec_signs.h"

/* Tokens that can begin a date or a time: numbers, and words of time. */
static int may_begin(const mill_view *v, uint32_t at,
                     int (*begins)(const struct rec_signs *, const char *, size_t)) {
  uint8_t kind = v->tokens->kind[at];
  if (kind != MILL_KIND_NUMBER && kind != MILL_KIND_HAN) return 0;
  return begins(rec_signs_of(v->data), rec_text(v, at), v->folded_len - v->tokens->start[at]);
}

static int day_in_context(const mill_view *v, uint32_t at) {
  static const char *const words[] = {"自", "于", "从", "至", "到", "在", "截至", "截止", "本月", "和",
                                      "与", "及", "、", "-", "—", "~", "(", NULL};
  if (at == 0) return 1;
  uint8_t kind = rec_kind(v, at - 1);
  return kind == MILL_KIND_BREAK || kind == MILL_KIND_PUNCT || rec_is_any(v, at - 1, words);
}

/* Part of a longer run of digits and signs: 0394-2020-02-26, 3-2月. */
static int is_tail(const mill_view *v, uint32_t at) {
  if (at == 0 || rec_kind(v, at - 1) != MILL_KIND_PUNCT) return 0;
  static const char *const signs[] = {".", "/", "-", ":", NULL};
  return at >= 2 && rec_is_any(v, at - 1, signs) && rec_kind(v, at - 2) == MILL_KIND_NUMBER;
}

static int read_date(const mill_view *v, uint32_t at, mill_found *out) {
  size_t core = 0;
  const mill_date *ref = v->ref.year != 0 ? &v->ref : NULL;
  int used = date_scan(v->data, rec_text(v, at), rec_window(v, at), ref, DATE_NEAREST, &out->date, &core);
  if (used <= 0) return 0;
  out->n_tokens = rec_tokens(v, at, (size_t)used);
  if (out->n_tokens == 0) {
    /* the time of day runs into a word: 2月6日晚|会 is 2月6日|晚会 */
    used = date_scan(v->data, rec_text(v, at), core, ref, DATE_NEAREST, &out->date, &core);
    out->n_tokens = used > 0 ? rec_tokens(v, at, (size_t)used) : 0;
  }
  if (out->n_tokens == 0) return 0;
  int day_only = out->n_tokens == 2 && rec_is(v, at + 1, "日");
  return !day_only || day_in_context(v, at);
}

int rec_date(const mill_view *v, uint32_t at, mill_found *out) {
  if (!may_begin(v, at, date_may_begin) || is_tail(v, at)) return 0;
  if (v->dates == NULL) return read_date(v, at, out);
  uint32_t k = at % REC_DATES;
  if (v->dates->of[k].at != at + 1) {
    int found = read_date(v, at, out);
    v->dates->of[k].at = at + 1;
    v->dates->of[k].n_tokens = found ? out->n_tokens : 0;
    v->dates->of[k].date = out->date;
  }
  out->n_tokens = v->dates->of[k].n_tokens;
  out->date = v->dates->of[k].date;
  return out->n_tokens > 0;
}

/* A clock alone, or the date and clock that begin here: a time of day keeps
** the day it was written with. */
int rec_time(const mill_view *v, uint32_t at, mill_found *out) {
  mill_date *x = &out->date;
  x->hour = x->minute = x->second = 255;
  if (may_begin(v, at, clock_may_begin) && !is_tail(v, at)) {
    size_t used = date_clock_scan(rec_text(v, at), rec_window(v, at), x);
    out->n_tokens = used > 0 ? rec_tokens(v, at, used) : 0;
    if (out->n_tokens > 0) return 1;
  }
  rec_clear(out);
  return rec_date(v, at, out) && out->date.grain >= MILL_GRAIN_HOUR;
}
