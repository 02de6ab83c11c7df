/* show.h - a document's text as shown: display form, contexts, citations. */
#ifndef MILL_SHOW_H
#define MILL_SHOW_H

#include "internal.h"

struct shown {
  mill_corpus *c;
  int64_t doc;         /* 0: nothing loaded */
  mill_text *text;     /* owned */
  char id[256];
};

/* Makes `doc` the loaded document; keeps it when it is already. */
int show_load(struct shown *s, int64_t doc, mill_error *err);
void show_free(struct shown *s);
/* Appends clean[span] in display form, line breaks as blanks. 0 or MILL_E*. */
int show_display(const mill_text *t, mill_span clean, mill_buffer *out, mill_error *err);
/* ... of the loaded document */
int show_put(const struct shown *s, mill_span clean, mill_buffer *out, mill_error *err);
/* n characters before and after a clean span, inside its block. */
mill_span show_before(const struct shown *s, mill_span clean, size_t n);
mill_span show_after(const struct shown *s, mill_span clean, size_t n);
/* Adds cells: the citation; and the four ends of the raw and clean spans. */
void show_cite(const struct shown *s, mill_span raw, mill_rows *rows);
void show_spans(mill_span raw, mill_span clean, mill_rows *rows);
/* Title of an article (0-based), NULL cell when it has none. */
int show_title(mill_corpus *c, int64_t doc, uint32_t article, mill_rows *rows, mill_error *err);

#endif
