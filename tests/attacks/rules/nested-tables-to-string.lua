-- expect: error|none
-- a table as a message
rule "attack.nested-tables-to-string" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    do return fail({}) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
