/*
** words_rivals.cpp - other segmenters as engines of `make bench-words` (words_engine.h),
** each at the settings that suit it best:
**
**   icu             word break iterator over UTF-8 (UText)
**   cppjieba        words and the hidden Markov model, offsets; dictionaries in $CPPJIEBA
**   cppjieba-plain  words alone, which is faster
**   friso, friso-simple   complex and simple mode, without synonyms; $FRISO_INI
*/
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "words_engine.h"

/* ---- ICU ------------------------------------------------------------------------- */

static UBreakIterator *breaks;
static UText *text;

static void icu_open(void) {
  UErrorCode e = U_ZERO_ERROR;
  breaks = ubrk_open(UBRK_WORD, "zh", NULL, 0, &e);
  text = utext_openUTF8(NULL, "中文", -1, &e); /* loads its dictionary, too */
  ubrk_setUText(breaks, text, &e);
  if (U_FAILURE(e)) engine_die("ICU: no word breaks");
  while (ubrk_next(breaks) != UBRK_DONE) {}
}

static size_t icu_cut(const char *s, size_t n, cut_list *out) {
  UErrorCode e = U_ZERO_ERROR;
  size_t count = 0;
  text = utext_openUTF8(text, s, (int64_t)n, &e);
  ubrk_setUText(breaks, text, &e);
  if (U_FAILURE(e)) engine_die("ICU failed");
  int32_t from = ubrk_first(breaks);
  for (int32_t to; (to = ubrk_next(breaks)) != UBRK_DONE; from = to, count++)
    if (out != NULL) cut_add(out, (size_t)from, (size_t)to);
  return count;
}

/* ---- cppjieba -------------------------------------------------------------------- */

#ifdef BENCH_CPPJIEBA
#include "cppjieba/MixSegment.hpp"

static cppjieba::DictTrie *dict;
static cppjieba::HMMModel *hmm;
static cppjieba::MixSegment *mix;

static void jieba_open(void) {
  std::string folder = getenv("CPPJIEBA");
  dict = new cppjieba::DictTrie(folder + "/jieba.dict.utf8", "");
  hmm = new cppjieba::HMMModel(folder + "/hmm_model.utf8");
  mix = new cppjieba::MixSegment(dict, hmm);
}

static size_t jieba_run(const char *s, size_t n, cut_list *out, bool with_hmm) {
  static std::vector<cppjieba::Word> words;
  words.clear();
  mix->Cut(std::string(s, n), words, with_hmm);
  for (size_t k = 0; out != NULL && k < words.size(); k++)
    cut_add(out, words[k].offset, words[k].offset + words[k].word.size());
  return words.size();
}

static size_t jieba_cut(const char *s, size_t n, cut_list *out) { return jieba_run(s, n, out, true); }
static size_t jieba_plain(const char *s, size_t n, cut_list *out) { return jieba_run(s, n, out, false); }
#endif

/* ---- friso ----------------------------------------------------------------------- */

#ifdef BENCH_FRISO
extern "C" {
#include <friso/friso.h>
}

static friso_t friso;
static friso_config_t config;
static friso_task_t task;

static void friso_open(friso_mode_t mode) {
  friso = friso_new();
  config = friso_new_config();
  if (friso_init_from_ifile(friso, config, getenv("FRISO_INI")) != 1) engine_die("friso: no dictionary");
  friso_set_mode(config, mode);
  config->add_syn = config->clr_stw = config->en_sseg = 0;
  config->keep_urec = 1;
  task = friso_new_task();
}
static void friso_open_complex(void) { friso_open(__FRISO_COMPLEX_MODE__); }
static void friso_open_simple(void) { friso_open(__FRISO_SIMPLE_MODE__); }

/* Between tokens are signs, which it leaves out: a word for each character. */
static void add_gap(const char *s, size_t from, size_t to, cut_list *out) {
  for (size_t i = from; i < to; i++)
    if (i == from || ((unsigned char)s[i] & 0xC0) != 0x80) {
      size_t end = i + 1;
      while (end < to && ((unsigned char)s[end] & 0xC0) == 0x80) end++;
      cut_add(out, i, end);
    }
}

static size_t friso_cut(const char *s, size_t n, cut_list *out) {
  size_t count = 0, done = 0;
  friso_set_text(task, const_cast<char *>(s));
  for (friso_token_t t; (t = config->next_token(friso, config, task)) != NULL; count++) {
    size_t from = (size_t)t->offset; /* rlen is wrong for signs of full width */
    size_t to = from + (strncmp(s + from, t->word, t->length) == 0 ? t->length : t->rlen);
    if (out == NULL || from < done || to > n) continue;
    add_gap(s, done, from, out);
    cut_add(out, from, done = to);
  }
  if (out != NULL) add_gap(s, done, n, out);
  return count;
}
#endif

int main(int argc, char **argv) {
  static const engine all[] = {
    {"icu", icu_open, NULL, icu_cut},
#ifdef BENCH_CPPJIEBA
    {"cppjieba", jieba_open, NULL, jieba_cut},
    {"cppjieba-plain", jieba_open, NULL, jieba_plain},
#endif
#ifdef BENCH_FRISO
    {"friso", friso_open_complex, NULL, friso_cut},
    {"friso-simple", friso_open_simple, NULL, friso_cut},
#endif
  };
  return engine_main(all, sizeof all / sizeof *all, argc, argv);
}
