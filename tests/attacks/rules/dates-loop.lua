-- expect: fuel
-- reading a text for dates, terms and frequencies without end
rule "attack.dates-loop" {
  title = "The attack is stopped", citation = "none", remedy = "none", each = "submission", level = "error",
  check = function(submission)
    local text = submission.responses[1].text
    while true do
      text:dates()
      text:durations()
      text:frequencies()
    end
    return pass()
  end,
  examples = { { state = "pass" }, { state = "fail" } },
}
