/*
** mojibake_latin.c - UTF-8 read in a charset of one byte a character.
**
**   was     r   é         v   e      ’
**   UTF-8   72  C3 A9     76  65     E2 80 99
**   read    r   Ã  ©      v   e      â  €  ™     windows-1252
**   here        lead tail             lead tail tail
**
** A sequence is a lead character followed by as many tails as UTF-8 wants,
** all in one charset. Nearly every such pair can also be meant (É…, Å™), so
** each sequence is scored: by how odd its characters are side by side, by
** the word it stands in, and by what would come out. A line is read in the
** charset in which its sequences score best; the sum helps weaker ones along,
** and only there count those that lost a byte (U+FFFD, ?) or had A0 turned
** into a space. A stretch with many beginnings that lead nowhere is
** something else and stays.
**
** The scan before that looks at pairs only and leaves clean lines at once.
*/
#include <string.h>

#include "alloc.h"
#include "eight_avx2.h"
#include "error.h"
#include "mojibake.h"
#include "utf8.h"

enum { WESTERN, CENTRAL, LATIN2, CYRILLIC, MACINTOSH, CP437, BALTIC, CHARSETS };

typedef struct mix { uint8_t byte[CHARSETS], leads, tails; } mix;
#include "mix.inc"

#define ENOUGH 4      /* points of a sequence to be believed */
#define NEVER (-20)
#define REPLACEMENT 0xFFFDu
#define NBSP 0xA0u

static const mix *mix_of(uint32_t c) {
  return &mix_row[c < 0x10000 ? mix_block[c >> 6] : 0][c & 63];
}

/* ---- bytes --------------------------------------------------------------------------- */

static size_t skip_ascii(const unsigned char *s, size_t i, size_t n) {
  for (uint64_t word; i + 8 <= n; i += 8) {
    memcpy(&word, s + i, 8);
    if (word & UINT64_C(0x8080808080808080)) break;
  }
  while (i < n && s[i] < 0x80) i++;
  return i;
}

/* ---- kinds of characters ----------------------------------------------------------- */

static int within(uint32_t c, uint32_t low, uint32_t high) { return c - low <= high - low; }
static int one_of(uint32_t c, const char *set) {
  size_t len;
  for (; *set != 0; set += len)
    if (utf8_decode(set, &len) == c) return 1;
  return 0;
}
static int is_control(uint32_t c) { return within(c, 0x80, 0x9F); }

/* Letters of the scripts these charsets have: enough to see words. */
static int is_upper(uint32_t c) {
  if (c < 0x80) return within(c, 'A', 'Z');
  if (within(c, 0xC0, 0xDE)) return c != 0xD7;
  if (within(c, 0x139, 0x148) || within(c, 0x179, 0x17E)) return c & 1;
  if (within(c, 0x100, 0x17F)) return c == 0x178 || !(c & 1);
  if (within(c, 0x1EA0, 0x1EF9)) return !(c & 1);
  return within(c, 0x391, 0x3A9) || within(c, 0x400, 0x42F);
}
static int is_lower(uint32_t c) {
  if (c < 0x80) return within(c, 'a', 'z');
  if (within(c, 0xDF, 0xFF)) return c != 0xF7;
  if (within(c, 0x100, 0x17F) || within(c, 0x1EA0, 0x1EF9)) return !is_upper(c);
  return within(c, 0x3AC, 0x3CE) || within(c, 0x430, 0x45F);
}
static int is_letter(uint32_t c) { return is_upper(c) || is_lower(c) || within(c, 0x386, 0x38F); }
static int is_digit(uint32_t c) { return within(c, '0', '9'); }
static int is_quote(uint32_t c) { return one_of(c, "‘’“”‚„‹›«»…–—•´"); }
static int is_box(uint32_t c) { return within(c, 0x2500, 0x259F); }

