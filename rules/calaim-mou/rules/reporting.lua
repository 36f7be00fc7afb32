-- What goes to the compliance officer and to DHCS beside the annual report, and whether the register is kept so that it can be
-- judged.

-- The MOUs in force on the day judged by, the one executed first before the others.
local function in_force(submission)
  return up_to(submission.records.agreement, "executed", submission:judged_on())
    :where(function(agreement) return (is_executed(agreement, submission)) end)
end

-- For the examples: a memorandum executed on that day, and what went to DHCS and to the compliance officer on those.
local function register_of(executed, sent, reports, others)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = executed } }, sent = {}, compliance_report = {} }
  for number, day in ipairs(sent) do
    records.sent[number] = { county = "Mono", party = "WIC", date = day }
  end
  for number, day in ipairs(reports) do
    records.compliance_report[number] = { date = day }
  end
  for kind, rows in pairs(others or {}) do
    records[kind] = rows
  end
  return records
end

local function ended(records, last)
  records.agreement[1].ended = last
  return records
end

-- For the examples: the same with a meeting; others is put into its row.
local function with_meeting(others)
  local row = { county = "Mono", party = "WIC", date = "2024-05-02" }
  for name, value in pairs(others) do
    row[name] = value
  end
  return register_of("2024-02-15", { "2024-02-20" }, { "2024-05-02" }, { meeting = { row } })
end

rule "mou.kept" {
  title    = "The register is kept of all that the policy asks to be done",
  citation = "EE.1144 III.B.3.c: “Report on CalOptima Health compliance with the MOU”; III.B.6: “shall submit to DHCS all executed "
          .. "MOUs”; III.F.3: “a summary of any follow-up action items”; III.F.4: “inviting the appropriate person(s)”",
  remedy   = "Enter what was done: the reports to the compliance officer, the MOUs sent to DHCS, and of each meeting when the "
          .. "party was invited and whether anything was to follow.",
  why      = "What nothing is entered of cannot be judged, and is not taken to be done.",
  each     = "submission",
  level    = "warning",

  when = function(submission)
    return in_force(submission):first(), "no MOU is in force"
  end,

  check = function(submission)
    local missing, uninvited, unsaid = {}, 0, 0
    if not submission.records.compliance_report:first() then
      table.insert(missing, "reports to the compliance officer (III.B.3.c)")
    end
    if not submission.records.sent:first() then
      table.insert(missing, "MOUs sent to DHCS (III.B.6)")
    end
    for _, agreement in ipairs(in_force(submission)) do
      local meetings = up_to(agreement:rows("meeting"), "date", submission:judged_on())
      if meetings:first() then
        uninvited = uninvited + (says_of_meetings(meetings, "invited") and 0 or 1)
        unsaid = unsaid + (says_of_meetings(meetings, "follow_up", "summary") and 0 or 1)
      end
    end
    if unsaid > 0 then
      table.insert(missing, ("what followed from meetings, of %d MOUs (III.F.3)"):format(unsaid))
    end
    if uninvited > 0 then
      table.insert(missing, ("invitations to meetings, of %d MOUs (III.F.4)"):format(uninvited))
    end
    local plan = submission.fields.plan
    if #missing > 0 then
      return review("nothing is entered of: %s", table.concat(missing, "; ")):at(plan)
    end
    return pass():at(plan)
  end,

  examples = {
    { state = "pass", as_of = "2024-05-02", records = with_meeting { invited = "2024-04-20", follow_up = false } },
    { state = "pass", as_of = "2024-05-02", records = with_meeting { invited = "2024-04-20", summary = "2024-05-20" } },
    { state = "review", as_of = "2024-05-02", records = with_meeting { follow_up = true },
      message = "entered of: invitations to meetings, of 1 MOUs" },
    { state = "review", as_of = "2024-05-02", records = with_meeting { invited = "2024-04-20" },
      message = "entered of: what followed from meetings, of 1 MOUs" },
    { state = "pass", as_of = "2024-05-01", records = with_meeting {} },
    { state = "review", as_of = "2024-02-15", records = register_of("2024-02-15", {}, { "2024-02-15" }),
      message = "entered of: MOUs sent to DHCS (III.B.6)" },
    { state = "review", as_of = "2024-02-15", records = register_of("2024-02-15", { "2024-02-15" }, {}),
      fields = { plan = "Health Net" }, at = "Health Net", message = "entered of: reports to the compliance officer" },
    { state = "not-applicable", as_of = "2024-02-14", records = register_of("2024-02-15", {}, {}) },
    { state = "not-applicable", as_of = "2024-05-02", records = ended(with_meeting {}, "2024-05-01") },
  },
}

