-- expect: error|fuel|none
-- a comparison that lies
rule "attack.sort-invalid-order" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local t = {}
    for i = 1, 1e5 do t[i] = i end
    table.sort(t, function() return true end)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