/* How odd a tail is behind a letter. */
static int oddness(uint32_t c) {
  if (is_control(c)) return 4;
  if (c == REPLACEMENT) return 2;
  if (is_quote(c) || c == NBSP || one_of(c, "€™®πΩ∏")) return 1;
  if (one_of(c, "∂∑") || c == ' ' || c == '?') return 0;
  if (one_of(c, "¡°†¢ºªŒœŠšŽžŸƒ≤≥≠∞")) return 2;
  return is_letter(c) ? 1 : 3;
}

/* ---- what comes out ------------------------------------------------------------------- */

enum result { RARE, LETTER, SCRIPT, MARK, SIGN, PUNCT };

static enum result result_of(uint32_t c) {
  static const struct { uint32_t low, high; enum result kind; } kinds[] = {
      {0xA0, 0xBF, SIGN},      {0xC0, 0x17E, LETTER},    {0x1A0, 0x1A1, LETTER}, {0x1AF, 0x1B0, LETTER},
      {0x218, 0x21B, LETTER},  {0x2C6, 0x2C7, MARK},     {0x2D8, 0x2DD, MARK},   {0x300, 0x338, MARK},
      {0x386, 0x3CE, SCRIPT},  {0x400, 0x45F, SCRIPT},   {0x490, 0x493, SCRIPT}, {0x4D8, 0x4E9, SCRIPT},
      {0x561, 0x586, SCRIPT},  {0x5D0, 0x5EA, SCRIPT},   {0x60C, 0x60C, SCRIPT}, {0x61B, 0x6D3, SCRIPT},
      {0x901, 0xDF4, SCRIPT},  {0xE01, 0xE5B, SCRIPT},   {0x10D0, 0x10F0, SCRIPT},
      {0x1E80, 0x1EF9, LETTER}, {0x200B, 0x2044, PUNCT}, {0x20A0, 0x20BF, PUNCT}, {0x2100, 0x214F, PUNCT},
      {0x2190, 0x23FF, PUNCT}, {0x2460, 0x28FF, PUNCT},  {0x3000, 0x303F, PUNCT}, {0x3041, 0x30FE, SCRIPT},
      {0x4E00, 0x9FA5, SCRIPT}, {0xAC00, 0xD7A3, SCRIPT}, {0xFB00, 0xFB06, PUNCT}, {0xFE0E, 0xFE0F, PUNCT},
      {0xFEFF, 0xFEFF, PUNCT}, {0xFF01, 0xFFEE, PUNCT},  {0xFFFD, 0xFFFD, SIGN}, {0x1F000, 0x1FAFF, PUNCT}};
  size_t low = 0, high = sizeof kinds / sizeof *kinds;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (c > kinds[middle].high) low = middle + 1;
    else high = middle;
  }
  return low < sizeof kinds / sizeof *kinds && c >= kinds[low].low ? kinds[low].kind : RARE;
}

/* ---- one sequence ------------------------------------------------------------------------ */

typedef struct sequence {
  size_t from, to;     /* in the text */
  uint32_t c;          /* what comes out */
  enum result result;  /* its kind */
  uint32_t lead, tail[5];
  unsigned tails;
  uint32_t run;        /* sequences side by side, this one among them */
  int points;
  uint8_t soft;        /* a space stands for A0 */
  uint8_t lost;        /* a byte is missing: U+FFFD comes out */
  uint8_t asked;       /* ... and its place is held by ? */
  uint8_t astray;      /* in a stretch that is something else */
} sequence;

typedef struct line {
  const char *s; size_t from, to; /* the line */
  unsigned charset;
  sequence *list; uint32_t n, capacity;
  int sum;                        /* of what its sequences are worth */
} line;

static uint32_t char_at(const line *l, size_t at, size_t *len) {
  if (at >= l->to) return *len = 0, 0;
  return utf8_decode(l->s + at, len);
}
static uint32_t char_before(const line *l, size_t at) {
  size_t len;
  return at > l->from ? utf8_decode(l->s + utf8_prev(l->s, at), &len) : 0;
}

