/* sweep_mojibake.c - repairing when memory is refused, at every request in turn. */
#include "alloc_sweep.h"

static mill_data *data;

static int repair(const char *s) {
  char *out = NULL;
  size_t len;
  uint32_t count;
  mill_map *m = NULL;
  mill_error err;
  int rc = mill_repair(data, s, strlen(s), MILL_REPAIR_ALL, &out, &len, &m, &count, &err);
  if (rc < 0) CHECK(out == NULL && m == NULL);
  free(out);
  mill_map_free(m);
  return rc;
}

static int nothing(void) { return repair("plain, très bien, 学校"); }
static int gbk(void) { return repair("鍏ㄩ晣鍏辨湁瀛︽牎 3骞? dâ€™Ã©tÃ©"); }
static int layers(void) { return repair("doesnÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢t\xC2\x85"); }

static int cleaning(void) {
  static const char page[] = "<p>鍏ㄩ晣鍏辨湁瀛︽牎<p>dâ€™Ã©tÃ©";
  mill_text *t = NULL;
  mill_error err;
  int rc = mill_clean(data, page, sizeof page - 1, NULL, &t, &err);
  if (rc == 0) CHECK(t->n_repaired == 9);
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
  sweep("nothing", nothing);
  sweep("gbk", gbk);
  sweep("layers", layers);
  sweep("cleaning", cleaning);
  mill_data_free(data);
  return check_report();
}
