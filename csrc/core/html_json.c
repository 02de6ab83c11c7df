/*
** html_json.c - what JSON-LD says about its page: headline, dates, authors,
** publisher, description, each with the span of the string in the source.
**
**   {"@graph": [
**     {"@type": "Person", "@id": "#p", "name": "A. Writer"},        entity
**     {"@type": "NewsArticle", "headline": "T",                     subject
**      "author": [{"@id": "#p"}, {"name": "B"}, "C"],               roles
**      "comment": [{"author": "no"}]}]}                             neither
**
** Subjects are the outermost object or those of the outermost array, of @graph
** and of mainEntity, but for types that do not describe a page. Articles come
** first, then other pages. A role that only has an @id gets the name of the
** entity with that @id. Broken JSON: what stood before the break counts.
** Reference: https://www.w3.org/TR/json-ld11/, https://schema.org/Article
*/
#include <string.h>

#include "ascii.h"
#include "html_text.h"
#include "utf8.h"

enum { MAX_DEPTH = 32, MAX_FOUND = 256, MAX_ENTITIES = 256, MAX_SUBJECTS = 256 };

enum what {
  NOTHING, HEADLINE, PUBLISHED, MODIFIED, AUTHOR, PUBLISHER, DESCRIPTION, NAME, ID, TYPE, SUBJECTS
};
enum rank { ARTICLE, PAGE, OTHER };

static const char *const fact_keys[] = {
    [HEADLINE] = "ld:headline", [PUBLISHED] = "ld:datepublished", [MODIFIED] = "ld:datemodified",
    [AUTHOR] = "ld:author", [PUBLISHER] = "ld:publisher", [DESCRIPTION] = "ld:description"};

typedef struct span { size_t from, to; } span;
typedef struct object {
  span id, name;
  unsigned subject; /* index into ranks */
  enum rank rank;
  int typed;
} object;

typedef struct reader {
  const char *s; size_t i, to;
  unsigned depth;
  struct found { enum what what; unsigned subject; int reference; span value; } found[MAX_FOUND];
  struct entity { span id, name; } entities[MAX_ENTITIES];
  uint8_t ranks[MAX_SUBJECTS];
  unsigned n_found, n_entities, n_subjects;
} reader;

/* ---- reading --------------------------------------------------------------------- */

static int next_byte(reader *r) {
  while (r->i < r->to && ascii_is_blank((unsigned char)r->s[r->i])) r->i++;
  return r->i < r->to ? (unsigned char)r->s[r->i] : 0;
}

/* The string at s[i] == '"', without its quotes; i goes behind it. */
static span string(reader *r) {
  span v = {r->i + 1, 0};
  size_t i = v.from;
  while (i < r->to && r->s[i] != '"') i += r->s[i] == '\\' && i + 1 < r->to ? 2 : 1;
  v.to = i;
  r->i = i < r->to ? i + 1 : r->to;
  return v;
}

/* Past an array or object too deep to look into. */
static void pass_over(reader *r) {
  for (unsigned open = 0; r->i < r->to;) {
    char c = r->s[r->i];
    if (c == '"') {
      string(r);
      continue;
    }
    r->i++;
    open += c == '[' || c == '{';
    open -= c == ']' || c == '}';
    if (open == 0) return;
  }
}

/* ---- what keys mean ----------------------------------------------------------------- */

static int is(const reader *r, span v, const char *word) {
  return ascii_same(r->s + v.from, v.to - v.from, word);
}

static enum what meaning(const reader *r, span key, int subject) {
  static const struct { const char *key; enum what what; } keys[] = {
      {"headline", HEADLINE}, {"datepublished", PUBLISHED}, {"datemodified", MODIFIED}, {"author", AUTHOR},
      {"publisher", PUBLISHER}, {"description", DESCRIPTION}, {"@graph", SUBJECTS}, {"mainentity", SUBJECTS}};
  if (is(r, key, "name")) return NAME;
  if (is(r, key, "@id")) return ID;
  if (is(r, key, "@type")) return TYPE;
  for (size_t k = 0; k < sizeof keys / sizeof *keys && subject; k++)
    if (is(r, key, keys[k].key)) return keys[k].what;
  return NOTHING;
}

static int ends_in(const reader *r, span v, const char *word) {
  size_t n = strlen(word);
  return v.to - v.from >= n && ascii_same(r->s + v.to - n, n, word);
}

/* Does an object of this type describe the page? */
static enum rank rank_of(const reader *r, span type) {
  static const char *const others[] = {"website", "breadcrumblist", "itemlist", "listitem", "imageobject",
                                       "person", "organization", "corporation", "comment", "searchaction",
                                       "place"};
  if (ends_in(r, type, "article") || ends_in(r, type, "posting")) return ARTICLE;
  for (size_t k = 0; k < sizeof others / sizeof *others; k++)
    if (ends_in(r, type, others[k])) return OTHER;
  return PAGE;
}

static void find(reader *r, enum what what, unsigned subject, span value, int reference) {
  if (r->n_found < MAX_FOUND) r->found[r->n_found++] = (struct found){what, subject, reference, value};
}

/* Of several types the one that says most. */
static void add_type(object *of, enum rank rank) {
  if (!of->typed || rank < of->rank) of->rank = rank;
  of->typed = 1;
}

static void on_string(reader *r, enum what what, object *of, span v) {
  if (what == NAME) of->name = v;
  else if (what == ID) of->id = v;
  else if (what == TYPE) add_type(of, rank_of(r, v));
  else if (what != NOTHING && what != SUBJECTS) find(r, what, of->subject, v, 0);
}

