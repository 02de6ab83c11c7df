/*
** l_crew.c - class textmill.crew: threads that run a pack over stored documents, each in a
** Lua state of its own, while the corpus's own thread reads, writes and helps.
**
**   put --> [ job | job | job | job ]  --> next
**            ready  a worker's  untaken --> claim: the caller runs it itself
**
** A worker's state has nothing of the caller's but the images, which are only read: it
** requires textmill.crew_worker, which loads the pack anew and says whether it is the same
** (by fingerprints). A thread whose state does not come that far ends; its work is claimed.
** What comes out is rows (store/fact_rows.c), in the order the documents were put in.
*/
#include <pthread.h>
#include <string.h>

#include <lualib.h>

#include "../core/alloc.h"
#include "../core/pool.h"
#include "l_corpus.h"

#define CREW "textmill.crew"
#define MOST_THREADS 63
#define JOBS_PER_THREAD 64u
#define MOST_BYTES (8u << 20) /* of texts under way, unless one document is larger */

#pragma weak luaL_openlibs /* a host may be linked without it: then it has no crews */

int luaopen_textmill_core(lua_State *L);

enum job_state { JOB_FREE = 0, JOB_WAITS, JOB_TAKEN, JOB_CLAIMED, JOB_READY };

/* published sha256 inputs ref fired: the row of the document, each may be NULL */
enum { ROW = 5 };

typedef struct job {
  enum job_state state;
  stored_text text;
  size_t bytes;
  char *row[ROW];
  int kept;               /* what came out: the facts stay as they are, or */
  mill_fact_rows *rows;   /* these; NULL with errors */
  char *fired, *errors;
  int failed; char *failure; /* the worker raised this */
} job;

typedef struct crew {
  const mill_data *data; /* the caller's state's, which outlives the crew */
  char *path, *cpath, *core, *settings;
  pthread_t threads[MOST_THREADS];
  unsigned n_threads, working, ended; /* have got their pack, or cannot */
  job *jobs; unsigned n_jobs;  /* a ring: oldest .. oldest + count */
  unsigned oldest, count, untaken;
  lua_Integer number;          /* of the oldest, from 1 */
  size_t bytes;
  int open, stop;
  char *problem;               /* why a thread has no pack */
  pthread_mutex_t mutex;
  pthread_cond_t work, ready;
} crew;

/* ---- jobs */

static void clear_job(job *j) {
  stored_text_free(&j->text);
  for (int k = 0; k < ROW; k++) mem_free(j->row[k]);
  mill_fact_rows_free(j->rows);
  mem_free(j->fired);
  mem_free(j->errors);
  mem_free(j->failure);
  *j = (job){0};
}

/* A copy of the string at `at`, NULL of nil. *failed: no memory. */
static char *copy_string(lua_State *L, int at, int *failed) {
  size_t n;
  const char *s = lua_tolstring(L, at, &n);
  if (s == NULL) return NULL;
  char *copy = mem_malloc(n + 1);
  if (copy != NULL) memcpy(copy, s, n + 1);
  else *failed = 1;
  return copy;
}

/* The registry's key for what a worker calls. */
static const char reader_key = 0;

static job *job_at(crew *w, unsigned k) { return &w->jobs[(w->oldest + k) % w->n_jobs]; }

/* ---- a worker's state; these functions run in protected mode */

/* (crew): the function that reads a document goes to the registry */
static int start_state(lua_State *L) {
  const crew *w = lua_touserdata(L, 1);
  luaL_openlibs(L);
  bind_share_data(L, w->data);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_pushcfunction(L, luaopen_textmill_core);
  lua_pushliteral(L, "textmill.core");
  lua_pushstring(L, w->core);
  lua_call(L, 2, 1);
  lua_setfield(L, -2, "textmill.core");
  lua_getfield(L, -1, LUA_LOADLIBNAME);
  lua_pushstring(L, w->path);
  lua_setfield(L, -2, "path");
  lua_pushstring(L, w->cpath);
  lua_setfield(L, -2, "cpath");
  lua_getglobal(L, "require");
  lua_pushliteral(L, "textmill.crew_worker");
  lua_call(L, 1, 1);
  lua_pushstring(L, w->settings);
  lua_call(L, 1, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &reader_key);
  return 0;
}

