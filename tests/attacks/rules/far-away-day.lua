-- expect: range
-- a day that no calendar has
rule "attack.far-away-day" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local day = date("9999-12-31")
    pcall(function() return day + math.maxinteger end)
    return pass("%s", day + 1)
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
