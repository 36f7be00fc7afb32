-- The head of the form: who files, for which county, for which period; whether the responses keep to it, and
-- whether the filings that are checked together make one set.

local county_names = phrases(form.tables.county)
local plan_names = phrases(form.tables.plan)

-- The one county or plan that the header names, as a row of the form's table; nil when it is not clear which.
local function row_named(field, names)
  local named = field.text:mentions(names)
  return #named == 1 and named[1].row or nil
end

-- Passes when the response uses no phrase that stands for another county or plan than the one that the field names.
local function keeps_to(field, names, response, wanted, name_of_phrase)
  for _, mention in ipairs(response.text:mentions(wanted)) do
    local own = row_named(field, names).name
    if name_of_phrase[mention.phrase] ~= own then
      return review("“%s” stands in the filing of %s", mention, own):at(mention)
    end
  end
  return pass()
end

rule "ipp1.plan" {
  title    = "MCP Name says which plan files",
  citation = "Payment 1 template, header: “MCP Name”",
  remedy   = "Enter the plan's name.",
  each     = "submission",
  level    = "error",
  judges   = "fields.plan.required",

  check = function(submission)
    return present(submission.fields.plan)
  end,

  examples = {
    { state = "pass", fields = { plan = "Health Net" } },
    { state = "fail", fields = {}, expected_here = true },
  },
}

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
    if field.blank then
      return present(field)
    end
    local named = field.text:mentions(county_names)
    if #named == 0 then
      return one_of(field, form.tables.county:map(function(county) return county.name end))
    elseif #named > 1 then
      return fail("%d counties are named; each needs a filing of its own", #named):at(named[2])
    end
    return pass("the filing is for %s", named:first())
  end,

  examples = {
    { state = "pass", fields = { county = "Los Angeles" } },
    { state = "pass", fields = { county = "San Luis Obispo County" } },
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
    return all_of(
      present(period),
      mentions(period.text, form.period_year),
      mentions(period.text, form.period_calendar)
    )
  end,

  examples = {
    { state = "pass", fields = { period = "Program Year 1 / Calendar Year 2022" } },
    { state = "fail", fields = { period = "Program Year 1 / Calendar Year 2023" } },
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

-- "Orange" is a county only with the word beside it.
local county_of_phrase, county_phrases = {}, {}
for _, county in ipairs(form.tables.county) do
  for _, phrase in ipairs { county.name .. " County", "County of " .. county.name } do
    county_of_phrase[phrase] = county.name
    table.insert(county_phrases, phrase)
  end
end
local counties_in_words = phrases(county_phrases)

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
    return keeps_to(submission.fields.county, county_names, response, counties_in_words, county_of_phrase)
  end,

  examples = {
    { state = "pass", fields = { county = "Los Angeles" }, response = "There are gaps in Los Angeles County." },
    { state = "pass", fields = { county = "Orange" }, response = "There are gaps in the County of Orange." },
    { state = "review", fields = { county = "Los Angeles" }, response = "There are gaps in Sacramento County.",
      at = "Sacramento County" },
    { state = "not-applicable", fields = {}, response = "There are gaps in Sacramento County." },
  },
}

-- Words in which only the filer speaks of itself.
local speaker_of_phrase, speaking_phrases = {}, {}
for _, plan in ipairs(form.tables.plan) do
  for _, name in ipairs { plan.name, table.unpack(plan.aliases or {}) } do
    for _, phrase in ipairs { name .. " and our plan", "we at " .. name } do
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
    return keeps_to(submission.fields.plan, plan_names, response, plans_speaking, speaker_of_phrase)
  end,

  examples = {
    { state = "pass", fields = { plan = "Health Net" }, response = "Health Net and our plan partners work with L.A. Care." },
    { state = "review", fields = { plan = "Health Net" }, response = "Quarterly, L.A. Care and our plan partners meet.",
      at = "L.A. Care and our plan" },
  },
}
