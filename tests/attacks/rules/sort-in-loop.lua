-- expect: fuel
-- sorting without end
rule "attack.sort-in-loop" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local t = {}
    for i = 1, 1e4 do t[i] = -i end
    while true do table.sort(t) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
