/*
** textmill.h - the public C API of textmill, and its manual.
**
**   raw bytes -> clean text -> folded text -> tokens -> index  -> search
**         \________ one map through all ________/  \-> rules  -> facts
**
** Conventions
**   Positions are bytes, 0-based; spans are half-open [from, to).
**   A function that can fail returns int: 0 (or a count) on success, a
**   negative MILL_E* code on failure, and fills `err` when it is not NULL.
**   *_new / *_open make something the caller frees with *_free (void, takes
**   NULL). `const` pointers are borrowed: they live as long as their owner.
**   There is no global state. A `mill_data` is read-only after opening and
**   may be used by any number of threads; every other object belongs to one
**   thread at a time.
**   Fields of structs shown here are for reading; only textmill writes them.
**   Nothing prints, exits or aborts.
*/
#ifndef TEXTMILL_H
#define TEXTMILL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MILL_VERSION "0.1.0"
#define MILL_UNICODE "15.0"

#if defined(__GNUC__)
#define MILL_API __attribute__((visibility("default")))
#define MILL_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define MILL_API
#define MILL_PRINTF(f, a)
#endif

/* ---- errors ------------------------------------------------------------ */

enum mill_code {
  MILL_OK = 0,
  MILL_ENOMEM = -1,    /* memory refused */
  MILL_EINVAL = -2,    /* a bad argument */
  MILL_EUTF8 = -3,     /* not UTF-8; position = first bad byte */
  MILL_ELIMIT = -4,    /* a limit (size, nesting, steps, time) was reached */
  MILL_EIO = -5,       /* the operating system refused (errno in message) */
  MILL_EFORMAT = -6,   /* image or file of another format */
  MILL_EVERSION = -7,  /* made by a newer or incompatible textmill */
  MILL_ECORRUPT = -8,  /* right format, damaged content */
  MILL_ENOTFOUND = -9, /* no such document, file, name */
  MILL_ESYNTAX = -10,  /* pattern or query; position = where */
  MILL_EBUSY = -11,    /* another writer holds the corpus */
  MILL_EFULL = -12,    /* disk full */
  MILL_EREADONLY = -13,
  MILL_ECANCEL = -14,  /* stopped by a callback */
  MILL_EEMPTY = -15,   /* nothing to work on: a document without bytes */
  MILL_ECHARSET = -16  /* unknown or unusable charset */
};

typedef struct mill_error {
  int code;           /* MILL_E* */
  size_t position;    /* byte in the input at hand; 0 where it has no meaning */
  char message[256];  /* one line, names what and where; always terminated */
} mill_error;

/* Short stable name of a code: "nomem", "utf8", "limit"... Never NULL. */
MILL_API const char *mill_code_name(int code);

typedef struct mill_span { uint32_t from, to; } mill_span;

#define MILL_NONE UINT32_MAX  /* "no index", "no word", "no span" */

/* Largest document, in bytes of raw, clean or folded text. */
#define MILL_MAX_BYTES 0x7fffff00u

/* ---- UTF-8 (core/utf8.c) ------------------------------------------------ */

enum mill_utf8_kind {
  MILL_UTF8_OK = 0,
  MILL_UTF8_TRUNCATED,    /* sequence ends too early */
  MILL_UTF8_STRAY,        /* continuation byte without a lead */
  MILL_UTF8_OVERLONG,
  MILL_UTF8_SURROGATE,
  MILL_UTF8_RANGE,        /* above U+10FFFF */
  MILL_UTF8_INVALID_BYTE  /* F8..FF */
};

/* Is s[0,n) well-formed UTF-8 (Unicode 15.0, table 3-7)? Returns 1 or 0;
** on 0, *position = start of the first bad sequence and *kind say why. */
MILL_API int mill_utf8_valid(const char *s, size_t n, size_t *position,
                             enum mill_utf8_kind *kind);
MILL_API const char *mill_utf8_kind_name(enum mill_utf8_kind kind);

/* ---- maps (core/map.c) -------------------------------------------------- */

/* Why a piece of the source was edited. */
enum mill_edit {
  MILL_EDIT_NONE = 0,
  MILL_EDIT_HTML,      /* tag, comment, script removed */
  MILL_EDIT_ENTITY,    /* &nbsp; &#x4e00; */
  MILL_EDIT_GLOSS,     /* character + its pinyin gloss -> character */
  MILL_EDIT_CHARSET,   /* converted from another charset */
  MILL_EDIT_MOJIBAKE,  /* repaired */
  MILL_EDIT_BROKEN,    /* invalid bytes -> U+FFFD */
  MILL_EDIT_BLANK,     /* white space collapsed or trimmed */
  MILL_EDIT_NORMAL,    /* canonical (NFC) or compatibility normalisation */
  MILL_EDIT_WIDTH,     /* full width <-> half width */
  MILL_EDIT_CASE,      /* case folding */
  MILL_EDIT_SCRIPT,    /* traditional -> simplified character */
  MILL_EDIT_IGNORABLE, /* default ignorable code point dropped */
  MILL_EDIT_GUESS,     /* repaired mojibake that had lost a byte: the likeliest character */
  MILL_EDIT_MIXED      /* composed from edits of several kinds */
};
MILL_API const char *mill_edit_name(enum mill_edit kind);

/*
** A map relates a source text to an output text made from it:
**
**   source  |identity|ssss|ssss|ssss|identity|sss|identity
**   output  |identity|oo  |oo  |oo  |identity|   |identity
**                     ^^^^ run: 3 pieces, 4 -> 2    ^^^ run: 1 piece, 3 -> 0
**
** Pieces are never merged: each is separately addressable. A position inside
** a piece widens to the whole piece.
*/
typedef struct mill_map mill_map;

typedef struct mill_run {     /* `count` equal edits, one after the other */
  uint32_t source, output;    /* where the first piece starts in each text */
  uint32_t count;             /* >= 1 */
  uint32_t source_len, output_len; /* bytes of one piece; not both 0 */
  uint32_t kind;              /* enum mill_edit */
} mill_run;

MILL_API mill_map *mill_map_new(void);  /* NULL: no memory */
MILL_API void mill_map_free(mill_map *m);
/* Building, left to right: `mill_map_keep` appends n unchanged bytes,
** `mill_map_edit` one piece. Errors are sticky: check mill_map_error once. */
MILL_API void mill_map_keep(mill_map *m, size_t n);
MILL_API void mill_map_edit(mill_map *m, size_t source_len, size_t output_len,
                            enum mill_edit kind);
