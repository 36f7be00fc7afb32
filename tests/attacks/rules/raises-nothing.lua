-- expect: error
-- an error without a value
rule "attack.raises-nothing" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    error()
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
