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

return {
  rule {
    "metadata.stated",
    description = "title, publishing date, source, authors and editors as stated",
    scan = scan,
    examples = { ["某镇开展春耕\n2021-03-05 来源:某报\n\n正文在这里,今天天气很好,大家都在田里忙着。"] = { subtype = "published" } },
  },
}
