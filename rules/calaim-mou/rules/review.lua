-- What is looked at every year, and what goes to DHCS: the review of each memorandum, the annual report, a memorandum asked for.

-- Business days by the lenient reading: neither a state nor a federal holiday. The strict one is Monday to Friday.
local open_days = calendar(form.tables.holiday, { name = "business" })

local add_elements = recogniser(form.tables.report_element, "letter")

-- An element that is given by its letter alone: "a", "(b)", "III.G.3.c".
local letter_alone = pattern([[^(?:EE\.1144 )?(?:III\.)?(?:G\.)?(?:3\.)?\(?([a-h])[).]?$]], "i")

local horizon = { type = "integer", default = 90, low = 0, high = 365,
  means = "How many days before the last day it is asked for." }

-- For the examples: a memorandum executed on 2024-02-01 that was reviewed on these days, with this outcome.
local function reviewed(days, ended, outcome)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", ended = ended } }, review = {} }
  for number, day in ipairs(days) do
    records.review[number] = { county = "Mono", party = "WIC", date = day, outcome = outcome }
  end
  return records
end

-- For the examples: the same with an annual report on 2024; others is put into its row.
local function reported(others)
  local row = { year = "2024" }
  for name, value in pairs(others) do
    row[name] = value
  end
  return { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01" } }, report = { row } }
end

-- For the examples: a memorandum that DHCS asked for on 2024-05-20, the Monday before Memorial Day's week, or on another day.
local function requested(handed_over, received, ended)
  return {
    agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", ended = ended } },
    request = { { county = "Mono", party = "WIC", received = received or "2024-05-20", handed_over = handed_over } },
  }
end

local all_elements = { "attendees", "concerns discussed", "strengths and barriers", "disputes", "duplication of services",
  "member engagement", "evidence of annual review", "copies of modified MOUs" }

-- Words by which the outcome of a review says that there was one, unless it denies them.
local done = phrases { "review", "reviewed", "take place", "took place", "carried out", "conducted", "done", "held", "completed" }
local not_held = pattern([[\b(postponed|deferred|put\soff|cancell?ed|rescheduled|skipped)\b]], "ix")

local function took_place(review)
  local outcome = review.outcome
  if not outcome then
    return true
  end
  local denied = outcome:mentions(done):where(function(mention) return mention.denied end):first()
  return not denied and not outcome:find(not_held)
end

rule "mou.annual-review" {
  title    = "Every executed MOU is reviewed every year",
  citation = "EE.1144 III.G.1: “must review MOU(s) annually”; III.A.2.k: “annually reviewing the MOU for necessary updates”",
  remedy   = "Review the MOU for necessary updates, and enter day and outcome.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  why      = "What was looked at before the execution was not yet the MOU: only reviews from that day on count.",

  parameters = { horizon = horizon },

  when = was_executed,

  check = function(agreement, submission, parameters)
    local months, day = term["annual review"].number, judged_by(agreement, submission)
    local days = up_to(agreement:rows("review"), "date", day)
      :where(function(review) return review.date >= agreement.executed and took_place(review) end)
      :map(function(review) return review:cell("date") end)
    local verdict = recurring(days, {
      first = agreement.executed:add_months(months), months = months,
      as_of = day, horizon = parameters.horizon, what = "review",
    })
    verdict = #days == 0 and verdict:at(agreement:cell("executed")) or verdict
    return until_end(verdict, agreement, submission)
  end,

  examples = {
    { state = "pass", as_of = "2025-03-01", records = reviewed { "2025-02-01" } },
    { state = "fail", as_of = "2025-03-01", records = reviewed { "2025-02-02" }, at = "2025-02-02", message = "1 day late" },
    { state = "fail", as_of = "2025-02-02", records = reviewed {}, at = "2024-02-01", message = "was due on 2025-02-01" },
    { state = "fail", as_of = "2025-11-02", records = reviewed { "2024-11-01" }, message = "was due on 2025-11-01" },
    { state = "review", as_of = "2025-02-01", records = reviewed {}, message = "today" },
    { state = "pass", as_of = "2024-11-02", records = reviewed {}, message = "not due before 2025-02-01" },
    { state = "review", as_of = "2024-11-03", records = reviewed {}, message = "in 90 days" },
    -- A review that did not take place is none.
    { state = "fail", as_of = "2025-02-02", records = reviewed({ "2025-01-10" }, nil, "The review did not take place."),
      message = "was due on 2025-02-01" },
    { state = "fail", as_of = "2025-02-02", records = reviewed({ "2025-01-10" }, nil, "Postponed to May."),
      message = "was due on 2025-02-01" },
    { state = "pass", as_of = "2025-02-02", records = reviewed({ "2025-01-10" }, nil, "Reviewed; no changes are needed.") },
    { state = "pass", as_of = "2025-02-02", records = reviewed({ "2025-01-10" }, nil, "number of days to be corrected") },
    -- A review before the execution is none of this MOU, one on its day is.
    { state = "fail", as_of = "2025-02-02", records = reviewed { "2024-01-31" }, at = "2024-02-01",
      message = "was due on 2025-02-01" },
    { state = "fail", as_of = "2025-12-01", records = reviewed { "2024-01-31", "2025-02-02" }, message = "1 day late" },
    { state = "pass", as_of = "2024-10-01", records = reviewed { "2024-02-01" }, message = "not due before 2025-02-01" },
    -- What was due by the end was owed, what came after it is not.
    { state = "fail", as_of = "2026-01-01", records = reviewed({}, "2025-02-01"), message = "was due on 2025-02-01" },
    { state = "pass", as_of = "2026-01-01", records = reviewed({}, "2025-01-31"), at = "2025-01-31",
      message = "nothing more was due" },
    { state = "pass", as_of = "2026-01-01", records = reviewed({ "2025-01-20", "2025-06-01" }, "2025-03-31") },
    { state = "review", as_of = "2025-01-31", records = reviewed({}, "2025-01-31"), message = "in 1 day" },
    { state = "not-applicable", as_of = "2024-01-31", records = reviewed {} },
  },
}

-- Whether some MOU was in force in a year that is over.
local function has_one_in(year, submission)
  return #up_to(submission.records.agreement, "executed", submission:judged_on()):where(function(agreement)
    return agreement.executed.year <= year and not (agreement.ended and agreement.ended.year < year)
  end) > 0
