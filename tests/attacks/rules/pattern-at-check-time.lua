-- expect: error
-- a pattern compiled while a check runs
rule "attack.pattern-at-check-time" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "response", level = "error",
  check = function(response)
    while true do pattern("x") end
    return pass()
  end,
  examples = { { state = "pass", response = "x" }, { state = "fail", response = "y" } },
}
