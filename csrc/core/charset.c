/*
** charset.c - bytes in any charset to UTF-8, with a map back.
**
**   GB18030  C9 E8 | C1 A2 | 3 | 1 | 80 FF ...
**   UTF-8    设    | 立    | 3   1 | U+FFFD
**   map      2->3  | 2->3  | kept  | 2->3 kind broken
**
** Decided in this order: byte order mark; what the caller says; valid UTF-8
** (scraped pages often keep a <meta> that was true before they were
** converted); what the document declares; UTF-8 with few broken places;
** statistics. The bytes of a document are never refused, only an unknown
** charset name from the caller is.
** Reference: https://encoding.spec.whatwg.org/ for labels and for how many
** U+FFFD a broken sequence gives (one a maximal subpart).
*/
#include "charset.h"

#include <string.h>
#include <unicode/ucnv.h>

#include "alloc.h"
#include "ascii.h"
#include "buffer.h"
#include "error.h"
#include "map.h"
#include "utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

void mill_stage_free(mill_stage *s) {
  mem_free(s->text);
  mill_map_free(s->map);
  *s = (mill_stage){0};
}

/* ---- names ---------------------------------------------------------------- */

static const struct { const char *label, *name; } labels[] = {
    {"utf-8", "utf-8"}, {"utf8", "utf-8"}, {"unicode-1-1-utf-8", "utf-8"},
    {"ascii", "windows-1252"}, {"us-ascii", "windows-1252"},
    {"iso-8859-1", "windows-1252"}, {"iso8859-1", "windows-1252"}, {"latin1", "windows-1252"},
    {"windows-1252", "windows-1252"}, {"cp1252", "windows-1252"},
    {"gb18030", "gb18030"}, {"gbk", "gb18030"}, {"gb2312", "gb18030"}, {"gb_2312-80", "gb18030"},
    {"gb_2312", "gb18030"}, {"x-gbk", "gb18030"}, {"cp936", "gb18030"}, {"chinese", "gb18030"},
    {"big5", "big5"}, {"big5-hkscs", "big5"}, {"cn-big5", "big5"}, {"x-x-big5", "big5"}, {"cp950", "big5"},
    {"shift_jis", "shift_jis"}, {"shift-jis", "shift_jis"}, {"sjis", "shift_jis"},
    {"x-sjis", "shift_jis"}, {"windows-31j", "shift_jis"}, {"ms_kanji", "shift_jis"}, {"cp932", "shift_jis"},
    {"euc-jp", "euc-jp"}, {"x-euc-jp", "euc-jp"}, {"iso-2022-jp", "iso-2022-jp"},
    {"euc-kr", "euc-kr"}, {"cp949", "euc-kr"}, {"ks_c_5601-1987", "euc-kr"}, {"windows-949", "euc-kr"},
    {"utf-16", "utf-16le"}, {"utf-16le", "utf-16le"}, {"utf-16be", "utf-16be"},
    {"utf-32le", "utf-32le"}, {"utf-32be", "utf-32be"},
    {"windows-1250", "windows-1250"}, {"windows-1251", "windows-1251"}, {"windows-1253", "windows-1253"},
    {"windows-1254", "windows-1254"}, {"windows-1255", "windows-1255"}, {"windows-1256", "windows-1256"},
    {"windows-1257", "windows-1257"}, {"windows-1258", "windows-1258"}, {"windows-874", "windows-874"},
    {"koi8-r", "koi8-r"}, {"iso-8859-2", "iso-8859-2"}, {"iso-8859-15", "iso-8859-15"},
};

const char *charset_canonical(const char *label, size_t n) {
  while (n > 0 && (unsigned char)*label <= ' ') label++, n--;
  while (n > 0 && (unsigned char)label[n - 1] <= ' ') n--;
  for (size_t k = 0; k < sizeof labels / sizeof *labels; k++)
    if (ascii_same(label, n, labels[k].label)) return labels[k].name;
  return NULL;
}

const char *charset_converter(const char *canonical) {
  if (strcmp(canonical, "utf-8") == 0) return NULL;
  if (strcmp(canonical, "big5") == 0) return "Big5-HKSCS";
  if (strcmp(canonical, "shift_jis") == 0) return "windows-31j";
  if (strcmp(canonical, "euc-kr") == 0) return "windows-949";
  return canonical;
}

/* ---- what a document declares --------------------------------------------- */

static const char *find_text(const char *s, const char *end, const char *word) {
  for (; s < end; s++)
    if (ascii_begins(s, (size_t)(end - s), word)) return s;
  return NULL;
}

