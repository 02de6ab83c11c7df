/*
** pattern_code.c - from the tree to instructions (see pattern_code.h).
** Errors are sticky: after the first one every emit is a no-op, and
** mill_program_new looks once, at the end.
*/
#include "pattern_code.h"

#include <string.h>

#include <unicode/utext.h>

#include "alloc.h"
#include "error.h"

#define MAX_CODE (1u << 20) /* instructions; p^{1000,1000} of itself ends here */

/* What a node was given in the program's tables: a repeat compiles its child
** many times, its texts, sets and regular expressions only once. */
typedef struct resource { const mill_pattern *node; uint32_t value; } resource;

typedef struct compiler {
  mill_program *prog;
  const mill_pattern *grammar; /* the innermost one around */
  int code;                    /* sticky error */
  mill_error *err;
  resource *resources;         /* open hash by node */
  uint32_t n_resources, n_slots;
} compiler;

static void emit_node(compiler *c, const mill_pattern *p);

static void fail(compiler *c, int code) {
  if (c->code == 0 && code < 0) c->code = code;
}

/* Makes room for one more item of an array of the program. */
#define ROOM(c, array, n, capacity) \
  ((c)->code == 0 ? (fail(c, mill_grow(&(array), &(capacity), (size_t)(n) + 1, sizeof *(array))), \
                     (c)->code == 0) : 0)

static uint32_t emit(compiler *c, enum opcode op, uint8_t x, uint32_t a, uint32_t b) {
  mill_program *g = c->prog;
  if (g->n_code >= MAX_CODE && c->code == 0)
    fail(c, mill_fail(c->err, MILL_ELIMIT, 0, "the pattern is too large: over %u instructions",
                      MAX_CODE));
  if (!ROOM(c, g->code, g->n_code, g->code_capacity)) return 0;
  g->code[g->n_code] = (instruction){(uint8_t)op, x, 0, a, b};
  return g->n_code++;
}

/* Lets the jump, choice or look at `at` go to the next instruction. */
static void land(compiler *c, uint32_t at) {
  if (c->code == 0) c->prog->code[at].a = c->prog->n_code;
}

static resource *resource_slot(resource *table, uint32_t n, const mill_pattern *node) {
  uint32_t at = (uint32_t)((uint64_t)(uintptr_t)node * 0x9E3779B97F4A7C15u >> 32) & (n - 1);
  while (table[at].node != NULL && table[at].node != node) at = (at + 1) & (n - 1);
  return &table[at];
}

static int resources_grow(compiler *c) {
  uint32_t n = c->n_slots == 0 ? 32 : c->n_slots * 2;
  resource *table = mem_calloc(n, sizeof *table);
  if (table == NULL) return MILL_ENOMEM;
  for (uint32_t k = 0; k < c->n_slots; k++)
    if (c->resources[k].node != NULL)
      *resource_slot(table, n, c->resources[k].node) = c->resources[k];
  mem_free(c->resources);
  c->resources = table;
  c->n_slots = n;
  return 0;
}

/* What p has been given already; made with `add` the first time. */
static uint32_t resource_of(compiler *c, const mill_pattern *p,
                            uint32_t (*add)(compiler *, const mill_pattern *)) {
  if (c->n_resources * 2 >= c->n_slots) fail(c, resources_grow(c));
  if (c->code < 0) return 0;
  resource *slot = resource_slot(c->resources, c->n_slots, p);
  if (slot->node == NULL) {
    *slot = (resource){p, add(c, p)};
    c->n_resources++;
  }
  return slot->value;
}

static uint32_t add_text(compiler *c, const char *s, size_t n) {
  uint32_t at = (uint32_t)c->prog->text.len;
  mill_buffer_append(&c->prog->text, s, n);
  if (c->prog->text.error) fail(c, MILL_ENOMEM);
  return at;
}

static uint32_t add_node_text(compiler *c, const mill_pattern *p) {
  return add_text(c, p->text, p->len);
}

static void emit_text(compiler *c, enum opcode op, const mill_pattern *p) {
  emit(c, op, 0, resource_of(c, p, add_node_text), (uint32_t)p->len);
}

