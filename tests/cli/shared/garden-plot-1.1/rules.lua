local hose = pattern [[hose|sprinkler]]

rule "plot.limit" {
  title = "Each answer keeps to its word limit",
  citation = "Form: “8 words”",
  remedy = "Shorten the answer.",
  each = "response",
  level = "warning",
  when = function(response) return response.item.word_limit, "no limit is printed" end,
  check = function(response) return at_most(response.words, response.item.word_limit) end,
}

rule "plot.watering" {
  title = "Plots are watered by can",
  citation = "Garden rules, 3 (new)",
  remedy = "Use a can.",
  each = "response",
  level = "error",
  replaces = { "plot.hose" },
  check = function(response)
    local found = response.text:find(hose)
    if found then
      return fail("a hose or sprinkler is named"):at(found)
    end
    return pass()
  end,
}

rule "plot.trees" {
  title = "Trees stay below 150 cm",
  citation = "Garden rules, 4 (new)",
  remedy = "Choose a smaller tree.",
  each = "record",
  record = "tree",
  level = "error",
  check = function(tree) return at_most(tree.height, 150) end,
}

rule "plot.sun" {
  title = "A person looks whether the plot has sun",
  citation = "Garden rules, 6",
  remedy = "Say where the sun stands.",
  each = "submission",
  level = "note",
  check = function() return review("look whether it has sun") end,
}
