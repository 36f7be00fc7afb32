-- expect: error
-- an address through %p
rule "attack.addresses-by-pointer" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    string.format("%p", {})
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
