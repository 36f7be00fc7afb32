-- expect: memory|error|fuel
-- the same through format
rule "attack.format-doubling" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local text = "x"
    while true do text = string.format("%s%s", text, text) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
