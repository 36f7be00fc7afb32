-- expect: load
-- randomness
rule "attack.random" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    math.random()
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
