rule "weak.county" {
  title    = "The county is named in few words",
  citation = "Template, header: “County”",
  remedy   = "Name it.",
  each     = "submission",
  level    = "error",
  check    = function(submission) return at_most(submission.fields.county.words, 3) end,
  examples = {
    { state = "pass", fields = { county = "Los Angeles" } },
    { state = "fail", fields = { county = "The county of Los Angeles" } },
  },
}
