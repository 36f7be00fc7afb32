-- While an MOU that is required has not been executed: a report to DHCS in every quarter on the efforts made, with the reason.

-- For the examples: a memorandum, executed on that day or not at all, with reports of these days, or each { day, quarter }, and
-- this reason.
local function attempted(days, executed, ended, reason)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = executed, ended = ended } }, good_faith = {} }
  for number, each in ipairs(days) do
    local day, quarter = each, nil
    if type(each) == "table" then
      day, quarter = table.unpack(each)
    end
    records.good_faith[number] = { county = "Mono", party = "WIC", date = day, quarter = quarter,
      justification = reason or "Counsel is reviewing it." }
  end
  return records
end

local mono_wic = { county = "Mono", party = "Women, Infants and Children" }

-- Whether the policy itself, with a printed date, asks for an MOU of this pair on the day judged by.
local function is_required(pair, submission)
  local party, day = pair.party, submission:judged_on()
  if party.basis ~= "policy" or not in_effect(party, day) then
    return false, "the policy requires no MOU on that day"
  elseif party.sud and delivery_system_of(pair.county, submission) ~= party.sud then
    return false, "it is not known to be the county's system for substance use disorder services"
  elseif party.whole_child_model and not submission.fields.whole_child_model.value then
    return false, "the plan is no Whole Child Model plan"
  end
  return true
end

-- The first quarter whose report went to DHCS after it, where neither it nor the quarter after it shows that this is its report.
local function doubtful(quarters)
  for _, quarter in ipairs(quarters) do
    local sent = quarter.report and quarter.report.date
    if sent and sent > quarter.last and not (quarter.said and sent <= (quarter.last + 1):quarter_end()) then
      return quarter
    end
  end
end

