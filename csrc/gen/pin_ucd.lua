-- pin_ucd.lua - cuts the files in csrc/data/ucd out of the Unicode Character
-- Database: only the columns the image needs, ranges joined, comments gone.
--
--   lua5.4 csrc/gen/pin_ucd.lua UCD_DIR csrc/data/ucd
--
-- Run by hand when the Unicode version changes; the results are committed.
local from, to = arg[1], arg[2]

local function lines(name) return assert(io.lines(from .. "/" .. name)) end

local function write(name, list)
  local f = assert(io.open(to .. "/" .. name, "w"))
  for _, line in ipairs(list) do f:write(line, "\n") end
  f:close()
end

local function hex(c) return ("%04X"):format(c) end

local function range(a, b) return a == b and hex(a) or hex(a) .. ".." .. hex(b) end

-- "0041..005A ; x # comment" -> 0x41, 0x5A, "x"; nil for other lines
local function row(line)
  local a, b, rest = line:gsub("%s*#.*", ""):match "^(%x+)%.?%.?(%x*)%s*;%s*(.-)%s*$"
  if not a then return end
  return tonumber(a, 16), tonumber(b ~= "" and b or a, 16), rest
end

-- Appends "range;value", joining what follows directly with the same value.
local function adder()
  local list, first, last, value = {}, nil, nil, nil
  local function flush()
    if first then list[#list + 1] = range(first, last) .. ";" .. value end
  end
  return function(a, b, v)
    if first and v == value and a == last + 1 then last = b return end
    flush()
    first, last, value = a, b, v
  end, function() flush() return list end
end

-- code;general category;combining class;decomposition
local function unicode_data()
  local add, finish = adder()
  local start
  for line in lines "UnicodeData.txt" do
    local code, name, gc, ccc, decomposition =
      line:match "^(%x+);([^;]*);([^;]*);([^;]*);[^;]*;([^;]*)"
    local c = tonumber(code, 16)
    if name:find ", First>$" then
      start = c
    else
      add(start or c, c, gc .. ";" .. ccc .. ";" .. decomposition)
      start = nil
    end
  end
  return finish()
end

-- Rows whose property (the text up to a second semicolon) `wanted` maps to a value.
local function properties(name, wanted)
  local rows = {}
  for line in lines(name) do
    local a, b, rest = row(line)
    local v = a and wanted(rest)
    if v then rows[#rows + 1] = { a, b, v } end
  end
  table.sort(rows, function(x, y) return x[1] < y[1] end)
  local add, finish = adder()
  for _, r in ipairs(rows) do add(r[1], r[2], r[3]) end
  return finish()
end

local function one_of(...)
  local set = {}
  for _, v in ipairs { ... } do set[v] = v end
  return function(rest) return set[rest] end
end

local function case_folding()
  local list = {}
  for line in lines "CaseFolding.txt" do
    local code, status, mapping = line:match "^(%x+); ([CF]); ([%x ]+);"
    if code then list[#list + 1] = code .. ";" .. status .. ";" .. mapping end
  end
  return list
end

-- NFKC_CF mappings: code;mapping (empty: dropped), per code point or range
local function nfkc_cf()
  return properties("DerivedNormalizationProps.txt", function(rest)
    return rest:match "^NFKC_CF;%s*([%x ]*)$"
  end)
end

local FIELDS = { "kMandarin", "kHanyuPinlu", "kXHC1983", "kTGHZ2013", "kHanyuPinyin" }

-- The syllables of one field: page numbers, frequencies and marks taken off.
-- (They are NFC as they come; mkunicode checks it.)
local function syllables(value)
  local list = {}
  for piece in value:gsub("%(%d+%)", ""):gmatch "[^%s]+" do
    for s in piece:gsub("^[%d%.%*,]+:", ""):gmatch "[^,]+" do list[#list + 1] = s end
  end
  return list
end

-- code TAB first kMandarin (may be empty) TAB all readings, separated by blanks
local function readings()
  local by_code, codes, wanted = {}, {}, {}
  for _, f in ipairs(FIELDS) do wanted[f] = true end
  for line in lines "Unihan_Readings.txt" do
    local code, field, value = line:match "^U%+(%x+)\t(%w+)\t(.*)$"
    if code and wanted[field] then
      if not by_code[code] then
        by_code[code] = {}
        codes[#codes + 1] = code
      end
      by_code[code][field] = syllables(value)
    end
  end
  table.sort(codes, function(a, b) return tonumber(a, 16) < tonumber(b, 16) end)
  local list = {}
  for _, code in ipairs(codes) do
    local all, seen = {}, {}
    for _, f in ipairs(FIELDS) do
      for _, s in ipairs(by_code[code][f] or {}) do
        if not seen[s] then
          seen[s] = true
          all[#all + 1] = s
        end
      end
    end
    local first = (by_code[code].kMandarin or {})[1] or ""
    list[#list + 1] = code .. "\t" .. first .. "\t" .. table.concat(all, " ")
  end
  return list
end

write("UnicodeData.txt", unicode_data())
write("CaseFolding.txt", case_folding())
write("NFKC_Casefold.txt", nfkc_cf())
write("CompositionExclusion.txt",
  properties("DerivedNormalizationProps.txt", one_of "Full_Composition_Exclusion"))
write("DefaultIgnorable.txt",
  properties("DerivedCoreProperties.txt", one_of "Default_Ignorable_Code_Point"))
write("WhiteSpace.txt", properties("PropList.txt", one_of "White_Space"))
write("EastAsianWidth.txt", properties("EastAsianWidth.txt", one_of("W", "F")))
write("Scripts.txt", properties("Scripts.txt", one_of("Han", "Hiragana", "Katakana", "Latin")))
write("readings.txt", readings())
