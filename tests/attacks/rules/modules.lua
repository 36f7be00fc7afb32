-- expect: load
-- loading a module
rule "attack.modules" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    require("os")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
