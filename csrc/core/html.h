/*
** html.h - HTML tokens with source offsets.
**
**   a < b<p class="x">Tom &amp; Ann</p><!-- c -->
**   TEXT |START       |TEXT        |END|COMMENT
**
** Tokens tile the source in order; nothing is built from them. The states
** are those of the WHATWG tokenizer in substance, with three tolerances that
** pages cut to pieces need: a tag or comment that never ends is text or ends
** at its first >, an unclosed <title> or <textarea> is an ordinary element,
** and CDATA sections are text everywhere.
** Reference: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
*/
#ifndef MILL_HTML_H
#define MILL_HTML_H

#include <stddef.h>
#include <stdint.h>

enum html_kind {
  HTML_EOF = 0,
  HTML_TEXT,     /* with character references */
  HTML_VERBATIM, /* without: script, style, xmp, CDATA; element says which */
  HTML_START,
  HTML_END,
  HTML_COMMENT,  /* and doctype, processing instructions, bogus comments */
  HTML_DOCTYPE
};

/* What the element table says (html_element.c). */
enum html_flag {
  HTML_BLOCK = 1u,    /* a line of its own */
  HTML_VOID = 2u,     /* no content: br img meta */
  HTML_RAW = 4u,      /* content is no markup: script style */
  HTML_RCDATA = 8u,   /* only character references: title textarea */
  HTML_HIDDEN = 16u,  /* content is not shown */
  HTML_SCOPE = 32u,   /* lists and tables: implied end tags stop here */
  HTML_KEEPS = 64u,   /* line breaks as in the source: pre */
  HTML_SAYS = 128u    /* its attributes are facts: meta */
};

#define HTML_ELEMENTS(X)                                                          \
  X(a, 0) X(address, 1) X(article, 1) X(aside, 1) X(audio, 0)                     \
  X(b, 0) X(base, 2) X(blockquote, 1) X(body, 1) X(br, 2) X(button, 0)            \
  X(caption, 1) X(center, 1) X(cite, 0) X(code, 0) X(col, 2)                      \
  X(datalist, 16) X(dd, 1) X(del, 0) X(details, 1) X(div, 1) X(dl, 33) X(dt, 1)   \
  X(em, 0) X(embed, 2)                                                            \
  X(fieldset, 1) X(figcaption, 1) X(figure, 1) X(font, 0) X(footer, 1) X(form, 1) \
  X(h1, 1) X(h2, 1) X(h3, 1) X(h4, 1) X(h5, 1) X(h6, 1) X(head, 1) X(header, 1)   \
  X(hr, 3) X(html, 129)                                                             \
  X(i, 0) X(iframe, 20) X(img, 2) X(input, 2) X(ins, 0)                           \
  X(label, 0) X(legend, 1) X(li, 1) X(link, 130)                                    \
  X(main, 1) X(marquee, 1) X(menu, 33) X(meta, 130)                                 \
  X(nav, 1) X(nobr, 0) X(noembed, 20) X(noframes, 20) X(noscript, 0)              \
  X(object, 0) X(ol, 33) X(optgroup, 1) X(option, 1)                              \
  X(p, 1) X(param, 2) X(plaintext, 69) X(pre, 65)                                                  \
  X(rp, 16) X(rt, 0) X(ruby, 0)                                                   \
  X(s, 0) X(script, 20) X(section, 1) X(select, 1) X(small, 0) X(source, 2)       \
  X(span, 0) X(strike, 0) X(strong, 0) X(style, 20) X(sub, 0) X(summary, 1)       \
  X(sup, 0) X(svg, 0)                                                             \
  X(table, 33) X(tbody, 1) X(td, 0) X(template, 16) X(textarea, 73) X(tfoot, 1)   \
  X(th, 0) X(thead, 1) X(time, 128) X(title, 9) X(tr, 1) X(track, 2) X(tt, 0)       \
  X(u, 0) X(ul, 33)                                                               \
  X(var, 0) X(video, 0)                                                           \
  X(wbr, 2)                                                                       \
  X(xmp, 69)

enum html_element {
  HTML_UNKNOWN = 0,
#define X(name, flags) HTML_E_##name,
  HTML_ELEMENTS(X)
#undef X
  HTML_ELEMENT_COUNT
};

/* The element of a name in any case, HTML_UNKNOWN for all others. `room`:
** bytes that may be read at s, n or more. */
enum html_element html_element_by_name(const char *s, size_t n, size_t room);

extern const uint8_t html_flags_of[HTML_ELEMENT_COUNT] __attribute__((visibility("hidden")));
static inline unsigned html_element_flags(enum html_element e) { return html_flags_of[e]; }

/* Attributes noted on the way to the end of a tag: of each the first, as the
** standard has it. */
enum html_noted { HTML_CLASS, HTML_ID, HTML_ROLE, HTML_NOTED };

typedef struct html_token {
  enum html_kind kind;
  enum html_element element; /* of tags, and of verbatim text */
  size_t from, to;           /* the whole token */
  size_t name_to;            /* tags: behind the name; attributes follow */
  uint32_t noted;            /* bits 1 << HTML_CLASS.. */
  struct html_value { size_t from, to; } value[HTML_NOTED]; /* of those, without quotes */
} html_token;

typedef struct html_tokenizer {
  const char *s; size_t n, at;
  size_t last_close;       /* behind the last >, 0: there is none */
  html_token pending;      /* html_next: markup found behind a text */
  enum html_element raw;   /* inside this one, content is no markup */
  uint8_t flat;            /* a tag ran to the end: from here on tags end at > */
  uint8_t no_comment_end, no_cdata_end, no_escape_end, no_title_end, no_textarea_end; /* none ahead */
} html_tokenizer;

void html_begin(html_tokenizer *t, const char *s, size_t n);
/* The next token; HTML_EOF at the end. Linear in n over all calls. */
void html_next(html_tokenizer *t, html_token *out);

/* The same in steps, for who walks through the text himself: */
/* Is the < at p markup? 1, and *out is its token. */
int html_markup_at(html_tokenizer *t, size_t p, html_token *out);
/* Behind <script> and the like: what follows is no markup. */
void html_enter(html_tokenizer *t, const html_token *markup);
/* Goes on behind markup. */
static inline void html_pass(html_tokenizer *t, const html_token *markup) {
  t->at = markup->to;
  if (html_element_flags(markup->element) & (HTML_RAW | HTML_RCDATA)) html_enter(t, markup);
}
/* Is t->at inside <script> or the like, not at its end? 1, *out is its content, and
** t->at is behind it. */
int html_raw_content(html_tokenizer *t, html_token *out);

typedef struct html_attribute {
  size_t name, name_to, value, value_to; /* value without quotes; empty when none */
} html_attribute;
/* The next attribute of a tag: *at begins as token.name_to, end is token.to.
** 1 found, 0 none left. */
int html_next_attribute(const char *s, size_t end, size_t *at, html_attribute *out);

/* The character reference at s[0] == '&' (entities.c): its bytes, 0 when it
** is none; 1 or 2 code points in c, *count of them. In an attribute `&lt=` is
** no reference. */
size_t html_reference(const char *s, size_t n, int attribute, uint32_t c[2], int *count);

#endif
