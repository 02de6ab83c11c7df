/*
** convert_step.c - one step: a text through one dictionary, by longest match.
**
**     s        我们|头发|123|乾|...
**     values   0 0 P P      -  P        0 stays, P: phrases may begin here
**
** Almost every character is decided by its value and, where phrases begin with
** it, by two bits of the filter: is there a phrase of these two characters, are
** there longer ones that begin with these three? `plain` goes through characters
** of three bytes that way, without a branch on what becomes of them, and notes by
** a bit each which ones changed. Where a bit says "may be", the list of phrases
** with that hash is compared, the longest first. A list has at most 255 phrases
** of at most 255 bytes: time is linear.
**
** With user entries or words the text goes character by character (`one`).
*/
#include "alloc.h"
#include "convert.h"
#include "utf8.h"

/* Edits on their way into a map: `kept` bytes, then `count` pieces 3 -> 3. */
typedef struct edits {
  mill_map *map; /* may be NULL */
  size_t kept, count;
} edits;

typedef struct run {
  const struct mill_convert *v;
  const convert_table *t;
  const uint16_t *index;
  const uint32_t *values, *filter;
  const step *st;
  const char *s;
  size_t n;
  const marks *words;
  uint32_t word; /* the next of them */
  mill_buffer *out;
  step_text *text;
  edits e;
  int rc; /* sticky */
} run;

/* ---- edits ------------------------------------------------------------------ */

/* Appends to the map what waits. Its lengths stay below the limit, as the text
** and the result do (room, step_run). */
static void flush(edits *e) {
  mill_map *m = e->map;
  if (m != NULL) {
    m->source_len += (uint32_t)e->kept;
    m->output_len += (uint32_t)e->kept;
    if (e->kept > 0 && e->count > 0 && m->n < m->capacity) { /* cannot join the run before */
      m->runs[m->n++] = (mill_run){m->source_len, m->output_len, (uint32_t)e->count, 3, 3, MILL_EDIT_SCRIPT};
      m->source_len += 3 * (uint32_t)e->count;
      m->output_len += 3 * (uint32_t)e->count;
    } else {
      map_append(m, 3, 3, e->count, MILL_EDIT_SCRIPT);
    }
  }
  e->kept = e->count = 0;
}

static inline void kept(edits *e, size_t n) {
  if (e->count > 0 && n > 0) flush(e);
  e->kept += n;
}

static inline void changed(edits *e, size_t count) { e->count += count; }

static void edit(edits *e, size_t from, size_t to) {
  if (from == 3 && to == 3) {
    changed(e, 1);
    return;
  }
  flush(e);
  if (e->map != NULL) mill_map_edit(e->map, from, to, MILL_EDIT_SCRIPT);
}

/* The runs between the pairs of edges (bits; at least one pair), straight into
** the map. It stands at character `at` of theirs. The last one waits in e, as it
** may go on; returns where it ends. */
static unsigned note_runs(edits *e, uint64_t edges, unsigned at) {
  mill_map *m = e->map;
  uint32_t source = m->source_len - 3 * at, output = m->output_len - 3 * at;
  unsigned from, to;
  if (m->error == 0) m->error = mill_grow(&m->runs, &m->capacity, (size_t)m->n + 32, sizeof *m->runs);
  if (m->error) return at;
  for (mill_run *r = m->runs + m->n;; r++) {
    from = (unsigned)__builtin_ctzll(edges);
    edges &= edges - 1;
    to = (unsigned)__builtin_ctzll(edges);
    edges &= edges - 1;
    if (edges == 0) {
      m->n = (uint32_t)(r - m->runs);
      break;
    }
    *r = (mill_run){source + 3 * from, output + 3 * from, to - from, 3, 3, MILL_EDIT_SCRIPT};
  }
  m->source_len = source + 3 * from;
  m->output_len = output + 3 * from;
  e->count = to - from;
  return to;
}

