-- Microsoft Recognizers, dates and times: spans of code points in a sentence, a
-- type each, and values: either of the past or the future reading will do.
local times = require "times"
local tm = require "textmill"

local adapter = {}

local HOURS <const> = { dawn = { 0, 8 }, early = { 8, 12 }, morning = { 8, 12 }, forenoon = { 8, 12 },
  noon = { 11, 13 },
  afternoon = { 12, 16 }, dusk = { 16, 20 }, evening = { 16, 20 }, night = { 16, 20 }, midnight = { 20,
    24 },
  daytime = { 8, 18 } }

local CLOCK <const> = { hour = true, minute = true, second = true }

-- date, daterange, time, timerange, datetime, datetimerange, duration, set
local function type_of(d)
  if d.kind == "duration" or d.kind == "set" then return d.kind end
  local clock = CLOCK[d.grain]
  if d.form == "offset" and d.kind == "point" then return clock and "datetime" or "date" end
  if d.form == "now" then return "datetime" end
  local base = clock and ((d.dated or d.form == "span" or d.form == "offset" or d.form == "unit")
    and "datetime" or "time")
    or "date"
  if d.form == "unit" and clock then return base .. "range" end
  if d.kind == "range" then return base .. "range" end
  if not clock and d.grain ~= "day" then return "daterange" end
  return base
end

local function shown(t, kind)
  if kind:find "^datetime" then return times.show(t) end
  return times.show(t, kind:find "^time" and "%H:%M:%S" or "%Y-%m-%d")
end

local function span(d, now)
  local unit = times.finest(d.amount)
  local day = unit == "year" or unit == "month" or unit == "week" or unit == "day"
  local at = day and times.floor(now, "day") or now
  if day and d.direction > 0 then at = at + times.DAY end
  local far = at
  for u, n in pairs(d.amount) do far = times.add(far, u, d.direction * n) end
  if d.direction > 0 then return at, far end
  return far, at
end

-- from, to in that convention: the end of a range of two days is the second day.
local function bounds(d, now)
  local from, to = times.seconds(d.from), times.seconds(d.to)
  if d.form == "span" then return span(d, now) end
  if d.mod == "after" and CLOCK[d.grain] then return from, nil end
  if d.mod == "after" and d.grain == "day" then return times.seconds(d.said_from), nil end
  if d.mod == "until" then return nil, d.grain == "day" and times.seconds(d.said_from)
    or times.seconds(d.said_to) end
  if d.form == "between" then return from, times.seconds(d.said_from) end
  if d.form == "unit" and CLOCK[d.grain] then return span({ amount = { [d.grain] = 1 },
    direction = from > now and 1 or -1 }, now) end
  if d.form == "half" and d.grain == "day" then return from, to end
  return times.part(d, from, to, HOURS)
end

