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

rule "nlcf10.ends-in-time" {
  title    = "The project ends within the longest time that the form gives it",
  citation = "NLCF under £10,000, the overview, project dates: within 15 months of the first day; the full questions, project "
          .. "length: within 12 (paraphrased)",
  remedy   = "Choose an earlier last day, or ask the Fund how long a project may be.",
  why      = "The two prints of the form differ: what ends between the two times is for a person to judge.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = function(submission)
    return submission.fields.start_date.value and submission.fields.end_date.value, "the two days are not both known"
  end,

  check = function(submission)
    local first, last = submission.fields.start_date, submission.fields.end_date
    local longest, shorter = first.value:add_months(form.months_most), first.value:add_months(form.months_most_later)
    local verdict
    if last.value <= shorter or last.value > longest then
      verdict = on_or_before(last, longest, "last day")
    else
      verdict = review("it is within %d months of the first day, and not within %d", form.months_most, form.months_most_later)
        :at(last)
    end
    return verdict:see(first, "the first day"):working("%s + %d months = %s, + %d months = %s", first.value,
      form.months_most_later, shorter, form.months_most, longest)
  end,

  examples = {
    { state = "pass", fields = { start_date = "2026-06-01", end_date = "2026-06-01" } },
    { state = "pass", fields = { start_date = "2026-06-01", end_date = "2027-06-01" } },
    { state = "review", fields = { start_date = "2026-06-01", end_date = "2027-06-02" }, at = "2027-06-02",
      message = "within 15 months of the first day, and not within 12" },
    { state = "review", fields = { start_date = "2026-06-01", end_date = "2027-09-01" } },
    { state = "fail", fields = { start_date = "2026-06-01", end_date = "2027-09-02" }, at = "2027-09-02" },
    -- The last of August and 15 months is the last of November, which has a day less.
    { state = "review", fields = { start_date = "2026-08-31", end_date = "2027-11-30" } },
    { state = "fail", fields = { start_date = "2026-08-31", end_date = "2027-12-01" } },
    { state = "not-applicable", unreadable = true, fields = { start_date = "2026-06-01", end_date = "in autumn" } },
    { state = "not-applicable", fields = { end_date = "2027-09-02" } },
  },
}

-- The least and the most notice that a country of the form's table gives.
local function notices()
  local weeks = form.tables.country:map(function(country) return country.weeks end)
  return weeks:smallest(), weeks:largest()
end

rule "nlcf10.starts-far-enough-ahead" {
  title    = "The project starts long enough after the application for the Fund to decide",
  citation = "NLCF under £10,000, the overview, project dates: at least 18 weeks ahead in England, 12 elsewhere (paraphrased)",
  remedy   = "Choose a later first day; where the country is not given, give it.",
  why      = "The day of the application is the day that proviso judges by (--as-of).",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = function(submission)
    return submission.fields.start_date.value, "the first day is not known"
  end,

  check = function(submission)
    local applied, start = submission:judged_on(), submission.fields.start_date
    local country = submission.fields.country.value
    local least, most = notices()
    local weeks = country and country.weeks or least
    local earliest = applied:add_weeks(weeks)
    local verdict = on_or_after(start, earliest, "first day")
    if not country and verdict.state == "pass" and start.value < applied:add_weeks(most) then
      verdict = review("whether that is far enough ahead depends on the country: %d or %d weeks", least, most):at(start)
    end
    return verdict:working("%s + %d weeks = %s", applied, weeks, earliest)
  end,

  examples = {
    { state = "pass", as_of = "2026-01-15", fields = { country = "Wales", start_date = "2026-04-09" } },
    { state = "pass", as_of = "2026-01-15", fields = { country = "Northern Ireland", start_date = "2026-04-09" } },
    { state = "pass", as_of = "2026-01-15", fields = { country = "N. Ireland", start_date = "2026-04-09" } },
    { state = "pass", as_of = "2026-01-15", fields = { country = "NI", start_date = "2026-04-09" } },
    { state = "pass", as_of = "2026-01-15", fields = { country = "Scotland", start_date = "2026-04-09" } },
    { state = "pass", as_of = "2026-01-15", fields = { country = "Alba", start_date = "2026-04-09" } },
    { state = "pass", as_of = "2026-01-15", fields = { country = "Cymru", start_date = "2026-04-09" } },
    { state = "fail", as_of = "2026-01-15", fields = { country = "Scotland", start_date = "2026-04-08" }, at = "2026-04-08" },
    -- 18 weeks are 126 days.
    { state = "pass", as_of = "2026-01-15", fields = { country = "England", start_date = "2026-05-21" } },
    { state = "fail", as_of = "2026-01-15", fields = { country = "England", start_date = "2026-05-20" }, at = "2026-05-20" },
    { state = "fail", as_of = "2026-01-15", fields = { start_date = "2026-04-08" }, at = "2026-04-08" },
    { state = "review", as_of = "2026-01-15", fields = { start_date = "2026-04-09" }, message = "12 or 18 weeks" },
    { state = "review", unreadable = true,
      as_of = "2026-01-15", fields = { country = "Kernow", start_date = "2026-05-20" }, at = "2026-05-20" },
    { state = "pass", as_of = "2026-01-15", fields = { start_date = "2026-05-21" } },
    { state = "not-applicable" },
  },
}
