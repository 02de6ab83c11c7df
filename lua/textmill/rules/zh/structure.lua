-- The shape of a document as facts: its headings with their numbers, captions,
-- and the items of 一是...二是... lists. The cleaning found the blocks.

local find_within <const> = require "textmill.core".find_within
local numbering = require "textmill.rules.zh.numbering"
local rule = require "textmill".rule

local CLOSING <const> = { ["“"] = "”", ["‘"] = "’", ["「"] = "」" }

local function tidy(s, i, j)
  while j > i and s:sub(j, j):find "[%s,;.:]" do j = j - 1 end
  while j - 2 > i and (s:sub(j - 2, j) == "。" or s:sub(j - 2, j) == "、") do j = j - 3 end
  while i < j and s:sub(i, i):find "%s" do i = i + 1 end
  return i, j
end

-- A quotation that goes on behind the block is no heading.
local function is_cut_quotation(s)
  local closing = CLOSING[s:sub(1, 3)]
  return closing ~= nil and not s:find(closing, 1, true)
end

-- 一 通行路段: a numeral and a blank before the words. Its number and where they begin.
local NUMERALS <const> = { ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4, ["五"] = 5, ["六"] = 6, ["七"] = 7,
  ["八"] = 8, ["九"] = 9, ["十"] = 10 }
local function spaced(s, i, j)
  local gap, words = s:match("^()[ \t]+()", i + 3)
  if gap and words <= j then return NUMERALS[s:sub(i, i + 2)], words end
end

local function scan_headings(doc)
  local facts, count, article = {}, 0, nil
  local given -- 01 in a line of its own: the number of the heading behind it
  for at, b in ipairs(doc.blocks) do
    local heading, nxt = b.kind == "heading", doc.blocks[at + 1]
    local _, a = article, article
    if heading then _, a = doc:article_at(b.i) end
    if a ~= article then article, count, given = a, 0, nil end
    local alone = heading and nxt and nxt.kind == "heading" and doc.shown:sub(b.si, b.sj):match "^(%d%d)$"
    if alone then
      given = math.tointeger(tonumber(alone))
    elseif heading and not is_cut_quotation(doc.shown:sub(b.si, b.sj)) then
      local i, j = tidy(doc.shown, numbering.words(doc, b), b.sj)
      count = count + 1
      local _, last = tidy(doc.shown, b.si, b.sj)
      local n, words = spaced(doc.shown, i, j)
      if n then i = words end
      n, given = n or b.ordinal or given or count, nil
      facts[#facts + 1] = { type = "section", n = n, level = b.level,
                            title = doc.shown:sub(i, j), at = { b.si, last }, spans = { title = { i, j } } }
    end
  end
  return facts
end

-- 01 改了多少: short lines numbered with two digits, which the cleaning takes for
-- paragraphs.
local LONGEST_LINE <const> = 60 -- bytes
local function scan_numbered(doc)
  local facts = {}
  for _, list in ipairs(numbering.lists(doc)) do
    for n, it in ipairs(list.style == "01" and list or {}) do
      if it.block.kind ~= "heading" and it.j - it.i < LONGEST_LINE then
        local i, j = tidy(doc.shown, it.i, it.j)
        facts[#facts + 1] = { type = "section", n = n, title = doc.shown:sub(i, j), at = { it.mark, j },
                              spans = { title = { i, j } } }
      end
    end
  end
  return facts
end

-- 守住底线,风清气正。...: a slogan of two halves opens paragraph after paragraph; the cleaning
-- takes those of one measure for headings, here are the others.
local STOP <const>, COMMA <const> = "。", ","
local SHORTEST_HALF <const>, LONGEST_HALF <const> = 3, 8 -- characters
local LEAST_LEADS <const>, LEAST_BEHIND <const> = 3, 60 -- paragraphs; bytes behind the slogan
local MOST_SLOGAN <const> = 2 * LONGEST_HALF * 4 + #COMMA + #STOP + 1 -- bytes
local TOLD <const> = { "今年", "近日", "目前", "截至", "同时", "此外", "下一步", "记者", "%d", "“", "、" }

