-- Whether something is there, and whether it is what it should be.
local internal = ...

local soon_present = internal.soon_present

local function is_there(x)
  local kind = internal.kind(x)
  if kind == "nil" then
    return false
  elseif internal.is_countable(x) then
    return #x > 0
  elseif kind == "string" then
    return #x > 0
  elseif kind == "response" or kind == "field" or kind == "measure" then
    return x.answered
  elseif kind == "text" then
    return not x.blank
  end
  return true
end

--- present(x): verdict
-- Passes when x (a response, a field, a measure, a list, a text) is there and says something. A blank does not, nor does a
-- response or field that only stands for an answer ("TBD", "N/A", "see above").
local function present(x)
  local verdict = soon_present(x)
  if verdict then
    return verdict
  end
  if is_there(x) then
    return internal.at(pass("%s is given", internal.name_of(x)), x)
  end
  local kind = internal.kind(x)
  local reason = (kind == "response" or kind == "field") and x.no_answer
  if reason then
    return internal.at(fail("%s is not answered: “%s” %s", internal.name_of(x), internal.brief(x.text), reason), x)
  end
  return internal.at(fail("%s is not given", internal.name_of(x)), x)
end

-- "a", "a and b", "a, b and c".
local function listed(names)
  local last = table.remove(names)
  return #names > 0 and ("%s and %s"):format(table.concat(names, ", "), last) or last
end

internal.listed = listed

--- required_fields(submission): verdict
-- Passes when every header field that the form requires is given; else names all that are missing. Points at the first of
-- them, and shows the others.
local function required_fields(submission)
  local missing, labels = {}, {}
  for _, field in ipairs(submission.fields) do
    if field.required and field.blank then
      table.insert(missing, field)
      table.insert(labels, field.label)
    end
  end
  if #missing == 0 then
    return pass("every required field is given")
  end
  local verdict = fail("%s %s not given", listed(labels), #missing == 1 and "is" or "are"):at(missing[1])
  for number = 2, #missing do
    verdict:see(missing[number], "%s", missing[number].label)
  end
  return verdict
end

-- Whether a text or string says what x is, a number or day: "1,000" is 1000, "-5" is not 5, and "20%" is not 20.
local function is_written(x, number, written)
  if internal.kind(number) == "date" then
    return tostring(number) == written or (internal.kind(x) == "field" and x.text:equals(written))
  end
  local is_number = internal.is_written(number, written)
  if is_number == nil and internal.kind(x) == "quantity" then
    return x.text:equals(written) -- in words
  end
  return is_number == true
end

local function strings(choices)
  local result = {}
  for number, choice in ipairs(choices) do
    result[number] = tostring(choice)
  end
  return result
end

--- one_of(x, choices): verdict
-- Passes when the text of x (a field, a text, a string) is one of the choices, whatever its case and spacing; else
-- suggests the nearest.
local function one_of(x, choices)
  if not is_there(x) then
    return present(x)
  end
  local allowed = strings(choices)
  local number = internal.kind(x) == "field" and internal.number_of(x)
  local given = internal.kind(x) == "string" and x or tostring(internal.text_of(x, "one_of"))
  for _, choice in ipairs(allowed) do
    if internal.is_same_text(given, choice) or (number and is_written(x, number, choice)) then
      return internal.at(pass("“%s” is one of the choices", given), x)
    end
  end
  local nearest, difference = internal.suggest(given, allowed)
  local verdict
  if nearest then
    verdict = fail("“%s” is not one of the choices%s; did you mean “%s”?", given, difference, nearest)
  else
    verdict = fail("“%s” is not one of the choices", given)
  end
  return internal.at(verdict, x):working("the choices: %s", table.concat(allowed, ", "))
end

local function are_equal(x, y)
  local x_number, y_number = internal.number_of(x), internal.number_of(y)
  if x_number and y_number then
    return x_number <= y_number and y_number <= x_number
  elseif y_number then
    return are_equal(y, x)
  elseif x_number then
    return is_written(x, x_number, internal.kind(y) == "string" and y or tostring(internal.text_of(y, "equals")))
  elseif internal.kind(x) == "string" and internal.kind(y) ~= "string" then
    return are_equal(y, x)
  elseif internal.kind(x) == "string" or internal.kind(x) == "boolean" then
    return x == y
  end
  return internal.text_of(x, "equals"):equals(internal.kind(y) == "string" and y or internal.text_of(y, "equals"))
end

--- equals(x, y): verdict
-- Passes when x and y are equal: numbers exactly, texts without regard to case, hyphens, spacing and punctuation.
local function equals(x, y)
  for _, side in ipairs { x, y } do
    if internal.kind(side) == "field" and side.value == nil then
      return internal.without_value(side)
    end
  end
  if are_equal(x, y) then
    return internal.at(pass("%s", x), x):working("%s = %s", x, y)
  end
  return internal.at(fail("%s is not %s", x, y), x):working("%s ≠ %s", x, y)
end

return { present = present, required_fields = required_fields, one_of = one_of, equals = equals }
