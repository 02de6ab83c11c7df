/*
** convert_step.c - one step: a text through one dictionary, by longest match.
**
**     s        我们|头发|123|乾|...
**     values   0 0 P P      -  P        0 stays, P: phrases may begin here
**
** convert_fast.c does that for most texts. Here is what a step needs that cuts,
** where every phrase counts (`cutting`): two bits say of nearly every character
** whether there is a phrase of these two characters, or are longer ones that begin
** with these three. Where they say maybe, the list of phrases with that hash is
** compared, the longest first. A list has at most 255 phrases of at most 255
** bytes: time is linear.
**
** With user entries or words the text goes character by character (`one`).
*/
#include "alloc.h"
#include "convert_run.h"
#include "utf8.h"

/* ---- output ------------------------------------------------------------------- */

/* Room for n bytes and for the rest of the text from p on, as it is. */
static inline int room(run *w, size_t n, size_t p) {
  size_t need = n + (w->n - p) + 16;
  if (w->out->capacity - w->out->len < need) {
    if (!mill_buffer_reserve(w->out, need)) return w->rc = MILL_ENOMEM, 0;
  }
  if (w->out->len > MILL_MAX_BYTES) return w->rc = MILL_ELIMIT, 0;
  return 1;
}

/* Marks the place in the output reached now. */
static void cut(run *w, uint32_t flag) {
  marks *m = &w->text->cuts;
  uint32_t at = (uint32_t)w->out->len;
  if (at == (m->n > 0 ? m->at[m->n - 1] & ~MARK_FINAL : 0)) return;
  if (marks_add(m, at | flag) < 0) w->rc = MILL_ENOMEM;
}

static void put(run *w, const char *s, size_t n) {
  memcpy(w->out->bytes + w->out->len, s, n);
  w->out->len += n;
}

static void keep(run *w, size_t p, size_t n) {
  put(w, w->s + p, n);
  edits_keep(&w->e, n);
}

/* ---- words ---------------------------------------------------------------------- */

/* Passes the words before p; hands p on where it is the beginning of one. */
static void pass_words(run *w, size_t p) {
  const uint32_t *at = w->words->at;
  while (at[w->word] < p) w->word++;
  if (at[w->word] == p && w->st->carry && marks_add(&w->text->words, (uint32_t)w->out->len) < 0)
    w->rc = MILL_ENOMEM;
}

/* May a phrase be matched at [p, q)? Within a word, or made of whole words. OpenCC
** takes the first only; its own segmented goldens then come out to the character, but
** of what differs in real text (1 character in 7,000) most gets worse: a measure word
** behind its number is a word of its own. */
static int words_allow(const run *w, size_t p, size_t q) {
  const uint32_t *at = w->words->at + w->word; /* the first at or behind p */
  int begins = *at == p;
  at += begins;
  if (begins)
    while (*at < q) at++;
  return *at >= q && (!begins || *at == q || at == w->words->at + w->word + 1);
}

/* ---- phrases ---------------------------------------------------------------------- */

/* Are these n bytes the same? n >= 1; most keys are short: no call. */
static inline int same_bytes(const char *a, const char *b, size_t n) {
  uint64_t x, y;
  for (; n >= 8; n -= 8, a += 8, b += 8) {
    memcpy(&x, a, 8);
    memcpy(&y, b, 8);
    if (x != y) return 0;
  }
  while (n > 0 && a[n - 1] == b[n - 1]) n--;
  return n == 0;
}

/* The longest phrase at s[p,to) of those filed under this hash. */
static const convert_phrase *listed(const run *w, size_t p, size_t to, uint32_t hash) {
  const convert_pair *pairs = w->v->pairs + w->t->pair;
  uint32_t mask = UINT32_MAX >> w->t->pair_shift, i = hash >> w->t->pair_shift;
  while (pairs[i].list != 0 && pairs[i].tag != hash) i = (i + 1) & mask;
  const convert_phrase *phrase = w->v->phrases + (pairs[i].list >> 8), *end = phrase + (pairs[i].list & 255u);
  for (; phrase < end; phrase++)
    if (phrase->key_len <= to - p && same_bytes(w->s + p, w->v->pool + phrase->text, phrase->key_len) &&
        (w->words == NULL || words_allow(w, p, p + phrase->key_len)))
      return phrase;
  return NULL;
}

/* The longest phrase at s[p,to): of three characters and more, else of two. */
const convert_phrase *run_find(const run *w, size_t p, size_t to, uint32_t two, uint32_t three) {
  const uint32_t *filter = w->v->filters + w->t->filter;
  const uint32_t shift = w->t->filter_shift;
  const convert_phrase *phrase = filter_has(filter, shift, three) ? listed(w, p, to, three) : NULL;
  return phrase != NULL || !filter_has(filter, shift, two) ? phrase : listed(w, p, to, two);
}

