---@meta
-- textmill.meta_rules - annotations of patterns and matches; see meta.lua.

---Constructors of token patterns, P at the prompt. P(x) makes a pattern of
---anything: "text" (whole tokens that read so, in either script and width), n
---(any n tokens), {grammar}, true, false, a pattern.
---
---Recognisers are patterns, too. P.number{min=1, max=9, kind="cardinal
---ordinal", unit="个 名"} narrows them; places take level=, dates grain=.
---Operators as in LPeg: a * b then, a + b or else, a - b but not, p^n at least n,
---p^-n at most n, p^{m,n}, #p ahead, -p not ahead.
---
---    > cp = P.number:as "n" * P.measure^-1 * (P"卡点" + "观测点"):as "item"
---    > cp:match "36个观测点"
---    36个观测点  n=36 item=观测点  1-14
---@class textmill.patterns
---@field number textmill.pattern a number: 36, 三百余, 1.2万, 三分之一, 第三
---@field measure textmill.pattern a measure word or unit: 个, 名, 公里, 万亩
---@field quantity textmill.pattern a number with its measure word
---@field date textmill.pattern a date: 2月6日, 正月初二, 2020-02-06
---@field time textmill.pattern a time of day, with its date where that is said
---@field person textmill.pattern the name of a person
---@field place textmill.pattern a place, from province to village
---@field org textmill.pattern an organisation
---@field role textmill.pattern an office or function: 镇长, 网格员
---@field sentence textmill.pattern the edge of a sentence
local P = {}

---Characters wherever they stand, also within tokens.
---
---    > P.inside("镇"):find "全镇"
---    4  6  镇  4-6
---@param s string
---@return textmill.pattern pattern
function P.inside(s) end

---One token that reads so.
---
---    > P.form("全镇"):match "全镇36个"
---    全镇  1-6
---@param s string
---@return textmill.pattern pattern
function P.form(s) end

---A token with one of these tags (names as jieba's).
---
---    > P.tag("m q"):find "全镇36个"
---    7  8  36  7-8
---@param names string "n nr vn"
---@return textmill.pattern pattern
function P.tag(names) end

---A word of one of these classes.
---
---    > P.class("role"):find "张镇长说"
---    4  9  镇长  4-9
---@param names string surname measure province city county township unit role money
---@return textmill.pattern pattern
function P.class(names) end

---A token of one of these kinds.
---
---    > P.kind("latin"):find "用A4纸"
---    4  5  A4  4-5
---@param names string han number latin kana other punct blank break
---@return textmill.pattern pattern
function P.kind(names) end

---One of many texts, the longest first.
---
---    > P.set {"村", "村民", "村民小组"}:match "村民小组"
---    村民小组  1-12
---@param list string[]
---@return textmill.pattern pattern
function P.set(list) end

---A token that a regular expression (ICU's) matches whole.
---
---    > P.re("[a-z]+[0-9]+"):find "用A4纸"
---    4  5  A4  4-5
---@param regex string
---@return textmill.pattern pattern
function P.re(regex) end

---What an earlier fact of this type covers.
---
---    > P.fact "place" * P.number
---    P.fact"place" * P.number
---@param type string "place", "quantity", ...
---@return textmill.pattern pattern
function P.fact(type) end

---A position in a block of one of these kinds; uses nothing up.
---
---    > t = tm.clean "一、水利建设\n修渠3公里。"
---    > (P.block "heading" * P.quantity):find(t)
---    nil
---    > (P.block "paragraph" * P.quantity):find(t)
---    26  32  3公里  26-32
---@param names string "heading title"
---@return textmill.pattern pattern
function P.block(names) end

---p ends here: look-behind; uses nothing up.
---
---    > (P.after "共" * P.number):find "3组,共12户"
---    9  10  12  9-10
---@param p textmill.pattern|string
---@return textmill.pattern pattern
function P.after(p) end

---The next p within n tokens of the sentence.
---
---    > (P"成立" * P.skip(P.quantity:as "q", 3)):match "成立巡查队12支"
---    成立巡查队12支  q=12  1-20
---@param p textmill.pattern|string
---@param n integer
---@return textmill.pattern pattern
function P.skip(p, n) end

---p where it stands inside of a match of span.
---
---    > P.within(P.measure, P.quantity):find "个体户36个"
---    12  14  个  12-14
---@param p textmill.pattern|string
---@param span textmill.pattern|string
---@return textmill.pattern pattern
function P.within(p, span) end

---span where a match of p stands in it.
---
---    > P.containing(P(3), P.number):find "修渠3公里"
---    1  7  修渠3  1-7
---@param span textmill.pattern|string
---@param p textmill.pattern|string
---@return textmill.pattern pattern
function P.containing(span, p) end

---Captures a and b agree.
---
---    > (P.number:as "a" * "比" * P.number:as "b" * P.same("a", "b")):match "3比3"
---    3比3  a=3 b=3  1-5
---@param a string name of a capture
---@param b string name of a capture
---@param attr? "text"|"tag"|"length"|"value"|"unit"|"place" in what (default text)
---@return textmill.pattern pattern
function P.same(a, b, attr) end

---Capture a is a smaller number, or an earlier date, than b.
---
---    > (P.number:as "a" * "变" * P.number:as "b" * P.less("a", "b")):match "3变5"
---    3变5  a=3 b=5  1-5
---@param a string name of a capture
---@param b string name of a capture
---@return textmill.pattern pattern
function P.less(a, b) end

---A rule of the grammar around: P{"list", list = P.person * ("、" * P.V"list")^-1}
---
---    > list = P {"list", list = P.number:list "n" * ("、" * P.V "list")^-1}
---    > list:match("3、5、8").n
---    {3, 5, 8}
---@param name string
---@return textmill.pattern pattern
function P.V(name) end

---A token pattern; see help "patterns". tostring(p) is how it is written. It
---never changes; a pattern may stand in many others.
---@class textmill.pattern
---@operator mul(textmill.pattern): textmill.pattern
---@operator add(textmill.pattern): textmill.pattern
---@operator sub(textmill.pattern): textmill.pattern
---@operator pow(integer): textmill.pattern
---@operator len: textmill.pattern
---@operator unm: textmill.pattern
---@operator call(textmill.filter_fields): textmill.pattern
local pattern = {}

---@class textmill.filter_fields
---@field min? number of numbers
---@field max? number
---@field kind? string of numbers: "cardinal ordinal fraction percent range"
---@field unit? string|string[] of quantities
---@field level? string of places: "province city county township village"
---@field grain? string of dates: "year month day hour minute second"

---The pattern with a name: m[name] is what it matched.
---
---    > (P.number:as "n"):match("36个").n
---    36
---@param name string not i, j, span, info, text, names
---@return textmill.pattern pattern
function pattern:as(name) end

---The pattern with a name for all its matches: m[name] is their list.
---
---    > (P.number:list "n" * P"个"^-1)^1
---    (P.number:list"n" * P"个"^-1)^1
---@param name string
---@return textmill.pattern pattern
function pattern:list(name) end

---A repeat that takes as few as possible.
---
---    > ((P(1)^0):lazy() * P.number):match "全镇共3个村5个组"
---    全镇共3  1-10
---@return textmill.pattern pattern
function pattern:lazy() end

---The match that begins at init.
---
---    > P.number:match "36个"
---    36  1-2
---    > P.number:match "共36个"
---    nil
---@param s string|textmill.text|textmill.tokens
---@param init? integer byte, 1-based (default 1)
---@param o? textmill.match_options
---@return textmill.match? match or nil; nil, message, position, code when a limit is reached
function pattern:match(s, init, o) end

---The first match at or behind init.
---
---    > (P.number * "个"):find "全镇36个村"
---    7  11  36个  7-11
---@param s string|textmill.text|textmill.tokens
---@param init? integer byte, 1-based (default 1)
---@param o? textmill.match_options
---@return integer? i or nil
---@return integer j
---@return textmill.match match
function pattern:find(s, init, o) end

---All matches, one after the other; none overlap.
---
---    > for m in P.quantity:gmatch "36个观测点、40台报警器" do io.write(tostring(m), "; ") end
---    36个  1-5; 40台  18-22;
---@param s string|textmill.text|textmill.tokens
---@param init? integer byte, 1-based (default 1)
---@param o? textmill.match_options
---@return fun(): textmill.match? iterator
function pattern:gmatch(s, init, o) end

---@class textmill.match_options
---@field max_steps? integer steps of the machine (0: the default)
---@field max_depth? integer of its stack
---@field max_ms? number milliseconds (0: as many as it takes)
---@field lexicon? textmill.lexicon words and classes of your own that count

---What happened: the furthest attempt, part by part; prints itself.
---
---    > (P.number * P.measure^-1 * P"卡口"):trace "卡口70处"
---     卡口 70 处
---          ── ── ✗
---     part 1  number      70     ok
---     part 2  measure^-1  处     ok
---     part 3  卡口        end of text FAILED here   repl:1
---     seen: 卡口 stands 1 token BEFORE the match.
---@param s string|textmill.text|textmill.tokens
---@param init? integer byte, 1-based (default 1)
---@param o? textmill.match_options
---@return textmill.trace trace
function pattern:trace(s, init, o) end

---@class textmill.trace
---@field matched boolean
---@field i integer where the furthest attempt began
---@field j integer how far it came
---@field attempts integer
---@field part? integer the part that failed
---@field failed? string that part, as it is written
---@field boundary? boolean it would have ended within a token
---@field drawing string

---A match: m.i and m.j are its span, m[name] the value of a capture: a number,
---a date, or the text in display form (simplified, half width). nil where the
---capture took no part.
---
---    > m = (P.number:as "n" * P.measure:as "unit"):match "260余名"
---    > m.n, m.unit, m.i, m.j
---    260  名  1  9
---@class textmill.match
---@field i integer
---@field j integer
local match = {}

---The span of the match, or of a capture.
---
---    > m = (P.number:as "n" * "个"):match "36个"
---    > m:span "n"
---    1  2
---@param name? string
---@param k? integer of a list: which one
---@return integer? i or nil
---@return integer j
function match:span(name, k) end

---All that is known of a capture.
---
---    > n = (P.number:as "n"):match("260余名"):info "n"
---    > n.value, n.lo, n.hi, n.approx
---    260  261  269  over
---@param name string
---@param k? integer of a list: which one
---@return textmill.capture? info or nil
function match:info(name, k) end

---@class textmill.capture
---@field i integer
---@field j integer
---@field text string display form
---@field type string the recogniser, or "text"
---@field value? number|string of numbers and dates
---@field lo? number
---@field hi? number
---@field kind? string of numbers
---@field approx? string
---@field unit? string of quantities
---@field year? integer of dates
---@field month? integer
---@field day? integer
---@field hour? integer
---@field minute? integer
---@field second? integer
---@field grain? string
---@field lunar? boolean
---@field year_from? "text"|"ref"
---@field code? string of places
---@field name? string the full name of a place
---@field level? integer of places, 1 province to 5 village

---The display form of the match, or of a capture.
---
---    > m = (P"镇长" * P.person:as "who"):match "鎮長李明"
---    > m:text(), m:text "who"
---    镇长李明  李明
---@param name? string
---@param k? integer of a list: which one
---@return string? text or nil
function match:text(name, k) end

---The names that captured something, in order.
---
---    > (P.number:as "n" * P.measure:as "unit"):match("36个"):names()
---    {"n", "unit"}
---@return string[] names
function match:names() end
