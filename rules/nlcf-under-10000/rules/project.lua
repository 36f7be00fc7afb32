-- The dates of the project. That its fields are filled in, that it ends after its first day and in time, and how far ahead it
-- starts in a country that is given is for the form to say: the built-in rules form.required and form.values report it.

rule "nlcf10.ends-in-time" {
  title    = "The project ends within the shorter of the two times that prints of the form give it",
  citation = "NLCF under £10,000, the full questions, project length: within 12 months; the overview, project dates: within "
          .. "15 months of the first day (paraphrased)",
  remedy   = "Choose an earlier last day, or ask the Fund how long a project may be.",
  why      = "The two prints of the form differ: what ends between the two times is for a person to judge. What ends later "
          .. "than both has a finding of form.values.",
  each     = "submission",
  level    = "warning",

  when = function(submission)
    local first, last = submission.fields.start_date.value, submission.fields.end_date.value
    if not (first and last) then
      return false, "the two days are not both known"
    end
    return last <= first:add_months(form.months_most), "it ends too late by either print, which has its own finding"
  end,

  check = function(submission)
    local first, last = submission.fields.start_date, submission.fields.end_date
    local shorter = first.value:add_months(form.months_most_later)
    local verdict = pass():at(last)
    if last.value > shorter then
      verdict = review("it is within %d months of the first day, and not within %d", form.months_most, form.months_most_later)
        :at(last)
    end
    return verdict:see(first, "the first day"):working("%s + %d months = %s", first.value, form.months_most_later, shorter)
  end,

  examples = {
    { state = "pass", fields = { start_date = "2026-06-01", end_date = "2026-06-01" } },
    { state = "pass", fields = { start_date = "2026-06-01", end_date = "2027-06-01" } },
    { state = "review", fields = { start_date = "2026-06-01", end_date = "2027-06-02" }, at = "2027-06-02",
      message = "within 15 months of the first day, and not within 12" },
    { state = "review", fields = { start_date = "2026-06-01", end_date = "2027-09-01" } },
    { state = "not-applicable", fields = { start_date = "2026-06-01", end_date = "2027-09-02" } },
    -- The last of August and 15 months is the last of November, which has a day less.
    { state = "review", fields = { start_date = "2026-08-31", end_date = "2027-11-30" } },
    { state = "not-applicable", fields = { start_date = "2026-08-31", end_date = "2027-12-01" } },
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
  title    = "Where no country is given, the project starts far enough ahead for any",
  citation = "NLCF under £10,000, the overview, project dates: at least 18 weeks ahead in England, 12 elsewhere (paraphrased)",
  remedy   = "Choose a later first day, and give the country.",
  why      = "The day of the application is the day that proviso judges by (--as-of). With a country, the form says how far.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = function(submission)
    if not submission.fields.start_date.value then
      return false, "the first day is not known"
    end
    return not submission.fields.country.value, "the country is known, and the form says how far ahead"
  end,

  check = function(submission)
    local applied, start = submission:judged_on(), submission.fields.start_date
    local least, most = notices()
    local verdict = on_or_after(start, applied:add_weeks(least), "first day")
    if verdict.state == "pass" and start.value < applied:add_weeks(most) then
      verdict = review("whether that is far enough ahead depends on the country: %d or %d weeks", least, most):at(start)
    end
    return verdict:working("%s + %d weeks = %s", applied, least, applied:add_weeks(least))
  end,

  examples = {
    { state = "fail", as_of = "2026-01-15", fields = { start_date = "2026-04-08" }, at = "2026-04-08" },
    { state = "review", as_of = "2026-01-15", fields = { start_date = "2026-04-09" }, message = "12 or 18 weeks" },
    { state = "review", unreadable = true,
      as_of = "2026-01-15", fields = { country = "Kernow", start_date = "2026-05-20" }, at = "2026-05-20" },
    -- 18 weeks are 126 days.
    { state = "pass", as_of = "2026-01-15", fields = { start_date = "2026-05-21" } },
    { state = "not-applicable", as_of = "2026-01-15", fields = { country = "Scotland", start_date = "2026-04-08" } },
    { state = "not-applicable" },
  },
}
