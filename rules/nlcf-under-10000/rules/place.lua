-- Where the project is. The country decides how much notice the Fund needs (project.lua).

rule "nlcf10.place" {
  title    = "The application says in which country the project is, and where",
  citation = "NLCF under £10,000, the overview, project details: country and location (paraphrased)",
  remedy   = "Enter the country, and the place where most of the project is.",
  each     = "submission",
  level    = "warning",

  check = function(submission)
    for _, field in ipairs { submission.fields.country, submission.fields.location } do
      if not field.answered then
        return instead(present(field), "review")
      end
    end
    return pass():at(submission.fields.location)
  end,

  examples = {
    { state = "pass", fields = { country = "Cymru", location = "Swansea" }, at = "Swansea" },
    { state = "pass", fields = { country = "N. Ireland", location = "Derry" } },
    { state = "pass", fields = { country = "Alba", location = "Lewis" } },
    { state = "review", fields = { location = "Swansea" }, expected_here = true, message = "Country" },
    { state = "review", fields = { country = "Wales" }, expected_here = true, message = "Where" },
    { state = "review", fields = { country = "Wales", location = "TBD" }, at = "TBD", message = "stands for an answer" },
    { state = "review", fields = { country = "Wales", location = "See above" }, at = "See above" },
    { state = "review", expected_here = true },
  },
}

-- A postcode of the United Kingdom: its area and district, a space or none, a digit and two letters (BS 7666).
local uk_postcode = pattern([[^\s*[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][ABD-HJLNP-UW-Z]{2}\s*$]], "i")

rule "nlcf10.postcode" {
  title    = "The postcode of the project is one of the United Kingdom",
  citation = "NLCF under £10,000, the overview, project details: a valid postcode (paraphrased)",
  remedy   = "Correct the postcode.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    return not submission.fields.postcode.blank, "no postcode is given"
  end,

  check = function(submission)
    local postcode = submission.fields.postcode
    if postcode.text:find(uk_postcode) then
      return pass():at(postcode)
    end
    return fail("“%s” is no postcode of the United Kingdom", postcode):at(postcode)
  end,

  examples = {
    { state = "pass", fields = { postcode = "SA1 1AF" }, at = "SA1 1AF" },
    { state = "pass", fields = { postcode = "ec1a1bb" } },
    { state = "pass", fields = { postcode = "M1 1AE" } },
    { state = "fail", fields = { postcode = "TBD" }, at = "TBD" },
    { state = "fail", fields = { postcode = "SA1" } },
    { state = "fail", fields = { postcode = "SA1 1A1" } },
    { state = "fail", fields = { postcode = "90210" } },
    { state = "not-applicable" },
  },
}
