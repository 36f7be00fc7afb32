rule "demo.word-limit" {
  title    = "Each response keeps to the word limit printed under its prompt",
  citation = "Demonstration form, under each prompt: “10 word limit”",
  remedy   = "Shorten the response.",
  each     = "response",
  level    = "error",
  judges   = "items.*.word_limit",

  check = function(response)
    return at_most(response.words, response.item.word_limit, "word")
  end,

  examples = {
    { state = "pass", item = "1.2", response = ("word "):rep(10) },
    { state = "fail", item = "1.2", response = ("word "):rep(11), at = 11 },
  },
}

rule "demo.target" {
  title    = "The response states the improvement target its prompt asks for",
  citation = "Demonstration form: “at least 20%”",
  remedy   = "State the target in percent.",
  why      = "Progress is measured against it.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.target, "the prompt asks for no target"
  end,

  check = function(response)
    local stated = response.text:percentages():largest()
    if not stated then
      return review("no percentage is stated; the prompt asks for %s", response.item.target)
    end
    return at_least(stated, response.item.target, "target"):at(stated)
  end,

  examples = {
    { state = "pass", item = "1.1.1", response = "We will close 25% of the gap." },
    { state = "fail", item = "1.1.1", response = "We will close 5% of the gap.", at = "5%" },
    { state = "review", item = "1.1.1", response = "We will close the gap." },
  },
}

rule "demo.plan-given" {
  title    = "The plan is named",
  citation = "Demonstration form, header: “Plan name”",
  remedy   = "Give the name of the plan under fields.",
  each     = "submission",
  level    = "error",
  judges   = "fields.plan.required",

  check = function(submission)
    return present(submission.fields.plan)
  end,

  examples = {
    { state = "pass", fields = { plan = "Health Net" } },
    { state = "fail", expected_here = true },
  },
}
