-- While an MOU that is required has not been executed: a report to DHCS in every quarter on the efforts made, with the reason.

-- For the examples: a memorandum, executed on that day or not at all, with reports of these days.
local function attempted(days, executed)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = executed } }, good_faith = {} }
  for number, day in ipairs(days) do
    records.good_faith[number] = { county = "Mono", party = "WIC", date = day, justification = "Counsel is reviewing it." }
  end
  return records
end

local mono_wic = { county = "Mono", party = "Women, Infants and Children" }

-- The system that delivers a county's substance use disorder services, where a source or the register says it.
local function system_of(county, submission)
  local row = submission.records.delivery_system:where(function(each) return each.county == county and each.system end):first()
  return county.sud or row and tostring(row.system)
end

-- Whether the policy itself, with a printed date, asks for an MOU of this pair on the day judged by.
local function is_required(pair, submission)
  local party, day = pair.party, submission:judged_on()
  if party.basis ~= "policy" or not in_effect(party, day) then
    return false, "the policy requires no MOU on that day"
  elseif party.sud and system_of(pair.county, submission) ~= party.sud then
    return false, "it is not known to be the county's system for substance use disorder services"
  elseif party.whole_child_model and not submission.fields.whole_child_model.value then
    return false, "the plan is no Whole Child Model plan"
  end
  return true
end

-- The day of execution when that is not after the day judged by, else nil.
local function execution(agreement, submission)
  return agreement and happened(agreement.executed, submission:judged_on()) and agreement:cell("executed") or nil
end

rule "mou.good-faith-quarterly" {
  title    = "A good-faith report goes to DHCS in every quarter in which a required MOU is not executed",
  citation = "EE.1144 III.G.4: “must submit quarterly reports to their DHCS Contract Manager documenting CalOptima Health’s "
          .. "continuing good faith efforts to execute the MOU, until such time as the MOU is executed”",
  remedy   = "Send the report, and enter the day; for a quarter that is over, tell DHCS with the next one.",
  why      = "A quarter asks for a report when it ends with the MOU required and not executed.",
  each     = "pair",
  matrix   = "coverage",
  level    = "error",

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
    local executed = execution(agreement, submission)
    return not executed or executed.value > pair.party.from:quarter_end(),
      "it was executed by the end of the quarter from which it is required"
  end,

  check = function(pair, submission, parameters)
    local agreement = pair.records:first()
    -- The execution ends the efforts: in its quarter no report is asked for, and after it none.
    local executed = execution(agreement, submission)
    local days = { executed }
    for _, report in ipairs(agreement and agreement:rows("good_faith") or {}) do
      table.insert(days, report:cell("date"))
    end
    local verdict = in_every_quarter(days, {
      from = pair.party.from, as_of = executed and executed.value or submission:judged_on(),
      horizon = parameters.horizon, what = executed and "good-faith report or execution" or "good-faith report",
    })
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
    { state = "pass", as_of = "2024-12-31", pair = mono_wic, records = attempted({ "2024-03-31" }, "2024-06-30"),
      message = "good-faith report or execution in every quarter" },
    { state = "fail", as_of = "2024-12-31", pair = mono_wic, records = attempted({ "2024-03-31" }, "2024-07-01"),
      message = "Q2 2024" },
    { state = "not-applicable", as_of = "2024-12-31", pair = mono_wic, records = attempted({}, "2024-03-31") },
    { state = "not-applicable", as_of = "2024-12-31", pair = mono_wic, records = attempted({}, "2024-02-30") },
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
    { state = "not-applicable", as_of = "2024-03-18", records = attempted { "2024-03-19" } },
  },
}
