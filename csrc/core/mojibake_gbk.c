/*
** mojibake_gbk.c - UTF-8 read as GBK or GB18030.
**
**   was        年      3  月      。
**   UTF-8      E5B9B4  33 E69C88  E38082
**   as GBK     骞 |?   3  鏈 | 堛   | ?      (B4 33 is no pair: B4 is lost)
**   back       E5B9 ** 33 E69C  88E3  80(82 lost)
**
** A character gives two bytes, three bytes a character, so pieces end where
** both agree: at best every three garbled characters. Clean text hardly ever
** holds a character whose bytes begin a UTF-8 sequence, followed by one whose
** bytes go on with it: that is where a stretch begins. It is believed when
** it holds at least MINIMUM sequences of three or four bytes, broken places are
** few, and most of the result are frequent Han characters or punctuation.
**
** Lost bytes (U+FFFD or ? where a byte should be): 80 where another sequence
** follows, since that is the one byte GBK cannot begin a pair with; before
** ASCII any, and the likeliest of 64 characters is taken (kind guess).
*/
#include <string.h>

#include "eight_avx2.h"
#include "error.h"
#include "lexicon.h"
#include "data.h"
#include "mojibake.h"
#include "utf8.h"

#include "gbk.inc"

#define MINIMUM 2  /* good sequences */
#define SHARE 60   /* per cent of the result */
#define GAP 200    /* ASCII bytes inside a stretch */
#define REPLACEMENT 0xFFFDu
#define EURO 0x20ACu

static uint32_t code_of(uint32_t c) {
  return c < 0x10000 ? gbk_code[gbk_block[c >> 6]][c & 63] : 0;
}
static int is_start(uint32_t c) { return c < 0x10000 && (gbk_start[c >> 3] >> (c & 7) & 1); }
static int is_tail(uint32_t b) { return (b & 0xC0) == 0x80; }

/* One sequence under way, and what is known of the stretch. */
typedef struct walk {
  const char *s; size_t n;
  repair *r;              /* NULL: only looking */
  size_t at;              /* the next character */
  size_t piece;           /* where the piece under way begins */
  char text[64]; size_t len; /* what it becomes; when full, it is no piece */
  int guessed;               /* holds a guess */
  uint32_t solid;            /* sequences of three or four bytes it holds */
  unsigned char bytes[4]; unsigned have, want; /* of the sequence under way */
  uint32_t last[2];       /* the characters before, the nearest first */
  /* the stretch so far */
  size_t end;             /* behind its last good piece */
  size_t seen;            /* behind its last good sequence, if in no good piece */
  uint32_t good, broken, trouble, common, shown; /* trouble: broken since the last good */
  size_t gap;             /* other bytes since */
} walk;

/* ---- characters that come out ----------------------------------------------------- */

static int is_punctuation(uint32_t c) {
  return (c >= 0x3000 && c <= 0x301F) || (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x2010 && c <= 0x2027) ||
         c == 0xB7;
}

static void put(walk *w, uint32_t c) {
  if (w->len + 4 <= sizeof w->text) w->len += utf8_encode(c, w->text + w->len);
  w->last[1] = w->last[0], w->last[0] = c;
  if (c < 0x80) return;
  w->shown++;
  w->common += is_punctuation(c) || charset_common_han(c) > 0;
}

/* The code point of the sequence with its last byte replaced by `tail`. */
static uint32_t sequence(const walk *w, uint32_t tail) {
  uint32_t c = w->bytes[0] & (0x7Fu >> w->want);
  for (unsigned k = 1; k + 1 < w->want; k++) c = c << 6 | (w->bytes[k] & 63u);
  return c << 6 | (tail & 63u);
}

static int is_scalar(const walk *w, uint32_t c) {
  if (w->want == 2) return c >= 0x80;
  if (w->want == 3) return c >= 0x800 && (c < 0xD800 || c > 0xDFFF);
  return c >= 0x10000 && c <= 0x10FFFF;
}

/* ---- guessing a lost byte --------------------------------------------------------- */

