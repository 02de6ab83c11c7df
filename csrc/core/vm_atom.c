/*
** vm_atom.c - matching one atom against the token columns at the machine's
** position. Atoms see text up to vm->limit only.
*/
#include <string.h>

#include <unicode/utext.h>

#include "alloc.h"
#include "lexicon.h"
#include "userwords.h"
#include "utf8.h"
#include "vm.h"

/* Moves behind `end`, which must be a token boundary; 1 moved, 0 it is none. */
static int move_to_boundary(mill_machine *vm, uint32_t end) {
  uint32_t t = vm->tok;
  while (vm->start_of[t] < end) t++;
  if (vm->start_of[t] != end) return 0;
  vm->tok = t;
  vm->pos = end;
  return 1;
}

static int same_bytes(const mill_machine *vm, const instruction *i) {
  return i->b <= vm->limit - vm->pos &&
         memcmp(vm->view->folded + vm->pos, vm->prog->text.bytes + i->a, i->b) == 0;
}

static int match_inside(mill_machine *vm, const instruction *i) {
  if (vm->pos > vm->limit || !same_bytes(vm, i)) return 0;
  vm->pos += i->b;
  while (vm->tok < vm->n_tokens && vm->start_of[vm->tok + 1] <= vm->pos) vm->tok++;
  return 1;
}

/* Moves over one token. */
static int take_token(mill_machine *vm) {
  if (vm->start_of[vm->tok + 1] > vm->limit) return 0;
  vm->pos = vm->start_of[++vm->tok];
  return 1;
}

static int kind_at(const mill_machine *vm) { return vm->view->tokens->kind[vm->tok]; }

static int is_word(const mill_machine *vm) {
  return kind_at(vm) != MILL_KIND_BLANK && kind_at(vm) != MILL_KIND_BREAK;
}

/* ---- sentences -------------------------------------------------------------------- */

#define END_MARKS "。!?！？…"
#define CLOSING_MARKS "”’」』》)]\"'"

/* Is every character of s[0, n) one of the list? */
static int all_among(const char *s, size_t n, const char *list) {
  size_t len;
  for (size_t i = 0; i < n; i += len) {
    len = utf8_length((unsigned char)s[i]);
    const char *at = list;
    while (*at != 0 && !(len <= n - i && strncmp(at, s + i, len) == 0)) at++;
    if (*at == 0) return 0;
  }
  return n > 0;
}

static int token_among(const mill_machine *vm, uint32_t t, const char *list) {
  uint32_t from = vm->start_of[t];
  return vm->view->tokens->kind[t] == MILL_KIND_PUNCT &&
         all_among(vm->view->folded + from, vm->start_of[t + 1] - from, list);
}

int vm_marks(uint8_t kind, const char *s, size_t n) {
  if (kind != MILL_KIND_PUNCT) return 0;
  return (all_among(s, n, END_MARKS) ? MARK_ENDS : 0) | (all_among(s, n, CLOSING_MARKS) ? MARK_CLOSES : 0) |
         (all_among(s, n, ".") ? MARK_STOP : 0);
}

static int is_gap(const mill_machine *vm, uint32_t t) {
  return vm->view->tokens->kind[t] >= MILL_KIND_BLANK;
}

/* 。 ! ? end a sentence; a full stop does before a gap or at the end. */
static int ends_sentence(const mill_machine *vm, uint32_t t) {
  if (vm->view->tokens->kind[t] == MILL_KIND_BREAK) return 1;
  if (token_among(vm, t, END_MARKS)) return 1;
  return token_among(vm, t, ".") && (t + 1 == vm->n_tokens || is_gap(vm, t + 1));
}

/* An edge: the ends of the text, around a break, behind an end mark and the
** quotes and brackets that close with it. */
static int at_sentence_edge(const mill_machine *vm) {
  uint32_t t = vm->tok;
  if (vm->start_of[t] != vm->pos) return 0;
  if (t == vm->n_tokens || vm->view->tokens->kind[t] == MILL_KIND_BREAK) return 1;
  while (t > 0 && vm->view->tokens->kind[t - 1] == MILL_KIND_BLANK) t--;
  while (t > 0 && token_among(vm, t - 1, CLOSING_MARKS)) t--;
  return t == 0 || ends_sentence(vm, t - 1);
}

