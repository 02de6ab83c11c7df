---@meta
-- textmill.meta_stats - annotations of what explores a corpus: views, samples and
-- verdicts, comparisons, time lines, statistics; see meta.lua. `c` in the examples is
-- the corpus of `textmill demo --repl`.

---Part of a corpus (c:where). It has every reading method of the corpus, each of which
---sees the chosen articles only; #v counts its documents. What is added to the corpus
---afterwards is not in it.
---@class textmill.view
---@operator len: integer
---@field documents integer
---@field articles integer
---@field said string the conditions
---@field store table as the corpus has it
---@field path? string

---@type textmill.corpus
local corpus = {}

---A part of the corpus: all conditions must hold, a list of values means any of them.
---`date` takes a prefix ("2020-02") or {from=, to=}; `place` the name or code of a fact
---in the article; `doc title url path charset script` and every key of the metadata
---(what the pages say of themselves, and the sheet they came with) a value or a list.
---An unknown key raises and names those there are.
---
---    > v = c:where {place = "清溪镇"}
---    > v
---    textmill.view(place 清溪镇: 1 document, 1 article)
---    > v:count "巡查队"
---    1	1
---    > v:where {script = "traditional"}
---    textmill.view(place 清溪镇, script traditional: 0 documents, 0 articles)
---@param conditions table<string, any>
---@return textmill.view view
function corpus:where(conditions) end

---Facts drawn at random, to be judged: save it, fill in the column verdict (ok, wrong,
---wrong FIELD, FIELD=VALUE) and give the file to `verdicts`. The same seed draws the same
---facts on every machine. Other options choose facts as `facts` does.
---
---    > r = c:sample {n = 5, seed = 1, type = "quantity"}
---    > #r, r[1].verdict == ""
---    5	true
---@param o? table<string, any> n (default 50), seed (default 1), and columns of facts
---@return textmill.result result rows: fact, type, quote, context, place, item, value, unit, cite, rule, verdict
function corpus:sample(o) end

---Takes in what people found: a CSV or TSV file with the columns fact and verdict, a
---table {[fact id] = verdict}, or a result. ok | wrong | wrong FIELD | FIELD=VALUE become
---accepted, rejected (FIELD), edited FIELD=VALUE in the column verdict of facts, and stay
---when rules run again; an edited field has its new value. Prints precision (a wrong
---field counts as wrong) with Wilson's 95 % interval, by type and by rule.
---
---    > d = tm.open(nil)
---    > r = d:add {id = "a", text = "全镇设置36个水位观测点，出动15艘冲锋舟。"}
---    > r = d:extract "zh.report"
---    > f, g = d:facts()[1], d:facts()[2]
---    > d:verdicts {[f.id] = "ok", [g.id] = "value=16"}
---    2 judged: 1 ok = 50 % (95 % interval 9-91). Rejected facts stay rejected when rules are run again.
---    by    name                        judged  ok  precision %  from %  to %
---    all   all                              2   1           50     9.5  90.5
---    type  quantity                         2   1           50     9.5  90.5
---    rule  zh.report/quantity.measure       2   1           50     9.5  90.5
---    > d:extract("zh.report", {again = true})
---    zh.report 1: 2 facts, 2 mentions in 1 document
---    > d:facts()[2].value, d:facts()[2].verdict
---    16	edited value=16
---@param source string|table file, {[fact id] = verdict}, or a result
---@return textmill.result result rows: by, name, judged, ok, precision, from, to; field problems: what was not understood
function corpus:verdicts(source) end

---Which place says which number: a table with a cell for each pair. `~`: mentioned
---without a number; `.`: not mentioned; 0 only where a text says 0. A number said twice,
---or in copies of one article, stands once; several different ones are marked !, so are
---equal numbers under different words. Rejected facts do not count.
---
---    > d = tm.open(nil)
---    > r = d:add {id = "a", text = "清溪镇防汛\n清溪镇设置36个观测点。"}
---    > r = d:add {id = "b", text = "白河镇防汛\n白河镇出动冲锋舟15艘，各观测点有人值守。"}
---    > r = d:extract "zh.report"
---    > d:compare {item = {"观测点", "冲锋舟"}}
---    place   观测点  冲锋舟  says
---    清溪镇      36       .  1 sentence
---    白河镇       ~      15  1 sentence
---    .  not mentioned     ~  mentioned without a number (NOT zero)      0 would be printed as 0
---@param o? textmill.compare_options
---@return textmill.result result rows: the row's name, code, a column an item, as of, says
function corpus:compare(o) end

---@class textmill.compare_options
---@field rows? string field of facts that makes the rows (default place)
---@field cols? string field that makes the columns (default item)
---@field item? string|string[] a group's name, a word, words (default: the commonest items)

---What the corpus says as one HTML file that needs no network: 1 summary, 2 comparison,
---3 timeline, 4 facts (filter, sort; a click shows the raw page with the cited bytes marked
---beside the clean text), 5 checks, 6 how it was made. Tables can be read without
---JavaScript. Texts of documents stay text in it, whatever they hold.
---
---    > r = c:report(os.tmpname())
---    > r.bytes > 10000
---    true
---@param path string
---@param o? textmill.report_options
---@return textmill.report? report prints itself; or nil, message, position, code
function corpus:report(path, o) end

---@class textmill.report_options
---@field title? string the heading
---@field item? string|string[] what the comparison is about, as for compare
---@field limit? integer facts that are listed (default 5000)
---@field pages? integer bytes of pages' text in the file (default 16 MB); of longer pages only
---what is around a fact

---@class textmill.report
---@field path string
---@field bytes integer

