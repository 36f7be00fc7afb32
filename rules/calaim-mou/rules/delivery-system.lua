-- By which of two systems a county's substance use disorder (SUD) services are delivered: the Drug Medi-Cal Organized Delivery
-- System
-- (DMC-ODS) or the Drug Medi-Cal State Plan. There is a party for each, and a county has one of the two, never both.

-- What the register says of a county's system: the row, or nil.
local function row_of(county, submission)
  return submission.records.delivery_system:where(function(row) return row.county == county and row.system end):first()
end

local function system_of(county, submission)
  local row = row_of(county, submission)
  return county.sud or row and tostring(row.system)
end

-- For the examples: a register with these SUD memoranda in one county.
local function held(county, ...)
  local agreements = {}
  for number, party in ipairs { ... } do
    agreements[number] = { county = county, party = party }
  end
  return { agreement = agreements }
end

rule "mou.sud-system-known" {
  title    = "It is known of every county by which system substance use disorder services are delivered",
  citation = "EE.1144 II.E, “Drug Medi-Cal Organized Delivery System (DMC-ODS)” and “Drug Medi-Cal State Plan Counties”",
  remedy   = "Ask the county's behavioral health department, and enter the system with its source.",
  each     = "submission",
  level    = "warning",

  check = function(submission)
    local unknown = {}
    for _, county in ipairs(form.tables.county) do
      if not system_of(county, submission) then
        table.insert(unknown, county.name)
      end
    end
    local systems = submission.records.delivery_system
    if #unknown > 0 then
      return review("not known of %s", table.concat(unknown, ", ")):at(systems)
    end
    return pass("known of all counties"):at(systems)
  end,

  examples = {
    {
      state = "pass",
      records = { delivery_system = {
        { county = "Amador", system = "dmc-state-plan" }, { county = "Calaveras", system = "dmc-state-plan" },
        { county = "Inyo", system = "dmc-state-plan" }, { county = "Mono", system = "dmc-state-plan" },
        { county = "San Joaquin", system = "dmc-ods" }, { county = "Tulare", system = "dmc-ods" },
        { county = "Tuolumne", system = "dmc-state-plan" },
      } },
    },
    {
      state = "review", message = "not known of Tuolumne",
      records = { delivery_system = {
        { county = "Amador", system = "dmc-state-plan" }, { county = "Calaveras", system = "dmc-state-plan" },
        { county = "Inyo", system = "dmc-state-plan" }, { county = "Mono", system = "dmc-state-plan" },
        { county = "San Joaquin", system = "dmc-ods" }, { county = "Tulare", system = "dmc-ods" },
      } },
    },
    { state = "review", message = "not known of Amador, Calaveras, Inyo, Mono, San Joaquin, Tulare, Tuolumne" },
  },
}

rule "mou.sud-system-source" {
  title    = "What the register says of a county's system is what a public source says",
  citation = "This pack, tables.county: the public sources named there",
  remedy   = "Find out which of the two is right on the day judged by, and correct the register or the pack.",
  each     = "record",
  record   = "delivery_system",
  level    = "warning",

  when = function(row)
    return row.county and row.system and row.county.sud, "no public source is known of this county"
  end,

  check = function(row)
    if tostring(row.system) == row.county.sud then
      return pass()
    end
    return review("the source says %s (%s)", row.county.sud, row.county.source):at(row:cell("system"))
  end,

  examples = {
    { state = "pass", records = { delivery_system = { { county = "Stanislaus", system = "dmc-ods" } } } },
    { state = "review", records = { delivery_system = { { county = "Stanislaus", system = "dmc-state-plan" } } },
      at = "dmc-state-plan" },
    { state = "not-applicable", records = { delivery_system = { { county = "Mono", system = "dmc-state-plan" } } } },
  },
}

rule "mou.one-sud-system" {
  title    = "A county has the MOU of its own system for substance use disorder services, and no other",
  citation = "EE.1144 II.E, “Drug Medi-Cal Organized Delivery System (DMC-ODS)” from January 1, 2024, “Substance Use Disorder "
          .. "Treatment Services in Drug Medi-Cal State Plan Counties” from July 1, 2024",
  remedy   = "Take out the MOU that is not the county's, or correct the county's system.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = function(agreement)
    return agreement.county and agreement.party and agreement.party.sud, "it is not about substance use disorder services"
  end,

  check = function(agreement, submission)
    local county, party = agreement.county, agreement.party
    local system = system_of(county, submission)
    if system and system ~= party.sud then
      return fail("substance use disorder services of %s are delivered as %s", county.name, system)
        :at(agreement:cell("party"))
    end
    local other = submission.records.agreement:where(function(earlier)
      return earlier.number < agreement.number and earlier.county == county and earlier.party
        and earlier.party.sud and earlier.party ~= party
    end):first()
    if other then
      return fail("%s has the MOU of the other system too", county.name):at(agreement:cell("party"))
        :see(other:cell("party"), "the other")
    end
    return pass():at(agreement:cell("party"))
  end,

  examples = {
    { state = "pass", records = held("Los Angeles", "SUD DMC-ODS") },
    { state = "fail", records = held("Los Angeles", "SUD DMC State Plan"), at = "SUD DMC State Plan", message = "dmc-ods" },
    { state = "pass", records = held("Mono", "SUD DMC State Plan") },
    { state = "pass", records = {
      agreement = { { county = "Mono", party = "SUD DMC State Plan" } },
      delivery_system = { { county = "Inyo", system = "dmc-ods" } },
    } },
    { state = "fail", records = {
      agreement = { { county = "Mono", party = "SUD DMC State Plan" } },
      delivery_system = { { county = "Mono", system = "dmc-ods" } },
    } },
    { state = "fail", record = 2, records = held("Mono", "SUD DMC State Plan", "SUD DMC-ODS"), at = "SUD DMC-ODS",
      message = "the other system too" },
    { state = "pass", record = 1, records = held("Mono", "SUD DMC State Plan", "SUD DMC-ODS") },
    { state = "not-applicable", records = held("Mono", "WIC") },
  },
}