/* ---- values -------------------------------------------------------------------------- */

static void read_value(reader *r, enum what what, object *of);

static void end_of_object(reader *r, enum what what, const object *o, const object *of) {
  int named = o->name.to > o->name.from, known = o->id.to > o->id.from;
  if (what == SUBJECTS) r->ranks[o->subject] = (uint8_t)o->rank;
  if (what == AUTHOR || what == PUBLISHER) {
    if (named) find(r, what, of->subject, o->name, 0);
    else if (known) find(r, what, of->subject, o->id, 1);
  }
  if (named && known && r->n_entities < MAX_ENTITIES)
    r->entities[r->n_entities++] = (struct entity){o->id, o->name};
}

static void read_object(reader *r, enum what what, object *of) {
  object o = {.rank = PAGE};
  int subject = what == SUBJECTS && r->n_subjects < MAX_SUBJECTS;
  if (subject) o.subject = r->n_subjects++;
  r->i++;
  for (int c; (c = next_byte(r)) != 0 && c != '}' && c != ']';) {
    if (c != '"') { /* a comma, or what is not JSON */
      r->i++;
      continue;
    }
    span key = string(r);
    if (next_byte(r) != ':') continue;
    r->i++;
    read_value(r, meaning(r, key, subject), &o);
  }
  if (r->i < r->to && r->s[r->i] == '}') r->i++;
  end_of_object(r, subject || what != SUBJECTS ? what : NOTHING, &o, of);
}

static void read_array(reader *r, enum what what, object *of) {
  r->i++;
  for (int c; (c = next_byte(r)) != 0 && c != ']' && c != '}';) {
    if (c == ',') r->i++;
    else read_value(r, what, of);
  }
  if (r->i < r->to && r->s[r->i] == ']') r->i++;
}

/* The value at i, which stands for `what` of object `of`; i goes behind it. */
static void read_value(reader *r, enum what what, object *of) {
  int c = next_byte(r);
  if (c == '"') {
    on_string(r, what, of, string(r));
  } else if (c == '{' || c == '[') {
    if (r->depth >= MAX_DEPTH) {
      pass_over(r);
      return;
    }
    r->depth++;
    if (c == '{') read_object(r, what, of);
    else read_array(r, what, of);
    r->depth--;
  } else {
    while (r->i < r->to && strchr(",]}\"{[", r->s[r->i]) == NULL) r->i++; /* a number, a word */
  }
}

/* ---- facts ------------------------------------------------------------------------------ */

static int hex4(const char *s, uint32_t *out) {
  *out = 0;
  for (int k = 0; k < 4; k++) {
    int c = ascii_lower((unsigned char)s[k]);
    if (!ascii_is_digit(c) && !(c >= 'a' && c <= 'f')) return 0;
    *out = *out << 4 | (uint32_t)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
  }
  return 1;
}

/* The character behind the `\u` at s[*i] == 'u', or of a pair of those. */
static uint32_t escaped(const char *s, size_t n, size_t *i, uint32_t c) {
  uint32_t low;
  *i += 4;
  if (c < 0xD800 || c >= 0xE000) return c;
  if (c < 0xDC00 && *i + 6 < n && s[*i + 1] == '\\' && s[*i + 2] == 'u' && hex4(s + *i + 3, &low) &&
      low >= 0xDC00 && low < 0xE000) {
    *i += 6;
    return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
  }
  return 0xFFFD;
}

static char *decode(const char *s, size_t n) {
  mill_buffer b = {0};
  for (size_t i = 0; i < n; i++) {
    uint32_t c;
    if (s[i] != '\\' || i + 1 >= n) mill_buffer_byte(&b, s[i]);
    else if (s[++i] == 'u' && i + 4 < n && hex4(s + i + 1, &c))
      mill_buffer_codepoint(&b, escaped(s, n, &i, c));
    else mill_buffer_byte(&b, strchr("ntrbf", s[i]) != NULL ? ' ' : s[i]);
  }
  return mill_buffer_take(&b, NULL);
}

/* The name of the entity whose @id that is. */
static span resolve(const reader *r, span id) {
  for (unsigned k = 0; k < r->n_entities; k++) {
    span other = r->entities[k].id;
    if (other.to - other.from == id.to - id.from &&
        memcmp(r->s + other.from, r->s + id.from, id.to - id.from) == 0)
      return r->entities[k].name;
  }
  return (span){0, 0};
}

static int tell(const reader *r, const struct found *f, html_structure *out) {
  span v = f->reference ? resolve(r, f->value) : f->value;
  if (v.from >= v.to || v.to - v.from > HTML_MAX_VALUE) return 0;
  const char *key = fact_keys[f->what];
  return html_add_fact(out, key, strlen(key), decode(r->s + v.from, v.to - v.from), v.from, v.to);
}

int html_facts_of_script(const char *s, size_t from, size_t to, html_structure *out) {
  reader r = {.s = s, .i = from, .to = to};
  object none = {0};
  while (r.i < to && s[r.i] != '{' && s[r.i] != '[')
    r.i++; /* <![CDATA[ and the like: its [ opens an array of it all */
  read_value(&r, SUBJECTS, &none);
  for (enum rank rank = ARTICLE; rank < OTHER; rank++)
    for (unsigned k = 0; k < r.n_found; k++)
      if (r.ranks[r.found[k].subject] == rank && tell(&r, &r.found[k], out) < 0) return MILL_ENOMEM;
  return 0;
}