static uint32_t add_name(compiler *c, const char *name, int made) {
  mill_program *g = c->prog;
  uint32_t k = 0;
  while (k < g->n_names && strcmp(g->text.bytes + g->names[k], name) != 0) k++;
  if (k == g->n_names) {
    uint32_t at = add_text(c, name, strlen(name) + 1);
    if (!ROOM(c, g->names, k, g->names_capacity) || !ROOM(c, g->made, k, g->made_capacity)) return 0;
    g->names[k] = at;
    g->made[k] = 0;
    g->n_names++;
  }
  if (made) g->made[k] = 1;
  return k;
}

static uint32_t add_mask(compiler *c, const mill_pattern *p) {
  mill_program *g = c->prog;
  if (!ROOM(c, g->masks, g->n_masks, g->masks_capacity)) return 0;
  g->masks[g->n_masks] = p->mask;
  return g->n_masks++;
}

static void emit_mask(compiler *c, enum opcode op, const mill_pattern *p) {
  emit(c, op, 0, resource_of(c, p, add_mask), 0);
}

/* ---- sets and filters ------------------------------------------------------------ */

static uint32_t hash_bytes(const char *s, size_t n) {
  uint32_t hash = FNV_START;
  for (size_t i = 0; i < n; i++) hash = fnv_step(hash, s[i]);
  return hash;
}

int literal_set_has(const mill_program *prog, const literal_set *set, const char *s, uint32_t n,
                    uint32_t hash) {
  uint32_t at = hash & (set->n_slots - 1);
  for (; set->slots[at] != 0; at = (at + 1) & (set->n_slots - 1)) {
    const struct set_item *item = &set->items[set->slots[at] - 1];
    if (item->hash == hash && item->len == n && memcmp(prog->text.bytes + item->text, s, n) == 0)
      return 1;
  }
  return 0;
}

static void set_insert(compiler *c, literal_set *set, const mill_pattern *literal) {
  uint32_t hash = hash_bytes(literal->text, literal->len), len = (uint32_t)literal->len;
  if (literal_set_has(c->prog, set, literal->text, len, hash)) return;
  uint32_t text = add_text(c, literal->text, literal->len);
  set->items[set->n_items++] = (struct set_item){text, len, hash};
  uint32_t at = hash & (set->n_slots - 1);
  while (set->slots[at] != 0) at = (at + 1) & (set->n_slots - 1);
  set->slots[at] = set->n_items;
  if (len > set->longest) set->longest = len;
}

/* Index of a new set of p's children. */
static uint32_t add_set(compiler *c, const mill_pattern *p) {
  mill_program *g = c->prog;
  if (!ROOM(c, g->sets, g->n_sets, g->sets_capacity)) return 0;
  literal_set *set = &g->sets[g->n_sets];
  uint32_t n_slots = 8;
  while (n_slots < p->n * 2) n_slots *= 2;
  *set = (literal_set){mem_calloc(n_slots, sizeof *set->slots), n_slots,
                       mem_malloc(p->n * sizeof *set->items), 0, 0};
  g->n_sets++;
  if (set->slots == NULL || set->items == NULL) fail(c, MILL_ENOMEM);
  for (uint32_t k = 0; k < p->n && c->code == 0; k++) set_insert(c, set, p->child[k]);
  return g->n_sets - 1;
}

/* Index of a new filter + 1; 0: p asks for nothing. */
static uint32_t add_filter(compiler *c, const mill_pattern *p) {
  mill_program *g = c->prog;
  if (p->filter == NULL) return 0;
  uint32_t units = p->n > 0 ? add_set(c, p) + 1 : 0;
  if (!ROOM(c, g->filters, g->n_filters, g->filters_capacity)) return 0;
  g->filters[g->n_filters++] = (compiled_filter){*p->filter, units};
  return g->n_filters;
}

