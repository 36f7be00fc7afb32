-- The two people whom the Fund can speak to. That there is one for each role, old enough for it, is for the form to say: the
-- built-in rules form.counts and form.values report it.

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
