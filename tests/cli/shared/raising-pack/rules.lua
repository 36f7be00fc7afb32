rule "case.fine" {
  title = "The plan is named", citation = "c", remedy = "r", each = "submission", level = "error",
  check = function(subject) return present(subject.fields.plan) end,
  examples = {},
}

rule "case.odd" {
  title = "It is decided", citation = "c", remedy = "r", each = "response", level = "error",
  check = function(subject) return nil end,
  examples = {},
}
