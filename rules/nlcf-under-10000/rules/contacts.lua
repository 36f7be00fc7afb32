-- The two people whom the Fund can speak to.

local function contacts_in(role, submission)
  return submission.records.contact:where(function(contact) return contact.role and contact.role:equals(role.name) end)
end

local function those_named(submission)
  return submission.records.contact:where(function(contact) return contact:cell("name").answered end)
end

-- What is known of two contacts being one person: "yes", "perhaps" or nil. Names that only may be one person's are when both
-- were born on one day, and are not when they were born on two.
local function are_one(contact, earlier)
  local answer = same_person(contact.name, earlier.name)
  if answer == "perhaps" and contact.date_of_birth and earlier.date_of_birth then
    return contact.date_of_birth == earlier.date_of_birth and "yes" or nil
  end
  return answer
end

rule "nlcf10.contact-roles" {
  title    = "There is one main and one senior contact",
  citation = "NLCF under £10,000, contacts: a main and a senior contact (paraphrased)",
  remedy   = "Name one person for each role.",
  each     = "submission",
  level    = "error",

  check = function(submission)
    local contacts = submission.records.contact
    for _, role in ipairs(form.tables.contact_role) do
      local named = contacts_in(role, submission)
      if #named == 0 then
        return fail("there is no %s contact", role.name):at(contacts)
      elseif #named > 1 then
        return fail("there are %d contacts with the role “%s”", #named, role.name):at(named[2]):see(named[1], "the first")
      end
    end
    return pass()
  end,

  examples = {
    {
      state = "pass",
      records = { contact = { { role = "senior", name = "Ann Ash" }, { role = "main", name = "Bo Birch" } } },
    },
    { state = "fail", records = { contact = { { role = "main", name = "Bo Birch" } } }, message = "no senior contact" },
    {
      state = "fail",
      records = { contact = {
        { role = "main", name = "Bo Birch" }, { role = "main", name = "Cy Cedar" },
        { role = "senior", name = "Ann Ash" },
      } },
      message = "2 contacts",
    },
    { state = "fail", expected_here = true },
  },
}

rule "nlcf10.contacts-differ" {
  title    = "The contacts are different people",
  citation = "NLCF under £10,000, contacts: two that differ (paraphrased)",
  remedy   = "Name another person, or write both names in full.",
  why      = "Two spellings of a name are one name: case, accents, hyphens, the order of the words and titles are not "
          .. "compared. Where initials or a name left out leave it open, the dates of birth decide, and without them a person.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = function(submission)
    return #those_named(submission) > 1, "fewer than two names are given"
  end,

  check = function(submission)
    local contacts, open = those_named(submission), nil
    for number, contact in ipairs(contacts) do
      for position = 1, number - 1 do
        local earlier = contacts[position]
        local answer = are_one(contact, earlier)
        if answer == "yes" then
          return fail("“%s” and “%s” are one person", contact.name, earlier.name):at(contact:cell("name"))
            :see(earlier:cell("name"), "the first")
        elseif answer and not open then
          open = review("“%s” and “%s” may be one person", contact.name, earlier.name):at(contact:cell("name"))
            :see(earlier:cell("name"), "the first")
        end
      end
    end
    return open or pass("%d names of different people", #contacts)
  end,

  examples = {
    {
      state = "pass",
      records = { contact = { { role = "main", name = "Bo Birch" }, { role = "senior", name = "Ann Birch" } } },
    },
    {
      state = "fail",
      records = { contact = { { role = "main", name = "Mary-Ann Ash" }, { role = "senior", name = "mary ann ash" } } },
      at = "mary ann ash",
    },
    {
      state = "fail",
      records = { contact = { { role = "main", name = "Siân Ash" }, { role = "senior", name = "Dr Ash, Sian" } } },
      at = "Dr Ash, Sian", message = "are one person",
    },
    {
      state = "review",
      records = { contact = { { role = "main", name = "Bo Birch" }, { role = "senior", name = "B. Birch" } } },
      at = "B. Birch", message = "may be one person",
    },
    {
      state = "fail", at = "B. Birch",
      records = { contact = { { role = "main", name = "Bo Birch", date_of_birth = "1990-05-01" },
        { role = "senior", name = "B. Birch", date_of_birth = "1990-05-01" } } },
    },
    {
      state = "pass",
      records = { contact = { { role = "main", name = "Bo Birch", date_of_birth = "1990-05-01" },
        { role = "senior", name = "B. Birch", date_of_birth = "1971-10-17" } } },
    },
    -- A name is one name, whenever it was born.
    {
      state = "fail", at = "BO BIRCH",
      records = { contact = { { role = "main", name = "Bo Birch", date_of_birth = "1990-05-01" },
        { role = "senior", name = "BO BIRCH", date_of_birth = "1971-10-17" } } },
    },
    {
      state = "fail", at = "Ash Ann",
      records = { contact = { { role = "main", name = "A. Ash" }, { role = "senior", name = "Ann Ash" },
        { role = "senior", name = "Ash Ann" } } },
    },
    {
      state = "review", at = "Ann Ash",
      records = { contact = { { role = "main", name = "A. Ash" }, { role = "senior", name = "Ann Ash" },
        { role = "senior", name = "A. Ash-Oak" } } },
    },
    { state = "not-applicable", records = { contact = { { role = "main", name = "Bo Birch" }, { role = "senior" } } } },
    -- What stands in for a name is nobody's.
    { state = "not-applicable", records = { contact = { { role = "main", name = "TBC" }, { role = "senior", name = "TBC" } } } },
  },
}

-- Full years; who is born on 29 February is a year older on 1 March.
local function age_on(day, birth)
  local years = day.year - birth.year
  local had_birthday = day.month > birth.month or (day.month == birth.month and day.day >= birth.day)
  return had_birthday and years or years - 1
end

rule "nlcf10.contact-age" {
  title    = "Each contact is old enough for the role",
  citation = "NLCF under £10,000, contacts: at least 16 and 18 years old (paraphrased)",
  remedy   = "Name a person who is old enough, or correct the date of birth.",
  why      = "The age is the one on the day of the application, the day that proviso judges by (--as-of). That the main "
          .. "contact is to be 16 and the senior one 18 is this pack's reading.",
  each     = "record",
  record   = "contact",
  level    = "error",

  when = function(contact)
    return contact.role and contact.date_of_birth, "the role or the date of birth is not known"
  end,

  check = function(contact, submission)
    local role = form.tables.contact_role:where(function(row) return contact.role:equals(row.name) end):first()
    local age = age_on(submission:judged_on(), contact.date_of_birth)
    return at_least(age, role.minimum_age, "age"):at(contact:cell("date_of_birth"))
  end,

  examples = {
    {
      state = "pass",
      as_of = "2026-01-15",
      records = { contact = { { role = "main", name = "Bo Birch", date_of_birth = "2010-01-15" } } },
    },
    {
      state = "fail",
      as_of = "2026-01-15",
      records = { contact = { { role = "main", name = "Bo Birch", date_of_birth = "2010-01-16" } } },
      at = "2010-01-16",
      message = "15",
    },
    {
      state = "fail",
      as_of = "2026-01-15",
      records = { contact = { { role = "senior", name = "Ann Ash", date_of_birth = "2010-01-15" } } },
      message = "16, is less than 18",
    },
    {
      state = "pass",
      as_of = "2026-03-01",
      records = { contact = { { role = "senior", name = "Ann Ash", date_of_birth = "2008-02-29" } } },
    },
    {
      state = "fail",
      as_of = "2026-02-28",
      records = { contact = { { role = "senior", name = "Ann Ash", date_of_birth = "2008-02-29" } } },
      message = "17, is less than 18",
    },
    { state = "not-applicable", records = { contact = { { role = "main", name = "Bo Birch" } } } },
  },
}
