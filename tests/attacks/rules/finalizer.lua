-- expect: load
-- a finalizer that loops
rule "attack.finalizer" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    setmetatable({}, { __gc = function() while true do end end })
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
