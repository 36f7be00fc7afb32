-- The head of the form, and the project itself: its name and its dates.

-- For the examples: the fields that the form requires, with others in their place (false: left out).
local function head_with(others)
  local fields = {
    project_name = "Sunday Tables",
    start_date = "2026-06-01",
    end_date = "2026-12-01",
    total_cost = "4,500",
    organisation_name = "Ivy Road Kitchen",
    organisation_type = "faith group",
  }
  for name, value in pairs(others) do
    fields[name] = value or nil
  end
  return fields
end

rule "nlcf10.required-fields" {
  title    = "Project and organisation are described in every field that the form requires",
  citation = "NLCF under £10,000, your project and your organisation (paraphrased)",
  remedy   = "Fill in what is missing; dates like 2026-09-01, the total cost in pounds.",
  each     = "submission",
  level    = "error",

  check = function(submission)
    return required_fields(submission)
  end,

  examples = {
    { state = "pass", fields = head_with {} },
    { state = "fail", fields = head_with { project_name = " " }, message = "Name of the project is not given" },
    { state = "fail", fields = head_with { start_date = false }, expected_here = true, message = "First day" },
    { state = "fail", fields = head_with { end_date = false }, expected_here = true, message = "Last day" },
    { state = "fail", fields = head_with { total_cost = false }, expected_here = true, message = "costs" },
    { state = "fail", fields = head_with { organisation_name = false, organisation_type = false },
      message = "Name of the organisation and Type of organisation are not given" },
    { state = "fail", expected_here = true },
  },
}

rule "nlcf10.project-name-length" {
  title    = "The name of the project keeps to its limit in characters",
  citation = "NLCF under £10,000, project name: at most 80 characters (paraphrased)",
  remedy   = "Shorten the name.",
  why      = "Spaces and punctuation count. Line breaks and repeated spaces count as one space.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    return not submission.fields.project_name.blank, "no name is given, which has its own finding"
  end,

  check = function(submission)
    local name = submission.fields.project_name
    return at_most(name.text.characters, name.character_limit)
  end,

  examples = {
    { state = "pass", fields = { project_name = ("é"):rep(80) } },
    { state = "fail", fields = { project_name = ("é"):rep(80) .. "no" }, at = "no", message = "82 characters" },
    { state = "not-applicable" },
  },
}

rule "nlcf10.ends-after-start" {
  title    = "The project ends on or after the day it starts",
  citation = "NLCF under £10,000, project dates (paraphrased)",
  remedy   = "Correct the day that is wrong.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    return submission.fields.start_date.value and submission.fields.end_date.value, "the two days are not both known"
  end,

  check = function(submission)
    local first, last = submission.fields.start_date, submission.fields.end_date
    return on_or_after(last, first, "last day"):see(first, "the first day")
  end,

  examples = {
    { state = "pass", fields = { start_date = "2026-06-01", end_date = "2026-06-01" } },
    { state = "fail", fields = { start_date = "2026-06-01", end_date = "2026-05-31" }, at = "2026-05-31" },
    { state = "not-applicable", fields = { end_date = "2026-05-31" } },
  },
}

rule "nlcf10.starts-far-enough-ahead" {
  title    = "The project starts long enough after the application for the Fund to decide",
  citation = "NLCF under £10,000, project dates: at least so many weeks ahead (paraphrased)",
  remedy   = "Choose a later first day.",
  why      = "The day of the application is the day that proviso judges by (--as-of).",
  each     = "submission",
  level    = "error",

  parameters = {
    weeks = { type = "integer", default = 12, low = 1, high = 52,
              means = "The weeks from the application to the first day of the project; the form says how many, this pack "
                   .. "does not know, and 12 is its judgement." },
  },

  when = function(submission)
    return submission.fields.start_date.value, "the first day is not known"
  end,

  check = function(submission, _, parameters)
    local applied = submission:judged_on()
    local earliest = applied:add_weeks(parameters.weeks)
    return on_or_after(submission.fields.start_date, earliest, "first day")
      :working("%s + %d weeks = %s", applied, parameters.weeks, earliest)
  end,

  examples = {
    { state = "pass", as_of = "2026-01-15", fields = { start_date = "2026-04-09" } },
    { state = "fail", as_of = "2026-01-15", fields = { start_date = "2026-04-08" }, at = "2026-04-08" },
    { state = "not-applicable" },
  },
}
