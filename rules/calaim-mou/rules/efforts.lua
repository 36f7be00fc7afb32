-- What is done while a required memorandum is not executed: the reports to DHCS on the efforts made, quarter by quarter. No
-- source names the day by which the report on a quarter is to go to DHCS, so one that went later is still the report on it.

-- The day from which the efforts for a pair are reported: that from which its MOU is required, or the one after the end of an
-- MOU that it had.
local function efforts_begin(pair, submission)
  local agreement = pair.records:first()
  local last = agreement and end_of(agreement, submission)
  return last and last >= pair.party.from and last + 1 or pair.party.from
end

-- The day of execution, as a cell, when that is not after the day judged by and the MOU has not ended; else nil.
local function execution(pair, submission)
  local agreement = pair.records:first()
  local counts = agreement and happened(agreement.executed, submission:judged_on()) and not end_of(agreement, submission)
  return counts and agreement:cell("executed") or nil
end

-- The quarters from a day to another, in order; the last may be running. The one in which the first day lies counts when it is
-- its first.
local function quarters_of(first, last)
  local quarters = {}
  local start = first == first:quarter_start() and first or first:quarter_end() + 1
  while start <= last do
    table.insert(quarters, { label = start:quarter_label(), first = start, last = start:quarter_end() })
    start = start:quarter_end() + 1
  end
  return quarters
end

-- The name of the quarter that a report says it is on ("Q1 2024"), or nil.
local function quarter_said(report)
  for _, mention in ipairs(report.quarter and report.quarter:dates() or {}) do
    if mention.precision == "quarter" and not mention.denied then
      return mention.first:quarter_label()
    end
  end
end

-- Gives each quarter without a report the next of these reports that went to DHCS in it or later.
local function give_in_turn(reports, quarters)
  local left = {}
  for _, report in ipairs(reports) do
    local given = false
    for _, quarter in ipairs(quarters) do
      if not given and not quarter.report and quarter.first <= report.date then
        quarter.report, given = report, true
      end
    end
    if not given then
      table.insert(left, report)
    end
  end
  return left
end

local function lacks_one(quarters, day)
  for _, quarter in ipairs(quarters) do
    if not quarter.report and quarter.last < day then
      return true
    end
  end
  return false
end

-- Gives each of the quarters its report: the one that says so, else one of the quarter itself; of what is left, to the first
-- that has none. Where a quarter then lacks one, and none would if each were the next in turn, they are taken in turn.
local function give_reports(reports, quarters, day)
  local silent, in_turn = {}, {}
  for _, report in ipairs(reports) do
    local said = quarter_said(report)
    for _, quarter in ipairs(quarters) do
      if quarter.label == said and not quarter.report then
        quarter.report, quarter.said = report, true
      end
    end
    if not said then
      table.insert(silent, report)
    end
  end
  for number, quarter in ipairs(quarters) do
    in_turn[number] = { label = quarter.label, first = quarter.first, last = quarter.last, report = quarter.report,
      said = quarter.said }
  end
  local left = {}
  for _, report in ipairs(silent) do
    local own
    for _, quarter in ipairs(quarters) do
      own = own or not quarter.report and quarter.label == report.date:quarter_label() and quarter
    end
    if own then
      own.report = report
    else
      table.insert(left, report)
    end
  end
  give_in_turn(left, quarters)
  if lacks_one(quarters, day) then
    give_in_turn(silent, in_turn)
    return lacks_one(in_turn, day) and quarters or in_turn
  end
  return quarters
end

-- The efforts for a pair up to a day (that of its execution, or the one judged by): the quarters, each with its report where it
-- has one. Reports that went to DHCS by the day judged by count.
local function efforts(pair, submission, day)
  local agreement = pair.records:first()
  local reports = agreement and up_to(agreement:rows("good_faith"), "date", submission:judged_on()) or {}
  return give_reports(reports, quarters_of(efforts_begin(pair, submission), day), day)
end

-- Whether the efforts for a pair are reported, with the reason each time, for every quarter that is over; then the last report.
local function efforts_reported(pair, submission)
  local day, last = submission:judged_on(), nil
  local quarters = efforts(pair, submission, day)
  for _, quarter in ipairs(quarters) do
    local report = quarter.report
    if report and not report:cell("justification").answered or not report and quarter.last < day then
      return nil
    end
    last = report and (not last or report.date > last.date) and report or last
  end
  return last
end

return { efforts_begin = efforts_begin, execution = execution, quarter_said = quarter_said, efforts = efforts,
  efforts_reported = efforts_reported }
