-- textmill.options - arguments of a command, described by a table.
--
--   spec = { usage = "add FILE.db PATH...", about = "one line",
--            options = { { "--meta FILE", "text" }, { "--jobs N", "text", number = true } },
--            notes = "more text" }
--   options.parse(spec, args) -> positional list, table of options | nil, message
--   options.help(spec)        -> the text of --help
--
-- `--name value` and `--name=value`; options without a value are true; `--`
-- ends them. Names are those of the table with - as _. A size (size = true)
-- takes K, M, G; a value written a|b|c is one of these.

local options = {}

local scale = { [""] = 1, K = 1 << 10, M = 1 << 20, G = 1 << 30 }

local function size(text)
  local n, unit = text:upper():match "^(%d+)([KMG]?)B?$"
  return n and tonumber(n) * scale[unit]
end

-- "--max-bytes N" -> "max-bytes", "N"
local function parts(option)
  return option[1]:match "^%-%-(%S+)%s*(.*)$"
end

local function find(spec, name)
  for _, option in ipairs(spec.options or {}) do
    if parts(option) == name then return option end
  end
end

-- "-o" -> "output": short forms are given by option.short
local function long_of(spec, a)
  for _, option in ipairs(spec.options or {}) do
    if option.short == a then return (parts(option)) end
  end
end

local function convert(option, name, value)
  local _, wants = parts(option)
  if wants:find "|" then
    if ("|" .. wants .. "|"):find("|" .. value .. "|", 1, true) then return value end
    return nil, ("--%s: '%s' is none of %s"):format(name, value, (wants:gsub("|", ", ")))
  end
  if not option.number and not option.size then return value end
  local n = option.number and tonumber(value) or option.size and size(value)
  if not n then return nil, ("--%s: '%s' is not a %s"):format(name, value,
    option.size and "size (bytes, K, M or G)" or "number") end
  return n
end

function options.parse(spec, args)
  local rest, found = {}, {}
  local k, only_rest = 1, false
  while k <= #args do
    local a = args[k]
    local name, eq, value = a:match "^%-%-([%w-]+)(=?)(.*)$"
    if not name and not only_rest and long_of(spec, a) then name, eq, value = long_of(spec, a), "", "" end
    if only_rest or a == "-" or a:sub(1, 1) ~= "-" then
      rest[#rest + 1] = a
    elseif a == "--" then only_rest = true
    else
      local option = name and find(spec, name)
      if not option then return nil, ("unknown option %s (see --help)"):format(a) end
      local _, wants = parts(option)
      local key = name:gsub("-", "_")
      if wants == "" then
        if eq ~= "" then return nil, ("--%s takes no value"):format(name) end
        found[key] = true
      else
        if eq == "" then
          k = k + 1
          value = args[k]
        end
        if not value then return nil, ("--%s needs %s"):format(name, wants) end
        local converted, message = convert(option, name, value)
        if converted == nil then return nil, message end
        found[key] = converted
      end
    end
    k = k + 1
  end
  if #rest < (spec.least or 0) then
    return nil, "too few arguments: textmill " .. spec.usage
  end
  if spec.most and #rest > spec.most then
    return nil, ("'%s' is one argument too many: textmill %s"):format(rest[spec.most + 1], spec.usage)
  end
  return rest, found
end

function options.help(spec)
  local lines = { "usage: textmill " .. spec.usage, "", spec.about }
  local width = 0
  for _, o in ipairs(spec.options or {}) do width = math.max(width, #o[1]) end
  if width > 0 then lines[#lines + 1] = "" end
  for _, o in ipairs(spec.options or {}) do
    lines[#lines + 1] = "  " .. o[1] .. (" "):rep(width - #o[1] + 2) .. o[2]
  end
  if spec.notes then
    lines[#lines + 1] = ""
    lines[#lines + 1] = spec.notes
  end
  return table.concat(lines, "\n")
end

return options
