-- The quarterly meetings: one in every quarter, who came, what was spoken about, and that day and time stand on the website.

local add_topics = recogniser(form.tables.meeting_topic, "name")

-- For `when`: whether a meeting took place under an executed memorandum, by the day judged by.
local function took_place(meeting, submission)
  if not happened(meeting.date, submission:judged_on()) then
    return false, "it has not taken place"
  end
  local owner = meeting.owner
  if owner and owner.ended and owner.ended < meeting.date then
    return false, "it is after the end of its MOU, which has its own finding"
  end
  return owner and owner.executed and owner.executed <= meeting.date,
    "it is before the execution of its MOU, which has its own finding"
end

-- Whether the register says of one of these meetings what these columns say.
local function says_of_meetings(meetings, ...)
  for _, meeting in ipairs(meetings) do
    for _, column in ipairs { ... } do
      if not meeting:cell(column).blank then
        return true
      end
    end
  end
  return false
end

-- For the examples: a memorandum executed on 2024-02-15, and its meetings: each a day, or a row without county and party.
local function held(meetings, executed, ended)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = executed or "2024-02-15", ended = ended } },
                    meeting = {} }
  for number, meeting in ipairs(meetings) do
    local row = { county = "Mono", party = "WIC" }
    for name, value in pairs(type(meeting) == "table" and meeting or { date = meeting }) do
      row[name] = value
    end
    records.meeting[number] = row
  end
  return records
end

rule "mou.meeting-quarterly" {
  title    = "The parties of an executed MOU meet in every quarter",
  citation = "EE.1144 III.F.1: “shall meet at least quarterly”",
  remedy   = "Meet, and enter the day; for a quarter that is over, say in the annual report why there was no meeting.",
  why      = "Quarters are those of the calendar year, from the first that begins on or after the day of execution.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  parameters = {
    horizon = { type = "integer", default = 90, low = 0, high = 365,
                means = "How many days before a quarter ends its meeting is asked for." },
  },

  when = was_executed,

  check = function(agreement, submission, parameters)
    local days = agreement:rows("meeting"):map(function(meeting) return meeting:cell("date") end)
    return until_end(in_every_quarter(days, {
      from = agreement.executed, as_of = judged_by(agreement, submission), horizon = parameters.horizon, what = "meeting",
    }):at(agreement:cell("executed")), agreement, submission)
  end,

  examples = {
    { state = "pass", as_of = "2024-06-30", records = held { "2024-04-01" } },
    { state = "pass", as_of = "2024-07-01", records = held { "2024-04-01" }, message = "no meeting in Q3 2024 yet" },
    { state = "review", as_of = "2024-07-02", records = held { "2024-04-01" }, message = "in 90 days" },
    { state = "pass", as_of = "2024-06-30", records = held { "2024-06-30" } },
    { state = "pass", as_of = "2024-09-01", records = held { "2024-05-02", "2024-08-30" } },
    { state = "pass", as_of = "2024-03-31", records = held {}, message = "the first quarter that counts" },
    { state = "fail", as_of = "2024-07-01", records = held { "2024-03-31" }, message = "no meeting in Q2 2024" },
    { state = "fail", as_of = "2024-07-01", records = held { "2024-07-01" }, message = "no meeting in Q2 2024" },
    { state = "fail", as_of = "2025-01-01", records = held { "2024-08-30" }, message = "Q2 2024 and Q4 2024" },
    { state = "review", as_of = "2024-06-30", records = held {}, message = "ends on 2024-06-30" },
    -- The quarter in which the MOU ends is not owed, unless it ends on its last day.
    { state = "pass", as_of = "2025-01-01", records = held({ "2024-05-02" }, nil, "2024-09-29"), at = "2024-09-29" },
    { state = "fail", as_of = "2025-01-01", records = held({ "2024-05-02" }, nil, "2024-09-30"), message = "no meeting in Q3" },
    { state = "fail", as_of = "2025-01-01", records = held({}, nil, "2024-07-01"), message = "no meeting in Q2 2024" },
    { state = "review", as_of = "2024-09-29", records = held({ "2024-05-02" }, nil, "2024-09-29"), message = "in 1 day" },
    { state = "not-applicable", as_of = "2024-02-14", records = held {} },
  },
}

