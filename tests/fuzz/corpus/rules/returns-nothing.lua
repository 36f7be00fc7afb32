-- expect: verdict
-- no verdict
rule "attack.returns-nothing" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    do return end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