MILL_API int mill_map_error(const mill_map *m);
MILL_API size_t mill_map_source_len(const mill_map *m);
MILL_API size_t mill_map_output_len(const mill_map *m);
MILL_API size_t mill_map_runs(const mill_map *m, const mill_run **runs);
/* The source span of an output span: from the piece that holds the first
** byte to the piece that holds the last one. Deleted pieces at the edges do
** not belong. An empty span maps to an empty span (left of deletions). */
MILL_API mill_span mill_map_from(const mill_map *m, mill_span output);
/* The output span of a source span; pieces partly covered count whole. */
MILL_API mill_span mill_map_to(const mill_map *m, mill_span source);
/* first: A -> B, second: B -> C; *out: A -> C, caller frees. A piece of the
** result is a smallest stretch on whose edges both maps agree; deletions of
** the first stand before insertions of the second. MILL_EINVAL when the
** lengths do not fit. Associative as long as only the first map inserts
** (source_len 0): stages replace rather than insert. */
MILL_API int mill_map_compose(const mill_map *first, const mill_map *second,
                              mill_map **out);
/* Byte-coded form, little-endian varints; *bytes is malloc'ed for the caller. */
MILL_API int mill_map_encode(const mill_map *m, unsigned char **bytes, size_t *n);
/* Bounds-checked; MILL_ECORRUPT on anything that encode cannot have made. */
MILL_API int mill_map_decode(const unsigned char *bytes, size_t n, mill_map **out);

/* ---- data images (core/image.c, core/data.c) ---------------------------- */

/* All read-only tables: Unicode and folding, lexicon, places, calendar, script
** conversion. */
typedef struct mill_data mill_data;
/* Opens textmill-{unicode,lexicon,places,calendar}.dat in directory `dir`, and
** textmill-convert.dat where it is there. */
MILL_API int mill_data_open(const char *dir, mill_data **out, mill_error *err);
MILL_API void mill_data_free(mill_data *d);
/* Whole-file checksums (not done by open, which checks headers and bounds). */
MILL_API int mill_data_verify(const mill_data *d, mill_error *err);
/* Names what is loaded, e.g. "jieba-349k/9c1e": key is "lexicon", "unicode",
** "places", "calendar", "convert"; NULL for another key or an absent image. */
MILL_API const char *mill_data_describe(const mill_data *d, const char *key);

/* ---- normalisation and folding (core/normalize.c, core/compose.c) -------- */

enum mill_form {
  MILL_NFC, MILL_NFD, MILL_NFKC, MILL_NFKD,
  MILL_NFKC_CF,   /* NFKC_Casefold */
  MILL_CASEFOLD,  /* full case folding */
  MILL_WIDTH,     /* full-width ASCII and half-width kana to their usual width */
  MILL_NOMARKS,   /* NFD, nonspacing marks dropped, NFC */
  MILL_FOLD,      /* what is matched: NFKC_CF, ignorables dropped, character-level
                     traditional -> simplified */
  MILL_DISPLAY    /* what is shown: simplified, half width, case kept; each
                     character by itself, so 乾 is 干 everywhere */
};
/* Converts valid UTF-8 s[0,n) (else MILL_EUTF8). *out: malloc'ed, terminated,
** for the caller; *map: source -> output, or map == NULL for none. */
MILL_API int mill_normalize(const mill_data *d, enum mill_form form,
                            const char *s, size_t n, char **out, size_t *out_len,
                            mill_map **map, mill_error *err);
/* MILL_FOLD without the pinyin glosses of s[0,n) (行(háng)业 -> 行业), in one pass:
** as gloss removal, mill_normalize and mill_map_compose would give it. A character
** and its gloss are one piece. Arguments and errors as above; map is not NULL. */
MILL_API int mill_fold(const mill_data *d, const char *s, size_t n, char **out,
                       size_t *out_len, mill_map **map, mill_error *err);
MILL_API int mill_form_by_name(const char *name); /* any case; -1 unknown */

/* Columns s takes on a terminal: wide characters two, marks none. */
MILL_API size_t mill_width(const mill_data *d, const char *s, size_t n);

/* ---- script conversion (core/convert.c) ----------------------------------- */

/* Simplified and traditional Chinese, the usage of Taiwan and Hong Kong, old and
** new Japanese characters: OpenCC's 16 configurations, with its results. A
** conversion is a chain of dictionaries; each is applied from left to right by
** longest match. tw and hk: characters as written there; tw..p, hk..p: also the
** words said there.
**   s2t t2s  s2tw tw2s  s2hk hk2s  s2twp tw2sp  s2hkp hk2sp
**   t2tw tw2t  t2hk hk2t  t2jp jp2t */
typedef struct mill_convert_entry { /* key becomes value, as it stands */
  const char *key; size_t key_len;     /* 1..255 bytes of UTF-8 */
  const char *value; size_t value_len; /* UTF-8; may be empty */
} mill_convert_entry;
typedef struct mill_convert_options {
  /* The user's entries lie over the first dictionary of the chain: the longest
  ** match of both counts, of equal ones the user's. Later dictionaries do not
  ** touch their values. Of two entries with one key the later counts. */
  const mill_convert_entry *entries; size_t n_entries;
  /* 1: guided by the segmenter. A phrase of a dictionary counts only within a
  ** word or where it is made of whole words: in 心理|发展 there is no 理发. */
  int words;
} mill_convert_options;
/* Converts valid UTF-8 s[0,n) (else MILL_EUTF8) by the named configuration, any
** case (MILL_ENOTFOUND names those there are). Compatibility ideographs are
** normalised first; ideographic descriptions (⿰亻言) stay as they are. options
** may be NULL. *out: malloc'ed, terminated, for the caller; *map: source ->
** output, pieces of kind script as small as can be told (characters, where a
** phrase keeps their number), or map == NULL for none. */
MILL_API int mill_convert(const mill_data *d, const char *config, const char *s, size_t n,
                          const mill_convert_options *options, char **out, size_t *out_len,
                          mill_map **map, mill_error *err);
/* The i-th configuration's name, i from 0; NULL behind the last. Borrowed. */
MILL_API const char *mill_convert_name(const mill_data *d, size_t i);

/* ---- clean text (core/clean.c, core/html.c, core/blocks.c, ...) --------- */

enum mill_block_kind {
  MILL_BLOCK_PARAGRAPH = 0, MILL_BLOCK_TITLE, MILL_BLOCK_DATELINE, MILL_BLOCK_BYLINE,
  MILL_BLOCK_HEADING, MILL_BLOCK_LIST, MILL_BLOCK_CAPTION, MILL_BLOCK_KEYWORDS,
  MILL_BLOCK_ABSTRACT, MILL_BLOCK_BOILERPLATE
};
MILL_API const char *mill_block_name(enum mill_block_kind kind);

