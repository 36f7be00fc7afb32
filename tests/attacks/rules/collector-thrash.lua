-- expect: fuel|memory
-- a heap near the cap makes every allocation collect
rule "attack.collector-thrash" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local held = {}
    for i = 1, 60 do held[i] = ("x"):rep(1000000) .. i end
    while true do local more = ("y"):rep(1000000) end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
