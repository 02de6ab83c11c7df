---@meta
-- textmill.meta_packs - annotations of rules, packs and the documents that rules see; see meta.lua.

---A rule: data and one function. Its examples are its tests (pack:check()).
---
---    > r = tm.rule { "team.count", match = P.number:as "n" * P.measure * P.tag"n":as "item",
---    >>   emit = function(m) return { type = "quantity", item = m.item, value = m.n } end,
---    >>   examples = { ["成立12支队伍"] = { value = 12, item = "队伍" } },
---    >>   counterexamples = { "第12支队伍" } }
---    > tm.pack { "mine", version = "1", r }:check()
---    rule        examples  counterexamples
---    team.count  1/1       0/1
---      ✗ team.count (repl:1) counterexample "第12支队伍": got {type=quantity, value=12, lo=12, hi=12, item=队伍} from [第12支队伍]
---        P.number takes 第12, an ordinal, too; say P.number{kind="cardinal"}
---@class textmill.rule
---@field name string
---@field where string file:line where it was made
---@field description? string
---@field match? textmill.pattern
---@field emit? function
---@field scan? function
---@field examples? table
---@field counterexamples? string[]
---@field blocks? table<string, boolean>
---@field patterns? textmill.pattern[]
---@field needs? string[]
---@field cues? string[]

---@class textmill.rule_options
---@field name? string or the first entry of the table
---@field description? string
---@field match? textmill.pattern where facts are
---@field emit? fun(m: textmill.match, doc: textmill.document): table? the fact, a list of facts, or nil
---@field scan? fun(doc: textmill.document, facts: table[]): table[]? instead of match: sees the whole document
---@field blocks? string[] kinds of blocks it looks at (default: all but boilerplate)
---@field examples? table<string, table> text -> what one of its facts must have
---@field counterexamples? string[] texts that must give no fact
---@field patterns? textmill.pattern[] what scan asks doc:matches for: run in one pass with those of all rules
---@field needs? string[] simplified, half width: the rule is passed over where none of them stands
---@field cues? string[] what scan asks doc:find and doc:each for: found in one pass for all rules

---Rules that run together, with a version.
---@class textmill.pack
---@field name string
---@field version string
---@field list textmill.rule[]
---@field finish? function sees all facts of a document, returns those that stay
local pack = {}

---The rules and where they stand.
---
---    > #tm.pack("zh.report"):rules() > 5
---    true
---@return textmill.result result
function pack:rules() end

---Runs every example and counterexample; what failed is printed with a trace.
---
---    > tm.pack("zh.report"):check().failed
---    0
---@return textmill.result result its field failed counts the failures
function pack:check() end

---Writes the pack as a Lua file that tm.pack(path) reads. A pack from a file is copied, one that
---textmill ships is named; of one made of tables patterns and functions are written down as they
---stand, with the locals these took from around them. What cannot be written (functions in C, two
---functions on one line, userdata) and what is another pack when it is read again (a global of the
---prompt in emit) makes no file.
---
---    > tm.pack("zh.report"):save "/nowhere/at/all.lua"
---    nil	/nowhere/at/all.lua: No such file or directory	0	io
---@param path string ends in .lua
---@return true|nil ok
---@return string? message
---@return integer? position
---@return string? code "io" or "invalid"
function pack:save(path) end

---A document as rules see it: clean text, its display form `shown` (simplified,
---half width), tokens of that form, blocks, articles, metadata.
---@class textmill.document
---@field tm table the module
---@field text textmill.text
---@field clean string
---@field shown string
---@field map textmill.map from clean to shown
---@field tokens textmill.tokens of shown
---@field n_tokens integer
---@field blocks textmill.block[] with si, sj: their spans in shown
---@field articles textmill.article[]
---@field meta textmill.meta[]
---@field ref? string reference date
---@field words string[] of tokens
---@field tags string[] of tokens
---@field found table what find found last of strings that are no cues
---@field found_from table<string, integer> from where they were looked for
---@field view userdata where cues stand, blocks and clauses
---@field known integer the cues that view knows: the first so many
---@field blocks_of table<table, integer[]> the numbers of the blocks of matches
---@field facts? table[] found so far, while a pack runs; what P.fact sees
local document = {}

---Where a string stands in shown at or after p; what was found last is kept.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:find("安置", 1)
---    11
---@param s string
---@param p integer
---@return integer? i
function document:find(s, p) end

---Does one of the strings stand in shown? They become cues: from now on they are found
---in every document, all in one pass. So this is for a rule's own lists, not for what a
---document gives.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:has_any { "安置", "转移" }
---    true
---@param strings string[]
---@return boolean
function document:has_any(strings) end

---The tokens in blocks of these kinds that are one of the words, each with the number of its
---block, or nil where there is none. The words become cues.
---
---    > doc = require "textmill.document".new(tm.clean "设立9处网格,网格员入户。")
---    > doc:tokens_with({ "入户", "设立" }, { paragraph = true })
---    {1, 1, 7, 1}
---@param words string[] | table<string, any> a list or a set
---@param kinds table<string, boolean>
---@return integer[]? places
function document:tokens_with(words, kinds) end

---The tokens in blocks of these kinds that end in one of the characters (of three bytes), each
---with the number of its block, or nil where there is none. The characters become cues.
---
---    > doc = require "textmill.document".new(tm.clean "设立9处网格,网格员入户。")
---    > doc:tokens_ending({ "户", "格" }, { paragraph = true })
---    {4, 1, 7, 1}
---@param characters string[] | table<string, any> a list or a set
---@param kinds table<string, boolean>
---@param opens? string a set of characters (core.char_bits): where the next token begins with one
---@param passed? string likewise: tokens that begin with these, and blanks, are not counted
---@return integer[]? places
function document:tokens_ending(characters, kinds, opens, passed) end

