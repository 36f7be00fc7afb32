rule "innocent.word-limit" {
  title    = "The response keeps to its word limit",
  citation = "Form, under the prompt",
  remedy   = "Shorten the response.",
  each     = "response",
  level    = "error",
  check    = function(response) return at_most(response.words, response.item.word_limit) end,
  examples = {
    { state = "pass", response = "short" },
    { state = "fail", response = ("word "):rep(101), at = 101 },
  },
}
