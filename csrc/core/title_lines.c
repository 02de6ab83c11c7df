/*
** title_lines.c - the lines of one title:
**
**   关于公布2020年度农村低保对象     a document without its kind at the end
**   名单的公示                       the kind: one title
**
**   真抓实干 善作善成                two lines that can be one, nothing but furniture
**   奋力开创新局面                   above, the subtitle or the dateline below
**   ——在全镇大会上的讲话
*/
#include "lexicon.h"
#include "title.h"

#define LINE_MIN_CHARS 8 /* of each line of a title of two whole ones */
#define LINE_MAX_CHARS 32
#define CUT_MAX_CHARS 45 /* of a line that goes on */
#define GLUED_ENOUGH 3

/* Does the dateline stand at piece i, a subtitle aside? */
static int dateline_at(const page *p, uint32_t i) {
  if (i < p->n && title_is_subtitle(p, i)) i++;
  return i < p->n && p->pieces[i].settled && p->pieces[i].kind == MILL_BLOCK_DATELINE;
}

int title_read_speaker(const page *p, uint32_t i, mill_span *name) {
  static const char *const roles[] = {"书记", "长",   "主任", "主席", "代表",
                                      "委员", "经理", "理事", "教授", NULL};
  const page_piece *q = &p->pieces[i];
  mill_span names[NAMES_MAX];
  if (i >= p->n || q->settled || q->sentence || q->chars > 40 || !(q->signs & SIGN_BLANK))
    return 0;
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded), cut = 0;
  while (cut < n && !text_blank(s + cut, n - cut)) cut += utf8_length((unsigned char)s[cut]);
  mill_span rest =
      page_trim(p->folded, (mill_span){q->folded.from + (uint32_t)cut, q->folded.to});
  if (!text_ends_any(s, cut, roles) || text_chars(page_at(p, rest.from), span_len(rest)) > 4)
    return 0;
  *name = rest;
  return names_parse(p, rest, NAMES_STRICT | NAMES_SURNAME, names, NULL) == 1;
}

/* Two whole lines that can be one title, in its place: nothing but furniture above. */
static int are_framed(const page *p, uint32_t first) {
  const page_piece *a = &p->pieces[first], *b = a + 1, *above = first > 0 ? a - 1 : NULL;
  mill_span name;
  if (above && !(above->settled && above->kind == MILL_BLOCK_BOILERPLATE) &&
      !title_is_site(p, above))
    return 0;
  if (!dateline_at(p, first + 2)) return 0;
  unsigned least = title_is_subtitle(p, first + 2) ? LINE_MIN_CHARS - 2 : LINE_MIN_CHARS;
  if (a->chars < least || b->chars < least || a->chars > LINE_MAX_CHARS ||
      b->chars > LINE_MAX_CHARS)
    return 0;
  if (name_is_office(p, page_at(p, a->folded.from), span_len(a->folded)) || title_is_site(p, a))
    return 0;
  return !(a->cues & CUE_SIGNUP) && !boilerplate_has_tool(p, first) &&
         !title_read_speaker(p, first + 1, &name);
}

/* Does it end where no title ends: 的, an open quote? */
static int is_open(const page *p, const page_piece *q) {
  static const char *const ends[] = {"的", "及", "和", "与", "暨", "、",
                                     "“",  "《", "(",  "——", ",",  NULL};
  static const char *const pairs[][2] = {{"《", "》"}, {"“", "”"}, {"(", ")"}};
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  if (text_ends_any(s, n, ends)) return 1;
  for (size_t k = 0; k < 3; k++) {
    const char *open = memmem(s, n, pairs[k][0], strlen(pairs[k][0]));
    if (open && !memmem(open, n - (size_t)(open - s), pairs[k][1], strlen(pairs[k][1])))
      return 1;
  }
  return 0;
}

/* 关于...: a document's title, whose kind is still to come. */
static int lacks_kind(const page *p, const page_piece *q) {
  const char *s = page_at(p, q->folded.from);
  return memmem(s, span_len(q->folded), "关于", 6) != NULL && !title_names_document(p, q);
}

