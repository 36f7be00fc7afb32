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
  \b (?<! \bno \s) (?<! \bnot \s) (?<! \bnot \s be \s) (?<! \bwithout \s) (?<! \bstrings \s) (?<! \bnothing \s is \s) (?<! \bstring \s)
  (?<! \bnone \s is \s) (?<! \b is \s not \s) (?<! \b are \s not \s) \b (
    (please \s+)? see \s+ (the \s+)? attached
  | attached \s+ (document|documents|documentation|letters?|minutes|emails?|memorandum|agreement|MOU) \b
  | (attached|appended|annexed) \b (?! \s+ (to|by|from) \s+ (?! (this|the|our) \s+ (filing|submission|plan|response|template) \b))
  | (is|are|be|find|see|have|we) \s+ (hereby \s+ | herewith \s+)? enclosed? \b | enclosed \s+ (please|document\w*|letters?|minutes|emails?|agreement|MOU|copy|copies|agenda)
    | enclosed: | enclosed \s+ (with|herewith)
  | (see|per) \s+ (the \s+|our \s+)? (attachments?|appendix|appendices|enclosures?|addendum|annex|exhibits?) \b
  | (attachments?|appendix|appendices|enclosures?|addendum|annex|exhibits?) \s+ ([A-Z]|\d+) \b | \b encl\. | att['’]d \b | \b att\. \s
  | we \s+ attach \b (?! [^.;]{0,80} \s to \s (each|every|all|an?|the|our|their) \b) | (as|in) \s+ an \s+ (attachment|enclosure|appendix|annex|exhibit) \b
  | PFA \b | (hereto|herewith) \b | as \s+ schedule \s+ ([A-Z]|\d+) \b
  | accompan(y|ies|ied|ying) \s+ (by \s+)? (this|the|our) \s+ (filing|submission|plan|response|template|form|narrative) \b
  | (uploaded|included|submitted|provided|sent|filed) \s+ (together \s+)? with \s+ (this|the|our) \s+ (filing|submission|plan|response|template|form|narrative) \b
  )]], "ix")
-- What is said not to be there: "No documents are enclosed."
local none_there = pattern([[\b (no|nothing|none) \b [^.;]{0,60} \b (attached|enclosed?|appended|annexed|included|hereto|herewith) \b]], "ix")

local function promised_in(text)
  local promised = text:find(promise)
  return promised and not (promised.sentence and promised.sentence:find(none_there)) and promised or nil
end

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
    return promised_in(response.text), "no attached document is referred to"
  end,

  check = function(response, submission)
    local attached = documents_for(response.id, submission)
    if #attached == 0 then
      attached = documents_for(response.measure.id, submission)
    end
    if #attached == 0 then
      return fail("no document is listed for %s", response.id):at(promised_in(response.text))
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
    { state = "not-applicable", item = "1.2.6.2", response = "No strings attached: partners may leave." },
    { state = "not-applicable", item = "1.2.6.2", response = "Nothing is attached to this response." },
    { state = "not-applicable", item = "1.2.6.2", response = "No documents are enclosed." },
    { state = "not-applicable", item = "1.2.6.2", response = "Our enclosed courtyard hosts the fair." },
    { state = "fail", item = "1.2.6.2", response = "The agreement is annexed hereto as Schedule 1.", at = "annexed" },
    { state = "fail", item = "1.2.6.2", response = "PFA the signed MOU.", at = "PFA" },
    { state = "fail", item = "1.2.6.2", response = "SEE EXHIBIT B.", at = "SEE EXHIBIT" },
    { state = "fail", item = "1.2.6.2", response = "We enclose three letters.", at = "We enclose" },
    { state = "fail", item = "1.2.6.2", response = "The signed MOU accompanies this filing.", at = "accompanies this filing" },
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
