std = "lua54"
max_line_length = 110
files["spec/lua"] = { std = "+busted" }
exclude_files = { "build", "spec/bench/node_modules" }
-- annotations: functions without bodies, arguments nobody uses
files["lua/textmill/meta*.lua"] = { ignore = { "2.." }, max_comment_line_length = 140 }
