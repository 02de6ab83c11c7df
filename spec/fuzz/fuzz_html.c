/* fuzz_html.c - tokens tile the source, text and map agree, hints are in range. */
#include <stdlib.h>
#include <string.h>

#include "core/clean.h"
#include "core/html.h"
#include "textmill.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define MUST(x) do { if (!(x)) __builtin_trap(); } while (0)

/* Each byte of the text leads to its source: unchanged ones to the same byte,
** white space and references to a piece of the kind that made them. */
static void check_bytes(const char *s, const mill_stage *stage) {
  const mill_run *runs;
  size_t n = mill_map_runs(stage->map, &runs);
  uint32_t source = 0, output = 0;
  for (size_t k = 0; k <= n; k++) {
    uint32_t to = k < n ? runs[k].output : (uint32_t)stage->len,
             from = k < n ? runs[k].source : source + (to - output);
    MUST(to >= output && from - source == to - output);
    MUST(memcmp(s + source, stage->text + output, to - output) == 0);
    if (k == n) return;
    const mill_run *r = &runs[k];
    source = r->source + r->count * r->source_len, output = r->output + r->count * r->output_len;
    int entity = r->kind == MILL_EDIT_ENTITY, markup = r->kind == MILL_EDIT_HTML;
    MUST(entity || markup || r->kind == MILL_EDIT_BLANK);
    MUST(r->source_len > 0 && r->output_len <= (entity ? r->source_len + 1u : 1u));
    for (uint32_t i = 0; i < r->count && entity; i++) MUST(s[r->source + i * r->source_len] == '&');
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  const char *s = (const char *)bytes;
  if (!mill_utf8_valid(s, size, NULL, NULL)) return 0;
  html_tokenizer tokens;
  html_token t;
  size_t at = 0;
  html_begin(&tokens, s, size);
  for (html_next(&tokens, &t); t.kind != HTML_EOF; html_next(&tokens, &t)) {
    MUST(t.from == at && t.to > t.from && t.to <= size);
    at = t.to;
    for (int k = 0; k < HTML_NOTED; k++)
      MUST((t.noted >> k & 1) == 0 ||
           (t.value[k].from <= t.value[k].to && t.value[k].to <= t.to && t.value[k].from > t.from));
    html_attribute a;
    for (size_t i = t.name_to; t.kind == HTML_START && html_next_attribute(s, t.to, &i, &a);)
      MUST(a.name >= t.from && a.name_to <= t.to && a.value <= a.value_to && a.value_to <= t.to);
  }
  MUST(at == size);
  html_looks_like(s, size);
  mill_stage stage = {0};
  html_structure structure = {0};
  mill_error err;
  MUST(html_to_text(s, size, 16, &stage, &structure, &err) == 0);
  MUST(mill_map_source_len(stage.map) == size && mill_map_output_len(stage.map) == stage.len);
  check_bytes(s, &stage);
  MUST(mill_utf8_valid(stage.text, stage.len, NULL, NULL));
  uint32_t last = 0;
  for (uint32_t k = 0; k < structure.n_hints; k++) {
    const html_hint *h = &structure.hints[k];
    MUST(h->clean.from >= last && h->clean.from < h->clean.to && h->clean.to <= stage.len);
    MUST(h->linked <= h->clean.to - h->clean.from);
    last = h->clean.to;
  }
  for (uint32_t k = 0; k < structure.n_facts; k++)
    MUST(structure.facts[k].raw.from <= structure.facts[k].raw.to && structure.facts[k].raw.to <= size);
  mill_stage_free(&stage);
  html_structure_free(&structure);
  return 0;
}
