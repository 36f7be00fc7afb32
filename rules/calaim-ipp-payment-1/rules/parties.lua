-- Whether the narrative names those whom the form wants the plan to work with, by the form's name or by one of theirs.

local party_names = phrases(form.tables.party)

-- What names a party only where the county is said.
local party_of_bare, bare = {}, {}
for _, row in ipairs(form.tables.party) do
  for _, phrase in ipairs(row.with_county or {}) do
    party_of_bare[tostring(phrase)] = row
    table.insert(bare, tostring(phrase))
  end
end
local bare_names = phrases(bare)

-- "the county's", "Kern's", and not "L.A. Care's"
local function is_countys(mention)
  local by = mention.owned_by
  return mention.owner == "local"
    or mention.owner == "other" and #by:mentions(county_names) > 0 and #by:mentions(plan_names) == 0
end

-- Why a mention of an agency may not be the county's, and the words that say so; nil when it may.
local function not_countys(mention, row)
  if not row.owner then
    return nil
  elseif mention.thing then
    return ("“%s” with “%s” is no agency"):format(mention, mention.thing), mention.thing
  elseif mention.gloss and row.not_to_confuse and #mention.gloss:mentions(row.not_to_confuse) > 0 then
    return ("“%s” is “%s”"):format(mention, mention.gloss), mention.gloss
  elseif is_countys(mention) then
    return nil
  elseif mention.owner then
    return ("“%s” is not said to be the county's: “%s”"):format(mention, mention.owned_by or mention.owner), mention.owned_by
  elseif mention.several then
    return ("“%s” may be anybody's"):format(mention)
  end
end

local ourselves = phrases { "we", "our", "us" }

-- Whether what is said of a party is said of another plan alone: the statement begins with its name, and not with the filer's.
local function is_of_another_plan(mention, submission)
  local plan = plan_of(submission)
  local statement = mention.statement
  local other = plan and statement:mentions(plan_names):first()
  return other and other.row.name ~= plan.name and tostring(statement.words[1]) == tostring(other.text.words[1])
    and #statement:mentions(ourselves) == 0 and #statement:mentions(plan) == 0
end

-- What is said of a party in one breath: up to a semicolon, or to "but" and its like. Only at ";", "," and "b" can it end.
local breath = pattern([[(?<words> ([^;,b\n]+ | (?! ; | , \s (but|while|whereas|though|although|however) \b | \b but \b) .)+ )]], "ix")