/* Twice the binary logarithm of the frequency of a word of these characters;
** 0: no such word. */
static int word_weight(const walk *w, const uint32_t *c, int n) {
  const mill_lexicon *lx = w->r->data != NULL ? w->r->data->lexicon_view : NULL;
  char word[16];
  size_t len = 0;
  mill_word found;
  if (lx == NULL) return 0;
  for (int k = 0; k < n; k++) {
    if (c[k] < 0x3400) return 0;
    len += utf8_encode(c[k], word + len);
  }
  if (mill_lexicon_find(lx, word, len, &found) != 1) return 0;
  int weight = 2;
  for (uint32_t f = found.frequency; f > 1; f >>= 1) weight += 2;
  return weight;
}

/* How likely punctuation is, standing before `next` (0 at the end). */
static int mark_weight(const walk *w, uint32_t c, uint32_t next) {
  int line_end = next == 0 || next == '\n' || next == '\r';
  int opens = c == 0x3010 || c == 0x300A || c == 0x300C || c == 0x201C || c == 0xFF08;
  int after_mark = is_punctuation(w->last[0]);
  switch (c) {
    case 0x3002: return line_end ? 40 : 18; /* 。 */
    case 0x3001: return line_end ? 4 : 20;  /* 、 */
    case 0xFF0C: return line_end ? 12 : 24; /* ， */
    case 0xFF1B: return line_end ? 16 : 12; /* ； */
    case 0xFF1A: return line_end ? 15 : 20; /* ： */
    case 0xFF09: case 0x300B: case 0x201D: return line_end ? 14 : 10;
    case 0x2014: case 0x2026: case 0xFF1F: case 0xFF01: return 6;
    default: return opens ? (line_end ? 1 : after_mark ? 22 : 14) : 0;
  }
}

static int is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

/* Behind a number: 年 月 日 元 公里. */
static int measure_weight(const walk *w, uint32_t c) {
  char word[4];
  mill_word found;
  const mill_lexicon *lx = w->r->data != NULL ? w->r->data->lexicon_view : NULL;
  if (lx == NULL || mill_lexicon_find(lx, word, utf8_encode(c, word), &found) != 1) return 0;
  return found.classes & MILL_CLASS_TIME ? 40 : found.classes & MILL_CLASS_MEASURE ? 28 : 0;
}

/* In brackets: （一）. */
static int is_numeral(uint32_t c) {
  static const uint16_t numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
  for (int k = 0; k < 10; k++)
    if (numerals[k] == c) return 30 - k;
  return 0;
}

static int weigh(const walk *w, uint32_t c, uint32_t next) {
  if (is_punctuation(c)) return 20 + mark_weight(w, c, next);
  int weight = 3 * charset_common_han(c);
  uint32_t pair[2] = {w->last[0], c}, three[3] = {w->last[1], w->last[0], c}, behind[2] = {c, next};
  uint32_t alone[1] = {c};
  if (is_digit(w->last[0])) weight += measure_weight(w, c);
  if ((w->last[0] == '(' || w->last[0] == 0xFF08) && next == ')') weight += 2 * is_numeral(c);
  int a = word_weight(w, pair, 2), b = word_weight(w, three, 3), d = word_weight(w, behind, 2);
  if (a + b + d == 0) weight += word_weight(w, alone, 1) / 2;
  return weight + a + b + (b > 0 ? 6 : 0) + d;
}

/* The likeliest of the 64 characters the sequence under way may be. */
static uint32_t guess(const walk *w, uint32_t next) {
  uint32_t best = sequence(w, 0);
  int top = -1;
  if (w->r == NULL || w->want != 3) return is_scalar(w, best) ? best : REPLACEMENT;
  for (uint32_t tail = 0; tail < 64; tail++) {
    uint32_t c = sequence(w, tail);
    if (!is_scalar(w, c)) continue;
    int weight = weigh(w, c, next);
    if (weight > top) top = weight, best = c;
  }
  return best;
}

/* ---- the stretch -------------------------------------------------------------------- */

/* The piece under way ends before the character at w->at. */
static void commit(walk *w) {
  int kept = w->len == w->at - w->piece && memcmp(w->text, w->s + w->piece, w->len) == 0;
  if (w->r != NULL && !kept)
    repair_piece(w->r, w->piece, w->at, w->text, w->len, w->guessed ? MILL_EDIT_GUESS : MILL_EDIT_MOJIBAKE);
  w->piece = w->at, w->len = 0, w->guessed = 0, w->solid = 0, w->have = 0;
}

