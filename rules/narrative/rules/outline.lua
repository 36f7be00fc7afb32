-- What the document's headings are, for the other files, and the sections that have nothing in them.

-- For `when`: whether there is a document to read.
local function has_text(submission)
  return submission.fields.text.value, "there is no document to read, which has its own finding"
end

-- The parts whose heading the author made one. A document that has none has headings by their wording alone.
local function headed_parts(text)
  local parts = text:parts():where(function(part) return part.heading end)
  local marked = parts:where(function(part) return part.marked end)
  if #marked > 0 then
    return marked, true
  end
  return parts:where(function(part) return part.number end), false
end

-- What a heading is called in messages.
local function name_of(part)
  local number = part.label or (part.number and part.number.string)
  local words = part.heading.string
  if number and number ~= words then
    return ("%s %s"):format(number, words)
  end
  return words
end

rule "narrative.empty-sections" {
  title    = "Every section says something",
  citation = "A heading promises that something stands under it",
  remedy   = "Write the section, or take its heading out.",
  why      = "A heading with nothing under it is what is left of a template, or of a text that was moved. One with sections under it "
          .. "that say something is not empty. Only headings that the author made such are judged: by a style of the word "
          .. "processor, or the marks of Markdown.",
  each     = "submission",
  level    = "warning",
  review_level = "note",

  when = function(submission)
    if not has_text(submission) then
      return has_text(submission)
    end
    local _, marked = headed_parts(submission.fields.text.text)
    return marked, "no paragraph of the document is marked as a heading, so its sections are not told apart"
  end,

  check = function(submission)
    local text = submission.fields.text.text
    local parts = text:parts():where(function(part) return part.heading end)
    local verdicts = {}
    for i, part in ipairs(parts) do
      local next_part = parts[i + 1]
      -- What only looks like a heading is something that the section says.
      local more = next_part and (next_part.depth > part.depth or not next_part.marked)
      if not part.marked or more or part.left_out then
        more = true
      elseif part.own.blank then
        table.insert(verdicts, fail("nothing stands under “%s”", name_of(part)):at(part))
      elseif #part.own.words <= 12 and part.own.no_answer then
        table.insert(verdicts, review("under “%s” stands only “%s”, which %s", name_of(part), part.own, part.own.no_answer):at(part.own))
      end
    end
    if #verdicts == 0 then
      return pass("each of %d sections says something", #parts)
    end
    return verdicts
  end,

  examples = {
    { state = "pass", fields = { text = "# Aims\n\nWe train people.\n\n# Means\n\n## Staff\n\nTwo people.\n" } },
    { state = "fail", fields = { text = "# Aims\n\n# Means\n\nTwo people.\n" }, at = "Aims", message = "nothing stands under “Aims”" },
    { state = "fail", fields = { text = "# Aims\n\nWe train.\n\n# Means\n" }, at = "Means" },
    { state = "fail", fields = { text = "# Aims\n\n## First\n\n## Second\n\nWe train.\n" }, at = "First" },
    { state = "review", fields = { text = "# Aims\n\nTBD\n\n# Means\n\nTwo people.\n" }, at = "TBD", message = "only “TBD”" },
    { state = "not-applicable", fields = { text = "We train people.\n\nTwo of them.\n" }, message = "marked as a heading" },
    { state = "not-applicable", fields = {} },
  },
}

return { has_text = has_text, headed_parts = headed_parts, name_of = name_of }
