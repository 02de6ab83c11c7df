-- textmill.function_source - the Lua text a function was made from, so that packs made at
-- the prompt can be saved.
--
--   function_source.of(f) -> "function(m) ... end" | nil, why not
--   function_source.remember(text)     an entry of the prompt, which has no file
--
-- A function knows its chunk and the lines it stands on, not the columns: its text is the
-- one `function` of its first line whose `end` stands on its last. Two of them on the same
-- lines cannot be told apart, and that is said. All entries of the prompt are one chunk by
-- name: there the text must compile to the same bytes.

local function_source = {}

local PROMPT <const> = "=repl"
local entries <const> = {}

function function_source.remember(text) entries[#entries + 1] = text end

local function text_of(source)
  if source:sub(1, 1) == "=" then return nil end
  if source:sub(1, 1) ~= "@" then return source end
  local file = io.open(source:sub(2), "rb")
  if not file then return nil end
  local text = file:read "a"
  file:close()
  return text
end

-- Where the long bracket ([[ or [==[) that begins at i ends, or nil.
local function long_bracket(text, i)
  local level = text:match("^%[(=*)%[", i)
  if not level then return nil end
  local _, last = text:find("]" .. level .. "]", i, true)
  return last or #text
end

local function quoted(text, i)
  local quote, k = text:sub(i, i), i + 1
  while k <= #text and text:sub(k, k) ~= quote do
    k = k + (text:sub(k, k) == "\\" and 2 or 1)
  end
  return k
end

-- The lexeme that begins at i: its last byte, and the word where it is one.
local function lexeme(text, i)
  local two = text:sub(i, i + 1)
  if two == "--" then
    return long_bracket(text, i + 2) or (text:find("\n", i, true) or #text + 1) - 1
  end
  local c = two:sub(1, 1)
  if c == '"' or c == "'" then return quoted(text, i) end
  if c == "[" then return long_bracket(text, i) or i end
  local word = text:match("^[%a_][%w_]*", i)
  if word then return i + #word - 1, word end
  return i
end

local OPENS <const> = { ["function"] = true, ["do"] = true, ["if"] = true, ["repeat"] = true }
local CLOSES <const> = { ["end"] = true, ["until"] = true }

-- Every function of a text as { i, j, line, last }; loops count by their `do`.
local function functions(text)
  local found, open, line, i = {}, {}, 1, 1
  while i <= #text do
    local j, word = lexeme(text, i)
    local first = line
    for _ in text:sub(i, j):gmatch "\n" do line = line + 1 end
    if OPENS[word] then open[#open + 1] = { i = i, line = first, is = word == "function" }
    elseif CLOSES[word] and #open > 0 then
      local one = table.remove(open)
      one.j, one.last = j, line
      if one.is then found[#found + 1] = one end
    end
    i = j + 1
  end
  return found
end

-- `function name(...)` without its name
local function anonymous(text)
  return (text:gsub("^function%s*[%w_.:]*%s*%(", "function(", 1))
end

-- The texts in `text` of functions on these lines.
local function on_lines(text, first, last)
  local found = {}
  for _, one in ipairs(functions(text)) do
    if one.line == first and one.last == last then found[#found + 1] = anonymous(text:sub(one.i, one.j)) end
  end
  return found
end

-- Does the text compile to what f is? The bytes hold the lines, so it is put where f stands.
local function compiles_to(f, text, first)
  local chunk = load(("\n"):rep(first - 1) .. "return " .. text, PROMPT, "t")
  return chunk and string.dump(chunk(), true) == string.dump(f, true)
end

local function of_prompt(f, info)
  for k = #entries, 1, -1 do
    for _, text in ipairs(on_lines(entries[k], info.linedefined, info.lastlinedefined)) do
      if compiles_to(f, text, info.linedefined) then return text end
    end
  end
  return nil, "its text is not known (a local of its entry in it?)"
end

function function_source.of(f)
  local info = debug.getinfo(f, "S")
  if info.source == PROMPT then return of_prompt(f, info) end
  local text = info.what == "Lua" and text_of(info.source)
  if not text then return nil, "its text is not known" end
  local found = on_lines(text, info.linedefined, info.lastlinedefined)
  if #found == 1 then return found[1] end
  return nil, ("line %d holds %s"):format(info.linedefined, found[1] and "two functions" or "no function")
end

return function_source
