/*
** workers.c - documents cleaned and cut into words by threads while one thread,
** the corpus's own, writes: what is stored, and in which order, is the same for
** any number of threads.
**
**   put --> [ job | job | job | job ]  --> next
**            ready  taken by a worker       the oldest, stored when it is ready
**
** Workers see neither SQLite nor Lua: a job owns its bytes, images are only read.
** The writer is one of the threads: when the oldest job is not ready, it does another
** itself, so nobody waits while there is work. The others take several at a time, since
** waking and locking for each document of a page or two would cost as much as it gains.
** How much is under way is bounded by jobs and by bytes: enough for the threads while
** the writer commits. What a thread has made it frees itself, later: memory that another one
** gives back is locked against the one that asks for more. Words of the corpus's own list change while it is open: with such,
** the writer cuts again. Where the corpus had documents before, the writer asks for the
** bytes first: what it has is not cleaned again (an interrupted `add` goes on).
*/
#include <pthread.h>

#include "../core/clean.h"
#include "document.h"
#include "table.h"
#include "workers.h"

#define JOBS_PER_THREAD 64u
#define AT_ONCE_BYTES 32768u   /* bytes after which a thread takes no more than it has; AT_ONCE jobs at most */
#define MOST_THREADS 64u
#define MOST_BYTES (16u << 20) /* raw bytes under way, unless one document is larger */
#define KEPT_TOKENS 2048u      /* room of a slot that is not given back: there are many */
#define KEPT_BYTES 8192u

#define SPENT 64u              /* documents that wait for being freed by who made them, */
#define SPENT_BYTES 65536u     /* each of so many at most */

enum job_state { JOB_FREE = 0, JOB_WAITS, JOB_TAKEN, JOB_READY };

/* What is made of a document. */
struct made { mill_text *text; mill_tokens tokens; struct prepared prepared; };

/* Two lists in turn: one is filled under the mutex, the other is freed. */
typedef struct worker {
  struct mill_workers *all;
  pthread_t thread;
  struct made spent[2][SPENT];
  unsigned n_spent, turn;
} worker;

typedef struct job {
  enum job_state state;
  worker *maker; /* NULL: the writer */
  char *room; size_t capacity; /* owned: raw and strings */
  const char *raw; size_t n;
  const char *strings[6]; /* id path url date meta charset; may be NULL */
  int64_t note;
  mill_clean_options options;
  unsigned char sha[32];
  struct made made; /* the tokens are kept for the next document of this slot */
  int hashed, known; /* sha is made; the corpus has these bytes */
  int code;
  mill_error err;
} job;

struct mill_workers {
  mill_corpus *corpus; /* borrowed */
  const mill_data *data;
  worker *workers;
  unsigned n_threads, n_jobs;
  int seek; /* the corpus had documents: ask first */
  job *jobs; /* a ring: oldest .. oldest + count */
  unsigned oldest, count, untaken; /* untaken: how many of them wait, the last ones */
  size_t bytes, untaken_bytes;
  unsigned idle;   /* threads that wait for work */
  int waits;       /* the writer waits for a job that is taken */
  int stop;
  void *scratch;   /* the writer's */
  pthread_mutex_t mutex;
  pthread_cond_t work, ready;
};

/* ---- a job ---------------------------------------------------------------------- */

static void free_made(struct made *m) {
  mill_text_free(m->text);
  prepared_free(&m->prepared);
  mill_tokens_free(&m->tokens);
  *m = (struct made){0};
}

static void clear_job(job *j) {
  job kept = {0};
  if (j->capacity <= KEPT_BYTES) kept.room = j->room, kept.capacity = j->capacity;
  else mem_free(j->room);
  if (j->made.tokens.capacity <= KEPT_TOKENS) kept.made.tokens = j->made.tokens, j->made.tokens = (mill_tokens){0};
  free_made(&j->made);
  *j = kept;
}

/* Leaves what was made to the thread that did, when there is room. The mutex is held. */
static void give_back(job *j) {
  worker *maker = j->maker;
  if (maker == NULL || maker->n_spent == SPENT || j->n > SPENT_BYTES) return;
  struct made *m = &maker->spent[maker->turn][maker->n_spent++];
  *m = j->made;
  j->made = (struct made){0};
  if (m->tokens.capacity <= KEPT_TOKENS) j->made.tokens = m->tokens, m->tokens = (mill_tokens){0};
}

