/*
** html_text.c - markup to the text a reader sees.
**
**   <h3>A &amp; B</h3> <p>c<br>d</p><script>..</script>
**   pieces: <h3> "" | A | &amp; & | B | </h3> LF | .. <br> LF .. script ""
**
** Source order is kept; no tree is built. What is kept of the tree is a
** stack of open elements, for implied end tags, hidden content and the hints
** of structure.h. Block elements begin and end lines, cells of a row are
** parted by TAB. Line breaks of the source are blanks inside a block (nothing
** between two wide characters, as in CSS Text 3, 4.1.3), but stay in <pre>
** and where a fragment has text outside any block.
*/
#include "html_text.h"

#include <string.h>

#include "alloc.h"
#include "ascii.h"
#include "error.h"
#include "html_scan.h"
#include "map.h"
#include "utf8.h"

typedef struct open_element {
  uint32_t context;
  uint16_t ordinal;       /* ol: items so far; li: its number */
  uint8_t element, role, level, flags;
} open_element;

typedef struct writer {
  const char *s; size_t n;
  uint32_t max_depth, depth, overflow; /* overflow: open elements too deep to track */
  open_element *stack;                 /* stack[0] is the document */
  uint32_t open[HTML_ELEMENT_COUNT];   /* how many of each are on the stack */
  uint32_t blocks, hidden, links, keeps; /* open elements of that kind */
  int fragment;                        /* no <html> or <body> so far */
  int json_ld;                         /* the next verbatim text is JSON-LD */
  size_t kept;                         /* s[kept, here) is still to be copied */
  size_t segment; uint32_t linked;     /* the block text under way */
  size_t ended; uint8_t ended_element; /* where the last end tag ended, and whose it was */
  mill_buffer out;
  mill_map *map;
  html_structure *structure;
  int failed;
} writer;

static open_element *top(writer *w) { return &w->stack[w->depth]; }

/* ---- output ------------------------------------------------------------------- */

/* Appends s[from, to), mostly a few words: 16 bytes at a time where there is
** room for it on both sides. */
static inline void append(writer *w, size_t from, size_t to) {
  size_t len = to - from;
  mill_buffer *b = &w->out;
  if (len > 64 || b->capacity - b->len < len + 16 || w->n - to < 16) {
    mill_buffer_append(b, w->s + from, len);
    return;
  }
  char *out = b->bytes + b->len;
  for (size_t k = 0; k < len; k += 16) memcpy(out + k, w->s + from + k, 16);
  b->len += len;
}

/* mill_buffer_byte, inline for what is usual. */
static inline void append_byte(mill_buffer *b, char byte) {
  if (b->capacity - b->len > 1) b->bytes[b->len++] = byte;
  else mill_buffer_byte(b, byte);
}

static inline void count_linked(writer *w, size_t len) { w->linked += w->links > 0 ? (uint32_t)len : 0; }

static inline void copy(writer *w, size_t to) {
  if (to <= w->kept) return;
  append(w, w->kept, to);
  mill_map_keep(w->map, to - w->kept);
  count_linked(w, to - w->kept);
  w->kept = to;
}

static inline void replace(writer *w, size_t from, size_t to, const char *text, size_t len,
                           enum mill_edit kind) {
  size_t kept = from - w->kept;
  if (kept > 0) append(w, w->kept, from);
  if (len == 1) append_byte(&w->out, *text);
  else if (len > 0) mill_buffer_append(&w->out, text, len);
  map_append_behind(w->map, kept, (uint32_t)(to - from), (uint32_t)len, 1, (uint32_t)kind);
  count_linked(w, kept + len);
  w->kept = to;
}

static inline void drop(writer *w, size_t from, size_t to) { replace(w, from, to, "", 0, MILL_EDIT_HTML); }

static int at_line_start(const writer *w) {
  return w->out.len == 0 || w->out.bytes[w->out.len - 1] == '\n';
}

/* ---- hints --------------------------------------------------------------------- */

