#!/usr/bin/env bash
# Whatever the command is given: a clear message, an exit status, and the rest
# of the work done. Nothing hangs, nothing crashes, nothing is lost silently.
. "$(dirname "$0")/lib.bash"
samples=$top/lua/textmill/samples
good=$samples/01_flood.txt
cd "$work" || exit 1

# ---- files that are no pages

: > empty.txt
printf 'a\0b\0\344\270\255' > nul.txt
printf '\346\230\245\377\376 \344\270' > broken.txt
mkdir folder
mkfifo fifo
ln -s nowhere dangling
says "an empty file" 1 'empty\.txt: empty document' textmill clean empty.txt
says "NULs" 0 '' textmill clean nul.txt
says "broken UTF-8" 0 '' textmill clean --charset utf-8 broken.txt
has "is repaired" '�'
says "broken UTF-8 where text is wanted" 1 'broken\.txt: not UTF-8 at byte 4' textmill words broken.txt
says "a folder for a file" 1 'folder is not a regular file' textmill clean folder
says "a FIFO for a file" 1 'fifo is not a regular file' textmill clean fifo
says "a dangling link" 1 'dangling: No such file' textmill clean dangling
says "annotate goes on" 1 "fifo" textmill annotate empty.txt fifo "$good"
check "one line a file" test "$(wc -l < out)" = 3

mkdir mixed
cp "$good" empty.txt nul.txt mixed/
mkfifo mixed/fifo
ln -s nowhere mixed/dangling
ln -s . mixed/loop
says "bad files among good ones are listed" 1 'mixed/fifo is a fifo' textmill add mixed.db mixed
has "the rest goes in" '5 documents: 2 added.* 3 failed'
check "each by its name" grep -q 'mixed/empty\.txt: empty document (empty)' err
check "and the log keeps them" test "$(textmill sql mixed.db 'select group_concat(code) from add_log' | tail -n 1)" = notfound,empty,io

# ---- much of it

head -c 104857600 < <(yes '春天来了,河边的树都绿了。' | tr -d '\n') > line.txt
says "one line of 100 MB" 0 '' bash -c 'textmill clean line.txt | wc -c'
has "comes out whole" '^104857[0-9]{3}$'
says "100 MB and little memory" 1 'line\.txt: out of memory|out of memory' bash -c 'ulimit -v 400000; textmill clean line.txt'
says "100 MB into a corpus and little memory" 3 'out of memory' bash -c 'ulimit -v 400000; textmill add mixed.db line.txt'
says "the corpus is as it was" 0 'all is well' textmill verify mixed.db
{ yes '<div>' | head -n 100000; echo 春天; yes '</div>' | head -n 100000; } | tr -d '\n' > tags.html
says "100,000 nested tags" 0 '' textmill clean tags.html
has "are flattened" '^春天$'
yes '[' | head -n 100000 | tr -d '\n' > deep.ndjson
says "100,000 nested lists" 1 'deep\.ndjson:1: nested deeper' textmill add deep.db deep.ndjson

# ---- wrong databases

says "no such database" 3 'nowhere\.db: No such file' textmill search nowhere.db x
check "is not made" test ! -e nowhere.db
says "a folder for a database" 3 'folder: is a folder' textmill search folder x
says "a FIFO for a database" 3 'fifo: is not a regular file' textmill add fifo "$good"
says "an empty file for a database" 3 'empty\.txt: an empty file' textmill search empty.txt x
says "a text for a database" 3 'not a textmill corpus' textmill search "$good" x
says "no name for a database" 3 'not the name of a file' textmill add '' "$good"
check "a corpus" textmill add c.db "$samples"
cp c.db newer.db
if command -v sqlite3 > /dev/null; then
  sqlite3 newer.db 'pragma user_version=99'
  says "a newer database" 3 'newer' textmill search newer.db x
  sqlite3 foreign.db 'create table t(x)'
  says "a foreign database" 3 'not a textmill corpus' textmill search foreign.db x
else skip "newer and foreign databases: no sqlite3 shell"; fi
size=$(stat -c %s c.db)
head -c $((size * 2 / 3)) c.db > cut.db
says "a database cut off" 3 'cut\.db: .*(damaged|corrupt|malformed)' textmill verify cut.db
textmill kwic c.db 工作 > expected
crashes=0 wrong=0 seen=0
# bits of bytes in use: nobody can see damage in the empty part of a page
od -An -v -tu1 -w1 c.db | awk '$1 > 0 { print NR - 1 }' > used
used=$(wc -l < used)
for k in $(seq 1 40); do
  cp c.db flip.db
  at=$(sed -n "$((used * (2 * k - 1) / 80 + k * 37 % (used / 80) + 1))p" used)
  byte=$(od -An -tu1 -j $at -N 1 flip.db)
  printf "$(printf '\\%03o' $((byte ^ 1 << k % 8)))" | dd of=flip.db bs=1 seek=$at conv=notrunc status=none
  timeout 60 textmill verify flip.db > out 2> err
  status=$?
  timeout 60 textmill kwic flip.db 工作 > kwic 2>> err
  case "$status $?" in [013]' '[03]) ;; *) crashes=$((crashes + 1)) ;; esac
  grep -q traceback err && crashes=$((crashes + 1))
  if [ $status = 0 ]; then cmp -s kwic expected || wrong=$((wrong + 1)); else seen=$((seen + 1)); fi
