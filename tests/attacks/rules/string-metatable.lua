-- expect: load
-- poisoning every string
rule "attack.string-metatable" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    getmetatable("").__index = function() while true do end end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
