/*
** mkcalendar - data/calendar/lunar.txt -> textmill-calendar.dat
** usage: mkcalendar DATA IMAGES OUT (IMAGES is not used)
**
** A line of the text: year, MM-DD of its first day, leap month, days of each
** month. calendar.h shows the record made of it.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/calendar.h"

#define YEARS 512

static int record(const char *line, uint32_t *year, uint32_t *out) {
  unsigned month, day, leap, days;
  int used, count = 0;
  if (sscanf(line, "%u %u-%u %u%n", year, &month, &day, &leap, &used) != 4) return 0;
  int32_t begin = mill_date_days((int32_t)*year, (int)month, (int)day) -
                  mill_date_days((int32_t)*year, 1, 1);
  *out = leap << 13 | (uint32_t)begin << 17;
  for (line += used; sscanf(line, "%u%n", &days, &used) == 1; line += used, count++) {
    if ((days != 29 && days != 30) || count >= 13) return 0;
    *out |= (days - 29) << count;
  }
  return begin >= 0 && begin < 64 && leap <= 12 && count == (leap > 0 ? 13 : 12);
}

static uint32_t read_table(FILE *f, uint32_t *words) {
  char line[256];
  uint32_t n = 0, year;
  while (fgets(line, sizeof line, f) != NULL) {
    if (line[0] == '#') continue;
    if (n == YEARS || !record(line, &year, &words[2 + n]) || (n > 0 && year != words[0] + n)) {
      fprintf(stderr, "mkcalendar: bad line: %s", line);
      return 0;
    }
    if (n == 0) words[0] = year;
    n++;
  }
  return words[1] = n;
}

int main(int argc, char **argv) {
  static uint32_t words[YEARS + 2];
  char path[4096];
  if (argc != 4) return fprintf(stderr, "usage: mkcalendar DATA IMAGES OUT\n"), 2;
  snprintf(path, sizeof path, "%s/calendar/lunar.txt", argv[1]);
  FILE *f = fopen(path, "r");
  if (f == NULL) return perror(path), 1;
  uint32_t n = read_table(f, words);
  fclose(f);
  if (n == 0) return 1;
  mill_image_writer w = {.kind = "calendar"};
  snprintf(w.description, sizeof w.description, "%u-%u", words[0], words[0] + n - 1);
  mill_image_add(&w, "lunar", words, (n + 2) * sizeof *words);
  mill_error err = {0};
  if (mill_image_write(&w, argv[3], &err) < 0)
    return fprintf(stderr, "mkcalendar: %s\n", err.message), 1;
  return 0;
}