/* The value behind "charset" or "encoding", = and quotes, in s..end. */
static const char *declared_value(const char *s, const char *end, const char *word) {
  const char *at = find_text(s, end, word);
  if (at == NULL) return NULL;
  for (at += strlen(word); at < end && (unsigned char)*at <= ' '; at++) {}
  if (at >= end || *at++ != '=') return NULL;
  while (at < end && ((unsigned char)*at <= ' ' || *at == '"' || *at == '\'')) at++;
  const char *to = at;
  while (to < end && strchr("\"'; />?", *to) == NULL) to++;
  return charset_canonical(at, (size_t)(to - at));
}

const char *charset_declared(const char *s, size_t n) {
  const char *end = s + (n < 4096 ? n : 4096), *at = s;
  if (n > 5 && memcmp(s, "<?xml", 5) == 0) {
    const char *close = memchr(s, '>', (size_t)(end - s));
    const char *name = declared_value(s, close != NULL ? close : end, "encoding");
    if (name != NULL) return name;
  }
  while ((at = find_text(at, end, "<meta")) != NULL) {
    const char *close = memchr(at, '>', (size_t)(end - at));
    if (close == NULL) return NULL;
    const char *name = declared_value(at, close, "charset");
    /* a <meta> that could be read as ASCII is not in UTF-16 */
    if (name != NULL) return strncmp(name, "utf-16", 6) == 0 ? "utf-8" : name;
    at = close;
  }
  return NULL;
}

/* ---- UTF-8 ------------------------------------------------------------------ */

/* Bytes of the maximal subpart of an ill-formed sequence at s[0], >= 1. */
static size_t broken_length(const unsigned char *s, size_t n) {
  unsigned char low = 0x80, high = 0xBF, b = s[0];
  size_t want = b >= 0xC2 && b <= 0xDF ? 1 : b >= 0xE0 && b <= 0xEF ? 2 : b >= 0xF0 && b <= 0xF4 ? 3 : 0;
  if (b == 0xE0) low = 0xA0;
  if (b == 0xED) high = 0x9F;
  if (b == 0xF0) low = 0x90;
  if (b == 0xF4) high = 0x8F;
  size_t k = 1;
  for (; k <= want && k < n && s[k] >= low && s[k] <= high; k++) low = 0x80, high = 0xBF;
  return k;
}

/* Bytes of the well-formed sequence at s, which is not ASCII; 0: it is broken. */
static size_t good_length(const unsigned char *s, size_t n) {
  size_t want = utf8_length(s[0]), len = s[0] < 0xC2 || s[0] > 0xF4 ? 1 : broken_length(s, n);
  return len > 1 && len == want ? len : 0;
}

static size_t count_leads(const char *s, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) count += (unsigned char)s[i] >= 0xC0;
  return count;
}

static int has_lead(const char *s, size_t n) {
  for (size_t i = 0; i < n; i++)
    if ((unsigned char)s[i] >= 0xC0) return 1;
  return 0;
}

#define CONVINCING 1000
#define CALM 64 /* characters in a row that are as they should be */

/* Goes on character by character from a broken one until it is calm; returns where. */
static size_t count_broken(const char *text, size_t i, size_t n, utf8_census *out) {
  const unsigned char *s = (const unsigned char *)text;
  for (uint32_t calm = 0; i < n && calm < CALM; calm++) {
    size_t len = s[i] < 0x80 ? 1 : good_length(s + i, n - i);
    out->good += len > 1;
    if (len > 0) {
      i += len;
      continue;
    }
    int lead = s[i] >= 0xC2 && s[i] <= 0xF4;
    i += broken_length(s + i, n - i);
    if (i >= n && lead) out->cut = 1;
    else out->broken++;
    if (out->broken >= CONVINCING && out->broken > out->good) return n; /* this is no UTF-8 */
    calm = 0;
  }
  return i;
}

void charset_census(const char *s, size_t n, utf8_census *out) {
  *out = (utf8_census){0};
  for (size_t i = 0, bad; i < n; i = count_broken(s, i, n, out)) {
    if (mill_utf8_valid(s + i, n - i, &bad, NULL)) bad = n - i;
    out->good += count_leads(s + i, bad);
    if ((i += bad) >= n) return;
  }
}

/* Writes a copy of UTF-8 with every broken sequence replaced. */
static void copy_utf8(const char *s, size_t n, mill_buffer *out, mill_map *map) {
  for (size_t i = 0, bad; i < n;) {
    if (mill_utf8_valid(s + i, n - i, &bad, NULL)) bad = n - i;
    mill_buffer_append(out, s + i, bad);
    mill_map_keep(map, bad);
    if ((i += bad) >= n) return;
    size_t broken = broken_length((const unsigned char *)s + i, n - i);
    mill_buffer_append(out, REPLACEMENT, 3);
    mill_map_edit(map, broken, 3, MILL_EDIT_BROKEN);
    i += broken;
  }
}

/* ---- everything else -------------------------------------------------------- */

