-- expect: error|none
-- changing a library for the next rule
rule "attack.change-library" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    string.upper = nil
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