typedef struct mill_block {
  mill_span clean;     /* without white space at its edges */
  uint8_t kind;        /* enum mill_block_kind */
  uint8_t level;       /* headings 1..6; 0 = not known */
  uint16_t ordinal;    /* number of a heading or list item (一、 -> 1); 0 none */
  uint32_t article;    /* index in articles; boilerplate too belongs to one */
  const char *reason;  /* boilerplate: "navigation", "counter"...; static, may be NULL */
} mill_block;

typedef struct mill_article {
  mill_span clean;
  uint32_t first_block, n_blocks;
  uint32_t title;      /* block index or MILL_NONE */
} mill_article;

typedef struct mill_meta {  /* one piece of metadata the document states */
  const char *key;     /* title published source author editor keyword section
                          clicks url description charset lang ...; static */
  char *value;         /* as displayed; `published` is ISO 8601 */
  mill_span raw;       /* where it stands in the raw bytes */
  mill_span clean;     /* {MILL_NONE, MILL_NONE} when only in an attribute */
} mill_meta;

typedef struct mill_note {  /* something removed, repaired or set aside */
  enum mill_edit kind;
  mill_span raw, clean;
  int kept;            /* true gloss: still in clean, skipped in folded */
} mill_note;

typedef struct mill_text {
  const char *raw;   size_t raw_len;     /* owned copy of the bytes */
  const char *clean; size_t clean_len;   /* NFC UTF-8, terminated */
  mill_map *map;                         /* raw -> clean */
  const char *folded; size_t folded_len; /* terminated; see mill_text_fold */
  mill_map *fold_map;                    /* clean -> folded */
  mill_block *blocks;     size_t n_blocks;
  mill_article *articles; size_t n_articles;
  mill_meta *meta;        size_t n_meta;
  mill_note *notes;       size_t n_notes;
  char charset[32];   /* what the raw bytes were read as: "utf-8", "gb18030" */
  uint8_t html;       /* 1: markup was found and removed */
  uint8_t gloss_mode; /* enum mill_gloss */
  uint8_t script;     /* 0 neither, 1 simplified, 2 traditional, 3 mixed */
  uint32_t n_glosses; /* removed ones */
  uint32_t n_repaired; /* characters of mojibake put right */
  uint32_t n_broken;  /* sequences replaced by U+FFFD */
  const mill_data *data; /* borrowed */
} mill_text;

enum mill_gloss { MILL_GLOSS_NONE = 0, MILL_GLOSS_JUNK, MILL_GLOSS_TRUE };

typedef struct mill_clean_options {
  const char *charset; /* given by the caller (HTTP); NULL: find out */
  int html;            /* -1 find out, 0 plain text, 1 HTML */
  size_t max_bytes;    /* raw; 0 = 256 MiB */
  uint32_t max_depth;  /* open HTML elements tracked; 0 = 512; deeper is flattened */
  int no_fold;         /* 1: leave folded NULL */
  unsigned mojibake_off; /* enum mill_repair_kind that are left as they are */
  int no_blocks;       /* 1: one paragraph, one article, no metadata */
} mill_clean_options;

/* Cleans raw[0,n) (copied). options may be NULL. *out: caller frees. Broken
** UTF-8, NULs and tag soup are repaired, mapped and noted, not refused. */
MILL_API int mill_clean(const mill_data *d, const char *raw, size_t n,
                        const mill_clean_options *options, mill_text **out,
                        mill_error *err);
MILL_API void mill_text_free(mill_text *t);
/* Rebuilds folded text, its map and nothing else from raw, clean and map. */
MILL_API int mill_text_fold(mill_text *t, mill_error *err);
/* The form in which spans of the clean text are shown: MILL_DISPLAY; where the
** text is not Chinese (script 0) MILL_WIDTH, so that Japanese stays Japanese. */
MILL_API enum mill_form mill_text_form(const mill_text *t);
/* Spans between the three texts (folded <-> clean <-> raw). */
MILL_API mill_span mill_text_raw(const mill_text *t, mill_span clean);
MILL_API mill_span mill_text_clean_of_raw(const mill_text *t, mill_span raw);
MILL_API mill_span mill_text_clean_of_folded(const mill_text *t, mill_span folded);
MILL_API mill_span mill_text_folded_of_clean(const mill_text *t, mill_span clean);
/* The first occurrence of valid UTF-8 s[0,n) at or after clean byte `from`, in
** either script, width and case (folded texts are compared); *out is its clean
** span. 1 found, 0 not, or MILL_E*. Needs folded text. */
MILL_API int mill_text_find(const mill_text *t, const char *s, size_t n, uint32_t from,
                            mill_span *out, mill_error *err);
/* Clean span and raw bytes one above the other, for terminals (core/show.c).
** *out is malloc'ed for the caller. */
MILL_API int mill_text_show(const mill_text *t, mill_span clean, char **out, size_t *len,
                            mill_error *err);
/* A whole regular file; MILL_ELIMIT when it has more than max_bytes. *out is
** malloc'ed for the caller and terminated (core/file.c). */
MILL_API int mill_read_file(const char *path, size_t max_bytes, char **out, size_t *len,
                            mill_error *err);
/* Bytes in any charset to UTF-8 with a map; charset_out: what was used. */
MILL_API int mill_decode(const char *bytes, size_t n, const char *hint,
                         char **out, size_t *out_len, char charset_out[32],
                         mill_map **map, mill_error *err);

/* ---- mojibake (core/mojibake.c) ----------------------------------------- */

enum mill_repair_kind {
  MILL_REPAIR_GBK = 1,   /* UTF-8 that was read as GBK or GB18030: 锛屽 */
  MILL_REPAIR_LATIN = 2, /* as windows-1252, 1250, 1251, 1257, latin-2, macintosh,
                            cp437, up to six times: Ã©; C1 controls to the
                            characters windows-1252 has in their places */
  MILL_REPAIR_ALL = 3
};
/* Repairs text that went through the wrong charset; the rest of valid UTF-8
** s[0,n) (else MILL_EUTF8) stays as it is. kinds: sum of enum mill_repair_kind.
** *out: malloc'ed, terminated, for the caller; *map (or map == NULL): source ->
** output, pieces of kind mojibake, or guess where a lost byte was guessed;
** *count: characters put in. Linear time. */
MILL_API int mill_repair(const mill_data *d, const char *s, size_t n, unsigned kinds,
                         char **out, size_t *out_len, mill_map **map, uint32_t *count,
                         mill_error *err);

/* ---- numbers and dates (core/number.c, core/date.c, core/calendar.c) ----- */

