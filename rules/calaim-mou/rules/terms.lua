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

-- For `when`: whether the memorandum counts on the day judged by. One whose county or party could not be read is judged when it
-- can be.
local function is_executed(agreement, submission)
  if not (agreement.county and agreement.party) then
    return false, "its county or party could not be read, which has its own finding"
  end
  return happened(agreement.executed, submission:judged_on()), "it has not been executed"
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
  term = term, working_days = working_days, is_executed = is_executed, delivery_system_row = delivery_system_row,
  delivery_system_of = delivery_system_of,
}
