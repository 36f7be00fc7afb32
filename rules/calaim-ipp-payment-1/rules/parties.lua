-- Whether the narrative names those whom the form wants the plan to work with, by the form's name or by one of theirs.

local party_names = phrases(form.tables.party)

-- What names a party only where the county is said.
local party_of_bare, bare = {}, {}
for _, row in ipairs(form.tables.party) do
  for _, phrase in ipairs(row.with_county or {}) do
    party_of_bare[tostring(phrase)] = row
    table.insert(bare, tostring(phrase))
  end
end
local bare_names = phrases(bare)

-- "the county's", "Kern's", and not "L.A. Care's"
local function is_countys(mention)
  local by = mention.owned_by
  return mention.owner == "local"
    or mention.owner == "other" and #by:mentions(county_names) > 0 and #by:mentions(plan_names) == 0
end

-- Why a mention of an agency may not be the county's, and the words that say so; nil when it may.
local function not_countys(mention, row)
  if not row.owner then
    return nil
  elseif mention.thing then
    return ("“%s” with “%s” is no agency"):format(mention, mention.thing), mention.thing
  elseif mention.gloss and row.not_to_confuse and #mention.gloss:mentions(row.not_to_confuse) > 0 then
    return ("“%s” is “%s”"):format(mention, mention.gloss), mention.gloss
  elseif is_countys(mention) then
    return nil
  elseif mention.owner then
    return ("“%s” is not said to be the county's: “%s”"):format(mention, mention.owned_by or mention.owner), mention.owned_by
  elseif mention.several then
    return ("“%s” may be anybody's"):format(mention)
  end
end

local ourselves = phrases { "we", "our", "us" }

-- Whether what is said of a party is said of another plan alone: the statement begins with its name, and not with the filer's.
local function is_of_another_plan(mention, submission)
  local plan = plan_of(submission)
  local statement = mention.statement
  local other = plan and statement:mentions(plan_names):first()
  return other and other.row.name ~= plan.name and tostring(statement.words[1]) == tostring(other.text.words[1])
    and #statement:mentions(ourselves) == 0 and #statement:mentions(plan) == 0
end

-- Why a mention does not say that the filer works with the party, and the words that say so; nil when it does.
local function not_said(mention, submission)
  local trigger = mention.denied or mention.attributed_to or mention.unclear or mention.conditional or mention.hedged
  if trigger then
    return ("“%s” is not said to take part: “%s”"):format(mention, trigger), trigger
  elseif is_of_another_plan(mention, submission) then
    return ("“%s” is what another plan works with"):format(mention), mention.statement
  end
end

-- The parties that a text names for sure, by name with the mention; in `doubtful` the first mention of those that it names
-- otherwise, with why and the words that say so.
local function add_named(named, doubtful, text, submission)
  for _, mention in ipairs(text:mentions(party_names)) do
    local name = mention.row.name
    local why, trigger = not_countys(mention, mention.row)
    if not why then
      why, trigger = not_said(mention, submission)
    end
    if why then
      doubtful[name] = doubtful[name] or { mention = mention, why = why, trigger = trigger }
    else
      named[name] = named[name] or mention
    end
  end
  for _, mention in ipairs(text:mentions(bare_names)) do
    local row = party_of_bare[mention.phrase]
    if not named[row.name] and not mention.followed_by and is_countys(mention) and not not_countys(mention, row)
      and not not_said(mention, submission) then
      named[row.name] = mention
    end
  end
end

-- The verdict that all are named; it shows the words that it rests on.
local function pass_of(parties, named)
  local verdict = pass("named: %s", parties)
  for _, name in ipairs(parties) do
    verdict:see(named[tostring(name)], "%s", name)
  end
  return verdict
end

-- The verdict that these are missing; where one of them is named, but not for sure, with its place and why.
local function review_of(said, missing, doubtful)
  for _, name in ipairs(missing) do
    local found = doubtful[tostring(name)]
    if found then
      local verdict = review("%s: %s; %s", said, missing, found.why):at(found.mention)
      return found.trigger and verdict:see(found.trigger, "%s", found.why) or verdict
    end
  end
  return review("%s: %s", said, missing)
end

local function party_row(name)
  return form.tables.party:where(function(row) return row.name == name end):first()
end

-- What a reader may take for one of the missing parties: DHS (Health Services) for social services.
local function mistaken_for_missing(missing, text)
  for _, name in ipairs(missing) do
    local others = party_row(name).not_to_confuse
    local mistaken = others and text:mentions(others):first()
    if mistaken then
      return mistaken, name
    end
  end
end