/* ---- blocks and facts --------------------------------------------------------------- */

/* Kind of the block that holds clean byte `pos`. */
static int block_kind(const mill_text *text, uint32_t pos) {
  size_t low = 0, high = text->n_blocks;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (text->blocks[mid].clean.to <= pos) low = mid + 1;
    else high = mid;
  }
  if (low == text->n_blocks || text->blocks[low].clean.from > pos) return -1;
  return text->blocks[low].kind;
}

static int in_block(const mill_machine *vm, uint64_t kinds) {
  const mill_text *text = vm->view->text;
  if (text == NULL) return kinds >> MILL_BLOCK_PARAGRAPH & 1;
  mill_span clean = mill_text_clean_of_folded(text, (mill_span){vm->pos, vm->pos});
  int kind = block_kind(text, clean.from);
  return kind >= 0 && (kinds >> kind & 1);
}

/* The longest mark of the type that begins here. */
static int match_fact(mill_machine *vm, const instruction *i) {
  const mill_view *v = vm->view;
  const char *type = vm->prog->text.bytes + i->a;
  size_t low = 0, high = v->n_marks;
  uint32_t end = 0;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (v->marks[mid].folded.from < vm->pos) low = mid + 1;
    else high = mid;
  }
  for (; low < v->n_marks && v->marks[low].folded.from == vm->pos; low++)
    if (strlen(v->marks[low].type) == i->b && memcmp(v->marks[low].type, type, i->b) == 0 &&
        v->marks[low].folded.to > end && v->marks[low].folded.to <= vm->limit)
      end = v->marks[low].folded.to;
  return end > vm->pos && move_to_boundary(vm, end);
}

/* ---- lexicon, sets, regular expressions ------------------------------------------------ */

uint32_t vm_word_classes(const mill_data *data, const mill_userwords *user, uint32_t id) {
  if (id == MILL_NONE || data == NULL) return 0;
  const mill_lexicon *lexicon = mill_data_lexicon(data);
  const user_entry *own = userwords_of_id(user, id);
  if (own != NULL) return own->classes;
  return lexicon != NULL && id < mill_lexicon_count(lexicon) ? lexicon_classes(lexicon, id) : 0;
}

uint32_t vm_classes(const mill_machine *vm, uint32_t t) {
  return vm_word_classes(vm->view->data, vm->view->user, vm->view->tokens->word[t]);
}

static int has_class(const mill_machine *vm, uint32_t t, uint64_t classes) {
  return (vm_classes(vm, t) & classes) != 0;
}

/* The longest member that ends at a token boundary; shorter ones are stacked. */
static int match_set(mill_machine *vm, const instruction *i) {
  const literal_set *set = &vm->prog->sets[i->a];
  const char *s = vm->view->folded + vm->pos;
  uint32_t hash = FNV_START, done = 0, end = 0, end_tok = 0;
  for (uint32_t t = vm->tok; t < vm->n_tokens; t++) {
    uint32_t n = vm->start_of[t + 1] - vm->pos;
    if (n > set->longest || n > vm->limit - vm->pos) break;
    for (; done < n; done++) hash = fnv_step(hash, s[done]);
    if (!literal_set_has(vm->prog, set, s, n, hash)) continue;
    if (end > 0) vm_push(vm, (uint32_t)(i - vm->prog->code) + 1, vm->pos + end, end_tok);
    end = n;
    end_tok = t + 1;
  }
  if (end == 0) return 0;
  vm->pos += end;
  vm->tok = end_tok;
  return 1;
}

