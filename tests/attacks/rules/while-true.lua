-- expect: fuel
-- an endless loop
rule "attack.while-true" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    while true do end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
