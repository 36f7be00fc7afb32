-- The memorandum itself: the template it was made on, whether its wording was kept, and whether it holds every provision.

-- Whether the memorandum counts on the day judged by, and is judged by its own row rather than by that of another.
local function is_own_document(agreement, submission)
  local executed, reason = is_executed(agreement, submission)
  if not executed then
    return false, reason
  end
  return not agreement.consolidated_with, "it is consolidated with another"
end

local function is_in(list, name)
  for _, element in ipairs(list or {}) do
    if element == name then
      return true
    end
  end
  return false
end

-- The bespoke template that is made for a party, or nil.
local function bespoke_for(party)
  for _, template in ipairs(form.tables.template) do
    if is_in(template.parties, party.name) then
      return template
    end
  end
end

-- The text of the template of a memorandum, where the register holds it.
local function template_text(agreement, submission)
  local row = submission.records.template_text:where(function(each)
    return each.template ~= nil and each.template == agreement.template
  end):first()
  return row and row.text
end

-- For `when`: whether text and template of a memorandum can be held against each other.
local function has_both_texts(agreement, submission)
  local own, reason = is_own_document(agreement, submission)
  if not own then
    return false, reason
  elseif not agreement.text then
    return false, "the register does not hold its text"
  end
  return template_text(agreement, submission), "the register does not hold the text of its template"
end

-- The clauses of the template that a text has in this state.
local function clauses_that_are(state, agreement, submission)
  return agreement.text:follows(template_text(agreement, submission)):where(function(result)
    return result.state == state
  end)
end

-- How many clauses there are beside the one that is named.
local function and_others(count)
  if count == 0 then
    return ""
  end
  return count == 1 and ", and 1 other" or (", and %d others"):format(count)
end

-- For the examples: a register with one executed memorandum; others is put into its row.
local function executed(party, others)
  local row = { county = "Mono", party = party, executed = "2024-02-01" }
  for name, value in pairs(others or {}) do
    row[name] = value
  end
  return { agreement = { row } }
end

local function with_template(text, template)
  local records = executed("WIC", { template = "WIC Template", text = text })
  records.template_text = { { template = "WIC Template", text = template } }
  return records
end

local meetings_clause = "1. Meetings\n\n1.1 The Parties meet at least once in every quarter to speak of Members.\n\n"
local weaker_clause = "1. Meetings\n\n1.1 The Parties meet at least once in every year to speak of Members.\n\n"
local more_clauses = "\n2.2 The Parties go on with their work while a dispute is open.\n\n2.3 Plan posts this MOU on its website.\n"
local other_clauses = "\n2.2 The Parties stop all their work while a dispute is open.\n\n2.3 Plan hides this MOU on its website.\n"
local two_clauses = meetings_clause .. "2. General\n\n2.1 Neither Party hands its duties under this MOU to another one.\n"

rule "mou.template-named" {
  title    = "Every executed MOU names the template that it was made on",
  citation = "EE.1144 II.D: “shall use either the Base MOU or Bespoke MOU Template”",
  remedy   = "Enter the template.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = is_own_document,

  check = function(agreement)
    return present(agreement:cell("template"))
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = executed("WIC", { template = "WIC Template" }) },
    { state = "fail", as_of = "2024-02-01", records = executed("WIC"), expected_here = true },
    { state = "not-applicable", as_of = "2024-01-31", records = executed("WIC") },
    { state = "not-applicable", as_of = "2024-03-01", records = executed("WIC", { ended = "2024-02-29" }) },
    { state = "fail", as_of = "2024-02-29", records = executed("WIC", { ended = "2024-02-29" }), expected_here = true },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("WIC", { consolidated_with = "LHD" }) },
  },
}

