-- Who sees to a memorandum: the plan's Responsible Person and a liaison of either side, on the day judged by.

local term = {}
for _, timer in ipairs(form.tables.timer) do
  term[timer.name] = timer
end

local state_holidays = {}
for _, holiday in ipairs(form.tables.holiday) do
  for _, of in ipairs(holiday.of) do
    if of == "state" then
      table.insert(state_holidays, holiday)
    end
  end
end
local working_days = calendar(state_holidays, { name = "Working" })

-- For `when`: whether the memorandum counts on the day judged by. One whose county or party could not be read is judged when it
-- can be.
local function is_executed(agreement, submission)
  if not (agreement.county and agreement.party) then
    return false, "its county or party could not be read, which has its own finding"
  end
  return happened(agreement.executed, submission:judged_on()), "it has not been executed"
end

-- The first of the persons in a role on the day judged by for whom `fits(role)` holds, and the last there was before.
local function in_role(agreement, submission, fits)
  local day, last = submission:judged_on(), nil
  for _, person in ipairs(up_to(agreement:rows("person"), "from", day)) do
    if person.role and fits(person.role) then
      if in_effect(person, day) then
        return person
      end
      last = person
    end
  end
  return nil, last
end

local function is_responsible(role)
  return role.responsible
end

-- For the examples: a memorandum executed on 2024-02-01, and persons: each { role, from, to, notified }.
local function staffed(persons)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01" } }, person = {} }
  for number, person in ipairs(persons) do
    local role, from, to, notified = table.unpack(person)
    records.person[number] = { county = "Mono", party = "WIC", role = role, name = "Person " .. number,
                               from = from, to = to, notified = notified }
  end
  return records
end

rule "mou.responsible-person" {
  title    = "A Responsible Person of the plan is named for every executed MOU",
  citation = "EE.1144 III.B.2: “CalOptima Health’s Responsible Person named in each MOU”",
  remedy   = "Name a Responsible Person, and tell DHCS.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = is_executed,

  check = function(agreement, submission)
    local person, last = in_role(agreement, submission, is_responsible)
    if person then
      return pass("%s", person.name):at(person:cell("name"))
    elseif last then
      return fail("there has been none since %s", last.to):at(last:cell("to"))
    end
    return fail("none is named"):at(agreement:cell("executed"))
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = staffed { { "Responsible Person", "2024-02-01" } } },
    { state = "pass", as_of = "2024-05-31", records = staffed { { "Responsible Person", "2024-02-01", "2024-05-31" } } },
    { state = "fail", as_of = "2024-06-01", records = staffed { { "Responsible Person", "2024-02-01", "2024-05-31" } },
      at = "2024-05-31" },
    { state = "fail", as_of = "2024-02-01", records = staffed { { "Responsible Person", "2024-02-02" } },
      message = "none is named" },
    { state = "fail", as_of = "2024-02-01", records = staffed { { "MCP Liaison", "2024-02-01" } }, at = "2024-02-01" },
    { state = "not-applicable", as_of = "2024-01-31", records = staffed {} },
  },
}

rule "mou.liaisons" {
  title    = "Either party of an executed MOU has a liaison",
  citation = "EE.1144 III.A.2.b: “designates liaisons to coordinate with each other and ensure compliance with MOU requirements”",
  remedy   = "Name the liaison, and enter who it is.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = is_executed,

  check = function(agreement, submission)
    local missing = {}
    for _, side in ipairs { "plan", "party" } do
      if not in_role(agreement, submission, function(role) return role.liaison and role.side == side end) then
        table.insert(missing, "the " .. side)
      end
    end
    if #missing > 0 then
      return fail("no liaison of %s", table.concat(missing, " and of ")):at(agreement:cell("executed"))
    end
    return pass()
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01",
      records = staffed { { "MCP Liaison", "2024-02-01" }, { "County Liaison", "2024-02-01" } } },
    { state = "fail", as_of = "2024-02-01", records = staffed { { "MCP Liaison", "2024-02-01" } },
      message = "of the party" },
    { state = "fail", as_of = "2024-02-01", records = staffed { { "County Liaison", "2024-02-01" } },
      message = "of the plan" },
    { state = "fail", as_of = "2024-03-01", message = "of the plan",
      records = staffed { { "MCP Liaison", "2024-02-01", "2024-02-29" }, { "County Liaison", "2024-02-01" } } },
    { state = "not-applicable", as_of = "2024-01-31", records = staffed {} },
  },
}

rule "mou.responsible-person-notice" {
  title    = "DHCS is told of a new Responsible Person within the term of Working Days",
  citation = "EE.1144 III.B.4: “no later than five (5) Working Days of the change”",
  remedy   = "Tell DHCS of the change, and enter the day.",
  each     = "record",
  record   = "person",
  level    = "error",

  when = function(person, submission)
    local owner = person.owner
    if not (owner and person.role and person.role.responsible and happened(person.from, submission:judged_on())) then
      return false, "it is not about a Responsible Person in that role"
    end
    local first = up_to(owner:rows("person"):where(function(each) return each.role and each.role.responsible end), "from",
      submission:judged_on()):first()
    return first.number ~= person.number, "it is the first one, who is named in the MOU"
  end,

  check = function(person, submission)
    local timer = term["Responsible Person notified"]
    return done_by(person:cell("notified"), person.from:add(timer.number, working_days), {
      as_of = submission:judged_on(), what = "notice",
      from = ("%d Working Days from %s"):format(timer.number, person.from),
    })
  end,

  examples = {
    -- Columbus Day is a Working Day; Veterans Day is not.
    { state = "pass", record = 2, as_of = "2024-12-01", at = "2024-10-18", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-10-10" }, { "Responsible Person", "2024-10-11", "2025-12-31",
        "2024-10-18" } } },
    { state = "fail", record = 2, as_of = "2024-12-01", at = "2024-10-21", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-10-10" }, { "Responsible Person", "2024-10-11", "2025-12-31",
        "2024-10-21" } } },
    { state = "not-applicable", record = 2, as_of = "2024-12-01", records = staffed {
      { "MCP Liaison", "2024-02-01" }, { "Responsible Person", "2024-10-14" } } },
    { state = "pass", record = 2, as_of = "2024-12-01", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-11-03" }, { "Responsible Person", "2024-11-04", "2025-12-31",
        "2024-11-12" } } },
    { state = "fail", record = 2, as_of = "2024-10-22", expected_here = true, records = staffed {
      { "Responsible Person", "2024-02-01", "2024-10-13" }, { "Responsible Person", "2024-10-14" } } },
    { state = "review", record = 2, as_of = "2024-10-21", expected_here = true, message = "today", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-10-13" }, { "Responsible Person", "2024-10-14" } } },
    { state = "not-applicable", record = 1, as_of = "2024-12-01", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-10-13" }, { "Responsible Person", "2024-10-14" } } },
    { state = "not-applicable", record = 2, as_of = "2024-10-13", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-10-13" }, { "Responsible Person", "2024-10-14" } } },
    { state = "not-applicable", as_of = "2024-12-01", records = staffed { { "MCP Liaison", "2024-02-01" } } },
  },
}
