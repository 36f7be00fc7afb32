-- Whether there is an executed memorandum with every party that the plan needs one with, in every county, on the day judged by.
-- Which parties those are, and from when to when, is in tables.party; README.md says how it was read from its two sources.

-- Whether the party is one of this county and plan, whatever the day, and why not.
local function is_party_here(pair, submission)
  local party, system = pair.party, delivery_system_of(pair.county, submission)
  if party.sud and system and system ~= party.sud then
    return false, ("substance use disorder services of %s are delivered as %s"):format(pair.county.name, system)
  elseif party.whole_child_model and not submission.fields.whole_child_model.value then
    return false, "the plan is no Whole Child Model plan"
  end
  return true
end

-- What the list of parties asks for on a day: "policy", "page" (the day is inferred), "later" or "no longer".
local function standing(party, day)
  if in_effect(party, day) then
    return party.basis
  elseif party.earlier_from and party.earlier_from <= day and day <= party.earlier_to then
    return "page"
  end
  return day < party.from and "later" or "no longer"
end

local function what_is_missing(agreement, submission)
  if not agreement then
    return "the register has no MOU with it"
  elseif end_of(agreement, submission) then
    return ("its MOU ended on %s"):format(agreement.ended)
  elseif agreement.executed then
    return ("its MOU is executed on %s only"):format(agreement.executed)
  end
  return "its MOU has not been executed"
end

-- The verdict on a memorandum that is in force: whether it ends within so many days.
local function of_one_in_force(agreement, day, horizon)
  local ends = agreement.ended
  if ends and ends - day <= horizon then
    return review("executed on %s, and ends on %s", agreement.executed, ends):at(agreement:cell("ended")):due(ends)
  end
  return pass("executed on %s", agreement.executed):at(agreement:cell("executed"))
end

-- For the examples: a register with one memorandum.
local function with(county, party, executed, ended)
  return { agreement = { { county = county, party = party, executed = executed, ended = ended } } }
end

