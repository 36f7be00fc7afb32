-- expect: memory|error|fuel
-- a string doubled until memory ends
rule "attack.concat-doubling" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local text = "x"
    while true do text = text .. text end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
