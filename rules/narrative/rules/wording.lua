-- How the document is worded: what was left to be filled in, what makes its words look fewer, and what stands in it twice.

-- Placeholders inside a text. Brackets hold many things: only those that say what is to be put there count.
local placeholder = pattern([=[
    [\[<] \s* (?: insert | enter | fill\ in | type | your | add\ (?:text|name|date|here) | click | tbd | tbc | to\ be\ (?:determined|completed|confirmed|added|inserted|updated|filled)
              | placeholder | note\ to | ntd | x{2,} | name | full\ name | date | title | number | amount | address | organi[sz]ation | company | county | agency\ name )
        (?: [\ :,] [^\]>\n]{0,80} )? [\]>]
  | \{\{ [^{}\n]{1,80} \}\}
  | << [^<>\n]{1,60} >>
  | \b lorem\ ipsum \b
  | \b click\ (?:or\ tap\ )?here\ to\ enter\b [^.\n]{0,30} \.?
  | \b choose\ an\ item \b \.?
]=], "ix")
local marker = pattern([=[\b(?:TBD|TBC|TODO|FIXME|TKTK|XX/XX(?:/XX(?:XX)?)?|X{2,}%)(?!\w)|\$X{2,}\b|\?{3,}]=]
  .. [=[|(?<![\w-]|[Tt]itle |TITLE |[Pp]art |PART |[Cc]hapter |[Aa]rticle |[Ss]ection |[Vv]olume )X{3,}(?![\w-])]=])
