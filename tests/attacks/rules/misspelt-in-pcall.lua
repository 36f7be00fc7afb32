-- expect: load
-- a misspelt name hidden by pcall
rule "attack.misspelt-in-pcall" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local ok, x = pcall(function() return submission.feilds end)
    if not ok then x = nil end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
