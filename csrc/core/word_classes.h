/*
** word_classes.h - which of up to 64 classes a word belongs to: a table that is filled once and then asked.
*/
#ifndef MILL_WORD_CLASSES_H
#define MILL_WORD_CLASSES_H

#include <stddef.h>
#include <stdint.h>

typedef struct word_classes word_classes;

/* NULL: out of memory. */
word_classes *word_classes_new(void);
void word_classes_free(word_classes *w); /* takes NULL */

/* Adds classes (not 0) to those of a word of n bytes, which are copied. 0, or MILL_ENOMEM. */
int word_classes_add(word_classes *w, const char *s, size_t n, uint64_t classes);

/* The classes of the word; 0: it is none that was added. */
uint64_t word_classes_of(const word_classes *w, const char *s, size_t n);

#endif
