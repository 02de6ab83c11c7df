/*
** vm_trace_print.c - a trace as a person reads it:
**
**    全镇 设立 检测 卡口 70 处 , 组织 工作人员 345 人
**                        ── ── ✗
**    part 1  number      70   ok  n=70
**    part 2  measure^-1  处   ok
**    part 3  卡点|卡口   ,    FAILED here (furthest of 2 attempts)  gates.lua:3
**    seen: 卡口 stands 1 token BEFORE the match.
**    Also failed at 345 人 (part 3: end of text).
*/
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "utf8.h"
#include "vm_trace.h"

#define WINDOW 14         /* tokens shown on either side of the attempt */
#define MOST_LITERALS 16  /* of the failed part, looked for elsewhere */

typedef struct printer {
  const vm_trace *t;
  const mill_program *prog;
  const mill_view *v;
  mill_buffer *out;
  const uint32_t *start;
  uint32_t n_tokens;
  uint32_t first, end;   /* tokens shown */
} printer;

static void put(printer *p, const char *s) { mill_buffer_append(p->out, s, strlen(s)); }

static void put_format(printer *p, const char *format, ...) MILL_PRINTF(2, 3);
static void put_format(printer *p, const char *format, ...) {
  char text[160];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  put(p, text);
}

static void repeat(printer *p, const char *s, size_t n) {
  while (n-- > 0) put(p, s);
}

/* Ends a line without blanks before the end. */
static void end_line(printer *p) {
  mill_buffer *out = p->out;
  while (!out->error && out->len > 0 && out->bytes[out->len - 1] == ' ') out->len--;
  put(p, "\n");
}

static size_t columns(const printer *p, const char *s, size_t n) {
  if (p->v->data != NULL) return mill_width(p->v->data, s, n);
  size_t width = 0;
  for (size_t i = 0; i < n; i++)
    if (!utf8_is_tail((unsigned char)s[i])) width += (unsigned char)s[i] >= 0xE0 ? 2 : 1;
  return width;
}

static void put_padded(printer *p, const char *s, size_t n, size_t width) {
  size_t has = columns(p, s, n);
  mill_buffer_append(p->out, s, n);
  repeat(p, " ", has < width ? width - has : 0);
}

/* ---- tokens ------------------------------------------------------------------------- */

static uint32_t token_at(const printer *p, uint32_t pos) {
  uint32_t low = 0, high = p->n_tokens;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (p->start[mid + 1] <= pos) low = mid + 1;
    else high = mid;
  }
  return low;
}

static int is_gap(const printer *p, uint32_t t) { return p->v->tokens->kind[t] >= MILL_KIND_BLANK; }
static int is_break(const printer *p, uint32_t t) { return p->v->tokens->kind[t] == MILL_KIND_BREAK; }

/* First token at or behind pos that is no blank. */
static uint32_t word_at(const printer *p, uint32_t pos) {
  uint32_t t = token_at(p, pos);
  while (t < p->n_tokens && p->v->tokens->kind[t] == MILL_KIND_BLANK) t++;
  return t;
}

static void put_token(printer *p, uint32_t t) {
  mill_buffer_append(p->out, p->v->folded + p->start[t], p->start[t + 1] - p->start[t]);
}

/* The tokens of a span, blanks between them. */
static void put_tokens(printer *p, mill_span s) {
  const char *between = "";
  for (uint32_t t = token_at(p, s.from); t < p->n_tokens && p->start[t] < s.to; t++) {
    if (is_gap(p, t)) continue;
    put(p, between);
    put_token(p, t);
    between = " ";
  }
}

/* What stands at a position, for the reader. */
static void put_place(printer *p, uint32_t pos) {
  uint32_t t = word_at(p, pos);
  if (t == p->n_tokens) put(p, "end of text");
  else if (is_break(p, t)) put(p, "end of line");
  else put_token(p, t);
}

static void choose_window(printer *p) {
  const trace_attempt *a = &p->t->best;
  p->first = token_at(p, a->start);
  p->end = token_at(p, a->pos);
  for (int k = 0; k < WINDOW && p->first > 0 && !is_break(p, p->first - 1); k++) p->first--;
  for (int k = 0; k < WINDOW && p->end < p->n_tokens && !is_break(p, p->end); k++) p->end++;
}

static void put_sentence(printer *p) {
  put(p, p->first > 0 && !is_break(p, p->first - 1) ? " …" : " ");
  for (uint32_t t = p->first; t < p->end; t++) {
    if (is_gap(p, t)) continue;
    put_token(p, t);
    put(p, " ");
  }
  if (p->end < p->n_tokens && !is_break(p, p->end)) put(p, "…");
  end_line(p);
}

