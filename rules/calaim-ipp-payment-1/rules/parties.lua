-- Whether the narrative names those whom the form wants the plan to work with, by the form's name or by one of theirs.

-- What is named with these before it is the filer's own, or the State's, and not the county's.
local not_the_countys = { "our own", "our plan's", "our plan's own", "the plan's", "the plan's own", "in house", "California",
  "State", "the State's", "statewide", "federal" }
for _, plan in ipairs(form.tables.plan) do
  for _, name in ipairs { plan.name, table.unpack(plan.aliases or {}) } do
    table.insert(not_the_countys, name .. "'s")
    table.insert(not_the_countys, name .. "'s own")
  end
end

local function names_of(party)
  return { party.name, table.unpack(party.aliases or {}) }
end

-- The parties' names, and phrases that hold one and stand for no party: the longest is found.
local wanted = {}
for _, party in ipairs(form.tables.party) do
  table.insert(wanted, party)
  for _, name in ipairs(names_of(party)) do
    for _, before in ipairs(not_the_countys) do
      table.insert(wanted, before .. " " .. name)
    end
  end
end
local party_names = phrases(wanted)

-- "The county's Departments of Social Services, Mental Health and Public Health": the head is said once for all of them.
local heads = phrases { "departments of", "departments", "agencies", "county's departments" }
local under_head = phrases(form.tables.party_under_head)
local county = phrases { "county", "county's", "counties" }

local function add_under_head(found, text)
  local before = false -- whether the mention before this one stands under a head
  for _, mention in ipairs(text:mentions(under_head)) do
    local statement = mention.statement
    local first = tostring(statement.words[1])
    local headed = #statement:mentions(heads) > 0 and #statement:mentions(county) > 0
    before = headed or (before and (first == "and" or first == "or"))
    if mention.sure and before then
      found.sure[mention.row.party] = true
    end
  end
end

-- The plans other than that of this name, who may do what the filer does not.
local other_plans = {}
for _, plan in ipairs(form.tables.plan) do
  other_plans[plan.name] = phrases(form.tables.plan:where(function(other) return other.name ~= plan.name end))
end
local plan_names = phrases(form.tables.plan)
local ourselves = phrases { "we", "our", "us" }

-- Whether the statement is about another plan alone: it begins with its name, and says nothing of the filer.
local function is_of_another_plan(mention, submission)
  local plan = submission.fields.plan.text:mentions(plan_names):first()
  local statement = mention.statement
  local other = plan and statement:mentions(other_plans[plan.row.name]):first()
  return other and statement.words[1] and other.text.words[1] and tostring(statement.words[1]) == tostring(other.text.words[1])
    and #statement:mentions(ourselves) == 0 and #statement:mentions(plan.row) == 0
end

-- The parties that a text names, by their names: `sure` as keys; `open`, those for a person to judge, and `out`, those of which
-- it is denied or that somebody else names, with their first mention.
local function add_named(found, text, submission)
  add_under_head(found, text)
  for _, mention in ipairs(text:mentions(party_names)) do
    local name = mention.row and mention.row.name
    if not name then
      -- It is another's.
    elseif mention.sure and is_of_another_plan(mention, submission) then
      found.open[name] = found.open[name] or mention
    elseif mention.sure then
      found.sure[name] = true
    elseif mention.denied or mention.attributed_to then
      found.out[name] = found.out[name] or mention
    else
      found.open[name] = found.open[name] or mention
    end
  end
  return found
end

-- Why a mention does not settle it, and the words that say so.
local function why_not(mention)
  local trigger = mention.denied or mention.attributed_to
  if trigger then
    return ("“%s” does not name it: “%s”"):format(mention, trigger), trigger
  end
  trigger = mention.unclear or mention.conditional or mention.hedged or mention.statement
  return ("“%s” is not sure: “%s”"):format(mention, trigger), trigger
end

-- The verdict that these are missing, with the place of the first that is named but not for sure.
local function review_of(said, missing, found)
  for _, name in ipairs(missing) do
    local mention = found.open[name] or found.out[name]
    if mention then
      local why, trigger = why_not(mention)
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
    local found = add_named({ sure = {}, open = {}, out = {} }, response.text, submission)
    local missing = response.item.parties:where(function(name) return not found.sure[name] end)
    if #missing == 0 then
      return pass("named: %s", response.item.parties)
    end
    local mistaken, name = mistaken_for_missing(missing, response.text)
    if mistaken then
      return review("%s is not named; “%s” is another agency", name, mistaken):at(mistaken)
    end
    return review_of("not named", missing, found)
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
    { state = "review", item = "1.2.5.6", response = "Our own social services staff work with DMH and DPH." },
    { state = "review", item = "1.2.5.6", response = "We work with DPSS, DMH and the California Department of Public Health." },
    { state = "review", item = "1.2.5.6", response = "DPSS and DMH have joined; DPH has declined.", at = "DPH" },
    { state = "pass", item = "1.2.5.6",
      response = "We work with the county's Departments of Social Services, Behavioral Health, and Public Health." },
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
    local found = { sure = {}, open = {}, out = {} }
    for _, response in ipairs(measure.responses) do
      add_named(found, response.text, submission)
      -- What a prompt asks for by itself has its own finding.
      for _, name in ipairs(response.item.parties or {}) do
        found.sure[name] = true
      end
    end
    local missing = measure.parties:where(function(name) return not found.sure[name] end)
    if #missing == 0 then
      return pass("named: %s", measure.parties)
    end
    return review_of("not named in any response", missing, found)
  end,

  examples = {
    { state = "pass", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs, jails and the CoC." } },
    { state = "review", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs and jails." },
      message = "housing continuum" },
    { state = "not-applicable", measure = "1.1.7", responses = { ["1.1.7"] = "We meet." } },
  },
}
