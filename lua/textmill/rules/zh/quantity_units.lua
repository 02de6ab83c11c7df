-- Classes of measure words that rules of counts ask for.

local set = require "textmill.rules.zh.vocabulary".set

return {
  ONES = set "名 位",
  PEOPLE = set "人 名 位 户 口",
  TURNS = set "人次 户次",
  TIMES = set "次 遍 趟 回 场次",
  SUMS = set "税 款 费 金 资 贴 助 薪 租 利", -- the last character of a noun of money
}
