-- Training on what the memorandum asks for: first within its term from the day on which it takes effect, then every year.

-- The trainings up to the day by which they are judged, the earliest first. One that was longer before the MOU took effect than
-- the term after it is none on this MOU.
local function trainings(agreement, submission)
  local begins = (agreement.effective or agreement.executed) - term["first training"].number
  return up_to(agreement:rows("training"), "date", judged_by(agreement, submission))
    :where(function(training) return training.date >= begins end)
end

-- Whether the day of each training can be read.
local function are_readable(agreement)
  return #agreement:rows("training"):where(function(training) return not training.date end) == 0
end

-- For the examples: a memorandum executed and effective on these days, with trainings on those.
local function trained(days, executed, effective, ended)
  local records = {
    agreement = { { county = "Mono", party = "WIC", executed = executed or "2024-02-01", effective = effective or "2024-02-01",
                    ended = ended } },
    training = {},
  }
  for number, day in ipairs(days) do
    records.training[number] = { county = "Mono", party = "WIC", date = day }
  end
  return records
end

rule "mou.effective-known" {
  title    = "The register says from when an executed MOU is effective",
  citation = "EE.1144 III.E.2: “Within sixty (60) days of the MOU effective date”",
  remedy   = "Enter the day on which the MOU takes effect.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = is_executed,

  check = function(agreement)
    return present(agreement:cell("effective"))
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = trained {} },
    { state = "fail", as_of = "2024-02-01", expected_here = true,
      records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01" } } } },
    { state = "not-applicable", as_of = "2024-01-31", records = trained {} },
  },
}

rule "mou.training-first" {
  title    = "Training is given within its term from the day on which the MOU takes effect",
  citation = "EE.1144 III.E.2: “Within sixty (60) days of the MOU effective date”",
  remedy   = "Give the training, and enter the day.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  when = function(agreement, submission)
    local day = submission:judged_on()
    if not are_readable(agreement) then
      return false, "the day of a training could not be read, which has its own finding"
    end
    return was_executed(agreement, submission) and happened(agreement.effective, day), "it is not in effect"
  end,

  check = function(agreement, submission)
    local timer = term["first training"]
    local first = trainings(agreement, submission):first()
    local deadline = agreement.effective:add(timer.number, timer.kind)
    local moot = ended_before(agreement, submission, first and first.date, deadline)
    if moot then
      return moot
    end
    return done_by(first and first:cell("date"), deadline, {
      as_of = submission:judged_on(), what = "training",
      from = ("%d %s days from %s"):format(timer.number, timer.kind, agreement.effective),
    }):at(first and first:cell("date") or agreement:cell("effective"))
  end,

  examples = {
    { state = "pass", as_of = "2024-06-01", records = trained { "2024-04-01" }, at = "2024-04-01" },
    { state = "pass", as_of = "2024-06-01", records = trained { "2024-05-20", "2024-01-20" }, at = "2024-01-20" },
    { state = "fail", as_of = "2024-06-01", records = trained { "2024-04-02" }, at = "2024-04-02", message = "1 day late" },
    { state = "fail", as_of = "2024-04-02", records = trained {}, at = "2024-02-01", message = "1 day ago" },
    { state = "fail", as_of = "2024-04-02", records = trained { "2024-04-03" }, message = "1 day ago" },
    { state = "review", as_of = "2024-04-01", records = trained {}, message = "today" },
    -- Sixty days before it takes effect, and one more.
    { state = "pass", as_of = "2024-06-01", records = trained { "2023-12-03" }, at = "2023-12-03" },
    { state = "fail", as_of = "2024-06-01", records = trained { "2023-12-02" }, at = "2024-02-01" },
    { state = "fail", as_of = "2024-06-01", records = trained({}, nil, nil, "2024-04-01"), message = "was due on 2024-04-01" },
    { state = "not-applicable", as_of = "2024-06-01", records = trained({}, nil, nil, "2024-03-31") },
    { state = "pass", as_of = "2024-06-01", records = trained({ "2024-03-31" }, nil, nil, "2024-03-31") },
    { state = "not-applicable", unreadable = true, as_of = "2024-04-02", records = trained { "in March" } },
    { state = "not-applicable", as_of = "2024-01-31", records = trained({}, "2024-01-15") },
    { state = "not-applicable", as_of = "2024-02-14", records = trained({}, "2024-02-15") },
  },
}

rule "mou.training-yearly" {
  title    = "Training is given again every year",
  citation = "EE.1144 III.E.2: “and annually thereafter”",
  remedy   = "Give the training again, and enter the day.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  parameters = {
    horizon = { type = "integer", default = 90, low = 0, high = 365,
      means = "How many days before the last day it is asked for." },
  },

  when = function(agreement, submission)
    local executed, reason = was_executed(agreement, submission)
    if not executed then
      return false, reason
    elseif not are_readable(agreement) then
      return false, "the day of a training could not be read, which has its own finding"
    end
    return trainings(agreement, submission):first(), "there has been no training, which has its own finding"
  end,

  check = function(agreement, submission, parameters)
    local months = term["training again"].number
    local first, later = nil, {}
    for _, training in ipairs(trainings(agreement, submission)) do
      if first then
        table.insert(later, training:cell("date"))
      end
      first = first or training
    end
    local verdict = recurring(later, {
      first = first.date:add_months(months), months = months,
      as_of = judged_by(agreement, submission), horizon = parameters.horizon, what = "training",
    })
    verdict = #later == 0 and verdict:at(first:cell("date")) or verdict
    return until_end(verdict, agreement, submission)
  end,

  examples = {
    { state = "pass", as_of = "2025-04-01", records = trained { "2024-03-01", "2025-03-01" } },
    { state = "fail", as_of = "2025-04-01", records = trained { "2024-03-01", "2025-03-02" }, at = "2025-03-02",
      message = "1 day late" },
    { state = "fail", as_of = "2025-03-02", records = trained { "2024-03-01" }, at = "2024-03-01",
      message = "was due on 2025-03-01" },
    { state = "review", as_of = "2025-03-01", records = trained { "2024-03-01" }, message = "today" },
    { state = "review", as_of = "2024-12-01", records = trained { "2024-03-01" }, message = "in 90 days" },
    { state = "pass", as_of = "2024-11-30", records = trained { "2024-03-01" }, message = "not due before 2025-03-01" },
    { state = "pass", as_of = "2026-04-01", records = trained({ "2024-03-01" }, nil, nil, "2025-02-28"), at = "2025-02-28" },
    { state = "fail", as_of = "2026-04-01", records = trained({ "2024-03-01" }, nil, nil, "2025-03-01"),
      message = "was due on 2025-03-01" },
    { state = "fail", as_of = "2025-02-02", records = trained { "2023-11-01", "2024-02-01" }, message = "was due on 2025-02-01" },
    { state = "pass", as_of = "2024-04-01", message = "2025-02-10", records = {
      agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01" } },
      training = { { county = "Mono", party = "WIC", date = "2023-12-02" }, { county = "Mono", party = "WIC",
        date = "2024-02-10" } } } },
    { state = "not-applicable", unreadable = true,
      as_of = "2025-04-01", records = trained { "2024-03-01", "in March" } },
    { state = "not-applicable", as_of = "2025-04-01", records = trained {} },
    { state = "not-applicable", as_of = "2024-01-31", records = trained { "2024-01-20" } },
  },
}