static int make_room(job *j, size_t n) {
  if (j->capacity >= n) return 0;
  mem_free(j->room);
  j->room = mem_malloc(n);
  j->capacity = j->room != NULL ? n : 0;
  return j->room != NULL ? 0 : MILL_ENOMEM;
}

static int fill_job(job *j, const char *raw, size_t n, const mill_clean_options *o, const mill_source *s,
                    mill_error *err) {
  const char *strings[] = {s->id, s->path, s->url, s->date, s->meta, o->charset};
  size_t lengths[6], all = n + 1;
  for (int k = 0; k < 6; k++) all += lengths[k] = strings[k] != NULL ? strlen(strings[k]) + 1 : 0;
  if (make_room(j, all) < 0) return mill_fail_memory(err);
  char *at = j->room;
  if (n > 0) memcpy(at, raw, n);
  at += n + 1;
  for (int k = 0; k < 6; at += lengths[k++]) {
    j->strings[k] = strings[k] != NULL ? at : NULL;
    if (strings[k] != NULL) memcpy(at, strings[k], lengths[k]);
  }
  j->raw = j->room;
  j->n = n;
  j->options = *o;
  j->options.charset = j->strings[5];
  return 0;
}

/* The segmenter's scratch is the thread's: one for each of the many jobs would be far more memory than
** their documents. */
static void cut_words(job *j, const mill_data *d, void **scratch) {
  struct made *m = &j->made;
  m->tokens.scratch = *scratch;
  j->code = mill_segment(mill_data_lexicon(d), m->text->folded, m->text->folded_len, NULL, &m->tokens, &j->err);
  *scratch = m->tokens.scratch;
  m->tokens.scratch = NULL;
}

/* What needs neither the file nor other documents, of n jobs, AT_ONCE at most: step after step, each over
** all of them, so that its code is fetched once. */
static void run_jobs(job **jobs, unsigned n, const mill_data *d, void **scratch) {
  clean_job cleaning[AT_ONCE];
  unsigned some = 0;
  for (unsigned k = 0; k < n; k++) {
    job *j = jobs[k];
    if (j->known) continue;
    if (!j->hashed) mill_sha256(j->raw, j->n, j->sha);
    cleaning[some] = (clean_job){.raw = j->raw, .n = j->n, .options = &j->options};
    jobs[some++] = j;
  }
  clean_several(d, cleaning, some);
  for (unsigned k = 0; k < some; k++) {
    jobs[k]->made.text = cleaning[k].text;
    if ((jobs[k]->code = cleaning[k].code) < 0) jobs[k]->err = cleaning[k].err;
  }
  for (unsigned k = 0; k < some; k++)
    if (jobs[k]->code >= 0) cut_words(jobs[k], d, scratch);
  for (unsigned k = 0; k < some; k++) {
    job *j = jobs[k];
    if (j->code >= 0) j->code = prepare_text(d, j->made.text, &j->made.prepared, &j->err);
  }
}

/* ---- threads ---------------------------------------------------------------------- */

static job *job_at(mill_workers *w, unsigned k) { return &w->jobs[(w->oldest + k) % w->n_jobs]; }

/* The next job that nobody has taken; there is one. The mutex is held. */
static job *take(mill_workers *w) {
  job *j = job_at(w, w->count - w->untaken--);
  w->untaken_bytes -= j->n;
  j->state = JOB_TAKEN;
  return j;
}

/* Takes some jobs, but leaves as many to others, if there are such. The mutex is held. */
static unsigned take_some(mill_workers *w, job *mine[AT_ONCE]) {
  unsigned n = 0, most = w->n_threads > 0 ? (w->untaken + 1) / 2 : w->untaken;
  for (size_t bytes = 0; n < AT_ONCE && n < most && bytes < AT_ONCE_BYTES; bytes += mine[n++]->n)
    mine[n] = take(w);
  return n;
}

