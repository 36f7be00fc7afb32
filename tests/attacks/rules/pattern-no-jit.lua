-- expect: load
-- a verb that leaves the compiler out
local slow = pattern [[(*NO_JIT)x]]
rule "attack.pattern-no-jit" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "response", level = "error",
  check = function(response)
    local found = response.text:find(slow)
    return pass()
  end,
  examples = { { state = "pass", response = "x" }, { state = "fail", response = "y" } },
}
