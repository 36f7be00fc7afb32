-- expect: load
-- loading native code
rule "attack.packages" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    package.loadlib("libc.so.6", "system")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
