rule "marks.length" {
  title    = "Each answer keeps to five words",
  citation = "Form: “5 words, at most 100% of the line”",
  remedy   = "Shorten it.",
  tags     = { "length" },
  each     = "response",
  level    = "error",
  judges   = "items.*.word_limit",
  check    = function(response) return at_most(response.words, response.item.word_limit, "words") end,
  examples = {
    { state = "pass", item = "1.1.1", response = "one two three four five" },
    { state = "fail", item = "1.1.1", response = "one two three four five six", at = "six" },
  },
}

rule "marks.percent" {
  title    = "No answer states a share",
  citation = "Form, a.b: “no %, no | and no <b>”",
  remedy   = "Say it in words, not as 20%, a: or b.",
  why      = "Shares are *not* asked for.",
  each     = "response",
  level    = "warning",
  check    = function(response)
    local share = response.text:percentages():largest()
    if not share then return pass("no share") end
    return fail("%s, so: “a|b” *c* <d> & @team #1 [e](f)\nand `g` after a line break", share):at(share)
  end,
  examples = {
    { state = "pass", item = "1.1.1", response = "a fifth" },
    { state = "fail", item = "1.1.1", response = "20%" },
  },
}

rule "marks.titled" {
  title    = "The title is one word",
  citation = "Form: “Title”",
  remedy   = "Use one word.",
  each     = "submission",
  level    = "note",
  check    = function(submission)
    local title = submission.fields.title
    if title.text:equals("unreadable") then error("the title cannot be understood: 50%, or more") end
    if title.text:equals("Two words") then return review("it has two"):at(title.text) end
    return pass()
  end,
  examples = {
    { state = "pass", fields = { title = "One" } },
    { state = "review", fields = { title = "Two words" } },
  },
}

rule "marks.covered" {
  title    = "Every place has an entry of every kind",
  citation = "Form: “an entry for each”",
  remedy   = "Add one.",
  each     = "pair",
  matrix   = "coverage",
  level    = "error",
  check    = function(pair)
    if pair.records:first() then return pass() end
    return fail("there is no entry")
  end,
  examples = {
    { state = "pass", pair = { place = "North, inner", kind = "Books" },
      records = { entry = { { place = "North, inner", kind = "Books" } } } },
    { state = "fail", pair = { place = "North, inner", kind = "Books" }, expected_here = true },
  },
}
