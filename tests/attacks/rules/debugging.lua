-- expect: load
-- removing the hook
rule "attack.debugging" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    debug.sethook()
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
