/*
** time_expr.c - whole expressions of time: a moment, two of them with 至 between
** (the second one leaves out what the first one says), 以前 and 以来, durations,
** sets; the longest one wins.
*/
#include "time_expr.h"

#define REACH 256 /* bytes an expression may have */

static void from_point(const time_point *p, mill_time *out) {
  memset(out, 0, sizeof *out);
  out->kind = MILL_TIME_POINT;
  out->from = out->base_from = p->from, out->to = out->base_to = p->to;
  out->grain = out->base_grain = p->grain, out->form = p->form, out->part = p->part;
  out->approx = p->approx, out->lunar = p->lunar, out->anchored = p->anchored, out->weekday = p->weekday;
  out->open_hour = p->open_hour;
  out->dated = (p->said & (SAID_YEAR | SAID_MONTH | SAID_WEEK | SAID_DAY | SAID_WEEKDAY)) != 0;
  int wide = p->form == MILL_FORM_PART || p->form == MILL_FORM_THIRD || p->form == MILL_FORM_HALF || p->form == MILL_FORM_SEASON ||
             p->form == MILL_FORM_DECADE || p->form == MILL_FORM_BEGIN || p->form == MILL_FORM_END ||
             p->form == MILL_FORM_MIDDLE || p->form == MILL_FORM_WEEKEND || (p->lunar && p->grain == MILL_UNIT_MONTH);
  if (wide) out->kind = MILL_TIME_RANGE;
}

/* ---- ranges ------------------------------------------------------------------------ */

static size_t separator(const time_reader *r, size_t i, int *together) {
  static const char *const words[] = {"一直到", "起至", "起到", "开始到", "开始至", "——", "—", "--", "-", "~", "至", "到", "和", "与", NULL};
  static const char *const others[] = {"至少", "至多", "至于", "到达", "到底", "到位", "到期", "到场", "到来", "至上", "到处", NULL};
  int which;
  size_t from = i;
  while (i < r->n && r->s[i] == ' ' && i - from < 2) i++;
  if (scan_any(r->s, r->n, i, others, NULL)) return 0;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  if (len == 0) return 0;
  *together = which >= 12;
  i += len;
  while (i < r->n && r->s[i] == ' ' && i - from < 16) i++;
  return i - from;
}

/* 间, 之间 behind 2007年与2009年. */
static size_t closing(const time_reader *r, size_t i) {
  static const char *const words[] = {"之间", "间", "期间", "为止", "止", NULL};
  static const char *const others[] = {"间接", "间隔", "间距", NULL};
  return scan_any(r->s, r->n, i, others, NULL) ? 0 : scan_any(r->s, r->n, i, words, NULL);
}

/* An offset or an ordinary moment. */
static size_t side(const time_reader *r, size_t i, time_point *p) {
  mill_time t;
  size_t len = time_point_scan(r, i, p), other = time_offset(r, i, NULL, &t);
  if (other <= len) return len;
  memset(p, 0, sizeof *p);
  time_set(p, t.from, t.to, t.grain, SAID_YEAR | SAID_MONTH | SAID_DAY);
  p->anchored = 1;
  return other;
}

/* Up to now: 至今, 到现在 */
static size_t until_now(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"起至今", "至今", "到今天为止", "以来至今", NULL};
  size_t len = scan_any(r->s, r->n, i, words, NULL);
  if (len == 0) return 0;
  out->kind = MILL_TIME_RANGE, out->mod = MILL_MOD_SINCE, out->to = r->now, out->form = MILL_FORM_BETWEEN, out->anchored = 1;
  out->base_from = out->base_to = r->now;
  return len;
}

static void join(const time_point *a, const time_point *b, mill_time *out) {
  from_point(a, out);
  out->kind = MILL_TIME_RANGE, out->form = MILL_FORM_BETWEEN, out->grain = b->grain;
  int clock = b->said & SAID_HOUR && b->form != MILL_FORM_PART;
  out->to = clock ? b->from : b->to;
  out->base_from = b->from, out->base_to = b->to, out->base_grain = b->grain;
  out->anchored |= b->anchored, out->approx |= b->approx, out->part = b->part;
  out->open_hour = a->open_hour && b->open_hour;
  out->dated |= (b->said & (SAID_YEAR | SAID_MONTH | SAID_WEEK | SAID_DAY | SAID_WEEKDAY)) != 0;
}

