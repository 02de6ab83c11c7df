/* sweep_clean.c - cleaning when memory is refused, at every request in turn. */
#include "alloc_sweep.h"

static mill_data *data;

static const char page[] =
    "<html lang=zh><meta name=author content='A &amp; "
    "B'><title>T</title><ul><li>會(huì)議(yì)開(kāi)始<li>x</ul>"
    "<p>Cafe\xCC\x81&nbsp;&nbsp;\xFF 春天</p><meta http-equiv=content-type content='text/html; "
    "charset=utf-8'>"
    "<script "
    "type='application/"
    "ld+json'>{\"headline\":\"h\",\"author\":[\"a\",{\"@id\":\"b\"},{\"@id\":\"b\",\"name\":\"c\"}]}"
    "</script>";

static int run(const char *s, size_t n, const char *charset) {
  mill_text *t = NULL;
  mill_error err;
  mill_clean_options o = {.html = -1, .charset = charset};
  int rc = mill_clean(data, s, n, &o, &t, &err);
  mill_text_free(t);
  return rc;
}

static int markup(void) { return run(page, sizeof page - 1, "utf-8"); }
static int legacy(void) { return run("\xB4\xBA\xCC\xEC (1)", 8, "gbk"); }
static int glosses(void) { return run("銀行(h\xC3\xA1ng)", 13, NULL); }

static int show(void) {
  mill_text *t = NULL;
  mill_error err;
  char *out = NULL;
  size_t len;
  mill_clean_options o = {.html = -1};
  int rc = mill_clean(data, page, sizeof page - 1, &o, &t, &err);
  if (rc == 0) rc = mill_text_show(t, (mill_span){0, (uint32_t)t->clean_len}, &out, &len, &err);
  free(out);
  mill_text_free(t);
  return rc;
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  sweep("markup", markup);
  sweep("legacy", legacy);
  sweep("glosses", glosses);
  sweep("show", show);
  mill_data_free(data);
  return check_report();
}