/* The byte a character stands for as a tail; 0x100: lost; 0: none. */
static unsigned tail_byte(const line *l, uint32_t c) {
  if (c == REPLACEMENT || c == '?') return 0x100;
  if (c == ' ') return l->charset == MACINTOSH || l->charset == CP437 ? 0 : 0xA0;
  unsigned b = mix_of(c)->byte[l->charset];
  return b >= 0x80 && b < 0xC0 ? b : 0;
}

/* May these two bytes begin a sequence? (Unicode, table 3-7; ED A0: CESU-8) */
static int fits(unsigned lead, unsigned first) {
  if (first == 0x100) return 1;
  if (lead == 0xE0) return first >= 0xA0;
  if (lead == 0xF0) return first >= 0x90;
  return lead != 0xF4 || first < 0x90;
}

/* Reads `want` tails behind a lead at `at`; returns where they end, 0 when
** they do not fit. `found`: how many did. */
static size_t read_tails(const line *l, size_t at, unsigned lead, unsigned want, sequence *q,
                         unsigned *found) {
  size_t len;
  q->c = lead & (0x3Fu >> want);
  for (*found = 0; *found < want; ++*found) {
    uint32_t c = char_at(l, at, &len);
    unsigned b = len > 0 ? tail_byte(l, c) : 0;
    if (b == 0 || (*found == 0 && !fits(lead, b))) return 0;
    if (c == ' ') q->soft++;
    if (c == '?') q->asked++;
    if (b == 0x100) q->lost = 1;
    q->c = q->c << 6 | (b & 63u);
    q->tail[q->tails++] = c;
    at += len;
  }
  return at;
}

static unsigned tails_wanted(unsigned lead) {
  return lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
}

/* The second half of a surrogate pair written as two sequences. */
static size_t read_low_half(const line *l, size_t at, sequence *q) {
  size_t len;
  unsigned found;
  uint32_t high = q->c;
  const mix *m = mix_of(char_at(l, at, &len));
  if (len == 0 || m->byte[l->charset] != 0xED) return 0;
  size_t end = read_tails(l, at + len, 0xED, 2, q, &found);
  if (end == 0 || (!q->lost && !within(q->c, 0xDC00, 0xDFFF))) return 0;
  q->c = 0x10000 + ((high & 0x3FFu) << 10 | (q->c & 0x3FFu));
  return end;
}

/* The sequence at `at`, whose character is a lead: 1 found, 0 none, -1 it
** begins like one and leads nowhere. */
static int read_sequence(const line *l, size_t at, sequence *q) {
  size_t len;
  unsigned found;
  *q = (sequence){.from = at};
  q->lead = char_at(l, at, &len);
  unsigned lead = mix_of(q->lead)->byte[l->charset];
  if (lead < 0xC2 || lead > 0xF4) return 0;
  q->to = read_tails(l, at + len, lead, tails_wanted(lead), q, &found);
  if (q->to > 0 && !q->lost && within(q->c, 0xD800, 0xDFFF))
    q->to = q->c < 0xDC00 ? read_low_half(l, q->to, q) : 0;
  if (q->to == 0) return found > 0 && q->tail[0] != ' ' && q->tail[0] != '?' ? -1 : 0;
  if (q->lost) q->c = REPLACEMENT;
  q->result = result_of(q->c);
  return 1;
}

/* ---- points -------------------------------------------------------------------------------- */

static int quotes_only(const sequence *q) {
  for (unsigned k = 0; k < q->tails; k++)
    if (!is_quote(q->tail[k]) && !one_of(q->tail[k], "€™® ") && q->tail[k] != NBSP) return 0;
  return 1;
}

/* Currency signs stand for letters in some people's writing: MÄ£ÄM. */
static int is_leet(const line *l, const sequence *q, uint32_t tail) {
  return q->run == 1 && l->charset <= LATIN2 && one_of(tail, "£¥¤") && q->result == LETTER;
}

