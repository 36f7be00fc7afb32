rule "loans.covered" {
  title    = "Every branch has a signed agreement for every kind",
  citation = "Loan rules, 1: “an agreement with every branch”",
  remedy   = "Sign one.",
  each     = "pair",
  matrix   = "coverage",
  level    = "error",
  when     = function(pair, submission)
    local from = pair.kind.from
    return not from or submission:judged_on() >= from, "not asked for yet"
  end,
  check = function(pair)
    local agreement = pair.records:first()
    if not agreement then
      return fail("there is no agreement for %s in %s", pair.kind, pair.branch)
    elseif not agreement.signed then
      return review("the agreement is not signed"):at(agreement:cell("signed"))
    end
    return pass("signed on %s", agreement.signed)
  end,
  examples = {
    { state = "pass", as_of = "2024-01-01", pair = { branch = "North", kind = "Books" },
      records = { agreement = { { branch = "north hall", kind = "Books", signed = "2024-01-01" } } } },
    { state = "fail", as_of = "2024-01-01", pair = { branch = "Harbour", kind = "Books" }, expected_here = true },
    { state = "not-applicable", as_of = "2024-06-30", pair = { branch = "Harbour", kind = "Maps" } },
  },
}
rule "loans.delivered" {
  title    = "Every agreement has a delivery",
  citation = "Loan rules, 2: “deliveries are made”",
  remedy   = "Deliver.",
  each     = "record",
  record   = "agreement",
  level    = "warning",
  check = function(agreement)
    local deliveries = agreement:rows("delivery")
    if #deliveries == 0 then
      return fail("no delivery to %s", agreement.branch)
    end
    return pass("%d deliveries, the first to %s", #deliveries, deliveries:first().owner.branch)
  end,
  examples = {
    { state = "pass", records = { agreement = { { branch = "North", kind = "Books" } }, delivery = { { branch = "North Hall", kind = "Books", day = "2024-02-01" } } } },
    { state = "fail", records = { agreement = { { branch = "North", kind = "Books" } } } },
  },
}
