/*
** html.c - markup to text in MB/s, beside gumbo where it is installed (apt:
** libgumbo-dev). Pages are made here from a fixed seed:
**
**   news     head with metadata, styles and scripts, navigation, article with
**            links and references, table, related pages, comments, footer
**   text     paragraphs, hardly any tags
**   markup   tags and attributes, hardly any text
**   small    news pages of a few kB
**
** Ours gives text, map, hints and metadata; gumbo a tree of nodes with
** offsets, parsed and freed, no text collected from it. CPU time, both in
** turn on the same pages; the median of several runs.
** usage: html RUNS [--rows]
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/clean.h"
#include "row.h"
#ifdef BENCH_GUMBO
#include <gumbo.h>
#endif

enum { MAX_RUNS = 25, PAGES = 40 };

_Noreturn static void fail(const char *what) {
  fprintf(stderr, "bench-html: %s\n", what);
  exit(1);
}

/* ---- pages ------------------------------------------------------------------- */

typedef struct page { char *s; size_t n, capacity; } page;

static uint64_t seed;

static unsigned below(unsigned n) {
  seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (unsigned)((seed >> 33) % n);
}

static void put(page *p, const char *s) {
  size_t n = strlen(s);
  if (p->n + n + 1 > p->capacity && (p->s = realloc(p->s, p->capacity = 2 * p->capacity + n + 4096)) == NULL)
    fail("out of memory");
  memcpy(p->s + p->n, s, n + 1);
  p->n += n;
}

static void put_number(page *p, unsigned x) {
  char s[16];
  snprintf(s, sizeof s, "%u", x);
  put(p, s);
}

static void word(page *p) {
  static const char *const parts[] = {"ka", "ro", "mi",  "ten", "sul", "ver",
                                      "an", "do", "per", "lis", "ga",  "nor"};
  for (unsigned k = 1 + below(4); k > 0; k--) put(p, parts[below(12)]);
}

static void han(page *p, unsigned n) {
  for (; n > 0; n--) {
    unsigned c = 0x4E00 + below(3000);
    char s[4] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 63)), (char)(0x80 | (c & 63)), 0};
    put(p, s);
  }
}

/* About n words of text, with a reference here and there. */
static void words(page *p, unsigned n, unsigned references) {
  static const char *const marks[] = {"&nbsp;",    "&amp; ",    "&ldquo;", "&#8212;",
                                      "&hellip; ", "&#x2014; ", "&eacute;"};
  for (; n > 0; n--) {
    if (below(4) == 0) han(p, 2 + below(8));
    else word(p), put(p, " ");
    if (references > 0 && below(references) == 0) put(p, marks[below(7)]);
    if (below(12) == 0) put(p, ", ");
  }
}

static void indent(page *p, unsigned depth) {
  put(p, "\n");
  for (; depth > 0; depth--) put(p, "  ");
}

static void url(page *p) {
  put(p, "https://www.");
  word(p), put(p, ".example/"), word(p), put(p, "/");
  put_number(p, below(100000)), put(p, ".html?from="), word(p), put(p, "&amp;id="),
      put_number(p, below(1000));
}

static void link_to(page *p, const char *class, unsigned n) {
  put(p, "<a class=\""), put(p, class), put(p, "\" href=\""), url(p), put(p, "\"");
  if (below(3) == 0) put(p, " target=\"_blank\" rel=\"noopener\"");
  if (below(4) == 0) put(p, " title=\""), words(p, 3, 0), put(p, "\"");
  put(p, ">"), words(p, n, 0), put(p, "</a>");
}

static void script(page *p, unsigned lines) {
  put(p, "\n<script type=\"text/javascript\">\n  (function (w, d) {");
  for (; lines > 0; lines--) {
    put(p, "\n    for (var i = 0; i < w."), word(p), put(p, ".length; i++) if (w."), word(p);
    put(p, "[i] && i <= "), put_number(p, below(900)), put(p, ") d.write('<b>' + "), word(p),
        put(p, " + \"<\\/b>\");");
  }
  put(p, "\n  })(window, document);\n</script>");
}

