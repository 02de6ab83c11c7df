-- The README: its `repl` blocks are one session at the prompt, its `sh` blocks
-- one session of the shell, in a folder that holds the sample pages. Both are
-- run and compared with what stands there. After a change that is wanted:
--
--   TEXTMILL_UPDATE=1 busted spec/lua/readme_spec.lua     writes what comes out

local COLUMNS <const> = 96

local function read(path)
  local f <close> = assert(io.open(path, "rb"))
  return f:read "a"
end

local function write(path, text)
  local f <close> = assert(io.open(path, "wb"))
  f:write(text)
end

local function run(command)
  local pipe = io.popen(command)
  local out = pipe:read "a"
  return out, pipe:close()
end

local top = run "pwd":gsub("\n$", "")
local folder = run "mktemp -d":gsub("\n$", "")
os.execute(("ln -s %s/lua/textmill/samples %s/samples"):format(top, folder))
local before = ("cd %s && PATH=%s/build/bin:$PATH COLUMNS=%d LC_ALL=C.UTF-8 "):format(folder, top, COLUMNS)

teardown(function() os.execute("rm -r " .. folder) end)

-- Lines of a block that are input, and the marks they begin with.
local function inputs(block, marks)
  local list = {}
  for line in block:gmatch "[^\n]+" do
    for _, mark in ipairs(marks) do
      if line:sub(1, #mark) == mark then
        list[#list + 1] = line:sub(#mark + 1)
        break
      end
    end
  end
  return table.concat(list, "\n") .. "\n"
end

-- All repl blocks in one session, told apart by a line of their own.
local BETWEEN <const> = "> --[[between blocks]]"

local function sessions(blocks)
  local all = {}
  for k, block in ipairs(blocks) do all[k] = inputs(block, { "> ", ">> " }) end
  write(folder .. "/input.lua", table.concat(all, BETWEEN:sub(3) .. "\n"))
  local out = run(before .. "textmill repl --echo < input.lua 2>&1") .. BETWEEN .. "\n"
  local list = {}
  for piece in out:gmatch("(.-)" .. BETWEEN:gsub("%p", "%%%0") .. "\n") do list[#list + 1] = piece end
  return list
end

local function shell(blocks)
  local list = {}
  for k, block in ipairs(blocks) do
    local out = {}
    for command in inputs(block, { "$ " }):gmatch "[^\n]+" do
      write(folder .. "/command.sh", command)
      out[#out + 1] = "$ " .. command .. "\n" .. run(before .. "bash command.sh 2>&1")
    end
    list[k] = table.concat(out)
  end
  return list
end

-- Runs the blocks of a kind; what came out, block by block.
local function blocks_of(text, kind)
  local list = {}
  for block in text:gmatch("\n```" .. kind .. "\n(.-)```") do list[#list + 1] = block end
  return list
end

local function replaced(text, kind, list)
  local k = 0
  return (text:gsub("(\n```" .. kind .. "\n)(.-)(```)", function(open, _, close)
    k = k + 1
    return open .. list[k] .. close
  end))
end

-- How many facts there are changes with every rule; their form does not.
local function without_counts(s)
  return (s:gsub("%d+ facts, %d+ mentions", "N facts, N mentions"))
end

local runners = { repl = sessions, sh = shell }

describe("the README", function()
  local text = read "README.md"
  for kind, runner in pairs(runners) do
    it("shows what comes out: " .. kind, function()
      if kind == "sh" and not run "command -v sqlite3":find "%S" then pending "sqlite3 is not there" end
      local blocks = blocks_of(text, kind)
      assert(#blocks > 2)
      local out = runner(blocks)
      assert.equal(#blocks, #out)
      if os.getenv "TEXTMILL_UPDATE" then
        text = replaced(text, kind, out)
        write("README.md", text)
        return
      end
      for k, block in ipairs(blocks) do assert.equal(without_counts(block), without_counts(out[k])) end
    end)
  end

  it("names every verb", function()
    local n = 0
    for verb in run(before .. "textmill --help"):gmatch "\n  (%l+) " do
      n = n + 1
      assert(text:find("`[^`\n]*%f[%l]" .. verb .. "%f[%L][^`\n]*`"), verb)
    end
    assert(n > 15)
  end)

  it("names every function of the module", function()
    for name in pairs(require "textmill") do assert(text:find("%f[%l]" .. name .. "%f[%L]"), name) end
  end)

  it("names files that are there", function()
    for path in text:gmatch "%]%(([%w_/.]+)%)" do
      assert(io.open(path)):close()
    end
  end)

  it("is right about FFI: libtextmill.so answers", function()
    if not run "command -v python3":find "%S" then pending "python3 is not there" end
    local out = run [[python3 -c "
import ctypes
lib = ctypes.CDLL('build/lib/libtextmill.so')
valid = lambda s: lib.mill_utf8_valid(s, ctypes.c_size_t(len(s)), None, None)
print(valid(b'abc'), valid(b'ab\\xff'))
" 2>&1]]
    assert.equal("1 0\n", out)
  end)
end)
