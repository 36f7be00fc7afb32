-- expect: error|none
-- an address through %s of a table
rule "attack.addresses-by-format" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local shown = string.format("%s", {})
    if shown:find("0x") then return fail("an address: %s", shown) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
