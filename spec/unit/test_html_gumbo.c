/*
** test_html_gumbo.c - the token stream beside gumbo's (apt: libgumbo-dev), on
** hand-written fragments for every state of the tokenizer and on tag soup made
** by mutating them. Start tags, attribute names and values, comments, text
** after decoding and end tags have to be the same, in the same order.
**
** gumbo builds a tree. What only building it changes is kept out:
**   - all stands in <body>, so that white space counts
**   - elements whose start or end tags move, imply or drop others (p, table,
**     b, form, select, svg ...) are skipped by name: see ordinary(); an end tag
**     closes the nearest open element of its name and all inside that, as the
**     standard has it for all that are left, and is ignored without one
** Where the tokenizer differs from the standard on purpose (html.h):
**   - what never ends: here everything is ended by `closing`
**   - CDATA is text everywhere, in HTML only in svg and math: skipped
**   - NUL is text: left out
** And where gumbo 0.10 does: all names it does not know are one to its end tags
** (our_end_tag), controls are replaced (none but white space are used), and the
** source text of a start tag includes a </> right before it (gumbo_name).
** usage: test_html_gumbo [ROUNDS [SEED]]
*/
#include <stdlib.h>

#include "check.h"
#ifdef TEST_GUMBO
#include <dirent.h>
#include <gumbo.h>

#include "core/ascii.h"
#include "core/buffer.h"
#include "core/clean.h"
#include "core/html.h"

static const char opening[] = "<!DOCTYPE html><html><head></head><body>";
static const char closing[] = " \"'>\"'>--></script></title></textarea></style></xmp></iframe></noembed></noframes>.";

/* ---- events -------------------------------------------------------------------- */

static void put(mill_buffer *b, const char *s, size_t n) { mill_buffer_append(b, s, n); }

static void put_lower(mill_buffer *b, const char *s, size_t n) {
  for (size_t i = 0; i < n; i++) mill_buffer_byte(b, ascii_lower((unsigned char)s[i]));
}

/* Line breaks as the standard reads them: CR LF and CR are LF. */
static void put_text(mill_buffer *b, const char *s, size_t n, int references, int attribute) {
  for (size_t i = 0, used; i < n; i += used) {
    uint32_t c[2];
    int count = 0;
    used = references && s[i] == '&' ? html_reference(s + i, n - i, attribute, c, &count) : 0;
    for (int k = 0; k < count && used > 0; k++) mill_buffer_codepoint(b, c[k]);
    if (used > 0) continue;
    used = s[i] == '\r' && i + 1 < n && s[i + 1] == '\n' ? 2 : 1;
    mill_buffer_byte(b, s[i] == '\r' ? '\n' : s[i]);
  }
}

/* ---- ours ------------------------------------------------------------------------ */

enum { MAX_OPEN = 2000 };
typedef struct name { const char *s; size_t n; } name;
static name open_names[MAX_OPEN];
static size_t n_open;

static int same_name(name a, name b) {
  if (a.n != b.n) return 0;
  for (size_t i = 0; i < a.n; i++)
    if (ascii_lower((unsigned char)a.s[i]) != ascii_lower((unsigned char)b.s[i])) return 0;
  return 1;
}

static void our_attributes(mill_buffer *b, const char *s, const html_token *t) {
  html_attribute a;
  name seen[64];
  size_t n = 0;
  for (size_t at = t->name_to; html_next_attribute(s, t->to, &at, &a);) {
    name key = {s + a.name, a.name_to - a.name};
    size_t k = 0;
    while (k < n && !same_name(seen[k], key)) k++;
    if (k < n || n == 64) continue;
    seen[n++] = key;
    put(b, " ", 1), put_lower(b, key.s, key.n), put(b, "=[", 2);
    put_text(b, s + a.value, a.value_to - a.value, 1, 1);
    put(b, "]", 1);
  }
}

static name name_of(const char *s, const html_token *t) {
  size_t from = t->from + (t->kind == HTML_END ? 2 : 1);
  return (name){s + from, t->name_to - from};
}

static GumboTag tag_of(name which) {
  char lower[64];
  if (which.n >= sizeof lower) return GUMBO_TAG_UNKNOWN;
  for (size_t i = 0; i <= which.n; i++) lower[i] = i < which.n ? (char)ascii_lower((unsigned char)which.s[i]) : 0;
  return gumbo_tag_enum(lower);
}

