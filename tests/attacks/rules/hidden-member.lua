-- expect: error
-- a function of string that is not there, by a name that is put together
rule "attack.hidden-member" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local _ = string["du" .. "mp"](pass)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
