-- expect: error|fuel
-- more results than a stack holds
rule "attack.unpack-huge" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local a = { table.unpack({}, 1, 1e8) }
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