/* 9月10号,11号,12号: days one after the other are a range. */
static size_t days_in_a_row(const time_reader *r, size_t i, time_point *p, time_point *last) {
  static const char *const marks[] = {",", "、", NULL};
  size_t end = i;
  for (int k = 0; k < 31; k++) {
    time_point next;
    time_reader right = *r;
    right.left = last;
    size_t mark = scan_any(r->s, r->n, end, marks, NULL), len = mark > 0 ? time_point_scan(&right, end + mark, &next) : 0;
    if (len == 0 || next.grain != MILL_UNIT_DAY || next.from != last->from + TIME_DAY || next.said != SAID_DAY) break;
    *last = next, last->said = p->said, end += mark + len;
  }
  return end - i;
}

size_t time_range_scan(const time_reader *r, size_t i, mill_time *out, time_point *p) {
  int together = 0;
  time_point b;
  size_t len = side(r, i, p), end = i + len;
  if (len == 0) return 0;
  from_point(p, out);
  size_t now = until_now(r, end, out);
  if (now > 0) return len + now;
  time_point last = *p;
  size_t row = p->grain == MILL_UNIT_DAY && p->said & SAID_MONTH ? days_in_a_row(r, end, p, &last) : 0;
  if (row > 0) return join(p, &last, out), len + row;
  size_t mark = separator(r, end, &together);
  if (mark == 0) return len;
  time_reader right = *r;
  right.left = p;
  size_t more = side(&right, end + mark, &b), close = more > 0 ? closing(r, end + mark + more) : 0;
  if (more == 0 || (together && close == 0)) return len;
  if (b.said & SAID_YEAR && p->anchored && !(p->said & SAID_YEAR) && b.from < p->from) return len;
  if (b.to < p->from) return len;
  join(p, &b, out);
  return len + mark + more + close;
}

/* ---- 以前, 以来, 左右 ------------------------------------------------------------------ */

typedef struct tail { const char *word; uint8_t mod; } tail;
static const tail tails[] = {
    {"或之前", MILL_MOD_UNTIL}, {"及之前", MILL_MOD_UNTIL}, {"或以前", MILL_MOD_UNTIL}, {"及以前", MILL_MOD_UNTIL}, {"或更早", MILL_MOD_UNTIL},
    {"或之后", MILL_MOD_SINCE}, {"及之后", MILL_MOD_SINCE}, {"或以后", MILL_MOD_SINCE}, {"及以后", MILL_MOD_SINCE}, {"或更晚", MILL_MOD_SINCE},
    {"之前", MILL_MOD_BEFORE}, {"以前", MILL_MOD_BEFORE}, {"之后", MILL_MOD_AFTER}, {"以后", MILL_MOD_AFTER}, {"过后", MILL_MOD_AFTER},
    {"以来", MILL_MOD_SINCE}, {"开始", MILL_MOD_SINCE}, {"起", MILL_MOD_SINCE}, {"前", MILL_MOD_BEFORE}, {"后", MILL_MOD_AFTER},
    {"年内", MILL_MOD_NONE}, {"内", MILL_MOD_NONE}, {"期间", MILL_MOD_NONE}};

static void open_side(mill_time *t, int mod) {
  int64_t from = t->from, to = t->to;
  if (mod == MILL_MOD_NONE) return;
  t->kind = MILL_TIME_RANGE, t->mod = (uint8_t)mod;
  t->from = INT64_MIN, t->to = MILL_TIME_OPEN;
  if (mod == MILL_MOD_BEFORE) t->to = from;
  if (mod == MILL_MOD_UNTIL) t->to = to;
  if (mod == MILL_MOD_AFTER) t->from = t->base_grain >= MILL_UNIT_HOUR ? from : to;
  if (mod == MILL_MOD_SINCE) t->from = from;
}

static size_t about(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"左右", "前后", "上下", "许", NULL};
  size_t len = scan_any(r->s, r->n, i, words, NULL);
  out->approx |= len > 0;
  return len;
}

static size_t behind(const time_reader *r, size_t i, mill_time *out) {
  static const char *const others[] = {"前往", "前来", "前后", "前进", "前列", "前提", "后来", "后续", "后勤", "后方", "起来", "起码", "起火", "起草",
                                       "内部", "内容", "内蒙", "内外", "起伏", "起诉", "前任", "前锋", "前线", "后者", NULL};
  size_t len = about(r, i, out), gap = 0;
  if (len > 0) return len;
  while (i + gap < r->n && gap < 2 && r->s[i + gap] == ' ') gap++;
  if (scan_any(r->s, r->n, i + gap, others, NULL)) return 0;
  for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
    if ((len = scan_literal(r->s, r->n, i + gap, tails[k].word)) == 0) continue;
    open_side(out, tails[k].mod);
    return gap + len;
  }
  return 0;
}

