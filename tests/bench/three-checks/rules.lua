rule "three.word-limit" {
  title    = "Each response keeps to its word limit",
  citation = "Benchmark",
  remedy   = "Shorten the response.",
  each     = "response",
  level    = "error",
  check    = function(response) return at_most(response.words, response.item.word_limit) end,
  examples = {
    { state = "pass", item = "1.1.6.1", response = ("word "):rep(100) },
    { state = "fail", item = "1.1.6.1", response = ("word "):rep(101), at = 101 },
  },
}

rule "three.mandatory" {
  title    = "Each item of a mandatory measure is answered",
  citation = "Benchmark",
  remedy   = "Answer the item.",
  each     = "response",
  level    = "error",
  blank    = true,
  when     = function(response) return response.measure.mandatory end,
  check    = function(response) return present(response) end,
  examples = {
    { state = "pass", item = "1.1.6.1", response = "An answer." },
    { state = "fail", item = "1.1.6.1", response = "" },
  },
}

rule "three.target" {
  title    = "Each response states the target its prompt asks for",
  citation = "Benchmark",
  remedy   = "State the target.",
  each     = "response",
  level    = "error",
  when     = function(response) return response.item.target end,
  check    = function(response)
    local stated = response.text:percentages():largest()
    if not stated then
      return fail("no percentage is stated; the prompt asks for %s", response.item.target)
    end
    return at_least(stated, response.item.target)
  end,
  examples = {
    { state = "pass", item = "1.1.6.2", response = "By at least 20%." },
    { state = "fail", item = "1.1.6.2", response = "By 19%." },
  },
}
