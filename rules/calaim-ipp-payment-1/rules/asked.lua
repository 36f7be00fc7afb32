-- Whether a response gives what its prompt asks for: a target, a number of steps, lettered parts, a frequency.

-- Who else than the plan that files may promise something, or meet; it is the filer's own where it is named too.
local others = { "competitor", "competitors", "other plan", "other plans", "another plan", "one provider", "some providers",
  "a few providers", "some of our providers", "board of supervisors", "DHCS", "the State", "legislature", "board of directors" }
for _, plan in ipairs(form.tables.plan) do
  table.insert(others, plan)
end
local others_meeting = { "the Plan’s board", "the plan's board", "our board", "internal team", "project team", "internal project team",
  "care manager", "care managers", "case manager", "case managers", "among themselves", "with each other", "shareholders", "minutes of" }
for _, other in ipairs(others) do
  table.insert(others_meeting, other)
end
others_meeting = phrases(others_meeting)
others = phrases(others)

-- What is done so often for a while only.
local for_a_while = pattern([[\b ( then | thereafter | afterwards | after \s that | from \s then \s on | subsequently | at \s first | initially | at \s the \s outset | in \s the \s beginning | through \s \w+ (?: \s \d{4} )? \s only | (?<! least \s) un?til (?! \s the \s end) ) \b]],
  "ix")

-- What may grow without a gap being filled.
local other_matters = phrases {
  "pay", "salary", "salaries", "wage", "wages", "budget", "fund", "funds", "funding", "grant", "rate", "rates", "rent", "price",
  "prices", "cost", "costs", "overhead", "membership", "enrollment", "population", "caseload", "caseloads", "inflation",
  "unemployment", "payment", "payments", "fee", "fees", "charge", "charges", "tax", "taxes", "debt", "profit", "profits", "revenue", "premium", "premiums",
  "reserve", "reserves", "visits", "site visits", "webinars", "surveys", "still on paper", "waiting list", "waitlist", "backlog",
}

-- What a verb must be that promises a target; whatever else is done with one ("discuss", "await") does not reach it.
local raises = pattern [[(?ix)^(?: increas | improv | rais | ris[ei] | expand | grow | boost | enhanc | strengthen | doubl | tripl |
  accelerat | augment | widen | broaden | lift | scal | clos | fill | reduc | decreas | lower | cut | halv | narrow | shrink | drop | fall |
  reach | achiev | attain | meet | met$ | exceed | surpass | hit | realiz | realis | deliver | secur | add | enrol | recruit | hir | train |
  connect | provid | offer | support | help | engag | contract | implement | establish | build | built | develop | launch | conduct |
  h[eo]ld | partner | collaborat | work | ensur | us(?:e|es|ed|ing)$ | pa[iy] | fund | award | creat | extend | onboard | deploy |
  coordinat | br[io]+ng | brought | mak | made | complet | sign | mov | get | g[io]v | tak | set | start | begin | continu | maintain |
  ke[ep] | leverag | see$ | driv | generat | push | equip | go$ | going | come | gain | climb | jump | have | has | own | adopt | show |
  roll | invest | spend | distribut | subsidi | purchas | buy | install | licen | outfit | migrat | transition | upgrad | target | commit |
  produc | effect | yield | result | stand | submit | exchang | certif | qualif | lead | tackl | address | step | ramp | up$ | elevat |
  advanc | foster | propel | multipl | top | conver | switch | join | serv | staff | plac | credential | attest | bill | document | record |
  access | receiv | obtain | acquir | host | conven | gather | bridg | mitigat | lessen | eliminat | attract | retain | source | procur |
  carry | let$ | enlarg | bolster | mean$ | means$ | run$ | do$ | undertak | pursu | apply | appl[iy] | dedicat | allocat | put | turn | lay | open | identif | share | schedul | includ | invit |
  amount | equal | be$ | remain | total | participat | perform | assist | enabl | facilitat | incentiv | ask$ )]]

