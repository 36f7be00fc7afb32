-- Whether a response gives what its prompt asks for: a target, lettered parts, a frequency.

-- Who else than the plan that files may promise something, or meet; it is the filer's own where it is named too.
local others = { "competitor", "competitors", "other plan", "other plans", "another plan", "one provider", "some providers",
  "a few providers", "some of our providers", "board of supervisors", "DHCS", "the State", "legislature", "board of directors" }
for _, plan in ipairs(form.tables.plan) do
  table.insert(others, plan)
end
local others_meeting = { "the Plan’s board", "the plan's board", "our board", "internal team", "project team", "internal project team",
  "care manager", "care managers", "case manager", "case managers", "among themselves", "with each other", "shareholders", "minutes of" }
for _, other in ipairs(others) do
  table.insert(others_meeting, other)
end
others_meeting = phrases(others_meeting)
others = phrases(others)

-- What is done so often for a while only.
local for_a_while = pattern([[\b ( then | thereafter | afterwards | after \s that | from \s then \s on | subsequently | (?<! least \s) un?til (?! \s the \s end) ) \b]],
  "ix")

-- What may grow without a gap being filled.
local other_matters = phrases {
  "pay", "salary", "salaries", "wage", "wages", "budget", "fund", "funds", "funding", "grant", "rate", "rates", "rent", "price",
  "prices", "cost", "costs", "overhead", "membership", "enrollment", "population", "caseload", "caseloads", "inflation",
  "unemployment", "payment", "payments", "fee", "fees", "charge", "charges", "tax", "taxes", "debt", "profit", "profits", "revenue", "premium", "premiums",
  "reserve", "reserves", "visits", "site visits", "webinars", "surveys", "still on paper", "waiting list", "waitlist", "backlog",
}

rule "ipp1.target" {
  title    = "The response states the improvement target that its prompt asks for",
  citation = "Payment 1 template, under the table of priority areas: “gap-filling targets in the Reporting Template of "
          .. "at least 20%”; in the prompt: “by at least 20%”",
  remedy   = "State the target in the response, or say where in the needs assessment it stands.",
  why      = "“In instances where MCPs do not have a gap for the measure, they may propose an alternative target for "
          .. "achievement”, and the target may stand in the needs assessment: a person decides.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.target, "the prompt asks for no target"
  end,

  check = function(response, submission)
    local plan = plan_of(submission)
    return states_target(response.text, response.item.target, {
      absent = "review", not_of = other_matters, by = plan and { plan, "we", "our plan" }, not_by = plan and others,
      unless = function(percentage) return said_elsewhere(percentage, submission) end,
    })
  end,

  examples = {
    { state = "pass", item = "1.1.6.3", response = "We will increase access by at least 20%." },
    { state = "pass", item = "1.2.5.1", response = "Capacity will grow by 10% in spring and by 25 percent in all." },
    { state = "fail", item = "1.1.6.3", response = "We will increase access by at least 15%.", at = "15%" },
    { state = "review", item = "1.1.6.3", response = "We will increase access by up to 20%." },
    { state = "review", item = "1.3.5.3", response = "We will close the gaps." },
    { state = "review", item = "1.1.6.3", response = "DHCS asks for at least 20%. We cannot promise a target yet.",
      message = "no target is stated" },
    { state = "review", item = "1.1.6.3", response = "Currently 45% of our providers have a certified EHR.",
      at = "45%" },
    { state = "not-applicable", item = "1.1.6.1", response = "We will identify populations." },
    -- Another county's target, one that is taken back, and one for a time that nobody holds anybody to.
    { state = "review", item = "1.1.6.3", fields = { county = "Los Angeles" }, at = "20%",
      response = "In Kern County, we will increase access by 20%.", message = "it is said of “Kern County”" },
    { state = "review", item = "1.1.6.3", response = "We will increase access by 20%. Scratch that.", at = "20%" },
    { state = "review", item = "1.1.6.3", response = "Eventually we will increase access by 20%.", at = "20%" },
  },
}

local figure = pattern([[\d]])
local told = pattern [[\d|[^\W\d_]{3}]]

