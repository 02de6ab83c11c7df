# spec/test.mk - how the project tests and lints itself.

test: deps-test
	@$(MAKE) --no-print-directory -j2 all
	@spec/run.sh

test-long: deps-test
	@$(MAKE) --no-print-directory -j2 all
	@spec/run.sh long

# The borders between the layers, and warnings as errors with both compilers.
C_FILES = $(CORE) $(STORE) $(BIND) $(GEN) $(UNITS) $(BENCH_C)
SYNTAX = -std=c11 -D_GNU_SOURCE $(WARN) -Werror -fsyntax-only -Icsrc -I$(B)/gen $(LUA_CFLAGS) $(PKG_CFLAGS)
lint: lint-borders lint-gcc lint-clang
	@luacheck -q lua spec
lint-borders:
	@! grep -nE '#include *[<"](lua|lauxlib|lualib|sqlite3)\.h' csrc/core/*.c csrc/core/*.h || { echo "lint: the core includes Lua or SQLite"; exit 1; }
	@! grep -nE '#include *[<"](lua|lauxlib|lualib)\.h' csrc/store/* csrc/ext/* || { echo "lint: the store includes Lua"; exit 1; }
	@! grep -nE '\b(abort|exit|printf)\(' csrc/core/*.c csrc/store/*.c || { echo "lint: the library prints or exits"; exit 1; }
	@! git ls-files 2>/dev/null | cut -d/ -f1 | sort -u | grep -vxE 'Makefile|csrc|lua|rockspec|spec|README\.md|LICENSE|\..*' || { echo "lint: not a top-level name"; exit 1; }
lint-gcc lint-clang: lint-%: $(TABLES)
	@for f in $(C_FILES) $(if $(filter clang,$*),$(FUZZERS)); do $* $(SYNTAX) $$f || exit 1; done

# ---- allocation sweeps: spec/unit/sweep_NAME.c, see alloc_sweep.h -----------

SWEEPS := $(patsubst spec/unit/%.c,$(B)/alloc/%,$(wildcard spec/unit/sweep_*.c))
ALLOC_O := $(call obj,alloc,$(CORE))

$(B)/alloc/%.o: csrc/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(SAN) -DMILL_ALLOC_TEST -MMD -MP -c $< -o $@
$(B)/alloc/%: spec/unit/%.c $(ALLOC_O) $(wildcard spec/unit/*.h)
	$(CC) $(ALL_CFLAGS) $(SAN) -Icsrc $< $(ALLOC_O) -o $@ $(ICU_LIBS) -lm -pthread

check-sweeps: $(SWEEPS) $(IMAGES)
	@for t in $(SWEEPS); do echo "== $$t"; TEXTMILL_DATA=$(B)/lib/textmill $$t || exit 1; done

# ---- fuzzing: spec/fuzz/fuzz_NAME.c, seeds (if any) in spec/fuzz/seeds/NAME --
# make fuzz SECONDS=n [FUZZ="map utf8"]: n seconds each. Needs clang.

SECONDS := 20
FUZZ := $(patsubst spec/fuzz/fuzz_%.c,%,$(FUZZERS))
FUZZ_CC := clang
FUZZ_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) -O1 -g -fno-omit-frame-pointer -pthread -I$(B)/gen $(PKG_CFLAGS) \
  -fsanitize=address,undefined -fno-sanitize-recover=undefined
FUZZ_O := $(call obj,fuzz,$(CORE) $(STORE))
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

-include $(wildcard $(B)/alloc/*/*.d $(B)/fuzz/*/*.d)
.PHONY: check-sweeps lint-borders lint-gcc lint-clang
.PRECIOUS: $(B)/fuzz/%.o $(B)/alloc/%.o $(B)/san/%.o $(B)/unit/%

include spec/bench/bench.mk
