rule "case.fine" {
  title = "The plan is named", citation = "c", remedy = "r", each = "submission", level = "error",
  check = function(subject) return present(subject.fields.plan) end,
  examples = {},
}
