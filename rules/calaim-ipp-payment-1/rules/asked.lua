-- Whether a response gives what its prompt asks for: a target, lettered parts, a frequency.

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

local figure = pattern([[\d]])
local told = pattern [[\d|[^\W\d_]{3}]]

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
    local irregular = response.text:items().irregular
    if irregular and irregular.style == "letter" then
      return review("which parts are answered is open: the lettering %s", irregular.order):at(irregular.marker)
    end
    for _, part in ipairs(answered) do
      local why, words = says_nothing_by_itself(part.text)
      if not part.text.answered then
        return review("part %s is not answered: “%s” %s", part.marker, part.text, part.text.no_answer or "is blank")
          :at(part.marker)
      elseif why or not part.text:find(told) then
        return review("part %s is not answered: %s", part.marker, why or ("“%s” says nothing"):format(part.text))
          :at(words or part.text)
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
    { state = "review", item = "1.2.6.1", response = "a) 37 b) 37 c) left blank on purpose d) 60,000 e) 350",
      message = "“left blank on purpose”" },
    { state = "review", item = "1.2.6.1", response = "a) 37 b) 37 c) see a) d) 60,000 e) 350", at = "c)" },
    { state = "review", item = "1.2.6.1", response = "a) y b) 37 c) 9 d) 60,000 e) 350", message = "“y” says nothing" },
    { state = "review", item = "1.2.6.1", response = "a) 37 b) 37 c) 9 d) 60,000 f) 350", at = "f)",
      message = "the lettering jumps from 4 to 6" },
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