enum mill_number_kind {
  MILL_NUMBER_CARDINAL = 0, MILL_NUMBER_ORDINAL, MILL_NUMBER_FRACTION,
  MILL_NUMBER_PERCENT, MILL_NUMBER_RANGE
};
enum mill_approx {
  MILL_APPROX_NONE = 0,
  MILL_APPROX_OVER,   /* 三百余, 1200多: lo < x < next round number */
  MILL_APPROX_ABOUT,  /* 约, 左右, 来 */
  MILL_APPROX_NEAR,   /* 近: just under */
  MILL_APPROX_LEAST,  /* 以上, 至少, 上百 */
  MILL_APPROX_MOST,   /* 以下, 以内, 不足 */
  MILL_APPROX_VAGUE   /* 数十, 几百 */
};
typedef struct mill_number {
  double value;   /* a range: its lower end */
  double lo, hi;  /* bounds; lo == hi == value when exact */
  uint8_t kind;   /* enum mill_number_kind */
  uint8_t approx; /* enum mill_approx */
} mill_number;

/* The longest number that starts at s[0], s folded text. Returns bytes used,
** 0 when there is none. */
MILL_API size_t mill_number_scan(const char *folded, size_t n, mill_number *out);

enum mill_grain { MILL_GRAIN_YEAR, MILL_GRAIN_MONTH, MILL_GRAIN_DAY, MILL_GRAIN_HOUR,
                  MILL_GRAIN_MINUTE, MILL_GRAIN_SECOND };
typedef struct mill_date {
  int32_t year;               /* 0 = not said */
  uint8_t month, day;         /* 0 = not said */
  uint8_t hour, minute, second; /* 255 = not said */
  uint8_t grain;              /* enum mill_grain */
  uint8_t lunar;              /* 1: written in the lunar calendar (fields above
                                 are already Gregorian when year != 0) */
  int16_t lunar_year; uint8_t lunar_month, lunar_leap, lunar_day;
  uint8_t year_from;          /* 0 text, 1 reference date */
} mill_date;
/* The longest date that starts at s[0]. ref (may be NULL) resolves what the
** text leaves out. Returns bytes used, 0 none, MILL_EINVAL for an impossible
** date (2月30日), never a guess. */
MILL_API int mill_date_scan(const mill_data *d, const char *folded, size_t n,
                            const mill_date *ref, mill_date *out);
/*
** Any expression of time: a point (3月5日下午三点), a range (3月5日至8日, 上旬,
** 近三天), a duration (两年零三个月), a set (每周一上午, 农历一四七).
*/
enum mill_time_kind { MILL_TIME_POINT, MILL_TIME_RANGE, MILL_TIME_DURATION, MILL_TIME_SET };
enum mill_time_unit { MILL_UNIT_YEAR, MILL_UNIT_MONTH, MILL_UNIT_WEEK, MILL_UNIT_DAY, MILL_UNIT_HOUR,
                      MILL_UNIT_MINUTE, MILL_UNIT_SECOND, MILL_UNIT_COUNT };
/* What was said last: tells a caller which convention applies. */
enum mill_time_form { MILL_FORM_DATE, MILL_FORM_UNIT, MILL_FORM_WEEKDAY, MILL_FORM_WEEKEND, MILL_FORM_CLOCK,
                      MILL_FORM_PART, MILL_FORM_HOLIDAY, MILL_FORM_SEASON, MILL_FORM_DECADE, MILL_FORM_BEGIN,
                      MILL_FORM_MIDDLE, MILL_FORM_END, MILL_FORM_THIRD, MILL_FORM_HALF, MILL_FORM_NOW,
                      MILL_FORM_OFFSET, MILL_FORM_SPAN, MILL_FORM_BETWEEN, MILL_FORM_COUNT };
enum mill_time_part { MILL_PART_NONE, MILL_PART_DAWN, MILL_PART_EARLY, MILL_PART_MORNING, MILL_PART_FORENOON,
                      MILL_PART_NOON, MILL_PART_AFTERNOON, MILL_PART_DUSK, MILL_PART_EVENING, MILL_PART_NIGHT,
                      MILL_PART_MIDNIGHT, MILL_PART_DAYTIME, MILL_PART_COUNT };
enum mill_time_mod { MILL_MOD_NONE, MILL_MOD_BEFORE, MILL_MOD_AFTER, MILL_MOD_SINCE, MILL_MOD_UNTIL,
                     MILL_MOD_WITHIN, MILL_MOD_COUNT };
#define MILL_TIME_OPEN INT64_MAX /* a range without an end; without a beginning: INT64_MIN */
typedef struct mill_time {
  int64_t from, to;           /* seconds since 1970-01-01T00:00, local, half-open: point, range; a
                                 set: its first occurrence, when it has a moment */
  double amount[MILL_UNIT_COUNT], high[MILL_UNIT_COUNT]; /* duration, step of a set, distance of an
                                 offset; high: the upper one of two (三到五天) */
  uint32_t days;              /* set: bit d = day d of the month */
  uint8_t weekdays, set_month; /* set: bit 1 Monday ... 7 Sunday; month, 0 every */
  uint8_t kind, grain, form, part, mod; /* the enums above; grain: mill_time_unit */
  int8_t direction;           /* offset, span: -1 back, 1 on */
  uint8_t approx, lunar, anchored; /* anchored: the reference says what it is */
  uint8_t moment;             /* set: from and to are given */
  uint8_t work, weekday;      /* counts working days; 1-7 when a weekday was said */
  uint8_t dated;              /* a day, month or year was said, not a clock alone */
  uint8_t open_hour;          /* a clock of 1-12 without a part of the day */
  uint8_t base_grain;         /* of base_from, base_to: what 以前 stands behind; the right */
  int64_t base_from, base_to; /* side of a range */
} mill_time;
enum mill_time_prefer { MILL_PREFER_NEAREST, MILL_PREFER_PAST, MILL_PREFER_FUTURE, MILL_PREFER_SAME };
/* The longest expression of time at s[0], folded text. ref: year, month and day
** (and time of day) of now, NULL: none, then `anchored` ones have no value.
** duration: read a duration where both are possible (90日, 3月). Bytes, 0 none,
** MILL_EINVAL for a date that cannot be. Linear in n. */
MILL_API int mill_time_scan(const mill_data *d, const char *folded, size_t n, const mill_date *ref,
                            enum mill_time_prefer prefer, int duration, mill_time *out);
/* The first expression at or behind `at`: bytes used, *begin where it starts; 0 none. */
MILL_API int mill_time_find(const mill_data *d, const char *folded, size_t n, size_t at, const mill_date *ref,
                            enum mill_time_prefer prefer, int duration, mill_time *out, size_t *begin);
