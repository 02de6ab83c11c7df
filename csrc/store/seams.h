/*
** seams.h - seams: where two words meet in a text without anything between them, the last
** character of the one and the first of the other.
**
**     | ..发 | 展.. |       a seam 发展, which a search for 发展 must find
**
** Of those pairs that stand inside some word of the lexicon (core/lexicon.h), and so are what
** people look for, the index has the articles and counts, as words behind all others
** (segment.h). A segmenter seldom cuts such a pair: the lists are short, where words that end
** with 发 and words that begin with 展 are many.
*/
#ifndef MILL_SEAMS_H
#define MILL_SEAMS_H

#include "segment.h"
#include "vocab.h"

/* The numbers of a list's seams, in order, into out, which has room for n; how many, or
** MILL_ENOMEM. Words: as the index takes them, 0 where one is not indexed. */
int64_t seams_of(struct vocab *v, const uint32_t *words, uint32_t n, uint32_t *out);

/* Which list of seams the vocabulary's lexicon has, as segments are marked with it; 0: none. */
uint32_t seams_list(const struct vocab *v);

/* As gather_article, with the seams of both lists. */
int seams_gather(struct gather *g, struct vocab *v, const struct gathered *a, const uint32_t *body,
                 const uint32_t *rest);

/* The gathered seams behind the words of w, and the mark that they are all. */
void seams_put(const struct gather *g, struct segment_writer *w);

#endif
