/*
** fields_read.c - a line that states metadata, read as fields:
**
**   2020-02-26 16:57  来源:某网  责任编辑:张三  字体:[大 中 小]  点击:285次
**   |published        |source    |editor        |tool            |clicks
**
** A line is only taken when all of it can be read as fields, apart from a few
** short words, so prose that happens to contain 来源: stays prose.
*/
#include "fields_read.h"

#define VALUE_MAX_CHARS 42
#define LOOSE_MAX_CHARS 14
#define OFFICE_MAX_CHARS 30 /* that signs beside its day */
#define WORD_MAX_BYTES 240 /* longer, no blank or mark in it: neither a name nor an address */

static const char *const colons[] = {":", "|", "丨", "/", "·", "︱", "‖", "│", "┃", "-", "\t", NULL};

/* Bytes of the edge at s. */
static size_t edge_at(const char *s, size_t n) {
  size_t w;
  switch (scan_peek(s, n, 0, &w)) {
    case '[': case ']': case '(': case ')': case '|': case 0x250A: case '/': case '*': case ';': case ',':
    case '-': case '>': case '<': case 0xB7: case 0x2014: case 0x2022: /* · — • */
    case 0x2016: case 0x2502: case 0x2503: case 0x22C5: /* ‖ │ ┃ ⋅ */
    case 0x25A0: case 0x25A1: case 0x25B2: case 0x25C6: case 0x25C7: case 0x25CB: case 0x25CE: case 0x25CF:
    case 0x2605: case 0x2606: /* ■ □ ▲ ◆ ◇ ○ ◎ ● ★ ☆ */
    case 0x3010: case 0x3011: case 0x4E28: case 0xFE31: /* 【 】 丨 ︱ */
      return w;
    default: return 0;
  }
}

/* Nearly always: a character of three bytes that is neither (丨 is an edge). */
static inline int is_plain_han(const char *s) {
  const unsigned char *u = (const unsigned char *)s;
  return (unsigned char)(u[0] - 0xE4) < 0xEF - 0xE4 && !(u[0] == 0xE4 && u[1] == 0xB8 && u[2] == 0xA8);
}

/* One byte that is neither. */
static int is_plain_byte(const char *s) {
  unsigned char c = (unsigned char)*s;
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == ':';
}

/* The end of the word at folded byte `at`: before a blank or an edge, or `to`. */
static uint32_t word_end(const char *s, uint32_t at, uint32_t to) {
  for (size_t w; at < to; at += (uint32_t)w) {
    while (at < to && is_plain_han(s + at)) at += 3;
    if (at >= to) break;
    if ((w = (size_t)is_plain_byte(s + at)) > 0) continue;
    if (text_blank(s + at, to - at) || edge_at(s + at, to - at)) break;
    w = utf8_length((unsigned char)s[at]);
  }
  return at;
}

/* The same, not looking further than `most` bytes: then that is the end. */
static uint32_t word_end_near(const char *s, uint32_t at, uint32_t to, uint32_t most) {
  return word_end(s, at, to - at > most ? at + most : to);
}

size_t fields_skip_edges(const char *s, size_t n) {
  size_t i = 0, w;
  while ((w = text_blank(s + i, n - i)) > 0 || (w = edge_at(s + i, n - i)) > 0) i += w;
  return i;
}

size_t fields_skip_blanks(const char *s, size_t n) {
  size_t i = 0, w;
  while ((w = text_blank(s + i, n - i)) > 0) i += w;
  return i;
}

static size_t digits_run(const char *s, size_t n) {
  size_t i = 0;
  while (i < n && ((s[i] >= '0' && s[i] <= '9') || (i > 0 && (s[i] == ',' || s[i] == '.')))) i++;
  return i;
}

