/*
** fuzz_time.c - what must hold for the expressions of time in any bytes, UTF-8
** or not: they lie inside the text, have an order, and end where they began to
** be read again. The first byte chooses the preference and the reference.
*/
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/data.h"
#include "textmill.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

static const mill_data *data(void) {
  static mill_data d;
  if (d.calendar_view == NULL) MUST(calendar_attach(&d, getenv("TEXTMILL_DATA"), NULL) == 0);
  return &d;
}

static void check(const mill_time *t) {
  MUST(t->kind <= MILL_TIME_SET && t->grain < MILL_UNIT_COUNT && t->form < MILL_FORM_COUNT);
  MUST(t->part < MILL_PART_COUNT && t->mod < MILL_MOD_COUNT);
  if (t->kind == MILL_TIME_POINT) MUST(t->from < t->to);
  for (int k = 0; k < MILL_UNIT_COUNT; k++) MUST(t->amount[k] >= 0);
  if (t->kind == MILL_TIME_SET)
    for (int32_t day = 18000; day < 18040; day++) MUST(mill_time_on(data(), t, day) <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  if (n < 2) return 0;
  mill_date ref = {.year = 1900 + bytes[0] % 201, .month = 2, .day = 26, .hour = 16, .minute = 57};
  size_t len = n - 1, at = 0, begin;
  char *text = malloc(len); /* exact, so that a step too far is seen */
  if (text == NULL) return 0;
  memcpy(text, bytes + 1, len);
  mill_time t;
  const mill_time_options how = {.prefer = bytes[0] >> 1 & 3,
                                 .duration = bytes[0] >> 3 & 1,
                                 .region = bytes[0] >> 4 & 3,
                                 .day_first = bytes[0] >> 6 & 1};
  int used, rounds = 0;
  while (rounds++ < 1000 && (used = mill_time_find(data(), text, len, at, bytes[0] & 1 ? &ref : NULL,
                                                   &how, &t, &begin)) > 0) {
    MUST(begin >= at && begin + (size_t)used <= len);
    check(&t);
    at = begin + (size_t)used;
  }
  free(text);
  return 0;
}
