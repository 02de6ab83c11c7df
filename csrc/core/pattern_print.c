/*
** pattern_print.c - patterns as one would write them in Lua, the short names
** that traces use for their parts, and programs as lists of instructions.
*/
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pattern_code.h"

static void put(mill_buffer *out, const char *s) { mill_buffer_append(out, s, strlen(s)); }

static void put_format(mill_buffer *out, const char *format, ...) MILL_PRINTF(2, 3);
static void put_format(mill_buffer *out, const char *format, ...) {
  char text[128];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  put(out, text);
}

static void put_quoted(mill_buffer *out, const char *s, size_t n) {
  mill_buffer_byte(out, '"');
  for (size_t i = 0; i < n; i++) {
    if (s[i] == '"' || s[i] == '\\') mill_buffer_byte(out, '\\');
    if ((unsigned char)s[i] < 0x20) put_format(out, "\\%03d", s[i]);
    else mill_buffer_byte(out, s[i]);
  }
  mill_buffer_byte(out, '"');
}

static const char *const recognizers[MILL_REC_COUNT] = {
    "number", "measure", "quantity", "date", "time", "person", "place", "org", "role"};

static const char *class_name(int bit) {
  static const char *const names[] = {"surname", "measure", "province", "city", "county",
                                      "township", "unit", "role", "money"};
  return bit < 9 ? names[bit] : "?";
}

static const char *bit_name(const mill_pattern *p, int bit) {
  const char *name = p->kind == PAT_TAG     ? mill_tag_name((enum mill_tag)bit)
                     : p->kind == PAT_CLASS ? class_name(bit)
                     : p->kind == PAT_KIND  ? pattern_kind_name(bit)
                                            : mill_block_name((enum mill_block_kind)bit);
  return name != NULL ? name : "?";
}

static void put_names(mill_buffer *out, const mill_pattern *p) {
  const char *between = "";
  for (int bit = 0; bit < 64; bit++) {
    if (!(p->mask >> bit & 1)) continue;
    put(out, between);
    put(out, bit_name(p, bit));
    between = " ";
  }
}

/* ---- as written --------------------------------------------------------------------- */

enum level { LEVEL_CHOICE, LEVEL_SEQUENCE, LEVEL_PREFIX, LEVEL_POWER, LEVEL_METHOD };

static void put_node(mill_buffer *out, const mill_pattern *p, enum level around);

static void put_children(mill_buffer *out, const mill_pattern *p, const char *between,
                         enum level level) {
  for (uint32_t k = 0; k < p->n; k++) {
    if (k > 0) put(out, between);
    put_node(out, p->child[k], level);
  }
}

static void put_call(mill_buffer *out, const char *name, const mill_pattern *p) {
  put_format(out, "P.%s(", name);
  put_children(out, p, ", ", LEVEL_CHOICE);
  put(out, ")");
}

static void put_power(mill_buffer *out, const mill_pattern *p) {
  put_node(out, p->child[0], LEVEL_METHOD);
  if (p->max == PATTERN_FOREVER) put_format(out, "^%u", (unsigned)p->min);
  else if (p->min == 0) put_format(out, "^-%u", (unsigned)p->max);
  else put_format(out, "^{%u,%u}", (unsigned)p->min, (unsigned)p->max);
}

static void put_repeat(mill_buffer *out, const mill_pattern *p) {
  if (!p->lazy) {
    put_power(out, p);
    return;
  }
  put(out, "(");
  put_power(out, p);
  put(out, "):lazy()");
}

static void put_text(mill_buffer *out, const char *head, const mill_pattern *p) {
  put(out, head);
  put_quoted(out, p->text, p->len);
}

const char *const pattern_number_kinds[] = {"cardinal", "ordinal", "fraction", "percent", "range", NULL};
const char *const pattern_date_grains[] = {"year", "month", "day", "hour", "minute", "second", NULL};
const char *const pattern_place_levels[] = {"province", "city", "county", "township", "village", NULL};

/* kind="cardinal range": the names of the bits of mask, of which the first is `base`. */
static void put_option(mill_buffer *out, const char *option, const char *const *names, uint32_t mask,
                       int base) {
  const char *before = "";
  if (mask == 0) return;
  put_format(out, "%s=\"", option);
  for (int k = 0; names[k] != NULL; k++) {
    if (!(mask >> (k + base) & 1)) continue;
    put_format(out, "%s%s", before, names[k]);
    before = " ";
  }
  put(out, "\", ");
}

static void put_set(mill_buffer *out, const mill_pattern *p) {
  for (uint32_t k = 0; k < p->n; k++) put_text(out, k == 0 ? "P.set{" : ", ", p->child[k]);
  put(out, p->n > 0 ? "}" : "P.set{}");
}

static void put_bound(mill_buffer *out, const char *option, double bound) {
  if (!isfinite(bound)) return;
  put(out, option);
  mill_buffer_double(out, bound, 17);
  put(out, ", ");
}