/* Takes some jobs and does them. The mutex is held. */
static void do_some(worker *self, void **scratch) {
  mill_workers *w = self->all;
  job *mine[AT_ONCE] = {0}, *turn[AT_ONCE];
  unsigned n = take_some(w, mine), n_spent = self->n_spent;
  struct made *spent = self->spent[self->turn];
  for (unsigned k = 0; k < n; k++) mine[k]->maker = self;
  memcpy(turn, mine, sizeof mine);
  self->turn ^= 1;
  self->n_spent = 0;
  pthread_mutex_unlock(&w->mutex);
  for (unsigned k = 0; k < n_spent; k++) free_made(&spent[k]);
  run_jobs(turn, n, w->data, scratch);
  pthread_mutex_lock(&w->mutex);
  for (unsigned k = 0; k < n; k++) mine[k]->state = JOB_READY;
  if (w->waits) pthread_cond_signal(&w->ready);
}

static void *work(void *arg) {
  worker *self = arg;
  mill_workers *w = self->all;
  void *scratch = NULL;
  pthread_mutex_lock(&w->mutex);
  while (!w->stop) {
    if (w->untaken > 0) {
      do_some(self, &scratch);
    } else {
      w->idle++;
      pthread_cond_wait(&w->work, &w->mutex);
      w->idle--;
    }
  }
  pthread_mutex_unlock(&w->mutex);
  mem_free(scratch);
  return NULL;
}

/* Where fewer can be had than are asked for, these and the writer do the work. */
static void start_threads(mill_workers *w, unsigned n) {
  for (; w->n_threads < n; w->n_threads++) {
    worker *one = &w->workers[w->n_threads];
    one->all = w;
    if (pthread_create(&one->thread, NULL, work, one) != 0) break;
  }
}

static int count_documents(mill_corpus *c, int *some, mill_error *err) {
  mill_rows *r;
  int code = table_query(c, "SELECT EXISTS (SELECT 1 FROM mill_docs)", NULL, 0, &r, err);
  if (code < 0) return code;
  *some = mill_rows_cell(r, 0, 0).integer != 0;
  mill_rows_free(r);
  return 0;
}

int mill_workers_open(mill_corpus *c, unsigned threads, mill_workers **out, mill_error *err) {
  *out = NULL;
  if (threads == 0 || threads > MOST_THREADS)
    return mill_fail(err, MILL_EINVAL, 0, "1 to %u threads", MOST_THREADS);
  mill_workers *w = mem_calloc(1, sizeof *w);
  if (w == NULL) return mill_fail_memory(err);
  w->corpus = c;
  w->data = c->data;
  int has = count_documents(c, &w->seek, err);
  if (has < 0) return mem_free(w), has;
  w->n_jobs = threads * JOBS_PER_THREAD;
  pthread_mutex_init(&w->mutex, NULL);
  pthread_cond_init(&w->work, NULL);
  pthread_cond_init(&w->ready, NULL);
  w->jobs = mem_calloc(w->n_jobs, sizeof *w->jobs);
  w->workers = mem_calloc(threads, sizeof *w->workers);
  if (w->jobs == NULL || w->workers == NULL) return mill_workers_close(w), mill_fail_memory(err);
  start_threads(w, threads - 1);
  *out = w;
  return 0;
}

void mill_corpus_use_threads(mill_corpus *c, unsigned threads) { c->index.gather.threads = threads; }

void mill_workers_close(mill_workers *w) {
  if (w == NULL) return;
  pthread_mutex_lock(&w->mutex);
  w->stop = 1;
  pthread_cond_broadcast(&w->work);
  pthread_mutex_unlock(&w->mutex);
  for (unsigned k = 0; k < w->n_threads; k++) {
    worker *one = &w->workers[k];
    pthread_join(one->thread, NULL);
    for (unsigned i = 0; i < one->n_spent; i++) free_made(&one->spent[one->turn][i]);
  }
  for (unsigned k = 0; w->jobs != NULL && k < w->n_jobs; k++) {
    clear_job(&w->jobs[k]);
    mill_tokens_free(&w->jobs[k].made.tokens);
    mem_free(w->jobs[k].room);
  }
  pthread_cond_destroy(&w->ready);
  pthread_cond_destroy(&w->work);
  pthread_mutex_destroy(&w->mutex);
  mem_free(w->scratch);
  mem_free(w->jobs);
  mem_free(w->workers);
  mem_free(w);
}

