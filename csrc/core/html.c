/*
** html.c - the tokenizer. html.h draws it.
**
** Every search that may run to the end of the source without success is
** remembered (flat, no_*_end, last_close), so that hostile input such as a
** hundred thousand "<a b='" or "<!--" costs one such run, not one each.
*/
#include "html.h"

#include <string.h>

#include "ascii.h"
#include "html_scan.h"

void html_begin(html_tokenizer *t, const char *s, size_t n) {
  *t = (html_tokenizer){.s = s, .n = n};
  const char *last = n > 0 ? memrchr(s, '>', n) : NULL;
  t->last_close = last != NULL ? (size_t)(last - s) + 1 : 0;
}

/* Behind the first `word` at or after `from`; 0: there is none. */
static size_t behind(const html_tokenizer *t, size_t from, const char *word) {
  if (from >= t->n) return 0;
  const char *at = memmem(t->s + from, t->n - from, word, strlen(word));
  return at != NULL ? (size_t)(at - t->s) + strlen(word) : 0;
}

static size_t behind_close(const html_tokenizer *t, size_t from) {
  if (from >= t->last_close) return 0;
  return (size_t)((const char *)memchr(t->s + from, '>', t->last_close - from) - t->s) + 1;
}

static void set(html_token *out, enum html_kind kind, enum html_element e, size_t from, size_t to,
                size_t name_to) {
  out->kind = kind, out->element = e;
  out->from = from, out->to = to, out->name_to = name_to;
  out->noted = 0; /* values without their bit are never read */
}

/* ---- tags ------------------------------------------------------------------- */

/* The value at s[i], behind the =. 1, or -1: the source ends in it. */
static inline int step_value(const char *s, size_t n, size_t i, size_t *at, html_attribute *a) {
  while (i < n && ascii_is_blank((unsigned char)s[i])) i++;
  if (i >= n) return -1;
  if (s[i] == '"' || s[i] == '\'') {
    a->value = i + 1, a->value_to = html_quote_end(s, n, i + 1, s[i]);
    if (a->value_to == n) return -1;
    return *at = a->value_to + 1, 1;
  }
  a->value = i;
  a->value_to = *at = html_value_end(s, n, i);
  return 1;
}

/* One step through a tag's inside: 1 an attribute, 0 the closing > (*at is
** behind it), -1 the end of the source. */
static inline int step_attribute(const char *s, size_t n, size_t *at, html_attribute *a) {
  size_t i = *at;
  while (i < n && (ascii_is_blank((unsigned char)s[i]) || s[i] == '/')) i++;
  if (i >= n) return -1;
  if (s[i] == '>') return *at = i + 1, 0;
  a->name = i;
  a->name_to = a->value = a->value_to = i = html_attribute_end(s, n, i + 1); /* a first = belongs to it */
  if (i < n && s[i] == '=') return step_value(s, n, i + 1, at, a);
  i = html_blank_end(s, n, i);
  if (i < n && s[i] == '=') return step_value(s, n, i + 1, at, a);
  return *at = i, 1;
}

int html_next_attribute(const char *s, size_t end, size_t *at, html_attribute *out) {
  return step_attribute(s, end, at, out) == 1;
}

static inline void note_as(html_token *out, enum html_noted what, const html_attribute *a) {
  if (out->noted >> what & 1) return; /* an attribute named twice: the first one is it */
  out->noted |= 1u << what;
  out->value[what] = (struct html_value){a->value, a->value_to};
}

static inline void note(html_token *out, const char *s, const html_attribute *a) {
  size_t len = a->name_to - a->name;
  int c = s[a->name] | 32;
  if (c == 'c' && ascii_same(s + a->name, len, "class")) note_as(out, HTML_CLASS, a);
  else if (c == 'i' && ascii_same(s + a->name, len, "id")) note_as(out, HTML_ID, a);
  else if (c == 'r' && ascii_same(s + a->name, len, "role")) note_as(out, HTML_ROLE, a);
}

