-- expect: error
-- a message with values in which a percent sign is not written %%
rule "attack.lone-percent-sign" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    return fail("less than 100%, of %s", submission)
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
