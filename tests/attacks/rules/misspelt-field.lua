-- expect: load
-- a misspelt name
rule "attack.misspelt-field" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local x = submission.feilds
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
