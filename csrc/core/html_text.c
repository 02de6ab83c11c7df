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
  mill_buffer out;
  mill_map *map;
  html_structure *structure;
  int failed;
} writer;

static open_element *top(writer *w) { return &w->stack[w->depth]; }

/* ---- output ------------------------------------------------------------------- */

static void copy(writer *w, size_t to) {
  if (to <= w->kept) return;
  mill_buffer_append(&w->out, w->s + w->kept, to - w->kept);
  mill_map_keep(w->map, to - w->kept);
  if (w->links > 0) w->linked += (uint32_t)(to - w->kept);
  w->kept = to;
}

static void replace(writer *w, size_t from, size_t to, const char *text, size_t len, enum mill_edit kind) {
  copy(w, from);
  mill_buffer_append(&w->out, text, len);
  mill_map_edit(w->map, to - from, len, kind);
  if (w->links > 0) w->linked += (uint32_t)len;
  w->kept = to;
}

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
  if (mill_grow(&h->hints, &h->hints_capacity, h->n_hints + 1u, sizeof *h->hints) < 0) {
    w->failed = 1;
    return;
  }
  const open_element *e = top(w);
  uint32_t len = (uint32_t)(to - from);
  h->hints[h->n_hints++] = (html_hint){{(uint32_t)from, (uint32_t)to}, e->role, e->level, e->ordinal,
                                       e->context, linked < len ? linked : len};
}

/* ---- the stack ------------------------------------------------------------------ */

static uint32_t element_context(enum html_element e) {
  switch (e) {
    case HTML_E_nav: case HTML_E_menu: return HTML_IN_NAV;
    case HTML_E_header: return HTML_IN_HEADER;
    case HTML_E_footer: return HTML_IN_FOOTER;
    case HTML_E_aside: return HTML_IN_ASIDE;
    case HTML_E_form: case HTML_E_select: case HTML_E_button: return HTML_IN_FORM;
    case HTML_E_article: return HTML_IN_ARTICLE;
    case HTML_E_main: return HTML_IN_MAIN;
    case HTML_E_figure: return HTML_IN_FIGURE;
    default: return 0;
  }
}

/* Gives the new element its role; one without a role of its own inherits. */
static void set_role(writer *w, open_element *e) {
  enum html_element id = (enum html_element)e->element;
  if (id >= HTML_E_h1 && id <= HTML_E_h6) {
    e->role = HTML_HEADING, e->ordinal = 0;
    e->level = (uint8_t)(id - HTML_E_h1 + 1);
  } else if (id == HTML_E_li || id == HTML_E_dt || id == HTML_E_dd) {
    uint32_t lists = w->open[HTML_E_ul] + w->open[HTML_E_ol] + w->open[HTML_E_dl] + w->open[HTML_E_menu];
    open_element *list = top(w);
    e->role = HTML_ITEM;
    e->level = (uint8_t)(lists < 255 ? lists : 255);
    e->ordinal = list->element == HTML_E_ol && list->ordinal < UINT16_MAX ? ++list->ordinal : 0;
  } else if (id == HTML_E_td || id == HTML_E_th || id == HTML_E_tr) {
    e->role = HTML_CELL, e->level = 0, e->ordinal = 0;
  } else if (id == HTML_E_ol || id == HTML_E_p) {
    e->ordinal = 0;
    if (id == HTML_E_p && e->role != HTML_ITEM) e->role = HTML_PARAGRAPH, e->level = 0;
  } else {
    int role = id == HTML_E_title ? HTML_TITLE : id == HTML_E_caption || id == HTML_E_figcaption ? HTML_CAPTION
               : id == HTML_E_blockquote ? HTML_QUOTE
               : e->flags & HTML_KEEPS ? HTML_PRE : -1;
    if (role >= 0) e->role = (uint8_t)role, e->level = 0, e->ordinal = 0;
  }
}

static void count(writer *w, const open_element *e, uint32_t by) {
  w->open[e->element] += by;
  if (e->flags & HTML_BLOCK && e->element != HTML_E_html && e->element != HTML_E_body) w->blocks += by;
  if (e->flags & HTML_HIDDEN) w->hidden += by;
  if (e->flags & HTML_KEEPS) w->keeps += by;
  if (e->element == HTML_E_a) w->links += by;
}

