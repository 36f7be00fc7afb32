-- expect: load
-- bytecode through load
rule "attack.load-bytecode" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    load(string.dump(function() end), "x", "b")()
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