/* ---- the writer's side --------------------------------------------------------------- */

unsigned mill_workers_pending(const mill_workers *w) { return w->count; }

int mill_workers_full(const mill_workers *w) {
  return w->count == w->n_jobs || (w->count > 0 && w->bytes >= MOST_BYTES);
}

/* Of what is known the thread has nothing to do. */
static int seek(mill_workers *w, job *j, mill_error *err) {
  mill_sha256(j->raw, j->n, j->sha);
  j->hashed = 1;
  j->known = document_is_known(w->corpus, j->sha, err);
  return j->known;
}

/* Stores a job that is done; what was known may have been removed since. */
static int store(mill_workers *w, job *j, const mill_source *source, mill_receipt *out, mill_error *err) {
  if (j->known) {
    int code = document_add_known(w->corpus, j->sha, source, out, err);
    if (code != 0) return code < 0 ? code : 0;
    j->known = 0;
    run_jobs(&j, 1, w->data, &w->scratch);
  }
  if (j->code < 0 && err != NULL) *err = j->err;
  if (j->code < 0) return j->code;
  return document_add_cut(w->corpus, &(struct cut){j->made.text, &j->made.tokens, &j->made.prepared, j->sha},
                          source, out, err);
}

mill_under_way mill_workers_oldest(mill_workers *w) {
  if (w->count == 0) return (mill_under_way){0};
  const job *j = job_at(w, 0);
  return (mill_under_way){j->strings[0], j->strings[1], j->n, j->note};
}

int mill_workers_put(mill_workers *w, const char *raw, size_t n, const mill_clean_options *options,
                     const mill_source *source, int64_t note, mill_error *err) {
  static const mill_clean_options usual = {.html = -1};
  static const mill_source nowhere = {0};
  if (mill_workers_full(w)) return mill_fail(err, MILL_EINVAL, 0, "the workers have enough to do");
  job *j = job_at(w, w->count); /* free: no worker looks at it */
  int code = fill_job(j, raw, n, options != NULL ? options : &usual, source != NULL ? source : &nowhere, err);
  if (code < 0) return code;
  j->note = note;
  if (w->seek && (code = seek(w, j, err)) < 0) return clear_job(j), code;
  pthread_mutex_lock(&w->mutex);
  j->state = JOB_WAITS;
  w->bytes += n;
  w->untaken_bytes += n;
  w->count++;
  w->untaken++;
  if (w->idle > 0 && (w->untaken >= AT_ONCE || w->untaken_bytes >= AT_ONCE_BYTES))
    pthread_cond_signal(&w->work);
  pthread_mutex_unlock(&w->mutex);
  return 0;
}

/* Until the oldest job is ready the writer does others. */
static void await_oldest(mill_workers *w) {
  job *oldest = job_at(w, 0);
  pthread_mutex_lock(&w->mutex);
  while (oldest->state != JOB_READY) {
    if (w->untaken == 0) {
      w->waits = 1;
      pthread_cond_wait(&w->ready, &w->mutex);
      w->waits = 0;
      continue;
    }
    job *mine[AT_ONCE] = {0}, *turn[AT_ONCE];
    unsigned n = take_some(w, mine);
    memcpy(turn, mine, sizeof mine);
    if (w->idle > 0 && w->untaken > 0) pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->mutex);
    run_jobs(turn, n, w->data, &w->scratch);
    pthread_mutex_lock(&w->mutex);
    for (unsigned k = 0; k < n; k++) mine[k]->state = JOB_READY;
  }
  pthread_mutex_unlock(&w->mutex);
}

int mill_workers_next(mill_workers *w, mill_receipt *out, mill_error *err) {
  if (w->count == 0) return mill_fail(err, MILL_ENOTFOUND, 0, "no document is under way");
  job *j = job_at(w, 0);
  await_oldest(w);
  const mill_source source = {j->strings[0], j->strings[1], j->strings[2], j->strings[3], j->strings[4]};
  int code = store(w, j, &source, out, err);
  pthread_mutex_lock(&w->mutex);
  w->bytes -= j->n;
  w->oldest = (w->oldest + 1) % w->n_jobs;
  w->count--;
  give_back(j);
  pthread_mutex_unlock(&w->mutex);
  clear_job(j);
  return code;
}
