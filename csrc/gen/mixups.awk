# mixups.awk - csrc/data/charset/gbk.txt and mixups.txt to C tables for
# core/mojibake_gbk.c and core/mojibake_latin.c: two-level tries by code point.
#
#   gbk_block[c >> 6], gbk_code[block][c & 63]   two-byte code, 0: none
#   gbk_start[c >> 3] bit c & 7                  reads like the first two bytes of
#                                                a UTF-8 sequence of three or four
#   mix_block[c >> 6], mix_row[block][c & 63]    {bytes, lead charsets, tail charsets}
#
# Block 0 is empty. Call with -v table=gbk or -v table=mix.
function hex(s,   v, i) {
  v = 0
  for (i = 1; i <= length(s); i++) v = v * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
  return v
}
function put(c, value,   b) {
  b = int(c / 64)
  if (!(b in block)) { block[b] = ++blocks; order[blocks] = b }
  cell[b, c % 64] = value
}
BEGIN { order[0] = -1 }
/^#/ || NF == 0 { next }
table == "gbk" {
  lead = hex($1)
  for (k = 2; k <= NF; k++) {
    trail = k - 2 + 64
    if (trail >= 127) trail++
    c = hex($k)
    put(c, lead * 256 + trail)
    if (lead >= 226 && lead <= 240 && trail >= 128 && trail < 192) start[int(c / 8)] += 2 ^ (c % 8)
  }
}
table == "mix" {
  leads = tails = 0
  row = ""
  for (k = 2; k <= NF; k++) {
    b = hex($k)
    if (b >= 194 && b <= 244) leads += 2 ^ (k - 2)
    if (b >= 128 && b < 192) tails += 2 ^ (k - 2)
    row = row b ", "
  }
  put(hex($1), "{{" row "}, " leads ", " tails "}")
}
END {
  printf "static const uint16_t %s_block[1024] = {", table
  for (b = 0; b < 1024; b++) printf "%s%d,", (b % 32 == 0 ? "\n" : ""), (b in block ? block[b] : 0)
  print "\n};"
  if (table == "gbk") printf "static const uint16_t gbk_code[%d][64] = {\n", blocks + 1
  else printf "static const mix mix_row[%d][64] = {\n", blocks + 1
  empty = table == "gbk" ? "0" : "{{0}, 0, 0}"
  for (n = 0; n <= blocks; n++) {
    printf "{"
    for (k = 0; k < 64; k++) printf "%s,", ((order[n], k) in cell ? cell[order[n], k] : empty)
    print "},"
  }
  print "};"
  if (table != "gbk") exit
  print "static const uint8_t gbk_start[8192] = {"
  for (b = 0; b < 8192; b++) printf "%s%d,", (b % 32 == 0 ? "\n" : ""), start[b]
  print "\n};"
}
