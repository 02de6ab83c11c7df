-- make_docs.lua DOCUMENTS FOLDER - what the benches read: the first documents
-- of the collection (or the fixtures, repeated, where it is absent) in FOLDER:
--   clean.docs  dirty.docs                     all of them, as they are and made dirty
--   gb18030.docs  big5.docs  entities.docs     the first fifth, for sizes of maps
-- A file of documents: for each its length in decimal, a newline, its bytes.
local dirty = require "spec.bench.dirty"
local json = require "textmill.json"

local limit, folder = tonumber(arg[1]), arg[2]
local collection = "../shared/data/docs-47k.ndjson.xz"

local function from_collection()
  local f = io.open(collection, "rb")
  if not f then return nil end
  f:close()
  local texts = {}
  local pipe = assert(io.popen("xz -dc " .. collection .. " 2>/dev/null"))
  for line in pipe:lines() do
    if #texts == limit then break end
    texts[#texts + 1] = json.decode(line).text
  end
  pipe:close()
  return texts
end

-- Repeated documents are numbered: identical bytes would be stored once.
local function from_fixtures()
  print("../shared is not here: benches run on the fixtures, repeated")
  local f = assert(io.open("spec/fixtures/short.txt", "rb"))
  local pieces, texts = {}, {}
  for piece in (f:read "a" .. "\n"):gmatch "(.-\n)\n" do pieces[#pieces + 1] = piece end
  f:close()
  for k = 1, limit do
    local text = { ("第%d号材料\n"):format(k) }
    for i = 1, 10 do text[#text + 1] = pieces[(k * 7 + i * 13) % #pieces + 1] end
    texts[k] = table.concat(text)
  end
  return texts
end

local function write(name, texts, n, make)
  local out = assert(io.open(folder .. "/" .. name .. ".docs", "wb"))
  for k = 1, n do
    local raw = make(texts[k], k)
    out:write(#raw, "\n", raw)
  end
  out:close()
end

local function mode(name)
  return function(text, k) return (dirty.make(text, name, k)) end
end

local texts = from_collection() or from_fixtures()
write("clean", texts, #texts, function(text) return text end)
write("dirty", texts, #texts, function(text, k) return (dirty.mixed(text, k)) end)
for _, name in ipairs { "gb18030", "big5", "entities" } do
  write(name, texts, dirty.can(name) and #texts // 5 or 0, mode(name))
end
