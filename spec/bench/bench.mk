# spec/bench/bench.mk - make bench [BENCH_DOCS=10000] [BENCH_RUNS=5]: what every
# stage costs on clean and on dirty input, beside ICU and FTS5, from C and Lua.

BENCH_DOCS := 10000
BENCH_RUNS := 5
BENCH_DIR := $(B)/bench
BENCH_C := $(addprefix spec/bench/,stages.c timers.c rivals.c sizes.c tools.c)
# one core, the last one, where taskset is there
BENCH_PIN := $(shell command -v taskset >/dev/null && echo taskset -c $$(($$(nproc) - 1)))
# calls between the library's files that timers.c measures
BENCH_WRAP := mill_sha256 mill_utf8_valid charset_decode html_looks_like html_to_text gloss_find gloss_strip \
  blank_collapse mill_map_compose mill_clean mill_find_blocks mill_text_fold mill_segment mill_map_encode \
  layout_encode layout_of notes_encode index_document mill_text_free mill_normalize forward_encode \
  gather_write sqlite3_step
BENCH_LIBS = $(ICU_LIBS) $(SQLITE_LIBS) $(ZLIB_LIBS) -lm -pthread

bench: all $(BENCH_DIR)/stages $(BENCH_DIR)/words $(BENCH_DIR)/docs-$(BENCH_DOCS)
	@eval "$$($(MAKE) -s env)"; \
	$(BENCH_PIN) $(BENCH_DIR)/stages $(B)/lib/textmill $(BENCH_DIR)/docs-$(BENCH_DOCS) $(BENCH_RUNS) && \
	$(BENCH_PIN) $(LUA) spec/bench/from_lua.lua $(BENCH_DIR)/docs-$(BENCH_DOCS) $(BENCH_RUNS)
	@$(MAKE) --no-print-directory bench-words
	@$(MAKE) --no-print-directory bench-similar
	@$(MAKE) --no-print-directory bench-rules bench-ingest bench-facts BENCH_RUNS=3
	@$(MAKE) --no-print-directory bench-index INDEX_DOCS=8000 BENCH_RUNS=1

# whole additions by the clock: threads, and facts in it
bench-ingest: all
	@mkdir -p $(BENCH_DIR)
	@if [ -d $(SHARED)/data ]; then xzcat $(SHARED)/data/docs-47k.ndjson.xz 2>/dev/null | head -n 4000 > $(BENCH_DIR)/ingest.ndjson; \
	  eval "$$($(MAKE) -s env)"; RUNS=$(BENCH_RUNS) $(LUA) spec/bench/ingest.lua $(BENCH_DIR)/ingest.ndjson; \
	else echo "bench-ingest: skipped, $(SHARED)/data is not here"; fi
# how right it is: the suites with and without what is refused, facts by type on the seeds
# and on the documents that others annotated
FACT_SETS = $(foreach f,full full_held full_unseen full_fourth full_fifth,"spec/fixtures/facts/$f/gold.ndjson spec/fixtures/facts/$f")
bench-facts: all
	@eval "$$($(MAKE) -s env)"; [ ! -d $(SHARED)/suites ] || $(LUA) spec/suites/run.lua $(SHARED)/suites | sed -n '/^$$/,$$p'; \
	[ ! -d $(SHARED)/gold ] || { echo; echo "facts, the seeds"; \
	  $(LUA) spec/score_facts.lua $(SHARED)/gold/seeds_facts.ndjson $(SHARED)/seeds --ref-date 2020-02-26; }; \
	for set in $(FACT_SETS); do echo; echo "facts, $$set"; $(LUA) spec/score_facts.lua $$set; done
.PHONY: bench-ingest bench-facts

