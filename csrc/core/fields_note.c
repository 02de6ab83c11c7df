/*
** fields_note.c - what fields say of the page: names one by one, keywords,
** sources, times, each with its place (page_note), so that metadata.c can
** choose among them.
*/
#include "cues.h"
#include "fields.h"

/* 佚名, admin: what systems put in for no name. */
static int is_nobody(const page *p, mill_span v) {
  static const char *const words[] = {"佚名", "匿名", "未知", "不详", "admin", "管理员", "网络", "无", "本站", "本网", "系统管理员",
    "本站编辑", "本网编辑", "小编", "unknown", NULL};
  for (int k = 0; words[k]; k++)
    if (strlen(words[k]) == span_len(v) && memcmp(page_at(p, v.from), words[k], span_len(v)) == 0) return 1;
  return 0;
}

/* 冯英强_NB241: systems put a code behind an editor's name. */
static mill_span without_code(const page *p, mill_span v) {
  const char *s = p->folded;
  uint32_t at = v.to;
  if (at == v.from || s[at - 1] < '0' || s[at - 1] > '9') return v;
  while (at > v.from && ((s[at - 1] >= '0' && s[at - 1] <= '9') || (s[at - 1] >= 'a' && s[at - 1] <= 'z') ||
                         s[at - 1] == '_'))
    at--;
  return at > v.from ? page_trim(s, (mill_span){v.from, at}) : v;
}

static void note_names(page *p, enum field_key key, mill_span value) {
  if (key == FIELD_EDITOR || key == FIELD_REVIEWER) value = without_code(p, value);
  mill_span names[NAMES_MAX];
  unsigned mode = NAMES_STRICT | (p->japanese ? NAMES_JAPANESE : 0u);
  size_t n = names_parse(p, value, mode, names, NULL);
  for (size_t i = 0; i < n; i++) {
    int paper = n > 1 && key == FIELD_AUTHOR && name_is_paper(p, names[i]);
    if (paper) page_note(p, FIELD_SOURCE, names[i], 3); /* 江岸播报 记者 王芳 */
    else if (!is_nobody(p, names[i])) page_note(p, key, names[i], 1);
  }
  if (n == 0 && value.from < value.to && !is_nobody(p, value))
    page_note(p, key, value, 2); /* an account, an office */
}

/* 平安青河 2021-08-12 11:30: a name of words alone, the account that published. */
static void note_account(page *p, mill_span value) {
  static const char *const makers[] = {"编", "编印", "印发", "制", NULL};
  static const char *const sections[] = {"动态", "要闻", "资讯", "公告", "信息", "专题", "栏目", "放大", "缩小", "新闻", NULL};
  const char *s = page_at(p, value.from);
  size_t n = span_len(value), i = 0;
  unsigned chars = text_chars(s, n);
  if (text_ends_any(s, n, makers) || cue_word_of(p->cues, s, n) != WORD_NONE) return;
  if (name_is_office(p, s, n) && !name_is_medium(p, s, n)) return; /* who signs a notice */
  if (text_ends_any(s, n, sections)) return;
  while (i < n && ((unsigned char)s[i] >= 0xE4 || (s[i] >= 'a' && s[i] <= 'z')))
    i += utf8_length((unsigned char)s[i]);
  if (i < n || chars < 2 || chars > 14) return;
  page_note(p, chars == 2 ? FIELD_AUTHOR : FIELD_ACCOUNT, value, 4); /* 半夏 is no name of an office */
}

static void note_contributor(page *p, mill_span value, int pictures) {
  mill_span names[NAMES_MAX];
  size_t n = names_parse(p, value, NAMES_STRICT | NAMES_SURNAME, names, NULL);
  for (size_t i = 0; i < n; i++) page_note(p, FIELD_AUTHOR, names[i], 1);
  if (n == 0 && !pictures && name_is_office(p, page_at(p, value.from), span_len(value)))
    page_note(p, FIELD_PUBLISHER, value, 2);
}

static void note_keywords(page *p, mill_span value) {
  static const char *const marks[] = {"、", ",", ";", "|", "/", "#", NULL};
  uint32_t from = value.from, at = from;
  int listed = 0; /* separators other than blanks: then blanks belong to words */
  for (uint32_t i = from; i < value.to; i++) listed |= text_mark(page_at(p, i), value.to - i, marks) > 0;
  while (at <= value.to) {
    size_t n = value.to - at, w = text_mark(page_at(p, at), n, marks);
    if (!w && !listed) w = text_blank(page_at(p, at), n);
    if (w || at == value.to) {
      if (from < at) page_note(p, FIELD_KEYWORD, (mill_span){from, at}, 1);
      if (at == value.to) break;
      from = at + (uint32_t)w;
    }
    at += w ? (uint32_t)w : (uint32_t)utf8_length((unsigned char)*page_at(p, at));
  }
}

