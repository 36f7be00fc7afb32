rule "@RULE@" {
  title    = "A row of @RECORD@ is given for every pair of @ROWS@ and @COLUMNS@ (@RULE@)", -- say here what the form asks for
  citation = "@FORM@, @MATRIX@",
  remedy   = "Add the row.",
  each     = "pair",
  matrix   = "@MATRIX@",
  level    = "warning",

  check = function(pair)
    if pair.records:first() then
      return pass("it is given")
    end
    return fail("there is no row for %s", pair)
  end,

  examples = {
    {
      state = "pass",
      pair = { ["@ROWS@"] = "@ROW@", ["@COLUMNS@"] = "@COLUMN@" },
      records = { ["@RECORD@"] = { { ["@ROW_CELL@"] = "@ROW@", ["@COLUMN_CELL@"] = "@COLUMN@" } } },
    },
    { state = "fail", expected_here = true },
  },
}
