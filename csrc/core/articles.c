/*
** articles.c - several reports in one document, each under a title line that
** says who speaks: "某镇:...", "某乡:...". The speakers must differ and end as
** names of places or offices do, and a paragraph must follow. Either the
** document's own title has that shape, or two such lines name places and follow
** the title at once (a report that begins with text of its own may have sections
** by place: it takes three); then what stands before them is an article of its own.
*/
#include "cues.h"
#include "fields.h"

#define SHAPE_MAX_CHARS 48
#define ARTICLES_MAX 4096

/* The part before the colon, empty when the line has another shape. */
static mill_span speaker(const page *p, const page_piece *q) {
  mill_span none = {0, 0};
  if (q->chars > SHAPE_MAX_CHARS || q->sentence) return none;
  if (q->hint && (q->hint->role == HTML_ITEM || q->hint->role == HTML_CELL))
    return none; /* lists of places */
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  enum field_key key = FIELD_NONE;
  int spaced;
  size_t label = cue_label(p->cues, s, n, &key, &spaced); /* 标题 某镇:... */
  if (label && key == FIELD_TITLE) label += s[label] == ':', s += label, n -= label;
  const char *colon = memchr(s, ':', n);
  if (!colon) return none;
  mill_span x = page_trim(p->folded, (mill_span){q->folded.to - (uint32_t)n,
                                                 q->folded.to - (uint32_t)n + (uint32_t)(colon - s)});
  uint32_t chars = text_chars(p->folded + x.from, span_len(x));
  uint32_t rest = text_chars(colon + 1, n - (size_t)(colon - s) - 1);
  if (chars < 2 || chars > 12 || rest < 4) return none;
  return name_is_office(p, p->folded + x.from, span_len(x)) ? x : none;
}

static int same(const page *p, mill_span a, mill_span b) {
  return span_len(a) == span_len(b) && memcmp(p->folded + a.from, p->folded + b.from, span_len(a)) == 0;
}

static int prose_follows(const page *p, uint32_t i) {
  for (uint32_t k = i + 1; k < p->n && k <= i + 4; k++)
    if (!p->pieces[k].settled) return p->pieces[k].chars >= 30;
  return 0;
}

static uint32_t title_of(const page *p) {
  for (uint32_t i = 0; i < p->n; i++)
    if (p->pieces[i].settled && p->pieces[i].kind == MILL_BLOCK_TITLE) return i;
  return MILL_NONE;
}

/* 柳林镇, not 各镇 or 全县. */
static int names_place(const page *p, mill_span x) {
  static const char *const ends[] = {"镇", "乡", "街道", "村", "社区", "县", "区", "市", "旗", NULL};
  static const char *const all[] = {"各", "全", "本", "我", "该", "其", "有", "在", NULL};
  const char *s = p->folded + x.from;
  return text_ends_any(s, span_len(x), ends) > 0 && !text_starts_any(s, span_len(x), all);
}

#define PLACES_MIN 3
#define LEAD_MAX_CHARS 60

/* Do lines, each over its own text, begin with enough places in turn? */
static int places_speak(const page *p, uint32_t from) {
  mill_span last = {0, 0};
  unsigned places = 0, enough = PLACES_MIN - 1;
  uint32_t lead = 0;
  for (uint32_t i = from; i < p->n && places < enough; i++) {
    mill_span x = p->pieces[i].settled ? (mill_span){0, 0} : speaker(p, &p->pieces[i]);
    if (places == 0 && x.from >= x.to && !p->pieces[i].settled &&
        (lead += p->pieces[i].chars) > LEAD_MAX_CHARS)
      enough = PLACES_MIN;
    if (x.from >= x.to || !names_place(p, x) || same(p, x, last) || !prose_follows(p, i)) continue;
    places++;
    last = x;
  }
  return places == enough;
}

uint32_t articles_mark(page *p) {
  uint32_t title = title_of(p), article = 0;
  mill_span first = title == MILL_NONE ? (mill_span){0, 0} : speaker(p, &p->pieces[title]);
  mill_span last = first;
  int titled = first.from < first.to, places = !titled && title != MILL_NONE && places_speak(p, title + 1);
  for (uint32_t i = 0; i < p->n; i++) {
    page_piece *q = &p->pieces[i];
    mill_span x = {0, 0};
    if ((titled || places) && i > title && !q->settled && article + 1 < ARTICLES_MAX) x = speaker(p, q);
    if (x.from < x.to && (titled || names_place(p, x)) && !same(p, x, first) && !same(p, x, last) &&
        prose_follows(p, i)) {
      page_settle(p, i, MILL_BLOCK_TITLE, NULL);
      article++;
      last = x;
    }
    q->article = article;
  }
  return article + 1;
}
