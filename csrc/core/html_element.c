/* html_element.c - element names and what they do to the text around them. */
#include <string.h>

#include "ascii.h"
#include "html.h"

/* In the order of enum html_element, which is alphabetic. */
static const struct { char name[12]; uint8_t flags; } elements[HTML_ELEMENT_COUNT] = {
    {"", 0},
#define X(name, flags) {#name, flags},
    HTML_ELEMENTS(X)
#undef X
};

enum html_element html_element_by_name(const char *s, size_t n) {
  char name[12] = {0};
  if (n == 0 || n >= sizeof name) return HTML_UNKNOWN;
  for (size_t i = 0; i < n; i++) name[i] = (char)ascii_lower((unsigned char)s[i]);
  size_t low = 1, high = HTML_ELEMENT_COUNT;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strcmp(elements[middle].name, name);
    if (order == 0) return (enum html_element)middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return HTML_UNKNOWN;
}

unsigned html_element_flags(enum html_element e) { return elements[e].flags; }
