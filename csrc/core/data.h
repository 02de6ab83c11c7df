/*
** data.h - what a mill_data holds. Each module opens its own image and fills
** its own view in its *_attach function, called by mill_data_open in this
** order; *_detach frees it (views may be NULL).
*/
#ifndef MILL_DATA_H
#define MILL_DATA_H

#include "image.h"

struct mill_data {
  mill_image unicode, lexicon, places, calendar, convert, villages;
  struct mill_unicode *unicode_view;   /* core/unicode.h */
  struct mill_lexicon *lexicon_view;   /* core/lexicon.h */
  struct mill_places *places_view;     /* core/places.h */
  struct mill_calendar *calendar_view; /* core/calendar.h */
  struct cue_index *cues;              /* core/cues.h; compiled in, indexed */
  struct rec_signs *signs;             /* core/rec_signs.h; compiled in, filled */
  struct mill_villages *villages_view; /* core/villages.h; NULL without that image */
  struct mill_convert *convert_view;   /* core/convert.h; NULL without that image */
};

/* Opens dir/textmill-NAME.dat, checks its sections, allocates the view.
** 0 or MILL_E*; on failure what was opened stays for *_detach. */
int unicode_attach(mill_data *d, const char *dir, mill_error *err);
int lexicon_attach(mill_data *d, const char *dir, mill_error *err);
int places_attach(mill_data *d, const char *dir, mill_error *err);
int calendar_attach(mill_data *d, const char *dir, mill_error *err);
int cues_attach(mill_data *d, mill_error *err);
int rec_signs_attach(mill_data *d, mill_error *err);
int convert_attach(mill_data *d, const char *dir, mill_error *err);
int villages_attach(mill_data *d, const char *dir, mill_error *err);
void unicode_detach(mill_data *d);
void lexicon_detach(mill_data *d);
void places_detach(mill_data *d);
void calendar_detach(mill_data *d);
void cues_detach(mill_data *d);
void rec_signs_detach(mill_data *d);
void convert_detach(mill_data *d);
void villages_detach(mill_data *d);

#endif
