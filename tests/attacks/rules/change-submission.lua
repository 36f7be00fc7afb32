-- expect: error
-- changing the submission
rule "attack.change-submission" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    submission.fields = {}
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
