/*
** textmill_words.h - the part of textmill.h that is about words: lexicon, segmenter,
** trained models, break iterators, user words. Included by textmill.h, never alone.
*/
#ifndef MILL_TEXTMILL_WORDS_H
#define MILL_TEXTMILL_WORDS_H

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

#endif
