-- Numbers, and how many there are of something, within limits.
local internal = ...

-- "101 words" for something counted; "18%" or "the target, 18%," for a number.
local function describe(x, noun)
  if internal.is_countable(x) then
    if noun then
      return ("%d %s"):format(#x, noun)
    end
    return internal.kind(x) == "words" and tostring(x) or tostring(#x)
  end
  local number = internal.number_of(x)
  return noun and ("the %s, %s,"):format(noun, number) or tostring(number)
end

-- The number to compare; nil when x is a field without a value.
local function measure(x, helper)
  if internal.is_countable(x) then
    return #x
  end
  local number = internal.number_of(x)
  if number == nil and internal.kind(x) ~= "field" then
    error(("%s needs a number or something that can be counted, not a %s"):format(helper, internal.kind(x)), 0)
  end
  return number
end

local function require_limit(limit, helper)
  local number = internal.number_of(limit)
  if number == nil then
    error(("%s needs a limit, not a %s"):format(helper, internal.kind(limit)), 0)
  end
  return number
end

-- The first of x that is too many, to the last.
local function at_excess(verdict, x, limit)
  if internal.kind(x) == "words" then
    return verdict:at(x:from(limit + 1))
  elseif internal.has_place(x[limit + 1]) and internal.has_place(x[#x]) then
    return verdict:from(x[limit + 1], x[#x])
  end
  return internal.at(verdict, x)
end

-- Passes when x, a number or something counted, is not over the limit; else points at the first one too many, to the last.
local function at_most(x, limit, noun)
  limit = require_limit(limit, "at_most")
  local number = measure(x, "at_most")
  if number == nil then
    return present(x)
  end
  local counted = internal.is_countable(x)
  if number <= limit then
    local verdict = counted and pass("%s; at most %s are allowed", describe(x, noun), limit)
      or pass("%s is at most %s", describe(x, noun), limit)
    return internal.at(verdict, x):working("%s ≤ %s", number, limit)
  elseif counted then
    local verdict = fail("%s; at most %s are allowed", describe(x, noun), limit):working("%s > %s", number, limit)
    return at_excess(verdict, x, limit)
  end
  return internal.at(fail("%s is more than %s", describe(x, noun), limit), x):working("%s > %s", number, limit)
end

-- Passes when x, a number or something counted, reaches the limit.
local function at_least(x, limit, noun)
  limit = require_limit(limit, "at_least")
  local number = measure(x, "at_least")
  if number == nil then
    return present(x)
  end
  local counted = internal.is_countable(x)
  if number >= limit then
    local verdict = counted and pass("%s; at least %s are asked for", describe(x, noun), limit)
      or pass("%s is at least %s", describe(x, noun), limit)
    return internal.at(verdict, x):working("%s ≥ %s", number, limit)
  end
  local verdict = counted and fail("%s; at least %s are asked for", describe(x, noun), limit)
    or fail("%s is less than %s", describe(x, noun), limit)
  if counted then
    return verdict:working("%s < %s", number, limit) -- what is missing has no place of its own
  end
  return internal.at(verdict, x):working("%s < %s", number, limit)
end

-- Passes when x is at least low and at most high.
local function between(x, low, high, noun)
  local lower = at_least(x, low, noun)
  if lower.state ~= "pass" then
    return lower
  end
  local upper = at_most(x, high, noun)
  if upper.state ~= "pass" then
    return upper
  end
  return internal.at(pass("%s is from %s to %s", describe(x, noun), low, high), x)
    :working("%s ≤ %s ≤ %s", low, measure(x, "between"), high)
end

return { at_most = at_most, at_least = at_least, between = between }