rule "mou.template-fits" {
  title    = "The template is the one that is made for the party",
  citation = "EE.1144 III.A.3.b: “Bespoke Templates include tailored provisions for the following programs”",
  remedy   = "Use the party's template when the MOU is next amended, or say why the other one was used.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  when = function(agreement, submission)
    local own, reason = is_own_document(agreement, submission)
    if not own then
      return false, reason
    end
    return agreement.template, "no template is named, which has its own finding"
  end,

  check = function(agreement)
    local template, party = agreement.template, agreement.party
    local bespoke, cell = bespoke_for(party), agreement:cell("template")
    if template == bespoke or not bespoke and not template.bespoke then
      return pass():at(cell)
    elseif not template.bespoke then
      return review("there is a template made for it, the %s (%s)", bespoke.name, bespoke.citation):at(cell)
    end
    return fail("the %s is made for %s; use the %s", template.name, table.concat(template.parties, ", "),
      bespoke and bespoke.name or "Base Template"):at(cell)
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = executed("WIC", { template = "WIC" }) },
    { state = "review", as_of = "2024-02-01", records = executed("WIC", { template = "Base" }), at = "Base",
      message = "EE.1144 III.A.3.b.v" },
    { state = "fail", as_of = "2024-02-01", records = executed("WIC", { template = "IHSS" }), at = "IHSS",
      message = "use the WIC Template" },
    { state = "pass", as_of = "2024-02-01", records = executed("First 5", { template = "Base" }) },
    { state = "fail", as_of = "2024-02-01", records = executed("First 5", { template = "IHSS" }),
      message = "use the Base Template" },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("WIC") },
    { state = "not-applicable", as_of = "2024-01-31", records = executed("WIC", { template = "IHSS" }) },
  },
}

rule "mou.template-kept" {
  title    = "No clause of the template has been taken out of the MOU",
  citation = "EE.1144 III.A.4: “Base Templates and Bespoke Templates cannot be altered to remove any required provisions.”",
  remedy   = "Put the clause back by an amendment.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = has_both_texts,

  check = function(agreement, submission)
    local missing = clauses_that_are("missing", agreement, submission)
    if #missing == 0 then
      return pass("every clause of the template is there"):at(agreement.text)
    end
    local verdict = fail("missing: “%s”%s", missing:first().clause, and_others(#missing - 1))
      :at(agreement.text)
    for _, result in ipairs(missing) do
      verdict:see(result.clause, "missing")
    end
    return verdict
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = with_template(two_clauses, two_clauses) },
    { state = "fail", as_of = "2024-02-01", records = with_template(meetings_clause, two_clauses),
      message = "missing: “Neither Party hands" },
    { state = "fail", as_of = "2024-02-01", records = with_template("1. Talks\n\n1.1 Nothing else.", two_clauses),
      message = ", and 1 other" },
    { state = "fail", as_of = "2024-02-01", records = with_template(meetings_clause, two_clauses .. more_clauses),
      message = ", and 2 others" },
    { state = "pass", as_of = "2024-02-01", records = {
      agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", template = "WIC", text = meetings_clause } },
      template_text = { { template = "IHSS", text = two_clauses }, { template = "WIC", text = meetings_clause } },
    } },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("WIC", { template = "WIC", text = two_clauses }) },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("WIC") },
    { state = "not-applicable", as_of = "2024-01-31", records = with_template(two_clauses, two_clauses) },
  },
}

rule "mou.template-wording" {
  title    = "Every clause of the template stands in the MOU as the template words it",
  citation = "EE.1144 III.A.4: “parties may agree to … include additional provisions or language”",
  remedy   = "Check whether the change takes something away; if it does, restore the wording by an amendment.",
  each     = "record",
  record   = "agreement",
  level    = "warning",

  when = has_both_texts,

  check = function(agreement, submission)
    local changed = clauses_that_are("changed", agreement, submission)
    local first = changed:first()
    if not first then
      return pass("no clause that is there is worded otherwise"):at(agreement.text)
    end
    local verdict = review("a clause is worded otherwise, from “%s” on%s", first.departs, and_others(#changed - 1))
      :at(first.departs)
    for _, result in ipairs(changed) do
      verdict:see(result.clause, "the template's wording")
    end
    return verdict
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = with_template(two_clauses, two_clauses) },
    { state = "review", as_of = "2024-02-01", message = ", and 1 other",
      records = with_template(two_clauses .. other_clauses, two_clauses .. more_clauses) },
    { state = "review", as_of = "2024-02-01",
      records = with_template(weaker_clause, meetings_clause), message = "from “year” on", at = "year" },
    { state = "pass", as_of = "2024-02-01", records = with_template(meetings_clause, two_clauses) },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("WIC") },
  },
}

-- What the provisions are taken to be, by the alignment of the text's parts: each row with the part that is most likely it.
local function provisions_of(agreement)
  return agreement.text:align(form.tables.provision)
end

local sure = { type = "percentage", default = "70%", low = "0%", high = "100%",
               means = "The confidence from which a part is taken to be the provision without a person looking." }

