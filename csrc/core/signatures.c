/*
** signatures.c - who wrote it, said at the edges of prose:
**
**   某网讯(记者 周宁 通讯员 李小满)入秋以来...      dispatch, in front
**   ...群众纷纷点赞。(张建国 王 芳)                 signature, behind
**   本组稿件由赵志、孙丽采写                        a sentence of its own
**
** The signature becomes a byline piece of its own, so that its names are not
** taken for persons of the report.
*/
#include "cues.h"
#include "fields_read.h"

#define SIGNATURE_MAX_CHARS 48

static void note_all(page *p, const mill_span *names, size_t n) {
  for (size_t i = 0; i < n; i++) {
    int paper = n > 1 && name_is_paper(p, names[i]); /* 江岸播报 王芳 */
    page_note(p, paper ? FIELD_SOURCE : FIELD_AUTHOR, names[i], paper ? 3 : 1);
  }
}

static unsigned names_mode(const page *p) {
  return NAMES_STRICT | (p->japanese ? NAMES_JAPANESE : 0u);
}

/* Names in brackets: with a role word any name will do, else surnames must
** show that these are names. */
static size_t bracketed_names(const page *p, mill_span inside, mill_span names[NAMES_MAX]) {
  unsigned roles = 0;
  size_t n = names_parse(p, inside, names_mode(p), names, &roles);
  if (n > 0 && roles > 0) return n;
  return names_parse(p, inside, names_mode(p) | NAMES_SURNAME, names, NULL);
}

static const char *const openers[] = {"(", "[", "【", "〔", NULL};
static const char *const closers[] = {")", "]", "】", "〕", NULL};

/* The bracket that closes at the end of q: where it opens, or q's end. */
static uint32_t last_bracket(const page *p, const page_piece *q, mill_span *inside) {
  const char *s = p->folded;
  if (!(q->edges & EDGE_CLOSED)) return q->folded.to;
  size_t w = text_ends_any(s + q->folded.from, span_len(q->folded), closers);
  uint32_t at = q->folded.to - (uint32_t)w, steps = 0;
  inside->to = at;
  while (at > q->folded.from && steps++ < SIGNATURE_MAX_CHARS) {
    at = (uint32_t)utf8_prev(s, at);
    w = text_mark(s + at, q->folded.to - at, openers);
    if (w) return inside->from = at + (uint32_t)w, at;
  }
  return q->folded.to;
}

static int sign_behind(page *p) {
  page_piece *q = &p->pieces[p->n - 1];
  mill_span inside, names[NAMES_MAX];
  uint32_t open = last_bracket(p, q, &inside);
  if (open == q->folded.to) return 0;
  mill_span before = page_trim(p->folded, (mill_span){q->folded.from, open});
  int alone = before.from >= before.to;
  if (!alone && !text_is_sentence(p->folded + before.from, span_len(before))) return 0;
  enum field_key key;
  if (!alone && fields_label_at(p->cues, page_at(p, inside.from), span_len(inside), &key) &&
      fields_mark_end(p, open))
    return 1; /* (来源:某报) */
  size_t n = bracketed_names(p, inside, names);
  if (n == 0) return !alone && fields_mark_end(p, open);
  if (!alone && !page_split(p, open)) return 0;
  note_all(p, names, n);
  page_settle(p, p->n - 1, MILL_BLOCK_BYLINE, NULL);
  return 1;
}

/* 某网讯 | 新华社某地2月4日电 | nothing, in front of the bracket. Returns where the
** bracket opens, or the end of q. */
static uint32_t dispatch_end(const page *p, const page_piece *q) {
  static const char *const ends[] = {"讯", "讯】", "电", "消息", "报道", "本报", "本网", NULL};
  static const char *const stops[] = {"。", ",", "!", NULL};
  uint32_t at = q->folded.from, chars = 0;
  while (at < q->folded.to && chars++ < 24) {
    const char *s = p->folded + at;
    if (text_mark(s, q->folded.to - at, openers) && (at > q->folded.from || !text_starts(s, q->folded.to - at, "【"))) {
      mill_span before = page_trim(p->folded, (mill_span){q->folded.from, at});
      return before.from >= before.to || text_ends_any(p->folded + before.from, span_len(before), ends)
                 ? at : q->folded.to;
    }
    if (text_mark(s, q->folded.to - at, stops)) break;
    at += (uint32_t)utf8_length((unsigned char)*s);
  }
  return q->folded.to;
}

