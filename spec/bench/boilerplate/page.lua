-- page.lua - a page that is being written together with its truth: stretches
-- of raw bytes with their kinds, and the metadata a reader would state.
--
--   p:line("navigation", "首页 > 新闻")              a line of flattened text
--   p:parts("dateline", "2020-01-02 ", "counter", "点击：8次")    one line, two kinds
--   p:tag('p class="x"', "body", "...")              <p class="x">...</p>
--   p:raw "<div>"                                    markup: no truth
--   p.truth = { { from, to, kind }... }   0-based half-open raw bytes
--
-- Kinds that are no boilerplate: body heading title dateline byline keywords
-- caption abstract. Boilerplate: navigation share vote copyright counter number
-- file advert comment. `neutral` is not scored (the <title> of a page).

local page = {}
page.__index = page

page.boilerplate = { navigation = true, share = true, vote = true, copyright = true, counter = true,
                     number = true, file = true, advert = true, comment = true }

-- Numbers that are the same everywhere (Numerical Recipes' generator).
function page.random(seed)
  local state = seed
  return function(a, b)
    state = (state * 1664525 + 1013904223) % 4294967296
    local r = state >> 8
    if not a then return r / 16777216 end
    if not b then a, b = 1, a end
    return a + r % (b - a + 1)
  end
end

-- convert: how text is written (a function to traditional characters), or nil
function page.new(random, convert)
  return setmetatable({ out = {}, n = 0, truth = {}, random = random, convert = convert, open = {},
                        meta = { authors = {}, editors = {}, keywords = {}, articles = 1 } }, page)
end

function page:pick(list) return list[self.random(#list)] end
function page:chance(percent) return self.random(100) <= percent end

function page:raw(s)
  self.out[#self.out + 1] = s
  self.n = self.n + #s
end

-- Text as it will stand in the page.
function page:written(s) return self.convert and self.convert(s) or s end

function page:text(kind, s)
  s = self:written(s)
  self.truth[#self.truth + 1] = { from = self.n, to = self.n + #s, kind = kind }
  self:raw(s)
end

function page:line(kind, s)
  self:text(kind, s)
  self:raw(self.newline or "\n")
end

function page:lines(kind, list)
  for _, s in ipairs(list) do self:line(kind, s) end
end

function page:parts(...)
  local t = { ... }
  for i = 1, #t, 2 do self:text(t[i], t[i + 1]) end
  self:raw(self.newline or "\n")
end

-- ---- HTML: text must not hold & < > unless it is written as a reference -------

local function name(tag) return tag:match "^%S+" end

function page:tag(tag, kind, s)
  self:raw("<" .. tag .. ">")
  self:text(kind, s)
  self:raw("</" .. name(tag) .. ">\n")
end

-- Several kinds inside one element, each in an inline element of its own.
function page:inline(tag, inner, ...)
  local t = { ... }
  self:raw("<" .. tag .. ">")
  for i = 1, #t, 2 do
    self:raw("<" .. inner .. ">")
    self:text(t[i], t[i + 1])
    self:raw("</" .. name(inner) .. "> ")
  end
  self:raw("</" .. name(tag) .. ">\n")
end

-- Links, one element each: <li><a href="/3">...</a></li>
function page:links(tag, kind, list)
  for i, s in ipairs(list) do
    if tag then self:raw("<" .. tag .. ">") end
    self:raw(('<a href="/%d.html">'):format(i))
    self:text(kind, s)
    self:raw "</a>"
    self:raw(tag and "</" .. name(tag) .. ">\n" or " ")
  end
end

function page:enter(tag)
  self:raw("<" .. tag .. ">\n")
  self.open[#self.open + 1] = name(tag)
end

function page:leave(count)
  for _ = 1, count or 1 do self:raw("</" .. table.remove(self.open) .. ">\n") end
end

function page:leave_all() self:leave(#self.open) end

-- The head of an HTML page.
function page:head(title, more)
  self:raw "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<title>"
  self:text("neutral", title)
  self:raw("</title>\n" .. (more or "") .. "</head>\n<body>\n")
end

function page:foot()
  self:leave_all()
  self:raw "</body></html>\n"
end

-- { raw, truth, meta } for the scorer
function page:finish(family, form)
  return { raw = table.concat(self.out), truth = self.truth, meta = self.meta, family = family,
      form = form }
end

return page
