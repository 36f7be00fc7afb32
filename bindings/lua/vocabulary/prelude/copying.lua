-- Whether the wording is a text's own.
local internal = ...

-- What x is a copy of, in a message; with its file where that is another than that of x.
local function name_of(other, x)
  local name = internal.kind(other) == "response" and other.id or "another text"
  local path = internal.path(other)
  return path and path ~= internal.path(x) and ("%s in %s"):format(name, path) or name
end

local function copied(x, alike, other)
  local name = name_of(other, x)
  local verdict = fail("%s of the wording is that of %s, %s in a row", alike.containment, name,
    internal.so_many(alike.run, "words"))
  internal.at(verdict, alike.first)
  return internal.has_place(alike.second) and verdict:see(alike.second, "the same words in %s", name) or verdict
end

--- not_copied_from(x, others, share, run?): verdict
-- Passes when less than this share of the wording of x stands in any other text, and no passage of so many words.
-- others is a text, what has one (a response), a string, or a list of these; a response is not compared with itself.
-- The share counts runs of three words, with case, hyphens, spacing and punctuation folded.
local function not_copied_from(x, others, share, run)
  local text = internal.text_of(x, "not_copied_from")
  local without, without_run
  share, without = internal.number(share, "not_copied_from", "the share")
  if run ~= nil then
    run, without_run = internal.number(run, "not_copied_from", "the number of words in a row")
  end
  if without or without_run then
    return without or without_run
  end
  local list = internal.kind(others) == "table" and others or { others }
  local largest
  for _, other in ipairs(list) do
    if not (internal.kind(other) == "response" and other == x) then
      local alike = text:similarity(other)
      local containment = alike.containment
      if containment >= share or (run and alike:has_run(run)) then
        return copied(x, alike, other):working("%s ≥ %s, or %s in a row", containment, share,
          internal.so_many(alike.run, "words"))
      end
      if not largest or containment > largest then
        largest = containment
      end
    end
  end
  return internal.at(pass("its wording is its own"), x):working("%s < %s", largest or decimal("0%"), share)
end

--- not_echoing(x, form_text, share): verdict
-- Passes when less than this share of the wording of x is the form's own, such as its prompt's.
-- Points at the longest passage that is.
local function not_echoing(x, form_text, share)
  local alike = internal.text_of(x, "not_echoing"):similarity(form_text)
  local without
  share, without = internal.number(share, "not_echoing", "the share")
  if without then
    return without
  end
  local containment = alike.containment
  if containment < share then
    return internal.at(pass("it says more than the form"), x):working("%s < %s", containment, share)
  end
  return internal.at(fail("%s of the wording is the form's own, %s in a row", containment,
    internal.so_many(alike.run, "words")), alike.first)
    :working("%s ≥ %s", containment, share)
end

return { not_copied_from = not_copied_from, not_echoing = not_echoing }