/* n <= 63 characters of three bytes, from the bits of `plain`. */
static void note_bits(edits *e, uint64_t bits, unsigned n) {
  uint64_t edges = bits ^ bits << 1;
  if (e->map == NULL) return;
  if (edges != 0) {
    unsigned from = (unsigned)__builtin_ctzll(edges), to;
    edges &= edges - 1;
    to = (unsigned)__builtin_ctzll(edges);
    edges &= edges - 1;
    if (from > 0) kept(e, 3 * (size_t)from);
    changed(e, to - from);
    if (edges != 0) {
      flush(e);
      to = note_runs(e, edges, to);
    }
    n -= to;
  }
  if (n > 0) kept(e, 3 * (size_t)n);
}

static size_t characters(const char *s, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) count += !utf8_is_tail((unsigned char)s[i]);
  return count;
}

/* a[0,an) became b[0,bn): character by character where they are as many,
** else in one piece between what both begin and end with. */
static void note_text(edits *e, const char *a, size_t an, const char *b, size_t bn) {
  int pairs = characters(a, an) == characters(b, bn);
  size_t tail = 0;
  while (an > 0 && bn > 0) {
    size_t la = utf8_length((unsigned char)*a), lb = utf8_length((unsigned char)*b);
    int same = la == lb && memcmp(a, b, la) == 0;
    if (!same && !pairs) break;
    if (same)
      kept(e, la);
    else
      edit(e, la, lb);
    a += la, an -= la;
    b += lb, bn -= lb;
  }
  while (an > 0 && bn > 0) {
    size_t i = utf8_prev(a, an), k = utf8_prev(b, bn);
    if (an - i != bn - k || memcmp(a + i, b + k, an - i) != 0) break;
    tail += an - i;
    an = i;
    bn = k;
  }
  if (an + bn > 0) edit(e, an, bn);
  if (tail > 0) kept(e, tail);
}

static void note_phrase(edits *e, const convert_phrase *p, const char *key, const char *value) {
  if (e->map == NULL) return;
  if (p->same) {
    kept(e, p->key_len);
  } else if (p->changes != 0xFF) {
    note_bits(e, p->changes, p->key_len / 3u);
  } else {
    note_text(e, key, p->key_len, value, p->value_len);
  }
}

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

/* n bytes of the pool, in words: there and in the output is room for seven more. */
static inline void copy_words(char *o, const char *s, size_t n) {
  for (size_t i = 0; i < n; i += 8) memcpy(o + i, s + i, 8);
}

static void put(run *w, const char *s, size_t n) {
  memcpy(w->out->bytes + w->out->len, s, n);
  w->out->len += n;
}

static void keep(run *w, size_t p, size_t n) {
  put(w, w->s + p, n);
  kept(&w->e, n);
}

/* ---- words ---------------------------------------------------------------------- */

/* Passes the words before p; hands p on where it is the beginning of one. */
static void pass_words(run *w, size_t p) {
  const uint32_t *at = w->words->at;
  while (at[w->word] < p) w->word++;
  if (at[w->word] == p && w->st->carry && marks_add(&w->text->words, (uint32_t)w->out->len) < 0)
    w->rc = MILL_ENOMEM;
}

/* May a phrase be matched at [p, q)? Within a word, or made of whole words. */
static int words_allow(const run *w, size_t p, size_t q) {
  const uint32_t *at = w->words->at + w->word; /* the first at or behind p */
  int begins = *at == p;
  at += begins;
  if (begins)
    while (*at < q) at++;
  return *at >= q && (!begins || *at == q || at == w->words->at + w->word + 1);
}

/* ---- phrases ---------------------------------------------------------------------- */

static inline int filter_has(const run *w, uint32_t hash) {
  uint32_t bit = hash >> w->t->filter_shift;
  return w->filter[bit / 32] >> (bit & 31u) & 1u;
}

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
static const convert_phrase *find_phrase(const run *w, size_t p, size_t to, uint32_t two, uint32_t three) {
  const convert_phrase *phrase = filter_has(w, three) ? listed(w, p, to, three) : NULL;
  return phrase != NULL || !filter_has(w, two) ? phrase : listed(w, p, to, two);
}