/* 《北原日报》 -> 北原日报 */
static mill_span without_marks(const page *p, mill_span v) {
  if (text_starts(page_at(p, v.from), span_len(v), "《")) v.from += 3;
  if (text_ends(page_at(p, v.from), span_len(v), "》")) v.to -= 3;
  return v;
}

/* 原创 and who: a person with a surname is the author, any other name is an
** account, which is where it was published. */
static void note_original(page *p, mill_span value) {
  mill_span names[NAMES_MAX];
  uint32_t at = value.from;
  while (at < value.to && !text_blank(page_at(p, at), value.to - at))
    at += (uint32_t)utf8_length((unsigned char)*page_at(p, at));
  mill_span first = {value.from, at}, rest = page_trim(p->folded, (mill_span){at, value.to});
  if (first.from >= first.to) return;
  if (!name_is_medium(p, page_at(p, first.from), span_len(first)) &&
      names_parse(p, first, NAMES_STRICT | NAMES_SURNAME, names, NULL) == 1)
    page_note(p, FIELD_AUTHOR, names[0], 1);
  else
    rest = value;
  if (rest.from < rest.to) page_note(p, FIELD_SOURCE, rest, 3);
}

static int is_original(const page *p, const field *f) {
  const char *s = page_at(p, f->whole.from);
  size_t n = span_len(f->whole), lead = fields_skip_edges(s, n);
  return f->labelled && text_starts(s + lead, n - lead, "原创") > 0;
}

/* 图片:某局, 摄影:, 供图:: whose pictures these are says nothing about who published. */
static int is_of_pictures(const page *p, const field *f) {
  static const char *const words[] = {"图", "摄", "拍", "供图", NULL};
  const char *s = page_at(p, f->whole.from);
  size_t n = span_len(f->whole), lead = fields_skip_edges(s, n);
  return text_starts_any(s + lead, n - lead, words) > 0;
}

/* 更新时间, 成文日期: not the time of publishing, where that is said, too. */
static int is_of_writing(const page *p, const field *f) {
  static const char *const words[] = {"更新", "最后更新", "修改", "成文", "生成", "印发", "录入", "签发", "编辑", "行文", "落款",
    "发文", "撰写", "撰稿", "写作", "创建", "制作", "提交", "上报", NULL};
  const char *s = page_at(p, f->whole.from);
  size_t n = span_len(f->whole), lead = fields_skip_edges(s, n);
  return text_starts_any(s + lead, n - lead, words) > 0;
}

void fields_note(page *p, const field *f, enum field_loose loose) {
  switch (f->key) {
    case FIELD_PUBLISHED:
      if (!f->iso[0]) return;
      page_note(p, FIELD_PUBLISHED, f->value, f->labelled && !is_of_writing(p, f) ? 1 : 2);
      if (!p->code) memcpy(p->found[p->n_found - 1].iso, f->iso, sizeof f->iso);
      return;
    case FIELD_SOURCE:
      if (f->value.from < f->value.to)
        page_note(p, FIELD_SOURCE, without_marks(p, f->value), f->labelled ? 1 : 3);
      return;
    case FIELD_AUTHOR: case FIELD_EDITOR: case FIELD_REVIEWER:
      if (is_original(p, f)) note_original(p, f->value);
      else note_names(p, (enum field_key)f->key, f->value);
      return;
    case FIELD_CONTRIBUTOR: note_contributor(p, f->value, is_of_pictures(p, f)); return;
    case FIELD_KEYWORD: note_keywords(p, f->value); return;
    case FIELD_TOOL: case FIELD_SHARE: case FIELD_COUNTER: case FIELD_OTHER: return;
    case FIELD_NONE:
      if (loose == LOOSE_POSTER) page_note(p, FIELD_AUTHOR, f->value, 2);
      else if (loose != LOOSE_NOTHING && name_is_person(p, f->value)) page_note(p, FIELD_AUTHOR, f->value, 2);
      else if (loose == LOOSE_ACCOUNT) note_account(p, f->value);
      return;
    case FIELD_PUBLISHER:
      if (is_nobody(p, f->value)) return;
      if (name_is_person(p, f->value)) { /* who pressed the button is no source */
        page_note(p, FIELD_PUBLISHER, f->value, RANK_PERSON);
        return;
      } /* fall through */
    default:
      if (f->value.from < f->value.to)
        page_note(p, (enum field_key)f->key, f->value, f->labelled ? 1 : 3);
  }
}