/* 某网 某地4月2日电, 新华社某地4月2日电: bytes of the agency; 0. */
static uint32_t agency(const char *s, uint32_t n) {
  static const char *const known[] = {"新华社", "中新社", "中新网", "新华网", "中央社", NULL};
  uint32_t i = 0;
  if (!text_ends(s, n, "电")) return 0;
  while (i < n && !text_blank(s + i, n - i)) i += (uint32_t)utf8_length((unsigned char)s[i]);
  return i < n ? i : (uint32_t)text_starts_any(s, n, known);
}

/* 某网讯, 【某报专讯】: the medium that speaks; 本报 and its like name nobody. */
static void note_medium(page *p, mill_span front) {
  static const char *const words[] = {"专讯", "讯", "消息", NULL};
  const char *s = p->folded;
  front.from += (uint32_t)text_starts(s + front.from, span_len(front), "【");
  front.to -= (uint32_t)text_ends(s + front.from, span_len(front), "】");
  size_t w = text_ends_any(s + front.from, span_len(front), words);
  uint32_t head = w ? span_len(front) - (uint32_t)w : agency(s + front.from, span_len(front));
  if (head == 0 || text_starts(s + front.from, span_len(front), "本")) return;
  front = page_trim(s, (mill_span){front.from, front.from + head});
  if (front.from < front.to && name_is_medium(p, p->folded + front.from, span_len(front)))
    page_note(p, FIELD_SOURCE, front, 4);
}

/* 某社某地7月28日电(甲 乙): without a word for what they are, one with a surname among them. */
static int names_reporters(const page *p, uint32_t open, const mill_span *names, size_t n) {
  mill_span front = page_trim(p->folded, (mill_span){p->pieces[p->n - 1].folded.from, open});
  int known = 0;
  for (size_t k = 0; k < n; k++) known |= name_is_person(p, names[k]);
  return known && text_ends_any(page_at(p, front.from), span_len(front),
                                (const char *const[]){"电", "讯", NULL}) > 0;
}

/* (一), (12): the bracket holds the number of a heading, no names. */
static int is_numbered(const page *p, const page_piece *q, uint32_t open) {
  unsigned level, ordinal;
  return open == q->folded.from && *page_at(p, open) == '(' && q->edges & EDGE_NUMBER &&
         heading_number(page_at(p, open), q->folded.to - open, &level, &ordinal) > 0;
}

static int sign_before(page *p) {
  page_piece *q = &p->pieces[p->n - 1];
  if (!(q->signs & SIGN_MARK)) return 0;
  mill_span names[NAMES_MAX], inside;
  uint32_t open = dispatch_end(p, q), at, end = q->folded.to;
  unsigned roles = 0;
  size_t w;
  if (open == end || is_numbered(p, q, open)) return 0;
  inside.from = at = open + (uint32_t)text_starts_any(p->folded + open, end - open, openers);
  while (at < end && !(w = text_mark(p->folded + at, end - at, closers)) && at - open < 200)
    at += (uint32_t)utf8_length((unsigned char)p->folded[at]);
  if (at >= end || at - open >= 200) return 0;
  inside.to = at;
  size_t n = names_parse(p, inside, names_mode(p), names, &roles);
  if (n == 0 || (roles == 0 && !names_reporters(p, open, names, n))) return 0;
  if (!page_split(p, at + (uint32_t)w)) return 0;
  note_medium(p, page_trim(p->folded, (mill_span){p->pieces[p->n - 2].folded.from, open}));
  note_all(p, names, n);
  page_settle(p, p->n - 2, MILL_BLOCK_BYLINE, NULL);
  return 1;
}

