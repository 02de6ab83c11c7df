-- Schemes whose members are quoted right before their count:
--
--   “厕所革命、垃圾革命、污水革命”三大革命    “致富桥”“连心桥”“幸福桥”三座桥    “红黄绿”三色台账
--
--   listed.of(doc, list): adds them to the candidates of scheme_names.lua

local lists = require "textmill.rules.zh.lists"
local quotes = require "textmill.rules.zh.quotes"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local listed = {}

local LEAST <const>, MOST <const> = 2, 10 -- members
local LONGEST_ITEM <const>, LONGEST_NAME <const> = 10, 9 -- characters
local POINTS <const> = { "、" }
local BETWEEN <const> = { [""] = true, ["、"] = true, ["和"] = true, ["与"] = true, [","] = true }

-- Words that a name may go on with behind its numeral.
local NOUNS <const> = set "n vn nz ng q g a b j x nr l i"
local PEOPLE <const> = set "名 位 人 户 家 省 市 县 区 乡 镇 村 组 者 类 种 方"

local RESPONSIBLE <const> = "责任人" -- 三个责任人

-- Where the name ends that begins with the numeral at p: the noun phrase behind it.
local function name_end(doc, p, to)
  local k = doc:token_at(p)
  local j = select(2, doc:span(k))
  while true do
    local w, tag = doc:word(k + 1), doc:tag(k + 1)
    local fits = NOUNS[tag] or j - p < 3 and tag == "v" and utf8.len(w) == 1 -- 三|问
    if not fits or j + #w > to or utf8.len(doc.shown:sub(p, j + #w)) > LONGEST_NAME then break end
    k, j = k + 1, j + #w
  end
  return j
end

local function each_character(doc, q)
  local items, p = {}, q.i
  for _, c in utf8.codes(doc.shown:sub(q.i, q.j)) do
    local s = utf8.char(c)
    items[#items + 1] = { text = s, i = p, j = p + #s - 1 }
    p = p + #s
  end
  return items
end

-- The quotations that end with all[k], one right behind the other.
local function row(doc, all, k)
  local items = {}
  repeat
    local q = all[k]
    table.insert(items, 1, { text = doc.shown:sub(q.i, q.j), i = q.i, j = q.j })
    k = k - 1
  until k == 0 or all[k].block ~= q.block or not BETWEEN[doc.shown:sub(all[k].close + 1, q.open - 1)]
    or q.open < all[k].close
  return items
end

local function short(items, most)
  for _, it in ipairs(items) do
    local n = utf8.len(it.text)
    if not n or n == 0 or n > most then return false end
  end
  return true
end

-- The n members quoted up to all[k], or nil.
local function members(doc, all, k, n)
  local q = all[k]
  local split = lists.split_at(doc.shown, q.i, q.j, POINTS)
  if #split == n and short(split, LONGEST_ITEM) then return split end
  local quoted = row(doc, all, k)
  if #quoted == n and short(quoted, LONGEST_ITEM) then return quoted end
  local all_of_it = q.j - q.i + 1 == 3 * n and each_character(doc, q)
  return all_of_it and #all_of_it == n and all_of_it or nil
end

function listed.of(doc, list)
  local all = quotes.of(doc)
  for k, q in ipairs(all) do
    local p = q.close + 1
    local n = q.j >= q.i and vocabulary.numerals[doc.shown:sub(p, p + 2)]
    local items = n and n >= LEAST and n <= MOST and members(doc, all, k, n)
    local j = items and name_end(doc, p, q.block.sj)
    local people = j and PEOPLE[doc.shown:sub(j - 2, j)] and doc.shown:sub(j - 8, j) ~= RESPONSIBLE
    if j and j > p + 2 and not people then
      list[#list + 1] = { name = doc.shown:sub(p, j), count = n, i = p, j = j, quote_end = j,
                          block = q.number, bare = true, members = items }
    end
  end
end

return listed
