/*
** sentences.c - reads text whose words are known: words separated by blanks, or
** CoNLL-U (columns FORM and UPOS; multiword tokens and empty nodes are left out).
*/
#include <stdlib.h>
#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "../core/error.h"
#include "train.h"

static int add_tag(train_sentences *c, const char *name, size_t n, uint8_t *tag) {
  uint32_t i = 0;
  char key[16] = {0};
  memcpy(key, name, n < sizeof key ? n : sizeof key - 1);
  while (i < c->n_tags && strcmp(c->tag_name[i], key) != 0) i++;
  if (i == 64) return MILL_ELIMIT;
  if (i == c->n_tags) memcpy(c->tag_name[c->n_tags++], key, sizeof key);
  *tag = (uint8_t)i;
  return 0;
}

/* One word, folded by itself. */
static int add_word(train_sentences *c, const mill_data *d, const char *s, size_t n, uint8_t tag,
                    mill_error *err) {
  char *folded;
  size_t len;
  int rc = mill_normalize(d, MILL_FOLD, s, n, &folded, &len, NULL, err);
  if (rc < 0) return rc;
  if (len > 0 && c->n_text + len > MILL_MAX_BYTES)
    rc = mill_fail(err, MILL_ELIMIT, 0, "the training text is too long");
  if (rc == 0 && len > 0) {
    if (mill_grow(&c->text, &c->text_room, c->n_text + len, 1) < 0 ||
        mill_grow(&c->word_end, &c->words_room, c->n_words + 1, sizeof *c->word_end) < 0 ||
        mill_grow(&c->tag, &c->tags_room, c->n_words + 1, 1) < 0) {
      rc = mill_fail_memory(err);
    } else {
      memcpy(c->text + c->n_text, folded, len);
      c->n_text += len;
      c->tag[c->n_words] = tag;
      c->word_end[c->n_words++] = (uint32_t)c->n_text;
    }
  }
  mem_free(folded);
  return rc;
}

/* Ends the sentence, unless it is empty. */
static int end_sentence(train_sentences *c, mill_error *err) {
  size_t first = c->n_sentences == 0 ? 0 : c->first_word[c->n_sentences];
  if (c->n_words == first) return 0;
  if (mill_grow(&c->first_word, &c->sentences_room, c->n_sentences + 2, sizeof *c->first_word) < 0)
    return mill_fail_memory(err);
  c->first_word[0] = 0;
  c->first_word[++c->n_sentences] = (uint32_t)c->n_words;
  return 0;
}

static size_t blank_len(const char *s, size_t n) {
  if (*s == ' ' || *s == '\t' || *s == '\r') return 1;
  if (n >= 3 && (memcmp(s, "\xE3\x80\x80", 3) == 0 || memcmp(s, "\xEF\xBB\xBF", 3) == 0)) return 3;
  return 0;
}

static int read_words(train_sentences *c, const mill_data *d, const char *s, size_t n, mill_error *err) {
  int rc = 0;
  for (size_t i = 0, from; rc == 0 && i < n;) {
    size_t blank = blank_len(s + i, n - i);
    if (blank > 0) {
      i += blank;
      continue;
    }
    for (from = i; i < n && blank_len(s + i, n - i) == 0;) i++;
    rc = add_word(c, d, s + from, i - from, 255, err);
  }
  return rc == 0 ? end_sentence(c, err) : rc;
}

/* The k-th column of a line of CoNLL-U; its length, 0 none. */
static size_t column(const char *s, size_t n, int k, const char **out) {
  const char *p = s, *end = s + n, *tab;
  for (; (tab = memchr(p, '\t', (size_t)(end - p))) != NULL && k > 0; k--) p = tab + 1;
  *out = p;
  if (k > 0) return 0;
  return (size_t)((tab != NULL ? tab : end) - p);
}

static int read_conll(train_sentences *c, const mill_data *d, const char *s, size_t n, mill_error *err) {
  const char *id, *form, *upos;
  size_t len;
  uint8_t tag;
  if (n > 0 && s[n - 1] == '\r') n--;
  if (n == 0) return end_sentence(c, err);
  if (*s == '#') return 0;
  size_t id_len = column(s, n, 0, &id), tag_len = column(s, n, 3, &upos);
  for (size_t i = 0; i < id_len; i++)
    if (id[i] < '0' || id[i] > '9') return 0; /* 1-2, 3.1 */
  if ((len = column(s, n, 1, &form)) == 0 || tag_len == 0)
    return mill_fail(err, MILL_EFORMAT, 0, "a line without FORM and UPOS columns");
  if (add_tag(c, upos, tag_len, &tag) < 0) return mill_fail(err, MILL_ELIMIT, 0, "more than 64 tags");
  return add_word(c, d, form, len, tag, err);
}

int sentences_read(train_sentences *c, const mill_data *d, const char *path, mill_error *err) {
  char *s;
  size_t n, name = strlen(path), line_number = 1;
  int rc = mill_read_file(path, MILL_MAX_BYTES, &s, &n, err);
  if (rc < 0) return rc;
  int conll = (name > 6 && strcmp(path + name - 6, ".conll") == 0) ||
              (name > 7 && strcmp(path + name - 7, ".conllu") == 0);
  for (const char *p = s, *end = s + n, *line; rc == 0 && p < end; p = line + 1, line_number++) {
    if ((line = memchr(p, '\n', (size_t)(end - p))) == NULL) line = end;
    rc = (conll ? read_conll : read_words)(c, d, p, (size_t)(line - p), err);
  }
  mem_free(s);
  if (rc == 0) rc = end_sentence(c, err);
  if (rc < 0 && rc != MILL_ENOMEM) {
    mill_error inner = *err;
    return mill_fail(err, rc, 0, "%.80s, line %zu: %.120s", path, line_number - 1, inner.message);
  }
  if (rc == 0 && c->n_sentences == 0) return mill_fail(err, MILL_EEMPTY, 0, "%s holds no words", path);
  return rc;
}

void sentences_free(train_sentences *c) {
  mem_free(c->text);
  mem_free(c->word_end);
  mem_free(c->tag);
  mem_free(c->first_word);
  memset(c, 0, sizeof *c);
}
