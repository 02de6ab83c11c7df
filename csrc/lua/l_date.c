/*
** l_date.c - tm.date and the class textmill.date, an immutable value.
**
** A date knows its day number only when year, month and day are known;
** arithmetic and comparing need that and say so.
*/
#include "../core/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/calendar.h"
#include "../core/error.h"
#include "bind.h"

/* The value: a date, and the expression it was read from, when it was. */
typedef struct date_value {
  mill_date date;
  mill_time time;
  int read; /* time is set */
} date_value;

static date_value *check_value(lua_State *L, int arg) { return luaL_checkudata(L, arg, MILL_T_DATE); }
static mill_date *check_date(lua_State *L, int arg) { return &check_value(L, arg)->date; }

mill_date *bind_new_date(lua_State *L) {
  date_value *x = lua_newuserdatauv(L, sizeof *x, 0);
  memset(x, 0, sizeof *x);
  luaL_setmetatable(L, MILL_T_DATE);
  return &x->date;
}

static int has_day(const mill_date *x) {
  return x->year != 0 && x->month != 0 && x->day != 0 && x->grain >= MILL_GRAIN_DAY;
}

static int32_t check_days(lua_State *L, int arg) {
  const mill_date *x = check_date(L, arg);
  luaL_argcheck(L, has_day(x), arg, "the date has no year, month and day");
  return mill_date_days(x->year, x->month, x->day);
}

/* ---- expressions of time: ranges, durations, sets ---------------------------------- */

static const char *const kind_names[] = {"point", "range", "duration", "set"};
static const char *const unit_names[] = {"year", "month", "week", "day", "hour", "minute", "second"};
static const char *const form_names[] = {"date", "unit", "weekday", "weekend", "clock", "part", "holiday",
                                         "season", "decade", "begin", "middle", "end", "third", "half", "now",
                                         "offset", "span", "between"};
static const char *const part_names[] = {NULL,        "dawn", "early",   "morning", "forenoon", "noon",
                                         "afternoon", "dusk", "evening", "night",   "midnight", "daytime"};
static const char *const mod_names[] = {NULL, "before", "after", "since", "until", "within"};

/* ISO 8601 of a moment at a grain; ".." for an open side. */
static void add_moment(luaL_Buffer *b, int64_t t, int grain) {
  mill_date x;
  char text[40];
  if (t == MILL_TIME_OPEN || t == INT64_MIN) {
    luaL_addstring(b, "..");
    return;
  }
  mill_time_civil(t, &x);
  int n = snprintf(text, sizeof text, "%s%04d", x.year < 0 ? "-" : "", abs((int)x.year));
  if (grain >= MILL_UNIT_MONTH) n += snprintf(text + n, sizeof text - (size_t)n, "-%02d", x.month);
  if (grain >= MILL_UNIT_WEEK) n += snprintf(text + n, sizeof text - (size_t)n, "-%02d", x.day);
  if (grain > MILL_UNIT_DAY) n += snprintf(text + n, sizeof text - (size_t)n, "T%02d:%02d", x.hour, x.minute);
  if (grain == MILL_UNIT_SECOND) n += snprintf(text + n, sizeof text - (size_t)n, ":%02d", x.second);
  luaL_addlstring(b, text, (size_t)n);
}

/* P2Y3M, PT1.5H */
static void add_period(luaL_Buffer *b, const double amount[MILL_UNIT_COUNT]) {
  char text[40];
  luaL_addchar(b, 'P');
  for (int k = 0; k < MILL_UNIT_COUNT; k++) {
    if (k == MILL_UNIT_HOUR && (amount[4] > 0 || amount[5] > 0 || amount[6] > 0)) luaL_addchar(b, 'T');
    if (amount[k] <= 0) continue;
    snprintf(text, sizeof text, "%.10g%c", amount[k], "YMWDHMS"[k]);
    luaL_addstring(b, text);
  }
}