/* gumbo takes any end tag it does not know for that of any such element. */
static void our_end_tag(mill_buffer *b, name which) {
  size_t k = n_open;
  while (k > 0 && tag_of(open_names[k - 1]) != tag_of(which)) k--;
  if (k == 0) return;
  while (n_open >= k) {
    name ended = open_names[--n_open];
    put(b, "</", 2), put_lower(b, ended.s, ended.n), put(b, ">", 1);
  }
}

static void our_token(mill_buffer *b, const char *s, const html_token *t) {
  name which = name_of(s, t);
  switch (t->kind) {
    case HTML_START:
      put(b, "<", 1), put_lower(b, which.s, which.n), our_attributes(b, s, t), put(b, ">", 1);
      if (!(html_element_flags(t->element) & HTML_VOID) && n_open < MAX_OPEN) open_names[n_open++] = which;
      break;
    case HTML_END: our_end_tag(b, which); break;
    case HTML_TEXT: put_text(b, s + t->from, t->to - t->from, 1, 0); break;
    case HTML_VERBATIM: put_text(b, s + t->from, t->to - t->from, 0, 0); break;
    case HTML_COMMENT:
      if (t->to - t->from != 3 || s[t->from + 1] != '/') put(b, "<!>", 3); /* </> is nothing at all */
      break;
    default: break;
  }
}

/* Is the tree the tokens, for this element? */
static int ordinary(name which) {
  static const GumboTag fine[] = {GUMBO_TAG_SPAN, GUMBO_TAG_ABBR, GUMBO_TAG_CITE, GUMBO_TAG_BDI, GUMBO_TAG_TIME,
                                  GUMBO_TAG_VAR, GUMBO_TAG_BR, GUMBO_TAG_IMG, GUMBO_TAG_INPUT, GUMBO_TAG_WBR,
                                  GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TITLE, GUMBO_TAG_TEXTAREA, GUMBO_TAG_XMP,
                                  GUMBO_TAG_IFRAME, GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES, GUMBO_TAG_UNKNOWN};
  GumboTag tag = tag_of(which);
  for (size_t k = 0; k < sizeof fine / sizeof *fine; k++)
    if (fine[k] == tag) return 1;
  return 0;
}

static int begins_a_line(const char *s, size_t n) {
  uint32_t c[2] = {0, 0};
  int count;
  if (n > 0 && *s == '&') html_reference(s, n, 0, c, &count);
  return n > 0 && (*s == '\n' || *s == '\r' || c[0] == '\n');
}

/* 0: not comparable. */
static int our_events(mill_buffer *b, const char *s, size_t n) {
  html_tokenizer tokenizer;
  html_token t;
  int fine = 1;
  n_open = 0;
  html_begin(&tokenizer, s, n);
  tokenizer.at = strlen(opening);
  for (html_next(&tokenizer, &t); t.kind != HTML_EOF; html_next(&tokenizer, &t)) {
    our_token(b, s, &t);
    if (t.kind == HTML_START || t.kind == HTML_END) fine &= ordinary(name_of(s, &t));
    if (t.kind == HTML_END && t.element == HTML_E_br) fine = 0; /* becomes <br> */
    if (t.kind == HTML_START && t.element == HTML_E_textarea && begins_a_line(s + t.to, n - t.to)) fine = 0; /* dropped */
  }
  return fine;
}

/* ---- gumbo's ----------------------------------------------------------------------- */

static void gumbo_name(mill_buffer *b, const GumboElement *e) {
  GumboStringPiece piece = e->original_tag;
  if (e->tag != GUMBO_TAG_UNKNOWN) {
    put(b, gumbo_normalized_tagname(e->tag), strlen(gumbo_normalized_tagname(e->tag)));
    return;
  }
  for (; piece.length > 3 && memcmp(piece.data, "</>", 3) == 0; piece.length -= 3) piece.data += 3; /* see above */
  gumbo_tag_from_original_text(&piece);
  put_lower(b, piece.data, piece.length);
}

static void gumbo_events(mill_buffer *b, const GumboNode *node);

static void gumbo_element(mill_buffer *b, const GumboElement *e) {
  put(b, "<", 1), gumbo_name(b, e);
  for (unsigned k = 0; k < e->attributes.length; k++) {
    const GumboAttribute *a = e->attributes.data[k];
    put(b, " ", 1), put(b, a->name, strlen(a->name)), put(b, "=[", 2), put(b, a->value, strlen(a->value)), put(b, "]", 1);
  }
  put(b, ">", 1);
  for (unsigned k = 0; k < e->children.length; k++) gumbo_events(b, e->children.data[k]);
  if (e->original_end_tag.length > 0) put(b, "</", 2), gumbo_name(b, e), put(b, ">", 1);
}

