rule "@RULE@" {
  title    = "Each measure is answered (@RULE@)", -- say here what the form asks for
  citation = "@FORM@, above the measures: “answer every one”",
  remedy   = "Write a response to one of the measure's prompts.",
  each     = "measure",
  level    = "warning",
  blank    = true, -- a blank measure is judged too

  check = function(measure)
    return present(measure)
  end,

  examples = {
    { state = "pass", measure = "@MEASURE@", responses = { ["@ITEM@"] = "We meet monthly." } },
    { state = "fail", measure = "@MEASURE@" },
  },
}