/* Ends the block text under way and hints at it. */
static void end_segment(writer *w) {
  size_t from = w->segment, to = w->out.len;
  const char *s = w->out.bytes;
  while (from < to && ascii_is_blank((unsigned char)s[from])) from++;
  while (from < to && ascii_is_blank((unsigned char)s[to - 1])) to--;
  w->segment = w->out.len;
  uint32_t linked = w->linked;
  w->linked = 0;
  if (from == to || (w->fragment && w->blocks == 0)) return;
  html_structure *h = w->structure;
  if (h->n_hints == h->hints_capacity &&
      mill_grow(&h->hints, &h->hints_capacity, h->n_hints + 1u, sizeof *h->hints) < 0) {
    w->failed = 1;
    return;
  }
  const open_element *e = top(w);
  uint32_t len = (uint32_t)(to - from);
  h->hints[h->n_hints++] = (html_hint){{(uint32_t)from, (uint32_t)to}, e->role, e->level, e->ordinal,
                                       e->context, linked < len ? linked : len};
}

/* ---- the stack ------------------------------------------------------------------ */

static const uint8_t context_of[HTML_ELEMENT_COUNT] = {
    [HTML_E_nav] = HTML_IN_NAV, [HTML_E_menu] = HTML_IN_NAV, [HTML_E_header] = HTML_IN_HEADER,
    [HTML_E_footer] = HTML_IN_FOOTER, [HTML_E_aside] = HTML_IN_ASIDE, [HTML_E_form] = HTML_IN_FORM,
    [HTML_E_select] = HTML_IN_FORM, [HTML_E_button] = HTML_IN_FORM, [HTML_E_article] = HTML_IN_ARTICLE,
    [HTML_E_main] = HTML_IN_MAIN, [HTML_E_figure] = HTML_IN_FIGURE};

/* What set_role() gives: 1 + enum html_role, ANEW only takes a number away. */
enum { INHERITS = 0, ANEW = 100 };
#define R(role) 1 + HTML_##role
static const uint8_t role_of[HTML_ELEMENT_COUNT] = {
    [HTML_E_h1] = R(HEADING), [HTML_E_h2] = R(HEADING), [HTML_E_h3] = R(HEADING), [HTML_E_h4] = R(HEADING),
    [HTML_E_h5] = R(HEADING), [HTML_E_h6] = R(HEADING), [HTML_E_li] = R(ITEM), [HTML_E_dt] = R(ITEM),
    [HTML_E_dd] = R(ITEM), [HTML_E_td] = R(CELL), [HTML_E_th] = R(CELL), [HTML_E_tr] = R(CELL),
    [HTML_E_ol] = ANEW, [HTML_E_p] = R(PARAGRAPH), [HTML_E_title] = R(TITLE), [HTML_E_caption] = R(CAPTION),
    [HTML_E_figcaption] = R(CAPTION), [HTML_E_blockquote] = R(QUOTE), [HTML_E_pre] = R(PRE),
    [HTML_E_textarea] = R(PRE), [HTML_E_xmp] = R(PRE), [HTML_E_plaintext] = R(PRE)};
#undef R

static void set_item(writer *w, open_element *e) {
  uint32_t lists = w->open[HTML_E_ul] + w->open[HTML_E_ol] + w->open[HTML_E_dl] + w->open[HTML_E_menu];
  open_element *list = top(w);
  e->level = (uint8_t)(lists < 255 ? lists : 255);
  e->ordinal = list->element == HTML_E_ol && list->ordinal < UINT16_MAX ? ++list->ordinal : 0;
}

/* Gives the new element its role; one without a role of its own inherits. */
static inline void set_role(writer *w, open_element *e) {
  unsigned role = role_of[e->element];
  if (role == INHERITS) return;
  if (role == 1 + HTML_ITEM) {
    e->role = HTML_ITEM;
    set_item(w, e);
    return;
  }
  e->ordinal = 0;
  if (role == ANEW || (role == 1 + HTML_PARAGRAPH && e->role == HTML_ITEM)) return;
  e->role = (uint8_t)(role - 1);
  e->level = (uint8_t)(role == 1 + HTML_HEADING ? e->element - HTML_E_h1 + 1 : 0);
}

