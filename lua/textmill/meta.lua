---@meta textmill
-- textmill.meta - what the module offers, for editors (LuaCATS), for help() and
-- for the tests: annotations.lua reads it, spec/lua/docs_spec.lua compares it
-- with the real tables in both directions and runs its examples. Texts and maps are
-- in meta_texts.lua, corpora and facts in meta_corpus.lua, patterns in meta_rules.lua,
-- rules and packs in meta_packs.lua, the lexicon in meta_words.lua.
--
-- Spans in Lua are 1-based inclusive bytes; citations, files and the command
-- line count 0-based half-open bytes.

---textmill turns dirty, multilingual text into clean, searchable facts that
---cite the raw bytes they came from. `tm` is the module, `P` its patterns.
---
---Wrong arguments raise. Bad data returns nil, message, position, code from
---functions that return values, and raises an error object {code, message,
---position} from those that return results or iterators.
---@class textmill.module
---@field pattern textmill.patterns constructors of token patterns, P at the prompt
local tm = {}

---Cleans a document: finds the charset, removes markup, decodes entities,
---removes pinyin glosses of characters, finds blocks, articles and metadata,
---and keeps a map to every raw byte.
---
---    > t = tm.clean "設(shè)立9處(chù)安置點(diǎn)，<b>約</b>三百&nbsp;人"
---    > tostring(t)
---    設立9處安置點，約三百 人
---    > t
---    textmill.text(66 bytes raw -> 35 bytes clean, 13 characters, 1 article, 1 block; utf-8, html, 3 removed glosses, traditional)
---@param raw string|{path: string} bytes as they came, in any charset, or the file that holds them
---@param o? textmill.clean_options
---@return textmill.text? text or nil, message, position, code: "empty", "notfound", "io", "limit", "charset"
function tm.clean(raw, o) end

---@class textmill.clean_options
---@field charset? string what the bytes are (default: find out), as in HTTP: "gb18030", "big5"
---@field html? boolean true: HTML, false: plain text (default: find out)
---@field max_bytes? integer refuse longer input (default 256 MiB)
---@field max_depth? integer nested elements that are tracked (default 512); deeper ones are flattened
---@field mojibake? boolean|string what is repaired, see tm.repair: true or "all" (default), false, "gbk", "latin"

---Bytes of any charset as UTF-8.
---
---    > tm.decode("\xc4\xe3\xba\xc3", "gb18030")
---    你好  gb18030  textmill.map(4 -> 6 bytes, 1 runs)
---@param bytes string
---@param charset? string (default: find out)
---@return string? utf8 or nil, message, position, code
---@return string charset what the bytes were read as
---@return textmill.map map from the bytes to utf8
function tm.decode(bytes, charset) end

---Text that went through the wrong charset, put right: UTF-8 that was read as
---GBK or GB18030 ("gbk"), or as windows-1252, 1250, 1251, 1257, iso-8859-2,
---macintosh, cp437 ("latin"), also several times. The rest stays as it is.
---Pieces of the map are of kind mojibake, or guess where a byte was lost.
---
---    > (tm.repair "鍏ㄩ晣鍏辨湁瀛︽牎")
---    全镇共有学校
---    > (tm.repair "RÃ©union dâ€™Ã©tÃ©")
---    Réunion d’été
---@param s string|textmill.text UTF-8
---@param o? textmill.repair_options
---@return string? repaired or nil, message, position, code
---@return textmill.map map from s to repaired
---@return integer n characters put in
function tm.repair(s, o) end

---@class textmill.repair_options
---@field kind? string "all" (default), "gbk", "latin"

---A normal form of a text, with the map to it.
---
---    > (tm.normalize("ＡＢ１２㍿", "nfkc_cf"))
---    ab12株式会社
---    > (tm.normalize("設立", "fold"))
---    设立
---@param s string|textmill.text UTF-8
---@param form string nfc nfd nfkc nfkd nfkc_cf casefold width nomarks; fold: what is matched; display: what people are shown
---@return string? normal or nil, message, position, code
---@return textmill.map map from s to normal
function tm.normalize(s, form) end

---Simplified and traditional Chinese, the usage of Taiwan and Hong Kong, old and
---new Japanese characters, as OpenCC converts them, with the map to the result.
---
---    > (tm.convert("干净的头发", "s2t"))
---    乾淨的頭髮
---    > (tm.convert("软件", "s2twp"))
---    軟體
---    > (tm.convert("设立卡点", "s2t", {user = {["卡点"] = "關卡"}}))
---    設立關卡
---@param s string|textmill.text UTF-8
---@param config string s2t t2s s2tw tw2s s2hk hk2s s2twp tw2sp s2hkp hk2sp t2tw tw2t t2hk hk2t t2jp jp2t
---@param o? textmill.convert_options
---@return string? converted or nil, message, position, code
---@return textmill.map map from s to converted
function tm.convert(s, config, o) end

