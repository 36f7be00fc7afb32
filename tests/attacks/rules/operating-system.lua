-- expect: load
-- reading the environment
rule "attack.operating-system" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    os.getenv("HOME")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
