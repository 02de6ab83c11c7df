/*
** fields.c - lines that state metadata become pieces and facts of a page: what
** fields_read.c read of them is noted, and fields that are furniture (counters,
** tools) become boilerplate pieces of their own.
*/
#include "fields_read.h"
#include "title.h"

#define LINE_MAX_CHARS 220
#define HEAD_PIECES 60 /* as many pieces may stand above the text */

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

/* What the pass has seen so far: whether the text has begun, and the label that
** stood on the line before without its value. */
typedef struct so_far {
  int in_text;
  uint32_t label;     /* its piece, or MILL_NONE */
  enum field_key key; /* what it labels */
} so_far;

/* Beside a time of publication a person's name is the author's, where none is
** named; above the text an account may sign so, too. */
static enum field_loose loose_words(const field_line *l, const so_far *seen) {
  if (!has_field(l, FIELD_PUBLISHED) && l->moments == 0) return LOOSE_NOTHING;
  if (has_field(l, FIELD_AUTHOR)) return LOOSE_NOTHING;
  return !seen->in_text && !has_field(l, FIELD_SOURCE) ? LOOSE_ACCOUNT : LOOSE_PERSON;
}

/* 石板路的猫 发表于 2017-11-19: who writes in a forum. */
static int is_poster(const field_line *l, uint32_t i) {
  if (i + 1 >= l->n || l->fields[i].key != FIELD_NONE || l->fields[i + 1].key != FIELD_PUBLISHED) return 0;
  const field *next = &l->fields[i + 1];
  return text_starts(l->s + next->whole.from, next->whole.to - next->whole.from, "发表于") > 0;
}

#define TITLE_MAX_CHARS 60
#define OFFICE_MAX_BYTES 90 /* a longer word is no office's name */
#define PROSE_MIN_CHARS 15 /* of a word without blanks that can be no field */

/* Where the first word begins, behind `from`, that is prose; the end of q. */
static uint32_t prose_begins(const page *p, const page_piece *q, uint32_t from) {
  enum field_key key;
  for (uint32_t at = from, to = q->folded.to; at < to;) {
    at += (uint32_t)fields_skip_blanks(p->folded + at, to - at);
    uint32_t end = at, far = to - at > OFFICE_MAX_BYTES ? at + OFFICE_MAX_BYTES : to;
    while (end < far && !text_blank(p->folded + end, to - end))
      end += (uint32_t)utf8_length((unsigned char)p->folded[end]);
    if (text_chars(p->folded + at, end - at) >= PROSE_MIN_CHARS &&
        !fields_label_at(p->cues, p->folded + at, end - at, &key) &&
        !memchr(p->folded + at, '|', end - at) && !name_is_office(p, p->folded + at, end - at))
      return at;
    while (end < to && !text_blank(p->folded + end, to - end))
      end += (uint32_t)utf8_length((unsigned char)p->folded[end]);
    at = end;
  }
  return q->folded.to;
}

/* Where the first field begins that is not the first word of q: a label, a time; its end. */
static uint32_t fields_begin(const page *p, const page_piece *q) {
  static const char *const brackets[] = {"(", "[", "【", NULL};
  const char *s = p->folded;
  enum field_key key;
  char iso[24];
  size_t w;
  uint32_t at = q->folded.from, to = q->folded.to, far = at + 3 * TITLE_MAX_CHARS;
  for (; at < to && at < far; at += (uint32_t)w) {
    uint32_t word = at + (uint32_t)fields_skip_edges(s + at, to - at);
    int free = at == q->folded.from || text_blank(s + at, to - at) || text_mark(s + at, to - at, brackets);
    if (free && word < to && ((fields_label_at(p->cues, s + word, to - word, &key) && key != FIELD_TITLE &&
                               key != FIELD_ABSTRACT) ||
                              timestamp_scan(s + word, to - word, iso)))
      return at;
    w = word > at && free ? word - at : utf8_length((unsigned char)s[at]);
  }
  return to;
}

