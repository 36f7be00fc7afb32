rule "loans.returned" {
  title = "Each book is returned within 21 days",
  citation = "Library rules: “within 21 days”",
  remedy = "Return the book.",
  each = "record",
  record = "loan",
  level = "error",
  when = function(loan, submission)
    return happened(loan.lent, submission:judged_on()), "the book is not lent yet"
  end,
  check = function(loan, submission)
    return done_by(loan:cell("returned"), loan.lent + 21,
      { as_of = submission:judged_on(), horizon = 14, what = "the return", from = "21 days after it was lent" })
  end,
  examples = {
    { state = "pass", as_of = "2025-02-01", records = { loan = { { title = "Emma", lent = "2025-01-10", returned = "2025-01-31" } } } },
    { state = "fail", as_of = "2025-02-01", records = { loan = { { title = "Emma", lent = "2025-01-10" } } }, due = "2025-01-31" },
  },
}
