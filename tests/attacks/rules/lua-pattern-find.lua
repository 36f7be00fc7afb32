-- expect: none
-- find takes no patterns: the classic slow one is only looked for as text
rule "attack.lua-pattern-find" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local found = (("a"):rep(3000)):find(".-.-.-b")
    if found then return fail("found") end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
