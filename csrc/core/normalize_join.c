/*
** normalize_join.c - edits that the quick entries leave open, without leaving the
** pen: what is usual of characters that interact, and what grows.
**
**   ᄒ ᅡ ᆫ -> 한      an initial that stayed, a vowel, a final: by arithmetic
**   e ◌̣ ◌̂ -> ệ       each joins what all before it has become
**   ｶ -> カ, ﾞ: ガ    the piece of the base is taken back
**   q ◌̣ ◌̇, NFD       in order, and nothing joins: all stay
**   é -> e ◌́, NFD    longer than it was
**
** A stretch is looked at as a whole before anything is written. When some of it
** joins and some stays, has to change places, or follows what is more than one
** character, it is left to stretch.c, which makes the same of all the others.
** Reference: UAX #15, section 1.3; Hangul: The Unicode Standard, section 3.12.
*/
#include "buffer.h"
#include "normalize_pen.h"

typedef struct joint { /* a base and what has joined it, or stays behind it */
  uint32_t c, ccc;     /* what it became; the class of the last mark */
  uint32_t kinds;      /* bits: kinds of edit */
  uint32_t i;          /* number of the next edit */
  size_t from, end;    /* in the source */
  int piece;           /* the base is the last piece */
  int joined, stayed;  /* one of both */
} joint;

typedef struct reader { const work *w; const edits_at *l; } reader;

static size_t length_at(const reader *r, size_t at) {
  return utf8_length((unsigned char)r->w->s[at]);
}

static uint32_t entry_of(const reader *r, size_t at, size_t len) {
  return entry_at(r->w->u->quick, r->w->look->page, r->w->s + at, (uint32_t)len);
}

/* The entry of what stands at `at` and looks back, where edit i is; 0: it does
** not; a hard one without a value: not to be told here. */
static uint32_t back_at(const reader *r, uint32_t i, size_t at) {
  const edits_at *l = r->l;
  if (i >= l->e->n || l->from + l->e->at[i] != at || at >= r->w->n) return 0;
  if (at >= l->limit) return QUICK_HARD;
  size_t len = length_at(r, at);
  if (len == 1) return 0;
  if (len == 4) return value_at(r->w, at, &len) & UNICODE_BACK ? QUICK_HARD : 0;
  uint32_t entry = entry_of(r, at, len);
  return (entry & QUICK_HARD) && (entry & UNICODE_BACK) ? entry : 0;
}

/* ---- the last piece ------------------------------------------------------------------ */

static const mill_run *last_run(const pen *k) { return k->next - (k->step != 0); }

/* Does a piece of this pen end at `done`, which may be taken back? The first run
** of a map stays. */
static int has_piece(const pen *k, const work *w) {
  if (k->end == k->first || k->end != (uint32_t)k->done + k->source) return 0;
  return k->step == 0 || last_run(k)->count > 1 || last_run(k) > w->map->runs;
}

static void take_back(pen *k) {
  mill_run *last = k->next - (k->step != 0);
  k->to -= last->output_len;
  k->done -= last->source_len;
  k->end -= last->source_len;
  if (k->step == 0 || --last->count > 0) return;
  k->next--;
  k->shape = run_source_end(k->next - 1) == k->end ? shape_of_run(k->next - 1) : NO_SHAPE;
}

/* ---- joining, or staying --------------------------------------------------------------- */

static int find_base(const pen *k, const work *w, size_t at, joint *j) {
  size_t len;
  j->end = at;
  j->piece = at == k->done;
  if (j->piece) {
    if (!has_piece(k, w)) return 0;
    len = last_run(k)->output_len;
    j->from = at - last_run(k)->source_len;
    j->kinds = 1u << last_run(k)->kind;
    j->c = utf8_single(k->out + k->to - len, len);
  } else {
    j->from = utf8_prev(w->s, at);
    j->c = utf8_decode(w->s + j->from, &len);
  }
  if (j->c < 0x80) return 1;
  if (j->c > UNICODE_MAX) return 0;
  int ccc = is_width(w->form) ? 0 : unicode_last_class(w->u, j->c);
  j->ccc = (uint32_t)ccc;
  return ccc >= 0;
}

/* The mark of this entry at the end joins, or stays behind those that stay. 0: it
** does something else. What is of the class of one that stays is kept from the base. */
static int add_mark(const work *w, joint *j, uint32_t entry) {
  uint32_t ccc = QUICK_CLASS(entry), c, composite = 0;
  enum mill_edit kind = MILL_EDIT_NONE;
  size_t len;
  if (!(entry & QUICK_JOINS) || ccc < j->ccc) return 0;
  c = utf8_decode(w->s + j->end, &len);
  j->end += len;
  if (QUICK_VALUE(entry) != UNICODE_BACK) {
    unicode_piece p = unicode_record(w->u, QUICK_VALUE(entry));
    c = utf8_single(p.text, p.len), kind = p.kind;
  }
  if (!(j->stayed && ccc == j->ccc)) composite = unicode_compose(w->u, j->c, c);
  j->ccc = ccc;
  j->joined |= composite != 0;
  j->stayed |= composite == 0;
  j->kinds |= 1u << kind;
  if (composite == 0) return !j->joined && kind == MILL_EDIT_NONE && ccc != 0;
  j->c = composite;
  return !j->stayed;
}

