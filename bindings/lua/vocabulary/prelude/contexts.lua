-- In which light a text says what was found in it. What it denies, or tells as somebody else's words, does not count; where it
-- hedges, sets a condition or leaves open what is meant, a person decides; what is said for sure counts.
local internal = ...

-- The attributes that keep something from counting, the weightiest first, and what their words do.
local against = {
  { name = "denied", does = "denies it" },
  { name = "attributed_to", does = "tells it as somebody else's words" },
}
local open = {
  { name = "conditional", does = "sets a condition" },
  { name = "hedged", does = "leaves it open" },
}

local kinds_with_context = {
  ["mention"] = true, ["quantity"] = true, ["frequency"] = true, ["duration"] = true, ["date mention"] = true,
  ["match"] = true, ["list item"] = true,
}

function internal.has_context(x)
  return kinds_with_context[internal.kind(x)] ~= nil
end

local function first_of(found, reasons)
  for _, reason in ipairs(reasons) do
    local trigger = found[reason.name]
    if trigger then
      return ("“%s” %s"):format(internal.brief(trigger), reason.does), trigger
    end
  end
  return nil
end

-- Why what was found does not count, and the words that say so; nil when it may.
function internal.against(found)
  return first_of(found, against)
end

-- What compares a number is no doubt about it: whoever compares the number knows it from its qualifier.
local comparing = { ["up to"] = true, ["at most"] = true, ["a maximum of"] = true, ["maximum of"] = true }

-- Why it is not sure, and the words because of which; nil when it is.
function internal.unsure(found)
  if found.unclear then
    return ("%s (“%s”)"):format(found.doubt, internal.brief(found.unclear)), found.unclear
  end
  local why, trigger = first_of(found, open)
  if trigger and comparing[tostring(trigger):lower()] then
    return nil
  end
  return why, trigger
end

-- The options of a helper. Raises for one that it has not, and for a context other than "any".
function internal.context_options(given, known, helper)
  internal.require_known(given, known, helper)
  local options = given or {}
  if options.context ~= nil and options.context ~= "any" then
    error(("%s takes context = \"any\", or no context for what is said for sure"):format(helper), 0)
  elseif options.absent ~= nil and options.absent ~= "review" and options.absent ~= "fail" then
    error(("%s takes absent = \"review\" or \"fail\""):format(helper), 0)
  end
  return options
end

-- What of a list counts for sure, what may, and what does not, each a list. What has no context, or any context will do, is sure.
function internal.sorted_by_context(list, context)
  local sure, may, out = internal.list(), internal.list(), internal.list()
  for _, found in ipairs(list) do
    if context == "any" or not internal.has_context(found) then
      table.insert(sure, found)
    elseif internal.against(found) then
      table.insert(out, found)
    elseif internal.unsure(found) then
      table.insert(may, found)
    else
      table.insert(sure, found)
    end
  end
  return sure, may, out
end

-- Adds to a verdict the words that tell in which light found is said, as a second place.
function internal.see_trigger(verdict, trigger, message)
  return internal.has_place(trigger) and verdict:see(trigger, "%s", message) or verdict
end

-- Adds to a verdict why the first of these does not count.
function internal.see_against(verdict, out)
  if #out > 0 then
    local why, trigger = internal.against(out[1])
    internal.see_trigger(verdict, trigger, ("“%s” does not count: %s"):format(internal.brief(out[1]), why))
  end
  return verdict
end

return {}
