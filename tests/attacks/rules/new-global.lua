-- expect: load
-- leaving something for the next rule
rule "attack.new-global" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    left_behind = 1
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