/* The line under the tokens: what matched, and where it failed. */
static void put_underline(printer *p) {
  const trace_attempt *a = &p->t->best;
  uint32_t failed = a->matched ? p->n_tokens + 1 : word_at(p, a->pos);
  put(p, p->first > 0 && !is_break(p, p->first - 1) ? "  " : " ");
  for (uint32_t t = p->first; t < p->end; t++) {
    if (is_gap(p, t)) continue;
    size_t width = columns(p, p->v->folded + p->start[t], p->start[t + 1] - p->start[t]);
    int inside = p->start[t] >= a->start && p->start[t] < a->pos;
    if (t == failed) {
      put(p, "✗");
      break;
    }
    repeat(p, inside ? "─" : " ", width);
    put(p, " ");
  }
  if (failed >= p->end && !a->matched) put(p, "✗");
  end_line(p);
}

/* ---- parts ----------------------------------------------------------------------------- */

/* Name and value of each capture that closed in the log between two events. */
static void put_captures(printer *p, uint32_t from, uint32_t to) {
  const vm_event *log = p->t->best_log;
  for (uint32_t k = from; k < to; k++) {
    if (log[k].kind != EV_OPEN) continue;
    uint32_t depth = 0, close = k;
    while (++close < to && !(log[close].kind == EV_CLOSE && depth == 0)) {
      if (log[close].kind == EV_OPEN) depth++;
      if (log[close].kind == EV_CLOSE) depth--;
    }
    if (close >= to) continue;
    uint32_t first = word_at(p, log[k].pos);
    put_format(p, "  %s=", mill_program_name(p->prog, log[k].a));
    if (log[close].pos > log[k].pos && first < p->n_tokens)
      put_tokens(p, (mill_span){p->start[first] > log[k].pos ? p->start[first] : log[k].pos, log[close].pos});
  }
}

static const char *base_name(const char *where) {
  const char *slash = strrchr(where, '/');
  return slash != NULL ? slash + 1 : where;
}

/* Where the pattern's own text is, when it came from a file. */
static void put_where(printer *p, const mill_pattern *node) {
  while (node->kind == PAT_CAPTURE && node->where == NULL) node = node->child[0];
  if (node->where == NULL || node->where[0] == '[' || strncmp(node->where, "stdin", 5) == 0) return;
  put_format(p, "   %s", base_name(node->where));
}

static size_t name_width(printer *p, uint32_t branch) {
  size_t width = 0;
  for (uint32_t k = 0; k < p->prog->n_parts; k++) {
    if (p->prog->parts[k].branch != branch) continue;
    mill_buffer name = {0};
    pattern_print_short(p->prog->parts[k].node, &name);
    size_t n = columns(p, name.bytes != NULL ? name.bytes : "", name.len);
    if (n > width) width = n;
    if (name.error) p->out->error = name.error;
    mill_buffer_free(&name);
  }
  return width < 30 ? width : 30;
}

static void put_part_head(printer *p, uint32_t part, size_t width) {
  mill_buffer name = {0};
  pattern_print_short(p->prog->parts[part].node, &name);
  put_format(p, " part %u  ", (unsigned)p->prog->parts[part].number);
  if (name.bytes != NULL) put_padded(p, name.bytes, name.len, width);
  if (name.error) p->out->error = name.error;
  mill_buffer_free(&name);
  put(p, "  ");
}

/* Fills what was written since `before` up to the column of the verdicts. */
static void pad_from(printer *p, size_t before) {
  if (p->out->error) return;
  size_t has = columns(p, p->out->bytes + before, p->out->len - before);
  repeat(p, " ", has < 6 ? 6 - has : 0);
}

static void put_refusal(printer *p) {
  static const char *const what[] = {NULL, "value", "kind", "grain", "level", "unit"};
  if (p->t->best.refused != REFUSED_NOTHING)
    put_format(p, ": recognised, but of another %s than is wanted", what[p->t->best.refused]);
}

