/* sweep_store.c - adding, searching, facts and checking with every allocation refused in turn. */
#include <string.h>

#include "alloc_sweep.h"
#include "core/pattern.h"
#include "store/record.h"
#include "store/store.h"

static mill_data *data;
static mill_corpus *corpus;
static mill_error err;

static int add_from(const char *path, const char *id, const char *text) {
  mill_receipt r;
  mill_source source = {.id = id, .path = path, .meta = "{}"};
  return mill_corpus_add_raw(corpus, text, strlen(text), NULL, &source, &r, &err);
}
static int add(const char *id, const char *text) { return add_from("a/b.html", id, text); }

/* What a refusal leaves is undone, so that every round begins alike. */
static int adding(void) {
  int code = mill_corpus_begin(corpus, &err);
  if (code == 0) code = add("2", "<h1>新設(shè)卡口</h1><p>共14個(gè)，值守3人。</p>");
  if (code == 0) code = add("1", "另一个内容。");
  if (code == 0) code = mill_corpus_remove(corpus, "1", &err);
  mill_corpus_rollback(corpus, &err);
  return code;
}

static int recording(void) {
  static const char line[] = "{\"text\":\"村口\\n\",\"id\":7,\"a\":true}";
  mill_record r = {0};
  int code = mill_record_read(&r, line, sizeof line - 1);
  mill_record_free(&r);
  return code < 0 ? code : 0;
}

static int give(int code, mill_rows **rows) {
  mill_rows_free(*rows);
  *rows = NULL;
  return code;
}

static int reading(void) {
  static const char *const queries[] = {"卡口", "值* -(a|b)", "*守 word:卡口"};
  mill_query_options sorted = {.sort = MILL_SORT_RIGHT};
  mill_rows *rows = NULL;
  int code = 0;
  for (int k = 0; k < 3 && code == 0; k++)
    code = give(mill_corpus_search(corpus, queries[k], NULL, &rows, NULL, &err), &rows);
  if (code == 0) code = give(mill_corpus_kwic(corpus, "卡口", &sorted, &rows, NULL, &err), &rows);
  if (code == 0) code = give(mill_corpus_docs(corpus, NULL, &rows, &err), &rows);
  if (code == 0) code = give(mill_corpus_cite(corpus, "1#0,3", &rows, &err), &rows);
  if (code == 0) code = give(mill_corpus_duplicates(corpus, 0.5, &rows, &err), &rows);
  if (code == 0) code = give(mill_corpus_verify(corpus, &rows, &err), &rows);
  return code;
}

static int storing(void) {
  mill_argument args[] = {{"value", {0, 3}}, {"item", {3, 6}}};
  mill_mention mention = {.clean = {0, 6}, .rule = "r", .args = args, .n_args = 2};
  mill_fact fact = {.type = "quantity", .item = "卡口", .mentions = &mention, .n_mentions = 1};
  mill_filter where = {"item", "卡口"};
  mill_rows *rows = NULL;
  int64_t doc;
  int code = mill_corpus_find(corpus, "1", &doc, &err);
  if (code == 0)
    code = mill_corpus_store_facts(corpus, doc, "p", "1", &fact, 1, NULL, 0, NULL, &err);
  return code == 0 ? give(mill_corpus_facts(corpus, &where, 1, &rows, &err), &rows) : code;
}

/* Words in, out, a group, candidates; undone. */
static int wording(void) {
  mill_userwords *u = NULL;
  mill_new_words_options o = {.min_count = 1, .min_docs = 1, .min_cohesion = 0.01, .min_entropy = 0.01};
  mill_rows *rows = NULL;
  int code = mill_userwords_new(data, &u, &err);
  if (code == 0) code = mill_userwords_add(u, "立卡口", strlen("立卡口"), NULL, &err);
  if (code == 0 && (code = mill_userwords_remove(u, "有人", strlen("有人"), &err)) > 0) code = 0;
  if (code == 0) code = mill_corpus_begin(corpus, &err);
  if (code == 0) code = mill_corpus_userwords(corpus, u, NULL, &err);
  if (code == 0) code = mill_corpus_reindex(corpus, NULL, &err);
  if (code == 0) code = mill_corpus_group(corpus, "gate", "立卡口 值守", &err);
  if (code == 0) code = give(mill_corpus_kwic(corpus, "@gate", NULL, &rows, NULL, &err), &rows);
  if (code == 0) code = give(mill_corpus_new_words(corpus, &o, &rows, &err), &rows);
  mill_corpus_rollback(corpus, &err);
  mill_userwords_free(u);
  return code;
}