rule "ipp1.parts" {
  title    = "The response answers each lettered part of its prompt",
  citation = "Payment 1 template, 1.2.6, prompt 1: “Describe the landscape in the county of: a. ECM b. Providers c. "
          .. "Faith-based groups d. Community-based organizations e. County behavioral health care providers …”",
  remedy   = "Answer under the letters of the prompt.",
  why      = "The form prints “ECM” and “Providers” as two parts, which may be one: a person decides.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.parts, "the prompt has no lettered parts"
  end,

  check = function(response)
    local parts = response.item.parts
    local answered = response.text:items():where(function(item) return item.style == "letter" and item.depth == 0 end)
    if #answered == 0 then
      return review("no lettered parts were found; the prompt prints %s", parts)
    elseif #answered < #parts then
      return review("%d lettered parts are answered; the prompt prints %d: %s", #answered, #parts, parts)
        :at(answered:last().marker)
    end
    local irregular = response.text:items().irregular
    if irregular and irregular.style == "letter" then
      return review("which parts are answered is open: the lettering %s", irregular.order):at(irregular.marker)
    end
    for _, part in ipairs(answered) do
      local why, words = says_nothing_by_itself(part.text)
      if not part.text.answered then
        return review("part %s is not answered: “%s” %s", part.marker, part.text, part.text.no_answer or "is blank")
          :at(part.marker)
      elseif why or not part.text:find(told) then
        return review("part %s is not answered: %s", part.marker, why or ("“%s” says nothing"):format(part.text))
          :at(words or part.text)
      elseif #part.text.words <= #response.item.prompt and response.item.prompt:find(tostring(part.text), 1, true)
        and not part.text:find(figure) then
        return review("part %s has the words of the prompt and no more: “%s”", part.marker, part.text):at(part.text)
      end
    end
    return pass("%d lettered parts", #answered)
  end,

  examples = {
    { state = "pass", item = "1.2.6.1", response = "a) 37\nb) 37\nc) 8,600\nd) 60,000\ne) 350" },
    { state = "review", item = "1.2.6.1", response = "a) 37 providers\nb) 8,600 groups", at = "b)" },
    { state = "review", item = "1.2.6.1", response = "There are many providers.",
      message = "no lettered parts were found; the prompt prints a, b, c, d, e" },
    { state = "review", item = "1.2.6.1", response = "1. 37\n2. 37\n3. 8,600\n4. 60,000\n5. 350",
      message = "no lettered parts" },
    { state = "review", item = "1.2.6.1", response = "a) 37\nb) 37\nc) TBD\nd) 60,000\ne) 350", at = "c)" },
    { state = "review", item = "1.2.6.1", response = "a) 37 b) 37 c) left blank on purpose d) 60,000 e) 350",
      message = "“left blank on purpose”" },
    { state = "review", item = "1.2.6.1", response = "a) 37 b) 37 c) see a) d) 60,000 e) 350", at = "c)" },
    { state = "review", item = "1.2.6.1", response = "a) y b) 37 c) 9 d) 60,000 e) 350", message = "“y” says nothing" },
    { state = "review", item = "1.2.6.1", response = "a) 37 b) 37 c) 9 d) 60,000 f) 350", at = "f)",
      message = "the lettering jumps from 4 to 6" },
    { state = "review", item = "1.2.6.1", response = "a) ECM\nb) Providers\nc) Faith-based groups\nd) Community-based "
      .. "organizations\ne) County behavioral health networks", at = "ECM" },
  },
}

local meeting = phrases {
  "meet", "meets", "meeting", "meetings", "convene", "convenes", "convening", "convenings", "gather", "gathers", "gathering",
  "roundtable", "roundtables", "session", "sessions", "sit down", "sits down", "assemble", "assembles", "come together",
  "comes together", "get together", "call", "calls", "check in", "check ins", "conference", "conferences", "touch base",
  "huddle", "huddles", "forum", "forums",
}

rule "ipp1.frequency" {
  title    = "The response says how often the parties meet, and that is often enough",
  citation = "Payment 1 template, 1.2.6, prompt 2: “Approach should include at least quarterly meetings”",
  remedy   = "Say how often you will meet.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.frequency, "the prompt asks for no frequency"
  end,

  check = function(response, submission)
    local plan = plan_of(submission)
    local options = {
      of = meeting, absent = "review", by = plan and { plan, "we", "our plan" }, not_of = plan and others_meeting,
      unless = function(frequency)
        local sentence = frequency.sentence
        local ends = sentence and sentence:find(for_a_while)
        local enough = sentence and sentence:frequencies():where(function(each)
          return each:is_at_least(response.item.frequency)
        end)
        -- "weekly until the launch and quarterly thereafter": both are often enough.
        if ends and (#enough < 2 or #enough < #sentence:frequencies()) then
          return ("“%s” says that it changes"):format(ends), ends
        end
        return said_elsewhere(frequency, submission)
      end,
    }
    return every(response.text, response.item.frequency, options)
  end,

  examples = {
    { state = "pass", item = "1.2.6.2", response = "We will meet at least quarterly." },
    { state = "pass", item = "1.2.6.2", response = "We report every year and meet each month." },
    { state = "fail", item = "1.2.6.2", response = "We will meet twice a year.", at = "twice a year" },
    { state = "review", item = "1.2.6.2", fields = { county = "Los Angeles" }, at = "quarterly",
      response = "We will meet quarterly in San Diego.", message = "it is said of “San Diego”" },
    { state = "pass", item = "1.2.6.2", response = "We will meet every January, April, July and October." },
    { state = "fail", item = "1.2.6.2", response = "We will meet in March and September." },
    -- Often for a while only.
    { state = "review", item = "1.2.6.2", response = "We will meet weekly in January, then once a year.", at = "weekly",
      message = "“then” says that it changes" },
    { state = "pass", item = "1.2.6.2", response = "We will meet weekly until the launch and quarterly thereafter." },
    { state = "review", item = "1.2.6.2", response = "We will meet up to four times a year.", at = "four times a year" },
    { state = "review", item = "1.2.6.2", response = "We will meet on an ongoing basis." },
    { state = "review", item = "1.2.6.2", response = "We cannot commit to quarterly meetings." },
    { state = "review", item = "1.2.6.2", response = "The quarterly newsletter goes to all. We meet as needed." },
  },
}
