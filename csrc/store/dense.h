/*
** dense.h - a block of postings as bits, where that is shorter than numbers.
**
**   width    a byte: 2, 4 or 8 bits a count
**   bits     one an ordinal, from the one behind the block before up to the block's last
**   counts   times - 1, n of them; all ones: the next of the
**   rest     codes: times << 1 | has rest, [times in the rest]
**
** Half of a text's words stand in a fourth of all articles: there a bit is less than a
** difference, no branch tells where the next posting begins, and whether an article is
** in the block is asked without looking for it.
*/
#ifndef MILL_DENSE_H
#define MILL_DENSE_H

#include "segment.h"

/* The block into p, which has room for `most` bytes and DENSE_SPARE; its size, or 0: it takes `most` or more.
** first: the least ordinal it may have. */
#define DENSE_SPARE 32u
size_t dense_write(const struct cursor_block *b, uint32_t n, uint32_t first, unsigned char *p, size_t most);
/* n postings of [first, last] at p, behind whose end stand 16 zero bytes. 0: damaged. */
int dense_read(struct cursor_block *b, uint32_t n, uint32_t first, uint32_t last, const unsigned char *p,
               const unsigned char *end, int avx2);

/* Which of the block's postings is of that ordinal, which is one of [b->first, b->ordinal[its
** last]]; 1 in *is when it has one. */
static inline uint32_t dense_find(const struct cursor_block *b, uint32_t ordinal, uint32_t *is) {
  uint32_t bit = ordinal - b->first;
  uint64_t word = b->bits[bit / 64], one = UINT64_C(1) << bit % 64, below = word & (one - 1);
  *is = (word & one) != 0;
  below -= below >> 1 & UINT64_C(0x5555555555555555);
  below = (below & UINT64_C(0x3333333333333333)) + (below >> 2 & UINT64_C(0x3333333333333333));
  below = (below + (below >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
  return b->before[bit / 64] + (uint32_t)(below * UINT64_C(0x0101010101010101) >> 56);
}

#endif
