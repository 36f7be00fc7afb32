rule "loans.due-after-lent" {
  title    = "A book is due after the day it was lent",
  citation = "House rules, 3: “no loan ends before it begins”",
  remedy   = "Correct one of the two days.",
  each     = "record",
  record   = "loan",
  level    = "error",

  when = function(loan)
    return loan.due and loan.lent, "one of the two days is not known"
  end,
  check = function(loan)
    if loan.due > loan.lent then
      return pass("due %d days later", loan.due - loan.lent)
    end
    return fail("due %s, lent %s", loan.due, loan.lent):at(loan:cell("due"))
  end,

  examples = {
    { state = "pass", record = 1, records = { loan = { { lent = "2024-03-01", due = "2024-03-02" } } } },
    { state = "fail", record = 1, records = { loan = { { lent = "2024-03-01", due = "2024-03-01" } } } },
    { state = "not-applicable", record = 1, records = { loan = { { lent = "2024-03-01" } } } },
  },
}

rule "loans.short-remarks" {
  title    = "Remarks on a loan keep to five words",
  citation = "House rules, 5: “five words”",
  remedy   = "Shorten the remarks.",
  each     = "record",
  record   = "loan",
  level    = "warning",

  when = function(loan)
    return loan.remarks, "there are no remarks"
  end,
  check = function(loan)
    return at_most(loan:cell("remarks").text.words, 5)
  end,

  examples = {
    { state = "pass", record = 1, records = { loan = { { remarks = "One two three four five" } } } },
    { state = "fail", record = 1, records = { loan = { { remarks = "One two three four five six" } } } },
    { state = "not-applicable", record = 1, records = { loan = { { book = "Emma" } } } },
  },
}

rule "loans.short-letter" {
  title    = "The letter with a reminder keeps to five words",
  citation = "House rules, 7: “five words”",
  remedy   = "Shorten the letter.",
  each     = "record",
  record   = "reminder",
  level    = "warning",

  when = function(reminder)
    return reminder.letter, "there is no letter"
  end,
  check = function(reminder)
    return at_most(reminder:cell("letter").text.words, 5)
  end,

  examples = {
    { state = "pass", record = 1, records = { reminder = { { letter = "One two three four five" } } } },
    { state = "fail", record = 1, records = { reminder = { { letter = "One two three four five six" } } } },
    { state = "not-applicable", record = 1, records = { reminder = { { book = "Emma" } } } },
  },
}
