-- The form says all else.
rule "grant.name" {
  title    = "The name is that of a person and not of a placeholder",
  citation = "Form, 1: “Your name”",
  remedy   = "Give your own name.",
  each     = "submission",
  level    = "error",

  check = function(submission)
    if submission.fields.name.text.string == "Nobody" then
      return fail("nobody is not a person"):at(submission.fields.name)
    end
    return pass()
  end,

  examples = {
    { state = "pass", fields = { name = "Ann Ash" } },
    { state = "fail", fields = { name = "Nobody" } },
  },
}