/* What stands at `at`, edit i, with its base and all that looks back behind it. */
static int read_joint(const pen *k, const reader *r, uint32_t i, size_t at, uint32_t entry, joint *j) {
  *j = (joint){.i = i};
  if (!find_base(k, r->w, at, j)) return 0;
  do {
    if (!add_mark(r->w, j, entry)) return 0;
  } while ((entry = back_at(r, ++j->i, j->end)) != 0);
  return 1;
}

static int join_marks(pen *k, const reader *r, uint32_t *i, size_t at, uint32_t entry, int *moved) {
  joint j;
  if (!read_joint(k, r, *i, at, entry, &j)) return 0;
  if (j.joined) {
    uint32_t source_len = (uint32_t)(j.end - j.from), kind = (uint32_t)kind_together(j.kinds);
    uint32_t len = (uint32_t)utf8_size(j.c);
    if (len > source_len || k->next == NULL) return 0;
    if (j.piece) take_back(k);
    else bring(k, r->w->s, j.from);
    utf8_encode(j.c, k->out + k->to);
    put_run(k, shape_of(source_len, len, kind), source_len, len, 1, kind);
    k->to += len;
    k->done = j.end;
    *moved = 1;
  }
  *i = j.i;
  return 1;
}

/* Marks that are decomposed and in order, behind what stayed. 0: they are not. */
static int keep_marks(const pen *k, const reader *r, uint32_t *edit, size_t at, uint32_t entry) {
  uint32_t i = *edit, ccc = 0;
  if (at == k->done && at > 0) return 0;
  do {
    if (!(entry & QUICK_JOINS) || QUICK_VALUE(entry) != UNICODE_BACK || QUICK_CLASS(entry) < ccc) return 0;
    ccc = QUICK_CLASS(entry);
    at += length_at(r, at);
  } while ((entry = back_at(r, ++i, at)) != 0);
  *edit = i;
  return 1;
}

/* ---- conjoining jamo ------------------------------------------------------------------- */

#define INITIALS "\xE1\x84" /* U+1100..113F, none of which looks back */
#define VOWELS "\xE1\x85"   /* U+1140..117F */

/* A vowel that a syllable may have, at p. */
static int is_vowel(const char *p) {
  return memcmp(p, VOWELS, 2) == 0 && (uint32_t)(unsigned char)p[2] - 0xA1u < 21;
}

/* Does the character at `at` not look back? Initials and ASCII are told at once. */
ALWAYS_INLINE int is_border(const work *w, size_t at) {
  size_t len;
  if ((unsigned char)w->s[at] < 0x80 || memcmp(w->s + at, INITIALS, 2) == 0) return 1;
  return at >= w->n || (value_at(w, at, &len) & UNICODE_BACK) == 0;
}

/* An initial, a vowel and a final, if there is one, at `done`. The vowel looks back in this form:
** so finals do, and initials stay. */
ALWAYS_INLINE int join_syllable(pen *k, const work *w) {
  const char *s = w->s + k->done;
  const unsigned char *p = (const unsigned char *)s;
  uint32_t first = p[2] - 0x80u, final = ((p[7] & 63u) << 6 | (p[8] & 63u)) - 0x1A7u;
  if (memcmp(s, INITIALS, 2) != 0 || first >= 19 || !is_vowel(s + 3)) return 0;
  uint32_t has_final = (uint32_t)((p[6] == 0xE1) & (final - 1 < 27)), len = 6 + 3 * has_final;
  if (!is_border(w, k->done + len)) return 0;
  uint32_t c = 0xAC00u + first * 588u + (p[5] - 0xA1u) * 28u + (final & -has_final);
  char *out = k->out + k->to;
  out[0] = (char)(0xE0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 63)), out[2] = (char)(0x80 | (c & 63));
  put_run(k, OTHER_SHAPE(len, 3u, MILL_EDIT_NORMAL), len, 3, 1, MILL_EDIT_NORMAL);
  k->to += 3;
  k->done += len;
  return 1;
}

/* Syllable after syllable, a blank or the like between them; the first has its vowel
** at `at`. The list is not asked, only caught up with. */
static int join_jamo(pen *given, const reader *r, uint32_t *i, size_t at, int *moved) {
  const work *w = r->w;
  const edits_at *l = r->l;
  pen k = *given;
  if (k.next == NULL || at - k.done < 3 || !is_vowel(w->s + at)) return 0;
  bring(&k, w->s, at - 3);
  if (!join_syllable(&k, w)) return 0;
  while (k.done + 3 < l->limit) {
    if ((unsigned char)w->s[k.done] < 'A') k.out[k.to++] = w->s[k.done++];
    if (!join_syllable(&k, w)) break;
  }
  while (*i < l->e->n && l->from + l->e->at[*i] < k.done) ++*i;
  *given = k;
  *moved = 1;
  return 1;
}

/* ---- what grows ---------------------------------------------------------------------- */