done
check "40 flipped bits: no crash" test $crashes = 0
check "what verify passes answers as before" test $wrong = 0
check "verify sees damage ($seen of 40)" test $seen -gt 4

# ---- no permission, no room

command -v setpriv > /dev/null && [ "$(id -u)" = 0 ] &&
  other=(setpriv --reuid=65534 --regid=65534 --clear-groups) || other=()
if [ "$(id -u)" != 0 ] || [ ${#other[@]} -gt 0 ]; then
  make -s -C "$top" install PREFIX="$work/prefix" > /dev/null 2>&1
  mkdir locked
  cp c.db "$good" locked/
  echo 春 > locked/secret.txt
  chmod 000 locked/secret.txt
  chmod 444 locked/c.db
  mkdir locked/shut
  chmod 000 locked/shut
  chmod 555 locked
  as_other=(env -C / -u HOME "${other[@]}" "$work/prefix/bin/textmill")
  mkdir -m 777 theirs
  says "a read-only database in a read-only folder is read" 0 '' "${as_other[@]}" search "$work/locked/c.db" 工作
  has "and answers" '工作'
  says "a read-only database" 3 'c\.db: .*read-only' "${as_other[@]}" add "$work/locked/c.db" "$good"
  says "a read-only folder" 3 'new\.db: .*(unable to open|cannot|Permission)' "${as_other[@]}" add "$work/locked/new.db" "$good"
  says "unreadable files among good ones" 1 'secret\.txt: Permission denied' "${as_other[@]}" add "$work/theirs/x.db" "$work/locked"
  check "an unreadable folder is listed" grep -q 'shut: Permission denied' err
  chmod -R u+rwx locked
else skip "permissions: root without setpriv"; fi

mkdir big small
for k in 1 2 3 4; do head -c 3000000 /dev/urandom | base64 > big/$k.txt; done
says "a limit on the size of files" 3 'full|too large' bash -c 'trap "" XFSZ; ulimit -f 8000; textmill add limit.db '"$good"' && textmill add limit.db big'
says "what was there is well" 0 'all is well' textmill verify limit.db
check "and complete" test "$(textmill sql limit.db 'select count(*) from documents' | tail -n 1)" = 1
full_disk='mount -t tmpfs -o size=8m none small || exit 77
textmill add small/x.db '"$samples"' || exit 78
textmill add small/x.db big; echo "status $?"
textmill verify small/x.db && textmill sql small/x.db "select count(*) as n from documents"'
spaces=-m
[ "$(id -u)" = 0 ] || spaces=-rm
unshare $spaces bash -c "$full_disk" > disk.out 2> disk.err
case $? in
  0)
    check "a full disk is an error" grep -q 'status 3' disk.out
    check "a full disk is named" grep -q 'full' disk.err
    check "what was there is well" grep -q 'all is well' disk.err
    check "and complete" grep -qx 10 disk.out ;;
  78) fail "a full disk" "cannot be filled" ;;
  *) skip "a full disk: no mounting here" ;;
esac
if [ -w /dev/full ]; then
  for verb in "clean $good" "search c.db 工作" "docs c.db" "annotate $good" version --help; do
    says "output to a full disk: ${verb%% *}" 3 'cannot write|No space' bash -c "textmill $verb > /dev/full"
  done
fi

# ---- pipes, signals, others at work

says "a closed pipe" 0 '' bash -c 'textmill kwic c.db 的 | head -n 1'
says "a closed pipe, signal ignored" 0 '' bash -c 'trap "" PIPE; textmill clean line.txt | head -c 10'
says "filter into a closed pipe, signal ignored" 0 '' bash -c 'trap "" PIPE; textmill filter '"$samples"' | head -c 10'
mkdir many
for k in $(seq 1 400); do echo "第$k篇:全镇设立卡点${k}处。" > many/n$k.txt; done
interrupted() { # signal: of an add that has begun
  textmill add c.db big many line.txt & local pid=$!
  sleep 0.6
  kill "-$1" $pid
  wait $pid
}
export -f interrupted
says "interrupted" 130 'add: interrupted' bash -c 'set -m; interrupted INT'
says "reopening after an interruption" 0 'all is well' textmill verify c.db
says "killed" 137 '' bash -c 'interrupted KILL 2> /dev/null'
says "reopening after a kill" 0 'all is well' textmill verify c.db
check "committed documents are there" test "$(textmill sql c.db "select count(*) from documents where path like '%samples%'" | tail -n 1)" = 10
check "a killed writer loses nothing it said to be committed" lua5.4 "$top/spec/long/kill.lua" 12

