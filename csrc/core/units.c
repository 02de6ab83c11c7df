/*
** units.c - reads folded text into units (window.h): Han characters one by
** one, everything else in runs.
**
**   number    70  1,234  0.5%  2020-02-26  16:57     (split: digits only)
**   letters   covid-19  4g  at&t  someone@example.org  http://...
**   kana, other letters, blanks, line breaks; the same sign repeated (……)
**
** Reference: UAX #29 word boundaries, from which this departs where written
** Chinese does: no letters join digits that count a unit (10 | kg).
*/
#include "utf8.h"
#include "window.h"

/* ---- one character ahead --------------------------------------------------- */

typedef struct reader {
  const mill_lexicon *lx;
  const char *s;
  size_t n;
  int split_numbers;
} reader;

/* Class of the character at i, CHAR_BREAK at the end; *len: its bytes. */
static uint32_t class_at(const reader *r, size_t i, size_t *len) {
  *len = 0;
  if (i >= r->n) return CHAR_BREAK;
  size_t want = utf8_length((unsigned char)r->s[i]);
  if (want > r->n - i) return *len = r->n - i, CHAR_PUNCT; /* cut off: not valid UTF-8 */
  return lexicon_char(r->lx, utf8_decode(r->s + i, len)) & CHAR_CLASS_MASK;
}

static int is_digit(const reader *r, size_t i) {
  return i < r->n && r->s[i] >= '0' && r->s[i] <= '9';
}

static int is_byte(const reader *r, size_t i, char c) { return i < r->n && r->s[i] == c; }

static size_t skip_class(const reader *r, size_t i, uint32_t k) {
  size_t len;
  while (i < r->n && class_at(r, i, &len) == k) i += len;
  return i;
}

static size_t skip_digits(const reader *r, size_t i) {
  while (is_digit(r, i)) i++;
  return i;
}

/* ---- letters ----------------------------------------------------------------- */

/* Letters, digits and marks. */
static size_t skip_alnum(const reader *r, size_t i) {
  size_t len;
  for (;; i += len) {
    uint32_t k = class_at(r, i, &len);
    if (i >= r->n || (k != CHAR_LATIN && k != CHAR_DIGIT && k != CHAR_MARK)) return i;
  }
}

static int starts_with(const reader *r, size_t i, const char *prefix) {
  size_t n = strlen(prefix);
  return r->n - i >= n && memcmp(r->s + i, prefix, n) == 0;
}

/* End of the URL at i, or i. It ends before a blank, a character outside
** ASCII, quotes and angle brackets; signs at its end do not belong to it. */
static size_t scan_url(const reader *r, size_t i) {
  static const char *const schemes[] = {"http://", "https://", "ftp://", "www."};
  size_t from = i;
  for (size_t k = 0; k < 4 && from == i; k++)
    if (starts_with(r, i, schemes[k])) from = i + strlen(schemes[k]);
  if (from == i) return i;
  size_t end = from;
  while (end < r->n && r->s[end] > ' ' && r->s[end] < 127 && strchr("<>\"'`{}|^\\", r->s[end]) == NULL)
    end++;
  while (end > from && strchr(".,;:!?()[]*", r->s[end - 1]) != NULL) end--;
  return end > from ? end : i;
}

/* May the sign at i join the letters on both sides? */
static int joins(const reader *r, size_t i) {
  size_t len;
  if (i + 1 >= r->n || r->s[i] == 0 || strchr("-_.'&@+", r->s[i]) == NULL) return 0;
  uint32_t k = class_at(r, i + 1, &len);
  return k == CHAR_LATIN || k == CHAR_DIGIT;
}

static size_t scan_letters(const reader *r, size_t i) {
  size_t end = scan_url(r, i);
  if (end > i) return end;
  end = skip_alnum(r, i);
  while (joins(r, end)) end = skip_alnum(r, end + 1);
  if (end == i + 1 && r->s[i] == 'c') { /* c++, c# */
    if (is_byte(r, end, '+') && is_byte(r, end + 1, '+')) return end + 2;
    if (is_byte(r, end, '#')) return end + 1;
  }
  return end;
}

/* ---- numbers ------------------------------------------------------------------- */

/* One or two digits at i: how many; 0 when more follow. */
static size_t short_number(const reader *r, size_t i) {
  size_t n = 0;
  while (n < 3 && is_digit(r, i + n)) n++;
  return n <= 2 ? n : 0;
}