/* Can what stands in front of the fields be a title: 某镇召开会议 2021-06-15? A shorter word is an account. */
static int is_title_of_line(const page *p, mill_span t) {
  const char *s = page_at(p, t.from);
  size_t n = span_len(t);
  uint32_t chars = text_chars(s, n);
  enum field_key key;
  int spaced;
  static const char *const makers[] = {"编", "编印", "印发", "主办", NULL};
  if (chars < 8 || chars > TITLE_MAX_CHARS || text_stop(s, n) || text_ends_any(s, n, makers) ||
      cue_label(p->cues, s, n, &key, &spaced))
    return 0;
  if (chars <= 20 && (name_is_medium(p, s, n) || name_is_office(p, s, n))) return 0;
  for (uint32_t i = 0; i + 1 < p->n; i++) /* p->n <= HEAD_PIECES */
    if (title_like(p, &p->pieces[i]) && p->pieces[i].chars >= 8) return 0;
  return 1;
}

/* [2021-06-15] 某镇召开会议: 1: the last piece is the title now. */
static int cut_day(page *p) {
  const page_piece *q = &p->pieces[p->n - 1];
  const char *s = p->folded;
  field day = {.key = FIELD_PUBLISHED};
  uint32_t at = q->folded.from + (uint32_t)fields_skip_edges(page_at(p, q->folded.from), span_len(q->folded));
  size_t w = at < q->folded.to ? timestamp_scan(s + at, q->folded.to - at, day.iso) : 0;
  uint32_t behind = at + (uint32_t)w;
  if (!w) return 0;
  mill_span title = {behind + (uint32_t)fields_skip_edges(s + behind, q->folded.to - behind), q->folded.to};
  if (title.from == behind || !is_title_of_line(p, title) || !page_split(p, title.from)) return 0;
  day.whole = day.value = (mill_span){at, behind};
  fields_note(p, &day, LOOSE_NOTHING);
  page_settle(p, p->n - 2, MILL_BLOCK_DATELINE, NULL);
  return 1;
}

/* A line above the text that holds more than its fields: the title in front of them, or the
** text behind. 1: the last piece is the text, or settled. */
static int cut_line(page *p) {
  const page_piece *q = &p->pieces[p->n - 1];
  uint32_t at = fields_begin(p, q), to = q->folded.to;
  if (at >= to) return 0;
  uint32_t end = prose_begins(p, q, at);
  mill_span title = page_trim(p->folded, (mill_span){q->folded.from, at});
  field_line l;
  if (title.from == title.to && cut_day(p)) return 1;
  if ((title.from == title.to && end == to) ||
      (title.from < title.to && !is_title_of_line(p, title)))
    return 0;
  if (!fields_read(&l, p, page_trim(p->folded, (mill_span){at, end})) ||
      !has_field(&l, FIELD_PUBLISHED))
    return 0;
  if (title.from < title.to && !page_split(p, at)) return 0;
  for (uint32_t i = 0; i < l.n; i++) fields_note(p, &l.fields[i], LOOSE_NOTHING);
  if (end == to) cut_fields(p, &l);
  else if (page_split(p, end)) page_settle(p, p->n - 2, kind_of(&l), NULL);
  return 1;
}

/* ---- a label and its value on two lines ------------------------------------------- */

/* A whole line that is a label and nothing else. Without a colon only above the text, where tables stand. */
static int is_label_alone(const page *p, const page_piece *q, const so_far *seen, enum field_key *key) {
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded), w;
  int spaced, colon = n > 0 && s[n - 1] == ':';
  if (q->chars < 2 || q->chars > 8 || (!colon && seen->in_text)) return 0;
  w = cue_label(p->cues, s, n - (size_t)colon, key, &spaced);
  return w > 0 && w == n - (size_t)colon && *key != FIELD_TOOL && *key != FIELD_SHARE &&
         *key != FIELD_ABSTRACT;
}

