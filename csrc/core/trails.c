/*
** trails.c - breadcrumbs, by which a page says where it stands on its site:
**
**   首页 > 新闻 > 县区 > 正文     home, and short steps; the last that is no 正文 is the section
**   版块 > 乡村大家谈 > 帖子       arrows alone
*/
#include "boilerplate.h"

static int is_home(const char *s, size_t n) {
  static const char *const words[] = {"首页", "主页", "网站首页", "本站首页", "home", "トップ", "ホーム", NULL};
  for (int k = 0; words[k]; k++)
    if (strlen(words[k]) == n && memcmp(words[k], s, n) == 0) return 1;
  return text_ends(s, n, "首页") && text_chars(s, n) <= 8;
}

static int is_last_step(const char *s, size_t n) {
  static const char *const words[] = {"正文", "详情", "内容", "文章", "详细内容", "内容详情", "浏览文章", "文章内容", "信息详情", "查看",
    NULL};
  for (int k = 0; words[k]; k++)
    if (strlen(words[k]) == n && memcmp(words[k], s, n) == 0) return 1;
  return 0;
}

/* 版块 > 乡村大家谈 > 帖子: arrows alone, and short steps: a trail without home. */
static int is_arrows(const char *s, size_t n, unsigned least) {
  static const char *const arrows[] = {">>", ">", "»", "›", "→", NULL};
  unsigned steps = 1, longest = 0, chars = 0;
  for (size_t i = 0; i < n;) {
    size_t w = text_mark(s + i, n - i, arrows);
    if (w) steps++, chars = 0;
    else if (!text_blank(s + i, n - i) && ++chars > longest) longest = chars;
    i += w ? w : utf8_length((unsigned char)s[i]);
  }
  return steps >= least && steps <= 7 && longest <= 10 && chars > 0;
}

/* Reads 首页 > 新闻 > 县区; returns steps, 0 if it is none. The last step that
** names a section is noted. */
static unsigned read_trail(const page *p, mill_span span, mill_span *section) {
  static const char *const steps[] = {">>", ">", "»", "›", "→", "/", "-", "·", NULL};
  uint32_t from = span.from, i = span.from;
  unsigned count = 0, home = 0;
  section->from = section->to = span.to;
  while (i <= span.to) {
    size_t n = span.to - i, w = text_mark(page_at(p, i), n, steps);
    if (!w) w = text_blank(page_at(p, i), n);
    if (w || i == span.to) {
      mill_span step = page_trim(p->folded, (mill_span){from, i});
      if (step.from < step.to) {
        const char *s = page_at(p, step.from);
        if (text_chars(s, span_len(step)) > 14) return count >= 2 && home ? count : 0;
        if (count++ == 0) {
          if (!(home = (unsigned)is_home(s, span_len(step)))) return 0;
        } else if (!is_last_step(s, span_len(step))) *section = step;
      }
      if (i == span.to) break;
      from = i + (uint32_t)w;
    }
    i += w ? (uint32_t)w : (uint32_t)utf8_length((unsigned char)*page_at(p, i));
  }
  return home ? count : 0;
}

/* 某网 > 乡镇 > 某村荷花香, over 某村荷花香: the trail without its last step. */
static mill_span without_title(const page *p, uint32_t i, mill_span trail) {
  const char *s = page_at(p, trail.from);
  size_t n = span_len(trail);
  for (uint32_t k = i + 1; k < p->n && k <= i + 2; k++) {
    const page_piece *q = &p->pieces[k];
    size_t m = span_len(q->folded);
    if (q->chars < 6 || m >= n || memcmp(s + n - m, page_at(p, q->folded.from), m) != 0) continue;
    trail.to -= (uint32_t)m;
    while (trail.to > trail.from && (trail.to = page_trim(p->folded, trail).to) > trail.from) {
      size_t w = text_ends_any(s, span_len(trail), (const char *const[]){">", "»", "›", "→", "-", "/", NULL});
      if (w == 0) break;
      trail.to -= (uint32_t)w;
    }
    return trail;
  }
  return trail;
}

/* The last step of a trail without home that is no 正文. */
static mill_span last_step(const page *p, mill_span trail) {
  static const char *const arrows[] = {">>", ">", "»", "›", "→", NULL};
  mill_span step = trail;
  for (uint32_t i = trail.from; i < trail.to;) {
    uint32_t w = (uint32_t)text_mark(page_at(p, i), trail.to - i, arrows);
    mill_span rest = page_trim(p->folded, (mill_span){i + w, trail.to});
    if (w && (rest.from >= rest.to || is_last_step(page_at(p, rest.from), span_len(rest)))) step.to = i;
    else if (w) step.from = i + w;
    i += w ? w : (uint32_t)utf8_length((unsigned char)*page_at(p, i));
  }
  return step.from > trail.from ? page_trim(p->folded, step) : (mill_span){trail.to, trail.to};
}

#define HEAD_PIECES 3 /* at the top of a page a trail of two steps will do */

int trail_mark(page *p, uint32_t i) {
  page_piece *q = &p->pieces[i];
  mill_span section, trail = q->folded;
  size_t n, w;
  const char *s = piece_text(p, i, &n);
  if (q->chars > 80 || q->sentence) return 0;
  w = q->edges & EDGE_PLACE ? cue_starts_place(p->cues, s, n) : 0;
  if (!w && !(q->signs & (SIGN_MARK | SIGN_BLANK))) return 0; /* one step */
  trail.from += (uint32_t)w;
  trail = without_title(p, i, page_trim(p->folded, trail));
  unsigned steps = read_trail(p, trail, &section);
  int arrows = steps == 0 && q->chars <= 60 &&
               is_arrows(page_at(p, trail.from), span_len(trail), i < HEAD_PIECES ? 2 : 3);
  if (!w && (steps < 2 || steps > 7) && !arrows) return 0;
  if (arrows) section = last_step(p, trail), steps = 1;
  if (steps > 0 && section.from < section.to) page_note(p, FIELD_SECTION, section, 2);
  piece_drop(p, i, "navigation");
  if (p->trail == MILL_NONE && i < 60) p->trail = q->line;
  return 1;
}