/* 285次 | (12) | 1.2万 | 100000+ : bytes of a count, *number = its digits. */
static size_t count_scan(const char *s, size_t n, mill_span *number) {
  static const char *const units[] = {"万+", "万", "w", "k", "+", NULL};
  static const char *const counters[] = {"人次", "次", "人", "条", "个", "views", "times", NULL};
  size_t i = text_bracket(s, n), w;
  i += fields_skip_blanks(s + i, n - i);
  number->from = (uint32_t)i;
  w = digits_run(s + i, n - i);
  i += w;
  if (w) i += text_starts_any(s + i, n - i, units);
  number->to = (uint32_t)i;
  size_t end = i;
  i += fields_skip_blanks(s + i, n - i);
  size_t unit = text_starts_any(s + i, n - i, counters);
  if (unit) end = i + unit;
  else if (w == 0) return 0;
  return end + text_bracket(s + end, n - end);
}

#define LABEL_MAX 24 /* bytes, with the first sign behind it */
#define GLUED 2      /* a label whose value follows at once (cues.c) */

/* Is there what a field cannot do without: a sign or a blank behind a label,
** a digit, a month? Most lines of prose have nothing of it. */
static int has_evidence(const char *s, size_t n) {
  for (size_t i = 0; i < n; i += utf8_length((unsigned char)s[i])) {
    switch ((unsigned char)s[i]) {
      case ':': case '|': case '/': case '-': case '[': case '(': case 0xC2: case 0xEF:
      case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        return 1;
      case 0xE3: if (text_starts(s + i, n - i, "《")) return 1;
        if (text_blank(s + i, n - i)) return 1;
        break;
      case 0xE4: if (text_starts(s + i, n - i, "丨")) return 1;
        break;
      case 0xE6: if (text_starts(s + i, n - i, "月")) return 1;
        break;
      default: if (text_blank(s + i, n - i)) return 1;
    }
  }
  return 0;
}

size_t fields_label_at(const cue_index *x, const char *s, size_t n, enum field_key *key) {
  int spaced = 0;
  if (!cue_may_label(x, s, n) ||
      (!has_evidence(s, n < LABEL_MAX ? n : LABEL_MAX) && !text_starts(s, n, "以下文章")))
    return 0;
  size_t w = cue_label(x, s, n, key, &spaced), b, c;
  if (w == 0) return 0;
  b = fields_skip_blanks(s + w, n - w);
  if (memchr(s + w, '\t', b)) return w + b; /* a cell of a table and the next */
  c = text_starts_any(s + w + b, n - w - b, colons);
  if (!c && *key == FIELD_SOURCE) { /* 原载《北原日报》 */
    size_t in = b + text_starts(s + w + b, n - w - b, "于");
    char iso[24];
    if (text_starts(s + w + in, n - w - in, "《") ||
        (n > w + in && timestamp_scan(s + w + in, n - w - in, iso)))
      return w + in;
  }
  if (c && (s[w + b] != '-' || b == 0)) return w + b + c + fields_skip_blanks(s + w + b + c, n - w - b - c);
  if (*key == FIELD_CLICKS || *key == FIELD_COUNTER) {
    mill_span number;
    return spaced && (b > 0 || s[w] == '(' || (s[w] >= '0' && s[w] <= '9')) &&
                   count_scan(s + w + b, n - w - b, &number) ? w + b : 0;
  }
  return spaced && (b > 0 || spaced == GLUED || s[w] == '[') ? w + b : 0;
}

int fields_is_sheet(const char *s, size_t n) {
  size_t i = text_starts(s, n, "第"), from;
  if (i == 0 && n > 0 && *s >= 'a' && *s <= 'z') i++;
  for (from = i; i < n && i - from < 3 && s[i] >= '0' && s[i] <= '9';) i++;
  size_t w = i > from ? text_starts(s + i, n - i, "版") : 0;
  return w > 0 && (i + w == n || (s[i + w] == ':' && n - i - w <= 25));
}

