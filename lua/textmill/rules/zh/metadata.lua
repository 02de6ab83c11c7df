-- What the page says of itself becomes facts with citations: title, date,
-- source, authors, editors. The cleaning found them; nothing is guessed here.

local rule = require "textmill".rule

local function scan(doc)
  local facts = {}
  for _, m in ipairs(doc.meta) do
    if m.i and m.key ~= "description" then
      facts[#facts + 1] = { type = "metadata", subtype = m.key, value = m.value, i = m.i, j = m.j,
                            captures = { value = { m.i, m.j } } }
    end
  end
  return facts
end

-- The title of each article of a page that has several.
local function scan_titles(doc)
  local facts, stated = {}, {}
  for _, m in ipairs(doc.meta) do
    if m.key == "title" and m.i then stated[m.i] = true end
  end
  for _, b in ipairs(doc.blocks) do
    if b.kind == "title" and not stated[b.i] and #doc.articles > 1 then
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
