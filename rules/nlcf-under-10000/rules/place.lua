-- Where the project is. The country decides how much notice the Fund needs (the form, and project.lua where it is not given).

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
