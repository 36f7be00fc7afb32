-- expect: load
-- 2^40 moves
rule "attack.table-move" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    table.move({}, 1, 1 << 40, 2)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
