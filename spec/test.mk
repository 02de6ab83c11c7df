# spec/test.mk - how the project tests and lints itself.

test: deps-test quiet-build
	@spec/run.sh
test-long: deps-test quiet-build
	@spec/run.sh long

# what the compiler says is shown when something fails
quiet-build:
	@mkdir -p $(B)
	@$(MAKE) --no-print-directory -j2 all > $(B)/build.log 2>&1 || { tail -n 30 $(B)/build.log; exit 1; }

# The borders between the layers, and warnings as errors with both compilers.
C_FILES = $(CORE) $(STORE) $(TRAIN) $(BIND) $(GEN) $(UNITS) $(wildcard spec/host/*.c) $(BENCH_C)
SYNTAX = -std=c11 -D_GNU_SOURCE $(WARN) -Werror -fsyntax-only -Icsrc -Ispec/unit -I$(B)/gen $(LUA_CFLAGS) $(PKG_CFLAGS)
lint: lint-borders lint-gcc lint-clang
	@luacheck -q lua spec
lint-borders:
	@! grep -nE '#include *[<"](lua|lauxlib|lualib|sqlite3)\.h' csrc/core/*.c csrc/core/*.h csrc/train/*.c csrc/train/*.h || { echo "lint: the core includes Lua or SQLite"; exit 1; }
	@! grep -nE '#include *[<"](lua|lauxlib|lualib)\.h' csrc/store/* csrc/ext/* || { echo "lint: the store includes Lua"; exit 1; }
	@! grep -nE '\b(abort|exit|printf)\(' csrc/core/*.c csrc/store/*.c csrc/train/*.c || { echo "lint: the library prints or exits"; exit 1; }
	@! git ls-files 2>/dev/null | cut -d/ -f1 | sort -u | grep -vxE 'Makefile|csrc|lua|rockspec|spec|README\.md|LICENSE|\..*' || { echo "lint: not a top-level name"; exit 1; }
	@! LC_ALL=C.UTF-8 grep -nP '(find|match|gsub|gmatch)[ (].*"[^"]*\[[^\]"]*[\x{80}-\x{10FFFF}][^\]"]*\]' lua/textmill/*.lua lua/textmill/*/*.lua lua/textmill/rules/*/*.lua || { echo "lint: Lua's sets match bytes, not characters"; exit 1; }
lint-gcc lint-clang: lint-%: $(TABLES)
	@for f in $(C_FILES) $(if $(filter clang,$*),$(FUZZERS)); do $* $(SYNTAX) $$f || exit 1; done

# ---- C programs ----------------------------------------------------------------
# Two sets of objects serve them all: one under ASan and UBSan whose allocator
# the program brings (core/alloc.h), one under ThreadSanitizer.

SAN := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
TSAN := -O1 -g -fsanitize=thread
CHECK_CC = $(CC) $(ALL_CFLAGS) -Icsrc -Ispec/unit
CHECK_LIBS = $(ICU_LIBS) $(SQLITE_LIBS) $(ZLIB_LIBS) -lm -pthread
LUA_LIBS := $(shell pkg-config --libs $(LUA_PC) 2>/dev/null || echo -llua5.4)

$(B)/san/%.o: csrc/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(SAN) -DMILL_ALLOC_TEST -MMD -MP -c $< -o $@
$(B)/tsan/%.o: csrc/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(TSAN) -MMD -MP -c $< -o $@

SAN_O := $(call obj,san,$(CORE) $(STORE) $(TRAIN))
SAN_HOST_O := $(SAN_O) $(call obj,san,$(BIND))
TSAN_HOST_O := $(call obj,tsan,$(CORE) $(STORE) $(TRAIN) $(BIND))
CHECK_H := $(wildcard spec/unit/*.h spec/host/*.h)

# spec/unit/test_NAME.c; spec/unit/sweep_NAME.c, see alloc_sweep.h; spec/host
TESTS := $(UNITS:spec/unit/%.c=$(B)/unit/%)
SWEEPS := $(patsubst spec/unit/%.c,$(B)/unit/%,$(wildcard spec/unit/sweep_*.c)) $(B)/host/sweep_lua
$(B)/unit/test_%: spec/unit/test_%.c spec/unit/plain_alloc.c $(SAN_O) $(CHECK_H)
	@mkdir -p $(@D)
	$(CHECK_CC) $(SAN) $(filter %.c %.o,$^) -o $@ $(CHECK_LIBS)
$(B)/unit/test_html_gumbo: CHECK_LIBS += -I$(B)/gen $(if $(GUMBO_LIBS),-DTEST_GUMBO $(GUMBO_LIBS))
$(B)/unit/sweep_%: spec/unit/sweep_%.c $(SAN_O) $(CHECK_H)
	@mkdir -p $(@D)
	$(CHECK_CC) $(SAN) $(filter %.c %.o,$^) -o $@ $(CHECK_LIBS)
$(B)/host/sweep_lua: spec/host/sweep_lua.c $(SAN_HOST_O) $(CHECK_H)
	@mkdir -p $(@D)
	$(CHECK_CC) $(SAN) $(filter %.c %.o,$^) -o $@ $(LUA_LIBS) $(CHECK_LIBS)
$(B)/host/threads $(B)/host/threads_words: $(B)/host/%: spec/host/%.c $(TSAN_HOST_O) $(CHECK_H)
	@mkdir -p $(@D)
	$(CHECK_CC) $(TSAN) $(filter %.c %.o,$^) -o $@ $(LUA_LIBS) $(CHECK_LIBS)

# each program in turn; all run although one fails
run_all = @failed=0; for t in $(1); do echo "== $$t"; TEXTMILL_DATA=$(B)/lib/textmill $$t || failed=1; done; exit $$failed
check-units: $(TESTS) $(IMAGES)
	$(call run_all,$(TESTS))
# 10^7 random strings in the forms that ICU has, beside it: minutes
check-random: $(B)/unit/test_normalize $(IMAGES)
	@TEXTMILL_DATA=$(B)/lib/textmill TEXTMILL_ROUNDS=10000000 $<
check-sweeps: $(SWEEPS) $(IMAGES)
	$(call run_all,$(SWEEPS))
THREADED := $(B)/host/threads $(B)/host/threads_words
check-threads: $(THREADED) $(IMAGES)
	$(call run_all,$(THREADED))

# The module without the paths for AVX2, as another processor has it: spec/long/portable.sh
PORTABLE := $(B)/portable/lib/textmill/core.so
$(B)/portable/%.o: csrc/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -O1 -DMILL_PORTABLE -MMD -MP -c $< -o $@
$(PORTABLE): $(call obj,portable,$(CORE) $(STORE) $(TRAIN) $(BIND))
	@mkdir -p $(@D)
	$(CC) -shared -o $@ $^ $(LDFLAGS) $(ICU_LIBS) $(SQLITE_LIBS) $(ZLIB_LIBS) -lm -pthread
check-portable: $(PORTABLE)

# ---- fuzzing: spec/fuzz/fuzz_NAME.c, seeds (if any) in spec/fuzz/seeds/NAME --
# make fuzz SECONDS=n [FUZZ="map utf8"]: n seconds each. Needs clang.

SECONDS := 20
FUZZ := $(patsubst spec/fuzz/fuzz_%.c,%,$(FUZZERS))
FUZZ_CC := clang
FUZZ_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) -O1 -g -fno-omit-frame-pointer -pthread -I$(B)/gen $(PKG_CFLAGS) \
  -fsanitize=address,undefined -fno-sanitize-recover=undefined
FUZZ_O := $(call obj,fuzz,$(CORE) $(STORE) $(TRAIN))
FUZZ_LIMITS := -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 -verbosity=0

$(B)/fuzz/%.o: csrc/%.c
	@mkdir -p $(@D)
	$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c $< -o $@
$(B)/fuzz/fuzz_%: spec/fuzz/fuzz_%.c $(FUZZ_O)
	$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer -Icsrc $< $(FUZZ_O) -o $@ $(ICU_LIBS) $(SQLITE_LIBS) $(ZLIB_LIBS) -lm

fuzz: $(FUZZ:%=$(B)/fuzz/fuzz_%) $(IMAGES)
	@for f in $(FUZZ); do \
	  echo "== fuzz_$$f, $(SECONDS) seconds"; mkdir -p $(B)/fuzz/found/$$f; \
	  seeds=; [ -d spec/fuzz/seeds/$$f ] && seeds=spec/fuzz/seeds/$$f; \
	  TEXTMILL_DATA=$(B)/lib/textmill $(B)/fuzz/fuzz_$$f $(FUZZ_LIMITS) -max_total_time=$(SECONDS) \
	    -artifact_prefix=$(B)/fuzz/$$f- $(B)/fuzz/found/$$f $$seeds >$(B)/fuzz/$$f.log 2>&1 \
	    || { tail -50 $(B)/fuzz/$$f.log; exit 1; }; \
	  grep -E 'number_of_executed_units|peak_rss' $(B)/fuzz/$$f.log; \
	done

-include $(wildcard $(B)/san/*/*.d $(B)/tsan/*/*.d $(B)/fuzz/*/*.d $(B)/portable/*/*.d)
.PHONY: quiet-build check-portable check-units check-random check-sweeps check-threads lint-borders lint-gcc lint-clang
.PRECIOUS: $(B)/fuzz/%.o $(B)/san/%.o $(B)/tsan/%.o

include spec/bench/bench.mk
