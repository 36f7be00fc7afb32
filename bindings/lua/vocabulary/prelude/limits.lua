-- Numbers, and how many there are of something, within limits.
local internal = ...

local soon_at_most, soon_at_least = internal.soon_at_most, internal.soon_at_least

-- "18%" or "the target, 18%," for a number or a day.
local function describe(number, noun)
  return noun and ("the %s, %s,"):format(noun, number) or tostring(number)
end

-- The parts of a text that name themselves, and know the ones too many.
local parts_of_text = { words = true, characters = true }

-- The noun for what is counted.
local function noun_of(x, noun)
  local kind = internal.kind(x)
  return noun or (parts_of_text[kind] and kind)
end

-- The first of x that is too many, to the last.
local function at_excess(verdict, x, limit)
  if parts_of_text[internal.kind(x)] then
    return verdict:at(x:from(limit + 1))
  elseif internal.has_place(x[limit + 1]) and internal.has_place(x[#x]) then
    return verdict:from(x[limit + 1], x[#x])
  end
  return internal.at(verdict, x)
end

-- "101 words", or "101" of what has no name.
local function counted(count, noun)
  return noun and internal.so_many(count, noun) or tostring(count)
end

-- "96 words, 102 with the numbers and bullets that the word processor adds; at most 100 are allowed": where the limit lies
-- between the two counts, nobody but a person can say which was meant.
local function between_counts(x, said, demand, ...)
  return internal.at(review("%s; %s", said, demand), x):working(...)
end

local function counted_at_most(x, count, limit, noun)
  local said, demand = counted(count, noun_of(x, noun)), ("at most %s %s allowed"):format(limit, internal.be(limit))
  if count <= limit then
    local labelled, with_labels = internal.labelled(x, count)
    if labelled and labelled > limit then
      return between_counts(x, said .. with_labels, demand, "%d ≤ %s < %d", count, limit, labelled)
    end
    return internal.at(pass("%s; %s", said, demand), x):working("%d ≤ %s", count, limit)
  end
  return at_excess(fail("%s; %s", said, demand), x, limit):working("%d > %s", count, limit)
end

local function counted_at_least(x, count, limit, noun)
  local said, demand = counted(count, noun_of(x, noun)), ("at least %s %s asked for"):format(limit, internal.be(limit))
  if count >= limit then
    return internal.at(pass("%s; %s", said, demand), x):working("%d ≥ %s", count, limit)
  end
  local labelled, with_labels = internal.labelled(x, count)
  if labelled and labelled >= limit then
    return between_counts(x, said .. with_labels, demand, "%d < %s ≤ %d", count, limit, labelled)
  end
  -- What is missing has no place of its own.
  return fail("%s; %s", said, demand):working("%d < %s", count, limit)
end

--- at_most(x, limit, noun?): verdict
-- Passes when x, a number, a day or something counted (words, characters, a list), is not over the limit; of a range, its upper end.
-- Of what is counted, points at the first one too many to the last. noun says what is counted, in the
-- plural, or what the number is.
local function at_most(x, limit, noun)
  local verdict = soon_at_most(x, limit, noun)
  if verdict then
    return verdict
  end
  local number, measured, most = internal.measure(x, "at_most", limit)
  if measured == "counted" then
    return counted_at_most(x, number, most, noun)
  elseif measured == "day" then
    return internal.on_or_before(x, limit, noun)
  elseif measured == "absent" then
    return internal.without_value(x)
  end
  local upper = internal.kind(x) == "quantity" and x.is_range and x.upper or number
  if upper <= most then
    return internal.at(pass("%s is at most %s", describe(number, noun), most), x):working("%s ≤ %s", upper, most)
  end
  return internal.at(fail("%s is more than %s", describe(number, noun), most), x):working("%s > %s", upper, most)
end

--- at_least(x, limit, noun?): verdict
-- Passes when x, a number, a day or something counted (words, a list), reaches the limit; of a range, its lower end.
local function at_least(x, limit, noun)
  local verdict = soon_at_least(x, limit, noun)
  if verdict then
    return verdict
  end
  local number, measured, least = internal.measure(x, "at_least", limit)
  if measured == "counted" then
    return counted_at_least(x, number, least, noun)
  elseif measured == "day" then
    return internal.on_or_after(x, limit, noun)
  elseif measured == "absent" then
    return internal.without_value(x)
  elseif number >= least then
    return internal.at(pass("%s is at least %s", describe(number, noun), least), x):working("%s ≥ %s", number, least)
  end
  return internal.at(fail("%s is less than %s", describe(number, noun), least), x):working("%s < %s", number, least)
end

--- between(x, low, high, noun?): verdict
-- Passes when x, a number, a day or something counted, is at least low and at most high.
local function between(x, low, high, noun)
  local lower = at_least(x, low, noun)
  if lower.state ~= "pass" then
    return lower
  end
  local upper = at_most(x, high, noun)
  if upper.state ~= "pass" then
    return upper
  end
  local number, measured = internal.measure(x, "between", low)
  local said = measured == "counted" and counted(number, noun_of(x, noun)) or describe(number, noun)
  return internal.at(pass("%s is from %s to %s", said, low, high), x):working("%s ≤ %s ≤ %s", low, number, high)
end

return { at_most = at_most, at_least = at_least, between = between }
