rule "hires.once" {
  title    = "Nobody is hired twice",
  citation = "This pack's judgement",
  remedy   = "Take the row out.",
  each     = "submission",
  level    = "error",

  check = function(submission)
    return unique(submission.records.hire:map(function(hire) return hire.name end), "name")
  end,

  examples = {
    { state = "pass", records = { hire = { { name = "Ada" }, { name = "Ben" } } } },
    { state = "fail", records = { hire = { { name = "Ada" }, { name = "Ada" } } } },
  },
}
