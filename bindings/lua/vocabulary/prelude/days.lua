-- What has happened by a day, and what is in effect on it. What is dated after the day that is judged by has not happened yet.
local internal = ...

-- The date that x is, or that the field x holds; nil when there is none, and then whether something stands there that cannot be
-- read as one.
function internal.date_in(x, helper)
  local kind = internal.kind(x)
  if kind == "field" then
    if x.value == nil then
      return nil, not x.blank
    end
    x, kind = x.value, internal.kind(x.value)
  end
  if kind ~= "date" and kind ~= "nil" then
    error(("%s needs a date, not a %s"):format(helper, kind), 0)
  end
  return x, false
end

-- Raises when day is no date, in the name of the helper that needs it.
function internal.require_day(day, helper, what)
  if internal.kind(day) ~= "date" then
    error(("%s needs %s, not a %s"):format(helper, what, internal.kind(day)), 0)
  end
  return day
end

-- Those of things whose date is given and not after day, the earliest first. An element that cannot be read comes back second.
function internal.dated(things, day, helper, date_of)
  local found, last, in_order = internal.list(), nil, true
  for _, thing in ipairs(things) do
    local held = date_of and date_of(thing) or thing
    local date, unreadable = internal.date_in(held, helper)
    if unreadable then
      return nil, held
    elseif date and date <= day then
      in_order = in_order and not (last and date < last)
      last = date
      table.insert(found, thing)
    end
  end
  if not in_order then
    table.sort(found, function(a, b)
      return internal.date_in(date_of and date_of(a) or a, helper) < internal.date_in(date_of and date_of(b) or b, helper)
    end)
  end
  return found
end

--- happened(x, as_of): boolean
-- Whether x (a date, a field with one, or nil) is given and not after the day that is judged by.
local function happened(x, as_of)
  internal.require_day(as_of, "happened", "the day to judge by: happened(x, submission:judged_on())")
  local day = internal.date_in(x, "happened")
  return day ~= nil and day <= as_of
end

--- up_to(records, column, day): list of record
-- The records whose date in this column is given and not after the day, the earliest first; of two on one day the first given.
local function up_to(records, column, day)
  internal.require_day(day, "up_to", "a day")
  local found, last, in_order = internal.list(), nil, true
  for _, record in ipairs(records) do
    local held = record[column]
    if held ~= nil and happened(held, day) then
      in_order = in_order and internal.kind(held) == "date" and not (last and held < last)
      last = held
      table.insert(found, record)
    end
  end
  if not in_order then
    table.sort(found, function(a, b) return a[column] < b[column] end)
  end
  return found
end

-- The date in a column of a row, and whether what stands there cannot be read.
local function bound(row, column)
  local held = row[column]
  if held == nil and internal.kind(row) == "record" then
    held = row:cell(column)
  end
  return internal.date_in(held, "in_effect")
end

--- in_effect(row, day): boolean
-- Whether the day is not before the row's column `from` and not after its column `to`; a column left empty sets no limit.
-- row is a row of a table or a record. Where one of the two cannot be read, it is not in effect.
local function in_effect(row, day)
  internal.require_day(day, "in_effect", "a day")
  local from, no_from = bound(row, "from")
  local to, no_to = bound(row, "to")
  return not no_from and not no_to and (from == nil or from <= day) and (to == nil or day <= to)
end

return { happened = happened, up_to = up_to, in_effect = in_effect }