static inline void count(writer *w, const open_element *e, uint32_t by) {
  unsigned whole = e->element == HTML_E_html || e->element == HTML_E_body; /* no blocks of a fragment */
  w->open[e->element] += by;
  w->blocks += (e->flags & HTML_BLOCK) != 0 && !whole ? by : 0;
  w->hidden += e->flags & HTML_HIDDEN ? by : 0;
  w->keeps += e->flags & HTML_KEEPS ? by : 0;
  w->links += e->element == HTML_E_a ? by : 0;
}

static void push(writer *w, const html_token *tag) {
  if (w->depth + 1 >= w->max_depth) {
    w->overflow++;
    return;
  }
  open_element e = *top(w);
  e.element = (uint8_t)tag->element;
  e.flags = (uint8_t)html_element_flags(tag->element);
  e.context |= context_of[tag->element];
  if (tag->noted != 0) e.context |= html_context_of_names(w->s, w->n, tag);
  set_role(w, &e);
  w->stack[++w->depth] = e;
  count(w, &e, 1);
}

static void pop(writer *w) {
  count(w, top(w), (uint32_t)-1);
  w->depth--;
}

static void pop_to(writer *w, uint32_t depth) {
  while (w->depth >= depth && w->depth > 0) pop(w);
}

/* The innermost open `e` above the nearest list or table; 0: none. */
static uint32_t find_open(const writer *w, enum html_element e, int through_scopes) {
  if (w->open[e] == 0) return 0;
  for (uint32_t k = w->depth; k > 0; k--) {
    if (w->stack[k].element == e) return k;
    if (!through_scopes && w->stack[k].flags & HTML_SCOPE) return 0;
  }
  return 0;
}

static void close_open(writer *w, enum html_element e) {
  uint32_t at = find_open(w, e, 0);
  if (at > 0) pop_to(w, at);
}

/* End tags that a start tag implies, besides </p> before a block. */
static const uint8_t implies[HTML_ELEMENT_COUNT][2] = {
    [HTML_E_li] = {HTML_E_li},
    [HTML_E_dt] = {HTML_E_dt, HTML_E_dd},
    [HTML_E_dd] = {HTML_E_dt, HTML_E_dd},
    [HTML_E_option] = {HTML_E_option},
    [HTML_E_tr] = {HTML_E_tr},
    [HTML_E_td] = {HTML_E_td, HTML_E_th},
    [HTML_E_th] = {HTML_E_td, HTML_E_th},
    [HTML_E_tbody] = {HTML_E_tbody, HTML_E_thead},
    [HTML_E_tfoot] = {HTML_E_tbody, HTML_E_thead},
    [HTML_E_body] = {HTML_E_head},
    [HTML_E_a] = {HTML_E_a}};

static inline void imply_end_tags(writer *w, enum html_element e) {
  if (html_element_flags(e) & HTML_BLOCK && w->open[HTML_E_p] > 0) close_open(w, HTML_E_p);
  const uint8_t *others = implies[e];
  for (int k = 0; k < 2 && others[k] != HTML_UNKNOWN; k++)
    if (w->open[others[k]] > 0) close_open(w, (enum html_element)others[k]);
}

/* An end tag closes its element and all above it; an inline one does not
** reach through a block: <b><p>..</b>..</p>. */
static void end_element(writer *w, enum html_element e) {
  if (w->overflow > 0 && !(html_element_flags(e) & HTML_VOID)) {
    w->overflow--;
    return;
  }
  uint32_t at = find_open(w, e, (html_element_flags(e) & (HTML_SCOPE | HTML_BLOCK)) != 0);
  if (at == 0) return;
  if (!(html_element_flags(e) & HTML_BLOCK) && e != HTML_E_td && e != HTML_E_th)
    for (uint32_t k = w->depth; k > at; k--)
      if (w->stack[k].flags & HTML_BLOCK) return;
  pop_to(w, at);
}

/* ---- tokens -------------------------------------------------------------------- */

/* </span><span> in a line of metadata, </a><a>: designers set such elements apart by
** style sheets. In text a word may be cut so (</span><span>), not so by links. */
static int sets_apart(const writer *w, const html_token *tag) {
  if (tag->kind != HTML_START || w->ended != tag->from || w->ended_element != tag->element) return 0;
  if (tag->element != HTML_E_a && !(w->stack[w->depth].context & HTML_SAYS_INFO)) return 0;
  return w->out.len > 0 && !ascii_is_blank((unsigned char)w->out.bytes[w->out.len - 1]);
}

