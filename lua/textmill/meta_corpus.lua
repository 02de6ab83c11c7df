---@meta
-- textmill.meta_corpus - annotations of the corpus, results and facts; see
-- meta.lua. `c` in the examples is the corpus of `textmill demo --repl`.

---A corpus: documents, index and facts in one SQLite file, or in memory.
---tostring(c) says how much; a file is opened by any SQL tool (views documents,
---sources, articles, facts_flat, mentions, places, checks).
---@class textmill.corpus
---@field path? string
---@field store? userdata the C half; nil once closed
local corpus = {}

---Takes documents in: folders, pages, .ndjson, .csv with a column text or path,
---.warc, each also as .gz. A bad one never stops the others; the same bytes are
---stored once, with all their sources.
---
---    > d = tm.open(nil)
---    > d:add {id = "a", text = "全镇设置36个水位观测点"}
---    1 document: 1 added
---    what   id
---    added  a
---@param source string|string[]|textmill.new_document a path, paths, or one document
---@param o? textmill.add_options
---@return textmill.result result what became of each; fields all, added, same, replaced, failed, summary
function corpus:add(source, o) end

---@class textmill.new_document
---@field text? string UTF-8; or
---@field raw? string bytes in any charset; or
---@field bytes_b64? string the same, base64
---@field id? string (default: the file's name up to the first _ or ., or a hash)
---@field path? string
---@field url? string
---@field date? string
---@field charset? string
---@field meta? table<string, string>

---@class textmill.add_options
---@field meta? string metadata sheet (CSV); its columns url and date are known, the rest is kept
---@field key? string the sheet's column that names file or id (default: the first)
---@field files? boolean the path is a list of files, one a line
---@field date? string date of documents that have none
---@field charset? string of the files (default: find out)
---@field jobs? integer threads (1 to 64) that clean and cut words, the one that writes among them; the file is the same for any number
---@field on_progress? fun(done: integer, counts: table) called after each document: tm.progress; counts: all added same
---replaced failed, bytes of the documents, share of the input that is read (0 to 1)
---@field keep? '"all"'|'"failed"' rows of the result: one a document (default), or only of what failed

---Removes a document with its index entries, sources and facts.
---
---    > d = tm.open(nil)
---    > d:remove "x"
---    nil  no document is named 'x'  1  notfound
---@param id string
---@return true? removed or nil, message, position, code
function corpus:remove(id) end

---Closes the file; a second time does nothing.
---
---    > d = tm.open(nil)
---    > d:close()
---    > d
---    textmill.corpus (closed)
function corpus:close() end

---Runs a pack over all documents and stores the facts in place of its earlier ones.
---Documents keep their facts, unread, where nothing they depend on has changed since the
---pack last ran: its rules (their code, patterns, words), the date, user words, groups.
---A changed rule is tried alone first; who never had anything to do with it stays.
---
---    > d = tm.open(nil)
---    > r = d:add {id = "a", text = "全镇设置36个水位观测点"}
---    > d:extract "zh.report"
---    zh.report 1: 1 fact, 1 mention in 1 document
---@param pack textmill.pack|string|table
---@param o? textmill.extract_options
---@return textmill.summary summary prints itself
function corpus:extract(pack, o) end

---@class textmill.extract_options
---@field ref_date? string a day for dates without a year (default: when the document was published)
---@field max_ms? number time for one document
---@field again? boolean read every document, those too whose facts cannot have changed
---@field jobs? integer threads (1 to 64) that run the pack, the one that writes among them: the same rows for any number.
--- Each loads the pack by itself: one made of a table, or changed since it was loaded, is run by one thread
---@field on_progress? fun(done: integer, summary: table) called after each document: tm.progress

---@class textmill.summary
---@field pack string
---@field version string
---@field documents integer those that were read
---@field unchanged integer those whose facts could not have changed
---@field facts integer of the documents that were read
---@field mentions integer
---@field errors table[] {doc, rule, where, code, message} of rules that raised
---@field jobs integer threads that had the pack

---How much there is; prints itself.
---
---    > c:stats().documents
---    10
---@return textmill.stats stats
function corpus:stats() end

---@class textmill.stats
---@field schema string version of the file's tables
---@field lexicon string what the file was segmented with
---@field unicode string
---@field failures integer documents that could not be added
---@field documents integer
---@field sources integer
---@field articles integer
---@field bytes integer raw
---@field characters integer
---@field tokens integer
---@field words integer different ones
---@field glosses integer removed
---@field dated integer documents with a date
---@field facts integer
---@field mentions integer

---The documents: doc, title, published, source, characters, charset, script, ...
---
---    > c:docs()[1].title
---    清溪镇:织密防汛“四张网” 守好群众平安线
---@return textmill.result result
function corpus:docs() end

---One document.
---
---    > c:doc("02").text.charset
---    gb18030
---@param id string
---@return textmill.doc? doc or nil, message, position, code
function corpus:doc(id) end

---@class textmill.doc
---@field id string
---@field raw string bytes as they came
---@field text textmill.text
---@field meta table<string, string> what the document says of itself, one value a key
---@field sources table[] every path, url, date and metadata these bytes came with
---@field row table its row of docs()

---The bytes behind a citation DOC#FROM,TO (raw bytes, 0-based, half-open).
---
---    > quote, row = c:cite "04#602,681"
---    > quote
---    石门镇农田灌溉用水证》各1200张
---    > row.raw
---    石門(mén)鎮(zhèn)農(nóng)田灌溉用水證(zhèng)》各1200張(zhāng)
---@param citation string
---@return string? quote display form, or nil, message, position, code
---@return textmill.cited row
function corpus:cite(citation) end

---@class textmill.cited
---@field doc string
---@field raw string
---@field clean string
---@field display string
---@field left string context before, display form
---@field right string context after
---@field path? string
---@field sha256 string of the document
---@field raw_from integer
---@field raw_to integer
---@field clean_from integer
---@field clean_to integer

---Articles that hold what a query asks for, best first. Query: terms (all of
---them), "a string", a|b, -not, ( ), @group. A string is found wherever it stands, in
---both scripts. Of words: 卡*, *点, word:卡点, word:"检测 卡口" (side by side),
---/卡[点口]/ (a regular expression on a whole word, for at most 10,000 words of the
---corpus), NEAR(a b, 5) (at most 5 words between, in any order, as FTS5 has it; 10 when
---not said; a and b are words, "phrases", a*, *b or /re/). With mode="words" every term
---is words, cut as the documents are. Scores are FTS5's bm25. An error of code "syntax"
---shows the place under the query. Ctrl-C at the REPL stops a query (code "cancel").
---
---    > c:search("水庫"):columns("doc", "hits", "snippet")
---    2 hits in 1 article of 1 document, best first
---    doc  hits  snippet
---    04      2  制定全镇统一的用水方案,只开放两座‹水库›,全镇46个村民小组按顺序放水。
---    > c:search("NEAR(巡查 水渠, 3)"):columns("doc", "hits", "snippet")
---    2 hits in 1 article of 1 document, best first
---    doc  hits  snippet
---    04      2  …闸放水。“巡渠小组”,每天三次‹巡查›‹水渠›。“抢修小组”,维修水泵84台、疏通沟渠31公里。“纠…
---    > r = c:search("/巡.+/", {facets = {"script", "month"}})
---    > r.facets.script
---    script       articles  hits
---    simplified          2     5
---    traditional         1     1
---@param query string
---@param o? textmill.search_options
---@return textmill.result result rows: doc, title, hits, snippet, cite, score; result.totals, result.facets
function corpus:search(query, o) end

---@class textmill.search_options
---@field in? "body"|"all" all: captions, keyword lists and boilerplate, too
---@field mode? "strings"|"words" what a term is (default: strings)
---@field limit? integer 0: what is found is only counted
---@field offset? integer
---@field context? integer characters on each side
---@field doc? string only this document
---@field max_ms? integer then an error of code "limit"
---@field facets? string[] keys as of c:where, and month, year: result.facets[key] counts all that was found
---@field totals? boolean false: only the best are looked for, nothing is counted

---How often a query, or a pattern, is found, and in how many documents.
---
---    > c:count "群众"
---    5  2
---@param query string|textmill.pattern as for search, or a pattern as for match (with max_ms alone)
---@param o? textmill.count_options
---@return integer hits
---@return integer documents
function corpus:count(query, o) end

---@class textmill.count_options
---@field in? "body"|"all"
---@field mode? "strings"|"words"
---@field max_ms? integer then an error of code "limit"
---@field doc? string only this document

---A concordance: every occurrence of a query, or every match of a pattern, with its
---context. Chinese is sorted by pinyin (the left side from the node outwards); `sort` may
---also name a column of docs or any metadata. Lines are counted at once, and read from the
---corpus when they are asked for (the first 64 with them), so it must be open then.
---
---    > c:kwic("巡查队", {context = 6}):columns("doc", "left", "node", "right")
---    1 hit in 1 article of 1 document, concordance
---    doc          left  node    right
---    01   巡查网。成立  巡查队  12支,共计
---@param query string|textmill.pattern as for search, or a pattern
---@param o? textmill.kwic_options
---@return textmill.result result rows: doc, place, title, left, node, right, cite
function corpus:kwic(query, o) end

---@class textmill.kwic_options
---@field sort? "left"|"right"|"centre"|string or metadata (default: order of the documents)
---@field sample? integer so many lines, drawn by lot
---@field seed? integer|string the same draws the same (default 1)
---@field within? "sentence" context does not leave the sentence
---@field in? "body"|"all"
---@field limit? integer 0: what is found is only counted
---@field offset? integer
---@field context? integer characters on each side (default 20)
---@field mode? "strings"|"words" what a term is (default: strings)
---@field max_ms? integer then an error of code "limit"
---@field doc? string only this document

---Matches of a token pattern in all documents, without boilerplate. They are counted at once;
---their lines are read from the corpus when they are asked for, so it must be open then, and as
---it was.
---
---    > c:match(P"巡查队" * P.number:as "n" * P"支")
---    1 match in 1 of 10 documents
---    doc  place   sentence                                  captures  cite
---    01   清溪镇  成立[巡查队12支],共计260余名党员干部轮流  n=12      01#527,541
---@param pattern textmill.pattern|string
---@param o? textmill.corpus_match_options
---@return textmill.result result rows: doc, place (of the article, by its facts), match, captures, cite, i, j, text
function corpus:match(pattern, o) end

---@class textmill.corpus_match_options
---@field limit? integer no more than so many, the first ones
---@field max_ms? integer then an error of code "limit"

---Facts, all or those with these columns or arguments. Of a list (members, days) one is enough.
---
---    > c:facts({item = "手摇报警器"}):columns("place", "item", "value", "unit", "cite")
---    place   item        value  unit  cite
---    清溪镇  手摇报警器     40  台    01#460,480
---    > c:facts({type = "permit", colour = "红"})[1]:valid_on "2020-02-20"
---    true  lunar 正月廿七 ends in 7
---@param where? table<string, string|number> name = value: type, place, item, doc, unit, value, status, colour, ...
---@return textmill.result result of facts
function corpus:facts(where) end

---A fact from its rule down to its raw bytes, with the place where an inherited place or
---year is named.
---
---    > c:explain(c:facts {item = "手摇报警器"}[1])
---    fact q:ee39419ca64c  quantity  item=手摇报警器 value=40 unit=台 place=清溪镇
---      place  清溪镇 (of its article, named at 01#0,9)
---      rule zh.report/quantity.measure 1
---        item   手摇报警器  01#460,475
---        value  40台  01#475,480
---      raw    手摇报警器40台
---             20 bytes, 01#460,480, sha256 of the document 3551f1e1fa71…
---      shown  …警网。在全镇设置36个水位观测点,配备[手摇报警器40台],每天两次通报水情。…
---@param f textmill.fact
---@return string text
function corpus:explain(f) end

---Why there is no fact: how far the pattern of each rule of a pack came, the closest
---first and drawn; or the facts that are there.
---
---    > mine = tm.pack { "mine", tm.rule { "teams", match = P.number * P"队",
---    >>   emit = function() return { type = "quantity" } end } }
---    > c:why("成立12支巡查队", mine)
---    no rule of mine matches
---      teams: stopped at 支 (part 2: not 队)
---     成立 12 支 巡查 队
---          ── ✗
---     part 1  number  12     ok
---     part 2  队      支     FAILED here   repl:1
---     seen: 队 stands 2 tokens further on.
---@param where string a citation, or any text
---@param pack textmill.pack|string
---@return string text
function corpus:why(where, pack) end

---One SQL statement that reads; ? takes the values.
---
---    > c:sql("select count(*) n from documents where charset = ?", "gb18030")[1].n
---    1
---@param statement string
---@return textmill.result result
function corpus:sql(statement, ...) end

---Words of the corpus's own. What is added or removed is stored in the file, and the
---documents that hold one of the words are cut into words anew, in one transaction:
---search, patterns and counts are those of a corpus that knew the words from the start.
---Facts stay until `extract` runs again. Without an argument: a result of the words.
---
---    > d = tm.open(nil)
---    > r = d:add {id = "a", text = "全镇设立劝返点3个，装Windows 11。"}
---    > d:userwords {add = {"劝返点", {"Windows 11", class = "system"}}}
---    2 words added. 1 document of 1 contains them and was re-segmented; statistics are up to date.
---    > d:count "word:劝返点"
---    1  1
---    > d:userwords()
---    word        tag  class   force  removed
---    windows 11  n    system  false  false
---    劝返点      n            false  false
---@param o? textmill.userwords_options
---@return textmill.words_report|textmill.result report prints itself: added, removed, contain, documents
function corpus:userwords(o) end

---@class textmill.userwords_options
---@field add? string|table words separated by blanks; a list of words and {word, tag=, class=, weight=, force=};
---  or a result of new_words: its rows with accepted = true, all of them where none says
---@field remove? string|table words, also the list's
---@field file? string path of a file as lexicon:load reads it

---@class textmill.words_report
---@field added integer words that are new, or said otherwise
---@field removed integer
---@field contain integer documents that hold one of them
---@field documents integer of so many

---Words that the list lacks, offered with evidence and never added by themselves: runs
---of tokens that stick together and stand in changing company. Numbers, Latin letters and
---function words are no part of them. Add what you accept: set `accepted = true` in rows
---and hand the result to `userwords`.
---
---    > d = tm.open(nil)
---    > r = d:add {id = "a", text = "村口设劝返点,路边设劝返点,桥头有劝返点。"}
---    > r = d:add {id = "b", text = "撤销劝返点,新劝返点已建,三处劝返点都在。"}
---    > w = d:new_words {min_count = 4, min_cohesion = 1}
---    > w:columns("word", "count", "docs", "cohesion", "left", "right")
---    word    count  docs  cohesion  left  right
---    劝返点      6     2      1.74  2.25   2.58
---    > w[1].accepted = true
---    > d:userwords {add = w}
---    1 word added. 2 documents of 2 contain it and were re-segmented; statistics are up to date.
---@param o? textmill.new_words_options
---@return textmill.result result rows: word, count, docs, cohesion, left, right, example, cite
function corpus:new_words(o) end

---@class textmill.new_words_options
---@field min_count? integer least occurrences (default 5; in a large corpus one in 300,000 tokens)
---@field min_docs? integer least documents (default 2; 1 in a corpus of one or two)
---@field max_len? integer most characters, 2 to 16 (default 6)
---@field n? integer rows (default 100)
---@field min_cohesion? number bits by which its parts attract each other at least (default 3)
---@field min_entropy? number bits of what stands left and right of it at least (default 1)

---One name for several words: `@name` in searches, `P.class"name"` in patterns over the
---corpus, the column item_group of facts_flat. An empty list removes the group; without
---arguments: a result of all. A word is in one group at a time.
---
---    > d = tm.open(nil)
---    > r = d:add {id = "a", text = "全镇设立劝返点3个，卡口2处。"}
---    > d:group("checkpoint", "劝返点 卡口")
---    > d:count "@checkpoint"
---    2  1
---    > d:match(tm.pattern.class"checkpoint" * tm.pattern.number:as"n"):columns("match", "captures")
---    2 matches in 1 of 1 document
---    sentence                       captures
---    全镇设立[劝返点3]个,卡口2处。  n=3
---    全镇设立劝返点3个,[卡口2]处。  n=2
---@param name? string one word
---@param words? string|string[] separated by blanks, or a list
---@return textmill.result? result rows: name, word
function corpus:group(name, words) end

---Articles that are nearly the same, in groups, found by MinHash and compared by
---their shingles (5 characters or 3 words); boilerplate, marks, blanks, case and
---script do not count. similarity: Jaccard index with the first of the group. Signatures
---are made by the first call and kept in a corpus that may be written.
---
---    > d = tm.open(nil)
---    > r = d:add {id = "a", text = "全镇设置36个水位观测点,配备手摇报警器40台,每天两次通报水情。"}
---    > r = d:add {id = "b", text = "全鎮設置36個水位觀測點,配備手搖報警器40台,每天兩次通報水情！"}
---    > r = d:add {id = "c", text = "村口设立卡口一处,有人值守,来往车辆登记后放行。"}
---    > d:duplicates():columns("group", "doc", "similarity")
---    1 group of 2 articles
---    group  doc  similarity
---        1  a             1
---        1  b             1
---@param o? textmill.duplicates_options
---@return textmill.result result rows: group, doc, title, similarity, cite, article
function corpus:duplicates(o) end

---@class textmill.duplicates_options
---@field threshold? number least similarity of a pair, above 0, at most 1 (default 0.8)

---Checks pages, blobs, index and facts.
---
---    > c:verify()
---    all is well
---@return textmill.result result rows: doc, problem; none when all is well
function corpus:verify() end

---Cuts every document anew, with the lexicon of this version and the corpus's own words, and
---indexes it so: for a file that was filled with another lexicon.
---
---    > d = tm.open(nil)
---    > d:add({ text = "全镇36个村" }).added, d:reindex()
---    1  1
---@return integer documents
function corpus:reindex() end

---Merges the index into one piece, without what was removed. Adding merges by itself: worth
---it after much was removed or replaced, or when nothing more comes.
---
---    > c:compact()
function corpus:compact() end

-- results ----------------------------------------------------------------------

---What every method returns that yields many things: for row in r, #r, r[i];
---tostring(r) prints a page. It holds plain rows: no file, no open statement.
---@class textmill.result
---@operator len: integer
---@operator call: table
local result = {}

---The first rows.
---
---    > c:docs():head(2):columns("doc", "charset")
---    doc  charset
---    01   utf-8
---    02   gb18030
---@param n? integer (default 10)
---@return textmill.result result
function result:head(n) end

---The same result, printing its next page.
---
---    > r = c:facts {type = "quantity"}
---    > tostring(r:more()) ~= tostring(r)
---    true
---@param n? integer rows
---@return textmill.result result
function result:more(n) end

---The rows in another order; what has no value comes last.
---
---    > c:docs():sort("-glosses"):head(2):columns("doc", "glosses")
---    doc  glosses
---    04       112
---    06        50
---@param by string|fun(a: table, b: table): boolean a column, "-column" for falling, or a function
---@return textmill.result result raises for an unknown column
function result:sort(by) end

---Just these columns; also those that are not printed otherwise.
---
---    > c:docs():columns("doc", "script"):head(1)
---    doc  script
---    01   simplified
---@param ... string names
---@return textmill.result result raises for an unknown column
function result:columns(...) end

---How often each value of a column comes, most often first.
---
---    > c:facts({type = "scheme"}):by("status")[1].count > 0
---    true
---@param column string
---@return textmill.result result rows: the column, count
function result:by(column) end

---Writes all rows; the extension is the format: csv tsv json ndjson html md.
---
---    > c:docs():save "/nonexistent/docs.csv"
---    nil  /nonexistent/docs.csv: No such file or directory  0  io
---@param path string
---@param o? textmill.save_options
---@return true? saved or nil, message, position, code
function result:save(path, o) end

---@class textmill.save_options
---@field plain? boolean CSV for machines: no BOM, no guarded formulas

-- facts ------------------------------------------------------------------------

---A fact: what is said, where, and the bytes that say it. Which fields it has
---depends on its type: quantity, person, place, time, scheme, enumeration,
---metadata, ...
---
---    > f = c:facts {item = "手摇报警器"}[1]
---    > f.value, f.unit, f.place, f.quote, f.cite
---    40  台  清溪镇  手摇报警器40台  01#460,480
---@class textmill.fact
---@field id string stable over runs, machines and rule versions
---@field doc string
---@field type string
---@field subtype? string
---@field item? string what is counted
---@field item_group? string the group of words it belongs to
---@field value? number|string
---@field lo? number bounds of the value
---@field hi? number
---@field unit? string
---@field approx? string 余, 约, ...
---@field scope? string each, total, ...
---@field polarity? string
---@field modality? string fact, must, must_not, may
---@field status string ok, declared_only, disputed, duplicate
---@field verdict? string of a person who checked it
---@field place? string
---@field place_code? string official division code
---@field place_level? string
---@field place_how? string how the place was found: said, article, heading, ...
---@field time? string ISO 8601, the beginning
---@field time_from? string
---@field time_to? string
---@field time_grain? string
---@field time_calendar? string
---@field time_source? string
---@field name? string of persons, places, schemes
---@field role? string of persons
---@field members? string[] of schemes
---@field declared? number members that the name promises
---@field actor? string of steps: who does it
---@field n? integer of steps and sections: its number
---@field other? string|number of checks: the second reading
---@field valid_on? fun(self: textmill.fact, date: string): boolean, string of permits: good on that day?
---@field valid? table of permits: valid:on(date), valid:between(from, to) iterates over ISO dates
---@field quote string display form of the raw span
---@field cite string DOC#FROM,TO
---@field raw_from integer raw bytes, 0-based, half-open
---@field raw_to integer
---@field clean_from? integer none for what stands in an attribute
---@field clean_to? integer
---@field rule string
---@field version string of the rule
---@field rule_version string
---@field pack string
---@field pack_version string
---@field label string what it is about, whatever its type
---@field detail string what it says, whatever its type
---@field mentions textmill.mention[]

---@class textmill.mention
---@field fact string id
---@field doc string
---@field quote string
---@field cite string
---@field raw_from integer raw bytes, 0-based, half-open
---@field raw_to integer
---@field clean_from? integer
---@field clean_to? integer
---@field rule string
---@field rule_version string
---@field args table<string, integer[]> raw span {from, to} of each argument

---What functions raise that return results or iterators; tostring is the message.
---@class textmill.error
---@field code string notfound, syntax, corrupt, readonly, busy, full, limit, io, ...
---@field message string
---@field position integer where it has a meaning
