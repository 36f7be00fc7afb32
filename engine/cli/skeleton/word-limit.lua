rule "@PACK@.word-limit" {
  title    = "Each response keeps to the word limit printed under its prompt",
  citation = "Form @PACK@, under each prompt: “50 words”",
  remedy   = "Shorten the response.",
  each     = "response",
  level    = "error",
  judges   = "items.*.word_limit", -- what the form declares; whatever no rule judges, the engine does

  when = function(response)
    return response.item.word_limit, "no limit is printed under the prompt"
  end,

  check = function(response)
    return at_most(response.words, response.item.word_limit)
  end,

  examples = {
    { state = "pass", item = "1.1.1", response = ("word "):rep(50) },
    { state = "fail", item = "1.1.1", response = ("word "):rep(51), at = 51 },
    { state = "not-applicable", item = "1.1.2", response = ("word "):rep(51) },
  },
}
