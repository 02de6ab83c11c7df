# table.awk - turns the plain text tables of csrc/data that are part of the
# C code into initialiser rows: common-han.txt gives {0x4E00, 7}, and
# entities.txt gives {"amp;", 4, 0x26, 0}. Lines with # are comments.
/^#/ || NF == 0 { next }
FILENAME ~ /entities/ {
  printf "{\"%s\", %d, 0x%s, 0x%s},\n", $1, length($1), $2, (NF > 2 ? $3 : "0")
  next
}
{ printf "{0x%s, %s},\n", $1, $2 }
