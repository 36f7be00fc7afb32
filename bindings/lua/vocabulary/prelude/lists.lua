-- What a list of values is asked: that none comes twice, that all are the same, that there are as many as asked for.
local internal = ...

-- Adds a second place where there is one.
local function see(verdict, x, message)
  return internal.has_place(x) and verdict:see(x, message) or verdict
end

-- The last number up to this value; raises when it cannot be compared with the one before, as a percentage with a count.
local function like_before(value, before)
  local number = internal.number_of(value)
  if number and before then
    local _ = number < before
  end
  return number or before
end

--- unique(list, what?): verdict
-- Passes when no value comes twice: numbers exactly, texts without regard to case, hyphens, spacing and punctuation.
-- Blank values are passed over. Points at the first repetition. what is one value's name ("title").
local function unique(list, what)
  internal.require_list(list, "unique", "the list")
  local first_with = {}
  local number
  for _, value in ipairs(list) do
    number = like_before(value, number)
    local key = internal.key(value)
    local first = key and first_with[key]
    if first ~= nil then
      local verdict = fail("the %s “%s” is given more than once", what or "value", value)
      return see(internal.at(verdict, value), first, "the first"):working("“%s” = “%s”", first, value)
    elseif key then
      first_with[key] = value
    end
  end
  return internal.at(pass("each %s is given once", what or "value"), list):working("%d compared", #list)
end

--- equal_across(values, what?): verdict
-- Passes when all values are equal, as unique compares them. Blank values are passed over.
-- Points at the one that differs from the first. what is one value's name ("county").
local function equal_across(values, what)
  internal.require_list(values, "equal_across", "the list")
  local first, wanted, number
  for _, value in ipairs(values) do
    number = like_before(value, number)
    local key = internal.key(value)
    if key and wanted and key ~= wanted then
      local verdict = fail("the %s “%s” is not “%s”", what or "value", value, first)
      return see(internal.at(verdict, value), first, "the first"):working("“%s” ≠ “%s”", first, value)
    elseif key and not wanted then
      first, wanted = value, key
    end
  end
  return internal.at(pass("the same %s throughout", what or "value"), values):working("%d compared", #values)
end

local function range_asked(low, high)
  if low == high then
    return tostring(low)
  end
  return high and ("%s to %s"):format(low, high) or ("at least %s"):format(low)
end

-- "1 is asked for", "3 to 4 are asked for"
local function asked_for(low, high)
  local be = (high == nil or low == high) and internal.be(low) or "are"
  return ("%s %s asked for"):format(range_asked(low, high), be)
end

-- "1 step is", "3 steps are": a number of what a noun in the plural names, with its verb.
local function so_many_are(count, noun)
  return ("%s %s"):format(internal.so_many(count, noun), internal.be(count))
end

-- "are 3 to 4 steps", "is 1 step"
local function there_are(low, high, noun)
  if low == high then
    return ("%s %s"):format(internal.be(low), internal.so_many(low, noun))
  end
  return ("are %s %s"):format(range_asked(low, high), noun)
end

local function judge_count(list, low, high, noun)
  local count = #list
  if count == 0 and low > 0 then
    return fail("no %s were found; %s", noun, asked_for(low, high)):working("%d < %s", count, low)
  elseif high and count > high then
    return internal.at(fail("%s given; %s", so_many_are(count, noun), asked_for(low, high)), list[high + 1])
      :working("%d > %s", count, high)
  elseif count < low then
    return internal.at(fail("%s given; %s", so_many_are(count, noun), asked_for(low, high)), list)
      :working("%d < %s", count, low)
  end
  return internal.at(pass("%s", internal.so_many(count, noun)), list):working("%d: %s", count, range_asked(low, high))
end

local options_known = internal.options_of("count_of")

-- What counts of a list, what of that is unclear, and what does not count.
local function counted(given, context)
  local list, doubtful, out = internal.list(), internal.list(), internal.list()
  for _, each in ipairs(given) do
    local told = context ~= "any" and internal.has_context(each)
    if told and internal.against(each) then
      table.insert(out, each)
    else
      table.insert(list, each)
    end
    if told and each.unclear then
      table.insert(doubtful, each)
    end
  end
  return #out > 0 and list or given, doubtful, out
end

-- Whether there would be another answer without what is unclear.
local function hangs_on(doubtful, list, low, high)
  local without = #list - #doubtful
  return without < low and #list >= low or high and without <= high and #list > high
end

-- Marked items that a text denies are there all the same: whether they count is for a person to say.
local function judge_marked(given, out, low, high, noun)
  local why = internal.against(out[1])
  local verdict = review("%s marked, of which %d %s in doubt; %s: %s", so_many_are(#given, noun), #out,
    #out == 1 and "is" or "are", asked_for(low, high), why)
  return internal.see_against(internal.at(verdict, out[1]), out):working("%d marked, %d in doubt", #given, #out)
end

--- count_of(list, low, high, noun, options: { context: "any" }?): verdict
-- Passes when the list, such as the items of a text, has low to high elements; high nil: low or more.
-- Points at the first one too many, or at those that are there. What a text denies or tells as somebody else's words is not
-- counted, and marked items of which it says so are in doubt where that matters; { context = "any" } counts it too.
local function count_of(list, low, high, noun, options)
  local context = internal.context_options(options, options_known, "count_of").context
  internal.require_list(list, "count_of", "what is counted")
  local without
  low, without = internal.number(low, "count_of", "the least number")
  if high ~= nil and not without then
    high, without = internal.number(high, "count_of", "the greatest number")
  end
  if without then
    return without
  end
  local _ = internal.measure(list, "count_of", low) and high and internal.measure(list, "count_of", high)
  local counting, doubtful, out = counted(list, context)
  if #doubtful > 0 and hangs_on(doubtful, counting, low, high) then
    local why, trigger = internal.unsure(doubtful[1])
    local verdict = review("whether there %s is not sure: %s", there_are(low, high, noun), why)
    return internal.see_trigger(internal.at(verdict, doubtful[1]), trigger, why)
  end
  local enough = #counting >= low and (not high or #counting <= high)
  if #out > 0 and not enough and internal.kind(out[1]) == "list item" then
    return judge_marked(list, out, low, high, noun)
  end
  return internal.see_against(judge_count(counting, low, high, noun), out)
end

return { unique = unique, equal_across = equal_across, count_of = count_of }