local merge_field = pattern [[«[\w.]+»]]
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
    local paragraphs = paragraphs_of(submission.fields.text.text)
    local verdicts = {}
    for _, wanted in ipairs { placeholder, merge_field, marker } do
      for _, match in ipairs(matches_in(paragraphs, wanted)) do
        table.insert(verdicts, fail("“%s” is left to be filled in", match.text):at(match))
      end
    end
    for _, match in ipairs(matches_in(paragraphs, blank)) do
      table.insert(verdicts, review("a blank is left to be filled in"):at(match))
    end
    return or_pass(verdicts)
  end,

  examples = {
    { state = "pass", fields = { text = "We train [most of] our people, by Title XXX of the Act.\n" } },
    { state = "fail", fields = { text = "We train [insert number] people.\n" }, at = "[insert number]" },
    { state = "fail", fields = { text = "We train TBD people.\n" }, at = "TBD" },
    { state = "fail", fields = { text = "Dear {{name}}, we train people.\n" }, at = "{{name}}" },
    { state = "fail", fields = { text = "We train XX% of our people.\n" }, at = "XX%" },
    { state = "fail", fields = { text = "Dear «Name», we train people.\n" }, at = "«Name»" },
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
    return or_pass(verdicts)
  end,

  examples = {
    { state = "pass", fields = { text = "We train people at https://www.example.org/training/for/people/in/the/county/of/Inyo/2024.\n" } },
    { state = "pass", fields = { text = "The rules are in (form.md), and in rules.md.\n" } },
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
    return or_pass(verdicts)
  end,

  examples = {
    { state = "pass", fields = { text = "We train people every week in the hall of the school.\n\nWe train people every month in the hall of the town.\n" } },
    { state = "fail", message = "for the second time",
      fields = { text = ("# Aims\n\nWe train all of our people every week in the old hall of the school, which the council has lent to us for as long "
        .. "as we need it, and look after them when they are at work again.\n\n"):rep(2) } },
    { state = "not-applicable", fields = {} },
  },
}

rule "narrative.names" {
  title    = "A name is spelt in one way",
  citation = "Any style guide: one thing has one name",
  remedy   = "Spell the name as the document does elsewhere.",
  why      = "Hyphens, blanks, capitals, accents, apostrophes, abbreviations and single letters by which one spelling departs from the "
          .. "one that the document uses more often. Words that are no names (“non-profit”) have their own switch.",
  each     = "submission",
  level    = "note",

  parameters = {
    words = { type = "boolean", default = false, means = "Whether words that are no names are judged too (“non-profit” beside “nonprofit”)." },
  },

  when = has_text,

  check = function(submission, _, parameters)
    local variants = submission.fields.text.text:name_variants():where(function(variant)
      local heading = variant.kind == "capitals" and variant.text.string == variant.text.string:upper()
      return (parameters.words or variant.kind ~= "compound") and not heading
    end)
    local verdicts = variants:map(function(variant)
      return fail("“%s” is spelt “%s” %s elsewhere", variant.text, variant.usual,
        variant.usual_count == 1 and "once" or ("%d times"):format(variant.usual_count)):at(variant):see(variant.usual, "the other spelling")
    end)
    return or_pass(verdicts)
  end,

  examples = {
    { state = "pass", fields = { text = "Health Net trains people. People trust Health Net, and so does Blue Cross.\n" } },
    { state = "fail", fields = { text = "We and Health Net train people. Then Health Net pays. Later Health-Net asks who came.\n" }, at = "Health-Net",
      message = "spelt “Health Net” 2 times" },
    { state = "pass", fields = { text = "A nonprofit trains people. The nonprofit pays. No non-profit asks who came.\n" } },
    { state = "fail", parameters = { words = true }, at = "non-profit",
      fields = { text = "A nonprofit trains people. The nonprofit pays. No non-profit asks who came.\n" } },
    { state = "not-applicable", fields = {} },
  },
}

rule "narrative.acronyms" {
  title    = "Every acronym is written out where it comes first",
  citation = "“Enhanced Care Management (ECM)”",
  remedy   = "Write it out at the first place, with the acronym in brackets.",
  why      = "Off unless the project sets `judged: true`, since many documents are for readers who know the acronyms.",
  each     = "submission",
  level    = "note",

  parameters = {
    judged = { type = "boolean", default = false, means = "Whether acronyms are judged at all." },
    known  = { type = "list", default = {}, means = "Acronyms that every reader knows." },
    uses   = { type = "integer", default = 2, low = 1, high = 100, means = "The fewest uses of an acronym that must be written out." },
  },

  when = function(submission, _, parameters)
    if not parameters.judged then
      return false, "acronyms are not judged unless the project sets “judged”"
    end
    return has_text(submission)
  end,

  check = function(submission, _, parameters)
    local known = {}
    for _, form in ipairs(parameters.known) do
      known[form] = true
    end
    local verdicts = {}
    for _, acronym in ipairs(submission.fields.text.text:acronyms()) do
      if known[acronym.form.string] or acronym.count < parameters.uses then
        -- A reader knows it, or does not meet it again.
      elseif not acronym.expansion then
        table.insert(verdicts, fail("“%s” is never written out; it stands in the document %d times", acronym.form, acronym.count):at(acronym.first or acronym))
      elseif acronym.early then
        table.insert(verdicts, fail("“%s” stands here before it is written out", acronym.form):at(acronym.early):see(acronym.expansion, "here it is"))
      end
    end
    return or_pass(verdicts)
  end,

  examples = {
    { state = "not-applicable", fields = { text = "We buy ECM, and ECM helps.\n" }, message = "are not judged" },
    { state = "fail", parameters = { judged = true }, fields = { text = "We buy ECM, and ECM helps.\n" }, at = "ECM", message = "never written out" },
    { state = "fail", parameters = { judged = true }, at = "ECM", message = "before it is written out",
      fields = { text = "We buy ECM first. Enhanced Care Management (ECM) helps, and ECM pays.\n" } },
    { state = "pass", parameters = { judged = true }, fields = { text = "We buy Enhanced Care Management (ECM), and ECM helps, and ECM pays.\n" } },
    { state = "pass", parameters = { judged = true, known = { "ECM" } }, fields = { text = "We buy ECM, and ECM helps.\n" } },
    { state = "not-applicable", parameters = { judged = true }, fields = {} },
  },
}
