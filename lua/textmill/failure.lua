-- textmill.failure - raises an error object {code, message, position} as the C half does, for what
-- is wrong with data. It prints its message.

local shown = { __name = "textmill.error", __tostring = function(e) return e.message end }

-- failure(code, message, [position])
return function(code, message, position)
  error(setmetatable({ code = code, message = message, position = position or 0 }, shown), 0)
end
