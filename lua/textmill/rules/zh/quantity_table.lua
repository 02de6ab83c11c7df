-- Figures in tables: what a column counts stands at its head, with its unit.
--
--   村名     户数(户)  投资(万元)        a row a line, cells parted by tabs or blanks
--   大坪村   312       12.5
--
--   序号 / 单位 / 捐款(元) / 1 / 镇政府 / 12000 / 2 / 中心校 / 8600      a cell a line
--
-- A table is told by its columns: under a head without figures the same columns have
-- figures in every row.

local rule = require "textmill".rule
local set = require "textmill.rules.zh.vocabulary".set

local tables = {}

local MOST_COLUMNS <const>, LONGEST_CELL <const> = 10, 36 -- bytes
local FEWEST_ROWS <const> = 2

-- Columns whose figures count nothing.
local NO_COUNTS <const> = set [[序号 编号 号 号码 年份 年度 年 月份 日期 时间 电话 联系电话 手机 手机号 名次 排名 邮编 代码 备注
  出生年月 年月 门牌号 文号 行号]]
local POWERS <const> = { ["百"] = 100, ["千"] = 1000, ["万"] = 10000, ["亿"] = 100000000 }
local HOMES <const> = { "村", "镇", "乡", "社区", "街道", "县", "区", "市", "嘎查", "苏木" }

local function figure(s)
  local digits = s:gsub("(%d),(%d%d%d)", "%1%2"):gsub("(%d),(%d%d%d)", "%1%2")
  return digits:find "^%-?%d+%.?%d*$" and tonumber(digits) or nil
end

-- 312, 312户, 12.5%: a cell of a column of figures.
local LONGEST_UNIT <const> = 12 -- bytes
local function counts(s)
  if figure(s) then return true end
  local unit = s:match "^%d[%d,]*%.?%d*(%D+)$"
  return unit ~= nil and #unit <= LONGEST_UNIT
end

