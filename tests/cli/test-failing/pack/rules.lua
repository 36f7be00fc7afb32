rule "case.plan" {
  title = "The plan is named", citation = "c", remedy = "r", each = "submission", level = "error",
  check = function(submission) return present(submission.fields.plan) end,
  examples = {
    { state = "pass" },
    { state = "pass", fields = { plan = "Health Net" } },
  },
}
