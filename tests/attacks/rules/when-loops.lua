-- expect: fuel
-- the condition loops, not the check
rule "attack.when-loops" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  when = function() while true do end end,
  check = function() return pass() end,
  examples = { { state = "pass" }, { state = "fail" } },
}