rule "mou.good-faith-quarterly" {
  title    = "A good-faith report goes to DHCS in every quarter in which a required MOU is not executed",
  citation = "EE.1144 III.G.4: “must submit quarterly reports to their DHCS Contract Manager documenting CalOptima Health’s "
          .. "continuing good faith efforts to execute the MOU, until such time as the MOU is executed”",
  remedy   = "Send the report, and enter the day; one that went after its quarter, with the quarter that it reports on.",
  why      = "A quarter asks for a report when it ends with the MOU required and not executed. No source says by which day it "
          .. "goes to DHCS: one that went later is still a report, and for a person to judge where the register does not say "
          .. "on which quarter, or where the next quarter is over too.",
  each     = "pair",
  matrix   = "coverage",
  level    = "error",
  review_level = "warning",

  parameters = {
    horizon = { type = "integer", default = 90, low = 0, high = 365,
                means = "How many days before a quarter ends its report is asked for." },
  },

  when = function(pair, submission)
    local required, reason = is_required(pair, submission)
    if not required then
      return false, reason
    end
    local agreement = pair.records:first()
    if agreement and not agreement.executed and not agreement:cell("executed").blank then
      return false, "the day of execution could not be read, which has its own finding"
    end
    local executed = execution(pair, submission)
    return not executed or executed.value > efforts_begin(pair, submission):quarter_end(),
      "it was executed by the end of the quarter from which it is required"
  end,

  check = function(pair, submission, parameters)
    local agreement = pair.records:first()
    -- The execution ends the efforts: in its quarter no report is asked for, and after it none.
    local executed = execution(pair, submission)
    local day = executed and executed.value or submission:judged_on()
    local quarters = efforts(pair, submission, day)
    local days = { executed }
    for _, quarter in ipairs(quarters) do
      if quarter.report then
        table.insert(days, quarter.report.date > quarter.last and quarter.last or quarter.report:cell("date"))
      end
    end
    local verdict = in_every_quarter(days, {
      from = efforts_begin(pair, submission), as_of = day, horizon = parameters.horizon,
      what = executed and "good-faith report or execution" or "good-faith report",
    })
    local late = doubtful(quarters)
    if late and verdict.state ~= "fail" then
      return review("the report on %s is taken to be that of %s, after the quarter", late.label, late.report.date)
        :at(late.report:cell("date"))
    end
    return agreement and verdict:at(agreement:cell("executed")) or verdict
  end,

  examples = {
    { state = "pass", as_of = "2024-06-30", pair = mono_wic, records = attempted { "2024-03-31", "2024-04-01" } },
    { state = "fail", as_of = "2024-04-01", pair = mono_wic, records = attempted {}, message = "Q1 2024" },
    { state = "fail", as_of = "2024-04-01", pair = mono_wic, message = "Q1 2024", expected_here = true },
    { state = "fail", as_of = "2024-07-01", pair = mono_wic, records = attempted { "2024-03-31" }, message = "Q2 2024" },
    { state = "pass", as_of = "2024-07-01", pair = { county = "Mono", party = "Targeted Case Management" } },
    { state = "review", as_of = "2024-07-02", pair = { county = "Mono", party = "Targeted Case Management" },
      message = "in 90 days" },
    { state = "review", as_of = "2024-03-31", pair = mono_wic, records = attempted {}, message = "ends on 2024-03-31" },
    -- After the quarter's end: late, and done. The second of a quarter is for the one before.
    { state = "review", as_of = "2024-04-10", pair = mono_wic, records = attempted { "2024-04-05" }, at = "2024-04-05",
      message = "the report on Q1 2024 is taken to be that of 2024-04-05" },
    { state = "review", as_of = "2024-07-10", pair = mono_wic, records = attempted { "2024-04-05", "2024-07-05" },
      at = "2024-04-05" },
    { state = "review", as_of = "2024-07-01", pair = mono_wic, records = attempted { "2024-04-05", "2024-06-20" },
      at = "2024-06-20", message = "on Q1 2024" },
    { state = "fail", as_of = "2024-07-01", pair = mono_wic, records = attempted { "2024-04-05" }, message = "in Q1 2024" },
    { state = "fail", as_of = "2024-10-01", pair = mono_wic, records = attempted { "2024-01-10", "2024-03-20", "2024-07-05" },
      message = "in Q2 2024" },
    -- The register says on which quarter: within the next one it is its report, later a person judges.
    { state = "pass", as_of = "2024-06-30", pair = mono_wic, message = "in every quarter",
      records = attempted { { "2024-06-30", "Q1 2024" }, "2024-06-29" } },
    { state = "pass", as_of = "2024-07-01", pair = mono_wic,
      records = attempted { { "2024-04-05", "the first quarter of 2024" }, { "2024-06-20", "Q2 2024" } } },
    { state = "review", as_of = "2024-07-10", pair = mono_wic, at = "2024-07-02",
      records = attempted { "2024-06-20", { "2024-07-02", "Q1 2024" } } },
    { state = "fail", as_of = "2024-07-10", pair = mono_wic, message = "in Q2 2024",
      records = attempted { { "2024-04-05", "Q1 2024" }, { "2024-07-02", "Q1 2024" } } },
    { state = "review", as_of = "2024-07-10", pair = mono_wic, at = "2024-07-02",
      records = attempted { { "2024-04-05", "Q1 2024" }, { "2024-07-02", "spring" } } },
    { state = "review", as_of = "2024-07-10", pair = mono_wic, at = "2024-04-12",
      records = attempted({ "2024-04-12" }, "2024-04-10"), message = "on Q1 2024" },
    -- After the end of an MOU the efforts begin anew, with the first whole quarter.
    { state = "pass", as_of = "2025-03-31", pair = mono_wic, records = attempted({}, "2024-02-01", "2025-02-15"),
      message = "Q2 2025 is the first quarter that counts" },
    { state = "fail", as_of = "2025-07-01", pair = mono_wic, records = attempted({}, "2024-02-01", "2025-02-15"),
      message = "in Q2 2025" },
    { state = "fail", as_of = "2025-04-01", pair = mono_wic, records = attempted({}, "2024-02-01", "2024-12-31"),
      message = "in Q1 2025" },
    { state = "not-applicable", as_of = "2024-12-31", pair = mono_wic, records = attempted({}, "2024-02-01", "2024-12-31") },
    { state = "pass", as_of = "2024-12-31", pair = mono_wic, records = attempted({ "2024-03-31" }, "2024-06-30"),
      message = "good-faith report or execution in every quarter" },
    { state = "fail", as_of = "2024-12-31", pair = mono_wic, records = attempted({ "2024-03-31" }, "2024-07-01"),
      message = "Q2 2024" },
    { state = "not-applicable", as_of = "2024-12-31", pair = mono_wic, records = attempted({}, "2024-03-31") },
    { state = "not-applicable", unreadable = true,
      as_of = "2024-12-31", pair = mono_wic, records = attempted({}, "2024-02-30") },
    { state = "not-applicable", as_of = "2023-12-31", pair = mono_wic },
    { state = "not-applicable", as_of = "2024-12-31",
      pair = { county = "Mono", party = "California Caregiver Resource Center" } },
    { state = "not-applicable", as_of = "2024-12-31",
      pair = { county = "Mono", party = "SUD Services in DMC-ODS Counties" } },
    { state = "fail", as_of = "2024-12-31", pair = { county = "Sacramento", party = "SUD Services in DMC-ODS Counties" } },
    { state = "fail", as_of = "2024-12-31", pair = { county = "Mono", party = "SUD Services in DMC-ODS Counties" },
      records = { delivery_system = { { county = "Mono", system = "dmc-ods" } } } },
    { state = "not-applicable", as_of = "2024-12-31", pair = { county = "Mono", party = "SUD Services in DMC-ODS Counties" },
      records = { delivery_system = { { county = "Inyo", system = "dmc-ods" } } } },
    { state = "fail", as_of = "2024-12-31", fields = { whole_child_model = true },
      pair = { county = "Mono", party = "County CCS Program under the Whole Child Model" } },
    { state = "not-applicable", as_of = "2024-12-31",
      pair = { county = "Mono", party = "County CCS Program under the Whole Child Model" } },
  },
}

