-- Who sees to a memorandum: the plan's Responsible Person and a liaison of either side, from its execution on.

-- The day on which somebody has to be in a role: the one judged by, or the memorandum's last.
local function last_day(agreement, submission)
  return end_of(agreement, submission) or submission:judged_on()
end

-- Whether somebody is named in a role for which `fits(role)` holds: "to be determined" is nobody.
local function is_somebody(person, fits)
  return person.role and fits(person.role) and person:cell("name").answered
end

-- The persons of a memorandum by the last day on which somebody has to be in a role, and that day.
local function persons_of(agreement, submission)
  local day = last_day(agreement, submission)
  return up_to(agreement:rows("person"), "from", day), day
end

-- The first of these persons in a role on the day for whom `fits(role)` holds, and the last there was before.
local function in_role(persons, day, fits)
  local last
  for _, person in ipairs(persons) do
    if is_somebody(person, fits) then
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

-- The first time since the execution for which nobody was in such a role though somebody was after it: its first and last day, and
-- who came then. Nothing where a day cannot be read.
local function gap_before(agreement, persons, fits)
  local covered_to = agreement.executed - 1
  for _, person in ipairs(persons) do
    if is_somebody(person, fits) then
      local to = person:cell("to")
      if covered_to and person.from > covered_to + 1 then
        return covered_to + 1, person.from - 1, person
      elseif to.blank or not to.value then
        covered_to = nil
      elseif covered_to and to.value > covered_to then
        covered_to = to.value
      end
    end
  end
end

local function from_to(first, last)
  return first == last and ("on %s"):format(first) or ("from %s to %s"):format(first, last)
end

-- For the examples: a memorandum executed on 2024-02-01, and persons: each { role, from, to, notified }.
local function staffed(persons, ended)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", ended = ended } }, person = {} }
  for number, person in ipairs(persons) do
    local role, from, to, notified = table.unpack(person)
    records.person[number] = { county = "Mono", party = "WIC", role = role, name = person.name or "Person " .. number,
                               from = from, to = to, notified = notified }
  end
  return records
end