end

rule "mou.report-each-year" {
  title    = "The register has an annual report for every year that is over",
  citation = "EE.1144 III.G.1: “submit to DHCS Managed Care Operations Division (MCOD) Contract Manager an annual report”",
  remedy   = "Enter the report, with the day on which DHCS wants it.",
  why      = "DHCS says when the report on a year is due; until the register knows, a person must.",
  each     = "submission",
  level    = "warning",

  when = function(submission)
    local first = up_to(submission.records.agreement, "executed", submission:judged_on()):first()
    return first and first.executed.year < submission:judged_on().year, "no year with an executed MOU is over"
  end,

  check = function(submission)
    local reported_on = {}
    for _, report in ipairs(submission.records.report) do
      if report.year and report.due then
        reported_on[tostring(report.year)] = true
      end
    end
    local day, missing = submission:judged_on(), {}
    for year = up_to(submission.records.agreement, "executed", day):first().executed.year, day.year - 1 do
      if not reported_on[tostring(year)] and has_one_in(year, submission) then
        table.insert(missing, tostring(year))
      end
    end
    if #missing > 0 then
      return review("no report with its due day on %s", table.concat(missing, ", ")):at(submission.records.report)
    end
    return pass():at(submission.records.report)
  end,

  examples = {
    { state = "pass", as_of = "2025-01-01", records = reported { due = "2025-03-03" } },
    { state = "review", as_of = "2025-01-01", records = reported {}, message = "2024" },
    { state = "review", as_of = "2026-01-01", records = reported { due = "2025-03-03" }, message = "on 2025" },
    { state = "review", as_of = "2025-01-01", expected_here = true,
      records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-12-31" } } } },
    { state = "review", as_of = "2026-01-01", message = "on 2025",
      records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", ended = "2025-01-01" } },
                  report = { { year = "2024", due = "2025-03-03" } } } },
    { state = "pass", as_of = "2026-01-01",
      records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", ended = "2024-12-31" } },
                  report = { { year = "2024", due = "2025-03-03" } } } },
    { state = "review", as_of = "2027-01-01", message = "on 2026",
      records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", ended = "2024-12-31" },
                                { county = "Inyo", party = "WIC", executed = "2026-02-01" } },
                  report = { { year = "2024", due = "2025-03-03" } } } },
    { state = "not-applicable", as_of = "2024-12-31", records = reported {} },
    { state = "not-applicable", as_of = "2025-12-31" },
  },
}

