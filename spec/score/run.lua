-- lua5.4 spec/score/run.lua GOLD_DIR [DOC_DIR [REF_DATE]]: the table of scores.
package.path = (arg[0]:match "^(.*/)" or "./") .. "?.lua;" .. package.path
local score = require "score"

if not arg[1] then
  io.stderr:write "usage: run.lua GOLD_DIR [DOC_DIR]\n"
  os.exit(2)
end
local t = score.folder(arg[1], arg[2], arg[3])
print(("%-18s%8s%8s%8s%8s%8s%8s"):format("field", "P", "R", "F1", "gold", "pred", "hit"))
for _, field in ipairs(score.fields) do
  local r = t[field]
  print(("%-18s%8.4f%8.4f%8.4f%8d%8d%8d"):format(field, r.p, r.r, r.f, r.gold, r.pred, r.hit))
end