rule "mou.responsible-person" {
  title    = "A Responsible Person of the plan is named for every executed MOU",
  citation = "EE.1144 III.B.2: “CalOptima Health’s Responsible Person named in each MOU”",
  remedy   = "Name a Responsible Person, and tell DHCS; of a time that is over, tell the compliance officer.",
  why      = "Somebody is named at any time from the execution on. A gap that is closed is for a person to judge: nothing can be "
          .. "entered any more to mend it.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  when = was_executed,

  check = function(agreement, submission)
    local persons, day = persons_of(agreement, submission)
    local person, last = in_role(persons, day, is_responsible)
    local gap, gap_end, next_one = gap_before(agreement, persons, is_responsible)
    if person and gap then
      return review("there was none %s", from_to(gap, gap_end)):at(next_one:cell("from"))
    elseif person then
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
    -- Nobody is named yet.
    { state = "fail", as_of = "2024-02-01", records = staffed { { "Responsible Person", "2024-02-01", name = "TBD" } },
      message = "none is named" },
    { state = "fail", as_of = "2024-02-01", records = staffed { { "Responsible Person", "2024-02-01", name = "vacant" } },
      message = "none is named" },
    { state = "review", as_of = "2024-07-01", message = "there was none from 2024-02-01 to 2024-05-31", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-05-31", name = "N/A" }, { "Responsible Person", "2024-06-01" } } },
    -- A gap that was closed again, at the beginning or later; that of one who came while another was there is none.
    { state = "review", as_of = "2024-12-01", message = "from 2024-06-01 to 2024-07-14", at = "2024-07-15", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-05-31" }, { "Responsible Person", "2024-07-15" } } },
    { state = "review", as_of = "2024-12-01", message = "on 2024-06-01", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-05-31" }, { "Responsible Person", "2024-06-02" } } },
    { state = "review", as_of = "2024-02-02", message = "on 2024-02-01", records = staffed {
      { "Responsible Person", "2024-02-02" } } },
    { state = "pass", as_of = "2024-12-01", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-05-31" }, { "Responsible Person", "2024-06-01" } } },
    { state = "pass", as_of = "2024-12-01", records = staffed { { "Responsible Person", "2024-02-01", "2024-08-31" },
      { "Responsible Person", "2024-03-01", "2024-04-30" }, { "Responsible Person", "2024-09-01" } } },
    { state = "pass", as_of = "2024-12-01", records = staffed { { "Responsible Person", "2023-02-01" },
      { "Responsible Person", "2024-03-01", "2024-04-30" }, { "Responsible Person", "2024-09-01" } } },
    { state = "review", as_of = "2024-12-01", message = "from 2024-06-01 to 2024-08-31", records = staffed {
      { "Responsible Person", "2024-02-01", "2024-05-31" }, { "Plan Liaison", "2024-06-01" },
      { "Responsible Person", "2024-09-01" } } },
    { state = "pass", unreadable = true, as_of = "2024-12-01", records = staffed {
      { "Responsible Person", "2024-02-01", "until May" }, { "Responsible Person", "2024-09-01" } } },
    -- Up to the end of the MOU.
    { state = "pass", as_of = "2024-12-01", records = staffed({ { "Responsible Person", "2024-02-01", "2024-05-31" } },
      "2024-05-31") },
    { state = "fail", as_of = "2024-12-01", records = staffed({ { "Responsible Person", "2024-02-01", "2024-05-31" } },
      "2024-06-01"), at = "2024-05-31" },
    { state = "not-applicable", as_of = "2024-01-31", records = staffed {} },
  },
}

-- The verdict on one person for the plan and for the party; nil where they are two, or either is not there.
local function for_both(plan, party)
  local one_person = plan and plan.name and party.name and same_person(plan.name, party.name)
  if one_person then
    local verdict = one_person == "yes" and fail("“%s” is the liaison of the party, and %s", party.name, plan.role.name)
      or review("“%s” and “%s”, %s, may be one person", party.name, plan.name, plan.role.name)
    return verdict:at(party:cell("name")):see(plan:cell("name"), "for the plan")
  end
end

rule "mou.liaisons" {
  title    = "Either party of an executed MOU has a liaison",
  citation = "EE.1144 III.A.2.b: “designates liaisons to coordinate with each other and ensure compliance with MOU requirements”",
  remedy   = "Name the liaison, and enter who it is.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  review_level = "warning",

  when = was_executed,

  check = function(agreement, submission)
    local persons, day = persons_of(agreement, submission)
    local missing, there, open = {}, {}, nil
    for _, side in ipairs { "plan", "party" } do
      local function fits(role)
        return role.liaison and role.side == side
      end
      there[side] = in_role(persons, day, fits)
      local gap, gap_end, next_one = gap_before(agreement, persons, fits)
      if not there[side] then
        table.insert(missing, "the " .. side)
      elseif gap then
        open = open or review("there was none of the %s %s", side, from_to(gap, gap_end)):at(next_one:cell("from"))
      end
    end
    if #missing > 0 then
      return fail("no liaison of %s", table.concat(missing, " and of ")):at(agreement:cell("executed"))
    end
    return for_both(there.plan, there.party) or for_both(in_role(persons, day, is_responsible), there.party) or open
      or pass()
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01",
      records = staffed { { "MCP Liaison", "2024-02-01" }, { "County Liaison", "2024-02-01" } } },
    { state = "fail", as_of = "2024-02-01", records = staffed { { "MCP Liaison", "2024-02-01" } },
      message = "of the party" },
    { state = "fail", as_of = "2024-02-01", records = staffed { { "County Liaison", "2024-02-01" } },
      message = "of the plan" },
    { state = "fail", as_of = "2024-02-01", message = "of the party",
      records = staffed { { "MCP Liaison", "2024-02-01" }, { "County Liaison", "2024-02-01", name = "to be determined" } } },
    { state = "fail", as_of = "2024-02-01", message = "and Plan Liaison", at = "ANN ASH", records = staffed {
      { "MCP Liaison", "2024-02-01", name = "Ann Ash" }, { "County Liaison", "2024-02-01", name = "ANN ASH" } } },
    { state = "review", as_of = "2024-02-01", message = "may be one person", at = "A. Ash", records = staffed {
      { "Responsible Person", "2024-02-01", name = "Bo Birch" }, { "MCP Liaison", "2024-02-01", name = "Ann Ash" }, { "County Liaison", "2024-02-01", name = "A. Ash" } } },
    { state = "fail", as_of = "2024-02-01", message = "and Responsible Person", at = "Bo Birch", records = staffed {
      { "Responsible Person", "2024-02-01", name = "Bo Birch" }, { "MCP Liaison", "2024-02-01" },
      { "County Liaison", "2024-02-01", name = "Bo Birch" } } },
    { state = "review", as_of = "2024-12-01", message = "none of the party from 2024-02-01 to 2024-02-29", at = "2024-03-01",
      records = staffed { { "MCP Liaison", "2024-02-01" }, { "County Liaison", "2024-03-01" } } },
    { state = "review", as_of = "2024-12-01", message = "none of the plan on 2024-06-01",
      records = staffed { { "MCP Liaison", "2024-02-01", "2024-05-31" }, { "MCP Liaison", "2024-06-02" },
        { "County Liaison", "2024-03-01" } } },
    { state = "pass", as_of = "2024-12-01", records = staffed({ { "MCP Liaison", "2024-02-01", "2024-05-31" },
      { "County Liaison", "2024-02-01" } }, "2024-05-31") },
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
  review_level = "warning",

  when = function(person, submission)
    local owner = person.owner
    if not (owner and person.role and person.role.responsible and happened(person.from, submission:judged_on())) then
      return false, "it is not about a Responsible Person in that role"
    end
    local executed, reason = was_executed(owner, submission)
    if not executed then
      return false, reason
    elseif person.from <= owner.executed then
      return false, "it is no change: it was by the day of execution"
    elseif owner.ended and owner.ended < person.from then
      return false, "it is after the end of the MOU"
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
    -- By the day of execution nothing has changed; the day after it has. After the end, nobody need be told.
    { state = "not-applicable", record = 2, as_of = "2024-12-01", records = staffed {
      { "Responsible Person", "2023-11-01", "2024-01-31" }, { "Responsible Person", "2024-02-01" } } },
    { state = "fail", record = 2, as_of = "2024-12-01", records = staffed {
      { "Responsible Person", "2023-11-01", "2024-02-01" }, { "Responsible Person", "2024-02-02" } } },
    { state = "not-applicable", record = 2, as_of = "2024-12-01", records = staffed({
      { "Responsible Person", "2024-02-01", "2024-10-13" }, { "Responsible Person", "2024-10-14" } }, "2024-10-13") },
    { state = "fail", record = 2, as_of = "2024-12-01", records = staffed({
      { "Responsible Person", "2024-02-01", "2024-10-13" }, { "Responsible Person", "2024-10-14" } }, "2024-10-14") },
    { state = "not-applicable", record = 2, as_of = "2024-12-01", records = {
      agreement = { { county = "Mono", party = "WIC" } },
      person = { { county = "Mono", party = "WIC", role = "Responsible Person", name = "Person 1", from = "2024-02-01" },
                 { county = "Mono", party = "WIC", role = "Responsible Person", name = "Person 2", from = "2024-03-01" } } } },
    { state = "not-applicable", as_of = "2024-12-01", records = staffed { { "MCP Liaison", "2024-02-01" } } },
  },
}