/* (job): what is found in it becomes the job's */
static int run_job(lua_State *L) {
  job *j = lua_touserdata(L, 1);
  mill_error err;
  int failed = 0;
  lua_settop(L, 0);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &reader_key);
  if (stored_text_push(L, &j->text, &err) < 0) return bind_raise(L, &err);
  for (int k = 0; k < ROW; k++) lua_pushstring(L, j->row[k]);
  lua_call(L, 1 + ROW, 4);
  j->kept = lua_toboolean(L, 1);
  mill_fact_rows **rows = luaL_testudata(L, 2, CORPUS_T_FACT_ROWS);
  if (rows != NULL) j->rows = *rows, *rows = NULL;
  j->fired = copy_string(L, 3, &failed);
  j->errors = copy_string(L, 4, &failed);
  return failed ? luaL_error(L, "out of memory") : 0;
}

static int message_of(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

/* f(pointer) in protected mode. 0, or -1 and *message, which may be NULL for want of memory. */
static int protect(lua_State *L, lua_CFunction f, void *pointer, char **message) {
  int failed = 0;
  lua_settop(L, 0);
  lua_pushcfunction(L, f);
  lua_pushlightuserdata(L, pointer);
  if (lua_pcall(L, 1, 0, 0) == LUA_OK) return 0;
  lua_pushcfunction(L, message_of);
  lua_insert(L, 1);
  *message = lua_pcall(L, 1, 1, 0) == LUA_OK ? copy_string(L, -1, &failed) : NULL;
  return -1;
}

/* ---- threads */

/* Documents until there is an end. */
static void work_off(crew *w, lua_State *L) {
  pthread_mutex_lock(&w->mutex);
  w->working++;
  for (;;) {
    while (!w->stop && w->untaken == 0) pthread_cond_wait(&w->work, &w->mutex);
    if (w->stop) break;
    job *j = job_at(w, w->count - w->untaken--);
    j->state = JOB_TAKEN;
    pthread_mutex_unlock(&w->mutex);
    j->failed = protect(L, run_job, j, &j->failure) < 0;
    pthread_mutex_lock(&w->mutex);
    j->state = JOB_READY;
    pthread_cond_broadcast(&w->ready);
  }
  pthread_mutex_unlock(&w->mutex);
}

/* Whoever cannot begin says why, and nothing waits for it. */
static void give_up(crew *w, char *why) {
  pthread_mutex_lock(&w->mutex);
  if (w->problem == NULL) w->problem = why, why = NULL;
  w->ended++;
  pthread_cond_broadcast(&w->ready);
  pthread_mutex_unlock(&w->mutex);
  mem_free(why);
}

/* The memory of a worker's state. Of a new block, NULL, `old` is what it will be: pool_resize ignores it. */
static void *resize(void *memory, void *block, size_t old, size_t size) {
  return pool_resize(memory, block, old, size);
}

static void *work(void *arg) {
  crew *w = arg;
  char *why = NULL;
  pool *memory = pool_new();
  lua_State *L = memory != NULL ? lua_newstate(resize, memory) : NULL;
  if (L != NULL && protect(L, start_state, w, &why) == 0) work_off(w, L);
  else give_up(w, why);
  if (L != NULL) lua_close(L);
  pool_free(memory);
  return NULL;
}

/* ---- class textmill.crew: the caller's side */

static crew *check_crew(lua_State *L) {
  crew *w = luaL_checkudata(L, 1, CREW);
  luaL_argcheck(L, w->open, 1, "the crew is closed");
  return w;
}

static void free_crew(crew *w) {
  for (unsigned k = 0; w->jobs != NULL && k < w->n_jobs; k++) clear_job(&w->jobs[k]);
  char *strings[] = {w->path, w->cpath, w->core, w->settings, w->problem};
  for (int k = 0; k < 5; k++) mem_free(strings[k]);
  mem_free(w->jobs);
  *w = (crew){0};
}

/* crew:close(): waits for the documents that are being read; what is not given out is dropped */
static int crew_close(lua_State *L) {
  crew *w = luaL_checkudata(L, 1, CREW);
  if (w->open) {
    pthread_mutex_lock(&w->mutex);
    w->stop = 1;
    pthread_cond_broadcast(&w->work);
    pthread_mutex_unlock(&w->mutex);
    for (unsigned k = 0; k < w->n_threads; k++) pthread_join(w->threads[k], NULL);
    pthread_cond_destroy(&w->ready);
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->mutex);
  }
  free_crew(w);
  return 0;
}

