/*
** org_names.h - names of organisations by their grammar: a noun phrase that ends in a head.
**
**   [镇 党委 政府]  [防汛 抗旱 指挥部]  [水情 监测 组]  [大德 源 天然气 公司]
**      first ................ last: the head, and heads that go on
**
** The walk goes left from a head over nouns and over verbs that name a task (监测, 服务); verbs that take
** an organisation as their object (成立, 通知) and everything else end it. Which words are heads, tasks and
** the like is said by those who ask (lua/textmill/rules/zh/organisation_names.lua): they come as classes.
*/
#ifndef MILL_ORG_NAMES_H
#define MILL_ORG_NAMES_H

#include "token_words.h"

#define ORG_CLASSES(X) /* what the word is to a name */ \
  X(head)         /* ends one */ \
  X(self)         /* is one by itself */ \
  X(short)        /* a head of one character: only behind a word that it fits */ \
  X(placed)       /* such a head that makes an organisation with certain words alone, else a place: 点 */ \
  X(fits)         /* such a word and the head behind it, as one string: 隔离|点 */ \
  X(office)       /* one that the lexicon cuts in two, before 局, 办: 卫|健 */ \
  X(task)         /* a verb that names what is done: 监测 */ \
  X(outside)      /* stands before a name and is no part of it */ \
  X(kept)         /* is always part of it */ \
  X(telling)      /* a verb that takes an organisation as its object */ \
  X(company)      /* heads of companies */ \
  X(firm)         /* those whose names may be cut into characters */ \
  X(no_part)      /* characters that are no part of a firm's name */ \
  X(scope)        /* 县, 镇: begins a name that was cut too short */ \
  X(bare_scope) \
  X(scopes)       /* says where: 全镇 */ \
  X(every)        /* 各村: its 村 begins the name */ \
  X(ruling)       /* 党委, 政府: no task of theirs goes on */ \
  X(branched)     /* 超市|河东|店 */ \
  X(no_end)       /* heads that do not go on with another */ \
  X(always)       /* heads that any other goes on with */ \
  X(wide)         /* heads whose names begin with a division that stands near */ \
  X(generic)      /* whole names that name none */ \
  X(named_end)    /* last characters of one token that is a name */ \
  X(neighbour_end) /* last characters of names that stand in lists */ \
  X(village_body) /* 党支部: of a village that is named */ \
  X(of_law)       /* before 机关 */ \
  X(schooled) X(of_party) X(not_all) /* heads by what they need before them */ \
  X(rural)        /* 农村, 基层: no name of a party's body begins so */ \
  X(all) X(work) X(shop) X(point) X(project) X(bureau) X(market) X(team) X(modern) X(common)

#define ORG_ENUM(name) ORG_##name,
enum org_class { ORG_CLASSES(ORG_ENUM) ORG_CLASS_COUNT };

/* The class of that name; -1: none. */
int org_class_by_name(const char *name);

typedef struct org_clause { ptrdiff_t a, b; } org_clause; /* its first and last token */

enum {              /* what a rule looks at again */
  ORG_FITS = 1,     /* it is a name, and no common noun */
  ORG_QUOTED = 2,   /* ” stands before it */
  ORG_VILLAGE = 4,  /* its head is a body that villages have */
  ORG_TASK = 8,     /* a task stands before the token that was asked for */
  ORG_LISTED = 16,  /* others may be listed beside it */
  ORG_COMPANY = 32,
  ORG_EVERY = 64    /* 各村 stands before it */
};
typedef struct org_name {
  ptrdiff_t a, b; /* its first and last token; a < 0: there is none */
  unsigned flags;
} org_name;

/* The name whose head stands at token k of the clause. */
org_name org_name_at(token_words *t, ptrdiff_t k, org_clause c);
/* Its first token alone, as the walk from k finds it; -1: none. */
ptrdiff_t org_name_start(token_words *t, ptrdiff_t k, org_clause c);

#endif