/* 今天, 发表于某地, www.example.com, 官方帐号, 第1234期: said beside a dateline, and nothing to keep. */
static int is_trifle(const cue_index *x, const char *s, size_t n) {
  static const char *const accounts[] = {"官方帐号", "官方账号", "创作者", "优质作者", "官方认证", NULL};
  if (n == 0 || n > 120) return 0;
  int numbered = text_starts(s, n, "第") > 0;
  if ((numbered || (unsigned char)*s < 0x80) && fields_is_sheet(s, n)) return 1;
  if (numbered && text_ends(s, n, "期")) return 1;
  unsigned char last = (unsigned char)s[n - 1]; /* of 号, 者, 证: nearly always another one */
  int account = n <= 45 && (last == 0xB7 || last == 0x85 || last == 0x81);
  return (account && text_ends_any(s, n, accounts) > 0) || (cue_starts(x, s, n) & EDGE_TRIFLE) > 0;
}

/* 北原日报, 《北原日报》 */
static int is_medium(const page *p, const char *s, size_t n) {
  const char *close = text_starts(s, n, "《") ? memmem(s, n, "》", 3) : NULL;
  if (close) s += 3, n = (size_t)(close - s); /* 《某报》第4版 */
  return n >= 6 && name_is_medium(p, s, n);
}

/* Does a new field begin at s (the start of a word)? media: the bare name of
** a medium is one, too. */
static int begins_field(const page *p, const char *s, size_t n, int media) {
  enum field_key key;
  char iso[24];
  uint32_t words;
  if (n == 0) return 1;
  if (fields_label_at(p->cues, s, n, &key) || timestamp_scan(s, n, iso) || moment_scan(s, n)) return 1;
  words = word_end(s, 0, (uint32_t)n);
  enum cue_word word = cue_word_of(p->cues, s, words);
  return word == WORD_NAV || word == WORD_SHARE || is_trifle(p->cues, s, words) ||
         (media && words >= 12 && is_medium(p, s, words));
}

/* The first character of such a role: 本 记 通 作 撰 责 编. */
static int may_glue(const char *s) {
  const unsigned char *u = (const unsigned char *)s;
  switch (u[0]) {
    case 0xE6: return u[1] == 0x9C || u[1] == 0x92;
    case 0xE8: return u[1] == 0xAE || u[1] == 0xB4;
    case 0xE9: return u[1] == 0x80;
    case 0xE4: return u[1] == 0xBD;
    case 0xE7: return u[1] == 0xBC;
    default: return 0;
  }
}

/* 记者王芳 as a whole word: bytes of the role before the name, and the key it gives; 0. */
static uint32_t glued_role(const field_line *l, uint32_t at, enum field_key *key) {
  static const char *const authors[] = {"本报记者", "本网记者", "记者", "通讯员", "作者", "撰稿", "撰文", NULL};
  static const char *const editors[] = {"责任编辑", "编辑", "责编", NULL};
  if (at >= l->to || !may_glue(l->s + at)) return 0; /* nearly always */
  uint32_t w = (uint32_t)text_starts_any(l->s + at, l->to - at, authors);
  *key = w ? FIELD_AUTHOR : FIELD_EDITOR;
  if (!w) w = (uint32_t)text_starts_any(l->s + at, l->to - at, editors);
  if (!w) return 0;
  uint32_t end = word_end(l->s, at, l->to);
  mill_span names[NAMES_MAX], name = {at + w, end};
  if (end - at < 12 || end - at > 24 || span_len(name) < 6 || span_len(name) > 12) return 0;
  return names_parse(l->p, name, NAMES_STRICT | NAMES_SURNAME, names, NULL) == 1 ? w : 0;
}

/* Is this a label with its colon? */
static int has_colon(const cue_index *x, const char *s, size_t n) {
  enum field_key key;
  int spaced;
  size_t w = n > 0 ? cue_label(x, s, n, &key, &spaced) : 0;
  return w > 0 && w < n && s[w] == ':';
}

