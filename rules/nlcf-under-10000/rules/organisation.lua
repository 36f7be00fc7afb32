-- Who applies. Which numbers a type of organisation must, may or cannot have stands in the form's table of types; that a number
-- which it cannot have is given, or one without a figure, is for the form to say: form.applies and form.values report it.

local numbers = { "charity_number", "company_number" }

-- How the registers write their numbers: letters of a country or kind, then figures ("SC099999", "NIC 199999", "1988407-1").
local number_form = pattern([[^(?:no\.? )?(?:NIC|[A-Z]{1,2})? ?[0-9][0-9 ]{3,11}(?:-[0-9]{1,2})?$]], "i")

local figure_but_nought = pattern "^[^-]*[1-9]"

-- The numbers that are given and have a figure: of others the form says that they are none.
local function those_given(submission)
  local given = {}
  for _, name in ipairs(numbers) do
    if submission.fields[name].text:find(figure_but_nought) then
      table.insert(given, submission.fields[name])
    end
  end
  return given
end

-- The numbers that an organisation of the type given must have.
local function those_asked(submission)
  local organisation, asked = submission.fields.organisation_type.value, {}
  for _, name in ipairs(numbers) do
    if organisation and organisation[name] == "must" then
      table.insert(asked, submission.fields[name])
    end
  end
  return asked
end

rule "nlcf10.numbers-given" {
  title    = "An organisation on a register gives its number there",
  citation = "NLCF under £10,000, your organisation: numbers by type (paraphrased)",
  remedy   = "Enter the number as the register has it, or correct the type of organisation.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    return #those_asked(submission) > 0, "no number is asked of such an organisation, or its type is not known"
  end,

  check = function(submission)
    local missing = {}
    for _, number in ipairs(those_asked(submission)) do
      if number.blank then
        table.insert(missing, present(number):see(submission.fields.organisation_type, "the type that asks for it"))
      end
    end
    return #missing > 0 and missing or pass()
  end,

  examples = {
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "000001" } },
    { state = "fail", fields = { organisation_type = "registered charity" }, expected_here = true },
    { state = "fail", fields = { organisation_type = "charitable incorporated organisation" }, expected_here = true },
    { state = "fail", fields = { organisation_type = "charitable company", company_number = "00000001" },
      expected_here = true, message = "Charity number" },
    { state = "fail", fields = { organisation_type = "charitable company", charity_number = "1988407" },
      expected_here = true, message = "Company number" },
    { state = "pass", fields = { organisation_type = "not-for-profit company", company_number = "00000001" } },
    { state = "fail", fields = { organisation_type = "community interest company" }, expected_here = true },
    { state = "not-applicable", fields = { organisation_type = "faith group" } },
    { state = "not-applicable" },
  },
}

rule "nlcf10.number-is-one" {
  title    = "A number that is given is written as a register writes its numbers",
  citation = "NLCF under £10,000, charity number: a real one (paraphrased); this pack's judgement",
  remedy   = "Enter the number as the register has it; while there is none yet, leave it out.",
  each     = "submission",
  level    = "warning",

  when = function(submission)
    return #those_given(submission) > 0, "no number is given, or one without a figure, which has its own finding"
  end,

  check = function(submission)
    local odd = {}
    for _, number in ipairs(those_given(submission)) do
      if not number.text:find(number_form) then
        table.insert(odd, review("%s: “%s” is not written as a register writes its numbers", number.label, number):at(number))
      end
    end
    return #odd > 0 and odd or pass()
  end,

  examples = {
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "SC099999" } },
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "NIC 199999" } },
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "No. 1988407-1" } },
    { state = "pass", fields = { organisation_type = "school", charity_number = "1988407", company_number = "SC 999999" } },
    { state = "review", fields = { organisation_type = "registered charity", charity_number = "applied for on 3 May" },
      at = "applied for on 3 May" },
    { state = "review", fields = { organisation_type = "registered charity", charity_number = "tbc 2026" } },
    { state = "review", fields = { charity_number = "see 2.1" }, at = "see 2.1" },
    { state = "review", fields = { charity_number = "1988407", company_number = "see 2.1" }, at = "see 2.1" },
    { state = "review", fields = { charity_number = "see 2.1", company_number = "SC 999999" }, at = "see 2.1" },
    { state = "not-applicable", fields = { organisation_type = "registered charity", charity_number = "to come" } },
    { state = "not-applicable", fields = { organisation_type = "school", charity_number = "SC000000-1" } },
    { state = "not-applicable", fields = { organisation_type = "faith group" } },
  },
}
