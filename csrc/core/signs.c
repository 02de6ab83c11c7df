/*
** signs.c - the signs of a page's pieces (page.h), a character or 32 bytes at a
** time.
**
**   北 原 镇 2020 年 2 月 3 日 | 作 者 :
**              ^      ^ ^  ^   ^       ^     each kind of sign has a bit, all are
**                                            gathered; leads are counted
**
** Signs of one byte are told by two tables, for the halves of the byte: a sign
** is what both say. The other ones are compared with, and those that may be a
** blank looked at: a few in a page.
*/
#include "page.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

/* ---- a character at a time ---------------------------------------------------- */

/* What a byte that begins a character says; LOOK: see the whole character. */
#define LOOK 128u
static const uint8_t leads[256] = {
  [' '] = SIGN_BLANK, ['\t'] = SIGN_BLANK, ['\n'] = SIGN_BLANK, ['\v'] = SIGN_BLANK, ['\f'] = SIGN_BLANK, ['\r'] = SIGN_BLANK,
  ['0'] = SIGN_DIGIT, ['1'] = SIGN_DIGIT, ['2'] = SIGN_DIGIT, ['3'] = SIGN_DIGIT, ['4'] = SIGN_DIGIT,
  ['5'] = SIGN_DIGIT, ['6'] = SIGN_DIGIT, ['7'] = SIGN_DIGIT, ['8'] = SIGN_DIGIT, ['9'] = SIGN_DIGIT,
  [':'] = SIGN_MARK, ['|'] = SIGN_MARK | SIGN_LATIN, ['~'] = SIGN_MARK | SIGN_LATIN, ['/'] = SIGN_MARK, ['-'] = SIGN_MARK,
  ['('] = SIGN_MARK, ['['] = SIGN_MARK, [')'] = SIGN_MARK, [']'] = SIGN_MARK, ['<'] = SIGN_MARK, ['>'] = SIGN_MARK, ['_'] = SIGN_MARK,
  ['+'] = SIGN_MARK, ['X'] = SIGN_MARK, ['Y'] = SIGN_MARK, ['`'] = SIGN_LATIN, ['{'] = SIGN_LATIN, ['}'] = SIGN_LATIN, [127] = SIGN_LATIN,
  ['a'] = SIGN_LATIN, ['b'] = SIGN_LATIN, ['c'] = SIGN_LATIN, ['d'] = SIGN_LATIN, ['e'] = SIGN_LATIN, ['f'] = SIGN_LATIN,
  ['g'] = SIGN_LATIN, ['h'] = SIGN_LATIN, ['i'] = SIGN_LATIN, ['j'] = SIGN_LATIN, ['k'] = SIGN_LATIN, ['l'] = SIGN_LATIN,
  ['m'] = SIGN_LATIN, ['n'] = SIGN_LATIN, ['o'] = SIGN_LATIN, ['p'] = SIGN_LATIN, ['q'] = SIGN_LATIN, ['r'] = SIGN_LATIN,
  ['s'] = SIGN_LATIN, ['t'] = SIGN_LATIN, ['u'] = SIGN_LATIN, ['v'] = SIGN_LATIN, ['w'] = SIGN_LATIN, ['x'] = SIGN_LATIN,
  ['y'] = SIGN_LATIN, ['z'] = SIGN_MARK | SIGN_LATIN,
  [0xC2] = LOOK, [0xE2] = LOOK, [0xE3] = LOOK, [0xE4] = LOOK, [0xE6] = LOOK, [0xEF] = LOOK};

/* Of a character of several bytes, all of which are there. */
static uint32_t look(const char *s) {
  const unsigned char *u = (const unsigned char *)s;
  switch (u[0]) {
    case 0xC2: return SIGN_MARK | (uint32_t)(text_blank_at(s, 2) > 0);
    case 0xE2:
      if (u[1] == 0x80 && ((u[2] & 0xFA) == 0x98 || u[2] == 0xA6)) return 0; /* ‘ ’ “ ” … */
      return SIGN_MARK | (uint32_t)(text_blank_at(s, 3) > 0);
    case 0xE3: /* U+3000, and from 【 on */
      if (u[1] != 0x80 || (u[2] > 0x80 && u[2] < 0x90)) return 0;
      return SIGN_MARK | (uint32_t)(u[2] == 0x80);
    case 0xE4: return u[1] == 0xB8 && u[2] == 0xA8 ? SIGN_MARK : 0;  /* 丨 */
    case 0xE6: return u[1] == 0x9C && u[2] == 0x88 ? SIGN_MONTH : 0; /* 月 */
    default: return SIGN_MARK | (uint32_t)(text_blank_at(s, 3) > 0);
  }
}