/* The same for the character s[p,q), whatever comes next. */
static const convert_phrase *find_any(const run *w, size_t p, size_t q, size_t to) {
  if (q >= to) return NULL;
  size_t r = q + utf8_length((unsigned char)w->s[q]);
  uint32_t two = convert_hash(convert_bytes(w->s + p), convert_bytes(w->s + q)), three = two;
  if (r < to) three = convert_hash_on(two, convert_bytes(w->s + r));
  return find_phrase(w, p, to, two, three);
}

static size_t emit_phrase(run *w, const convert_phrase *p, size_t at) {
  const char *key = w->v->pool + p->text, *value = key + p->key_len;
  size_t next = at + p->key_len;
  if (w->st->cuts) cut(w, 0);
  if (!room(w, p->value_len, next)) return next;
  copy_words(w->out->bytes + w->out->len, value, p->value_len);
  w->out->len += p->value_len;
  note_phrase(&w->e, p, key, value);
  if (w->st->cuts) cut(w, 0);
  return next;
}

static size_t emit_user(run *w, int64_t entry, size_t at, size_t len) {
  const mill_convert_entry *e = &w->st->user->entries[entry];
  if (w->st->cuts) cut(w, 0);
  if (!room(w, e->value_len, at + len)) return at + len;
  put(w, e->value, e->value_len);
  note_text(&w->e, w->s + at, len, e->value, e->value_len);
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
    edit(&w->e, len, to_len);
  } else if ((value & CONVERT_BITS) == 0 || len != 3) {
    keep(w, p, len);
  } else {
    char c[3] = {(char)(w->s[p] ^ (char)value), (char)(w->s[p + 1] ^ (char)(value >> 8)),
                 (char)(w->s[p + 2] ^ (char)(value >> 16))};
    put(w, c, 3);
    changed(&w->e, 1);
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
  if (phrase != NULL) return emit_phrase(w, phrase, p);
  if (value & CONVERT_SKIP) {
    int count = 0;
    size_t whole = description(w->s, p, to, 16, &count);
    if (whole > 0) return keep(w, p, whole), p + whole;
  }
  return emit_single(w, value, p, len);
}

/* ---- runs --------------------------------------------------------------------------- */

/* Four or eight bytes, the first one lowest on any machine. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LOW_FIRST(bits, x) __builtin_bswap##bits(x)
#else
#define LOW_FIRST(bits, x) (x)
#endif
static inline uint32_t load(const char *s) {
  uint32_t x;
  memcpy(&x, s, 4);
  return LOW_FIRST(32, x);
}
static inline uint64_t load_two(const char *s) {
  uint64_t x;
  memcpy(&x, s, 8);
  return LOW_FIRST(64, x);
}
static inline void store(char *s, uint32_t x) {
  x = LOW_FIRST(32, x);
  memcpy(s, &x, 4);
}
static inline void store_two(char *s, uint64_t x) {
  x = LOW_FIRST(64, x);
  memcpy(s, &x, 8);
}
static inline int is_three(uint32_t x) { return (x & 0xF0u) == 0xE0u; }
static inline uint32_t value_of(const uint16_t *index, const uint32_t *values, uint32_t x) {
  return values[(uint32_t)index[(x & 15u) << 6 | (x >> 8 & 63u)] * 64u + (x >> 16 & 63u)];
}

#define SPECIAL (CONVERT_POOL | CONVERT_SKIP | CONVERT_NORMALIZE)

/* May a phrase begin with two characters of these values? */
static inline uint32_t may_begin(uint32_t first, uint32_t second) {
  return first & second << 3 & CONVERT_PHRASES; /* CONVERT_SECOND moves there */
}

