/*
** rec_starts.c - where recognisers may begin, for a run of tokens at once.
**
**   在 | 城关 | 镇 | 设立 | 14 | 个        from right to left, so that every token knows
**        <--- tail                        where the next end of a place's name is
**        place       number
*/
#include "rec.h"
#include "rec_signs.h"

#define BIT(what) (1u << MILL_REC_##what)
#define NUMBERS (BIT(NUMBER) | BIT(QUANTITY))
#define TIMES (BIT(DATE) | BIT(TIME))

typedef struct sweep {
  const mill_view *v;
  const struct rec_signs *signs;
  uint32_t wanted;
  uint32_t tail; /* the next token that ends like a place, in the same run of words, or MILL_NONE */
} sweep;

static void look_at_tail(sweep *w, uint32_t t) {
  uint32_t sign = rec_sign_last(w->signs, rec_text(w->v, t), rec_len(w->v, t));
  if (sign & SIGN_PLACE_TAIL) w->tail = t;
  else if (rec_kind(w->v, t) > MILL_KIND_NUMBER) w->tail = MILL_NONE;
}

static uint32_t times(const sweep *w, const char *s, uint32_t t) {
  size_t n = w->v->folded_len - w->v->tokens->start[t];
  if (date_may_begin(w->signs, s, n)) return w->wanted & TIMES;
  return (w->wanted & BIT(TIME)) && clock_may_begin(w->signs, s, n) ? BIT(TIME) : 0;
}

static int place(const sweep *w, uint32_t t) {
  const uint32_t *start = w->v->tokens->start;
  if (w->tail != MILL_NONE && w->tail - t < PLACE_TOKENS && start[w->tail] - start[t] <= PLACE_STEM) return 1;
  return place_fits(w->v, t);
}

/* What the first character and the kind of the token allow. */
static uint32_t by_sign(const mill_view *v, const struct rec_signs *signs, uint32_t t, uint32_t wanted) {
  uint8_t kind = v->tokens->kind[t];
  size_t n = rec_len(v, t), len;
  const char *s = rec_text(v, t);
  if (kind >= MILL_KIND_BLANK) return 0;
  uint32_t sign = rec_sign_at(signs, s, n, 0, &len);
  uint32_t may = wanted & ~(NUMBERS | TIMES | BIT(PLACE));
  if ((sign & SIGN_NUMBER_START) && (wanted & NUMBERS) &&
      number_may_begin(signs, s, n, kind, v->tokens->tag[t]))
    may |= NUMBERS;
  if (kind == MILL_KIND_HAN || kind == MILL_KIND_NUMBER) {
    if (sign & (SIGN_DIGIT | SIGN_DATE_FIRST)) may |= BIT(DATE);
    if (sign & (SIGN_DIGIT | SIGN_DATE_FIRST | SIGN_CLOCK_FIRST)) may |= BIT(TIME);
    may |= BIT(PLACE);
  }
  return may & wanted;
}

static uint32_t starts_at(const sweep *w, uint32_t t) {
  uint32_t may = by_sign(w->v, w->signs, t, w->wanted);
  if (may & TIMES) may = (may & ~TIMES) | times(w, rec_text(w->v, t), t);
  if ((may & BIT(PLACE)) && !place(w, t)) may &= ~BIT(PLACE);
  return may;
}

uint32_t rec_starts_like(const mill_view *v, uint32_t t, uint32_t wanted) {
  const struct rec_signs *signs = rec_signs_of(v->data);
  if (signs == NULL) return rec_kind(v, t) < MILL_KIND_BLANK ? wanted : 0;
  uint32_t may = by_sign(v, signs, t, wanted);
  if ((may & BIT(ROLE)) && !role_may_begin(v, t)) may &= ~BIT(ROLE);
  if ((may & BIT(ORG)) && !org_may_begin(v, t)) may &= ~BIT(ORG);
  if ((may & BIT(PERSON)) && rec_kind(v, t) != MILL_KIND_HAN) may &= ~BIT(PERSON);
  return may;
}

static void ask_all(const mill_view *v, uint32_t from, uint32_t to, uint32_t wanted, uint16_t *may) {
  for (uint32_t t = from; t < to; t++)
    may[t - from] = (uint16_t)(rec_kind(v, t) < MILL_KIND_BLANK ? wanted : 0);
}

void rec_starts(const mill_view *v, uint32_t from, uint32_t to, uint32_t wanted, uint16_t *may) {
  sweep w = {v, rec_signs_of(v->data), wanted, MILL_NONE};
  if (w.signs == NULL) {
    ask_all(v, from, to, wanted, may);
    return;
  }
  uint32_t t = to + PLACE_TOKENS;
  if (!(wanted & BIT(PLACE))) t = to;
  else if (t > rec_count(v)) t = rec_count(v);
  while (t-- > from) {
    if (wanted & BIT(PLACE)) look_at_tail(&w, t);
    if (t < to) may[t - from] = (uint16_t)starts_at(&w, t);
  }
}