-- What a prompt wants more of.
local matters = pattern [[(?ix)\b(?: access | EHRs? | EMRs? | electronic | health\ information | HIEs? | technolog\w* | provider\w* | network\w* |
  capacit\w* | workforce | staff\w* | FTEs? | ECM | enrolle\w* | managers? | management | adopt\w* | use | users? | usage | uptake | utili[sz]\w* |
  outreach\w* | engag\w* | members? | trib\w* | gaps? | shortage\w* | shortfall\w* | train\w* | oversight | billing | claims? | invoic\w*(?=\ capab) |
  community\ supports? | supports? | services? | partner\w* | organi[sz]ation\w* | CBOs? | contract\w* | agenc\w* | systems? | exchang\w* |
  interoperab\w* | connect\w* | particip\w* | readiness | capab\w* | infrastructure | coverage | it | this | that | them | baseline | target |
  improvement | performance | hir\w* | recruit\w* | positions? | clinician\w* | coordinat\w* | workers? | navigat\w* | homes? | beds? | sites? |
  clinics? | practices? | licen[sc]e[sd]? | certif\w* | care | plans? | group | current | today | level | gain | existing | community | health | tools? |
  portals? | platforms? | software | need | disparit\w* | year | end | december | doulas? | specialists? | teams? | placements? | housing | meals? |
  sobering | respite | overall | altogether | ability | abilities | latin\w+ | hispanic\w* | black\w* | african | american | people | individuals |
  persons | residents | youth | children | homeless\w* | unhoused | justice\w* | reach | clients? | patients? | beneficiar\w* | referrals? |
  screening\w* | programs? | programmes? | commitment | initiative | project | steps? | assessments? | data | linkages? | experience | volume | footprint | \d+ )\b]]
local counting = pattern [[(?ix)\b(?: numbers? | shares? | counts? | proportions? | percentages? | totals? | rates? | volume | pool ) $]]
local counted_of = pattern [[(?ix)\b(?: number | share | count | proportion | percentage | total | rate | volume | pool )s?\ of\ (?:the\ |our\ |its\ |all\ )?
  (?<what>[^,.;]{1,50})]]
local head_ends = pattern [[(?i)\b(?:to|in|for|by|on|of|with|who|that|which|from|at|sent|set|and)\b]]
local on_paper = pattern [[(?i)\b(?:still on paper|on paper)\b]]
local promised_then = pattern [[(?ix)\b(?: promised | pledged | vowed | committed | agreed | undertook | resolved )\b [^.;]{0,40}? \bin\ (?:our\ |the\ )?20(?:[01]\d|2[01])\b
  | \bin\ (?:our\ |the\ |its\ )?20(?:[01]\d|2[01])\b [^.;]{0,40}? \b(?: promised | pledged | vowed | committed | agreed | undertook | resolved )\b
  | \bused\ to\ have\b | \bhad\ (?:a|an|the|our)\ (?:goal|target)]]
-- Not for us, not agreed; and a tick at "no".
local refused = pattern [[(?i)\[x\] ?no\b|: ?n/?a\b|: ?not us\b|\bnot agreed\b|\bnot adopted\b|\bhas it,|\bhave it,]]

local crossed = pattern [[✗|✘|❌|☒ ?[Nn]o\b|☑ ?[Nn]o\b|✓ ?[Nn]o\b|✔ ?[Nn]o\b]]

-- Why a sentence says in its own way that what it speaks of is not done, and the words because of which. text: of the response.
local function refused_in(found, text)
  local words = found.sentence and found.sentence:find(refused) or text:find(crossed)
  if words then
    return ("“%s” says that it is not"):format(words), words
  end
end

-- What there is to be more of, by the words of it; nil where none are told.
local function matter_of(stated)
  local of = stated.of
  if of and of:find(counting) then
    local counted = stated.sentence and stated.sentence:find(counted_of)
    local what = counted and counted.what
    local cut = what and what:find(head_ends)
    local size = cut and what.string:find(cut.text.string, 1, true)
    return what, size and what.string:sub(1, size - 1)
  end
  return of
end

