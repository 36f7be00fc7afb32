-- Names and phrases in a text.
local internal = ...

-- What was looked for, in a message: “x”, or “x”, “y” …
local function describe(wanted)
  local kind = internal.kind(wanted)
  if kind == "row" then
    return ("“%s”"):format(wanted.name)
  elseif kind ~= "table" then
    return ("“%s”"):format(wanted)
  end
  local names = {}
  for number, each in ipairs(wanted) do
    names[number] = describe(each)
  end
  return table.concat(names, ", ")
end

local options_known = internal.options_of("mentions")

-- A mention that is not sure, for a person to judge.
local function review_of(found)
  local why, trigger = internal.unsure(found)
  return internal.see_trigger(review("mentions “%s”, but %s", found, why):at(found), trigger, why)
end

--- mentions(x, wanted, options: { context: "any" }?): verdict
-- Passes when the text of x names wanted for sure: a text, a list of texts (any one of them), or a row of a table by its name or
-- one of its aliases. Case, hyphens and spacing are folded. Points at the mention. What is denied or told as somebody else's words
-- does not count; what is hedged, conditional or unclear is `review`. { context = "any" }: it is enough that the words stand there.
local function mentions(x, wanted, options)
  local context = internal.context_options(options, options_known, "mentions").context
  local text = internal.text_of(x, "mentions")
  local sure, may, out = internal.sorted_by_context(text:mentions(wanted), context)
  if #sure > 0 then
    return pass("mentions “%s”", sure[1]):at(sure[1])
  elseif #may > 0 then
    return review_of(may[1])
  end
  return internal.see_against(internal.at(fail("does not mention %s", describe(wanted)), text), out)
end

--- mentions_all(x, rows, options: { context: "any" }?): verdict
-- Passes when the text of x names every row (or text) of the list for sure, as mentions takes it; else says which are missing.
local function mentions_all(x, rows, options)
  local context = internal.context_options(options, options_known, "mentions_all").context
  local text = internal.text_of(x, "mentions_all")
  local missing, denied, unsure = {}, internal.list(), nil
  for _, row in ipairs(rows) do
    local sure, may, out = internal.sorted_by_context(text:mentions(row), context)
    if #sure == 0 and #may > 0 then
      unsure = unsure or may[1]
    elseif #sure == 0 then
      table.insert(missing, row)
      table.insert(denied, out[1])
    end
  end
  if #missing > 0 then
    return internal.see_against(internal.at(fail("does not mention %s", describe(missing)), text), denied)
      :working("%d of %d are mentioned", #rows - #missing, #rows)
  elseif unsure then
    return review_of(unsure)
  end
  return internal.at(pass("mentions all %d", #rows), text)
end

return { mentions = mentions, mentions_all = mentions_all }
