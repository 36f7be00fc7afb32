-- What the grant will pay for, and what the whole project costs. How many rows there are, and that each has an amount in
-- whole pounds, is for the form to say: the built-in rules form.counts, form.parts and form.types report it.

-- Nothing is added up while a row could not be read.
local function is_readable(budget)
  return #budget:where(function(row) return not row.amount end) == 0
end

local function amounts(budget)
  return budget:map(function(row) return row.amount end)
end

local function things(budget)
  return budget:where(function(row) return row:cell("item").answered end):map(function(row) return row.item end)
end

-- For `when`: whether the budget can be added up, and why not.
local function can_be_added_up(submission)
  local budget = submission.records.budget
  return #budget > 0 and is_readable(budget), "the budget has no rows, or one that cannot be read"
end

rule "nlcf10.amount-positive" {
  title    = "Each row of the budget costs something",
  citation = "NLCF under £10,000, budget: whole pounds (paraphrased)",
  remedy   = "Enter what it costs, or take the row out.",
  each     = "record",
  record   = "budget",
  level    = "error",

  when = function(row)
    return row.amount, "the amount could not be read, which has its own finding"
  end,

  check = function(row)
    return at_least(row:cell("amount"), 1, "amount")
  end,

  examples = {
    { state = "pass", records = { budget = { { item = "Flour", amount = 1 } } } },
    { state = "fail", records = { budget = { { item = "Flour", amount = 0 } } }, at = "0" },
    { state = "fail", records = { budget = { { item = "Discount", amount = -50 } } }, at = "-50" },
    { state = "not-applicable", unreadable = true, records = { budget = { { item = "Flour", amount = "12.50" } } } },
  },
}

rule "nlcf10.grant" {
  title    = "The grant asked for is within the limits of this form",
  citation = "NLCF under £10,000, budget: a sum from £300 to £10,000 (paraphrased)",
  remedy   = "Ask for less, or for more; larger grants have another form.",
  why      = "The grant asked for is the sum of the rows of the budget.",
  each     = "submission",
  level    = "error",

  when = can_be_added_up,

  check = function(submission)
    local budget = submission.records.budget
    return between(amounts(budget):sum(), form.grant_least, form.grant_most, "sum of the budget"):at(budget)
  end,

  examples = {
    { state = "pass", records = { budget = { { item = "Van", amount = 9999 }, { item = "Fuel", amount = 1 } } } },
    { state = "pass", records = { budget = { { item = "Oven", amount = 300 } } } },
    { state = "fail", records = { budget = { { item = "Van", amount = 9999 }, { item = "Fuel", amount = 2 } } },
      message = "10001, is more than 10000" },
    { state = "fail", records = { budget = { { item = "Flour", amount = 299 } } }, message = "299, is less than 300" },
    { state = "not-applicable", records = { budget = { { item = "Flour" } } } },
    { state = "not-applicable" },
  },
}

rule "nlcf10.total-covers-grant" {
  title    = "The whole project costs at least what is asked for",
  citation = "NLCF under £10,000, total cost: not less than the sum of the budget (paraphrased)",
  remedy   = "Correct the total cost or the budget.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    if not submission.fields.total_cost.value then
      return false, "the total cost is not known"
    end
    return can_be_added_up(submission)
  end,

  check = function(submission)
    local budget = submission.records.budget
    return at_least(submission.fields.total_cost, amounts(budget):sum(), "total cost"):see(budget, "what is asked for")
  end,

  examples = {
    { state = "pass", fields = { total_cost = 900 }, records = { budget = { { item = "Oven", amount = 900 } } } },
    { state = "fail", fields = { total_cost = 899 }, records = { budget = { { item = "Oven", amount = 900 } } },
      at = "899" },
    { state = "not-applicable", fields = { total_cost = 900 } },
    { state = "not-applicable", records = { budget = { { item = "Oven", amount = 900 } } } },
  },
}

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