static uint32_t add_regex(compiler *c, const mill_pattern *p) {
  mill_program *g = c->prog;
  if (!ROOM(c, g->regexes, g->n_regexes, g->regexes_capacity)) return 0;
  UErrorCode status = U_ZERO_ERROR;
  UText *text = utext_openUTF8(NULL, p->text, (int64_t)p->len, &status);
  URegularExpression *re = uregex_openUText(text, 0, NULL, &status);
  utext_close(text);
  g->regexes[g->n_regexes] = re;
  if (U_FAILURE(status)) fail(c, status == U_MEMORY_ALLOCATION_ERROR ? MILL_ENOMEM : MILL_EINVAL);
  return g->n_regexes++;
}

/* ---- operators -------------------------------------------------------------------- */

/* Instructions that leave to the same, yet unknown place are chained through
** their targets; this lets all of them go to the next instruction. */
static void land_all(compiler *c, uint32_t last) {
  while (c->code == 0 && last != MILL_NONE) {
    uint32_t before = c->prog->code[last].a;
    land(c, last);
    last = before;
  }
}

/* Greedy: choice past; p.  Lazy: choice p; jump past; p. Returns the leaver. */
static uint32_t emit_head(compiler *c, int lazy, uint32_t before) {
  if (!lazy) return emit(c, OP_CHOICE, 0, before, 0);
  uint32_t choice = emit(c, OP_CHOICE, 0, 0, 0);
  uint32_t jump = emit(c, OP_JUMP, 0, before, 0);
  land(c, choice);
  return jump;
}

static void emit_loop(compiler *c, const mill_pattern *p) {
  uint32_t top = c->prog->n_code;
  uint32_t out = emit_head(c, p->lazy, MILL_NONE);
  emit_node(c, p->child[0]);
  emit(c, OP_JUMP, 0, top, 0);
  land(c, out);
}

static void emit_repeat(compiler *c, const mill_pattern *p) {
  uint32_t last = MILL_NONE;
  for (uint32_t k = 0; k < p->min && c->code == 0; k++) emit_node(c, p->child[0]);
  if (p->max == PATTERN_FOREVER) {
    emit_loop(c, p);
    return;
  }
  for (uint32_t k = p->min; k < p->max && c->code == 0; k++) {
    last = emit_head(c, p->lazy, last);
    emit_node(c, p->child[0]);
  }
  land_all(c, last);
}

static void emit_skip(compiler *c, const mill_pattern *p) {
  uint32_t last = MILL_NONE;
  for (uint32_t k = 0; k < p->min && c->code == 0; k++) {
    last = emit_head(c, 1, last);
    emit(c, OP_ANY_SENTENCE, 0, 0, 0);
  }
  land_all(c, last);
  emit_node(c, p->child[0]);
}

static void emit_look(compiler *c, enum look how, const mill_pattern *p, uint32_t back) {
  uint32_t look = emit(c, OP_LOOK, (uint8_t)how, 0, back);
  emit_node(c, p);
  emit(c, OP_LOOK_END, (uint8_t)how, 0, 0);
  land(c, look);
}

/* mark; first; look; second; look_end */
static void emit_spanned(compiler *c, enum look how, const mill_pattern *p) {
  c->prog->memo = 0;
  emit(c, OP_MARK, 0, 0, 0);
  emit_node(c, p->child[0]);
  emit_look(c, how, p->child[1], 0);
}

static void emit_capture(compiler *c, const mill_pattern *p) {
  emit(c, OP_OPEN, p->which, add_name(c, p->text, 1), 0);
  emit_node(c, p->child[0]);
  emit(c, OP_CLOSE, 0, 0, 0);
}

static void emit_constraint(compiler *c, enum opcode op, const mill_pattern *p) {
  uint32_t a = add_name(c, p->text, 0), b = add_name(c, p->text2, 0);
  c->prog->memo = 0;
  emit(c, op, p->which, a, b);
}

static void emit_reference(compiler *c, const mill_pattern *p) {
  int k = c->grammar != NULL ? pattern_find_rule(c->grammar, p->text) : -1;
  if (k < 0 && c->code == 0)
    fail(c, mill_fail(c->err, MILL_ESYNTAX, 0, "V'%.60s' stands outside of the grammar that defines it",
                      p->text));
  emit(c, OP_CALL, 1, (uint32_t)k, 0); /* x = 1: a is a rule, not yet a place */
}