/* Whole days show as days: 2020-02-01/2020-02-10, the last day included. */
static void push_expression(lua_State *L, const mill_time *t) {
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  if (t->kind == MILL_TIME_SET) luaL_addstring(&b, "R/");
  if (t->kind == MILL_TIME_SET && t->days != 0) {
    luaL_addstring(&b, t->lunar ? "lunar" : "days");
    char text[8];
    for (int day = 1; day <= 31; day++)
      if (t->days >> day & 1u) snprintf(text, sizeof text, " %d", day), luaL_addstring(&b, text);
  } else if (t->kind != MILL_TIME_RANGE) {
    add_period(&b, t->amount);
  } else {
    int open = t->to == MILL_TIME_OPEN || t->from == INT64_MIN;
    int whole = (t->from == INT64_MIN || t->from % 86400 == 0) &&
                (t->to == MILL_TIME_OPEN || t->to % 86400 == 0) && t->grain <= MILL_UNIT_DAY;
    add_moment(&b, t->from, whole ? MILL_UNIT_DAY : MILL_UNIT_SECOND);
    luaL_addchar(&b, '/');
    add_moment(&b, t->to != MILL_TIME_OPEN && whole ? t->to - 86400 : t->to,
               whole ? MILL_UNIT_DAY : MILL_UNIT_SECOND);
    (void)open;
  }
  luaL_pushresult(&b);
}

/* A moment as a date of its own: d.from, d.to; nil for an open side. */
static int push_moment(lua_State *L, int64_t t) {
  if (t == MILL_TIME_OPEN || t == INT64_MIN) return lua_pushnil(L), 1;
  mill_date *x = bind_new_date(L);
  mill_time_civil(t, x);
  x->grain = MILL_GRAIN_SECOND;
  if (x->second == 0) x->grain = MILL_GRAIN_MINUTE;
  if (x->second == 0 && x->minute == 0 && x->hour == 0)
    x->grain = MILL_GRAIN_DAY, x->hour = x->minute = x->second = 255;
  return 1;
}

static int push_amount(lua_State *L, const double amount[MILL_UNIT_COUNT]) {
  int any = 0;
  lua_newtable(L);
  for (int k = 0; k < MILL_UNIT_COUNT; k++) {
    if (amount[k] <= 0) continue;
    lua_pushnumber(L, amount[k]);
    lua_setfield(L, -2, unit_names[k]);
    any = 1;
  }
  if (!any) lua_pushnil(L);
  return 1;
}

static int push_name(lua_State *L, const char *name) { return lua_pushstring(L, name), 1; }

/* The fields of an expression; 0 when it has no such field. */
static int expression_field(lua_State *L, const mill_time *t, const char *key) {
  int dated = t->kind == MILL_TIME_POINT || t->kind == MILL_TIME_RANGE || t->moment;
  if (strcmp(key, "kind") == 0) return push_name(L, kind_names[t->kind]);
  if (strcmp(key, "grain") == 0) return push_name(L, unit_names[t->grain]);
  if (strcmp(key, "form") == 0) return push_name(L, form_names[t->form]);
  if (strcmp(key, "part") == 0) return push_name(L, part_names[t->part]);
  if (strcmp(key, "mod") == 0) return push_name(L, mod_names[t->mod]);
  if (strcmp(key, "amount") == 0) return push_amount(L, t->amount);
  if (strcmp(key, "high") == 0) return push_amount(L, t->high);
  if (strcmp(key, "direction") == 0) return lua_pushinteger(L, t->direction), 1;
  if (strcmp(key, "approx") == 0) return lua_pushboolean(L, t->approx), 1;
  if (strcmp(key, "work") == 0) return lua_pushboolean(L, t->work), 1;
  if (strcmp(key, "anchored") == 0) return lua_pushboolean(L, t->anchored), 1;
  if (strcmp(key, "dated") == 0) return lua_pushboolean(L, t->dated), 1;
  if (strcmp(key, "open_hour") == 0) return lua_pushboolean(L, t->open_hour), 1;
  if (strcmp(key, "times") == 0 && t->times != 0) return lua_pushinteger(L, t->times), 1;
  if (strcmp(key, "zone") == 0 && t->zoned) return lua_pushinteger(L, t->zone), 1;
  if (strcmp(key, "weekday") == 0 && t->weekday != 0) return lua_pushinteger(L, t->weekday), 1;
  if (!dated) return 0;
  if (strcmp(key, "from") == 0) return push_moment(L, t->from);
  if (strcmp(key, "to") == 0) return push_moment(L, t->to);
  if (strcmp(key, "said_from") == 0) return push_moment(L, t->base_from);
  return strcmp(key, "said_to") == 0 ? push_moment(L, t->base_to) : 0;
}

