---@meta
-- textmill.meta_values - annotations of what functions of the module return: tokens,
-- numbers, dates; see meta.lua.

---Tokens of a string or text, in columns; #k counts them. k:word(-1) is the last.
---@class textmill.tokens
---@operator len: integer
local tokens = {}

---The piece of the text that a token is.
---
---    > tm.tokens("全镇36个"):word(-1)
---    个
---@param k integer
---@return string word
function tokens:word(k) end

---Where a token stands.
---
---    > tm.tokens("全镇36个"):span(2)
---    7  8
---@param k integer
---@return integer i
---@return integer j
function tokens:span(k) end

---The word's most frequent tag.
---
---    > tm.tokens("全镇36个"):tag(1)
---    n
---@param k integer
---@return string tag "n", "v", "m", "q", ... (names as jieba's)
function tokens:tag(k) end

---The number of the word, in mode "search" only. The words in a word have its number;
---blanks have that of the word before.
---
---    > tm.tokens("北京大学的水库", {mode = "search"}):position(3)
---    1
---@param k integer
---@return integer position
function tokens:position(k) end

---The token that holds a byte; nil where there are none.
---
---    > tm.tokens("全镇36个"):at(7)
---    2
---@param i integer
---@return integer? k
function tokens:at(i) end

---All words at once.
---
---    > #tm.tokens("全镇36个"):words()
---    3
---@return string[] words
function tokens:words() end

---All tags at once.
---
---    > tm.tokens("全镇36个"):tags()[2]
---    m
---@return string[] tags
function tokens:tags() end

---How exact a number is; prints itself.
---@class textmill.number
---@field kind "cardinal"|"ordinal"|"fraction"|"percent"|"range"
---@field approx? "over"|"about"|"near"|"least"|"most"|"vague"
---@field lo number it is at least this
---@field hi number it is at most this

---A string that names something, see tm.sequences.
---@class textmill.sequence
---@field kind "email"|"url"|"ip"|"id"|"company"|"bankcard"|"plate"|"phone"
---@field value string digits without signs; addresses in small letters
---@field text string as it was written
---@field i integer first byte
---@field j integer last byte
---@field extension? string of a phone number
---@field host? string of a mail or web address
---@field scheme? string of a web address: http
---@field version? integer of an IP address: 4, 6
---@field born? string of a person's number: 1949-12-31
---@field sex? "男"|"女" of a person's number
---@field region? string of a person's or company's number: the code of a county

---A date, as exact as it was said; tostring(d) is ISO 8601 with X for what is
---not known. Never changes. d + days, d - days, d - d (days), d < d, d == d.
---
---    > tm.date "2021年7月8日" + 30
---    2021-08-07
---    > tm.date "2021-07-08" - tm.date "2021-07-01"
---    7
---@class textmill.date
---@field year? integer
---@field month? integer
---@field day? integer
---@field hour? integer
---@field minute? integer
---@field second? integer
---@field grain "year"|"month"|"day"|"hour"|"minute"|"second" how exact
---@field year_from? "text"|"ref" who said the year
---@field calendar? "lunar" it was said in the Chinese calendar
---@field kind "point"|"range"|"duration"|"set" what it is; the fields below are of expressions of time
---@field from? textmill.date the first moment of a point or range; nil: open (3月前)
---@field to? textmill.date where it ends: the first moment behind it; nil: open (3月起)
---@field amount? table<string, number> of a duration, of 三天前 or a set: {day = 3}
---@field high? table<string, number> the upper amount of 三到五天
---@field direction? integer -1 三天前, 近三天; 1 三天后, 未来三天
---@field form? string what was said last: date unit weekday weekend clock part holiday season decade begin middle
---end third half now offset span between
---@field part? string dawn early morning forenoon noon afternoon dusk evening night midnight daytime
---@field mod? "before"|"after"|"since"|"until"|"within" 以前, 以后, 以来
---@field approx? boolean 左右, 大约, 三天多
---@field work? boolean counts working days
---@field anchored? boolean the reference date says what it is
---@field dated? boolean a day, month or year was said, not a clock alone
---@field open_hour? boolean an hour of 1-12 that may be of the morning or the evening
---@field weekday? integer 1 Monday to 7 Sunday, when a day of a week was said (not 三月的第二个周三)
---@field times? integer of a set: how often in its step (每周三次: 3)
---@field zone? integer minutes east of Greenwich that were said: 480 北京时间
---@field said_from? textmill.date of 3月以前 the month itself; of a range its right side
---@field said_to? textmill.date
---@operator add(integer): textmill.date
---@operator sub(integer): textmill.date
local date = {}

---The day in the Chinese calendar, 1900 to 2100.
---
---    > tm.date("2021-02-12"):lunar()
---    {day = 1, leap = false, month = 1, year = 2021}
---@return textmill.lunar? lunar or nil, message, position, code
function date:lunar() end

---Does something that comes again fall on that day?
---
---    > tm.date "农历一四七":on(tm.date "2020-01-25")
---    true
---@param d textmill.date
---@return boolean
function date:on(d) end

---The days between two days, both included, on which it falls.
---
---    > tm.date "每周一":between(tm.date "2020-02-01", tm.date "2020-02-15")
---    {2020-02-03, 2020-02-10}
---@param from textmill.date
---@param to textmill.date
---@return textmill.date[]
function date:between(from, to) end

---@class textmill.lunar
---@field year? integer
---@field month integer
---@field day? integer
---@field leap boolean
