-- expect: fuel
-- quadratic insertion
rule "attack.insert-at-front" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local t = {}
    for i = 1, 2e5 do table.insert(t, 1, i) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
