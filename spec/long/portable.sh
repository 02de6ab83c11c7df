#!/usr/bin/env bash
# spec/long/portable.sh - the module built with -DMILL_PORTABLE, which never takes a path for
# AVX2, gives the very bytes that the usual build gives: clean texts, words, facts, hits.
set -u
cd "$(dirname "$0")/../.."
passed=0 failed=0
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

make --no-print-directory -j2 check-portable > "$work/build" 2>&1 || { tail -n 20 "$work/build"; exit 1; }

# one build's module before the other's
portable() { LUA_CPATH_5_4="$PWD/build/portable/lib/?.so;;" TEXTMILL_DATA="$PWD/build/lib/textmill" lua_command "$@"; }
usual() { LUA_CPATH_5_4="$PWD/build/lib/?.so;;" lua_command "$@"; }
lua_command() { LUA_PATH_5_4="$PWD/lua/?.lua;$PWD/lua/?/init.lua;;" lua5.4 lua/bin/textmill "$@"; }

same() { # name, arguments: both builds say the same, and something
  usual "${@:2}" > "$work/usual" 2>&1
  portable "${@:2}" > "$work/portable" 2>&1
  if [ -s "$work/usual" ] && cmp -s "$work/usual" "$work/portable"; then passed=$((passed + 1))
  else failed=$((failed + 1)); echo "differs: $1"; diff "$work/usual" "$work/portable" | head -n 4; fi
}

pages=(lua/textmill/samples/*.txt lua/textmill/samples/*.html)
for page in "${pages[@]}"; do [ -f "$page" ] && same "clean $page" clean "$page"; done
# long texts meet what short ones do not: each page many times over, and cut anywhere
cat "${pages[@]}" > "$work/all" 2> /dev/null
for k in 1 2 3 4 5 6 7 8; do cat "$work/all"; done > "$work/long"
for cut in 1 7 31 32 33 63 64 65 1000 4097; do
  tail -c +$cut "$work/long" > "$work/cut.txt"
  same "clean from byte $cut" clean "$work/cut.txt"
  same "words from byte $cut" words "$work/cut.txt"
done
same "facts of the samples" filter lua/textmill/samples
same "facts of fixtures" filter spec/fixtures
usual add "$work/a.db" lua/textmill/samples > /dev/null
portable add "$work/b.db" lua/textmill/samples > /dev/null
for query in 全镇 '巡查|水库' 'word:村民' '水*'; do
  for verb in search kwic; do
    usual $verb "$work/a.db" "$query" > "$work/usual"
    portable $verb "$work/b.db" "$query" > "$work/portable"
    if [ -s "$work/usual" ] && cmp -s "$work/usual" "$work/portable"; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "differs: $verb $query"; fi
  done
done
usual verify "$work/b.db" > /dev/null 2>&1 && passed=$((passed + 1)) || failed=$((failed + 1))
# else nothing was compared
if portable version | grep -q 'simd none'; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "not the portable build"; fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