#define FEW 8 /* easy edits in a row, by which it is seen that there are many */
#define MOST 16 /* bytes that may be read from any record */

/* The character of this value at `at` by its record; 0: that is long, or `out` is full. */
static int replace(pen *k, const work *w, size_t at, uint32_t value, int *moved) {
  size_t len, to = k->to + (at - k->done);
  unicode_piece p = {NULL, 0, MILL_EDIT_NORMAL};
  char jamo[MOST];
  if (value == 0 || k->next == NULL || w->out->capacity - to < (w->n - at) + MOST + PART_SPARE) return 0;
  uint32_t c = utf8_decode(w->s + at, &len);
  if (value == UNICODE_HANGUL) p.text = jamo, p.len = hangul_decompose(c, jamo);
  else p = unicode_record(w->u, value);
  if (p.len > MOST) return 0;
  bring(k, w->s, at);
  memcpy(k->out + k->to, p.text, MOST);
  uint32_t kind = (uint32_t)p.kind, new_len = (uint32_t)p.len;
  put_run(k, shape_of((uint32_t)len, new_len, kind), (uint32_t)len, new_len, 1, kind);
  k->to += new_len;
  k->done += len;
  *moved = 1;
  return 1;
}

/* ---- all of them ----------------------------------------------------------------------- */

/* The character of this entry at `at`, edit *i, and those that go into the same. */
static int edit_one(pen *k, const reader *r, uint32_t *i, size_t at, uint32_t entry, int *moved) {
  if (entry & UNICODE_BACK) {
    if (decomposes(r->w->form)) return keep_marks(k, r, i, at, entry);
    return join_jamo(k, r, i, at, moved) || join_marks(k, r, i, at, entry, moved);
  }
  if (!replace(k, r->w, at, QUICK_VALUE(entry), moved)) return 0;
  ++*i;
  return 1;
}

/* Half-width kana of this entry and a voiced mark behind it, edits *i and *i + 1: one
** piece at once, since most that are voiced are written so. */
static int join_voiced(pen *k, const reader *r, uint32_t *i, size_t at, uint32_t entry) {
  const work *w = r->w;
  uint32_t back = back_at(r, *i + 1, at + 3);
  size_t len;
  char base[4];
  if (!(back & QUICK_JOINS) || QUICK_LENGTH(entry) != 0 || decomposes(w->form)) return 0;
  for (int b = 0; b < 3; b++) base[b] = (char)((unsigned char)w->s[at + (size_t)b] ^ (entry >> 8 * b & 255u));
  uint32_t c = utf8_decode(base, &len), mark = 0, kinds = 1u << QUICK_KIND(entry);
  if (len != 3 || c - 0x30A0u >= 96) return 0; /* full-width kana: its class is 0 */
  if (QUICK_VALUE(back) != UNICODE_BACK) {
    unicode_piece p = unicode_record(w->u, QUICK_VALUE(back));
    mark = utf8_single(p.text, p.len), kinds |= 1u << p.kind;
  }
  c = unicode_compose(w->u, c, mark);
  if (c < 0x800 || c > 0xFFFF || back_at(r, *i + 2, at + 6) != 0) return 0;
  bring(k, w->s, at);
  utf8_encode(c, k->out + k->to);
  put_run(k, shape_of(6, 3, (uint32_t)kind_together(kinds)), 6, 3, 1, (uint32_t)kind_together(kinds));
  k->to += 3;
  k->done += 6;
  *i += 2;
  return 1;
}

ALWAYS_INLINE int voiced_at(const char *text) {
  const unsigned char *p = (const unsigned char *)text;
  return p[0] == 0xEF && p[3] == 0xEF && p[4] == 0xBE && (p[5] | 1) == 0x9F;
}

/* An easy one, on the way. */
ALWAYS_INLINE void edit_plain(pen *k, const reader *r, uint32_t *i, size_t at, uint32_t entry, uint32_t len) {
  if (voiced_at(r->w->s + at) && join_voiced(k, r, i, at, entry)) return;
  bring(k, r->w->s, at);
  edit_quick(k, r->w->s, entry, len, 1);
  ++*i;
}

uint32_t edit_joins(pen *given, const work *w, const edits_at *l, uint32_t i, int *moved) {
  const reader r = {w, l};
  pen k = *given;
  for (int plain = 0; i < l->e->n && plain < FEW;) {
    size_t at = l->from + l->e->at[i], len;
    if (at >= l->limit) break;
    if (at < k.done) {
      i++; /* went into the edit before */
      continue;
    }
    len = length_at(&r, at);
    if (len != 2 && len != 3) break;
    uint32_t entry = entry_of(&r, at, len);
    if (entry & QUICK_HARD) {
      if (!edit_one(&k, &r, &i, at, entry, moved)) break;
      plain = 0;
      continue;
    }
    if (entry != 0 && k.next == NULL) break;
    if (entry == 0) {
      i++;
      continue;
    }
    edit_plain(&k, &r, &i, at, entry, (uint32_t)len);
    *moved = 1;
    plain++;
  }
  *given = k;
  return i;
}
