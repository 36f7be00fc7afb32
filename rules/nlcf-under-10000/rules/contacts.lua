-- The two people whom the Fund can speak to.

local function contacts_in(role, submission)
  return submission.records.contact:where(function(contact) return contact.role and contact.role:equals(role.name) end)
end

local function names(contacts)
  return contacts:where(function(contact) return contact.name end):map(function(contact) return contact.name end)
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
  remedy   = "Name another person.",
  why      = "Two spellings of a name are one name: case, hyphens, punctuation and spacing are not compared.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    return #names(submission.records.contact) > 1, "fewer than two names are given"
  end,

  check = function(submission)
    return unique(names(submission.records.contact), "contact")
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
    { state = "not-applicable", records = { contact = { { role = "main", name = "Bo Birch" }, { role = "senior" } } } },
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