/* Where the value that starts at `at` ends: before the next field, at a bar
** or a closing bracket, at the end. */
static uint32_t value_end(const field_line *l, uint32_t at, enum field_key key) {
  static const char *const bars[] = {"|", "丨", "】", "]", "︱", "‖", "│", "┃", NULL};
  static const char *const words[] = {",", ";", "/", "、", NULL};
  uint32_t depth = 0, from = at;
  if (text_starts(l->s + at, l->to - at, "http")) { /* an address runs to the next blank */
    while (at < l->to && !text_blank(l->s + at, l->to - at))
      at += (uint32_t)utf8_length((unsigned char)l->s[at]);
    return at;
  }
  if (text_starts(l->s + at, l->to - at, "《")) { /* a title in its marks, whatever follows */
    const char *close = memmem(l->s + at, l->to - at, "》", 3);
    if (close) return (uint32_t)(close - l->s) + 3;
  }
  while (at < l->to) {
    const char *s = l->s + at;
    size_t n = l->to - at, blank = text_blank(s, n);
    if (text_mark(s, n, bars)) return at;
    if (at > from && (unsigned char)*s >= 0xE4 && has_colon(l->p->cues, s, n) &&
        !memchr(s, ' ', (size_t)((const char *)memchr(s, ':', n) - s)))
      return at; /* 川北网作者:王芳 */
    enum field_key inside;
    if (*s == '(' && key == FIELD_SOURCE && fields_label_at(l->p->cues, s + 1, n - 1, &inside))
      return at; /* 某报(记者 王芳) */
    if (*s == '(') depth++;
    if (*s == ')' && depth-- == 0) return at;
    size_t mark = blank ? 0 : text_mark(s, n, words);
    if (blank || mark) {
      size_t skip = (blank ? blank : mark);
      skip += fields_skip_edges(s + skip, n - skip);
      if (begins_field(l->p, s + skip, n - skip, blank && key == FIELD_AUTHOR)) return at;
      if (glued_role(l, at + (uint32_t)skip, &inside)) return at; /* 来源于某报 ,作者王芳 */
      if (blank && (key == FIELD_SOURCE || key == FIELD_SECTION || key == FIELD_PUBLISHER) &&
          (unsigned char)l->s[at + skip] >= 0x80)
        return at; /* names of media hold no blank, unless they are Latin */
    }
    at += (uint32_t)utf8_length((unsigned char)*s);
  }
  return at;
}

static field *new_field(field_line *l, uint32_t from, enum field_key key) {
  if (l->n == FIELDS_MAX) return NULL;
  field *f = &l->fields[l->n++];
  memset(f, 0, sizeof *f);
  f->whole.from = from;
  f->key = (uint8_t)key;
  return f;
}

static const char *const prose[] = {"。", "!", "?", "……", "...", "“", NULL};

static int reads_as_prose(const char *s, mill_span v) {
  for (uint32_t i = v.from; i < v.to; i += (uint32_t)utf8_length((unsigned char)s[i]))
    if (text_mark(s + i, v.to - i, prose)) return 1;
  return 0;
}

/* Can the value belong to this key? */
static int fits(const field_line *l, field *f) {
  mill_span v = page_trim(l->s, f->value), names[NAMES_MAX];
  uint32_t n = span_len(v);
  f->value = v;
  switch (f->key) {
    case FIELD_PUBLISHED:
      return n == 0 || f->iso[0] || timestamp_scan(l->s + v.from, n, f->iso) > 0 ||
             moment_scan(l->s + v.from, n) == n;
    case FIELD_AUTHOR: case FIELD_EDITOR: case FIELD_REVIEWER: case FIELD_CONTRIBUTOR:
      if (n == 0) return f->labelled;
      if (reads_as_prose(l->s, v)) return 0;
      return text_chars(l->s + v.from, n) <= 12 || names_parse(l->p, v, NAMES_STRICT, names, NULL) > 0;
    case FIELD_KEYWORD: return text_chars(l->s + v.from, n) <= 120 && !reads_as_prose(l->s, v);
    case FIELD_TITLE: return text_chars(l->s + v.from, n) <= 60;
    case FIELD_OTHER: return text_chars(l->s + v.from, n) <= 60;
    case FIELD_ABSTRACT: return 0;
    default: return text_chars(l->s + v.from, n) <= VALUE_MAX_CHARS && !reads_as_prose(l->s, v);
  }
}

