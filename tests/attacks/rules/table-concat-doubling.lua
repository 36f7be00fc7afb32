-- expect: memory|error|fuel
-- the same through table.concat
rule "attack.table-concat-doubling" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local text = "x"
    while true do text = table.concat({ text, text }) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
