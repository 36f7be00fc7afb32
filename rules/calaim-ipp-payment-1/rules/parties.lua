-- Whether the narrative names those whom the form wants the plan to work with, by the form's name or by one of theirs.

local party_names = phrases(form.tables.party)

-- The plans; others than the filer may do what it does not.
local plan_names = phrases(form.tables.plan)
local ourselves = phrases { "we", "our", "us" }

-- Whether what is said of a party is said of another plan alone: the statement begins with its name, and not with the filer's.
local function is_of_another_plan(mention, submission)
  local plan = submission.fields.plan.text:mentions(plan_names):first()
  local statement = mention.statement
  local other = plan and statement:mentions(plan_names):first()
  return other and other.row.name ~= plan.row.name and tostring(statement.words[1]) == tostring(other.text.words[1])
    and #statement:mentions(ourselves) == 0 and #statement:mentions(plan.row) == 0
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

-- The parties that a text names for sure, as keys of `named`; in `doubtful` the first mention of those that it names otherwise.
local function add_named(named, doubtful, text, submission)
  for _, mention in ipairs(text:mentions(party_names)) do
    local name = mention.row.name
    if not_said(mention, submission) then
      doubtful[name] = doubtful[name] or mention
    else
      named[name] = true
    end
  end
end

-- The verdict that these are missing; where one of them is named, but not for sure, with its place and why.
local function review_of(said, missing, doubtful, submission)
  for _, name in ipairs(missing) do
    local mention = doubtful[name]
    if mention then
      local why, trigger = not_said(mention, submission)
      return review("%s: %s; %s", said, missing, why):at(mention):see(trigger, why)
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
    local missing = response.item.parties:where(function(name) return not named[name] end)
    if #missing == 0 then
      return pass("named: %s", response.item.parties)
    end
    local mistaken, name = mistaken_for_missing(missing, response.text)
    if mistaken then
      return review("%s is not named; “%s” is another agency", name, mistaken):at(mistaken)
    end
    return review_of("not named", missing, doubtful, submission)
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
      -- What a prompt asks for by itself has its own finding.
      for _, name in ipairs(response.item.parties or {}) do
        named[name] = true
      end
    end
    local missing = measure.parties:where(function(name) return not named[name] end)
    if #missing == 0 then
      return pass("named: %s", measure.parties)
    end
    return review_of("not named in any response", missing, doubtful, submission)
  end,

  examples = {
    { state = "pass", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs, jails and the CoC." } },
    { state = "review", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs and jails." },
      message = "housing continuum" },
    { state = "not-applicable", measure = "1.1.7", responses = { ["1.1.7"] = "We meet." } },
  },
}
