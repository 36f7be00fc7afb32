-- Who applies. Which numbers a type of organisation must give, and may, stands in the form's table of types.

-- The row of the form's table for the type of organisation given; nil when none is.
local function type_of(submission)
  local given = submission.fields.organisation_type.text
  return form.tables.organisation_type:where(function(row) return given:equals(row.name) end):first()
end

local function holds(list, name)
  return list and #list:where(function(element) return element == name end) > 0
end

-- For `when`: whether an organisation of this type must give the number, and why not.
local function must_give(submission, number)
  local organisation = type_of(submission)
  if not organisation then
    return false, "the type of organisation is not known"
  end
  return holds(organisation.must_give, number), ("it is not asked of: %s"):format(organisation.name)
end

-- How the registers write their numbers: letters of a country or kind, then figures ("SC099999", "NIC 199999", "1988407-1").
local number_form = pattern([[^(?:no\.? )?(?:NIC|[A-Z]{1,2})? ?[0-9][0-9 ]{3,11}(?:-[0-9]{1,2})?$]], "i")
local figure_but_nought = pattern "^[^-]*[1-9]"

-- The verdict on a number that is given: whether a register can have given it.
local function of_number(number)
  if not number.text:find(figure_but_nought) then
    return fail("%s: “%s” is no number of a register", number.label, number):at(number)
  elseif not number.text:find(number_form) then
    return review("%s: “%s” is not written as a register writes its numbers", number.label, number):at(number)
  end
  return pass("%s is given", number.label):at(number)
end

-- The verdict on a number that an organisation of this type must give.
local function of_required(submission, name)
  local number = submission.fields[name]
  local verdict = number.blank and present(number) or of_number(number)
  return verdict:see(submission.fields.organisation_type, "the type that asks for it")
end

-- The numbers that are given and need not be.
local function numbers_beside(submission)
  local organisation, numbers = type_of(submission), {}
  for _, name in ipairs { "charity_number", "company_number" } do
    local number = submission.fields[name]
    if not number.blank and not (organisation and holds(organisation.must_give, name)) then
      table.insert(numbers, number)
    end
  end
  return numbers
end

rule "nlcf10.charity-number" {
  title    = "An organisation registered as a charity gives its charity number",
  citation = "NLCF under £10,000, your organisation: numbers by type (paraphrased)",
  remedy   = "Enter the charity number as the register has it, or correct the type of organisation.",
  why      = "No register gives a number without figures, or of noughts alone: what stands in for one is none.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = function(submission)
    return must_give(submission, "charity_number")
  end,

  check = function(submission)
    return of_required(submission, "charity_number")
  end,

  examples = {
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "000001" } },
    { state = "fail", fields = { organisation_type = "registered charity" }, expected_here = true },
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "SC099999" } },
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "NIC 199999" } },
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "No. 1988407-1" } },
    { state = "fail", fields = { organisation_type = "registered charity", charity_number = "0000000" }, at = "0000000" },
    { state = "fail", fields = { organisation_type = "registered charity", charity_number = "applied for" } },
    { state = "fail", fields = { organisation_type = "registered charity", charity_number = "SC000000-1" } },
    { state = "review", fields = { organisation_type = "registered charity", charity_number = "applied for on 3 May" },
      at = "applied for on 3 May" },
    { state = "review", fields = { organisation_type = "registered charity", charity_number = "tbc 2026" } },
    { state = "fail", fields = { organisation_type = "charitable incorporated organisation" }, expected_here = true },
    { state = "fail", fields = { organisation_type = "charitable company", company_number = "00000001" } },
    { state = "not-applicable", fields = { organisation_type = "faith group" } },
    { state = "not-applicable" },
  },
}