/* set:on(date) --> boolean */
static int date_on(lua_State *L) {
  const date_value *v = check_value(L, 1);
  luaL_argcheck(L, v->read && v->time.kind == MILL_TIME_SET, 1, "not something that comes again");
  return lua_pushboolean(L, mill_time_on(bind_data(L), &v->time, check_days(L, 2))), 1;
}

/* set:between(from, to) --> list of dates, both ends included */
static int date_between(lua_State *L) {
  const date_value *v = check_value(L, 1);
  luaL_argcheck(L, v->read && v->time.kind == MILL_TIME_SET, 1, "not something that comes again");
  int32_t from = check_days(L, 2), to = check_days(L, 3);
  luaL_argcheck(L, to - from <= 80000, 3, "more than 80,000 days apart");
  const mill_data *data = bind_data(L);
  lua_newtable(L);
  for (int32_t day = from, n = 0; day <= to; day++) {
    if (!mill_time_on(data, &v->time, day)) continue;
    mill_date *x = bind_new_date(L);
    mill_date_from_days(day, x);
    x->hour = x->minute = x->second = 255, x->grain = MILL_GRAIN_DAY;
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* ---- the class ------------------------------------------------------------------ */

/* tostring(d) --> ISO 8601, X for what is not known */
static int date_tostring(lua_State *L) {
  char iso[48];
  const date_value *v = check_value(L, 1);
  const mill_date *x = &v->date;
  if (v->read && v->time.kind != MILL_TIME_POINT) return push_expression(L, &v->time), 1;
  size_t n = date_format(x->lunar ? bind_data(L) : NULL, x, iso);
  lua_pushlstring(L, iso, n);
  return 1;
}

static const char *grain_name(const mill_date *x) {
  static const char *const names[] = {"year", "month", "day", "hour", "minute", "second"};
  return names[x->grain];
}

/* d:lunar() --> {year=, month=, day=, leap=} | nil, message, position, code */
static int date_lunar(lua_State *L) {
  mill_date found, x = *check_date(L, 1);
  mill_error err;
  lua_settop(L, 1);
  if (x.lunar_month == 0) {
    if (!has_day(&x) ||
        mill_lunar_from_days(bind_data(L), mill_date_days(x.year, x.month, x.day), &found) < 0) {
      mill_fail(&err, MILL_EINVAL, 0, "no lunar date: the day is not known or outside 1900-2100");
      return bind_fail(L, &err);
    }
    x = found;
  }
  lua_createtable(L, 0, 4);
  if (x.lunar_year != 0) lua_pushinteger(L, x.lunar_year), lua_setfield(L, -2, "year");
  lua_pushinteger(L, x.lunar_month), lua_setfield(L, -2, "month");
  if (x.lunar_day != 0) lua_pushinteger(L, x.lunar_day), lua_setfield(L, -2, "day");
  lua_pushboolean(L, x.lunar_leap), lua_setfield(L, -2, "leap");
  return 1;
}

/* Pushes an integer field, nil when its value says "not known". */
static int push_known(lua_State *L, int value, int unknown) {
  if (value == unknown)
    lua_pushnil(L);
  else
    lua_pushinteger(L, value);
  return 1;
}

/* d.year d.month d.day d.hour d.minute d.second d.grain d.year_from d.calendar, d:lunar() */
static int date_index(lua_State *L) {
  const date_value *v = check_value(L, 1);
  const mill_date *x = &v->date;
  const char *key = luaL_checkstring(L, 2);
  if (strcmp(key, "on") == 0) return lua_pushcfunction(L, date_on), 1;
  if (strcmp(key, "between") == 0) return lua_pushcfunction(L, date_between), 1;
  if (v->read && expression_field(L, &v->time, key)) return 1;
  if (strcmp(key, "kind") == 0) return push_name(L, "point");
  if (strcmp(key, "year") == 0) return push_known(L, x->year, 0);
  if (strcmp(key, "month") == 0) return push_known(L, x->month, 0);
  if (strcmp(key, "day") == 0) return push_known(L, x->day, 0);
  if (strcmp(key, "hour") == 0) return push_known(L, x->hour, 255);
  if (strcmp(key, "minute") == 0) return push_known(L, x->minute, 255);
  if (strcmp(key, "second") == 0) return push_known(L, x->second, 255);
  if (strcmp(key, "grain") == 0) return lua_pushstring(L, grain_name(x)), 1;
  if (strcmp(key, "year_from") == 0)
    return lua_pushstring(L, x->year == 0 ? NULL : x->year_from ? "ref" : "text"), 1;
  if (strcmp(key, "calendar") == 0) return lua_pushstring(L, x->lunar_month != 0 ? "lunar" : NULL), 1;
  if (strcmp(key, "lunar") == 0) return lua_pushcfunction(L, date_lunar), 1;
  lua_pushnil(L);
  return 1;
}

/* d + days, days + d --> date */
static int date_add(lua_State *L) {
  int arg = lua_isinteger(L, 1) ? 2 : 1;
  int64_t days = check_days(L, arg) + luaL_checkinteger(L, 3 - arg);
  luaL_argcheck(L, days > -700000 && days < 2900000, 3 - arg, "the date is out of range");
  mill_date was = *check_date(L, arg), *x = bind_new_date(L);
  mill_date_from_days((int32_t)days, x);
  x->hour = was.hour, x->minute = was.minute, x->second = was.second, x->grain = was.grain;
  x->year_from = was.year_from;
  return 1;
}

/* d - e --> days; d - days --> date */
static int date_sub(lua_State *L) {
  if (luaL_testudata(L, 2, MILL_T_DATE) != NULL) {
    lua_pushinteger(L, check_days(L, 1) - check_days(L, 2));
    return 1;
  }
  lua_Integer days = luaL_checkinteger(L, 2);
  luaL_argcheck(L, days > -3000000 && days < 3000000, 2, "the date is out of range");
  lua_settop(L, 1);
  lua_pushinteger(L, -days);
  return date_add(L);
}

/* Seconds of the day, unknown parts as 0. */
static int clock_of(const mill_date *x) {
  int hour = x->hour == 255 ? 0 : x->hour, minute = x->minute == 255 ? 0 : x->minute;
  return (hour * 60 + minute) * 60 + (x->second == 255 ? 0 : x->second);
}

static int64_t order(lua_State *L, int arg) {
  return (int64_t)check_days(L, arg) * 86400 + clock_of(check_date(L, arg));
}

/* d < e */
static int date_lt(lua_State *L) { return lua_pushboolean(L, order(L, 1) < order(L, 2)), 1; }
/* d <= e */
static int date_le(lua_State *L) { return lua_pushboolean(L, order(L, 1) <= order(L, 2)), 1; }

/* d == e: the same fields at the same grain */
static int date_eq(lua_State *L) {
  const mill_date *a = check_date(L, 1), *b = check_date(L, 2);
  lua_pushboolean(L, a->year == b->year && a->month == b->month && a->day == b->day &&
                         a->grain == b->grain && clock_of(a) == clock_of(b));
  return 1;
}

/* ---- tm.date ------------------------------------------------------------------------ */

typedef struct reading { /* options of tm.date */
  mill_date ref;
  int has_ref;
  mill_time_options how;
  lua_Integer find; /* 0: the whole string */
} reading;

/* The whole folded string as an expression of time, and as a date where it is one. */
static int read_whole(const mill_data *d, const char *s, size_t n, const reading *o, date_value *out) {
  mill_time *t = &out->time;
  int used = mill_time_scan(d, s, n, o->has_ref ? &o->ref : NULL, &o->how, t);
  out->read = used > 0 && (size_t)used == n;
  if (!out->read) return mill_date_scan(d, s, n, NULL, &out->date) == MILL_EINVAL ? MILL_EINVAL : used;
  if (t->lunar && t->kind == MILL_TIME_RANGE && t->form == MILL_FORM_DATE) t->kind = MILL_TIME_POINT; /* 正月 */
  mill_time_date(d, t, o->has_ref, &out->date);
  return used;
}

/* Folds the string at `arg` and reads it; pushes two boxes. Negative: not a date. */
static int scan_string(lua_State *L, int arg, const reading *o, date_value *out, mill_error *err) {
  size_t n, len;
  const char *s = bind_check_text(L, arg, &n);
  const mill_data *d = bind_data(L);
  mill_map **map = bind_new_map(L);
  char **folded = bind_new_bytes(L);
  memset(out, 0, sizeof *out);
  int rc = mill_normalize(d, MILL_FOLD, s, n, folded, &len, map, err);
  if (rc < 0) return rc;
  int used = read_whole(d, *folded, len, o, out);
  int shown = len > 120 ? 120 : (int)len;
  if (used == MILL_EINVAL)
    return mill_fail(err, MILL_EINVAL, 0, "no such date (%.*s)", shown, *folded);
  if (used > 0 && (size_t)used == len) return 0;
  uint32_t at = used > 0 ? (uint32_t)used : 0;
  return mill_fail(err, MILL_EINVAL, mill_map_from(*map, (mill_span){at, at}).to,
                   used > 0 ? "not a date (%.*s has something left over)" : "not a date (%.*s)", shown,
                   *folded);
}

/* The first expression at or behind byte `find`: date, i, j, or nil. */
static int find_in(lua_State *L, int arg, const reading *o) {
  size_t n, len, begin = 0;
  mill_error err;
  const char *s = bind_check_text(L, arg, &n);
  const mill_data *d = bind_data(L);
  mill_map **map = bind_new_map(L);
  char **folded = bind_new_bytes(L);
  if (mill_normalize(d, MILL_FOLD, s, n, folded, &len, map, &err) < 0) return bind_fail(L, &err);
  uint32_t skip = (uint32_t)(o->find - 1 > (lua_Integer)n ? n : (size_t)(o->find - 1));
  size_t at = mill_map_to(*map, (mill_span){skip, skip}).from;
  mill_time t;
  int used = mill_time_find(d, *folded, len, at, o->has_ref ? &o->ref : NULL, &o->how, &t, &begin);
  if (used <= 0) return lua_pushnil(L), 1;
  mill_span raw = mill_map_from(*map, (mill_span){(uint32_t)begin, (uint32_t)(begin + (size_t)used)});
  date_value *v = (date_value *)(void *)bind_new_date(L);
  v->time = t, v->read = 1;
  mill_time_date(d, &t, o->has_ref, &v->date);
  lua_pushinteger(L, (lua_Integer)raw.from + 1);
  lua_pushinteger(L, (lua_Integer)raw.to);
  return 3;
}

/* options.ref: a date or a string that is one. 1 when there is one. */
static int option_ref(lua_State *L, int arg, mill_date *ref) {
  mill_error err;
  date_value read;
  const reading plain = {0};
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "ref") == LUA_TNIL) return 0;
  mill_date *given = luaL_testudata(L, -1, MILL_T_DATE);
  int top = lua_gettop(L);
  if (given != NULL)
    *ref = *given;
  else if (lua_type(L, -1) != LUA_TSTRING || scan_string(L, top, &plain, &read, &err) < 0)
    luaL_argerror(L, arg, "option 'ref' is a date or a string like \"2020-02-26\"");
  else
    *ref = read.date;
  luaL_argcheck(L, ref->year != 0, arg, "option 'ref' has no year");
  return 1;
}