/* 2020-02-26, 2020/2/26, 2020.2.26; digits end at `end`. */
static size_t scan_date(const reader *r, size_t i, size_t end) {
  if (end - i != 4 || end >= r->n || strchr("-/.", r->s[end]) == NULL || r->s[end] == 0) return 0;
  size_t month = short_number(r, end + 1);
  size_t second = end + 1 + month;
  if (month == 0 || !is_byte(r, second, r->s[end])) return 0;
  size_t day = short_number(r, second + 1);
  return day == 0 ? 0 : second + 1 + day;
}

/* 16:57, 16:57:03; digits end at `end`. */
static size_t scan_time(const reader *r, size_t i, size_t end) {
  if (end - i > 2 || !is_byte(r, end, ':') || short_number(r, end + 1) != 2) return 0;
  end += 3;
  return is_byte(r, end, ':') && short_number(r, end + 1) == 2 ? end + 3 : end;
}

/* 1,234,567 then .89 then %; 1.2.3 and addresses stay whole too. */
static size_t scan_amount(const reader *r, size_t end) {
  while (is_byte(r, end, ',') && skip_digits(r, end + 1) == end + 4) end += 4;
  while (is_byte(r, end, '.') && is_digit(r, end + 1)) end = skip_digits(r, end + 1);
  if (is_byte(r, end, '%')) return end + 1;
  return starts_with(r, end, "‰") ? end + strlen("‰") : end;
}

static int is_unit(const reader *r, size_t from, size_t to) {
  uint32_t classes;
  lexicon_run(r->lx, r->s + from, to - from, &classes);
  return (classes & MILL_CLASS_UNIT) != 0;
}

/* The run that begins with a digit; *k becomes CHAR_LATIN for 4g, 3d. */
static size_t scan_number(const reader *r, size_t i, uint32_t *k) {
  size_t end = skip_digits(r, i), len;
  if (r->split_numbers) return end;
  size_t shaped = scan_date(r, i, end);
  if (shaped == 0) shaped = scan_time(r, i, end);
  if (shaped != 0) return shaped;
  end = scan_amount(r, end);
  if (class_at(r, end, &len) != CHAR_LATIN) return end;
  size_t letters = skip_alnum(r, end);
  int generation = end == i + 1 && letters == end + 1 && r->s[end] == 'g'; /* 4g */
  if (!generation && is_unit(r, end, letters)) return end;
  *k = CHAR_LATIN;
  while (joins(r, letters)) letters = skip_alnum(r, letters + 1);
  return letters;
}

/* ---- units ----------------------------------------------------------------------- */

/* Signs that are one token when repeated: dots, dashes, lines. */
static size_t scan_sign(const reader *r, size_t i, size_t len) {
  static const char *const repeated[] = {".", "-", "_", "=", "*", "~", "—", "─", "·", "…"};
  size_t end = i + len;
  int again = r->n - i >= 2 * len && r->s[i] == r->s[end] && memcmp(r->s + i, r->s + end, len) == 0;
  for (size_t k = 0; again && k < sizeof repeated / sizeof *repeated; k++)
    if (strlen(repeated[k]) == len && memcmp(r->s + i, repeated[k], len) == 0)
      while (starts_with(r, end, repeated[k])) end += len;
  if (len == 2 && starts_with(r, i, "°") && (is_byte(r, end, 'c') || is_byte(r, end, 'f')) &&
      skip_alnum(r, end) == end + 1)
    end++; /* the folded form of the sign for degrees Celsius */
  return end;
}

/* End of the unit at i whose first character has class *k and `len` bytes. */
static size_t scan_unit(const reader *r, size_t i, size_t len, uint32_t *k) {
  switch (*k) {
    case CHAR_DIGIT: return scan_number(r, i, k);
    case CHAR_LATIN: return scan_letters(r, i);
    case CHAR_KANA: case CHAR_OTHER: {
      size_t end = i + len, more = len;
      uint32_t next;
      for (; (next = class_at(r, end, &more)) == *k || next == CHAR_MARK; end += more)
        if (end >= r->n) break;
      return end;
    }
    case CHAR_BLANK: case CHAR_BREAK: return skip_class(r, i, *k);
    case CHAR_FLAG: {
      size_t second;
      return class_at(r, i + len, &second) == CHAR_FLAG ? i + len + second : i + len;
    }
    default: return scan_sign(r, i, len);
  }
}

/* The id of a run: of its letters, or of its only character. */
static uint32_t run_id(const reader *r, size_t from, size_t to, uint32_t k, uint32_t entry,
                       size_t len) {
  uint32_t classes;
  if (k == CHAR_LATIN || k == CHAR_DIGIT) return lexicon_run(r->lx, r->s + from, to - from, &classes);
  return to - from == len ? entry >> 8 : 0;
}

