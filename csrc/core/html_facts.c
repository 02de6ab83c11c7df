/*
** html_facts.c - what attributes and scripts say: metadata from <meta>, <html>, <link>, <time> and JSON-LD, each with the
** span of its value in the source; and whether a text is marked up at all.
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

/* Takes value over. */
static int add_fact(html_structure *h, const char *key, size_t key_len, char *value, size_t from, size_t to) {
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
  if (a->value == a->value_to) return 0;
  return add_fact(h, key, key_len, decode_value(s + a->value, a->value_to - a->value), a->value, a->value_to);
}

static int facts_of_meta(const char *s, const html_token *tag, html_structure *h) {
  html_attribute a, key = {0}, content = {0};
  for (size_t at = tag->name_to; html_next_attribute(s, tag->to, &at, &a);) {
    if (named(s, &a, "charset") && add_attribute(h, s, "charset", 7, &a) < 0) return MILL_ENOMEM;
    if (named(s, &a, "name") || named(s, &a, "property") || named(s, &a, "itemprop")) key = a;
    if (named(s, &a, "content")) content = a;
  }
  if (key.value == key.value_to) return 0;
  return add_attribute(h, s, s + key.value, key.value_to - key.value, &content);
}

/* One attribute of an element is a fact of the same name. */
static int fact_of(const char *s, const html_token *tag, const char *name, html_structure *h) {
  html_attribute a;
  for (size_t at = tag->name_to; html_next_attribute(s, tag->to, &at, &a);)
    if (named(s, &a, name)) return add_attribute(h, s, name, strlen(name), &a);
  return 0;
}

static int fact_of_link(const char *s, const html_token *tag, html_structure *h) {
  html_attribute a, href = {0};
  int canonical = 0;
  for (size_t at = tag->name_to; html_next_attribute(s, tag->to, &at, &a);) {
    if (named(s, &a, "rel")) canonical = ascii_same(s + a.value, a.value_to - a.value, "canonical");
    if (named(s, &a, "href")) href = a;
  }
  return canonical ? add_attribute(h, s, "canonical", 9, &href) : 0;
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

/* ---- JSON-LD ------------------------------------------------------------------- */

int html_is_json_ld(const char *s, const html_token *tag) {
  html_attribute a;
  for (size_t at = tag->name_to; html_next_attribute(s, tag->to, &at, &a);)
    if (named(s, &a, "type")) return ascii_same(s + a.value, a.value_to - a.value, "application/ld+json");
  return 0;
}

/* Behind the JSON string whose first character is s[i]: its closing quote. */
static size_t string_end(const char *s, size_t i, size_t to) {
  while (i < to && s[i] != '"') i += s[i] == '\\' && i + 1 < to ? 2 : 1;
  return i;
}

static int hex4(const char *s, uint32_t *out) {
  *out = 0;
  for (int k = 0; k < 4; k++) {
    int c = ascii_lower((unsigned char)s[k]);
    if (!ascii_is_digit(c) && !(c >= 'a' && c <= 'f')) return 0;
    *out = *out << 4 | (uint32_t)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
  }
  return 1;
}

static char *decode_json(const char *s, size_t n) {
  mill_buffer b = {0};
  for (size_t i = 0; i < n; i++) {
    uint32_t c, low;
    if (s[i] != '\\' || i + 1 >= n) {
      mill_buffer_byte(&b, s[i]);
    } else if (s[++i] == 'u' && i + 4 < n && hex4(s + i + 1, &c)) {
      i += 4;
      if (c >= 0xD800 && c < 0xDC00 && i + 6 < n && s[i + 1] == '\\' && s[i + 2] == 'u' && hex4(s + i + 3, &low) &&
          low >= 0xDC00 && low < 0xE000)
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), i += 6;
      mill_buffer_codepoint(&b, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
    } else {
      mill_buffer_byte(&b, s[i] == 'n' || s[i] == 't' || s[i] == 'r' ? ' ' : s[i]);
    }
  }
  return mill_buffer_take(&b, NULL);
}

/* Strings that follow a key; `name` counts where an author is being told. */
int html_facts_of_script(const char *s, size_t from, size_t to, html_structure *out) {
  static const char *const wanted[] = {"headline", "datepublished", "datemodified", "name", "author", "description"};
  char key[24] = "", prefixed[32];
  const char *owner = "";
  for (size_t i = from; i < to; i++) {
    if (s[i] != '"') continue;
    size_t begin = i + 1, end = string_end(s, begin, to), after = end + 1;
    while (after < to && ascii_is_blank((unsigned char)s[after])) after++;
    size_t len = end - begin < sizeof key - 1 ? end - begin : sizeof key - 1;
    i = end;
    if (after < to && s[after] == ':') {
      for (size_t k = 0; k < len; k++) key[k] = (char)ascii_lower((unsigned char)s[begin + k]);
      key[len] = 0;
      if (strcmp(key, "author") == 0) owner = "author";
      else if (strcmp(key, "name") != 0 && key[0] != '@') owner = "";
      continue;
    }
    const char *what = strcmp(key, "name") == 0 ? owner : key;
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted && end < to; k++) {
      if (*what == 0 || strcmp(what, wanted[k]) != 0) continue;
      size_t n = strlen(strcat(strcpy(prefixed, "ld:"), what));
      if (add_fact(out, prefixed, n, decode_json(s + begin, end - begin), begin, end) < 0) return MILL_ENOMEM;
    }
    key[0] = 0;
  }
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