/* The longest word of the user's that bears the class and ends at a token boundary;
** shorter ones are stacked. One walk through the words, token by token. */
static int match_group(mill_machine *vm, const instruction *i) {
  const mill_userwords *u = vm->view->user;
  const char *s = vm->view->folded;
  uint32_t at = vm->pos, node = USER_ROOT, end_tok = 0;
  for (uint32_t t = vm->tok; u != NULL && t < vm->n_tokens && vm->start_of[t + 1] <= vm->limit; t++) {
    while (node != 0 && at < vm->start_of[t + 1]) {
      size_t used;
      node = userwords_follow(u, node, s + at, vm->limit - at, &used);
      at += (uint32_t)used;
    }
    if (node == 0) break;
    const user_entry *e = at == vm->start_of[t + 1] ? userwords_entry(u, node) : NULL;
    if (e == NULL || !userwords_bears(u, e, vm->prog->text.bytes + i->a, i->b)) continue;
    if (end_tok > 0) vm_push(vm, (uint32_t)(i - vm->prog->code) + 1, vm->start_of[end_tok], end_tok);
    end_tok = t + 1;
  }
  if (end_tok == 0) return 0;
  vm->tok = end_tok;
  vm->pos = vm->start_of[end_tok];
  return 1;
}

#define MAX_REGEX_STACK (1 << 20) /* bytes of ICU's own backtracking stack */
#define MAX_REGEX_TIME 1000       /* ICU's unit: roughly milliseconds */

/* The limits are the clone's: ICU does not copy them. */
URegularExpression *vm_clone_regex(const URegularExpression *re) {
  UErrorCode status = U_ZERO_ERROR;
  URegularExpression *clone = uregex_clone(re, &status);
  uregex_setStackLimit(clone, MAX_REGEX_STACK, &status);
  uregex_setTimeLimit(clone, MAX_REGEX_TIME, &status);
  if (U_SUCCESS(status)) return clone;
  uregex_close(clone);
  return NULL;
}

int vm_regex_matches(URegularExpression *re, const char *s, size_t n) {
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, s, (int64_t)n, &status);
  uregex_setUText(re, &text, &status);
  int found = uregex_matches64(re, 0, &status) && U_SUCCESS(status);
  utext_close(&text);
  if (status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW) return MILL_ELIMIT;
  return found;
}

/* The machine's own clone of a regular expression, NULL without memory. */
static URegularExpression *clone_of(mill_machine *vm, uint32_t k) {
  if (vm->regexes == NULL) {
    vm->regexes = mem_calloc(vm->prog->n_regexes, sizeof *vm->regexes);
    if (vm->regexes == NULL) return NULL;
    vm->n_regexes = vm->prog->n_regexes;
  }
  if (vm->regexes[k] == NULL) vm->regexes[k] = vm_clone_regex(vm->prog->regexes[k]);
  return vm->regexes[k];
}

static int match_regex(mill_machine *vm, const instruction *i) {
  uint32_t from = vm->start_of[vm->tok], to = vm->start_of[vm->tok + 1];
  URegularExpression *re = clone_of(vm, i->a);
  if (re == NULL) {
    vm_fail(vm, MILL_ENOMEM, "out of memory");
    return 0;
  }
  int found = vm_regex_matches(re, vm->view->folded + from, to - from);
  if (found < 0) vm_fail(vm, found, "a regular expression used up its time or stack on one token");
  return found > 0 && take_token(vm);
}

/* ---- recognisers ------------------------------------------------------------------------ */

void vm_look_over(mill_machine *vm, uint32_t t, uint32_t wanted) {
  uint32_t from = t - t % VM_BLOCK, to = vm->n_tokens - from < VM_BLOCK ? vm->n_tokens : from + VM_BLOCK;
  rec_starts(vm->view, from, to, wanted, vm->may);
  vm->may_block = t / VM_BLOCK + 1;
  vm->may_wanted = wanted;
}

/* Lengths of what was found at each token of an attached view; NULL without memory, or
** when the view may change. */
static uint32_t *lengths_of(mill_machine *vm, int what) {
  size_t bytes = ((size_t)vm->n_tokens + 1) * sizeof(uint32_t);
  if (vm->attached != vm->view) return NULL;
  if (vm->lengths[what] == NULL) {
    vm->lengths[what] = mem_malloc(bytes);
    if (vm->lengths[what] != NULL) memset(vm->lengths[what], 0xFF, bytes);
  }
  return vm->lengths[what];
}

