/*
** metadata.c - from what the passes noted to mill_text.meta: one title, one
** time, one source; authors, editors and keywords as often as they are named,
** each once. Values are shown in display form, and each has the raw span it
** came from. What stands only in attributes comes last and only where the
** page itself was silent.
*/
#include <stdio.h>

#include "alloc.h"
#include "buffer.h"
#include "error.h"
#include "fields.h"

typedef struct collector {
  page *p;
  mill_error *err;
  uint32_t capacity;
  unsigned parts; /* of keyword attributes, looked at so far */
  unsigned ld_authors; /* authors taken from JSON-LD: each fact names one */
  int code;
} collector;

static const char *const key_names[] = {[FIELD_NONE] = NULL,
                                        [FIELD_TITLE] = "title",
                                        [FIELD_PUBLISHED] = "published",
                                        [FIELD_SOURCE] = "source",
                                        [FIELD_AUTHOR] = "author",
                                        [FIELD_EDITOR] = "editor",
                                        [FIELD_REVIEWER] = "reviewer",
                                        [FIELD_KEYWORD] = "keyword",
                                        [FIELD_SECTION] = "section",
                                        [FIELD_CLICKS] = "clicks",
                                        [FIELD_PUBLISHER] = "publisher",
                                        [FIELD_DESCRIPTION] = "description",
                                        [FIELD_CONTRIBUTOR] = NULL,
                                        [FIELD_OTHER] = NULL,
                                        [FIELD_COUNTER] = NULL,
                                        [FIELD_TOOL] = NULL,
                                        [FIELD_SHARE] = NULL,
                                        [FIELD_ABSTRACT] = NULL,
                                        [FIELD_ACCOUNT] = NULL};

static int has_key(const mill_text *t, const char *key) {
  for (size_t i = 0; i < t->n_meta; i++)
    if (strcmp(t->meta[i].key, key) == 0) return 1;
  return 0;
}

static int has_value(const mill_text *t, const char *key, const char *value) {
  for (size_t i = 0; i < t->n_meta; i++)
    if (strcmp(t->meta[i].key, key) == 0 && strcmp(t->meta[i].value, value) == 0) return 1;
  return 0;
}

/* Takes `value` over (mem_malloc'ed; NULL: no memory). */
static void add(collector *c, const char *key, char *value, mill_span raw, mill_span clean) {
  mill_text *t = c->p->text;
  if (!value || mill_grow(&t->meta, &c->capacity, t->n_meta + 1, sizeof *t->meta) != 0) {
    mem_free(value);
    c->code = MILL_ENOMEM;
    return;
  }
  t->meta[t->n_meta++] = (mill_meta){key, value, raw, clean};
}

static char *copy(const char *s, size_t n) {
  char *out = mem_malloc(n + 1);
  if (!out) return NULL;
  memcpy(out, s, n);
  out[n] = '\0';
  return out;
}

/* 李 明 -> 李明: white space between characters that are not Latin goes. */
static size_t join_name(char *s, size_t n) {
  size_t out = 0, w;
  for (size_t i = 0; i < n;) {
    w = text_blank(s + i, n - i);
    if (w && out > 0 && (unsigned char)s[out - 1] >= 0x80 && i + w < n && (unsigned char)s[i + w] >= 0x80) {
      i += w;
      continue;
    }
    size_t len = w ? w : utf8_length((unsigned char)s[i]);
    memmove(s + out, s + i, len);
    out += len;
    i += len;
  }
  s[out] = '\0';
  return out;
}

/* The lines of a title, with one blank between, or none where it was cut within its words. */
static void join_lines(char *s, size_t n, int cut) {
  size_t out = 0;
  for (size_t i = 0; i < n; i++) {
    if (s[i] != '\n') s[out++] = s[i];
    else if (!cut && out > 0 && s[out - 1] != ' ') s[out++] = ' ';
  }
  s[out] = '\0';
}

/* "1.2万" -> "12000", "1,024" -> "1024" */
static char *plain_count(char *s) {
  double value = 0, scale = 0;
  const char *at = s;
  for (; *at; at++) {
    if (*at >= '0' && *at <= '9') {
      value = value * 10 + (*at - '0');
      scale *= 10;
    } else if (*at == '.') scale = 1;
    else if (*at != ',') break;
  }
  if (scale > 0) value /= scale;
  if (strncmp(at, "万", 3) == 0 || *at == 'w') value *= 10000;
  char out[32];
  snprintf(out, sizeof out, "%.0f", value);
  mem_free(s);
  return copy(out, strlen(out));
}