/* Year ... second of a moment. */
MILL_API void mill_time_civil(int64_t t, mill_date *out);
/* Does a set fall on that day? 1, 0. */
MILL_API int mill_time_on(const mill_data *d, const mill_time *set, int32_t day);
/* Days since 1970-01-01, proleptic Gregorian; and back. */
MILL_API int32_t mill_date_days(int32_t year, int month, int day);
MILL_API void mill_date_from_days(int32_t days, mill_date *out);
/* Lunar date of a Gregorian day, 1900-2100; 0 or MILL_EINVAL out of range. */
MILL_API int mill_lunar_from_days(const mill_data *d, int32_t days, mill_date *out);
MILL_API int mill_days_from_lunar(const mill_data *d, int year, int month, int leap,
                                  int day, int32_t *days);

/* ---- words (core/lexicon.c, core/segment.c) ------------------------------ */

/* Lexical tags, jieba's names. */
enum mill_tag {
  MILL_TAG_NONE = 0, MILL_TAG_N, MILL_TAG_NR, MILL_TAG_NS, MILL_TAG_NT, MILL_TAG_NZ,
  MILL_TAG_T, MILL_TAG_S, MILL_TAG_F, MILL_TAG_V, MILL_TAG_VN, MILL_TAG_VD,
  MILL_TAG_A, MILL_TAG_AD, MILL_TAG_AN, MILL_TAG_B, MILL_TAG_Z, MILL_TAG_D,
  MILL_TAG_R, MILL_TAG_M, MILL_TAG_Q, MILL_TAG_P, MILL_TAG_C, MILL_TAG_U,
  MILL_TAG_Y, MILL_TAG_E, MILL_TAG_O, MILL_TAG_I, MILL_TAG_L, MILL_TAG_J,
  MILL_TAG_H, MILL_TAG_K, MILL_TAG_G, MILL_TAG_ENG, MILL_TAG_W /* punctuation */,
  MILL_TAG_BLANK /* white space */, MILL_TAG_X, MILL_TAG_COUNT
};
MILL_API const char *mill_tag_name(enum mill_tag tag); /* "n", "nr", ... */
MILL_API int mill_tag_by_name(const char *name);       /* -1 unknown */

/* What a token is made of (mill_tokens.kind). */
enum mill_token_kind {
  MILL_KIND_HAN = 0, MILL_KIND_NUMBER, MILL_KIND_LATIN, MILL_KIND_KANA,
  MILL_KIND_OTHER /* letters of other scripts */, MILL_KIND_PUNCT,
  MILL_KIND_BLANK, MILL_KIND_BREAK /* line or block break */
};

/*
** Tokens tile the folded text: token k is folded[start[k], start[k+1]).
** Parallel columns, n of each (start has n + 1).
*/
typedef struct mill_tokens {
  size_t n;
  uint32_t *start;
  uint32_t *word;   /* lexicon id, or MILL_NONE: not in the lexicon */
  uint8_t *tag;     /* enum mill_tag: the word's most frequent tag */
  uint8_t *kind;    /* enum mill_token_kind */
  uint32_t *value;  /* index in values, or MILL_NONE */
  mill_number *values; size_t n_values;
  uint32_t capacity, values_capacity; /* kept for reuse */
  void *scratch;              /* the segmenter's window, kept for reuse */
  void *sight;                /* the model's, likewise */
} mill_tokens;

typedef struct mill_lexicon mill_lexicon; /* view of the lexicon image */
MILL_API const mill_lexicon *mill_data_lexicon(const mill_data *d); /* borrowed */
typedef struct mill_word {
  const char *text; size_t len; /* folded; borrowed from the image */
  uint32_t id, frequency, classes; /* classes: bit set of enum mill_class */
  uint8_t tag;
} mill_word;
enum mill_class {
  MILL_CLASS_SURNAME = 1u, MILL_CLASS_MEASURE = 2u, MILL_CLASS_PROVINCE = 4u,
  MILL_CLASS_CITY = 8u, MILL_CLASS_COUNTY = 16u, MILL_CLASS_TOWNSHIP = 32u,
  MILL_CLASS_UNIT = 64u /* 公斤, 米: units of measurement */, MILL_CLASS_ROLE = 128u,
  MILL_CLASS_MONEY = 256u,
  MILL_CLASS_TIME = 512u     /* 年, 小时; units, money and times are MEASURE too */
};
MILL_API int mill_class_by_name(const char *name); /* bit, or -1 */
/* Looks a folded string up. 1 found, 0 not. */
MILL_API int mill_lexicon_find(const mill_lexicon *lx, const char *s, size_t n,
                               mill_word *out);
MILL_API int mill_lexicon_word(const mill_lexicon *lx, uint32_t id, mill_word *out);
MILL_API uint32_t mill_lexicon_count(const mill_lexicon *lx);

/* User words (core/userwords.c): words of one's own over the shared lexicon. */
typedef struct mill_userwords mill_userwords;

/* A trained model (core/model.h): words, and maybe tags, as in the text it was
** trained on. Opening maps the file and checks all of it: MILL_ENOTFOUND,
** MILL_EFORMAT, MILL_EVERSION, MILL_ECORRUPT. Read-only, for any number of threads. */
typedef struct mill_model mill_model;
MILL_API int mill_model_open(const char *path, mill_model **out, mill_error *err);
MILL_API void mill_model_free(mill_model *m);
MILL_API const char *mill_model_describe(const mill_model *m); /* borrowed */
/* The name of a tag ("NOUN"), borrowed; NULL: no such tag, or a model without. */
MILL_API const char *mill_model_tag(const mill_model *m, uint32_t tag);

typedef struct mill_segment_options {
  int split_numbers; /* 1: every digit run and sign by itself */
  const mill_userwords *user; /* words that count here, too; NULL: none. Borrowed */
  const mill_model *model; /* NULL: the cheapest path over the lexicon. Given: the
      boundaries the model puts; numbers, addresses and runs stay whole all the same */
} mill_segment_options;
/* Segments folded[0,n) by the cheapest path over the lexicon (unigram
** Viterbi). `out` must be zeroed or from an earlier call: its memory is
** reused. Linear time. */
MILL_API int mill_segment(const mill_lexicon *lx, const char *folded, size_t n,
                          const mill_segment_options *options, mill_tokens *out,
                          mill_error *err);
MILL_API void mill_tokens_free(mill_tokens *t); /* the columns, not the struct */

