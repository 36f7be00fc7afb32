rule "firm.words" {
  title    = "Each response keeps to its limit",
  citation = "Form: “10 word limit”",
  remedy   = "Shorten the response.",
  each     = "response",
  level    = "error",
  waivable = false,

  check = function(response)
    return at_most(response.words, response.item.word_limit, "word")
  end,

  examples = {
    { state = "pass", response = "one" },
    { state = "fail", response = ("word "):rep(11), at = 11 },
  },
}
