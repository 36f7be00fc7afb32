-- expect: error
-- a field that is not there, by a name that is put together
rule "attack.hidden-field" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local _ = submission["fei" .. "lds"]
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
