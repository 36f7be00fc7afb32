-- expect: error
-- an error that is a table
rule "attack.raises-a-table" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    error({ message = "on purpose" })
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