static char *shown(collector *c, const page_found *f, mill_span clean) {
  mill_text *t = c->p->text;
  char *value = NULL;
  size_t n = 0;
  if (f->iso[0]) return copy(f->iso, strlen(f->iso));
  c->code = mill_normalize(t->data, mill_text_form(t), t->clean + clean.from, span_len(clean), &value, &n,
                           NULL, c->err);
  if (c->code < 0) return NULL;
  if (f->key == FIELD_TITLE) join_lines(value, n, f->cut);
  if (f->key == FIELD_AUTHOR || f->key == FIELD_EDITOR || f->key == FIELD_REVIEWER) join_name(value, n);
  return f->key == FIELD_CLICKS ? plain_count(value) : value;
}

static void add_found(collector *c, const page_found *f, const char *key) {
  mill_span clean = page_clean(c->p, f->folded);
  if (!key || clean.from >= clean.to || c->code < 0) return;
  char *value = shown(c, f, clean);
  if (c->code < 0) return;
  if (value && (!*value || has_value(c->p->text, key, value))) {
    mem_free(value);
    return;
  }
  mill_span raw = c->p->text->map ? mill_map_from(c->p->text->map, clean) : clean;
  add(c, key, value, raw, clean);
}

/* The first of the lowest rank. */
static const page_found *best(const page *p, enum field_key key) {
  const page_found *found = NULL;
  for (uint32_t i = 0; i < p->n_found; i++) {
    const page_found *f = &p->found[i];
    if (f->key == key && f->folded.from < f->folded.to && (!found || f->rank < found->rank)) found = f;
  }
  return found;
}

static void add_single(collector *c, enum field_key key, const char *name) {
  const page_found *f = best(c->p, key);
  if (f && !has_key(c->p->text, name)) add_found(c, f, name);
}

#define LIST_MAX 200 /* more authors or keywords than this are no byline */

static void add_list(collector *c, enum field_key key) {
  unsigned count = 0;
  for (uint32_t i = 0; i < c->p->n_found && count < LIST_MAX; i++)
    if (c->p->found[i].key == key) add_found(c, &c->p->found[i], key_names[key]), count++;
}

/* ---- attributes ------------------------------------------------------------------- */

/* `alone`: taken only where the page has no such key. */
typedef struct attribute { const char *from, *key; int alone; } attribute;

static const attribute attributes[] = {
  {"og:title", "title", 1}, {"articletitle", "title", 1}, {"headline", "title", 1}, {"title", "title", 1},
  {"twitter:title", "title", 1}, {"article:published_time", "published", 1}, {"pubdate", "published", 1},
  {"publishdate", "published", 1}, {"datepublished", "published", 1}, {"og:release_date", "published", 1},
  {"dc.date", "published", 1}, {"dc.date.issued", "published", 1}, {"datetime", "published", 1},
  {"date", "published", 1}, {"author", "author", 1}, {"article:author", "author", 1},
  {"dc.creator", "author", 1}, {"byl", "author", 1}, {"contentsource", "source", 1}, {"source", "source", 1},
  {"og:site_name", "source", 1}, {"sitename", "publisher", 1}, {"editor", "editor", 1},
  {"keywords", "keyword", 1}, {"news_keywords", "keyword", 1}, {"article:tag", "keyword", 0},
  {"columnname", "section", 1}, {"article:section", "section", 1}, {"description", "description", 1},
  {"og:description", "description", 1}, {"canonical", "url", 1}, {"og:url", "url", 1}, {"url", "url", 1},
  {"lang", "lang", 1}, {"og:locale", "lang", 1}, {"http-equiv:content-language", "lang", 1},
  {"charset", "charset", 1}, {"ld:headline", "title", 1}, {"ld:datepublished", "published", 1},
  {"ld:author", "author", 1}, {"ld:publisher", "publisher", 1}, {"ld:description", "description", 1},
};

static const char *attribute_key(const char *from, int *alone) {
  for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
    if (strcmp(attributes[i].from, from) == 0) return *alone = attributes[i].alone, attributes[i].key;
  return NULL;
}