static void open_crew(crew *w, unsigned threads) {
  pthread_mutex_init(&w->mutex, NULL);
  pthread_cond_init(&w->work, NULL);
  pthread_cond_init(&w->ready, NULL);
  w->open = 1;
  for (; w->n_threads < threads; w->n_threads++)
    if (pthread_create(&w->threads[w->n_threads], NULL, work, w) != 0) break; /* fewer will do */
}

/* core.crew(threads, package.path, package.cpath, settings) --> crew; settings: what
** textmill.crew_worker is called with */
static int new_crew(lua_State *L) {
  int failed = 0;
  lua_Integer threads = luaL_checkinteger(L, 1);
  luaL_argcheck(L, threads >= 0 && threads <= MOST_THREADS, 1, "0 to 63 threads");
  for (int k = 2; k <= 4; k++) luaL_checkstring(L, k);
  lua_settop(L, 4);
  if (luaL_openlibs == NULL) threads = 0;
  const mill_data *data = bind_data(L); /* before the crew: closing a state frees the last first */
  crew *w = lua_newuserdatauv(L, sizeof *w, 0);
  *w = (crew){.number = 1, .data = data};
  luaL_setmetatable(L, CREW);
  lua_getfield(L, LUA_REGISTRYINDEX, "textmill.path");
  w->path = copy_string(L, 2, &failed);
  w->cpath = copy_string(L, 3, &failed);
  w->settings = copy_string(L, 4, &failed);
  w->core = copy_string(L, 6, &failed);
  w->n_jobs = ((unsigned)threads + 1) * JOBS_PER_THREAD;
  w->jobs = mem_calloc(w->n_jobs, sizeof *w->jobs);
  if (failed || w->jobs == NULL) return luaL_error(L, "out of memory");
  lua_settop(L, 5);
  open_crew(w, (unsigned)threads);
  return 1;
}

/* crew:full() --> must next() come before put()? */
static int crew_full(lua_State *L) {
  const crew *w = check_crew(L);
  lua_pushboolean(L, w->count == w->n_jobs || (w->count > 0 && w->bytes >= MOST_BYTES));
  return 1;
}

/* crew:put(corpus, id, published, sha256, inputs, ref, fired) --> number of the job
** | nil, message, position, code: the document cannot be read */
static int crew_put(lua_State *L) {
  crew *w = check_crew(L);
  mill_corpus *c = bind_check_corpus(L, 2);
  int64_t doc;
  mill_error err;
  int failed = 0;
  for (int k = 0; k < ROW; k++) luaL_optstring(L, 4 + k, NULL);
  luaL_argcheck(L, w->count < w->n_jobs, 1, "the crew has enough to do");
  job *j = job_at(w, w->count); /* free: no worker looks at it */
  int code = corpus_find(L, c, 3, &doc, &err);
  if (code == 0) code = stored_text_read(c, doc, &j->text, &err);
  for (int k = 0; k < ROW && code == 0; k++) j->row[k] = copy_string(L, 4 + k, &failed);
  if (code < 0 || failed) clear_job(j);
  if (code < 0) return corpus_fail(L, &err);
  if (failed) return luaL_error(L, "out of memory");
  j->bytes = j->text.text->raw_len;
  pthread_mutex_lock(&w->mutex);
  j->state = JOB_WAITS;
  w->bytes += j->bytes;
  w->count++;
  w->untaken++;
  pthread_cond_signal(&w->work);
  pthread_mutex_unlock(&w->mutex);
  lua_pushinteger(L, w->number + w->count - 1);
  return 1;
}

