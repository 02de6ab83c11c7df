# rockspec/install.mk - what the build needs, and where its results go.

APT := gcc pkg-config lua5.4 liblua5.4-dev libicu-dev libsqlite3-dev zlib1g-dev libreadline-dev
APT_TEST := clang lua-busted lua-check luarocks git unzip sqlite3 xz-utils libgumbo-dev

# Names what is missing, with its package on each system; stops the build.
check-deps:
	@missing=; need() { missing="$$missing $$1"; printf '  %-8s apt: %-16s dnf: %-14s brew: %s\n' "$$@" >&2; }; \
	has() { printf "$$1\n" | $(CC) $(PKG_CFLAGS) $(LUA_CFLAGS) -E - >/dev/null 2>&1; }; \
	command -v $(firstword $(CC)) >/dev/null || need $(CC) gcc gcc gcc; \
	has '#include <lua.h>\n#if LUA_VERSION_NUM != 504\n#error\n#endif' || need 'Lua 5.4' liblua5.4-dev lua-devel lua@5.4; \
	has '#include <unicode/ucol.h>' || need ICU libicu-dev libicu-devel icu4c; \
	has '#include <sqlite3.h>' || need SQLite libsqlite3-dev sqlite-devel sqlite; \
	has '#include <zlib.h>' || need zlib zlib1g-dev zlib-devel zlib; \
	[ -z "$$missing" ] || { echo "textmill: missing:$$missing (packages named above); on Debian and Ubuntu 'make deps' installs them" >&2; exit 1; }

# $(call apt,packages): a recipe line that installs those not there yet
define apt
	@if command -v apt-get >/dev/null; then \
	  want=; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q '^install ok' || want="$$want $$p"; done; \
	  [ -n "$$want" ] || exit 0; \
	  echo "installing:$$want"; \
	  sudo=; if [ "$$(id -u)" != 0 ]; then sudo=sudo; command -v sudo >/dev/null || { echo "no sudo here; as root: apt-get install$$want" >&2; exit 1; }; fi; \
	  $$sudo apt-get update -qq || true; \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$want >/dev/null; \
	else echo "not a Debian or Ubuntu machine; needed there: $(1)"; fi
endef

# the fuzzers' run-time library, where clang came without: its package has the
# compiler's version in its name
FUZZER_LIBRARY = $(shell echo 'int LLVMFuzzerTestOneInput(const char *s, long n) { return *s && n; }' | \
  clang -x c -fsanitize=fuzzer - -o /dev/null 2>/dev/null || \
  clang --version | sed -n 's/.*version \([0-9]*\).*/libclang-rt-\1-dev/p')

deps:
	$(call apt,$(APT))
deps-test: deps
	$(call apt,$(APT_TEST))
	@$(MAKE) --no-print-directory deps-fuzz
deps-fuzz:
	$(if $(FUZZER_LIBRARY),$(call apt,$(FUZZER_LIBRARY)))
.PHONY: deps-fuzz

# ---- make install -------------------------------------------------------------

# every path is quoted: a prefix may hold blanks
DEST = $(DESTDIR)$(PREFIX)
SHARE = $(DEST)/share/lua/5.4
LIB = $(DEST)/lib/lua/5.4

install: all
	@$(MAKE) --no-print-directory rock-install ROCK_LUADIR="$(SHARE)" ROCK_LIBDIR="$(LIB)" ROCK_BINDIR="$(DEST)/bin"
	install -d "$(DEST)/include"
	install -m 644 csrc/textmill*.h "$(DEST)/include/"
	install -m 644 $(STATIC) $(LIBRARY) $(EXTENSION) "$(DEST)/lib/"

uninstall:
	rm -rf "$(SHARE)/textmill" "$(LIB)/textmill"
	cd "$(DEST)" && rm -f bin/textmill include/textmill.h include/textmill_words.h include/textmill_rules.h lib/libtextmill.a lib/libtextmill.so lib/textmill_sqlite.so

# ---- LuaRocks -------------------------------------------------------------------

rock-build: check-deps
	$(MAKE) $(MODULE) $(READLINE) $(EXTENSION) $(IMAGES)

rock-install:
	install -d "$(ROCK_LUADIR)" "$(ROCK_LIBDIR)/textmill" "$(ROCK_BINDIR)"
	cp -R lua/textmill "$(ROCK_LUADIR)/"
	install -m 755 lua/bin/textmill "$(ROCK_BINDIR)/textmill"
	install -m 644 $(MODULE) $(EXTENSION) $(IMAGES) "$(ROCK_LIBDIR)/textmill/"
	if [ -f $(READLINE) ]; then install -m 644 $(READLINE) "$(ROCK_LIBDIR)/textmill/"; fi
	-strip -S "$(ROCK_LIBDIR)"/textmill/*.so

# ---- the trained model: a file with a licence of its own, installed when asked for --

MODEL := csrc/data/models/textmill-model-gsd.dat
MODEL_LICENSE := csrc/data/models/LICENSE
# for this tree, before any installation
model: all
	install -m 644 $(MODEL) $(B)/lib/textmill/
install-model:
	@$(MAKE) --no-print-directory rock-install-model ROCK_LIBDIR="$(LIB)"
# luarocks make csrc/data/models/textmill-model-gsd-scm-1.rockspec
rock-install-model:
	install -d "$(ROCK_LIBDIR)/textmill"
	install -m 644 $(MODEL) "$(ROCK_LIBDIR)/textmill/"
	install -m 644 $(MODEL_LICENSE) "$(ROCK_LIBDIR)/textmill/textmill-model-gsd.LICENSE"

# make model-train GSD=FILE: the model from the pinned treebank, byte for byte
GSD := ../shared/data/seg/gsdsimp-v1_train.conll
GSD_SHA256 := 933252500861e43091920b43311ef8d806404beeabbaa52b30e215d250140e2e
GSD_MODEL := $(MODEL)
model-train: all
	@echo "$(GSD_SHA256)  $(GSD)" | sha256sum -c --quiet
	@$(COMMAND) train --words "$(GSD)" --name "UD Chinese GSD v1, CC BY-SA 4.0" -o $(GSD_MODEL)
.PHONY: model install-model rock-install-model model-train

# A binary rock, built and installed in a throwaway tree.
rock:
	rm -rf $(B)/rock && mkdir -p $(B)/rock
	luarocks --lua-version=5.4 --tree="$(CURDIR)/$(B)/rock/tree" make rockspec/textmill-scm-1.rockspec
	cd $(B)/rock && luarocks --lua-version=5.4 --tree="$(CURDIR)/$(B)/rock/tree" pack textmill