/* 施行日期:2021-05-01: a time of something else. */
static int is_dated_label(const field_line *l, uint32_t from, uint32_t value) {
  static const char *const ends[] = {"日期", "时间", "期", NULL};
  static const char *const between[] = {":", " ", "\t", NULL};
  size_t w;
  while (value > from && (w = text_ends_any(l->s + from, value - from, between)) > 0) value -= (uint32_t)w;
  return text_ends_any(l->s + from, value - from, ends) > 0;
}

/* 来源: 作者: 2020-02-26: does the next field follow at once? */
static int is_empty(const field_line *l, uint32_t value, enum field_key key, int dated) {
  char iso[24];
  uint32_t at = value + (uint32_t)fields_skip_edges(l->s + value, l->to - value);
  if (has_colon(l->p->cues, l->s + at, l->to - at)) return 1;
  if (key == FIELD_CLICKS || key == FIELD_COUNTER) { /* 浏览次数: 打印 关闭 */
    enum cue_word word = cue_word_of(l->p->cues, l->s + at, word_end(l->s, at, l->to) - at);
    if (word == WORD_NAV || word == WORD_SHARE) return 1;
  }
  return key != FIELD_PUBLISHED && !dated && at < l->to && timestamp_scan(l->s + at, l->to - at, iso) > 0;
}

/* A labelled field at `at`; from: where the piece starts (opening brackets). */
static uint32_t read_labelled(field_line *l, uint32_t from, uint32_t at) {
  enum field_key key = FIELD_NONE;
  size_t w = fields_label_at(l->p->cues, l->s + at, l->to - at, &key), used = 0;
  if (w == 0) return 0;
  field *f = new_field(l, from, key);
  if (!f) return 0;
  uint32_t value = at + (uint32_t)w;
  f->labelled = 1;
  if (is_empty(l, value, key, key == FIELD_OTHER && is_dated_label(l, at, value))) {
    f->value = (mill_span){value, value};
    l->labelled++;
    return f->whole.to = value;
  }
  if (key != FIELD_CLICKS && key != FIELD_COUNTER) /* 来源:[某网] */
    value += (uint32_t)text_starts_any(l->s + value, l->to - value, (const char *const[]){"[", "【", NULL});
  f->value = (mill_span){value, value};
  if (key == FIELD_PUBLISHED && (used = timestamp_scan(l->s + value, l->to - value, f->iso)) > 0) {
    f->value.to = value + (uint32_t)used;
  } else if (key == FIELD_PUBLISHED && ((used = timestamp_republic(l->s + value, l->to - value, f->iso)) > 0 ||
                                        (used = moment_scan(l->s + value, l->to - value)) > 0)) {
    f->value.to = value + (uint32_t)used;
  } else if (key == FIELD_CLICKS || key == FIELD_COUNTER) {
    mill_span number;
    used = count_scan(l->s + value, l->to - value, &number);
    f->value = (mill_span){value + number.from, value + (used ? number.to : number.from)};
    if (!used && value_end(l, value, key) != value) return 0;
  } else {
    f->value.to = value_end(l, value, key);
    used = f->value.to - value;
  }
  f->whole.to = value + (uint32_t)used;
  if (!fits(l, f)) return 0;
  l->labelled++;
  return f->whole.to;
}

/* The colon behind the six characters at `at`, or fewer, that a label may have; 0: there is none. */
static uint32_t colon_behind(const field_line *l, uint32_t at) {
  uint32_t colon = at;
  while (colon < l->to && colon - at < 18 && (unsigned char)l->s[colon] >= 0xE4)
    colon += (uint32_t)utf8_length((unsigned char)l->s[colon]);
  return colon > at && colon < l->to && l->s[colon] == ':' ? colon : 0;
}

