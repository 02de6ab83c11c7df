-- What checks are made of: a fact that cites all the places it compares.

local clauses = require "textmill.rules.zh.clauses"

local check = {}

-- A check over clean spans { {i, j}, ... }, the first is where it is reported.
function check.fact(doc, subtype, spans, fields)
  local f = { type = "check", subtype = subtype, status = fields.status or "disputed", mentions = {},
              rule = "zh.report/check." .. subtype }
  for key, v in pairs(fields) do f[key] = v end
  for k, s in ipairs(spans) do
    f.mentions[k] = { i = s[1], j = s[2], quote = doc:display(s[1], s[2]), rule = f.rule,
                      captures = { [k == 1 and "name" or "other"] = { s[1], s[2] } } }
  end
  f.i, f.j, f.quote = spans[1][1], spans[1][2], f.mentions[1].quote
  return f
end

function check.span(f) return { f.i, f.j } end

-- The name of a scheme alone, with its quotation marks.
function check.name_span(doc, f)
  local c = f.mentions[1].captures.name
  local si, sj = doc:to_shown(c[1], c[2])
  if doc.shown:sub(si - 3, si - 1) == "“" and doc.shown:sub(sj + 1, sj + 3) == "”" then si, sj = si - 3,
    sj + 3 end
  return { doc:to_clean(si, sj) }
end

-- The clause that holds clean span i..j.
function check.clause(doc, i, j) return clauses.at(doc, doc:to_shown(i, j)) end

return check
