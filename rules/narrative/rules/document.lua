-- What the files after this one share: the document, what is looked for in it, and the verdict of what is found.

-- For `when`: whether there is a document to read.
local function has_text(submission)
  return submission.fields.text.value, "there is no document to read, which has its own finding"
end

-- All paragraphs and headings of a document, in their order, as prose.
local function paragraphs_of(text)
  local paragraphs = {}
  for _, part in ipairs(text:parts()) do
    if part.heading then
      table.insert(paragraphs, part.heading)
    end
    for _, paragraph in ipairs(part.own:paragraphs()) do
      table.insert(paragraphs, paragraph)
    end
  end
  return paragraphs
end

-- The matches of a pattern in any of the paragraphs but those that are shown letter by letter.
local function matches_in(paragraphs, wanted)
  local found = {}
  for _, paragraph in ipairs(paragraphs) do
    for _, match in ipairs(paragraph:matches(wanted)) do
      if not match.text.code then
        table.insert(found, match)
      end
    end
  end
  return found
end

-- The verdicts on what was found; where that is nothing, the document passes.
local function or_pass(verdicts)
  return #verdicts > 0 and verdicts or pass()
end

return { has_text = has_text, paragraphs_of = paragraphs_of, matches_in = matches_in, or_pass = or_pass }
