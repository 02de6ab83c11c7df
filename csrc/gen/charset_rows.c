/*
** charset_rows - tables for reading and for guessing legacy charsets, as C rows
** usage: charset_rows DATA > charset-rows.inc
**
** Of every charset of two bytes, by (lead & 127) << 8 | trail:
**   charset_pairs     the character; 0 where one has to ask ICU
**   charset_weights   its log probability in texts of that charset, in quarter bits
** Of every charset of one byte, by byte & 127:
**   charset_letters   the same
**
** Chinese: jieba's word frequencies, summed over the characters of the words;
** traditional forms by OpenCC's STCharacters. Japanese: the same with the forms of
** JPShinjitaiCharacters, and kana. Korean: the syllables of common-han.txt. What
** kana, punctuation and rarer signs weigh is chosen by hand: their share of texts
** in general, in bits. Letters of alphabets come in the order of their frequency.
*/
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#define CHARS 65536
#define PAIRS 32768
#define NEVER (-31.75) /* bits; the least an int8_t of quarters holds */
#define RARE (-19.0)   /* a character of the script that the frequencies do not know */

enum { SIMPLIFIED, TRADITIONAL, SHINJITAI, HANGUL, N_STYLES };
static double bits[N_STYLES][CHARS]; /* first frequencies, then log2 of their share */

_Noreturn static void die(const char *what, const char *name) {
  fprintf(stderr, "charset_rows: %s %s\n", what, name);
  exit(1);
}

static FILE *open_data(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *f = fopen(path, "rb");
  if (f == NULL) die("cannot open", path);
  return f;
}

/* The next character at s[*i]; 0 at the end. */
static uint32_t next_char(const char *s, int32_t *i) {
  UChar32 c = 0;
  if (s[*i] != 0) U8_NEXT((const uint8_t *)s, *i, -1, c);
  return c > 0 && c < CHARS ? (uint32_t)c : c > 0 ? 0xFFFD : 0;
}

static void read_words(const char *folder) { /* word SP frequency SP tag */
  char line[1024];
  FILE *f = open_data(folder, "words/dict.txt");
  while (fgets(line, sizeof line, f) != NULL) {
    char *space = strchr(line, ' ');
    if (space == NULL) continue;
    *space = 0;
    double frequency = atof(space + 1);
    int32_t i = 0;
    for (uint32_t c; (c = next_char(line, &i)) != 0;)
      if (c >= 0x4E00 && c <= 0x9FFF) bits[SIMPLIFIED][c] += frequency;
  }
  fclose(f);
}

/* Shares what `from` has among the forms of each character: all of it to the
** first, a quarter to the second. Those not listed stay as they are. */
static void read_forms(const char *folder, const char *name, int from, int to, int backward) {
  char line[1024];
  static unsigned char listed[CHARS];
  memset(listed, 0, sizeof listed);
  FILE *f = open_data(folder, name);
  while (fgets(line, sizeof line, f) != NULL) {
    int32_t i = 0;
    uint32_t key = next_char(line, &i), c;
    if (line[0] == '#' || key < 0x80 || line[i] != '\t') continue;
    double share = 1;
    i++;
    if (!backward) listed[key] = 1;
    for (int k = 0; k < 2 && (c = next_char(line, &i)) > 0x80; k++, share /= 4) {
      if (backward) listed[c] = 1, bits[to][key] += bits[from][c];
      else bits[to][c] += share * bits[from][key];
      if (line[i] == ' ') i++;
    }
  }
  for (uint32_t c = 0; c < CHARS; c++)
    if (!listed[c]) bits[to][c] += bits[from][c];
  fclose(f);
}

static void read_hangul(const char *folder) {
  char line[256];
  unsigned c, weight;
  FILE *f = open_data(folder, "charset/common-han.txt");
  while (fgets(line, sizeof line, f) != NULL)
    if (sscanf(line, "%x %u", &c, &weight) == 2 && c >= 0xAC00 && c <= 0xD7A3) bits[HANGUL][c] = 1;
  fclose(f);
}