rule "mou.report-submitted" {
  title    = "The annual report goes to DHCS by the day on which it is due",
  citation = "EE.1144 III.G.1: “submit to DHCS Managed Care Operations Division (MCOD) Contract Manager an annual report”",
  remedy   = "Submit the report, and enter the day.",
  each     = "record",
  record   = "report",
  level    = "error",
  review_level = "warning",

  parameters = { horizon = horizon },

  when = function(report)
    return report.due, "the register does not say when it is due"
  end,

  check = function(report, submission, parameters)
    return done_by(report:cell("submitted"), report:cell("due"), {
      as_of = submission:judged_on(), horizon = parameters.horizon, what = "submission",
    })
  end,

  examples = {
    { state = "pass", as_of = "2025-04-01", records = reported { due = "2025-03-03", submitted = "2025-03-03" },
      at = "2025-03-03" },
    { state = "fail", as_of = "2025-04-01", records = reported { due = "2025-03-03", submitted = "2025-03-04" },
      at = "2025-03-04" },
    { state = "fail", as_of = "2025-03-04", records = reported { due = "2025-03-03" }, expected_here = true },
    { state = "review", as_of = "2025-03-03", records = reported { due = "2025-03-03" }, expected_here = true },
    { state = "not-applicable", as_of = "2025-03-04", records = reported {} },
  },
}

rule "mou.report-posted" {
  title    = "The annual report stands on the website by the day on which it is due",
  citation = "EE.1144 III.G.2.b: “The annual report on DHCS report due date”",
  remedy   = "Post the report, and enter the day.",
  each     = "record",
  record   = "report",
  level    = "error",
  review_level = "warning",

  parameters = { horizon = horizon },

  when = function(report)
    return report.due, "the register does not say when it is due"
  end,

  check = function(report, submission, parameters)
    return done_by(report:cell("posted"), report:cell("due"), {
      as_of = submission:judged_on(), horizon = parameters.horizon, what = "posting",
    })
  end,

  examples = {
    { state = "pass", as_of = "2025-04-01", records = reported { due = "2025-03-03", posted = "2025-03-03" },
      at = "2025-03-03" },
    { state = "fail", as_of = "2025-04-01", records = reported { due = "2025-03-03", posted = "2025-03-04" },
      at = "2025-03-04" },
    { state = "fail", as_of = "2025-03-04", records = reported { due = "2025-03-03" }, expected_here = true },
    { state = "review", as_of = "2025-03-03", records = reported { due = "2025-03-03" }, expected_here = true },
    { state = "not-applicable", as_of = "2025-03-04", records = reported {} },
  },
}

rule "mou.report-elements" {
  title    = "The annual report has each of the elements that the policy lists",
  citation = "EE.1144 III.G.3: “The annual MOU report must include the following elements”, a to h",
  remedy   = "Add the element to the report, or to the register's list where the report has it.",
  each     = "record",
  record   = "report",
  level    = "error",
  review_level = "warning",

  when = function(report, submission)
    return happened(report.submitted, submission:judged_on()), "it has not been submitted"
  end,

  check = function(report)
    local cell, there, missing, unknown = report:cell("elements"), {}, {}, {}
    for _, element in ipairs(report.elements or {}) do
      local alone = element:find(letter_alone)
      if alone then
        there[tostring(alone[1]):lower()] = true
      elseif not add_elements(element, there) then
        table.insert(unknown, element)
      end
    end
    for _, element in ipairs(form.tables.report_element) do
      if not there[element.letter] then
        table.insert(missing, ("%s (%s)"):format(element.letter, element.name))
      end
    end
    return of_list(cell, missing, unknown, "report")
  end,

  examples = {
    { state = "pass", as_of = "2025-03-03", records = reported { submitted = "2025-03-03", elements = all_elements } },
    -- What is not in it, and what DHCS asks for.
    { state = "review", as_of = "2025-03-03", message = "a (", records = reported { submitted = "2025-03-03",
      elements = { "no list of attendees", "b", "c", "d", "e", "f", "g", "h" } } },
    { state = "review", as_of = "2025-03-03", message = "a (", records = reported { submitted = "2025-03-03",
      elements = { "DHCS asks for a list of attendees", "b", "c", "d", "e", "f", "g", "h" } } },
    -- The policy's own words, and its letters.
    { state = "pass", as_of = "2025-03-03", records = reported { submitted = "2025-03-03", elements = {
      "List of all attendees, including CalOptima Health’s Responsible Person(s), leadership, and county executives",
      "All Care Coordination and Referral concerns discussed",
      "Strengths, barriers, and plans to improve effective collaboration between CalOptima Health and Third-Party Entities",
      "All disputes and resulting outcomes", "Strategies to address duplication of services",
      "Member engagement challenges and successes",
      "Evidence of CalOptima Health’s annual review of MOUs, to include a summary of the review process and outcomes, and "
        .. "any resulting amendments to the MOU or policies and procedures",
      "Copies of any MOUs modified or renewed" } } },
    { state = "pass", as_of = "2025-03-03", records = reported { submitted = "2025-03-03",
      elements = { "III.G.3.a", "EE.1144 III.G.3.b", "G.3.C", "3.d", "(e)", "f.", "g)", "h" } } },
    { state = "fail", as_of = "2025-03-03", message = "a (attendees)", records = reported { submitted = "2025-03-03",
      elements = { "a dispute", "b", "c", "d", "e", "f", "g", "h" } } },
    { state = "fail", as_of = "2025-03-03", message = "a (attendees)", records = reported { submitted = "2025-03-03",
      elements = { "b", "c", "d", "e", "f", "g", "h" } } },
    -- What is known by no name may be what is missing, where it is enough for it.
    { state = "review", as_of = "2025-03-03", message = "f (member engagement); “members” is none of the others", at = "members",
      records = reported { submitted = "2025-03-03", elements = { "a", "b", "c", "d", "e", "members", "g", "h" } } },
    { state = "fail", as_of = "2025-03-03", message = "not in the report: f (member engagement), g", records = reported {
      submitted = "2025-03-03", elements = { "a", "b", "c", "d", "e", "members", "h" } } },
    { state = "fail", as_of = "2025-03-03", message = "e (duplication of services), h (copies",
      records = reported { submitted = "2025-03-03", elements = { "attendance", "referral concerns", "strengths",
        "disputes and outcomes", "engagement of members", "annual review" } } },
    { state = "fail", as_of = "2025-03-03", message = "not in the report: b (concerns discussed)",
      records = reported { submitted = "2025-03-03", elements = { "attendance", "strengths", "disputes", "duplication",
        "member engagement", "annual review", "renewed MOUs" } } },
    { state = "fail", as_of = "2025-03-03", records = reported { submitted = "2025-03-03" }, expected_here = true },
    { state = "not-applicable", as_of = "2025-03-02", records = reported { submitted = "2025-03-03" } },
  },
}

