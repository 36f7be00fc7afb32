-- expect: error
-- a function of Lua that is not there, by a name that is put together: only a rule that runs can tell
rule "attack.hidden-global" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local _ = _ENV["lo" .. "ad"]("x")
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
