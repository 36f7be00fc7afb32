-- expect: fuel
-- library work without end: upper
rule "attack.upper-loop" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local text = ("x"):rep(1000000)
    while true do text:upper() end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