/* Words in words, for an index (core/subwords.c): every word of the lexicon of two
** characters and more that stands inside a token, without the token. In order of
** tokens; in one, by where they begin, the longest first. A subword has the position
** of its token, so a phrase of words is found where they are neighbours. Numbers
** have none. */
typedef struct mill_subword {
  uint32_t token;    /* index in mill_tokens: the position */
  uint32_t from, to; /* in the folded text */
  uint32_t word;     /* id: lexicon's or user's */
  uint8_t tag;       /* enum mill_tag */
} mill_subword;
typedef struct mill_subwords { mill_subword *list; size_t n; uint32_t capacity; } mill_subwords;
/* user: NULL or the words the tokens were made with. `out` must be zeroed or from an
** earlier call: its memory is reused. Linear time. 0, MILL_EINVAL, MILL_ENOMEM. */
MILL_API int mill_find_subwords(const mill_lexicon *lx, const mill_userwords *user, const char *folded,
                                const mill_tokens *t, mill_subwords *out, mill_error *err);
MILL_API void mill_subwords_free(mill_subwords *s); /* the list, not the struct */

/* The model's tag of every token of folded text, into out (t->n); MILL_NO_TAG for
** blanks and breaks. 0, or MILL_EINVAL: the model has no tags. */
#define MILL_NO_TAG 255
MILL_API int mill_tag(const mill_model *m, const char *folded, const mill_tokens *t, uint8_t *out,
                      mill_error *err);

/* ---- training (train/train.c) --------------------------------------------- */

typedef struct mill_train_options { /* what is 0 gets the value in brackets */
  uint32_t seed;      /* of the order of sentences [1] */
  uint32_t epochs;    /* times through the text [8] */
  uint32_t min_count; /* sequences seen less often get no weight [2] */
  uint32_t longest;   /* units of the longest sequence, 2..4 [3] */
  uint32_t lines;     /* 64 bytes each, 8 sequences: the image's size, 1024..32256, or
                         as many as are needed [at most 25000, with tags 7000] */
  double rate, l1;    /* AdaGrad's step [0.2], what keeps weights small [0.01] */
  uint32_t tag_epochs, tag_rows; /* of the tagger [8, at most 66000] */
  const char *name;   /* description of the image, up to 40 bytes */
} mill_train_options;
typedef struct mill_train_report {
  size_t sentences, words, units, sequences, kept;
} mill_train_report;
/* Learns where words end from the file `words` (UTF-8; words separated by blanks,
** a sentence a line; or CoNLL-U by its name .conll, .conllu) and writes a model
** image to `path`. The same input, options and lexicon give the same bytes.
** options and report may be NULL. 0 or MILL_E*; MILL_EEMPTY: no words. */
MILL_API int mill_train(const mill_data *d, const char *words, const char *path,
                        const mill_train_options *options, mill_train_report *report,
                        mill_error *err);

/* What a model gets right of a file as for mill_train, by the bakeoff's rules: a word
** counts when both its ends are right. model may be NULL: the lexicon alone. */
typedef struct mill_score {
  size_t gold, found, right;       /* words of the file, of the model, in both */
  size_t tagged;                   /* given the gold words: tags that are right */
  size_t both;                     /* words found whose tag is right, too */
} mill_score;
MILL_API int mill_evaluate(const mill_data *d, const mill_model *model, const char *words,
                           mill_score *out, mill_error *err);

/* ---- breaks (core/breaks.c) ----------------------------------------------- */

/* Graphemes, words, sentences and lines of any script, by the linked ICU (UAX #29
** and #14; dictionaries for Thai, Lao, Khmer, Myanmar, Japanese). Pieces come in
** order. Sentences come without white space around them, never end between
** brackets, and never consist of a number alone (1.加强领导); other pieces tile the text. */
enum mill_break_kind {
  MILL_BREAK_GRAPHEME = 0, MILL_BREAK_WORD, MILL_BREAK_SENTENCE, MILL_BREAK_LINE
};
typedef struct mill_breaks mill_breaks; /* for one thread at a time */
/* locale: as ICU names it ("th", "en"), NULL: none. 0 or MILL_E*; *out is owned by the caller. */
MILL_API int mill_breaks_open(enum mill_break_kind kind, const char *locale, mill_breaks **out,
                              mill_error *err);
/* Begins with s[0,n), which is borrowed until the next text or free. Broken UTF-8
** counts as U+FFFD. MILL_ELIMIT over MILL_MAX_BYTES. */
MILL_API int mill_breaks_text(mill_breaks *b, const char *s, size_t n, mill_error *err);
/* 1 and the next piece, or 0 at the end. */
MILL_API int mill_breaks_next(mill_breaks *b, mill_span *piece);
MILL_API void mill_breaks_free(mill_breaks *b); /* NULL is fine */
MILL_API const char *mill_icu_version(void);    /* that this was built with: "72.1" */

/* ---- user words (core/userwords.c) ----------------------------------------- */

/*
** Words are folded as text is, so that a word hits both scripts, any width and
** case; they may hold letters, digits, signs and blanks (C++, Windows 11, 新冠-19;
** a blank stands for any run of blanks). A word competes with those of the
** lexicon by its weight and ends where a number or a run of letters does; a
** forced one (the leftmost, the longest) is a token wherever it stands, unless
** its edge would part two letters or two digits. In mill_tokens its word is an
** id from mill_lexicon_count on.
**
** An object belongs to one thread while it is changed; as long as nobody
** changes it, any number of threads may segment with it.
*/
#define MILL_MAX_USER_WORD 255 /* bytes, folded */
typedef struct mill_user_word {
  uint32_t weight;     /* frequency in the lexicon's own counts (的: 318825); 0: enough to
                          win against its parts */
  uint8_t tag;         /* enum mill_tag; NONE: the lexicon's, else n */
  uint8_t force;       /* 1: before any other boundary; words of over 31 characters are forced */
  uint8_t only_class;  /* 1: no word for the segmenter, it only bears its classes */
  const char *classes; /* names separated by blanks, known ones and one's own; may be NULL */
} mill_user_word;

/* *out: caller frees. d is borrowed and must outlive it. */
MILL_API int mill_userwords_new(const mill_data *d, mill_userwords **out, mill_error *err);
/* Lets go: what several hold lives until the last one does. NULL is allowed. */
MILL_API void mill_userwords_free(mill_userwords *u);
/* One holder more of the same object; returns u. */
MILL_API mill_userwords *mill_userwords_share(mill_userwords *u);
/* Before changing: makes *box an object that nobody else holds. */
MILL_API int mill_userwords_own(mill_userwords **box, mill_error *err);
MILL_API int mill_userwords_copy(const mill_userwords *u, mill_userwords **out, mill_error *err);
/* Adds a word of UTF-8, or changes what was said of it; o may be NULL. 0,
** MILL_EUTF8, MILL_EINVAL (empty, a line break, over MILL_MAX_USER_WORD). */
MILL_API int mill_userwords_add(mill_userwords *u, const char *word, size_t n,
                                const mill_user_word *o, mill_error *err);
