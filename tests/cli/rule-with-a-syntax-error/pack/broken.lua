rule "case.broken" {
  title = "No end",
