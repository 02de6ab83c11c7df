/*
** script.c - in which script is a text written? The Han characters and kana of
** its first 64 KB are counted, and those that simplification would change.
**
** With AVX2 64 bytes at a time: leads are counted as bits, and which characters
** the display form changes at all is asked for eight of them at once.
*/
#include "clean.h"
#include "eight_avx2.h"
#include "unicode.h"
#include "utf8.h"

#define LOOKED_AT 65536u

typedef struct census { size_t han, kana, traditional; } census;

static int is_traditional(const mill_unicode *u, uint32_t c) {
  return unicode_value(u, MILL_DISPLAY, c) != 0 && unicode_simplify(u, c) != c;
}

static void count_portable(const mill_unicode *u, const char *s, size_t from, size_t n, census *k) {
  for (size_t i = from, step; i < n; i += step) {
    if ((unsigned char)s[i] < 0xE3) { step = utf8_length((unsigned char)s[i]); continue; }
    uint32_t c = utf8_decode(s + i, &step);
    k->kana += c >= 0x3041 && c <= 0x30FA;
    if (c < 0x3400 || c > 0x9FFF) continue;
    k->han++;
    k->traditional += (size_t)is_traditional(u, c);
  }
}

#if MILL_AVX2
#define BLOCK 64u

MILL_TARGET_BITS static inline __m256i load(const char *s) {
  return _mm256_loadu_si256((const __m256i *)(const void *)s);
}

/* FF where x >= b, of bytes with the high bit; of ASCII always. */
MILL_TARGET_BITS static inline __m256i from_on(__m256i x, int b) {
  return _mm256_cmpgt_epi8(x, _mm256_set1_epi8((char)(b - 1)));
}
MILL_TARGET_BITS static inline __m256i same(__m256i x, int b) {
  return _mm256_cmpeq_epi8(x, _mm256_set1_epi8((char)b));
}

/* Leads of U+3400..U+9FFF, and of U+3041..U+30FA, among 32 bytes. */
MILL_TARGET_BITS static inline uint32_t leads(const char *s, uint32_t *kana) {
  __m256i x = load(s), second = load(s + 1), third = load(s + 2), e3 = same(x, 0xE3);
  __m256i han = _mm256_andnot_si256(from_on(x, 0xEA), from_on(x, 0xE4));
  __m256i row =
      _mm256_or_si256(same(second, 0x82), _mm256_and_si256(same(second, 0x81), from_on(third, 0x81)));
  row = _mm256_or_si256(row, _mm256_andnot_si256(from_on(third, 0xBB), same(second, 0x83)));
  *kana = (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(e3, row));
  return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(han, _mm256_and_si256(e3, from_on(second, 0x90))));
}

/* As much as can be: all that is read must be there. Returns where it stops, at a character. */
MILL_TARGET_BITS static size_t count_avx2(const mill_unicode *u, const char *s, size_t n, census *k) {
  const uint64_t *changes = u->looks[MILL_DISPLAY].changes;
  size_t i = 0, step;
  for (; i + BLOCK + EIGHT_READ <= n; i += BLOCK) {
    uint32_t kana[2];
    uint64_t han = leads(s + i, &kana[0]) | (uint64_t)leads(s + i + 32, &kana[1]) << 32;
    k->han += (size_t)_mm_popcnt_u64(han);
    k->kana += (size_t)(_mm_popcnt_u32(kana[0]) + _mm_popcnt_u32(kana[1]));
    while (han != 0) {
      unsigned at = (unsigned)_tzcnt_u64(han);
      uint64_t here = han & (uint64_t)EIGHT_LEADS << at;
      uint64_t changed =
          eight_signs(eight_bits(changes, eight_at((const unsigned char *)s + i + at))) << at & here;
      for (; changed != 0; changed = _blsr_u64(changed))
        k->traditional += (size_t)is_traditional(u, utf8_decode(s + i + _tzcnt_u64(changed), &step));
      han ^= here;
    }
  }
  while (i < n && utf8_is_tail((unsigned char)s[i])) i++;
  return i;
}
#endif

/* Traditional where more than a tenth of the Han characters would change,
** mixed from a fiftieth on; text mostly in kana is neither. */
uint8_t script_of(const mill_unicode *u, const char *s, size_t n, int avx2) {
  census k = {0, 0, 0};
  size_t from = 0;
  if (u == NULL || n < 4) return 0;
  n = (n < LOOKED_AT ? n : LOOKED_AT) - 3; /* where a character may begin */
#if MILL_AVX2
  if (avx2) from = count_avx2(u, s, n, &k);
#endif
  (void)avx2;
  count_portable(u, s, from, n, &k);
  if (k.han == 0 || k.kana * 3 > k.han) return 0;
  return k.traditional * 10 > k.han ? 2 : k.traditional * 50 > k.han ? 3 : 1;
}