# words alone, beside what is installed: ICU, cppjieba and jieba-rs (make bench-words-rivals,
# by npm, into build/), friso and jieba for Python (apt). Speed and worst cases, then F1.
SHARED := ../shared
RIVALS := $(B)/rivals/node_modules
CPPJIEBA = $(wildcard $(RIVALS)/nodejieba/submodules/cppjieba)
FRISO := $(shell pkg-config --exists friso 2>/dev/null && echo -DBENCH_FRISO -lfriso)
bench-words: all $(BENCH_DIR)/words_ours $(BENCH_DIR)/words_rivals
	@[ ! -d $(SHARED)/data ] || $(MAKE) -s $(BENCH_DIR)/first10.txt
	@eval "$$($(MAKE) -s env)"; export PIN="$(BENCH_PIN)" BENCH=$(BENCH_DIR) LUA="$(BENCH_PIN) $(LUA)" DATA=$(B)/lib/textmill \
	  RUNS=$(BENCH_RUNS) TEXT= SHARED=$(wildcard $(SHARED)) RIVALS=$(abspath $(RIVALS)) CPPJIEBA=$(CPPJIEBA)/dict \
	  FRISO_INI=/etc/friso/friso.ini; \
	if [ -d $(SHARED)/data ]; then TEXT=$(BENCH_DIR)/first10.txt; fi; \
	$(LUA) spec/bench/clean.lua spec/bench/words.list
bench-words-rivals:
	@mkdir -p $(B)/rivals && cd $(B)/rivals && npm install --no-audit --no-fund --ignore-scripts nodejieba@3.5.8 @node-rs/jieba@2.0.3
	@apt-get install -y -q libicu-dev libfriso-dev friso python3-jieba
$(BENCH_DIR)/words_ours: spec/bench/words_ours.c spec/bench/words_engine.h $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Icsrc -o $@ $< $(STATIC) $(BENCH_LIBS)
$(BENCH_DIR)/words_rivals: spec/bench/words_rivals.cpp spec/bench/words_engine.h
	@mkdir -p $(@D)
	$(CXX) -O3 -o $@ $< $(if $(CPPJIEBA),-DBENCH_CPPJIEBA -I$(CPPJIEBA)/include -I$(CPPJIEBA)/deps/limonp/include) \
	  $(FRISO) $(ICU_LIBS)
$(BENCH_DIR)/first10.txt: spec/bench/first.lua $(MODULE)
	@mkdir -p $(@D)
	@eval "$$($(MAKE) -s env)"; xzcat $(SHARED)/data/docs-47k.ndjson.xz | $(LUA) $< 10000000 > $@
.PHONY: bench-words bench-words-rivals

$(BENCH_DIR)/stages: $(BENCH_C) spec/bench/bench.h $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $(BENCH_C) $(BENCH_WRAP:%=-Wl,--wrap=%) $(STATIC) $(BENCH_LIBS)
$(BENCH_DIR)/words: spec/bench/words.c $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Icsrc -o $@ $< $(STATIC) $(BENCH_LIBS)
$(BENCH_DIR)/docs-$(BENCH_DOCS): spec/bench/make_docs.lua spec/bench/dirty.lua spec/bench/page.lua | all
	@rm -rf $@ && mkdir -p $@
	@eval "$$($(MAKE) -s env)"; $(LUA) spec/bench/make_docs.lua $(BENCH_DOCS) $@ || { rm -rf $@; exit 1; }

# script conversion: all configurations, MB/s, beside Debian's OpenCC (apt: libopencc-dev)
OPENCC := $(shell pkg-config --exists opencc 2>/dev/null && echo -DBENCH_OPENCC=$$(pkg-config --modversion opencc) $$(pkg-config --libs opencc))
bench-convert: $(BENCH_DIR)/convert $(IMAGES)
	@if [ -d $(SHARED)/data ]; then $(MAKE) -s $(BENCH_DIR)/first10.txt && \
	  $(BENCH_PIN) $(BENCH_DIR)/convert $(B)/lib/textmill $(BENCH_DIR)/first10.txt $(BENCH_RUNS); \
	else echo "bench-convert: skipped, $(SHARED)/data is not here"; fi
