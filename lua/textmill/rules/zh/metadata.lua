-- What the page says of itself becomes facts with citations: title, date,
-- source, authors, editors. The cleaning found them; nothing is guessed here.

local names = require "textmill.rules.zh.names"
local rule = require "textmill".rule

-- What stands before a value names it: 记者 周涛 is a reporter, not any author.
local LABELS <const> = {
  { "责任编辑", "editor" }, { "编辑", "editor" }, { "责编", "editor" }, { "通讯员", "correspondent" },
  { "见习记者", "reporter" }, { "记者", "reporter" }, { "作者", "author" }, { "点击", "clicks" },
  { "阅读", "clicks" }, { "浏览", "clicks" }, { "浏览量", "clicks" }, { "阅读量", "clicks" }, { "点击量", "clicks" },
  { "访问量", "clicks" }, { "浏览次数", "clicks" }, { "阅读次数", "clicks" }, { "点击次数", "clicks" },
  { "访问次数", "clicks" }, { "点击数", "clicks" }, { "浏览数", "clicks" }, { "阅读数", "clicks" },
  { "人气", "clicks" }, { "查看", "clicks" } }
local CREDITS <const> = { author = true, editor = true, clicks = true }
local BLANKS <const> = { ":", "丨", "|", " ", "\u{A0}", "\u{3000}" }