/* The same where quotes do not count: the first > is the end. */
static size_t flat_tag_end(html_tokenizer *t, size_t i, html_token *out) {
  html_attribute a;
  size_t at = i, to = behind_close(t, i);
  t->flat = 1;
  out->noted = 0;
  while (to != 0 && step_attribute(t->s, to, &at, &a) == 1) note(out, t->s, &a);
  return to;
}

/* The end of the tag whose name ends at i; 0: it has none. */
static inline size_t tag_end(html_tokenizer *t, size_t i, html_token *out) {
  const char *s = t->s;
  size_t n = t->n, at = i;
  if (i < n && s[i] == '>') return i + 1;
  html_attribute a;
  int more = -1;
  while (!t->flat && (more = step_attribute(s, n, &at, &a)) == 1) note(out, s, &a);
  return more == 0 ? at : flat_tag_end(t, i, out);
}

static inline int tag_at(html_tokenizer *t, size_t p, html_token *out) {
  int end_tag = t->s[p + 1] == '/';
  size_t name = p + 1 + (size_t)end_tag, i = html_name_end(t->s, t->n, name);
  enum html_element e = html_element_by_name(t->s + name, i - name, t->n - name);
  set(out, end_tag ? HTML_END : HTML_START, e, p, 0, i);
  out->to = tag_end(t, i, out);
  return out->to != 0;
}

/* ---- comments, doctype, CDATA ---------------------------------------------------- */

static size_t comment_end(html_tokenizer *t, size_t p) {
  size_t i = p + 4;
  if (i < t->n && t->s[i] == '>') return i + 1;
  if (i + 1 < t->n && t->s[i] == '-' && t->s[i + 1] == '>') return i + 2;
  while (!t->no_comment_end && (i = behind(t, i, "--")) != 0) {
    if (i < t->n && t->s[i] == '>') return i + 1;
    if (i + 1 < t->n && t->s[i] == '!' && t->s[i + 1] == '>') return i + 2;
    i--; /* the second dash may be the first of the next pair */
  }
  t->no_comment_end = 1;
  return behind_close(t, p);
}

/* CDATA is text; its token includes the marks. */
static size_t cdata_end(html_tokenizer *t, size_t p) {
  if (t->no_cdata_end) return 0;
  size_t end = behind(t, p, "]]>");
  if (end == 0) t->no_cdata_end = 1;
  return end;
}

static int declaration_at(html_tokenizer *t, size_t p, html_token *out) {
  const char *s = t->s + p;
  size_t n = t->n - p;
  set(out, HTML_COMMENT, HTML_UNKNOWN, p, 0, p);
  if (n >= 4 && memcmp(s, "<!--", 4) == 0) {
    out->to = comment_end(t, p);
  } else if (n >= 9 && memcmp(s, "<![CDATA[", 9) == 0 && cdata_end(t, p + 9) != 0) {
    out->kind = HTML_VERBATIM;
    out->to = cdata_end(t, p + 9);
  } else {
    if (ascii_begins(s, n, "<!doctype")) out->kind = HTML_DOCTYPE;
    out->to = behind_close(t, p);
  }
  return out->to != 0;
}

int html_markup_at(html_tokenizer *t, size_t p, html_token *out) {
  if (p + 2 >= t->n || p >= t->last_close) return 0;
  int c = (unsigned char)t->s[p + 1];
  if (ascii_is_letter(c)) return tag_at(t, p, out);
  if (c == '!' || c == '?') return declaration_at(t, p, out);
  if (c != '/') return 0;
  if (ascii_is_letter((unsigned char)t->s[p + 2])) return tag_at(t, p, out);
  set(out, HTML_COMMENT, HTML_UNKNOWN, p, behind_close(t, p), p); /* </> , </ x> */
  return 1;
}

/* ---- content that is no markup ----------------------------------------------------- */

/* Does the tag `</name` or `<name` at p really name element e? */
static int names_element(const html_tokenizer *t, size_t p, size_t skip, enum html_element e) {
  size_t name = p + skip, i = name;
  while (i < t->n && ascii_is_letter((unsigned char)t->s[i])) i++;
  if (i >= t->n || !(ascii_is_blank((unsigned char)t->s[i]) || t->s[i] == '/' || t->s[i] == '>')) return 0;
  return html_element_by_name(t->s + name, i - name, t->n - name) == e;
}