/* 责任单位:某办: a label that no list has, and its word. What is told of a meeting is no field. */
static uint32_t read_unknown(field_line *l, uint32_t from, uint32_t at, uint32_t colon) {
  static const char *const events[] = {"地点", "主持", "出席", "参加", "列席", "记录", "联系", "电话", NULL};
  uint32_t end;
  if (colon - at < 6 || colon + 1 >= l->to || text_blank(l->s + colon + 1, l->to - colon - 1)) return 0;
  end = word_end(l->s, colon + 1, l->to);
  if (text_starts_any(l->s + at, colon - at, events) || end == colon + 1 ||
      text_chars(l->s + colon + 1, end - colon - 1) > LOOSE_MAX_CHARS)
    return 0;
  field *f = new_field(l, from, FIELD_OTHER);
  if (!f) return 0;
  f->value = (mill_span){colon + 1, end};
  return f->whole.to = end;
}

/* 某报记者 王芳: the medium, in front of the label. */
static uint32_t read_paper(field_line *l, uint32_t from, uint32_t at) {
  static const char *const roles[] = {"全媒体记者", "融媒体记者", "首席记者", "记者", "通讯员", NULL};
  if (!(l->p->pieces[l->p->n - 1].cues & CUE_ROLE) || (unsigned char)l->s[at] < 0xE4) return 0;
  uint32_t end = word_end_near(l->s, at, l->to, 60);
  uint32_t name = end - (uint32_t)text_ends_any(l->s + at, end - at, roles);
  field *f = name < end && name > at && name_is_medium(l->p, l->s + at, name - at)
                 ? new_field(l, from, FIELD_SOURCE)
                 : NULL;
  if (!f) return 0;
  f->value = (mill_span){at, name};
  return f->whole.to = name;
}

/* 记者王芳, 作者王芳: a role and the name of a person in one word. */
static uint32_t read_glued(field_line *l, uint32_t from, uint32_t at) {
  enum field_key key;
  uint32_t w = glued_role(l, at, &key), end;
  field *f = w ? new_field(l, from, key) : NULL;
  if (!f) return 0;
  end = word_end(l->s, at, l->to);
  f->value = (mill_span){at + w, end};
  f->labelled = 1;
  l->labelled++;
  return f->whole.to = end;
}

/* 123次阅读, 5条评论: the count stands first. */
static uint32_t read_count(field_line *l, uint32_t from, uint32_t at) {
  static const char *const what[] = {"阅读", "浏览", "点击", "views", "查看", NULL};
  static const char *const other[] = {"评论", "回复", "跟帖", "点赞", "转发", "参与", "comments", "likes", "shares",
    NULL};
  mill_span number;
  if (text_starts(l->s + at, l->to - at, "共"))
    at += (uint32_t)text_starts_any(l->s + at, l->to - at, (const char *const[]){"共有", "共", NULL});
  if (at >= l->to || l->s[at] < '0' || l->s[at] > '9') return 0;
  size_t used = count_scan(l->s + at, l->to - at, &number);
  used += fields_skip_blanks(l->s + at + used, l->to - at - used);
  size_t seen = text_starts_any(l->s + at + used, l->to - at - used, what);
  size_t w = seen ? seen : text_starts_any(l->s + at + used, l->to - at - used, other);
  if (w == 0) return 0;
  uint32_t end = at + (uint32_t)(used + w);
  if (end < l->to && !text_blank(l->s + end, l->to - end) && !edge_at(l->s + end, l->to - end))
    return 0;
  field *f = new_field(l, from, seen ? FIELD_CLICKS : FIELD_COUNTER);
  if (!f) return 0;
  f->value = (mill_span){at + number.from, at + number.to};
  f->whole.to = end;
  l->labelled++;
  return end;
}

