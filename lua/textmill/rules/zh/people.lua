-- Facts of people: a name, and what somebody is.

local names = require "textmill.rules.zh.names"
local roles = require "textmill.rules.zh.roles"
local text = require "textmill.rules.zh.text"
local set = require "textmill.rules.zh.vocabulary".set

local people = {}

people.BODY = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- people.hold(doc, f, a, b): the role of f is tokens a..b, if any; f
function people.hold(doc, f, a, b)
  if not a then return f end
  local role, i, j = doc:text_of(a, b)
  f.role, f.spans.role = role, { i, j }
  f.at = { math.min(f.at[1], i), math.max(f.at[2], j) }
  return f
end

-- people.fact(doc, name, ni, nj, ra, rk): the name is shown[ni, nj], the role tokens ra..rk, if any
function people.fact(doc, name, ni, nj, ra, rk)
  local fact = { type = "person", name = name, spans = { name = { ni, nj } }, at = { ni, nj } }
  local first = ra and roles.second(doc, ra) and roles.ending(doc, ra - 2)
  if first and not roles.BECOMES[doc.words[first - 1]] then ra = first end -- 甲任队长、部长乙
  return people.hold(doc, fact, ra, rk)
end

-- What else a person is: 某某(副镇长), 某某任组长. Such facts stay beside the first.
function people.also(doc, f, i, j)
  local name = f.spans.name
  return { type = "person", name = f.name, role = doc.shown:sub(i, j), office = true,
           spans = { name = name, role = { i, j } }, at = { math.min(i, name[1]), math.max(j, name[2]) } }
end

local OPENERS <const> = set "】 据 授予 表彰 听 如 像 对 而 由 选聘 聘请 聘任 聘用 招聘 任命 推选 选举 选派"

-- The name that ends before token k and begins a clause, or follows 据.
function people.before(doc, k)
  for e = k - 1, math.max(1, k - 4), -1 do
    local i = doc:span(e)
    if (doc.tags[e] or "w") == "w" then return nil end
    if text.edge(doc.shown, i - 1) or OPENERS[doc.words[e - 1]] then
      local name, ni, nj, nxt = names.at(doc, e, "list")
      if name and nxt == k and utf8.len(name) >= 2 then return people.fact(doc, name, ni, nj) end
      return nil
    end
  end
end

return people
