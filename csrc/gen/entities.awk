# entities.awk - a hash table of entities.txt: slot -> 1 + row, 0: empty, as the
# initialiser rows of an array of 8192. The hash is that of csrc/core/entities.c:
# h = (33 h + byte) mod 8192 over the name, from 0; a taken slot: the next one.
BEGIN { for (c = 33; c < 127; c++) code[sprintf("%c", c)] = c }
/^#/ || NF == 0 { next }
{
  h = 0
  for (k = 1; k <= length($1); k++) h = (33 * h + code[substr($1, k, 1)]) % 8192
  while (h in slots) h = (h + 1) % 8192
  slots[h] = ++rows
}
END { for (h = 0; h < 8192; h++) printf "%d,%s", slots[h], h % 16 == 15 ? "\n" : " " }
