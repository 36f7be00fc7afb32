-- expect: fuel
-- an endless loop that catches its own stop
rule "attack.loop-in-pcall" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    while true do pcall(function() while true do end end) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