static void gumbo_events(mill_buffer *b, const GumboNode *node) {
  if (node->type == GUMBO_NODE_ELEMENT) gumbo_element(b, &node->v.element);
  else if (node->type == GUMBO_NODE_COMMENT) put(b, "<!>", 3);
  else if (node->type != GUMBO_NODE_DOCUMENT) put(b, node->v.text.text, strlen(node->v.text.text));
}

/* <body> and what became of its content. */
static const GumboNode *body_of(const GumboOutput *out) {
  const GumboVector *children = &out->root->v.element.children;
  for (unsigned k = 0; k < children->length; k++) {
    const GumboNode *node = children->data[k];
    if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == GUMBO_TAG_BODY) return node;
  }
  return NULL;
}

/* ---- one input ----------------------------------------------------------------------- */

enum verdict { SAME, SKIPPED, DIFFERENT };

static enum verdict compare(const char *fragment) {
  mill_buffer source = {0}, us = {0}, them = {0};
  put(&source, opening, strlen(opening)), put(&source, fragment, strlen(fragment)), put(&source, closing, sizeof closing);
  const char *s = source.bytes;
  size_t n = source.len - 1;
  enum verdict v = strstr(s, "<![CDATA[") != NULL || !our_events(&us, s, n) ? SKIPPED : SAME;
  if (v == SAME) {
    GumboOutput *out = gumbo_parse_with_options(&kGumboDefaultOptions, s, n);
    const GumboNode *body = body_of(out);
    for (unsigned k = 0; body != NULL && k < body->v.element.children.length; k++)
      gumbo_events(&them, body->v.element.children.data[k]);
    gumbo_destroy_output(&kGumboDefaultOptions, out);
    if (us.len != them.len || memcmp(us.bytes, them.bytes, us.len) != 0) v = DIFFERENT;
  }
  if (v == DIFFERENT)
    fprintf(stderr, "  source: %s\n  ours:   %.*s\n  gumbo:  %.*s\n", fragment, (int)us.len, us.bytes, (int)them.len, them.bytes);
  mill_buffer_free(&source), mill_buffer_free(&us), mill_buffer_free(&them);
  return v;
}

/* ---- fragments, one or more for each state ---------------------------------------------- */

