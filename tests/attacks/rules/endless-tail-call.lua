-- expect: fuel
-- unbounded tail calls
rule "attack.endless-tail-call" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local function on(n) return on(n + 1) end
    on(1)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