/* 本报讯 记者李建新报道:入冬以来... */
static int sign_report(page *p) {
  static const char *const fronts[] = {"本报讯", "本网讯", "本台讯", "本刊讯", "本报", "本网", NULL};
  static const char *const roles_in_front[] = {"记者", "通讯员", "特约记者", "见习记者", "实习记者", NULL};
  page_piece *q = &p->pieces[p->n - 1];
  if (!(q->cues & CUE_ROLE)) return 0;
  mill_span s = q->folded, names[NAMES_MAX];
  uint32_t limit = s.to - s.from > 120 ? s.from + 120 : s.to;
  s.from += (uint32_t)text_starts_any(page_at(p, s.from), span_len(s), fronts);
  s = page_trim(p->folded, s);
  if (!text_starts_any(page_at(p, s.from), span_len(s), roles_in_front) || s.from >= limit) return 0;
  const char *end = memmem(page_at(p, s.from), limit - s.from, "报道:", 7);
  if (!end) return 0;
  s.to = (uint32_t)(end - p->folded);
  size_t n = names_parse(p, s, names_mode(p) | NAMES_SURNAME, names, NULL);
  if (n == 0 || !page_split(p, s.to + 7)) return 0;
  note_all(p, names, n);
  page_settle(p, p->n - 2, MILL_BLOCK_BYLINE, NULL);
  return 1;
}

/* 本组稿件由甲、乙采写 */
static int sign_sentence(page *p) {
  static const char *const ends[] = {"采写", "供稿", "撰写", "报道", "整理", "撰稿", "提供", "拍摄", "摄影", "采访", "写作", NULL};
  page_piece *q = &p->pieces[p->n - 1];
  mill_span s = q->folded, names[NAMES_MAX];
  const char *t = p->folded;
  size_t w;
  if (q->chars > 90 || !(q->edges & EDGE_THESE)) return 0;
  while ((w = text_ends_any(t + s.from, span_len(s), (const char *const[]){"。", ")", NULL})) > 0)
    s.to -= (uint32_t)w;
  while ((w = text_ends_any(t + s.from, span_len(s), ends)) > 0) s.to -= (uint32_t)w;
  if (s.to + 6 > q->folded.to) return 0;
  const char *by = memmem(t + s.from, span_len(s), "由", 3);
  if (!by) return 0;
  size_t n = names_parse(p, (mill_span){(uint32_t)(by - t) + 3, s.to}, names_mode(p), names, NULL);
  note_all(p, names, n);
  if (n > 0) page_settle(p, p->n - 1, MILL_BLOCK_BYLINE, NULL);
  return n > 0;
}

/* Chinese roles are cues, Latin ones any word may be. */
static int may_have_role(const page_piece *q) { return (q->cues & CUE_ROLE) || (q->signs & SIGN_LATIN); }

/* 张三/文 李四/图, 某某县融媒体中心记者周宁: a short line of names and roles alone. */
static int sign_line(page *p) {
  page_piece *q = &p->pieces[p->n - 1];
  mill_span names[NAMES_MAX];
  unsigned roles = 0;
  if (q->chars > 40 || q->sentence || !may_have_role(q)) return 0;
  size_t n = names_parse(p, q->folded, names_mode(p) | NAMES_SURNAME, names, &roles);
  if (n == 0 || roles == 0 || text_ends(page_at(p, q->folded.from), span_len(q->folded), "摄")) return 0;
  note_all(p, names, n);
  page_settle(p, p->n - 1, MILL_BLOCK_BYLINE, NULL);
  return 1;
}

static void mark_one(page *p, const page_piece *next, void *context) {
  (void)next, (void)context;
  if (p->pieces[p->n - 1].settled) return;
  if (sign_sentence(p) || sign_line(p)) return;
  if (!sign_before(p)) sign_report(p);
  if (!p->pieces[p->n - 1].settled) sign_behind(p);
}

void signatures_mark(page *p) { page_rewrite(p, mark_one, NULL); }