/* Where the end tag of e stands at or after `from`; n when there is none. */
static size_t end_tag_of(const html_tokenizer *t, size_t from, enum html_element e) {
  if (e == HTML_E_plaintext) return t->n; /* nothing ends it */
  for (size_t i; (i = behind(t, from, "</")) != 0; from = i)
    if (names_element(t, i - 2, 2, e)) return i - 2;
  return t->n;
}

/* The same for script, where <!-- <script> </script> --> hides one. */
static size_t end_of_script(html_tokenizer *t, size_t from) {
  enum { PLAIN, ESCAPED, DOUBLE } state = PLAIN;
  for (size_t i = from; i < t->n && !t->no_escape_end; i++) {
    const char *next = state == PLAIN ? memchr(t->s + i, '<', t->n - i) : t->s + i;
    if (next == NULL) return t->n;
    i = (size_t)(next - t->s);
    char c = *next;
    if (c == '-' && state != PLAIN && i + 2 < t->n && memcmp(t->s + i, "-->", 3) == 0) state = PLAIN;
    if (c != '<') continue;
    if (state == PLAIN && i + 3 < t->n && memcmp(t->s + i, "<!--", 4) == 0) {
      state = ESCAPED;
      i += 1; /* <!--> closes at once */
    } else if (names_element(t, i, 1, HTML_E_script) && state == ESCAPED) {
      state = DOUBLE;
    } else if (i + 1 < t->n && t->s[i + 1] == '/' && names_element(t, i, 2, HTML_E_script)) {
      if (state != DOUBLE) return i;
      state = ESCAPED;
    }
  }
  /* an escape that never ends: take the first end tag instead */
  if (state != PLAIN) t->no_escape_end = 1;
  return t->no_escape_end ? end_tag_of(t, from, HTML_E_script) : t->n;
}

void html_enter(html_tokenizer *t, const html_token *tag) {
  if (tag->kind != HTML_START) return;
  if (html_element_flags(tag->element) & HTML_RCDATA) {
    uint8_t *none = tag->element == HTML_E_title ? &t->no_title_end : &t->no_textarea_end;
    if (*none) return;
    if (end_tag_of(t, tag->to, tag->element) == t->n) {
      *none = 1;
      return;
    }
  }
  t->raw = tag->element;
}

int html_raw_content(html_tokenizer *t, html_token *out) {
  if (t->raw == HTML_UNKNOWN) return 0;
  enum html_element e = t->raw;
  size_t end = e == HTML_E_script ? end_of_script(t, t->at) : end_tag_of(t, t->at, e);
  t->raw = HTML_UNKNOWN;
  if (end == t->at) return 0;
  enum html_kind kind = html_element_flags(e) & HTML_RCDATA ? HTML_TEXT : HTML_VERBATIM;
  set(out, kind, e, t->at, end, t->at);
  t->at = end;
  return 1;
}

/* ---- the stream ------------------------------------------------------------------ */

void html_next(html_tokenizer *t, html_token *out) {
  if (t->pending.kind != HTML_EOF) {
    *out = t->pending;
    t->pending.kind = HTML_EOF;
    html_pass(t, out);
    return;
  }
  if (html_raw_content(t, out)) return;
  set(out, HTML_EOF, HTML_UNKNOWN, t->n, t->n, t->n);
  if (t->at >= t->n) return;
  size_t from = t->at, p = from;
  for (;; p++) {
    const char *next = p < t->n ? memchr(t->s + p, '<', t->n - p) : NULL;
    p = next != NULL ? (size_t)(next - t->s) : t->n;
    if (p >= t->n || html_markup_at(t, p, out)) break;
  }
  if (p == from) {
    html_pass(t, out);
    return;
  }
  if (p < t->n) t->pending = *out;
  set(out, HTML_TEXT, HTML_UNKNOWN, from, p, from);
  t->at = p;
}
