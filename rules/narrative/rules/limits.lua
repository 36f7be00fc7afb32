-- Limits by heading: those that the document prints, and those that a team sets.

local number = [[(?:\d{1,3}(?:,\d{3})+|\d+|(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty]]
  .. [[|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)(?:[- ](?:and )?)?)+)]]
local unit = [[(?<unit>words?|characters?|chars|pages?|lines?|sentences?|paragraphs?|slides?)\b]]

-- "100 word limit", "250 words max", "100 words or fewer", "(250 words)"
local behind = pattern("(?<least>(?:" .. number .. [[)(?:\s*(?:to|-|–|and)\s*))?(?<most>]] .. number .. [[)[\s-]*]] .. unit
  .. [[(?:\s+each)?\s*\(?(?:(?:\w+ )?(?:limit|maximum|max)\b|or (?:less|fewer|under)|at (?:the )?most|and no more)]], "i")
-- "maximum 250 words", "no more than 2 pages", "limit: 100 words", "must not exceed 300 words"
local before = pattern([[(?<cue>maximum|max\.?|no more than|not more than|not (?:to )?exceed(?:ing)?|up to|at most|limit(?:ed)?|]]
  .. [[under|fewer than|less than|within)(?: (?:length|of|is|to))*\s*[:=]?\s*(?<most>]] .. number .. [[)[\s-]*]] .. unit, "i")
-- "word limit: 100", "character count 500"
local named = pattern([[(?<unit>word|character|page)s?[\s-]*(?:limit|maximum|max|count|length)\.?(?: (?:of|is))*\s*[:=–-]?\s*(?<most>]]
  .. number .. [[)]], "i")
-- "100 to 200 words", "between 100 and 200 words"
local range = pattern("(?<least>" .. number .. [[)\s*(?:to|-|–|and)\s*(?<most>]] .. number .. [[)[\s-]*]] .. unit, "i")
-- "at least 200 words", "minimum 200 words", "200 words minimum"
local least_before = pattern([[(?:at least|minimum|min\.?|no (?:fewer|less) than|not less than)(?: of)?\s*:?\s*(?<least>]] .. number
  .. [[)[\s-]*]] .. unit, "i")
local least_behind = pattern("(?<least>" .. number .. [[)[\s-]*]] .. unit .. [[\s*\(?(?:minimum|min\b|or more|at least)]], "i")
-- "(250 words)", "[about 100 words]"
local bracketed = pattern([=[[(\[]\s*(?<about>approx(?:imately|\.)?|about|around|~|ca\.?)?\s*(?<most>]=] .. number .. [[)[\s-]*]] .. unit
  .. [=[\s*[)\].]]=], "i")
-- "word limit" without a number, "(words: __)"
local nameless = pattern([=[[(\[][^)\]]{0,40}\b(?:word|character|page)s?[\s-]*(?:limit|maximum)\b[^)\]]{0,40}[)\]]]=]
  .. [=[|\b(?:word|character|page)s?[\s-]*(?:limit|maximum)\s*[:=]?[\s_.…]*$]=], "i")
-- What all of them have, so that nearly every paragraph is passed over at once.
local any = pattern([[\b(?:words?|characters?|chars|pages?|lines?|sentences?|paragraphs?|slides?)\b]], "i")
local letter = pattern [[\w]]

-- The whole number that words or figures say; nil where they say none.
local function value_of(text)
  local count = text:counts():first()
  return count and tonumber(tostring(count.value))
end

local units = { word = "words", words = "words", character = "characters", characters = "characters", chars = "characters" }

-- A limit that a match states: { unit, least, most, place, about }; most and least nil where they cannot be read.
local function limit_of(match, most, least, about)
  local said = match.unit.string:lower()
  return { unit = units[said] or said, most = most and value_of(most), least = least and value_of(least), place = match, about = about }
end

-- The limit that a text prints, or nil. One that is printed and cannot be read has neither most nor least.
local function limit_in(text)
  if not text:find(any) then
    return nil
  end
  local match = text:find(before)
  if match then
    local cue = match.cue.string:lower()
    local limit = limit_of(match, match.most)
    if limit.most and (cue == "under" or cue == "fewer than" or cue == "less than") then
      limit.most = limit.most - 1
    end
    return limit
  end
  match = text:find(behind)
  if match then
    return limit_of(match, match.most, match.least)
  end
  match = text:find(named)
  if match then
    return limit_of(match, match.most)
  end
  match = text:find(least_before) or text:find(least_behind)
  if match then
    return limit_of(match, nil, match.least)
  end
  match = text:find(range)
  if match then
    return limit_of(match, match.most, match.least)
  end
  match = text:find(bracketed)
  if match then
    return limit_of(match, match.most, nil, match.about)
  end
  match = text:find(nameless)
  return match and { unit = "words", place = match }
