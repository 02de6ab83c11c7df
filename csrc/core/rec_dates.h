/*
** rec_dates.h - the dates looked for last in a text: quantities, dates and times ask for the
** same ones, and rules ask once more for what a pattern has found.
**
** Who makes a view may give it room (mill_view.dates), and empties it when the text's
** tokens or its reference date change (mill_machine_attach does). Such a view is one
** thread's.
*/
#ifndef MILL_REC_DATES_H
#define MILL_REC_DATES_H

#include "../textmill.h"

#define REC_DATES 64u /* the token's number modulo this is its place */

struct mill_dates {
  struct {
    uint32_t at;       /* token + 1; 0: empty */
    uint32_t n_tokens; /* 0: no date begins there */
    mill_date date;
  } of[REC_DATES];
};

#endif