/* 播放:1322次, 查看数:88: a count by its unit or by how its label ends. */
static uint32_t read_tally(field_line *l, uint32_t from, uint32_t at, uint32_t colon) {
  static const char *const ends[] = {"数", "量", NULL};
  mill_span number;
  uint32_t value = colon + 1 + (uint32_t)fields_skip_blanks(l->s + colon + 1, l->to - colon - 1);
  size_t used = value < l->to && l->s[value] >= '0' && l->s[value] <= '9'
                    ? count_scan(l->s + value, l->to - value, &number)
                    : 0;
  if (used == 0 || (!text_ends(l->s + value, used, "次") && !text_ends_any(l->s + at, colon - at, ends)))
    return 0;
  uint32_t end = value + (uint32_t)used;
  field *f = end == l->to || text_blank(l->s + end, l->to - end) || edge_at(l->s + end, l->to - end)
                 ? new_field(l, from, FIELD_COUNTER)
                 : NULL;
  if (!f) return 0;
  f->value = (mill_span){value + number.from, value + number.to};
  l->labelled++;
  return f->whole.to = end;
}

/* Does nothing but a blank, a mark or another field follow? 2000年3月1日通过 is
** prose. */
static int stands_free(const field_line *l, uint32_t at) {
  const char *s = l->s + at;
  size_t n = l->to - at;
  return n == 0 || text_blank(s, n) || edge_at(s, n) || begins_field(l->p, s, n, 1);
}

/* Latin words in a row are one: on to the next mark or field. */
static uint32_t latin_words(const field_line *l, uint32_t end) {
  while (end < l->to) {
    uint32_t next = end + (uint32_t)fields_skip_blanks(l->s + end, l->to - end);
    if (next >= l->to || (unsigned char)l->s[next] >= 0x80 || edge_at(l->s + next, l->to - next) ||
        begins_field(l->p, l->s + next, l->to - next, 0))
      break;
    end = word_end(l->s, next, l->to);
  }
  return end;
}

/* What a whole word shows by itself; FIELD_NONE with *loose: nothing, and no office's name. */
static enum field_key key_of_word(const field_line *l, uint32_t at, uint32_t end, int *loose) {
  static const char *const begins[] = {"我要", "字号", "字体", NULL}; /* 我要打印, 字号大 */
  const char *s = l->s + at;
  size_t n = end - at;
  enum cue_word word = cue_word_of(l->p->cues, s, n);
  uint32_t ends = cue_ends(l->p->cues, s, n);
  *loose = 0;
  if (word == WORD_NAV) return FIELD_TOOL;
  if (word == WORD_SHARE) return FIELD_SHARE;
  if (n <= 18 && (ends & EDGE_TOOL || text_starts_any(s, n, begins))) return FIELD_TOOL;
  if (is_trifle(l->p->cues, s, n)) return FIELD_OTHER;
  if ((ends & EDGE_MEDIUM || text_starts(s, n, "《")) && is_medium(l->p, s, n)) return FIELD_SOURCE;
  *loose = !(ends & EDGE_OFFICE);
  return FIELD_NONE;
}

/* A time, a tool, a medium's name or a loose word, none of them labelled. */
static uint32_t read_bare(field_line *l, uint32_t from, uint32_t at) {
  static const char *const done[] = {"印发", "整理", "供稿", "发布", NULL};
  char iso[24];
  int loose;
  size_t w = timestamp_scan(l->s + at, l->to - at, iso);
  field *f;
  if (w) w += text_starts_any(l->s + at + w, l->to - at - w, done);
  if (w && text_starts(l->s + at + w, l->to - at - w, "于")) { /* 2022年4月6日于某地 */
    uint32_t end = word_end(l->s, at + (uint32_t)w, l->to);
    if (end - at - w <= 24) w = end - at;
  }
  if (w && !stands_free(l, at + (uint32_t)w)) return 0;
  if (w) {
    if (!(f = new_field(l, from, FIELD_PUBLISHED))) return 0;
    memcpy(f->iso, iso, sizeof iso);
    f->value = (mill_span){at, at + (uint32_t)w};
    return f->whole.to = at + (uint32_t)w;
  }
  if ((w = moment_scan(l->s + at, l->to - at)) > 0 && stands_free(l, at + (uint32_t)w)) {
    if (!(f = new_field(l, from, FIELD_OTHER))) return 0;
    f->value = (mill_span){at, at + (uint32_t)w};
    l->moments++;
    return f->whole.to = at + (uint32_t)w;
  }
  uint32_t end = word_end(l->s, at, l->to);
  const char *close = text_starts(l->s + at, end - at, "《") ? memmem(l->s + at, end - at, "》", 3) : NULL;
  if (close) end = (uint32_t)(close - l->s) + 3; /* 《某报》第4版 */
  if (end == at || end - at > WORD_MAX_BYTES) return 0;
  if ((unsigned char)l->s[at] < 0x80) end = latin_words(l, end);
  enum field_key key = key_of_word(l, at, end, &loose);
  if (key == FIELD_NONE && text_chars(l->s + at, end - at) > (loose ? LOOSE_MAX_CHARS : OFFICE_MAX_CHARS))
    return 0;
  if (!(f = new_field(l, from, key))) return 0;
  f->value = (mill_span){at, end};
  l->loose += (uint32_t)loose;
  return f->whole.to = end;
}

