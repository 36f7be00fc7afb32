-- expect: range
-- a sum outside the exact range
rule "attack.decimal-overflow" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local x = decimal("9223372036854775807") + decimal("1")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
