-- Positions of a damaged or forged file: they must ascend, or who looks places up by them would
-- write far outside.
local core = require "textmill.core"
local varint = require("spec.segment_words").varint

local has_sqlite3 = os.execute "sqlite3 -version > /dev/null 2>&1"
local path = os.tmpname()
local function clear()
  for _, suffix in ipairs { "", "-wal", "-shm", ".sql" } do os.remove(path .. suffix) end
end

local WORDS <const>, POSITIONS <const>, CHUNK <const> = 1, 3, 8120
local function number(stream, chunk) return 1 << 28 | stream << 26 | chunk end -- of segment 1

local function read(c, stream)
  local rows = c:sql(("select data from mill_postings where chunk = %d"):format(number(stream, 0)))
  assert(#rows == 1 and #rows[1].data < CHUNK - 100)
  return rows[1].data
end

local function write(stream, bytes)
  local hex = bytes:gsub(".", function(b) return ("%02x"):format(b:byte()) end)
  return ("update mill_postings set data = x'%s' where chunk = %d;\n"):format(hex, number(stream, 0))
end

local function to_varint(n)
  local out = ""
  while n >= 128 do out, n = out .. string.char(n & 127 | 128), n >> 7 end
  return out .. string.char(n)
end

-- A number of the index (codec.h).
local function code(x)
  local digits, high = "", x // 240
  while high > 0 do digits, high = string.char(240 + (high - 1) % 16) .. digits, (high - 1) // 16 end
  return digits .. string.char(x % 240)
end

-- The stream of words in which word `id` has `more` bytes of positions more; where its own begin and end.
local function with_longer(words, id, more)
  local at, word, positions = 1, 0, 0
  while at <= #words do
    local head, behind = varint(words, at)
    local size
    word, at = word + (head >> 1) + 1, behind
    if head & 1 == 1 then
      local sizes = words:byte(at)
      size = (sizes & 31) + 1
      if word == id then
        assert(size + more <= 32)
        words = words:sub(1, at - 1) .. string.char(sizes + more) .. words:sub(at + 1)
        return words, positions, positions + size
      end
      at = at + 1
    else
      local to = select(2, varint(words, select(2, varint(words, at))))
      size, at = varint(words, to)
      if word == id then
        return words:sub(1, to - 1) .. to_varint(size + more) .. words:sub(at), positions, positions + size
      end
    end
    positions = positions + size
  end
end

-- Of n documents in which 的 stands three times before 猫: the first one's positions ascend no more.
local function forge(n)
  clear()
  local c = core.open(path, { mode = "create" })
  c:begin()
  for k = 1, n do c:add { raw = ("的猫在家里，你的猫在山上，我的猫在河边%d。"):format(k) } end
  c:commit()
  assert.equal(3 * n, c:count("的猫").hits)
  local id <const>, far <const> = 1, 0x7fffff00 -- the first word of all
  local forged = code(far) .. code((1 << 32) - far + 3) .. code(1) -- and 4, and 6
  local places = read(c, POSITIONS)
  local _, from, to = with_longer(read(c, WORDS), id, 0)
  local more = #forged - (to - from) // n
  local words = with_longer(read(c, WORDS), id, more)
  places = places:sub(1, from) .. forged .. places:sub(from + (to - from) // n + 1)
  c:close()
  local f = assert(io.open(path .. ".sql", "w"))
  f:write("begin;\n", write(WORDS, words), write(POSITIONS, places),
    ("update mill_segments set word_bytes = %d, position_bytes = position_bytes + %d;\ncommit;\n")
    :format(#words, more))
  f:close()
  local pipe <close> = io.popen(("sqlite3 -bail %s < %s.sql 2>&1"):format(path, path))
  assert.equal("", (pipe:read "a"))
end

describe("positions that do not ascend", function()
  after_each(clear)
  for name, n in pairs { ["of one article"] = 1, ["of some, summed together"] = 5 } do
    it(name .. " are damage", function()
      if not has_sqlite3 then return pending "no sqlite3 command" end
      forge(n)
      local c <close> = core.open(path, { mode = "r" })
      local ok, err = pcall(c.count, c, "的猫")
      assert.is_false(ok)
      assert.equal("corrupt", err.code)
      assert.is_true(#c:verify() > 0)
    end)
  end
end)