/* call start; jump out; rule 1; return; rule 2; return; ... out: */
static void emit_grammar(compiler *c, const mill_pattern *p) {
  const mill_pattern *around = c->grammar;
  uint32_t *rules = mem_malloc((p->n > 0 ? p->n : 1) * sizeof *rules);
  if (rules == NULL) {
    fail(c, MILL_ENOMEM);
    return;
  }
  c->grammar = p;
  uint32_t begin = emit(c, OP_CALL, 1, 0, 0), out = emit(c, OP_JUMP, 0, 0, 0);
  for (uint32_t k = 0; k < p->n; k++) {
    rules[k] = c->prog->n_code;
    emit_node(c, p->child[k]->child[0]);
    emit(c, OP_RETURN, 0, 0, 0);
  }
  land(c, out);
  for (uint32_t k = begin; c->code == 0 && k < c->prog->n_code; k++) {
    instruction *i = &c->prog->code[k];
    if (i->op == OP_CALL && i->x == 1) i->a = rules[i->a], i->x = 0;
  }
  c->grammar = around;
  mem_free(rules);
}

/* ---- trace parts --------------------------------------------------------------------- */

static void emit_part(compiler *c, const mill_pattern *p, uint32_t branch, uint32_t number) {
  mill_program *g = c->prog;
  if (!ROOM(c, g->parts, g->n_parts, g->parts_capacity)) return;
  g->parts[g->n_parts] = (trace_part){p, branch, number};
  emit(c, OP_PART, 0, g->n_parts++, 0);
  emit_node(c, p);
}

static void emit_parts(compiler *c, const mill_pattern *p, uint32_t branch) {
  if (p->kind == PAT_CAPTURE && p->child[0]->kind == PAT_SEQUENCE) {
    emit(c, OP_OPEN, p->which, add_name(c, p->text, 1), 0);
    emit_parts(c, p->child[0], branch);
    emit(c, OP_CLOSE, 0, 0, 0);
  } else if (p->kind == PAT_SEQUENCE) {
    for (uint32_t k = 0; k < p->n; k++) emit_part(c, p->child[k], branch, k + 1);
  } else {
    emit_part(c, p, branch, 1);
  }
}

/* ---- all nodes ------------------------------------------------------------------------ */

/* choice L1; a; jump out; L1: choice L2; b; jump out; L2: last; out: */
static void emit_choice(compiler *c, const mill_pattern *p, int parts) {
  uint32_t last = MILL_NONE;
  for (uint32_t k = 0; k < p->n && c->code == 0; k++) {
    int more = k + 1 < p->n;
    uint32_t choice = more ? emit(c, OP_CHOICE, 0, 0, 0) : 0;
    if (parts) emit_parts(c, p->child[k], k + 1);
    else emit_node(c, p->child[k]);
    if (!more) break;
    last = emit(c, OP_JUMP, 0, last, 0);
    land(c, choice);
  }
  land_all(c, last);
}

static void emit_atom(compiler *c, const mill_pattern *p) {
  switch ((enum pattern_kind)p->kind) {
    case PAT_LITERAL: emit_text(c, OP_LITERAL, p); break;
    case PAT_INSIDE: c->prog->has_inside = 1; emit_text(c, OP_INSIDE, p); break;
    case PAT_FORM: emit_text(c, OP_FORM, p); break;
    case PAT_GROUP: emit_text(c, OP_GROUP, p); break;
    case PAT_FACT: emit_text(c, OP_FACT, p); break;
    case PAT_ANY: for (uint32_t k = 0; k < p->min && c->code == 0; k++) emit(c, OP_ANY, 0, 0, 0); break;
    case PAT_FALSE: emit(c, OP_FAIL, 0, 0, 0); break;
    case PAT_TAG: emit_mask(c, OP_TAG, p); break;
    case PAT_CLASS: emit_mask(c, OP_CLASS, p); break;
    case PAT_KIND: emit_mask(c, OP_KIND, p); break;
    case PAT_BLOCK: emit_mask(c, OP_BLOCK, p); break;
    case PAT_SENTENCE: emit(c, OP_SENTENCE, 0, 0, 0); break;
    case PAT_SET: emit(c, OP_SET, 0, resource_of(c, p, add_set), 0); break;
    case PAT_REGEX: emit(c, OP_REGEX, 0, resource_of(c, p, add_regex), 0); break;
    case PAT_RECOGNIZE:
      emit(c, OP_RECOGNIZE, p->which, resource_of(c, p, add_filter), 0);
      break;
    case PAT_SAME: emit_constraint(c, OP_SAME, p); break;
    case PAT_LESS: emit_constraint(c, OP_LESS, p); break;
    case PAT_REF: emit_reference(c, p); break;
    default: break; /* PAT_TRUE */
  }
}