/* Equal pieces under way: a character may come without bytes of its own (the
** second half of a pair), which then belongs to the piece before. */
typedef struct pieces { size_t source, output, count; enum mill_edit kind; } pieces;

typedef struct decoder {
  const char *name;
  const uint16_t *pairs; /* of this charset, or NULL */
  UConverter *cv;        /* opened when it is needed first */
  mill_buffer *out;
  mill_map *map;
  pieces p;
} decoder;

static void flush(decoder *d) {
  map_append(d->map, d->p.source, d->p.output, d->p.count, (uint32_t)d->p.kind);
  d->p.count = 0;
}

static void add_piece(decoder *d, size_t source, size_t output, enum mill_edit kind) {
  if (d->p.count > 0 && d->p.source == source && d->p.output == output && d->p.kind == kind) {
    d->p.count++;
    return;
  }
  flush(d);
  d->p = (pieces){source, output, 1, kind};
}

/* The last piece grows by bytes that have no source of their own. */
static void extend_piece(decoder *d, size_t output) {
  pieces last = d->p;
  if (last.count == 0) {
    d->p = (pieces){0, output, 1, MILL_EDIT_CHARSET};
    return;
  }
  d->p.count--;
  flush(d);
  d->p = (pieces){last.source, last.output + output, 1, last.kind};
}

static const uint16_t *pairs_of(const char *name) {
  static const char *const names[] = {"gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"};
  for (size_t k = 0; k < sizeof names / sizeof *names; k++)
    if (strcmp(name, names[k]) == 0) return charset_pairs[k];
  return NULL;
}

static int ascii_compatible(const char *name) {
  return strncmp(name, "utf-", 4) != 0 && strncmp(name, "iso-2022", 8) != 0;
}

