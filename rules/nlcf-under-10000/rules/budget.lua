-- What the grant will pay for, and what the whole project costs. How many rows there are, what each may cost, and the limits
-- of the grant and the total cost are for the form to say: the built-in rules form.counts, form.parts, form.types and
-- form.values report it.

local function things(budget)
  return budget:where(function(row) return row:cell("item").answered end):map(function(row) return row.item end)
end

rule "nlcf10.budget-row-once" {
  title    = "Each thing stands in the budget once",
  citation = "This pack's judgement: a thing listed twice is often one row copied",
  remedy   = "Check whether it was entered twice; if not, say in what the two rows differ.",
  each     = "submission",
  level    = "warning",

  when = function(submission)
    return #things(submission.records.budget) > 1, "fewer than two things are listed"
  end,

  check = function(submission)
    return instead(unique(things(submission.records.budget), "row"), "review")
  end,

  examples = {
    {
      state = "pass",
      records = { budget = { { item = "Hall hire", amount = 400 }, { item = "Hall cleaning", amount = 80 } } },
    },
    {
      state = "review",
      records = { budget = { { item = "Hall hire", amount = 400 }, { item = "hall-hire", amount = 400 } } },
      at = "hall-hire",
    },
    { state = "not-applicable", records = { budget = { { item = "Hall hire", amount = 400 } } } },
    { state = "not-applicable", records = { budget = { { item = "TBD", amount = 400 }, { item = "TBD", amount = 80 } } } },
  },
}

rule "nlcf10.budget-row-says-what" {
  title    = "Each row of the budget says what is paid for",
  citation = "This pack's judgement: whoever assesses the budget must see what each row buys",
  remedy   = "Say what it is, how many or how long.",
  each     = "record",
  record   = "budget",
  level    = "note",

  parameters = {
    vague = { type = "list", default = { "contingency", "extras", "miscellaneous", "other costs", "sundries", "various" },
              means = "Words that do not say what is paid for." },
  },

  when = function(row)
    return row:cell("item").answered, "it does not say what it is for, which has its own finding"
  end,

  check = function(row, submission, parameters)
    local vague = row.item:mentions(parameters.vague):first()
    if vague then
      return review("“%s” does not say what is paid for", vague):at(vague)
    end
    return pass()
  end,

  examples = {
    { state = "pass", records = { budget = { { item = "Hall hire, 42 Sundays", amount = 2520 } } } },
    { state = "review", records = { budget = { { item = "Leaflets, other costs", amount = 200 } } }, at = "other costs" },
    { state = "not-applicable", records = { budget = { { amount = 200 } } } },
    { state = "not-applicable", records = { budget = { { item = "TBC", amount = 200 } } } },
  },
}

-- The amounts that an answer names; what it denies ("we do not need £50,000") is none.
local function said(response)
  return response.text:amounts():where(function(amount) return not amount.denied end)
end

rule "nlcf10.amounts-in-answers" {
  title    = "No answer names more money than the whole project costs",
  citation = "This pack's judgement: the answers and the budget describe one project",
  remedy   = "Check the amount, or the total cost.",
  each     = "response",
  level    = "note",

  when = function(response, submission)
    if not submission.fields.total_cost.value then
      return false, "the total cost is not known"
    end
    return #said(response) > 0, "no amount of money is named"
  end,

  check = function(response, submission)
    local largest = said(response):largest()
    return instead(at_most(largest, submission.fields.total_cost.value, "amount named"), "review")
  end,

  examples = {
    { state = "pass", fields = { total_cost = 900 }, response = "The oven costs £900." },
    { state = "review", fields = { total_cost = 900 }, response = "The oven costs £950, flour £20.", at = "£950" },
    { state = "not-applicable", fields = { total_cost = 900 }, response = "We buy an oven." },
    { state = "not-applicable", fields = { total_cost = 900 }, response = "We do not need £50,000 for an oven." },
    { state = "not-applicable", response = "The oven costs £900." },
  },
}
