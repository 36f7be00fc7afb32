rule "@RULE@" {
  title    = "At least one row of @RECORD@ is given (@RULE@)", -- say here what the form asks for
  citation = "@FORM@, table @RECORD@",
  remedy   = "Add a row.",
  each     = "submission",
  level    = "warning",

  check = function(submission)
    return present(submission.records["@RECORD@"])
  end,

  examples = {
    { state = "pass", records = { ["@RECORD@"] = { { ["@COLUMN@"] = @OPEN@"@VALUE@"@CLOSE@ } } } },
    { state = "fail", expected_here = true },
  },
}
