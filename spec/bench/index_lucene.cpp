/*
** index_lucene.cpp - Lucene++ on the same words: a token stream of ready terms, 1 GB of
** buffer, no compound files, no merging while loading (each part is one segment) and
** optimize() when one is wanted; read through its mapped directory.
*/
#include <lucene++/LuceneHeaders.h>
#include <lucene++/MMapDirectory.h>
#include <lucene++/SpanNearQuery.h>
#include <lucene++/SpanTermQuery.h>
#include <lucene++/TermAttribute.h>

#include <filesystem>
#include <string>
#include <vector>

#include "index.h"

extern "C" double cpu_seconds(void);

using namespace Lucene;

namespace {

const wchar_t *const field_name = L"t";

/* Lucene++ speaks UTF-32 in wchar_t. */
std::wstring wide(const struct word &w) {
  std::wstring out;
  for (uint32_t k = 0; k < w.len;) {
    unsigned char c = (unsigned char)w.text[k++];
    uint32_t left = c < 0xc0   ? 0
                    : c < 0xe0 ? 1
                    : c < 0xf0 ? 2
                               : 3,
             code = left == 0 ? c : c & (0x3fu >> left);
    while (left-- > 0 && k < w.len) code = code << 6 | ((unsigned char)w.text[k++] & 0x3f);
    out.push_back((wchar_t)code);
  }
  return out;
}

struct lucene {
  std::string path;
  std::vector<std::wstring> terms;
  IndexReaderPtr reader;
  IndexSearcherPtr searcher;
};

class ReadyStream : public TokenStream {
public:
  LUCENE_CLASS(ReadyStream);
  const lucene *l = nullptr;
  const struct input *in = nullptr;
  uint32_t at = 0, end = 0;
  TermAttributePtr term;
  ReadyStream() { term = addAttribute<TermAttribute>(); }
  bool incrementToken() override {
    if (at == end) return false;
    const std::wstring &w = l->terms[in->ids[at++]];
    term->setTermBuffer(w.data(), 0, (int32_t)w.size());
    return true;
  }
};

double build(void *self, const struct input *in, uint32_t parts) {
  lucene *l = static_cast<lucene *>(self);
  for (uint32_t id = 0; id <= in->n_ids; id++) l->terms.push_back(id == 0 ? L"" : wide(in->words[id]));
  String folder(l->path.begin(), l->path.end());
  double from = cpu_seconds();
  IndexWriterPtr writer = newLucene<IndexWriter>(FSDirectory::open(folder), newLucene<WhitespaceAnalyzer>(),
                                                 true, IndexWriter::MaxFieldLengthUNLIMITED);
  writer->setRAMBufferSizeMB(1024);
  writer->setUseCompoundFile(false);
  writer->setMergeFactor(1000);
  boost::shared_ptr<ReadyStream> stream = newLucene<ReadyStream>();
  stream->l = l;
  stream->in = in;
  DocumentPtr doc = newLucene<Document>();
  doc->add(newLucene<Field>(field_name, stream));
  for (uint32_t d = 0, part = 1; d < in->n_docs; d++) {
    stream->at = in->first[d];
    stream->end = in->first[d + 1];
    writer->addDocument(doc);
    if ((uint64_t)(d + 1) * parts < (uint64_t)part * in->n_docs) continue;
    writer->commit();
    part++;
  }
  if (parts == 1) writer->optimize();
  writer->close();
  double took = cpu_seconds() - from;
  l->reader = IndexReader::open(newLucene<MMapDirectory>(folder), true);
  l->searcher = newLucene<IndexSearcher>(l->reader);
  return took;
}

TermPtr term(const lucene *l, uint32_t id) { return newLucene<Term>(field_name, l->terms[id]); }

QueryPtr pair(const lucene *l, const struct question *q, BooleanClause::Occur occur) {
  BooleanQueryPtr both = newLucene<BooleanQuery>();
  both->add(newLucene<TermQuery>(term(l, q->a)), occur);
  both->add(newLucene<TermQuery>(term(l, q->b)), occur);
  return both;
}

QueryPtr query_of(const lucene *l, const struct question *q) {
  switch (q->kind) {
    case K_AND: return pair(l, q, BooleanClause::MUST);
    case K_OR: return pair(l, q, BooleanClause::SHOULD);
    case K_PREFIX: return newLucene<PrefixQuery>(newLucene<Term>(field_name, wide(q->prefix)));
    case K_PHRASE: {
      PhraseQueryPtr phrase = newLucene<PhraseQuery>();
      phrase->add(term(l, q->a));
      phrase->add(term(l, q->b));
      return phrase;
    }
    case K_NEAR: {
      SpanQueryPtr a = newLucene<SpanTermQuery>(term(l, q->a)), b = newLucene<SpanTermQuery>(term(l, q->b));
      Collection<SpanQueryPtr> both = newCollection<SpanQueryPtr>(a, b);
      return newLucene<SpanNearQuery>(both, NEAR_DISTANCE, false, false);
    }
    default: return newLucene<TermQuery>(term(l, q->a));
  }
}

void ask(void *self, const struct input *, const struct question *q, struct answer *out) {
  lucene *l = static_cast<lucene *>(self);
  TopDocsPtr best = l->searcher->search(query_of(l, q), 10);
  out->n = (uint32_t)best->scoreDocs.size();
  for (uint32_t k = 0; k < out->n; k++) out->score[k] = best->scoreDocs[(int32_t)k]->score;
}

double size(void *self) {
  double sum = 0;
  for (const auto &f : std::filesystem::recursive_directory_iterator(static_cast<lucene *>(self)->path))
    if (f.is_regular_file()) sum += (double)f.file_size();
  return sum;
}

void close(void *self) {
  lucene *l = static_cast<lucene *>(self);
  if (l->searcher) l->searcher->close();
  if (l->reader) l->reader->close();
  std::filesystem::remove_all(l->path);
  delete l;
}

}

struct engine lucene_engine(const char *path) {
  std::filesystem::remove_all(path);
  return {"Lucene++", build, nullptr, ask, size, close, new lucene{path, {}, {}, {}}};
}