/* What was begun leads nowhere: the piece stays as it is. */
static void drop(walk *w) {
  w->broken++, w->trouble++, w->good -= w->solid;
  w->have = 0, w->len = 0, w->guessed = 0, w->solid = 0;
}

static void good(walk *w, uint32_t c) {
  put(w, c);
  if (w->want > 2) w->good++, w->trouble = 0, w->gap = 0, w->solid++, w->seen = w->at;
  else w->gap += 2;
  w->have = 0;
}

/* One byte of the garbled text; 0 when it does not fit. */
static int feed(walk *w, uint32_t b) {
  if (w->len + 8 > sizeof w->text) return 0;
  if (w->have == 0) {
    if (b < 0x80) return put(w, b), 1;
    w->want = b >= 0xC2 && b <= 0xDF ? 2 : b >= 0xE0 && b <= 0xEF ? 3 : b >= 0xF0 && b <= 0xF4 ? 4 : 0;
    if (w->want == 0) return 0;
    w->bytes[w->have++] = (unsigned char)b;
    return 1;
  }
  if (!is_tail(b)) return 0;
  w->bytes[w->have++] = (unsigned char)b;
  if (w->have < w->want) return 1;
  uint32_t c = sequence(w, b);
  if (!is_scalar(w, c)) return 0;
  return good(w, c), 1;
}

/* The character behind byte `at`, 0 at the end. */
static uint32_t peek(const walk *w, size_t at) {
  size_t step;
  return at < w->n ? utf8_decode(w->s + at, &step) : 0;
}

static int is_sign(uint32_t c) { return c == REPLACEMENT || c == '?'; } /* of a lost byte */

/* Some readers give a euro for 80; it also is the pair A2 E3. */
static int is_euro_for_80(const walk *w, size_t behind) {
  return w->have + 1 != w->want || is_start(peek(w, behind));
}

/* A byte was lost in front of w->at (the sign of it, if any, is before). */
static void lost(walk *w) {
  uint32_t next = peek(w, w->at), missing = w->want - w->have - 1;
  if (missing > 0 && (is_sign(next) || is_tail(code_of(next) >> 8)) && feed(w, 0x80)) return;
  if (missing == 0 && is_start(next) && is_scalar(w, sequence(w, 0))) {
    good(w, sequence(w, 0));
  } else if (missing == 0 && w->want == 3) {
    put(w, guess(w, next));
    w->guessed = 1, w->broken++, w->have = 0;
  } else {
    drop(w);
    w->piece = w->at;
    return;
  }
  commit(w);
  w->end = w->at;
}

/* Takes one character of the stretch. */
static void step(walk *w) {
  size_t len;
  uint32_t c = utf8_decode(w->s + w->at, &len), code = c < 0x80 ? 0 : code_of(c);
  if (w->have > 0 && (is_sign(c) || (c == EURO && is_euro_for_80(w, w->at + len)))) {
    w->at += len;
    lost(w);
    return;
  }
  if (w->have > 0 && code == 0) lost(w); /* cut short without a sign */
  if (c < 0x80) {
    put(w, c);
    w->at += len, w->gap++;
    commit(w);
    return;
  }
  int fits = code != 0 && feed(w, code >> 8) && feed(w, code & 255);
  if (!fits && w->piece < w->at && code != 0) { /* perhaps it begins anew here */
    drop(w);
    w->piece = w->at;
    fits = feed(w, code >> 8) && feed(w, code & 255);
  }
  w->at += len;
  if (!fits) {
    drop(w);
    w->piece = w->at;
  } else if (w->have == 0) {
    int solid = w->solid > 0;
    commit(w);
    if (solid) w->end = w->at;
  }
}

static void begin(walk *w, const char *s, size_t n, size_t from, repair *r) {
  *w = (walk){.s = s, .n = n, .r = r, .at = from, .piece = from, .end = from};
}

