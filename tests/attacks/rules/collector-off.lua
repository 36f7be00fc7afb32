-- expect: load
-- switching the collector off
rule "attack.collector-off" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    collectgarbage("stop")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
