-- expect: error
-- unbounded recursion
rule "attack.endless-recursion" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local function down(n) return 1 + down(n + 1) end
    down(1)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
