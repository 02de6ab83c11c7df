local csv = require "textmill.csv"

local function all(s, o)
  local rows = {}
  for row in csv.rows(s, o) do rows[#rows + 1] = row end
  return rows
end

describe("textmill.csv", function()
  it("reads quotes, empty cells and all line ends", function()
    assert.same({ { "a", "b" }, { "1,2", 'x"y\nz' }, { "", "" }, { "q", "" } },
      all('a,b\r\n"1,2","x""y\nz"\r,\nq,'))
  end)
  it("skips a BOM and finds the separator", function()
    assert.same({ { "a", "b" }, { "1", "2,5" } }, all "\u{FEFF}a;b\n1;2,5\n")
    assert.same({ { "a", "b" } }, all "a\tb")
  end)
  it("keys records by the header and skips empty lines", function()
    local records, header = csv.records "file,url\nx.txt,http://a\n\ny.txt,\n"
    assert.same({ "file", "url" }, header)
    assert.same({ { file = "x.txt", url = "http://a" }, { file = "y.txt", url = "" } }, records)
  end)
  it("never hands a spreadsheet a formula", function()
    assert.equal("'=1+1,'@x,-5,'-x\r\n", csv.line { "=1+1", "@x", "-5", "-x" })
    assert.equal('"=""041330100""",a b\r\n', csv.line { "041330100", "a\nb" })
    assert.equal('=1+1,"a\nb"\r\n', csv.line({ "=1+1", "a\nb" }, { plain = true }))
  end)
  it("survives an open quote", function()
    assert.same({ { "a", "b\nc" } }, all 'a,"b\nc')
  end)
end)