local function slogan(doc, b)
  local s, i = doc.shown, b.si
  local stop = doc:find(STOP, i)
  if not stop or stop + #STOP - i > MOST_SLOGAN or b.sj - stop < LEAST_BEHIND then return nil end
  local comma = s:find(COMMA, i, true)
  if not comma or comma > stop then return nil end
  for _, half in ipairs { s:sub(i, comma - 1), s:sub(comma + 1, stop - 1) } do
    local n = utf8.len(half)
    if not n or n < SHORTEST_HALF or n > LONGEST_HALF or half:find "[,;:!?]" then return nil end
    for _, w in ipairs(TOLD) do
      if half:find(w) then return nil end
    end
  end
  return stop - 1
end

-- Where the slogans end, by block; nil where there are too few.
local function slogans(doc)
  local ends, n = {}, 0
  for _, b in ipairs(doc.blocks) do
    local j = b.kind == "paragraph" and slogan(doc, b)
    if j then ends[b], n = j, n + 1 end
  end
  return n >= LEAST_LEADS and ends or nil
end

local function scan_leads(doc)
  local facts, headed, ends = {}, {}, slogans(doc)
  if not ends then return facts end
  for _, b in ipairs(doc.blocks) do
    local _, article = doc:article_at(b.i)
    if b.kind == "heading" then headed[article or 0] = (headed[article or 0] or 0) + 1 end
  end
  for _, b in ipairs(doc.blocks) do
    local j = ends[b]
    local _, article = doc:article_at(b.i)
    if j and (headed[article or 0] or 0) < 2 then
      facts[#facts + 1] = { type = "section", n = #facts + 1, title = doc.shown:sub(b.si, j),
        at = { b.si, j + #STOP }, spans = { title = { b.si, j } } }
    end
  end
  return #facts >= LEAST_LEADS and facts or {}
end

-- 【案情】...: a title in brackets opens paragraph after paragraph.
local OPEN <const>, LONGEST_TITLE <const> = { ["【"] = "】", ["["] = "]" }, 8 * 3 -- bytes
local SHORTEST_TITLE <const>, LEAST_BRACKETED <const> = 2 * 3, 2
local PICTURES <const> = { ["图片"] = true, ["视频"] = true, ["音频"] = true, ["组图"] = true, ["附件"] = true }
local function bracketed(doc, b)
  local s, i = doc.shown, b.si
  local open = OPEN[s:sub(i, i + 2)] and 3 or OPEN[s:sub(i, i)] and 1
  local shut = open and OPEN[s:sub(i, i + open - 1)]
  local at = shut and find_within(s, shut, i, i + open + LONGEST_TITLE + #shut - 1)
  if not at or at >= b.sj - #shut then return nil end
  local title = s:sub(i + open, at - 1)
  if #title < SHORTEST_TITLE or #title > LONGEST_TITLE or PICTURES[title] then return nil end
  if title:find "[%w%s%p]" then return nil end
  return { type = "section", title = title, at = { i, at + #shut - 1 },
           spans = { title = { i + open, at - 1 } } }
end

local function scan_bracketed(doc)
  local facts = {}
  for _, b in ipairs(doc.blocks) do
    local f = b.kind == "paragraph" and bracketed(doc, b)
    if f then
      f.n = #facts + 1
      facts[f.n] = f
    end
  end
  return #facts >= LEAST_BRACKETED and facts or {}
end

local function scan_captions(doc)
  local facts, seen = {}, {}
  for _, b in ipairs(doc.blocks) do
    local words = b.kind == "caption" and doc.shown:sub(b.si, b.sj)
    if words and words:find "[\x80-\xFF]" and not seen[words] then
      seen[words] = true
      facts[#facts + 1] = { type = "section", subtype = "caption", title = words, at = { b.si, b.sj },
                            spans = { title = { b.si, b.sj } } }
    end
  end
  return facts
end

-- Is the item one of a list in running text, or a numbered line that is no heading?
local RUNNING <const> = { ["一是"] = true, ["个是"] = true }
local LINES <const> = 3 -- level from which numbered blocks are lines of a list
local function is_item(it, list)
  return RUNNING[list.style] or list.level >= LINES and it.block.kind ~= "heading"
    and (it.lead or list.style == "①")
end

-- Items of lists; the lines of a procedure are its steps.
local function scan_items(doc)
  local facts = {}
  for _, list in ipairs(numbering.lists(doc)) do
    for n, it in ipairs(numbering.procedure(doc, list) and {} or list) do
      if is_item(it, list) then
        local i, j = tidy(doc.shown, it.i, it.j)
        facts[#facts + 1] = { type = "section", subtype = "item", n = n, title = doc.shown:sub(i, j),
                              at = { it.mark, j }, spans = { title = { i, j } } }
      end
    end
  end
  return facts
end

return {
  rule {
    "section.heading",
    description = "headings with their number: 一、 (一) 1. 第一级, and those without",
    scan = scan_headings,
    examples = {
      ["全县农业工作总结\n\n一、主要做法\n全年推广良种,各乡镇共种植三万亩,产量比上年有所增加。\n二、存在问题\n"
        .. "部分村组水渠年久失修,灌溉用水仍然不足,群众意见较多。"] = { n = 1, title = "主要做法" },
    },
    counterexamples = { "他说今天天气很好,大家都在田里忙着。" },
  },
  rule {
    "section.numbered",
    description = "headings with two digits: 01 ... 02 ...",
    scan = scan_numbered,
    needs = { "01" },
    examples = {
      ["报名须知大全\n\n请大家注意查看。\n01 怎么报名\n带上身份证到村委会填表就行。\n02 何时截止\n月底之前都可以来。"]
        = { n = 2, title = "何时截止" },
    },
    counterexamples = { "01班同学获奖。" },
  },
  rule {
    "section.leads",
    description = "slogans of two halves that open paragraph after paragraph: 守住底线,风清气正。",
    scan = scan_leads,
    needs = { STOP },
    counterexamples = { "天气很好,大家都来了。" },
  },
  rule {
    "section.bracketed",
    description = "titles in brackets that open paragraphs: 【案情】...",
    scan = scan_bracketed,
    needs = { "【", "[" },
    examples = {
      ["调解纪实\n\n【起因】两家人为一条水沟争了三年,谁也不肯让步。\n\n【经过】调解员上门五次,讲清道理,双方签了协议。\n"]
        = { n = 2, title = "经过" },
    },
    counterexamples = { "【注意】请按时参加会议,不得缺席。" },
  },
  rule {
    "section.caption",
    description = "captions of pictures, each once",
    scan = scan_captions,
    examples = {
      ["春耕现场\n\n今年推广良种,各村共种植三万亩,产量比上年有所增加,群众十分高兴。\n\n"
        .. "图为村民在晒谷场上晾晒稻谷。\n\n下一步,将组织农技人员到各村开展培训,帮助农户解决难题。"]
        = { subtype = "caption", title = "图为村民在晒谷场上晾晒稻谷。" },
    },
  },
  rule {
    "section.item",
    description = "items of 一是...二是..., of ①...②... and of numbered lines",
    scan = scan_items,
    examples = {
      ["一是加强领导。二是严格检查。三是及时报送。"] = { n = 1, title = "加强领导" },
      ["请准备:①身份证;②照片两张;③申请表。"] = { n = 2, title = "照片两张" },
      ["头一个是修路,年底完工;第二个是通水。"] = { n = 1, title = "修路" },
    },
    counterexamples = { "一是一,二不是二。" },
  },
}