static void head(page *p) {
  put(p, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n  <meta charset=\"utf-8\">\n  <title>"),
      words(p, 6, 4);
  put(p, "</title>\n  <meta name=\"description\" content=\""), words(p, 20, 10);
  put(p, "\">\n  <meta property=\"og:title\" content=\""), words(p, 6, 0);
  put(p, "\">\n  <link rel=\"canonical\" href=\""), url(p);
  put(p, "\">\n  <style>\n");
  for (unsigned k = 0; k < 40; k++)
    put(p, "    ."), word(p), put(p, " > li:hover { margin: 0 auto; color: #"),
        put_number(p, 100000 + below(800000)), put(p, "; }\n");
  put(p, "  </style>\n  <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\""),
      words(p, 5, 0);
  put(p, "\",\"datePublished\":\"2023-04-05T06:07:08Z\",\"author\":[{\"@type\":\"Person\",\"name\":\""),
      word(p);
  put(p, "\"}]}</script>"), script(p, 12), put(p, "\n</head>\n<body class=\"page article-page\">");
}

static void list(page *p, const char *class, unsigned items, unsigned n) {
  indent(p, 3), put(p, "<ul class=\""), put(p, class), put(p, "\">");
  for (; items > 0; items--) {
    indent(p, 4), put(p, "<li class=\"item item-"), put_number(p, items),
        put(p, below(5) ? "\">" : " active\">");
    link_to(p, "item__link", n), put(p, "</li>");
  }
  indent(p, 3), put(p, "</ul>");
}

static void paragraph(page *p) {
  indent(p, 4), put(p, "<p>");
  for (unsigned k = 1 + below(4); k > 0; k--) {
    words(p, 4 + below(18), 12);
    if (below(3) == 0) link_to(p, "inline", 2);
    else if (below(3) == 0) put(p, "<strong>"), words(p, 2, 0), put(p, "</strong> ");
  }
  put(p, "</p>");
}

static void figure(page *p) {
  indent(p, 4), put(p, "<figure class=\"image image--wide\" id=\"fig-"), put_number(p, below(1000));
  put(p, "\"><img class=\"lazy\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\""), url(p);
  put(p, "\" alt=\""), words(p, 5, 0), put(p, "\" width=\"640\" height=\"480\"><figcaption>"), words(p, 8, 0);
  put(p, "</figcaption></figure>");
}

static void table(page *p, unsigned rows) {
  indent(p, 4), put(p, "<table class=\"data\" style=\"width: 100%\"><caption>"), words(p, 4, 0),
      put(p, "</caption><tbody>");
  for (; rows > 0; rows--) {
    indent(p, 5), put(p, "<tr>");
    for (unsigned k = 0; k < 5; k++)
      put(p, "<td align=\"right\">"), put_number(p, below(100000)), put(p, "</td>");
    put(p, "</tr>");
  }
  put(p, "</tbody></table>");
}

static void news(page *p, unsigned size) {
  head(p);
  indent(p, 1), put(p, "<header id=\"top\"><nav class=\"main-nav\" role=\"navigation\">");
  list(p, "menu menu--main", 2 + 4 * size, 1), put(p, "</nav></header>");
  indent(p, 1),
      put(p,
          "<!-- content --><div class=\"container\"><div class=\"row\"><article class=\"col-md-8 article\">");
  indent(p, 3), put(p, "<h1 class=\"headline\">"), words(p, 8, 6),
      put(p, "</h1><div class=\"byline\"><span class=\"author\">");
  word(p), put(p, "</span> <time datetime=\"2023-04-05\">5 April</time></div>");
  for (unsigned k = 0; k < 5 * size; k++) {
    paragraph(p);
    if (k % 6 == 3) figure(p);
    if (k % 9 == 4) indent(p, 4), put(p, "<h2>"), words(p, 4, 0), put(p, "</h2>");
    if (k % 16 == 8) table(p, 8);
  }
  put(p, "</article><aside class=\"sidebar\">"), list(p, "related-list", 4 * size, 5),
      put(p, "</aside></div></div>");
  for (unsigned k = 0; k < 3 * size; k++) {
    indent(p, 2), put(p, "<div class=\"comment\" id=\"c"), put_number(p, k),
        put(p, "\"><span class=\"comment__user\">"), word(p);
    put(p, "</span><br/><div class=\"comment__text\">"), words(p, 12, 20), put(p, "</div></div>");
  }
  script(p, 6 * size);
  put(p, "\n<footer class=\"footer\">"), list(p, "footer__links", 2 * size, 1),
      put(p, "</footer>\n</body>\n</html>\n");
}

