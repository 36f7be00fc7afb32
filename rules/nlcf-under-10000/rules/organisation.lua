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

rule "nlcf10.charity-number" {
  title    = "An organisation registered as a charity gives its charity number",
  citation = "NLCF under £10,000, your organisation: numbers by type (paraphrased)",
  remedy   = "Enter the charity number, or correct the type of organisation.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    return must_give(submission, "charity_number")
  end,

  check = function(submission)
    return present(submission.fields.charity_number):see(submission.fields.organisation_type, "the type that asks for it")
  end,

  examples = {
    { state = "pass", fields = { organisation_type = "registered charity", charity_number = "000001" } },
    { state = "fail", fields = { organisation_type = "registered charity" }, expected_here = true },
    { state = "fail", fields = { organisation_type = "charitable incorporated organisation" }, expected_here = true },
    { state = "fail", fields = { organisation_type = "charitable company", company_number = "00000001" } },
    { state = "not-applicable", fields = { organisation_type = "faith group" } },
    { state = "not-applicable" },
  },
}

rule "nlcf10.company-number" {
  title    = "An organisation registered as a company gives its company number",
  citation = "NLCF under £10,000, your organisation: numbers by type (paraphrased)",
  remedy   = "Enter the company number, or correct the type of organisation.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    return must_give(submission, "company_number")
  end,

  check = function(submission)
    return present(submission.fields.company_number):see(submission.fields.organisation_type, "the type that asks for it")
  end,

  examples = {
    { state = "pass", fields = { organisation_type = "not-for-profit company", company_number = "00000001" } },
    { state = "fail", fields = { organisation_type = "community interest company" }, expected_here = true },
    { state = "not-applicable", fields = { organisation_type = "registered charity" } },
    { state = "not-applicable" },
  },
}

-- How the registers write their numbers: letters of a country or kind, then figures ("SC099999", "OC 999999", "1988407-1").
local number_form = pattern([[^(?:no\.? )?[A-Z]{0,3} ?[0-9][0-9 ]{3,11}(?:-[0-9]{1,2})?$]], "i")
local figure_but_nought = pattern "[1-9]"

rule "nlcf10.number-is-one" {
  title    = "A number that is given is one that a register can have given",
  citation = "NLCF under £10,000, charity number: a real one (paraphrased); this pack's judgement: no register gives one without "
          .. "figures, or of noughts alone",
  remedy   = "Enter the number as the register has it; while there is none yet, leave it out.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = function(submission)
    return not (submission.fields.charity_number.blank and submission.fields.company_number.blank), "no number is given"
  end,

  check = function(submission)
    local open
    for _, number in ipairs { submission.fields.charity_number, submission.fields.company_number } do
      if not number.blank and not number.text:find(figure_but_nought) then
        return fail("%s: “%s” is no number of a register", number.label, number):at(number)
      elseif not number.blank and not open and not number.text:find(number_form) then
        open = review("%s: “%s” is not written as a register writes its numbers", number.label, number):at(number)
      end
    end
    return open or pass()
  end,

  examples = {
    { state = "pass", fields = { charity_number = "1988407" } },
    { state = "pass", fields = { charity_number = "SC099999", company_number = "SC 999999" } },
    { state = "pass", fields = { charity_number = "No. 1988407-1", company_number = "19999990" } },
    { state = "fail", fields = { charity_number = "0000000" }, at = "0000000" },
    { state = "fail", fields = { charity_number = "1988407", company_number = "00000000" }, at = "00000000",
      message = "Company number" },
    { state = "fail", fields = { charity_number = "applied for" }, at = "applied for" },
    { state = "fail", fields = { charity_number = "see 2.1", company_number = "SC000000" }, at = "SC000000" },
    { state = "review", fields = { charity_number = "applied for on 3 May" }, at = "applied for on 3 May" },
    { state = "review", fields = { charity_number = "see 2.1", company_number = "see 2.2" }, at = "see 2.1" },
    { state = "not-applicable" },
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
