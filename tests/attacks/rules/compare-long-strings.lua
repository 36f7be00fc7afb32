-- expect: fuel|time
-- comparing long strings without end
rule "attack.compare-long-strings" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local a = ("x"):rep(1000000) .. "a"
    local b = ("x"):rep(1000000) .. "b"
    while true do local less = a < b end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
