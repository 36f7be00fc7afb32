-- expect: fuel
-- walking an emptied table over and over
rule "attack.pairs-of-emptied" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local t = {}
    for i = 1, 1e5 do t[i] = i end
    for i = 1, 1e5 do t[i] = nil end
    while true do for _ in pairs(t) do end end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
