-- expect: fuel
-- library work without end: utf8.len
rule "attack.utf8-len-loop" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local text = ("x"):rep(1000000)
    while true do utf8.len(text) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
