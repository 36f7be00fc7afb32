-- expect: error
-- a global written by a name that is put together
rule "attack.hidden-global-written" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    _ENV["left" .. "_behind"] = 1
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
