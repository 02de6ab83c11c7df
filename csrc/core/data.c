/*
** data.c - all images together: what every stage reads and nobody writes.
** A mill_data is complete or not there at all.
*/
#include "data.h"

#include <string.h>

#include "alloc.h"
#include "error.h"

static int attach_all(mill_data *d, const char *dir, mill_error *err) {
  int rc = unicode_attach(d, dir, err);
  if (rc == 0) rc = lexicon_attach(d, dir, err);
  if (rc == 0) rc = places_attach(d, dir, err);
  if (rc == 0) rc = calendar_attach(d, dir, err);
  if (rc == 0) rc = convert_attach(d, dir, err);
  if (rc == 0) rc = villages_attach(d, dir, err);
  if (rc == 0) rc = rec_signs_attach(d, err);
  return rc == 0 ? cues_attach(d, err) : rc;
}

int mill_data_open(const char *dir, mill_data **out, mill_error *err) {
  *out = NULL;
  mill_data *d = mem_calloc(1, sizeof *d);
  if (d == NULL) return mill_fail_memory(err);
  int rc = attach_all(d, dir, err);
  if (rc == 0)
    *out = d;
  else
    mill_data_free(d);
  return rc;
}

void mill_data_free(mill_data *d) {
  if (d == NULL) return;
  villages_detach(d);
  convert_detach(d);
  cues_detach(d);
  rec_signs_detach(d);
  calendar_detach(d); /* a view may look into the images before its own */
  places_detach(d);
  lexicon_detach(d);
  unicode_detach(d);
  mill_image_close(&d->villages);
  mill_image_close(&d->convert);
  mill_image_close(&d->calendar);
  mill_image_close(&d->places);
  mill_image_close(&d->lexicon);
  mill_image_close(&d->unicode);
  mem_free(d);
}

static const char *const KEYS[] = {"unicode", "lexicon", "places", "calendar", "convert", "villages"};
enum { IMAGES = sizeof KEYS / sizeof *KEYS };

static const mill_image *image_at(const mill_data *d, size_t i) {
  const mill_image *images[] = {&d->unicode, &d->lexicon, &d->places, &d->calendar,
                                &d->convert, &d->villages};
  return images[i];
}

int mill_data_verify(const mill_data *d, mill_error *err) {
  int rc = 0;
  for (size_t i = 0; i < IMAGES && rc == 0; i++)
    if (image_at(d, i)->bytes != NULL) rc = mill_image_verify(image_at(d, i), KEYS[i], err);
  return rc;
}

const char *mill_data_describe(const mill_data *d, const char *key) {
  for (size_t i = 0; i < IMAGES; i++)
    if (strcmp(KEYS[i], key) == 0) return image_at(d, i)->description;
  return NULL;
}
