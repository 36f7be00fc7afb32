-- A line that says who answers: "Contact: Ann".
local contact = pattern([[^Contact: \S+]], "m")
local forbidden = pattern [[\b(?:shall|must)\b]]

rule "letters.contact" {
  title    = "Each letter has a line that names its contact",
  citation = "Register of letters: “Each letter says, on a line of its own, Contact and a name”",
  remedy   = "Add the line.",
  each     = "record",
  record   = "letter",
  level    = "error",

  when = function(letter)
    return letter.text, "the letter could not be read"
  end,

  check = function(letter)
    local line = letter.text:find(contact)
    if line then return pass("%s", line):at(line) end
    return fail("no line names a contact"):at(letter.text)
  end,

  examples = {
    { state = "pass", records = { letter = { { title = "A", text = "Dear all,\nContact: Ann" } } }, at = "Contact: Ann" },
    { state = "fail", records = { letter = { { title = "A", text = "Dear all, Contact: Ann" } } } },
    { state = "not-applicable", records = { letter = { { title = "A" } } } },
  },
}

rule "letters.tone" {
  title    = "No letter says shall or must",
  citation = "Register of letters: “Letters ask, and do not order”",
  remedy   = "Ask.",
  each     = "record",
  record   = "letter",
  level    = "warning",

  check = function(letter)
    local found = letter.text and letter.text:find(forbidden)
    if found then return fail("the letter says %s", found):at(found) end
    return pass()
  end,

  examples = {
    { state = "fail", records = { letter = { { title = "A", text = "You\nmust come" } } }, at = "must" },
    { state = "pass", records = { letter = { { title = "A", text = "Please\ncome" } } } },
  },
}

rule "letters.one-contact" {
  title    = "All letters name the same contact",
  citation = "Register of letters: “one contact for all letters”",
  remedy   = "Name the same contact in each.",
  each     = "submission",
  level    = "note",

  check = function(submission)
    local lines = {}
    for _, letter in ipairs(submission.records.letter) do
      lines[#lines + 1] = letter.text and letter.text:find(contact)
    end
    for _, line in ipairs(lines) do
      if tostring(line) ~= tostring(lines[1]) then
        return fail("%s, and %s", lines[1], line):at(lines):see(line, "another contact")
      end
    end
    return pass()
  end,

  examples = {
    { state = "pass", records = { letter = { { title = "A", text = "Contact: Ann" } } } },
    { state = "fail", records = { letter = {
        { title = "A", text = "Contact: Ann" }, { title = "B", text = "Contact: Eve" } } } },
  },
}

rule "letters.length" {
  title    = "Each letter keeps to the words that the register has room for",
  citation = "Register of letters: “at most 12 words”",
  remedy   = "Shorten the letter.",
  each     = "record",
  record   = "letter",
  level    = "error",
  judges   = "records.letter.columns.text.word_limit",

  check = function(letter)
    local wording = letter:cell("text")
    return at_most(wording.words, wording.word_limit, "words")
  end,

  examples = {
    { state = "pass", records = { letter = { { title = "A", text = ("word "):rep(12) } } } },
    { state = "fail", records = { letter = { { title = "A", text = ("word "):rep(13) } } } },
  },
}
