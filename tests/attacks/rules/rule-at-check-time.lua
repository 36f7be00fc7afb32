-- expect: error
-- a rule declared while a check runs
rule "attack.rule-at-check-time" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    rule "attack.second" {}
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