/* 2月13号|3天后, 2月13号前的第31天 */
static size_t from_there(const time_reader *r, size_t i, const time_point *p, mill_time *out) {
  mill_time next;
  size_t gap = time_gap(r, i), len = time_offset(r, i + gap, p, &next);
  if (len > 0) return *out = next, gap + len;
  static const char *const words[] = {"前的第", "后的第", "之前第", "之后第", "之前的第", "之后的第", "前第", "后第", NULL};
  int which;
  time_count c;
  size_t word = p->grain == MILL_UNIT_DAY ? scan_any(r->s, r->n, i, words, &which) : 0;
  size_t number = word > 0 ? time_number(r, i + word, &c) : 0, mark = number > 0 ? scan_literal(r->s, r->n, i + word + number, "天") : 0;
  if (mark == 0 || !c.whole) return 0;
  out->from = p->from + (which % 2 ? 1 : -1) * (int64_t)c.value * TIME_DAY, out->to = out->from + TIME_DAY;
  return word + number + mark;
}

static size_t moment(const time_reader *r, size_t i, mill_time *out) {
  static const char *const abouts[] = {"大约", "大概", "约", NULL};
  static const char *const froms[] = {"自从", "从", "自", "于", "=", NULL};
  int which = -1;
  time_point p;
  size_t start = i, lead = scan_any(r->s, r->n, i, froms, &which);
  i += lead;
  if (lead > 0) i += time_gap(r, i);
  size_t approx = scan_any(r->s, r->n, i, abouts, NULL);
  i += approx;
  size_t len = time_range_scan(r, i, out, &p);
  if (len == 0) return 0;
  out->approx |= approx > 0;
  i += len;
  size_t shifted = out->form != MILL_FORM_BETWEEN && p.grain <= MILL_UNIT_DAY && !p.bare_year ? from_there(r, i, &p, out) : 0;
  if (shifted > 0) return i + shifted - start;
  if (out->form == MILL_FORM_BETWEEN) {
    i += closing(r, i);
  } else {
    i += about(r, i, out);
    size_t more = behind(r, i, out);
    if (more == 0 && which == 0) open_side(out, MILL_MOD_SINCE);
    i += more;
    if (out->mod == MILL_MOD_SINCE && out->to == MILL_TIME_OPEN) {
      static const char *const nows[] = {"至今", "到现在", "到今天", NULL};
      size_t now = scan_any(r->s, r->n, i, nows, NULL);
      if (now > 0) out->to = r->now, out->anchored = 1;
      i += now;
    }
  }
  return i - start;
}

/* 今明两天, 明后大后三天 */
static size_t named_days(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"大前", "大后", "前", "昨", "今", "明", "后", NULL};
  static const int8_t offs[] = {-3, 3, -2, -1, 0, 1, 2};
  int n = 0, first = 0, last = -9, which;
  size_t start = i, len;
  time_count c;
  while (n < 6 && (len = scan_any(r->s, r->n, i, words, &which)) > 0) {
    if (n > 0 && offs[which] != last + 1) return 0;
    if (n++ == 0) first = offs[which];
    last = offs[which], i += len;
    i += scan_literal(r->s, r->n, i, "天") > 0 && n < 6 ? 3 : 0;
    i += scan_literal(r->s, r->n, i, "、");
  }
  if (n < 2) return 0;
  len = time_number(r, i, &c);
  size_t mark = scan_any(r->s, r->n, i + len, (const char *const[]){"天", "日", NULL}, NULL);
  if (mark == 0 && (r->n == i || (i > 3 && memcmp(r->s + i - 3, "天", 3) == 0))) mark = 0, len = 0;
  else if (mark == 0 || (len > 0 && (int)c.value != n)) return 0;
  time_point p = {0};
  int64_t day = time_floor(r->now, MILL_UNIT_DAY);
  time_set(&p, day + (int64_t)first * TIME_DAY, day + (int64_t)(last + 1) * TIME_DAY, MILL_UNIT_DAY, SAID_DAY);
  from_point(&p, out);
  out->kind = MILL_TIME_RANGE, out->form = MILL_FORM_BETWEEN, out->anchored = 1;
  out->base_from = out->to - TIME_DAY, out->base_to = out->to, out->base_grain = MILL_UNIT_DAY;
  return i + len + mark - start;
}

/* ---- the whole ----------------------------------------------------------------------- */

typedef size_t scan(const time_reader *, size_t, mill_time *);