rule "mou.meeting-after-execution" {
  title    = "No meeting under an MOU is before the day of its execution",
  citation = "EE.1144 III.F.1: “CalOptima Health and Third-Party Entity(s) shall meet”, under the executed MOU (III.A.2.f)",
  remedy   = "Correct the day of the meeting or of the execution, or take the meeting out.",
  each     = "record",
  record   = "meeting",
  level    = "error",

  when = function(meeting)
    if not (meeting.date and meeting.owner) then
      return false, "its day or its MOU is not known"
    end
    local executed = meeting.owner:cell("executed")
    return executed.value or executed.blank, "the day of execution could not be read, which has its own finding"
  end,

  check = function(meeting)
    local executed = meeting.owner:cell("executed")
    if not executed.value then
      return fail("the MOU has not been executed"):at(meeting:cell("date")):see(executed, "where its execution would stand")
    end
    return on_or_after(meeting:cell("date"), executed.value, "day of the meeting"):see(executed, "the execution")
  end,

  examples = {
    { state = "pass", records = held { "2024-02-15" }, at = "2024-02-15" },
    { state = "fail", records = held { "2024-02-14" }, at = "2024-02-14", message = "is before 2024-02-15" },
    { state = "fail", records = held({ "2024-02-14" }, " "), at = "2024-02-14", message = "has not been executed" },
    { state = "not-applicable", unreadable = true, records = held({ "2024-02-14" }, "2024-02-30") },
    { state = "not-applicable", records = { meeting = { { county = "Mono", party = "WIC", date = "2024-02-14" } } } },
  },
}

rule "mou.nothing-after-end" {
  title    = "Nothing is entered under an MOU that is after its last day",
  citation = "EE.1144 III.C.3: “continue without delay to carry out their responsibilities under the MOU …, unless the MOU is "
          .. "terminated”",
  remedy   = "Correct one of the two days; where the MOU was renewed, take its end out or enter the new one.",
  each     = "record",
  record   = "agreement",
  level    = "warning",

  when = function(agreement, submission)
    return end_of(agreement, submission), "it has not ended"
  end,

  check = function(agreement, submission)
    local last = agreement.ended
    for _, kind in ipairs { "meeting", "training", "review" } do
      for _, row in ipairs(up_to(agreement:rows(kind), "date", submission:judged_on())) do
        if row.date > last then
          return review("the %s of %s is after its end on %s", kind, row.date, last):at(row:cell("date"))
            :see(agreement:cell("ended"), "the end")
        end
      end
    end
    return pass():at(agreement:cell("ended"))
  end,

  examples = {
    { state = "pass", as_of = "2024-07-01", records = held({ "2024-05-02" }, nil, "2024-05-02"), at = "2024-05-02" },
    { state = "review", as_of = "2024-07-01", records = held({ "2024-05-02" }, nil, "2024-05-01"), at = "2024-05-02",
      message = "the meeting of" },
    { state = "pass", as_of = "2024-07-01", records = held({ "2024-07-02" }, nil, "2024-05-01") },
    { state = "review", as_of = "2024-07-01", at = "2024-06-01", message = "the review of", records = {
      agreement = { { county = "Mono", party = "WIC", executed = "2024-02-15", ended = "2024-05-01" } },
      review = { { county = "Mono", party = "WIC", date = "2024-06-01" } } } },
    { state = "review", as_of = "2024-07-01", at = "2024-06-01", message = "the training of", records = {
      agreement = { { county = "Mono", party = "WIC", executed = "2024-02-15", ended = "2024-05-01" } },
      training = { { county = "Mono", party = "WIC", date = "2024-06-01" } } } },
    { state = "not-applicable", as_of = "2024-05-01", records = held({ "2024-05-02" }, nil, "2024-05-01") },
    { state = "not-applicable", as_of = "2024-07-01", records = held { "2024-05-02" } },
  },
}

