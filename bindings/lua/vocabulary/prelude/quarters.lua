-- What is to come once in every quarter of the calendar year.
local internal = ...

local options_known = internal.options_of("in_every_quarter")

-- The first day of the first quarter that counts.
local function first_quarter(options)
  local start = options.from:quarter_start()
  if start < options.from and options.partial ~= "count" then
    return options.from:quarter_end() + 1
  end
  return start
end

-- The first of the dates in each quarter, by the quarter's name.
local function by_quarter(found)
  local first = {}
  for _, each in ipairs(found) do
    local day = internal.date_in(each, "in_every_quarter")
    first[day:quarter_label()] = first[day:quarter_label()] or day
  end
  return first
end

-- The quarters from start up to as_of: those that are over without a date, the one that is not over and has none yet.
local function look(start, first, as_of)
  local seen = { missing = {}, steps = {}, running = nil, overdue = nil, last = nil }
  local quarter = start
  while quarter <= as_of do
    local label, ends = quarter:quarter_label(), quarter:quarter_end()
    table.insert(seen.steps, ("%s: %s"):format(label, first[label] or (ends < as_of and "none" or "none yet")))
    if not first[label] and ends < as_of then
      table.insert(seen.missing, label)
      seen.overdue = seen.overdue or ends
    elseif not first[label] then
      seen.running = ends
    end
    seen.last = label
    quarter = ends + 1
  end
  return seen
end

-- The verdict where no quarter that is over lacks one.
local function of_running(start, seen, options)
  local ends = seen.running or (not seen.last and start:quarter_end())
  if not ends then
    return pass("%s in every quarter from %s to %s", options.what, start:quarter_label(), seen.last)
  elseif not seen.last then
    return pass("%s is the first quarter that counts", start:quarter_label()):due(ends)
  end
  local label, left = ends:quarter_label(), ends - options.as_of
  if left > options.horizon then
    return pass("no %s in %s yet, which ends on %s", options.what, label, ends):due(ends)
  end
  return review("no %s in %s yet, which ends on %s, %s", options.what, label, ends,
    internal.time_left(left, options.horizon)):due(ends)
end

--- in_every_quarter(dates, options: { from: date, as_of: date, horizon: integer, what: string, partial: "count" | "skip" }): verdict
-- Passes when there is at least one of the dates in each quarter of the calendar year that is over; names all that have none.
-- dates are dates, or fields with one. options: from, the day on which it begins; as_of, the day to judge by; horizon, how
-- many days before the running quarter ends its date is asked for (90); what, the noun for messages ("meeting"); partial,
-- "count" where the quarter in which it begins counts though it began after its first day, else "skip". On its
-- last day a quarter is not over yet.
local function in_every_quarter(dates, options)
  options = internal.deadline_options(options, options_known, "in_every_quarter")
  internal.require_day(options.from, "in_every_quarter", "the day on which it begins: from = date(…)")
  options.what = options.what or "date"
  if options.partial ~= nil and options.partial ~= "count" and options.partial ~= "skip" then
    error("in_every_quarter has partial = \"skip\" or \"count\"", 0)
  end
  if options.as_of < options.from then
    return not_applicable("it begins on %s, after %s", options.from, options.as_of)
  end
  local found, unreadable = internal.dated(dates, options.as_of, "in_every_quarter")
  if not found then
    return internal.without_value(unreadable)
  end
  local start = first_quarter(options)
  local seen = look(start, by_quarter(found), options.as_of)
  local verdict
  if #seen.missing > 0 then
    verdict = fail("no %s in %s", options.what, internal.listed(seen.missing)):due(seen.overdue)
  else
    verdict = of_running(start, seen, options)
  end
  for _, step in ipairs(seen.steps) do
    verdict:working("%s", step)
  end
  return verdict
end

return { in_every_quarter = in_every_quarter }