-- Why the verb of a promise, what it is of, or its time make a percentage no target, and the words because of which.
local function no_target(stated, text)
  local why, words = refused_in(stated, text)
  if why then
    return why, words
  end
  local verb = stated.verb
  if verb and not verb:find(raises) then
    return ("“%s” is not known to reach it"):format(verb), verb
  end
  local sentence = stated.sentence
  local past = sentence and sentence:find(promised_then)
  if past then
    return ("“%s” tells what was promised then"):format(past), past
  end
  local paper = sentence and sentence:find(on_paper)
  if paper then
    return ("“%s” is no gain"):format(paper), paper
  end
  local of, head = matter_of(stated)
  local found = of and of:find(matters)
  -- "letters sent to providers": what is named behind the head is not what grows.
  if found and head and not head:find(found.text.string, 1, true) then
    found = nil
  end
  if of and (not found or #of:mentions(other_matters) > 0) then
    return ("it is of “%s”, which the prompt does not name"):format(of), of
  end
end

rule "ipp1.target" {
  title    = "The response states the improvement target that its prompt asks for",
  citation = "Payment 1 template, under the table of priority areas: “gap-filling targets in the Reporting Template of "
          .. "at least 20%”; in the prompt: “by at least 20%”",
  remedy   = "State the target in the response, or say where in the needs assessment it stands.",
  why      = "“In instances where MCPs do not have a gap for the measure, they may propose an alternative target for "
          .. "achievement”, and the target may stand in the needs assessment: a person decides.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.target, "the prompt asks for no target"
  end,

  check = function(response, submission)
    local plan = plan_of(submission)
    return states_target(response.text, response.item.target, {
      absent = "review", not_of = other_matters, by = plan and { plan, "we", "our plan" }, not_by = plan and others,
      unless = function(percentage)
        local why, words = no_target(percentage, response.text)
        if why then
          return why, words
        end
        return said_elsewhere(percentage, submission)
      end,
    })
  end,

  examples = {
    { state = "pass", item = "1.1.6.3", response = "We will increase access by at least 20%." },
    { state = "pass", item = "1.2.5.1", response = "Capacity will grow by 10% in spring and by 25 percent in all." },
    { state = "fail", item = "1.1.6.3", response = "We will increase access by at least 15%.", at = "15%" },
    { state = "review", item = "1.1.6.3", response = "We will increase access by up to 20%." },
    { state = "review", item = "1.3.5.3", response = "We will close the gaps." },
    { state = "review", item = "1.1.6.3", response = "DHCS asks for at least 20%. We cannot promise a target yet.",
      message = "no target is stated" },
    { state = "review", item = "1.1.6.3", response = "Currently 45% of our providers have a certified EHR.",
      at = "45%" },
    { state = "not-applicable", item = "1.1.6.1", response = "We will identify populations." },
    -- Another county's target, one that is taken back, and one for a time that nobody holds anybody to.
    { state = "review", item = "1.1.6.3", fields = { county = "Los Angeles" }, at = "20%",
      response = "In Kern County, we will increase access by 20%.", message = "it is said of “Kern County”" },
    { state = "review", item = "1.1.6.3", response = "We will increase access by 20%. Scratch that.", at = "20%" },
    { state = "review", item = "1.1.6.3", response = "Eventually we will increase access by 20%.", at = "20%" },
    -- A verb that does not reach it, another matter, a promise of long ago, and what is refused.
    { state = "review", item = "1.1.6.3", response = "We will discuss a 20% increase in access.", at = "20%",
      message = "“discuss” is not known to reach it" },
    { state = "review", item = "1.1.6.3", response = "We will increase the number of letters sent by 20%.", at = "20%" },
    { state = "review", item = "1.1.6.3", response = "We will increase providers still on paper by 20%.", at = "20%" },
    { state = "review", item = "1.1.6.3", response = "We pledged in 2019 to increase access by 20%.", at = "20%" },
    { state = "review", item = "1.1.6.3", response = "20% increase in access: N/A for us", at = "20%" },
    { state = "review", item = "1.1.6.3", response = "Increase access by 20% ✗", at = "20%" },
  },
}

-- The words for what a prompt counts, as a text announces a list of it: "three steps: …".
local announced = {}
for counted, words in pairs {
  steps = { "step", "steps", "action", "actions", "ways", "measures" }, groups = { "group", "groups" },
  gaps = { "gap", "gaps", "limitation", "limitations" }, disparities = { "disparity", "disparities" },
} do
  announced[counted] = phrases(words)
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

-- What a filer enumerates: of a list in a list those inside, or where that is not as many as asked for and those outside are, these;
-- without a list what stands side by side behind its announcement ("three steps: a; b; and c"), or groups that a sentence names.
-- Second, why it is open how many there are, or nil.
local function things_enumerated(response)
  local item, items = response.item, response.text:items()
  local leaves, outer = items:leaves_list(), items:outer_list()
  if #items == 0 then
    local words = announced[tostring(item.counted)]
    for _, series in ipairs(response.text:series()) do
      if words and is_within(#series, item) and #response.text:mentions(words) > 0 then
        return series
      end
    end
    if tostring(item.counted) == "groups" then
      local groups, open = groups_in_a_row(response)
      return groups or items, open
    end
  end
  return not is_within(#leaves, item) and is_within(#outer, item) and outer or leaves
end

-- Whether the words of a context govern an item: they stand before the list, or begin the item.
local function governs(trigger, item)
  local at = trigger and item.text.string:lower():find(trigger.string:lower(), 1, true)
  return trigger and (not at or at <= #"we might")
end

local done = pattern [[(?x)^(?i:we\ |they\ )?(?i:have\ |has\ |had\ |already\ |were\ |was\ )*(?:\w+ly\ )?
  (?i:(?!need|feed|speed|proceed|exceed|succeed|embed|bed|seed)\w{2,}ed|built|held|sent|gave|paid|bought|met|began|wrote|brought|
  led|made|ran|chose|taught|found|grew|hired|took)\b]]
local promise = pattern [[(?i)\b(?:will|shall|plan|plans|planned|going to|intend|commit|propose|are to|next steps|would)\b]]

-- Whether something is promised before the first of these items.
local function promised_before(response, items)
  local text, first, promised = response.text.string, items[1], response.text:find(promise)
  local at = first and first.marker.string ~= "" and text:find(first.marker.string, 1, true)
  return at and promised and text:find(promised.text.string, 1, true) < at
end

-- Why an item is no step that will be taken for sure, and the words because of which; nil where it is one.
local function not_to_be_taken(item, promised)
  if governs(item.hedged, item) then
    return ("“%s” leaves it open"):format(item.hedged), item.hedged
  elseif promised or item.promised then
    return nil
  elseif governs(item.past, item) then
    return ("“%s” tells what was done"):format(item.past), item.past
  end
  local told = item.text:find(done)
  if told then
    return ("“%s” tells what was done"):format(told), told
  end
end

-- The first item whose number does not follow, that says nothing or is no sure step, and how that leaves open how many there are;
-- nil where all that are needed are sure.
local function doubt_in(response, things)
  local irregular = response.text:items().irregular
  if irregular then
    return irregular.marker, ("the numbering %s"):format(irregular.order)
  end
  for _, each in ipairs(things) do
    if not each.text.answered then
      return each.marker, ("“%s” says nothing"):format(each.text)
    end
  end
  if tostring(response.item.counted) ~= "steps" or not is_within(#things, response.item) then
    return nil
  end
  local promised, open, why, at = promised_before(response, things), 0, nil, nil
  for _, each in ipairs(things) do
    local reason, words = not_to_be_taken(each, promised)
    if reason then
      open, why, at = open + 1, why or reason, at or words
    end
  end
  if open > 0 and not is_within(#things - open, response.item) then
    return at, why
  end
end

local none_lacking = pattern [[(?i)\b(?:no|not|never|without|cannot|nor|any)\b[^.:;]{0,40}\b(?:gap|disparit|limitation|difference)]]

-- Of gaps and disparities it is said what there is not ("we lack 1) …"); but not that there are none, or that somebody else says so.
local function lacking(response, things)
  for _, each in ipairs(things) do
    local trigger = each.attributed_to or response.text:find(none_lacking) and each.denied
    if trigger and not each.text.string:find(trigger.string, 1, true) then
      return trigger, ("“%s” stands before them"):format(trigger)
    end
  end
end

-- What there is to count in a response. Populations are named in running text; everything else a filer enumerates.
local function things_counted(response)
  if response.item.counted ~= "populations" then
    return things_enumerated(response)
  end
  local named, populations = {}, {}
  for _, mention in ipairs(response.text:mentions(form.tables.population)) do
    if not named[mention.row.name] then
      named[mention.row.name] = true
      table.insert(populations, mention)
    end
  end
  return populations
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
    local item = response.item
    local lacks = item.counted == "gaps" or item.counted == "disparities"
    local things, open = things_counted(response)
    if open then
      return review("how many %s there are is open: %s", item.counted, open):at(things)
    elseif item.counted ~= "populations" then
      local at, why = doubt_in(response, things)
      if not at and lacks then
        at, why = lacking(response, things)
      end
      if at then
        return review("how many %s there are is open: %s", item.counted, why):at(at)
      end
    end
    local options = lacks and { context = "any" } or nil
    return instead(count_of(things, item.count_low, item.count_high, item.counted, options), "review")
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
    { state = "review", item = "1.3.5.1", response = "There are no gaps in 1) sobering, 2) respite, or 3) meals.",
      message = "“no” stands before them" },
  },
}

local figure = pattern([[\d]])

rule "ipp1.parts" {
  title    = "The response answers each lettered part of its prompt",
  citation = "Payment 1 template, 1.2.6, prompt 1: “Describe the landscape in the county of: a. ECM b. Providers c. "
          .. "Faith-based groups d. Community-based organizations e. County behavioral health care providers …”",
  remedy   = "Answer under the letters of the prompt.",
  why      = "The form prints “ECM” and “Providers” as two parts, which may be one: a person decides.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.parts, "the prompt has no lettered parts"
  end,

  check = function(response)
    local parts = response.item.parts
    local answered = response.text:items():where(function(item) return item.style == "letter" and item.depth == 0 end)
    if #answered == 0 then
      return review("no lettered parts were found; the prompt prints %s", parts)
    elseif #answered < #parts then
      return review("%d lettered parts are answered; the prompt prints %d: %s", #answered, #parts, parts)
        :at(answered:last().marker)
    end
    for _, part in ipairs(answered) do
      if not part.text.answered then
        return review("part %s is not answered: “%s” %s", part.marker, part.text, part.text.no_answer or "is blank")
          :at(part.marker)
      elseif #part.text.words <= #response.item.prompt and response.item.prompt:find(tostring(part.text), 1, true)
        and not part.text:find(figure) then
        return review("part %s has the words of the prompt and no more: “%s”", part.marker, part.text):at(part.text)
      end
    end
    return pass("%d lettered parts", #answered)
  end,

  examples = {
    { state = "pass", item = "1.2.6.1", response = "a) 37\nb) 37\nc) 8,600\nd) 60,000\ne) 350" },
    { state = "review", item = "1.2.6.1", response = "a) 37 providers\nb) 8,600 groups", at = "b)" },
    { state = "review", item = "1.2.6.1", response = "There are many providers.",
      message = "no lettered parts were found; the prompt prints a, b, c, d, e" },
    { state = "review", item = "1.2.6.1", response = "1. 37\n2. 37\n3. 8,600\n4. 60,000\n5. 350",
      message = "no lettered parts" },
    { state = "review", item = "1.2.6.1", response = "a) 37\nb) 37\nc) TBD\nd) 60,000\ne) 350", at = "c)" },
    { state = "review", item = "1.2.6.1", response = "a) ECM\nb) Providers\nc) Faith-based groups\nd) Community-based "
      .. "organizations\ne) County behavioral health networks", at = "ECM" },
  },
}

local meeting = phrases {
  "meet", "meets", "meeting", "meetings", "convene", "convenes", "convening", "convenings", "gather", "gathers", "gathering",
  "roundtable", "roundtables", "session", "sessions", "sit down", "sits down", "assemble", "assembles", "come together",
  "comes together", "get together", "call", "calls", "check in", "check ins", "conference", "conferences", "touch base",
  "huddle", "huddles", "forum", "forums",
}

-- What a verb must be with which parties meet; who watches, pays for or does away with meetings does not.
local meets = pattern [[(?ix)^(?: meet | met$ | h[eo]ld | conven | host | gather | chair | co-?chair | assembl | congregat | conf[ae]r | br[io]ng | brought |
  hav | has | schedul | organi[sz] | arrang | facilitat | sit | see$ | com[ei] | get | r[ua]n | lead | attend$ | attends | attended | attending | particip | join | conduct |
  continu | ke[ep] | maintain | establish | set | begin | start | launch | engag | collaborat | work | connect | coordinat | partner |
  includ | be$ | occur | tak[ei] | took | invit | do$ | check | touch | catch | talk | speak | discuss | shar | review | report | us(?:e|es|ed|ing)$ | leverag |
  offer | provid | increas | ensur | build | develop | creat | form | implement | happen | remain | commit | make | plan | call | dial | huddle |
  institut | stand | put | go$ | go | tak | deliver | communicat | consult | solicit | support | monitor | track | reconven | rotat | add | pursu |
  require | feature | rely | utili[sz] | regular | adopt | extend | expand | follow | give | involv | post | run | liais | interact )]]
-- Who else meets, where the statement begins with who it is.
local who_meets = pattern [[(?ix)^(?<who> [^,;:]{1,60}? ) \s (?:will\s|shall\s|to\s|also\s)? (?: meets? | convenes? | gathers? | assembles? | confers? )\b]]
local parties = pattern [[(?ix)\b(?: we | our\ plan | the\ plan | plans? | MCPs? | organi[sz]ations? | partners? | parties | group | groups | roundtables? | committees? |
  providers? | agenc\w* | county | counties | all | they | staff | teams? | CBOs? | members? | collaborative | coalition | workgroup\w* | council |
  representatives? | leaders?\w* | stakeholders | networks? | congregations | I | each | both | everyone | it | who | which | that | us | managers? | liaisons? |
  health\ net | L\.?A\.?\ care | participants | forum | entities | clergy | faith\w* | DMH | DPH | DPSS | DHS | board | series | to | pastors? |
  leads? | points? | but | directors? | body | party | principals | program | task\ force | advisory )\b]]
local not_parties = pattern [[(?ix)\b(?: finance | accounting | legal | auditors? | governor\W*s? | legislat\w* | shareholders? | investors? | vendors? )\b]]
local with_others = pattern [[(?x)\bmeet(?:ing|ings)?\b[^.;,]*?\bwith\ (?<who>DHCS|the\ State|CMS|our\ board|our\ auditors|our\ vendors?|each\ other)\b(?!\s*(?:,|and|or)\b)]]

-- Why a frequency is not that of meetings of the parties, and the words because of which.
local function no_meeting(found, text)
  local why, words = refused_in(found, text)
  if why then
    return why, words
  end
  local verb = found.verb
  if verb and not verb:find(meets) then
    return ("“%s” is not known to mean that they meet"):format(verb), verb
  end
  local statement = found.statement
  local subject = statement and statement:find(who_meets)
  local who = subject and subject.who
  if who and (who:find(not_parties) or not who:find(parties)) then
    return ("“%s” meets"):format(who), who
  end
  local with = statement and statement:find(with_others)
  if with then
    return ("it is with “%s”"):format(with.who), with.who
  end
end

rule "ipp1.frequency" {
  title    = "The response says how often the parties meet, and that is often enough",
  citation = "Payment 1 template, 1.2.6, prompt 2: “Approach should include at least quarterly meetings”",
  remedy   = "Say how often you will meet.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.frequency, "the prompt asks for no frequency"
  end,

  check = function(response, submission)
    local plan = plan_of(submission)
    local options = {
      of = meeting, absent = "review", by = plan and { plan, "we", "our plan" }, not_of = plan and others_meeting,
      unless = function(frequency)
        local sentence = frequency.sentence
        local ends = sentence and sentence:find(for_a_while)
        local enough = sentence and sentence:frequencies():where(function(each)
          return each:is_at_least(response.item.frequency)
        end)
        -- "weekly until the launch and quarterly thereafter": both are often enough.
        if ends and (#enough < 2 or #enough < #sentence:frequencies()) then
          return ("“%s” says that it changes"):format(ends), ends
        end
        local why, words = no_meeting(frequency, response.text)
        if why then
          return why, words
        end
        return said_elsewhere(frequency, submission)
      end,
    }
    return every(response.text, response.item.frequency, options)
  end,

  examples = {
    { state = "pass", item = "1.2.6.2", response = "We will meet at least quarterly." },
    { state = "pass", item = "1.2.6.2", response = "We report every year and meet each month." },
    { state = "fail", item = "1.2.6.2", response = "We will meet twice a year.", at = "twice a year" },
    { state = "review", item = "1.2.6.2", fields = { county = "Los Angeles" }, at = "quarterly",
      response = "We will meet quarterly in San Diego.", message = "it is said of “San Diego”" },
    { state = "pass", item = "1.2.6.2", response = "We will meet every January, April, July and October." },
    { state = "fail", item = "1.2.6.2", response = "We will meet in March and September." },
    -- Often for a while only.
    { state = "review", item = "1.2.6.2", response = "We will meet weekly in January, then once a year.", at = "weekly",
      message = "“then” says that it changes" },
    { state = "pass", item = "1.2.6.2", response = "We will meet weekly until the launch and quarterly thereafter." },
    { state = "review", item = "1.2.6.2", response = "We will meet up to four times a year.", at = "four times a year" },
    { state = "review", item = "1.2.6.2", response = "We will meet on an ongoing basis." },
    { state = "review", item = "1.2.6.2", response = "We cannot commit to quarterly meetings." },
    -- Others meet, or only the filer does something with the meetings.
    { state = "review", item = "1.2.6.2", response = "We will fund the quarterly meetings.", message = "“fund” is not known" },
    { state = "review", item = "1.2.6.2", response = "Our finance department meets quarterly.", at = "quarterly" },
    { state = "review", item = "1.2.6.2", response = "We will meet quarterly with CMS.", at = "quarterly" },
    { state = "review", item = "1.2.6.2", response = "The quarterly newsletter goes to all. We meet as needed." },
  },
}
