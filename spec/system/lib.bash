# lib.bash - what the tests of the whole system share: a folder of their own,
# counting, and commands that must end in time with a status and one message.
#
#   . "$(dirname "$0")/lib.bash"        goes to the top of the project
#   check NAME command...               status 0
#   says NAME STATUS REGEX command...   that status; stderr matches ('' = silent);
#                                       no traceback
#   has NAME REGEX, hasnt NAME REGEX    the output of the last `says`, kept in
#                                       $work/out and $work/err, has such a line
#   skip REASON                         says why something is not tested
#   finish                              `N passed, N failed`, and the exit status
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
top=$PWD
eval "$(make -s env)"
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

pass() { echo "ok      $1"; passed=$((passed + 1)); }
fail() { # name, why
  echo "not ok  $1: $2"
  failed=$((failed + 1))
  tail -n 12 "$work/out" "$work/err" 2> /dev/null | cut -c1-300
}
skip() { echo "skipped $1"; }

check() {
  local name=$1
  shift
  if timeout 300 "$@" > "$work/check.out" 2>&1 < /dev/null; then pass "$name"
  else
    fail "$name" "status $?"
    tail -n 12 "$work/check.out" | cut -c1-300
  fi
}

says() {
  local name=$1 want=$2 pattern=$3 status
  shift 3
  timeout 120 "$@" > "$work/out" 2> "$work/err" < /dev/null
  status=$?
  if [ "$status" != "$want" ]; then fail "$name" "status $status, not $want"
  elif grep -qE 'traceback|\.lua:[0-9]+:|Sanitizer' "$work/err"; then fail "$name" "a traceback"
  elif [ -z "$pattern" ] && [ -s "$work/err" ]; then fail "$name" "not silent"
  elif [ -n "$pattern" ] && ! grep -qE -- "$pattern" "$work/err"; then fail "$name" "no message like $pattern"
  else pass "$name"; fi
}

has() { if grep -qE -- "$2" "$work/out"; then pass "$1"; else fail "$1" "no output like $2"; fi; }
hasnt() { if grep -qE -- "$2" "$work/out"; then fail "$1" "there is output like $2"; else pass "$1"; fi; }

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
  exit
}
