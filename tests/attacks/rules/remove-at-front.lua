-- expect: fuel
-- quadratic removal
rule "attack.remove-at-front" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local t = {}
    for i = 1, 2e5 do t[i] = i end
    for i = 1, 2e5 do table.remove(t, 1) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
