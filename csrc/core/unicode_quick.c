/*
** unicode_quick.c - from the tries, when they are opened: what a form touches
** at all, and the entries by which it is applied (unicode.h).
**
**   look->page[c >> 6] -> page p -> quick[p * 64 + (c & 63)]
**
** Page 0 says that all stay. Forms that share a block of the tries for the same
** characters share the page.
*/
#include "alloc.h"
#include "unicode.h"
#include "utf8.h"

/* Bit i: value i of the block is not 0. */
static uint64_t block_changes(const uint16_t *values) {
  uint64_t bits = 0;
  for (int i = 0; i < 64; i++) bits |= (uint64_t)(values[i] != 0) << i;
  return bits;
}

/* Marks what lead and second bytes the characters of block i have. */
static void mark_halves(unicode_look *look, uint32_t i, uint64_t bits) {
  if (i >= 32) {
    if (bits != 0) look->half[i >> 6] |= (uint8_t)UNICODE_HALF_E(i & 63u);
    return;
  }
  for (uint32_t second = 0; second < 64; second += 32)
    if ((bits >> second & UINT32_MAX) != 0)
      look->half[i & 15u] |= (uint8_t)(i < 16 ? UNICODE_HALF_C(second) : UNICODE_HALF_D(second));
}

static void mark_punctuation(unicode_look *look) {
  for (uint32_t i = 0; i < 64; i++) {
    look->third[i & 15u] |= (uint8_t)((look->changes[0x2000 >> 6] >> i & 1u) << (i >> 4));
    look->third[i & 15u] |= (uint8_t)((look->changes[0x3000 >> 6] >> i & 1u) << (4 + (i >> 4)));
  }
}

static void make_look(const mill_unicode *u, const unicode_trie_root *t, unicode_look *look) {
  for (int i = 0; i < 16; i++) look->half[i] = UNICODE_HALF_F;
  for (uint32_t i = 2; i < 1024; i++) { /* not ASCII */
    uint64_t bits = t->bmp[i] == t->bmp[i - 1] && i > 2 ? look->changes[i - 1]
                                                        : block_changes(u->values + t->bmp[i] * 64u);
    look->changes[i] = bits;
    mark_halves(look, i, bits);
  }
  mark_punctuation(look);
}

/* The bytes of text[0,n), n <= 3, as a number; the first is the lowest. */
static uint32_t as_number(const char *text, size_t n) {
  uint32_t x = 0;
  for (size_t i = 0; i < n; i++) x |= (uint32_t)(unsigned char)text[i] << (8 * i);
  return x;
}

/* The entry of a character that looks back. */
static uint32_t back_entry(const mill_unicode *u, uint32_t c, uint32_t value) {
  if (value != UNICODE_BACK) {
    unicode_piece p = unicode_record(u, value);
    c = utf8_single(p.text, p.len);
  }
  if (c > UNICODE_MAX || (unicode_value(u, MILL_NFD, c) & 0x7FFFu) != 0) return QUICK_HARD | value;
  return QUICK_HARD | value | QUICK_JOINS | (uint32_t)unicode_ccc(u, c) << 16;
}

static uint32_t entry_of(const mill_unicode *u, uint32_t c, uint32_t value) {
  char source[4];
  if (value == 0) return 0;
  if (c >= 0xD800 && c < 0xE000) return QUICK_HARD;
  if (value & UNICODE_BACK) return back_entry(u, c, value);
  if (value == UNICODE_HANGUL) return QUICK_HARD | value;
  unicode_piece p = unicode_record(u, value);
  uint32_t len = (uint32_t)utf8_encode(c, source);
  if (p.len > len || p.kind == MILL_EDIT_NONE) return QUICK_HARD | value;
  return (as_number(source, p.len) ^ as_number(p.text, p.len)) | (uint32_t)(len ^ p.len) << 24 |
         (uint32_t)p.kind << 26;
}

/* The page of block i in this form, when an earlier form has the same. */
static uint16_t shared_page(const mill_unicode *u, int form, uint32_t i) {
  for (int f = 0; f < form; f++)
    if (u->tries[f].bmp[i] == u->tries[form].bmp[i]) return u->looks[f].page[i];
  return 0;
}

/* Gives every block that changes a page; returns how many there are. */
static uint32_t number_pages(mill_unicode *u) {
  uint32_t n = 1;
  for (int form = 0; form < UNICODE_FORMS; form++)
    for (uint32_t i = 2; i < 1024; i++) {
      if (u->looks[form].changes[i] == 0) continue;
      uint16_t shared = shared_page(u, form, i);
      u->looks[form].page[i] = shared != 0 ? shared : (uint16_t)n++;
    }
  return n;
}

static void fill_page(mill_unicode *u, int form, uint32_t i) {
  uint32_t *page = u->quick + u->looks[form].page[i] * 64u;
  const uint16_t *values = u->values + u->tries[form].bmp[i] * 64u;
  for (uint32_t k = 0; k < 64; k++) page[k] = entry_of(u, i << 6 | k, values[k]);
}

int unicode_make_looks(mill_unicode *u) {
  u->looks = mem_calloc(UNICODE_FORMS, sizeof *u->looks);
  if (u->looks == NULL) return 0;
  for (int form = 0; form < UNICODE_FORMS; form++) make_look(u, &u->tries[form], &u->looks[form]);
  u->quick = mem_calloc(number_pages(u) * 64u, sizeof *u->quick);
  if (u->quick == NULL) return 0;
  for (int form = 0; form < UNICODE_FORMS; form++)
    for (uint32_t i = 2; i < 1024; i++)
      if (u->looks[form].page[i] != 0 && shared_page(u, form, i) == 0) fill_page(u, form, i);
  return 1;
}