static void put_filter(mill_buffer *out, const pattern_filter *f) {
  put_bound(out, "min=", f->min);
  put_bound(out, "max=", f->max);
  put_option(out, "kind", pattern_number_kinds, f->kinds, 0);
  put_option(out, "grain", pattern_date_grains, f->grains, 0);
  put_option(out, "level", pattern_place_levels, f->levels, MILL_PLACE_PROVINCE);
}

static void put_recognizer(mill_buffer *out, const mill_pattern *p) {
  put_format(out, "P.%s", recognizers[p->which]);
  if (p->filter == NULL && p->n == 0) return;
  put(out, "{");
  size_t empty = out->len;
  if (p->filter != NULL) put_filter(out, p->filter);
  for (uint32_t k = 0; k < p->n; k++) put_text(out, k == 0 ? "unit={" : ", ", p->child[k]);
  if (p->n > 0) put(out, "}");
  else if (out->len >= empty + 2) out->len -= 2; /* the last option's ", " */
  put(out, "}");
}

/* Upper-case names are bare keys: none of Lua's own words is one. */
static int bare_key(const char *name) {
  size_t n = strlen(name);
  return n > 0 && name[0] >= 'A' && name[0] <= 'Z' &&
         strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

static void put_key(mill_buffer *out, const char *name) {
  int bare = bare_key(name);
  put(out, bare ? "" : "[");
  if (bare) put(out, name);
  else put_quoted(out, name, strlen(name));
  put(out, bare ? " = " : "] = ");
}

static void put_grammar(mill_buffer *out, const mill_pattern *p) {
  put(out, "P{");
  for (uint32_t k = 0; k < p->n; k++) {
    if (k == 0) put_text(out, "", p->child[0]);
    put(out, ", ");
    put_key(out, p->child[k]->text);
    put_node(out, p->child[k]->child[0], LEVEL_CHOICE);
  }
  put(out, "}");
}

/* P.same("a", "b", "tag"), P.less("a", "b") */
static void put_compared(mill_buffer *out, const char *head, const mill_pattern *p, const char *attribute) {
  put_text(out, head, p);
  put(out, ", ");
  put_quoted(out, p->text2, strlen(p->text2));
  if (attribute != NULL) put_format(out, ", \"%s\"", attribute);
  put(out, ")");
}

static void put_other(mill_buffer *out, const mill_pattern *p) {
  switch ((enum pattern_kind)p->kind) {
    case PAT_LITERAL: put_text(out, "P", p); break;
    case PAT_INSIDE: put_text(out, "P.inside", p); break;
    case PAT_FORM: put_text(out, "P.form", p); break;
    case PAT_REGEX: put_text(out, "P.re", p); break;
    case PAT_FACT: put_text(out, "P.fact", p); break;
    case PAT_GROUP: put_text(out, "P.class", p); break;
    case PAT_REF: put_text(out, "P.V", p); break;
    case PAT_ANY: put_format(out, "P(%u)", (unsigned)p->min); break;
    case PAT_TRUE: put(out, "P(true)"); break;
    case PAT_FALSE: put(out, "P(false)"); break;
    case PAT_SENTENCE: put(out, "P.sentence"); break;
    case PAT_TAG: put(out, "P.tag\""); put_names(out, p); put(out, "\""); break;
    case PAT_CLASS: put(out, "P.class\""); put_names(out, p); put(out, "\""); break;
    case PAT_KIND: put(out, "P.kind\""); put_names(out, p); put(out, "\""); break;
    case PAT_BLOCK: put(out, "P.block\""); put_names(out, p); put(out, "\""); break;
    case PAT_SET: put_set(out, p); break;
    case PAT_RECOGNIZE: put_recognizer(out, p); break;
    case PAT_SAME: put_compared(out, "P.same(", p, pattern_attribute_names[p->which]); break;
    case PAT_LESS: put_compared(out, "P.less(", p, NULL); break;
    case PAT_AFTER: put_call(out, "after", p); break;
    case PAT_WITHIN: put_call(out, "within", p); break;
    case PAT_CONTAINING: put_call(out, "containing", p); break;
    case PAT_SKIP:
      put(out, "P.skip(");
      put_node(out, p->child[0], LEVEL_CHOICE);
      put_format(out, ", %u)", (unsigned)p->min);
      break;
    case PAT_GRAMMAR: put_grammar(out, p); break;
    default: break;
  }
}

static enum level level_of(const mill_pattern *p) {
  switch ((enum pattern_kind)p->kind) {
    case PAT_CHOICE: return LEVEL_CHOICE;
    case PAT_SEQUENCE: return LEVEL_SEQUENCE;
    case PAT_AHEAD: case PAT_NOT: return LEVEL_PREFIX;
    case PAT_REPEAT: return p->lazy ? LEVEL_METHOD : LEVEL_POWER;
    default: return LEVEL_METHOD;
  }
}

static void put_node(mill_buffer *out, const mill_pattern *p, enum level around) {
  int brackets = level_of(p) < around;
  if (brackets) put(out, "(");
  switch ((enum pattern_kind)p->kind) {
    case PAT_CHOICE: put_children(out, p, " + ", LEVEL_SEQUENCE); break;
    case PAT_SEQUENCE: put_children(out, p, " * ", LEVEL_PREFIX); break;
    case PAT_AHEAD: put(out, "#"); put_node(out, p->child[0], LEVEL_PREFIX); break;
    case PAT_NOT: /* -(-x): two signs would begin a comment */
      put(out, "-");
      put_node(out, p->child[0], p->child[0]->kind == PAT_NOT ? LEVEL_POWER : LEVEL_PREFIX);
      break;
    case PAT_REPEAT: put_repeat(out, p); break;
    case PAT_CAPTURE:
      put_node(out, p->child[0], LEVEL_METHOD);
      put_text(out, p->which ? ":list" : ":as", p);
      break;
    default: put_other(out, p);
  }
  if (brackets) put(out, ")");
}

static void cut(mill_buffer *out, size_t most) {
  if (out->error || out->len <= most) return;
  while (most > 0 && ((unsigned char)out->bytes[most] & 0xC0) == 0x80) most--;
  out->len = most;
  put(out, "...");
}

void pattern_print(const mill_pattern *p, size_t most, mill_buffer *out) {
  size_t before = out->len;
  put_node(out, p, LEVEL_CHOICE);
  if (most < SIZE_MAX - before) cut(out, before + most);
}

/* ---- short ------------------------------------------------------------------------------ */

static void put_short(mill_buffer *out, const mill_pattern *p);

static void put_alternatives(mill_buffer *out, const mill_pattern *p) {
  for (uint32_t k = 0; k < p->n && out->len < 200; k++) {
    if (k > 0) put(out, "|");
    put_short(out, p->child[k]);
  }
}

static void put_short_repeat(mill_buffer *out, const mill_pattern *p) {
  int brackets = p->child[0]->kind == PAT_SEQUENCE || p->child[0]->kind == PAT_CHOICE;
  if (brackets) put(out, "(");
  put_short(out, p->child[0]);
  if (brackets) put(out, ")");
  if (p->max == PATTERN_FOREVER) put_format(out, "^%u", (unsigned)p->min);
  else if (p->min == 0) put_format(out, "^-%u", (unsigned)p->max);
  else put_format(out, "^{%u,%u}", (unsigned)p->min, (unsigned)p->max);
}

static void put_short(mill_buffer *out, const mill_pattern *p) {
  switch ((enum pattern_kind)p->kind) {
    case PAT_LITERAL: mill_buffer_append(out, p->text, p->len); break;
    case PAT_RECOGNIZE: put(out, recognizers[p->which]); break;
    case PAT_TAG: put(out, "tag "); put_names(out, p); break;
    case PAT_CLASS: put(out, "class "); put_names(out, p); break;
    case PAT_GROUP: put(out, "class "); mill_buffer_append(out, p->text, p->len); break;
    case PAT_KIND: put(out, "kind "); put_names(out, p); break;
    case PAT_CAPTURE: put_short(out, p->child[0]); break;
    case PAT_CHOICE: case PAT_SET: put_alternatives(out, p); break;
    case PAT_REPEAT: put_short_repeat(out, p); break;
    default: put_node(out, p, LEVEL_PREFIX);
  }
}

void pattern_print_short(const mill_pattern *p, mill_buffer *out) {
  size_t before = out->len;
  put_short(out, p);
  cut(out, before + 200);
}

/* ---- programs ---------------------------------------------------------------------------- */

static const char *const opcodes[] = {
    "literal", "inside", "form", "any", "any in sentence", "tag", "class", "kind", "set",
    "regex", "recognize", "group", "fact", "block", "sentence", "same", "less", "fail", "choice",
    "jump", "call", "return", "open", "close", "mark", "look", "look end", "part", "end"};

static void put_instruction(const mill_program *prog, const instruction *i, mill_buffer *out) {
  put(out, opcodes[i->op]);
  switch ((enum opcode)i->op) {
    case OP_LITERAL: case OP_INSIDE: case OP_FORM: case OP_FACT: case OP_GROUP:
      put(out, " ");
      put_quoted(out, prog->text.bytes + i->a, i->b);
      break;
    case OP_OPEN: put_format(out, " %.60s", prog->text.bytes + prog->names[i->a]); break;
    case OP_RECOGNIZE: put_format(out, " %s", recognizers[i->x]); break;
    case OP_CHOICE: case OP_JUMP: case OP_CALL: put_format(out, " %u", (unsigned)i->a); break;
    case OP_LOOK: put_format(out, " how %u", (unsigned)i->x); break;
    default: break;
  }
}

void program_print(const mill_program *prog, mill_buffer *out) {
  for (uint32_t k = 0; k < prog->n_code; k++) {
    put_format(out, "%4u ", (unsigned)k);
    put_instruction(prog, &prog->code[k], out);
    put(out, "\n");
  }
}