/* Closing brackets and bars belong to the field before them. */
static void close_gaps(field_line *l) {
  static const char *const after[] = {"】", "]", ")", "|", "丨", "︱", "‖", "│", "┃", ";", ",", NULL};
  for (uint32_t i = 0; i + 1 < l->n; i++) {
    uint32_t edge = l->fields[i].whole.to;
    for (size_t w = 1; w > 0; edge += (uint32_t)w) {
      w = text_mark(l->s + edge, l->to - edge, after);
      if (!w) w = text_blank(l->s + edge, l->to - edge);
    }
    l->fields[i].whole.to = l->fields[i + 1].whole.from = edge;
  }
  if (l->n > 0) l->fields[l->n - 1].whole.to = l->to;
}

int fields_read(field_line *l, const page *p, mill_span span) {
  uint32_t at = span.from, from = span.from;
  l->p = p, l->s = p->folded;
  l->to = span.to;
  l->n = l->labelled = l->loose = l->moments = 0;
  uint32_t dated = 0, sources = 0;
  while (at < l->to) {
    at += (uint32_t)fields_skip_edges(l->s + at, l->to - at);
    if (at >= l->to) break;
    uint32_t before = l->n, end = read_labelled(l, from, at), colon = end ? 0 : colon_behind(l, at);
    if (!end && l->n == before) end = read_count(l, from, at);
    if (colon && !end && l->n == before) end = read_tally(l, from, at, colon);
    if (colon && !end && l->n == before) end = read_unknown(l, from, at, colon);
    if (!end && l->n == before) end = read_paper(l, from, at);
    if (!end && l->n == before) end = read_glued(l, from, at);
    if (!end && l->n == before) end = read_bare(l, from, at);
    if (!end || l->loose > 2) return 0;
    dated |= l->fields[l->n - 1].key == FIELD_PUBLISHED;
    sources |= l->fields[l->n - 1].key == FIELD_SOURCE;
    from = at = end;
  }
  close_gaps(l);
  dated |= sources & (l->moments > 0); /* 某网 3小时前 */
  return l->n > 0 && (l->labelled > 0 || dated) && l->loose <= 2 &&
         l->loose <= l->labelled + dated + (l->fields[0].key == FIELD_PUBLISHED);
}

int fields_have_anchor(const page *p, const page_piece *q) {
  const char *s = p->folded;
  enum field_key key;
  mill_span number;
  char iso[24];
  for (uint32_t at = q->folded.from, to = q->folded.to; at < to;) {
    at += (uint32_t)fields_skip_edges(s + at, to - at);
    if (at >= to) break;
    if (fields_label_at(p->cues, s + at, to - at, &key) || timestamp_scan(s + at, to - at, iso)) return 1;
    if (text_starts(s + at, to - at, "共")) return 1; /* 共12次阅读 */
    if (s[at] >= '0' && s[at] <= '9' && count_scan(s + at, to - at, &number)) return 1;
    at = word_end(s, at, to);
  }
  return 0;
}