rule "mou.request" {
  title    = "An executed MOU that DHCS asks for is handed over within its term of business days",
  citation = "EE.1144 III.B.5: “within ten (10) business days of receipt of DHCS’s request”",
  remedy   = "Hand the MOU over, and enter the day.",
  why      = "No source says what a business day is: where it depends on whether holidays count, a person decides.",
  each     = "record",
  record   = "request",
  level    = "error",
  review_level = "warning",

  when = function(request, submission)
    local owner = request.owner
    if owner and owner.ended and request.received and owner.ended < request.received then
      return false, "its MOU had ended"
    end
    return happened(request.received, submission:judged_on()), "it has not been received"
  end,

  check = function(request, submission)
    local timer, day = term["MOU handed over"], submission:judged_on()
    local strict_last = request.received:add(timer.number, timer.kind)
    local lenient_last = request.received:add(timer.number, open_days)
    local function held_to(last, reading)
      return done_by(request:cell("handed_over"), last, {
        as_of = day, what = "handing over",
        from = ("%d %s days from %s, %s"):format(timer.number, timer.kind, request.received, reading),
      })
    end
    local by = happened(request.handed_over, day) and request.handed_over or day
    if by <= strict_last then
      return held_to(strict_last, "Monday to Friday")
    elseif by <= lenient_last then
      return instead(held_to(strict_last, "Monday to Friday"), "review"):working("in time when holidays do not count")
    end
    return held_to(lenient_last, "without holidays")
  end,

  examples = {
    { state = "pass", as_of = "2024-07-01", records = requested "2024-06-03", at = "2024-06-03" },
    { state = "pass", as_of = "2024-07-01", records = requested("2024-04-22", "2024-04-08") },
    { state = "fail", as_of = "2024-07-01", records = requested("2024-04-23", "2024-04-08") },
    { state = "review", as_of = "2024-07-01", records = requested "2024-06-04", at = "2024-06-04" },
    { state = "fail", as_of = "2024-07-01", records = requested "2024-06-05", at = "2024-06-05",
      message = "due on 2024-06-04" },
    -- Juneteenth is a federal holiday, Cesar Chavez Day (kept on 2024-04-01) a state one.
    { state = "review", as_of = "2024-07-01", records = requested("2024-06-24", "2024-06-07") },
    { state = "fail", as_of = "2024-07-01", records = requested("2024-06-25", "2024-06-07") },
    { state = "review", as_of = "2024-07-01", records = requested("2024-04-08", "2024-03-22") },
    { state = "fail", as_of = "2024-07-01", records = requested("2024-04-09", "2024-03-22") },
    { state = "fail", as_of = "2024-06-05", records = requested(), expected_here = true },
    { state = "review", as_of = "2024-06-04", records = requested(), expected_here = true, message = "1 day ago" },
    { state = "review", as_of = "2024-06-03", records = requested(), expected_here = true, message = "today" },
    { state = "fail", as_of = "2024-06-05", records = requested(nil, nil, "2024-05-20"), expected_here = true },
    { state = "not-applicable", as_of = "2024-06-05", records = requested(nil, nil, "2024-05-19") },
    { state = "not-applicable", as_of = "2024-05-19", records = requested() },
  },
}