/* Frequencies to log2 of the share of all characters; the punctuation of texts and
** other scripts take their part first. */
static void take_logarithms(int style, double part) {
  double sum = 0;
  for (uint32_t c = 0; c < CHARS; c++) sum += bits[style][c];
  for (uint32_t c = 0; c < CHARS; c++)
    bits[style][c] = bits[style][c] > 0 ? fmax(RARE, log2(part * bits[style][c] / sum)) : RARE;
}

static int is_in(uint32_t c, const char *list) {
  int32_t i = 0;
  for (uint32_t x; (x = next_char(list, &i)) != 0;)
    if (x == c) return 1;
  return 0;
}

/* What all of them have. */
static double sign(uint32_t c) {
  if (is_in(c, "，。、")) return -5.5;
  if (is_in(c, "：；“”！？（）《》「」…—·　")) return -8;
  if (c >= 0xFF01 && c <= 0xFF5E) return -10;
  if (c >= 0x3000 && c <= 0x303F) return -11;
  if (c >= 0x2000 && c <= 0x27BF) return -13;
  if ((c >= 0xE000 && c <= 0xF8FF) || c < 0xA0) return -29;
  return -18;
}

static double kana(uint32_t c) {
  if (is_in(c, "のにはをたがでてとしれさるいなかもらすこりっうまくん")) return -5;
  if (c >= 0x3041 && c <= 0x3093) return -8;
  if (is_in(c, "ーンスルトリラックイシアタドロレマジテ")) return -7.5;
  if (c >= 0x30A1 && c <= 0x30FC) return -10;
  return c >= 0xFF61 && c <= 0xFF9F ? -16 : 0;
}

static double probability(int style, uint32_t c) {
  int han = c >= 0x4E00 && c <= 0x9FFF, is_kana = kana(c) != 0;
  if (c >= 0x3400 && c < 0x4E00) return -25;
  if (style == SHINJITAI && is_kana) return kana(c);
  if (is_kana) return -17;
  if (style == HANGUL) {
    if (c >= 0xAC00 && c <= 0xD7A3) return bits[HANGUL][c] > 0 ? -7 : -13.5;
    return han ? -20 : sign(c);
  }
  if (!han) return sign(c);
  /* traditional texts are written in GBK, too, but seldom */
  return style == SIMPLIFIED ? fmax(bits[SIMPLIFIED][c], bits[TRADITIONAL][c] - 3) : bits[style][c];
}

/* ---- two bytes ------------------------------------------------------------------ */

typedef struct charset { const char *converter; int style; } charset;
static const charset doubles[] = { /* in the order of charset.h */
    {"gb18030", SIMPLIFIED}, {"Big5-HKSCS", TRADITIONAL}, {"windows-31j", SHINJITAI},
    {"euc-jp", SHINJITAI},   {"windows-949", HANGUL}};
enum { N_DOUBLES = sizeof doubles / sizeof *doubles };

/* The one character that these two bytes are, or 0. */
static uint32_t pair(UConverter *cv, unsigned i, int big5) {
  UErrorCode status = U_ZERO_ERROR;
  char s[2] = {(char)(0x80 | i >> 8), (char)(i & 255)};
  const char *at = s;
  ucnv_resetToUnicode(cv);
  if (big5 && (unsigned char)s[0] == 0x88) return 0; /* some of these are two characters */
  UChar32 c = ucnv_getNextUChar(cv, &at, s + 2, &status);
  if (U_FAILURE(status) || at != s + 2) return 0;
  return (c >= 0x80 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFD) ? (uint32_t)c : 0;
}

