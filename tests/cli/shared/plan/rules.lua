rule "plan.long-enough" {
  title    = "The plan is described in enough words",
  citation = "Plan form, 1.1: “Describe the plan.”",
  remedy   = "Say more.",
  each     = "response",
  level    = "error",

  parameters = {
    words = {
      type    = "integer",
      default = 5,
      low     = 2,
      high    = 50,
      means   = "How many words a description has at least.",
    },
    filler = {
      type    = "list",
      default = { "will be decided", "later" },
      means   = "What says nothing of the plan.",
    },
  },

  check = function(response, _, parameters)
    return at_least(response.words, parameters.words)
  end,

  examples = {
    { state = "pass", response = "We hire, train and report." },
    { state = "fail", response = "We hire." },
  },
}
