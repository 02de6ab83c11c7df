-- map_texts.lua PAGES.ndjson FOLDER - the same 2,000 documents in several encodings, for
-- maps.c: FOLDER/utf-8.docs, gloss.docs (traditional, a third of the characters with
-- pinyin), gb18030.docs, big5.docs, entities.docs, html.docs.
package.path = "./?.lua;" .. package.path
local json = require "textmill.json"
local dirty = require "spec.bench.dirty"

local texts = {}
for line in io.lines(arg[1]) do
  texts[#texts + 1] = json.decode(line).text
  if #texts == 2000 then break end
end
for name, mode in pairs { ["utf-8"] = "plain", gloss = "gloss", gb18030 = "gb18030", big5 = "big5",
                          entities = "entities", html = "html" } do
  local f <close> = assert(io.open(arg[2] .. "/" .. name .. ".docs", "wb"))
  for k, text in ipairs(texts) do
    local page = dirty.make(text, mode, k)
    f:write(#page, "\n", page)
  end
end
