-- expect: load
-- a message handler that loops
rule "attack.xpcall-loop" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    xpcall(function() while true do end end, function() while true do end end)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
