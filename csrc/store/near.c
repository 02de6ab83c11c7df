/* near.c - see near.h. */
#include "near.h"

#include <stddef.h>

/* Moves the sides on until all lie in [max - words - distance, max]; 0: one has ended. */
static int come_together(struct near_side *s, uint32_t n, uint32_t distance) {
  int64_t max = s[0].positions[s[0].at];
  for (int match = 0; !match;) {
    match = 1;
    for (uint32_t k = 0; k < n; k++) {
      int64_t min = max - s[k].words - distance, at = s[k].positions[s[k].at];
      if (at >= min && at <= max) continue;
      match = 0;
      while (s[k].positions[s[k].at] < min)
        if (++s[k].at == s[k].n) return 0;
      if (s[k].positions[s[k].at] > max) max = s[k].positions[s[k].at];
    }
  }
  return 1;
}

/* The side whose next occurrence comes first moves to it; 0: all are at their last. */
static int move_on(struct near_side *s, uint32_t n) {
  uint32_t next = n, least = 0;
  for (uint32_t k = 0; k < n; k++) {
    if (s[k].at + 1 >= s[k].n) continue;
    uint32_t ahead = s[k].positions[s[k].at + 1];
    if (next == n || ahead < least) least = ahead, next = k;
  }
  if (next == n) return 0;
  s[next].at++;
  return 1;
}

int near_match(struct near_side *s, uint32_t n, uint32_t distance) {
  for (uint32_t k = 0; k < n; k++) s[k].at = s[k].count = 0, s[k].kept = UINT32_MAX;
  while (come_together(s, n, distance)) {
    for (uint32_t k = 0; k < n; k++) {
      if (s[k].kept == s[k].at) continue;
      s[k].kept = s[k].at;
      s[k].count++;
      if (s[k].marks != NULL) s[k].marks[s[k].at] = 1;
    }
    if (!move_on(s, n)) break;
  }
  return s[0].count > 0;
}
