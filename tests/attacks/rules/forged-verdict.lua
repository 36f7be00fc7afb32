-- expect: verdict
-- a table that looks like a verdict
rule "attack.forged-verdict" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    do return { state = "pass" } end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
