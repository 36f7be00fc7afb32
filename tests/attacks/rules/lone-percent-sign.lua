-- expect: error
-- a message with a percent sign that is not written %%
rule "attack.lone-percent-sign" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    return fail("less than 100%")
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
