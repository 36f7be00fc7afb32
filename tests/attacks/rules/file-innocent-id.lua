-- expect: load
-- taking the place of another rule
rule "innocent.word-limit" {
  title = "x", citation = "x", remedy = "x", each = "submission", level = "note",
  check = function() return pass() end,
  examples = { { state = "pass" }, { state = "fail" } },
}
