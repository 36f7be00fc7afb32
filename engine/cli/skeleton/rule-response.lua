rule "@RULE@" {
  title    = "Each response is a sentence of at least three words (@RULE@)", -- say here what the form asks for
  citation = "@FORM@, above the prompts: “in full sentences”",
  remedy   = "Write a whole sentence.",
  each     = "response",
  level    = "warning",

  parameters = {
    fewest_words = { type = "integer", default = 3, low = 1, means = "The fewest words that make a sentence." },
  },

  check = function(response, submission, parameters)
    return at_least(response.words, parameters.fewest_words)
  end,

  examples = {
    { state = "pass", item = "@ITEM@", response = "We meet monthly." },
    { state = "fail", item = "@ITEM@", response = "We meet." },
  },
}
