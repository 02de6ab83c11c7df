-- Labelled lines: "项目编号：X", "中标金额（元）：Y", also several in one line.
--
--   fields.of(doc) -> list of { label, note, section, i, j, li, lj } in shown text:
--   the label without its number, the note in its brackets (元), the label that
--   heads the lines around it (采购人信息), value and label as spans

local text = require "textmill.rules.zh.text"

local fields = {}

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, dateline = true,
                       byline = true, title = true }
local LONGEST <const> = 45 -- bytes of a label

-- 一、 (一) 1. 1、 at p: where the words begin
local function behind_number(s, p)
  local _, bytes = text.ordinal(s, p)
  local digits = s:match("^%d%d?", p)
  bytes = bytes or digits and #digits
  if not bytes then return p end
  if s:sub(p + bytes, p + bytes + 2) == "、" then return p + bytes + 3 end
  if s:find("^[.)]", p + bytes) and not s:find("^%d", p + bytes + 1) then return p + bytes + 1 end
  return p
end

-- The label that ends right before a colon at `colon`, not before `from`.
local function label_before(s, colon, from)
  local i = math.max(from, colon - LONGEST)
  while i < colon and s:find("^[\x80-\xBF]", i) do i = i + 1 end
  for _, mark in ipairs { "。", ";", ",", " ", "\t", "、" } do
    local at = i
    while true do
      local hit = s:find(mark, at, true)
      if not hit or hit >= colon then break end
      at = hit + #mark
    end
    -- 一、项目编号: the number before 、 belongs to the line, not to the label
    if mark ~= "、" or at > i then i = math.max(i, at) end
  end
  return behind_number(s, i)
end

local function trimmed(s, i, j)
  while i <= j and s:find("^[%s:]", i) do i = i + 1 end
  while j >= i and s:find("^[%s;,.]", j) do j = j - 1 end
  while j - 2 >= i and s:sub(j - 2, j) == "。" do j = j - 3 end
  return i, j
end

-- The fields of one block, each ends where the next label begins.
local function of_block(doc, b, list)
  local s, from, last = doc.shown, b.si, nil
  while true do
    local colon = s:find(":", from, true)
    if not colon or colon > b.sj then break end
    local clock = s:find("^%d", colon + 1) and s:find("^%d", colon - 1)
    local li = label_before(s, colon, last and last.from or b.si)
    if not clock and li < colon then
      if last then last.j = li - 1 end
      last = { li = li, lj = colon - 1, from = colon + 1, i = colon + 1, j = b.sj }
      list[#list + 1] = last
    end
    from = colon + 1
  end
end

-- 成交金额(元) -> 成交金额, 元
local function split_label(s)
  local label, note = s:match "^(.-)%s*%((.-)%)$"
  return label or s, note
end

local function is_section(s) return #s <= 60 and not s:find ":" and not s:find "。" end

function fields.of(doc)
  local found, section = {}, nil
  for _, b in ipairs(doc.blocks) do
    if BODY[b.kind] then
      local n = #found
      of_block(doc, b, found)
      if #found == n then
        local line = doc.shown:sub(behind_number(doc.shown, b.si), b.sj)
        if is_section(line) then section = line end
      end
      for k = n + 1, #found do found[k].section = section end
    end
  end
  local list = {}
  for _, f in ipairs(found) do
    f.i, f.j = trimmed(doc.shown, f.i, f.j)
    f.label, f.note = split_label(doc.shown:sub(f.li, f.lj))
    if f.j >= f.i then list[#list + 1] = f end
  end
  return list
end

return fields