rule "mou.meeting-topics" {
  title    = "Each meeting addresses every topic that the policy lists",
  citation = "EE.1144 III.F.1: “to address Care Coordination, Quality Improvement (QI) activities, QI outcomes, systemic and "
          .. "case-specific concerns, and communication”",
  remedy   = "Add what was spoken about to the register, or put what was left out on the next agenda.",
  each     = "record",
  record   = "meeting",
  level    = "warning",

  when = took_place,

  check = function(meeting)
    local cell, addressed, missing = meeting:cell("topics"), {}, {}
    for _, topic in ipairs(meeting.topics or {}) do
      add_topics(topic, addressed)
    end
    for _, topic in ipairs(form.tables.meeting_topic) do
      if not addressed[topic.name] then
        table.insert(missing, topic.name)
      end
    end
    if #missing > 0 then
      return review("not addressed: %s", table.concat(missing, ", ")):at(cell)
    end
    return pass("all topics were addressed"):at(cell)
  end,

  examples = {
    { state = "pass", as_of = "2024-05-02", records = held { { date = "2024-05-02", topics = {
      "coordination of care", "QI activities", "QI outcomes", "systemic and case-specific concerns", "communication" } } } },
    { state = "review", as_of = "2024-02-15", records = held { "2024-02-15" }, expected_here = true },
    { state = "review", as_of = "2024-05-02", records = held { { date = "2024-05-02", topics = {
      "care coordination", "QI projects", "systemic concerns", "single cases", "communications" } } },
      message = "not addressed: QI outcomes" },
    -- What somebody else asks for, and what was put off.
    { state = "review", as_of = "2024-05-02", records = held { { date = "2024-05-02", topics = {
      "coordination of care", "QI activities", "DHCS asks for QI outcomes", "systemic and case-specific concerns",
      "communication" } } }, message = "QI outcomes" },
    { state = "review", as_of = "2024-05-02", records = held { { date = "2024-05-02", topics = {
      "coordination of care", "QI activities", "QI outcomes (next meeting)", "systemic and case-specific concerns",
      "communication" } } }, message = "QI outcomes" },
    { state = "review", as_of = "2024-05-02", records = held { { date = "2024-05-02", topics = { "TBD" } } },
      message = "not addressed: care coordination" },
    -- What was not spoken of.
    { state = "review", as_of = "2024-05-02", records = held { { date = "2024-05-02", topics = {
      "coordination of care", "QI activities", "QI outcomes were not discussed", "systemic and case-specific concerns",
      "communication" } } }, message = "QI outcomes" },
    { state = "review", as_of = "2024-05-02", records = held { "2024-05-02" }, expected_here = true },
    { state = "not-applicable", as_of = "2024-05-01", records = held { "2024-05-02" } },
    { state = "not-applicable", as_of = "2024-05-01", records = held { "2024-02-14" } },
    { state = "not-applicable", as_of = "2024-05-02", records = held({ "2024-05-02" }, nil, "2024-05-01") },
    { state = "review", as_of = "2024-05-02", records = held({ "2024-05-02" }, nil, "2024-05-02"), expected_here = true },
  },
}

rule "mou.meeting-both-parties" {
  title    = "Both parties are present at each meeting",
  citation = "EE.1144 III.F.2.a: “Appropriate representatives from both parties to the MOU … must: Be present”",
  remedy   = "Enter how many came for either side; repeat a meeting to which one side did not come.",
  each     = "record",
  record   = "meeting",
  level    = "error",
  review_level = "warning",

  when = took_place,

  check = function(meeting)
    local plan, party = meeting:cell("plan_attendees"), meeting:cell("party_attendees")
    for _, attendees in ipairs { plan, party } do
      if attendees.blank then
        return instead(present(attendees), "review")
      end
    end
    return all_of(at_least(plan, 1, "attendees for the plan"), at_least(party, 1, "attendees for the party"))
  end,

  examples = {
    { state = "pass", as_of = "2024-05-02",
      records = held { { date = "2024-05-02", plan_attendees = 1, party_attendees = 1 } } },
    { state = "fail", as_of = "2024-05-02",
      records = held { { date = "2024-05-02", plan_attendees = 3, party_attendees = 0 } }, at = "0",
        message = "for the party" },
    { state = "fail", as_of = "2024-05-02",
      records = held { { date = "2024-05-02", plan_attendees = 0, party_attendees = 1 } }, at = "0",
        message = "for the plan" },
    { state = "review", as_of = "2024-05-02", records = held { { date = "2024-05-02", plan_attendees = 3 } },
      expected_here = true },
    { state = "not-applicable", as_of = "2024-05-01", records = held { "2024-05-02" } },
  },
}

rule "mou.meeting-direct-service" {
  title    = "Somebody who works with the members served is present at each meeting",
  citation = "EE.1144 III.F.2.b: “at least one individual that directly interacts with the member population being served”",
  remedy   = "Invite such a person to the next meeting; where one came, say so in the register.",
  each     = "record",
  record   = "meeting",
  level    = "error",
  review_level = "warning",

  when = took_place,

  check = function(meeting)
    local cell = meeting:cell("direct_service")
    if cell.blank then
      return instead(present(cell), "review")
    elseif cell.value == nil then
      return not_applicable("it could not be read, which has its own finding"):at(cell)
    elseif not cell.value then
      return fail("nobody who works with members was present"):at(cell)
    end
    return pass():at(cell)
  end,

  examples = {
    { state = "pass", as_of = "2024-05-02", records = held { { date = "2024-05-02", direct_service = true } } },
    { state = "fail", as_of = "2024-05-02", records = held { { date = "2024-05-02", direct_service = false } },
      at = "false" },
    { state = "review", as_of = "2024-05-02", records = held { "2024-05-02" }, expected_here = true },
    { state = "not-applicable", unreadable = true,
      as_of = "2024-05-02", records = held { { date = "2024-05-02", direct_service = "some" } } },
    { state = "not-applicable", as_of = "2024-05-01", records = held { { date = "2024-05-02", direct_service = false } } },
  },
}

