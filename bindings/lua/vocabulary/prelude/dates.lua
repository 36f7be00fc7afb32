-- Days before, after and within so many days of each other. What a text says may leave the day open ("July 2022", "07/01/2022"):
-- then the earliest and the latest day it may mean both count, and where they disagree a person decides.
local internal = ...

-- The earliest and the latest day that x, a date, a field or a date mention, may mean. Without one, a verdict that says why.
local days_of
function days_of(x, helper)
  local kind = internal.kind(x)
  local of = kind == "field" and internal.kind(x.value)
  if kind == "field" and x.value == nil then
    return nil, nil, internal.without_value(x)
  elseif of == "date" or of == "date mention" then
    return days_of(x.value, helper)
  elseif kind == "period" or of == "period" then
    error(("%s needs a day, and a period has two: write .from or .to of it"):format(helper), 0)
  elseif kind == "date" then
    return x, x
  elseif kind ~= "date mention" then
    error(("%s needs a day, not a %s"):format(helper, kind), 0)
  elseif x.is_impossible then
    return nil, nil, fail("“%s” is no day of the calendar", x):at(x)
  end
  return x.first, x.last
end

-- The day of a field in a message is its value.
local function shown(x)
  return internal.kind(x) == "field" and x.value or x
end

local function described(x, noun)
  return noun and ("the %s, %s,"):format(noun, shown(x)) or tostring(shown(x))
end

-- How a day may stand to a limit: before it, or (not `early`) after it.
local relations = {
  before = {
    helper = "before", early = true, holds = function(a, b) return a < b end,
    yes = "is before", no = "is not before", sign = "<", opposite = "≥",
  },
  on_or_before = {
    helper = "on_or_before", early = true, holds = function(a, b) return a <= b end,
    yes = "is on or before", no = "is after", sign = "≤", opposite = ">",
  },
  after = {
    helper = "after", early = false, holds = function(a, b) return a > b end,
    yes = "is after", no = "is not after", sign = ">", opposite = "≤",
  },
  on_or_after = {
    helper = "on_or_after", early = false, holds = function(a, b) return a >= b end,
    yes = "is on or after", no = "is before", sign = "≥", opposite = "<",
  },
}

local function compare(x, limit, noun, relation)
  local earliest, latest, without = days_of(x, relation.helper)
  local first, last, no_limit = days_of(limit, relation.helper)
  if without or no_limit then
    return without or no_limit
  end
  -- The relation is certain when it holds for the day that speaks most against it, possible for the one most in favour.
  local worst, best, worst_limit, best_limit = latest, earliest, first, last
  if not relation.early then
    worst, best, worst_limit, best_limit = earliest, latest, last, first
  end
  if relation.holds(worst, worst_limit) then
    return internal.at(pass("%s %s %s", described(x, noun), relation.yes, shown(limit)), x)
      :working("%s %s %s", worst, relation.sign, worst_limit)
  elseif relation.holds(best, best_limit) then
    return internal.at(review("%s leaves open whether it %s %s", described(x, noun), relation.yes, shown(limit)), x)
      :working("%s to %s, and %s to %s", earliest, latest, first, last)
  end
  return internal.at(fail("%s %s %s", described(x, noun), relation.no, shown(limit)), x)
    :working("%s %s %s", best, relation.opposite, best_limit)
end

--- before(x, limit, noun?): verdict
-- Passes when x (a date, a field with one, or a date that a text names) is before the limit. noun says what the day is.
local function before(x, limit, noun)
  return compare(x, limit, noun, relations.before)
end

--- on_or_before(x, limit, noun?): verdict
-- Passes when x, a day, is the limit or before it.
local function on_or_before(x, limit, noun)
  return compare(x, limit, noun, relations.on_or_before)
end

--- after(x, limit, noun?): verdict
-- Passes when x, a day, is after the limit.
local function after(x, limit, noun)
  return compare(x, limit, noun, relations.after)
end

--- on_or_after(x, limit, noun?): verdict
-- Passes when x, a day, is the limit or after it.
local function on_or_after(x, limit, noun)
  return compare(x, limit, noun, relations.on_or_after)
end

-- "30 days", "1 business day"
local function term(limit, kind)
  local unit = "day"
  if internal.kind(kind) == "calendar" then
    unit = kind.name .. " day"
  elseif kind then
    unit = kind .. " day"
  end
  return ("%s %s%s"):format(limit, unit, limit == 1 and "" or "s")
end

--- within_days(from, to, limit, kind: "calendar" | "business" | calendar | nil): verdict
-- Passes when the day `to` is not before `from` and not after a term of so many days from it.
-- kind says which days: "calendar" (the default), "business" (Monday to Friday), or a calendar, for its working days.
local function within_days(from, to, limit, kind)
  local begins_first, begins_last, no_beginning = days_of(from, "within_days")
  local first, last, without = days_of(to, "within_days")
  local no_limit
  limit, no_limit = internal.number(limit, "within_days", "the number of days")
  if no_beginning or without or no_limit then
    return no_beginning or without or no_limit
  end
  local sure_end, possible_end = begins_first:add(limit, kind), begins_last:add(limit, kind)
  local step = ("%s + %s = %s"):format(shown(from), term(limit, kind), possible_end)
  if first >= begins_last and last <= sure_end then
    return internal.at(pass("%s is within %s of %s", shown(to), term(limit, kind), shown(from)), to):working("%s", step)
  elseif last < begins_first then
    return internal.at(fail("%s is before %s", shown(to), shown(from)), to)
  elseif first > possible_end then
    return internal.at(fail("%s is after %s, the last of the %s from %s", shown(to), possible_end, term(limit, kind),
      shown(from)), to):working("%s", step)
  end
  return internal.at(review("it is open whether %s is within %s of %s", shown(to), term(limit, kind), shown(from)), to)
    :working("%s", step)
end

internal.on_or_before, internal.on_or_after = on_or_before, on_or_after
internal.term = term

return {
  before = before, on_or_before = on_or_before, after = after, on_or_after = on_or_after, within_days = within_days,
}