$(BENCH_DIR)/convert: spec/bench/convert.c $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Icsrc -o $@ $< $(STATIC) $(OPENCC) $(BENCH_LIBS)
.PHONY: bench-convert

# near duplicates: MB/s of signatures, pairs found and missed
bench-similar: $(BENCH_DIR)/similar $(IMAGES)
	@if [ -d $(SHARED)/data ]; then $(MAKE) -s $(BENCH_DIR)/first10.txt && \
	  $(BENCH_PIN) $(BENCH_DIR)/similar $(B)/lib/textmill $(BENCH_DIR)/first10.txt $(BENCH_RUNS) && \
	  $(MAKE) -s $(BENCH_DIR)/similar.ndjson && \
	  eval "$$($(MAKE) -s env)" && $(LUA) spec/bench/similar.lua $(BENCH_DIR)/similar.ndjson 500; \
	else echo "bench-similar: skipped, $(SHARED)/data is not here"; fi
$(BENCH_DIR)/similar.ndjson:
	@xzcat $(SHARED)/data/docs-47k.ndjson.xz | tail -n +3000 | head -n 6000 > $@
$(BENCH_DIR)/similar: spec/bench/similar.c spec/bench/tools.c spec/bench/bench.h $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.c,$^) $(STATIC) $(BENCH_LIBS)
.PHONY: bench-similar

# normalisation: forms and scripts, GB/s, beside ICU (in C++) and utf8proc (apt: libutf8proc-dev)
UTF8PROC := $(shell pkg-config --exists libutf8proc 2>/dev/null && echo -DBENCH_UTF8PROC $$(pkg-config --libs libutf8proc))
bench-normalize: $(BENCH_DIR)/normalize $(B)/lib/textmill/textmill-unicode.dat
	@[ ! -d $(SHARED)/data ] || $(MAKE) -s $(BENCH_DIR)/first10.txt
	@$(BENCH_PIN) $(BENCH_DIR)/normalize $(B)/lib/textmill $(BENCH_RUNS) $(wildcard $(BENCH_DIR)/first10.txt)
$(BENCH_DIR)/normalize: spec/bench/normalize.c spec/bench/normalize_icu.cpp $(STATIC)
	@mkdir -p $(@D)
	$(CXX) -O3 -c -o $@_icu.o spec/bench/normalize_icu.cpp
	$(CC) $(ALL_CFLAGS) -Icsrc -o $@ $< $@_icu.o $(STATIC) $(UTF8PROC) $(OPENCC) $(BENCH_LIBS) -lstdc++
.PHONY: bench-normalize

# the cleaning layer in one table: each program of clean.list, a row a figure
CLEAN_BENCHES := $(shell sed -n 's,^[$$]PIN [$$]BENCH/\([a-z0-9_]*\) .*,\1,p' spec/bench/clean.list | sort -u)
bench-clean: all $(CLEAN_BENCHES:%=$(BENCH_DIR)/%)
	@[ ! -d $(SHARED)/data ] || $(MAKE) -s $(BENCH_DIR)/first10.txt $(BENCH_DIR)/similar.ndjson $(BENCH_DIR)/maps/utf-8.docs
	@eval "$$($(MAKE) -s env)"; export PIN="$(or $(BENCH_PIN),env)" BENCH=$(BENCH_DIR) LUA=$(LUA) DATA=$(B)/lib/textmill \
	  RUNS=$(BENCH_RUNS) TEXT= SHARED=$(wildcard $(SHARED)); \
	if [ -d $(SHARED)/data ]; then TEXT=$(BENCH_DIR)/first10.txt; fi; \
	$(LUA) spec/bench/clean.lua spec/bench/clean.list
.PHONY: bench-clean

# what stands beside textmill in the benches, from Debian
bench-rivals:
	@apt-get install -y -q libicu-dev libopencc-dev libutf8proc-dev libuchardet-dev libgumbo-dev \
	  libxapian-dev libgroonga-dev liblucene++-dev \
	  libboost-filesystem-dev libboost-thread-dev libboost-iostreams-dev libboost-regex-dev libboost-date-time-dev