-- Position before the colons and blanks that end at j of shown text.
local function before_blanks(s, j)
  local moved = true
  while moved do
    moved = false
    for _, mark in ipairs(BLANKS) do
      if s:sub(j - #mark + 1, j) == mark then j, moved = j - #mark, true end
    end
  end
  return j
end

-- The label of the value at i of shown text: its first byte and what it says.
local function label_at(s, i)
  local j = before_blanks(s, s:sub(i - 1, i - 1) == "(" and s:find("^%d+%)", i) and i - 2 or i - 1)
  for _, l in ipairs(LABELS) do
    if s:sub(j - #l[1] + 1, j) == l[1] then return j - #l[1] + 1, l[2] end
  end
end

-- One stated value with its label. A name of four characters without one is
-- the account of who put the page there.
local function credit(doc, m)
  local f = { type = "metadata", subtype = m.key, value = m.value }
  local i, j = doc:to_shown(m.i, m.j)
  f.spans = { value = { i, j } }
  local from, subtype = label_at(doc.shown, i)
  if from then
    f.subtype = subtype
    if doc.shown:sub(i - 1, i - 1) == "(" and doc.shown:sub(j + 1, j + 1) == ")" then j = j + 1 end
    if subtype == "clicks" and doc.shown:sub(j + 1, j + 3) == "次" then j = j + 3 end
  elseif m.key == "author" and not doc.shown:find("^%(", i - 1) and utf8.len(m.value) >= 4
    and not m.value:find "[%w%s]" and not m.value:find("·", 1, true)
    and not names.is_surname(doc, m.value:sub(1, 3)) and not names.is_surname(doc, m.value:sub(1, 6)) then
    f.subtype = "author_account"
  end
  f.at = { from or i, j }
  return f
end

-- 首页 > 新闻 > 某县: the whole path before the section's name.
local function breadcrumb(doc, m)
  local b = doc:block_at(m.i)
  local i, j = doc:to_shown(m.i, m.j)
  local line = b and doc.shown:sub(b.si, j)
  local parts = {}
  for word in (line or ""):gmatch "[^%s>/|]+" do
    if word ~= "首页" and word ~= "»" and word ~= "›" then parts[#parts + 1] = word end
  end
  if #parts < 2 or #parts > 6 or #line > 120 then return nil end
  return { type = "metadata", subtype = "section", value = table.concat(parts, " > "), at = { b.si, j },
           spans = { value = { i, j } } }
end

-- Authors side by side (A、B、C or A B C) are one signature.
local function signatures(doc, list)
  local out, open = {}, nil
  for _, m in ipairs(list) do
    local last = open and open[#open]
    local between = last and doc.clean:sub(last.j + 1, m.i - 1)
    if between and #between <= 3 and (between:find "^%s*$" or between == "、" or between == ",") then
      open[#open + 1] = m
    else
      open = { m }
      out[#out + 1] = open
    end
  end
  return out
end

local BYLINES <const> = { "采写", "供稿", "撰稿", "撰写", "报道", "摄影" }
local function signed(doc, group)
  local i = doc:to_shown(group[1].i, group[1].j)
  local _, j = doc:to_shown(group[#group].i, group[#group].j)
  local f = { type = "metadata", subtype = "authors", value = {}, spans = {} }
  for k, m in ipairs(group) do
    f.value[k] = m.value
    f.spans["value" .. k] = { doc:to_shown(m.i, m.j) }
  end
  if doc.shown:sub(i - 1, i - 1) == "(" and doc.shown:sub(j + 1, j + 1) == ")" then
    f.subtype, i, j = "signed", i - 1, j + 1
  else
    local b = doc:shown_block(i)
    for _, w in ipairs(b and b.sj - b.si < 150 and BYLINES or {}) do
      local at = doc.shown:find(w, j, true)
      if at and at - j <= 4 then i, j = b.si, at + #w - 1 break end
    end
  end
  f.at = { i, j }
  return f
end

-- 发布日期:2021-06-30: the value with its label, where that stands right before it.
local STATED <const> = { "发布日期", "发布时间", "日期", "时间", "信息来源", "文章来源", "稿件来源", "来源", "稿源" }
local function with_label(doc, i)
  local s, colon = doc.shown, i - 1
  if s:sub(colon, colon) == " " then colon = colon - 1 end
  if s:sub(colon, colon) ~= ":" then return i end
  for _, label in ipairs(STATED) do
    if s:sub(colon - #label, colon - 1) == label then return colon - #label end
  end
  return i
end

local function as_stated(doc, m)
  local i, j = doc:to_shown(m.i, m.j)
  return { type = "metadata", subtype = m.key, value = m.value, at = { with_label(doc, i), j },
           spans = { value = { i, j } } }
end

local function scan(doc)
  local facts, authors = {}, {}
  for _, m in ipairs(doc.meta) do
    if m.i and m.key == "author" then
      authors[#authors + 1] = m
    elseif m.i and m.key ~= "description" then
      facts[#facts + 1] = m.key == "section" and breadcrumb(doc, m) or CREDITS[m.key] and credit(doc, m)
        or as_stated(doc, m)
    end
  end
  table.sort(authors, function(a, b) return a.i < b.i end)
  for _, group in ipairs(signatures(doc, authors)) do
    local labelled = #group > 1 and label_at(doc.shown, (doc:to_shown(group[1].i, group[1].j)))
    for _, m in ipairs(labelled and group or {}) do facts[#facts + 1] = credit(doc, m) end -- 作者:甲 乙
    if not labelled then
      facts[#facts + 1] = #group > 1 and signed(doc, group) or credit(doc, group[1])
    end
  end
  return facts
end

-- 某某报讯(记者...): where the report comes from.
local LINES <const> = { "网讯", "报讯", "社讯", "台讯", "本报讯", "本网讯" }
local function scan_datelines(doc)
  for _, b in ipairs(doc.blocks) do
    if b.kind == "paragraph" or b.kind == "byline" then
      for _, w in ipairs(LINES) do
        local at = doc.shown:sub(b.si, b.si + 40):find(w, 1, true)
        local j = at and b.si + at + #w - 2
        if j and at <= 19 and doc.shown:find("^[ (,:]", j + 1)
          and not doc.shown:sub(b.si, j):find "[,:(]" then
          return { { type = "metadata", subtype = "dateline", value = doc.shown:sub(b.si, j), at = { b.si,
            j },
                     spans = { value = { b.si, j } } } }
        end
      end
    end
  end
  return {}
end

-- The title of each article of a page that has several.
local function scan_titles(doc)
  local facts, stated = {}, {}
  if #doc.articles < 2 then return facts end
  for _, m in ipairs(doc.meta) do
    if m.key == "title" and m.i then stated[m.i] = true end
  end
  for _, b in ipairs(doc.blocks) do
    if b.kind == "title" and not stated[b.i] then
      facts[#facts + 1] = { type = "metadata", subtype = "title", value = doc.shown:sub(b.si, b.sj),
                            at = { b.si, b.sj }, spans = { value = { b.si, b.sj } } }
    end
  end
  return facts
end

return {
  rule {
    "metadata.stated",
    description = "title, publishing date, source, authors and editors as stated",
    scan = scan,
    examples = { ["某镇开展春耕\n2021-03-05 来源:某报\n\n正文在这里,今天天气很好,大家都在田里忙着。"] = { subtype = "published" } },
  },
  rule {
    "metadata.dateline",
    description = "the dateline of a report: 某某报讯",
    scan = scan_datelines, needs = LINES,
    examples = { ["江城日报讯(记者 李明)今天下了大雪,各地组织人员清扫道路,保障出行安全。"] = { value = "江城日报讯" } },
    counterexamples = { "他打电话问讯,没有回音。" },
  },
  rule {
    "metadata.titles",
    description = "the title of every article of a page",
    scan = scan_titles,
    examples = {
      ["清溪镇:良种送到田头\n\n今年推广良种,各村共种植三万亩,产量比上年增加,群众十分高兴。\n\n"
        .. "白鹭乡:水渠通到家门\n\n新修水渠五公里,灌溉用水有了保障,大家不再为天旱发愁。\n\n"
        .. "石门镇:桥梁连起两岸\n\n河上新建桥梁两座,两岸群众往来不用再绕远路,学生上学也方便了。\n"]
        = { subtype = "title", value = "石门镇:桥梁连起两岸" },
    },
  },
}
