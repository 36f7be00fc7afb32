-- expect: error
-- an error hidden by pcall is a fault all the same
rule "attack.raises-in-pcall" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    pcall(function() error("hidden") end)
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