static size_t any_offset(const time_reader *r, size_t i, mill_time *out) { return time_offset(r, i, NULL, out); }
static size_t any_duration(const time_reader *r, size_t i, mill_time *out) { return time_duration(r, i, 0, out); }
static size_t counted_duration(const time_reader *r, size_t i, mill_time *out) { return time_duration(r, i, 1, out); }

static size_t longest(const time_reader *r, int duration, mill_time *out) {
  static scan *const usual[] = {any_offset, moment, time_set_scan, named_days, time_span, any_duration, NULL};
  static scan *const counted[] = {counted_duration, moment, time_set_scan, named_days, time_span, any_offset, NULL};
  scan *const *list = duration ? counted : usual;
  size_t best = 0, len;
  mill_time found;
  for (; *list != NULL; list++)
    if ((len = (*list)(r, 0, &found)) > best) best = len, *out = found;
  return best;
}

static void set_ref(time_reader *r, const mill_date *ref) {
  static const mill_date none = {.year = 2000, .month = 1, .day = 1};
  r->ref = ref != NULL && ref->year != 0 ? *ref : none;
  if (r->ref.month == 0) r->ref.month = 7;
  if (r->ref.day == 0) r->ref.day = 1;
  if (r->ref.hour == 255) r->ref.hour = 0;
  if (r->ref.minute == 255) r->ref.minute = 0;
  if (r->ref.second == 255) r->ref.second = 0;
  r->now = time_at(r->ref.year, r->ref.month, r->ref.day) + r->ref.hour * 3600 + r->ref.minute * 60 + r->ref.second;
}

int mill_time_scan(const mill_data *d, const char *folded, size_t n, const mill_date *ref,
                   enum mill_time_prefer prefer, int duration, mill_time *out) {
  mill_date probe;
  time_reader r = {.data = d, .s = folded, .n = n > REACH ? REACH : n, .prefer = (int)prefer};
  while (r.n < n && r.n > 0 && ((unsigned char)folded[r.n] & 0xC0) == 0x80) r.n--;
  memset(out, 0, sizeof *out);
  set_ref(&r, ref);
  size_t used = longest(&r, duration, out);
  if (used == 0 && date_scan(d, folded, r.n, ref, DATE_NEAREST, &probe, NULL) < 0) return MILL_EINVAL;
  return (int)used;
}

/* An expression can begin here: a number, or a character that begins a word of time. */
static int may_begin(const char *s, size_t n, size_t i) {
  static const char set[] = "〇零一二三四五六七八九十两廿卅几半今昨明前后去本这上下当现此目正冬腊闰农阴夏旧初大每隔逢工非周星礼拜春秋年月第首最末头"
                            "早晨清凌拂傍黄晚夜午中深白元国劳儿妇青教重端七除小情愚圣万感母父复平光植建党五立雨惊谷芒寒霜处近过未接往向再还从自约俩仨"
                            "差世公阳旧双护读女记跨新甲乙丙丁戊己庚辛壬癸翌次而如武贞开天康雍乾嘉道咸同宣民洪永景成弘正万崇顺神来听寻琴个分伍百千数双东"
                            "隔岁之此伊以夜穆斯逾住献烛法权肉尔爱诵欢西沙赎普篝图转哈修开宰棕耶主基灰黑法濯煎忏拉沉沈台老浴佛盂乞龙南北阿";
  return scan_is_digit(s, n, i) || (s[i] == '=' && i + 1 < n) || scan_one_of(s, n, i, set) > 0;
}

static size_t next(const char *s, size_t n, size_t i) {
  if (scan_is_digit(s, n, i)) {
    while (i < n && (scan_is_digit(s, n, i) || s[i] == '.' || s[i] == ',')) i++;
    return i;
  }
  size_t len = utf8_length((unsigned char)s[i]);
  return i + len < n ? i + len : n;
}

/* Part of a longer number or code: -83.2, a123. */
static int inside_number(const char *s, size_t i) {
  if (i == 0 || s[i] < '0' || s[i] > '9') return 0;
  unsigned char c = (unsigned char)s[i - 1];
  return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '/' || (c >= 'a' && c <= 'z') || c == '$';
}

int mill_time_find(const mill_data *d, const char *s, size_t n, size_t at, const mill_date *ref,
                   enum mill_time_prefer prefer, int duration, mill_time *out, size_t *begin) {
  while (at < n) {
    if (!inside_number(s, at) && may_begin(s, n, at)) {
      int used = mill_time_scan(d, s + at, n - at, ref, prefer, duration, out);
      if (used > 0) return *begin = at, used;
    }
    at = next(s, n, at);
  }
  return 0;
}
