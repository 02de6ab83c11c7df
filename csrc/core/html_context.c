/*
** html_context.c - context from the words of class, id and role attributes.
**
**     class="item news-list topNav"  ->  item news list top Nav
**
** A word is a run of letters, cut where a capital follows a small one, and is
** looked up whole: by a hash without collisions,
** whose multiplier was found by trying until each word had a slot
** of its own (for more words, try again).
*/
#include "html_scan.h"
#include "html_text.h"

#define MULTIPLIER UINT64_C(0x4BE6D1C7BD2209C9)
#define BITS 8

static const struct { char word[16]; uint32_t bit; } slots[1 << BITS] = {
    [0] = {"related", HTML_SAYS_RELATED}, [1] = {"title", HTML_SAYS_TITLE},
    [5] = {"ranking", HTML_SAYS_RELATED}, [8] = {"post", HTML_SAYS_CONTENT},
    [13] = {"navbar", HTML_SAYS_NAV}, [17] = {"advert", HTML_SAYS_AD}, [24] = {"pager", HTML_SAYS_NAV},
    [28] = {"pagination", HTML_SAYS_NAV}, [31] = {"meta", HTML_SAYS_INFO},
    [35] = {"breadcrumb", HTML_SAYS_NAV}, [41] = {"ads", HTML_SAYS_AD},
    [44] = {"sidebar", HTML_SAYS_RELATED}, [47] = {"recommend", HTML_SAYS_RELATED},
    [48] = {"time", HTML_SAYS_INFO}, [55] = {"weixin", HTML_SAYS_SHARE},
    [57] = {"dateline", HTML_SAYS_INFO}, [64] = {"social", HTML_SAYS_SHARE},
    [65] = {"banner", HTML_SAYS_AD}, [70] = {"byline", HTML_SAYS_INFO}, [72] = {"bdshare", HTML_SAYS_SHARE},
    [76] = {"text", HTML_SAYS_CONTENT}, [84] = {"qrcode", HTML_SAYS_SHARE},
    [85] = {"sitemap", HTML_SAYS_NAV}, [91] = {"toolbar", HTML_SAYS_NAV},
    [99] = {"detail", HTML_SAYS_CONTENT}, [111] = {"sharing", HTML_SAYS_SHARE},
    [112] = {"pubtime", HTML_SAYS_INFO}, [116] = {"disqus", HTML_SAYS_COMMENT},
    [118] = {"crumb", HTML_SAYS_NAV}, [121] = {"disclaimer", HTML_SAYS_FOOT},
    [122] = {"comment", HTML_SAYS_COMMENT}, [125] = {"body", HTML_SAYS_CONTENT},
    [128] = {"info", HTML_SAYS_INFO}, [130] = {"copyright", HTML_SAYS_FOOT},
    [134] = {"entry", HTML_SAYS_CONTENT}, [145] = {"footer", HTML_SAYS_FOOT},
    [146] = {"source", HTML_SAYS_INFO}, [152] = {"contentinfo", HTML_SAYS_FOOT},
    [157] = {"author", HTML_SAYS_INFO}, [163] = {"navigation", HTML_SAYS_NAV},
    [164] = {"main", HTML_SAYS_CONTENT}, [170] = {"headline", HTML_SAYS_TITLE},
    [173] = {"zhengwen", HTML_SAYS_CONTENT}, [192] = {"crumbs", HTML_SAYS_NAV},
    [194] = {"content", HTML_SAYS_CONTENT}, [196] = {"nav", HTML_SAYS_NAV},
    [197] = {"comments", HTML_SAYS_COMMENT}, [202] = {"foot", HTML_SAYS_FOOT},
    [207] = {"menu", HTML_SAYS_NAV}, [217] = {"breadcrumbs", HTML_SAYS_NAV},
    [226] = {"tabs", HTML_SAYS_NAV}, [227] = {"article", HTML_SAYS_CONTENT},
    [235] = {"share", HTML_SAYS_SHARE}, [236] = {"ad", HTML_SAYS_AD},
    [239] = {"pinglun", HTML_SAYS_COMMENT}, [241] = {"sponsor", HTML_SAYS_AD},
    [247] = {"date", HTML_SAYS_INFO}, [249] = {"hot", HTML_SAYS_RELATED},
    [254] = {"guanggao", HTML_SAYS_AD},
};

static inline uint32_t context_of_word(const char *s, size_t n, size_t room) {
  if (n < 2 || n > 11) return 0; /* ad, breadcrumbs */
  html_key key = html_key_of(s, n, room);
  unsigned slot = html_hash(key, MULTIPLIER, BITS);
  return html_key_is(key, slots[slot].word) ? slots[slot].bit : 0;
}

static inline int is_capital(char c) { return (unsigned char)(c - 'A') < 26; }

static uint32_t context_portable(const char *s, size_t n) {
  uint32_t bits = 0;
  for (size_t i = 0, from; i < n;) {
    for (from = i; i < n && ascii_is_letter((unsigned char)s[i]); i++)
      if (i > from && is_capital(s[i]) && !is_capital(s[i - 1])) break; /* topNav */
    if (i == from) i++;
    else bits |= context_of_word(s + from, i - from, n - from);
  }
  return bits;
}

#if MILL_SSE2
/* A bit for each of the 16 bytes at s that is a letter. */
static inline uint64_t letters(const char *s) {
  __m128i x = _mm_sub_epi8(_mm_or_si128(html_load(s), _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  return (uint64_t)(unsigned)_mm_movemask_epi8(html_up_to(x, 'z' - 'a'));
}

/* A bit for each that is a capital. */
static inline uint64_t capitals(const char *s) {
  __m128i x = _mm_sub_epi8(html_load(s), _mm_set1_epi8('A'));
  return (uint64_t)(unsigned)_mm_movemask_epi8(html_up_to(x, 'Z' - 'A'));
}

/* The words of s[0,n), n <= 63, of which 64 bytes and 16 more may be read. */
static inline uint32_t context_short(const char *s, size_t n) {
  uint64_t m = letters(s), high = capitals(s);
  uint32_t bits = 0;
  if (n > 16) m |= letters(s + 16) << 16, high |= capitals(s + 16) << 16;
  if (n > 32) {
    m |= letters(s + 32) << 32 | letters(s + 48) << 48;
    high |= capitals(s + 32) << 32 | capitals(s + 48) << 48;
  }
  m &= (UINT64_C(1) << n) - 1;
  uint64_t humps = high & ((m & ~high) << 1); /* a capital behind a small letter */
  while (m != 0) {
    unsigned from = (unsigned)__builtin_ctzll(m);
    uint64_t ends = (~m | humps) >> from & ~UINT64_C(1);
    unsigned len = (unsigned)__builtin_ctzll(ends);
    bits |= context_of_word(s + from, len, 16);
    m &= ~UINT64_C(0) << (from + len);
  }
  return bits;
}
#endif

static inline uint32_t context_of_value(const char *s, size_t n, size_t room) {
#if MILL_SSE2
  if (n < 64 && room >= 80) return context_short(s, n);
#else
  (void)room;
#endif
  return context_portable(s, n);
}

uint32_t html_context_of_names(const char *s, size_t n, const html_token *tag) {
  uint32_t bits = 0;
  for (int k = 0; k < HTML_NOTED; k++) {
    if ((tag->noted >> k & 1) == 0) continue;
    struct html_value v = tag->value[k];
    bits |= context_of_value(s + v.from, v.to - v.from, n - v.from);
  }
  return bits;
}
