-- expect: load
-- the environment as a way out
rule "attack.environment" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local all = _G
    all.pairs = nil
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
