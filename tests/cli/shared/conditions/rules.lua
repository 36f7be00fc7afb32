rule "bare.else" {
  title    = "The second prompt is no question",
  citation = "Form, 1.1: “Say”",
  remedy   = "Say it.",
  each     = "response",
  level    = "error",
  check    = function() return pass() end,
  examples = { { state = "pass", response = "Yes." } },
}
