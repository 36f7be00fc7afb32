-- Whether what falls due on a day is done, judged as of another: what is dated after that day is not done yet.
local internal = ...

local options_of_done_by, options_of_recurring = internal.options_of("done_by"), internal.options_of("recurring")

local named_windows = { 30, 60, 90 }

-- "1 day", "12 days"
local function days(count)
  return count == 1 and "1 day" or ("%d days"):format(count)
end

-- The window to be named for so many days left: within 30, 60 or 90 days, or within the horizon where that is nearer.
local function window(left, horizon)
  for _, length in ipairs(named_windows) do
    if left <= length and length <= horizon then
      return length
    end
  end
  return horizon
end

-- "in 12 days (within 30 days)", "today"
function internal.time_left(left, horizon)
  return left == 0 and "today" or ("in %s (within %s)"):format(days(left), days(window(left, horizon)))
end

-- The options of a helper, with the horizon that counts where none is given. Raises for one that it has not.
function internal.deadline_options(given, known, helper)
  local options = { horizon = 90 }
  for name, value in pairs(given or {}) do
    options[name] = value
  end
  internal.require_known(given, known, helper)
  for _, name in ipairs({ "horizon", "months" }) do
    if options[name] ~= nil then
      options[name] = internal.number(options[name], helper, name) or error(("%s: %s is a field without a value"):format(helper, name), 0)
    end
  end
  internal.require_day(options.as_of, helper, "the day to judge by: as_of = submission:judged_on()")
  return options
end

-- What is said, after what it is about where the options say so.
local function about(options, message, ...)
  local said = message:format(...)
  return options.what and ("%s: %s"):format(options.what, said) or said
end

-- The verdict on what is not done yet: overdue, due within the horizon, or not due for long.
local function outstanding(deadline, options, planned)
  local left = deadline - options.as_of
  local still_to_come = planned and ("; %s is still to come"):format(planned) or ""
  local verdict
  if left < 0 then
    verdict = fail("%s", about(options, "was due on %s, %s ago%s", deadline, days(-left), still_to_come))
  elseif left <= options.horizon then
    local when = internal.time_left(left, options.horizon)
    verdict = review("%s", about(options, "falls due on %s, %s%s", deadline, when, still_to_come))
  else
    verdict = pass("%s", about(options, "not due before %s", deadline)):working("not due before %s", deadline)
  end
  return verdict:due(deadline):working("judged as of %s", options.as_of)
end

local function with_origin(verdict, deadline, options)
  return options.from and verdict:working("due on %s: %s", deadline, options.from) or verdict
end

--- done_by(done, deadline, options: { as_of: date, horizon: integer, what: string, from: string }): verdict
-- Passes when it was done on or before the deadline, or need not be done yet; done is a date, a field with one, or nil.
-- options: as_of, the day to judge by; horizon, how many days before the deadline it is asked for (90); what, what is to be
-- done, and from, how the deadline comes about, both for messages. What is done after as_of is not done yet. Not done:
-- fails after the deadline, and is for review from the horizon on. The verdict knows the day it is due.
local function done_by(done, deadline, options)
  options = internal.deadline_options(options, options_of_done_by, "done_by")
  local day, unreadable = internal.date_in(done, "done_by")
  local last = internal.date_in(deadline, "done_by")
  if unreadable then
    return internal.without_value(done)
  elseif not last and internal.kind(deadline) == "field" then
    return internal.without_value(deadline)
  end
  internal.require_day(last, "done_by", "the day on which it is due")
  local verdict
  if not day or day > options.as_of then
    verdict = outstanding(last, options, day)
  elseif day <= last then
    verdict = pass("%s", about(options, "done on %s, due on %s", day, last)):working("%s ≤ %s", day, last)
  else
    verdict = fail("%s", about(options, "%s late, on %s; due on %s", days(day - last), day, last))
      :working("%s > %s", day, last)
  end
  return with_origin(internal.at(verdict, done), last, options)
end

-- Adds a line of working for each term, and gives the first one that was missed and the deadline of what comes next.
local function follow(found, options, steps)
  local deadline, missed = options.first, nil
  for _, each in ipairs(found) do
    local day = internal.date_in(each, "recurring")
    table.insert(steps, ("%s, due on %s"):format(day, deadline))
    if day > deadline and not missed then
      missed = { each = each, day = day, deadline = deadline }
    end
    deadline = day:add_months(options.months)
  end
  return missed, deadline
end

--- recurring(dates, options: { first: date, months: integer, as_of: date, horizon: integer, what: string }): verdict
-- Passes when the first of the dates is on or before a day, and each of the others at most so many months after the one before.
-- dates are dates, or fields with one. options: first, the day by which the first is due; months (12); as_of, horizon and
-- what, as of done_by. Of several terms that were missed, it names the first and points at what came late. What comes next
-- is judged as by done_by, and points at the last of the dates.
local function recurring(dates, options)
  options = internal.deadline_options(options, options_of_recurring, "recurring")
  internal.require_day(options.first, "recurring", "the day by which the first is due: first = date(…)")
  options.months = options.months or 12
  local found, unreadable = internal.dated(dates, options.as_of, "recurring")
  if not found then
    return internal.without_value(unreadable)
  end
  local steps = {}
  local missed, next_deadline = follow(found, options, steps)
  local verdict
  if missed then
    verdict = fail("%s", about(options, "the one due on %s came on %s, %s late", missed.deadline, missed.day,
      days(missed.day - missed.deadline))):due(next_deadline)
    internal.at(verdict, missed.each)
  else
    verdict = outstanding(next_deadline, options)
    if #found > 0 then
      internal.at(verdict, found[#found])
    end
  end
  for _, step in ipairs(steps) do
    verdict:working("%s", step)
  end
  return verdict
end

return { done_by = done_by, recurring = recurring }