static void find_portable(const char *s, page_piece *q) {
  uint32_t found = 0, chars = 0, n = span_len(q->folded);
  for (uint32_t i = 0, step; i < n; i += step, chars++) {
    uint32_t sign = leads[(unsigned char)s[i]];
    step = (uint32_t)utf8_length((unsigned char)s[i]);
    if (sign == 0) continue;
    if (sign == LOOK) sign = look(s + i);
    chars -= sign & SIGN_BLANK;
    found |= sign;
  }
  q->signs = found, q->chars = chars;
}

/* ---- 32 bytes at a time ------------------------------------------------------- */

#if MILL_AVX2
/* What the halves of a byte say together. */
enum { DIGIT = 1, MARK_A = 2, MARK_B = 4, BLANK_A = 8, BLANK_B = 16, LATIN = 32, AWAY = 64 };

typedef struct tables { __m256i high, low, half, e2, e3, e4, e6, b80, b8f, b98, a6, a8, b8, b9c, b88, fa, blank, tails; } tables;

/* 32 times b. Not to be made anew in the loop from an integer, which costs
** more than loading it: so the compiler must not know what it is. */
MILL_TARGET_BITS static inline __m256i all_of(int b) {
  __m256i v = _mm256_set1_epi8((char)b);
  __asm__("" : "+x"(v));
  return v;
}

#define TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/*   MARK_A  ( ) - / [ ] _ of rows 2 and 5, MARK_B  : > | of rows 3 and 7
**   AWAY    C2 E2 EF, to be looked at; CF and others are taken for marks */
MILL_TARGET_BITS static inline tables load_tables(void) {
  const char a = MARK_A, b = MARK_B, blank = BLANK_A | LATIN, digit = DIGIT | LATIN;
  return (tables){
      .high = TABLE(BLANK_A, 0, MARK_A | BLANK_B, DIGIT | MARK_B, 0, MARK_A, LATIN, LATIN | MARK_B, 0, 0, 0, 0, AWAY, 0, AWAY, 0),
      .low = TABLE(digit | BLANK_B, digit, digit | AWAY, digit, digit, digit, digit, digit, digit | a, digit | blank | a,
                   blank | b, blank | a, blank | b, blank | a, LATIN | b, LATIN | a | AWAY),
      .half = all_of(0x0F), .e2 = all_of(0xE2), .e3 = all_of(0xE3), .e4 = all_of(0xE4), .e6 = all_of(0xE6), .b80 = all_of(0x80), .b8f = all_of(0x8F),
      .b98 = all_of(0x98), .a6 = all_of(0xA6), .a8 = all_of(0xA8), .b8 = all_of(0xB8), .b9c = all_of(0x9C), .b88 = all_of(0x88), .fa = all_of(0xFA),
      .blank = all_of(BLANK_A | BLANK_B), .tails = all_of(0xC0)};
}

MILL_TARGET_BITS static inline __m256i load(const char *s) {
  return _mm256_loadu_si256((const __m256i *)(const void *)s);
}

#define SAME(x, b) _mm256_cmpeq_epi8(x, t->b)
#define AND(a, b) _mm256_and_si256(a, b)
#define OR(a, b) _mm256_or_si256(a, b)

/* What both halves of each byte say. */
MILL_TARGET_BITS static inline __m256i kinds_of(const tables *t, __m256i x) {
  __m256i high = AND(_mm256_srli_epi16(x, 4), t->half);
  return AND(_mm256_shuffle_epi8(t->high, high), _mm256_shuffle_epi8(t->low, AND(x, t->half)));
}

/* As much as can be done 32 bytes at a time; returns how many bytes. */
MILL_TARGET_BITS static size_t kana_avx2(const char *s, size_t n, uint32_t *kana, uint32_t *all) {
  const __m256i e3 = all_of(0xE3), rows = all_of(0x80), above = all_of(0x84), tails = all_of(0xC0);
  size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    __m256i x = load(s + i), next = load(s + i + 1);
    __m256i row = AND(_mm256_cmpgt_epi8(next, rows), _mm256_cmpgt_epi8(above, next));
    *kana += (uint32_t)_mm_popcnt_u32((uint32_t)_mm256_movemask_epi8(AND(_mm256_cmpeq_epi8(x, e3), row)));
    *all += 32u - (uint32_t)_mm_popcnt_u32((uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(tails, x)));
  }
  return i;
}

/* FF in the first n bytes of each. */
MILL_TARGET_BITS static inline __m256i first_bytes(size_t n) {
  static const char edge[64] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  return load(edge + 32 - n);
}