/* What stands for a tag in the text: a line break, a tab, a blank, a bracket, or 0. */
static inline char mark_of(writer *w, const html_token *tag) {
  unsigned flags = html_element_flags(tag->element);
  int start = tag->kind == HTML_START;
  if (w->hidden > 0) return 0;
  if (flags & HTML_BLOCK) return at_line_start(w) ? 0 : '\n';
  switch (tag->element) {
    case HTML_E_br: return '\n';
    case HTML_E_rt: return w->open[HTML_E_ruby] == 0 || w->open[HTML_E_rp] > 0 ? 0 : start ? '(' : ')';
    case HTML_E_td: case HTML_E_th: return start && !at_line_start(w) ? '\t' : 0;
    case HTML_E_a: case HTML_E_span: case HTML_E_em: case HTML_E_i: case HTML_E_b:
      return sets_apart(w, tag) ? ' ' : 0;
    default: return 0;
  }
}

static void on_start_tag(writer *w, const html_token *tag, unsigned flags) {
  if (flags & HTML_SAYS && html_facts_of_tag(w->s, tag, w->structure) < 0) w->failed = 1;
  w->json_ld = tag->element == HTML_E_script && html_is_json_ld(w->s, tag);
  if (tag->element != HTML_UNKNOWN && !(flags & HTML_VOID)) push(w, tag);
}

static void on_tag(writer *w, const html_token *tag) {
  unsigned flags = html_element_flags(tag->element);
  copy(w, tag->from);
  if (flags & HTML_BLOCK) end_segment(w);
  char mark = mark_of(w, tag);
  if (tag->element == HTML_E_html || tag->element == HTML_E_body) w->fragment = 0;
  if (tag->kind == HTML_START) imply_end_tags(w, tag->element);
  else if (tag->element != HTML_UNKNOWN) end_element(w, tag->element);
  replace(w, tag->from, tag->to, &mark, mark != 0, MILL_EDIT_HTML);
  if (tag->kind == HTML_END) w->ended = tag->to, w->ended_element = (uint8_t)tag->element;
  if (flags & HTML_BLOCK) w->segment = w->out.len, w->linked = 0;
  if (tag->kind == HTML_START) on_start_tag(w, tag, flags);
}