.PHONY: bench-rivals

# markup to text, MB/s, beside gumbo (apt: libgumbo-dev)
GUMBO_LIBS := $(shell pkg-config --libs gumbo 2>/dev/null)
bench-html: $(BENCH_DIR)/html
	@$(BENCH_PIN) $< $(BENCH_RUNS)
$(BENCH_DIR)/html: spec/bench/html.c $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Icsrc -o $@ $< $(STATIC) $(if $(GUMBO_LIBS),-DBENCH_GUMBO $(GUMBO_LIBS)) $(BENCH_LIBS)
.PHONY: bench-html
# boilerplate and metadata on generated pages with known truth: development and
# held-out half; with ../shared/data also with real text in the place of invented
bench-boilerplate: all
	@eval "$$($(MAKE) -s env)"; $(LUA) spec/bench/boilerplate/run.lua dev held && \
	  $(LUA) spec/bench/boilerplate/run.lua -b dev held
.PHONY: bench-boilerplate

# maps: stored sizes by encoding, look-ups, composing
$(BENCH_DIR)/maps/utf-8.docs: spec/bench/map_texts.lua spec/bench/dirty.lua | all
	@mkdir -p $(@D) && $(MAKE) -s $(BENCH_DIR)/similar.ndjson
	@eval "$$($(MAKE) -s env)"; $(LUA) $< $(BENCH_DIR)/similar.ndjson $(@D)
$(BENCH_DIR)/maps_of: spec/bench/maps.c spec/bench/tools.c spec/bench/bench.h $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.c,$^) $(STATIC) $(BENCH_LIBS)

# validating UTF-8 beside ICU and utf8proc
$(BENCH_DIR)/utf8: spec/bench/utf8.c spec/bench/tools.c spec/bench/bench.h $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.c,$^) $(STATIC) $(UTF8PROC) $(BENCH_LIBS)

# charsets: how often the guess is right and how long it takes, beside ICU's ucsdet and
# uchardet (apt: libuchardet-dev). Chinese text from ../shared, else the fixture.
UCHARDET := $(shell pkg-config --exists uchardet 2>/dev/null && echo -DBENCH_UCHARDET $$(pkg-config --cflags-only-I --libs uchardet))
BENCH_SAMPLES := 1000
bench-charset: $(BENCH_DIR)/charset $(IMAGES)
	@if [ -d $(SHARED)/data ]; then $(MAKE) -s $(BENCH_DIR)/first10.txt; text=$(BENCH_DIR)/first10.txt; \
	else echo "bench-charset: $(SHARED)/data is not here: a short fixture instead"; text=spec/fixtures/short.txt; fi; \
	$(BENCH_PIN) $(BENCH_DIR)/charset $(B)/lib/textmill $$text $(BENCH_SAMPLES)
$(BENCH_DIR)/charset: spec/bench/charset.c spec/bench/charset_texts.h $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Icsrc -o $@ $< $(STATIC) $(UCHARDET) $(BENCH_LIBS)
.PHONY: bench-charset

# what every rule of a pack costs, ms of CPU a MB of clean text
bench-rules: all
	@mkdir -p $(BENCH_DIR)
	@if [ -d $(SHARED)/data ] && [ ! -s $(BENCH_DIR)/first-docs.ndjson ]; then \
	  xzcat $(SHARED)/data/docs-47k.ndjson.xz 2>/dev/null | head -n 4000 > $(BENCH_DIR)/first-docs.ndjson; fi
	@eval "$$($(MAKE) -s env)"; $(BENCH_PIN) $(LUA) spec/bench/rules.lua $(BENCH_DIR)/first-docs.ndjson 2 $(BENCH_RUNS)
.PHONY: bench-rules