static int tail_points(const line *l, const sequence *q) {
  int sum = 0;
  uint32_t last = q->tail[q->tails - 1];
  if (q->tails > 1 && quotes_only(q)) return 2;
  for (unsigned k = 0; k < q->tails; k++) {
    int odd = oddness(q->tail[k]);
    if (is_box(q->tail[k]) && is_box(q->lead)) odd = 0;
    if (is_leet(l, q, q->tail[k])) odd = -2;
    sum += odd;
  }
  if (l->charset == CP437 && is_box(q->lead) && is_letter(last)) sum++;
  return (sum > 6 ? 6 : sum) + (q->tails > 1);
}

/* Is the lead a sign, where a letter would be at home? */
static int is_sign_lead(uint32_t c) { return one_of(c, "√¬ƒ≈∆◊‚„ÿŸ‰") || is_box(c); }

/* The word around it: a capital or a sign behind a small letter, a sign
** before a letter, case that goes on in what comes out. */
static int word_points(const line *l, const sequence *q) {
  size_t len;
  uint32_t before = char_before(l, q->from), next = char_at(l, q->to, &len), last = q->tail[q->tails - 1];
  int points = 0;
  if (is_lower(before) && is_upper(q->lead)) points++;
  if (is_letter(before) && is_sign_lead(q->lead)) points++;
  if (is_digit(before) && is_upper(q->lead)) points++;
  if (is_sign_lead(q->lead) && !is_box(q->lead) && is_letter(q->tail[0]) && q->tails == 1)
    points += !is_letter(before);
  if ((is_letter(next) || (is_digit(next) && oddness(last) > 2)) && !is_letter(last) && last != NBSP &&
      last != ' ' && last != 0x2019 && last != '?')
    points++;
  if (q->result != LETTER) return points;
  if (is_upper(q->c))
    points += is_upper(before) || (is_upper(next) && last != ' ') ? 1 : is_lower(before) ? -2 : 0;
  else points += is_lower(next) || is_lower(before) ? 1 : is_upper(before) ? -2 : 0;
  return points;
}

static int lead_points(const line *l, const sequence *q) {
  size_t len;
  uint32_t before = char_before(l, q->from), next = char_at(l, q->to, &len);
  if (q->lead == 0xC3 || (q->lead == 0xC2 && l->charset != CYRILLIC)) {
    int alone =
        q->lead == 0xC3 && !is_letter(before) && (q->tail[0] == NBSP || q->soft) && (next == ' ' || q->soft);
    return 1 + alone + (q->soft && is_lower(before));
  }
  return l->charset == CYRILLIC && q->lead == 0x413 && q->soft;
}

static int result_points(const line *l, const sequence *q) {
  size_t len;
  uint32_t before = char_before(l, q->from), next = char_at(l, q->to, &len);
  int run = q->run > 3 ? 4 : q->run > 1 ? 2 : 0;
  if (is_control(q->c) && is_control(q->tail[0])) return run - 1; /* there is a layer below */
  switch (q->result) {
    case RARE: return NEVER;
    case LETTER: /* Latin, beside Cyrillic that is no part of it */
      return run == 0 && (within(before, 0x400, 0x4FF) || within(next, 0x400, 0x4FF)) ? NEVER : 1 + run;
    case PUNCT: return 2 + run;
    case SIGN: return run;
    case MARK: return run == 0 && is_letter(before) && is_letter(next) ? NEVER : run - 1;
    case SCRIPT: break;
  }
  if (run > 0) return run;
  /* one Greek letter inside a word of another script: IL2Rγc */
  if (within(q->c, 0x391, 0x3C9) && (is_letter(before) || is_digit(before)) && is_letter(next)) return 0;
  return -3;
}

static int points_of(const line *l, const sequence *q) {
  if (q->astray || (q->result == RARE && !is_control(q->c))) return NEVER;
  return tail_points(l, q) + word_points(l, q) + lead_points(l, q) + result_points(l, q);
}

/* ---- a line in one charset -------------------------------------------------------------------- */

static int add(line *l, const sequence *q) {
  int rc = mill_grow(&l->list, &l->capacity, l->n + 1u, sizeof *l->list);
  if (rc == 0) l->list[l->n++] = *q;
  return rc;
}

