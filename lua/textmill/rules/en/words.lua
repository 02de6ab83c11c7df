-- Words of English text with their spans, and small closed lists.

local words = {}

local function set(s)
  local t = {}
  for w in s:gmatch "%S+" do t[w] = true end
  return t
end
words.set = set

-- words.of(doc, b) -> list of { text, lower, i, j, cap, stop } of one block: `stop`
-- is the punctuation right behind the word.
function words.of(doc, b)
  local list, s, p = {}, doc.shown, b.si
  while p <= b.sj do
    local i, j = s:find("[%w\x80-\xFF$%%][%w\x80-\xFF'$%%]*", p)
    if not i or i > b.sj then break end
    while true do -- 4,500  2.4  twenty-six  Dr.
      local more = s:match("^[,.]%d[%d]*()", j + 1) or s:match("^%-%a[%a']*()", j + 1)
      if not more or (s:find("^,", j + 1) and not s:find("^,%d%d%d%f[%D]", j + 1)) then break end
      j = more - 1
    end
    local text = s:sub(i, j)
    list[#list + 1] = { text = text, lower = text:lower(), i = i, j = j, cap = text:find "^%u" ~= nil,
                        stop = s:match("^%p", j + 1) }
    p = j + 1
  end
  return list
end

-- words that end a noun phrase
words.FUNCTION = set [[the a an of in on at to from by for with and or but nor as than that which who whom
  whose
  were was is are be been being has have had do does did will would shall should can could may might must
  not no
  it its they their he his she her we our you your this these those there here when where while after before
  during since until between over under above below into onto out up down off about around near per each every
  all both some any most more less least only also then so if because although though however last next now
  today
  yesterday tomorrow said says say added reported took take takes use uses used set opened remain remains
  returned moved rose fell came went gave got made put thanked closed damaged deployed contained planted]]

words.MONTHS = { january = 1, february = 2, march = 3, april = 4, may = 5, june = 6, july = 7, august = 8,
                 september = 9, october = 10, november = 11, december = 12, jan = 1, feb = 2, mar = 3,
                   apr = 4,
                 jun = 6, jul = 7, aug = 8, sept = 9, sep = 9, oct = 10, nov = 11, dec = 12 }

return words
