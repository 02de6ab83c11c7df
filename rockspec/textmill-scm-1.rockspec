rockspec_format = "3.0"
package = "textmill"
version = "scm-1"
source = {
   url = "git+https://github.com/textmill/textmill.git",
}
description = {
   summary = "Dirty multilingual text in, searchable facts that cite their raw bytes out",
   detailed = [[
A C core cleans, normalises, segments and indexes text; Lua scripts define
extraction rules and queries; a corpus is one SQLite file. Every token, hit
and fact maps back to the exact bytes of the document as it came.]],
   license = "MIT",
   homepage = "https://github.com/textmill/textmill",
   labels = { "text", "nlp", "chinese", "search", "unicode" },
}
supported_platforms = { "linux", "macosx" }
dependencies = { "lua >= 5.4, < 5.5" }
build = {
   type = "make",
   build_target = "rock-build",
   install_target = "rock-install",
   build_variables = {
      CFLAGS = "$(CFLAGS) -O3",
      LUA = "$(LUA)",
      LUA_INCDIR = "$(LUA_INCDIR)",
   },
   install_variables = {
      ROCK_LUADIR = "$(LUADIR)",
      ROCK_LIBDIR = "$(LIBDIR)",
      ROCK_BINDIR = "$(BINDIR)",
   },
}
