/* l_record.h - documents of NDJSON that are no Lua values. */
#ifndef MILL_L_RECORD_H
#define MILL_L_RECORD_H

#include "../store/gzip.h"
#include "../store/record.h"
#include "bind.h"

mill_gzip *bind_check_gzip(lua_State *L, int arg); /* raises when it is closed (l_gzip.c) */
/* The document that the record at `arg` holds; NULL: it is no record. */
const mill_record *bind_test_record(lua_State *L, int arg);

#endif
