-- expect: error|none
-- a message of a megabyte
rule "attack.long-message" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    do return review(("x"):rep(900000)) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
