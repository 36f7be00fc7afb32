-- What may be left empty. What must be there is for the form to say: the built-in rule form.required reports a mandatory
-- measure, a prompt or a field that is not answered.

rule "ipp1.additional-information" {
  title    = "A prompt that invites additional information is answered, or left empty on purpose",
  citation = "Payment 1 template, 1.1.6, prompt 7: “Any additional Information on Delivery System Infrastructure Gaps in "
          .. "County”",
  remedy   = "Write “None” where there is nothing to add.",
  each     = "response",
  level    = "warning",
  blank    = true,

  when = function(response)
    return not (response.item.required or response.measure.blank), "the prompt asks for an answer"
  end,

  check = function(response)
    return instead(present(response), "review")
  end,

  examples = {
    { state = "pass", item = "1.1.6.7", response = "None." },
    { state = "review", item = "1.1.6.7", responses = { ["1.1.6.1"] = "We will." }, expected_here = true },
    { state = "not-applicable", item = "1.1.6.1", response = "We will." },
  },
}
