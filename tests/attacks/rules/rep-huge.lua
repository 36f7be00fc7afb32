-- expect: memory|error
-- a string over the cap
rule "attack.rep-huge" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local huge = ("x"):rep(1 << 40)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