static uint32_t ask_recognizer(mill_machine *vm, int what, uint32_t t) {
  mill_found found;
  int yes = mill_recognize(vm->view, (enum mill_recognizer)what, t, &found) > 0;
  if (!yes || found.n_tokens > vm->n_tokens - t) return 0;
  int timed = what == MILL_REC_DATE && found.date.grain >= MILL_GRAIN_HOUR;
  return timed ? found.n_tokens | VM_TIMED : found.n_tokens;
}

/* Where no clock begins, a time is a date that has one: what is known of the date says it. */
static int is_dated(mill_machine *vm, int what, uint32_t t, uint32_t *n) {
  const mill_view *v = vm->view;
  const uint32_t *dates = what == MILL_REC_TIME ? vm->lengths[MILL_REC_DATE] : NULL;
  uint32_t from = vm->start_of[t];
  if (dates == NULL || vm->attached != v || dates[t] == VM_UNKNOWN) return 0;
  if (clock_may_begin(rec_signs_of(v->data), v->folded + from, v->folded_len - from)) return 0;
  *n = dates[t] & VM_TIMED ? dates[t] & ~VM_TIMED : 0;
  return 1;
}

uint32_t vm_recognized(mill_machine *vm, int what, uint32_t t) {
  uint32_t n, *known;
  if (vm->view->tokens->kind[t] >= MILL_KIND_BLANK) return 0;
  if (is_dated(vm, what, t, &n)) return n;
  known = lengths_of(vm, what);
  n = known != NULL ? known[t] : VM_UNKNOWN;
  if (n == VM_UNKNOWN) n = ask_recognizer(vm, what, t);
  if (known != NULL) known[t] = n;
  return n & ~VM_TIMED;
}

/* Is the unit, found or standing behind the match, in the set? */
static int unit_allowed(const mill_program *prog, const literal_set *set, const mill_view *v,
                        const mill_found *found, uint32_t end) {
  const mill_tokens *t = v->tokens;
  uint32_t from = found->unit.from, to = found->unit.to;
  if (from >= to) {
    while (end < t->n && t->kind[end] == MILL_KIND_BLANK) end++;
    if (end == t->n) return 0;
    from = t->start[end], to = t->start[end + 1];
  }
  uint32_t hash = FNV_START;
  for (uint32_t k = from; k < to; k++) hash = fnv_step(hash, v->folded[k]);
  return literal_set_has(prog, set, v->folded + from, to - from, hash);
}

enum vm_refusal vm_refuses(const mill_program *prog, const instruction *i, const mill_view *v, uint32_t at,
                           uint32_t n) {
  mill_found found;
  const compiled_filter *f = &prog->filters[i->a - 1];
  const pattern_filter *want = &f->want;
  int what = i->x;
  if (mill_recognize(v, (enum mill_recognizer)what, at, &found) <= 0) return REFUSED_VALUE;
  if (what == MILL_REC_NUMBER || what == MILL_REC_QUANTITY) {
    if (!(found.number.value >= want->min && found.number.value <= want->max)) return REFUSED_VALUE;
    if (want->kinds != 0 && !(want->kinds >> found.number.kind & 1)) return REFUSED_KIND;
  }
  if (want->grains != 0 && !(want->grains >> found.date.grain & 1)) return REFUSED_GRAIN;
  if (want->levels != 0 && !(want->levels & found.place_levels)) return REFUSED_LEVEL;
  if (f->units == 0) return REFUSED_NOTHING;
  return unit_allowed(prog, &prog->sets[f->units - 1], v, &found, at + n) ? REFUSED_NOTHING : REFUSED_UNIT;
}

enum vm_refusal vm_refusal_at(mill_machine *vm, const instruction *i) {
  if (i->op != OP_RECOGNIZE || i->a == 0 || vm->tok >= vm->n_tokens) return REFUSED_NOTHING;
  if (vm->start_of[vm->tok] != vm->pos) return REFUSED_NOTHING;
  uint32_t n = vm_recognized(vm, i->x, vm->tok);
  if (n == 0 || vm->start_of[vm->tok + n] > vm->limit) return REFUSED_NOTHING;
  return vm_refuses(vm->prog, i, vm->view, vm->tok, n);
}

