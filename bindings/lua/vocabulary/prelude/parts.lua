-- The parts of a long text: whether it has those it must have, and whether it follows a template.
local internal = ...

local function found_by(alignment)
  if alignment.how == "heading" then
    return ("its heading is “%s”"):format(internal.brief(alignment.part))
  elseif alignment.how == "heading words" then
    return ("its heading, “%s”, shares the words %s"):format(internal.brief(alignment.part), alignment.words)
  end
  local heading = alignment.part.heading
  return heading and ("only the words under “%s” name it"):format(internal.brief(heading))
    or "only the words before the first heading name it"
end

--- has_part(x, row, low?, sure?): verdict
-- Passes when a part of the text of x is what the row names (a row of a table with a name and aliases, or a string) and the confidence
-- is at least `sure` (70% if not given); a person must look when it is at least `low` (40% if not given).
-- Points at the part's heading, or at the words that name it.
local function has_part(x, row, low, sure)
  local text = internal.text_of(x, "has_part")
  local least, without = internal.number(low or decimal("40%"), "has_part", "the lower confidence")
  local enough, without_enough = internal.number(sure or decimal("70%"), "has_part", "the confidence that is sure")
  if without or without_enough then
    return without or without_enough
  end
  local found = text:align({ row }):first()
  local verdict
  if not found.part or found.confidence < least then
    verdict = internal.at(fail("no part of it is “%s”", row), text)
    if not found.part then
      return verdict:working("no heading shares a telling word with it, and no part names it")
    end
    verdict:see(found, "the nearest, with a confidence of %s", found.confidence)
    return verdict:working("%s < %s: %s", found.confidence, least, found_by(found))
  elseif found.confidence < enough then
    verdict = review("whether “%s” is here is %s sure: %s", row, found.confidence, found_by(found))
    return verdict:at(found):working("%s ≤ %s < %s", least, found.confidence, enough)
  end
  verdict = pass("“%s” is here: %s", row, found_by(found))
  return verdict:at(found):working("%s ≥ %s", found.confidence, enough)
end

local function listed(runs)
  local shown = {}
  for _, run in ipairs(runs) do
    table.insert(shown, ("“%s”"):format(internal.brief(run)))
  end
  return table.concat(shown, ", ")
end

-- What was done to a changed clause.
local function difference(clause)
  local out, put_in = listed(clause.removed), listed(clause.added)
  if out == "" then
    return "put in: " .. put_in
  elseif put_in == "" then
    return "taken out: " .. out
  end
  return ("taken out: %s; put in: %s"):format(out, put_in)
end

local function others(count)
  if count == 0 then
    return ""
  end
  return count == 1 and ", and 1 other" or (", and %d others"):format(count)
end

--- follows_template(x, template): verdict
-- Passes when the text of x keeps every clause of the template (a text or string); fails when one is missing; a person must look when
-- one is changed. Points at the words where the first changed clause departs, and says what was taken out and put in.
local function follows_template(x, template)
  local text = internal.text_of(x, "follows_template")
  local clauses = text:follows(template)
  local missing = clauses:where(function(clause) return clause.state == "missing" end)
  local changed = clauses:where(function(clause) return clause.state == "changed" end)
  local verdict
  if #missing > 0 then
    verdict = fail("a clause of the template is missing%s: “%s”", others(#missing - 1), internal.brief(missing[1].clause))
    internal.at(verdict, text)
  elseif #changed > 0 then
    verdict = review("a clause of the template is changed%s (%s alike); %s", others(#changed - 1),
      changed[1].similarity, difference(changed[1]))
    verdict:at(changed[1].departs)
  else
    local kept = #clauses == 1 and "the one clause of the template is kept"
      or ("all %d clauses of the template are kept"):format(#clauses)
    verdict = internal.at(pass("%s", kept), text)
  end
  for number = (#missing > 0 and 1 or 2), #changed do
    verdict:see(changed[number].departs, "changed (%s alike); %s", changed[number].similarity, difference(changed[number]))
  end
  return verdict:working("%d of %d kept, %d changed, %d missing", #clauses - #missing - #changed, #clauses,
    #changed, #missing)
end

return { has_part = has_part, follows_template = follows_template }
