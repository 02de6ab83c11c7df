---@meta
-- textmill.meta_words - annotations of the lexicon and of words of one's own; see
-- meta.lua.

---The words textmill knows, and those you add; #lex counts them. What you change
---counts in this lexicon only: `tm.words(s, {lexicon=lex})`, tm.tokens, and patterns
---(`p:find(s, 1, {lexicon=lex})`) use it.
---@class textmill.lexicon
---@operator len: integer
local lexicon = {}

---What is known of a word, in either script, any width and case.
---
---    > tm.lexicon():get "水庫"
---    {classes = {}, frequency = 1186, tag = "n", word = "水库"}
---@param word string
---@return textmill.word? entry or nil
function lexicon:get(word) end

---@class textmill.word
---@field word string folded
---@field tag string
---@field frequency integer in the list it comes from
---@field classes string[] surname measure province city county township unit role money time, and your own
---@field user? boolean it was added
---@field force? boolean likewise, with force
---@field weight? integer likewise, where one was given

---Adds a word, or says more of one. It may hold letters, digits, signs and blanks
---(C++, Windows 11, 新冠-19); both scripts, any case and width are found. Without
---a weight it wins against its parts; with one (a frequency as the word list has
---them) it competes like a word of the list. Words begin and end where a number or
---a run of letters does; force puts a word before every other boundary (the first,
---the longest), but never parts two letters or two digits.
---
---    > lex = tm.lexicon():add("劝返点"):add("windows 11", {tag="nz", class="system"})
---    > for w in tm.words("设勸返點，装Windows 11", {lexicon=lex}) do print(w) end
---    设
---    勸返點
---    ，
---    装
---    Windows 11
---    > tm.pattern.class("system"):find("装Windows 11", 1, {lexicon=lex})
---    4  13  Windows 11  4-13
---@param word string
---@param o? textmill.word_options
---@return textmill.lexicon|nil lex the same, or nil
---@return string? message
---@return integer? position
---@return string? code
function lexicon:add(word, o) end

---@class textmill.word_options
---@field tag? string as jieba's; default: what it is in the list, else n
---@field class? string names separated by blanks, for P.class
---@field weight? integer frequency; the list's commonest word has 318825
---@field force? boolean

---Takes a word away, also one of the list.
---
---    > lex = tm.lexicon()
---    > lex:remove "卡口"
---    true
---    > for w in tm.words("设卡口", {lexicon=lex}) do print(w) end
---    设卡
---    口
---@param word string
---@return boolean|nil known was there such a word? nil: it is not UTF-8
---@return string? message
---@return integer? position
---@return string? code
function lexicon:remove(word) end

---Adds the words of a file in jieba's format: `word [frequency] [tag]` a line; with
---tabs between them a word may end in a number. Frequency 0 removes. Lines that begin
---with # and a blank are comments. Of a file with an error nothing is taken.
---
---    > lex = tm.lexicon()
---    > lex:load "mywords.txt"
---    nil  mywords.txt: No such file or directory  1  notfound
---@param file string path
---@return integer|nil count words added
---@return string? message names file and line
---@return integer? line
---@return string? code
function lexicon:load(file) end

---The readings of a character, the usual one first.
---
---    > tm.lexicon():readings "重"
---    {"zhòng", "chóng", "tóng"}
---@param char string one character
---@return string[] readings empty where there are none
function lexicon:readings(char) end

---A trained model. Read-only; it may be closed.
---@class textmill.model
local model = {}

---The tags it gives; none where it was trained on words alone.
---
---    > words, image = os.tmpname() .. ".conll", os.tmpname()
---    > io.open(words, "w"):write("1\t种\t_\tVERB\n2\t树\t_\tNOUN\n"):close()
---    true
---    > tm.train(words, image).words
---    2
---    > tm.model(image):tags()
---    {"VERB", "NOUN"}
---@return string[] tags
function model:tags() end
