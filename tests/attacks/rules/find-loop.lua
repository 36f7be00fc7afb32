-- expect: fuel
-- library work without end: find
rule "attack.find-loop" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local text = ("x"):rep(1000000)
    while true do text:find("xy") end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