static UConverter *open_converter(const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *cv = ucnv_open(name, &status);
  if (U_FAILURE(status)) die("no converter", name);
  ucnv_setToUCallBack(cv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  return cv;
}

static int quarter(double x) { return (int)lround(4 * fmax(NEVER, x)); }

/* Both tables of charset k, a row each. */
static void print_double(const charset *k, int weights) {
  UConverter *cv = open_converter(k->converter);
  printf("{");
  for (unsigned i = 0; i < PAIRS; i++) {
    uint32_t c = pair(cv, i, k->style == TRADITIONAL);
    double x = c == 0 ? NEVER : probability(k->style, c);
    if (k->style == HANGUL && (i & 255) < 0xA1 && c != 0) x = -21; /* not in KS X 1001: rare syllables */
    printf(i % 64 == 63 ? "%d,\n" : "%d,", weights ? quarter(x) : (int)c);
  }
  printf("},\n");
  ucnv_close(cv);
}

/* ---- one byte -------------------------------------------------------------------- */

static const struct { const char *converter, *letters; double first, step; } singles[] = {
    {"windows-1252", "éäüóáíöàèñçåêãøßâôúîûëïæùõòœìÿýðþšž", -4.5, 0.16},
    {"windows-1250", "áéíóěščřžýůąęłśżúćńöüőźűăâîňťďäţş", -4.8, 0.13},
    {"windows-1254", "ıüşğöç", -4, 0.4},
    {"windows-1251", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёії", -3.2, 0.2},
    {"koi8-r", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", -3.2, 0.2},
    {"windows-1253", "αοιετσνηυρπκμλςωδγχθάίόέήφβύώξζψ", -3.4, 0.17}};

static double letter(const char *order, double first, double step, uint32_t c) {
  int32_t i = 0;
  double x = first;
  uint32_t small = (uint32_t)u_tolower((UChar32)c);
  for (uint32_t have; (have = next_char(order, &i)) != 0; x -= step)
    if (have == small) return small == c ? x : x - 4;
  if (is_in(c, "“”‘’–—…«»№°§©®€¿¡ºª\u00A0")) return -9;
  return u_isalpha((UChar32)c) ? -13 : -15;
}

static void print_single(size_t k) {
  UConverter *cv = open_converter(singles[k].converter);
  printf("{");
  for (int b = 128; b < 256; b++) {
    UErrorCode status = U_ZERO_ERROR;
    char s = (char)b;
    const char *at = &s;
    UChar32 c = ucnv_getNextUChar(cv, &at, &s + 1, &status);
    ucnv_resetToUnicode(cv);
    int none = U_FAILURE(status) || c < 0xA0 || c == 0xFFFD;
    printf("%d,",
           quarter(none ? -25 : letter(singles[k].letters, singles[k].first, singles[k].step, (uint32_t)c)));
  }
  printf("},\n");
  ucnv_close(cv);
}

int main(int argc, char **argv) {
  if (argc != 2) return fprintf(stderr, "usage: charset_rows DATA\n"), 2;
  read_words(argv[1]);
  read_forms(argv[1], "opencc/STCharacters.txt", SIMPLIFIED, TRADITIONAL, 0);
  read_forms(argv[1], "opencc/JPShinjitaiCharacters.txt", TRADITIONAL, SHINJITAI, 1);
  read_hangul(argv[1]);
  take_logarithms(SIMPLIFIED, 0.8);
  take_logarithms(TRADITIONAL, 0.8);
  take_logarithms(SHINJITAI, 0.25);
  printf("#ifdef CHARSET_PAIRS\n");
  for (size_t k = 0; k < N_DOUBLES; k++) print_double(&doubles[k], 0);
  printf("#elif defined CHARSET_WEIGHTS\n");
  for (size_t k = 0; k < N_DOUBLES; k++) print_double(&doubles[k], 1);
  printf("#else\n");
  for (size_t k = 0; k < sizeof singles / sizeof *singles; k++) print_single(k);
  printf("#endif\n");
  return 0;
}
