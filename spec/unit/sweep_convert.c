/* sweep_convert.c - script conversion when memory is refused. */
#include "alloc_sweep.h"
#include "core/convert.h"

static const char *folder(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  return dir != NULL ? dir : "build/lib/textmill";
}

static int open_image(void) {
  mill_data d = {0};
  mill_error err;
  int rc = convert_attach(&d, folder(), &err);
  convert_detach(&d);
  mill_image_close(&d.convert);
  return rc;
}

static mill_data *data;

/* Grows the result, the map, marks, and normalises. */
static int convert(const mill_convert_options *o) {
  static const char *const configs[] = {"t2s", "s2t", "s2twp", "tw2sp"};
  char text[8192];
  size_t n = 0, len;
  for (int i = 0; i < 60; i++) n += (size_t)snprintf(text + n, sizeof text - n, "U盘a頭发軟體数据库剔團圞");
  n += (size_t)snprintf(text + n, sizeof text - n, "\uF900");
  int rc = 0;
  for (int i = 0; i < 4 && rc == 0; i++) {
    char *out;
    mill_map *map;
    mill_error err = {0};
    rc = mill_convert(data, configs[i], text, n, o, &out, &len, &map, &err);
    if (rc == 0) {
      free(out);
      mill_map_free(map);
    } else {
      CHECK(out == NULL && map == NULL);
      CHECK_EQ(err.code, rc);
    }
  }
  return rc;
}

static int convert_plain(void) { return convert(NULL); }

static int convert_guided(void) {
  static const mill_convert_entry entries[] = {{"U盘", 4, "隨身碟隨身碟", 18}, {"\uF900", 3, "", 0}};
  const mill_convert_options o = {entries, 2, 1};
  return convert(&o);
}

int main(void) {
  sweep("open image", open_image);
  if (!CHECK(mill_data_open(folder(), &data, NULL) == 0)) return 1;
  sweep("convert", convert_plain);
  sweep("convert with words and entries", convert_guided);
  mill_data_free(data);
  return check_report();
}
