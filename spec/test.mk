# spec/test.mk - how the project tests and lints itself.

BUSTED := busted

test: all
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory check-units
	@eval "$$($(MAKE) -s env)"; $(BUSTED) spec/lua

# The borders between the layers, and warnings as errors with both compilers.
lint:
	@! grep -nE '#include *[<"](lua|lauxlib|lualib|sqlite3)\.h' csrc/core/*.c csrc/core/*.h || { echo "lint: the core includes Lua or SQLite"; exit 1; }
	@! grep -nE '#include *[<"](lua|lauxlib|lualib)\.h' csrc/store/* csrc/ext/* 2>/dev/null || { echo "lint: the store includes Lua"; exit 1; }
	@! grep -nE '\b(abort|exit|printf)\(' csrc/core/*.c csrc/store/*.c 2>/dev/null || { echo "lint: the library prints or exits"; exit 1; }
	@luacheck -q lua spec