/* Sequences first..n-1 stand in one stretch without ASCII between. */
static void close_stretch(line *l, uint32_t first, uint32_t broken) {
  uint32_t good = 0;
  for (uint32_t k = first; k < l->n; k++) good += !l->list[k].soft && !l->list[k].asked;
  uint32_t most = good / 3 > 1 ? good / 3 : 1;
  for (uint32_t k = first; k < l->n && broken > most; k++) l->list[k].astray = 1;
}

/* A tail where no sequence wants it; quotes and dashes may be meant. */
static int is_stray(const line *l, uint32_t c) {
  return ((unsigned)mix_of(c)->tails >> l->charset & 1u) && !is_quote(c) && c != NBSP;
}

/* Finds the sequences of the line and the stretches they stand in. */
static int collect(line *l) {
  uint32_t first = 0, broken = 0;
  int counted = 0; /* the tails here belong to a broken beginning */
  size_t len;
  sequence q;
  l->n = 0;
  for (size_t at = l->from; at < l->to;) {
    if ((unsigned char)l->s[at] < 0x80) {
      close_stretch(l, first, broken);
      first = l->n, broken = 0;
      at = skip_ascii((const unsigned char *)l->s, at, l->to);
      continue;
    }
    uint32_t c = char_at(l, at, &len);
    int rc = (unsigned)mix_of(c)->leads >> l->charset & 1u ? read_sequence(l, at, &q) : 0;
    if (rc > 0 && add(l, &q) < 0) return MILL_ENOMEM;
    int stray = rc == 0 && is_stray(l, c);
    broken += rc < 0 || (stray && !counted);
    counted = rc < 0 || (stray && counted);
    at = rc > 0 ? q.to : at + len;
  }
  close_stretch(l, first, broken);
  return 0;
}

/* How many sequences stand side by side, for each of them. */
static void count_runs(line *l) {
  for (uint32_t i = 0, j; i < l->n; i = j) {
    for (j = i + 1; j < l->n && l->list[j].from == l->list[j - 1].to; j++) {}
    uint32_t known = 0;
    for (uint32_t k = i; k < j; k++) known += l->list[k].result != RARE;
    for (uint32_t k = i; k < j; k++) l->list[k].run = known;
  }
}

/* Does it hold a control for a byte that windows-1250 has a character for?
** Then iso-8859-2 is the better guess. */
static int has_foreign_control(const line *l, const sequence *q) {
  for (unsigned k = 0; k < q->tails; k++)
    if (l->charset == CENTRAL && is_control(q->tail[k]) &&
        !one_of(q->tail[k], "\xC2\x81\xC2\x83\xC2\x88\xC2\x90\xC2\x98"))
      return 1;
  return 0;
}

static int score(line *l) {
  int rc = collect(l);
  if (rc < 0) return rc;
  count_runs(l);
  l->sum = 0;
  for (uint32_t k = 0; k < l->n; k++) {
    sequence *q = &l->list[k];
    q->points = points_of(l, q);
    if (!q->soft && !q->asked && q->tail[0] != NBSP && q->points > 2 && l->sum < 1000)
      l->sum += q->points - 2 - has_foreign_control(l, q);
  }
  return 0;
}

static int is_believed(const line *l, const sequence *q) {
  int help = l->sum >= 6 ? 2 : l->sum >= 3 ? 1 : 0;
  if (q->soft && help > 0) return q->points + help >= ENOUGH - (help > 1);
  if (q->soft) /* alone: the halves of an emoji, or Ã at the end of a word */
    return q->points >= ENOUGH && (q->tails > 3 || (q->lead == 0xC3 && is_lower(char_before(l, q->from))));
  if (q->asked) return help > 0 && q->asked == 1 && q->points + help >= ENOUGH;
  return q->points + help >= ENOUGH;
}

/* ---- writing ------------------------------------------------------------------------------------ */

