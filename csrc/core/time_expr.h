/* time_expr.h - what time_expr.c and time_set.c give each other. */
#ifndef MILL_TIME_EXPR_H
#define MILL_TIME_EXPR_H

#include "timex.h"

/* A point or a range, without 以前 and the like: bytes; *p its (left) moment. */
size_t time_range_scan(const time_reader *r, size_t i, mill_time *out, time_point *p);
/* 每周一, 农历一四七: bytes */
size_t time_set_scan(const time_reader *r, size_t i, mill_time *out);

#endif
