/* sweep_normalize.c - tables and normalisation when memory is refused. */
#include "alloc_sweep.h"
#include "core/data.h"

static const char *folder(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  return dir != NULL ? dir : "build/lib/textmill";
}

static int open_tables(void) {
  mill_data d = {0};
  mill_error err;
  int rc = unicode_attach(&d, folder(), &err);
  unicode_detach(&d);
  mill_image_close(&d.unicode);
  return rc;
}

static mill_data data;

/* Grows the result, the map, a stretch and the sorting of a long one. */
static int normalize(void) {
  char text[4096];
  size_t n = 0, len;
  for (int i = 0; i < 40; i++) n += (size_t)snprintf(text + n, sizeof text - n, "ﷺ漢E\u0323\u0301q");
  for (int i = 0; i < 60; i++) n += (size_t)snprintf(text + n, sizeof text - n, "\u0301\u0323");
  int rc = 0;
  for (int form = MILL_NFC; form <= MILL_DISPLAY && rc == 0; form++) {
    char *out;
    mill_map *map;
    mill_error err = {0};
    rc = mill_normalize(&data, (enum mill_form)form, text, n, &out, &len, &map, &err);
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

/* Glosses, and one that is left to the stages. */
static int fold(void) {
  static const char *const texts[] = {"銀(yín)行(háng)漢ﷺ", "行(háng)́銀(yín)"};
  int rc = 0;
  for (int i = 0; i < 2 && rc == 0; i++) {
    char *out;
    size_t len;
    mill_map *map;
    mill_error err = {0};
    rc = mill_fold(&data, texts[i], strlen(texts[i]), &out, &len, &map, &err);
    if (rc < 0) CHECK(out == NULL && map == NULL && err.code == rc);
    free(out);
    mill_map_free(map);
  }
  return rc;
}

int main(void) {
  sweep("open tables", open_tables);
  if (!CHECK(unicode_attach(&data, folder(), NULL) == 0)) return 1;
  sweep("normalize", normalize);
  sweep("fold", fold);
  unicode_detach(&data);
  mill_image_close(&data.unicode);
  return check_report();
}