static int option_prefer(lua_State *L, int arg) {
  static const char *const names[] = {"nearest", "past", "future", "same", NULL};
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "prefer") == LUA_TNIL) return DATE_NEAREST;
  const char *name = lua_tostring(L, -1);
  for (int k = 0; name != NULL && names[k] != NULL; k++)
    if (strcmp(name, names[k]) == 0) return k;
  return luaL_argerror(L, arg, "option 'prefer' is \"nearest\", \"past\", \"future\" or \"same\"");
}

/* options.kind: "duration" where 90日 is a length of time, not a day */
static int option_duration(lua_State *L, int arg) {
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "kind") == LUA_TNIL) return 0;
  const char *name = lua_tostring(L, -1);
  luaL_argcheck(L, name != NULL && strcmp(name, "duration") == 0, arg, "option 'kind' is \"duration\"");
  return 1;
}

/* options.region: whose holidays */
static int option_region(lua_State *L, int arg) {
  static const char *const names[] = {"CN", "HK", "MO", "TW", NULL};
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "region") == LUA_TNIL) return MILL_REGION_CN;
  const char *name = lua_tostring(L, -1);
  for (int k = 0; name != NULL && names[k] != NULL; k++)
    if (strcmp(name, names[k]) == 0) return k;
  return luaL_argerror(L, arg, "option 'region' is \"CN\", \"HK\", \"MO\" or \"TW\"");
}