-- Words by which a party does not, or not yet, take part.
local stays_out = pattern([[\b (
    (we|I) \s leave | left \s to \s (the|another|our|others?) \b | (a|no) \s matter \s (for|of) \b
  | ['’]s \s (business|job|task|affair|responsibility|remit|domain) \b
  | (is|are|has|have|had) \s yet \s to | still \s to \s be | remains? \s to \s be | to \s be \s (arranged|scheduled|set \s up)
  | think(s|ing)? \s (it|this) \s over | (is|are) \s (still \s)? (considering | undecided | weighing) | under \s consideration
  | we (['’]ll | \s will) \s see \b (?! \s \w) | (been|was|were|is|are) \s invited | (is|are|was|were) \s (not \s a|no) \s party
  | (bowed|pulled|backed|opted|dropped|bow|pull|back|opt|drop)(s|ing)? \s out | walk(ed|s|ing)? \s away | stepped \s (back|down|aside)
  | withdr(e|a)w\w* | heard \s nothing | hear \s nothing | silent | unanswered | unreachable
  | no \s (\w+ \s)? (reply|response|answer|contact|word|interest|relationship|arrangement) | in \s vain
  | (still|yet) \s waiting | waiting \s (for|on) \s (an?|its|their|his|her|the|word|reply|news) \b | await(s|ing) \s (an?|its|their|word|reply) \b
  | turn(ed|s) \s (us|the \s plan|it|this|our \s \w+) \s down | turned \s down
  | declin(e|es|ed|ing) \s (to|our|the|us|an?|it) | which \s we \s (have \s)? (declined|refused|rejected) | rebuff\w*
  | (would \s be | is) \s (wrong|untrue|false|incorrect|a \s mistake) | urg(ed|es) | (un|not \s (yet \s)?)confirmed | tentative(ly)?
  )]], "ix")

-- Work that is over: "Talks with … broke down", "our outreach to … has been unsuccessful", "we ended our contracts with …".
local is_over = pattern([[
  \b (talks? | meetings? | calls? | contracts? | agreements? | MOUs? | collaboration | cooperation | outreach | negotiations? | work
  | relationships? | partnerships? | contacts? | efforts? | discussions? | attempts? | arrangements?) \b [^.;]{0,90}? \b ( broken? \s (down|off)
  | (fell|fallen|fall) \s (through|apart) | (is|are|was|were|been|be) \s (now \s)? (on \s (ice|hold) | cancell?ed | suspended | paused | ended | over
  | terminated | discontinued | stalled | postponed | fruitless | dormant | inactive) | unsuccessful | (have|has|had) \s (stalled | lapsed
  | ended | ceased | collapsed | failed | expired) | (stalled | lapsed | collapsed | failed) (?= \W* $) )
  | \b (terminat | cancell? | suspend | paus | discontinu | end | dissolv | sever | cut | quit | drop | abandon | stop | broke \s off | break \s off)
    (e|s|es|ed|ing|ped|ping)? \s (\w+ \s){0,3} (talks? | meetings? | calls? | contracts? | agreements? | MOUs? | collaboration | cooperation
  | partnerships? | relationships? | ties | arrangements? | work) \b (?! \s (off|of) \s)]], "ix")
local done_away_with = pattern([[\b ([Rr]eplac | [Ii]gnor | [Oo]ppos | [Bb]ypass | [Ee]xclud | [Aa]void | [Ss]idelin | [Dd]ropp? )(e|es|ed|ing|s)? \s
  ((the|county) \s)* (?<who> [A-Z][^.;]{0,120})]], "x")

-- A cross or "no" behind a name, an empty box before it, and what is written above a list of those who take no part.
local crossed = pattern([[(?<who> [^.;:,|\n✔✓✘✗✕❌☐☒☑]{2,60}?) \s* ( [✘✗✕❌☐] (?! \s* \p{L})
  | [:|=–—-] \s* (no (?! [\s-] wrong) | not (?! \s (new | only)) | none (?! \s of) | never | n/a | pending | tb[acd] | declined | refused | unknown | unclear | open | ☐ | ✘ | ✗ | ✕ | ❌) (?! \w) )]],
  "ix")
local unticked = pattern([[(?<= [☐✘✗✕❌]) \s* (?<who> [^☐☒☑✔✓✘✗✕❌\n;.]{2,60})]], "x")
local under_heading = pattern([[\b (not | un)  -? \s? (yet \s)? (confirmed | signed | reached | involved | contacted | taking \s part | participating | included | partners?)
  [^.;\n:]{0,20} : \s* (?<who> [^.;\n]{2,120})]], "ix")
local in_case = pattern([[\( (once | if | when | as \s soon \s as | provided | subject \s to | pending | unless | until) \b [^)]* \) \s* (?<who> [^.;,]{2,40})]], "ix")
local affirmed = pattern([[(?<who> [^.;:,|\n✔✓✘✗✕❌☐☒☑]{2,60}?) \s* [:=] \s* (yes | joined | confirmed | agreed | signed | on \s board) \b]], "ix")
local worded_ticks, marked_ticks = { under_heading, in_case }, { under_heading, in_case, crossed, unticked }

-- What must stand in a text for a name to be crossed or ticked: to look for that first costs a hundredth of looking for the names.
local marked = pattern([=[ [✘✗✕❌☐☒☑✔✓] | [:|=–—-] \s* (no | not | none | never | n/a | pending | tb[acd] | declined | refused | unknown
  | unclear | open | yes | joined | confirmed | agreed | signed | on \s board) (?! \w) ]=], "ix")

-- Words of common work, and of those who speak here; those that tell a fact of an agency; and those of a source.
local common_work = pattern([[\b ( meet\w* | met | work(s|ing|ed)? \s (\w+ \s)? (with|together|alongside|through) | work(group)? | partner\w* | collaborat\w* | cooperat\w*
  | coordinat\w* | join\w* | shar(e|es|ed|ing) | exchang\w+ | send(s|ing)? | sent | feeds? | seats? | sits? | sitting | sign(s|ed|ing)? | MOUs? | agree(s|d|ment|ments)?
  | contract\w* | liaisons? | leads? | delegates? | counterparts? | align\w* | co-?\w*design\w* | co-?locat\w+ | hand-?offs? | referrals? | refers? | referred
  | rounds? | huddles? | conferences? | calls? | case | intake | tak(e|es|ing) \s part | took \s part | involve[ds]? | engag\w+ | participat\w* | represented | charter
  | roundtable | table | committee | board | team(s|ed)? | together | jointly | relationships? | member(s)? \s of | on \s board | with \s (us|our|the \s plan)
  | convene[sd]? | train\w* | invite | embed\w* | station\w* | placed? | receiv\w+ | review\w* | chairs? | staffed | delegate\w* | appoint\w* ) \b]], "ix")
local ours = pattern([[\b (we | us | our | ours | the \s plan | health \s plans?) \b]], "ix")
local source = pattern([[\b (reports? | surveys? | stud(y|ies) | websites? | web \s? (pages?|sites?) | sources? | publications? | brochures? | statistics | figures | dashboards?
  | press \s releases? | newsletters?) \b]], "ix")
local fact = pattern([[\b (employ(s|ed)? | serves? \s (about \s | some \s | over \s)? \d | (is|are|was|were) \s (?! to \b) | (has|have|had) | describes? | publish(es|ed)?
  | estimates? | says? | states? | notes? | reports? | finds? | found | exists? ) \b]], "ix")
local that_is = pattern([[\b that \s is \b]], "ix")

-- A clause that goes before the main one and gives up something: "While no MOU is in force, …".
local before_main = pattern([[^ \W* (?<before> (while | although | though | even \s though | notwithstanding | despite | in \s spite | instead \s of | rather \s than
  | to \s avoid | in \s order \s not | so \s as \s not | whatever | even \s if ) \b [^,;]{3,160}? ) ( , \s+ | \s+ (?= (we | the \s plan) \s) ) (?<main> .+) $]], "ix")

local function is_in_main(mention, trigger)
  local clauses = mention.sentence and mention.sentence:find(before_main)
  if not clauses or #clauses.before:mentions(tostring(trigger)) == 0 then
    return true
  end
  return #clauses.main:mentions(mention.phrase) == 0 or #clauses.main:mentions(tostring(trigger)) > 0
end

local function words_of_no_part(words)
  return words:find(stays_out) or words:find(is_over)
end

-- Whether a sentence says of anybody that they stay out; `told` keeps the answer for the other parties in it.
local function tells_of_staying_out(sentence, told)
  local said = told[sentence.string]
  if said == nil then
    said = false
    for _, part in ipairs(sentence:matches(breath)) do
      said = said or words_of_no_part(part.words) ~= nil or part.words:find(done_away_with) ~= nil
    end
    told[sentence.string] = said
  end
  return said
end

-- The words of the sentence around a mention by which the party stays out; nil where there are none.
local function words_of_staying_out(mention, told)
  local sentence = mention.sentence
  for _, part in ipairs(sentence and tells_of_staying_out(sentence, told) and sentence:matches(breath) or {}) do
    if #part.words:mentions(mention.phrase) > 0 then
      local words = words_of_no_part(part.words)
      if words then
        return words.text
      end
      local gone = part.words:find(done_away_with)
      if gone and #gone.who:mentions(mention.phrase) > 0 then
        return gone.text
      end
    end
  end
end

-- Why nothing in the sentence around a mention says that the party takes part, and the words that it tells instead; nil where
-- it is said, and where it is no sentence, as in a list of names.
local function nothing_said(mention)
  local sentence = mention.sentence
  if not sentence or sentence:find(common_work) then
    return nil
  end
  local told = sentence:find(source) or not sentence:find(ours) and not sentence:find(that_is) and sentence:find(fact)
  if told then
    return ("nothing says that “%s” takes part: “%s”"):format(mention, told), told.text
  end
end

-- Why a mention does not say that the filer works with the party, and the words that say so; nil when it does. What `firm` is
-- true of takes back what was said before.
local function not_said(mention, submission, told)
  local words = words_of_staying_out(mention, told)
  if words then
    return ("“%s” is not said to take part: “%s”"):format(mention, words), words, true
  end
  local trigger = mention.denied or mention.attributed_to or mention.unclear or mention.conditional or mention.hedged
  if trigger and is_in_main(mention, trigger) then
    return ("“%s” is not said to take part: “%s”"):format(mention, trigger), trigger
  elseif is_of_another_plan(mention, submission) then
    return ("“%s” is what another plan works with"):format(mention), mention.statement
  end
  return nothing_said(mention)
end

-- The parties that a text names for sure, by name with the mention; in `doubtful` the first mention of those that it names
-- otherwise, with why and the words that say so.
local function add_named(named, doubtful, text, submission)
  local mentions, bare_mentions = text:mentions(party_names), text:mentions(bare_names)
  if #mentions == 0 and #bare_mentions == 0 then
    return
  end
  local told = {}
  for _, mention in ipairs(mentions) do
    local name = mention.row.name
    local why, trigger, firm
    -- Of one that is named, only what takes it back matters.
    if not named[name] or words_of_staying_out(mention, told) then
      why, trigger = not_countys(mention, mention.row)
      if not why then
        why, trigger, firm = not_said(mention, submission, told)
      end
    end
    if why then
      doubtful[name] = not firm and doubtful[name] or { mention = mention, why = why, trigger = trigger }
      named[name] = not firm and named[name] or nil
    else
      named[name] = named[name] or mention
    end
  end
  for _, mention in ipairs(bare_mentions) do
    local row = party_of_bare[mention.phrase]
    if not named[row.name] and not mention.followed_by and is_countys(mention) and not not_countys(mention, row)
      and not not_said(mention, submission, told) then
      named[row.name] = mention
    end
  end
  local is_marked = text:find(marked)
  for _, match in ipairs(is_marked and text:matches(affirmed) or {}) do
    for _, mention in ipairs(match.who:mentions(party_names)) do
      if not not_countys(mention, mention.row) then
        named[mention.row.name], doubtful[mention.row.name] = mention, nil
      end
    end
  end
  for _, tick in ipairs(is_marked and marked_ticks or worded_ticks) do
    for _, match in ipairs(text:matches(tick)) do
      for _, mention in ipairs(match.who:mentions(party_names)) do
        local name = mention.row.name
        local why = ("“%s” is not said to take part: “%s”"):format(mention, match.text)
        named[name], doubtful[name] = nil, { mention = mention, why = why, trigger = match.text }
      end
    end
  end
end

-- The verdict that all are named; it shows the words that it rests on.
local function pass_of(parties, named)
  local verdict = pass("named: %s", parties)
  for _, name in ipairs(parties) do
    verdict:see(named[tostring(name)], "%s", name)
  end
  return verdict
end

-- The verdict that these are missing; where one of them is named, but not for sure, with its place and why.
local function review_of(said, missing, doubtful)
  for _, name in ipairs(missing) do
    local found = doubtful[tostring(name)]
    if found then
      local verdict = review("%s: %s; %s", said, missing, found.why):at(found.mention)
      return found.trigger and verdict:see(found.trigger, "%s", found.why) or verdict
    end
  end
  return review("%s: %s", said, missing)
end

local function party_row(name)
  return form.tables.party:where(function(row) return row.name == name end):first()
end

-- What a reader may take for one of the missing parties: DHS (Health Services) for social services.
local function mistaken_for_missing(missing, text)
  for _, name in ipairs(missing) do
    local others = party_row(name).not_to_confuse
    local mistaken = others and text:mentions(others):first()
    if mistaken then
      return mistaken, name
    end
  end
end

rule "ipp1.agencies-named" {
  title    = "The response names each of the agencies that its prompt names",
  citation = "Payment 1 template, in the prompt: “collaborating with, Social Services, County Behavioral Health, and "
          .. "County/Local Public Health Agencies”",
  remedy   = "Name the agency, or say why it takes no part.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.parties, "the prompt names no agencies"
  end,

  check = function(response, submission)
    local named, doubtful = {}, {}
    add_named(named, doubtful, response.text, submission)
    local missing = response.item.parties:where(function(name) return not named[tostring(name)] end)
    if #missing == 0 then
      return pass_of(response.item.parties, named)
    end
    local mistaken, name = mistaken_for_missing(missing, response.text)
    if mistaken then
      return review("%s is not named; “%s” is another agency", name, mistaken):at(mistaken)
    end
    return review_of("not named", missing, doubtful)
  end,

  examples = {
    { state = "pass", item = "1.2.5.6", response = "We work with county social services, DMH and DPH." },
    { state = "review", item = "1.2.5.6", response = "We work with LA DHS, LA DMH and LA DPH.", at = "DHS" },
    { state = "review", item = "1.2.5.6", response = "We work with DMH, DPH and the Department of Health Services.",
      at = "Department of Health Services" },
    { state = "review", item = "1.2.5.6", response = "We work with DPSS and DPH.", message = "county behavioral health" },
    { state = "review", item = "1.2.5.6", response = "We do not work with County Public Health; we work with DPSS and DMH.",
      at = "County Public Health", message = "“not”" },
    { state = "review", item = "1.2.5.6", response = "We work with DPSS and DMH, and may work with DPH.", at = "DPH" },
    { state = "review", item = "1.2.5.6", response = "DPSS and DMH have joined; DPH has declined.", at = "DPH" },
    -- What is left to others, is over, is not yet, or is crossed out; what is said last counts.
    { state = "review", item = "1.2.5.6", response = "We work with DMH and DPH. DPSS we leave to the other plan.", at = "DPSS",
      message = "“we leave”" },
    { state = "review", item = "1.2.5.6", response = "Talks with DPSS, DMH and DPH broke down.", message = "broke down" },
    { state = "review", item = "1.2.5.6", response = "We ended our contracts with DPSS, DMH and DPH.", message = "ended our contracts" },
    { state = "review", item = "1.2.5.6", response = "We will replace DPSS, DMH and DPH by private firms.", message = "replace" },
    { state = "review", item = "1.2.5.6", response = "DPSS and DMH meet with us. A call with DPH has yet to be scheduled.",
      at = "DPH", message = "has yet to" },
    { state = "review", item = "1.2.5.6", response = "We work with DPSS, DMH and DPH. From DPH we have heard nothing.", at = "DPH" },
    { state = "review", item = "1.2.5.6", response = "DPSS ✔ DMH ✔ DPH ✘", at = "DPH" },
    { state = "review", item = "1.2.5.6", response = "DPSS: yes; DMH: yes; DPH: no.", at = "DPH" },
    { state = "review", item = "1.2.5.6", response = "☒ DPSS ☒ DMH ☐ DPH", at = "DPH" },
    { state = "review", item = "1.2.5.6", response = "Confirmed: DPSS, DMH. Not yet confirmed: DPH.", at = "DPH" },
    { state = "review", item = "1.2.5.6", response = "We work with DMH, DPH and (once it has a director) DPSS.", at = "DPSS" },
    -- A fact of theirs, or a source, does not say that anybody works with them; a list of them does.
    { state = "review", item = "1.2.5.6", response = "DPSS, DMH and DPH employ 30,000 people.", message = "“employ”" },
    { state = "review", item = "1.2.5.6", response = "A report of 2019 by DPSS, DMH and DPH tells the needs.",
      message = "nothing says that “DPSS” takes part: “report”" },
    { state = "pass", item = "1.2.5.6", response = "County agencies, that is DPSS, DMH and DPH." },
    { state = "pass", item = "1.2.5.6", response = "| DPSS | eligibility data |\n| DMH | warm hand-offs |\n| DPH | street teams |" },
    -- A clause that goes before denies nothing of the main one.
    { state = "pass", item = "1.2.5.6", response = "While no MOU is in force, the plan meets weekly with DPSS, DMH and DPH." },
    { state = "pass", item = "1.2.5.6", response = "Instead of building teams we will pay for staff at DPSS, DMH and DPH." },
    { state = "review", item = "1.2.5.6", fields = { plan = "Health Net" }, at = "DPSS",
      response = "L.A. Care meets with DPSS, DMH and DPH; our plan has no such arrangement." },
    -- One head for all, and the county said once.
    { state = "pass", item = "1.2.5.6", response = "We work with the Departments of Social Services, Behavioral Health, "
      .. "and Public Health." },
    { state = "pass", item = "1.2.5.6", response = "The county's social services, behavioural health and public health "
      .. "departments take part." },
    { state = "pass", item = "1.2.5.6", response = "Kern County HHSA, with its Mental Health and Public Health branches." },
    { state = "pass", item = "1.2.5.6", response = "DPSS, DMH and Kern's Dept. of Public Health take part." },
    { state = "pass", item = "1.2.5.6", response = "County agencies (social services, mental health, public health)." },
    { state = "review", item = "1.2.5.6", response = "County residents' behavioral health; DPSS and DPH.",
      message = "county behavioral health" },
    { state = "review", item = "1.2.5.6", response = "DPSS and DPH, and the county's behavioral health strategy.",
      message = "county behavioral health" },
    -- Somebody else's.
    { state = "review", item = "1.2.5.6", response = "DPSS, DMH and the State Department of Public Health take part.",
      at = "Department of Public Health", message = "“Department of Public Health” is not said to be the county's: “State”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DMH and the Department of Public Health (CDPH) take part.",
      at = "CDPH", message = "another agency" },
    { state = "review", item = "1.2.5.6", response = "Our own social services staff works with DMH and DPH.",
      at = "social services", message = "“Our”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DPH and Health Net's behavioral health department take part.",
      at = "behavioral health department", message = "“Health Net's”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DPH and L.A. Care's behavioral health department take part.",
      at = "behavioral health department", message = "“L.A. Care's”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DPH and private behavioral health departments take part.",
      at = "behavioral health departments", message = "“private”" },
    { state = "review", item = "1.2.5.6", response = "DPSS, DPH and behavioral health departments take part.",
      at = "behavioral health departments", message = "may be anybody's" },
    { state = "review", item = "1.2.5.6", response = "Members with access to social services, DMH and DPH.",
      at = "social services", message = "“social services” with “access” is no agency" },
    { state = "review", item = "1.2.5.6", response = "DPSS and DMH met in the county public health emergency.",
      at = "county public health", message = "“emergency”" },
  },
}

rule "ipp1.entities-named" {
  title    = "The Gap-Filling Plan names the entities that its measure wants the plan to work with",
  citation = "Payment 1 template, 1.1.6, 1.2.5 and 1.3.5: “Gap-Filling Plan narrative should include approaches for "
          .. "collaborating with entities, including but not limited to, county social services, …”",
  remedy   = "Say how you work with the entity, in any response of the measure.",
  each     = "measure",
  level    = "note",

  when = function(measure)
    return measure.parties, "the measure names no entities"
  end,

  check = function(measure, submission)
    local named, doubtful = {}, {}
    for _, response in ipairs(measure.responses) do
      add_named(named, doubtful, response.text, submission)
    end
    local missing = measure.parties:where(function(name) return not named[tostring(name)] end)
    if #missing == 0 then
      return pass_of(measure.parties, named)
    end
    return review_of("not named in any response", missing, doubtful)
  end,

  examples = {
    { state = "pass", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs, jails and the CoC." } },
    { state = "review", measure = "1.1.6", responses = { ["1.1.6.5"] = "DPSS, DMH, DPH and DHS, CBOs and jails." },
      message = "housing continuum" },
    -- What a prompt asks for is not named by that.
    { state = "review", measure = "1.1.6", responses = { ["1.1.6.5"] = "We meet.", ["1.1.6.7"] = "DHS, CBOs, jails and the "
      .. "CoC meet." }, message = "county social services, county behavioral health, county/local public health" },
    { state = "pass", measure = "1.1.6", responses = { ["1.1.6.5"] = "The county departments of social services and mental "
      .. "health meet.", ["1.1.6.7"] = "Public Health, the county's public hospitals, CBOs, probation and the CoC: all of the "
      .. "county's public health department." } },
    { state = "not-applicable", measure = "1.1.7", responses = { ["1.1.7"] = "We meet." } },
  },
}
