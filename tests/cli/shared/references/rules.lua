--- Of one reference: a paragraph that names the year in which it appeared.
local function judge(reference)
  local year = reference.text:dates("bare-years"):first()
  if not year then
    return review("the year of \"%s\" was not found", reference.text):at(reference)
  end
  if year.last < date("2000-01-01") then
    return fail("this reference appeared before 2000"):at(year)
  end
  return pass("%s is late enough", year.text)
end

rule "refs.recent" {
  title    = "Every reference appeared in 2000 or later",
  citation = "“List the references.”",
  remedy   = "Leave the reference out.",
  each     = "response",
  level    = "error",
  check = function(response)
    return response.text:items():judge(judge, review("no references were found"))
  end,
  examples = {
    { state = "pass", response = "1. Ash (2001)\n2. Elm (2010)" },
    { state = "review", response = "Ash and Elm", message = "no references" },
    { state = "fail", response = "1. Ash (1999)\n2. Elm (2010)", at = "1999", message = "before 2000" },
    { state = "fail", response = "1. Ash (1999)\n2. Elm\n3. Oak (1999)", findings = {
      { state = "review", at = "2. Elm", message = "year" },
      { state = "fail", at = "1999" },
      { state = "fail", at = "1999" },
    } },
  },
}
