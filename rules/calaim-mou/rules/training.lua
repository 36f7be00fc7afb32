-- Training on what the memorandum asks for: first within its term from the day on which it takes effect, then every year.

local term = {}
for _, timer in ipairs(form.tables.timer) do
  term[timer.name] = timer
end

-- For `when`: whether the memorandum counts on the day judged by. One whose county or party could not be read is judged when it
-- can be.
local function is_executed(agreement, submission)
  if not (agreement.county and agreement.party) then
    return false, "its county or party could not be read, which has its own finding"
  end
  return happened(agreement.executed, submission:judged_on()), "it has not been executed"
end

-- The days of training up to the one judged by, the earliest first.
local function trainings(agreement, submission)
  return up_to(agreement:rows("training"), "date", submission:judged_on())
end

-- Whether the day of each training can be read.
local function are_readable(agreement)
  return #agreement:rows("training"):where(function(training) return not training.date end) == 0
end

-- For the examples: a memorandum executed and effective on these days, with trainings on those.
local function trained(days, executed, effective)
  local records = {
    agreement = { { county = "Mono", party = "WIC", executed = executed or "2024-02-01", effective = effective or "2024-02-01" } },
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

  when = function(agreement, submission)
    local day = submission:judged_on()
    if not are_readable(agreement) then
      return false, "the day of a training could not be read, which has its own finding"
    end
    return is_executed(agreement, submission) and happened(agreement.effective, day), "it is not in effect"
  end,

  check = function(agreement, submission)
    local timer = term["first training"]
    local first = trainings(agreement, submission):first()
    return done_by(first and first:cell("date"), agreement.effective:add(timer.number, timer.kind), {
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
    { state = "not-applicable", as_of = "2024-04-02", records = trained { "in March" } },
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

  parameters = {
    horizon = { type = "integer", default = 90, low = 0, high = 365,
      means = "How many days before the last day it is asked for." },
  },

  when = function(agreement, submission)
    local executed, reason = is_executed(agreement, submission)
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
      as_of = submission:judged_on(), horizon = parameters.horizon, what = "training",
    })
    return #later == 0 and verdict:at(first:cell("date")) or verdict
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
    { state = "not-applicable", as_of = "2025-04-01", records = trained { "2024-03-01", "in March" } },
    { state = "not-applicable", as_of = "2025-04-01", records = trained {} },
    { state = "not-applicable", as_of = "2024-01-31", records = trained { "2024-01-20" } },
  },
}
