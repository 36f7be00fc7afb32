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

rule "plan.mid-year" {
  title     = "In the second half of 2022 the plan has a name",
  citation  = "Plan form, header: “Plan name”",
  remedy    = "Give the name of the plan under fields.",
  each      = "submission",
  level     = "error",
  since     = "2022-07-01",
  ["until"] = "2022-12-31",
  tags      = { "header" },

  check = function(submission)
    return present(submission.fields.plan)
  end,

  examples = {
    { state = "pass", fields = { plan = "Health Net" } },
    { state = "fail", expected_here = true },
  },
}
