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
  out->approx = p->approx, out->lunar = p->lunar, out->anchored = p->anchored;
  out->weekday = p->nth == 0 ? p->weekday : 0; /* 三月第二个周三 is no day of a week that is meant */
  out->open_hour = p->open_hour, out->zone = p->zone, out->zoned = p->zoned;
  out->dated = (p->said & (SAID_YEAR | SAID_MONTH | SAID_WEEK | SAID_DAY | SAID_WEEKDAY)) != 0;
  int wide = p->form == MILL_FORM_PART || p->form == MILL_FORM_THIRD || p->form == MILL_FORM_HALF ||
             p->form == MILL_FORM_SEASON || p->form == MILL_FORM_DECADE || p->form == MILL_FORM_BEGIN ||
             p->form == MILL_FORM_END || p->form == MILL_FORM_MIDDLE || p->form == MILL_FORM_WEEKEND ||
             (p->lunar && p->grain == MILL_UNIT_MONTH);
  if (wide) out->kind = MILL_TIME_RANGE;
}

/* ---- ranges ------------------------------------------------------------------------ */

static size_t separator(const time_reader *r, size_t i, int *together) {
  static const char *const words[] = {"一直到", "直到", "直至", "起至", "起到", "开始到", "开始至", "——", "—", "–", "―", "─",
    "〜", "−", "--", "-", "~", "至", "到", "和", "与", NULL};
  static const char *const others[] = {"至少", "至多", "至于", "到达", "到底", "到位", "到期", "到场", "到来", "至上", "到处",
    NULL};
  int which;
  size_t from = i;
  while (i < r->n && r->s[i] == ' ' && i - from < 2) i++;
  if (scan_any(r->s, r->n, i, others, NULL)) return 0;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  if (len == 0) return 0;
  *together = which >= 19;
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

/* Words that narrow the unit an offset leads to: 三天后|下午三点, 两周后|的周五, 一个月前|的今天. */
static size_t narrowed(const time_reader *r, size_t i, const mill_time *t, time_point *p) {
  static const unsigned said[] = {SAID_YEAR, SAID_YEAR | SAID_MONTH, SAID_WEEK,
                                  SAID_YEAR | SAID_MONTH | SAID_DAY};
  static const char *const same[] = {"今天", "今日", "这一天", "同一天", NULL};
  if (t->kind != MILL_TIME_POINT || t->mod != MILL_MOD_NONE || t->grain > MILL_UNIT_DAY || t->approx)
    return 0;
  time_point q = {0};
  size_t gap = time_gap(r, i), day = t->grain < MILL_UNIT_DAY ? scan_any(r->s, r->n, i + gap, same, NULL) : 0;
  int64_t from = time_floor(t->from, t->grain);
  int unit = day > 0 ? MILL_UNIT_DAY : t->grain;
  if (day > 0) from = time_floor(t->from, MILL_UNIT_DAY);
  time_set(&q, from, time_add(from, unit, 1), unit, said[unit]);
  size_t len = time_point_more(r, i + gap + day, &q);
  if (len + day == 0 || (day == 0 && q.grain <= t->grain)) return 0;
  *p = q, p->anchored = MILL_ANCHOR_ALL;
  return gap + day + len;
}

/* An offset or an ordinary moment; seed: what it narrows, NULL nothing. */
static size_t side(const time_reader *r, size_t i, const time_point *seed, time_point *p) {
  mill_time t;
  if (seed != NULL) return *p = *seed, time_point_more(r, i, p);
  size_t len = time_point_scan(r, i, p), other = time_offset(r, i, NULL, &t);
  if (other <= len) return len;
  size_t more = narrowed(r, i + other, &t, p);
  if (more > 0) return other + more;
  memset(p, 0, sizeof *p);
  time_set(p, t.from, t.to, t.grain, SAID_YEAR | SAID_MONTH | SAID_DAY);
  p->anchored = MILL_ANCHOR_ALL;
  return other;
}

/* Up to now: 至今, 到现在 */
static size_t until_now(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"起至今", "至今", "到今天为止", "到目前为止", "到现在为止", "到现在", "以来至今", NULL};
  static const char *const others[] = {"起至今天", "起至今日", "起至今晚", "起至今年", "至今天", "至今日", "至今晚", "至今早", "至今晨",
    "至今年", "至今夜",
                                       NULL};
  size_t len = scan_any(r->s, r->n, i, others, NULL) ? 0 : scan_any(r->s, r->n, i, words, NULL);
  if (len == 0) return 0;
  out->kind = MILL_TIME_RANGE, out->mod = MILL_MOD_SINCE, out->to = r->now, out->form = MILL_FORM_BETWEEN,
  out->anchored = MILL_ANCHOR_ALL;
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

/* 周六、周日; 周六日: bytes of the second day */
static size_t second_weekday(const time_reader *r, size_t i, const time_point *p, time_point *last) {
  static const char *const marks[] = {"、", "和", "与", "及", NULL};
  int day;
  size_t mark = scan_any(r->s, r->n, i, marks, NULL), word = time_week_word(r, i + mark);
  size_t len = word > 0 || mark == 0 ? time_weekday_number(r, i + mark + word, &day) : 0;
  if (len == 0 || day != p->weekday % 7 + 1) return 0;
  if (mark + word == 0 &&
      (day != 7 ||
       scan_any(r->s, r->n, i, (const char *const[]){"日前", "日后", "天前", "天后", NULL}, NULL)))
    return 0;
  *last = *p, last->from += TIME_DAY, last->to += TIME_DAY;
  return mark + word + len;
}

/* 9月10号,11号,12号: days one after the other are a range. */
static size_t days_in_a_row(const time_reader *r, size_t i, time_point *p, time_point *last) {
  static const char *const marks[] = {",", "、", NULL};
  if (p->weekday != 0) return second_weekday(r, i, p, last);
  size_t end = i;
  for (int k = 0; k < 31; k++) {
    time_point next;
    time_reader right = *r;
    right.left = last;
    size_t mark = scan_any(r->s, r->n, end, marks, NULL),
           len = mark > 0 ? time_point_scan(&right, end + mark, &next) : 0;
    if (len == 0 || next.grain != MILL_UNIT_DAY || next.from != last->from + TIME_DAY ||
        next.said != SAID_DAY)
      break;
    *last = next, last->said = p->said, end += mark + len;
  }
  return end - i;
}

/* 周一到周三的下午, 3月5日至8日的上午: each of the days, not one stretch. */
static int each_day(const time_reader *r, size_t i, size_t len, const time_point *a, const time_point *b) {
  static const char *const of = "的";
  if (a->grain != MILL_UNIT_DAY || b->grain < MILL_UNIT_HOUR || a->said & (SAID_PART | SAID_HOUR)) return 0;
  for (size_t k = i; k < i + len; k++)
    if (scan_literal(r->s, i + len, k, of)) return 1;
  return 0;
}

static void daily(const time_point *a, const time_point *b, mill_time *out) {
  int64_t into = b->from - time_floor(b->from, MILL_UNIT_DAY), first = time_floor(a->from, MILL_UNIT_DAY);
  out->kind = MILL_TIME_SET, out->moment = 1, out->grain = MILL_UNIT_DAY, out->part = b->part,
  out->form = b->form;
  out->amount[MILL_UNIT_DAY] = out->high[MILL_UNIT_DAY] = 1;
  out->limit_from = first, out->limit_to = time_floor(b->from, MILL_UNIT_DAY) + TIME_DAY;
  out->from = out->base_from = first + into, out->to = out->base_to = out->from + (b->to - b->from);
}

size_t time_range_scan(const time_reader *r, size_t i, mill_time *out, time_point *p) {
  return time_range_from(r, i, NULL, out, p);
}

size_t time_range_from(const time_reader *r, size_t i, const time_point *seed, mill_time *out,
                       time_point *p) {
  int together = 0;
  time_point b;
  size_t len = side(r, i, seed, p), end = i + len;
  if (len == 0) return 0;
  from_point(p, out);
  size_t now = until_now(r, end, out);
  if (now > 0) return len + now;
  time_point last = *p;
  size_t row =
      p->grain == MILL_UNIT_DAY && (p->said & SAID_MONTH || p->weekday) ? days_in_a_row(r, end, p, &last) : 0;
  if (row > 0) return join(p, &last, out), len + row;
  size_t mark = separator(r, end, &together);
  if (mark == 0) return len;
  time_reader right = *r;
  right.left = p;
  size_t more = side(&right, end + mark, NULL, &b), close = more > 0 ? closing(r, end + mark + more) : 0;
  if (more == 0 || (together && close == 0)) return len;
  if (b.said & SAID_YEAR && p->anchored && !(p->said & SAID_YEAR) && b.from < p->from) return len;
  if (b.to < p->from) return len;
  join(p, &b, out);
  if (each_day(r, end + mark, more, p, &b)) daily(p, &b, out);
  return len + mark + more + close;
}

/* ---- 以前, 以来, 左右 ------------------------------------------------------------------ */

typedef struct tail { const char *word; uint8_t mod; } tail;
static const tail tails[] = {
    {"或之前", MILL_MOD_UNTIL}, {"及之前", MILL_MOD_UNTIL}, {"或以前", MILL_MOD_UNTIL}, {"及以前", MILL_MOD_UNTIL},
    {"或更早", MILL_MOD_UNTIL}, {"或之后", MILL_MOD_SINCE}, {"及之后", MILL_MOD_SINCE}, {"或以后", MILL_MOD_SINCE},
    {"及以后", MILL_MOD_SINCE}, {"或更晚", MILL_MOD_SINCE}, {"之前", MILL_MOD_BEFORE}, {"以前", MILL_MOD_BEFORE},
    {"之后", MILL_MOD_AFTER}, {"以后", MILL_MOD_AFTER}, {"过后", MILL_MOD_AFTER}, {"以来", MILL_MOD_SINCE},
    {"开始", MILL_MOD_SINCE}, {"起", MILL_MOD_SINCE}, {"前", MILL_MOD_BEFORE}, {"后", MILL_MOD_AFTER},
    {"年内", MILL_MOD_NONE}, {"内", MILL_MOD_NONE}, {"期间", MILL_MOD_NONE}, {"时期", MILL_MOD_NONE}};

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
  static const char *const others[] = {"前往", "前来", "前后", "前进", "前列", "前提", "后来", "后续", "后勤", "后方", "起来", "起码",
                                       "起火", "起草", "内部", "内容", "内蒙", "内外", "起伏", "起诉", "前任", "前锋", "前线", "后者",
                                       NULL};
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

/* 9月1日|起7日内, 明天|开始三天, 明天的|向后三天, 10月1日|前三天: a stretch that begins or ends there. */
static size_t stretch_there(const time_reader *r, size_t i, const time_point *p, mill_time *out) {
  static const char *const words[] = {"算起", "起的", "起", "开始的", "开始", "往后", "向后", "之后的", "后的", "往前", "向前",
    "之前的", "前的", "前", NULL};
  static const char *const ends[] = {"之内", "以内", "内", "里", NULL};
  int which;
  mill_time d;
  size_t start = i, gap = time_gap(r, i), word = scan_any(r->s, r->n, i + gap, words, &which);
  if (word == 0) return 0;
  i += gap + word;
  i += scan_literal(r->s, r->n, i, ",");
  size_t len = time_duration(r, i, 1, &d);
  if (len == 0 || d.work) return 0;
  i += len;
  i += scan_any(r->s, r->n, i, ends, NULL);
  static const char *const points[] = {"后", "前", "之", "以", NULL};
  if (scan_any(r->s, r->n, i, points, NULL)) return 0;
  int sign = which >= 9 ? -1 : 1;
  int64_t edge = which == 7 || which == 8 ? p->to : p->from, far = time_shift(edge, &d, sign);
  from_point(p, out);
  memcpy(out->amount, d.amount, sizeof d.amount), memcpy(out->high, d.high, sizeof d.high);
  out->kind = MILL_TIME_RANGE, out->form = MILL_FORM_BETWEEN, out->direction = (int8_t)sign;
  out->from = sign > 0 ? edge : far, out->to = sign > 0 ? far : edge;
  out->base_from = out->to - TIME_DAY, out->base_to = out->to, out->base_grain = MILL_UNIT_DAY;
  return i - start;
}

/* 2月13号|3天后, 2月13号前的第31天 */
static size_t from_there(const time_reader *r, size_t i, const time_point *p, mill_time *out) {
  mill_time next;
  size_t gap = time_gap(r, i), len = time_offset(r, i + gap, p, &next);
  if (len > 0) return *out = next, gap + len;
  if (p->grain == MILL_UNIT_DAY && (len = stretch_there(r, i, p, out)) > 0) return len;
  static const char *const words[] = {"前的第", "后的第", "之前第", "之后第", "之前的第", "之后的第", "前第", "后第", NULL};
  int which;
  time_count c;
  size_t word = p->grain == MILL_UNIT_DAY ? scan_any(r->s, r->n, i, words, &which) : 0;
  size_t number = word > 0 ? time_number(r, i + word, &c) : 0,
         mark = number > 0 ? scan_literal(r->s, r->n, i + word + number, "天") : 0;
  if (mark == 0 || !c.whole) return 0;
  out->from = p->from + (which % 2 ? 1 : -1) * (int64_t)c.value * TIME_DAY, out->to = out->from + TIME_DAY;
  return word + number + mark;
}

enum { FROM_SINCE = 0, FROM_UNTIL = 5, FROM_BY = 9 }; /* places in the list of leading words */

/* 截至3月5日: all that was before. */
static size_t up_to(const time_reader *r, size_t i, mill_time *out) {
  size_t end = closing(r, i);
  if (out->kind == MILL_TIME_POINT && out->to - out->from <= 1) out->to = out->from;
  out->kind = MILL_TIME_RANGE, out->mod = MILL_MOD_UNTIL, out->from = INT64_MIN;
  return end;
}

/* 左右, 以前 behind a moment; 自从 in front opens it, 至今 closes it. */
static size_t bounded(const time_reader *r, size_t i, int since, mill_time *out) {
  static const char *const nows[] = {"至今", "到现在", "到今天", NULL};
  size_t start = i;
  i += about(r, i, out);
  size_t more = behind(r, i, out);
  if (more == 0 && since) open_side(out, MILL_MOD_SINCE);
  i += more;
  if (out->mod != MILL_MOD_SINCE || out->to != MILL_TIME_OPEN) return i - start;
  size_t now = scan_any(r->s, r->n, i, nows, NULL);
  if (now > 0) out->to = r->now, out->anchored = MILL_ANCHOR_ALL;
  return i + now - start;
}

/* Days on each of which something is, counted in the range: bytes, *out the set. */
static size_t each_within(const time_reader *r, size_t i, const time_point *p, mill_time *out) {
  mill_time set;
  if (out->kind == MILL_TIME_SET || p->grain > MILL_UNIT_DAY) return 0;
  if (out->kind != MILL_TIME_RANGE && p->form != MILL_FORM_HOLIDAY) return 0;
  size_t len = time_set_within(r, i, out, &set);
  if (len > 0) *out = set;
  return len;
}

/* What goes on behind a moment: bytes; *bad: the leading word asks for more. */
static size_t rest(const time_reader *r, size_t i, int lead, const time_point *p, mill_time *out, int *bad) {
  int between = out->form == MILL_FORM_BETWEEN;
  size_t len = !between && p->grain <= MILL_UNIT_DAY && !p->bare_year ? from_there(r, i, p, out) : 0;
  if (len == 0) len = each_within(r, i, p, out);
  if (len > 0 || out->kind == MILL_TIME_SET) return len;
  *bad = lead == FROM_BY && !between; /* 由三月到五月, not 由三月的会议 */
  if (lead >= FROM_UNTIL && lead < FROM_BY) return up_to(r, i, out);
  return between ? closing(r, i) : bounded(r, i, lead == FROM_SINCE, out);
}

static size_t moment(const time_reader *r, size_t i, mill_time *out) {
  static const char *const abouts[] = {"大约", "大概", "约", NULL};
  static const char *const froms[] = {"自从", "从", "自", "于", "=", "截至到", "截止到", "截至", "截止", "由", NULL};
  int which = -1, bad = 0;
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
  i += rest(r, i, which, &p, out, &bad);
  return bad ? 0 : i - start;
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
  time_set(&p, day + (int64_t)first * TIME_DAY, day + (int64_t)(last + 1) * TIME_DAY, MILL_UNIT_DAY,
           SAID_DAY);
  from_point(&p, out);
  out->kind = MILL_TIME_RANGE, out->form = MILL_FORM_BETWEEN, out->anchored = MILL_ANCHOR_ALL;
  out->base_from = out->to - TIME_DAY, out->base_to = out->to, out->base_grain = MILL_UNIT_DAY;
  return i + len + mark - start;
}

/* ---- the whole ----------------------------------------------------------------------- */

typedef size_t scan(const time_reader *, size_t, mill_time *);

static size_t any_offset(const time_reader *r, size_t i, mill_time *out) {
  return time_offset(r, i, NULL, out);
}
static size_t any_duration(const time_reader *r, size_t i, mill_time *out) {
  return time_duration(r, i, 0, out);
}
static size_t counted_duration(const time_reader *r, size_t i, mill_time *out) {
  return time_duration(r, i, 1, out);
}

static size_t longest(const time_reader *r, int duration, mill_time *out) {
  static scan *const usual[] = {any_offset, moment, time_set_scan, named_days, time_span, any_duration, NULL};
  static scan *const counted[] = {counted_duration, moment,     time_set_scan, named_days,
                                  time_span,        any_offset, NULL};
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
  r->now = time_at(r->ref.year, r->ref.month, r->ref.day) + r->ref.hour * 3600 + r->ref.minute * 60 +
           r->ref.second;
}

void time_reader_set(time_reader *r, const mill_data *d, const char *s, size_t n, const mill_date *ref) {
  *r = (time_reader){.data = d, .s = s, .n = n > REACH ? REACH : n};
  while (r->n < n && r->n > 0 && ((unsigned char)s[r->n] & 0xC0) == 0x80) r->n--;
  set_ref(r, ref);
}

int mill_time_scan(const mill_data *d, const char *folded, size_t n, const mill_date *ref,
                   const mill_time_options *o, mill_time *out) {
  static const mill_time_options none = {0};
  if (o == NULL) o = &none;
  time_reader r;
  time_numbers numbers;
  time_reader_set(&r, d, folded, n, ref);
  time_keep_numbers(&r, &numbers);
  r.prefer = o->prefer, r.region = o->region, r.day_first = o->day_first;
  memset(out, 0, sizeof *out);
  size_t used = longest(&r, o->duration, out);
  if (used == 0 && time_impossible(&r)) return MILL_EINVAL;
  return (int)used;
}

/* First characters of expressions, three bytes each, in the order of their bytes. */
static const char first[] =
    "“〇「一丁七万三上下世丙东两严个中丰丹主之乌乘乙九乞二五亡交人今从以仨仲"
    "伊伍休伦住佛侯俄保俩修傍儿元兄先光克党入全八公六关再农冬净凌几凯分初前加"
    "助劳勤北医十千卅升午半华协单南博卫印即原去双受古台同后向吠听吹周和咸哈哥"
    "唐喜嘉四回团国图圆土圣地基填壬处复夏夜大天太头奎奥女好如妇妈妥孔孟季学宋"
    "定宣宪宰宽寒寻导封小尔尾屠山岁崇工差己巴布帐干平年库庚庞康建廿开弘当往德"
    "忏志忠怀总恰情惊愚感戊成截抗护抬拂拆拉拜排掣接摩收教敬数整文斋斯新施无日"
    "旧早明星春昨昭显晋晚晨普景暑暮曼最月未末本札权杜来柏树格棕棚植次欢欧正此"
    "武残母每比民永汉沈沉沙河油法波泰泼洁洒洗洛洪浴海消淡深清湿澳濯火灰烈烛煎"
    "爱父牺犹狂独献玉环现珍琴瓦甘生由甲癸登白百盂盖盛目知破礼祖神祭禁秋秘秦程"
    "穆立端第篝约纳纽维绿网罗美翌老而耶联肉肥胜胡腊自航色艾节芒芝花英荣荷莫薄"
    "行表西观记设诵诸诺读谷象贞财赎足跨转辛辩辽过迎近还这迪追退逢逾道那释重金"
    "闰防阳阴阵阿降除隆隋隔难雍雨零霍霜青非韩顺预首香马驻高鬼魏黄黑龙";

static int is_first(const char *s, size_t n, size_t i) {
  size_t low = 0, high = (sizeof first - 1) / 3;
  if (n - i < 3) return 0;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = memcmp(s + i, first + 3 * middle, 3);
    if (order == 0) return 1;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return 0;
}

/* An expression can begin here: a number, a character that begins a word of time, q3. */
int time_may_begin(const char *s, size_t n, size_t i) {
  if (scan_is_digit(s, n, i)) return 1;
  if ((unsigned char)s[i] >= 0x80) return is_first(s, n, i);
  int word = i > 0 && ((s[i - 1] >= 'a' && s[i - 1] <= 'z') || (s[i - 1] >= '0' && s[i - 1] <= '9'));
  return i + 1 < n &&
         (s[i] == '=' || s[i] == '"' || (!word && s[i] != 0 && strchr("qugjfmasondtywl", s[i]) != NULL));
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
                   const mill_time_options *o, mill_time *out, size_t *begin) {
  while (at < n) {
    if (!inside_number(s, at) && time_may_begin(s, n, at)) {
      int used = mill_time_scan(d, s + at, n - at, ref, o, out);
      if (used > 0) return *begin = at, used;
    }
    at = next(s, n, at);
  }
  return 0;
}
