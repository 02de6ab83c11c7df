/*
** vm_first.c - which tokens a recogniser need not be asked about.
**
** Numbers, quantities, dates and times of day begin with few characters; asking
** everywhere else costs more than all the rest of a search. One set of first
** characters a recogniser, hashed as in first_set, made with the machine. It may
** promise too much, never too little: spec/unit/test_pattern_set.c asks both ways at
** every word of the lexicon. Tokens that are no Han words, and all that the other
** recognisers read, are always asked.
*/
#include <string.h>

#include "utf8.h"
#include "vm.h"

/* What begins a numeral: digits, units, and what makes them vague. */
#define NUMERALS \
  "0123456789〇零○◯一壹弌二贰貳贰两弍三叁叄弎四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億兆廿卅卌几数兩俩仨双半若多好"

static const char *const number_starts =
    NUMERALS "第负-−成上近不大约差将接超高至最起少低逾足头前后每来等";
static const char *const date_starts =
    NUMERALS "今本去明前后大昨甲乙丙丁戊己庚辛壬癸农阴夏旧公阳新正冬腊闰除年初上下";
static const char *const time_starts =
    NUMERALS "凌清早上中正下午傍晚夜深当晨今本去明前后大昨甲乙丙丁戊己庚辛壬癸农阴夏旧公阳新冬腊闰除年初";

static void add_all(uint64_t *bits, const char *characters) {
  size_t n = strlen(characters);
  for (size_t i = 0; i < n; i += (size_t)utf8_length((unsigned char)characters[i])) {
    uint32_t h = first_hash(characters + i, n - i);
    bits[h >> 6] |= (uint64_t)1 << (h & 63);
  }
}

void vm_first_init(mill_machine *vm) {
  add_all(vm->starts[MILL_REC_NUMBER], number_starts);
  add_all(vm->starts[MILL_REC_QUANTITY], number_starts);
  add_all(vm->starts[MILL_REC_DATE], date_starts);
  add_all(vm->starts[MILL_REC_TIME], time_starts);
}

/* 千分之|五: a word that only its end says a number begins with. */
static int ends_in_fraction(const char *s, uint32_t n) {
  return n > 6 && memcmp(s + n - 6, "分之", 6) == 0;
}

int vm_may_begin(const mill_machine *vm, int what, uint32_t t) {
  const mill_tokens *tokens = vm->view->tokens;
  const char *s = vm->view->folded + vm->start_of[t];
  uint32_t n = vm->start_of[t + 1] - vm->start_of[t];
  if (what >= VM_STARTS || what == MILL_REC_MEASURE || tokens->kind[t] != MILL_KIND_HAN) return 1;
  uint32_t h = first_hash(s, n);
  if (vm->starts[what][h >> 6] >> (h & 63) & 1) return 1;
  if (what >= MILL_REC_DATE) return 0;
  return tokens->tag[t] == MILL_TAG_M || ends_in_fraction(s, n);
}
