/*
** names.c - person names in bylines and signatures, where the names stand
** bare: "记者 周 宁 通讯员 李小满", "甲、乙、丙", "(某镇党政办 张小山)".
**
** A token is what stands between separators. It is a role word, a name (2-4
** Han characters, or more with a middle dot; Latin words in a row), an office,
** or something else. Persons in prose are the recognisers' business.
*/
#include "cues.h"
#include "fields.h"
#include "lexicon.h"

/* Longer ones first where one begins another. */
static const char *const role_words[] = {
  "本报特约记者", "本报见习记者", "本报实习记者", "本报全媒体记者", "本报通讯员", "本报记者", "本网记者", "本刊记者", "本台记者",
  "全媒体记者", "融媒体记者", "特约通讯员", "实习通讯员", "特约记者", "实习记者", "见习记者", "首席记者", "实习生", "记者",
  "通讯员", "报道员", "特派员", "摄影报道", "文字报道", "报道", "摄影", "摄像", "文/图", "图/文", "图文", "文图",
  "采写", "采访", "整理", "供稿", "撰稿", "撰文", "执笔", "作者", "编辑", "通联", "文字", "图片", "翻译", "综合报道",
  "摄", "文", "图", "photo", "text", "by", NULL};
/* Those that end no name of a person. */
static const char *const sure_offices[] = {
  "镇", "乡", "县", "村", "局", "委", "办", "部", "府", "厅", "处", "街道", "公司", "中心", "学校", "小学", "中学", "大学",
  "医院", "法院", "检察院", "支部", "大队", "电视台", "日报社", "晚报社", NULL};
int name_is_medium(const page *p, const char *s, size_t n) {
  static const char *const no_media[] = {"简报", "通报", "汇报", "预报", "申报", "捷报", "喜报", "情报", "举报", "海报", "填报",
    "上报", "专报", "呈报", "县区新闻", "乡镇新闻", "本地新闻", "综合新闻", "社会新闻", "时政新闻", "工作新闻", "图片新闻", "基层新闻",
    "今日新闻", "最新新闻", "国内新闻", "国际新闻", "媒体新闻", NULL};
  return (cue_ends(p->cues, s, n) & EDGE_MEDIUM) > 0 && !text_ends_any(s, n, no_media);
}
int name_is_paper(const page *p, mill_span name) {
  return span_len(name) >= 12 && name_is_medium(p, page_at(p, name.from), span_len(name));
}
int name_is_office(const page *p, const char *s, size_t n) {
  return (cue_ends(p->cues, s, n) & EDGE_OFFICE) > 0;
}

static int has_surname(const page *p, const char *s, size_t n) {
  return lexicon_surname(mill_data_lexicon(p->text->data), s, n) > 0;
}

/* 王芳, 欧阳小雨, 阿依古丽·买买提: two or three characters with a surname, four with a double one. */
int name_is_person(const page *p, mill_span name) {
  mill_span names[NAMES_MAX];
  const char *s = page_at(p, name.from);
  uint32_t chars = text_chars(s, span_len(name));
  if (chars < 2 || chars > 14 ||
      names_parse(p, name, NAMES_STRICT | NAMES_SURNAME, names, NULL) != 1)
    return 0;
  return chars <= 3 || memmem(s, span_len(name), "·", 2) != NULL ||
         (chars == 4 && lexicon_surname(mill_data_lexicon(p->text->data), s, span_len(name)) == 6);
}

/* What a token looks like. */
enum shape { SHAPE_OTHER, SHAPE_HAN1, SHAPE_NAME, SHAPE_LATIN, SHAPE_LONG };

static enum shape shape_of(const char *s, size_t n) {
  unsigned han = 0, kana = 0, dots = 0, latin = 0, all = 0;
  size_t len;
  for (size_t i = 0; i < n; i += len, all++) {
    uint32_t c = utf8_decode(s + i, &len);
    if (text_is_han(c)) han++;
    else if (c == 0xB7 || c == 0x2022 || c == 0x30FB) dots++;
    else if (text_is_kana(c)) kana++;
    else if ((c | 32) - 'a' < 26u || c == '.' || c == '-' || c == '\'' || c == 0x2019 ||
             (c >= 0xC0 && c < 0x2000))
      latin++;
  }
  if (latin == all && latin > 0) return SHAPE_LATIN;
  if (han + kana + dots != all) return SHAPE_OTHER;
  if (all == 1) return SHAPE_HAN1;
  if (all <= 4 || (dots > 0 && all <= 14)) return SHAPE_NAME;
  return SHAPE_LONG;
}

static const char *const separators[] = {"、", ",", ";", "/", "|", "&", "丨", "(", ")", "[", "]", ":", "·/",
  "。", NULL};

typedef struct list {
  const page *p;
  const char *s; /* its folded text */
  unsigned mode, roles, others, n;
  mill_span *out;
  mill_span pending;   /* a single character, or the Latin words so far */
  enum shape pending_shape;
} list;

static void add(list *l, mill_span name) {
  if (l->n < NAMES_MAX) l->out[l->n++] = name;
}

static void flush(list *l) {
  if (l->pending_shape == SHAPE_LATIN || l->pending_shape == SHAPE_NAME) add(l, l->pending);
  else if (l->pending_shape != SHAPE_OTHER) l->others++;
  l->pending_shape = SHAPE_OTHER;
}

