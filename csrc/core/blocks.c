/*
** blocks.c - blocks, articles and metadata of a clean text: opens the page,
** runs the passes, hands the pieces over as blocks.
**
**   regions_weigh      which class names carry weight  (regions.c)
**   boilerplate_mark   what single lines show          (boilerplate.c, trails.c, cues.c)
**   regions_links      runs of links                   (regions.c)
**   fields_mark        metadata lines, cut into fields (fields.c, timestamp.c)
**   signatures_mark    names at the edges of prose     (signatures.c, names.c)
**   replies_mark       replies and comments            (replies.c)
**   boilerplate_spread what neighbours show            (boilerplate_spread.c)
**   title_mark         title, account                  (title.c)
**   articles_mark      several reports in one          (articles.c)
**   keywords_mark      bare words at the end           (keywords.c)
**   regions_mark       head and tail of the page       (regions.c)
**   headings_mark      headings, lists, captions       (headings.c)
**
** A pass only looks at pieces that none before it settled; what none settles
** is a paragraph. All passes are linear in the text.
*/
#include "alloc.h"
#include "buffer.h"
#include "error.h"
#include "page.h"

static int fill_blocks(page *p, mill_error *err) {
  mill_text *t = p->text;
  if (p->n == 0) return 0;
  t->blocks = mem_calloc(p->n, sizeof *t->blocks);
  if (!t->blocks) return mill_fail_memory(err);
  t->n_blocks = p->n;
  for (uint32_t i = 0; i < p->n; i++) {
    const page_piece *q = &p->pieces[i];
    t->blocks[i] = (mill_block){q->clean, q->kind, q->level, q->ordinal, q->article, q->reason};
  }
  return 0;
}

/* Articles from the numbers on the blocks, which only go up. */
static int fill_articles(mill_text *t, uint32_t n, mill_error *err) {
  t->articles = mem_calloc(n, sizeof *t->articles);
  if (!t->articles) return mill_fail_memory(err);
  t->n_articles = n;
  for (uint32_t a = 0; a < n; a++) t->articles[a].title = MILL_NONE;
  for (uint32_t i = 0; i < t->n_blocks; i++) {
    mill_article *a = &t->articles[t->blocks[i].article];
    if (a->n_blocks++ == 0) {
      a->first_block = i;
      a->clean = t->blocks[i].clean;
    }
    a->clean.to = t->blocks[i].clean.to;
    if (t->blocks[i].kind == MILL_BLOCK_TITLE && a->title == MILL_NONE) a->title = i;
  }
  return 0;
}

static void find_articles(page *p) { articles_mark(p); }

static void (*const passes[])(page *) = {
  regions_weigh, boilerplate_mark, regions_links, fields_mark, signatures_mark, replies_mark,
  boilerplate_spread, title_mark, find_articles, keywords_mark, regions_mark, headings_mark};

static int fill_text(page *p, mill_error *err) {
  uint32_t n = p->n ? p->pieces[p->n - 1].article + 1 : 1;
  int code = p->code ? mill_fail_memory(err) : fill_blocks(p, err);
  if (code == 0) code = fill_articles(p->text, n, err);
  return code == 0 ? metadata_collect(p, err) : code;
}

void blocks_find(const blocks_job *jobs, unsigned n) {
  page pages[AT_ONCE];
  for (unsigned k = 0; k < n; k++)
    if (*jobs[k].code >= 0) *jobs[k].code = page_open(&pages[k], jobs[k].text, jobs[k].hints, jobs[k].err);
    else memset(&pages[k], 0, sizeof pages[k]);
  for (size_t f = 0; f < sizeof passes / sizeof *passes; f++)
    for (unsigned k = 0; k < n; k++)
      if (*jobs[k].code >= 0) passes[f](&pages[k]);
  for (unsigned k = 0; k < n; k++) {
    if (*jobs[k].code >= 0) *jobs[k].code = fill_text(&pages[k], jobs[k].err);
    page_close(&pages[k]);
  }
}

int mill_find_blocks(mill_text *t, const html_structure *hints, mill_error *err) {
  int code = 0;
  blocks_find(&(blocks_job){t, hints, &code, err}, 1);
  return code;
}
