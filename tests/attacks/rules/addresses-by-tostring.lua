-- expect: none
-- an address through tostring
rule "attack.addresses-by-tostring" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local shown = tostring({}) .. tostring(pairs)
    if shown:find("0x") then return fail("an address: %s", shown) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