static void emit_node(compiler *c, const mill_pattern *p) {
  if (c->code < 0) return;
  switch ((enum pattern_kind)p->kind) {
    case PAT_SEQUENCE:
      for (uint32_t k = 0; k < p->n; k++) emit_node(c, p->child[k]);
      break;
    case PAT_CHOICE: emit_choice(c, p, 0); break;
    case PAT_REPEAT: emit_repeat(c, p); break;
    case PAT_AHEAD: emit_look(c, LOOK_AHEAD, p->child[0], 0); break;
    case PAT_NOT: emit_look(c, LOOK_NOT, p->child[0], 0); break;
    case PAT_AFTER: emit_look(c, LOOK_AFTER, p->child[0], p->min); break;
    case PAT_CAPTURE: emit_capture(c, p); break;
    case PAT_SKIP: emit_skip(c, p); break;
    case PAT_WITHIN: emit_spanned(c, LOOK_WITHIN, p); break;
    case PAT_CONTAINING: emit_spanned(c, LOOK_CONTAINING, p); break;
    case PAT_GRAMMAR: emit_grammar(c, p); break;
    case PAT_RULE: emit_node(c, p->child[0]); break;
    default: emit_atom(c, p);
  }
}

/* Constraints must name captures that something makes. */
static void check_names(compiler *c) {
  const mill_program *g = c->prog;
  for (uint32_t k = 0; k < g->n_names && c->code == 0; k++)
    if (!g->made[k])
      fail(c, mill_fail(c->err, MILL_ESYNTAX, 0, "same or less names '%.60s', but nothing is captured"
                        " as that", g->text.bytes + g->names[k]));
}

int mill_program_new(mill_pattern *p, int flags, mill_program **out, mill_error *err) {
  *out = NULL;
  mill_program *prog = mem_calloc(1, sizeof *prog);
  if (prog == NULL) return mill_fail_memory(err);
  compiler c = {prog, NULL, 0, err, NULL, 0, 0};
  prog->memo = 1;
  if (flags & PROGRAM_TRACE) {
    prog->tree = pattern_retain(p);
    if (p->kind == PAT_CHOICE) emit_choice(&c, p, 1);
    else emit_parts(&c, p, 1);
  } else {
    emit_node(&c, p);
  }
  emit(&c, OP_END, 0, 0, 0);
  check_names(&c);
  if (c.code == 0) fail(&c, pattern_need(p, prog));
  mem_free(c.resources);
  if (c.code < 0) {
    if (c.code == MILL_ENOMEM) mill_fail_memory(err);
    mill_program_free(prog);
    return c.code;
  }
  pattern_first(p, &prog->first);
  *out = prog;
  return 0;
}

void mill_program_free(mill_program *prog) {
  if (prog == NULL) return;
  for (uint32_t k = 0; k < prog->n_sets; k++) {
    mem_free(prog->sets[k].slots);
    mem_free(prog->sets[k].items);
  }
  for (uint32_t k = 0; k < prog->n_regexes; k++) uregex_close(prog->regexes[k]);
  mem_free(prog->code);
  mill_buffer_free(&prog->text);
  mem_free(prog->names);
  mem_free(prog->made);
  mem_free(prog->masks);
  mem_free(prog->sets);
  mem_free(prog->filters);
  mem_free(prog->regexes);
  mem_free(prog->parts);
  pattern_release(prog->tree);
  mem_free(prog);
}

const char *mill_program_name(const mill_program *prog, uint32_t name) {
  return name < prog->n_names ? prog->text.bytes + prog->names[name] : NULL;
}
