-- expect: error
-- gsub is a pattern function
rule "attack.lua-pattern-gsub" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    (("a"):rep(3000)):gsub("^(.-)%s*$", "")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
