rule "plans.text" {
  title    = "Each response says why",
  citation = "Form",
  remedy   = "Say it.",
  each     = "response",
  level    = "error",
  check    = function(response)
    return mentions(response, "because")
  end,
  examples = {
    { state = "pass", response = "Yes, because it helps." },
    { state = "fail", response = "Yes." },
    { state = "not-applicable", item = "1.people", response = "12" },
  },
}

rule "plans.people" {
  title    = "A plan reaches no more people than live in the county",
  citation = "Form",
  remedy   = "Correct the number.",
  each     = "response",
  typed    = true,
  level    = "error",
  when     = function(response) return response.item.type == "integer" end,
  check    = function(response)
    return at_most(response.value, 1000)
  end,
  examples = {
    { state = "pass", item = "1.people", response = "1,000" },
    { state = "fail", item = "1.people", response = "1,001" },
  },
}
