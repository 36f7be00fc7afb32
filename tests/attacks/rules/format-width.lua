-- expect: error
-- an absurd width
rule "attack.format-width" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    string.format("%99999d", 1)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
