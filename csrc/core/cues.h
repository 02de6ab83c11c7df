/*
** cues.h - the words by which Chinese (and some English and Japanese) pages
** show what a line is. All are folded forms: simplified, half width, lower
** case. General vocabulary of the genre only, never names.
*/
#ifndef MILL_CUES_H
#define MILL_CUES_H

#include "page.h"

/* Cues that stand anywhere in a line (page_piece.cues). Weak ones count one
** each; strong ones are enough together with a short line. */
enum cue_bit {
  CUE_SELF = 1u << 0,       /* 本网, 本站: the site speaks of itself */
  CUE_RIGHTS = 1u << 1,     /* decisive: 版权声明, all rights reserved */
  CUE_SIGNUP = 1u << 2,     /* decisive: 即可订阅, 扫码关注 */
  CUE_MOOD = 1u << 3,       /* decisive: 心情 ... 感受 of a vote list */
  CUE_OFFICE = 1u << 4,     /* footers: 主办单位, 举报电话 */
  CUE_BAN = 1u << 5,        /* 不得转载: decisive in a short line that grants rights */
  CUE_ROLE = 1u << 6,       /* 记者, 摄影: what people who make a report do */
  CUE_WEAK = 1u << 8        /* from here one bit for each weak word of rights */
};
#define CUE_WEAK_MASK 0xffffff00u
/* The lists, indexed: part of a mill_data, made when it is opened. */
typedef struct cue_index cue_index;

/* How many different weak words of rights were seen. */
int cue_weak(uint32_t cues);

/* One pass over every piece: fills page_piece.cues. */
void cues_scan(page *p);

/* What a whole word on its own is: a menu entry, a share button... */
enum cue_word {
  WORD_NONE = 0,
  WORD_NAV,      /* 返回首页 */
  WORD_MENU,     /* 新闻: a menu entry only among others */
  WORD_SHARE, WORD_VOTE, WORD_COUNTER, WORD_RELATED /* heads a list of links */,
  WORD_ADVERT, WORD_FILE
};
enum cue_word cue_word_of(const cue_index *x, const char *s, size_t n);

/* With words of which kinds a line begins or ends (page_piece.edges). */
enum cue_edge {
  EDGE_PAGER = 1u << 0,      /* begins: 上一篇 */
  EDGE_PLACE = 1u << 1,      /* begins: 当前位置 */
  EDGE_SHARE = 1u << 2,      /* begins: 分享, which says it alone */
  EDGE_SHARE_WITH = 1u << 3, /* begins: 分享到, with whom follows */
  EDGE_GREETS = 1u << 4,     /* begins: 今天是:2020年3月5日, 欢迎访问 */
  EDGE_RIGHTS = 1u << 5,     /* begins: 版权声明 */
  EDGE_THESE = 1u << 6,      /* begins: 本组, 本文: speaks of itself */
  EDGE_BULLET = 1u << 7,     /* begins: ● */
  EDGE_TRIFLE = 1u << 8,     /* begins: 今天, www. */
  EDGE_CAPTION = 1u << 9,    /* begins: 图为; ends: 摄 */
  EDGE_OFFICE = 1u << 10,    /* ends: 局, 委, 村 */
  EDGE_MEDIUM = 1u << 11,    /* ends: 日报, 网 */
  EDGE_FILE = 1u << 12,      /* ends: .jpg */
  EDGE_CLOSED = 1u << 13,    /* ends: ) ] 】 〕 */
  EDGE_TOOL = 1u << 14,      /* ends: 打印 */
  EDGE_NUMBER = 1u << 15     /* begins: perhaps with the number of a heading (heading_number) */
};
uint32_t cue_starts(const cue_index *x, const char *s, size_t n);
uint32_t cue_ends(const cue_index *x, const char *s, size_t n);
/* Bytes of the first word of this kind at s[0,n), in the order of its list; 0. */
size_t cue_start_of(const cue_index *x, enum cue_edge edge, const char *s, size_t n);

/* Does the line begin with a word such as 上一篇: or 当前位置:? */
int cue_starts_pager(const cue_index *x, const char *s, size_t n);
size_t cue_starts_place(const cue_index *x, const char *s, size_t n); /* bytes, with the colon */
/* A heading over notices of rights: 版权声明, 免责声明. */
int cue_is_rights_heading(const cue_index *x, const char *s, size_t n);
/* A file name as a whole line. */
int cue_is_file(const cue_index *x, const char *s, size_t n);

/* The label at s[0,n), with or without blanks inside: 来 源. Returns its bytes
** (without a colon), 0 none. *spaced: it may go without a colon before a name. */
int cue_may_label(const cue_index *x, const char *s,
                  size_t n); /* 0: there is none; only the first character is looked at */
size_t cue_label(const cue_index *x, const char *s, size_t n, enum field_key *key, int *spaced);

#endif