-- The part that surely is the provision of this letter, or nil.
local function part_of(agreement, letter, parameters)
  for _, found in ipairs(provisions_of(agreement)) do
    if found.row.letter == letter and found.confidence >= parameters.sure then
      return found.part
    end
  end
end

local function has_text(agreement, submission)
  local own, reason = is_own_document(agreement, submission)
  if not own then
    return false, reason
  end
  return agreement.text, "the register does not hold its text"
end

-- What stands in the place of a provision and says that there is none.
local left_out = pattern([[^\W* ((this|the) \s (section|provision|part|paragraph|article) \s)? ((is|was|has\sbeen) \s)?
  (intentionally \s)? (reserved|omitted|deleted|waived|removed|left\sblank|not\s(applicable|used|included|required)
  | does\snot\sapply | no\slonger\sapplies) \b [^.;]* \W* $]], "ix")

-- For the examples: a memorandum of these provisions, each { heading, what it says }.
local function text_of(provisions)
  local parts = {}
  for number, provision in ipairs(provisions) do
    local heading, words = table.unpack(provision)
    parts[number] = ("%d. %s\n\n%s\n"):format(number, heading, words)
  end
  return table.concat(parts, "\n")
end

-- The same with a provision for each letter, but for the one of this number.
local function with_provision(number, heading, words)
  local provisions = {
    { "Services Covered", "The Parties coordinate food benefits and visits to the doctor." },
    { "Party Obligations", "Each of them names a liaison." },
    { "Training and Education", "Staff are trained." },
    { "Referrals", "They tell each other whom they sent." },
    { "Care Coordination", "They remove barriers." },
    { "Quarterly Meetings", "They meet at least once in every quarter." },
    { "Quality Improvement", "They measure and improve." },
    { "Data Sharing", "They share what is needed." },
    { "Dispute Resolution", "They speak, then write." },
    { "Disaster and Emergency Preparedness", "They keep a plan." },
    { "General Provisions", "It stands on the website, is reviewed every year, and is not delegated." },
  }
  if number then
    provisions[number] = { heading, words }
  end
  return executed("WIC", { text = text_of(provisions) })
end

rule "mou.provisions" {
  title    = "The MOU holds every provision that the policy lists from a to k",
  citation = "EE.1144 III.A.2: “The executed Base and or Bespoke Template shall include the following provisions”",
  remedy   = "Find the provision, or add it by an amendment.",
  why      = "The parts of the text are held against the provisions by their headings, under any of the names in "
          .. "tables.provision; where the headings do not decide, a person looks.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  parameters = {
    least = { type = "percentage", default = "40%", low = "0%", high = "100%",
              means = "The confidence below which no part is taken to be the provision." },
    sure = sure,
  },

  when = has_text,

  check = function(agreement, _, parameters)
    local missing, unsure, steps = {}, {}, {}
    for _, found in ipairs(provisions_of(agreement)) do
      local provision = ("%s (%s)"):format(found.row.letter, found.row.name)
      local body = found.part and found.part.text
      if found.confidence < parameters.least or not body.blank and (not body.answered or body:find(left_out)) then
        table.insert(missing, provision)
      else
        table.insert(steps, ("%s: “%s”, %s, %s"):format(provision, found.part.heading, found.confidence, found.how))
        if found.confidence < parameters.sure then
          table.insert(unsure, { provision = provision, part = found.part })
        end
      end
    end
    local verdict
    if #missing > 0 then
      verdict = fail("nothing in the text is %s", table.concat(missing, ", ")):at(agreement.text)
    elseif #unsure > 0 then
      verdict = review("“%s” may be %s", unsure[1].part.heading, unsure[1].provision):at(unsure[1].part)
    else
      verdict = pass("all %d are there", #form.tables.provision):at(agreement.text)
    end
    for _, each in ipairs(unsure) do
      verdict:see(each.part, "may be %s", each.provision)
    end
    for _, step in ipairs(steps) do
      verdict:working("%s", step)
    end
    return verdict
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = with_provision() },
    { state = "fail", as_of = "2024-02-01",
      records = with_provision(10, "Notices", "They write to one another."), message = "j (Disaster" },
    -- A heading over nothing.
    { state = "fail", as_of = "2024-02-01", records = with_provision(10, "Disaster Emergency Preparedness", "None."),
      message = "j (Disaster" },
    { state = "fail", as_of = "2024-02-01", message = "j (Disaster",
      records = with_provision(10, "Disaster Emergency Preparedness", "[Reserved]") },
    { state = "fail", as_of = "2024-02-01", message = "j (Disaster",
      records = with_provision(10, "Disaster Emergency Preparedness", "Intentionally omitted.") },
    { state = "fail", as_of = "2024-02-01", message = "j (Disaster",
      records = with_provision(10, "Disaster Emergency Preparedness", "This provision does not apply to this MOU.") },
    { state = "pass", as_of = "2024-02-01",
      records = with_provision(10, "Disaster Emergency Preparedness", "No duty is waived in a disaster.") },
    { state = "review", as_of = "2024-02-01", message = "may be j",
      records = with_provision(10, "Notices", "They write.\n\nOf emergency preparedness they speak too.") },
    { state = "review", as_of = "2024-02-01",
      records = with_provision(5, "Coordination Between the Clinics", "They remove barriers.") },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("WIC") },
    { state = "not-applicable", as_of = "2024-01-31", records = with_provision() },
  },
}

