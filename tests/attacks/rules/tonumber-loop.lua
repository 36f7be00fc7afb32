-- expect: fuel
-- library work without end: tonumber
rule "attack.tonumber-loop" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local text = ("1"):rep(1000000)
    while true do tonumber(text) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
