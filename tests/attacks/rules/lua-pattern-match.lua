-- expect: error
-- match is a pattern function
rule "attack.lua-pattern-match" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    (("a"):rep(3000)):match(".-.-.-b")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