static void push(writer *w, const html_token *tag) {
  if (w->depth + 1 >= w->max_depth) {
    w->overflow++;
    return;
  }
  open_element e = *top(w);
  e.element = (uint8_t)tag->element;
  e.flags = (uint8_t)html_element_flags(tag->element);
  e.context |= element_context(tag->element) | html_context_of_names(w->s, tag);
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

/* End tags that a start tag implies. */
static void imply_end_tags(writer *w, enum html_element e) {
  if (html_element_flags(e) & HTML_BLOCK) close_open(w, HTML_E_p);
  switch (e) {
    case HTML_E_li: close_open(w, HTML_E_li); break;
    case HTML_E_dt: case HTML_E_dd: close_open(w, HTML_E_dt), close_open(w, HTML_E_dd); break;
    case HTML_E_option: close_open(w, HTML_E_option); break;
    case HTML_E_tr: close_open(w, HTML_E_tr); break;
    case HTML_E_td: case HTML_E_th: close_open(w, HTML_E_td), close_open(w, HTML_E_th); break;
    case HTML_E_tbody: case HTML_E_tfoot: close_open(w, HTML_E_tbody), close_open(w, HTML_E_thead); break;
    case HTML_E_body: close_open(w, HTML_E_head); break;
    case HTML_E_a: close_open(w, HTML_E_a); break;
    default: break;
  }
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

/* What stands for a tag in the text: a line break, a tab, nothing. */
static const char *mark_of(writer *w, const html_token *tag) {
  unsigned flags = html_element_flags(tag->element);
  if (w->hidden > 0) return "";
  if (tag->element == HTML_E_br) return "\n";
  if (flags & HTML_BLOCK) return at_line_start(w) ? "" : "\n";
  if (tag->element == HTML_E_rt && w->open[HTML_E_ruby] > 0 && w->open[HTML_E_rp] == 0)
    return tag->kind == HTML_START ? "(" : ")";
  if ((tag->element == HTML_E_td || tag->element == HTML_E_th) && tag->kind == HTML_START)
    return at_line_start(w) ? "" : "\t";
  return "";
}

static void on_tag(writer *w, const html_token *tag) {
  unsigned flags = html_element_flags(tag->element);
  copy(w, tag->from);
  if (flags & HTML_BLOCK) end_segment(w);
  const char *mark = mark_of(w, tag);
  int start = tag->kind == HTML_START;
  if (tag->element == HTML_E_html || tag->element == HTML_E_body) w->fragment = 0;
  if (start) imply_end_tags(w, tag->element);
  if (!start && tag->element != HTML_UNKNOWN) end_element(w, tag->element);
  replace(w, tag->from, tag->to, mark, strlen(mark), MILL_EDIT_HTML);
  if (flags & HTML_BLOCK) w->segment = w->out.len, w->linked = 0;
  if (!start) return;
  if (html_facts_of_tag(w->s, tag, w->structure) < 0) w->failed = 1;
  w->json_ld = tag->element == HTML_E_script && html_is_json_ld(w->s, tag);
  if (tag->element != HTML_UNKNOWN && !(flags & HTML_VOID)) push(w, tag);
}

static int is_wide(uint32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* Is a line break between what was written and s[i] no blank? */
static int joins(writer *w, size_t from, size_t i, size_t end) {
  size_t step;
  copy(w, from);
  if (i >= end || w->out.len == 0 || w->out.error) return 0;
  size_t before = utf8_prev(w->out.bytes, w->out.len);
  return is_wide(utf8_decode(w->out.bytes + before, &step)) && is_wide(utf8_decode(w->s + i, &step));
}

/* White space of the source at s[i] that is not a plain blank. */
static size_t on_space(writer *w, size_t i, size_t end) {
  if (w->keeps > 0) return i + 1;
  size_t from = i, to = i;
  int line = 0;
  while (from > w->kept && ascii_is_blank((unsigned char)w->s[from - 1])) from--;
  for (; to < end && ascii_is_blank((unsigned char)w->s[to]); to++) line |= w->s[to] == '\n' || w->s[to] == '\r';
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

static void on_text(writer *w, const html_token *t) {
  if (w->hidden > 0) {
    replace(w, t->from, t->to, "", 0, MILL_EDIT_HTML);
    return;
  }
  for (size_t i = t->from; i < t->to;) {
    char c = w->s[i];
    if (c == '&') i = on_reference(w, i, t->to);
    else if (c == '\n' || c == '\t' || c == '\r' || c == '\f') i = on_space(w, i, t->to);
    else i++;
  }
  copy(w, t->to);
}

static void on_verbatim(writer *w, const html_token *t) {
  size_t mark = t->element == HTML_UNKNOWN ? 9 : 0; /* <![CDATA[ ... ]]> */
  if (w->json_ld && html_facts_of_script(w->s, t->from, t->to, w->structure) < 0) w->failed = 1;
  w->json_ld = 0;
  if (w->hidden > 0 || html_element_flags(t->element) & HTML_HIDDEN) {
    replace(w, t->from, t->to, "", 0, MILL_EDIT_HTML);
    return;
  }
  if (mark > 0) replace(w, t->from, t->from + mark, "", 0, MILL_EDIT_HTML);
  copy(w, mark > 0 ? t->to - 3 : t->to);
  if (mark > 0) replace(w, t->to - 3, t->to, "", 0, MILL_EDIT_HTML);
}

static void on_token(writer *w, const html_token *t) {
  switch (t->kind) {
    case HTML_START: case HTML_END: on_tag(w, t); break;
    case HTML_TEXT: on_text(w, t); break;
    case HTML_VERBATIM: on_verbatim(w, t); break;
    default: replace(w, t->from, t->to, "", 0, MILL_EDIT_HTML); break;
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
  writer w = {.s = s, .n = n, .max_depth = max_depth < 2 ? 2 : max_depth, .fragment = 1, .structure = structure};
  html_tokenizer tokens;
  html_token t;
  w.stack = mem_calloc(w.max_depth, sizeof *w.stack);
  w.map = mill_map_new();
  if (w.stack == NULL || w.map == NULL) {
    mem_free(w.stack);
    mill_map_free(w.map);
    return mill_fail_memory(err);
  }
  mill_buffer_reserve(&w.out, n / 2 + 64);
  html_begin(&tokens, s, n);
  for (html_next(&tokens, &t); t.kind != HTML_EOF && !w.failed && !w.out.error; html_next(&tokens, &t))
    on_token(&w, &t);
  return finish(&w, out, err);
}