rule "mou.compliance-report-quarterly" {
  title    = "Who is responsible for compliance gets a report on the MOUs in every quarter",
  citation = "EE.1144 III.B.3.c: “Report on CalOptima Health compliance with the MOU to CalOptima Health’s Director of Medi-Cal "
          .. "Compliance …, no less frequently than quarterly”",
  remedy   = "Report, and enter the day.",
  why      = "Quarters are those of the calendar year, from the first that begins on or after the first execution.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  parameters = {
    horizon = { type = "integer", default = 90, low = 0, high = 365,
                means = "How many days before a quarter ends its report is asked for." },
  },

  when = function(submission)
    if not in_force(submission):first() then
      return false, "no MOU is in force"
    end
    return submission.records.compliance_report:first(), "the register has none of these reports, which has its own finding"
  end,

  check = function(submission, _, parameters)
    local reports = submission.records.compliance_report
    return in_every_quarter(reports:map(function(report) return report:cell("date") end), {
      from = in_force(submission):first().executed, as_of = submission:judged_on(), horizon = parameters.horizon,
      what = "report to the compliance officer",
    }):at(reports)
  end,

  examples = {
    { state = "pass", as_of = "2024-09-30", records = register_of("2024-02-15", {}, { "2024-04-01", "2024-09-30" }) },
    { state = "fail", as_of = "2024-10-01", records = register_of("2024-02-15", {}, { "2024-04-01", "2024-10-01" }),
      message = "no report to the compliance officer in Q3 2024" },
    { state = "review", as_of = "2024-07-02", records = register_of("2024-02-15", {}, { "2024-04-01" }), message = "in 90 days" },
    { state = "pass", as_of = "2024-07-01", records = register_of("2024-02-15", {}, { "2024-04-01" }) },
    { state = "fail", as_of = "2024-07-01", records = register_of("2024-04-01", {}, { "2024-07-01" }), message = "in Q2 2024" },
    { state = "not-applicable", as_of = "2024-10-01", records = register_of("2024-02-15", {}, {}) },
    { state = "not-applicable", as_of = "2024-02-14", records = register_of("2024-02-15", {}, { "2024-02-14" }) },
    { state = "not-applicable", as_of = "2024-10-01",
      records = ended(register_of("2024-02-15", {}, { "2024-04-01" }), "2024-09-30") },
    { state = "fail", as_of = "2024-10-01",
      records = ended(register_of("2024-02-15", {}, { "2024-04-01" }), "2024-10-01"), message = "in Q3 2024" },
  },
}

rule "mou.sent-to-dhcs" {
  title    = "Every executed MOU has been sent to DHCS",
  citation = "EE.1144 III.B.6: “shall submit to DHCS all executed MOUs with Third-Party Entity(s) and county programs required by "
          .. "DHCS”",
  remedy   = "Send the MOU, and enter the day.",
  why      = "No source names the day by which: one that was not sent yet is for a person to judge.",
  each     = "record",
  record   = "agreement",
  level    = "warning",

  when = function(agreement, submission)
    local executed, reason = is_executed(agreement, submission)
    if not executed then
      return false, reason
    end
    return submission.records.sent:first(), "the register has no MOU sent to DHCS, which has its own finding"
  end,

  check = function(agreement, submission)
    local sent = up_to(agreement:rows("sent"), "date", submission:judged_on())
    local last = sent:last()
    if not last then
      return review("the register does not say that it was"):at(agreement:cell("executed"))
    elseif last.date < agreement.executed then
      return review("it was on %s, before its execution", last.date):at(last:cell("date"))
    end
    return pass("on %s", last.date):at(last:cell("date"))
  end,

  examples = {
    { state = "pass", as_of = "2024-02-15", records = register_of("2024-02-15", { "2024-02-15" }, {}), at = "2024-02-15" },
    { state = "pass", as_of = "2024-02-15", records = register_of("2024-02-15", { "2024-02-15", "2024-02-14" }, {}) },
    { state = "review", as_of = "2024-02-15", records = register_of("2024-02-15", { "2024-02-14" }, {}), at = "2024-02-14",
      message = "before its execution" },
    { state = "review", as_of = "2024-02-15", records = register_of("2024-02-15", { "2024-02-16" }, {}), at = "2024-02-15",
      message = "does not say" },
    { state = "not-applicable", as_of = "2024-02-15", records = register_of("2024-02-15", {}, {}) },
    { state = "not-applicable", as_of = "2024-02-14", records = register_of("2024-02-15", { "2024-02-14" }, {}) },
    { state = "not-applicable", as_of = "2024-03-01",
      records = ended(register_of("2024-02-15", { "2024-02-20" }, {}), "2024-02-29") },
  },
}
