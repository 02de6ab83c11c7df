-- textmill.decimal - numbers in files: with a point, whatever the locale of the program is.
--
--   decimal("%.14g", 0.5) -> "0.5"

-- format: one for finite numbers (%f, %g) and nothing else in it.
return function(format, v)
  return (format:format(v):gsub("[^%d%+%-e]+", ".", 1))
end
