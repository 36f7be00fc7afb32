-- expect: load
-- not a pattern
local slow = pattern [[(((x]]
rule "attack.pattern-unclosed" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "response", level = "error",
  check = function(response)
    local found = response.text:find(slow)
    return pass()
  end,
  examples = { { state = "pass", response = "x" }, { state = "fail", response = "y" } },
}