/* One line for each part the attempt reached. */
static void put_parts(printer *p) {
  const vm_trace *t = p->t;
  const vm_event *log = t->best_log;
  size_t width = 0;
  for (uint32_t k = 0; k < t->n_best; k++) {
    if (log[k].kind != EV_PART) continue;
    uint32_t next = k + 1;
    while (next < t->n_best && log[next].kind != EV_PART) next++;
    if (width == 0) width = name_width(p, p->prog->parts[log[k].a].branch);
    int failed = next == t->n_best && !t->best.matched;
    put_part_head(p, log[k].a, width);
    size_t before = p->out->len;
    if (failed) {
      put_place(p, t->best.pos);
      pad_from(p, before);
      put(p, " FAILED here");
      put_refusal(p);
      if (t->n_attempts > 1) put_format(p, " (furthest of %u attempts)", (unsigned)t->n_attempts);
      put_where(p, p->prog->parts[log[k].a].node);
    } else {
      uint32_t to = next < t->n_best ? log[next].pos : t->best.pos;
      put_tokens(p, (mill_span){log[k].pos, to});
      pad_from(p, before);
      put(p, to > log[k].pos ? " ok" : " ok (nothing)");
      put_captures(p, k, next);
    }
    put(p, "\n");
  }
}

/* ---- what else was seen ------------------------------------------------------------------ */

static uint32_t collect_literals(const mill_pattern *node, const mill_pattern **list, uint32_t n) {
  if (n == MOST_LITERALS || node->kind == PAT_NOT) return n;
  if (node->kind == PAT_LITERAL) list[n++] = node;
  for (uint32_t k = 0; k < node->n && n < MOST_LITERALS; k++) n = collect_literals(node->child[k], list, n);
  return n;
}

static uint32_t words_between(const printer *p, uint32_t from, uint32_t to) {
  uint32_t n = 0;
  for (uint32_t t = from; t < to; t++) n += !is_gap(p, t);
  return n;
}

/* Says where a literal stands in the line; 1 when it does. */
static int put_seen(printer *p, const mill_pattern *literal) {
  const trace_attempt *a = &p->t->best;
  uint32_t from = p->start[p->first], to = p->start[p->end];
  for (uint32_t pos = from; pos + literal->len <= to; pos++) {
    if (memcmp(p->v->folded + pos, literal->text, literal->len) != 0) continue;
    uint32_t end = pos + (uint32_t)literal->len, t = token_at(p, pos), after = token_at(p, end);
    if (p->start[t] != pos || p->start[after] != end) {
      put_format(p, " seen: %.60s stands there, but not as whole tokens (", literal->text);
      put_tokens(p, (mill_span){p->start[t], end});
      put_format(p, "): P.inside\"%.60s\" would match it.\n", literal->text);
      return 1;
    }
    if (end <= a->start) {
      uint32_t n = words_between(p, after, token_at(p, a->start)) + 1;
      put_format(p, " seen: %.60s stands %u token%s BEFORE the match.\n", literal->text, (unsigned)n,
                 n > 1 ? "s" : "");
      return 1;
    }
    if (pos > a->pos) {
      uint32_t n = words_between(p, word_at(p, a->pos), t);
      put_format(p, " seen: %.60s stands %u token%s further on.\n", literal->text, (unsigned)n,
                 n > 1 ? "s" : "");
      return 1;
    }
  }
  return 0;
}

static void put_hints(printer *p) {
  const mill_pattern *literals[MOST_LITERALS];
  uint32_t n = collect_literals(p->prog->parts[p->t->best.part].node, literals, 0);
  for (uint32_t k = 0, said = 0; k < n && said < 2; k++) said += (uint32_t)put_seen(p, literals[k]);
}

static void put_others(printer *p) {
  const vm_trace *t = p->t;
  for (uint32_t k = 0; k < t->n_others; k++) {
    const trace_attempt *a = &t->others[k];
    put(p, k == 0 ? " Also failed at " : "; at ");
    put_tokens(p, (mill_span){a->start, a->pos});
    if (a->part != MILL_NONE) put_format(p, " (part %u: ", (unsigned)p->prog->parts[a->part].number);
    put_place(p, a->pos);
    put(p, ")");
  }
  if (t->n_others > 0) put(p, ".\n");
}

void trace_print(const vm_trace *t, const mill_program *prog, const mill_view *v, mill_buffer *out) {
  printer p = {t, prog, v, out, v->tokens->start, (uint32_t)v->tokens->n, 0, 0};
  if (!t->best.matched && t->best.part == MILL_NONE) {
    put(&p, " nothing to try: the text is empty");
    return;
  }
  choose_window(&p);
  put_sentence(&p);
  put_underline(&p);
  put_parts(&p);
  if (!t->best.matched) put_hints(&p);
  if (t->best.matched) {
    put(&p, " matched ");
    put_tokens(&p, (mill_span){t->best.start, t->best.pos});
    put(&p, "\n");
  } else {
    put_others(&p);
  }
  if (!out->error && out->len > 0) out->len--; /* the last newline */
}