static void text_heavy(page *p) {
  put(p, "<html><body>");
  for (unsigned k = 0; k < 150; k++) put(p, "<p>"), words(p, 120, 60), put(p, "</p>\n");
}

static void markup_only(page *p) {
  static const char *const inner[] = {"span", "b", "i", "em"};
  put(p, "<html><body>");
  for (unsigned k = 0; k < 900; k++) {
    const char *e = inner[below(4)];
    put(p, "<div class=\""), word(p), put(p, "-"), word(p), put(p, "\" data-id=\""),
        put_number(p, below(9999)), put(p, "\"><"), put(p, e);
    put(p, "></"), put(p, e), put(p, "><a href=\""), url(p), put(p, "\"><img src=\""), url(p),
        put(p, "\" alt=\"\"/></a></div>");
  }
}

static void make(page *pages, const char *kind) {
  seed = 20230405;
  for (int k = 0; k < PAGES; k++) {
    pages[k] = (page){0};
    if (strcmp(kind, "text") == 0) text_heavy(&pages[k]);
    else if (strcmp(kind, "markup") == 0) markup_only(&pages[k]);
    else news(&pages[k], strcmp(kind, "small") == 0 ? 1 : 6 + below(16));
  }
}

/* ---- measuring ------------------------------------------------------------------ */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* other work on the machine does not count */
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double ours(const page *pages, size_t *out) {
  double start = now();
  *out = 0;
  for (int k = 0; k < PAGES; k++) {
    mill_stage stage = {0};
    html_structure structure = {0};
    mill_error err;
    if (html_to_text(pages[k].s, pages[k].n, 512, &stage, &structure, &err) < 0) fail(err.message);
    *out += stage.len;
    mill_stage_free(&stage);
    html_structure_free(&structure);
  }
  return now() - start;
}

static double gumbo(const page *pages) {
#ifdef BENCH_GUMBO
  double start = now();
  for (int k = 0; k < PAGES; k++)
    gumbo_destroy_output(&kGumboDefaultOptions,
                         gumbo_parse_with_options(&kGumboDefaultOptions, pages[k].s, pages[k].n));
  return now() - start;
#else
  (void)pages;
  return 0;
#endif
}

static int by_value(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return a < b ? -1 : a > b;
}

static double median(double *times, int n) {
  qsort(times, (size_t)n, sizeof *times, by_value);
  return times[n / 2];
}

static void row(const char *kind, int runs) {
  enum { TIMES = 5 }; /* passes of ours in one run, so that the clock has something to measure */
  static page pages[PAGES];
  double us[MAX_RUNS], them[MAX_RUNS];
  size_t bytes = 0, out = 0;
  make(pages, kind);
  for (int k = 0; k < PAGES; k++) bytes += pages[k].n;
  for (int i = -1; i < runs; i++) { /* the first one warms up */
    double sum = 0, rival = gumbo(pages);
    for (int k = 0; k < TIMES; k++) sum += ours(pages, &out);
    if (i >= 0) us[i] = sum / TIMES, them[i] = rival;
  }
  double mb = (double)bytes / 1e6, a = median(us, runs), b = median(them, runs);
  printf("%-7s %6.2f %7.0f%% %8.0f", kind, mb, 100.0 - 100.0 * (double)out / (double)bytes, mb / a);
  if (b > 0) printf(" %8.1f %7.1fx\n", mb / b, b / a);
  else printf(" %8s\n", "-");
  bench_row("html", kind, mb / a, "MB/s", "gumbo", b > 0 ? mb / b : 0, ">=600");
  for (int k = 0; k < PAGES; k++) free(pages[k].s);
}

int main(int argc, char **argv) {
  bench_rows(&argc, argv);
  int runs = argc == 2 ? atoi(argv[1]) : 0;
  if (runs < 1 || runs > MAX_RUNS) fail("usage: html RUNS (1..25)");
  printf("%d pages each, MB/s, median of %d\n%-7s %6s %8s %8s %8s %8s\n", PAGES, runs, "", "MB", "removed",
         "ours", "gumbo", "ratio");
  row("news", runs), row("small", runs), row("text", runs), row("markup", runs);
  return 0;
}