/* Goes through characters of three bytes at s[p,to), and phrases of such; returns
** where it stopped. Of the text, ten bytes are read at p. */
static size_t plain(run *w, size_t p, size_t to) {
  const char *const s = w->s;
  const uint16_t *const index = w->index;
  const uint32_t *const values = w->values, *const filter = w->filter;
  const uint32_t shift = w->t->filter_shift;
  const size_t end = w->n < 10 ? 0 : w->n - 9 < to ? w->n - 9 : to;
  const int few = w->t->pair_shift >= 20; /* few phrases: two characters at a time */
  char *o = w->out->bytes + w->out->len;
  uint64_t bits = 0;
  unsigned k = 0;
  while (p < end) {
    uint32_t x = load(s + p);
    if (!is_three(x)) break;
    uint32_t value = value_of(index, values, x);
    if (few && p + 9 <= to) {
      uint64_t both = load_two(s + p);
      uint32_t y = (uint32_t)(both >> 24), next = value_of(index, values, y);
      uint32_t z = load(s + p + 6), third = is_three(z) ? value_of(index, values, z) : CONVERT_SECOND;
      if (is_three(y) && !((value | next) & SPECIAL) && !may_begin(value, next) && !may_begin(next, third)) {
        value &= CONVERT_BITS;
        next &= CONVERT_BITS;
        store_two(o, both ^ value ^ (uint64_t)next << 24);
        bits |= ((uint64_t)(value != 0) | (uint64_t)(next != 0) << 1) << k;
        p += 6;
        o += 6;
        if ((k += 2) >= 56) {
          note_bits(&w->e, bits, k);
          bits = k = 0;
        }
        continue;
      }
    }
    if (!few || value & (CONVERT_PHRASES | SPECIAL)) { /* where most have phrases, which do is hard to predict */
      uint32_t y = load(s + p + 3), z = load(s + p + 6);
      if (value & SPECIAL || p + 9 > to || (((y ^ 0xE0u) | (z ^ 0xE0u)) & 0xF0u) != 0)
        break; /* the last: both have three bytes */
      uint32_t h2 = convert_hash(x & 0xFFFFFFu, y & 0xFFFFFFu), h3 = convert_hash_on(h2, z & 0xFFFFFFu);
      uint32_t b2 = h2 >> shift, b3 = h3 >> shift;
      if ((filter[b2 / 32] >> (b2 & 31u) | filter[b3 / 32] >> (b3 & 31u)) & value >> 30 & 1u) {
        const convert_phrase *f = find_phrase(w, p, to, h2, h3);
        if (f != NULL && (f->changes == 0xFF || w->st->cuts)) {
          w->out->len = (size_t)(o - w->out->bytes);
          note_bits(&w->e, bits, k);
          bits = k = 0;
          p = emit_phrase(w, f, p);
          if (w->rc != 0) return p;
          o = w->out->bytes + w->out->len;
          continue;
        }
        if (f != NULL) { /* at most seven characters of three bytes, and as many come out */
          copy_words(o, w->v->pool + f->text + f->key_len, f->key_len);
          bits |= (uint64_t)f->changes << k;
          k += f->key_len / 3u;
          p += f->key_len;
          o += f->key_len;
          if (k >= 56) {
            note_bits(&w->e, bits, k);
            bits = k = 0;
          }
          continue;
        }
      }
    }
    value &= CONVERT_BITS;
    store(o, x ^ value);
    bits |= (uint64_t)(value != 0) << k;
    p += 3;
    o += 3;
    if (++k >= 56) {
      note_bits(&w->e, bits, k);
      bits = k = 0;
    }
  }
  w->out->len = (size_t)(o - w->out->bytes);
  note_bits(&w->e, bits, k);
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
      p = plain(w, p, to);
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
  run w = {.v = st->v, .t = t, .index = st->v->index + (size_t)st->table * (CONVERT_PLANES / 64),
           .values = st->v->values, .filter = st->v->filters + t->filter, .st = st, .s = s, .n = n,
           .words = words->n > 0 ? words : NULL, .out = &out->bytes, .text = out, .e = {map, 0, 0}};
  if (!mill_buffer_reserve(w.out, n + n / 32 + 64)) return MILL_ENOMEM;
  segments(&w, cuts);
  flush(&w.e);
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
