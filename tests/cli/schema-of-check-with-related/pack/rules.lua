rule "case.fine" {
  title = "The plan is named", citation = "c", remedy = "r", each = "submission", level = "error",
  check = function(subject) return present(subject.fields.plan) end,
  examples = {},
}

rule "case.see" {
  title = "The county is not the plan", citation = "c", remedy = "r", each = "submission", level = "error",
  check = function(subject) return fail("both are given"):at(subject.fields.plan):see(subject.fields.county, "the county") end,
  examples = {},
}
