-- What the document's headings are, and the sections that have nothing in them.

-- What a heading is called in messages.
local function name_of(part)
  local number = part.label or (part.number and part.number.string)
  local words = part.heading.string
  if number and number ~= words then
    return ("%s %s"):format(number, words)
  end
  return words
end

local entry = pattern [[\.{4,}|(?:\. ){4,}|\t\d+$]]
local caption = pattern([[^(?:table|figure|fig\.|chart|exhibit|map|box|graph)\b]], "i")

-- Whether a heading heads a section: what stands there is no entry of a table of contents, no caption, and no sentence or item
-- of a list that a program took for one.
local function heads_section(part, parameters)
  local last = part.heading.string:sub(-1)
  return part.marked and not part.heading:find(entry) and not part.heading:find(caption) and #part.heading.words <= parameters.heading
    and last ~= ";" and last ~= "," and last ~= "."
end

-- Whether what follows the part with this number stands inside it, or may.
local function has_parts(parts, i)
  local next_part = parts[i + 1]
  return next_part and (next_part.depth > parts[i].depth or not next_part.marked)
end

-- The parts whose heading has nothing under it, in runs of those that follow one another; whether any has something; and how
-- many there are. What stands before the first text, so many (`title`), are a title and what belongs to it.
local function empty_runs(parts, parameters)
  local runs, run = {}, {}
  local begun, count = false, 0
  local function close()
    if #run > 0 and (begun or #run > parameters.title) then
      table.insert(runs, run)
      count = count + #run
    end
    run = {}
  end
  for i, part in ipairs(parts) do
    if not part.own.blank or part.left_out or has_parts(parts, i) then
      close()
      begun = begun or not part.own.blank or part.left_out ~= nil
    elseif heads_section(part, parameters) then
      table.insert(run, part)
    end
  end
  close()
  return runs, begun, count
end

-- Whether all headings are of one level, so that which of them stand inside others is not told.
local function is_flat(parts)
  local marked = parts:where(function(part) return part.marked end)
  return #marked:where(function(part) return part.level ~= marked[1].level end) == 0
end

rule "narrative.empty-sections" {
  title    = "Every section says something",
  citation = "Any guide to plain language: a heading tells what stands under it",
  remedy   = "Write the section, or take its heading out.",
  why      = "A heading with nothing under it is what is left of a template, or of a text that was moved. One with sections under it "
          .. "that say something is not empty. Only headings that the author made such are judged: by a style of the word "
          .. "processor, or the marks of Markdown.",
  each     = "submission",
  level    = "warning",
  review_level = "note",

  parameters = {
    title = { type = "integer", default = 4, low = 0, high = 20,
              means = "How many headings without text may stand before the first text: a title, an author, a day." },
    heading = { type = "integer", default = 16, low = 1, high = 100,
                means = "The most words of a heading; what is longer is text that a program took for one." },
    placeholder = { type = "integer", default = 12, low = 1, high = 100,
                    means = "The most words of a section that may only stand for what it should say." },
    flat = { type = "integer", default = 3, low = 0, high = 1000,
             means = "How many empty sections are told one by one where all headings are of one level." },
  },

  when = function(submission)
    local given, reason = has_text(submission)
    if not given then
      return given, reason
    end
    local marked = submission.fields.text.text:parts():where(function(part) return part.marked end)
    return #marked > 0, "no paragraph of the document is marked as a heading, so its sections are not told apart"
  end,

  check = function(submission, _, parameters)
    local parts = submission.fields.text.text:parts():where(function(part) return part.heading end)
    local verdicts = {}
    local runs, begun, count = empty_runs(parts, parameters)
    if not begun then
      return fail("nothing stands under any of the %d headings", #parts):at(parts[1])
    end
    if count > parameters.flat and is_flat(parts) then
      local first = runs[1][1]
      return review("%d headings have nothing under them but the next one, and all are of one level: whether they are empty, or "
        .. "stand over the next, is not told", count):at(first)
    end
    for _, run in ipairs(runs) do
      if #run > 2 then
        table.insert(verdicts, fail("nothing stands under “%s” and the %d headings behind it", name_of(run[1]), #run - 1):from(run[1], run[#run]))
      else
        for _, part in ipairs(run) do
          table.insert(verdicts, fail("nothing stands under “%s”", name_of(part)):at(part))
        end
      end
    end
    for i, part in ipairs(parts) do
      if heads_section(part, parameters) and not has_parts(parts, i) and not part.left_out and not part.own.blank
        and #part.own.words <= parameters.placeholder and part.own.no_answer then
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
    { state = "fail", fields = { text = "# Aims\n\nWe train.\n\n# Means\n\n# Costs\n\nA few hundred.\n" }, at = "Means",
      message = "nothing stands under “Means”" },
    { state = "fail", fields = { text = "# Aims\n\nWe train.\n\n# 2. Means\n" }, at = "2. Means", message = "“2 Means”" },
    { state = "fail", fields = { text = "# Aims\n\nOurs.\n\n# Means\n\n## First\n\n## Second\n\nWe train.\n" }, at = "First" },
    { state = "fail", fields = { text = "# Aims\n\nOurs.\n\n# Means\n\n# Costs\n\n# Risks\n" }, message = "and the 2 headings behind it" },
    { state = "fail", fields = { text = "# Aims\n\n# Means\n" }, message = "under any of the 2 headings" },
    -- A title and what belongs to it; a caption; an entry of a table of contents.
    { state = "pass", fields = { text = "# The plan of our town\n\n# Means\n\nTwo people.\n" } },
    { state = "fail", fields = { text = "# A\n\n# Ba\n\n# Ca\n\n# Da\n\n# Ea\n\n# Fa\n\nTwo people.\n\n## G\n\nThree.\n" }, message = "“A” and the 4" },
    { state = "pass", fields = { text = "# Aims\n\nOurs.\n\n# Table 3\n\n# Means\n\nTwo people.\n" } },
    { state = "pass", fields = { text = "# Aims\n\nOurs.\n\n# Means .......... 4\n\n# Costs\n\nA few hundred.\n" } },
    -- Headings of one level do not tell which of them stand inside others.
    { state = "review", fields = { text = "# A\n\nOurs.\n\n# B\n\n# C\n\nTwo.\n\n# D\n\n# E\n\nThree.\n\n# F\n\n# G\n\nFour.\n\n# H\n" },
      at = "B", message = "4 headings" },
    { state = "review", fields = { text = "# Aims\n\nTBD\n\n# Means\n\nTwo people.\n" }, at = "TBD", message = "only “TBD”" },
    { state = "not-applicable", fields = { text = "We train people.\n\nTwo of them.\n" }, message = "marked as a heading" },
    { state = "not-applicable", fields = {} },
  },
}