/* crew:ready() --> is the oldest job done, or claimed? */
static int crew_ready(lua_State *L) {
  crew *w = check_crew(L);
  pthread_mutex_lock(&w->mutex);
  enum job_state state = w->count > 0 ? job_at(w, 0)->state : JOB_FREE;
  pthread_mutex_unlock(&w->mutex);
  lua_pushboolean(L, state == JOB_READY || state == JOB_CLAIMED);
  return 1;
}

/* crew:claim() --> text, number of the oldest job that nobody has begun: the caller does it
** | nil: all have been begun */
static int crew_claim(lua_State *L) {
  crew *w = check_crew(L);
  mill_error err;
  stored_text *text = stored_text_new(L);
  pthread_mutex_lock(&w->mutex);
  unsigned at = w->count - w->untaken;
  job *j = w->untaken > 0 ? job_at(w, at) : NULL;
  if (j != NULL) {
    w->untaken--;
    j->state = JOB_CLAIMED;
    *text = j->text;
    j->text = (stored_text){0};
  }
  pthread_mutex_unlock(&w->mutex);
  if (j == NULL) return 0;
  if (stored_text_push(L, text, &err) < 0) return bind_raise(L, &err);
  lua_pushinteger(L, w->number + at);
  return 2;
}

/* Pushes {kept=, rows=, fired=, errors=} of a job that a worker has done. */
static void push_found(lua_State *L, job *j) {
  lua_createtable(L, 0, 4);
  lua_pushboolean(L, j->kept);
  lua_setfield(L, -2, "kept");
  if (j->rows != NULL) {
    mill_fact_rows **box = corpus_new_fact_rows(L);
    *box = j->rows;
    j->rows = NULL;
    lua_setfield(L, -2, "rows");
  }
  lua_pushstring(L, j->fired);
  lua_setfield(L, -2, "fired");
  lua_pushstring(L, j->errors);
  lua_setfield(L, -2, "errors");
}

/* crew:next(): waits for the oldest job, which is over then --> {kept=, rows=, fired=,
** errors= as JSON} | nil: it was claimed. Raises what the worker raised. */
static int crew_next(lua_State *L) {
  crew *w = check_crew(L);
  luaL_argcheck(L, w->count > 0, 1, "no document is under way");
  job *j = job_at(w, 0);
  pthread_mutex_lock(&w->mutex);
  while (j->state == JOB_TAKEN || (j->state == JOB_WAITS && w->ended < w->n_threads))
    pthread_cond_wait(&w->ready, &w->mutex);
  const char *problem = w->problem != NULL ? w->problem : "there is none";
  pthread_mutex_unlock(&w->mutex);
  if (j->state == JOB_WAITS) return luaL_error(L, "no thread can read it: %s", problem);
  if (j->failed) return luaL_error(L, "%s", j->failure != NULL ? j->failure : "out of memory");
  if (j->state == JOB_CLAIMED) lua_pushnil(L);
  else push_found(L, j);
  pthread_mutex_lock(&w->mutex);
  w->bytes -= j->bytes;
  w->oldest = (w->oldest + 1) % w->n_jobs;
  w->count--;
  w->number++;
  pthread_mutex_unlock(&w->mutex);
  clear_job(j);
  return 1;
}

/* crew:working() --> how many threads have the pack, why another has not | nil */
static int crew_working(lua_State *L) {
  crew *w = check_crew(L);
  pthread_mutex_lock(&w->mutex);
  unsigned n = w->working;
  const char *problem = w->problem; /* set once */
  pthread_mutex_unlock(&w->mutex);
  lua_pushinteger(L, n);
  lua_pushstring(L, problem);
  return 2;
}

void corpus_open_crew(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", crew_close}, {"__close", crew_close}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"close", crew_close}, {"full", crew_full}, {"put", crew_put},
                                     {"ready", crew_ready}, {"claim", crew_claim}, {"next", crew_next},
                                     {"working", crew_working}, {NULL, NULL}};
  bind_class(L, CREW, meta, methods);
  lua_pushcfunction(L, new_crew);
  lua_setfield(L, -2, "crew");
}
