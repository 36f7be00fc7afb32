-- expect: load
-- coroutines restart the instruction count
rule "attack.coroutines" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    while true do coroutine.wrap(function() end)() end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
