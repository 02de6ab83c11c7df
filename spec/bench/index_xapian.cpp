/*
** index_xapian.cpp - Xapian on the same words: one commit however large, no fsync and no
** locking against readers while loading, and a full compaction when one part is wanted.
** It has no segments: 8 parts are 8 commits into one database.
*/
#include <xapian.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "index.h"

extern "C" double cpu_seconds(void);

namespace {

constexpr size_t longest = 200; /* bytes of a term; Xapian takes 245 */

struct xapian {
  std::string path;
  Xapian::Database db;
  std::vector<std::string> terms;
};

std::string term(const struct word &w) { return std::string(w.text, w.len < longest ? w.len : longest); }

double build(void *self, const struct input *in, uint32_t parts) {
  xapian *x = static_cast<xapian *>(self);
  for (uint32_t id = 0; id <= in->n_ids; id++) x->terms.push_back(id == 0 ? "" : term(in->words[id]));
  double from = cpu_seconds();
  {
    Xapian::WritableDatabase db(x->path, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS |
                                             Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    for (uint32_t d = 0, part = 1; d < in->n_docs; d++) {
      Xapian::Document doc;
      for (uint32_t k = in->first[d], at = 1; k < in->first[d + 1]; k++, at++)
        doc.add_posting(x->terms[in->ids[k]], at);
      db.add_document(doc);
      if ((uint64_t)(d + 1) * parts < (uint64_t)part * in->n_docs) continue;
      db.commit();
      part++;
    }
  }
  if (parts == 1) {
    Xapian::Database(x->path).compact(x->path + ".compact", Xapian::DBCOMPACT_NO_RENUMBER, 0);
    std::filesystem::remove_all(x->path);
    std::filesystem::rename(x->path + ".compact", x->path);
  }
  double took = cpu_seconds() - from;
  x->db = Xapian::Database(x->path);
  return took;
}

Xapian::Query query_of(const xapian *x, const struct question *q) {
  const std::string &a = x->terms[q->a];
  if (q->kind == K_RARE || q->kind == K_FREQUENT) return Xapian::Query(a);
  if (q->kind == K_PREFIX)
    return Xapian::Query(Xapian::Query::OP_WILDCARD, term(q->prefix), 0, Xapian::Query::WILDCARD_LIMIT_ERROR,
                         Xapian::Query::OP_SYNONYM);
  std::vector<std::string> both = {a, x->terms[q->b]};
  switch (q->kind) {
    case K_AND: return Xapian::Query(Xapian::Query::OP_AND, both.begin(), both.end());
    case K_OR: return Xapian::Query(Xapian::Query::OP_OR, both.begin(), both.end());
    case K_PHRASE: return Xapian::Query(Xapian::Query::OP_PHRASE, both.begin(), both.end(), 2);
    default: return Xapian::Query(Xapian::Query::OP_NEAR, both.begin(), both.end(), NEAR_DISTANCE + 2);
  }
}

void ask(void *self, const struct input *, const struct question *q, struct answer *out) {
  xapian *x = static_cast<xapian *>(self);
  Xapian::Enquire enquire(x->db);
  enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
  enquire.set_query(query_of(x, q));
  Xapian::MSet best = enquire.get_mset(0, 10);
  out->n = 0;
  for (Xapian::MSetIterator i = best.begin(); i != best.end(); ++i) out->score[out->n++] = i.get_weight();
}

double size(void *self) {
  double sum = 0;
  for (const auto &f : std::filesystem::recursive_directory_iterator(static_cast<xapian *>(self)->path))
    if (f.is_regular_file()) sum += (double)f.file_size();
  return sum;
}

void close(void *self) {
  xapian *x = static_cast<xapian *>(self);
  x->db.close();
  std::filesystem::remove_all(x->path);
  delete x;
}

}

struct engine xapian_engine(const char *path) {
  setenv("XAPIAN_FLUSH_THRESHOLD", "1000000000", 1);
  xapian *x = new xapian{path, {}, {}};
  return {"Xapian", build, nullptr, ask, size, close, x};
}