rule "nlcf10.company-number" {
  title    = "An organisation registered as a company gives its company number",
  citation = "NLCF under £10,000, your organisation: numbers by type (paraphrased)",
  remedy   = "Enter the company number as the register has it, or correct the type of organisation.",
  why      = "No register gives a number without figures, or of noughts alone: what stands in for one is none.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = function(submission)
    return must_give(submission, "company_number")
  end,

  check = function(submission)
    return of_required(submission, "company_number")
  end,

  examples = {
    { state = "pass", fields = { organisation_type = "not-for-profit company", company_number = "00000001" } },
    { state = "fail", fields = { organisation_type = "community interest company" }, expected_here = true },
    { state = "fail", fields = { organisation_type = "community interest company", company_number = "00000000" },
      at = "00000000", message = "no number of a register" },
    { state = "not-applicable", fields = { organisation_type = "registered charity" } },
    { state = "not-applicable" },
  },
}

rule "nlcf10.number-is-one" {
  title    = "A number that need not be given is one all the same",
  citation = "NLCF under £10,000, charity number: a real one (paraphrased); this pack's judgement",
  remedy   = "Enter the number as the register has it; while there is none yet, leave it out.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = function(submission)
    return #numbers_beside(submission) > 0, "no number is given that need not be"
  end,

  check = function(submission)
    local worst
    for _, number in ipairs(numbers_beside(submission)) do
      local verdict = of_number(number)
      if not worst or verdict.state == "fail" or worst.state == "pass" then
        worst = verdict
      end
    end
    return worst
  end,

  examples = {
    { state = "pass", fields = { organisation_type = "faith group", charity_number = "1988407" } },
    { state = "pass", fields = { organisation_type = "school", charity_number = "1988407", company_number = "SC 999999" } },
    { state = "fail", fields = { organisation_type = "school", charity_number = "1988407", company_number = "00000000" },
      at = "00000000" },
    { state = "fail", fields = { organisation_type = "not-for-profit company", charity_number = "to come" }, at = "to come" },
    { state = "review", fields = { charity_number = "see 2.1" }, at = "see 2.1" },
    { state = "review", fields = { charity_number = "1988407", company_number = "see 2.1" }, at = "see 2.1" },
    { state = "review", fields = { charity_number = "see 2.1", company_number = "SC 999999" }, at = "see 2.1" },
    { state = "fail", fields = { charity_number = "see 2.1", company_number = "SC000000" }, at = "SC000000" },
    { state = "not-applicable", fields = { organisation_type = "registered charity", charity_number = "to come" } },
    { state = "not-applicable", fields = { organisation_type = "faith group" } },
  },
}

rule "nlcf10.number-fits-type" {
  title    = "Only numbers that an organisation of this type can have are given",
  citation = "This pack's judgement: a number that the type cannot have shows that number or type is wrong",
  remedy   = "Correct the type of organisation, or take the number out.",
  each     = "submission",
  level    = "warning",

  when = function(submission)
    return type_of(submission), "the type of organisation is not known"
  end,

  check = function(submission)
    local organisation = type_of(submission)
    for _, name in ipairs { "charity_number", "company_number" } do
      local number = submission.fields[name]
      if not (number.blank or holds(organisation.must_give, name) or holds(organisation.may_give, name)) then
        return review("%s of an organisation of the type “%s”", number.label, organisation.name)
          :at(number)
          :see(submission.fields.organisation_type, "the type")
      end
    end
    return pass()
  end,

  examples = {
    { state = "pass", fields = { organisation_type = "school", charity_number = "000001", company_number = "00000001" } },
    { state = "pass", fields = { organisation_type = "faith group", charity_number = "000001" } },
    -- The overview, registration numbers: of a company, a charity number is asked as an option.
    { state = "pass", fields = { organisation_type = "not-for-profit company", charity_number = "1988407",
      company_number = "19999990" } },
    { state = "pass", fields = { organisation_type = "statutory body" } },
    { state = "review", fields = { organisation_type = "registered charity", charity_number = "000001",
      company_number = "00000009" }, at = "00000009" },
    { state = "not-applicable", fields = { charity_number = "000001" } },
  },
}
