/* test_html.c - tokens, character references, and markup to text. */
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "core/clean.h"
#include "core/html.h"
#include "core/html_scan.h"
#include "textmill.h"

/* ---- tokens: kind letters and source, "S<p>|Ttext|E</p>" ---- */

static char seen[4096];

static const char *tokens(const char *s) {
  static const char letters[] = "?TVSECD";
  html_tokenizer t;
  html_token token;
  size_t at = 0, n = 0;
  html_begin(&t, s, strlen(s));
  for (html_next(&t, &token); token.kind != HTML_EOF; html_next(&t, &token)) {
    CHECK_EQ(token.from, at); /* they tile the source */
    at = token.to;
    n += (size_t)snprintf(seen + n, sizeof seen - n, "%s%c%.*s", n > 0 ? "|" : "", letters[token.kind],
                          (int)(token.to - token.from), s + token.from);
  }
  CHECK_EQ(at, strlen(s));
  if (at == 0) seen[0] = 0;
  return seen;
}

static void tokenizer(void) {
  static const struct { const char *source, *tokens; } cases[] = {
      {"", ""},
      {"a < b", "Ta < b"},
      {"1<2 && 3>2", "T1<2 && 3>2"},
      {"<p class=\"x>y\">t</p>", "S<p class=\"x>y\">|Tt|E</p>"},
      {"<P A=1 b='2'\n c>", "S<P A=1 b='2'\n c>"},
      {"<a href=x/>t", "S<a href=x/>|Tt"},
      {"<br/><br />", "S<br/>|S<br />"},
      {"<!doctype html><!-- c -- > -->x", "D<!doctype html>|C<!-- c -- > -->|Tx"},
      {"<!-->x<!--->y<!--a--!>z", "C<!-->|Tx|C<!--->|Ty|C<!--a--!>|Tz"},
      {"<!-- never > ends", "C<!-- never >|T ends"},
      {"<?xml version='1.0'?>x", "C<?xml version='1.0'?>|Tx"},
      {"</>a</ b>c", "C</>|Ta|C</ b>|Tc"},
      {"<![CDATA[a<b>]]>c", "V<![CDATA[a<b>]]>|Tc"},
      {"<script>if(a<b)'</p>'</script >x", "S<script>|Vif(a<b)'</p>'|E</script >|Tx"},
      {"<script><!--<script></script>--></script>x", "S<script>|V<!--<script></script>-->|E</script>|Tx"},
      {"<script><!--<script></script>x", "S<script>|V<!--<script>|E</script>|Tx"},
      {"<style>p{}</style>", "S<style>|Vp{}|E</style>"},
      {"<title>a<b>&amp;</title>", "S<title>|Ta<b>&amp;|E</title>"},
      {"<title>a<b>c", "S<title>|Ta|S<b>|Tc"},
      {"<textarea><p></textarea>", "S<textarea>|T<p>|E</textarea>"},
      {"x<p", "Tx<p"},
      {"<p a='>", "S<p a='>"},
      {"<p a='><b>t</b>", "S<p a='>|S<b>|Tt|E</b>"},
      {"<三>", "T<三>"},
      {"</\1<O", "T</\1<O"},
      {"<plaintext>a<b></plaintext>", "S<plaintext>|Va<b></plaintext>"},
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
    CHECK_STR(tokens(cases[k].source), cases[k].tokens);
}

static void references(void) {
  static const struct { const char *s; size_t used; uint32_t c, second; } cases[] = {
      {"&amp;", 5, '&', 0},      {"&ampx", 4, '&', 0},    {"&nbsp;", 6, 0xA0, 0},
      {"&notin;", 7, 0x2209, 0}, {"&notit;", 4, 0xAC, 0}, {"&xyz;", 0, 0, 0},
      {"&#22823;", 8, 0x5927, 0}, {"&#x5927", 7, 0x5927, 0}, {"&#X5927;", 8, 0x5927, 0},
      {"&#128;", 6, 0x20AC, 0},  {"&#0;", 4, 0xFFFD, 0},  {"&#xD800;", 8, 0xFFFD, 0},
      {"&#99999999999;", 14, 0xFFFD, 0}, {"&#;", 0, 0, 0}, {"&#x;", 0, 0, 0}, {"& ", 0, 0, 0},
      {"&CounterClockwiseContourIntegral;", 33, 0x2233, 0}, {"&NotEqualTilde;", 15, 0x2242, 0x338},
      {"&zwnj;", 6, 0x200C, 0},  {"&AElig", 6, 0xC6, 0},
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    uint32_t c[2] = {0, 0};
    int count;
    CHECK_EQ(html_reference(cases[k].s, strlen(cases[k].s), 0, c, &count), cases[k].used);
    if (cases[k].used == 0) continue;
    CHECK_EQ(c[0], cases[k].c);
    CHECK_EQ(count, cases[k].second ? 2 : 1);
    if (cases[k].second) CHECK_EQ(c[1], cases[k].second);
  }
  uint32_t c[2];
  int count;
  CHECK_EQ(html_reference("&lt=1", 5, 1, c, &count), 0); /* in an attribute */
  CHECK_EQ(html_reference("&lt=1", 5, 0, c, &count), 3);
}

/* Every element is found by its name, in any case, and by nothing longer or shorter. */
static void element_names(void) {
  static const char *const names[] = {
      "",
#define X(name, flags) #name,
      HTML_ELEMENTS(X)
#undef X
  };
  for (int e = 1; e < HTML_ELEMENT_COUNT; e++) {
    char s[32] = {0};
    size_t n = strlen(names[e]);
    for (size_t k = 0; k < n; k++)
      s[k] = (char)(k % 2 ? names[e][k] : names[e][k] & (names[e][k] > '9' ? ~32 : ~0));
    CHECK_EQ(html_element_by_name(names[e], n, n), e);
    CHECK_EQ(html_element_by_name(s, n, sizeof s), e);
    s[n] = 'q';
    CHECK(html_element_by_name(s, n + 1, sizeof s) != (enum html_element)e);
    CHECK(html_element_by_name(s, n - 1, sizeof s) != (enum html_element)e);
  }
}

/* The searches of 16 bytes at a time and those of one say the same. */
static void searches(void) {
  static const char marks[] = "ab <>&/=\"'\t\n\v\f\r\1\x7F\x80\xE6\xFF";
  uint64_t state = 20;
  for (int round = 0; round < 20000; round++) {
    size_t n = check_below(&state, 70), i = check_below(&state, (uint32_t)n + 1);
    char *s = malloc(n > 0 ? n : 1); /* no longer, so that ASan sees a read behind it */
    uint32_t few = 1 + check_below(&state, sizeof marks - 1);
    for (size_t k = 0; k < n; k++) s[k] = check_below(&state, 8) ? 'a' : marks[check_below(&state, few)];
    if (round % 4 == 0) memset(s, ' ', n / 2);
    CHECK_EQ(html_name_end(s, n, i), html_name_end_portable(s, n, i));
    CHECK_EQ(html_attribute_end(s, n, i), html_attribute_end_portable(s, n, i));
    CHECK_EQ(html_value_end(s, n, i), html_value_end_portable(s, n, i));
    CHECK_EQ(html_text_stop(s, n, i), html_text_stop_portable(s, n, i));
    CHECK_EQ(html_blank_end(s, n, i), html_blank_end_portable(s, n, i));
    CHECK_EQ(html_quote_end(s, n, i, '"'), html_quote_end_portable(s, n, i, '"'));
    html_key a = html_key_of(s, n < 16 ? n : 16, n), b = html_key_portable(s, n < 16 ? n : 16);
    CHECK(a.low == b.low && a.high == b.high);
    free(s);
  }
}

/* ---- text ---- */

static mill_stage stage, tidy;
static html_structure structure;

static void release(void) {
  mill_stage_free(&stage);
  mill_stage_free(&tidy);
  html_structure_free(&structure);
}

/* Markup to text with blanks collapsed, as mill_clean does it. */
static const char *text(const char *s, size_t n) {
  mill_error err;
  release();
  if (!CHECK_EQ(html_to_text(s, n, 512, &stage, &structure, &err), 0)) return "";
  CHECK_EQ(mill_map_source_len(stage.map), n);
  CHECK_EQ(mill_map_output_len(stage.map), stage.len);
  CHECK(blank_collapse(stage.text, stage.len, 1, &tidy, &err) >= 0);
  return tidy.text != NULL ? tidy.text : stage.text;
}

static void to_text(void) {
  static const struct { const char *source, *text; } cases[] = {
      {"<p>a</p><p>b</p>", "a\nb"},
      {"<div>a<p>b</div>c", "a\nb\nc"},
      {"a<b>b</b>c <i>d</i>", "abc d"},
      {"one<br>two<br/><br>three", "one\ntwo\nthree"},
      {"<h1>T</h1>x<ul><li>1<li>2</ul>y", "T\nx\n1\n2\ny"},
      {"<table><tr><td>a<td>b<tr><th>c</th><th>d</th></table>", "a\tb\nc\td"},
      {"<p>&nbsp;&nbsp; 2&nbsp;x&lt;y</p>", "2 x<y"},
      {"<script>x</script>a<style>y</style><!-- z -->b", "ab"},
      {"<p>one\n  two\tthree</p>", "one two three"},
      {"<p>春天\n  来了</p>", "春天来了"},
      {"<p>春天\nspring</p>", "春天 spring"},
      {"<pre>a\n b</pre>", "a\nb"},
      {"标题\n\n作者\n<p>正文\n一</p>\n末行", "标题\n作者\n正文一\n末行"},
      {"<html><body>春天\n来了</body></html>", "春天来了"},
      {"<ruby>漢<rt>kan</rt></ruby>字", "漢(kan)字"},
      {"<ruby>漢<rp>（</rp><rt>kan</rt><rp>）</rp></ruby>字", "漢(kan)字"},
      {"<template>no</template><p>yes", "yes"},
      {"<![CDATA[a<b]]><p>c", "a<b\nc"},
      {"a</p>b</b></div>c", "a\nb\nc"},
      {"<b><p>x</b>y</p>z", "xy\nz"},
      {"<dl><dt>k<dd>v</dl>", "k\nv"},
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
    CHECK_STR(text(cases[k].source, strlen(cases[k].source)), cases[k].text);
}

static void hints(void) {
  const char *s = "<title>T</title><nav class='top-menu'><a href=x>Home</a></nav><h2>H</h2>"
                  "<ol><li>one<li>two</ol><table><tr><td>a<td>b</table><p>text <a href=y>link</a></p>";
  text(s, strlen(s));
  static const struct { const char *text; int role, level, ordinal; uint32_t context, linked; } want[] = {
      {"T", HTML_TITLE, 0, 0, 0, 0},
      {"Home", HTML_PARAGRAPH, 0, 0, HTML_IN_NAV | HTML_SAYS_NAV, 4},
      {"H", HTML_HEADING, 2, 0, 0, 0},
      {"one", HTML_ITEM, 1, 1, 0, 0},
      {"two", HTML_ITEM, 1, 2, 0, 0},
      {"a\tb", HTML_CELL, 0, 0, 0, 0},
      {"text link", HTML_PARAGRAPH, 0, 0, 0, 4},
  };
  if (!CHECK_EQ(structure.n_hints, sizeof want / sizeof *want)) return;
  for (uint32_t k = 0; k < structure.n_hints; k++) {
    const html_hint *h = &structure.hints[k];
    CHECK_EQ(h->clean.to - h->clean.from, strlen(want[k].text));
    CHECK(strncmp(stage.text + h->clean.from, want[k].text, strlen(want[k].text)) == 0);
    CHECK_EQ(h->role, want[k].role);
    CHECK_EQ(h->level, want[k].level);
    CHECK_EQ(h->ordinal, want[k].ordinal);
    CHECK_EQ(h->context, want[k].context);
    CHECK_EQ(h->linked, want[k].linked);
  }
}

static void facts(void) {
  const char *s =
      "<html lang=zh><meta name=\"Author\" content=\"A &amp; B\"><link rel=canonical href='http://x/'>"
      "<time datetime=2021-05-06>May</time><script type='application/ld+json'>"
      "{\"@type\":\"NewsArticle\",\"headline\":\"\\u6625 "
      "\\\"x\\\"\",\"author\":{\"@type\":\"Person\",\"name\":\"Li\"},"
      "\"publisher\":{\"name\":\"P\"}}</script>";
  text(s, strlen(s));
  static const struct { const char *key, *value, *raw; } want[] = {
      {"lang", "zh", "zh"}, {"author", "A & B", "A &amp; B"}, {"canonical", "http://x/", "http://x/"},
      {"datetime", "2021-05-06", "2021-05-06"}, {"ld:headline", "春 \"x\"", "\\u6625 \\\"x\\\""},
      {"ld:author", "Li", "Li"}, {"ld:publisher", "P", "P"}};
  if (!CHECK_EQ(structure.n_facts, sizeof want / sizeof *want)) return;
  for (uint32_t k = 0; k < structure.n_facts; k++) {
    const html_fact *f = &structure.facts[k];
    CHECK_STR(f->key, want[k].key);
    CHECK_STR(f->value, want[k].value);
    CHECK(strncmp(s + f->raw.from, want[k].raw, f->raw.to - f->raw.from) == 0);
    CHECK_EQ(f->raw.to - f->raw.from, strlen(want[k].raw));
  }
}

/* The facts of s as "key=value;", each with a span inside s. */
static const char *facts_of(const char *s) {
  size_t n = 0;
  text(s, strlen(s));
  seen[0] = 0;
  for (uint32_t k = 0; k < structure.n_facts; k++) {
    const html_fact *f = &structure.facts[k];
    CHECK(f->raw.from < f->raw.to && f->raw.to <= strlen(s));
    n += (size_t)snprintf(seen + n, sizeof seen - n, "%s=%s;", f->key, f->value);
  }
  return seen;
}

static void meta(void) {
  static const struct { const char *source, *facts; } cases[] = {
      {"<meta charset=gbk>", "charset=gbk;"},
      {"<meta http-equiv=Content-Type content=\"text/html; charset=GB2312\">",
       "charset=GB2312;http-equiv:content-type=text/html; charset=GB2312;"},
      {"<META HTTP-EQUIV='content-type' CONTENT='a; charset charset = \"x y\" z'>",
       "charset=x y;http-equiv:content-type=a; charset charset = \"x y\" z;"},
      {"<meta http-equiv=content-type content='a;charset=\"x'>", "http-equiv:content-type=a;charset=\"x;"},
      {"<meta http-equiv=content-type content='a;charset'>", "http-equiv:content-type=a;charset;"},
      {"<meta http-equiv=Content-Language content=zh>", "http-equiv:content-language=zh;"},
      {"<meta property=\"og:title\" content=\"A &lt; B\">", "og:title=A < B;"},
      {"<meta name=a name=b content=c content=d>", "a=c;"}, /* the first of the same name */
      {"<meta content=c name=a>", "a=c;"},
      {"<meta name=a>", ""}, {"<meta content=a>", ""}, {"<meta name=a content=''>", ""},
      {"<link href=x rel=canonical rel=next href=y>", "canonical=x;"},
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
    CHECK_STR(facts_of(cases[k].source), cases[k].facts);
}

static void json_ld(void) {
  static const struct { const char *json, *facts;
  } cases[] = {
      {"", ""},
      {"{}", ""},
      {"[]", ""},
      {"{\"headline\":1}", ""},
      {"null", ""},
      {"{\"headline\":\"a", "ld:headline=a;"},
      {"{\"headline\":\"a\"", "ld:headline=a;"},
      {"[{\"headline\":\"a\"},{\"headline\":\"b\"}]", "ld:headline=a;ld:headline=b;"},
      {"{\"author\":[\"a\",{\"name\":\"b\"},{\"@type\":\"Person\",\"name\":\"c\",\"url\":\"d\"}]}",
       "ld:author=a;ld:author=b;ld:author=c;"},
      {"{\"@graph\":[{\"@type\":\"WebSite\",\"description\":\"no\"},{\"@type\":\"WebPage\",\"datePublished\":"
       "\"1\"},"
       "{\"@type\":[\"Article\",\"Thing\"],\"headline\":\"h\",\"author\":{\"@id\":\"#p\"},\"publisher\":{\"@"
       "id\":\"#q\"}},"
       "{\"@id\":\"#p\",\"@type\":\"Person\",\"name\":\"P\",\"description\":\"no\"}]}",
       "ld:headline=h;ld:author=P;ld:datepublished=1;"},
      {"{\"headline\":\"a\",\"comment\":[{\"author\":\"no\",\"datePublished\":\"no\"}],\"review\":{"
       "\"headline\":\"no\"}}",
       "ld:headline=a;"},
      {"{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"NewsArticle\",\"dateModified\":\"m\"}}",
       "ld:datemodified=m;"},
      {"//<![CDATA[\n{\"headline\":\"a]]\"}\n//]]>", "ld:headline=a]];"},
      {"{\"headline\":\"\\ud83d\\ude00\\ud83d\\n\\/\",}", "ld:headline=\xF0\x9F\x98\x80\xEF\xBF\xBD /;"},
      {"{\"a\":[[[[{\"headline\":\"no\"}]]]],\"b\":{\"c\":[1,true,null]},\"headline\":\"yes\"}",
       "ld:headline=yes;"},
      {"{\"a\":,]}", ""},
      {"[}{\"headline\":\"no\"}]", ""},
      {"{\"a\" \"headline\":\"b\"}", "ld:headline=b;"},
  };
  char page[1024];
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    snprintf(page, sizeof page, "<script type='application/ld+json'>%s</script>", cases[k].json);
    CHECK_STR(facts_of(page), cases[k].facts);
  }
}

static void detection(void) {
  static const char *const yes[] = {"<p>a</p>", "x<br>y<br>z", "<!DOCTYPE html>", "a&nbsp;b",
                                    "&#22823;&#23398;", "<a href=\"x\">y", "上<br>下", "<p>春天",
                                    "AT&amp;T &lt;x", "标题\n<h3><font color=\"#010101\">正文"};
  static const char *const no[] = {"", "a < b and c > d", "x<y,z>w", "if (a<b) return;", "AT&amp;T", "<三>",
                                   "1 <p> 2", "use <br> or <p", "R&D, Q&A", "->x<-y", "<unknown>a</unknown>"};
  for (size_t k = 0; k < sizeof yes / sizeof *yes; k++) CHECK(html_looks_like(yes[k], strlen(yes[k])));
  for (size_t k = 0; k < sizeof no / sizeof *no; k++) CHECK(!html_looks_like(no[k], strlen(no[k])));
}

/* ---- hostile input: each in a time that only linear work can keep ---- */

static void hostile_json(void) {
  static const char *const units[] = {"[", "{\"a\":", "{\"@id\":\"x\",\"name\":\"y\"},",
    "{\"author\":{\"@id\":\"z\"}},", "\"", "\\", "\"\":"};
  enum { TIMES = 100000 };
  for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
    static const char head[] = "<script type='application/ld+json'>[";
    size_t len = strlen(units[k]), n = sizeof head - 1;
    char *s = malloc(n + len * TIMES);
    memcpy(s, head, n);
    for (size_t i = 0; i < TIMES; i++, n += len) memcpy(s + n, units[k], len);
    clock_t begin = clock();
    text(s, n);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (!CHECK(seconds < 2)) fprintf(stderr, "  100,000 x %s took %.1f s\n", units[k], seconds);
    free(s);
  }
}

static void hostile(void) {
  static const char *const units[] = {"<div>", "<b>", "<a b='", "<a b=\"", "<!--", "<![CDATA[", "<title>",
                                      "<textarea>", "<script>", "<script><!--<script></script>", "</p", "<",
                                      "&", "&#", "&amp", "</b>", "<li>", "<td>", "<p", "--><!--",
                                      "<a x='>\">", "<style>", "<!-", "</style", "<ul><li>", "<b></i>", "\n",
                                      "<table><tr><td>", "<a b=c ", "<p id=x ",
                                      "<script type=application/ld+json>[", "<meta name=a content=b ",
                                      "<div class='nav ", "&nGt;", "<plaintext>", "</a", "<x y=\"", "<\0"};
  enum { TIMES = 100000 };
  for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
    size_t len = strlen(units[k]);
    char *s = malloc(len * TIMES + 2);
    for (size_t i = 0; i < TIMES; i++) memcpy(s + i * len, units[k], len);
    s[len * TIMES] = '>'; /* so that a search for it does not give up at once */
    clock_t begin = clock();
    for (size_t with = 0; with < 2; with++) {
      text(s, len * TIMES + with);
      html_looks_like(s, len * TIMES + with);
    }
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (!CHECK(seconds < 5)) fprintf(stderr, "  100,000 x %s took %.1f s\n", units[k], seconds);
    free(s);
  }
}

int main(void) {
  tokenizer();
  references();
  element_names();
  searches();
  to_text();
  hints();
  facts();
  meta();
  json_ld();
  detection();
  hostile();
  hostile_json();
  release();
  return check_report();
}
