-- expect: error
-- a text that counts as a number
rule "attack.string-arithmetic" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local eleven = "10" + 1
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
