-- Whether the narrative names those whom the form wants the plan to work with, by the form's name or by one of theirs.

local party_names = phrases(form.tables.party)

-- The names of all parties that a text names, as keys.
local function add_named(named, text)
  for _, mention in ipairs(text:mentions(party_names)) do
    named[mention.row.name] = true
  end
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

  check = function(response)
    local named = {}
    add_named(named, response.text)
    local missing = response.item.parties:where(function(name) return not named[name] end)
    if #missing == 0 then
      return pass("named: %s", response.item.parties)
    end
    local mistaken, name = mistaken_for_missing(missing, response.text)
    if mistaken then
      return review("%s is not named; “%s” is another agency", name, mistaken):at(mistaken)
    end
    return review("not named: %s", missing)
  end,

  examples = {
    { state = "pass", item = "1.2.5.6", response = "We work with county social services, DMH and DPH." },
    { state = "review", item = "1.2.5.6", response = "We work with LA DHS, LA DMH and LA DPH.", at = "DHS" },
    { state = "review", item = "1.2.5.6", response = "We work with DMH, DPH and the Department of Health Services.",
      at = "Department of Health Services" },
    { state = "review", item = "1.2.5.6", response = "We work with DPSS and DPH.", message = "county behavioral health" },
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

  check = function(measure)
    local named = {}
    for _, response in ipairs(measure.responses) do
      add_named(named, response.text)
      -- What a prompt asks for by itself has its own finding.
      for _, name in ipairs(response.item.parties or {}) do
        named[name] = true
      end
    end
    local missing = measure.parties:where(function(name) return not named[name] end)
    if #missing == 0 then
      return pass("named: %s", measure.parties)
    end
    return review("not named in any response: %s", missing)
  end,

  examples = {
    { state = "pass", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs, jails and the CoC." } },
    { state = "review", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs and jails." },
      message = "housing continuum" },
    { state = "not-applicable", measure = "1.1.7", responses = { ["1.1.7"] = "We meet." } },
  },
}
