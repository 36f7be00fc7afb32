-- expect: pattern
-- exponential backtracking
local slow = pattern [[^(x+x+)+$(?<=y)]]
rule "attack.pattern-nested-repeat" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "response", level = "error",
  check = function(response)
    local found = response.text:find(slow)
    return pass()
  end,
  examples = { { state = "pass", response = "x" }, { state = "fail", response = "y" } },
}
