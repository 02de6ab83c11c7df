#!/usr/bin/env bash
# make install and uninstall, the C library, the SQLite extension, and what is
# said when a library is missing.
. "$(dirname "$0")/lib.bash"
prefix="$work/a prefix"
check "make install" make -s install PREFIX="$prefix"
hidden=(env -C / -u LUA_PATH_5_4 -u LUA_CPATH_5_4 -u TEXTMILL_DATA PATH=/usr/local/bin:/usr/bin:/bin)
says "the command, from anywhere" 0 '' "${hidden[@]}" "$prefix/bin/textmill" version
has "finds its data" 'lexicon .*places'
says "the demonstration" 0 '' "${hidden[@]}" "$prefix/bin/textmill" demo
says "the module" 0 '' "${hidden[@]}" LUA_PATH_5_4="$prefix/share/lua/5.4/?.lua;$prefix/share/lua/5.4/?/init.lua" \
  LUA_CPATH_5_4="$prefix/lib/lua/5.4/?.so" lua5.4 -e 'print(require "textmill".clean "鎮(zhèn)設(shè)立14個(gè)卡點(diǎn)")'
has "works" '^鎮設立14個卡點$'

# a stranger's C program
cat > "$work/main.c" <<'C'
#include <stdio.h>
#include <string.h>
#include <textmill.h>

int main(int argc, char **argv) {
  const char *raw = "<p>全镇设立&nbsp;14个卡点</p>";
  mill_data *data;
  mill_text *text = NULL;
  mill_tokens tokens = {0};
  mill_error err;
  if (argc < 2 || mill_data_open(argv[1], &data, &err) < 0) return puts(err.message), 1;
  if (mill_clean(data, raw, strlen(raw), NULL, &text, &err) < 0) return puts(err.message), 1;
  if (mill_segment(mill_data_lexicon(data), text->folded, text->folded_len, NULL, &tokens, &err) < 0)
    return puts(err.message), 1;
  printf("%s\n", text->clean);
  for (size_t k = 0; k < tokens.n; k++)
    printf("%.*s/", (int)(tokens.start[k + 1] - tokens.start[k]), text->folded + tokens.start[k]);
  puts("");
  mill_tokens_free(&tokens);
  mill_text_free(text);
  mill_data_free(data);
  return 0;
}
C
libs=$(pkg-config --libs icu-i18n icu-uc sqlite3)
check "a C program compiles with the library" \
  bash -c "cc -std=c11 -Wall -Wextra -Werror -I'$prefix/include' '$work/main.c' '$prefix/lib/libtextmill.a' $libs -lz -lm -pthread -o '$work/main'"
check "and with the shared one" \
  bash -c "cc -std=c11 -I'$prefix/include' '$work/main.c' -L'$prefix/lib' -ltextmill -o '$work/shared' && LD_LIBRARY_PATH='$prefix/lib' '$work/shared' '$prefix/lib/lua/5.4/textmill'"
if echo 'int x;' | cc -x c++ -fsyntax-only - 2> /dev/null; then
  check "the header in C++" bash -c "echo '#include <textmill.h>' | cc -x c++ -fsyntax-only -I'$prefix/include' -"
else skip "the header in C++: no compiler"; fi
says "it runs" 0 '' "$work/main" "$prefix/lib/lua/5.4/textmill"
has "and cleans" '^全镇设立.14个卡点$'
has "and segments" '/设立/.*14/个/'
says "it says what is missing" 1 '' "$work/main" "$work"
has "by name" 'textmill-unicode\.dat'
exported=$(nm -g --defined-only "$prefix/lib/lua/5.4/textmill/core.so" | awk '{ print $3 }' | grep -vE '^(mill_|luaopen_)')
check "nothing but mill_ and luaopen_ is exported" test -z "$exported"

# a stock SQLite
if command -v sqlite3 > /dev/null; then
  for dir in "$prefix/lib" "$prefix/lib/lua/5.4/textmill"; do
    says "the extension in ${dir#"$prefix"/}" 0 '' "${hidden[@]}" sqlite3 :memory: ".load '$dir/textmill_sqlite'" \
      "create virtual table t using fts5(x, tokenize='textmill'); insert into t values('全鎮設立14個卡點');" \
      "select count(*) from t where t match '设立'; select mill_fold('ＡＢ鎮');"
    has "its tokenizer" '^1$'
    has "its functions" '^ab镇$'
  done
else skip "the extension: no sqlite3 shell"; fi

check "make uninstall" make -s uninstall PREFIX="$prefix"
left=$(find "$prefix" ! -type d)
check "leaves nothing" test -z "$left"

# what is missing is named, with its package on each system
mkdir "$work/bin"
cat > "$work/bin/cc" <<S
#!/bin/sh
# a compiler that does not find the header \$HIDE
case " \$* " in
  *" -E - "*)
    cat > "$work/input"
    grep -qF "<\${HIDE:-none}" "$work/input" && exit 1
    exec $(command -v cc) "\$@" < "$work/input" ;;
esac
exec $(command -v cc) "\$@"
S
chmod +x "$work/bin/cc"
cp "$work/bin/cc" "$work/bin/gcc"
hiding=(env PATH="$work/bin:$PATH")
while read -r header apt dnf brew; do
  says "without $header" 2 "apt: $apt +dnf: $dnf +brew: $brew" "${hiding[@]}" HIDE="$header" make -s check-deps
done <<'L'
unicode/ libicu-dev libicu-devel icu4c
sqlite3.h libsqlite3-dev sqlite-devel sqlite
zlib.h zlib1g-dev zlib-devel zlib
lua.h liblua5.4-dev lua-devel lua@5.4
L
says "without a compiler" 2 'apt: gcc' make -s check-deps CC=no-such-compiler
says "with all of it" 0 '' "${hiding[@]}" make -s check-deps
if command -v luarocks > /dev/null; then
  git clone -q . "$work/clone"
  says "luarocks names a missing library" 1 'apt: libicu-dev' \
    "${hiding[@]}" HIDE=unicode/ bash -c "cd '$work/clone' && luarocks --lua-version=5.4 --tree='$work/tree' make rockspec/textmill-scm-1.rockspec"
else skip "luarocks: not there"; fi
finish
