/*
** convert.c - script conversion as a whole: mill_convert.
**
**     text -> [normalised] -> step -> step -> step -> result
**                one map each, composed
**
** OpenCC normalises compatibility ideographs before all else. Texts have none,
** so the first step goes ahead, and where it meets one it gives up, the text is
** normalised and all begins again. Reference: OpenCC 1.4.1, src/Conversion.cpp,
** src/MaxMatchSegmentation.cpp, src/PrefixMatch.cpp.
*/
#include "convert.h"

#include <stdio.h>

#include "alloc.h"
#include "error.h"

typedef struct job {
  const mill_data *d;
  const struct mill_convert *v;
  const convert_config *config;
  user_entries user;
  const user_entries *has_user; /* &user, or NULL */
  int words, normalized;
  mill_map *map;                /* of what is done; NULL: nothing yet, or none wanted */
  int want_map;
} job;

/* ---- finding a configuration --------------------------------------------------- */

static int same_name(const char *a, const char *b) {
  while (*a != 0 && *a == (*b >= 'A' && *b <= 'Z' ? *b + 32 : *b)) a++, b++;
  return *a == 0 && *b == 0;
}

const char *mill_convert_name(const mill_data *d, size_t i) {
  const struct mill_convert *v = d->convert_view;
  return v != NULL && convert_check(d->convert_view, NULL) == 0 && i < v->n_configs ? v->configs[i].name
                                                                                    : NULL;
}

static int find_config(job *j, const char *name, mill_error *err) {
  char known[200] = "";
  size_t len = 0;
  for (size_t i = 0; i < j->v->n_configs; i++) {
    if (same_name(j->v->configs[i].name, name)) return j->config = &j->v->configs[i], 0;
    if (len < sizeof known - 9) len += (size_t)snprintf(known + len, 9, " %.7s", j->v->configs[i].name);
  }
  return mill_fail(err, MILL_ENOTFOUND, 0, "unknown conversion '%.20s'; known:%s", name, known);
}

static int check_input(const mill_data *d, const char *s, size_t n, mill_error *err) {
  size_t position = 0;
  enum mill_utf8_kind kind = MILL_UTF8_OK;
  if (d->convert_view == NULL)
    return mill_fail(err, MILL_ENOTFOUND, 0, "textmill-convert.dat is not among the data images");
  int rc = convert_check(d->convert_view, err);
  if (rc < 0) return rc;
  if (n > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "text of more than 2 GiB");
  if (!mill_utf8_valid(s, n, &position, &kind))
    return mill_fail(err, MILL_EUTF8, position, "not UTF-8: %s", mill_utf8_kind_name(kind));
  return 0;
}

/* ---- the chain ------------------------------------------------------------------- */

/* Puts the map of one more step behind those so far. Takes m. */
static int add_map(job *j, mill_map *m) {
  mill_map *all = NULL;
  if (j->map == NULL) return j->map = m, 0;
  int rc = mill_map_compose(j->map, m, &all);
  mill_map_free(j->map);
  mill_map_free(m);
  return j->map = all, rc;
}

/* One step: s[0,n) with the marks of `in` -> *out. */
static int run_step(job *j, const step *st, const char *s, size_t n, const step_text *in, step_text *out) {
  mill_map *m = j->want_map ? mill_map_new() : NULL;
  if (j->want_map && m == NULL) return MILL_ENOMEM;
  int rc = step_run(st, s, n, &in->cuts, &in->words, out, m);
  if (rc == 0 && m != NULL) return add_map(j, m);
  mill_map_free(m);
  return rc;
}

static step step_at(const job *j, uint32_t k) {
  const convert_config *c = j->config;
  return (step){.v = j->v, .table = c->steps[k].table, .cuts = c->steps[k].flags & CONVERT_CUTS,
                .carry = k + 1 < c->n_steps, .first = k == 0 && !j->normalized,
                .user = k == 0 ? j->has_user : NULL};
}

/* All steps, from s[0,n); the result is left in *out. */
static int run_chain(job *j, const char *s, size_t n, step_text *out, mill_error *err) {
  step_text in = {0};
  int rc = j->words ? words_find(j->d, s, n, &in.words, err) : 0;
  for (uint32_t k = 0; k < j->config->n_steps && rc == 0; k++) {
    step st = step_at(j, k);
    step_text next = {0};
    rc = run_step(j, &st, k == 0 ? s : in.bytes.bytes, k == 0 ? n : in.bytes.len, &in, &next);
    step_text_free(&in);
    in = next;
  }
  *out = in;
  return rc;
}

static int run_normalized(job *j, const char *s, size_t n, step_text *out, mill_error *err) {
  const step normal = {.v = j->v};
  const step_text none = {0};
  step_text text = {0};
  j->normalized = 1;
  int rc = run_step(j, &normal, s, n, &none, &text);
  if (rc == 0) rc = run_chain(j, text.bytes.bytes, text.bytes.len, out, err);
  step_text_free(&text);
  return rc;
}

static int run_job(job *j, const char *s, size_t n, step_text *out, mill_error *err) {
  int rc = run_chain(j, s, n, out, err);
  if (rc != STEP_NORMALIZE) return rc;
  step_text_free(out);
  return run_normalized(j, s, n, out, err);
}

static int fail(int rc, mill_error *err) {
  if (rc == MILL_ENOMEM) return mill_fail_memory(err);
  return rc == MILL_ELIMIT ? mill_fail(err, rc, 0, "the result is more than 2 GiB") : rc;
}

static int convert(job *j, const char *s, size_t n, char **out, size_t *out_len, mill_error *err) {
  step_text text = {0};
  int rc = run_job(j, s, n, &text, err);
  if (rc == 0 && (*out = mill_buffer_take(&text.bytes, out_len)) == NULL) rc = MILL_ENOMEM;
  step_text_free(&text);
  return rc < 0 ? fail(rc, err) : 0;
}

int mill_convert(const mill_data *d, const char *config, const char *s, size_t n,
                 const mill_convert_options *o, char **out, size_t *out_len, mill_map **map,
                 mill_error *err) {
  job j = {.d = d, .v = d->convert_view, .words = o != NULL && o->words, .want_map = map != NULL};
  *out = NULL;
  *out_len = 0;
  if (map != NULL) *map = NULL;
  int rc = check_input(d, s, n, err);
  if (rc == 0) rc = find_config(&j, config, err);
  if (rc == 0 && o != NULL && o->n_entries > 0) {
    rc = user_prepare(&j.user, j.v, o, err);
    j.has_user = &j.user;
  }
  if (rc == 0) rc = convert(&j, s, n, out, out_len, err);
  user_free(&j.user);
  if (rc == 0 && map != NULL)
    *map = j.map;
  else
    mill_map_free(j.map);
  return rc;
}
