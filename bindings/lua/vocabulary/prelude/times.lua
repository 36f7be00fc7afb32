-- How often and how long a text says that something is done. Of what it states, one that meets the demand is enough; where the
-- wording leaves it open ("bimonthly", "up to monthly", "a month" for 30 days), a person decides.
local internal = ...

-- What a text may fall short of. `certain` and `possible` are the methods that say so of what it states.
local demands = {
  every = {
    certain = "is_at_least", possible = "may_be_at_least", what = "how often", short = "is less often than",
  },
  takes_at_most = {
    certain = "is_at_most", possible = "may_be_at_most", what = "how long", short = "is longer than",
  },
  takes_at_least = {
    certain = "is_at_least", possible = "may_be_at_least", what = "how long", short = "is shorter than",
  },
}

-- The first of what is stated that is certain; else the first that may do, for a person to decide; else the first.
local function judge(stated, asked, demand)
  local open
  for _, each in ipairs(stated) do
    if each[demand.certain](each, asked) then
      return pass("“%s”", each):at(each):working("asked for: %s", asked)
    elseif not open and each[demand.possible](each, asked) then
      open = each
    end
  end
  if open then
    return review("“%s” leaves open whether it %s asked for: %s", open, demand.short, asked):at(open)
  end
  return fail("“%s” %s asked for: %s", stated[1], demand.short, asked):at(stated[1])
end

-- Judges what list_stated(text) gives for x; or x itself, when that is one of this kind, or a list of them.
local function check(x, kind, list_stated, asked, helper)
  local demand = demands[helper]
  local stated = x
  if internal.kind(x) == kind then
    stated = { x }
  elseif internal.kind(x) ~= "table" then
    stated = list_stated(internal.text_of(x, helper))
  end
  if #stated == 0 then
    return internal.at(fail("it is not stated %s; asked for: %s", demand.what, asked), x)
  end
  return judge(stated, asked, demand)
end

local function frequencies(text)
  return text:frequencies()
end

local function durations(text)
  return text:durations()
end

--- every(x, often): verdict
-- Passes when the text of x states a frequency that is at least this often: "quarter", "two weeks", "twice a year".
-- Points at the frequency. "Monthly" is more often than every quarter; "bimonthly" leaves open whether it is every month.
-- x may also be a frequency, or a list of them.
local function every(x, often)
  return check(x, "frequency", frequencies, often, "every")
end

--- takes_at_most(x, limit): verdict
-- Passes when the text of x states a duration that is no longer than the limit: "30 calendar days", "two weeks".
-- Points at the duration. Business and working days, months and years are compared with days by how long they are at most.
-- x may also be a duration, or a list of them.
local function takes_at_most(x, limit)
  return check(x, "duration", durations, limit, "takes_at_most")
end

--- takes_at_least(x, limit): verdict
-- Passes when the text of x states a duration that is no shorter than the limit: "ten years".
-- x may also be a duration, or a list of them.
local function takes_at_least(x, limit)
  return check(x, "duration", durations, limit, "takes_at_least")
end

return { every = every, takes_at_most = takes_at_most, takes_at_least = takes_at_least }