end

-- Whether a paragraph is an instruction with a limit: in brackets, at its end, or all that it says; and no prose in which so many
-- words are spoken of.
local function is_prompt(paragraph, limit)
  local ahead, after = paragraph:before(limit.place), paragraph:after(limit.place)
  local mark = ahead.string:sub(-1)
  return mark == "(" or mark == "[" or #after.words == 0 or (#ahead.words <= 1 and #after.words <= 2)
end

-- Whether a limit is said in words that say nothing else.
local function is_plain(limit)
  local said = limit.place.text.string:lower()
  return limit.most and (said:find("limit", 1, true) or said:find("max", 1, true) or said:find("exceed", 1, true)
    or said:find("more than", 1, true) or said:find("up to", 1, true))
end

-- The words or characters of a text, of which a limit counts one.
local function counted(text, limit)
  return limit.unit == "characters" and text.characters or text.words
end

-- Holds a text to a limit. sure: it is certain what the limit is for; otherwise a person judges what is not within it.
local function hold(text, limit, name, sure)
  if limit.unit ~= "words" and limit.unit ~= "characters" then
    return review("the limit of “%s”, “%s”, is one of %s, which are not counted", name, limit.place, limit.unit):at(limit.place)
  elseif not limit.most and not limit.least then
    return review("the limit of “%s”, “%s”, could not be read", name, limit.place):at(limit.place)
  end
  if not text or text.blank then
    return pass("“%s”: nothing stands under it", name)
  end
  local found = counted(text, limit)
  local verdict = limit.most and at_most(found, limit.most) or pass()
  if verdict.state == "pass" and limit.least then
    verdict = at_least(found, limit.least)
    if verdict.state ~= "pass" then
      verdict:at(limit.place)
    end
  end
  if verdict.state == "pass" then
    return pass("“%s”: %s", name, verdict.message)
  end
  local place = verdict.state == "fail" and limit.most and #found > limit.most and found:from(math.tointeger(limit.most + 1)) or limit.place
  local certain = verdict.state == "fail" and sure and not limit.about
  local said = certain and fail("“%s”: %s", name, verdict.message)
    or review("“%s”: %s; a person must say what the limit is for", name, verdict.message)
  said = said:at(place):working("%d %s", #found, limit.unit)
  return place ~= limit.place and said:see(limit.place, "the limit") or said
end

-- ---- what the document prints ----

-- Whether a paragraph is a line of instruction, and nothing of the section itself.
local function is_short(paragraph, parameters)
  return #paragraph.words <= parameters.line
end

-- Judges the limits printed in what stands under a heading, or before the first one: in each paragraph that is a prompt. What
-- stands from it to the next prompt is held to it. A limit in a line of its own belongs to the paragraph before that line.
local function judge_prompts(part, verdicts, parameters)
  local paragraphs = part.own:paragraphs()
  local open, name, open_limit
  local function close(first_behind)
    if open then
      local answer = first_behind and part.own:between(paragraphs[open], paragraphs[first_behind]) or part.own:after(paragraphs[open])
      table.insert(verdicts, hold(answer, open_limit, name, false))
    end
  end
  for i, paragraph in ipairs(paragraphs) do
    local limit = not paragraph.code and limit_in(paragraph)
    local headed = i == 1 and part.heading
    if limit and (is_prompt(paragraph, limit) or (headed and is_plain(limit))) then
      if headed and limit_in(part.heading) then
        -- What the heading prints counts.
      elseif headed and part.marked and is_short(paragraph, parameters) then
        table.insert(verdicts, hold(part.text:after(part.text:paragraphs():first()), limit, part.heading, true))
      else
        local alone = #paragraph:before(limit.place).words == 0 and #paragraph:after(limit.place).words == 0
        local prompt = alone and i - (open or 0) > 2 and i - 1 or i
        close(prompt)
        open, name, open_limit = i, paragraphs[prompt], limit
      end
    end
  end
  close(nil)
end

-- A heading without the limit that it prints, and the bracket before that.
local function name_of(heading, limit)
  local words = heading:before(limit.place).words
  local last = words[#words]
  if last and #last.string == 1 and not last:find(letter) then
    return #words > 1 and heading:before(last) or heading
  end
  return last and heading:before(limit.place) or heading
end

rule "narrative.printed-limits" {
  title    = "Each section keeps to the limit that its heading, or the line under it, prints",
  citation = "The document: “100 word limit”, “maximum 250 words”, “500 characters or fewer”",
  remedy   = "Shorten the section, or correct the limit that stands in it.",
  why      = "Words are counted as Microsoft Word counts them, headings inside the section and cells of tables among them, the "
          .. "heading itself and footnotes not. Where a limit stands in a paragraph like any other, how far what it limits reaches "
          .. "cannot be told for sure: a person looks when there is more. Pages, lines and sentences are not counted: a person does.",
  each     = "submission",
  level    = "error",
  review_level = "warning",

  parameters = {
    line = { type = "integer", default = 15, low = 1, high = 100,
             means = "The most words of a line under a heading that prints the limit of the whole section." },
  },

  when = has_text,

  check = function(submission, _, parameters)
    local text = submission.fields.text.text
    local verdicts = {}
    for _, part in ipairs(text:parts()) do
      local limit = part.heading and limit_in(part.heading)
      if limit then
        table.insert(verdicts, hold(part.text, limit, name_of(part.heading, limit), part.marked))
      end
      judge_prompts(part, verdicts, parameters)
    end
    if #verdicts == 0 then
      return not_applicable("no heading, and no paragraph like a prompt, prints a limit")
    end
    return verdicts
  end,

  examples = {
    { state = "pass", fields = { text = "# Aims (5 words)\n\nWe train people.\n" } },
    { state = "pass", fields = { text = "# Aims\n\nMaximum 5 words.\n\nWe train people.\n" } },
    { state = "fail", fields = { text = "# Aims (no more than two words)\n\nWe train people.\n" }, at = "people.", message = "3 words; at most 2" },
    { state = "fail", fields = { text = "# Aims\n\nLimit: 2 words\n\nWe train people.\n" }, at = "people." },
    { state = "fail", fields = { text = "# Aims (5 characters or fewer)\n\nWe train.\n" }, message = "9 characters" },
    { state = "fail", fields = { text = "# Aims (at least 5 words)\n\nWe train.\n" }, message = "2 words; at least 5" },
    { state = "fail", fields = { text = "# Aims (fewer than three words)\n\nWe train people.\n" }, message = "at most 2" },
    { state = "fail", fields = { text = "# Aims (word limit: 2)\n\nWe train people.\n" }, at = "people.", message = "“Aims”" },
    { state = "fail", fields = { text = "# Aims (between 5 and 9 words)\n\nWe train.\n" }, message = "at least 5" },
    { state = "fail", fields = { text = "# Aims (1 to 2 words)\n\nWe train people.\n" }, at = "people.", message = "at most 2" },
    { state = "review", at = "people.",
      fields = { text = "# Aims\n\nPlease say in no more than two words what you aim at, and how you will know that you are there.\n\nWe train people.\n" } },
    { state = "pass", fields = { text = "# Aims (2 words)\n\n# Means\n\nTwo people.\n" }, message = "nothing stands under it" },
    { state = "pass", fields = { text = "# Aims (5 words)\n\nAt most 2 words.\n" } },
    { state = "review", fields = { text = "Aims.\n\n2 word limit\n\nWe train people.\n\nMeans.\n\n9 word limit\n\nTwo people.\n" }, at = "people." },
    { state = "review", fields = { text = "# Aims (about 2 words)\n\nWe train people.\n" }, message = "a person must say" },
    { state = "review", fields = { text = "# Aims (no more than two pages)\n\nWe train.\n" }, message = "pages, which are not counted" },
    { state = "review", fields = { text = "# Aims (word limit applies)\n\nWe train.\n" }, message = "could not be read" },
    { state = "review", fields = { text = "Say what you aim at (2 word limit)\n\nWe train people.\n" }, at = "people." },
    { state = "pass", fields = { text = "Say what you aim at (3 word limit)\n\nWe train people.\n\nAnd how (1 word limit)\n\nDaily.\n" } },
    { state = "not-applicable", fields = { text = "# Aims\n\nEach letter of 200 words that we send is read by two people first.\n" } },
    { state = "not-applicable", fields = {} },
  },
}

-- ---- what a team sets ----

local function split(text)
  local words, at = {}, 1
  while at <= #text do
    local blank = text:find(" ", at, true) or #text + 1
    if blank > at then
      table.insert(words, text:sub(at, blank - 1))
    end
    at = blank + 1
  end
  return words
end

-- The limit that a team writes behind a heading: "250", "250 words", "100 to 250 words", "at least 100 words", "800 characters".
local function limit_written(entry)
  local colon
  local at = entry:find(":", 1, true)
  while at do
    colon = at
    at = entry:find(":", at + 1, true)
  end
  local words = split(entry:sub((colon or 0) + 1):lower())
  local limit = { unit = "words" }
  local last = words[#words]
  if units[last] then
    limit.unit = units[last]
    table.remove(words)
  end
  local first, second, third, more = table.unpack(words)
  if first and not second then
    limit.most = math.tointeger(tonumber(first))
  elseif third and not more and first == "at" and second == "most" then
    limit.most = math.tointeger(tonumber(third))
  elseif third and not more and first == "at" and second == "least" then
    limit.least = math.tointeger(tonumber(third))
  elseif third and not more and second == "to" and tonumber(first) then
    limit.least, limit.most = math.tointeger(tonumber(first)), math.tointeger(tonumber(third))
  end
  if not colon or (not limit.most and not limit.least) then
    error(("the limit “%s” is not written as “Heading: 250 words”, “Heading: 100 to 250 words” or “Heading: at least 100 words”"):format(entry))
  end
  return split(entry:sub(1, colon - 1)), limit
end

-- Whether a heading is the one that a team names: by its words, without what it prints of a limit, or by its number.
local function is_called(part, name)
  local limit = limit_in(part.heading)
  return part.heading:equals(name) or (limit and part.heading:before(limit.place):equals(name)) or part.label == name
    or (part.number and part.number:equals(name))
end

rule "narrative.limits" {
  title    = "Each section keeps to the limit that the project sets for its heading",
  citation = "The project's configuration: the parameter “limits” of this rule",
  remedy   = "Shorten the section, or correct the limit, or the name of its heading, in .proviso.yaml.",
  why      = "A funder's limits often stand in its guidance, and not in the document. A heading that is not there has a finding: "
          .. "its limit would otherwise hold nothing.",
  each     = "submission",
  level    = "error",

  parameters = {
    limits = { type = "list", default = {},
               means = "What each heading allows: “Summary: 250 words”, “Risks: 100 to 250 words”, “Budget: 800 characters”." },
  },

  when = function(submission, _, parameters)
    if #parameters.limits == 0 then
      return false, "no limits are set"
    end
    return has_text(submission)
  end,

  check = function(submission, _, parameters)
    local parts = submission.fields.text.text:parts():where(function(part) return part.heading end)
    local verdicts = {}
    for _, entry in ipairs(parameters.limits) do
      local words, limit = limit_written(entry)
      local name = table.concat(words, " ")
      local found = parts:where(function(part) return is_called(part, name) end)
      if #found == 0 then
        table.insert(verdicts, fail("no heading is “%s”, for which the limit “%s” is set", name, entry))
      end
      for _, part in ipairs(found) do
        limit.place = part.heading
        table.insert(verdicts, hold(part.text, limit, part.heading, true))
      end
    end
    return verdicts
  end,

  examples = {
    { state = "pass", parameters = { limits = { "Aims: 3 words" } }, fields = { text = "# Aims\n\nWe train people.\n" } },
    { state = "pass", parameters = { limits = { "aims: at least 2 words" } }, fields = { text = "# 1. Aims\n\nWe train people.\n" } },
    { state = "fail", parameters = { limits = { "Aims: 2 words" } }, fields = { text = "# Aims\n\nWe train people.\n" }, at = "people.",
      message = "3 words; at most 2" },
    { state = "fail", parameters = { limits = { "Aims: 5 to 9 words" } }, fields = { text = "# Aims\n\nWe train people.\n" },
      message = "3 words; at least 5" },
    { state = "fail", parameters = { limits = { "2: at most 2 words" } }, fields = { text = "# 2. Aims\n\nWe train people.\n" }, at = "people." },
    { state = "pass", parameters = { limits = { "Aims: 3 words" } }, fields = { text = "# Aims (2 words)\n\nWe train people.\n" } },
    { state = "fail", parameters = { limits = { "Aims: 9 characters" } }, fields = { text = "# Aims\n\nWe train people.\n" },
      message = "16 characters" },
    { state = "fail", parameters = { limits = { "Goals: 2 words" } }, fields = { text = "# Aims\n\nWe train people.\n" },
      message = "no heading is “Goals”" },
    { state = "not-applicable", fields = { text = "# Aims\n\nWe train people.\n" }, message = "no limits are set" },
  },
}
