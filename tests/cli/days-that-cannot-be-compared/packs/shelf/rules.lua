rule "shelf.named" {
  title = "The shelf has a name",
  citation = "Form: “Name”",
  remedy = "Name it.",
  each = "submission",
  level = "error",
  check = function(submission)
    if submission:judged_on() > date("2024-11-30") then
      error("no shelf is checked in December")
    end
    return present(submission.fields.name)
  end,
}