rule "ipp1.agencies-named" {
  title    = "The response names each of the agencies that its prompt names",
  citation = "Payment 1 template, in the prompt: “collaborating with, Social Services, County Behavioral Health, and "
          .. "County/Local Public Health Agencies”",
  remedy   = "Name the agency, or say why it takes no part.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.parties, "the prompt names no agencies"
  end,

  check = function(response, submission)
    local named, doubtful = {}, {}
    add_named(named, doubtful, response.text, submission)
    local missing = response.item.parties:where(function(name) return not named[tostring(name)] end)
    if #missing == 0 then
      return pass_of(response.item.parties, named)
    end
    local mistaken, name = mistaken_for_missing(missing, response.text)
    if mistaken then
      return review("%s is not named; “%s” is another agency", name, mistaken):at(mistaken)
    end
    return review_of("not named", missing, doubtful)
  end,

  examples = {
    { state = "pass", item = "1.2.5.6", response = "We work with county social services, DMH and DPH." },
    { state = "review", item = "1.2.5.6", response = "We work with LA DHS, LA DMH and LA DPH.", at = "DHS" },
    { state = "review", item = "1.2.5.6", response = "We work with DMH, DPH and the Department of Health Services.",
      at = "Department of Health Services" },
    { state = "review", item = "1.2.5.6", response = "We work with DPSS and DPH.", message = "county behavioral health" },
    { state = "review", item = "1.2.5.6", response = "We do not work with County Public Health; we work with DPSS and DMH.",
      at = "County Public Health", message = "“not”" },
    { state = "review", item = "1.2.5.6", response = "We work with DPSS and DMH, and may work with DPH.", at = "DPH" },
    { state = "review", item = "1.2.5.6", response = "DPSS and DMH have joined; DPH has declined.", at = "DPH" },
    { state = "review", item = "1.2.5.6", fields = { plan = "Health Net" }, at = "DPSS",
      response = "L.A. Care meets with DPSS, DMH and DPH; our plan has no such arrangement." },
    -- One head for all, and the county said once.
    { state = "pass", item = "1.2.5.6", response = "We work with the Departments of Social Services, Behavioral Health, "
      .. "and Public Health." },
    { state = "pass", item = "1.2.5.6", response = "The county's social services, behavioural health and public health "
      .. "departments take part." },
    { state = "pass", item = "1.2.5.6", response = "Kern County HHSA, with its Mental Health and Public Health branches." },
    { state = "pass", item = "1.2.5.6", response = "DPSS, DMH and Kern's Dept. of Public Health take part." },
    { state = "pass", item = "1.2.5.6", response = "County agencies (social services, mental health, public health)." },
    { state = "review", item = "1.2.5.6", response = "County residents' behavioral health; DPSS and DPH.",
      message = "county behavioral health" },
    { state = "review", item = "1.2.5.6", response = "DPSS and DPH, and the county's behavioral health strategy.",
      message = "county behavioral health" },
    -- Somebody else's.
    { state = "review", item = "1.2.5.6", response = "DPSS, DMH and the State Department of Public Health take part.",
      at = "Department of Public Health", message = "“Department of Public Health” is not said to be the county's: “State”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DMH and the Department of Public Health (CDPH) take part.",
      at = "CDPH", message = "another agency" },
    { state = "review", item = "1.2.5.6", response = "Our own social services staff works with DMH and DPH.",
      at = "social services", message = "“Our”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DPH and Health Net's behavioral health department take part.",
      at = "behavioral health department", message = "“Health Net's”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DPH and L.A. Care's behavioral health department take part.",
      at = "behavioral health department", message = "“L.A. Care's”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DPH and private behavioral health departments take part.",
      at = "behavioral health departments", message = "“private”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DPH and behavioral health departments take part.",
      at = "behavioral health departments", message = "may be anybody's" },
    { state = "review", item = "1.2.5.6", response = "Members with access to social services, DMH and DPH.",
      at = "social services", message = "“social services” with “access” is no agency" },
    { state = "review", item = "1.2.5.6", response = "DPSS and DMH met in the county public health emergency.",
      at = "county public health", message = "“emergency”" },
  },
}

rule "ipp1.entities-named" {
  title    = "The Gap-Filling Plan names the entities that its measure wants the plan to work with",
  citation = "Payment 1 template, 1.1.6, 1.2.5 and 1.3.5: “Gap-Filling Plan narrative should include approaches for "
          .. "collaborating with entities, including but not limited to, county social services, …”",
  remedy   = "Say how you work with the entity, in any response of the measure.",
  each     = "measure",
  level    = "note",

  when = function(measure)
    return measure.parties, "the measure names no entities"
  end,

  check = function(measure, submission)
    local named, doubtful = {}, {}
    for _, response in ipairs(measure.responses) do
      add_named(named, doubtful, response.text, submission)
    end
    local missing = measure.parties:where(function(name) return not named[tostring(name)] end)
    if #missing == 0 then
      return pass_of(measure.parties, named)
    end
    return review_of("not named in any response", missing, doubtful)
  end,

  examples = {
    { state = "pass", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs, jails and the CoC." } },
    { state = "review", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs and jails." },
      message = "housing continuum" },
    -- What a prompt asks for is not named by that.
    { state = "review", measure = "1.1.6", responses = { ["1.1.6.5"] = "We meet.", ["1.1.6.7"] = "DHS, CBOs, jails and the "
      .. "CoC meet." }, message = "county social services, county behavioral health, county/local public health" },
    { state = "pass", measure = "1.1.6", responses = { ["1.1.6.5"] = "The county departments of social services and mental "
      .. "health meet.", ["1.1.6.7"] = "Public Health, the county's public hospitals, CBOs, probation and the CoC: all of the "
      .. "county's public health department." } },
    { state = "not-applicable", measure = "1.1.7", responses = { ["1.1.7"] = "We meet." } },
  },
}
