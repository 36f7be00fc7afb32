local hose = pattern [[hose]]

rule "plot.limit" {
  title = "Each answer keeps to its word limit",
  citation = "Form: “8 words”",
  remedy = "Shorten the answer.",
  each = "response",
  level = "error",
  when = function(response) return response.item.word_limit, "no limit is printed" end,
  check = function(response) return at_most(response.words, response.item.word_limit) end,
}

rule "plot.hose" {
  title = "No hose is used",
  citation = "Garden rules, 3",
  remedy = "Use a can.",
  each = "response",
  level = "error",
  check = function(response)
    local found = response.text:find(hose)
    if found then
      return fail("a hose is named"):at(found)
    end
    return pass()
  end,
}

rule "plot.trees" {
  title = "Trees stay below 200 cm",
  citation = "Garden rules, 4",
  remedy = "Choose a smaller tree.",
  each = "record",
  record = "tree",
  level = "error",
  check = function(tree) return at_most(tree.height, 200) end,
}

rule "plot.compost" {
  title = "The compost stays on the plot",
  citation = "Garden rules, 5",
  remedy = "Keep it.",
  each = "measure",
  level = "warning",
  check = function(measure) return review("look where %s has its compost", measure.id) end,
}