/* Takes a user word away, and masks the lexicon's. 1 there was one, 0 none. */
MILL_API int mill_userwords_remove(mill_userwords *u, const char *word, size_t n, mill_error *err);
/* Adds the lines of a file in jieba's format (core/userwords_load.c); name: for
** messages, which name it and the line; err->position: the line. Returns how many
** words were added; after an error the lines before it are. */
MILL_API int mill_userwords_load(mill_userwords *u, const char *bytes, size_t n, const char *name,
                                 mill_error *err);
typedef struct mill_user_entry {
  const char *text; size_t len;        /* folded; borrowed */
  uint32_t id, weight, classes;        /* weight 0: none given */
  uint8_t tag, word, force, removed;   /* word 0: bears classes only, or removed */
} mill_user_entry;
/* By folded text. 1 found, 0 not. */
MILL_API int mill_userwords_find(const mill_userwords *u, const char *folded, size_t n,
                                 mill_user_entry *out);
/* The entry of this number, from 0; 0 behind the last. Some may be nothing any more. */
MILL_API int mill_userwords_get(const mill_userwords *u, uint32_t index, mill_user_entry *out);
/* The k-th own class of the word with this id; NULL behind the last. Borrowed. */
MILL_API const char *mill_userwords_class(const mill_userwords *u, uint32_t id, uint32_t k);
/* How many words there are, and how many of the lexicon's are masked. */
MILL_API void mill_userwords_count(const mill_userwords *u, uint32_t *words, uint32_t *removed);

/* ---- places (core/places.c) ---------------------------------------------- */

enum mill_place_level { MILL_PLACE_PROVINCE = 1, MILL_PLACE_CITY, MILL_PLACE_COUNTY,
                        MILL_PLACE_TOWNSHIP, MILL_PLACE_VILLAGE };
typedef struct mill_place {
  char code[13];      /* official division code, digits, terminated */
  uint8_t level;      /* enum mill_place_level */
  const char *name;   /* full official name, borrowed from the image */
  uint32_t index;     /* dense index in the image */
  uint32_t parent;    /* index, or MILL_NONE */
  uint8_t vintages;   /* bit k: it existed in vintage k */
} mill_place;
/* The states of the gazetteer: the divisions as of 2018-10-31, 2019-10-31,
** 2020-06-30 and 2023-06-30. */
#define MILL_PLACE_VINTAGES 4
/* The vintage that holds for a date: the last one before it, the first for
** what is older, the newest for none (year 0). */
MILL_API int mill_places_vintage(mill_date date);
MILL_API const char *mill_places_vintage_name(int vintage); /* "2019"; NULL */
/* Calls nothing, allocates nothing: writes up to `max` places whose folded
** full or short name (河南省, 河南) is exactly s[0,n); returns how many there are. */
MILL_API size_t mill_places_find(const mill_data *d, const char *folded, size_t n,
                                 mill_place *out, size_t max);
MILL_API int mill_places_get(const mill_data *d, uint32_t index, mill_place *out);
/* Longest place name that starts at folded[0]: bytes used, 0 none. */
MILL_API size_t mill_places_scan(const mill_data *d, const char *folded, size_t n,
                                 uint8_t *levels /* bit set 1<<level */);

/* Villages (core/villages.c) are in an image of their own, which is built where it
** is wanted: textmill-villages.dat in the folder of the data images. */
typedef struct mill_village {
  char code[13];        /* twelve digits, terminated */
  const char *name;     /* folded, without 村, 社区, 村委会; borrowed */
  uint8_t vintages;     /* as of a place */
  uint8_t urban;        /* 1: 社区, 居委会 */
} mill_village;
MILL_API int mill_villages_there(const mill_data *d); /* 1: the image is there */
/* The village of the township `town` (nine digits) that folded[0,n) names, with or
** without 村, the one of that vintage first; else the only one whose name is longer
** by one character (永乐: 永乐庄). 1 found, 0 not. */
MILL_API int mill_villages_find(const mill_data *d, const char *town, const char *folded, size_t n,
                                int vintage, mill_village *out);
/* Makes the image `out` from lists (code,"name",... after a heading), one a
** vintage, NULL for none. Villages in it, or MILL_E*; position: byte of the line. */
MILL_API int mill_villages_build(const mill_data *d, const char *const csv[MILL_PLACE_VINTAGES],
                                 const char *out, mill_error *err);

/* ---- recognisers (core/recognize.c) -------------------------------------- */

/* A fact found earlier, for patterns that build on facts. */
typedef struct mill_mark { mill_span folded; const char *type; } mill_mark;

/* What recognisers, patterns and rules look at: one text and its tokens. */
typedef struct mill_view {
  const mill_data *data;
  const char *folded; size_t folded_len;
  const mill_tokens *tokens;
  const mill_text *text; /* may be NULL: a plain string */
  mill_date ref;         /* reference date; year 0 = none */
  const mill_mark *marks; size_t n_marks; /* by folded.from; may be NULL */
  const mill_userwords *user; /* words and classes of one's own; may be NULL */
} mill_view;

/* A time is a clock (早上六点), with the date in front of it where there is one;
** a date may have a clock behind it. */
enum mill_recognizer {
  MILL_REC_NUMBER = 0, MILL_REC_MEASURE, MILL_REC_QUANTITY, MILL_REC_DATE,
  MILL_REC_TIME, MILL_REC_PERSON, MILL_REC_PLACE, MILL_REC_ORG, MILL_REC_ROLE,
  MILL_REC_COUNT
};
MILL_API int mill_recognizer_by_name(const char *name); /* "number"...; -1 */

typedef struct mill_found {
  uint32_t n_tokens;     /* length of the match in tokens, >= 1 */
  mill_number number;    /* number, quantity */
  mill_span unit;        /* folded span of measure word or unit; from == to: none */
  mill_date date;        /* date, time */
  uint32_t place;        /* place index, or MILL_NONE */
  uint8_t place_levels;  /* bit set of 1<<level where ambiguous */
} mill_found;
/* Longest match of a recogniser that starts at token `at`. 1 found, 0 not.
** Pure: the same view and token give the same answer. */
MILL_API int mill_recognize(const mill_view *v, enum mill_recognizer what,
                            uint32_t at, mill_found *out);

/* ---- token patterns (core/pattern.c, core/pattern_code.c, core/vm.c) ------ */

/*
** A pattern is a tree built bottom-up; nodes are counted references, so one
** may stand in many patterns. Positions are bytes of folded text; all atoms
** but `inside` begin and end at token boundaries.
*/
typedef struct mill_pattern mill_pattern;
/* The constructors live in core/pattern.h (for bindings); here: running. */
typedef struct mill_program mill_program; /* compiled, immutable, shareable */