-- For the examples: one that is not executed yet, with good-faith reports of these days, the last of them for the reason
-- `unjustified` where there is one.
local function attempted_on(days, unjustified)
  local records = with("Amador", "Regional Center")
  records.good_faith = {}
  for number, day in ipairs(days) do
    records.good_faith[number] = { county = "Amador", party = "Regional Center", date = day,
      justification = not (unjustified and number == #days) and "Counsel is reviewing it." or unjustified }
  end
  return records
end

rule "mou.coverage" {
  title    = "An executed MOU is held with every party that one is required with, in every county",
  citation = "EE.1144 II.E: “shall make a good faith effort to execute MOUs with the following organizations”; the page, "
          .. "Memorandums of Understanding: “requires us to execute an MOU with each of the LGAs and Third Party Entities”",
  remedy   = "Execute the MOU and enter the day in the register; until then report the efforts to DHCS every quarter.",
  why      = "A party that only the page lists, which prints no date, is for a person to judge: EE.1144 leaves it out or dates "
          .. "it later. What the plan owes is a good-faith effort: while each quarter's report on it is there, with the reason "
          .. "(III.G.4), a missing MOU is for a person to judge too.",
  each     = "pair",
  matrix   = "coverage",
  level    = "error",
  review_level = "warning",

  parameters = {
    horizon = { type = "integer", default = 90, low = 0, high = 365,
                means = "How many days before an MOU is required, or ends, it is asked for." },
  },

  when = function(pair, submission, parameters)
    local here, reason = is_party_here(pair, submission)
    if not here then
      return false, reason
    end
    local party, day = pair.party, submission:judged_on()
    local stands = standing(party, day)
    if stands == "later" then
      return party.from - day <= parameters.horizon, ("required from %s"):format(party.from)
    end
    return stands ~= "no longer", "no longer required"
  end,

  check = function(pair, submission, parameters)
    local agreement, party, day = pair.records:first(), pair.party, submission:judged_on()
    if agreement and execution(pair, submission) then
      return of_one_in_force(agreement, day, parameters.horizon)
    end
    local missing, stands = what_is_missing(agreement, submission), standing(party, day)
    local reported = efforts_reported(pair, submission)
    local verdict
    if agreement and not agreement.executed and not agreement:cell("executed").blank then
      verdict = review("the day of execution could not be read, which has its own finding")
    elseif party.sud and not delivery_system_of(pair.county, submission) then
      verdict = review("%s, and nothing says by which system substance use disorder services are delivered", missing)
    elseif stands == "later" then
      verdict = done_by(nil, party.from, { as_of = day, horizon = parameters.horizon, what = missing })
    elseif stands == "page" then
      verdict = review("%s; only the page of required agreements lists the party, without a date", missing)
    elseif reported then
      verdict = review("%s; the efforts are reported to DHCS, last on %s", missing, reported.date)
    else
      verdict = fail("%s; it is required from %s", missing, party.from):due(party.from)
    end
    if agreement then
      verdict:at(agreement:cell(end_of(agreement, submission) and "ended" or "executed"))
    end
    return verdict:working("%s: %s", party.name, party.source)
  end,

  examples = {
    { state = "pass", as_of = "2024-03-01", pair = { county = "Amador", party = "Regional Center" },
      records = with("Amador", "Regional Center", "2024-03-01"), at = "2024-03-01" },
    { state = "fail", as_of = "2024-02-29", pair = { county = "Amador", party = "Regional Center" },
      records = with("Amador", "Regional Center", "2024-03-01"), at = "2024-03-01", message = "executed on 2024-03-01 only" },
    { state = "fail", as_of = "2024-01-01", pair = { county = "Amador", party = "Regional Center" },
      records = with("Amador", "Regional Center"), expected_here = true, message = "has not been executed" },
    { state = "fail", as_of = "2024-01-01", pair = { county = "Amador", party = "Women, Infants and Children" },
      records = with("Tulare", "WIC", "2024-01-01"), expected_here = true, message = "no MOU with it" },
    -- The last day of an MOU is one of its own; what ends within the horizon is asked for.
    { state = "review", as_of = "2025-02-01", pair = { county = "Amador", party = "Regional Center" },
      records = with("Amador", "Regional Center", "2024-03-01", "2025-02-01"), at = "2025-02-01", due = "2025-02-01" },
    { state = "review", as_of = "2024-11-03", pair = { county = "Amador", party = "Regional Center" },
      records = with("Amador", "Regional Center", "2024-03-01", "2025-02-01"), message = "ends on 2025-02-01" },
    { state = "pass", as_of = "2024-11-02", pair = { county = "Amador", party = "Regional Center" },
      records = with("Amador", "Regional Center", "2024-03-01", "2025-02-01"), at = "2024-03-01" },
    { state = "fail", as_of = "2025-02-02", pair = { county = "Amador", party = "Regional Center" },
      records = with("Amador", "Regional Center", "2024-03-01", "2025-02-01"), at = "2025-02-01",
      message = "ended on 2025-02-01" },
    -- The reports on the efforts: all of them, with the reason; one at least.
    { state = "review", as_of = "2024-08-15", pair = { county = "Amador", party = "Regional Center" },
      records = attempted_on { "2024-03-26", "2024-06-24" }, expected_here = true, message = "last on 2024-06-24" },
    { state = "review", as_of = "2024-02-15", pair = { county = "Amador", party = "Regional Center" },
      records = attempted_on { "2024-02-15" }, message = "last on 2024-02-15" },
    { state = "fail", as_of = "2024-02-14", pair = { county = "Amador", party = "Regional Center" },
      records = attempted_on { "2024-02-15" } },
    { state = "fail", as_of = "2024-08-15", pair = { county = "Amador", party = "Regional Center" },
      records = attempted_on({ "2024-03-26", "2024-06-24" }, "") },
    { state = "fail", as_of = "2024-08-15", pair = { county = "Amador", party = "Regional Center" },
      records = attempted_on({ "2024-03-26", "2024-06-24" }, "see above") },
    { state = "fail", as_of = "2024-08-15", pair = { county = "Amador", party = "Regional Center" },
      records = attempted_on { "2024-06-24" } },
    { state = "review", unreadable = true,
      as_of = "2024-03-01", pair = { county = "Amador", party = "Regional Center" },
      records = with("Amador", "Regional Center", "2024-02-30"), at = "2024-02-30", message = "could not be read" },
    { state = "review", as_of = "2023-10-03", pair = { county = "Amador", party = "Regional Center" },
      message = "falls due on 2024-01-01, in 90 days" },
    { state = "not-applicable", as_of = "2023-10-02", pair = { county = "Amador", party = "Regional Center" } },
    { state = "review", as_of = "2025-01-01", pair = { county = "Mono", party = "Continuum of Care" } },
    { state = "review", as_of = "2025-01-31", pair = { county = "Mono", party = "Continuum of Care" },
      message = "the page" },
    { state = "not-applicable", as_of = "2025-02-01", pair = { county = "Mono", party = "Continuum of Care" } },
    { state = "not-applicable", as_of = "2025-02-01", pair = { county = "Mono", party = "Local Education Agency" } },
    { state = "review", as_of = "2024-07-01", pair = { county = "Mono", party = "Local Education Agency" },
      message = "the page" },
    { state = "review", as_of = "2025-01-31", pair = { county = "Mono", party = "Local Education Agency" },
      message = "the page" },
    { state = "fail", as_of = "2026-01-01", pair = { county = "Mono", party = "Local Education Agency" } },
    { state = "review", as_of = "2024-07-01", pair = { county = "Mono", party = "SUD Services in DMC State Plan Counties" },
      message = "nothing says by which system" },
    { state = "fail", as_of = "2024-07-01", pair = { county = "Mono", party = "SUD Services in DMC State Plan Counties" },
      records = { delivery_system = { { county = "Mono", system = "dmc-state-plan" } } } },
    { state = "review", as_of = "2024-07-01", pair = { county = "Mono", party = "SUD Services in DMC-ODS Counties" },
      records = { delivery_system = { { county = "Inyo", system = "dmc-state-plan" } } } },
    { state = "not-applicable", as_of = "2024-07-01", pair = { county = "Mono", party = "SUD Services in DMC-ODS Counties" },
      records = { delivery_system = { { county = "Mono", system = "dmc-state-plan" } } } },
    { state = "fail", as_of = "2024-07-01", pair = { county = "Los Angeles", party = "SUD Services in DMC-ODS Counties" } },
    { state = "not-applicable", as_of = "2024-07-01",
      pair = { county = "Los Angeles", party = "SUD Services in DMC State Plan Counties" } },
    { state = "fail", as_of = "2024-07-01", fields = { whole_child_model = true },
      pair = { county = "Mono", party = "County CCS Program under the Whole Child Model" } },
    { state = "not-applicable", as_of = "2024-07-01", fields = { whole_child_model = false },
      pair = { county = "Mono", party = "County CCS Program under the Whole Child Model" } },
  },
}

rule "mou.kept-up" {
  title    = "The register is kept up to the day that is judged by",
  citation = "This pack's judgement: what happened after a register's last day is not in it, and looks as if it had not",
  remedy   = "Bring the register up to date, or judge it as of an earlier day.",
  each     = "submission",
  level    = "warning",

  parameters = {
    days = { type = "integer", default = 31, low = 0, high = 365,
             means = "How many days after its last day a register is still taken to be complete." },
  },

  when = function(submission)
    return submission.fields.updated.value, "it does not say up to when it is kept, which has its own finding"
  end,

  check = function(submission, _, parameters)
    local updated = submission.fields.updated
    return instead(on_or_before(submission:judged_on(), updated.value + parameters.days, "day judged by"), "review")
      :at(updated)
  end,

  examples = {
    { state = "pass", as_of = "2025-04-14", fields = { updated = "2025-03-14" } },
    { state = "review", as_of = "2025-04-15", fields = { updated = "2025-03-14" }, at = "2025-03-14" },
    { state = "not-applicable", as_of = "2025-04-15" },
  },
}
