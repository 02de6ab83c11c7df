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

#define MOST_SMALL 64u
#define MOST_FAR (UINT32_C(1) << 29)

/* Two words, neither often: every pair is tried, without branches. An occurrence counts when
** some of the other word is within reach, which is what coming together finds. */
static int match_two(struct near_side *a, struct near_side *b, uint32_t reach) {
  uint32_t near[MOST_SMALL] = {0}, width = 2 * reach, count = 0;
  a->count = b->count = 0;
  for (uint32_t i = 0; i < a->n; i++) {
    uint32_t least = a->positions[i] - reach, any = 0;
    for (uint32_t j = 0; j < b->n; j++) {
      uint32_t hit = b->positions[j] - least <= width;
      near[j] |= hit;
      any |= hit;
    }
    count += any;
  }
  a->count = count;
  for (uint32_t j = 0; j < b->n; j++) b->count += near[j];
  return count > 0;
}

int near_match(struct near_side *s, uint32_t n, uint32_t distance) {
  if (n == 2 && s[0].words == 1 && s[1].words == 1 && s[0].marks == NULL && s[1].marks == NULL &&
      s[1].n <= MOST_SMALL && (uint64_t)s[0].n * s[1].n <= MOST_SMALL * MOST_SMALL && distance < MOST_FAR)
    return match_two(&s[0], &s[1], distance + 1);
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