rule "mou.good-faith-justified" {
  title    = "Each good-faith report says why the MOU has not been executed",
  citation = "EE.1144 III.G.4.a: “must include a justification for why the MOU has not been executed”",
  remedy   = "Give the reason.",
  each     = "record",
  record   = "good_faith",
  level    = "error",

  when = function(report, submission)
    return happened(report.date, submission:judged_on()), "it has not been made"
  end,

  check = function(report)
    return present(report:cell("justification"))
  end,

  examples = {
    { state = "pass", as_of = "2024-03-19", records = attempted { "2024-03-19" } },
    { state = "fail", as_of = "2024-03-19", expected_here = true, records = {
      agreement = { { county = "Mono", party = "WIC" } },
        good_faith = { { county = "Mono", party = "WIC", date = "2024-03-19" } } } },
    -- What stands in for a reason.
    { state = "fail", as_of = "2024-03-19", records = attempted({ "2024-03-19" }, nil, nil, "TBD"), at = "TBD" },
    { state = "fail", as_of = "2024-03-19", records = attempted({ "2024-03-19" }, nil, nil, "N/A"), at = "N/A" },
    { state = "fail", as_of = "2024-03-19", records = attempted({ "2024-03-19" }, nil, nil, "see above"), at = "see above" },
    { state = "not-applicable", as_of = "2024-03-18", records = attempted { "2024-03-19" } },
  },
}

rule "mou.good-faith-quarter" {
  title    = "Where a good-faith report says on which quarter it is, that can be read and had begun",
  citation = "EE.1144 III.G.4: “must submit quarterly reports”; this pack's judgement: a quarter is written like Q1 2024",
  remedy   = "Write the quarter like Q1 2024.",
  each     = "record",
  record   = "good_faith",
  level    = "warning",

  when = function(report)
    return report.date and report.quarter, "it does not say on which quarter it is"
  end,

  check = function(report)
    local said = quarter_said(report)
    if not said then
      return review("“%s” is no quarter", report.quarter):at(report:cell("quarter"))
    end
    for _, mention in ipairs(report.quarter:dates()) do
      if mention.precision == "quarter" and mention.first > report.date then
        return review("%s had not begun on %s", said, report.date):at(report:cell("quarter"))
      end
    end
    return pass("%s", said):at(report:cell("quarter"))
  end,

  examples = {
    { state = "pass", records = attempted { { "2024-04-05", "Q1 2024" } }, at = "Q1 2024" },
    { state = "pass", records = attempted { { "2024-01-01", "Q1 2024" } } },
    { state = "review", records = attempted { { "2023-12-31", "Q1 2024" } }, at = "Q1 2024", message = "had not begun" },
    { state = "review", records = attempted { { "2024-04-05", "spring" } }, at = "spring" },
    { state = "review", records = attempted { { "2024-04-05", "not Q1 2024" } }, message = "is no quarter" },
    { state = "not-applicable", records = attempted { "2024-04-05" } },
  },
}
