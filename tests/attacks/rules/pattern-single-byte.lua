-- expect: load
-- half a character
local slow = pattern [[\Cx]]
rule "attack.pattern-single-byte" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "response", level = "error",
  check = function(response)
    local found = response.text:find(slow)
    return pass()
  end,
  examples = { { state = "pass", response = "x" }, { state = "fail", response = "y" } },
}