static const char *const fragments[] = {
    /* data, character references */
    "a < b & c", "plain text", "a<3", "x &amp; y &lt;z&gt;", "&copy &copy; &copyx &notit; &notin;",
    "&#65;&#x42;&#X43;&#68", "&#x80;&#150;&#x9f;&#129;", "&#0;&#xD800;&#x110000;&#99999999;",
    "&#;&#x;&#xg;&;&&", "&nGt;&NotEqualTilde;&bne;", "&CounterClockwiseContourIntegral;&AElig&ngE;",
    "&unknown; &zwnj;&thetasym;", "one\r\ntwo\rthree\n", "\f tab\t.",
    /* tag open, end tag open, tag name */
    "<x-a>t</x-a>", "<X-A>t</x-A>", "</>t", "</ x>t", "</3>t", "<3>t", "<>t", "<!>t", "<?php echo 1 ?>t",
    "<x-a/>t</x-a>", "<x-a<b>t</x-a<b>", "<x.y:z_1>t", "<span>a<span>b</span>c</span>", "</span>t",
    "<x-a\n>t</x-a\t>", "<x-\xC3\xA9>t",
    /* attribute names */
    "<x-a b>t", "<x-a B C=d>t", "<x-a b b=2 B=3>t", "<x-a =b>t", "<x-a =b=c>t", "<x-a b\"c'd<e>t",
    "<x-a / b / >t", "<x-a b/c>t", "<x-a b = c>t", "<x-a b\n=\n'c'>t", "<x-a/b=c/>t", "<x-a b= >t",
    "<x-a b=>t", "<x-a \xE6\x98\xA5=\xE5\xA4\xA9>t", "</x-a b='>'>t",
    /* attribute values */
    "<x-a b=\"c>d\">t", "<x-a b='c\"d'>t", "<x-a b=c\"d'e`f=g<h>t", "<x-a b=\"c\"d=e>t", "<x-a b='c'/>t",
    "<x-a b=\"\">t", "<x-a b=\"&amp;&ltx&lt=&lt;&notit;&#65;\">t", "<x-a b=&amp;&lt&copy=1>t",
    "<x-a b='a&nbsp;b&notin;'>t", "<x-a b=\"c\nd\r\ne\">t",
    "<x-a href=http://a.b/?c=d&e=f&copy=1&amp;g/>t", "<x-a b=\"&amp\">t", "<x-a b=&gt>t", "<x-a b='&#x80;'c='&'>t",
    /* comments, markup declarations */
    "a<!-- b -->c", "<!---->a", "<!-->a", "<!--->a", "<!-- a -- b --->c", "<!-- a --!>b", "<!----!>a",
    "<!-- <!-- a --> b", "<!--a--!-->b", "<!-- -- > -->a", "<!--<-->a", "<!--<!>-->a", "<!x>a", "<!-x->a",
    "<!doctype html>a", "<!DOCTYPE x PUBLIC \"a\" 'b'>c", "<!--x--->a", "<!--x----->a", "<!--->--><x-a>",
    "<!--a>b-->c",
    /* RCDATA */
    "<title>a &amp; <b>c</b></title>d", "<textarea>a<p></textarea >b", "<title></titlex></title/>a",
    "<TITLE>a</tItLe\n>b", "<title></title x=y>a", "<title>&lt;/title&gt;</ title></title>",
    "<textarea>&#x80;</textarea>",
    /* RAWTEXT */
    "<style>a<b>&amp;</style>c", "<xmp></xm></xmp>a", "<iframe><p></iframe>a", "<noembed>&lt;</noembed>",
    "<noframes><!--</noframes>a-->", "<style></STYLE>a", "<style></style\f>a", "<style></ style></style>",
    "<xmp><xmp></xmp>a</xmp>",
    /* script data */
    "<script>if(a<b)'</p>'</script>c", "<script><!-- a </script>b",
    "<script><!-- <script> </script> --></script>a", "<script><!--></script>a",
    "<script><!-- <script> --></script>a", "<script><!--<script </script></script>a",
    "<script><!-- -- - > --></script>a", "<script><!--<scriptx></script>a",
    "<script><!-- <script></script></script>a", "<script></scriptx></script>a", "<script>&amp;</script >b",
    "<script><!-<script></script>a", "<script><!--<script/></script>--></script>a",
    "<script><!----><script></script>a", "<script><!--<SCRIPT>x</Script>y</script>z",
    "<script><!--<script>--!></script>--></script>a",
    /* void elements, raw ones side by side */
    "a<br>b<br/>c<img src=x alt='y>z'>d<input value=\"a&quot;b\">e<wbr>f",
    "<script></script><style></style><title></title>a",
};
enum { FRAGMENTS = sizeof fragments / sizeof *fragments };

/* ---- pages of others, where they are ------------------------------------------------------ */

static void add_ink(mill_buffer *b, const char *s, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!ascii_is_blank((unsigned char)s[i])) mill_buffer_byte(b, s[i]);
}

static void gumbo_ink(mill_buffer *b, const GumboNode *node) {
  const GumboVector *children = node->type == GUMBO_NODE_ELEMENT ? &node->v.element.children : NULL;
  for (unsigned k = 0; children != NULL && k < children->length; k++) gumbo_ink(b, children->data[k]);
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA)
    add_ink(b, node->v.text.text, strlen(node->v.text.text));
}

static void our_ink(mill_buffer *b, const char *s, size_t n) {
  html_tokenizer tokenizer;
  html_token t;
  mill_buffer text = {0};
  html_begin(&tokenizer, s, n);
  for (html_next(&tokenizer, &t); t.kind != HTML_EOF; html_next(&tokenizer, &t))
    if (t.kind == HTML_TEXT || t.kind == HTML_VERBATIM) put_text(&text, s + t.from, t.to - t.from, t.kind == HTML_TEXT, 0);
  add_ink(b, text.bytes, text.len);
  mill_buffer_free(&text);
}

/* Characters in order but for white space: what a tree moves (out of tables)
** is not in these pages. */
static void page(const char *path) {
  mill_buffer us = {0}, them = {0};
  char *s;
  size_t n;
  if (mill_read_file(path, 1u << 24, &s, &n, NULL) < 0) return;
  if (mill_utf8_valid(s, n, NULL, NULL) && html_looks_like(s, n)) {
    GumboOutput *out = gumbo_parse_with_options(&kGumboDefaultOptions, s, n);
    gumbo_ink(&them, out->root);
    our_ink(&us, s, n);
    CHECK(us.len == them.len && memcmp(us.bytes, them.bytes, us.len) == 0);
    gumbo_destroy_output(&kGumboDefaultOptions, out);
  }
  free(s), mill_buffer_free(&us), mill_buffer_free(&them);
}

