# textmill: see README.md. Everything is built in build/, nothing elsewhere.
#
#   make            build: build/bin/textmill, build/lib/textmill/{core.so,*.dat}
#   make run        install what is missing, build, run the main job on samples
#   make run DOCS=d ... on the pages in folder d
#   make test       lint, C units under sanitizers, busted, corpus, conformance
#   make test-long  long fuzzing, kill and differential runs, a build without AVX2
#   make bench      every stage, words, rules, facts, suites and the index, beside their rivals
#   make bench-clean  the cleaning layer in one table beside its rivals (make bench-rivals)
#   make lint fuzz rock install uninstall clean env

SHELL := /bin/bash
CC ?= gcc
LUA ?= lua5.4
PREFIX ?= /usr/local
B := build

# each package by itself: one that is missing must not hide the others
pkg_cflags = $(shell pkg-config --cflags $(1) 2>/dev/null)
LUA_PC := $(firstword $(foreach p,lua5.4 lua-5.4 lua54 lua,$(if $(shell pkg-config --exists $(p) 2>/dev/null && echo y),$(p))))
LUA_CFLAGS := $(if $(LUA_INCDIR),-I$(LUA_INCDIR),$(if $(LUA_PC),$(call pkg_cflags,$(LUA_PC))))
PKG_CFLAGS := $(sort $(foreach p,icu-uc icu-i18n sqlite3 zlib,$(call pkg_cflags,$(p))))
ICU_LIBS := $(shell pkg-config --libs icu-i18n icu-uc 2>/dev/null || echo -licui18n -licuuc -licudata)
SQLITE_LIBS := $(shell pkg-config --libs sqlite3 2>/dev/null || echo -lsqlite3)
ZLIB_LIBS := $(shell pkg-config --libs zlib 2>/dev/null || echo -lz)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CFLAGS ?= -O3 -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -fPIC -fvisibility=hidden -pthread $(LUA_CFLAGS) $(PKG_CFLAGS)

