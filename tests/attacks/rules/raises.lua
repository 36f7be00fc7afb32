-- expect: error
-- an error
rule "attack.raises" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    error("on purpose")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
