/*
** html_facts.c - what attributes say: metadata from <meta>, <html>, <link> and
** <time>, each with the span of its value in the source (html_json.c: JSON-LD);
** and whether a text is marked up at all.
*/
#include <string.h>

#include "alloc.h"
#include "ascii.h"
#include "html_text.h"
#include "utf8.h"

void html_structure_free(html_structure *s) {
  for (uint32_t k = 0; k < s->n_facts; k++) {
    mem_free(s->facts[k].key);
    mem_free(s->facts[k].value);
  }
  mem_free(s->facts);
  mem_free(s->hints);
  *s = (html_structure){0};
}

/* ---- facts --------------------------------------------------------------------- */

static int named(const char *s, const html_attribute *a, const char *name) {
  return ascii_same(s + a->name, a->name_to - a->name, name);
}

/* An attribute's value with its character references resolved. */
static char *decode_value(const char *s, size_t n) {
  mill_buffer b = {0};
  for (size_t i = 0, used; i < n; i += used) {
    uint32_t c[2];
    int count = 0;
    used = s[i] == '&' ? html_reference(s + i, n - i, 1, c, &count) : 0;
    if (used > 0) for (int k = 0; k < count; k++) mill_buffer_codepoint(&b, c[k]);
    else mill_buffer_byte(&b, s[i]), used = 1;
  }
  return mill_buffer_take(&b, NULL);
}

static char *lower_copy(const char *s, size_t n) {
  char *copy = mem_malloc(n + 1);
  if (copy == NULL) return NULL;
  for (size_t i = 0; i < n; i++) copy[i] = (char)ascii_lower((unsigned char)s[i]);
  copy[n] = 0;
  return copy;
}

int html_add_fact(html_structure *h, const char *key, size_t key_len, char *value, size_t from, size_t to) {
  if (value == NULL) return MILL_ENOMEM;
  if (h->n_facts >= HTML_MAX_FACTS || key_len > 64) return mem_free(value), 0;
  char *name = lower_copy(key, key_len);
  if (name == NULL || mill_grow(&h->facts, &h->facts_capacity, h->n_facts + 1u, sizeof *h->facts) < 0)
    return mem_free(name), mem_free(value), MILL_ENOMEM;
  h->facts[h->n_facts++] = (html_fact){name, value, {(uint32_t)from, (uint32_t)to}};
  return 0;
}

static int add_attribute(html_structure *h, const char *s, const char *key, size_t key_len,
                         const html_attribute *a) {
  if (a->value == a->value_to || a->value_to - a->value > HTML_MAX_VALUE) return 0;
  return html_add_fact(h, key, key_len, decode_value(s + a->value, a->value_to - a->value), a->value,
                       a->value_to);
}

enum {
  META_CHARSET, META_NAME, META_PROPERTY, META_ITEMPROP, META_HTTP_EQUIV, META_CONTENT, META_ATTRIBUTES
};

/* Of each the first, as the standard has it. */
static void read_meta(const char *s, const html_token *tag, html_attribute found[META_ATTRIBUTES], int *key) {
  static const char *const names[] = {"charset", "name", "property", "itemprop", "http-equiv", "content"};
  html_attribute a;
  for (size_t at = tag->name_to; html_next_attribute(s, tag->to, &at, &a);)
    for (int k = 0; k < META_ATTRIBUTES; k++) {
      if (found[k].name_to > 0 || !named(s, &a, names[k])) continue;
      found[k] = a;
      if (k >= META_NAME && k <= META_ITEMPROP) *key = k; /* the last kind that is there */
    }
}

/* The encoding in content="text/html; charset=x".
** Reference: https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements */
static int charset_of_content(html_structure *h, const char *s, html_attribute a) {
  size_t i = a.value, n = a.value_to;
  for (;; i++) {
    while (i + 7 < n && !ascii_begins(s + i, n - i, "charset")) i++;
    if (i + 7 >= n) return 0;
    for (i += 7; i < n && ascii_is_blank((unsigned char)s[i]);) i++;
    if (i < n && s[i] == '=') break;
    i--;
  }
  for (i++; i < n && ascii_is_blank((unsigned char)s[i]);) i++;
  char quote = i < n && (s[i] == '"' || s[i] == '\'') ? s[i++] : 0;
  for (a.value = i; i < n && (quote ? s[i] != quote : s[i] != ';' && !ascii_is_blank((unsigned char)s[i]));)
    i++;
  a.value_to = i;
  return quote && i == n ? 0 : add_attribute(h, s, "charset", 7, &a);
}

/* <meta http-equiv=x content=y>: "http-equiv:x", and its charset. */
static int fact_of_pragma(html_structure *h, const char *s, const html_attribute *name,
                          const html_attribute *content) {
  static const char prefix[] = "http-equiv:";
  char key[64];
  size_t n = name->value_to - name->value, len = sizeof prefix - 1;
  if (n == 0 || n > sizeof key - len) return 0;
  memcpy(key, prefix, len);
  memcpy(key + len, s + name->value, n);
  if (ascii_same(key + len, n, "content-type") && charset_of_content(h, s, *content) < 0) return MILL_ENOMEM;
  return add_attribute(h, s, key, len + n, content);
}

