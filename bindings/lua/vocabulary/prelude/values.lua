-- What the other files of the vocabulary need to know of a value. Everything here is added to `internal`, the table that each
-- file of the vocabulary is called with; rules do not see it.
--
-- From C, internal has (vocabulary_functions.c):
--   kind(value)              "text", "words", "decimal" … for a value of the engine, else Lua's type
--   has_place(value)         whether verdict:at(value) can point at something
--   at(verdict, value)       the verdict, standing at value when that has a place, else where it stood
--   measure(value, helper, limit)
--                            what is held against a limit; "counted", "number", "day" or "absent"; the limit's number
--   labelled(value, count)   the count of words with the labels that a word processor makes, and how a message says so; nil
--                            where there are none
--   key(value)               a string that equal values share; nil for what is blank
--   is_written(number, text) whether the string is this number, however written ("20.0 %"); nil when it is no number
--   brief(value)             what tostring gives, on one line and short enough for a message
--   path(value)              where several submissions are judged together, the path of the one that the value stands in;
--                            else nil
--   list()                   an empty list with the methods of lists
--   suggest(name, choices)   the nearest of a list of strings, and what is not seen of how name differs, or nil
--   options_of(helper)       the options that the signature of a helper has, each name to true
--   soon_at_most, soon_at_least, soon_present
--                            what the helper of that name gives, at once; nil where it has to be looked at (soon_verdicts.c)
--   is_same_text(a, b)       whether two strings are the same but for case, spacing and what shows nothing
local internal = ...

local countable_kinds = {
  ["table"] = true, ["words"] = true, ["characters"] = true, ["record list"] = true, ["list of items"] = true,
}
local number_kinds = { ["number"] = true, ["decimal"] = true, ["quantity"] = true, ["date"] = true }

-- Whether x has a length that can be counted: words, a list, records.
function internal.is_countable(x)
  return countable_kinds[internal.kind(x)] ~= nil
end

-- The number or date that x is, or that the field x holds; nil when x holds none.
function internal.number_of(x)
  if number_kinds[internal.kind(x)] then
    return x
  end
  if internal.kind(x) == "field" and number_kinds[internal.kind(x.value)] then
    return x.value
  end
  return nil
end

-- Where the noun that names what is counted ends: "steps" of "steps in the plan".
local function end_of_noun(named)
  local last = #named
  for _, joint in ipairs({ " of ", " for ", " in ", " on ", " to ", " with ", " from ", " that " }) do
    local start = named:find(joint, 1, true)
    last = start and math.min(last, start - 1) or last
  end
  return last
end

-- "step" for "steps": what a noun in the plural is called where there is one.
local function in_the_singular(noun)
  local last = end_of_noun(noun)
  local one, rest = noun:sub(1, last), noun:sub(last + 1)
  if one:sub(-3) == "ies" then
    one = one:sub(1, -4) .. "y"
  elseif one:sub(-1) == "s" and one:sub(-2) ~= "ss" then
    one = one:sub(1, -2)
  end
  return one .. rest
end

-- "1 step", "3 steps": a number of what a noun in the plural names.
function internal.so_many(count, named)
  local number, noun = tostring(count), tostring(named)
  return number .. " " .. (number == "1" and in_the_singular(noun) or noun)
end

-- The verb of what is at most, or at least, so many.
function internal.be(limit)
  return tostring(limit) == "1" and "is" or "are"
end

-- What a helper calls a value that is none of what it needs: "a text", "a field with a text", "nothing (nil)".
function internal.described(x)
  local kind = internal.kind(x)
  if kind == "nil" then
    return "nothing (nil)"
  elseif kind == "field" then
    return x.value == nil and "a field without a value" or "a field with " .. internal.described(x.value)
  elseif kind == "words" or kind == "characters" then
    return ("the %s of a text; # counts them"):format(kind)
  end
  return (("aeiou"):find(kind:sub(1, 1)) and "an " or "a ") .. kind
end

-- The number that x is, or that the field x holds; of a field that holds nothing nil, and a verdict that says so. Raises for
-- anything else, in the name of the helper, and of what it is given for: "the total".
function internal.number(x, helper, what)
  local number = internal.number_of(x)
  if number ~= nil and internal.kind(number) ~= "date" then
    return number
  elseif internal.kind(x) == "field" and x.value == nil then
    return nil, internal.without_value(x)
  end
  error(("%s: %s is %s, not a number"):format(helper, what, internal.described(x)), 0)
end

-- The text that x is or has; raises when it has none, in the name of the helper that needs it.
function internal.text_of(x, helper)
  local kind = internal.kind(x)
  if kind == "text" then
    return x
  elseif kind == "nil" or kind == "string" or kind == "number" or kind == "boolean" or kind == "table" then
    error(("%s needs a text of the submission, not %s"):format(helper, internal.described(x)), 0)
  end
  return x.text
end

-- Raises for an option that a helper has not. known: what options_of gives.
function internal.require_known(given, known, helper)
  for name in pairs(given or {}) do
    if not known[name] then
      local names = {}
      for each in pairs(known) do
        table.insert(names, each)
      end
      table.sort(names)
      error(("%s has no option \"%s\"; it has %s"):format(helper, name, table.concat(names, ", ")), 0)
    end
  end
end

-- Raises when x is nothing that ipairs goes through, in the name of the helper that needs it.
function internal.require_list(x, helper, what)
  if not internal.is_countable(x) then
    error(("%s: %s is %s, not a list"):format(helper, what, internal.described(x)), 0)
  end
end

-- What x is called in a message.
function internal.name_of(x)
  local kind = internal.kind(x)
  if kind == "field" then
    return x.label
  elseif kind == "response" then
    return "the response to " .. x.id
  elseif kind == "record list" then
    return x.label
  elseif kind == "text" then
    return "the text"
  end
  return "it"
end

-- The verdict on a field that has no value to compare: it is missing, or what stands there cannot be read, which the
-- built-in rule form.types reports.
function internal.without_value(field)
  if field.blank then
    return present(field)
  end
  return not_applicable("%s cannot be read, which has its own finding", field.label)
end

return {}
