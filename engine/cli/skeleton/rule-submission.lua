rule "@RULE@" {
  title    = "At least one prompt is answered (@RULE@)", -- say here what the form asks for
  citation = "@FORM@, first page: “answer the prompts”",
  remedy   = "Write a response to one of the prompts.",
  each     = "submission",
  level    = "warning",

  check = function(submission)
    local answered = submission.responses:where(function(response) return not response.blank end)
    return at_least(answered, 1, "answered prompts")
  end,

  examples = {
    { state = "pass", responses = { ["@ITEM@"] = "We meet monthly." } },
    { state = "fail" },
  },
}