#define SHARED "../shared/seeds"
static void pages(void) {
  DIR *folder = opendir(SHARED);
  char path[512];
  if (folder == NULL) {
    printf("pages: skipped, " SHARED " is not here\n");
    return;
  }
  for (struct dirent *e; (e = readdir(folder)) != NULL;) {
    snprintf(path, sizeof path, SHARED "/%s", e->d_name);
    if (e->d_name[0] != '.') page(path);
  }
  closedir(folder);
}

static void by_hand(void) {
  for (size_t k = 0; k < FRAGMENTS; k++) CHECK(compare(fragments[k]) == SAME);
}

/* All references, bare and before letters, in text and in attributes. */
static void all_references(void) {
  static const struct { char name[33]; uint8_t len; uint32_t first, second; } names[] = {
#include "entities.inc"
  };
  static const char *const forms[] = {"&%s", "&%s.", "&%sx", "&%s=", "<x-a b='&%s'>", "<x-a b='&%sx'>",
    "<x-a b=\"&%s=\">", "<title>&%s</title>"};
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
    char s[80];
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
      snprintf(s, sizeof s, forms[f], names[k].name);
      if (!CHECK(compare(s) == SAME)) return;
    }
  }
}

static void all_numbers(void) {
  char s[32];
  for (unsigned c = 0; c < 0x120; c++) {
    snprintf(s, sizeof s, "&#%u;&#x%x", c, c);
    if (c != 0x0D) CHECK(compare(s) == SAME);
  }
}

/* ---- soup --------------------------------------------------------------------------------- */

static uint64_t state;
static unsigned below(unsigned n) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (unsigned)((state >> 33) % n);
}

static size_t add_piece(char *s, size_t n, const char *from) {
  size_t len = strlen(from), begin = 0;
  if (below(3) == 0) begin = below((unsigned)len), len = begin + 1 + below((unsigned)(len - begin));
  for (; begin < len && n < 600; begin++) s[n++] = from[begin];
  return n;
}

/* A few fragments or parts of them, then single characters changed. */
static void make_soup(char *s) {
  static const char marks[] = "<>/=\"'!-?&;# \n\tax-";
  size_t n = 0;
  for (unsigned k = 1 + below(5); k > 0; k--) n = add_piece(s, n, fragments[below(FRAGMENTS)]);
  for (unsigned k = below(6); k > 0; k--) {
    size_t at = below((unsigned)n);
    unsigned char *c = (unsigned char *)s + at;
    if (*c < 0x80) *c = (unsigned char)marks[below(sizeof marks - 1)];
  }
  s[n] = 0;
}

/* &#x1100010000;: gumbo's number wraps at 32 bits and names another character, where HTML
** (13.2.5.80) and we say U+FFFD. */
static int has_huge_reference(const char *s) {
  for (; (s = strstr(s, "&#")) != NULL; s += 2) {
    const char *digits = s + 2 + (s[2] == 'x' || s[2] == 'X');
    if (strspn(digits, "0123456789abcdefABCDEF") > 7) return 1;
  }
  return 0;
}

static void soup(unsigned rounds) {
  char s[601];
  unsigned skipped = 0, compared = 0;
  for (unsigned k = 0; k < rounds; k++) {
    make_soup(s);
    if (!mill_utf8_valid(s, strlen(s), NULL, NULL) || has_huge_reference(s)) continue;
    enum verdict v = compare(s);
    skipped += v == SKIPPED;
    compared++;
    if (!CHECK(v != DIFFERENT)) fprintf(stderr, "  round %u\n", k);
  }
  CHECK(skipped * 2 < compared); /* else it would show little */
  printf("%u pieces of soup, of them not comparable %u\n", compared, skipped);
}

int main(int argc, char **argv) {
  state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  by_hand();
  all_references();
  all_numbers();
  pages();
  soup(argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 5000);
  return check_report();
}
#else
int main(void) {
  printf("test_html_gumbo: skipped, libgumbo-dev is not here\n");
  CHECK(1);
  return check_report();
}
#endif