---Facts with a day, in order, each with its place, its citation and how its year is
---known. Dates without a year get the one given, else the year that all dated documents
---share; without such a year they are listed by month and day.
---
---    > c:timeline({year = 2020}):head(2):columns("date", "year", "cite")
---    date        how the year is known  cite
---    2020-01-20  year: given            08#387,402
---    2020-06-18  year: given            05#133,142
---@param o? textmill.timeline_options
---@return textmill.result result rows: date, to, place, text, year, cite, doc, fact, type
function corpus:timeline(o) end

---@class textmill.timeline_options
---@field from? string first day; a prefix ("2020-02") holds all of it
---@field to? string last day
---@field year? integer|string of dates without one

---Words that stand near a word more often than chance has it: within `span` words in the
---same sentence. The query is one word, a "string of words", a* *b, a|b or @group, as
---words of the segmentation. Every row has all measures: logdice (Rychlý 2008), ll
---(log-likelihood, Dunning 1993), mi, t; `by` sorts.
---
---    > c:collocates("群众", {min = 2}):columns("word", "count", "left", "right", "frequency", "logdice", "ll")
---    5 occurrences of 群众 among 1,475 words; 5 words on each side, by logdice
---    word  count  left  right  frequency  logdice    ll
---    户        2     1      1          8     12.3  5.85
---@param query string
---@param o? textmill.collocates_options
---@return textmill.result result rows: word, count, left, right, frequency, expected, logdice, ll, mi, t; field totals
function corpus:collocates(query, o) end

---@class textmill.collocates_options
---@field span? integer words on each side (default 5)
---@field by? "logdice"|"ll"|"mi"|"t" what sorts (default logdice)
---@field min? integer least occurrences together (default 3)
---@field limit? integer rows (default 50)

---How often words stand in body text; or tags, kinds of words, runs of n words; in all or
---in each part: `by` is year, month, doc, source or any key of the metadata, `q` the word
---whose numbers are wanted there. Saves as .svg, too.
---
---    > c:frequencies {limit = 2}
---    1,475 words
---    word  count  per million  docs
---    个       26      17627.1     8
---    一       16      10847.5     8
---    > c:frequencies {n = 2, limit = 1}[1].word
---    四 张
---    > c:frequencies({by = "doc", q = "群众"}):columns("by", "count", "per_million")
---    doc  count  per million
---    01       2      10256.4
---    02       0            0
---    03       0            0
---    04       0            0
---    05       0            0
---    06       3      19108.3
---    07       0            0
---    08       0            0
---    09       0            0
---    10       0            0
---@param o? textmill.frequencies_options
---@return textmill.result result rows: word, count, per_million, docs; with by: by, too; tags and kinds: words
function corpus:frequencies(o) end

---@class textmill.frequencies_options
---@field of? "words"|"tags"|"kind" (default words); tag: the word's usual one
---@field n? integer runs of n words, at most 8
---@field by? string year, month, doc, or any column or metadata
---@field q? string with by: this word alone
---@field min? integer least occurrences
---@field limit? integer rows (default 1000; with by 10 a part)

---Words that set this part (a view) apart from another (default: the whole corpus):
---log-likelihood, negative where the word is rarer here, and log ratio (Hardie 2014).
---
---    > c:where({doc = "01"}):keyness(c:where {doc = "04"}, {limit = 2}):columns("word", "count", "other", "ll")
---    word  count  other     ll
---    网       11      0  15.34
---    转移      3      0   4.12
---@param other? textmill.view|textmill.corpus
---@param o? textmill.keyness_options
---@return textmill.result result rows: word, count, per_million, other, other_per_million, ll, log_ratio
function corpus:keyness(other, o) end

---@class textmill.keyness_options
---@field min? integer least occurrences in both (default 3)
---@field limit? integer rows (default 100)

---The words that say what a document, a view or the corpus is about: TF-IDF, with the
---frequencies of the word list as background.
---
---    > c:keywords({doc = "01", n = 3}):columns("word", "count", "score")
---    word    count  score
---    巡查        4  53.06
---    全镇        3  40.98
---    清溪镇      2  33.62
---@param o? textmill.keywords_options
---@return textmill.result result rows: word, count, docs, background, score
function corpus:keywords(o) end

---@class textmill.keywords_options
---@field doc? string
---@field n? integer words (default 20)

---The documents most like one: cosine of their words, weighed by tf-idf (1: the same
---words in the same shares). For copies and near copies see `duplicates`.
---
---    > c:similar("01", {n = 2}):columns("doc", "similarity")
---    doc  similarity
---    04       0.0679
---    06        0.067
---@param doc string
---@param o? textmill.similar_options
---@return textmill.result? result rows: doc, title, similarity; or nil, message, position, code
function corpus:similar(doc, o) end

---@class textmill.similar_options
---@field n? integer documents (default 10)

---How evenly a word is spread over the documents: Juilland's D (1 even, 0 in one
---document), Gries's DP (2008; 0 even, towards 1 uneven) and DP normalised.
---
---    > c:dispersion "群众"
---    5 hits in 2 of 10 documents (1,475 words): Juilland's D 0.296, DP 0.761 (normalised 0.786)
---@param query string as for collocates
---@return textmill.dispersion_measures measures print themselves
function corpus:dispersion(query) end

---@class textmill.dispersion_measures
---@field hits integer
---@field words integer
---@field parts integer documents
---@field range integer documents with it
---@field juilland number
---@field dp number
---@field dp_norm number

---@type textmill.dispersion_measures
local measures = {}

---Draws where in each document the word stands, as SVG. So does the result of c:kwic.
---
---    > c:dispersion("群众"):save(os.tmpname() .. ".svg")
---    true
---@param path string ending in .svg
---@return true? done or nil, message, position, code
function measures:save(path) end