rule "mou.provision-quarterly" {
  title    = "The provision on meetings has the parties meet at least in every quarter",
  citation = "EE.1144 III.A.2.f and III.F.1: “shall meet at least quarterly”",
  remedy   = "Amend the provision.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  parameters = { sure = sure },

  when = function(agreement, submission, parameters)
    local has, reason = has_text(agreement, submission)
    if not has then
      return false, reason
    end
    return part_of(agreement, "f", parameters), "the provision cannot be found, which has its own finding"
  end,

  check = function(agreement, _, parameters)
    return instead(every(part_of(agreement, "f", parameters).text, "quarter"), "review")
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = with_provision() },
    { state = "review", as_of = "2024-02-01", records = with_provision(6, "Meetings", "They meet twice a year.") },
    { state = "review", as_of = "2024-02-01", records = with_provision(6, "Meetings", "They do not meet every quarter.") },
    { state = "review", as_of = "2024-02-01", records = with_provision(6, "Meetings", "They may meet every quarter.") },
    { state = "review", as_of = "2024-02-01", records = with_provision(6, "Meetings", "DHCS asks for quarterly meetings.") },
    { state = "not-applicable", as_of = "2024-02-01", records = with_provision(6, "Notices", "They write.") },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("WIC") },
  },
}

rule "mou.provision-general" {
  title    = "The general requirements speak of posting, of the yearly review and of delegation",
  citation = "EE.1144 III.A.2.k: “General requirements that include posting executed MOUs …, annually reviewing the MOU …, and "
          .. "that MOUs cannot be delegated”",
  remedy   = "Find where the text says it, or add it by an amendment.",
  each     = "record",
  record   = "agreement",
  level    = "warning",

  parameters = { sure = sure },

  when = function(agreement, submission, parameters)
    local has, reason = has_text(agreement, submission)
    if not has then
      return false, reason
    end
    return part_of(agreement, "k", parameters), "the provision cannot be found, which has its own finding"
  end,

  check = function(agreement, _, parameters)
    local text = part_of(agreement, "k", parameters).text
    local said = form.tables.general_requirement:where(function(row) return not row.barred end)
    local barred = form.tables.general_requirement:where(function(row) return row.barred end)
    -- That nothing is delegated is said in words that deny it.
    for _, row in ipairs(barred) do
      local mentioned = text:mentions(row)
      local denied = mentioned:where(function(mention) return mention.denied and not mention.attributed_to end)
      if mentioned:first() and not denied:first() then
        return review("“%s” stands there, and nothing denies it", mentioned:first()):at(mentioned:first())
      end
    end
    return instead(all_of(mentions_all(text, said), mentions_all(text, barred, { context = "any" })), "review")
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = with_provision() },
    { state = "review", as_of = "2024-02-01",
      records = with_provision(11, "General Provisions", "It stands on the website and is reviewed every year."),
      message = "delegation" },
    { state = "review", as_of = "2024-02-01", message = "review every year",
      records = with_provision(11, "General Provisions",
        "It stands on the website, is not reviewed every year, and is not delegated.") },
    { state = "pass", as_of = "2024-02-01", records = with_provision(11, "General Provisions",
        "Neither Party may delegate this MOU. It is posted on the website, and reviewed annually.") },
    { state = "review", as_of = "2024-02-01", message = "nothing denies it",
      records = with_provision(11, "General Provisions",
        "It stands on the website, is reviewed every year, and may be delegated.") },
    { state = "review", as_of = "2024-02-01", message = "nothing denies it",
      records = with_provision(11, "General Provisions",
        "It stands on the website, is reviewed every year, and is delegated to a subcontractor.") },
    { state = "review", as_of = "2024-02-01",
      records = with_provision(11, "General Provisions",
        "DHCS asks for posting on the website. It is reviewed every year, and is not delegated.") },
    { state = "review", as_of = "2024-02-01",
      records = with_provision(11, "General Provisions",
        "It may stand on the website, is reviewed every year, and is not delegated.") },
    { state = "not-applicable", as_of = "2024-02-01", records = with_provision(11, "Notices", "They write.") },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("WIC") },
  },
}

