rule "case.plan" {
  title = "The plan is named", citation = "c", remedy = "r", each = "submission", level = "error",
  judges = "fields.plan.required",
  check = function(submission) return present(submission.fields.plan) end,
  examples = {
    { state = "pass", fields = { plan = "Health Net" } },
    { state = "fail", fields = {} },
  },
}

rule "case.words" {
  title = "Each response keeps to its limit", citation = "c", remedy = "r", each = "response", level = "error",
  judges = "items.*.word_limit",
  when = function(response) return response.item.word_limit end,
  check = function(response)
    if #response.words > 8 and #response.words <= response.item.word_limit then
      return review("%d words are nearly too many", #response.words)
    end
    return at_most(response.words, response.item.word_limit, "words")
  end,
  examples = {
    { state = "pass", item = "1.1.1", response = "We plan." },
    { state = "fail", item = "1.1.1", response = ("word "):rep(11), at = 11 },
  },
}
