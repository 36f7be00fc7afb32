-- The dates of the project. That its fields are filled in, and the name is not too long, is for the form to say: the
-- built-in rules form.required and form.limits report it.

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
