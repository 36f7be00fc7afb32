-- Whether a response gives as many things as its prompt asks for. Each marked item is one of them; what speaks against an item is
-- told with its words and their place, and is never just a smaller count.

-- What words before a list call it: by what a prompt counts (own), or by something else.
local others_named = "contacts?|footnotes?|endnotes?|notes?|sources?|references?|attendees|participants|signatories|definitions|"
  .. "abbreviations|acronyms|attachments|appendices|links|options?|alternatives|ideas?|reasons?|examples?|questions|assumptions|risks"
local function called(own, others)
  return pattern("(?i)\\b(?:(?<own>" .. own .. ")|(?<other>" .. others_named .. "|" .. others .. "))\\b")
end
local no_steps = "steps?|actions|strategies|solutions|achievements|accomplishments"
local called_as = {
  steps = called("steps?|actions?|ways|measures|activities|strategies|tasks|phases|milestones|interventions",
    "barriers?|obstacles?|challenges?|problems|constraints|limitations|gaps|causes|findings|results|achievements|"
    .. "accomplishments|complaints"),
  groups = called("groups?|populations|communities", no_steps),
  gaps = called("gaps?|limitations?|barriers|challenges|shortages|needs", no_steps),
  disparities = called("disparity|disparities|inequities|differences|gaps", no_steps),
  populations = called("populations?|groups", no_steps),
}