/* Can the whole line be what such a label names? */
static int is_value(const page *p, const page_piece *q, const so_far *seen, field *f) {
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  mill_span names[NAMES_MAX];
  enum field_key inside;
  if (q->settled || q->sentence || (is_label_alone(p, q, seen, &inside) && q->chars > 2)) return 0;
  *f = (field){q->folded, q->folded, (uint8_t)seen->key, 1, ""};
  switch (seen->key) {
    case FIELD_PUBLISHED: return timestamp_scan(s, n, f->iso) == n || moment_scan(s, n) == n;
    case FIELD_SOURCE: case FIELD_PUBLISHER:
      return q->chars <= 20 && (name_is_medium(p, s, n) || name_is_office(p, s, n));
    case FIELD_AUTHOR: case FIELD_EDITOR: case FIELD_REVIEWER: case FIELD_CONTRIBUTOR:
      return q->chars <= 12 && names_parse(p, q->folded, NAMES_STRICT | NAMES_SURNAME, names, NULL) > 0;
    case FIELD_CLICKS:
    case FIELD_COUNTER:
      return q->chars <= 6 && *s >= '0' && *s <= '9' && !(q->signs & SIGN_MARK);
    case FIELD_TITLE: return !seen->in_text && q->chars >= 5 && q->chars <= TITLE_MAX_CHARS;
    case FIELD_OTHER: return !seen->in_text && q->chars <= 30;
    default: return 0;
  }
}

/* The last piece as the value of the label above it. 1: it is. */
static int take_value(page *p, so_far *seen) {
  field f;
  uint32_t label = seen->label, i = p->n - 1;
  seen->label = MILL_NONE;
  if (label == MILL_NONE || !is_value(p, &p->pieces[i], seen, &f)) return 0;
  fields_note(p, &f, LOOSE_NOTHING);
  const char *reason = reason_of(&f);
  enum mill_block_kind kind = kind_of(&(field_line){.n = 1, .fields = {f}});
  page_settle(p, label, reason ? MILL_BLOCK_BOILERPLATE : kind, reason);
  page_settle(p, i, reason ? MILL_BLOCK_BOILERPLATE : f.key == FIELD_TITLE ? MILL_BLOCK_TITLE : kind, reason);
  return 1;
}

/* ---- the pass ------------------------------------------------------------------------ */

/* What every field has: a sign or a blank behind a label, a digit, a month. */
#define SIGNS_OF_FIELDS (SIGN_BLANK | SIGN_DIGIT | SIGN_MARK | SIGN_MONTH)

static void mark_line(page *p, const page_piece *next, so_far *seen) {
  page_piece *q = &p->pieces[p->n - 1];
  if (!seen->in_text && p->n <= HEAD_PIECES && !q->settled && q->chars >= 8 &&
      q->signs & (SIGN_BLANK | SIGN_MARK) && cut_line(p))
    return;
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
  if (!fields_read(&l, p, q->folded) || !fields_have_anchor(p, q))
    return;                                   /* prose is given up at its first words */
  if (q->sentence && l.labelled == 0) return; /* 5月3日,水库开闸放水。 */
  int place_follows = next && text_starts(page_at(p, next->folded.from), span_len(next->folded), "地点") > 0;
  if (place_follows && l.labelled == 1 && l.fields[0].key == FIELD_PUBLISHED) return; /* of a meeting */
  for (uint32_t i = 0; i < l.n; i++)
    fields_note(p, &l.fields[i], !seen->in_text && is_poster(&l, i) ? LOOSE_POSTER : loose_words(&l, seen));
  if (only_a_title(&l)) page_settle(p, p->n - 1, MILL_BLOCK_TITLE, NULL);
  else cut_fields(p, &l);
}

static void mark_one(page *p, const page_piece *next, void *context) {
  so_far *seen = context;
  page_piece *q = &p->pieces[p->n - 1];
  enum field_key key = FIELD_NONE;
  if (take_value(p, seen)) return;
  int alone = next && (!q->settled || q->kind == MILL_BLOCK_BOILERPLATE) && is_label_alone(p, q, seen, &key);
  mark_line(p, next, seen);
  if (alone) seen->label = p->n - 1, seen->key = key;
  q = &p->pieces[p->n - 1];
  seen->in_text |= !q->settled && (q->chars >= 60 || page_is_prose(q));
}

int fields_mark_end(page *p, uint32_t from) {
  field_line l;
  if (!fields_read(&l, p, (mill_span){from, p->pieces[p->n - 1].folded.to}) || l.labelled == 0 ||
      !page_split(p, from))
    return 0;
  for (uint32_t i = 0; i < l.n; i++) fields_note(p, &l.fields[i], LOOSE_NOTHING);
  cut_fields(p, &l);
  return 1;
}

void fields_mark(page *p) {
  so_far seen = {0, MILL_NONE, FIELD_NONE};
  page_rewrite(p, mark_one, &seen);
}