CORE := $(wildcard csrc/core/*.c)
STORE := $(wildcard csrc/store/*.c)
TRAIN := $(wildcard csrc/train/*.c)
BIND := $(filter-out csrc/lua/readline.c,$(wildcard csrc/lua/*.c))
EXT := $(wildcard csrc/ext/*.c)
GEN := $(wildcard csrc/gen/mk*.c)
UNITS := $(wildcard spec/unit/test_*.c)
FUZZERS := $(wildcard spec/fuzz/fuzz_*.c)

obj = $(patsubst csrc/%.c,$(B)/$(1)/%.o,$(2))
CORE_O := $(call obj,obj,$(CORE))
STORE_O := $(call obj,obj,$(STORE) $(TRAIN))
BIND_O := $(call obj,obj,$(BIND))
# the parts of the core that generators use: no images are needed to run them
GEN_CORE_O := $(call obj,obj,$(CORE))

MODULE := $(B)/lib/textmill/core.so
READLINE := $(B)/lib/textmill/readline.so
EXTENSION := $(B)/lib/textmill_sqlite.so
STATIC := $(B)/lib/libtextmill.a
LIBRARY := $(B)/lib/libtextmill.so
IMAGES := $(foreach i,unicode lexicon places calendar convert,$(B)/lib/textmill/textmill-$(i).dat)
COMMAND := $(B)/bin/textmill

# the first target is what plain `make` does
all: check-deps
.PHONY: all images check-deps deps-test rock-build rock-install run test test-long lint bench fuzz rock install uninstall clean env deps
.DELETE_ON_ERROR:

all: $(MODULE) $(READLINE) $(EXTENSION) $(STATIC) $(LIBRARY) $(IMAGES) $(COMMAND)
images: $(IMAGES)

# tables that are C: plain text -> initialiser rows
TABLES := $(addprefix $(B)/gen/,entities.inc entity-slots.inc common-han.inc gbk.inc mix.inc charset-rows.inc)
$(B)/gen/entities.inc: csrc/data/html/entities.txt csrc/gen/table.awk
	@mkdir -p $(@D)
	awk -f csrc/gen/table.awk $< > $@
$(B)/gen/entity-slots.inc: csrc/data/html/entities.txt csrc/gen/entities.awk
	@mkdir -p $(@D)
	awk -f csrc/gen/entities.awk $< > $@
$(B)/gen/common-han.inc: csrc/data/charset/common-han.txt csrc/gen/table.awk
	@mkdir -p $(@D)
	awk -f csrc/gen/table.awk $< > $@
$(B)/gen/gbk.inc $(B)/gen/mix.inc: $(B)/gen/%.inc: csrc/gen/mixups.awk csrc/data/charset/gbk.txt csrc/data/charset/mixups.txt
	@mkdir -p $(@D)
	awk -v table=$* -f $< csrc/data/charset/$(if $(filter gbk,$*),gbk,mixups).txt > $@
$(B)/gen/charset_rows: csrc/gen/charset_rows.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $< -o $@ $(ICU_LIBS) -lm
$(B)/gen/charset-rows.inc: $(B)/gen/charset_rows csrc/data/words/dict.txt csrc/data/charset/common-han.txt \
    csrc/data/opencc/STCharacters.txt csrc/data/opencc/JPShinjitaiCharacters.txt
	$< csrc/data > $@
WITH_TABLES := $(foreach d,obj san tsan fuzz portable,$(patsubst %,$(B)/$(d)/core/%.o,entities charset_guess charset_table mojibake_gbk mojibake_latin))
$(WITH_TABLES): | $(TABLES)
$(WITH_TABLES): ALL_CFLAGS += -I$(B)/gen

$(B)/obj/%.o: csrc/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(STATIC): $(CORE_O) $(STORE_O)
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^

# the C API for other languages' FFI
$(LIBRARY): $(CORE_O) $(STORE_O)
	@mkdir -p $(@D)
	$(CC) -shared -o $@ $^ $(LDFLAGS) $(ICU_LIBS) $(SQLITE_LIBS) $(ZLIB_LIBS) -lm -pthread

$(MODULE): $(BIND_O) $(CORE_O) $(STORE_O)
	@mkdir -p $(@D)
	$(CC) -shared -o $@ $^ $(LDFLAGS) $(ICU_LIBS) $(SQLITE_LIBS) $(ZLIB_LIBS) -lm -pthread

# readline is GPL and optional: a module of its own, empty when it is missing
$(READLINE): csrc/lua/readline.c
	@mkdir -p $(@D)
	@if printf '#include <stdio.h>\n#include <readline/readline.h>\n' | $(CC) -E - >/dev/null 2>&1; \
	then $(CC) $(ALL_CFLAGS) -shared -o $@ $< -lreadline; \
	else echo "readline not found (apt: libreadline-dev): the REPL goes without history"; fi

# the extension compiles the store's tokenizer against sqlite3ext.h
$(EXTENSION): $(EXT) $(CORE_O) $(wildcard csrc/textmill*.h) $(wildcard csrc/store/*.h) $(wildcard csrc/store/tokenizer.c)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -DMILL_EXTENSION -shared -o $@ $(EXT) $(wildcard csrc/store/tokenizer.c) $(CORE_O) $(ICU_LIBS) -lm -pthread

$(B)/gen/%: csrc/gen/%.c $(GEN_CORE_O)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $< $(GEN_CORE_O) -o $@ $(ICU_LIBS) -lm -pthread

$(B)/gen/mkconvert: csrc/gen/convert_dict.h csrc/core/convert.h
$(B)/gen/mklexicon: csrc/gen/double_array.h csrc/gen/lexicon_build.h csrc/gen/lexicon_seams.h csrc/core/lexicon.h

# every generator is called with the data folder, the folder of earlier images, the output
$(B)/lib/textmill/textmill-unicode.dat: $(B)/gen/mkunicode $(wildcard csrc/data/ucd/*) csrc/data/opencc/TSCharacters.txt
	@mkdir -p $(@D)
	$< csrc/data $(@D) $@
$(B)/lib/textmill/textmill-lexicon.dat: $(B)/gen/mklexicon $(wildcard csrc/data/words/*) $(wildcard csrc/data/places/*) $(B)/lib/textmill/textmill-unicode.dat
	$< csrc/data $(@D) $@
$(B)/lib/textmill/textmill-places.dat: $(B)/gen/mkplaces $(wildcard csrc/data/places/*) $(B)/lib/textmill/textmill-unicode.dat
	$< csrc/data $(@D) $@
$(B)/lib/textmill/textmill-calendar.dat: $(B)/gen/mkcalendar $(wildcard csrc/data/calendar/*) $(B)/lib/textmill/textmill-unicode.dat
	$< csrc/data $(@D) $@
$(B)/lib/textmill/textmill-convert.dat: $(B)/gen/mkconvert $(wildcard csrc/data/opencc/*.txt csrc/data/opencc/config/*)
	@mkdir -p $(@D)
	$< csrc/data $(@D) $@

# the command finds its own tree, wherever the clone was moved
$(COMMAND): Makefile
	@mkdir -p $(@D)
	@printf '%s\n' '#!/bin/sh' 'top=$$(cd "$$(dirname "$$(readlink -f "$$0")")/../.." && pwd)' \
	 'LUA_PATH_5_4="$$top/lua/?.lua;$$top/lua/?/init.lua;$${LUA_PATH_5_4:-;;}" LUA_CPATH_5_4="$$top/build/lib/?.so;$${LUA_CPATH_5_4:-;;}" exec $(LUA) "$$top/lua/bin/textmill" "$$@"' > $@
	@chmod +x $@

env:
	@echo 'export PATH="$(CURDIR)/$(B)/bin:$$PATH"'
	@echo 'export LUA_PATH_5_4="$(CURDIR)/lua/?.lua;$(CURDIR)/lua/?/init.lua;;"'
	@echo 'export LUA_CPATH_5_4="$(CURDIR)/$(B)/lib/?.so;;"'

# ---- the main job -------------------------------------------------------------

run: deps
	@mkdir -p $(B) && $(MAKE) --no-print-directory -j2 all > $(B)/build.log 2>&1 || { tail -20 $(B)/build.log; exit 1; }
	@$(COMMAND) demo $(DOCS)

-include $(wildcard $(B)/obj/*/*.d)

include spec/test.mk
include rockspec/install.mk

clean:
	rm -rf $(B)