typedef struct mill_capture {
  uint32_t name;     /* index for mill_program_name */
  uint32_t is_list;  /* from p:list"name" */
  int32_t recognizer; /* enum mill_recognizer when one made the whole span, else -1 */
  mill_span folded;   /* blanks in front do not belong */
} mill_capture;
typedef struct mill_match {
  mill_span folded;
  size_t n_captures; const mill_capture *captures; /* borrowed from the machine */
} mill_match;
typedef struct mill_machine mill_machine; /* stacks, reused between matches */

MILL_API mill_machine *mill_machine_new(void);
MILL_API void mill_machine_free(mill_machine *vm);
/* Per call; 0: the defaults (10 million steps + 100 a byte; 1 million entries). */
MILL_API void mill_machine_limits(mill_machine *vm, uint64_t max_steps, uint32_t max_depth);
/* Milliseconds a call may take (mill_find_next: those that go on together); 0: no limit.
** Over it: MILL_ELIMIT. */
MILL_API void mill_machine_time(mill_machine *vm, double max_ms);
/* Promises that v and what it points to stay as they are until the next
** attach: recognisers are then asked once for each token. NULL ends it. */
MILL_API void mill_machine_attach(mill_machine *vm, const mill_view *v);
MILL_API const char *mill_program_name(const mill_program *p, uint32_t name);
/* First match at or after byte `from` (the start of a character). 1 match, 0 none,
** MILL_ELIMIT when the step limit (per call) or stack is used up. */
MILL_API int mill_find(mill_machine *vm, const mill_program *p, const mill_view *v,
                       uint32_t from, mill_match *out, mill_error *err);
/* The same, going on with the last search of this machine: all matches of p
** in an attached view share one step limit and what was learnt, so that their
** time together is linear. p must have lived since that search; when another
** program ran in between or `from` is before that match's end, this is mill_find. */
MILL_API int mill_find_next(mill_machine *vm, const mill_program *p, const mill_view *v,
                            uint32_t from, mill_match *out, mill_error *err);
/* The same as mill_find, only at `from`. */
MILL_API int mill_match_at(mill_machine *vm, const mill_program *p, const mill_view *v,
                           uint32_t from, mill_match *out, mill_error *err);

/* ---- many patterns at once (core/pattern_set.c) ---------------------------- */

typedef struct mill_pattern_set mill_pattern_set; /* immutable, shareable */
/* A match of the program with that number; its captures are hits->captures[first_capture..). */
typedef struct mill_hit {
  uint32_t program;
  mill_span folded;
  uint32_t first_capture, n_captures;
} mill_hit;
/* A program that used up its steps or stack, where its attempt began, and why (static). */
typedef struct mill_hit_failure { uint32_t program; int code; uint32_t position; const char *message; } mill_hit_failure;
/* Zeroed before the first use; filled again and again. */
typedef struct mill_hits {
  mill_hit *items; uint32_t n, capacity; /* each program's in the order of the text */
  mill_capture *captures; uint32_t n_captures, captures_capacity;
  mill_hit_failure *failures; uint32_t n_failures, failures_capacity;
} mill_hits;

/* *out: caller frees it, before the n programs, which it borrows. */
MILL_API int mill_pattern_set_new(const mill_program *const *programs, uint32_t n,
                                  mill_pattern_set **out, mill_error *err);
MILL_API void mill_pattern_set_free(mill_pattern_set *set); /* takes NULL */
/* All matches of all programs in one pass over v: for each of them the same as mill_find, then
** mill_find_next behind every match (over one character when it is empty). Limits of steps and
** stack count for each program by itself; one that reaches them is in hits->failures with the
** matches up to there kept. 0, MILL_ELIMIT (the time is over; hits hold what was found) or
** MILL_ENOMEM. */
MILL_API int mill_pattern_set_run(mill_machine *vm, const mill_pattern_set *set, const mill_view *v,
                                  mill_hits *hits, mill_error *err);
MILL_API void mill_hits_clear(mill_hits *hits);
MILL_API void mill_hits_free(mill_hits *hits); /* and zeroes it */

/* ---- facts (core/fact_id.c) ----------------------------------------------- */

/* An argument of a fact and where it stands. */
typedef struct mill_argument { const char *name; mill_span clean; } mill_argument;

MILL_API void mill_sort_arguments(mill_argument *args, size_t n); /* by name */

/* The id of a fact in a document with this hash, found at `raw` with these
** arguments (sorted): one or two letters of the type, `:`, 12 hexadecimal
** digits; the same over rule versions, machines and runs. subtype may be NULL.
** 0 or MILL_ENOMEM. */
MILL_API int mill_fact_id(const mill_text *t, const unsigned char sha[32], const char *type,
                          const char *subtype, mill_span raw, const mill_argument *args,
                          size_t n, char id[32]);

/* ---- near duplicates (core/similar.c) ------------------------------------- */

enum { MILL_SIGNATURE_SLOTS = 128, MILL_SIGNATURE_BYTES = 13 + 2 * MILL_SIGNATURE_SLOTS };
/* What is kept of a text to compare it with many: about 5 characters or 3 words
** make a shingle; marks, blanks and the order of shingles do not count. */
typedef struct mill_sketch {
  uint16_t slot[MILL_SIGNATURE_SLOTS]; /* MinHash, one permutation, densified */
  uint64_t simhash;
  uint32_t shingles;                   /* in the text; 0: nothing to compare */
} mill_sketch;

/* Of folded text (any bytes do no harm). The same on every machine. */
MILL_API void mill_signature(const char *folded, size_t n, mill_sketch *out);
/* Estimates the Jaccard index of the shingles, 0..1; standard error <= 0.045. */
MILL_API double mill_signature_similarity(const mill_sketch *a, const mill_sketch *b);
/* Bits in which the SimHashes differ: 0 equal, about 32 unrelated. */
MILL_API int mill_signature_distance(const mill_sketch *a, const mill_sketch *b);
/* Little-endian, format first. decode: 0, MILL_EVERSION (an earlier format: make it
** anew) or MILL_ECORRUPT. */
MILL_API void mill_signature_encode(const mill_sketch *g,
                                    unsigned char bytes[MILL_SIGNATURE_BYTES]);
MILL_API int mill_signature_decode(const void *bytes, size_t n, mill_sketch *out);

/* ---- hashing (core/hash.c) ----------------------------------------------- */

/* SHA-256 (FIPS 180-4) of bytes[0,n). */
MILL_API void mill_sha256(const void *bytes, size_t n, unsigned char digest[32]);
/* 64-bit, seeded, fixed over versions and machines (XXH64's construction). */
MILL_API uint64_t mill_hash64(const void *bytes, size_t n, uint64_t seed);

#ifdef __cplusplus
}
#endif
#endif
