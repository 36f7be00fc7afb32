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

--- mentions(x, wanted): verdict
-- Passes when the text of x names wanted: a text, a list of texts (any one of them), or a row of a table by its name or one
-- of its aliases. Case, hyphens and spacing are folded. Points at the mention.
local function mentions(x, wanted)
  local text = internal.text_of(x, "mentions")
  local found = text:mentions(wanted):first()
  if found then
    return pass("mentions “%s”", found):at(found)
  end
  return internal.at(fail("does not mention %s", describe(wanted)), text)
end

--- mentions_all(x, rows): verdict
-- Passes when the text of x names every row (or text) of the list; else says which are missing.
local function mentions_all(x, rows)
  local text = internal.text_of(x, "mentions_all")
  local missing = {}
  for _, row in ipairs(rows) do
    if #text:mentions(row) == 0 then
      table.insert(missing, row)
    end
  end
  if #missing == 0 then
    return internal.at(pass("mentions all %d", #rows), text)
  end
  return internal.at(fail("does not mention %s", describe(missing)), text)
    :working("%d of %d are mentioned", #rows - #missing, #rows)
end

return { mentions = mentions, mentions_all = mentions_all }
