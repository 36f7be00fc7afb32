-- Whether something is there, and whether it is what it should be.
local internal = ...

local function is_there(x)
  local kind = internal.kind(x)
  if kind == "nil" then
    return false
  elseif internal.is_countable(x) then
    return #x > 0
  elseif kind == "string" then
    return #x > 0
  elseif kind == "response" or kind == "field" or kind == "measure" or kind == "text" then
    return not x.blank
  end
  return true
end

-- Passes when x (a response, a field, a measure, a list, a text) is there and not blank.
local function present(x)
  if is_there(x) then
    return internal.at(pass("%s is given", internal.name_of(x)), x)
  end
  return internal.at(fail("%s is not given", internal.name_of(x)), x)
end

local function strings(choices)
  local result = {}
  for number, choice in ipairs(choices) do
    result[number] = tostring(choice)
  end
  return result
end

-- Passes when the text of x (a field, a text, a string) is one of the choices.
local function one_of(x, choices)
  if not is_there(x) then
    return present(x)
  end
  local allowed = strings(choices)
  local given = internal.kind(x) == "string" and x or tostring(internal.text_of(x, "one_of"))
  for _, choice in ipairs(allowed) do
    if given == choice then
      return internal.at(pass("“%s” is one of the choices", given), x)
    end
  end
  local nearest = internal.suggest(given, allowed)
  local verdict
  if nearest then
    verdict = fail("“%s” is not one of the choices; did you mean “%s”?", given, nearest)
  else
    verdict = fail("“%s” is not one of the choices", given)
  end
  return internal.at(verdict, x):working("the choices: %s", table.concat(allowed, ", "))
end

local function are_equal(x, y)
  local x_number, y_number = internal.number_of(x), internal.number_of(y)
  if x_number and y_number then
    return x_number <= y_number and y_number <= x_number
  elseif internal.kind(x) == "string" and internal.kind(y) ~= "string" then
    return are_equal(y, x)
  elseif internal.kind(x) == "string" or internal.kind(x) == "boolean" then
    return x == y
  end
  return internal.text_of(x, "equals"):equals(internal.kind(y) == "string" and y or internal.text_of(y, "equals"))
end

-- Passes when x and y are equal: numbers exactly, texts without regard to case, hyphens, spacing and punctuation.
local function equals(x, y)
  if are_equal(x, y) then
    return internal.at(pass("%s", x), x)
  end
  return internal.at(fail("%s is not %s", x, y), x)
end

return { present = present, one_of = one_of, equals = equals }
