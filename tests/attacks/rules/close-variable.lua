-- expect: error
-- a to-be-closed value that loops
rule "attack.close-variable" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local held <close> = { __close = function() while true do end end }
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
