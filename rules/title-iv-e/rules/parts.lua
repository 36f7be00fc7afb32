-- Which part of a plan is each section and attachment of the pre-print. The plan's parts are held against all of them
-- together ("align 2"): what is the heading of one of them is not another's.

local function has_plan(submission)
  return submission.fields.plan.value, "there is no plan to read, which has its own finding"
end

-- What was found of each part of the pre-print in a plan.
local function parts_of(submission)
  return submission.fields.plan.text:align(form.tables.part, "align 2")
end

-- What was found of one of them, by its id.
local function found_of(id, parts)
  return parts:where(function(found) return found.row.id == id end):first()
end

-- The best of what was found for which f holds, or nil.
local function best_of(found, f)
  if found.part and f(found) then
    return found
  end
  return found.others:where(f):first()
end

local function is_listed(found)
  return found.how == "list"
end

-- The names of the other sections that have the same part, each with a confidence of `least` or more.
local function combined_with(found, parts, least)
  local titles = {}
  for _, other in ipairs(parts) do
    local best = best_of(other, function(each) return not is_listed(each) end)
    local same = best and best.part == found.part and best.how ~= "body" and best.row.id ~= found.row.id
    if same and not other.row.attached and best.confidence >= least then
      table.insert(titles, ("“%s”"):format(best.row.name))
    end
  end
  return titles
end

-- For the examples: a plan of these sections, each { heading, what it says }, or { heading } alone.
local function plan_of(sections)
  local parts = {}
  for number, section in ipairs(sections) do
    local words = section[2] or "The state agency does what the Act asks for, and its policy says how it is done each year."
    parts[number] = ("# %s\n\n%s\n"):format(section[1], words)
  end
  return { state = "Maine", plan = table.concat(parts, "\n") }
end

-- The same of all nine sections, with another one in the place of that of this number; left out where heading is false.
local function with_section(number, heading, words)
  local sections = {
    { "Service Description and Oversight" }, { "Evaluation Strategy and Waiver Request" }, { "Monitoring Child Safety" },
    { "Consultation and Coordination" }, { "Child Welfare Workforce Support" }, { "Child Welfare Workforce Training" },
    { "Prevention Caseloads" }, { "Assurance on Prevention Program Reporting" },
    { "Child and Family Eligibility for the Title IV-E Prevention Program" },
  }
  if heading then
    sections[number] = { heading, words }
  elseif number then
    table.remove(sections, number)
  end
  return plan_of(sections)
end

-- The same with what ends a plan: an attachment of this number with these words.
local function with_attachment(number, words)
  local fields = with_section()
  fields.plan = fields.plan .. ("\n# Attachment %s: State Title IV-E Prevention Program Reporting Assurance\n\n%s\n"):format(number, words)
  return fields
end

local assurance = "In accordance with section 471(e)(5)(B)(x) of the Act, the agency is providing this assurance consistent with "
  .. "the five-year plan to report to the Secretary such information and data as the Secretary may require with respect to "
  .. "title IV-E prevention and family services and programs, including information and data necessary to determine measures."

local contents = "# Table of Contents\n\n- Monitoring Child Safety\n- Prevention Caseloads\n"

