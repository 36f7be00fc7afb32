-- expect: load
-- a verb that raises its own limits
local slow = pattern [[(*LIMIT_MATCH=999999999)(x+)+y]]
rule "attack.pattern-verb" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "response", level = "error",
  check = function(response)
    local found = response.text:find(slow)
    return pass()
  end,
  examples = { { state = "pass", response = "x" }, { state = "fail", response = "y" } },
}