static int match_recognize(mill_machine *vm, const instruction *i) {
  uint32_t n = vm_recognized(vm, i->x, vm->tok), from = vm->pos;
  if (n == 0 || vm->start_of[vm->tok + n] > vm->limit) return 0;
  if (i->a > 0 && vm_refuses(vm->prog, i, vm->view, vm->tok, n) != REFUSED_NOTHING) return 0;
  vm->tok += n;
  vm->pos = vm->start_of[vm->tok];
  vm_log(vm, (vm_event){EV_FOUND, i->x, 0, from, vm->pos});
  return 1;
}

/* ---- all of them ------------------------------------------------------------------------- */

/* Atoms that begin at a token boundary, at one. */
static int match_token(mill_machine *vm, const instruction *i) {
  const mill_tokens *t = vm->view->tokens;
  const uint64_t *masks = vm->prog->masks;
  switch ((enum opcode)i->op) {
    case OP_LITERAL: return same_bytes(vm, i) && move_to_boundary(vm, vm->pos + i->b);
    case OP_FORM:
      return vm->start_of[vm->tok + 1] - vm->pos == i->b && same_bytes(vm, i) && take_token(vm);
    case OP_ANY: return is_word(vm) && take_token(vm);
    case OP_ANY_SENTENCE: return is_word(vm) && !ends_sentence(vm, vm->tok) && take_token(vm);
    case OP_TAG: return (masks[i->a] >> t->tag[vm->tok] & 1) && take_token(vm);
    case OP_KIND: return (masks[i->a] >> t->kind[vm->tok] & 1) && take_token(vm);
    case OP_CLASS: return has_class(vm, vm->tok, masks[i->a]) && take_token(vm);
    case OP_SET: return match_set(vm, i);
    case OP_REGEX: return is_word(vm) && match_regex(vm, i);
    case OP_RECOGNIZE: return match_recognize(vm, i);
    case OP_GROUP: return match_group(vm, i);
    case OP_FACT: return match_fact(vm, i);
    default: return 0;
  }
}

/* Tries again behind blanks, which no atom but a blank one has to name. */
static int match_behind_blank(mill_machine *vm, const instruction *i) {
  uint32_t pos = vm->pos, tok = vm->tok;
  if (pos == vm->start || kind_at(vm) != MILL_KIND_BLANK) return 0;
  while (vm->tok < vm->n_tokens && kind_at(vm) == MILL_KIND_BLANK) vm->tok++;
  vm->pos = vm->start_of[vm->tok];
  if (vm_at_token(vm) && match_token(vm, i)) return 1;
  vm->pos = pos;
  vm->tok = tok;
  return 0;
}

int vm_atom(mill_machine *vm, const instruction *i) {
  switch ((enum opcode)i->op) {
    case OP_INSIDE: return match_inside(vm, i);
    case OP_BLOCK: return in_block(vm, vm->prog->masks[i->a]);
    case OP_SENTENCE: return at_sentence_edge(vm);
    case OP_SAME: case OP_LESS: return vm_constraint(vm, i);
    case OP_FAIL: return 0;
    default: return vm_at_token(vm) && (match_token(vm, i) || match_behind_blank(vm, i));
  }
}

int vm_can_start(mill_machine *vm, uint32_t t) {
  const first_set *f = &vm->prog->first;
  const mill_tokens *tokens = vm->view->tokens;
  uint32_t from = vm->start_of[t], kind = tokens->kind[t];
  if (f->any) return kind != MILL_KIND_BLANK;
  if ((f->kinds >> kind & 1) || (f->tags >> tokens->tag[t] & 1)) return 1;
  if (f->literals) {
    uint32_t h = first_hash(vm->view->folded + from, vm->start_of[t + 1] - from);
    if (f->bits[h >> 6] >> (h & 63) & 1) return 1;
  }
  if (f->classes != 0 && has_class(vm, t, f->classes)) return 1;
  uint32_t may = f->recognizers != 0 ? vm_may_begin(vm, t, f->recognizers) : 0;
  for (uint32_t what = 0; may != 0; what++, may >>= 1)
    if ((may & 1) && vm_recognized(vm, (int)what, t) > 0) return 1;
  return 0;
}
