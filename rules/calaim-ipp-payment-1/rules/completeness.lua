-- Whether everything is there that must be.

rule "ipp1.mandatory-measures" {
  title    = "Every mandatory measure is reported on",
  citation = "Payment 1 template, at the measure: “Mandatory”; “If an MCP achieves only a subset of measures, it will "
          .. "earn a partial payment.”",
  remedy   = "Answer the prompts of the measure.",
  each     = "measure",
  level    = "error",
  blank    = true,

  when = function(measure)
    return measure.mandatory, "the measure is optional"
  end,

  check = function(measure)
    if measure.blank then
      return fail("%s, %s, is mandatory and not reported on; %s points are at stake", measure.id, measure.title,
                  measure.points)
    end
    return pass()
  end,

  examples = {
    { state = "pass", measure = "1.1.6", responses = { ["1.1.6.1"] = "We will work with the county." } },
    { state = "pass", measure = "1.1.7", responses = { ["1.1.7"] = "We meet with the other plans." } },
    -- The points that the form prints for each.
    { state = "fail", measure = "1.1.6", expected_here = true, message = "; 80 points are at stake" },
    { state = "fail", measure = "1.2.5", expected_here = true, message = "; 70 points are at stake" },
    { state = "fail", measure = "1.2.7", expected_here = true, message = "; 30 points are at stake" },
    { state = "fail", measure = "1.2.9", expected_here = true, message = "; 30 points are at stake" },
    { state = "fail", measure = "1.3.5", expected_here = true, message = "; 80 points are at stake" },
    { state = "fail", measure = "1.3.6", expected_here = true, message = "; 20 points are at stake" },
    { state = "fail", measure = "1.1.7", expected_here = true, message = "; 20 points are at stake" },
    { state = "fail", measure = "1.2.8", expected_here = true, message = "; 10 points are at stake" },
    { state = "fail", measure = "1.3.7", expected_here = true, message = "; 50 points are at stake" },
    { state = "not-applicable", measure = "1.2.6" },
    { state = "not-applicable", measure = "1.2.10" },
  },
}

rule "ipp1.prompts-answered" {
  title    = "Every prompt of a measure that is reported on is answered",
  citation = "Payment 1 template, in each row: “MCP Submission”",
  remedy   = "Answer the prompt; an optional measure may also be left out as a whole.",
  each     = "response",
  level    = "error",
  blank    = true,

  when = function(response)
    if response.measure.blank then
      return false, "nothing of its measure is reported on"
    elseif response.item.voluntary then
      return false, "the prompt invites an answer and does not ask for one"
    end
    return true
  end,

  check = function(response)
    return present(response)
  end,

  examples = {
    { state = "pass", item = "1.1.6.1", response = "We will work with the county." },
    { state = "fail", item = "1.1.6.2", responses = { ["1.1.6.1"] = "We will." }, expected_here = true },
    { state = "not-applicable", item = "1.1.6.7", responses = { ["1.1.6.1"] = "We will." } },
    { state = "not-applicable", item = "1.2.10.1" },
  },
}

rule "ipp1.additional-information" {
  title    = "A prompt that invites additional information is answered, or left empty on purpose",
  citation = "Payment 1 template, 1.1.6, prompt 7: “Any additional Information on Delivery System Infrastructure Gaps in "
          .. "County”",
  remedy   = "Write “None” where there is nothing to add.",
  each     = "response",
  level    = "warning",
  blank    = true,

  when = function(response)
    return response.item.voluntary and not response.measure.blank, "the prompt asks for an answer"
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
