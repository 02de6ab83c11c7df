#!/usr/bin/env bash
# spec/run.sh - runs the stages of `make test` (or, with `long`, of `make
# test-long`), goes on after a failure, and ends with one line that counts:
# `N passed, N failed`. A stage counts what it prints: `N passed, N failed` of
# the C programs and scripts, busted's totals, else one for its exit status.
set -u
cd "$(dirname "$0")/.."
passed=0 failed=0
log=build/test.log
: > "$log"
mk="make --no-print-directory -j$(nproc)"

count() { # name, status, output file: adds to the totals
  local p=0 f=0 line
  while read -r line; do
    if [[ $line =~ ^(.*:\ )?([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
      p=$((p + BASH_REMATCH[2])) f=$((f + BASH_REMATCH[3]))
    elif [[ $line =~ ^([0-9]+)\ success.*\ /\ ([0-9]+)\ failure.*\ /\ ([0-9]+)\ error ]]; then
      p=$((p + BASH_REMATCH[1])) f=$((f + BASH_REMATCH[2] + BASH_REMATCH[3]))
    fi
  done < "$3"
  if [ "$p" = 0 ] && [ "$f" = 0 ] && [ "$2" = 0 ]; then p=1; fi
  if [ "$2" != 0 ] && [ "$f" = 0 ]; then f=1; fi
  passed=$((passed + p)) failed=$((failed + f))
  printf '%-28s %5d passed %3d failed  %4ds\n' "$1" "$p" "$f" "$((SECONDS - began))"
  if [ "$f" != 0 ]; then tail -n 60 "$3" | sed 's/^/    /'; fi
}

stage() { # name, command...
  local name=$1 out=build/stage.out
  shift
  began=$SECONDS
  "$@" > "$out" 2>&1 < /dev/null
  count "$name" $? "$out"
  { echo "==== $name"; cat "$out"; } >> "$log"
}

eval "$(make -s env)"
if [ "${1:-}" = long ]; then
  stage "random strings beside ICU" $mk check-random
  stage "fuzzers, 60 s each" $mk fuzz SECONDS=60
  for t in spec/long/*.sh spec/long/*.lua; do
    [ -f "$t" ] || continue
    case $t in *.sh) stage "$t" bash "$t" ;; *) stage "$t" lua5.4 "$t" ;; esac
  done
else
  stage "lint" $mk lint
  stage "C units, ASan and UBSan" $mk check-units
  stage "allocation sweeps" $mk check-sweeps
  stage "threads, ThreadSanitizer" $mk check-threads
  stage "busted" busted -o plainTerminal spec/lua
  stage "fuzzers, ${FUZZ_SECONDS:-4} s each" $mk fuzz SECONDS="${FUZZ_SECONDS:-4}"
  for t in spec/system/*.sh; do
    [ -f "$t" ] && stage "$t" bash "$t"
  done
fi
echo "the whole output is in $log"
echo "$passed passed, $failed failed" | tee -a "$log"
[ "$failed" = 0 ]