---@class textmill.convert_options
---@field words? boolean guided by the segmenter: no phrase across the edge of a word (心理|发展 holds no 理发)
---@field user? table<string, string> entries over the dictionaries; the longest match counts, values stay as they are

---Is s well-formed UTF-8?
---
---    > tm.valid "点"
---    true
---    > tm.valid "abc\xff"
---    nil  not UTF-8 at byte 4 (invalid_byte)  4  invalid_byte
---@param s string
---@return true? valid or nil, message, position, kind of the fault
function tm.valid(s) end

---The words of a text, one after the other; blanks are left out.
---
---    > for w, i, j, tag in tm.words "全镇36个水位观测点" do io.write(w, "/", tag, " ", i, "-", j, "  ") end
---    全镇/n 1-6  36/m 7-8  个/q 9-11  水位/n 12-17  观测点/n 18-26
---
---For an index of one's own there is mode "search": behind each word come the words of
---two characters and more that stand in it, by where they begin, the longest first. They
---have the position of their word, so that words are neighbours where they were.
---
---    > o = {mode = "search"}
---    > for w, i, j, tag, at in tm.words("北京大学的水库", o) do io.write(at, " ", w, " ", i, "-", j, "  ") end
---    1 北京大学 1-12  1 北京 1-6  1 大学 7-12  2 的 13-15  3 水库 16-21
---@param s string|textmill.text
---@param o? textmill.words_options
---@return fun(): string, integer, integer, string, integer? iterator word, i, j, tag (names as jieba's), position
function tm.words(s, o) end

---@class textmill.words_options
---@field mode? "dict"|"model"|"search" "dict": the cheapest path over the lexicon; "model": the boundaries a model
---  puts; "search": as dict (with a model: as model), and the words in words
---@field model? textmill.model in the place of the one that is installed
---@field tags? "lexicon"|"upos" "upos": the model's tags, chosen by their context
---@field lexicon? textmill.lexicon
---@field numbers? "whole"|"split" "split": digits and signs by themselves

---The tokens of a text as columns; blanks and line breaks are tokens, too.
---
---    > k = tm.tokens "全镇36个"
---    > #k, k:word(2), k:tag(2)
---    3  36  m
---@param s string|textmill.text
---@param o? textmill.words_options
---@return textmill.tokens tokens
function tm.tokens(s, o) end

---The sentences of a text, without the white space around them. None ends inside
---brackets; after a number alone (1.) or an English abbreviation it goes on.
---
---    > for s, i, j in tm.sentences "路通了（见图。）大家来了！1.修桥。" do print(i, j, s) end
---    1  39  路通了（见图。）大家来了！
---    40  50  1.修桥。
---@param s string|textmill.text
---@param locale? string as ICU names it (default "en@ss=standard")
---@return fun(): string, integer, integer iterator sentence, i, j
function tm.sentences(s, locale) end

---What a reader takes for one character: letters with their marks, emoji, flags.
---
---    > for g in tm.graphemes "é点👍🏽" do io.write("[", g, "]") end
---    [é][点][👍🏽]
---@param s string|textmill.text
---@return fun(): string, integer, integer iterator grapheme, i, j
function tm.graphemes(s) end

---A whole string as a number: the value first, then how exact it is. Forms that only
---mean a number where one is expected are read, too: 百三, 2万五, 三十3, 幺幺四, 40k, 1.2e6.
---
---    > tm.number "三百余"
---    300  {approx=over, lo=301, hi=399}
---    > tm.number "1.2万" + 1
---    12001
---    > tm.number "第一书记"
---    nil  not a number (第一书记 is a role)  1  invalid
---@param s string|textmill.text
---@return number? value or nil, message, position, code
---@return textmill.number info
function tm.number(s) end

---A number in Chinese numerals: `lower` 一百零二, `upper` 壹佰零贰 as in contracts, `yuan`
---an amount of money, rounded half up to 分, `digits` one by one. A string keeps the zeros
---it is written with; up to 16 digits before the point, any number of them as `digits`.
---
---    > tm.spell(31000054)
---    三千一百万零五十四
---    > tm.spell("1005.20", "yuan")
---    壹仟零伍元贰角
---    > tm.spell("2020", "digits")
---    二零二零
---@param number number|string a finite number, or a decimal as text ("-12.30", "5e-05")
---@param style? "lower"|"upper"|"yuan"|"digits" (default lower)
---@return string numerals
function tm.spell(number, style) end

---Every number of a string, with its unit, its bounds and where it stands: weights,
---lengths, money, percentages, ordinals, ranges, what is said to be more or less. What
---is no number to a reader (一旦, 四川) is none. For counts and what they count, in
---documents, there is P.quantity and the pack zh.report.
---
---    > for _, q in ipairs(tm.quantities "重3斤半，价五块六到七块") do print(q.text, q.lo, q.hi, q.unit) end
---    3斤半	3.5	3.5	斤
---    五块六到七块	5.6	7	元
---@param s string|textmill.text
---@return textmill.quantity[] list in order, or nil, message, position, code
function tm.quantities(s) end

---A text as it is read aloud: figures, dates, clocks, money, shares, units and numbers that
---are dialled become words. `clock_zero = false`: 8:05 is 八点五分; `meridiem = false`: am
---and pm stay.
---
---    > tm.spoken "2021-03-05 8:05，涨6.3%，共1,200m²"
---    二零二一年三月五日 八点零五分，涨百分之六点三，共一千二百平方米
---@param s string|textmill.text
---@param o? textmill.spoken_options
---@return string? text or nil, message, position, code
function tm.spoken(s, o) end

---The way back: spoken numbers, shares, clocks and ranges as figures. What is no number
---(一共, 三七二十一) stays, and two numbers that touch (八百一千) do, too.
---
---    > tm.written "下午三点四十，一百二十万人，涨百分之六点三"
---    下午3:40，120万人，涨6.3%
---    > tm.written("七八公斤，五千美元", { units = "symbols", money = "signs" })
---    7~8kg，US$5000
---@param s string|textmill.text
---@param o? textmill.written_options
---@return string? text or nil, message, position, code
function tm.written(s, o) end

---@class textmill.spoken_options
---@field clock_zero? boolean is the zero of 8:05 said (default true)
---@field meridiem? boolean are am and pm said, as 上午 and 下午 (default true)
---@field numbers? "words"|"digits" digits: every number digit by digit and nothing else

---@class textmill.written_options
---@field date? "words"|"slash" 8月8日 (default) or 08/08
---@field clock? "colon"|"padded"|"words" 8:05 (default), 08:05, or as it is
---@field meridiem? "words"|"latin" 下午3:40 (default) or 3:40p.m.
---@field money? "words"|"signs" 5000美元 (default) or US$5000
---@field units? "words"|"symbols" 8公斤 (default) or 8kg
---@field ranges? "full"|"short" 45~46 (default) or 45-6; 到 between numbers becomes a sign, too
---@field scale? "whole"|"split"|"figures" 120万 but 100002300 (default); 1亿2300 where a unit follows; 1200000
---@field group? boolean thousands are set off by commas (default false)
---@field single? boolean are numbers of one character written as figures (default true)

---Phone numbers, mail and web addresses, IP addresses, and numbers with a check digit:
---identity numbers, companies, bank cards, plates. Of a phone number its form or a word
---before it (电话) must say what it is; loose takes any run of 7 to 12 digits that no unit
---follows.
---
---    > for _, x in ipairs(tm.sequences "电话0371-65581234,网址www.example.cn") do print(x.kind, x.value) end
---    phone	037165581234
---    url	www.example.cn
---@param s string|textmill.text
---@param o? textmill.sequence_options
---@return textmill.sequence[] list in order, or nil, message, position, code
function tm.sequences(s, o) end

---@class textmill.sequence_options
---@field kinds? string[] only these: email url ip id company bankcard plate phone
---@field loose? boolean runs of digits that nothing says are a phone number, too

---Does an answer say yes or no? The first such word that stands for itself.
---
---    > tm.choice "好的,我同意"
---    true  1  6
---@param s string|textmill.text
---@return boolean? said nil when it says neither
---@return integer? i its first byte
---@return integer? j its last byte
function tm.choice(s) end

---A number of a text with its unit.
---@class textmill.quantity
---@field i integer first byte
---@field j integer last byte
---@field text string as written
---@field value number in `unit`; of a range the lower end
---@field lo number it is at least this; -math.huge: no lower bound
---@field hi number it is at most this; math.huge: no upper bound
---@field lo_open? boolean the lower bound itself is left out (大于10)
---@field hi_open? boolean
---@field kind "cardinal"|"ordinal"|"fraction"|"percent"|"range"
---@field approx? "over"|"about"|"near"|"least"|"most"|"vague"
---@field unit? string canonical name: 千克 for 公斤 and kg, 元 for 块
---@field written? string the unit as written, folded
---@field dimension? string length mass volume area temperature money time age speed ... ; count: a measure word
---@field size? number of the unit in the base unit of its dimension (metre, gram, litre, ...)
---@field currency? string ISO 4217
---@field numbers table[] the numbers alone: {i=, j=, value=, kind=, approx=}; two of a range
---@field bound? integer[] i, j of the number with the words that bound it, without its unit
---@field compared? boolean the text says more than, less than, between
---@field shared? boolean the first number of the range took 万 or 亿 from the second

---A whole string as a date; lunar dates, too. What is impossible is refused.
---
---    > tm.date("正月初二", {ref = "2020-02-20"})
---    2020-01-26 (day; lunar 庚子年正月初二; year from ref)
---    > tm.date "2月30日"
---    nil  no such date (2月30日)  1  invalid
---
---Ranges, durations and what comes again are dates of another kind:
---
---    > tm.date("上月中旬", {ref = "2020-02-20"})
---    2020-01-11/2020-01-20
---    > tm.date "一年零三个月"
---    P1Y3M
---    > tm.date("每周一上午", {ref = "2020-02-20"}).kind
---    set
---    > tm.date("会议于3月5日召开", {ref = "2020-02-20", find = 1})
---    2020-03-05  10  17
---@param s string|textmill.text
---@param o? textmill.date_options
---@return textmill.date? date or nil, message, position, code
---@return integer? i with find: its first byte
---@return integer? j with find: its last byte
function tm.date(s, o) end

---@class textmill.date_options
---@field ref? string|textmill.date a day that says the year where the text does not
---@field prefer? "nearest"|"past"|"future"|"same" which year, seen from ref (default nearest); same: that of ref
---@field kind? "duration" a length of time where 90日 could be a day
---@field region? "CN"|"HK"|"MO"|"TW" whose holidays: 国庆 is 10 October in TW (default CN)
---@field order? "mdy"|"dmy" what 3/4/2020 is where both are possible (default mdy)
---@field find? integer the byte to search from: the first expression at or behind it, and where it is

---A trained model of words: textmill train makes them, tm.words uses them.
---
---    > tm.model "nowhere.dat"
---    nil  cannot open nowhere.dat: No such file or directory  1  notfound
---@param path string a model image
---@return textmill.model? model or nil, message, position, code
function tm.model(path) end

---Learns where words end from a file of words separated by blanks, a sentence a
---line, or of CoNLL-U (.conll, .conllu), from which it learns tags, too. The same
---file, options and lexicon make the same bytes.
---
---    > words, image = os.tmpname(), os.tmpname()
---    > io.open(words, "w"):write("他们 在 河边 种 树\n我们 在 山 下\n"):close()
---    true
---    > tm.train(words, image).words
---    9
---    > model = tm.model(image)
---    > for w in tm.words("他们在河边种树", {model = model}) do io.write(w, " ") end
---    他们 在 河边 种 树
---@param words string path of the file
---@param path string of the image that is written
---@param o? textmill.train_options
---@return textmill.train_report? report or nil, message, position, code
function tm.train(words, path, o) end

---@class textmill.train_options
---@field seed? integer of the order of sentences (default 1)
---@field epochs? integer times through the text (default 8)
---@field min_count? integer sequences of units seen less often get no weight (default 2)
---@field longest? integer units of the longest sequence, 2 to 4 (default 3)
---@field lines? integer 64 bytes each, 8 sequences: how many there may be (default 25000, with tags 7000)
---@field rate? number AdaGrad's step (default 0.2)
---@field l1? number what keeps weights small (default 0.01)
---@field tag_epochs? integer times through the text for the tags (default 8)
---@field tag_rows? integer features of the tagger, 18 bytes each: how many there may be (default 66000)
---@field name? string what the image says of itself

---@class textmill.train_report
---@field sentences integer
---@field words integer
---@field units integer characters and runs, and the pads between sentences
---@field sequences integer of units that were given a weight
---@field kept integer of them, in the image

---What a model gets right of a file as for tm.train: a word counts when both its
---ends are right. Without a model: the lexicon alone.
---
---    > words = os.tmpname()
---    > io.open(words, "w"):write("研究 生命 的 起源\n"):close()
---    true
---    > tm.evaluate(words).f1
---    1.0
---@param words string path of the file
---@param model? textmill.model
---@return textmill.score? score or nil, message, position, code
function tm.evaluate(words, model) end

---@class textmill.score
---@field words integer of the file
---@field precision number
---@field recall number
---@field f1 number
---@field tags? number of tags right, the file's words given (a model with tags)
---@field both? number F1 of words with their tags

---The words that come with textmill.
---
---    > tm.lexicon():get("鎮長").word
---    镇长
---@param base? textmill.lexicon whose words to start from; its later changes are not seen
---@param o? table no options yet
---@return textmill.lexicon lexicon
function tm.lexicon(base, o) end

---A rule: a pattern and what its matches mean. See help "rule".
---
---    > tm.rule { "level.named", match = P"一级", emit = function() return { type = "event" } end }
---    rule level.named  ?
---@param t textmill.rule_options
---@return textmill.rule rule
function tm.rule(t) end

---A pack of rules: one that is shipped, a .lua file, or a table {"name",
---version = "1", rule, rule, ...}. A file runs without io, os, load, require.
---
---    > tm.pack {"mine", version = "1"}
---    pack mine 1  0 rules
---@param source string|table|textmill.pack a name ("zh.report"), a path or a table; raises when it cannot be loaded
---@param o? textmill.pack_options
---@return textmill.pack pack
function tm.pack(source, o) end

---@class textmill.pack_options
---@field trusted? boolean a file may use everything

---Opens a corpus: one SQLite file, or memory.
---
---    > tm.open(nil)
---    textmill.corpus(in memory: 0 documents, 0 facts)
---@param path? string nil: in memory
---@param o? textmill.open_options
---@return textmill.corpus corpus raises: notfound, format (not a corpus), version, corrupt, readonly, busy
function tm.open(path, o) end

---@class textmill.open_options
---@field mode? "r"|"rw"|"create" read, write, or write and make it when new (default: rw)
---@field fts5? boolean a file made here keeps an FTS5 table mill_fts of its words, too, for other programs

---Documents in, exactly one line of facts out for each, in order.
---
---    > docs, out = { { raw = "全镇36个村" } }, {}
---    > s = tm.filter { input = function() return table.remove(docs) end, pack = "zh.report",
---    >>   output = function(line) out[#out + 1] = line end }
---    > s["in"], s.ok, #out
---    1  1  1
---@param o textmill.filter_options
---@return textmill.filter_summary summary
function tm.filter(o) end

---@class textmill.filter_options
---@field input string|string[]|fun(): table? a path, paths (folders, NDJSON, CSV, WARC), an iterator of {raw=, id=, path=, meta={}}
---@field output string|file*|fun(line: string) a path, an open file, or what gets each line with its line break
---@field pack? string|textmill.pack default zh.report
---@field ref_date? string a day for dates without a year
---@field ref_date_field? string the metadata field that holds it
---@field max_bytes? integer a larger document gets status "limit"
---@field max_ms? number time for one document; facts found before are kept
---@field max_steps? integer steps a pattern may take in one document
---@field explode? boolean a line a fact instead of a line a document
---@field explain? string instead of lines: where the facts come from whose id begins with it
---@field on_progress? fun(done: integer, summary: table) called after each document: tm.progress

---@class textmill.filter_summary
---@field in integer documents
---@field ok integer
---@field empty integer
---@field limit integer
---@field error integer
---@field facts integer
---@field bytes integer
---@field explained? integer facts that `explain` asked for
---@field build string module, lexicon and pack that made the facts
---@field seconds number
---@field ms_p50 number half of the documents took at most so long
---@field ms_p99 number
---@field rss_mb integer largest memory of the process

---Versions of the module and its data; prints itself.
---
---    > tm.version().unicode
---    15.0
---@return textmill.version version
function tm.version() end

---Rate and time left on stderr: to be given as on_progress to c:add, c:extract and tm.filter. One
---line on a terminal, elsewhere a line every five seconds.
---
---    > tm.open(nil):add({ text = "全镇36个村" }, { on_progress = tm.progress }).added
---    1
---@param done integer documents
---@param counts table doing, share of the work done (0 to 1), failed, facts, bytes, finished
function tm.progress(done, counts) end

---@class textmill.version
---@field textmill string
---@field unicode string
---@field lexicon string words and checksum
---@field places string vintage and number of divisions
---@field calendar string years of the lunar calendar
---@field icu string version of the ICU it was built with
---@field schema integer version of the corpus file's tables
---@field simd "avx2"|"none" what this processor's fast paths use