/* 某镇党政办张小山: the name behind the last office word, when it can be one. */
static mill_span behind_office(const list *l, mill_span t) {
  static const char *const titles[] = {"书记", "主任", "镇长", "乡长", "村长", "局长", "部长", "主席", "委员", "干部", "会员",
    "教师", NULL};
  const char *s = l->s;
  if (name_is_office(l->p, s + t.from, span_len(t))) return (mill_span){t.to, t.to};
  for (uint32_t at = t.to; at > t.from;) {
    at = (uint32_t)utf8_prev(s, at);
    mill_span name = {at, t.to};
    if (text_ends_any(s + at, span_len(name), titles)) break;
    if (at > t.from && text_ends_any(s + t.from, at - t.from, sure_offices) &&
        shape_of(s + at, span_len(name)) == SHAPE_NAME && has_surname(l->p, s + at, span_len(name)))
      return name;
  }
  return (mill_span){t.to, t.to};
}

/* Joins with what stands before: 李 明, Margaret Holloway, 高橋 健一. */
static int joins(const list *l, enum shape shape) {
  if (l->pending_shape == SHAPE_HAN1 && shape == SHAPE_HAN1) return 1;
  if (l->pending_shape == SHAPE_LATIN && shape == SHAPE_LATIN) return 1;
  return (l->mode & NAMES_JAPANESE) && l->pending_shape == SHAPE_NAME &&
         (shape == SHAPE_NAME || shape == SHAPE_HAN1);
}

/* Takes role words off both ends; what is left may be empty. */
static mill_span strip_roles(list *l, mill_span t) {
  static const char *const trailing[] = {"摄影报道", "摄影", "摄", "报道", "报导", NULL}; /* 郭强摄 */
  size_t w;
  while (t.from < t.to && (w = text_starts_any(l->s + t.from, span_len(t), role_words)) > 0) {
    /* a name may begin with 文 */
    if (w < span_len(t) && w <= 3 && shape_of(l->s + t.from, span_len(t)) == SHAPE_NAME) break;
    flush(l);
    t.from += (uint32_t)w;
    l->roles++;
  }
  if ((w = text_ends_any(l->s + t.from, span_len(t), trailing)) > 0) {
    t.to -= (uint32_t)w;
    l->roles++;
    int behind_bar = l->n > 0 && t.from > 0 && l->s[t.from - 1] == '/';
    if (w == 6 && (behind_bar || !has_surname(l->p, l->s + t.from, span_len(t))))
      t.from = t.to; /* 台北报导: a place reports */
  }
  return t;
}

/* An office, with or without a name glued behind it. 1: it was one. */
static int office(list *l, mill_span t, enum shape shape) {
  const char *s = l->s + t.from;
  uint32_t n = span_len(t);
  if (shape == SHAPE_NAME && n >= 9 && text_ends_any(s, n, sure_offices)) return 1;
  if (shape != SHAPE_LONG && !(shape == SHAPE_NAME && name_is_office(l->p, s, n) && !has_surname(l->p, s, n)))
    return 0;
  mill_span name = behind_office(l, t);
  if (name.from < name.to) add(l, name);
  else if (!name_is_office(l->p, s, n)) l->others++;
  return 1;
}

/* 某报记者: the names that follow are its reporters. */
static int is_of_paper(const list *l, mill_span t) {
  const char *s = l->s + t.from;
  size_t w = text_ends_any(s, span_len(t), (const char *const[]){"记者", "通讯员", NULL});
  return w > 0 && w < span_len(t) &&
         (name_is_medium(l->p, s, span_len(t) - w) || name_is_office(l->p, s, span_len(t) - w));
}

static void token(list *l, mill_span t) {
  if (is_of_paper(l, t)) t.from = t.to, l->roles++;
  t = strip_roles(l, t);
  if (t.from == t.to) {
    flush(l);
    return;
  }
  enum shape shape = shape_of(l->s + t.from, span_len(t));
  if (joins(l, shape)) {
    l->pending.to = t.to;
    l->pending_shape = shape == SHAPE_LATIN ? SHAPE_LATIN : SHAPE_NAME;
    if (shape != SHAPE_LATIN) flush(l);
    return;
  }
  flush(l);
  if (office(l, t, shape)) return;
  if (shape == SHAPE_OTHER || (shape == SHAPE_NAME && (l->mode & NAMES_SURNAME) &&
                               !has_surname(l->p, l->s + t.from, span_len(t))))
    l->others++;
  if (shape == SHAPE_OTHER) return;
  l->pending = t;
  l->pending_shape = shape;
  if (shape == SHAPE_NAME && !(l->mode & NAMES_JAPANESE)) flush(l);
}

size_t names_parse(const page *p, mill_span span, unsigned mode, mill_span out[NAMES_MAX],
                   unsigned *roles) {
  const char *folded = p->folded;
  list l = {p, folded, mode, 0, 0, 0, out, {0, 0}, SHAPE_OTHER};
  uint32_t from = span.from, at = span.from;
  while (at <= span.to && l.n < NAMES_MAX) {
    size_t rest = span.to - at, blank = text_blank(folded + at, rest);
    size_t cut = blank ? blank : text_mark(folded + at, rest, separators);
    if (at == span.to || cut) {
      size_t mixed = text_mark(folded + at, rest, separators); /* 文/图 is one word */
      static const char *const both[] = {"文/图", "图/文", NULL};
      if (mixed && at == from + 3 && span.to - from >= 7 &&
          text_starts_any(folded + from, span.to - from, both)) {
        at += 4;
        continue;
      }
      if (from < at) token(&l, (mill_span){from, at});
      if (!blank) flush(&l);
      if (at == span.to) break;
      at += (uint32_t)cut;
      from = at;
    } else {
      at += (uint32_t)utf8_length((unsigned char)folded[at]);
    }
  }
  flush(&l);
  if (roles) *roles = l.roles;
  return (mode & NAMES_STRICT) && l.others > 0 ? 0 : l.n;
}
