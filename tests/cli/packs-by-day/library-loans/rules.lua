-- Two kinds of days from one table: those of the library, and those of the bank.
local function closed(whose)
  return form.tables.closed_day:where(function(row)
    for _, each in ipairs(row.of) do
      if tostring(each) == whose then
        return true
      end
    end
    return false
  end)
end
local bank_days = calendar(closed("bank"), { name = "bank" })

local function held(records)
  return records:map(function(record) return record:cell("date") end)
end

rule "loans.returned" {
  title = "Each book is returned within 30 days",
  citation = "Library rules: “within 30 days”",
  remedy = "Return the book.",
  each = "record",
  record = "loan",
  level = "error",
  when = function(loan, submission)
    return happened(loan.lent, submission:judged_on()), "the book is not lent yet"
  end,
  check = function(loan, submission)
    return done_by(loan:cell("returned"), loan.lent + 30,
      { as_of = submission:judged_on(), horizon = 14, what = "the return", from = "30 days after it was lent" })
  end,
  examples = {
    { state = "pass", as_of = "2024-03-02", records = { loan = { { title = "Emma", lent = "2024-01-31", returned = "2024-03-01" } } },
      message = "done on 2024-03-01, due on 2024-03-01" },
    { state = "fail", as_of = "2024-03-02", records = { loan = { { title = "Emma", lent = "2024-01-31" } } },
      due = "2024-03-01", expected_here = true, message = "1 day ago" },
    { state = "review", as_of = "2024-03-01", records = { loan = { { title = "Emma", lent = "2024-01-31" } } },
      due = "2024-03-01", message = "today" },
    { state = "not-applicable", as_of = "2024-01-30", records = { loan = { { title = "Emma", lent = "2024-01-31" } } } },
  },
}

rule "loans.banked" {
  title = "The deposit is banked within 2 bank days",
  citation = "Library rules: “within two bank days”",
  remedy = "Bank the deposit.",
  each = "record",
  record = "loan",
  level = "note",
  when = function(loan)
    return loan.banked, "no deposit is banked"
  end,
  check = function(loan)
    return within_days(loan.lent, loan.banked, 2, bank_days)
  end,
  examples = {
    -- Friday 30 August 2024; the Monday after it is a holiday.
    { state = "pass", records = { loan = { { title = "Emma", lent = "2024-08-30", banked = "2024-09-04" } } },
      message = "within 2 bank days" },
    { state = "fail", records = { loan = { { title = "Emma", lent = "2024-08-30", banked = "2024-09-05" } } },
      message = "2024-09-04, the last of the 2 bank days" },
  },
}

rule "loans.meetings" {
  title = "The board meets in every quarter",
  citation = "Library rules: “quarterly”",
  remedy = "Meet.",
  each = "submission",
  level = "error",
  check = function(submission)
    return in_every_quarter(held(submission.records.meeting),
      { from = submission.fields.opened.value, as_of = submission:judged_on(), horizon = 30, what = "meeting" })
  end,
  examples = {
    { state = "pass", as_of = "2024-06-30", fields = { opened = "2024-04-01" },
      records = { meeting = { { date = "2024-05-14" } } } },
    { state = "fail", as_of = "2024-07-01", fields = { opened = "2024-04-01" }, due = "2024-06-30" },
  },
}

rule "loans.counted" {
  title = "The stock is counted once a year",
  citation = "Library rules: “once a year”",
  remedy = "Count the stock.",
  each = "submission",
  level = "warning",
  check = function(submission)
    return recurring(held(submission.records.count),
      { first = submission.fields.opened.value:add_years(1), as_of = submission:judged_on(), what = "the count" })
  end,
  examples = {
    { state = "pass", as_of = "2024-06-30", fields = { opened = "2024-02-29" }, due = "2025-02-28" },
    { state = "fail", as_of = "2025-03-01", fields = { opened = "2024-02-29" }, due = "2025-02-28" },
  },
}
