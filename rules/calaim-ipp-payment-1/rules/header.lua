-- The head of the form: who files, for which county, for which period; whether the responses keep to it, and
-- whether the filings that are checked together make one set.

local county_names = phrases(form.tables.county)
local plan_names = phrases(form.tables.plan)

-- Of mentions the first one of each row.
local function different(mentions)
  local seen = {}
  return mentions:where(function(mention)
    local first = not seen[mention.row.name]
    seen[mention.row.name] = true
    return first
  end)
end

-- "Health Net (not L.A. Care)": what stands in brackets to tell it apart is not named.
local told_apart = pattern([=[ [(\[] \s* (not | no \s longer | as \s opposed \s to | other \s than | unlike) \s (?<others> [^)\]]*) [)\]] ]=], "ix")

local function named_in(text, names)
  local mentions, apart = text:mentions(names), {}
  if #mentions < 2 and not text:find(told_apart) then
    return mentions
  end
  for _, match in ipairs(text:matches(told_apart)) do
    for _, other in ipairs(match.others:mentions(names)) do
      apart[other.row.name] = true
    end
  end
  return different(mentions):where(function(mention) return not apart[mention.row.name] end)
end

-- Words that leave open what a field says.
local left_open = pattern([[ [?] | \b (to \s be | tb[acd] | pending | tentative(ly)? | draft | unconfirmed | confirm\w* | amended | maybe
  | perhaps | probably | possibly | proposed | check | verify | unsure | formerly | former) \b]], "ix")