---The words among the tokens of clauses, each with the number of its clause: { token,
---clause, token, clause, ... }, or nil. The words become cues.
---
---    > doc = require "textmill.document".new(tm.clean "会议要求,各村要登记。")
---    > doc:places { "要求", "要" }
---    {2, 1, 5, 2}
---@param words string[] | table<string, any> a list or a set
---@param nt? boolean also tokens with the tag nt
---@param kinds? table<string, boolean> in blocks of these alone
---@param told? boolean not in quotations of sentences
---@return integer[]? places
function document:places(words, nt, kinds, told) end

---Iterates over a string in shown, in blocks of these kinds.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > for i, b in doc:each("安置", { paragraph = true }) do print(i, b.kind) end
---    11	paragraph
---@param s string
---@param kinds table<string, boolean>
---@return fun(): integer?, textmill.block?
function document:each(s, kinds) end

---What stands between two marks in one block, in the order of the text: its bytes, those of the marks,
---its block and the number of that. Of marks within each other the first opening one goes with the
---first closing one. The marks become cues.
---
---    > doc = require "textmill.document".new(tm.clean "设立“9处”安置点。")
---    > for _, q in ipairs(doc:between { "“", "”" }) do print(q.i, q.j, q.open, q.close) end
---    10	13	7	16
---@param marks string[] { opening, closing, ... }
---@return { i: integer, j: integer, open: integer, close: integer, block: textmill.block, number: integer }[]
function document:between(marks) end

---Where runs of ASCII digits stand in shown: { i, j, i, j, ... }. Not to be changed.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點,共120人。")
---    > doc:digits()
---    {7, 7, 24, 26}
---@return integer[] runs
function document:digits() end

---Iterates over several strings in shown, in the order of the text, in blocks of these
---kinds; says which string it is, in which token, and where that begins. The strings become cues.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > for i, _, s in doc:each_of({ "安置", "处" }, { paragraph = true }) do print(i, s) end
---    8	处
---    11	安置
---@param strings string[] | table<string, any> a list or a set
---@param kinds table<string, boolean>
---@return fun(): integer?, textmill.block?, string?, integer?, integer?
function document:each_of(strings, kinds) end

---The same where one ends a token, which is none of the words `others` unless it is no more than
---the string; or begins one of the words `leads`.
---
---    > doc = require "textmill.document".new(tm.clean "柳湾村的农村。")
---    > for i, _, s in doc:each_tail({ "村" }, { paragraph = true }, { "农村" }, {}) do print(i, s) end
---    7	村
---@param strings string[] | table<string, any> a list or a set, like the next two
---@param kinds table<string, boolean>
---@param others string[] | table<string, any>
---@param leads string[] | table<string, any>
---@return fun(): integer?, textmill.block?, string?, integer?, integer?
function document:each_tail(strings, kinds, others, leads) end

---The numbers of items: of the blocks that begin with one (一、 (一) 1. ① 第; in paragraphs not 第)
---the number of the block, how it is written, its value and where the words begin; and where the string,
---第, may begin one in running text (第一, 第三步), with the number of the block.
---
---    > doc = require "textmill.document".new(tm.clean "一、登记。第一,核对;第二届。")
---    > doc:marks("第", { paragraph = true, heading = true })
---    {1, "一、", 1, 7}  {16, 2}
---@param s string it becomes a cue
---@param kinds table<string, boolean>
---@return (integer | string)[] blocks
---@return integer[] places
function document:marks(s, kinds) end

---The display form of clean[i, j].
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:display(11, 19)
---    安置点
---@param i integer
---@param j integer
---@return string shown
function document:display(i, j) end

---Where clean text stands in shown.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:to_shown(11, 19)
---    11  19
---@param i integer
---@param j integer
---@return integer i
---@return integer j
function document:to_shown(i, j) end

---Where shown text stands in clean.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:to_clean(11, 19)
---    11  19
---@param i integer
---@param j integer
---@return integer i
---@return integer j
function document:to_clean(i, j) end

---The block that holds a clean position.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:block_at(11).kind
---    paragraph
---@param i integer
---@return textmill.block? block or nil
---@return integer number
function document:block_at(i) end

---The block that holds a shown position.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:shown_block(11).kind
---    paragraph
---@param i integer
---@return textmill.block? block or nil
---@return integer number
function document:shown_block(i) end

---The article that holds a clean position.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > select(2, doc:article_at(11))
---    1
---@param i integer
---@return textmill.article article
---@return integer number
function document:article_at(i) end

---All matches of a pattern in the document.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:matches(P.quantity)[1]
---    9处  7-10
---@param p textmill.pattern
---@param kinds? table<string, boolean> kinds of blocks (default: all but boilerplate)
---@return textmill.match[] list
function document:matches(p, kinds) end

---The text of token k; "" outside.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:word(1)
---    设立
---@param k integer
---@return string word
function document:word(k) end

---The tag of token k; "w" outside.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:tag(1)
---    v
---@param k integer
---@return string tag
function document:tag(k) end

---Where token k stands in shown.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:span(1)
---    1  6
---@param k integer
---@return integer i
---@return integer j
function document:span(k) end

---The token that holds a shown position.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:token_at(7)
---    2
---@param i integer
---@return integer k
function document:token_at(i) end

---The text from token a to token b.
---
---    > doc = require "textmill.document".new(tm.clean "設立9處安置點。")
---    > doc:text_of(1, 2)
---    设立9  1  7
---@param a integer
---@param b integer
---@return string text
---@return integer i in shown
---@return integer j
function document:text_of(a, b) end