/* Ã and a space, which was à and a space, whose A0 melted into it: the space
** stays unless another follows or a Portuguese word is glued to it (às,
** àquele, àquilo). */
static int keeps_space(const line *l, const sequence *q) {
  const char *s = l->s + q->to;
  size_t n = l->to - q->to;
  if (q->tails != 1 || q->c != 0xE0) return 0;
  if (n > 0 && *s == ' ') return 0;
  if (n >= 2 && memcmp(s, "s ", 2) == 0) return 0;
  return !(n >= 4 && (memcmp(s, "quel", 4) == 0 || memcmp(s, "quil", 4) == 0));
}

static void write_line(repair *r, const line *l) {
  char text[4];
  for (uint32_t k = 0; k < l->n; k++) {
    const sequence *q = &l->list[k];
    if (!is_believed(l, q)) continue;
    size_t to = q->soft && keeps_space(l, q) ? q->to - 1 : q->to;
    repair_piece(r, q->from, to, text, utf8_encode(q->c, text), MILL_EDIT_MOJIBAKE);
  }
}

/* The charsets that have a lead and a tail side by side here. */
static unsigned charsets_of(const line *l) {
  unsigned all = 0, leads = 0;
  size_t len;
  for (size_t at = l->from; at < l->to; at += len) {
    uint32_t c = utf8_decode(l->s + at, &len);
    const mix *m = c < 0x80 ? NULL : mix_of(c);
    all |= leads & (m != NULL ? m->tails : c == ' ' || c == '?' ? ~0u : 0u);
    leads = m != NULL ? m->leads : 0;
    if (c == REPLACEMENT) all |= ~0u;
  }
  return all;
}

static void repair_line(repair *r, line *now, line *best) {
  unsigned charsets = charsets_of(now);
  best->sum = 0, best->n = 0;
  for (unsigned e = 0; e < CHARSETS; e++) {
    if (!(charsets >> e & 1u)) continue;
    now->charset = e;
    if (score(now) < 0) {
      r->error = MILL_ENOMEM;
      return;
    }
    uint32_t believed = 0;
    for (uint32_t k = 0; k < now->n; k++) believed += (uint32_t)is_believed(now, &now->list[k]);
    if (believed == 0 || (best->n > 0 && now->sum <= best->sum)) continue;
    line other = *best;
    *best = *now;
    now->list = other.list, now->capacity = other.capacity;
  }
  write_line(r, best);
}

/* ---- the scan ------------------------------------------------------------------------------------- */

/* Can lead and tail at s[i, behind) be a sequence in one of the charsets? A
** quick look: two bytes must give something to believe in, a letter of another
** script needs company, three bytes need another tail. */
static int is_suspect(const unsigned char *s, size_t i, size_t behind, size_t n, const mix *lead,
                      const mix *tail) {
  unsigned charsets = (unsigned)lead->leads & tail->tails;
  int more = behind < n && (s[behind] >= 0x80 || s[behind] == ' ' || s[behind] == '?');
  int company = more || (i > 0 && s[i - 1] >= 0x80);
  for (unsigned e = 0; e < CHARSETS; e++) {
    if (!(charsets >> e & 1u)) continue;
    if (lead->byte[e] >= 0xE0) {
      if (more) return 1;
      continue;
    }
    uint32_t c = (lead->byte[e] & 31u) << 6 | (tail->byte[e] & 63u);
    enum result kind = result_of(c);
    if (kind == SCRIPT ? company || within(c, 0x391, 0x3C9) : kind != RARE) return 1;
    if (is_control(c)) return 1;
  }
  return 0;
}

