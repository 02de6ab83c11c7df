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

/* ---- numbers and dates (core/number.c, core/time_*.c, core/calendar.c) ----- */

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
  uint16_t months;            /* set: bit m = month m of the year */
  uint16_t times;             /* set: how often in its step (每周三次), 0 once */
  int16_t zone;               /* zoned: minutes east of Greenwich that were said */
  uint8_t weekdays;           /* set: bit 1 Monday ... 7 Sunday */
  int8_t nth;                 /* set: only the n-th of these weekdays of the month, -1 the last */
  uint8_t kind, grain, form, part, mod; /* the enums above; grain: mill_time_unit */
  int8_t direction;           /* offset, span: -1 back, 1 on */
  uint8_t approx, lunar;
  uint8_t anchored;           /* what the reference says: enum mill_time_anchor */
  uint8_t moment;             /* set: from and to are given */
  uint8_t work, weekday;      /* counts working days; 1-7 when a weekday was said */
  uint8_t dated;              /* a day, month or year was said, not a clock alone */
  uint8_t open_hour;          /* a clock of 1-12 without a part of the day */
  uint8_t zoned;
  uint8_t base_grain;         /* of base_from, base_to: what 以前 stands behind; the right */
  int64_t base_from, base_to; /* side of a range */
  int64_t limit_from, limit_to; /* set: when it begins and ends (5月1日至3日每天8点); 0 never */
} mill_time;
/* What comes from the reference: all of it (今天), the year (3月5日), year and month (5日),
** the day of a clock (下午三点). */
enum mill_time_anchor {
  MILL_ANCHOR_ALL = 1,
  MILL_ANCHOR_YEAR = 2,
  MILL_ANCHOR_MONTH = 4,
  MILL_ANCHOR_DAY = 8
};
enum mill_time_prefer { MILL_PREFER_NEAREST, MILL_PREFER_PAST, MILL_PREFER_FUTURE, MILL_PREFER_SAME };
enum mill_region { MILL_REGION_CN, MILL_REGION_HK, MILL_REGION_MO, MILL_REGION_TW }; /* whose holidays */
typedef struct mill_time_options {
  uint8_t prefer;    /* enum mill_time_prefer: which year, month, week where none is said */
  uint8_t duration;  /* read a duration where both are possible (90日, 3月) */
  uint8_t region;    /* enum mill_region */
  uint8_t day_first; /* 3/4/2020 is 3 April */
} mill_time_options;
/* The longest expression of time at s[0], folded text. ref: year, month and day
** (and time of day) of now, NULL: none, then `anchored` ones have no value. o: NULL
** for none. Bytes, 0 none, MILL_EINVAL for a date that cannot be. Linear in n. */
MILL_API int mill_time_scan(const mill_data *d, const char *folded, size_t n, const mill_date *ref,
                            const mill_time_options *o, mill_time *out);
/* The first expression at or behind `at`: bytes used, *begin where it starts; 0 none. */
MILL_API int mill_time_find(const mill_data *d, const char *folded, size_t n, size_t at, const mill_date *ref,
                            const mill_time_options *o, mill_time *out, size_t *begin);
/* Its moment (of a range where it begins) as a date, to its grain; without a reference
** what `anchored` names is not known. d: for lunar ones. */
MILL_API void mill_time_date(const mill_data *d, const mill_time *t, int has_ref, mill_date *out);
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

#include "textmill_words.h"
#include "textmill_rules.h"

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