static int is_wide(uint32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* Is a line break between what stands before s[from] and s[to] no blank? */
static int joins(const writer *w, size_t from, size_t to, size_t end) {
  size_t step, len = from > w->kept ? from : w->out.len; /* the text before, in the source or written */
  const char *before = from > w->kept ? w->s : w->out.bytes;
  if (to >= end || (unsigned char)w->s[to] < 0xE2 || len == 0 || w->out.error) return 0;
  return is_wide(utf8_decode(before + utf8_prev(before, len), &step)) &&
         is_wide(utf8_decode(w->s + to, &step));
}

/* White space of the source at s[i] that is not a plain blank. */
static size_t on_space(writer *w, size_t i, size_t end) {
  if (w->keeps > 0) return i + 1;
  size_t from = i, to = html_blank_end(w->s, end, i);
  int line = w->s[i] == '\n' || w->s[i] == '\r';
  while (from > w->kept && ascii_is_blank((unsigned char)w->s[from - 1])) from--;
  for (size_t k = i; k < to && !line; k++) line = w->s[k] == '\n' || w->s[k] == '\r';
  if (line && w->fragment && w->blocks == 0) return to; /* blank.c makes one break of it */
  int gone = line && joins(w, from, to, end);
  replace(w, from, to, " ", gone ? 0 : 1, MILL_EDIT_BLANK);
  return to;
}

static size_t on_reference(writer *w, size_t i, size_t end) {
  uint32_t c[2];
  int n;
  size_t used = html_reference(w->s + i, end - i, 0, c, &n);
  if (used == 0) return i + 1;
  char text[8];
  size_t len = 0;
  for (int k = 0; k < n; k++) len += utf8_encode(c[k] == 0xA0 ? ' ' : c[k], text + len);
  replace(w, i, i + used, text, len, MILL_EDIT_ENTITY);
  return i + used;
}

/* One of the bytes html_text_stop() stops at, but for <. */
static inline size_t on_stop(writer *w, size_t i, size_t end) {
  return w->s[i] == '&' ? on_reference(w, i, end) : on_space(w, i, end);
}

/* The content of <title> and <textarea>: no markup, but references. */
static void on_text(writer *w, const html_token *t) {
  if (w->hidden > 0) {
    drop(w, t->from, t->to);
    return;
  }
  for (size_t i = t->from; (i = html_text_stop(w->s, t->to, i)) < t->to;)
    i = w->s[i] == '<' ? i + 1 : on_stop(w, i, t->to);
  copy(w, t->to);
}

/* The same up to the next markup, which is *next; 0: none. A reference or
** white space ends at a < by itself, markup or not. */
static int through_text(writer *w, html_tokenizer *t, html_token *next) {
  size_t i = t->at, n = w->n;
  int hidden = w->hidden > 0;
  while ((i = html_text_stop(w->s, n, i)) < n) {
    if (w->s[i] != '<') i = hidden ? i + 1 : on_stop(w, i, n);
    else if (html_markup_at(t, i, next)) break;
    else i++;
  }
  if (!hidden) copy(w, i);
  else if (i > t->at) drop(w, t->at, i);
  return i < n;
}

static void on_verbatim(writer *w, const html_token *t) {
  size_t mark = t->element == HTML_UNKNOWN ? 9 : 0; /* <![CDATA[ ... ]]> */
  if (w->json_ld && html_facts_of_script(w->s, t->from, t->to, w->structure) < 0) w->failed = 1;
  w->json_ld = 0;
  if (w->hidden > 0 || html_element_flags(t->element) & HTML_HIDDEN) {
    drop(w, t->from, t->to);
    return;
  }
  if (mark > 0) drop(w, t->from, t->from + mark);
  copy(w, mark > 0 ? t->to - 3 : t->to);
  if (mark > 0) drop(w, t->to - 3, t->to);
}

static void on_token(writer *w, const html_token *t) {
  switch (t->kind) {
    case HTML_START: case HTML_END: on_tag(w, t); break;
    case HTML_TEXT: on_text(w, t); break;
    case HTML_VERBATIM: on_verbatim(w, t); break;
    default: drop(w, t->from, t->to); break;
  }
}

/* ---- the whole ------------------------------------------------------------------ */

static int finish(writer *w, mill_stage *out, mill_error *err) {
  end_segment(w);
  mem_free(w->stack);
  out->text = mill_buffer_take(&w->out, &out->len);
  out->map = w->map;
  if (out->text != NULL && !w->failed && mill_map_error(w->map) == 0) return 0;
  mill_stage_free(out);
  return mill_fail_memory(err);
}

int html_to_text(const char *s, size_t n, uint32_t max_depth, mill_stage *out,
                 html_structure *structure, mill_error *err) {
  writer w = {.s = s, .n = n, .max_depth = max_depth < 2 ? 2 : max_depth, .fragment = 1,
              .structure = structure};
  html_tokenizer tokens;
  html_token t;
  if (n > MILL_MAX_BYTES)
    return mill_fail(err, MILL_ELIMIT, MILL_MAX_BYTES, "document of over %u bytes", MILL_MAX_BYTES);
  w.stack = mem_calloc(w.max_depth, sizeof *w.stack);
  w.map = mill_map_new();
  if (w.stack == NULL || w.map == NULL) {
    mem_free(w.stack);
    mill_map_free(w.map);
    return mill_fail_memory(err);
  }
  mill_buffer_reserve(&w.out, n / 2 + 64);
  html_begin(&tokens, s, n);
  while (!w.failed && !w.out.error) {
    if (tokens.raw != HTML_UNKNOWN && html_raw_content(&tokens, &t)) on_token(&w, &t);
    if (!through_text(&w, &tokens, &t)) break;
    on_token(&w, &t);
    html_pass(&tokens, &t);
  }
  return finish(&w, out, err);
}
