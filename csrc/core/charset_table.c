/*
** charset_table.c - the tables of gen/charset_rows.c.
*/
#include "charset.h"

#define CHARSET_PAIRS
const uint16_t charset_pairs[CHARSET_DOUBLES][CHARSET_ROW] = {
#include "charset-rows.inc"
};
#undef CHARSET_PAIRS

#define CHARSET_WEIGHTS
const int8_t charset_weights[CHARSET_DOUBLES][CHARSET_ROW] = {
#include "charset-rows.inc"
};
#undef CHARSET_WEIGHTS

const int8_t charset_letters[CHARSET_SINGLES][128] = {
#include "charset-rows.inc"
};