/* Follows a stretch from `from` as far as it goes. 1: it is garbled, up to
** w->end. */
static int is_garbled(walk *w, const char *s, size_t n, size_t from) {
  begin(w, s, n, from, NULL);
  uint32_t broken = 0, common = 0, shown = 0;
  size_t end = from;
  while (w->at < n && w->trouble < 2 && w->gap < GAP) {
    step(w);
    if (w->at == n && w->have > 0) lost(w);
    if (w->end > end) end = w->end, broken = w->broken, common = w->common, shown = w->shown;
  }
  uint32_t most = w->good / 3 > 1 ? w->good / 3 : 1;
  return w->good >= MINIMUM && broken <= most && common * 100 >= shown * SHARE;
}

static void repair_stretch(repair *r, size_t from, size_t end) {
  walk w;
  begin(&w, r->s, r->n, from, r);
  if (from > 0) w.last[0] = peek(&w, utf8_prev(r->s, from));
  while (w.at < end) step(&w);
  if (w.have > 0) lost(&w);
}

/* Could a stretch begin with this character, the next one at `next`? */
static int may_begin(const char *s, size_t n, size_t next) {
  size_t step;
  if (next >= n || (unsigned char)s[next] < 0x80) return next < n && s[next] == '?';
  uint32_t c = utf8_decode(s + next, &step), code = code_of(c);
  return is_tail(code >> 8) || c == REPLACEMENT || c == EURO;
}

/* Can a stretch begin at s[i]? */
static int is_beginning(const char *s, size_t n, size_t i) {
  size_t len;
  return is_start(utf8_decode(s + i, &len)) && may_begin(s, n, i + len);
}

static int is_han_lead(unsigned char b) { return b >= 0xE4 && b <= 0xE9; }

#if MILL_AVX2
#define BLOCK 64u

/* Leads E4..E9 among 32 bytes. */
MILL_TARGET_BITS static inline uint32_t han_leads(const char *s) {
  __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)s);
  __m256i from = _mm256_cmpgt_epi8(x, _mm256_set1_epi8((char)0xE3)),
          above = _mm256_cmpgt_epi8(x, _mm256_set1_epi8((char)0xE9));
  return (uint32_t)_mm256_movemask_epi8(_mm256_andnot_si256(above, from));
}

/* The first beginning in s[i,n), as far as can be told 64 bytes at a time; where it
** stops, if there is none. */
MILL_TARGET_BITS static size_t find_avx2(const char *s, size_t n, size_t i) {
  for (; i + BLOCK + EIGHT_READ <= n; i += BLOCK) {
    uint64_t han = han_leads(s + i) | (uint64_t)han_leads(s + i + 32) << 32, starts = 0;
    while (han != 0) {
      unsigned at = (unsigned)_tzcnt_u64(han);
      uint64_t here = han & (uint64_t)EIGHT_LEADS << at;
      starts |= eight_signs(eight_bits(gbk_start, eight_at((const unsigned char *)s + i + at))) << at & here;
      han ^= here;
    }
    for (; starts != 0; starts = _blsr_u64(starts))
      if (may_begin(s, n, i + _tzcnt_u64(starts) + 3)) return i + _tzcnt_u64(starts);
  }
  while (i < n && utf8_is_tail((unsigned char)s[i])) i++;
  return i;
}
#endif

/* Where the next stretch may begin, from the character at s[i] on; n: nowhere. */
static size_t find_beginning(const char *s, size_t n, size_t i, int avx2) {
#if MILL_AVX2
  if (avx2) i = find_avx2(s, n, i);
#endif
  (void)avx2;
  while (i < n && !(is_han_lead((unsigned char)s[i]) && is_beginning(s, n, i)))
    i += utf8_length((unsigned char)s[i]);
  return i;
}

void mojibake_gbk(repair *r) {
  walk w;
  int avx2 = cpu_has_avx2();
  for (size_t i = 0; (i = find_beginning(r->s, r->n, i, avx2)) < r->n;) {
    size_t from = i;
    i += 3;
    int garbled = is_garbled(&w, r->s, r->n, from);
    if (garbled) repair_stretch(r, from, w.end);
    size_t next = garbled || w.end > w.seen ? w.end : w.seen; /* never twice over the same */
    if (next > i) i = next;
  }
}
