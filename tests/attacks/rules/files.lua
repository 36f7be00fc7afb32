-- expect: load
-- reading a file
rule "attack.files" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    io.open("/etc/passwd")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
