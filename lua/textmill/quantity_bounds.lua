-- Bounds of quantities: 不少于40人, 15岁以上, 约30亩: the words before and behind a number that say them.

local bounds = {}

-- Longest first within a group; "gt" leaves the bound itself out.
bounds.BEFORE = {
  { "ge", ">=", "≥", "≧", "大于或者等于", "大于或等于", "大于等于", "不低于", "不少于", "不小于", "至少有", "至少", "最少有",
    "最少", "起码", "不下" },
  { "le", "<=", "≤", "≦", "小于或者等于", "小于或等于", "小于等于", "不超过", "不多于", "不大于", "不高于", "不超出", "最多为",
    "最多有", "最多", "至多有", "至多" },
  { "gt", ">", "大于", "超过", "多于", "高于", "超出" },
  { "lt", "<", "小于", "低于", "少于", "不到", "不足", "未满", "未达" },
  { "eq", "=", "等于" },
  { "about", "大约", "大概", "约为", "差不多", "约" },
  { "near", "将近", "接近", "近" },
}
bounds.AFTER = {
  { "ge", "或者以上", "或以上", "及以上", "以上", "或者更多", "或更多" },
  { "le", "或者以下", "或以下", "及以下", "以下", "以内", "之内", "或者更少", "或更少" },
  { "about", "左右", "上下" },
}
bounds.COMPARED = {
  { "gt", "大", "高", "多", "长", "重" }, { "lt", "小", "低", "少", "短", "轻" },
}

-- bounds.literal(groups, s, i) -> what the words at byte i say, and the byte behind them; nil
function bounds.literal(groups, s, i)
  for _, group in ipairs(groups) do
    for k = 2, #group do
      if s:sub(i, i + #group[k] - 1) == group[k] then return group[1], i + #group[k] end
    end
  end
end

-- bounds.set(q, op): op is what BEFORE and AFTER say. A range keeps both its ends.
function bounds.set(q, op)
  if not op or op == "eq" then
    if op then q.kind, q.compared = "range", true end
    return
  end
  if op == "about" or op == "near" then
    q.approx = q.approx or op
    if op == "near" then q.lo = nil end
    return
  end
  local from = op == "ge" or op == "gt"
  if from then q.hi = math.huge else q.hi, q.lo = q.lo == q.value and q.hi or q.hi, -math.huge end
  q.lo_open, q.hi_open = op == "gt" or nil, op == "lt" or nil
  q.approx, q.compared = from and "least" or "most", true
end

return bounds
