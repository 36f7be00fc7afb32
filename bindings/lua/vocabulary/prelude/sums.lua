-- Exact arithmetic over lists, with its working shown.
local internal = ...

-- More numbers than this are not written out in the working.
local longest_working = 12

local function join(list, separator)
  local parts = {}
  for number, element in ipairs(list) do
    parts[number] = tostring(element)
  end
  return table.concat(parts, separator)
end

--- sums_to(list, total, what?): verdict
-- Passes when the numbers of list add up to exactly total.
local function sums_to(list, total, what)
  internal.require_list(list, "sums_to", "the list")
  local sum = decimal(0)
  for number, element in ipairs(list) do
    local value, without = internal.number(element, "sums_to", ("element %d of the list"):format(number))
    if without then
      return without
    end
    sum = sum + value
  end
  local without
  total, without = internal.number(total, "sums_to", "the total")
  if without then
    return without
  end
  local name = what and what .. ": " or ""
  local equal = sum <= total and total <= sum
  local verdict = equal and pass("%sthe sum is %s", name, sum) or fail("%sthe sum is %s, not %s", name, sum, total)
  local shown = #list <= longest_working and join(list, " + ") or ("%d numbers"):format(#list)
  return internal.at(verdict, list):working("%s = %s %s %s", shown, sum, equal and "=" or "≠", total)
end

-- The number of a part or a whole; raises for what is none.
local function number_for_share(x, helper, what)
  return decimal((internal.number(x, helper, what)))
end

-- The percentage that a share is held against; raises for what is none.
local function percentage_for_share(x, helper)
  local number = number_for_share(x, helper, "the percentage")
  if tostring(number):sub(-1) ~= "%" then
    error(("%s holds a share against a percentage, such as decimal(\"20%%\"), not %s"):format(helper, tostring(x)), 0)
  end
  return number
end

local function lacks_value(x)
  return internal.kind(x) == "field" and x.value == nil
end

-- The verdict on a share: whether it keeps to the limit, with the words and signs for both answers.
local function judge_share(part, whole, limit, helper, keeps, words, signs)
  for _, each in ipairs({ part, whole, limit }) do
    if lacks_value(each) then
      return internal.without_value(each)
    end
  end
  local part_number, whole_number = number_for_share(part, helper, "the part"), number_for_share(whole, helper, "the whole")
  local limit_number = percentage_for_share(limit, helper)
  if whole_number <= decimal(0) then
    return internal.at(fail("there is no share of %s", whole), whole)
  end
  local share = part_number:share_of(whole_number, limit_number)
  local kept = keeps(part_number, limit_number * whole_number)
  local verdict = kept and pass("%s of %s is %s, %s %s", part_number, whole_number, share, words[1], limit)
    or fail("%s of %s is %s, %s %s", part_number, whole_number, share, words[2], limit)
  return internal.at(verdict, part):working("%s of %s = %s %s %s", part_number, whole_number, share,
    kept and signs[1] or signs[2], limit)
end

--- share_of(part, whole, minimum): verdict
-- Passes when part is at least the minimum percentage of whole. Compared by multiplying, so nothing is rounded.
local function share_of(part, whole, minimum)
  return judge_share(part, whole, minimum, "share_of", function(number, limit)
    return number >= limit
  end, { "at least", "less than" }, { "≥", "<" })
end

--- share_at_most(part, whole, maximum): verdict
-- Passes when part is at most the maximum percentage of whole. Compared by multiplying, so nothing is rounded.
local function share_at_most(part, whole, maximum)
  return judge_share(part, whole, maximum, "share_at_most", function(number, limit)
    return number <= limit
  end, { "at most", "more than" }, { "≤", ">" })
end

return { sums_to = sums_to, share_of = share_of, share_at_most = share_at_most }
