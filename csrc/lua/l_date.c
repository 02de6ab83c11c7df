/*
** l_date.c - tm.date and the class textmill.date, an immutable value.
**
** A date knows its day number only when year, month and day are known;
** arithmetic and comparing need that and say so.
*/
#include "../core/date.h"

#include <string.h>

#include "../core/calendar.h"
#include "../core/error.h"
#include "bind.h"

static mill_date *check_date(lua_State *L, int arg) { return luaL_checkudata(L, arg, MILL_T_DATE); }

mill_date *bind_new_date(lua_State *L) {
  mill_date *x = lua_newuserdatauv(L, sizeof *x, 0);
  memset(x, 0, sizeof *x);
  luaL_setmetatable(L, MILL_T_DATE);
  return x;
}

static int has_day(const mill_date *x) {
  return x->year != 0 && x->month != 0 && x->day != 0 && x->grain >= MILL_GRAIN_DAY;
}

static int32_t check_days(lua_State *L, int arg) {
  const mill_date *x = check_date(L, arg);
  luaL_argcheck(L, has_day(x), arg, "the date has no year, month and day");
  return mill_date_days(x->year, x->month, x->day);
}

/* ---- the class ------------------------------------------------------------------ */

/* tostring(d) --> ISO 8601, X for what is not known */
static int date_tostring(lua_State *L) {
  char iso[48];
  const mill_date *x = check_date(L, 1);
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
    if (!has_day(&x) || mill_lunar_from_days(bind_data(L), mill_date_days(x.year, x.month, x.day), &found) < 0) {
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

/* d.year d.month d.day d.hour d.minute d.second d.grain d.year_from, d:lunar() */
static int date_index(lua_State *L) {
  const mill_date *x = check_date(L, 1);
  const char *key = luaL_checkstring(L, 2);
  if (strcmp(key, "year") == 0) return push_known(L, x->year, 0);
  if (strcmp(key, "month") == 0) return push_known(L, x->month, 0);
  if (strcmp(key, "day") == 0) return push_known(L, x->day, 0);
  if (strcmp(key, "hour") == 0) return push_known(L, x->hour, 255);
  if (strcmp(key, "minute") == 0) return push_known(L, x->minute, 255);
  if (strcmp(key, "second") == 0) return push_known(L, x->second, 255);
  if (strcmp(key, "grain") == 0) return lua_pushstring(L, grain_name(x)), 1;
  if (strcmp(key, "year_from") == 0)
    return lua_pushstring(L, x->year == 0 ? NULL : x->year_from ? "ref" : "text"), 1;
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

/* Folds the string at `arg` and scans it whole: bytes used, with the folded
** length in *len; pushes two boxes. Negative: bad UTF-8 and the like. */
static int scan_string(lua_State *L, int arg, const mill_date *ref, int prefer, mill_date *out,
                       mill_error *err) {
  size_t n, len;
  const char *s = bind_check_text(L, arg, &n);
  const mill_data *d = bind_data(L);
  mill_map **map = bind_new_map(L);
  char **folded = bind_new_bytes(L);
  int rc = mill_normalize(d, MILL_FOLD, s, n, folded, &len, map, err);
  if (rc < 0) return rc;
  int used = date_scan(d, *folded, len, ref, (enum date_prefer)prefer, out, NULL);
  int shown = len > 120 ? 120 : (int)len;
  if (used == MILL_EINVAL)
    return mill_fail(err, MILL_EINVAL, 0, "no such date (%.*s)", shown, *folded);
  if (used > 0 && (size_t)used == len) return 0;
  uint32_t at = used > 0 ? (uint32_t)used : 0;
  return mill_fail(err, MILL_EINVAL, mill_map_from(*map, (mill_span){at, at}).to,
                   used > 0 ? "not a date (%.*s has something left over)" : "not a date (%.*s)", shown, *folded);
}

/* options.ref: a date or a string that is one. 1 when there is one. */
static int option_ref(lua_State *L, int arg, mill_date *ref) {
  mill_error err;
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "ref") == LUA_TNIL) return 0;
  mill_date *given = luaL_testudata(L, -1, MILL_T_DATE);
  int top = lua_gettop(L);
  if (given != NULL)
    *ref = *given;
  else if (lua_type(L, -1) != LUA_TSTRING || scan_string(L, top, NULL, 0, ref, &err) < 0)
    luaL_argerror(L, arg, "option 'ref' is a date or a string like \"2020-02-26\"");
  luaL_argcheck(L, ref->year != 0, arg, "option 'ref' has no year");
  return 1;
}

static int option_prefer(lua_State *L, int arg) {
  static const char *const names[] = {"nearest", "past", "future", NULL};
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "prefer") == LUA_TNIL) return DATE_NEAREST;
  const char *name = lua_tostring(L, -1);
  for (int k = 0; name != NULL && names[k] != NULL; k++)
    if (strcmp(name, names[k]) == 0) return k;
  return luaL_argerror(L, arg, "option 'prefer' is \"nearest\", \"past\" or \"future\"");
}

/*
** core.date(s, {ref=, prefer=}) --> date | nil, message, position, code
** ref: a date or a string, where the year is not said; prefer: nearest (the
** default), past or future
*/
static int date(lua_State *L) {
  static const char *const options[] = {"ref", "prefer", NULL};
  mill_date ref, x;
  mill_error err;
  size_t n;
  bind_check_text(L, 1, &n);
  bind_check_options(L, 2, options);
  lua_settop(L, 2);
  int prefer = option_prefer(L, 2), has_ref = option_ref(L, 2, &ref);
  if (scan_string(L, 1, has_ref ? &ref : NULL, prefer, &x, &err) < 0) return bind_fail(L, &err);
  *bind_new_date(L) = x;
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
