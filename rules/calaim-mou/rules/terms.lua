-- What the files after this one share: the terms and their calendars, and when a memorandum counts.

local term = {}
for _, timer in ipairs(form.tables.timer) do
  term[timer.name] = timer
end

local state_holidays = {}
for _, holiday in ipairs(form.tables.holiday) do
  for _, of in ipairs(holiday.of) do
    if of == "state" then
      table.insert(state_holidays, holiday)
    end
  end
end
local working_days = calendar(state_holidays, { name = "Working" })

-- The last day of a memorandum where that is over on the day judged by, else nil.
local function end_of(agreement, submission)
  local last = agreement.ended
  return last and last < submission:judged_on() and last or nil
end

-- For `when`: whether the memorandum has been executed by the day judged by, and so has duties or had them until its end. One
-- whose county or party could not be read is judged when it can be.
local function was_executed(agreement, submission)
  if not (agreement.county and agreement.party) then
    return false, "its county or party could not be read, which has its own finding"
  end
  return happened(agreement.executed, submission:judged_on()), "it has not been executed"
end

-- For `when`: whether the memorandum is in force on the day judged by.
local function is_executed(agreement, submission)
  local executed, reason = was_executed(agreement, submission)
  local last = end_of(agreement, submission)
  if executed and last then
    return false, ("it ended on %s"):format(last)
  end
  return executed, reason
end

-- The day by which duties that come again are judged: of a memorandum that has ended, the day after its last, on which what
-- fell due by then is late and what fell due later is not.
local function judged_by(agreement, submission)
  local last = end_of(agreement, submission)
  return last and last + 1 or submission:judged_on()
end

-- The verdict of duties that come again, judged by that day; what was not due by the end is not owed.
local function until_end(verdict, agreement, submission)
  local last = end_of(agreement, submission)
  if last and verdict.state == "review" and verdict.due_on then
    return pass("nothing more was due when it ended on %s", last):at(agreement:cell("ended"))
  end
  return verdict
end

-- The verdict that what is done once within a term need not be, since the memorandum ended before; else nil.
local function ended_before(agreement, submission, done, deadline)
  local last = end_of(agreement, submission)
  if last and last < deadline and not happened(done, submission:judged_on()) then
    return not_applicable("it ended on %s, before that was due on %s", last, deadline)
  end
end

-- What is put off ("QI outcomes: postponed", "QI outcomes (next meeting)") is not there yet.
local put_off = pattern([[^\W*(postponed|deferred|put\soff|cancell?ed|rescheduled|skipped)\b | \b(postponed|deferred|put\soff|tabled|cancell?ed|rescheduled|skipped|overdue|pending|to\sfollow|TBD
  | to\sbe\s\w+ | (at|until|for|in)?\s?(the\s)?next\s(time|meeting|quarter|report) )\W*$]], "ix")

-- What tells the rows of a table in a text: a function that adds those that a text names to a set, by the column `key`. A row
-- is named by its name or an alias, or, where it has them, by a word of `what` and one of `of`, in whatever order. The function
-- returns whether the text names any.
-- What the text denies ("no list of attendees"), tells as somebody else's words or leaves unclear is not named.
local function recogniser(rows, key)
  local function names(text, wanted)
    for _, mention in ipairs(text:mentions(wanted)) do
      if mention.asserted then
        return true
      end
    end
    return false
  end
  local by_name, by_words = phrases(rows), {}
  for number, row in ipairs(rows) do
    by_words[number] = row.what and { row = row, what = phrases(row.what), of = phrases(row.of) } or false
  end
  return function(text, named)
    local any = false
    if text:find(put_off) then
      return false
    end
    for _, mention in ipairs(text:mentions(by_name)) do
      if mention.asserted then
        named[mention.row[key]], any = true, true
      end
    end
    for _, words in ipairs(by_words) do
      if words and names(text, words.what) and names(text, words.of) then
        named[words.row[key]], any = true, true
      end
    end
    return any
  end
end

-- The verdict on a list that names all rows of a table but those missing: where as many of its elements as are missing, or more,
-- are none that is known, they may be those.
local function of_list(cell, missing, unknown, what)
  if #missing == 0 then
    return pass("all of them are there"):at(cell)
  elseif #unknown >= #missing then
    return review("not in the %s by any name that is known: %s; “%s” is none of the others", what, table.concat(missing, ", "),
      unknown[1]):at(unknown[1])
  end
  return fail("not in the %s: %s", what, table.concat(missing, ", ")):at(cell)
end

-- What the register says of the system that delivers a county's substance use disorder services: the row, or nil.
local function delivery_system_row(county, submission)
  return submission.records.delivery_system:where(function(row) return row.county == county and row.system end):first()
end

-- That system, where a source or the register says it: "dmc-ods", "dmc-state-plan" or nil.
local function delivery_system_of(county, submission)
  local row = delivery_system_row(county, submission)
  return county.sud or row and tostring(row.system)
end

return {
  term = term, working_days = working_days, end_of = end_of, was_executed = was_executed, is_executed = is_executed,
  judged_by = judged_by, until_end = until_end, ended_before = ended_before, recogniser = recogniser, of_list = of_list,
  delivery_system_row = delivery_system_row, delivery_system_of = delivery_system_of,
}
