-- expect: fuel
-- 2^60 copies of nothing
rule "attack.rep-of-nothing" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    while true do local nothing = ("").rep("", 1 << 60) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