/* options.order: what 3/4/2020 is, "mdy" or "dmy" */
static int option_order(lua_State *L, int arg) {
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "order") == LUA_TNIL) return 0;
  const char *name = lua_tostring(L, -1);
  if (name != NULL && strcmp(name, "dmy") == 0) return 1;
  luaL_argcheck(L, name != NULL && strcmp(name, "mdy") == 0, arg, "option 'order' is \"mdy\" or \"dmy\"");
  return 0;
}

static lua_Integer option_find(lua_State *L, int arg) {
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "find") == LUA_TNIL) return 0;
  lua_Integer at = luaL_checkinteger(L, -1);
  luaL_argcheck(L, at >= 1, arg, "option 'find' is the byte to search from, 1 the first");
  return at;
}

/*
** core.date(s, {ref=, prefer=, kind=, find=, region=, order=}) --> date [, i, j] | nil, message, position, code
** ref: a date or a string, where the year is not said; prefer: nearest (the
** default), past, future, or same (the reference's own year, month, week);
** kind "duration"; find: search from this byte instead of reading the whole; region: whose
** holidays (CN, HK, MO, TW); order: "mdy" or "dmy" where digits could be both
*/
static int date(lua_State *L) {
  static const char *const options[] = {"ref", "prefer", "kind", "find", "region", "order", NULL};
  reading o = {0};
  date_value x;
  mill_error err;
  size_t n;
  bind_check_text(L, 1, &n);
  bind_check_options(L, 2, options);
  lua_settop(L, 2);
  o.how.prefer = (uint8_t)option_prefer(L, 2), o.has_ref = option_ref(L, 2, &o.ref);
  o.how.duration = (uint8_t)option_duration(L, 2), o.find = option_find(L, 2);
  o.how.region = (uint8_t)option_region(L, 2), o.how.day_first = (uint8_t)option_order(L, 2);
  if (o.find > 0) return find_in(L, 1, &o);
  if (scan_string(L, 1, &o, &x, &err) < 0) return bind_fail(L, &err);
  *(date_value *)(void *)bind_new_date(L) = x;
  return 1;
}

void mill_open_date(lua_State *L) {
  static const luaL_Reg meta[] = {{"__tostring", date_tostring}, {"__index", date_index},
                                  {"__add", date_add}, {"__sub", date_sub}, {"__lt", date_lt},
                                  {"__le", date_le}, {"__eq", date_eq}, {NULL, NULL}};
  bind_class(L, MILL_T_DATE, meta, NULL);
  lua_pushcfunction(L, date);
  lua_setfield(L, -2, "date");
}