cat > hold.lua <<'L'
local c = require "textmill.core".open(arg[1], { mode = "rw" })
c:begin()
c:add { raw = "甲乙丙丁", id = "held" }
io.open(arg[2], "w"):close()
os.execute "sleep 6.5"
c:commit()
L
lua5.4 hold.lua c.db held &
for _ in $(seq 1 50); do [ -e held ] || sleep 0.1; done
says "a reader beside a writer" 0 '' textmill search c.db 甲乙丙丁
hasnt "sees whole commits only" held
says "a second writer" 3 'c\.db: .*another program is writing' textmill add c.db many
wait
says "afterwards" 0 '' textmill search c.db 甲乙丙丁
has "all is seen" held

# ---- wrong words

cat > records.ndjson <<'L'
{"id":"a","text":"设立14个卡点"}
garbage
{"id":{"x":1},"text":"x"}
{"id":"c","text":5}
{"id":"d","text":"甲","path":[1]}
[1,2
"a string"
{"id":"e","bytes_b64":"!!"}
{"id":"f","path":"/nonexistent"}
{"id":null,"text":"\ud800春"}
L
says "records of garbage" 1 "records\.ndjson:2: expected a value" textmill add r.db records.ndjson
has "the rest goes in" '10 documents: 2 added.* 8 failed'
check "each is named" test "$(grep -c '^textmill: records\.ndjson:[0-9]*: ' err)" = 8
says "the filter answers each record" 1 '' textmill filter records.ndjson
check "with one line" test "$(wc -l < out)" = 10
printf 'name,url\nx,y\n' > sheet.csv
says "a sheet without the key column" 3 "sheet\.csv has no column 'file' \(there are: name, url\)" textmill add s.db "$good" --meta sheet.csv --key file
says "an empty sheet" 3 'empty\.txt: an empty sheet' textmill add s.db "$good" --meta empty.txt
says "no such sheet" 3 'none\.csv: No such file' textmill add s.db "$good" --meta none.csv
says "a FIFO for a sheet" 3 'fifo is a fifo' textmill add s.db "$good" --meta fifo
says "an unknown charset" 1 'charset' textmill clean --charset no-such "$good"
says "an unknown verb" 2 "did you mean search" textmill serch c.db x
says "an unknown option" 2 'unknown option --nothing' textmill search --nothing c.db x
says "no arguments" 2 'too few arguments' textmill search
says "a bad number" 2 "'x' is not a number" textmill search c.db 工作 --limit x
says "a bad query" 3 '' bash -c 'textmill search c.db "(工作" 2>&1'
says "an empty query" 3 '' bash -c 'textmill search c.db "" 2>&1'
says "writing SQL" 3 'only|read|authori' textmill sql c.db 'delete from mill_docs'
says "bad SQL" 3 'syntax error' textmill sql c.db 'selec 1'
says "a bad pattern" 2 'nothing|nil' textmill match c.db 'P.nothing()'
says "a bad citation" 1 'cit|DOC#' textmill cite c.db 'x#a,b'
says "a citation outside" 1 '01' textmill cite c.db '01#99999999999999999999,5'
says "no such document" 1 'no document|nowhere' textmill remove c.db nowhere
says "no such pack" 3 'no pack' textmill extract c.db no.such

# ---- strangers' text: never SQL, HTML, a formula, or orders to the terminal

odd=$'odd\n\'"*?[x]; drop table mill_docs; --.txt'
mkdir odd
printf '设立14个卡点\n' > "odd/$odd"
printf '甲卡点乙\033]0;title\007\033[2J丙\n' > $'odd/\033[31mred.txt'
printf '丁卡点' > 'odd/=1+1.txt'
printf '戊卡点' > 'odd/<script>alert(1).txt'
printf '己卡点' > odd/-rf.txt
says "odd names" 0 '' textmill add odd.db odd
says "are data in SQL" 0 'all is well' textmill verify odd.db
says "a message" 1 'none' bash -c $'textmill add odd.db odd/none\033[31m.txt'
if grep -q $'\033' err; then fail "messages carry no orders to the terminal" ""; else pass "messages carry no orders to the terminal"; fi
says "HTML" 0 '' textmill docs odd.db --format html
hasnt "is escaped" '<script>'
says "CSV" 0 '' textmill docs odd.db --format csv
hasnt "is guarded" '(^|,)"?='
if script -qec true /dev/null > /dev/null 2>&1; then
  says "a terminal" 0 '' script -qec 'NO_COLOR=1 TERM=xterm textmill kwic odd.db 卡点' /dev/null
  hasnt "gets no orders" $'\033'
else skip "a terminal: none can be made here"; fi

# ---- surroundings

says "no HOME, no folder for temporary files" 0 '' env -u HOME TMPDIR=/nonexistent textmill search c.db 工作
for locale in C zh_CN.UTF-8 tr_TR.UTF-8; do
  LC_ALL=$locale textmill annotate "$samples"/*.txt > "annotate.$locale"
  LC_ALL=$locale textmill kwic c.db 工作 > "kwic.$locale"
  check "output under locale $locale" cmp annotate.C "annotate.$locale"
  check "concordance under locale $locale" cmp kwic.C "kwic.$locale"
done
finish