#if MILL_AVX2
/* Leads other than E3..EE among 32 bytes, and not of U+FF00..U+FF7F: the full-width
** signs of Chinese text stand for no byte, either. Reads one byte behind them. */
MILL_TARGET_BITS static inline uint32_t other_leads(const unsigned char *s) {
  __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)s);
  __m256i next = _mm256_loadu_si256((const __m256i *)(const void *)(s + 1));
  __m256i wide = _mm256_cmpeq_epi8(_mm256_or_si256(next, _mm256_set1_epi8(1)), _mm256_set1_epi8((char)0xBD));
  wide = _mm256_and_si256(wide, _mm256_cmpeq_epi8(x, _mm256_set1_epi8((char)0xEF)));
  __m256i lead = _mm256_and_si256(_mm256_cmpgt_epi8(x, _mm256_set1_epi8((char)0xBF)),
                                  _mm256_cmpgt_epi8(_mm256_setzero_si256(), x));
  __m256i han = _mm256_and_si256(_mm256_cmpgt_epi8(x, _mm256_set1_epi8((char)0xE2)),
                                 _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xEF), x));
  return (uint32_t)_mm256_movemask_epi8(_mm256_andnot_si256(_mm256_or_si256(han, wide), lead));
}

/* Goes on to the next such lead, or to where less than 33 bytes are left. */
MILL_TARGET_BITS static size_t skip_avx2(const unsigned char *s, size_t i, size_t n) {
  for (; i + 33 <= n; i += 32) {
    uint32_t leads = other_leads(s + i);
    if (leads != 0) return i + _tzcnt_u32(leads);
  }
  while (i < n && utf8_is_tail(s[i])) i++;
  return i;
}
#endif

/* The next character at or behind s[i] that is neither ASCII nor of the rows of
** Han, kana and Hangul; n: none. */
static size_t skip_usual(const unsigned char *s, size_t i, size_t n, int avx2) {
#if MILL_AVX2
  if (avx2) i = skip_avx2(s, i, n);
#endif
  (void)avx2;
  while ((i = skip_ascii(s, i, n)) < n && s[i] >= 0xE3 && s[i] < 0xEF) i += 3;
  return i;
}

/* Where the next pair stands that may be mojibake, n when there is none: a
** lead and a tail of one charset, or Ã and a space behind a small letter. */
static size_t find_suspect(const char *text, size_t i, size_t n, int avx2) {
  const unsigned char *s = (const unsigned char *)text;
  for (size_t len, more; (i = skip_usual(s, i, n, avx2)) < n; i += len) {
    uint32_t c = utf8_decode(text + i, &len), next;
    const mix *lead = mix_of(c), *tail;
    if (lead->leads == 0 || i + len >= n) continue;
    if (s[i + len] < 0x80) {
      if (c == 0xC3 && s[i + len] == ' ' && i > 0 && is_lower(s[i - 1])) return i;
      continue;
    }
    next = utf8_decode(text + i + len, &more);
    if (next == REPLACEMENT) return i;
    tail = mix_of(next);
    if (lead->leads & tail->tails && is_suspect(s, i, i + len + more, n, lead, tail)) return i;
  }
  return n;
}

void mojibake_latin(repair *r) {
  line now = {.s = r->s}, best = {.s = r->s};
  int avx2 = cpu_has_avx2();
  for (size_t i = 0; (i = find_suspect(r->s, i, r->n, avx2)) < r->n && r->error == 0; i = now.to) {
    const char *start = memrchr(r->s, '\n', i), *end = memchr(r->s + i, '\n', r->n - i);
    now.from = best.from = start != NULL ? (size_t)(start + 1 - r->s) : 0;
    now.to = best.to = end != NULL ? (size_t)(end - r->s) : r->n;
    repair_line(r, &now, &best);
    now.from = now.to;
  }
  mem_free(now.list);
  mem_free(best.list);
}

void mojibake_controls(repair *r) {
  static const uint16_t western[32] = {
      0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160,
      0x2039, 0x152,  0,      0x17D,  0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E, 0x178};
  char text[4];
  const char *at = r->s, *end = r->s + r->n;
  while (at < end && (at = memchr(at, '\xC2', (size_t)(end - at))) != NULL) {
    unsigned b = (unsigned char)at[1];
    size_t from = (size_t)(at - r->s);
    if (b < 0xA0 && western[b - 0x80] != 0)
      repair_piece(r, from, from + 2, text, utf8_encode(western[b - 0x80], text), MILL_EDIT_MOJIBAKE);
    at += 2;
  }
}
