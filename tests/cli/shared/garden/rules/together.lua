rule "garden.one-per-town" {
  title    = "Each town files one plan",
  citation = "Garden rules, 1: “one plan for each town”",
  remedy   = "Withdraw one of the two.",
  each     = "collection",
  level    = "error",
  check = function(collection)
    return unique(collection.submissions:map(function(plan) return plan.fields.town end), "town")
  end,
  examples = {
    { state = "pass", submissions = { { fields = { town = "Ashby" } }, { fields = { town = "Barrow" } } } },
    { state = "fail", submissions = { { fields = { town = "Ashby" } }, { fields = { town = "ashby" } } }, at = "ashby" },
  },
}

rule "garden.every-town" {
  title    = "Every town has a plan",
  citation = "Garden rules, 2: “a plan for every town”",
  remedy   = "Ask the town for its plan.",
  each     = "collection",
  level    = "warning",
  when     = function(collection) return #collection.submissions > 1, "one plan alone is no set of plans" end,
  check = function(collection)
    local found, missing = {}, {}
    for _, plan in ipairs(collection.submissions) do
      local town = plan.fields.town.value
      if town then
        found[town.name] = true
      end
    end
    for _, town in ipairs(form.tables.town) do
      if not found[town.name] then
        table.insert(missing, town.name)
      end
    end
    if #missing == 0 then
      return pass()
    end
    return fail("no plan of %s", table.concat(missing, ", "))
  end,
  examples = {
    { state = "pass", submissions = { { fields = { town = "Ashby" } }, { fields = { town = "Barrow" } }, { fields = { town = "Corby" } } } },
    { state = "fail", submissions = { { fields = { town = "Ashby" } }, { fields = { town = "Barrow" } } }, message = "Corby" },
    { state = "not-applicable", submissions = { { fields = { town = "Ashby" } } } },
  },
}

rule "garden.own-words" {
  title    = "Each town describes its beds in its own words",
  citation = "Garden rules, 3: “in your own words”",
  remedy   = "Say what this town does.",
  each     = "collection",
  level    = "warning",
  check = function(collection)
    for number, plan in ipairs(collection.submissions) do
      local others = {}
      for other = 1, number - 1 do
        table.insert(others, collection.submissions[other]:response("1.1"))
      end
      local response = plan:response("1.1")
      if not response.blank then
        local verdict = not_copied_from(response, others, decimal("60%"))
        if verdict.state ~= "pass" then
          return instead(verdict, "review")
        end
      end
    end
    return pass()
  end,
  examples = {
    { state = "pass", submissions = { { responses = { ["1.1"] = "We grow beans along the south wall this year." } },
      { responses = { ["1.1"] = "Roses and nothing else, as ever before." } } } },
    { state = "review", submissions = { { responses = { ["1.1"] = "We grow beans along the south wall this year." } },
      { responses = { ["1.1"] = "Here we grow beans along the south wall this year." } } } },
  },
}