rule "title-iv-e.section" {
  title    = "The plan has every section of the pre-print",
  citation = "Pre-print, sections 1 to 9",
  remedy   = "Head the section as the pre-print does, or say in its heading which section it is (“Pre-print Section 4”).",
  why      = "The headings of the plan are held against the sections by what they say, their numbers and where they stand; "
          .. "docs/aligning.md says how. Where that does not decide, a person looks.",
  each     = "section",
  level    = "error",
  review_level = "warning",

  parameters = {
    least = { type = "percentage", default = "50%", low = "0%", high = "100%",
              means = "The confidence below which no part is taken to be the section." },
    sure  = { type = "percentage", default = "80%", low = "0%", high = "100%",
              means = "The confidence from which a part is taken to be the section without a person looking." },
    named = { type = "percentage", default = "40%", low = "0%", high = "100%",
              means = "The confidence from which a person looks at words in the text that name the section." },
  },

  when = function(section, submission)
    if section.attached then
      return false, "it is an attachment"
    end
    return has_plan(submission)
  end,

  check = function(section, submission, parameters)
    local parts = parts_of(submission)
    local found = found_of(section.id, parts)
    local best = best_of(found, function(each) return not is_listed(each) end)
    local least = best and best.how == "body" and parameters.named or parameters.least
    if not best or best.confidence < least then
      local verdict = fail("no part of the plan is “%s” (%s of the Act)", section.title, section.citation):at(submission.fields.plan)
      local entry = best_of(found, is_listed)
      if entry then
        verdict:see(entry, "a list has it")
      end
      return best and verdict:see(best, "the nearest, %s sure", best.confidence) or verdict
    elseif best.how == "body" then
      return review("no heading is “%s”; only the text names it", section.title):at(best)
    elseif best.confidence < parameters.sure then
      return review("“%s” may be “%s”, %s sure", best.part, section.title, best.confidence):at(best)
    end
    local others = combined_with(best, parts, least)
    if #others > 0 then
      return pass("“%s” is this section together with %s", best.part, table.concat(others, ", ")):at(best)
    end
    return pass("“%s” is it, %s sure", best.part, best.confidence):at(best)
  end,

  examples = {
    { state = "pass", section = "3", fields = with_section(), at = "Monitoring Child Safety", message = "100% sure" },
    { state = "pass", section = "9", fields = with_section(9, "Eligibility and Candidacy (Pre-print Section 9)"),
      at = "Eligibility and Candidacy (Pre-print Section 9)" },
    { state = "pass", section = "5", fields = with_section(6, "Child Welfare Workforce Training and Support"),
      at = "Child Welfare Workforce Support" },
    { state = "pass", section = "8", fields = with_section(), message = "is it, 100% sure" },
    -- Two sections under one heading, and three.
    { state = "pass", section = "5", fields = plan_of { { "Child Welfare Workforce Training and Support" } },
      message = "together with “Child welfare workforce training”" },
    { state = "pass", section = "6", fields = plan_of { { "Child Welfare Workforce Training and Support" } },
      message = "together with “Child welfare workforce support”" },
    { state = "pass", section = "7", fields = plan_of { { "Workforce Support, Workforce Training and Prevention Caseloads" } },
      message = "together with “Child welfare workforce support”, “Child welfare workforce training”" },
    -- A sentence, a general name, a part of the name: a person looks.
    { state = "review", section = "3", fields = with_section(3, "Child Safety, and how we are Monitoring it"),
      at = "Child Safety, and how we are Monitoring it", message = "70.48% sure" },
    { state = "review", section = "6", fields = with_section(6, "Training"), at = "Training", message = "78.2% sure" },
    -- Only the text names it, in the first paragraph under a heading; farther down that says less.
    { state = "review", section = "3", at = "Monitoring child safety", message = "only the text names it",
      fields = with_section(3, "Wellbeing", "Monitoring child safety is what each caseworker does in every visit to a home, by the tool.") },
    { state = "fail", section = "3", message = "no part of the plan is “Monitoring child safety”",
      fields = with_section(3, "Wellbeing", "Each visit has a plan.\n\nMonitoring child safety is what each caseworker does in "
        .. "every visit to a home, by the tool.") },
    { state = "fail", section = "3", fields = with_section(3, false), message = "“Monitoring child safety” (471(e)(5)(B)(ii) of the Act)" },
    { state = "fail", section = "3", fields = { state = "Maine", plan = contents .. with_section(3, false).plan } },
    { state = "not-applicable", section = "attachment-I", fields = with_section() },
    { state = "not-applicable", section = "3", fields = { state = "Maine" } },
  },
}

-- Whether the plan has the text of an attachment, not an entry of a list of attachments.
local function is_included(found, parameters)
  return not is_listed(found) and found.how ~= "body" and found.confidence >= parameters.sure
    and #found.part.text.words >= parameters.words
end

rule "title-iv-e.attachment" {
  title    = "The plan comes with every attachment of the pre-print",
  citation = "Pre-print, attachments I to IV",
  remedy   = "Put the attachment into the plan's file, or check that it was filed beside it.",
  why      = "included: the plan has its text; listed: an entry of a list names it; mentioned: the text does; absent: nothing does.",
  each     = "section",
  level    = "error",
  review_level = "warning",

  parameters = {
    sure  = { type = "percentage", default = "85%", low = "0%", high = "100%",
              means = "The confidence from which a part is taken to be the attachment." },
    near  = { type = "percentage", default = "65%", low = "0%", high = "100%",
              means = "The confidence from which a heading is taken to mention it." },
    words = { type = "integer", default = 40, low = 1, high = 1000,
              means = "The fewest words that an attachment has." },
  },

  when = function(section, submission)
    if not section.attached then
      return false, "it is no attachment"
    end
    return has_plan(submission)
  end,

  check = function(section, submission, parameters)
    local found = found_of(section.id, parts_of(submission))
    local included = best_of(found, function(each) return is_included(each, parameters) end)
    if included then
      return pass("included: “%s”", included.part):at(included)
    end
    local entry = best_of(found, function(each) return is_listed(each) or each.how == "heading" end)
    if entry then
      return review("listed: an entry of a list names it, and its text is not in the plan"):at(entry)
    end
    local mention = best_of(found, function(each) return each.how == "body" or each.confidence >= parameters.near end)
    if mention then
      return review("mentioned, and its text is not in the plan"):at(mention)
    end
    return fail("absent: nothing in the plan names it (%s of the Act)", section.citation):at(submission.fields.plan)
  end,

  examples = {
    { state = "pass", section = "attachment-I", fields = with_attachment("I", assurance), message = "included: “Attachment I" },
    { state = "pass", section = "attachment-I", fields = with_attachment("A", assurance), message = "included: “Attachment A" },
    { state = "review", section = "attachment-I", fields = with_attachment("I", "See the file beside this one."),
      message = "listed: an entry" },
    { state = "review", section = "attachment-I", at = "Attachment I", message = "listed: an entry",
      fields = with_section(9, "Attachments", "- Attachment I: reporting\n- Attachment II: waiver") },
    { state = "review", section = "attachment-I", at = "report to the Secretary", message = "mentioned",
      fields = with_section(8, "Assurance on Prevention Program Reporting", "In the letter beside this plan the department promises "
        .. "that it will report to the Secretary what the Secretary may require.") },
    { state = "fail", section = "attachment-IV", fields = with_section(), message = "absent" },
    { state = "not-applicable", section = "8", fields = with_attachment("I", assurance) },
    { state = "not-applicable", section = "attachment-I", fields = { state = "Maine" } },
  },
}