typedef struct gathered { __m256i kinds, mark, month; uint32_t found, chars; } gathered;

/* Takes in the first `left` of the 32 bytes at s, and two behind them. */
MILL_TARGET_BITS static inline void gather(const tables *t, gathered *g, const char *s, size_t left) {
  __m256i x = AND(load(s), first_bytes(left)), second = load(s + 1), third = load(s + 2);
  __m256i kinds = kinds_of(t, x);
  g->kinds = OR(g->kinds, kinds);
  g->mark = OR(g->mark, AND(SAME(x, e4), AND(SAME(second, b8), SAME(third, a8))));    /* 丨 */
  g->month = OR(g->month, AND(SAME(x, e6), AND(SAME(second, b9c), SAME(third, b88)))); /* 月 */
  __m256i from80 = SAME(second, b80), quote = OR(SAME(AND(third, t->fa), b98), SAME(third, a6));
  __m256i wide = AND(AND(SAME(x, e3), from80), OR(_mm256_cmpgt_epi8(third, t->b8f), SAME(third, b80)));
  __m256i away = _mm256_andnot_si256(AND(AND(SAME(x, e2), from80), quote), _mm256_slli_epi16(kinds, 1));
  uint32_t rest = (uint32_t)_mm256_movemask_epi8(OR(wide, away));
  uint32_t ink = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(AND(kinds, t->blank), _mm256_setzero_si256()));
  uint32_t tails = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(t->tails, x));
  g->chars += (uint32_t)(left - (size_t)_mm_popcnt_u32(tails) - (size_t)_mm_popcnt_u32(~ink));
  g->found |= ink != UINT32_MAX;
  for (; rest != 0; rest = _blsr_u32(rest)) {
    const char *at = s + _tzcnt_u32(rest);
    uint32_t sign = leads[(unsigned char)*at] == LOOK ? look(at) : 0;
    g->chars -= sign & SIGN_BLANK;
    g->found |= sign;
  }
}

MILL_TARGET_BITS static inline uint32_t signs_of(const gathered *g) {
  __m128i half = _mm_or_si128(_mm256_castsi256_si128(g->kinds), _mm256_extracti128_si256(g->kinds, 1));
  uint64_t kinds = (uint64_t)_mm_cvtsi128_si64(half) | (uint64_t)_mm_extract_epi64(half, 1);
  kinds |= kinds >> 32, kinds |= kinds >> 16, kinds |= kinds >> 8;
  int mark = (kinds & (MARK_A | MARK_B)) != 0 || !_mm256_testz_si256(g->mark, g->mark);
  return g->found | (kinds & DIGIT ? SIGN_DIGIT : 0u) | (mark ? SIGN_MARK : 0u) | (kinds & LATIN ? SIGN_LATIN : 0u) |
         (_mm256_testz_si256(g->month, g->month) ? 0u : SIGN_MONTH);
}

#define AHEAD 34u /* bytes that a step reads */

MILL_TARGET_BITS static void find_avx2(const char *text, size_t readable, page_piece *pieces, uint32_t n) {
  const tables t = load_tables();
  char copy[AHEAD];
  for (page_piece *q = pieces; q < pieces + n; q++) {
    gathered g = {0};
    for (size_t at = q->folded.from, to = q->folded.to; at < to; at += 32) {
      const char *s = text + at;
      if (readable - at < AHEAD) s = memcpy(copy, s, readable - at);
      gather(&t, &g, s, to - at < 32 ? to - at : 32);
    }
    q->signs = signs_of(&g), q->chars = g.chars;
  }
}
#endif

void signs_find(const char *text, size_t readable, page_piece *pieces, uint32_t n, int avx2) {
#if MILL_AVX2
  if (avx2) {
    find_avx2(text, readable, pieces, n);
    return;
  }
#endif
  (void)readable, (void)avx2;
  for (page_piece *q = pieces; q < pieces + n; q++) find_portable(text + q->folded.from, q);
}

uint32_t signs_kana(const char *s, size_t n, int avx2, uint32_t *kana) {
  uint32_t all = 0;
  size_t i = 0;
  *kana = 0;
#if MILL_AVX2
  if (avx2) i = kana_avx2(s, n, kana, &all);
#endif
  (void)avx2;
  for (; i < n; i++) { /* E3 81..83 xx */
    all += !utf8_is_tail((unsigned char)s[i]);
    *kana += ((unsigned char)s[i] == 0xE3) & ((uint8_t)((unsigned char)s[i + 1] - 0x81) <= 2);
  }
  return all;
}