rule "mou.county-executives" {
  title    = "County executives come, or are invited, to some of the meetings",
  citation = "EE.1144 III.F.1.a: “an opportunity to discuss and address care coordination and MOU-related issues directly with "
          .. "county executives when applicable”",
  remedy   = "Invite them to the next meeting.",
  each     = "record",
  record   = "agreement",
  level    = "note",

  when = function(agreement, submission)
    return #up_to(agreement:rows("meeting"), "date", submission:judged_on()) > 0, "there has been no meeting"
  end,

  check = function(agreement, submission)
    local meetings = up_to(agreement:rows("meeting"), "date", submission:judged_on())
    local with_executives = meetings:where(function(meeting) return meeting.executives end)
    if #with_executives == 0 then
      return review("none of %d meetings had them, or invited them", #meetings):at(meetings:last():cell("executives"))
    end
    return pass("%d of %d meetings", #with_executives, #meetings)
  end,

  examples = {
    { state = "pass", as_of = "2024-08-02",
      records = held { { date = "2024-05-02", executives = true }, { date = "2024-08-02", executives = false } } },
    { state = "review", as_of = "2024-08-01",
      records = held { { date = "2024-05-02", executives = false }, { date = "2024-08-02", executives = true } },
        at = "false" },
    { state = "not-applicable", as_of = "2024-05-01", records = held { "2024-05-02" } },
  },
}

rule "mou.meeting-posted" {
  title    = "Date and time of each meeting are posted within their term of Working Days",
  citation = "EE.1144 III.F.3: “Within thirty (30) Working Days after each quarterly meeting”; IX, Working Days: “Monday through "
          .. "Friday, except for state holidays”",
  remedy   = "Post the date and time on the website, and enter the day.",
  each     = "record",
  record   = "meeting",
  level    = "error",
  review_level = "warning",

  when = took_place,

  check = function(meeting, submission)
    local timer = term["meeting posted"]
    return done_by(meeting:cell("posted"), meeting.date:add(timer.number, working_days), {
      as_of = submission:judged_on(), what = "posting",
      from = ("%d Working Days after %s"):format(timer.number, meeting.date),
    })
  end,

  examples = {
    -- Memorial Day is off, Juneteenth is not.
    { state = "pass", as_of = "2024-08-01", records = held { { date = "2024-05-20", posted = "2024-07-02" } },
      at = "2024-07-02" },
    { state = "fail", as_of = "2024-08-01", records = held { { date = "2024-05-20", posted = "2024-07-03" } },
      at = "2024-07-03" },
    -- Veterans Day, Thanksgiving and the day after it.
    { state = "pass", as_of = "2025-01-10", records = held { { date = "2024-11-06", posted = "2024-12-23" } } },
    { state = "fail", as_of = "2025-01-10", records = held { { date = "2024-11-06", posted = "2024-12-24" } } },
    -- Christmas and New Year's Day.
    { state = "pass", as_of = "2025-02-10", records = held { { date = "2024-12-13", posted = "2025-01-29" } } },
    { state = "fail", as_of = "2025-02-10", records = held { { date = "2024-12-13", posted = "2025-01-30" } } },
    { state = "fail", as_of = "2024-07-03", records = held { "2024-05-20" }, expected_here = true },
    { state = "review", as_of = "2024-07-02", records = held { "2024-05-20" }, expected_here = true, message = "today" },
    { state = "not-applicable", as_of = "2024-05-19", records = held { "2024-05-20" } },
  },
}

rule "mou.meeting-invited" {
  title    = "The party is invited to each meeting in advance",
  citation = "EE.1144 III.F.4: “inviting the appropriate person(s) from the Third-Party Entity(s) in advance to quarterly meetings”",
  remedy   = "Enter the day on which the party was invited; invite it in advance to the next meeting.",
  each     = "record",
  record   = "meeting",
  level    = "error",
  review_level = "warning",

  when = function(meeting, submission)
    local held_then, reason = took_place(meeting, submission)
    if not held_then then
      return false, reason
    end
    return says_of_meetings(meeting.owner:rows("meeting"), "invited"), "the register says it of no meeting of this MOU"
  end,

  check = function(meeting)
    local cell = meeting:cell("invited")
    if cell.blank then
      return instead(present(cell), "review")
    end
    return before(cell, meeting.date, "day of the invitation"):see(meeting:cell("date"), "the meeting")
  end,

  examples = {
    { state = "pass", as_of = "2024-05-02", records = held { { date = "2024-05-02", invited = "2024-05-01" } },
      at = "2024-05-01" },
    { state = "fail", as_of = "2024-05-02", records = held { { date = "2024-05-02", invited = "2024-05-02" } },
      at = "2024-05-02" },
    { state = "review", as_of = "2024-05-02", records = held { "2024-05-02", { date = "2024-03-02", invited = "2024-02-20" } },
      expected_here = true },
    { state = "not-applicable", as_of = "2024-05-02", records = held { "2024-05-02" } },
    { state = "not-applicable", unreadable = true,
      as_of = "2024-05-02", records = held { { date = "2024-05-02", invited = "in April" } } },
    { state = "not-applicable", as_of = "2024-05-01", records = held { { date = "2024-05-02", invited = "2024-05-02" } } },
  },
}

rule "mou.meeting-summary" {
  title    = "Those who met get a summary of what is to follow",
  citation = "EE.1144 III.F.3: “As applicable, CalOptima Health shall distribute to meeting participants a summary of any "
          .. "follow-up action items, changes to processes, or corrective actions”",
  remedy   = "Send the summary, and enter the day; where nothing was to follow, say so.",
  why      = "No source names the day by which: one that was not sent yet is for a person to judge.",
  each     = "record",
  record   = "meeting",
  level    = "error",
  review_level = "warning",

  when = function(meeting, submission)
    local held_then, reason = took_place(meeting, submission)
    if not held_then then
      return false, reason
    end
    return says_of_meetings(meeting.owner:rows("meeting"), "follow_up", "summary"),
      "the register says it of no meeting of this MOU"
  end,

  check = function(meeting, submission)
    local follow_up, summary = meeting:cell("follow_up"), meeting:cell("summary")
    if summary.value and summary.value < meeting.date then
      return on_or_after(summary, meeting.date, "day of the summary"):see(meeting:cell("date"), "the meeting")
    elseif happened(summary, submission:judged_on()) then
      return pass("sent on %s", summary.value):at(summary)
    elseif follow_up.value == false then
      return pass("nothing was to follow"):at(follow_up)
    elseif follow_up.value then
      return review("something is to follow, and no summary has been sent"):at(summary)
    elseif not follow_up.blank then
      return not_applicable("whether anything was to follow could not be read, which has its own finding"):at(follow_up)
    end
    return review("whether anything was to follow is not said"):at(follow_up)
  end,

  examples = {
    { state = "pass", as_of = "2024-05-02", records = held { { date = "2024-05-02", summary = "2024-05-02" } },
      at = "2024-05-02", message = "sent on 2024-05-02" },
    { state = "pass", as_of = "2024-05-02", records = held { { date = "2024-05-02", follow_up = false } }, at = "false" },
    { state = "fail", as_of = "2024-05-02", records = held { { date = "2024-05-02", summary = "2024-05-01" } },
      at = "2024-05-01" },
    { state = "review", as_of = "2024-05-02", records = held { { date = "2024-05-02", follow_up = true } },
      expected_here = true },
    { state = "review", as_of = "2024-05-02",
      records = held { { date = "2024-05-02", follow_up = true, summary = "2024-05-03" } }, at = "2024-05-03" },
    { state = "review", as_of = "2024-05-02", message = "is not said",
      records = held { "2024-05-02", { date = "2024-03-02", follow_up = false } } },
    { state = "review", as_of = "2024-05-02", message = "is not said",
      records = held { "2024-05-02", { date = "2024-03-02", summary = "2024-03-05" } } },
    { state = "not-applicable", unreadable = true,
      as_of = "2024-05-02", records = held { { date = "2024-05-02", follow_up = "some" } } },
    { state = "not-applicable", as_of = "2024-05-02", records = held { "2024-05-02" } },
    { state = "not-applicable", as_of = "2024-05-01", records = held { { date = "2024-05-02", follow_up = true } } },
  },
}

return { says_of_meetings = says_of_meetings }
