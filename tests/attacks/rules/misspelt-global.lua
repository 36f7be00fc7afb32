-- expect: load
-- a misspelt helper
rule "attack.misspelt-global" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    do return at_moost(1, 2) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
