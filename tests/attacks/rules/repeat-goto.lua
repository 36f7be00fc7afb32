-- expect: fuel
-- an endless loop by goto
rule "attack.repeat-goto" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    ::again:: goto again
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