/* The same for the character s[p,q), whatever comes next. */
static const convert_phrase *find_any(const run *w, size_t p, size_t q, size_t to) {
  if (q >= to) return NULL;
  size_t r = q + utf8_length((unsigned char)w->s[q]);
  uint32_t two = convert_hash(convert_bytes(w->s + p), convert_bytes(w->s + q)), three = two;
  if (r < to) three = convert_hash_on(two, convert_bytes(w->s + r));
  return run_find(w, p, to, two, three);
}

size_t run_emit(run *w, const convert_phrase *p, size_t at) {
  const char *key = w->v->pool + p->text, *value = key + p->key_len;
  size_t next = at + p->key_len;
  if (w->st->cuts) cut(w, 0);
  if (!room(w, p->value_len, next)) return next;
  copy_words(w->out->bytes + w->out->len, value, p->value_len);
  w->out->len += p->value_len;
  edits_phrase(&w->e, p, key, value);
  if (w->st->cuts) cut(w, 0);
  return next;
}

static size_t emit_user(run *w, int64_t entry, size_t at, size_t len) {
  const mill_convert_entry *e = &w->st->user->entries[entry];
  if (w->st->cuts) cut(w, 0);
  if (!room(w, e->value_len, at + len)) return at + len;
  put(w, e->value, e->value_len);
  edits_text(&w->e, w->s + at, len, e->value, e->value_len);
  if (w->st->cuts) cut(w, MARK_FINAL);
  return at + len;
}

/* ---- ideographic descriptions -------------------------------------------------------- */

/* How many parts the description character takes; 0: it is none. */
static int parts_of(uint32_t c) {
  if (c < 0x2FF0 || c > 0x2FFF) return 0;
  if (c == 0x2FF2 || c == 0x2FF3) return 3;
  return c >= 0x2FFE ? 1 : 2;
}

/* Bytes of the whole description at s[p,to): at most 16 deep and 64 characters,
** else 0, as in OpenCC. */
static size_t description(const char *s, size_t p, size_t to, int depth, int *count) {
  size_t from = p, len;
  if (p >= to || depth == 0 || *count >= 64) return 0;
  uint32_t c = utf8_decode(s + p, &len);
  ++*count;
  p += len;
  for (int k = parts_of(c); k > 0; k--) {
    size_t part = description(s, p, to, depth - 1, count);
    if (part == 0) return 0;
    p += part;
  }
  return p - from;
}

/* ---- characters ------------------------------------------------------------------- */

static size_t emit_single(run *w, uint32_t value, size_t p, size_t len) {
  if (value & CONVERT_POOL) {
    const char *to = w->v->pool + (value & CONVERT_BITS);
    size_t to_len = (unsigned char)*to;
    if (!room(w, to_len, p + len)) return p + len;
    put(w, to + 1, to_len);
    edits_piece(&w->e, len, to_len);
  } else if ((value & CONVERT_BITS) == 0 || len != 3) {
    keep(w, p, len);
  } else {
    char c[3] = {(char)(w->s[p] ^ (char)value), (char)(w->s[p + 1] ^ (char)(value >> 8)),
                 (char)(w->s[p + 2] ^ (char)(value >> 16))};
    put(w, c, 3);
    edits_change(&w->e, 1);
  }
  return p + len;
}

/* One character or match at s[p,to), whatever it is; returns where the next
** one begins. */
static size_t one(run *w, size_t p, size_t to) {
  size_t len, user_len = 0;
  uint32_t c = utf8_decode(w->s + p, &len), value = convert_value(w->v, w->st->table, c);
  const convert_phrase *phrase = NULL;
  if (w->words != NULL) pass_words(w, p);
  if (value & CONVERT_NORMALIZE && w->st->first) return w->rc = STEP_NORMALIZE, to;
  if (value & CONVERT_PHRASES) phrase = find_any(w, p, p + len, to);
  if (w->st->user != NULL) {
    int64_t entry = user_find(w->st->user, w->s + p, to - p, c, &user_len);
    if (entry >= 0 && (phrase == NULL || user_len >= phrase->key_len))
      return emit_user(w, entry, p, user_len);
  }
  if (phrase != NULL) return run_emit(w, phrase, p);
  if (value & CONVERT_SKIP) {
    int count = 0;
    size_t whole = description(w->s, p, to, 16, &count);
    if (whole > 0) return keep(w, p, whole), p + whole;
  }
  return emit_single(w, value, p, len);
}

/* ---- runs --------------------------------------------------------------------------- */

