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
  local sum = decimal(0)
  for number, element in ipairs(list) do
    local value = internal.number_of(element)
    if value == nil then
      error(("sums_to needs numbers; element %d is a %s"):format(number, internal.kind(element)), 0)
    end
    sum = sum + value
  end
  local name = what and what .. ": " or ""
  local equal = sum <= total and total <= sum
  local verdict = equal and pass("%sthe sum is %s", name, sum) or fail("%sthe sum is %s, not %s", name, sum, total)
  local shown = #list <= longest_working and join(list, " + ") or ("%d numbers"):format(#list)
  return internal.at(verdict, list):working("%s = %s %s %s", shown, sum, equal and "=" or "≠", total)
end

--- share_of(part, whole, minimum): verdict
-- Passes when part is at least the minimum percentage of whole. Compared by multiplying, so nothing is rounded.
local function share_of(part, whole, minimum)
  local part_number, whole_number = decimal(internal.number_of(part)), decimal(internal.number_of(whole))
  if whole_number <= decimal(0) then
    return internal.at(fail("there is no share of %s", whole), whole)
  end
  local share = part_number:share_of(whole_number)
  local enough = part_number * 100 >= decimal(minimum) * whole_number
  local verdict = enough and pass("%s of %s is %s, at least %s", part_number, whole_number, share, minimum)
    or fail("%s of %s is %s, less than %s", part_number, whole_number, share, minimum)
  return internal.at(verdict, part):working("%s of %s = %s %s %s", part_number, whole_number, share,
    enough and "≥" or "<", minimum)
end

return { sums_to = sums_to, share_of = share_of }
