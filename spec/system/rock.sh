#!/usr/bin/env bash
# A clean clone becomes a rock; the packed rock is installed offline into
# another tree, the clone is deleted, and the demo runs from `/`.
# Prints `ok`/`not ok` lines and ends with `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # name, command...
  if "${@:2}" > "$work/out" 2>&1; then
    echo "ok      $1"; passed=$((passed + 1))
  else
    echo "not ok  $1"; tail -n 15 "$work/out"; failed=$((failed + 1))
  fi
}
rocks() { luarocks --lua-version=5.4 --tree="$1" "${@:2}"; }
command -v luarocks > /dev/null || { echo "luarocks is not there: skipped"; echo "0 passed, 0 failed"; exit 0; }

clone=$work/clone
git clone -q . "$clone"
# what this build has already compiled need not be compiled again
mkdir -p "$clone/build" && cp -R build/obj build/gen build/lib "$clone/build/" 2> /dev/null
find "$clone/build" -type f -exec touch {} +
make_rock() { (cd "$clone" && rocks "$work/made" make rockspec/textmill-scm-1.rockspec); }
pack_rock() { (cd "$work" && rocks "$work/made" pack textmill); }
check "luarocks make in a clean clone" make_rock
check "luarocks pack" pack_rock
rock=$(echo "$work"/*.rock)
check "installing the packed rock offline" rocks "$work/tree" install --deps-mode=none "$rock"
rm -rf "$clone" "$work/made"
installed() { (cd / && env -u LUA_PATH_5_4 -u LUA_CPATH_5_4 -u TEXTMILL_DATA "$work/tree/bin/textmill" "$@"); }
check "textmill demo from /" installed demo
check "textmill version from /" installed version
grep -q 'places' "$work/out" || { echo "not ok  the version names the data"; failed=$((failed + 1)); }
printf '%s' '中共党员24名' > "$work/page.txt"
check "textmill add from /" installed add "$work/x.db" "$work/page.txt"
check "textmill search from /" installed search "$work/x.db" 党员
du -sh "$work"/tree 2> /dev/null | sed 's/\t.*/ installed/'
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