-- The cells of shown[i, j]: { { i=, j=, text= }, ... }; tabbed: whether tabs part them.
local function cells_of(doc, i, j)
  local line, list = doc.shown:sub(i, j), {}
  local tabbed = line:find("\t", 1, true) ~= nil
  for from, cell, to in line:gmatch(tabbed and "()([^\t]+)()" or "()([^ ]+)()") do
    local a, b = cell:match "^ *()", cell:match "()%s*$"
    list[#list + 1] = { i = i + from + a - 2, j = i + from + b - 3, text = cell:sub(a, b - 1), to = to }
  end
  return list, tabbed
end

local function is_head(cell)
  local s = cell.text
  return #s <= LONGEST_CELL and not s:find "^%d" and not s:find "[,;!?]" and not s:find("。", 1, true)
    and not s:find("、", 1, true) and not s:find ":"
end

-- What a head says: the item, its unit, by what its figures are multiplied; nil: no counts.
local function read_head(text, default)
  local item, unit = text:match "^(.-)%s*%((.-)%)$"
  item, unit = item or text, unit or default or ""
  if item == "" or NO_COUNTS[item] or unit:find "[%d:]" or #unit > 15 then return nil end
  local by = #unit > 3 and POWERS[unit:sub(1, 3)]
  return { item = item, unit = by and unit:sub(4) or unit, by = by or 1 }
end

-- (单位:万元) in one of the two lines above block n.
local function unit_above(doc, n)
  for k = n - 1, math.max(1, n - 2), -1 do
    local unit = doc.shown:sub(doc.blocks[k].si, doc.blocks[k].sj):match "单位:%s*([^%s%(%),;]+)"
    unit = unit and unit:match "^(.-)、" or unit -- 单位:亩、万株: the second's heads say it themselves
    if unit and #unit <= 9 then return unit end
  end
end

-- Which columns have figures in all rows: set of columns, how many.
local function columns_of(rows, n)
  local list, count = {}, 0
  for c = 1, n do
    local all = true
    for _, row in ipairs(rows) do all = all and row[c] ~= nil and counts(row[c].text) end
    list[c] = all
    if all then count = count + 1 end
  end
  return list, count
end

local function add(doc, found, head, rows, n)
  local heads, default = {}, unit_above(doc, n)
  for c, cell in ipairs(head) do heads[c] = read_head(cell.text, default) end
  for _, row in ipairs(rows) do
    local label
    for _, cell in ipairs(row) do label = label or not counts(cell.text) and cell.text or nil end
    for c, cell in ipairs(row) do
      if heads[c] then found[#found + 1] = { cell = cell, head = heads[c], label = label } end
    end
  end
end

-- A table whose rows are lines, with its head in block n: the block behind it, or nil.
local function by_lines(doc, n, found)
  local head, tabbed = cells_of(doc, doc.blocks[n].si, doc.blocks[n].sj)
  if #head < 2 or #head > MOST_COLUMNS or not tabbed and #head < 3 then return nil end
  for _, cell in ipairs(head) do
    if not is_head(cell) then return nil end
  end
  local rows, k = {}, n + 1
  while doc.blocks[k] do
    local row = cells_of(doc, doc.blocks[k].si, doc.blocks[k].sj)
    if #row ~= #head then break end
    rows[#rows + 1], k = row, k + 1
  end
  local _, figures = columns_of(rows, #head)
  if #rows < (tabbed and 1 or FEWEST_ROWS) or figures == 0 then return nil end
  add(doc, found, head, rows, n)
  return k
end

local function whole_block(doc, k)
  local b = doc.blocks[k]
  if not b or b.sj - b.si >= LONGEST_CELL then return nil end
  return { i = b.si, j = b.sj, text = doc.shown:sub(b.si, b.sj) }
end

-- As many rows of `width` cells as follow from block k on; columns: those of figures.
local function rows_of_lines(doc, k, width)
  local rows, columns = {}, nil
  while true do
    local row = {}
    for c = 1, width do
      row[c] = whole_block(doc, k + c - 1)
      if not row[c] then return rows, k end
    end
    local mine, count = columns_of({ row }, width)
    if count == 0 or count == width then break end
    local alike = true
    for c = 1, width do alike = alike and (not columns or columns[c] == mine[c]) end
    if not alike then break end
    rows[#rows + 1], columns, k = row, mine, k + width
  end
  return rows, k
end

-- A table with a cell a line whose head begins at block n: the block behind it, or nil.
local function by_cells(doc, n, found)
  local head = {}
  while #head < MOST_COLUMNS do
    local cell = whole_block(doc, n + #head)
    if not cell or not is_head(cell) then break end
    head[#head + 1] = cell
  end
  -- the words of the first row are among what was taken
  for width = #head, 2, -1 do
    local rows, k = rows_of_lines(doc, n + width, width)
    if #rows >= FEWEST_ROWS then
      add(doc, found, { table.unpack(head, 1, width) }, rows, n)
      return k
    end
  end
end

-- tables.of(doc) -> list of { cell = { i, j, text }, head = { item, unit, by }, label }
local SMALLEST <const> = 2 * (FEWEST_ROWS + 1) -- cells, with the head's
local LINES <const>, BOTH <const> = 1, 3 -- what view:tabular says of a block
function tables.of(doc)
  if doc.table_cells then return doc.table_cells end
  local found, behind = {}, 1
  local spots = #doc:digits() > 0
    and doc.view:tabular(LONGEST_CELL, SMALLEST, MOST_COLUMNS * LONGEST_CELL) or {}
  for s = 1, #spots, 2 do
    local n, kind = spots[s], spots[s + 1]
    if n >= behind then
      behind = (kind == LINES or kind == BOTH) and by_lines(doc, n, found)
        or kind ~= LINES and by_cells(doc, n, found) or n + 1
    end
  end
  doc.table_cells = found
  return found
end

-- The head of the column whose cell holds byte i of shown text, or nil; cells are in order.
function tables.head_at(doc, i)
  local list = tables.of(doc)
  local lo, hi = 1, #list
  while lo <= hi do
    local mid = (lo + hi) // 2
    local cell = list[mid].cell
    if i < cell.i then hi = mid - 1 elseif i > cell.j then lo = mid + 1 else return list[mid].head end
  end
end

-- The place a row is of: a village's own, or that of its school.
local SERVED <const> = { "小学", "中学", "学校", "幼儿园", "卫生院", "卫生室", "敬老院", "村委会", "居委会" }
local function ends(label, words)
  for _, w in ipairs(words) do
    if label:sub(-#w) == w and #label > #w then return label:sub(1, -#w - 1) end
  end
end

local function home_of(label)
  if not label then return nil end
  return ends(label, HOMES) and label or ends(label, SERVED)
end

tables.rule = rule {
  "quantity.table",
  description = "figures of a table: what they count and in what stands at the head of the column",
  scan = function(doc)
    local facts = {}
    for _, one in ipairs(tables.of(doc)) do
      local value, head = figure(one.cell.text), one.head
      if value then
        value = math.floor(value * head.by * 1000 + 0.5) / 1000
        facts[#facts + 1] = {
          type = "quantity", value = math.tointeger(value) or value, unit = head.unit, item = head.item,
          place = home_of(one.label), at = { one.cell.i, one.cell.j },
          spans = { value = { one.cell.i, one.cell.j } } }
      end
    end
    return facts
  end,
  examples = {
    ["村名 户数(户) 投资\n大坪村 312 8.5\n柳湾村 268 12.5"] = { value = 312, unit = "户", item = "户数", place = "大坪村" },
    ["捐款如下。\n序号\n单位\n捐款(万元)\n1\n镇政府\n1.2\n2\n中心校\n8.6"] = { value = 12000, unit = "元", item = "捐款" },
  },
  counterexamples = { "姓名 电话 地址\n王明 6218890 柳湾村", "第一章\n总则\n12\n第二章\n分则\n15" },
}

return tables