-- The letters that name exhibits: "Exhibit F", "Exh. F", "Ex. “F”", "Exhibits D, E and F", "Exhibits D–F", "F (CCS)".
local exhibit_letters = pattern([[(?:^|\bex(?:h(?:ib(?:its?)?|bs?|s)?|s)?\b)[\s.:#"'“”‘’(–—-]*]]
  .. [[([A-Z](?![A-Z])(?:[\s,;&+/"'“”‘’()–—-]*(?:(?:and|or|to|through|thru)\b)?[\s,;&+/"'“”‘’()–—-]*[A-Z](?![A-Z]))*)]], "i")
local one_letter = pattern([[\b[A-Z]\b]], "i")

-- Whether what stands between two letters makes them the ends of a range.
local function is_range(between)
  for _, sign in ipairs { "-", "–", "—", "to", "thr" } do
    if between:lower():find(sign, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a text names the exhibit of this letter, alone or within a range.
local function names_exhibit(text, letter)
  for _, match in ipairs(text:matches(exhibit_letters)) do
    local run, from, past = match[1], nil, 0
    for _, found in ipairs(match.denied and {} or run:matches(one_letter)) do
      local each = found.text.string:upper()
      local begins = run.string:find(found.text.string, past + 1, true)
      local between = run.string:sub(past + 1, begins - 1)
      if each == letter or from and from < letter and letter < each and is_range(between) then
        return true
      end
      from, past = each, begins
    end
  end
  return false
end

rule "mou.wcm-exhibit" {
  title    = "A Whole Child Model plan does not use the exhibit that its own MOU takes the place of",
  citation = "EE.1144 II.E: “MCPs participating in the Whole Child Model (WCM) Program should not utilize the California "
          .. "Children’s Services Exhibit F of the LHD MOU”",
  remedy   = "Take the exhibit out, and use the WCM MOU.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  when = function(agreement, submission)
    if not submission.fields.whole_child_model.value then
      return false, "the plan is no Whole Child Model plan"
    elseif not (agreement.party and agreement.party.wcm_bars) then
      return false, "the party's MOU has no such exhibit"
    end
    return agreement.exhibits, "no exhibits are listed"
  end,

  check = function(agreement)
    local letter, about, open = agreement.party.wcm_bars, agreement.party.wcm_bars_about, nil
    for _, exhibit in ipairs(agreement.exhibits) do
      if names_exhibit(exhibit, letter) then
        return fail("Exhibit %s is used", letter):at(exhibit)
      elseif #exhibit:mentions(about):where(function(mention) return not mention.denied end) > 0 then
        open = open or review("it is about what Exhibit %s is about", letter):at(exhibit)
      end
    end
    return open or pass("Exhibit %s is not used", letter):at(agreement:cell("exhibits"))
  end,

  examples = {
    { state = "pass", fields = { whole_child_model = true },
      records = executed("Local Health Department", { exhibits = { "Exhibit D MCAH" } }) },
    { state = "fail", fields = { whole_child_model = true },
      records = executed("Local Health Department", { exhibits = { "Exhibit D MCAH", "Exhibit F (CCS)" } }),
        at = "Exhibit F (CCS)" },
    { state = "fail", fields = { whole_child_model = true },
      records = executed("Local Health Department", { exhibits = { "Exh. F" } }), at = "Exh. F" },
    { state = "fail", fields = { whole_child_model = true },
      records = executed("Local Health Department", { exhibits = { "D MCAH", "Exhibits D–G" } }), at = "Exhibits D–G" },
    { state = "pass", fields = { whole_child_model = true },
      records = executed("Local Health Department", { exhibits = { "Exhibits D, E and G", "Fee table" } }) },
    { state = "pass", fields = { whole_child_model = true },
      records = executed("Local Health Department", { exhibits = { "Exhibit D, without Exhibit F" } }) },
    { state = "pass", fields = { whole_child_model = true },
      records = executed("Local Health Department", { exhibits = { "Exhibit D (not about CCS)" } }) },
    { state = "review", fields = { whole_child_model = true }, at = "CCS",
      records = executed("Local Health Department", { exhibits = { "Exhibit D MCAH", "CCS", "Exhibit G CCS" } }) },
    { state = "fail", fields = { whole_child_model = true }, at = "F",
      records = executed("Local Health Department", { exhibits = { "CCS", "F" } }) },
    { state = "not-applicable", fields = { whole_child_model = false },
      records = executed("Local Health Department", { exhibits = { "Exhibit F" } }) },
    { state = "not-applicable", fields = { whole_child_model = true },
      records = executed("WIC", { exhibits = { "Exhibit F" } }) },
    { state = "not-applicable", fields = { whole_child_model = true }, records = executed("Local Health Department") },
  },
}

rule "mou.consolidated" {
  title    = "An MOU that is consolidated with another stands in an executed one of the same county",
  citation = "EE.1144 III.A.4: “parties may agree to consolidate MOUs”",
  remedy   = "Name the party whose MOU holds this one too, or take the entry out.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = function(agreement, submission)
    if end_of(agreement, submission) then
      return false, ("it ended on %s"):format(agreement.ended)
    end
    return agreement.county and agreement.consolidated_with and happened(agreement.executed, submission:judged_on()),
      "it is not consolidated with another"
  end,

  check = function(agreement, submission)
    local cell = agreement:cell("consolidated_with")
    local other = submission.records.agreement:where(function(each)
      return each.county == agreement.county and each.party == agreement.consolidated_with
    end):first()
    if agreement.consolidated_with == agreement.party then
      return fail("it names itself"):at(cell)
    elseif not other then
      return fail("%s has no MOU with %s in the register", agreement.county.name, agreement.consolidated_with.name):at(cell)
    elseif not happened(other.executed, submission:judged_on()) then
      return fail("that MOU has not been executed"):at(cell):see(other:cell("executed"), "its execution")
    elseif end_of(other, submission) then
      return fail("that MOU ended on %s", other.ended):at(cell):see(other:cell("ended"), "its end")
    end
    return pass():at(cell)
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = { agreement = {
      { county = "Mono", party = "IHSS", executed = "2024-02-01", consolidated_with = "Social Services" },
      { county = "Mono", party = "Social Services", executed = "2024-02-01" },
    } } },
    { state = "fail", as_of = "2024-02-01", records = { agreement = {
      { county = "Mono", party = "IHSS", executed = "2024-02-01", consolidated_with = "Social Services" },
      { county = "Mono", party = "Social Services", executed = "2024-02-02" },
    } }, message = "has not been executed" },
    { state = "fail", as_of = "2024-02-01", records = { agreement = {
      { county = "Mono", party = "IHSS", executed = "2024-02-01", consolidated_with = "Social Services" },
      { county = "Inyo", party = "Social Services", executed = "2024-02-01" },
    } }, at = "Social Services", message = "no MOU with County Social Services" },
    { state = "fail", as_of = "2024-07-01", message = "that MOU ended on 2024-06-30", records = { agreement = {
      { county = "Mono", party = "IHSS", executed = "2024-02-01", consolidated_with = "Social Services" },
      { county = "Mono", party = "Social Services", executed = "2024-02-01", ended = "2024-06-30" },
    } } },
    { state = "not-applicable", as_of = "2024-07-01", records = executed("IHSS", { consolidated_with = "IHSS",
      ended = "2024-06-30" }) },
    { state = "fail", as_of = "2024-02-01", records = executed("IHSS", { consolidated_with = "IHSS" }), message = "itself" },
    { state = "not-applicable", as_of = "2024-02-01", records = executed("IHSS") },
    { state = "not-applicable", as_of = "2024-01-31", records = executed("IHSS", { consolidated_with = "IHSS" }) },
  },
}