static int facts_of_meta(const char *s, const html_token *tag, html_structure *h) {
  html_attribute found[META_ATTRIBUTES] = {{0}};
  int key = META_NAME;
  read_meta(s, tag, found, &key);
  const html_attribute *k = &found[key], *content = &found[META_CONTENT];
  if (add_attribute(h, s, "charset", 7, &found[META_CHARSET]) < 0) return MILL_ENOMEM;
  if (fact_of_pragma(h, s, &found[META_HTTP_EQUIV], content) < 0) return MILL_ENOMEM;
  return k->value == k->value_to ? 0 : add_attribute(h, s, s + k->value, k->value_to - k->value, content);
}

/* One attribute of an element is a fact of the same name. */
static int fact_of(const char *s, const html_token *tag, const char *name, html_structure *h) {
  html_attribute a;
  for (size_t at = tag->name_to; html_next_attribute(s, tag->to, &at, &a);)
    if (named(s, &a, name)) return add_attribute(h, s, name, strlen(name), &a);
  return 0;
}

static int fact_of_link(const char *s, const html_token *tag, html_structure *h) {
  html_attribute a, rel = {0}, href = {0};
  for (size_t at = tag->name_to; html_next_attribute(s, tag->to, &at, &a);) {
    if (rel.name_to == 0 && named(s, &a, "rel")) rel = a;
    if (href.name_to == 0 && named(s, &a, "href")) href = a;
  }
  if (!ascii_same(s + rel.value, rel.value_to - rel.value, "canonical")) return 0;
  return add_attribute(h, s, "canonical", 9, &href);
}

int html_facts_of_tag(const char *s, const html_token *tag, html_structure *out) {
  switch (tag->element) {
    case HTML_E_meta: return facts_of_meta(s, tag, out);
    case HTML_E_html: return fact_of(s, tag, "lang", out);
    case HTML_E_time: return fact_of(s, tag, "datetime", out);
    case HTML_E_link: return fact_of_link(s, tag, out);
    default: return 0;
  }
}

int html_is_json_ld(const char *s, const html_token *tag) {
  html_attribute a;
  for (size_t at = tag->name_to; html_next_attribute(s, tag->to, &at, &a);)
    if (named(s, &a, "type")) return ascii_same(s + a.value, a.value_to - a.value, "application/ld+json");
  return 0;
}

/* ---- is it markup at all? ---------------------------------------------------------- */

typedef struct evidence { uint8_t opened[HTML_ELEMENT_COUNT]; unsigned loose; } evidence;

/* Does text stand right before or behind the tag? "one<br>two", not "a <br> b". */
static int is_glued(const char *s, size_t n, const html_token *t) {
  int before = t->from > 0 ? (unsigned char)s[t->from - 1] : ' ';
  int after = t->to < n ? (unsigned char)s[t->to] : ' ';
  return before >= 0x80 || after >= 0x80 || ascii_is_letter(before) || ascii_is_letter(after);
}

/* A tag that no writer of plain text types: a known element with attributes in
** quotes, or the end of one that was begun. Loose ones need company. */
static int convinces(const char *s, size_t n, const html_token *t, evidence *e) {
  html_attribute a;
  if (t->kind == HTML_DOCTYPE || t->element == HTML_E_html || t->element == HTML_E_body) return 1;
  if (t->element == HTML_UNKNOWN) return 0;
  if (t->kind == HTML_END) return e->opened[t->element];
  if (t->kind != HTML_START) return 0;
  e->opened[t->element] = 1;
  for (size_t at = t->name_to; html_next_attribute(s, t->to, &at, &a);)
    if (a.value > a.name_to + 1 && a.value < a.value_to) return 1;
  if ((t->element == HTML_E_br || t->element == HTML_E_p) && is_glued(s, n, t)) return 1;
  if (html_element_flags(t->element) & (HTML_BLOCK | HTML_VOID)) e->loose++;
  return e->loose >= 2;
}

/* &nbsp; or a number convinces; other names need a second one. */
static int has_references(const char *s, size_t n) {
  unsigned names = 0;
  for (const char *at = s, *end = s + n; (at = memchr(at, '&', (size_t)(end - at))) != NULL; at++) {
    uint32_t c[2];
    int count;
    size_t used = html_reference(at, (size_t)(end - at), 0, c, &count);
    if (used == 0 || at[used - 1] != ';') continue;
    if (at[1] == '#' || c[0] == 0xA0 || ++names >= 2) return 1;
  }
  return 0;
}

int html_looks_like(const char *s, size_t n) {
  if (memchr(s, '&', n) != NULL && has_references(s, n)) return 1;
  if (memchr(s, '<', n) == NULL) return 0;
  html_tokenizer tokenizer;
  html_token t;
  evidence e = {{0}, 0};
  html_begin(&tokenizer, s, n);
  for (html_next(&tokenizer, &t); t.kind != HTML_EOF; html_next(&tokenizer, &t))
    if (convinces(s, n, &t, &e)) return 1;
  return 0;
}