-- What the suite expects: a list of { value } or { from, to }.
local function wanted(e)
  local out = {}
  for _, v in ipairs(e.values or {}) do
    out[#out + 1] = { value = v.value, from = v.start, to = v["end"] }
  end
  for _, side in ipairs { e.past or false, e.future or false } do
    if side then
      out[#out + 1] = { value = side.date or side.dateTime or side.time or side.duration,
                        from = side.startDate or side.startDateTime or side.startTime,
                        to = side.endDate or side.endDateTime or side.endTime }
    end
  end
  if e.value or e.from or e.to then out[#out + 1] = { value = e.value, from = e.from, to = e.to } end
  return out
end

local function value_of(d, kind, now)
  if kind == "duration" then return { value = ("%d"):format(times.length(d.amount) // 1) } end
  if kind == "set" then return {} end
  local from, to = bounds(d, now)
  if kind == "date" or kind == "time" or kind == "datetime" then return { value = shown(from, kind) } end
  return { from = from and shown(from, kind), to = to and shown(to, kind) }
end

local function matches(got, list)
  for _, want in ipairs(list) do
    if got.value == want.value and got.from == want.from and got.to == want.to then return true end
  end
  return #list == 0
end

local function describe(found, now)
  local out = {}
  for _, f in ipairs(found) do
    local kind = type_of(f.d)
    local v = value_of(f.d, kind, now)
    out[#out + 1] = ("%s %d-%d %s %s"):format(f.text, f.from, f.to, kind, v.value or ((v.from
      or "") .. "/" .. (v.to or "")))
  end
  return table.concat(out, "; ")
end

local REFUSED <const> = {
  since = "Recognizers: 2015年2月1日开始 without the 从 before it (elsewhere with it)",
  lunar = "Recognizers: a lunar day resolved as the Gregorian day of that number",
  far = "Recognizers: the holiday of another calendar resolved as the Gregorian day of that number",
}

-- A lunar date whose value is not converted.
local function unconverted(e)
  for _, v in ipairs(e.values or {}) do
    if v.isLunar then return true end
  end
end
local LUNAR_HOLIDAY <const> = { ["中秋"] = true, ["端午"] = true, ["重阳"] = true, ["春节"] = true,
  ["元宵"] = true,
  ["除夕"] = true, ["七夕"] = true }

-- A sub-extractor of the suite finds its own type and nothing else.
local ONLY <const> = { Date = "date", DatePeriod = "daterange", Time = "time", TimePeriod = "timerange",
  DateTime = "datetime", DateTimePeriod = "datetimerange", Duration = "duration", Set = "set", Holiday =
    "holiday" }

-- A sub-extractor sees the part of an expression that is of its type: the day of 5号晚上, the clock
-- of 今天零点整, the year of 07年以后 (what bounds it is another extractor's). nil: no part is.
local function part_of(f, only, options)
  if type_of(f.d) == only and not f.d.mod then return f end
  if f.d.kind == "set" or f.d.form == "holiday" or only == "holiday" then return end
  local clock = only == "time" or only == "timerange"
  local edges = {}
  for k in utf8.codes(f.text) do edges[#edges + 1] = k end
  for k = 2, #edges do
    local i, j = 1, edges[#edges + 2 - k] - 1
    if clock then i, j = edges[k], #f.text end
    local d = tm.date(f.text:sub(i, j), options)
    if d and not d.mod and d.form ~= "holiday" and type_of(d) == only then
      local skipped = clock and k - 1 or 0
      return { d = d, text = f.text:sub(i, j), from = f.from + skipped, to = f.from + skipped
        + utf8.len(f.text, i, j) }
    end
  end
end

local function of_type(reading, only, options)
  local out = {}
  for _, f in ipairs(reading) do
    if only == "holiday" then out[#out + 1] = f.d.form == "holiday" and f or nil
    else out[#out + 1] = f.d.form ~= "holiday" and part_of(f, only, options) or nil end
  end
  return out
end

function adapter.check(c)
  local ref = times.ref(c) or times.ref { reference_time = "2017-03-22T00:00:00" }
  local now = times.seconds(ref)
  for _, e in ipairs(c.expect) do
    if e.text:find "开始$" and e.start > 0 and c.input:find("从" .. e.text, 1, true) then return "refused",
      REFUSED.since end
    if unconverted(e) or c.mode ~= "spans" and (e.timex or ""):find "^%d+%-%d%d%-%d%d$"
      and not e.text:find "[日号%d]" then return "refused", REFUSED.lunar end
    if c.mode ~= "spans" and LUNAR_HOLIDAY[e.text:gsub("节$", "")] then return "refused", REFUSED.far end
  end
  local readings, only = {}, ONLY[c.sub:gsub("Extractor$", ""):gsub("Parser$", "")]
  for _, prefer in ipairs { "past", "future", "nearest" } do
    local options = { ref = ref, prefer = prefer, order = "dmy" }
    local all = times.each(c.input, options)
    options.find = nil
    readings[#readings + 1] = only and of_type(all, only, options) or all
  end
  local found = readings[1]
  if #found ~= #c.expect then return false, describe(found, now) end
  for k, e in ipairs(c.expect) do
    local f, kind = found[k], type_of(found[k].d)
    if f.from ~= e.start or f.to ~= e["end"] or kind ~= e.type then return false, describe(found, now) end
    if c.mode ~= "spans" and kind ~= "set" then
      local sure = false
      for _, reading in ipairs(readings) do
        local other = reading[k]
        if other and matches(value_of(other.d, kind, now), wanted(e)) then sure = true end
      end
      if not sure then return false, describe(found, now) .. " | " .. describe(readings[2], now) end
    end
  end
  return true
end

return adapter
