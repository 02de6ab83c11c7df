/* time_expr.h - what time_expr.c and time_set.c give each other. */
#ifndef MILL_TIME_EXPR_H
#define MILL_TIME_EXPR_H

#include "timex.h"

/* A point or a range, without 以前 and the like: bytes; *p its (left) moment. */
size_t time_range_scan(const time_reader *r, size_t i, mill_time *out, time_point *p);
/* The same, the words narrowing *seed (NULL none). */
size_t time_range_from(const time_reader *r, size_t i, const time_point *seed, mill_time *out, time_point *p);
/* 每天8点 behind a stretch of days: bytes */
size_t time_set_within(const time_reader *r, size_t i, const mill_time *stretch, mill_time *out);
/* 每周一, 农历一四七: bytes */
size_t time_set_scan(const time_reader *r, size_t i, mill_time *out);

#endif