/* Statistics of a part; what they keep is made anew each round, for the batch changes the file. */
static int counting(void) {
  static const char *const ids[] = {"1"};
  mill_condition where = {.key = "doc", .values = ids, .n_values = 1};
  mill_collocate_options o = {.min = 1};
  mill_frequency_options runs = {.n = 2}, words = {0}, tags = {.of = MILL_OF_TAGS};
  mill_scope *scope = NULL;
  mill_rows *rows = NULL;
  mill_dispersion d;
  mill_counts totals;
  uint64_t total;
  int code = mill_corpus_begin(corpus, &err);
  if (code == 0) code = mill_corpus_group(corpus, "post", "卡口 有人值守", &err);
  if (code == 0) code = give(mill_corpus_collocates(corpus, "@post|值*", &o, &rows, &totals, &err), &rows);
  if (code == 0) code = mill_scope_new(corpus, &where, 1, &scope, &err);
  mill_corpus_restrict(corpus, scope);
  if (code == 0) code = give(mill_corpus_frequencies(corpus, &runs, &rows, &total, &err), &rows);
  if (code == 0) code = give(mill_corpus_frequencies(corpus, &words, &rows, &total, &err), &rows);
  if (code == 0) code = give(mill_corpus_frequencies(corpus, &tags, &rows, &total, &err), &rows);
  if (code == 0) code = give(mill_corpus_keyness(corpus, NULL, 1, 0, &rows, &err), &rows);
  if (code == 0) code = mill_corpus_dispersion(corpus, "卡口", &d, &err);
  if (code == 0) code = give(mill_corpus_similar(corpus, "1", 0, &rows, &err), &rows);
  mill_corpus_restrict(corpus, NULL);
  mill_scope_free(scope);
  mill_corpus_rollback(corpus, &err);
  return code;
}

/* Patterns: of words, on columns that are kept or not; of what the machine alone knows. */
static mill_program *programs[3];

static int make_programs(void) {
  mill_pattern *gate = pattern_text(PAT_LITERAL, "卡口", strlen("卡口"), &err);
  mill_pattern *one = pattern_text(PAT_LITERAL, "一处", strlen("一处"), &err);
  mill_pattern *both[] = {gate, one}, *noun = pattern_named(PAT_TAG, "n v", &err);
  mill_pattern *set = pattern_set(both, 2, &err), *words = pattern_sequence(noun, set, &err);
  mill_pattern *number = pattern_recognize(MILL_REC_NUMBER, NULL, NULL, 0, &err);
  mill_pattern *block = pattern_named(PAT_BLOCK, "paragraph", &err);
  mill_pattern *text = pattern_sequence(block, gate, &err);
  mill_pattern *all[] = {noun, gate, one, set, words, number, block, text};
  int code = mill_program_new(words, 0, &programs[0], &err);
  if (code == 0) code = mill_program_new(number, 0, &programs[1], &err);
  if (code == 0) code = mill_program_new(text, 0, &programs[2], &err);
  for (size_t k = 0; k < sizeof all / sizeof *all; k++) pattern_release(all[k]);
  return code;
}

static int match(const mill_program *program, uint64_t limit) {
  mill_match_options o = {.limit = limit};
  mill_matches *m = NULL;
  uint64_t number, of;
  int code = mill_corpus_match(corpus, program, &o, &m, &err);
  if (code == 0) CHECK(mill_matches_count(m) == 0 || mill_matches_at(m, 0, &number, &of) > 0);
  mill_matches_free(m);
  return code;
}

static int matching(void) {
  int code = mill_corpus_begin(corpus, &err);
  if (code == 0) code = mill_corpus_group(corpus, "gate", "卡口", &err);
  for (int k = 0; k < 6 && code == 0; k++) code = match(programs[k % 3], k < 3);
  mill_corpus_rollback(corpus, &err);
  return code;
}

static int opening(void) {
  mill_corpus *c = NULL;
  int code = mill_corpus_open(data, NULL, MILL_MODE_CREATE, &c, &err);
  mill_corpus_close(c);
  return code;
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  if (!CHECK_EQ(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err), 0))
    return check_report();
  CHECK_EQ(mill_corpus_open(data, NULL, MILL_MODE_CREATE, &corpus, &err), 0);
  CHECK_EQ(add("1", "村口設立卡口一处，有人值守。"), 0);
  CHECK_EQ(add_from("c", "3", "村口设立卡口一处，有人值守!"), 0);
  sweep("words", wording);
  sweep("opening", opening);
  sweep("adding", adding);
  sweep("recording", recording);
  sweep("reading", reading);
  sweep("counting", counting);
  sweep("storing", storing);
  if (CHECK_EQ(make_programs(), 0)) sweep("matching", matching);
  for (int k = 0; k < 3; k++) mill_program_free(programs[k]);
  mill_corpus_close(corpus);
  mill_data_free(data);
  return check_report();
}
