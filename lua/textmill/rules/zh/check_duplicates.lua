-- What is said twice: paragraphs, credits.
local core = require "textmill.core"
local check = require "textmill.rules.zh.check"
local cues = require "textmill.cues"
local text = require "textmill.rules.zh.text"
local set = require "textmill.rules.zh.vocabulary".set

local duplicates = {}

local LEAST_BYTES <const> = 60
local LEAST_ABSTRACT <const> = 30 -- of an abstract that is the paragraph
local LEAST_CAPTION <const> = 18
local REPEATED <const> = set "paragraph abstract list caption"

local ABSTRACT <const> = "摘要:"
cues.add { ABSTRACT }

-- Where the words of a block begin.
local function begin_of(doc, b)
  if not doc:find(ABSTRACT, 1) then return b.si end
  local behind = b.si + #ABSTRACT
  return doc.shown:sub(b.si, behind - 1) == ABSTRACT and behind or b.si
end

local function words_of(doc, b) return doc.shown:sub(begin_of(doc, b), b.sj) end

-- The first block with these words; b is noted as it where there is none. Words are looked
-- at where two blocks are of one length. labelled: abstracts may begin with their name
local function first_like(doc, seen, b, labelled)
  local n = b.sj - (labelled and begin_of(doc, b) or b.si)
  local known = seen[n] -- the only block of its length so far, or their words -> block
  if not known then
    seen[n] = b
    return nil
  end
  if known.kind then
    known = { [words_of(doc, known)] = known }
    seen[n] = known
  end
  local s = words_of(doc, b)
  local first = known[s]
  known[s] = first or b
  return first, #s
end

-- The first clause of a block, by which a reader finds it.
local function head_of(doc, b)
  local c = check.clause(doc, b.i, b.i) or check.clause(doc, doc:to_clean(begin_of(doc, b), b.sj))
  local stop = text.clause(doc.shown, begin_of(doc, b))
  return { doc:to_clean(b.si, math.min(c and c.j or stop, stop, b.sj)) }
end

local CAPTIONS <const> = core.block_kinds { caption = true }
local OTHERS <const> = core.block_kinds { paragraph = true, abstract = true, list = true }

local function blocks_twice(doc, out)
  local seen, labelled = {}, doc:find(ABSTRACT, 1) ~= nil
  if not labelled and not doc.view:alike(CAPTIONS, LEAST_CAPTION, OTHERS, LEAST_ABSTRACT) then return end
  for _, b in ipairs(doc.blocks) do
    local least = b.kind == "caption" and LEAST_CAPTION or LEAST_ABSTRACT
    if REPEATED[b.kind] and b.sj - b.si >= least then
      local first, size = first_like(doc, seen, b, labelled)
      if first and (size >= LEAST_BYTES or first.kind ~= "paragraph") then
        out[#out + 1] = check.fact(doc, "duplicate", { { first.i, first.j }, { b.i, b.j },
          head_of(doc, first) }, { name = first.kind })
      end
    end
  end
end

local LABELS <const> = { editor = { "责任编辑", "编辑", "责编" }, author = { "作者", "记者" } }

-- 责任编辑:X at the head and at the foot.
local function credits_twice(doc, out)
  for _, m in ipairs(doc.meta) do
    for _, label in ipairs(m.i and LABELS[m.key] or {}) do
      local line = label .. ":" .. m.value
      local i, j = doc.shown:find(line, 1, true)
      local i2, j2 = doc.shown:find(line, (j or #doc.shown) + 1, true)
      if i2 then
        out[#out + 1] = check.fact(doc, "duplicate", { { doc:to_clean(i, j) }, { doc:to_clean(i2, j2) } },
          { name = line })
        break
      end
    end
  end
end

function duplicates.duplicate(doc, _, out)
  blocks_twice(doc, out)
  credits_twice(doc, out)
end

return duplicates
