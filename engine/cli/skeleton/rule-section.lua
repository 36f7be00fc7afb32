rule "@RULE@" {
  title    = "Each section has a measure that is answered (@RULE@)", -- say here what the form asks for
  citation = "@FORM@, above the sections: “report on each”",
  remedy   = "Write a response to one of the section's measures.",
  each     = "section",
  level    = "warning",

  check = function(section)
    local answered = section.measures:where(function(measure) return not measure.blank end)
    return at_least(answered, 1, "answered measures")
  end,

  examples = {
    { state = "pass", section = "@SECTION@", responses = { ["@ITEM@"] = "We meet monthly." } },
    { state = "fail", section = "@SECTION@" },
  },
}