static int open_converter(decoder *d, mill_error *err) {
  UErrorCode status = U_ZERO_ERROR;
  if (d->cv != NULL) return 0;
  d->cv = ucnv_open(charset_converter(d->name), &status);
  if (U_FAILURE(status)) return mill_fail(err, MILL_ECHARSET, 0, "no converter for charset %s", d->name);
  ucnv_setToUCallBack(d->cv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  return 0;
}

/* Reads one character at *at (< end) and appends it: by ICU. */
static void convert_one(decoder *d, const char **at, const char *end) {
  UErrorCode status = U_ZERO_ERROR;
  const char *from = *at;
  UChar32 c = ucnv_getNextUChar(d->cv, at, end, &status);
  if (status == U_INDEX_OUTOFBOUNDS_ERROR && *at > from) { /* only shifts were left */
    add_piece(d, (size_t)(*at - from), 0, MILL_EDIT_CHARSET);
    return;
  }
  int broken = U_FAILURE(status);
  if (broken) ucnv_resetToUnicode(d->cv);
  if (broken && *at == from) (*at)++;
  size_t before = d->out->len, used = (size_t)(*at - from);
  mill_buffer_codepoint(d->out, broken || c < 0 || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : (uint32_t)c);
  if (used == 0)
    extend_piece(d, d->out->len - before);
  else
    add_piece(d, used, d->out->len - before, broken ? MILL_EDIT_BROKEN : MILL_EDIT_CHARSET);
}

#define AT_ONCE 1024 /* characters */

/* Characters of two bytes that the table knows; returns where it stopped. */
static const char *convert_pairs(decoder *d, const char *at, const char *end) {
  size_t most = (size_t)(end - at) / 2;
  if (!mill_buffer_reserve(d->out, 3 * (most < AT_ONCE ? most : AT_ONCE))) return at;
  char *o = d->out->bytes + d->out->len;
  uint32_t c;
  for (int k = 0; k < AT_ONCE && end - at >= 2 && (unsigned char)*at >= 0x80; k++, at += 2) {
    if ((c = d->pairs[charset_pair(at)]) == 0) break;
    size_t len = utf8_encode(c, o);
    add_piece(d, 2, len, MILL_EDIT_CHARSET);
    o += len;
  }
  d->out->len = (size_t)(o - d->out->bytes);
  return at;
}

/* Copies ASCII at `at`; returns where it stopped. */
static const char *copy_ascii(decoder *d, const char *at, const char *end) {
  size_t run = 0;
  while (run < (size_t)(end - at) && (unsigned char)at[run] < 0x80) run++;
  flush(d);
  mill_buffer_append(d->out, at, run);
  mill_map_keep(d->map, run);
  return at + run;
}

static int convert_all(decoder *d, const char *at, const char *end, mill_error *err) {
  int ascii = ascii_compatible(d->name), rc = 0;
  while (at < end && !d->out->error && rc == 0) {
    const char *from = at;
    if (ascii && (unsigned char)*at < 0x80) {
      at = copy_ascii(d, at, end);
      continue;
    }
    if (d->pairs != NULL) at = convert_pairs(d, at, end);
    if (at == from && (rc = open_converter(d, err)) == 0) convert_one(d, &at, end);
  }
  flush(d);
  return rc;
}

static int convert(const char *name, const char *s, size_t n, mill_buffer *out, mill_map *map,
                   mill_error *err) {
  decoder d = {.name = name, .pairs = pairs_of(name), .out = out, .map = map};
  int rc = convert_all(&d, s, s + n, err);
  if (d.cv != NULL) ucnv_close(d.cv);
  return rc;
}

/* ---- the decision ------------------------------------------------------------- */

static const struct { const char *name, *bytes; size_t len; } marks[] = {
    {"utf-8", "\xEF\xBB\xBF", 3}, {"utf-32le", "\xFF\xFE\0\0", 4}, {"utf-32be", "\0\0\xFE\xFF", 4},
    {"utf-16le", "\xFF\xFE", 2}, {"utf-16be", "\xFE\xFF", 2}};

static const char *by_mark(const char *s, size_t n, size_t *skip) {
  for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
    if (n >= marks[k].len && memcmp(s, marks[k].bytes, marks[k].len) == 0)
      return *skip = marks[k].len, marks[k].name;
  return NULL;
}

/* *whole: all of it is UTF-8, and not ASCII alone. */
static const char *decide(const char *s, size_t n, int *whole) {
  utf8_census c;
  size_t bad;
  if ((*whole = mill_utf8_valid(s, n, &bad, NULL) && has_lead(s, n))) return "utf-8";
  charset_census(s, n, &c);
  if (c.broken == 0 && c.good > 0) return "utf-8";
  const char *declared = charset_declared(s, n);
  if (c.broken == 0 && !c.cut && (declared == NULL || strncmp(declared, "iso-2022", 8) != 0))
    return "utf-8";
  if (c.broken * 10 <= c.good) return "utf-8";
  if (declared != NULL && strcmp(declared, "utf-8") != 0) return declared;
  const char *guess = charset_guess(s, n);
  return guess != NULL ? guess : c.good >= c.broken ? "utf-8" : "windows-1252";
}

int charset_decode(const char *bytes, size_t n, const char *hint, char **out, size_t *out_len,
                   char charset_out[32], mill_map **map, mill_error *err) {
  size_t skip = 0;
  const char *name = by_mark(bytes, n, &skip);
  *out = NULL, *map = NULL;
  if (n > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "document too large: %zu bytes", n);
  if (name == NULL && hint != NULL) {
    if ((name = charset_canonical(hint, strlen(hint))) == NULL)
      return mill_fail(err, MILL_ECHARSET, 0, "unknown charset '%.64s'", hint);
  }
  int whole = 0;
  if (name == NULL) name = decide(bytes, n, &whole);
  memset(charset_out, 0, 32);
  memcpy(charset_out, name, strlen(name));
  if (whole) return 0;
  mill_buffer b = {0};
  mill_map *m = mill_map_new();
  if (m == NULL) return mill_fail_memory(err);
  if (skip > 0) mill_map_edit(m, skip, 0, MILL_EDIT_CHARSET);
  int rc = 0;
  mill_buffer_reserve(&b, n - skip + (pairs_of(name) != NULL ? n / 2 : 0) + 1); /* two bytes become three */
  if (strcmp(name, "utf-8") == 0) copy_utf8(bytes + skip, n - skip, &b, m);
  else rc = convert(name, bytes + skip, n - skip, &b, m, err);
  char *text = rc == 0 ? mill_buffer_take(&b, out_len) : (mill_buffer_free(&b), NULL);
  if (rc == 0 && text != NULL && mill_map_output_len(m) > MILL_MAX_BYTES)
    rc = mill_fail(err, MILL_ELIMIT, 0, "text too large");
  if (rc == 0 && (text == NULL || mill_map_error(m) < 0)) rc = mill_fail_memory(err);
  if (rc < 0) return mem_free(text), mill_map_free(m), rc;
  return *out = text, *map = m, 0;
}

int mill_decode(const char *bytes, size_t n, const char *hint, char **out, size_t *out_len,
                char charset_out[32], mill_map **map, mill_error *err) {
  int rc = charset_decode(bytes, n, hint, out, out_len, charset_out, map, err);
  if (rc < 0 || *out != NULL) return rc;
  char *copy = mem_malloc(n + 1);
  mill_map *m = mill_map_new();
  if (copy == NULL || m == NULL) return mem_free(copy), mill_map_free(m), mill_fail_memory(err);
  if (n > 0) memcpy(copy, bytes, n);
  copy[n] = 0;
  mill_map_keep(m, n);
  return *out = copy, *out_len = n, *map = m, 0;
}