static void add_part(collector *c, const char *key, const html_fact *fact, size_t from, size_t to) {
  mill_span none = {MILL_NONE, MILL_NONE},
            s = page_trim(fact->value, (mill_span){(uint32_t)from, (uint32_t)to});
  if (s.from >= s.to || c->code < 0) return;
  char *value = copy(fact->value + s.from, span_len(s));
  if (value && has_value(c->p->text, key, value)) mem_free(value);
  else add(c, key, value, fact->raw, none);
}

#define PARTS_MAX 1000 /* of all keyword attributes together: each is compared with all before it */

/* <meta name=keywords content="a,b c"> */
static void add_parts(collector *c, const char *key, const html_fact *fact) {
  static const char *const marks[] = {",", ";", "、", "\xEF\xBC\x8C" /* ， */, "\xEF\xBC\x9B" /* ； */,
                                      "|", NULL};
  size_t n = strlen(fact->value), from = 0, w;
  for (size_t i = 0; i <= n && c->parts < PARTS_MAX; i += w ? w : 1) {
    w = i < n ? text_starts_any(fact->value + i, n - i, marks) : 0;
    if (i < n && !w) continue;
    add_part(c, key, fact, from, i);
    c->parts++;
    from = i + w;
  }
}

/* Does the page itself, or a fact before this one, say it already? */
static int is_said(const collector *c, const char *key, const html_fact *fact) {
  if (strcmp(fact->key, "ld:author") == 0 && c->ld_authors > 0) return c->ld_authors >= LIST_MAX;
  return has_key(c->p->text, key) && strcmp(key, "keyword") != 0;
}

static void add_attribute(collector *c, const html_fact *fact) {
  int alone = 0;
  char iso[24];
  const char *key = attribute_key(fact->key, &alone);
  size_t n = fact->value ? strlen(fact->value) : 0;
  if (!key || n == 0 || n > 100000 || (alone && is_said(c, key, fact))) return;
  c->ld_authors += strcmp(fact->key, "ld:author") == 0;
  if (strcmp(key, "keyword") == 0) {
    if (!alone || !best(c->p, FIELD_KEYWORD)) add_parts(c, key, fact);
  } else if (strcmp(key, "published") == 0) {
    char *low = NULL;
    size_t len = 0;
    c->code = mill_normalize(c->p->text->data, MILL_FOLD, fact->value, n, &low, &len, NULL, c->err);
    if (c->code >= 0 && timestamp_scan(low, len, iso) > 0)
      add(c, key, copy(iso, strlen(iso)), fact->raw, (mill_span){MILL_NONE, MILL_NONE});
    mem_free(low);
  } else {
    add_part(c, key, fact, 0, n);
  }
}

static int by_place(const void *a, const void *b) {
  const page_found *x = a, *y = b;
  if (x->folded.from != y->folded.from) return x->folded.from < y->folded.from ? -1 : 1;
  return x->key - y->key;
}

int metadata_collect(page *p, mill_error *err) {
  collector c = {.p = p, .err = err};
  if (p->n_found > 1) qsort(p->found, p->n_found, sizeof *p->found, by_place);
  add_single(&c, FIELD_TITLE, "title");
  add_single(&c, FIELD_PUBLISHED, "published");
  add_single(&c, FIELD_SOURCE, "source");
  add_list(&c, FIELD_AUTHOR);
  add_list(&c, FIELD_EDITOR);
  add_list(&c, FIELD_REVIEWER);
  add_single(&c, FIELD_SECTION, "section");
  add_list(&c, FIELD_KEYWORD);
  add_single(&c, FIELD_CLICKS, "clicks");
  add_single(&c, FIELD_PUBLISHER, "publisher");
  const page_found *publisher = best(p, FIELD_PUBLISHER);
  if (publisher && publisher->rank < RANK_PERSON && !has_key(p->text, "source"))
    add_single(&c, FIELD_PUBLISHER, "source");
  add_single(&c, FIELD_DESCRIPTION, "description");
  for (uint32_t i = 0; i < p->hints->n_facts && c.code >= 0; i++) add_attribute(&c, &p->hints->facts[i]);
  return c.code == MILL_ENOMEM ? mill_fail_memory(err) : c.code < 0 ? c.code : 0;
}
