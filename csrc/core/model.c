/*
** model.c - opening a model: its image, checked before anything of it is used.
*/
#include "model.h"

#include "alloc.h"
#include "error.h"
#include "tagger.h"

/* A section that must have exactly `want` items. */
static const void *section(const mill_image *im, const char *name, size_t item, size_t want,
                           mill_error *err) {
  size_t n;
  const void *p = mill_image_section(im, name, item, &n, err);
  if (p == NULL || n == want) return p;
  mill_fail(err, MILL_ECORRUPT, 0, "the model's section '%s' has %zu items, not %zu", name, n, want);
  return NULL;
}

static int check_params(const model_params *p, mill_error *err) {
  if (p->layout != MODEL_LAYOUT)
    return mill_fail(err, MILL_EVERSION, 0, "the model has layout %u, this textmill reads %u",
                     (unsigned)p->layout, MODEL_LAYOUT);
  if (p->n_lines > MODEL_MAX_LINES || !model_fits(p->n_lines, p->bits))
    return mill_fail(err, MILL_ECORRUPT, 0, "the model's parameters are damaged");
  return 0;
}

/* Ids index tables: none may be out of them. The other tables hold weights,
** of which any value will do. */
static int check_ids(const model_view *v, mill_error *err) {
  uint32_t all = 0;
  for (size_t c = 0; c < 65536; c++) all |= v->chars[c];
  for (size_t i = 0; i < MODEL_IDS; i++) all |= (uint32_t)(v->types[i] & ~7u) << 12;
  return all < MODEL_IDS ? 0 : mill_fail(err, MILL_ECORRUPT, 0, "the model's ids are damaged");
}

int model_attach(model_view *v, const mill_image *im, mill_error *err) {
  v->params = section(im, "params", sizeof *v->params, 1, err);
  if (v->params == NULL) return MILL_ECORRUPT;
  int rc = check_params(v->params, err);
  if (rc < 0) return rc;
  v->chars = section(im, "chars", sizeof *v->chars, 65536, err);
  if (v->chars == NULL) return MILL_ECORRUPT;
  v->types = section(im, "types", 1, MODEL_IDS, err);
  if (v->types == NULL) return MILL_ECORRUPT;
  v->units = (const int16_t (*)[8])section(im, "units", sizeof *v->units, MODEL_IDS, err);
  if (v->units == NULL) return MILL_ECORRUPT;
  v->lines = section(im, "lines", sizeof *v->lines, (size_t)v->params->n_lines + 1, err);
  if (v->lines == NULL) return MILL_ECORRUPT;
  v->type_weight = section(im, "w.types", 2, MODEL_N_TYPES, err);
  if (v->type_weight == NULL) return MILL_ECORRUPT;
  v->path_weight = section(im, "w.paths", 2, MODEL_N_PATHS, err);
  if (v->path_weight == NULL) return MILL_ECORRUPT;
  v->span_weight = section(im, "w.spans", 2, MODEL_N_SPANS, err);
  if (v->span_weight == NULL) return MILL_ECORRUPT;
  v->pair_weight = section(im, "w.pairs", 2, MODEL_N_PAIRS, err);
  if (v->pair_weight == NULL) return MILL_ECORRUPT;
  return check_ids(v, err);
}

int mill_model_open(const char *path, mill_model **out, mill_error *err) {
  *out = NULL;
  mill_model *m = mem_calloc(1, sizeof *m);
  if (m == NULL) return mill_fail_memory(err);
  int rc = mill_image_open(&m->image, path, "model", err);
  if (rc == 0) rc = mill_image_verify(&m->image, path, err);
  if (rc == 0) rc = model_attach(&m->view, &m->image, err);
  if (rc == 0) rc = tagger_attach(&m->tagger, &m->image, err);
  if (rc == 0)
    *out = m;
  else
    mill_model_free(m);
  return rc;
}

void mill_model_free(mill_model *m) {
  if (m == NULL) return;
  tagger_detach(m->tagger);
  mill_image_close(&m->image);
  mem_free(m);
}

const char *mill_model_describe(const mill_model *m) { return m->image.description; }
