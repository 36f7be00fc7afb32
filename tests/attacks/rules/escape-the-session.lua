-- expect: error|none
-- a response kept from one subject to the next is the same submission's, and stays readable; nothing outlives it
local kept
rule "attack.escape-the-session" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "response", level = "error",
  check = function(response)
    kept = kept or response
    if kept.words == nil then return fail("gone") end
    return pass()
  end,
  examples = { { state = "pass", response = "x" }, { state = "fail", response = "y" } },
}
