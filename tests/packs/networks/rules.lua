rule "networks.grows" {
  title    = "A plan with many members says how many providers it adds",
  citation = "This pack's judgement, 1",
  remedy   = "Say by how many providers the plan's network grows.",
  each     = "measure",
  level    = "error",

  when = function(measure) return measure.id == "2" end,
  check = function(measure)
    local members = measure.row.members
    if not members or members < measure.many then
      return pass("%s has few members", measure.row_name)
    end
    return present(measure.responses[2].text:counts():first())
  end,

  examples = {
    { state = "pass", responses = { ["2.2"] = "It grows." } },
    { state = "pass", records = { plan = { { name = "Star", members = "1000" } } }, responses = { ["2.2"] = "By two providers." } },
    {
      state = "fail",
      measure = "2 (Moon)",
      records = { plan = { { name = "Star" }, { name = "Moon", members = "1000" } } },
      responses = { ["2.2 (Star)"] = "By two providers.", ["2.2 (Moon)"] = "It grows." },
    },
  },
}

rule "networks.own-words" {
  title    = "What is said of one plan is not said of another",
  citation = "This pack's judgement, 1",
  remedy   = "Say what is so of this plan.",
  each     = "response",
  level    = "warning",

  when = function(response) return response.measure.row ~= nil end,
  check = function(response)
    local nearest, alike = response:nearest_earlier()
    if nearest and nearest.item == response.item and nearest.measure.row ~= response.measure.row then
      return fail("%s says what %s says", response.measure.row_name, nearest.measure.row_name):at(alike.first)
    end
    return pass()
  end,

  examples = {
    { state = "pass", item = "3 (North)", responses = { ["3 (North)"] = "Clinics are built in all towns.", ["3 (South)"] = "Nothing is built." } },
    { state = "fail", item = "3 (South)", responses = { ["3"] = "Clinics are built in all towns." } },
  },
}