/* Goes through characters of three bytes at s[p,to), and phrases of such, for a
** step that cuts: every phrase counts. Of the text, ten bytes are read at p. */
static size_t cutting(run *w, size_t p, size_t to) {
  const char *const s = w->s;
  const uint32_t *const filter = w->v->filters + w->t->filter;
  const uint32_t shift = w->t->filter_shift;
  const size_t end = w->n < 10 ? 0 : w->n - 9 < to ? w->n - 9 : to;
  char *o = w->out->bytes + w->out->len;
  uint64_t bits = 0;
  unsigned k = 0;
  while (p < end) {
    uint32_t x = load(s + p), y = load(s + p + 3), z = load(s + p + 6);
    if (!is_three(x)) break;
    uint32_t value = value_of(w->index, w->values, x);
    if (value & CONVERT_SPECIAL || p + 9 > to || !is_three(y) || !is_three(z)) break;
    /* most characters begin phrases; which ones do here is hard to predict */
    uint32_t two = convert_hash(x & 0xFFFFFFu, y & 0xFFFFFFu), three = convert_hash_on(two, z & 0xFFFFFFu);
    uint32_t begins = (value & CONVERT_PHRASES) / CONVERT_PHRASES;
    if ((filter_has(filter, shift, two) | filter_has(filter, shift, three)) & begins) {
      const convert_phrase *f = run_find(w, p, to, two, three);
      if (f != NULL) {
        w->out->len = (size_t)(o - w->out->bytes);
        edits_bits(&w->e, bits, k);
        bits = k = 0;
        p = run_emit(w, f, p);
        if (w->rc != 0) return p;
        o = w->out->bytes + w->out->len;
        continue;
      }
    }
    value &= CONVERT_BITS;
    store(o, x ^ value);
    bits |= (uint64_t)(value != 0) << k;
    p += 3;
    o += 3;
    if (++k >= 56) {
      edits_bits(&w->e, bits, k);
      bits = k = 0;
    }
  }
  w->out->len = (size_t)(o - w->out->bytes);
  edits_bits(&w->e, bits, k);
  return p;
}

/* Copies ASCII at s[p,to); returns where it stopped. */
static size_t ascii(run *w, size_t p, size_t to) {
  size_t from = p;
  uint64_t x;
  while (to - p >= 8) {
    memcpy(&x, w->s + p, 8);
    if (x & UINT64_C(0x8080808080808080)) break;
    p += 8;
  }
  while (p < to && (unsigned char)w->s[p] < 0x80) p++;
  keep(w, from, p - from);
  return p;
}

static void segment(run *w, size_t p, size_t to) {
  int slow = w->words != NULL || w->st->user != NULL;
  if (!room(w, 0, p)) return;
  while (p < to && w->rc == 0) {
    if (slow) {
      p = one(w, p, to);
    } else {
      p = w->st->cuts ? cutting(w, p, to) : run_fast(w, p, to);
      if (p < to && (unsigned char)w->s[p] < 0x80 && !w->t->ascii)
        p = ascii(w, p, to);
      else if (p < to)
        p = one(w, p, to);
    }
  }
}

static void segments(run *w, const marks *cuts) {
  size_t p = 0;
  for (uint32_t i = 0; i < cuts->n && w->rc == 0; i++) {
    size_t to = cuts->at[i] & ~MARK_FINAL;
    uint32_t final = cuts->at[i] & MARK_FINAL;
    if (!final) {
      segment(w, p, to);
    } else if (room(w, 0, p)) {
      if (w->words != NULL) pass_words(w, p);
      keep(w, p, to - p);
    }
    if (w->st->carry && w->rc == 0) cut(w, final);
    p = to;
  }
  if (w->rc == 0) segment(w, p, w->n);
}

int step_run(const step *st, const char *s, size_t n, const marks *cuts, const marks *words,
             step_text *out, mill_map *map) {
  const convert_table *t = &st->v->tables[st->table];
  run w = {.v = st->v, .t = t, .index = st->v->index + (size_t)st->table * CONVERT_PAGES,
           .values = st->v->values, .st = st, .s = s, .n = n,
           .words = words->n > 0 ? words : NULL, .out = &out->bytes, .text = out, .e = {map, 0, 0}};
  if (!mill_buffer_reserve(w.out, n + n / 32 + 64)) return MILL_ENOMEM;
  if (map != NULL) map->error = mill_grow(&map->runs, &map->capacity, n / 32 + 16, sizeof *map->runs);
  segments(&w, cuts);
  edits_flush(&w.e);
  if (w.rc == 0 && w.words != NULL && st->carry && marks_add(&out->words, (uint32_t)w.out->len) < 0)
    return MILL_ENOMEM;
  if (w.rc == 0 && w.out->len > MILL_MAX_BYTES) return MILL_ELIMIT;
  return w.rc == 0 && map != NULL ? mill_map_error(map) : w.rc;
}

void step_text_free(step_text *t) {
  mill_buffer_free(&t->bytes);
  mem_free(t->cuts.at);
  mem_free(t->words.at);
  *t = (step_text){0};
}
