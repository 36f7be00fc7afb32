-- expect: verdict
-- a boolean is no verdict
rule "attack.returns-true" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    do return true end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
