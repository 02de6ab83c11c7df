/*
** fields.c - lines that state metadata become pieces and facts of a page: what
** fields_read.c read of them is noted, and fields that are furniture (counters,
** tools) become boilerplate pieces of their own.
*/
#include "fields_read.h"

#define LINE_MAX_CHARS 220

static const char *reason_of(const field *f) {
  switch (f->key) {
    case FIELD_CLICKS: case FIELD_COUNTER: return "counter";
    case FIELD_TOOL: return "navigation";
    case FIELD_SHARE: return "share";
    default: return NULL;
  }
}

/* Who wrote it, when and where it was published? Then it is a dateline;
** who alone: a byline. */
static enum mill_block_kind kind_of(const field_line *l) {
  int when = 0, keywords = 0, who = 0;
  for (uint32_t i = 0; i < l->n; i++) {
    uint8_t key = l->fields[i].key;
    when |= key == FIELD_PUBLISHED || key == FIELD_SOURCE || key == FIELD_PUBLISHER;
    who |= key == FIELD_AUTHOR || key == FIELD_CONTRIBUTOR || key == FIELD_EDITOR || key == FIELD_REVIEWER;
    keywords |= key == FIELD_KEYWORD;
  }
  return keywords && !when && !who ? MILL_BLOCK_KEYWORDS
         : who && !when            ? MILL_BLOCK_BYLINE
                                   : MILL_BLOCK_DATELINE;
}

static void settle_last(page *p, const char *reason, enum mill_block_kind kind) {
  page_settle(p, p->n - 1, reason ? MILL_BLOCK_BOILERPLATE : kind, reason);
}

static void cut_fields(page *p, const field_line *l) {
  enum mill_block_kind kind = kind_of(l);
  const char *reason = reason_of(&l->fields[0]);
  for (uint32_t i = 1; i < l->n; i++) {
    const char *next = reason_of(&l->fields[i]);
    if (next == reason) continue;
    settle_last(p, reason, kind);
    if (page_split(p, l->fields[i].whole.from)) reason = next;
  }
  settle_last(p, reason, kind);
}

static int only_a_title(const field_line *l) {
  return l->n == 1 && l->fields[0].key == FIELD_TITLE;
}

static int has_field(const field_line *l, enum field_key key) {
  for (uint32_t i = 0; i < l->n; i++)
    if (l->fields[i].key == key) return 1;
  return 0;
}

/* Beside a time of publication, and where no author is named, a loose word is
** the author's name. */
static int names_author(const field_line *l) {
  return l->n > 2 && has_field(l, FIELD_PUBLISHED) && !has_field(l, FIELD_AUTHOR);
}

#define TITLE_MAX_CHARS 60
#define PROSE_MIN_CHARS 20 /* of a word without blanks that can be no field */

/* Where the first word begins, behind `from`, that is prose; the end of q. */
static uint32_t prose_begins(const page *p, const page_piece *q, uint32_t from) {
  enum field_key key;
  for (uint32_t at = from; at < q->folded.to;) {
    at += (uint32_t)fields_skip_blanks(p->folded + at, q->folded.to - at);
    uint32_t end = at;
    while (end < q->folded.to && !text_blank(p->folded + end, q->folded.to - end))
      end += (uint32_t)utf8_length((unsigned char)p->folded[end]);
    if (text_chars(p->folded + at, end - at) >= PROSE_MIN_CHARS &&
        !fields_label_at(p->cues, p->folded + at, end - at, &key))
      return at;
    at = end;
  }
  return q->folded.to;
}

/* A page that came as one line: title, fields, text. The last piece is its text then. */
static void cut_one_line(page *p) {
  const page_piece *q = &p->pieces[p->n - 1];
  const char *s = p->folded;
  uint32_t at = q->folded.from, to = q->folded.to;
  enum field_key key;
  field_line l;
  while (at < to && at - q->folded.from < 3 * TITLE_MAX_CHARS) {
    while (at < to && !text_blank(s + at, to - at)) at += (uint32_t)utf8_length((unsigned char)s[at]);
    at += (uint32_t)fields_skip_blanks(s + at, to - at);
    if (at < to && fields_label_at(p->cues, s + at, to - at, &key) && key != FIELD_TITLE && key != FIELD_ABSTRACT)
      break;
  }
  if (at >= to || at == q->folded.from || at - q->folded.from >= 3 * TITLE_MAX_CHARS) return;
  uint32_t end = prose_begins(p, q, at);
  if (end == to || !fields_read(&l, p, page_trim(s, (mill_span){at, end})) || !has_field(&l, FIELD_PUBLISHED))
    return;
  if (text_stop(s + q->folded.from, at - q->folded.from) || !page_split(p, at)) return;
  for (uint32_t i = 0; i < l.n; i++) fields_note(p, &l.fields[i], 0);
  if (page_split(p, end)) page_settle(p, p->n - 2, kind_of(&l), NULL);
}

/* What every field has: a sign or a blank behind a label, a digit, a month. */
#define SIGNS_OF_FIELDS (SIGN_BLANK | SIGN_DIGIT | SIGN_MARK | SIGN_MONTH)

static void mark_one(page *p, const page_piece *next, void *context) {
  (void)context;
  page_piece *q = &p->pieces[p->n - 1];
  if (p->n == 1 && !q->settled && q->chars > LINE_MAX_CHARS / 2 && q->signs & SIGN_BLANK) {
    cut_one_line(p);
    q = &p->pieces[p->n - 1];
  }
  if (q->settled || q->chars > LINE_MAX_CHARS || q->chars < 2 || !(q->signs & SIGNS_OF_FIELDS)) return;
  enum field_key key = FIELD_NONE;
  const char *s = page_at(p, q->folded.from);
  size_t lead = fields_skip_edges(s, span_len(q->folded)), w;
  w = fields_label_at(p->cues, s + lead, span_len(q->folded) - lead, &key);
  if (w && key == FIELD_ABSTRACT) {
    page_note(p, FIELD_DESCRIPTION, (mill_span){q->folded.from + (uint32_t)(lead + w), q->folded.to}, 1);
    page_settle(p, p->n - 1, MILL_BLOCK_ABSTRACT, NULL);
    return;
  }
  field_line l;
  if (!fields_read(&l, p, q->folded) || !fields_have_anchor(p, q)) return; /* prose is given up at its first words */
  if (q->sentence && l.labelled == 0) return; /* 5月3日,水库开闸放水。 */
  int place_follows = next && text_starts(page_at(p, next->folded.from), span_len(next->folded), "地点") > 0;
  if (place_follows && l.labelled == 1 && l.fields[0].key == FIELD_PUBLISHED) return; /* of a meeting */
  for (uint32_t i = 0; i < l.n; i++) fields_note(p, &l.fields[i], names_author(&l));
  if (only_a_title(&l)) page_settle(p, p->n - 1, MILL_BLOCK_TITLE, NULL);
  else cut_fields(p, &l);
}

int fields_mark_end(page *p, uint32_t from) {
  field_line l;
  if (!fields_read(&l, p, (mill_span){from, p->pieces[p->n - 1].folded.to}) || l.labelled == 0 ||
      !page_split(p, from))
    return 0;
  for (uint32_t i = 0; i < l.n; i++) fields_note(p, &l.fields[i], 0);
  cut_fields(p, &l);
  return 1;
}

void fields_mark(page *p) { page_rewrite(p, mark_one, NULL); }
