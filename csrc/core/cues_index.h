/*
** cues_index.h - the lists of cues.c, indexed for cues_scan.c. Words with the
** same first character (of what lines end with: last) stand in one chain, in the
** order of their lists:
**
**   head[use][character] -> entry -> entry -> 0
**
** What a character is to the phrases is said by four bits, so that a scan only
** stops where two that follow each other may begin one.
*/
#ifndef MILL_CUES_INDEX_H
#define MILL_CUES_INDEX_H

#include "cues.h"

enum cue_use { USE_PHRASE, USE_WORD, USE_LABEL, USE_START, USE_END, USES };

typedef struct cue_entry {
  const char *text; /* static */
  uint32_t value;   /* bits of a phrase, enum cue_word, key | spaced << 8 of a label, enum cue_edge */
  uint16_t len, next; /* next: 1 + index, 0: none */
} cue_entry;

enum cue_role { CUE_FIRST = 8, CUE_SECOND = 4, CUE_ALONE = 2, CUE_NUMBERS = 1 /* may begin 第一章, 一、 */ };

#define CUE_HEADS 1024u
struct cue_index {
  uint16_t head[USES][CUE_HEADS]; /* 1 + index of the first entry, 0: none */
  uint32_t roles[65536 / 8];      /* four bits a character of three bytes */
  uint32_t n;
  cue_entry entries[];
};

/* By the first character at s, all of which is there. */
static inline unsigned cue_hash(const char *s) {
  const unsigned char *u = (const unsigned char *)s;
  return u[0] < 0xE0 ? u[0] : (u[0] * 7u + u[1] * 59u + u[2] * 13u) % CUE_HEADS;
}

static inline void cue_add_role(cue_index *x, uint32_t c, enum cue_role role) {
  x->roles[c >> 3] |= (uint32_t)role << (c & 7) * 4;
}

#endif