/* A unit that is no Han character. Returns its end. */
static size_t add_run(window *w, const reader *r, size_t i, uint32_t entry, size_t len) {
  uint32_t k = entry & CHAR_CLASS_MASK, m = w->n;
  if (k == CHAR_MARK) { /* belongs to the unit before; at the start of a text it is a sign */
    if (m > 0 && w->kind[m - 1] != CHAR_BREAK && w->kind[m - 1] != CHAR_BLANK) return w->marked = 1, i + len;
    k = CHAR_PUNCT;
  }
  size_t end = scan_unit(r, i, len, &k);
  if (end < i + len) end = i + len; /* an overlong form of a digit is no digit: go on */
  w->id[m] = (uint16_t)run_id(r, i, end, k, entry, len);
  w->kind[m] = (uint8_t)k;
  w->c1[m] = PACK(r->lx->params->run_cost, 1);
  w->term[0][m] = r->lx->first[w->id[m]].term;
  w->offset[m] = (uint32_t)i;
  w->counts[w->n_counts] = (uint16_t)m;
  w->n_counts += k == CHAR_DIGIT;
  w->n++;
  return end;
}

/* Ends the window behind its last sign, if that is not too far back. */
static void cut_at_sign(window *w) {
  for (uint32_t k = w->n; k > w->n / 2; k--) {
    uint32_t kind = w->kind[k - 1];
    if (w->id[k - 1] != 0 || (kind != CHAR_PUNCT && kind != CHAR_BLANK && kind != CHAR_BREAK))
      continue;
    w->n = k;
    w->final = 1;
    return;
  }
}

/* Reads Han characters of three bytes, which most of a Chinese text is, as far
** as they go; returns where it stopped. */
static size_t add_han(window *w, const mill_lexicon *lx, const char *text, size_t i, size_t n) {
  const unsigned char *s = (const unsigned char *)text;
  const uint32_t *chars = lx->chars;
  const lex_first *first = lx->first;
  uint32_t m = w->n, n_counts = w->n_counts;
  for (; m < WINDOW_UNITS && n - i >= 3 && (s[i] & 0xF0) == 0xE0; m++, i += 3) {
    uint32_t c = (s[i] & 15u) << 12 | (s[i + 1] & 63u) << 6 | (s[i + 2] & 63u), entry = chars[c];
    if ((entry & CHAR_CLASS_MASK) != CHAR_HAN) break;
    w->id[m] = (uint16_t)(entry >> 8);
    w->kind[m] = (uint8_t)entry;
    w->c1[m] = first[entry >> 8].edge;
    w->term[0][m] = first[entry >> 8].term;
    w->offset[m] = (uint32_t)i;
    w->counts[n_counts] = (uint16_t)m;
    n_counts += entry / CHAR_NUMERAL & 1;
  }
  w->n = m;
  w->n_counts = n_counts;
  return i;
}

/* One unit of any kind; returns its end. */
static size_t add_unit(window *w, const reader *r, size_t i) {
  size_t len;
  if (utf8_length((unsigned char)r->s[i]) > r->n - i) /* cut off: not valid UTF-8 */
    return add_run(w, r, i, CHAR_PUNCT, r->n - i);
  uint32_t entry = lexicon_char(r->lx, utf8_decode(r->s + i, &len)), m = w->n;
  if ((entry & CHAR_CLASS_MASK) != CHAR_HAN) return add_run(w, r, i, entry, len);
  w->id[m] = (uint16_t)(entry >> 8);
  w->kind[m] = (uint8_t)entry;
  w->c1[m] = r->lx->first[entry >> 8].edge;
  w->term[0][m] = r->lx->first[entry >> 8].term;
  w->offset[m] = (uint32_t)i;
  w->counts[w->n_counts] = (uint16_t)m;
  w->n_counts += (entry & CHAR_NUMERAL) != 0;
  w->n++;
  return i + len;
}

void window_fill(window *w, const mill_lexicon *lx, const char *text, size_t from, size_t n,
                 int split_numbers) {
  reader r = {lx, text, n, split_numbers};
  size_t i = from;
  w->n = w->n_counts = 0;
  w->free = 0;
  w->marked = 0;
  while (i < n && w->n < WINDOW_UNITS) {
    i = add_han(w, lx, text, i, n);
    if (i < n && w->n < WINDOW_UNITS) i = add_unit(w, &r, i);
  }
  size_t end = i < n ? skip_class(&r, i, CHAR_MARK) : i; /* marks of the last unit */
  w->marked |= end > i;
  i = end;
  w->offset[w->n] = (uint32_t)i;
  w->final = i >= n;
  if (!w->final) cut_at_sign(w);
  memset(w->id + w->n, 0, WINDOW_PAD * sizeof *w->id);
  memset(w->kind + w->n, 0, WINDOW_PAD);
}
