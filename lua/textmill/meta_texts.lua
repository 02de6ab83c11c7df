---@meta
-- textmill.meta_texts - annotations of cleaned texts, their blocks, articles, metadata and maps;
-- see meta.lua.

---A cleaned document: tostring(t) is the clean text, #t its bytes; the prompt
---shows one line about it. Positions are bytes of clean text, 1-based, inclusive.
---@class textmill.text
---@field charset string what the raw bytes were read as
---@field html boolean markup was found and removed
---@field gloss_mode "none"|"junk"|"true" junk: glosses that a converter left, removed; true: real ones, kept
---@field script "none"|"simplified"|"traditional"|"mixed"
---@field glosses integer removed ones
---@field broken integer sequences that were no characters, replaced by U+FFFD
---@field raw_len integer bytes of the document as it came
---@field source string those bytes
---@field folded string what is matched: one case, width and script
---@operator len: integer
local text = {}

---The first occurrence of a string, in either script, width and case.
---
---    > t = tm.clean "設(shè)立9處(chù)安置點(diǎn)"
---    > t:find "安置点"
---    11  19
---@param s string
---@param init? integer where to begin (default 1)
---@return integer? i or nil
---@return integer j
function text:find(s, init) end

---Where clean text stands in the raw bytes; glosses belong to the character
---before them, a piece that was replaced counts whole.
---
---    > t = tm.clean "設(shè)立9處(chù)安置點(diǎn)"
---    > t:raw(11, 19)
---    23  38
---    > t.source:sub(23, 38)
---    安置點(diǎn)
---@param i integer
---@param j? integer (default i)
---@return integer ri
---@return integer rj
function text:raw(i, j) end

---Where raw bytes stand in the clean text; the inverse of t:raw.
---
---    > t = tm.clean "設(shè)立9處(chù)安置點(diǎn)"
---    > t:at(23, 38)
---    11  19
---@param ri integer
---@param rj? integer (default ri)
---@return integer i
---@return integer j
function text:at(ri, rj) end

---Clean text above the raw bytes it came from, and which edits there were.
---
---    > t = tm.clean "設(shè)立9處(chù)安置點(diǎn)"
---    > t:show(11, 19)
---    shown  安 置 点
---    raw    安 置 點(diǎn)
---           gloss x1, script x1
---@param i integer
---@param j? integer (default i)
---@return string drawing
function text:show(i, j) end

---The blocks of the document in order, or those of one kind.
---
---    > tm.clean("一、水利\n修渠3公里。"):blocks()[1].kind
---    heading
---    > for b in tm.clean("汛情通报\n\n全镇修渠3公里,群众十分高兴。\n打印本页"):blocks "boilerplate" do print(b) end
---    block 3  boilerplate  "打印本页"  navigation  56,68
---@param kind? "title"|"dateline"|"byline"|"heading"|"paragraph"|"list"|"caption"|"keywords"|"abstract"|"boilerplate"
---@return textmill.result result of textmill.block
function text:blocks(kind) end

---@class textmill.block
---@field block integer its number
---@field kind string
---@field i integer clean text
---@field j integer
---@field text string clean
---@field article integer its number
---@field level? integer of a heading, 1 to 6
---@field ordinal? integer of a heading or list item: 一、 is 1
---@field reason? string of boilerplate: "navigation", "counter", ...

---The articles; the unit of search and facts.
---
---    > t = tm.clean "设立9处安置点。"
---    > t:articles()
---    i   j  first  last
---    1  22      1     1
---@return textmill.result result of textmill.article
function text:articles() end

---@class textmill.article
---@field i integer clean text
---@field j integer
---@field first integer its first block
---@field last integer its last block
---@field title? string

---What the document says of itself: title, published, source, author, ...
---
---    > tm.clean("入汛通报\n2021-07-12 来源:江州日报\n全镇加固堤防。"):meta()[2].value
---    2021-07-12
---@return textmill.meta[] list one entry a statement; a key may come more than once
function text:meta() end

---@class textmill.meta
---@field key string
---@field value string as displayed; of published ISO 8601
---@field ri integer raw bytes
---@field rj integer
---@field i? integer clean text; none where it stood in an attribute
---@field j? integer

---What was removed, repaired or set aside.
---
---    > t = tm.clean "設(shè)立9處(chù)安置點(diǎn)"
---    > t:notes()
---    kind    i   j  ri  rj  kept   raw
---    gloss   1   3   1   9  false  設(shè)
---    gloss   8  10  14  22  false  處(chù)
---    gloss  17  19  29  38  false  點(diǎn)
---@return textmill.note[] list
function text:notes() end

---The words that say what the text is about, the most telling first: by tf-idf against
---the lexicon's frequencies, or by TextRank (words that stand near many others that do).
---
---    > t = tm.clean "水库放水。水库大坝加固,大坝下游村民转移。村民安置在学校。"
---    > t:keywords(2)
---    word  count    score
---    大坝      2  25.0971
---    水库      2   21.663
---@param n? integer (default 10)
---@param o? { by?: "tfidf"|"textrank" } (default tfidf)
---@return textmill.result result word, count, score
function text:keywords(n, o) end

---The sentences that share most words with the others (TextRank), in the text's order;
---of the body alone, each once. The first 1,000 sentences stand for a longer text.
---
---    > t = tm.clean "水库放水。水库大坝加固,大坝下游村民转移。村民安置在学校。"
---    > t:summary(1)[1]
---    水库大坝加固,大坝下游村民转移。
---@param n? integer sentences (default 3)
---@return textmill.result result i, j (clean text), score, text (as displayed)
function text:summary(n) end

---@class textmill.note
---@field kind string "gloss", ...
---@field ri integer raw bytes
---@field rj integer
---@field raw string those bytes
---@field i? integer clean text
---@field j? integer
---@field kept boolean a true gloss: still in the clean text

---A map between two texts: which bytes of the output came from which bytes of
---the source. #m is the number of runs of edits; 0 says nothing was changed.
---@class textmill.map
---@operator len: integer
local map = {}

---Where output stands in the source.
---
---    > s, m = tm.normalize("㍿甲", "nfkc")
---    > s, m:from(13, 15)
---    株式会社甲  4  6
---@param i integer
---@param j? integer (default i)
---@return integer i
---@return integer j
function map:from(i, j) end

---Where source stands in the output.
---
---    > s, m = tm.normalize("㍿甲", "nfkc")
---    > m:to(1, 3)
---    1  12
---@param i integer
---@param j? integer (default i)
---@return integer i
---@return integer j
function map:to(i, j) end

---The map from this one's source to the other's output.
---
---    > s, m = tm.normalize("㍿甲", "nfkc")
---    > s2, m2 = tm.normalize(s, "fold")
---    > m:compose(m2):from(13, 15)
---    4  6
---@param other textmill.map begins with the text where this one ends
---@return textmill.map map
function map:compose(other) end