/* A word of the lexicon over the border of two lines: 工作打|算. */
static int word_across(const page *p, const page_piece *a, const page_piece *b) {
  const char *s = p->folded;
  const mill_lexicon *lx = mill_data_lexicon(p->text->data);
  char both[32];
  mill_word word;
  uint32_t one = (uint32_t)utf8_prev(s, a->folded.to),
           two = one > a->folded.from ? (uint32_t)utf8_prev(s, one) : one;
  uint32_t len = (uint32_t)utf8_length((unsigned char)s[b->folded.from]);
  uint32_t next = b->folded.from + len < b->folded.to
                      ? (uint32_t)utf8_length((unsigned char)s[b->folded.from + len])
                      : 0;
  if (!lx || (unsigned char)s[one] < 0xE4 || (unsigned char)s[b->folded.from] < 0xE4) return 0;
  for (int k = 0; k < 4; k++) {
    uint32_t from = k & 1 ? two : one, left = a->folded.to - from,
             right = k & 2 ? len + next : len;
    memcpy(both, s + from, left);
    memcpy(both + left, s + b->folded.from, right);
    if (mill_lexicon_find(lx, both, left + right, &word) > 0) return 1;
  }
  return 0;
}

/* A——B, and what is left of B over the dateline or who wrote it. */
static int has_long_subtitle(const page *p, uint32_t first) {
  const page_piece *a = &p->pieces[first], *below = a + 2;
  const char *s = page_at(p, a->folded.from);
  return first + 2 < p->n && below->settled &&
         (below->kind == MILL_BLOCK_DATELINE || below->kind == MILL_BLOCK_BYLINE) &&
         span_len(a->folded) > 6 && memmem(s + 6, span_len(a->folded) - 6, "——", 6) != NULL;
}

/* Does one of both say the other once more: a trail that ends with the title, the title twice? */
static int says_again(const page *p, const page_piece *a, const page_piece *b) {
  const char *s = page_at(p, a->folded.from), *t = page_at(p, b->folded.from);
  size_t n = span_len(a->folded), m = span_len(b->folded), least = n < m ? n : m;
  return memcmp(s + n - least, t + m - least, least) == 0;
}

/* Can line b go on with line a at all? */
static int may_go_on(const page *p, const page_piece *a, const page_piece *b) {
  const char *s = page_at(p, b->folded.from);
  size_t n = span_len(b->folded);
  unsigned level, ordinal;
  char iso[24];
  if (a->settled || b->settled || a->hint != b->hint || a->sentence || a->chars > CUT_MAX_CHARS)
    return 0;
  if (a->chars < 4 || b->chars > CUT_MAX_CHARS || text_stop(s, n) || text_ends(s, n, ":"))
    return 0;
  if (says_again(p, a, b) || title_is_rubric(p, a)) return 0;
  if (text_starts_any(s, n, (const char *const[]){"—", "-", "(", "□", "●", NULL})) return 0;
  return !heading_number(s, n, &level, &ordinal) && !timestamp_scan(s, n, iso) &&
         (title_names_document(p, b) || !name_is_person(p, b->folded));
}

/* Are pieces first and first + 1 lines of one title? *cut: broken within its words. */
static int are_glued(const page *p, uint32_t first, int *cut) {
  const page_piece *a = &p->pieces[first], *b = a + 1;
  if (first + 1 >= p->n || !may_go_on(p, a, b)) return 0;
  int sum = 3 * is_open(p, a) + 2 * word_across(p, a, b) + (b->chars <= 3) +
            3 * (lacks_kind(p, a) && title_names_document(p, b)) +
            3 * has_long_subtitle(p, first);
  *cut |= sum >= GLUED_ENOUGH;
  return sum >= GLUED_ENOUGH || (title_like(p, a) && title_like(p, b) && are_framed(p, first));
}

uint32_t title_lines(const page *p, uint32_t title, uint32_t *last, int *cut) {
  uint32_t first = title;
  *last = title;
  *cut = 0;
  if (title == MILL_NONE || p->pieces[title].settled) return title;
  while (first > 0 && title - first < 2 && are_glued(p, first - 1, cut)) first--;
  while (*last - title < 2 && are_glued(p, *last, cut)) ++*last;
  return first;
}