-- An expression for a name, whether blanks or hyphens stand in it.
local function expression_of(name)
  local words, from, blank = {}, 1, nil
  repeat
    blank = name:find(" ", from, true)
    local word = name:sub(from, (blank or #name + 1) - 1)
    table.insert(words, [[\Q]] .. word .. [[\E]] .. (#word == 1 and [[\.?]] or ""))
    from = (blank or #name) + 1
  until not blank
  return table.concat(words, [[[\s-]+]])
end

-- An expression for the names of a table's rows.
local function expression_of_names(rows)
  local names = {}
  for _, row in ipairs(rows) do
    for _, name in ipairs { row.name, table.unpack(row.aliases or {}) } do
      table.insert(names, expression_of(tostring(name)))
    end
  end
  return table.concat(names, "|")
end

-- The one county or plan that the header names, as a row of the form's table; nil when it is not clear which.
local function row_named(field, names)
  local named = named_in(field.text, names)
  return #named == 1 and named[1].row or nil
end

-- What stands where a plan's name belongs and is none: the label itself, "our plan", "all plans in the county", "not Health Net".
-- "The Health Plan of San Joaquin" and "All American Health Plan" are names.
local no_name = pattern([[^ \W* (
    (the|a)? \s* (MCP|plan|name|MCP\sname|plan\sname|health\splan|managed\scare\splan) \W*
  | (our|this|any|each|every) \b .* \b (plans?|MCPs?) \b .*
  | (all|both|several) \s (of \s)? (the|our)? \s* ((health|managed\scare) \s)? (plans|MCPs) \b .*
  | (not|no|none|neither|other\sthan) \b .*
  ) $]], "ix")

-- A plan's names, and what belongs to them: its legal form, its State, its programme, what it is.
local plan_alone = pattern([[^ \s* (the \s+)? (?<named>]] .. expression_of_names(form.tables.plan) .. [[)
  ( [\s,;/()"“”'’.&–—-]+
  | (?&named)
  | \b (inc | incorporated | llc | corp | corporation | co | company | ltd | of | California | CA | health | plans? | MCP | HMO | Medi-?Cal | managed \s care
    | insurance | d/?b/?a | doing \s business \s as | a/?k/?a | also \s known \s as | an? \s (\w+ \s){0,2} (company | corporation | subsidiary | plan | affiliate) \b
    | subsidiary \s of | Centene | the | for | legal \s entity | community \s solutions | group) \b
  )* $]], "ix")

rule "ipp1.plan" {
  title    = "MCP Name says which plan files",
  citation = "Payment 1 template, header: “MCP Name”",
  remedy   = "Enter the plan's name.",
  each     = "submission",
  level    = "error",
  judges   = "fields.plan.required",

  check = function(submission)
    local field = submission.fields.plan
    local named = named_in(field.text, plan_names)
    if #named > 1 then
      return fail("%d plans are named; each files for itself", #named):at(named[2])
    elseif field.answered and field.text:find(no_name) then
      return fail("“%s” is the name of no plan", field.text):at(field)
    elseif field.answered and field.text:find(left_open) then
      return review("which plan files is left open: “%s”", field.text):at(field):see(field.text:find(left_open), "left open")
    elseif #named == 1 and not field.text:find(told_apart) and not field.text:find(plan_alone) then
      return review("more is written than the plan's name: “%s”", field.text):at(field)
    end
    return present(field)
  end,

  examples = {
    { state = "pass", fields = { plan = "Health Net" } },
    { state = "pass", fields = { plan = "Health Net Community Solutions (Health Net)" } },
    { state = "fail", fields = {}, expected_here = true },
    { state = "fail", fields = { plan = "TBD" }, at = "TBD" },
    { state = "fail", fields = { plan = "Health Net and L.A. Care" }, at = "L.A. Care" },
    { state = "fail", fields = { plan = "Our plan" }, at = "Our plan" },
    { state = "fail", fields = { plan = "MCP Name" } },
    { state = "fail", fields = { plan = "All plans in the county" } },
    { state = "fail", fields = { plan = "Not Health Net" } },
    { state = "pass", fields = { plan = "Health Plan of San Joaquin" } },
    { state = "pass", fields = { plan = "Community Health Group" } },
    { state = "pass", fields = { plan = "The Health Plan of San Joaquin" } },
    { state = "pass", fields = { plan = "All American Health Plan" } },
    { state = "fail", fields = { plan = "the plan" } },
    { state = "pass", fields = { plan = "Health Net of California, Inc. d/b/a Health Net Community Solutions" } },
    { state = "pass", fields = { plan = "Health Net, a Centene company" } },
    { state = "pass", fields = { plan = "Health Net – Medi-Cal" } },
    { state = "pass", fields = { plan = "Health Net (not L.A. Care)" } },
    { state = "review", fields = { plan = "Health Net?" }, message = "left open" },
    { state = "review", fields = { plan = "Health Net [to be confirmed]" }, message = "left open" },
    { state = "review", fields = { plan = "A competitor of Health Net" }, message = "more is written" },
    { state = "review", fields = { plan = "Health Net and/or its affiliates" }, message = "more is written" },
  },
}

-- A header that names counties and says nothing else: "Kern", "County of Kern, CA", "Kern; Inyo".
local one_county = [[(the\s+)?((city\s+and\s+)?county(\s+of|:)\s+)?(]] .. expression_of_names(form.tables.county)
  .. [[)(\s+(county|counties|co\.?))?([,\s]+(State\s+of\s+)?(CA|Calif?\.?|California))?([\s,–—-]+\(?(county-?wide|entire\s+county)\)?)?]]
local counties_alone = pattern([[^\s*(?<one>]] .. one_county .. [[)([\s,;/&]+(and\s+)?(?&one))*[\s.]*$]], "i")
-- What stands in brackets behind a county is a part of it, unless it takes something away or leaves it open.
local in_brackets = pattern([[^(?<outside>[^()]*)\((?![^()]*\b(not|except|excluding|without|part|parts|only|but)\b)[^()]*\)\s*$]], "i")
local not_another = pattern([=[^(?<outside>[^()]*)[(\[]\s*(not|unlike|other\s+than)\s[^()]*[)\]]\s*$]=], "i")

-- Whether a county's field holds the name, and beside it nothing but a part of it or another that it is not.
local function is_county_alone(text)
  if text:find(counties_alone) then
    return true
  end
  local apart = text:find(not_another)
  if apart then
    return #text:mentions(county_names) > #apart.outside:mentions(county_names) and apart.outside:find(counties_alone)
  end
  local bracket = text:find(in_brackets)
  return bracket and not text:find(left_open) and bracket.outside:find(counties_alone)
end

rule "ipp1.county" {
  title    = "MCP County names one county of California",
  citation = "Payment 1 template, header: “MCPs that operate in multiple counties will need to submit a separate "
          .. "Gap-Filling Plan for each county.”",
  remedy   = "Name the one county that this filing is for; file again for each other county.",
  each     = "submission",
  level    = "error",
  judges   = "fields.county.required",

  check = function(submission)
    local field = submission.fields.county
    local named = named_in(field.text, county_names)
    if not field.answered then
      return present(field)
    elseif #named == 0 then
      return one_of(field, form.tables.county:map(function(county) return county.name end))
    elseif #named > 1 then
      return fail("%d counties are named; each needs a filing of its own", #named):at(named[2])
    elseif not is_county_alone(field.text) then
      return fail("more is written than the name of one county: “%s”", field.text):at(field)
    end
    return pass("the filing is for %s", named:first())
  end,

  examples = {
    { state = "pass", fields = { county = "Los Angeles" } },
    { state = "pass", fields = { county = "San Luis Obispo County" } },
    { state = "pass", fields = { county = "L.A. County" } },
    { state = "pass", fields = { county = "LA County, CA" } },
    { state = "pass", fields = { county = "INYO COUNTY, Calif." } },
    { state = "pass", fields = { county = "The County of Los Angeles" } },
    { state = "pass", fields = { county = "Los Angeles, Los Angeles" } },
    { state = "pass", fields = { county = "Los-Angeles" } },
    { state = "pass", fields = { county = "City and County of San Francisco" } },
    { state = "pass", fields = { county = "L. A. County" } },
    { state = "pass", fields = { county = "Los Angeles County, Calif." } },
    { state = "pass", fields = { county = "County of Los Angeles, State of California" } },
    { state = "pass", fields = { county = "Los Angeles – countywide" } },
    { state = "pass", fields = { county = "Los Angeles (not Kern)" } },
    { state = "fail", fields = { county = "Los Angeles (pending)" } },
    { state = "fail", fields = { county = "near Los Angeles" } },
    { state = "fail", fields = { county = "not Kern" }, at = "not Kern" },
    { state = "fail", fields = { county = "Kern and the rest of the valley" } },
    { state = "fail", fields = { county = "To be determined" }, message = "stands for an answer" },
    { state = "pass", fields = { county = "Kern (Bakersfield)" } },
    { state = "fail", fields = { county = "Kern (except Bakersfield)" } },
    { state = "pass", fields = { county = "Los Angeles Co." } },
    { state = "pass", fields = { county = "County: Los Angeles" } },
    { state = "fail", fields = { county = "Los Angelos" }, message = "Los Angeles" },
    { state = "fail", fields = { county = "Los Angeles and Kern" }, at = "Kern" },
    -- All the counties of California.
    { state = "fail", message = "58 counties are named", fields = { county =
      "Alameda, Alpine, Amador, Butte, Calaveras, Colusa, Contra Costa, Del Norte, El Dorado, Fresno, "
      .. "Glenn, Humboldt, Imperial, Inyo, Kern, Kings, Lake, Lassen, Los Angeles, Madera, Marin, Mariposa, "
      .. "Mendocino, Merced, Modoc, Mono, Monterey, Napa, Nevada, Orange, Placer, Plumas, Riverside, "
      .. "Sacramento, San Benito, San Bernardino, San Diego, San Francisco, San Joaquin, San Luis Obispo, San "
      .. "Mateo, Santa Barbara, Santa Clara, Santa Cruz, Shasta, Sierra, Siskiyou, Solano, Sonoma, Stanislaus, "
      .. "Sutter, Tehama, Trinity, Tulare, Tuolumne, Ventura, Yolo, Yuba" } },
    { state = "fail", fields = {}, expected_here = true },
  },
}

-- Another program year than the first, and each calendar year.
local other_program_year = pattern([[\b (program \s+ years? (\s* \(PY\))? | PY) \s* (?<number> [2-9] | two | three | four | five | II+ | IV | V)
  \b]], "ix")
local calendar_year = pattern([[(?<! \d) (?<number> (19|20)\d\d) (?! \d)]], "x")

-- The program year and the calendar year, and what may stand beside them: the days of the year, "i.e.", the payment.
local period_words = pattern([[ (?<! [\w.])
  ( (measurement | reporting | performance) \b
  | (program (me)? \s+ years? | PY) (?! [a-z]) (\s* \( PY \))? [\s:-]? (1 | one | I | first) (?! [\w]) (?! [.\s–—/-]* \d)
  | (first | 1st) \s+ program (me)? \s+ year \b
  | (calendar \s+ years? | CY) (?! [a-z]) (\s* \( CY \))? [\s:-]? (2022 | ['’]22) (?! \d)
  | 2022 (?! \d) | ['’]22 (?! \d)
  | (january | jan) \b \.? (\s+ 1 (st)? \b)? | (december | dec) \b \.? (\s+ 31 (st)? \b)? | 0?1/0?1/2022 | 12/31/2022
  | (calendar | program (me)?) \s+ years? \b | i\.?e\b | that \s is | and | of | the | for | is | equals | to | through | until | payment \s 1 | IPP | CalAIM | year | PY | CY ) (?! \w) ]], "ix")
local a_sign = pattern([=[[\p{L}\p{N}]]=])

-- Whether all letters and numbers of a text belong to words of the period.
local function is_period_alone(text)
  local known = 0
  for _, match in ipairs(text:matches(period_words)) do
    known = known + #match.text:matches(a_sign)
  end
  return known == #text:matches(a_sign) and not text:find(left_open)
end

rule "ipp1.period" {
  title    = "The filing is for the program year and calendar year of Payment 1",
  citation = "Payment 1 template, header: “Program Year (PY) / Calendar Year (CY)”; 1.2.5: “Program Year 1 "
          .. "Populations of Focus”",
  remedy   = "Enter “Program Year 1 / Calendar Year 2022”, or use the template of the later payment.",
  each     = "submission",
  level    = "error",
  judges   = "fields.period.required",

  check = function(submission)
    local period = submission.fields.period
    for _, other in ipairs { period.text:matches(other_program_year), period.text:matches(calendar_year) } do
      local wrong = other:where(function(year)
        return tostring(year.number) ~= form.period_calendar and not year.denied
      end):first()
      if wrong then
        return fail("“%s” is not the period of Payment 1, %s / %s", wrong, form.period_year, form.period_calendar):at(wrong)
      end
    end
    if period.answered and not period.text:find(calendar_year) then
      return fail("no calendar year is named; it is %s", form.period_calendar):at(period)
    end
    local named = all_of(present(period), mentions(period.text, form.period_year_names))
    if named.state == "pass" and not is_period_alone(period.text) then
      return review("more is written than the program year and the calendar year: “%s”", period.text):at(period)
    end
    return named
  end,

  examples = {
    { state = "pass", fields = { period = "Program Year 1 / Calendar Year 2022" } },
    { state = "pass", fields = { period = "PY 1 / CY 2022" } },
    { state = "pass", fields = { period = "PY1/CY2022" } },
    { state = "pass", fields = { period = "Program Year (PY) 1 / Calendar Year (CY) 2022" } },
    { state = "pass", fields = { period = "Program Year One (January 1, 2022 - December 31, 2022)" } },
    { state = "fail", fields = { period = "Program Year 1 / Calendar Year 2023" }, at = "2023" },
    { state = "fail", fields = { period = "Program Year 1 / Calendar Year 2023 (not 2022)" }, at = "2023" },
    { state = "fail", fields = { period = "PY 1 and PY 2 / CY 2022" }, at = "PY 2" },
    { state = "fail", fields = { period = "Program Year 1" }, message = "2022" },
    { state = "pass", fields = { period = "Program Year 1, i.e. Calendar Year 2022" } },
    { state = "pass", fields = { period = "PY-1 / CY-2022" } },
    { state = "pass", fields = { period = "Program Year 1 (January – December 2022)" } },
    { state = "review", fields = { period = "Program Year 1 / not Calendar Year 2022" }, message = "more is written" },
    { state = "review", fields = { period = "Program Year 1 / Fiscal Year 2022" } },
    { state = "review", fields = { period = "Program Year 1/2, Calendar Year 2022" } },
    { state = "review", fields = { period = "Program Year 1.5 / Calendar Year 2022" } },
    { state = "review", fields = { period = "Prior to Calendar Year 2022: Program Year 1" } },
    { state = "review", fields = { period = "Program Year 1 (CY 2022, not CY 2023)" } },
    { state = "fail", fields = { period = "Program Year 2 / Calendar Year 2022" } },
    { state = "fail", fields = {}, expected_here = true },
  },
}

rule "ipp1.county-of-plan" {
  title    = "The plan serves the county that it files for",
  citation = "Health Net, “Health Net Counties”: “Health Net is contracted with DHCS to provide Medi-Cal services in "
          .. "the following California counties”",
  remedy   = "Check the county, and the list of the plan's counties.",
  each     = "submission",
  level    = "warning",

  when = function(submission)
    local plan = row_named(submission.fields.plan, plan_names)
    local county = row_named(submission.fields.county, county_names)
    return plan and plan.counties and county, "the plan, its counties or the county are not known"
  end,

  check = function(submission)
    local plan = row_named(submission.fields.plan, plan_names)
    local county = submission.fields.county
    if #county.text:mentions(plan.counties) > 0 then
      return pass("%s serves %s", plan.name, county.text)
    end
    return review("%s is not among the counties that %s serves", county.text, plan.name):at(county)
  end,

  examples = {
    { state = "pass", fields = { plan = "Health Net", county = "Los Angeles" } },
    { state = "pass", fields = { plan = "Health Net", county = "Amador" } },
    { state = "pass", fields = { plan = "Health Net", county = "Calaveras" } },
    { state = "pass", fields = { plan = "Health Net", county = "Inyo" } },
    { state = "pass", fields = { plan = "Health Net", county = "Mono" } },
    { state = "pass", fields = { plan = "Health Net", county = "Sacramento" } },
    { state = "pass", fields = { plan = "Health Net", county = "San Joaquin" } },
    { state = "pass", fields = { plan = "Health Net", county = "Stanislaus" } },
    { state = "pass", fields = { plan = "Health Net", county = "Tulare" } },
    { state = "pass", fields = { plan = "Health Net", county = "Tuolumne" } },
    { state = "review", fields = { plan = "Health Net", county = "Kern" }, at = "Kern" },
    { state = "not-applicable", fields = { plan = "L.A. Care", county = "Los Angeles" } },
  },
}

-- What a filing says of its plan or county: the table's name for it, else what is written; nil when nothing is.
local function name_in(field, names)
  local row = row_named(field, names)
  return row and row.name or not field.blank and field.text or nil
end

rule "ipp1.one-per-county" {
  title    = "A plan files once for each county",
  citation = "Payment 1 template, header: “MCPs that operate in multiple counties will need to submit a separate "
          .. "Gap-Filling Plan for each county.”",
  remedy   = "Withdraw one of the two, or correct its county.",
  each     = "collection",
  level    = "error",

  check = function(collection)
    local first_for = {}
    for _, filing in ipairs(collection.submissions) do
      local plan = name_in(filing.fields.plan, plan_names)
      local county = name_in(filing.fields.county, county_names)
      if plan and county then
        local named = ("%s, %s"):format(plan, county)
        local first = first_for[named]
        if first then
          return fail("%s has filed for %s before", plan, county):at(filing.fields.county)
            :see(first.fields.county, "the first filing of %s for %s, in %s", plan, county, first.path)
        end
        first_for[named] = filing
      end
    end
    return pass("each filing is for another plan or county")
  end,

  examples = {
    { state = "pass", submissions = {
      { fields = { plan = "Health Net", county = "Los Angeles" } },
      { fields = { plan = "Health Net", county = "Inyo" } },
      { fields = { plan = "L.A. Care", county = "Los Angeles" } },
    } },
    -- By whatever name.
    { state = "fail", at = "Inyo County", message = "Health Net has filed for Inyo before", submissions = {
      { fields = { plan = "Health Net Community Solutions", county = "Inyo" } },
      { fields = { plan = "Health Net", county = "Inyo County" } },
    } },
    { state = "fail", at = "Nowhere", submissions = {
      { fields = { plan = "The plan", county = "Nowhere" } },
      { fields = { plan = "The plan", county = "Nowhere" } },
    } },
    -- That a name is missing is found in each filing.
    { state = "pass", submissions = { { fields = { plan = "Health Net" } }, { fields = { plan = "Health Net" } } } },
    { state = "pass", submissions = { { fields = { county = "Inyo" } }, { fields = { county = "Inyo" } } } },
  },
}

-- The plans that file more than once and whose counties are known, as a list of { row, filings }.
local function plans_together(collection)
  local by_name, plans = {}, {}
  for _, filing in ipairs(collection.submissions) do
    local row = row_named(filing.fields.plan, plan_names)
    if row and row.counties then
      local plan = by_name[row.name]
      if not plan then
        plan = { row = row, filings = {} }
        by_name[row.name] = plan
      elseif #plan.filings == 1 then
        table.insert(plans, plan)
      end
      table.insert(plan.filings, filing)
    end
  end
  return plans
end

-- The counties that a plan serves and none of its filings is for.
local function counties_missing(plan)
  local filed, missing = {}, {}
  for _, filing in ipairs(plan.filings) do
    local county = row_named(filing.fields.county, county_names)
    if county then
      filed[county.name] = true
    end
  end
  for _, county in ipairs(plan.row.counties) do
    if not filed[county] then
      table.insert(missing, county)
    end
  end
  return missing
end

rule "ipp1.every-county" {
  title    = "A plan that files for several counties files for each that it serves",
  citation = "Payment 1 template, header: “MCPs that operate in multiple counties will need to submit a separate "
          .. "Gap-Filling Plan for each county.”",
  remedy   = "File for the counties that are missing, or check them with the others.",
  why      = "One filing alone is no set. Counties are known of the plans that publish them.",
  each     = "collection",
  level    = "warning",

  when = function(collection)
    return #plans_together(collection) > 0, "there are no two filings of one plan whose counties are known"
  end,

  check = function(collection)
    for _, plan in ipairs(plans_together(collection)) do
      local missing = counties_missing(plan)
      if #missing > 0 then
        return fail("%s serves %d counties; there is no filing for %s", plan.row.name, #plan.row.counties,
          table.concat(missing, ", ")):at(plan.filings[1].fields.plan)
          :see(plan.filings[2].fields.plan, "it files for several counties")
      end
    end
    return pass("there is a filing for every county")
  end,

  examples = {
    { state = "fail", at = "Health Net Community Solutions", message = "Health Net serves 10 counties; there is no filing "
      .. "for Amador, Calaveras, Inyo, Mono, Sacramento, San Joaquin, Stanislaus, Tulare", submissions = {
      { fields = { plan = "Health Net Community Solutions", county = "Los Angeles" } },
      { fields = { plan = "Health Net", county = "Tuolumne County" } },
    } },
    { state = "fail", message = "there is no filing for Mono", submissions = {
      { fields = { plan = "Health Net", county = "Amador" } },
      { fields = { plan = "Health Net", county = "Calaveras" } },
      { fields = { plan = "Health Net", county = "Inyo" } },
      { fields = { plan = "Health Net", county = "Los Angeles" } },
      { fields = { plan = "L.A. Care", county = "Mono" } },
      { fields = { plan = "Health Net", county = "Sacramento" } },
      { fields = { plan = "Health Net", county = "San Joaquin" } },
      { fields = { plan = "Health Net", county = "Stanislaus" } },
      { fields = { plan = "Health Net", county = "Tulare" } },
      { fields = { plan = "Health Net", county = "Tuolumne" } },
    } },
    { state = "pass", submissions = {
      { fields = { plan = "Health Net", county = "Amador" } },
      { fields = { plan = "Health Net", county = "Calaveras" } },
      { fields = { plan = "Health Net", county = "Inyo" } },
      { fields = { plan = "Health Net", county = "Los Angeles" } },
      { fields = { plan = "Health Net", county = "Mono" } },
      { fields = { plan = "Health Net", county = "Sacramento" } },
      { fields = { plan = "Health Net", county = "San Joaquin" } },
      { fields = { plan = "Health Net", county = "Stanislaus" } },
      { fields = { plan = "Health Net", county = "Tulare" } },
      { fields = { plan = "Health Net", county = "Tuolumne" } },
    } },
    -- One filing of a plan alone.
    { state = "not-applicable", submissions = {
      { fields = { plan = "Health Net", county = "Los Angeles" } },
      { fields = { plan = "L.A. Care", county = "Los Angeles" } },
    } },
    -- Counties that are not known.
    { state = "not-applicable", submissions = {
      { fields = { plan = "L.A. Care", county = "Los Angeles" } },
      { fields = { plan = "L.A. Care", county = "Orange" } },
    } },
    -- Misspelt counties are none.
    { state = "fail", message = "Amador, Calaveras, Inyo, Los Angeles", submissions = {
      { fields = { plan = "Health Net", county = "Amadore" } },
      { fields = { plan = "Health Net", county = "Mono" } },
    } },
  },
}

-- What names a county in running text, and which: "Kern", "Orange County", "the County of Orange"; false for what has only
-- the name of one in it (a plan, a valley, a university).
local county_of_phrase, county_phrases = {}, {}
local function add_phrase(phrase, county)
  county_of_phrase[phrase] = county
  table.insert(county_phrases, phrase)
end
for _, county in ipairs(form.tables.county) do
  for _, name in ipairs { county.name, table.unpack(county.aliases or {}) } do
    name = tostring(name)
    add_phrase(name .. " County", tostring(county.name))
    add_phrase("County of " .. name, tostring(county.name))
    if not county.ambiguous then
      add_phrase(name, tostring(county.name))
    end
  end
end
for _, plan in ipairs(form.tables.plan) do
  for _, name in ipairs { plan.name, table.unpack(plan.aliases or {}) } do
    add_phrase(tostring(name), false)
  end
end
for _, county in ipairs(form.tables.county) do
  for _, place in ipairs(county.places or {}) do
    add_phrase(tostring(place), tostring(county.name))
  end
end
for _, other in ipairs(form.tables.namesake) do
  add_phrase(tostring(other.name), false)
end
local counties_in_words = phrases(county_phrases)

-- "the counties of Orange and Kings", "Orange and Kings counties": whatever stands in such a list is a county. The word itself, and
-- how a list may begin, are looked at first, as that is cheap.
local says_counties = pattern([[counties\b]], "i")
local counties_listed = pattern([[\bcounties\s+of\s+(?<list>(?<one>]] .. one_county
  .. [[)((\s*,\s*|\s+)(and\s+|&\s+)?(?&one))+)|(?<!\pL)(?=the\s|city\s|county|]] .. expression_of_names(form.tables.county)
  .. [[)(?&list)\s+counties\b]], "i")
-- A name before "County": for one that is misspelt.
local before_county = pattern([[\b(?<name>(San|Santa|El|Del|Los|Contra)\s+[A-Z][a-z]+(\s+[A-Z][a-z]+)?|[A-Z][a-z]{4,})\s+County\b]])
local county_list = form.tables.county:map(function(county) return county.name end)

-- A person or a place that has the name of a county: "Mr. Kern", "Monterey Park", "Riverside Drive".
local person = pattern([[\b (Mr|Mrs|Ms|Miss|Dr|Prof|Rev|Hon|Sen|Judge|Supervisor|Chief|Director|Sheriff) \b \.? \s+ (?<name> [A-Z]\w+ (?! \s+ County))]], "x")
local named_after = pattern([[(?<name> \b [A-Z]\w+ (\s [A-Z]\w+)? ) \s+ (Street | St | Avenue | Ave | Boulevard | Blvd | Drive | Dr | Road | Rd | Lane | Way | Place
  | Freeway | Highway | Park | Heights | Grove | Hills | Line | Systems | Inc | LLC | Corporation) \b]], "x")

local function is_name_of_another(text, mention)
  local all, others = #text:mentions(mention.phrase), 0
  for _, names in ipairs { person, named_after } do
    for _, match in ipairs(text:matches(names)) do
      others = others + #match.name:mentions(mention.phrase)
    end
  end
  return others >= all
end

-- The first words that name another county than `own`, and the county they name.
local function other_county(text, own)
  for _, mention in ipairs(text:mentions(counties_in_words)) do
    local county = county_of_phrase[mention.phrase]
    if county and county ~= own and not is_name_of_another(text, mention) then
      return mention, county
    end
  end
  for _, list in ipairs(text:find(says_counties) and text:matches(counties_listed) or {}) do
    for _, mention in ipairs(list.text:mentions(county_names)) do
      if tostring(mention.row.name) ~= own then
        return mention, mention.row.name
      end
    end
  end
end

local this_place = phrases {
  "this county", "our county", "the county", "our counties", "all counties", "every county", "each county", "both counties",
  "statewide", "countywide", "all service areas", "all of our service areas", "here",
}
local other_states = phrases {
  "Nevada", "Arizona", "Oregon", "Washington State", "Texas", "Utah", "Idaho", "New Mexico", "Colorado", "Florida", "New York",
  "Mexico", "Hawaii", "Alaska", "Illinois", "Georgia", "Ohio", "Michigan",
}

-- Places that are told of for comparison, and those that are left out.
local compared_place = pattern([[\b (as | like | unlike | than | from | with) \s (in \s)? (?<place> ([A-Z]\S* \s?){1,4})]], "x")
local left_out = pattern([[\b (outside | other \s than | except | but | beyond | not) \s ((of | in | for | not \s in) \s)?
  (?<place> ([A-Z]\S* \s?){1,4})]], "x")

local function is_named_behind(words, sentence, name)
  for _, match in ipairs(sentence:matches(words)) do
    if #match.place:mentions(name) > 0 then
      return true
    end
  end
  return false
end

-- Why what is found in a response is not said of the county that the filing is for, and the words because of which; nil where it
-- may be.
local function said_elsewhere(found, submission)
  local row, sentence = row_named(submission.fields.county, county_names), found.sentence
  if not row or not sentence then
    return nil
  end
  local here = sentence:mentions(row):first()
  if here and is_named_behind(left_out, sentence, row) then
    return ("it is said of what is not “%s”"):format(here), here
  elseif here or #sentence:mentions(this_place) > 0 then
    return nil
  end
  local other = other_county(sentence, tostring(row.name)) or sentence:mentions(other_states):first()
  if other and not is_named_behind(compared_place, sentence, tostring(other)) then
    return ("it is said of “%s”"):format(other), other
  end
  return nil
end

-- The first name of a county that is written wrong, and the county that is probably meant.
local function misspelt_county(text)
  for _, match in ipairs(text:matches(before_county)) do
    if #match.text:mentions(county_names) == 0 then
      local verdict = one_of(match.name, county_list)
      for _, county in ipairs(county_list) do
        if verdict.message:find("did you mean “" .. tostring(county) .. "”", 1, true) then
          return match.name, county
        end
      end
    end
  end
end

-- What a text must say for a county to be named in it that is not among the phrases above, or is written wrong; whatever else
-- it says is looked for in vain.
local may_name_county = pattern([[\bCounty\b | (?i:counties\b)]], "x")

rule "ipp1.other-county" {
  title    = "The responses are about the county that the filing is for",
  citation = "Payment 1 template, header: “MCPs that operate in multiple counties will need to submit a separate "
          .. "Gap-Filling Plan for each county.”",
  remedy   = "Check whether the passage was written for the other county's filing.",
  each     = "response",
  level    = "warning",

  when = function(response, submission)
    return row_named(submission.fields.county, county_names), "the county of the filing is not known"
  end,

  check = function(response, submission)
    if #response.text:mentions(counties_in_words) == 0 and not response.text:find(may_name_county) then
      return pass()
    end
    local own = tostring(row_named(submission.fields.county, county_names).name)
    local mention, county = other_county(response.text, own)
    if mention then
      return review("“%s” stands in the filing of %s", mention, own):at(mention):working("%s is %s", mention, county)
    end
    local misspelt, meant = misspelt_county(response.text)
    if misspelt and tostring(meant) ~= own then
      return review("“%s” is no county; %s may be meant, in the filing of %s", misspelt, meant, own):at(misspelt)
    end
    return pass()
  end,

  examples = {
    { state = "pass", fields = { county = "Los Angeles" }, response = "There are gaps in Los Angeles County." },
    { state = "pass", fields = { county = "Orange" }, response = "There are gaps in the County of Orange." },
    { state = "review", fields = { county = "Los Angeles" }, response = "There are gaps in Sacramento County.",
      at = "Sacramento County" },
    { state = "review", fields = { county = "Sacramento" }, response = "There are gaps in Los Angeles.", at = "Los Angeles" },
    { state = "review", fields = { county = "Sacramento" }, response = "We meet LA DMH.", at = "LA" },
    { state = "review", fields = { county = "Sacramento" }, response = "LACDMH has no interface yet.", at = "LACDMH" },
    { state = "review", fields = { county = "Fresno" }, response = "Clinics in Bakersfield are not connected.",
      at = "Bakersfield" },
    { state = "pass", fields = { county = "Kern" }, response = "Clinics in Bakersfield are connected by Dr. Merced." },
    { state = "pass", fields = { county = "Los Angeles" }, response = "Mr. Kern and Mrs. Napa chair it." },
    { state = "pass", fields = { county = "Los Angeles" }, response = "The Monterey Park clinic on Ventura Boulevard has no EHR." },
    { state = "review", fields = { county = "Los Angeles" }, response = "Mr. Kern chairs it, in Kern.", at = "Kern" },
    { state = "review", fields = { county = "Kern" }, response = "We serve the counties of Kern and Kings.", at = "Kings" },
    { state = "review", fields = { county = "Kern" }, response = "We serve Lake and Kern counties.", at = "Lake" },
    { state = "review", fields = { county = "Kern" }, response = "In San Fransisco County there are gaps.",
      at = "San Fransisco", message = "San Francisco may be meant" },
    -- A color, a lake, a valley and a plan are no counties.
    { state = "pass", fields = { county = "Kern" }, response = "Orange lake flags fly over the San Joaquin Valley." },
    { state = "pass", fields = { county = "Kern" }, response = "We work with L.A. Care and San Francisco Health Plan." },
    { state = "not-applicable", fields = {}, response = "There are gaps in Sacramento County." },
  },
}

-- Words in which only the filer speaks of itself.
local speaker_of_phrase, speaking_phrases = {}, {}
for _, plan in ipairs(form.tables.plan) do
  for _, name in ipairs { plan.name, table.unpack(plan.aliases or {}) } do
    name = tostring(name)
    for _, phrase in ipairs { name .. " and our plan", "we at " .. name, "as " .. name .. " we", "we " .. name,
                              "our plan " .. name, "at " .. name .. " we", "here at " .. name, "plan of " .. name,
                              name .. " submits", "submitted by " .. name, name .. "'s own plan", name .. "'s gap filling plan",
                              "your " .. name .. " team", "the " .. name .. " team", "speaking for " .. name,
                              "on behalf of " .. name, "our members at " .. name, "our " .. name .. " members", "we as " .. name,
                              name .. " is pleased to", name .. " is happy to", name .. " is proud to", name .. " respectfully",
                              name .. " hereby", name .. " submits this", name .. " herewith", "undersigned " .. name,
                              "signed " .. name, "sincerely " .. name, "regards " .. name, "yours " .. name,
                              "for " .. name .. " we", name .. " hereinafter the plan", name .. " is hereinafter the plan",
                              "our own " .. name, "MCP name " .. name } do
      speaker_of_phrase[phrase] = plan.name
      table.insert(speaking_phrases, phrase)
    end
  end
end
local plans_speaking = phrases(speaking_phrases)

rule "ipp1.other-plan" {
  title    = "The filer speaks of itself by its own name",
  citation = "Payment 1 template, header: “MCP Name”",
  remedy   = "Check whether the other plan's name stands where the filer's should, or the passage is the other plan's.",
  each     = "response",
  level    = "warning",

  when = function(response, submission)
    return row_named(submission.fields.plan, plan_names), "the plan that files is not known"
  end,

  check = function(response, submission)
    local mentions = response.text:mentions(plans_speaking)
    local own = #mentions > 0 and row_named(submission.fields.plan, plan_names).name
    for _, mention in ipairs(mentions) do
      if speaker_of_phrase[mention.phrase] ~= own then
        return review("“%s” stands in the filing of %s", mention, own):at(mention)
      end
    end
    return pass()
  end,

  examples = {
    { state = "pass", fields = { plan = "Health Net" }, response = "Health Net and our plan partners work with L.A. Care." },
    { state = "review", fields = { plan = "Health Net" }, response = "Quarterly, L.A. Care and our plan partners meet.",
      at = "L.A. Care and our plan" },
    { state = "review", fields = { plan = "Health Net" }, response = "At L.A. Care, we train all staff.", at = "At L.A. Care, we" },
    { state = "review", fields = { plan = "Health Net" }, response = "This is the Gap-Filling Plan of CalOptima.",
      at = "Plan of CalOptima" },
    { state = "review", fields = { plan = "Health Net" }, response = "As L.A. Care, we commit to it.", at = "As L.A. Care, we" },
    { state = "review", fields = { plan = "Health Net" }, response = "Regards,\nYour L.A. Care team", at = "Your L.A. Care team" },
    { state = "review", fields = { plan = "Health Net" }, response = "Speaking for Kaiser, we see gaps.", at = "Speaking for Kaiser" },
    { state = "review", fields = { plan = "Health Net" }, response = "L.A. Care is pleased to submit this.",
      at = "L.A. Care is pleased to" },
    { state = "pass", fields = { plan = "Health Net" }, response = "L.A. Care (hereinafter “our partner”) and we share a portal." },
  },
}

-- The plan that files, as a row of the form's table; nil where it is not clear which.
local function plan_of(submission)
  return row_named(submission.fields.plan, plan_names)
end

return { county_names = county_names, plan_names = plan_names, plan_of = plan_of, said_elsewhere = said_elsewhere }