-- Words before a list that is of what is not done, or was.
local sets_aside = pattern [[(?xi)\b(?:(?:out\ of|not\ in)\ scope|not\ included|excluded|rejected|dropped|discarded|considered|declined|
  abandoned|postponed|deferred|completed|already\ taken|we\ (?:will\ not|won['’]t)|will\ not\ do|not\ to\ be\ done|not\ planned|
  ruled\ out|for\ later)\b]]
local promises = pattern [[(?i)\b(?:will|shall|going to|to (?:overcome|address|remove|reduce|tackle|close)|intend|commit)\b]]

local announced = {}
for counted, words in pairs {
  steps = { "step", "steps", "action", "actions", "ways", "measures" }, groups = { "group", "groups" },
  gaps = { "gap", "gaps", "limitation", "limitations" }, disparities = { "disparity", "disparities" },
} do
  announced[counted] = phrases(words)
end

local one_of = { steps = "step", groups = "group", gaps = "gap", disparities = "disparity", populations = "population" }

-- "1 step", "3 steps".
local function so_many(count, noun)
  return ("%d %s"):format(count, count == 1 and one_of[noun] or noun)
end

local function is_within(count, item)
  return count >= item.count_low and (not item.count_high or count <= item.count_high)
end

-- Racial and ethnic groups by their names, and the words that say that a group is among those most affected.
local race = phrases {
  "Black", "Blacks", "African American", "African Americans", "Latino", "Latinos", "Latina", "Latinas", "Latinx", "Latine",
  "Hispanic", "Hispanics", "American Indian", "American Indians", "Native American", "Native Americans", "Alaska Native",
  "Alaska Natives", "Alaskan Native", "Alaskan Natives", "Indigenous", "Native Hawaiian", "Native Hawaiians",
  "Pacific Islander", "Pacific Islanders", "Asian", "Asians", "White", "Whites", "multiracial", "multi racial",
}
local most_affected = pattern [[(?xi)disproportion|over-?represent|most\ affected|(?:higher|greater|larger)\ (?:rate|share)|more\ likely|
  top\ (?:three|four|3|4)]]

-- The groups that a sentence puts side by side, and why it is open whether they are those asked for, or nil; nothing without any.
local function groups_in_a_row(response)
  local found, rows = nil, 0
  for _, series in ipairs(response.text:series()) do
    local named = 0
    for _, each in ipairs(series) do
      named = named + (#each.text:mentions(race) > 0 and 1 or 0)
    end
    if named == #series then
      found, rows = found or series, rows + 1
    end
  end
  if rows > 1 or found and not response.text:find(most_affected) then
    return found, ("%d groups stand side by side in a sentence"):format(#found)
  end
  return found
end

-- ---- what stands before a list ----

-- Why what these words lead to is not of what is asked, or nil; second, whether they say that it is.
local function not_asked(lead, counted)
  if lead:find(sets_aside) then
    return ("it stands under “%s”"):format(lead)
  elseif lead:find(promises) then
    return nil, true
  end
  local found = lead:find(called_as[counted])
  if found and found.other then
    return ("it stands under “%s”"):format(lead)
  end
  return nil, found ~= nil
end

-- The outer lists of a text: each with its items, those inside them included, and what is said of it before it begins.
local function lists_of(response)
  local counted, lists = tostring(response.item.counted), {}
  for _, item in ipairs(response.text:items()) do
    local lead, list = item.lead, lists[item.list]
    if not list then
      list = { leaves = {}, outer = {}, numbered = item.style ~= "bullet", lead = lead }
      if lead then
        list.off, list.on = not_asked(lead, counted)
      end
      lists[item.list] = list
    elseif lead then
      list.later = not_asked(lead, counted) or list.later
    end
    local entry = { item = item, off = list.off or list.later }
    if item.leaf then
      table.insert(list.leaves, entry)
    end
    if item.depth == 0 then
      table.insert(list.outer, entry)
    end
  end
  return lists
end

-- ---- what speaks against an item ----

local says_nothing = pattern [[(?xi)^\W*(?:(?:intentionally|deliberately|purposely)\ )?(?:deleted|removed|omitted|reserved|struck|
  withdrawn|cancell?ed|void|redacted|(?:left\ )?(?:blank|empty|open)|pending|unknown|undecided|ditto|spare|n/?a)
  (?:\ (?:on\ purpose|intentionally|deliberately|by\ intention|for\ now))?\W*$]]
local is_open = pattern [[(?xi)^\W*(?:(?:a|an|the|another|one\ more|more|others?|further|third|fourth|fifth)\ )*(?:\w+\ )?
  (?:is\ |are\ )?(?:still\ |yet\ )?to\ be\ (?:determined|identified|decided|defined|developed|announced|confirmed|named|chosen|
  selected|added|agreed|discussed|filled|specified|completed|found)\b]]
local is_none = pattern [[(?xi)^\W*none(?:\ (?:identified|found|known|planned|foreseen|others?|further|yet|listed|noted|to\ report|
  at\ this\ time|so\ far))*\W*$]]
local refers = pattern [[(?xi)^\W*(?:same|identical|as|like|see|cf\.?|repeats?)\ (?:as\ |to\ |in\ |item\ |step\ |number\ )*
  \W*(?:\d{1,2}|[a-h]|[ivx]{1,4}|above|before|below)\W*$]]
local of_the_list = {
  steps = pattern [[(?i)^[^.!?\n]*?\b(?:no|not an?|further|additional|other|another|(?:a|the|no) (?:third|fourth|fifth|last)|more)\s(?:\w+\s)?steps?\b|^\W*steps?\s\w+\W*$]],
  gaps = pattern [[(?i)^[^.!?\n]*?\b(?:no|not an?|never an?|without an?)\s(?:\w+\s){0,2}(?:gaps?|shortages?|limitations?)\b|^[^.!?\n]*?\b(?:no|other|further|another) gaps?\b]],
  disparities = pattern [[(?i)^[^.!?\n]*?\b(?:no|not an?|never an?|without an?)\s(?:\w+\s){0,2}(?:disparit(?:y|ies)|differences?)\b|^[^.!?\n]*?\b(?:other|further|another) disparit(?:y|ies)\b]],
  groups = pattern [[(?i)^[^.!?\n]*?\b(?:no|other|further|another|not an?)\s(?:\w+\s)?groups?\b|^\W*(?:all|any|the)?\s?others?\W*$]],
  populations = pattern [[(?i)^[^.!?\n]*?\b(?:no|other|further|another|not an?)\s(?:\w+\s)?populations?\b|^\W*(?:all|any|the)?\s?others?\W*$]],
}
local taken_away = [[rejected|declined|dropped|withdrawn|deleted|removed|cancell?ed|abandoned|postponed|deferred|struck|refused|out of scope|on hold]]
local behind = pattern([[(?i)[–—:,;(\[-]\s*(?:this |it )?(?:was |is |has been )?(?:]] .. taken_away
  .. [[|not (?:yet )?(?:approved|planned|funded|adopted|confirmed|decided|agreed|pursued|offered|started|in scope|possible|foreseen))\s*[)\x5D]?(?:\W*$|[.;]\s)]]
  .. [[|\b(?:is|are|was|were|has been|have been) (?:now )?(?:rejected|withdrawn|cancell?ed|postponed|deferred|abandoned|on hold|out of scope)\W*$]])
local behind_what_lacks = pattern([[(?i)[–—:,;(\[-]\s*(?:this |it )?(?:was |is |has been )?(?:]] .. taken_away .. [[)\s*[)\x5D]?(?:\W*$|[.;]\s)]])
local says_no = pattern [[(?i)\b(?:no|not|never|none|nothing|nobody|neither|nor|cannot|unable)\b|n['’]t\b]]

local done = pattern [[(?x)^(?i:we\ |they\ )?(?i:have\ |has\ |had\ |already\ |were\ |was\ )*(?:\w+ly\ )?
  (?i:(?!need|feed|speed|proceed|exceed|succeed|embed|bed|seed)\w{2,}ed|built|held|sent|gave|paid|bought|met|began|wrote|brought|
  led|made|ran|chose|taught|found|grew|hired|took)\b]]
local promise = pattern [[(?i)\b(?:will|shall|plan|plans|planned|going to|intend|commit|propose|are to|next steps|would)\b]]
local by_others = { "DHCS", "the State" }
for _, plan in ipairs(form.tables.plan) do
  table.insert(by_others, plan)
end
by_others = phrases(by_others)

-- Whether the words of a context govern an item: they stand before the list, or begin the item.
local function governs(trigger, item)
  local at = trigger and item.text.string:lower():find(trigger.string:lower(), 1, true)
  return trigger and (not at or at <= #"we might")
end

-- Whether something is promised before the first of these items.
local function promised_before(response, first)
  local text, promised = response.text.string, response.text:find(promise)
  local at = first.marker.string ~= "" and text:find(first.marker.string, 1, true)
  return at and promised and text:find(promised.text.string, 1, true) < at
end

-- Who else will take a step: "L.A. Care will audit".
local function by_another(item)
  local other = item.text:mentions(by_others):first()
  local named = other and other.text.string
  for _, verb in ipairs { " will ", " shall ", " is to " } do
    local begins = named and named .. verb
    if begins and item.text.string:sub(1, #begins) == begins then
      return other
    end
  end
end

-- "Last year's survey": what is past is a survey, and no step.
local function is_possessive(words)
  return words:sub(-2) == "'s" or words:sub(-#"’s") == "’s"
end

-- Why an item is no step that will be taken for sure, and the words because of which; nil where it is one.
local function not_to_be_taken(item, promised)
  local other = by_another(item)
  if other then
    return ("“%s” is to do it"):format(other), other
  elseif governs(item.hedged, item) then
    return ("“%s” leaves it open"):format(item.hedged), item.hedged
  elseif promised or item.promised or item.text:find(promise) then
    return nil
  elseif governs(item.past, item) and not is_possessive(item.past.string) then
    return ("“%s” tells what was done"):format(item.past), item.past
  end
  local told = item.text:find(done)
  if told then
    return ("“%s” tells what was done"):format(told), told
  end
end

-- Why a text of an item says nothing: it is blank, stands for an answer, leaves it open, or refers to another; and the words.
local function says_nothing_by_itself(text)
  if text.blank then
    return "nothing stands behind its number", text
  elseif not text.answered or text:find(says_nothing) or text:find(is_none) then
    return ("“%s” says nothing"):format(text), text
  end
  local found = text:find(is_open)
  if found then
    return ("“%s” leaves open what it is"):format(found), found
  end
  found = text:find(refers)
  if found then
    return ("“%s” only refers to another"):format(found), found
  end
end

-- Why what an item says is none of what is asked, whoever says it, and the words; nil where it may be.
local function says_none(item, counted, lacks)
  local text = item.text
  local why, words = says_nothing_by_itself(text)
  if why then
    return why, words == text and item.marker or words
  end
  local found = text:find(of_the_list[counted])
  if found then
    return ("“%s” is about the list"):format(found), found
  end
  found = text:find(lacks and behind_what_lacks or behind)
  if found then
    return ("“%s” takes it back"):format(text), found
  end
end

-- "Stop faxing" is a step.
local function denies_step(item)
  local is_inside = item.text.string:find(item.denied.string, 1, true)
  return not is_inside or item.denied:find(says_no)
end

-- What is asked for is itself something that is not there: "lack of recuperative care" is a gap.
local function asks_what_lacks(counted)
  return counted == "gaps" or counted == "disparities"
end

-- By what words something is said to be lacking.
local lacking_words = pattern [[(?ix)^(?: no | without | an?\ lack | lack\w* | (?:the\ |an?\ )?absence ) \b]]

local function begins_one_of(items, words)
  for _, item in ipairs(items) do
    if item.text.string:find(words.string, 1, true) == 1 then
      return true
    end
  end
  return false
end

-- Whether the items of a series are asked to be what lacks, and none of them is denied but by words by which it, or one
-- before it, lacks; "no gaps in meals" is about the list.
local function says_lacks(series, counted)
  for _, item in ipairs(series) do
    local denied = item.denied
    if denied and not (denied:find(lacking_words) and begins_one_of(series, denied)) or item.text:find(of_the_list[counted]) then
      return false
    end
  end
  return asks_what_lacks(counted)
end

-- Why an item is in doubt, and the words because of which; nil where it is not.
local function doubt_of(item, counted, promised)
  local lacks = asks_what_lacks(counted)
  local why, at = says_none(item, counted, lacks)
  if why then
    return why, at
  elseif not lacks and item.denied and denies_step(item) then
    return ("“%s” denies it"):format(item.denied), item.denied
  elseif not lacks and item.attributed_to then
    return ("“%s” tells it as somebody else's words"):format(item.attributed_to), item.attributed_to
  elseif not lacks and item.unclear and item.doubt ~= "a denial follows in brackets" then
    return ("%s (“%s”)"):format(item.doubt, item.unclear), item.unclear
  elseif counted == "steps" then
    return not_to_be_taken(item, promised)
  end
end

-- Whether one of the items before says the same.
local function comes_again(entries, index)
  for before = 1, index - 1 do
    if entries[before].item.text:equals(entries[index].item.text) then
      return true
    end
  end
end

-- Those of these items that are in doubt, each with the reason and the words.
local function doubts_in(response, entries)
  local counted = tostring(response.item.counted)
  local promised = entries[1] and promised_before(response, entries[1].item)
  local doubts = {}
  for i, entry in ipairs(entries) do
    local item = entry.item
    local why, at = entry.off, item.marker
    if not why then
      why, at = doubt_of(item, counted, promised)
    end
    if not why and comes_again(entries, i) then
      why, at = ("“%s” stands there twice"):format(item.text), item.text
    end
    if why then
      table.insert(doubts, { item = item, why = why, at = at })
    end
  end
  return doubts
end

local taken_back = pattern [[(?xi)(?:^|[.;!?]\ +|\n)((?:none|neither|nothing)(?:\ of\ (?:them|these|this|those|the\ (?:above|following|steps|options|three|four)))?
  \ (?:was|were|will|is|are|has|have|can|could)\b[^.\n]*|(?:we|they)\ (?:will|shall|can)\ ?not\ (?:do|take|pursue|adopt)\ (?:any|these|them)\b[^.\n]*|
  (?:all\ of\ )?these\ (?:steps\ )?(?:were|have\ been)\ (?:all\ )?(?:already\ )?(?:completed|rejected|dropped|withdrawn|done|taken|declined)\b)]]

-- ---- which items are counted ----

local function add_all(to, from)
  for _, each in ipairs(from) do
    table.insert(to, each)
  end
end

-- All entries of those lists that are left, and the reason why others are not; nil where it is open which of them count.
local function entries_of(lists)
  local kept, named, left_out = {}, {}, nil
  for _, list in ipairs(lists) do
    if list.off and #lists > 1 then
      left_out = left_out or ("%d more: %s"):format(#list.outer, list.off)
    else
      table.insert(kept, list)
    end
    if list.on and not list.off then
      table.insert(named, list)
    end
  end
  kept = #named == 1 and named or kept
  local leaves, outer, numbered = {}, {}, 0
  for _, list in ipairs(kept) do
    add_all(leaves, list.leaves)
    add_all(outer, list.outer)
    numbered = numbered + (list.numbered and 1 or 0)
  end
  return leaves, outer, left_out, numbered > 1 and kept
end

-- What a response without marked items has: what stands side by side behind its announcement ("three steps: a; b; and c"), or groups
-- that a sentence names. Second, why it is open how many there are, or nil.
local function series_in(response)
  local item, words = response.item, announced[tostring(response.item.counted)]
  for _, series in ipairs(response.text:series()) do
    if words and is_within(#series, item) and #response.text:mentions(words) > 0 then
      return series
    end
  end
  if tostring(item.counted) == "groups" then
    local groups, open = groups_in_a_row(response)
    return groups or response.text:items(), open
  end
  return response.text:items()
end

local population_names = phrases(form.tables.population)

-- The populations that a text names, each once, by any of its names.
local function populations_in(text)
  local named, populations = {}, {}
  for _, mention in ipairs(text:mentions(population_names)) do
    if not named[mention.row.name] then
      named[mention.row.name] = true
      table.insert(populations, mention)
    end
  end
  return populations
end

-- Populations are named in running text; where a list is announced as theirs, or half of it are known ones, its items are.
local function lists_populations(response, leaves, lists)
  local known = 0
  for _, entry in ipairs(leaves) do
    known = known + (#entry.item.text:mentions(population_names) > 0 and 1 or 0)
  end
  local is_announced = lists[1] and lists[1].on and lists[1].lead.string:lower():find("population", 1, true)
  return #leaves > 1 and (is_announced or known * 2 >= #leaves) and #leaves > #populations_in(response.text)
end

-- How many of the items that are counted stand, and where it is open, why.
local function judge_items(response, entries, left_out)
  local item, noun = response.item, tostring(response.item.counted)
  local items = {}
  for i, entry in ipairs(entries) do
    items[i] = entry.item
  end
  local irregular = response.text:items().irregular
  local back = (noun == "steps" or noun == "groups") and response.text:find(taken_back)
  if irregular then
    return review("how many %s there are is open: the numbering %s", noun, irregular.order):at(irregular.marker)
  elseif back and is_within(#items, item) then
    return review("%s are marked, and “%s” takes them back", so_many(#items, noun), back[1]):at(back)
  end
  local doubts = doubts_in(response, entries)
  if #doubts == 0 or not is_within(#items, item) or is_within(#items - #doubts, item) then
    local verdict = instead(count_of(items, item.count_low, item.count_high, noun, { context = "any" }), "review")
    return verdict, left_out, doubts
  end
  return review("%s %s marked, and %s in doubt: %s", so_many(#items, noun), #items == 1 and "is" or "are",
    #doubts == #items and "all are" or #doubts == 1 and "1 of them is" or ("%d of them are"):format(#doubts), doubts[1].why)
    :at(doubts[1].at)
end

local none_lacking = pattern [[(?i)\b(?:no|not|never|without|cannot|nor|any)\b[^.:;]{0,40}\b(?:gap|disparit|limitation|difference)]]

-- Of gaps and disparities it is said what there is not ("we lack 1) …"); but not that there are none, or that somebody else says so.
local function lacking(response, entries)
  for _, entry in ipairs(entries) do
    local each = entry.item
    local trigger = each.attributed_to or response.text:find(none_lacking) and each.denied
    if trigger and not each.text.string:find(trigger.string, 1, true) then
      return trigger, ("“%s” stands before them"):format(trigger)
    end
  end
end

rule "ipp1.count-asked" {
  title    = "The response gives as many steps, groups, gaps or populations as its prompt asks for",
  citation = "Payment 1 template, in the prompt: “3-4 concrete steps”, “top 3-4 underserved populations”, “at least five "
          .. "identified health disparities”",
  remedy   = "List as many as the prompt asks for, numbered.",
  why      = "Of a nested list, the innermost items are counted: 1, 2, 3 with a, b, c under 3 are five.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.counted, "the prompt asks for no number of things"
  end,

  check = function(response)
    local item, noun = response.item, tostring(response.item.counted)
    local lists = lists_of(response)
    local leaves, outer, left_out, several = entries_of(lists)
    local entries = not is_within(#leaves, item) and is_within(#outer, item) and outer or leaves
    if noun == "populations" and not lists_populations(response, entries, lists) then
      return instead(count_of(populations_in(response.text), item.count_low, item.count_high, noun), "review")
    elseif #entries == 0 and left_out then
      return review("no %s are listed; %s", noun, left_out):at(response.text:items())
    elseif #entries == 0 then
      local series, open = series_in(response)
      if open then
        return review("how many %s there are is open: %s", noun, open):at(series)
      end
      return instead(count_of(series, item.count_low, item.count_high, noun, { context = says_lacks(series, noun) and "any" or nil }),
        "review")
    end
    if several and is_within(#entries, item) then
      return review("%s are marked, in %d lists that are numbered each by itself: a person decides which is meant",
        so_many(#entries, noun), #several):at(several[2].outer[1].item.marker)
    elseif asks_what_lacks(noun) then
      local at, why = lacking(response, entries)
      if at then
        return review("how many %s there are is open: %s", noun, why):at(at)
      end
    end
    local verdict, more, doubts = judge_items(response, entries, left_out)
    if more then
      verdict = verdict:see(response.text:items(), "%s", more)
    end
    if doubts and #doubts > 0 then
      verdict = verdict:see(doubts[1].at, "%d in doubt: %s", #doubts, doubts[1].why)
    end
    return verdict
  end,

  examples = {
    { state = "pass", item = "1.1.6.2", response = "We will 1) connect providers, 2) train them, (3) pay for it." },
    { state = "pass", item = "1.1.6.1", response = "Those exiting incarceration, children and youth, and the unhoused." },
    -- A population is counted by any of its names, and once.
    { state = "review", item = "1.1.6.1", response = "Children, youth in foster care, and the unhoused, mostly children.",
      message = "2 populations" },
    { state = "review", item = "1.1.6.1", response = "Those experiencing homelessness, high utilization, SMI, exiting "
      .. "incarceration, at risk of institutionalization; nursing facility residents; children.",
      message = "7 populations" },
    { state = "review", item = "1.1.6.1", response = "Those at risk of homelessness, frequent utilizers, SUD, leaving "
      .. "incarceration, at risk for institutionalization; nursing home residents; youth.",
      message = "7 populations" },
    { state = "review", item = "1.1.6.1", response = "Homeless individuals, high utilizers, those with serious mental "
      .. "illness, justice involved, in long-term care, in foster care.",
      message = "6 populations" },
    -- Named together, and one population all the same.
    { state = "review", item = "1.1.6.1", response = "People experiencing or at risk of homelessness, adults with SMI, SUD "
      .. "or both.", message = "2 populations" },
    { state = "pass", item = "1.1.6.1", response = "Homeless and justice-involved members; children, youth and young adults "
      .. "in foster care." },
    { state = "pass", item = "1.1.6.1", response = "Those at risk of homelessness or institutionalisation, and veterans." },
    { state = "pass", item = "1.1.6.1", response = "The unhoused, severe mental illness, reentry." },
    { state = "pass", item = "1.1.6.1", response = "Substance use disorder, transitioning from incarceration, youth." },
    { state = "pass", item = "1.1.6.1", response = "Substance use disorders, high utilizers, children." },
    { state = "pass", item = "1.2.6.3", response = "1. Post-hospital care\n2. Substance use\n3. High utilizers with:\n"
      .. "a) chronic conditions\nb) serious illness\nc) frequent visits" },
    { state = "review", item = "1.1.6.2", response = "We will 1) connect, 2) train, 3) pay, 4) check, and 5) report.",
      message = "5 steps" },
    { state = "review", item = "1.2.9.1", response = "They are (1) Black Americans and (2) Latinos.",
      message = "2 groups" },
    { state = "review", item = "1.1.6.2", response = "We will connect the providers.", message = "no steps" },
    -- What is nested explains three steps, or is as many itself.
    { state = "pass", item = "1.1.6.2", response = "1. Connect\na) survey\nb) sign\n2. Train\na) teach\nb) coach\n3. Pay" },
    { state = "pass", item = "1.1.6.2", response = "We will take three steps: connect them; train them; and pay for it." },
    { state = "review", item = "1.1.6.2", response = "We will connect them, train them, and pay for it.", message = "no steps" },
    { state = "review", item = "1.1.6.2", response = "We will 1) connect, 2) train, and 4) pay.", at = "4)",
      message = "the numbering jumps from 2 to 4" },
    { state = "review", item = "1.1.6.2", response = "1) connect 2) TBD 3) pay", at = "2)", message = "“TBD” says nothing" },
    -- What was done, or may be, is no step that will be taken.
    { state = "review", item = "1.1.6.2", response = "In 2021 we (1) surveyed, (2) contracted, and (3) trained.",
      message = "“surveyed” tells what was done", at = "surveyed" },
    { state = "review", item = "1.1.6.2", response = "1. We connected them. 2. We trained them. 3. We will pay them." },
    { state = "review", item = "1.1.6.2", response = "We may 1) connect, 2) train, and 3) pay.",
      message = "“may” leaves it open" },
    { state = "pass", item = "1.1.6.2", response = "We will take steps: 1) expanded outreach, 2) raised rates, 3) training" },
    { state = "pass", item = "1.1.6.2", response = "Connect them [step 1], train them [step 2], pay them [step 3]." },
    { state = "pass", item = "1.2.9.1", response = "Black/African Americans, American Indians, and Hispanics/Latinos "
      .. "disproportionately experience homelessness." },
    { state = "review", item = "1.2.9.1", response = "We serve Black, Latino, and Asian residents.",
      message = "3 groups stand side by side in a sentence" },
    { state = "review", item = "1.2.9.1", response = "Rents, wages, and evictions drive homelessness.", message = "no groups" },
    { state = "pass", item = "1.3.5.1", response = "1) No sobering center; 2) no respite beds; 3) no meals" },
    { state = "pass", item = "1.3.5.1", response = "The gaps are coverage in rural areas, shortage of sobering centers, and lack of "
      .. "recuperative care." },
    { state = "pass", item = "1.3.5.1", response = "Gaps: no sobering center, too few respite beds, and an absence of meals." },
    { state = "review", item = "1.3.5.1", response = "There are no gaps in sobering, respite, and meals." },
    { state = "review", item = "1.3.5.1", response = "The gaps are not sobering, respite, and meals." },
    { state = "review", item = "1.3.5.1", response = "There are no gaps in 1) sobering, 2) respite, or 3) meals.",
      message = "“no” stands before them" },
    -- A denial inside an item is none of the item; one of its verb, or before the list, puts it in doubt.
    { state = "pass", item = "1.1.6.2", response = "1) Connect providers not yet on an HIE. 2) Train staff who have never used "
      .. "one. 3) Audit without notice." },
    { state = "pass", item = "1.1.6.2", response = "1) Stop faxing. 2) No charge for training. 3) Last year’s survey, repeated." },
    { state = "review", item = "1.1.6.2", response = "1) We will not train. 2) We will pay. 3) We will audit.", at = "not",
      message = "3 steps are marked, and 1 of them is in doubt: “not” denies it" },
    { state = "review", item = "1.1.6.2", response = "1) vouchers 2) training 3) audits: not planned", at = ": not planned" },
    { state = "pass", item = "1.2.6.3", response = "1) SUD not diagnosed 2) Never screened 3) No dentist 4) Asthma 5) Diabetes" },
    -- What is no item of what is asked.
    { state = "review", item = "1.1.6.2", response = "1) train 2) train 3) Train", message = "“train” stands there twice" },
    { state = "review", item = "1.1.6.2", response = "1) train 2) pay 3) (deleted)", message = "“(deleted)” says nothing" },
    { state = "review", item = "1.1.6.2", response = "1) train 2) pay 3) none planned", message = "“none planned” says nothing" },
    { state = "review", item = "1.1.6.2", response = "1) train 2) pay 3) same as step 2", message = "only refers to another" },
    { state = "review", item = "1.1.6.2", response = "1) train 2) pay 3) we take no third step", message = "is about the list" },
    { state = "review", item = "1.1.6.2", response = "1) train 2) pay 3) L.A. Care will audit",
      message = "“L.A. Care” is to do it" },
    { state = "review", item = "1.2.6.3", response = "1) Asthma 2) SUD 3) COPD 4) HIV 5) to be identified with partners",
      message = "“to be identified” leaves open what it is" },
    { state = "review", item = "1.2.6.3", response = "1) Asthma 2) SUD 3) COPD 4) HIV 5) no disparity in prenatal care",
      message = "is about the list" },
    { state = "review", item = "1.2.6.3", response = "1) Asthma 2) SUD 3) COPD 4) HIV 5) cancer (withdrawn)",
      message = "takes it back" },
    { state = "review", item = "1.3.5.1", response = "1) no sobering center 2) no respite 3) no gap in meals",
      message = "is about the list" },
    { state = "review", item = "1.2.9.1", response = "1) Black residents 2) Latino residents 3) no other group",
      message = "is about the list" },
    { state = "review", item = "1.1.6.1", response = "1) Children 2) the unhoused 3) no other population",
      message = "3 populations are marked, and 1 of them is in doubt" },
    -- Lists of something else.
    { state = "review", item = "1.1.6.2", response = "Options considered: a) pay b) train c) audit.",
      message = "it stands under “Options considered”" },
    { state = "review", item = "1.1.6.2", response = "We looked at 1) pay, 2) train, 3) audit. None was adopted.",
      message = "“None was adopted” takes them back" },
    { state = "review", item = "1.1.6.2", response = "1) pay 2) train. Not planned: 3) audit", message = "“Not planned”" },
    { state = "review", item = "1.1.6.2", response = "1. Pay\n2. Train\n\nFootnotes:\n1. In May.\n2. Two days.",
      message = "2 steps are given" },
    { state = "review", item = "1.1.6.2", response = "In May: 1) pay 2) train. In June: 1) audit 2) report.",
      message = "in 2 lists that are numbered each by itself" },
    { state = "pass", item = "1.1.6.2", response = "Barriers: 1) cost 2) time. Steps: 1) pay 2) train 3) audit" },
    { state = "review", item = "1.3.5.1", response = "Steps: 1) pay 2) train 3) audit", message = "it stands under “Steps”" },
    { state = "review", item = "1.2.6.3", response = "Sources: 1) a 2) b 3) c 4) d 5) e", message = "under “Sources”" },
    { state = "review", item = "1.2.9.1", response = "Contacts: 1) Ms Lee 2) Mr Ortiz 3) Mr Kim", message = "“Contacts”" },
    { state = "pass", item = "1.1.6.1", response = "Top populations: 1) children 2) members never seen by a doctor 3) veterans" },
  },
}

return { says_nothing_by_itself = says_nothing_by_itself }
