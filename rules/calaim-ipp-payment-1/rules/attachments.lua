-- Whether the documents that the form asks for, or a response promises, are with the filing.

-- The attached documents listed for a response or a measure.
local function documents_for(id, submission)
  return submission.records.attachment:where(function(attachment)
    local supports = attachment.supports
    return supports and attachment:cell("title").answered and #supports:where(function(supported) return supported:equals(id) end) > 0
  end)
end

rule "ipp1.documents-attached" {
  title    = "The documents that the measure asks for are attached",
  citation = "Payment 1 template, 1.1.7: “submission of documentation”, 1.2.8 and 1.3.7: “MCP should also submit "
          .. "documentation”, each “demonstrating good faith efforts to begin this collaboration in the form of letters with "
          .. "MCPs in county, emails demonstrating progress, meeting meetings, or other documentation”",
  why      = "Documents that are part of the measure are missing without them; for those that a plan “should also submit” a "
          .. "person decides.",
  remedy   = "Attach a document and list it for the measure.",
  each     = "measure",
  level    = "warning",

  when = function(measure)
    return measure.documents, "the measure asks for no documents"
  end,

  check = function(measure, submission)
    local attached = documents_for(measure.id, submission)
    if #attached == 0 then
      local missing = tostring(measure.documents_asked) == "submission" and fail or review
      return missing("no document is listed for %s; the measure asks for one of: %s", measure.id, measure.documents)
        :at(submission.records.attachment)
    end
    return pass("attached: %s", attached:first().title)
  end,

  examples = {
    {
      state = "pass",
      measure = "1.2.8",
      responses = { ["1.2.8"] = "See the attached minutes." },
      records = { attachment = { { title = "Minutes of 2021-12-01", supports = { "1.2.8" } } } },
    },
    {
      state = "review",
      measure = "1.2.8",
      responses = { ["1.2.8"] = "See the attached minutes." },
      records = { attachment = { { title = "Minutes of 2021-12-01", supports = { "1.1.7" } } } },
    },
    { state = "fail", measure = "1.1.7", responses = { ["1.1.7"] = "We meet." }, expected_here = true,
      message = "one of: letters with MCPs in county, emails demonstrating progress, meeting meetings, other documentation" },
    { state = "review", measure = "1.2.8", responses = { ["1.2.8"] = "We meet." }, expected_here = true,
      message = "one of: letters with MCPs in county, emails demonstrating progress, meeting meetings, other documentation" },
    { state = "review", measure = "1.3.7", responses = { ["1.3.7"] = "We meet." }, expected_here = true,
      message = "one of: letters with MCPs in county, emails demonstrating progress, meeting meetings, other documentation" },
  },
}

-- Words by which a response refers to a document that comes with the filing. What is attached to something else (a manager
-- to a shelter) is none, nor is what is said not to be there.
local promise = pattern([[
  (?<! \bno \s) (?<! \bnot \s) (?<! \bnot \s be \s) (?<! \bwithout \s)
  \b (
    (please \s+)? see \s+ (the \s+)? attached
  | attached \s+ (document|documents|documentation|letters?|minutes|emails?|memorandum|agreement|MOU) \b
  | (attached|enclosed|appended) \b (?! \s+ to \s+ (?! (this|the|our) \s+ (filing|submission|plan|response|template) \b))
  | (see|per) \s+ (the \s+|our \s+)? (attachments?|appendix|appendices|enclosures?|addendum) \b
  | (attachment|appendix|enclosure|addendum) \s+ ([A-Z]|\d+) \b
  )]], "ix")

rule "ipp1.attachment-promised" {
  title    = "A document that a response refers to is attached",
  citation = "Payment 1 template, 1.2.6, prompt 2: “can potentially include and MOU or letter of agreement”; the response "
          .. "refers to a document that is attached",
  remedy   = "Attach the document and list it for the response.",
  each     = "response",
  level    = "warning",

  when = function(response)
    if response.measure.documents then
      return false, "the measure asks for documents, which has its own finding"
    end
    return response.text:find(promise), "no attached document is referred to"
  end,

  check = function(response, submission)
    local attached = documents_for(response.id, submission)
    if #attached == 0 then
      attached = documents_for(response.measure.id, submission)
    end
    if #attached == 0 then
      return fail("no document is listed for %s", response.id):at(response.text:find(promise))
    end
    return pass("attached: %s", attached:first().title)
  end,

  examples = {
    {
      state = "pass",
      item = "1.2.6.2",
      response = "Please see attached documentation.",
      records = { attachment = { { title = "Letter of agreement", supports = { "1.2.6.2" } } } },
    },
    { state = "fail", item = "1.2.6.2", response = "We meet. Please see attached documentation.",
      at = "Please see attached" },
    { state = "fail", item = "1.2.6.2", response = "A letter of support is attached.", at = "attached" },
    { state = "fail", item = "1.2.6.2", response = "Our MOU is in Appendix A.", at = "Appendix A" },
    { state = "fail", item = "1.2.6.2", response = "We have attached to this filing the letters.", at = "attached" },
    -- What is listed for the measure is there for each of its prompts.
    { state = "pass", item = "1.2.6.2", response = "Attached please find our MOU.",
      records = { attachment = { { title = "MOU", supports = { "1.2.6" } } } } },
    { state = "not-applicable", item = "1.2.6.2", response = "No attached documents are needed." },
    { state = "not-applicable", item = "1.2.6.2", response = "Care managers are attached to each shelter." },
    { state = "not-applicable", item = "1.2.6.2", response = "We meet." },
  },
}

rule "ipp1.attachment-supports" {
  title    = "Each attached document is listed for a measure or prompt of the form",
  citation = "Payment 1 template, measures and prompts as numbered, 1.1.6 to 1.3.7",
  remedy   = "Correct the number of the measure or prompt.",
  each     = "record",
  record   = "attachment",
  level    = "error",

  when = function(attachment)
    return attachment.supports, "it is listed for nothing"
  end,

  check = function(attachment, submission)
    local known = {}
    for _, response in ipairs(submission.responses) do
      known[response.id] = true
      known[response.measure.id] = true
    end
    for _, id in ipairs(attachment.supports) do
      if not known[tostring(id)] then
        return fail("the form has no measure or prompt %s", id):at(id)
      end
    end
    return pass()
  end,

  examples = {
    { state = "pass", records = { attachment = { { title = "Letter", supports = { "1.1.7", "1.2.6.2" } } } } },
    { state = "fail", records = { attachment = { { title = "Letter", supports = { "1.1.9" } } } }, message = "1.1.9" },
  },
}
