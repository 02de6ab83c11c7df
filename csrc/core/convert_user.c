/*
** convert_user.c - what guides the first step from outside: the user's entries,
** and where words begin.
**
** Entries lie in an open hash table by the whole key. A place is looked up for
** every length some key has, longest first, and only where the bits `begins`
** allow the first character: at most 255 looks a character.
*/
#include "alloc.h"
#include "convert.h"
#include "error.h"
#include "utf8.h"

static int check_entry(const mill_convert_entry *e, size_t i, mill_error *err) {
  if (e->key_len < 1 || e->key_len > 255)
    return mill_fail(err, MILL_EINVAL, 0, "the key of entry %zu has %zu bytes: 1 to 255 are possible",
                     i + 1, e->key_len);
  if (!mill_utf8_valid(e->key, e->key_len, NULL, NULL) ||
      !mill_utf8_valid(e->value, e->value_len, NULL, NULL))
    return mill_fail(err, MILL_EINVAL, 0, "entry %zu is not UTF-8", i + 1);
  if (e->value_len > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "entry %zu is too long", i + 1);
  return 0;
}

/* The keys as they stand in a normalised text, one behind the other. */
static int normalize_keys(user_entries *u, const struct mill_convert *v, size_t n) {
  const marks none = {0};
  step_text text = {0};
  step normal = {.v = v};
  mill_buffer all = {0};
  int rc = 0;
  for (size_t i = 0; i < n && rc == 0; i++) {
    u->key_at[i] = (uint32_t)all.len;
    text.bytes.len = 0;
    rc = step_run(&normal, u->entries[i].key, u->entries[i].key_len, &none, &none, &text, NULL);
    if (rc == 0 && text.bytes.len > 0) mill_buffer_append(&all, text.bytes.bytes, text.bytes.len);
    if (rc == 0 && all.len > MILL_MAX_BYTES) rc = MILL_ELIMIT;
  }
  u->key_at[n] = (uint32_t)all.len;
  step_text_free(&text);
  u->keys = all.bytes;
  return rc != 0 ? rc : all.error;
}

static uint32_t slot_of(const user_entries *u, const char *key, size_t len) {
  uint32_t i = (uint32_t)mill_hash64(key, len, 0) & u->mask, k;
  while ((k = u->slots[i]) != 0) {
    size_t have = u->key_at[k] - u->key_at[k - 1];
    if (have == len && memcmp(u->keys + u->key_at[k - 1], key, len) == 0) break;
    i = (i + 1) & u->mask;
  }
  return i;
}

static void file_entry(user_entries *u, uint32_t i) {
  size_t len = u->key_at[i + 1] - u->key_at[i], first;
  const char *key = u->keys + u->key_at[i];
  uint32_t c = utf8_decode(key, &first);
  u->slots[slot_of(u, key, len)] = i + 1;
  u->lengths[len / 8] |= (uint8_t)(1u << len % 8);
  u->begins[c >> 6 & 255u] |= UINT64_C(1) << (c & 63u);
  if (len > u->longest) u->longest = (uint32_t)len;
}

int user_prepare(user_entries *u, const struct mill_convert *v, const mill_convert_options *o,
                 mill_error *err) {
  size_t n = o->n_entries, size = 16;
  int rc = 0;
  *u = (user_entries){.entries = o->entries};
  if (n > 1u << 24) return mill_fail(err, MILL_ELIMIT, 0, "more than 16 million entries");
  for (size_t i = 0; i < n && rc == 0; i++) rc = check_entry(&o->entries[i], i, err);
  if (rc < 0) return rc;
  while (size < 2 * n) size *= 2;
  u->mask = (uint32_t)size - 1;
  u->slots = mem_calloc(size, sizeof *u->slots);
  u->key_at = mem_calloc(n + 1, sizeof *u->key_at);
  rc = u->slots == NULL || u->key_at == NULL ? MILL_ENOMEM : normalize_keys(u, v, n);
  if (rc < 0)
    return rc == MILL_ENOMEM ? mill_fail_memory(err) : mill_fail(err, rc, 0, "the entries are too long");
  for (uint32_t i = 0; i < n; i++) file_entry(u, i);
  return 0;
}

void user_free(user_entries *u) {
  mem_free(u->slots);
  mem_free(u->key_at);
  mem_free(u->keys);
  *u = (user_entries){0};
}

int64_t user_find(const user_entries *u, const char *s, size_t n, uint32_t c, size_t *len) {
  if (!(u->begins[c >> 6 & 255u] >> (c & 63u) & 1u)) return -1;
  for (size_t k = n < u->longest ? n : u->longest; k > 0; k--) {
    if (!(u->lengths[k / 8] >> k % 8 & 1)) continue;
    uint32_t found = u->slots[slot_of(u, s, k)];
    if (found != 0) return *len = k, (int64_t)found - 1;
  }
  return -1;
}

/* ---- words ----------------------------------------------------------------------- */

static int add_words(const mill_tokens *t, const mill_map *fold, size_t n, marks *out) {
  int rc = 0;
  for (size_t k = 0; k < t->n && rc == 0; k++) {
    mill_span first = mill_map_from(fold, (mill_span){t->start[k], t->start[k] + 1});
    if (out->n == 0 ? first.from == 0 : first.from > out->at[out->n - 1]) rc = marks_add(out, first.from);
  }
  if (rc == 0 && (out->n == 0 || out->at[out->n - 1] < n)) rc = marks_add(out, (uint32_t)n);
  return rc;
}

int words_find(const mill_data *d, const char *s, size_t n, marks *out, mill_error *err) {
  mill_tokens t = {0};
  mill_map *fold = NULL;
  char *folded = NULL;
  size_t len = 0;
  int rc = mill_normalize(d, MILL_FOLD, s, n, &folded, &len, &fold, err);
  if (rc == 0) rc = mill_segment(mill_data_lexicon(d), folded, len, NULL, &t, err);
  if (rc == 0 && (rc = add_words(&t, fold, n, out)) < 0) rc = mill_fail_memory(err);
  mem_free(folded);
  mill_map_free(fold);
  mill_tokens_free(&t);
  return rc;
}
