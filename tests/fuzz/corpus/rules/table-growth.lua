-- expect: memory|fuel
-- a table without end
rule "attack.table-growth" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local t = {}
    for i = 1, 1e9 do t[i] = { i } end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
