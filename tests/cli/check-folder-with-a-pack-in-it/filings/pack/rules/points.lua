rule "demo.points" {
  title    = "The points of the areas add up to 300",
  citation = "Demonstration form, table of areas: “300”",
  remedy   = "Correct the points.",
  each     = "submission",
  level    = "error",

  check = function(submission)
    local rows = submission.records.allocation
    local points = rows:map(function(row) return row.points end)
    return sums_to(points, 300, "points"):at(rows)
  end,

  examples = {
    { state = "pass", records = { allocation = { { area = "1", points = "300" } } } },
    { state = "fail", records = { allocation = { { area = "1", points = "290" } } } },
  },
}
