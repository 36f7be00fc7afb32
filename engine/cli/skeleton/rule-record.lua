rule "@RULE@" {
  title    = "Each row of @RECORD@ gives its @COLUMN@ (@RULE@)", -- say here what the form asks for
  citation = "@FORM@, table @RECORD@: column “@COLUMN@”",
  remedy   = "Fill in the column.",
  each     = "record",
  record   = "@RECORD@",
  level    = "warning",

  check = function(row)
    return present(row:cell("@COLUMN@"))
  end,

  examples = {
    { state = "pass", records = { ["@RECORD@"] = { { ["@COLUMN@"] = @OPEN@"@VALUE@"@CLOSE@ } } } },
    { state = "fail", records = { ["@RECORD@"] = { {} } }, expected_here = true },
  },
}
