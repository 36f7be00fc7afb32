-- How headings, captions and lists are numbered, and what the text refers to by number.

rule "narrative.numbering" {
  title    = "Headings, captions and lists are numbered one after the other",
  citation = "1, 2, 3; 2.1, 2.2; Table 1, Table 2",
  remedy   = "Correct the number, or put back what was taken out.",
  why      = "A number that is missing is looked for in all that begins a line. Numbering may begin anew in every part, and behind "
          .. "a heading without a number. Numbers that the word processor makes are never out of order.",
  each     = "submission",
  level    = "warning",

  when = has_text,

  check = function(submission)
    local breaks = submission.fields.text.text:numbering_breaks()
    local verdicts = breaks:map(function(found)
      local what = found.of == "heading" and "heading " or ""
      local number = found.text
      if not found.previous then
        return fail("%s“%s” is the first of its kind; “%s” is missing", what, number, found.expected):at(found)
      elseif found.kind == "repeats" then
        return fail("%s“%s” comes twice", what, number):at(found):see(found.previous, "the first")
      elseif found.kind == "goes back" then
        return fail("%s“%s” stands behind “%s”", what, number, found.previous):at(found):see(found.previous, "the one before")
      elseif found.expected then
        return fail("%s“%s” follows “%s”; “%s” is missing", what, number, found.previous, found.expected):at(found)
          :see(found.previous, "the one before")
      end
      return fail("item “%s” follows “%s”", number, found.previous):at(found):see(found.previous, "the one before")
    end)
    return or_pass(verdicts)
  end,

  examples = {
    { state = "pass", fields = { text = "# 1. Aims\n\nWe train.\n\n# 2. Means\n\nTwo people.\n" } },
    { state = "fail", fields = { text = "# 1. Aims\n\nWe train.\n\n# 2. Means\n\nTwo people.\n\n# 4. Costs\n\nNone.\n" }, at = "4",
      message = "“3” is missing" },
    { state = "fail", fields = { text = "# 1. Aims\n\nWe train.\n\n## 1.1 First\n\nTwo people.\n\n## 1.3 Third\n\nNone.\n" }, at = "1.3",
      message = "“1.2” is missing" },
    { state = "fail", fields = { text = "# 1. Aims\n\nWe train.\n\n## 1.2 First\n\nTwo people.\n" }, message = "is the first of its kind" },
    { state = "fail", fields = { text = "# 1. Aims\n\nWe train.\n\n# 2. Means\n\nTwo people.\n\n# 2. Costs\n\nNone.\n" }, message = "comes twice" },
    { state = "fail", fields = { text = "Table 1: Costs\n\nNone.\n\nTable 3: Means\n\nTwo.\n" }, at = "Table 3" },
    { state = "fail", fields = { text = "We will:\n\n1. train\n2. teach\n2. test\n" }, message = "comes twice" },
    { state = "fail", fields = { text = "# A\n\n## 1. B\n\nOurs.\n\n## 3. C\n\nTwo.\n\n## 2. D\n\nThree.\n\n## 4. E\n\nFour.\n" },
      findings = { { state = "fail", at = "3", message = "“2” is missing" }, { state = "fail", at = "2", message = "stands behind" } } },
    { state = "fail", fields = { text = "We will:\n\n1. train\n2. teach\n4. test\n5. end\n" }, message = "item “4.” follows “2.”" },
    { state = "not-applicable", fields = {} },
  },
}

local reference = pattern([[\b(?<cue>see|refer to|described in|discussed in|detailed in|outlined in|listed in|shown in|found in|noted in|provided in|in|under|and)]]
  .. [[\s+(?:also\s+)?(?<name>section|chapter|appendix|table|figure)\s+(?<number>\d{1,3}(?:\.\d{1,3})+|\d{1,3}|[A-Z](?:\.\d{1,2})*)]]
  .. [[(?![\w(-]|\.\d)(?!\s*\()(?!\s+(?:of|under|in|to)\s+(?:the|this|these|title|act|public|part|chapter))]], "i")
local broken = pattern([[Error! (?:Reference source not found|Bookmark not defined|No text of specified style in document)\.?]])

-- How many of the numbers are of this name and shape: with a point in it or without.
local function count_like(numbers, name, pointed)
  local count = 0
  for _, number in ipairs(numbers) do
    local own = name == "" or number:sub(1, #name) == name
    if own and (number:find(".", 1, true) ~= nil) == pointed then
      count = count + 1
    end
  end
  return count
end

-- What is numbered so: "4.7" is, by a line that begins with "4.7" or "Section 4.7".
local function is_there(numbers, name, number)
  return numbers[name .. " " .. number] or (name == "section" and numbers[number])
end

rule "narrative.references" {
  title    = "What the document refers to by number is there",
  citation = "“see section 4.7”, “see Table 3”",
  remedy   = "Correct the number, or say of which document it is.",
  why      = "Judged only where the document numbers such things itself, two of them or more. Attachments are filed beside a document, "
          .. "and are not looked for.",
  each     = "submission",
  level    = "warning",

  when = has_text,

  check = function(submission)
    local text = submission.fields.text.text
    local paragraphs = paragraphs_of(text)
    local verdicts = {}
    for _, match in ipairs(matches_in(paragraphs, broken)) do
      table.insert(verdicts, fail("the word processor has lost what this refers to"):at(match))
    end
    local list = text:line_numbers()
    local numbers = {}
    for _, number in ipairs(list) do
      numbers[number] = true
    end
    local counts = {}
    for _, match in ipairs(matches_in(paragraphs, reference)) do
      local name, number = match.name.string:lower(), match.number.string:upper()
      local pointed = number:find(".", 1, true) ~= nil
      local plain = name == "section" and ""
      local key = name .. tostring(pointed)
      counts[key] = counts[key] or count_like(list, pointed and plain or name .. " ", pointed)
      if counts[key] >= 2 and not is_there(numbers, name, number) then
        table.insert(verdicts, fail("there is no %s %s in the document", name, number):at(match.number))
      end
    end
    return or_pass(verdicts)
  end,

  examples = {
    { state = "pass", fields = { text = "# 1. Aims\n\nSee section 1.2.\n\n## 1.1 First\n\nTwo.\n\n## 1.2 Second\n\nNone.\n" } },
    { state = "pass", fields = { text = "# Aims\n\nSee section 4.7 of the Act, and Section 471(e).\n" } },
    { state = "fail", fields = { text = "# 1. Aims\n\nSee section 4.7.\n\n## 1.1 First\n\nTwo.\n\n## 1.2 Second\n\nNone.\n" }, at = "4.7",
      message = "no section 4.7" },
    { state = "fail", fields = { text = "See Table 3.\n\nTable 1: Costs\n\nNone.\n\nTable 2: Means\n\nTwo.\n" }, at = "3" },
    { state = "fail", fields = { text = "See Error! Reference source not found.\n" }, message = "has lost" },
    { state = "not-applicable", fields = {} },
  },
}
