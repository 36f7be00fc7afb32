-- How the document is worded: what was left to be filled in, what makes its words look fewer, and what stands in it twice.

-- Placeholders inside a text. Brackets hold many things: only those that say what is to be put there count.
local placeholder = pattern([=[
    [\[<] \s* (?: insert | enter | fill\ in | type | your | add\ (?:text|name|date|here) | click | tbd | tbc | to\ be\ (?:determined|completed|confirmed|added|inserted|updated|filled)
              | placeholder | note\ to | ntd | x{2,} | name | full\ name | date | title | number | amount | address | organi[sz]ation | company | county | agency\ name )
        (?: [\ :,] [^\]>\n]{0,80} )? [\]>]
  | \{\{ [^{}\n]{1,80} \}\}
  | << [^<>\n]{1,60} >>
  | « [\w.]+ »
  | \b lorem\ ipsum \b
  | \b click\ (?:or\ tap\ )?here\ to\ enter\b [^.\n]{0,30} \.?
  | \b choose\ an\ item \b \.?
]=], "ix")
local marker = pattern([=[\b(?:TBD|TBC|TODO|FIXME|TKTK|XX/XX(?:/XX(?:XX)?)?|X{2,}%)(?!\w)|\$X{2,}\b|\?{3,}]=]
  .. [=[|(?<![\w-]|[Tt]itle |TITLE |[Pp]art |PART |[Cc]hapter |[Aa]rticle |[Ss]ection |[Vv]olume )X{3,}(?![\w-])]=])
local blank = pattern([[(?<=[a-z,] )_{3,}(?=[ ,.;] ?[a-z(])]])

rule "narrative.placeholders" {
  title    = "Nothing is left to be filled in",
  citation = "What a template or a draft has in place of text: “[insert name]”, “TBD”, “{{name}}”, “lorem ipsum”",
  remedy   = "Put the text there that the placeholder stands for.",
  why      = "What is shown letter by letter, as programs are, is passed over.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = has_text,

  check = function(submission)
    local text = submission.fields.text.text
    local verdicts = {}
    for _, match in ipairs(text:matches(placeholder)) do
      if not match.text.code then
        table.insert(verdicts, fail("“%s” is left to be filled in", match.text):at(match))
      end
    end
    for _, match in ipairs(text:matches(marker)) do
      if not match.text.code then
        table.insert(verdicts, fail("“%s” is left to be filled in", match.text):at(match))
      end
    end
    for _, match in ipairs(text:matches(blank)) do
      if not match.text.code then
        table.insert(verdicts, review("a blank is left to be filled in"):at(match))
      end
    end
    if #verdicts == 0 then
      return pass()
    end
    return verdicts
  end,

  examples = {
    { state = "pass", fields = { text = "We train [most of] our people, by Title XXX of the Act.\n" } },
    { state = "fail", fields = { text = "We train [insert number] people.\n" }, at = "[insert number]" },
    { state = "fail", fields = { text = "We train TBD people.\n" }, at = "TBD" },
    { state = "fail", fields = { text = "Dear {{name}}, we train people.\n" }, at = "{{name}}" },
    { state = "fail", fields = { text = "We train XX% of our people.\n" }, at = "XX%" },
    { state = "fail", fields = { text = "Lorem ipsum dolor sit amet.\n" }, at = "Lorem ipsum" },
    { state = "fail", fields = { text = "Click or tap here to enter text.\n" } },
    { state = "review", fields = { text = "We train with ____ and others.\n" }, at = "____" },
    { state = "not-applicable", fields = {} },
  },
}

rule "narrative.tricks" {
  title    = "Nothing makes the word count look smaller than what is read",
  citation = "Words are what stands between blanks, as Microsoft Word counts them",
  remedy   = "Write the words with blanks between them.",
  why      = "Words glued by characters that show nothing, or by signs in place of blanks, are counted as one.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  when = has_text,

  check = function(submission)
    local verdicts = {}
    for _, trick in ipairs(submission.fields.text.text:tricks()) do
      if not trick.text.code then
        if trick.kind == "zero-width" then
          table.insert(verdicts, review("a character that shows nothing glues words"):at(trick))
        elseif trick.kind == "joined" then
          table.insert(verdicts, review("several words without a blank between: “%s”", trick.text):at(trick))
        end
      end
    end
    if #verdicts == 0 then
      return pass()
    end
    return verdicts
  end,

  examples = {
    { state = "pass", fields = { text = "We train people at https://www.example.org/training/for/people/in/the/county/of/Inyo/2024.\n" } },
    { state = "review", fields = { text = "We_will_train_all_people in the county.\n" }, message = "without a blank" },
    { state = "review", fields = { text = "We train\u{2060}people in the county.\n" }, message = "shows nothing" },
    { state = "not-applicable", fields = {} },
  },
}

rule "narrative.repeated" {
  title    = "No passage stands in the document twice",
  citation = "A document says a thing once, and refers to it elsewhere",
  remedy   = "Keep the passage where it belongs, and refer to it in the other place.",
  why      = "Found word for word, case and punctuation aside. Running heads, tables of contents, rows of tables and what is shown "
          .. "letter by letter are no passages.",
  each     = "submission",
  level    = "note",

  parameters = {
    words = { type = "integer", default = 30, low = 8, high = 500, means = "The fewest words in a row that make a passage." },
  },

  when = has_text,

  check = function(submission, _, parameters)
    local text = submission.fields.text.text
    local verdicts = text:passages_twice(parameters.words):map(function(passage)
      return fail("a passage of %d words stands here for the second time", passage.words):at(passage):see(passage.earlier, "the first")
    end)
    if #verdicts == 0 then
      return pass()
    end
    return verdicts
  end,

  examples = {
    { state = "pass", fields = { text = "We train people every week in the hall of the school.\n\nWe train people every month in the hall of the town.\n" } },
    { state = "fail", message = "for the second time",
      fields = { text = ("# Aims\n\nWe train all of our people every week in the old hall of the school, which the council has lent to us for as long "
        .. "as we need it, and look after them when they are at work again.\n\n"):rep(2) } },
    { state = "not-applicable", fields = {} },
  },
}