# the positional index beside tuned FTS5 and, where they are installed (make bench-rivals),
# Xapian, Groonga and Lucene++: building, sizes, the ten best, scores
XAPIAN := $(shell pkg-config --exists xapian-core 2>/dev/null && pkg-config --libs xapian-core)
GROONGA := $(shell pkg-config --exists groonga 2>/dev/null && pkg-config --libs groonga)
LUCENE := $(if $(wildcard /usr/include/boost/filesystem.hpp),$(shell pkg-config --exists liblucene++ 2>/dev/null \
  && pkg-config --libs liblucene++) -lboost_system)
INDEX_RIVALS := $(if $(XAPIAN),xapian) $(if $(GROONGA),groonga) $(if $(LUCENE),lucene)
INDEX_C := $(addprefix spec/bench/,index.c index_own.c index_fts.c tools.c)
bench-index: $(BENCH_DIR)/index $(IMAGES)
	@if [ -d $(SHARED)/data ]; then $(MAKE) -s $(BENCH_DIR)/index.docs && \
	  $(BENCH_PIN) $< $(B)/lib/textmill $(BENCH_DIR) $(BENCH_RUNS); \
	else echo "bench-index: skipped, $(SHARED)/data is not here"; fi
	@$(MAKE) --no-print-directory bench-explore
# sizes, concordances, collocates, patterns beside CWB's quoted figures
bench-explore: all
	@mkdir -p $(BENCH_DIR); eval "$$($(MAKE) -s env)"; export PIN="$(or $(BENCH_PIN),env)" BENCH=$(BENCH_DIR) LUA=$(LUA) \
	  RUNS=$(BENCH_RUNS) SHARED=$(wildcard $(SHARED)); $(LUA) spec/bench/clean.lua spec/bench/explore.list
$(BENCH_DIR)/index.docs: spec/bench/index_docs.lua | all
	@mkdir -p $(@D)
	@eval "$$($(MAKE) -s env)"; xzcat $(SHARED)/data/docs-47k.ndjson.xz | $(LUA) $< $(INDEX_DOCS) > $@.new && mv $@.new $@
$(BENCH_DIR)/index_xapian.o $(BENCH_DIR)/index_lucene.o: $(BENCH_DIR)/%.o: spec/bench/%.cpp spec/bench/index.h
	@mkdir -p $(@D)
	$(CXX) -O3 -w -c -o $@ $<
$(BENCH_DIR)/index_groonga.o: spec/bench/index_groonga.c spec/bench/index.h
	@mkdir -p $(@D)
	$(CC) -O3 $$(pkg-config --cflags groonga) -c -o $@ $<
$(BENCH_DIR)/index: $(INDEX_C) $(INDEX_RIVALS:%=$(BENCH_DIR)/index_%.o) spec/bench/index.h spec/bench/bench.h $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(if $(XAPIAN),-DBENCH_XAPIAN) $(if $(GROONGA),-DBENCH_GROONGA) $(if $(LUCENE),-DBENCH_LUCENE) \
	  -o $@ $(filter %.c %.o,$^) $(STATIC) $(XAPIAN) $(GROONGA) $(LUCENE) $(BENCH_LIBS) -lstdc++
.PHONY: bench-index bench-explore

# a million documents (MILLION_DOCS, MILLION_SECONDS), recombined from the real ones: rate,
# memory, searches. Takes minutes and some 4 GB under build/, which are removed.
MILLION_DOCS := 1000000
MILLION_SECONDS :=
bench-million: all
	@mkdir -p $(BENCH_DIR)
	@if [ -d $(SHARED)/data ]; then eval "$$($(MAKE) -s env)"; \
	  xzcat $(SHARED)/data/docs-47k.ndjson.xz | $(BENCH_PIN) $(LUA) spec/bench/million.lua $(BENCH_DIR) $(MILLION_DOCS) $(MILLION_SECONDS); \
	else echo "bench-million: skipped, $(SHARED)/data is not here"; fi
.PHONY: bench-million
