-- The pack zh.tender: public tenders and awards in Chinese. Everything stands in
-- labelled lines; a label says what its value is, a heading whose it is.

local tm = require "textmill"
local fields = require "textmill.rules.tender.fields"
local values = require "textmill.rules.tender.values"

local function words(s)
  local list = {}
  for w in s:gmatch "%S+" do list[#list + 1] = w end
  return list
end

-- What a label says, longest labels first: { label, type, subtype or item }
local LABELS <const> = {}
local function label(type, subtype, list)
  for _, w in ipairs(words(list)) do LABELS[#LABELS + 1] = { w, type, subtype } end
end
label("text", "project", "项目名称 招标项目名称 采购项目名称 工程名称")
label("text", "project_number",
  "项目编号 招标编号 采购项目编号 采购编号 招标项目编号 标段编号 合同编号")
label("text", "phone", "联系电话 电话 联系方式 异议受理联系电话 监督电话")
label("organisation", "buyer",
  "采购人 采购人名称 招标人 采购单位 招标单位 建设单位 业主")
label("organisation", "agency",
  "代理机构 采购代理机构 采购代理机构全称 招标代理 招标代理机构 代理机构名称")
label("organisation", "winner",
  "中标人 中标单位 中标供应商 成交供应商 供应商名称 中标人名称 成交单位")
label("organisation", "candidate",
  "第一中标候选人 第二中标候选人 第三中标候选人 中标候选人")
label("amount", nil, [[预算金额 最高限价 招标控制价 中标金额 成交金额 中标价
  成交价 投标报价 合同金额 采购预算 单价
  采购数量 项目预算 保证金 投标保证金]])
label("amount", "工期", "工期 计划工期 交货期 服务期 合同履行期限")
label("time", "deadline",
  "投标截止时间 响应文件提交截止时间 提交投标文件截止时间 递交截止时间 报名截止时间 截止时间")
label("time", "opening", "开标时间 开启时间 磋商时间 谈判时间")
label("time", "award", "成交日期 中标日期 定标日期 评审日期")
label("place", "site", "建设地点 项目地点 实施地点 交货地点 服务地点 工程地点")
label("place", "opening", "开标地点 开启地点 地点 磋商地点 谈判地点")
label("person", "contact", "联系人 项目联系人 采购人联系人 招标人联系人")
label("person", "manager", "项目负责人 项目经理 建造师")
label("people", "expert",
  "评审专家名单 评审专家 谈判小组成员 磋商小组成员 评标委员会成员 评审小组成员")

local BY_LABEL <const> = {}
for _, l in ipairs(LABELS) do BY_LABEL[l[1]] = l end

-- 名称 under 采购人信息: what the heading says decides.
local SECTIONS <const> = { { "代理机构", "agency" }, { "采购人", "buyer" }, { "招标人", "buyer" } }
local function of_section(f)
  if f.label ~= "名称" or not f.section then return nil end
  for _, s in ipairs(SECTIONS) do
    if f.section:find(s[1], 1, true) then return { "名称", "organisation", s[2] } end
  end
end

local make = {}

local function fact(kind, f, i, j)
  return { type = kind, at = { f.li, math.max(j, f.j) }, spans = { value = { i, j } }, label = f.label }
end

function make.text(doc, f, subtype)
  local x = fact("metadata", f, f.i, f.j)
  x.subtype, x.value = subtype, doc.shown:sub(f.i, f.j)
  return { x }
end

local function named(kind)
  return function(doc, f, subtype)
    local x = fact(kind, f, f.i, f.j)
    x.subtype, x.name, x.spans = subtype, doc.shown:sub(f.i, f.j), { name = { f.i, f.j } }
    return { x }
  end
end
make.organisation, make.place, make.person = named "organisation", named "place", named "person"

function make.people(doc, f, subtype)
  local list = {}
  for _, item in ipairs(values.names(doc, f.i, f.j)) do
    list[#list + 1] = { type = "person", subtype = subtype, name = item.text, label = f.label,
                        at = { item.i, item.j }, spans = { name = { item.i, item.j } } }
  end
  return list
end

function make.amount(doc, f, item)
  local q = values.amount(doc, f.i, f.j, f.note)
  if not q then return {} end
  local x = fact("quantity", f, q.i, q.j)
  x.item, x.value, x.lo, x.hi, x.unit = item or f.label, q.value, q.lo, q.hi, q.unit
  return { x }
end

function make.time(doc, f, subtype)
  local value, i, j = values.time(doc, f.i, f.j)
  if not value then return {} end
  local x = fact("time", f, i, j)
  x.subtype, x.value = subtype, value
  return { x }
end

local function scan(doc)
  local facts, item = {}, nil
  for _, f in ipairs(fields.of(doc)) do
    local l = BY_LABEL[f.label] or of_section(f)
    if f.label == "名称" and not l then item = doc.shown:sub(f.i, f.j) end -- of what is bought
    if f.label == "数量" and item then l = { "数量", "amount", item } end
    if l then table.move(make[l[2]](doc, f, l[3]), 1, 9, #facts + 1, facts) end
  end
  return facts
end

-- One fact for what is said twice in the same words.
local function finish(_, facts)
  local seen, out = {}, {}
  for _, f in ipairs(facts) do
    local key = table.concat({ f.type, f.subtype or f.item or "", tostring(f.name or f.value), f.unit
      or "" }, "\0")
    local first = seen[key]
    if first then table.move(f.mentions, 1, #f.mentions, #first.mentions + 1, first.mentions)
    else
      seen[key], out[#out + 1] = f, f
    end
  end
  return out
end

return tm.pack {
  "zh.tender", version = "1", finish = finish,
  tm.rule {
    "tender.field",
    description = "labelled lines of tenders and awards: project, buyer, winner, amounts, times, people",
    scan = scan,
    examples = {
      ["项目编号:AB-2021-03"] = { subtype = "project_number", value = "AB-2021-03" },
      ["中标金额(万元):45.8"] = { item = "中标金额", value = 458000, unit = "元" },
      ["开标时间:2021年5月8日9时30分"] = { subtype = "opening", value = "2021-05-08T09:30" },
      ["评审专家名单:孙立民、郭晓燕"] = { subtype = "expert", name = "孙立民" },
      ["名称:课桌椅;数量:1200套"] = { item = "课桌椅", value = 1200, unit = "套" },
    },
    counterexamples = { "会议时间另行通知。", "今天9:30开会。",
      "说明:本公告仅供参考" },
  },
}
