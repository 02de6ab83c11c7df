# rockspec/install.mk - what the build needs, and where its results go.

APT := gcc pkg-config lua5.4 liblua5.4-dev libicu-dev libsqlite3-dev zlib1g-dev libreadline-dev
APT_TEST := clang libclang-rt-14-dev lua-busted lua-check luarocks sqlite3 python3 xz-utils

# Names what is missing, with its package on each system; stops the build.
check-deps:
	@missing=; need() { missing="$$missing $$1"; printf '  %-10s apt: %-16s dnf: %-14s brew: %s\n' "$$1" "$$2" "$$3" "$$4"; }; \
	has() { printf '#include <%s>\n' "$$1" | $(CC) $(PKG_CFLAGS) $(LUA_CFLAGS) -E - >/dev/null 2>&1; }; \
	command -v $(CC) >/dev/null || need $(CC) gcc gcc gcc; \
	has lua.h || need lua5.4 liblua5.4-dev lua-devel lua; \
	has unicode/ucol.h || need ICU libicu-dev libicu-devel icu4c; \
	has sqlite3.h || need SQLite libsqlite3-dev sqlite-devel sqlite; \
	has zlib.h || need zlib zlib1g-dev zlib-devel zlib; \
	if [ -n "$$missing" ]; then echo "textmill: missing:$$missing (packages named above); on Debian and Ubuntu 'make deps' installs them" >&2; exit 1; fi

# $(call apt,packages): installs those that are not there yet
define apt
	@if command -v apt-get >/dev/null; then \
	  want=; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q '^install ok' || want="$$want $$p"; done; \
	  if [ -n "$$want" ]; then echo "installing:$$want"; \
	    sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$want >/dev/null; fi; \
	else echo "not a Debian or Ubuntu machine; needed there: $(1)"; fi
endef

deps:
	$(call apt,$(APT))
deps-test: deps
	$(call apt,$(APT_TEST))

# ---- make install -------------------------------------------------------------

SHARE = $(DESTDIR)$(PREFIX)/share/lua/5.4
LIB = $(DESTDIR)$(PREFIX)/lib/lua/5.4
INSTALLED = $(SHARE)/textmill $(LIB)/textmill $(DESTDIR)$(PREFIX)/bin/textmill \
  $(DESTDIR)$(PREFIX)/include/textmill.h $(DESTDIR)$(PREFIX)/lib/libtextmill.a $(DESTDIR)$(PREFIX)/lib/libtextmill.so $(DESTDIR)$(PREFIX)/lib/textmill_sqlite.so

install: all
	$(MAKE) rock-install ROCK_LUADIR=$(SHARE) ROCK_LIBDIR=$(LIB) ROCK_BINDIR=$(DESTDIR)$(PREFIX)/bin
	install -d $(DESTDIR)$(PREFIX)/include
	install -m 644 csrc/textmill.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 $(STATIC) $(SHARED) $(EXTENSION) $(DESTDIR)$(PREFIX)/lib/

uninstall:
	rm -rf $(INSTALLED)

# ---- LuaRocks -------------------------------------------------------------------

rock-build: check-deps
	$(MAKE) $(MODULE) $(READLINE) $(EXTENSION) $(IMAGES)

rock-install:
	install -d $(ROCK_LUADIR) $(ROCK_LIBDIR)/textmill $(ROCK_BINDIR)
	cp -R lua/textmill $(ROCK_LUADIR)/
	install -m 755 lua/bin/textmill $(ROCK_BINDIR)/textmill
	install -m 644 $(MODULE) $(EXTENSION) $(IMAGES) $(ROCK_LIBDIR)/textmill/
	if [ -f $(READLINE) ]; then install -m 644 $(READLINE) $(ROCK_LIBDIR)/textmill/; fi
	-strip -S $(ROCK_LIBDIR)/textmill/*.so

# A binary rock, built and installed in a throwaway tree.
rock:
	rm -rf $(B)/rock && mkdir -p $(B)/rock
	luarocks --lua-version=5.4 --tree=$(CURDIR)/$(B)/rock/tree make rockspec/textmill-scm-1.rockspec
	cd $(B)/rock && luarocks --lua-version=5.4 --tree=$(CURDIR)/$(B)/rock/tree pack textmill
