#include "text/english_p.h"
#include "text/phrasing_p.h"

/* ---- cues ---- */

#define DENIES PV_CUE_DENIES
#define HEDGES PV_CUE_HEDGES
#define CONDITIONS PV_CUE_CONDITIONS
#define PAST PV_CUE_PAST
#define PRESENT PV_CUE_PRESENT
#define PROMISES PV_CUE_PROMISES
#define WHOLE PV_CUE_WHOLE
#define NEAR PV_CUE_NEAR
#define FINITE PV_CUE_FINITE
#define WEAK PV_CUE_WEAK
#define PARTICIPLE (PV_CUE_PAST | PV_CUE_PARTICIPLE)

/* A phrase that stands in several groups has the roles of all of them; in the first group, none. */
const pv_cue_words pv_english_cues[] = {
    /* Negations that deny nothing of what they stand before. */
    {0,
     PV_STR(
         "not only|not just|not merely|not simply|not solely|not limited to|not necessarily limited to|no "
         "less than|no fewer than|no lower than|no smaller than|no later than|no more than|no greater than|no "
         "higher than|no longer than|no sooner than|no less often than|no less frequently than|no more often "
         "than|no more frequently than|not less than|not fewer than|not lower than|not below|not under|not "
         "more than|not over|not later than|not longer than|not to exceed|not exceeding|not less often "
         "than|not less frequently than|nothing less than|nothing short of|no doubt|no question|without "
         "doubt|without a doubt|without question|without fail|without delay|without undue delay|without "
         "interruption|without exception|without hesitation|no cost|no charge|no matter|no wonder|not "
         "surprisingly|not to mention|whether or not|no wrong door|if not more|if not sooner|if not "
         "better|even if|as well as|cannot help but|can't help but|nothing but|regardless of whether|if "
         "any|not for profit|non profit|no small|not unlike|not unusual|not uncommon|one stop|non stop|no one "
         "behind|nobody behind|not alone|no time to lose|cannot wait|can not wait|cannot overstate|no change "
         "to our commitment|cannot be overstated|not be fewer than|never be fewer than|not be less than|never be less "
         "than|not be less often than|never be less often than|never fewer than|never less than|never less often "
         "than|not be lower than|never be lower than")},
    /* Other words that look like cues. */
    {0, PV_STR("target population|target populations|target group|target groups|target audience|target "
               "member|target members|target area|target areas|as soon as possible|as early as possible|as quickly "
               "as possible|as many as possible|as much as possible|as often as possible|goal setting|goals of "
               "care|may be found|may also be found|will power|good will|free will|state of the art|state "
               "level|read only|dates to be determined|dates to be confirmed|dates to be set|dates to be "
               "announced|date to be determined|venue to be determined|venue to be confirmed|location to be "
               "determined|location to be confirmed|times to be determined|dates TBD|dates are TBD|date TBD|venue "
               "TBD|venue is TBD|location TBD|dates TBC|dates TBA")},
    {DENIES,
     PV_STR("not|never|no|none|none of|nobody|no one|nothing|nowhere|unable to|incapable of|inability to|not "
            "able to|fail to|failing to|failure to|decline to|declining to|refuse to|refusing to|neglect "
            "to|neglected to|no longer|not yet|yet to|have yet to|has yet to|lack|exclude|excluded from|exempt "
            "from|exempted from|stop|cease|discontinue|opposed to|oppose|reject|far from|short of|fall short "
            "of|falls short of|fell short of|falling short of|under no circumstances|in no case|in no way|at no "
            "time|by no means|hardly|scarcely|barely|rarely|seldom|forgo|forego|withdraw from|withdrew "
            "from|avoid having to|avoids having to|avoiding having to|postpone|put off|opt out of|opted out "
            "of|abandon|anything but|too early to|too soon to|premature to|do without|does without|no "
            "guarantee|no plan|no plans|no intention|no commitment|no agreement|no relationship|no "
            "contact|refrain from|refrains from|decide against|decided against|instead of being|no target|ruling "
            "out|rule out|rules out|ruled "
            "out|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|hasn't|haven't|hadn't|wouldn't|"
            "couldn't|shouldn't|mustn't|shan't|needn't|ain't|never "
            "mind|lost|lose|losing|parted with|broke with|cut ties with")},
    {DENIES | FINITE, PV_STR("fails to|failed to|declines to|declined to|refuses to|refused "
                             "to|lacks|lacked|stops|stopped|ceases|ceased|rejects|rejected|opposes|abandons|abandoned|"
                             "discontinued|discontinues|excludes")},
    {DENIES | PV_CUE_TO_FINITE,
     PV_STR("in place of|except|except for|except that|excepting|excluding|with the exception of|other "
            "than|without|lacking|lack of|absence of|in the absence of|with no|for lack of|short on")},
    {DENIES | PV_CUE_CONTINUES, PV_STR("nor|or not|neither|not even|nor even")},
    {DENIES | PV_CUE_TO_COMMA, PV_STR("rather than|instead of|as opposed to|in lieu rather than")},
    {DENIES | WHOLE,
     PV_STR("out of reach|beyond our reach|beyond reach|out of the question|not "
            "feasible|infeasible|unfeasible|not realistic|unrealistic|not attainable|unattainable|not "
            "achievable|unachievable|not possible|impossible|too high|too ambitious|too much to ask|off the "
            "table|not on the table|not planned|not foreseen|not intended|not practicable|impracticable|not "
            "viable|under no obligation|is ruled out|are ruled out|untenable|unreachable|not guaranteed|was "
            "dropped|were dropped|is dropped|are dropped|has been dropped|have been dropped|was abandoned|were "
            "abandoned|is abandoned|are abandoned|has been abandoned|have been abandoned|was rejected|were "
            "rejected|is rejected|are rejected|has been rejected|have been rejected|was withdrawn|were "
            "withdrawn|is withdrawn|are withdrawn|has been withdrawn|have been withdrawn|was scrapped|were "
            "scrapped|is scrapped|are scrapped|has been scrapped|have been scrapped|was shelved|were shelved|is "
            "shelved|are shelved|has been shelved|have been shelved|was removed|were removed|is removed|are "
            "removed|has been removed|have been removed|was missed|were missed|is missed|are missed|has been "
            "missed|have been missed|was given up|were given up|is given up|are given up|has been given up|have "
            "been given up|was cancelled|were cancelled|is cancelled|are cancelled|has been cancelled|have been "
            "cancelled|was canceled|were canceled|is canceled|are canceled|has been canceled|have been "
            "canceled|was discontinued|were discontinued|is discontinued|are discontinued|has been "
            "discontinued|have been discontinued")},
    {HEDGES,
     PV_STR("may|might|could|would|should|ought to|would like to|hope|hopes|hoping|hoped|hope to|hopes "
            "to|aim|aims|aiming|aimed|aim to|aims to|aspire|aspires|aspiring|aspiration|aspirational|seek "
            "to|seeks to|seeking "
            "to|strive|strives|striving|endeavor|endeavors|endeavoring|endeavour|endeavours|try|tries|trying|attempt|"
            "attempts|attempting|expect "
            "to|expects to|expecting to|expected to|is expected|are "
            "expected|expect|expecting|anticipate|anticipates|anticipating|anticipated|believe|believes|think|think "
            "that|possibly|potentially|perhaps|maybe|probably|likely|likely to|unlikely|unlikely "
            "to|presumably|supposedly|in theory|in principle|whether|wish|wishes|wishing|want to|wants "
            "to|interested in|open to|willing to|working toward|working towards|work toward|work towards|working "
            "on a|estimate|estimates|estimated|projected "
            "to|forecast|forecasts|predict|predicts|hypothetically|proposed to|propose to|proposes to|proposing "
            "to|dream|dreams|envision|envisions|hard to|difficult to|challenging to|struggle to|struggles "
            "to|supposed to|doubt|doubts|optimistic|hopeful|confident|trust that|look forward|few of|very "
            "few|only a few of|hardly any of|a minority of|not all of|tried|attempted|sought to|wanted to|hoped "
            "to|aspired|aspired to|approached")},
    {HEDGES | PV_CUE_TO_VERB,
     PV_STR(""
            "consider|considers|considering|explore|explores|exploring|investigate|investigates|investigating|look "
            "into|looking into|evaluate whether|assess whether|determine whether|decide whether|assess the "
            "feasibility|study the feasibility|contemplate|contemplates|contemplating|weigh|weighing|evaluate "
            "the option|evaluating the option|considered|explored|contemplated|looked into")},
    {HEDGES | WHOLE,
     PV_STR("where possible|where feasible|where practicable|where appropriate|when possible|whenever "
            "possible|when feasible|when appropriate|as feasible|as possible|as appropriate|as practicable|as "
            "resources allow|as resources permit|as funding allows|as funding permits|as capacity allows|as "
            "capacity permits|as time allows|as time permits|funding permitting|resources permitting|capacity "
            "permitting|time permitting|to the extent possible|to the extent feasible|to the extent "
            "practicable|to the extent that|best effort|best efforts|tentative|tentatively|stretch goal|at "
            "best|ideally|hopefully|if possible|if feasible|if practicable|on a good day|to be confirmed|to be "
            "determined|to be decided|subject to change|fingers crossed|all being well|realistic but not "
            "certain|not certain|uncertain|unsure|not sure|unclear|remains to be seen|under discussion|under "
            "review|under consideration|being discussed|being considered|not decided|TBD|to be announced|to be "
            "set|not yet set|as an aspiration|in an ideal world|wherever possible|wherever feasible|with "
            "luck|with any luck|as a stretch|a stretch|stretch target|stretch targets|in the best case|best "
            "case|in the best of cases|with good fortune|if all goes to plan|at its best")},
    {HEDGES | NEAR, PV_STR("nearly|almost|close to|close on|as much as|as many as|up to|just under|just short "
                           "of|approaching|near|nearing|not quite|virtually|at most|a maximum of|maximum of")},
    {CONDITIONS | WHOLE | PV_CUE_SUBORDINATE,
     PV_STR("if|unless|provided that|providing that|on condition that|on the condition that|so long as|as long "
            "as|only if|assuming|assuming that|in case|in the event|in the event that|should funding|should "
            "funds|should resources|should capacity|should the|should they|if and when|if and only if|once "
            "funding|once funds|once approved|when funding|when funds|presuming|supposing|only when|only "
            "once|only after")},
    {CONDITIONS | WHOLE,
     PV_STR("subject to|contingent on|contingent upon|conditional on|conditional upon|conditioned on|conditioned "
            "upon|dependent on|dependent upon|depending on|depending upon|depends on|depends upon|depend "
            "on|depend upon|pending|hinges on|hinge on|given sufficient|given adequate|given enough|with "
            "sufficient funding|with adequate funding|with additional funding")},
    {PAST, PV_STR("last year|last quarter|last month|last fall|last spring|previously|in the "
                  "past|historically|formerly|so far|to date|until now|up to now|recently|already|in prior years|in "
                  "the prior year|in previous years|in the previous year|in recent years|used to|years ago|year "
                  "ago|months ago|a year earlier|back then|at that "
                  "time|grew|rose|fell|saw|began|went|came|took|gave|made|over the past|during the past|in the "
                  "last|over the last|since then|since inception")},
    {DENIES | FINITE,
     PV_STR("has declined|have declined|has refused|have refused|has withdrawn|have withdrawn|has opted out|have "
            "opted out|has dropped out|have dropped out|has left|have left|has rejected|have "
            "rejected|withdrew|opted out|dropped out|has ended|have ended")},
    {PAST | FINITE, PV_STR("was|were|had|did|has been|have been|had been|has already|have already|wasn't|"
                           "weren't|hadn't|didn't|hasn't|haven't")},
    {PARTICIPLE | PV_CUE_CHANGES,
     PV_STR(""
            "increased|grown|risen|improved|expanded|raised|declined|decreased|reduced|dropped|fallen|doubled|tripled|"
            "gained|boosted|enhanced|strengthened|lowered|widened|broadened|lifted|augmented|narrowed|halved|enlarged|"
            "accelerated")},
    {PARTICIPLE, PV_STR(""
                        "reached|achieved|attained|exceeded|surpassed|met|held|hosted|convened|trained|served|"
                        "connected|reported|enrolled|completed|delivered|hit|added|launched|started|worked|partnered|"
                        "collaborated|hired|engaged|surveyed|supported|provided|established|implemented|onboarded|"
                        "recruited|showed|indicated|discussed|conducted|invested|awarded|visited|attended")},
    {PRESENT,
     PV_STR("currently|at present|presently|today|at this time|at this point|as of today|as of now|as of|right "
            "now|these days|nowadays|now|at the moment|stands at|stand at|sits at|accounts for|account for|make "
            "up|makes up|represent|represents|constitute|constitutes|comprise|comprises")},
    {PRESENT | NEAR,
     PV_STR("baseline|baseline of|our baseline|current|existing|today's|present|up from|down from|compared "
            "to|compared with|in comparison to|versus|vs|starting from|from a baseline of|from the baseline "
            "of|against a baseline of|over a baseline of|over the baseline of|relative to|less than the|more "
            "than the|lower than the|higher than the|above the|below the|from the current|from today's")},
    {PRESENT | WEAK | FINITE, PV_STR("is|are|am|has|have")},
    {PRESENT | WEAK | FINITE | PV_CUE_SUBJECT | PV_CUE_APOSTROPHE, PV_STR("it's|they're|you're|there's")},
    {PRESENT | WEAK | FINITE | PV_CUE_SUBJECT | PV_CUE_OURS | PV_CUE_APOSTROPHE, PV_STR("we're|we've")},
    {PROMISES | FINITE, PV_STR("will|shall|must")},
    {PROMISES | FINITE | PV_CUE_SUBJECT | PV_CUE_OURS | PV_CUE_APOSTROPHE, PV_STR("we'll|I'll")},
    {PROMISES | FINITE | PV_CUE_SUBJECT | PV_CUE_APOSTROPHE, PV_STR("they'll|it'll|he'll|she'll|there'll")},
    {PROMISES,
     PV_STR("going to|plan to|plans to|planning to|plan on|planning on|intend to|intends to|intending "
            "to|intend|committed|committed to|commit|commits|committing|commitment|commitment to|commitment "
            "of|pledge|pledges|pledging|pledged|promise|promises|promising|guarantee|guarantees|guaranteeing|agree "
            "to|agrees to|agreed to|undertake to|undertakes "
            "to|goal|goals|target|targets|objective|objectives|resolve to|resolved to|slated to|scheduled to|set "
            "to|on track to|prepared to|ready to|determined to|bound to|next year|in the coming year|will "
            "be|will have|plan is to|plan calls for|our plan is to|is targeting|are targeting|be targeting")},
    {PROMISES | PV_CUE_SUBJECT | PV_CUE_OURS, PV_STR("we plan a|we plan an|we plan the|we intend a|we intend an")},
    {PROMISES | PV_CUE_ACHIEVES,
     PV_STR("commit to|commits to|committing to|agree to|agrees "
            "to|accept|accepts|adopt|adopts|adopting|guarantee|take on|sign up to|fulfil|fulfill")},
    {PROMISES | WEAK | WHOLE, PV_STR("by the end of|by year end|by the close of|no later than")},
    {PV_CUE_SPEAKER | PV_CUE_SUBJECT | PV_CUE_NEEDS_CLAUSE,
     PV_STR("DHCS|DHCS's|department of health care services|the department|the state|state of california|CMS|the "
            "legislature|the form|this form|the template|this template|the reporting template|the prompt|this "
            "prompt|the question|this question|the measure|this measure|the instructions|the guidance|the "
            "guidelines|the contract|the statute|the regulation|the regulations|the law|the APL|the standard|the "
            "policy|the rule|the program|the IPP|the regulator|the state's|the department's|the form's|the "
            "template's|the prompt's|the measure's|state law|federal law|the request|the notice")},
    {PV_CUE_ASKS,
     PV_STR("ask|asks|asked|asking|ask for|asks for|asked for|asking for|asks us|asks "
            "plans|require|requires|required|requiring|expect|expects|expected|expecting|recommend|recommends|"
            "recommended|recommending|want|wants|wanted|call "
            "for|calls for|called for|calling "
            "for|request|requests|requested|requesting|demand|demands|demanded|mandate|mandates|mandated|prescribe|"
            "prescribes|prescribed|suggest|suggests|suggested|propose|proposes|proposed|set|sets|specify|specifies|"
            "specified|state|states|stated|say|says|said|reads|looks "
            "for|encourage|encourages|encouraged|stipulate|stipulates|stipulated|define|defines|defined|insist|insists|"
            "insists "
            "on|urge|urges|urged|describes|mentions|lists|names|would like|hopes for|desires|has in "
            "mind|envisages|directs|directed|instructs|instructed|aims for|anticipates|expects to see|would like "
            "to see|wants to "
            "see|write|writes|wrote|claim|claims|claimed|argue|argues|argued|announce|announces|announced|assure "
            "us|assures us|assured us|tell us|tells us|told us")},
    {PV_CUE_DEMAND,
     PV_STR(""
            "requirement|requirements|expectation|expectations|minimum|threshold|thresholds|standard|standards|"
            "benchmark|benchmarks|target|targets|goal|goals|objective|prompt|request|floor|ask|recommendation|"
            "recommendations|mandate|demand|figure|language|wording|definition|limit|percentage|suggestion")},
    {PV_CUE_ATTRIBUTES,
     PV_STR("according to|as required|as requested|as asked|as specified|as prescribed|as recommended|as set out "
            "in|as stated in|as described in|are asked|were asked|been asked|is asked|are "
            "required|were required|been required|are required to|is required to|were required to|are expected "
            "to by|were told|are told|been told|are directed to|the required|the requested|the asked|the "
            "expected|the recommended|the prescribed|the mandated|the suggested|the proposed|in the words "
            "of|quote|to quote|quoting|per DHCS|per the prompt|per the template|per the measure|per the form|it "
            "is required|is it required|it is asked|reportedly|the asking is|the minimum required|someone said")},
    {PV_CUE_ATTRIBUTES | FINITE,
     PV_STR("has been asked|has been told|has been required|has been requested|has been advised|have been "
            "asked|have been told|have been required|have been requested|have been advised|had been asked|had "
            "been told|had been required|had been requested|had been advised")},
    {PV_CUE_TAKES_BACK,
     PV_STR("scratch that|strike that|correction|erratum|errata|corrigendum|take that back|take it back|takes "
            "that back|takes it back|we take that back|just kidding|only joking|just joking|kidding|on second "
            "thought|on second thoughts|come to think of it|upon reflection|on reflection|well not quite|well "
            "no|well almost|not really|not exactly|not at all|no longer the plan|make that|better "
            "said|sorry|oops|apologies|my mistake|our mistake|not any more|not "
            "anymore|withdrawn|rescinded|revoked|superseded|obsolete|no longer valid|void|never mind|cancel "
            "that|ignore that|forget that|to be precise|that was a mistake|that was an error|this was a "
            "mistake|that is wrong|this is wrong")},
    {PV_CUE_TAKES_BACK | NEAR,
     PV_STR("or rather|dropped it|abandoned it|gave it up|held one|did not keep it|minus|or should we say|or at "
            "least that was|that was the idea|was the idea|I mean|we mean|that is to say not|or not|not quite|or "
            "maybe not|or perhaps not|or possibly not|or so we hope")},
    {PV_CUE_TAKES_BACK | WHOLE,
     PV_STR(
         "the above is|cannot promise this|cannot promise it|cannot promise that|can't promise this|cannot "
         "guarantee this|cannot guarantee it|cannot commit to this|cannot commit to it|no guarantee of "
         "this|cannot be guaranteed|or so we thought|so we thought|or so it seemed|that was the plan|that was "
         "our plan|that was the goal|this sentence was|this sentence is|this text was|this text is|this "
         "wording is|this wording was|subject to revision|subject to change|this target is provisional|is "
         "provisional|is tentative|are provisional|are tentative|not yet approved this|has not yet "
         "approved|have not yet approved|has not approved|have not approved|not approved this|may "
         "change|might change|struck by|struck out|stricken|was deleted|is deleted|has been deleted|the above "
         "sentence is|the above target is not|the foregoing is|the figure above is|the above figure is|the "
         "preceding sentence is|the previous sentence is|disregard the above|disregard the previous|disregard "
         "the preceding|disregard this|disregard that|disregard it|ignore the above|ignore the "
         "previous|ignore this|is not binding|not binding|non binding|is illustrative|are "
         "illustrative|illustrative only|for illustration|for illustration only|for example only|for "
         "discussion only|for discussion purposes|is not a commitment|no commitment|not a commitment|is not a "
         "promise|not a promise|is no promise|no promise|is no longer the plan|no longer the plan|no longer "
         "our plan|no longer planned|no longer holds|no longer applies|no longer stands|does not stand|has "
         "not signed off|have not signed off|not signed off|not been signed off|unquote|end quote|end of "
         "quote|is a typo|was a typo|is hypothetical|is fictitious|is made up|is an example|only an "
         "example|just an example|is a placeholder|are placeholders|placeholder figure|placeholder figures|to "
         "be replaced|we are joking|on paper only|only on paper|to be corrected|bind nobody|binds nobody|bind no "
         "one|binds no one|is a guess|are a guess|are guesses|a guess|guesswork|lapses on|expires on|is void|do not "
         "hold us to|don't hold us to|disagree and|disagrees and|disagree with this|in practice it|in reality it|is "
         "for discussion|are for discussion|at any rate|or close to it|or near it|or nearly so|or as close as|if any")},
    {PV_CUE_TAKES_BACK | WHOLE | NEAR,
     PV_STR("note to reviewer|example of a|example of an|an example of|example answer|example response|example "
            "text|sample response|note to the reviewer|note to self|note to editor|note to the editor|note to "
            "author|replace with|sample text|sample wording|sample answer|draft wording|draft text|draft "
            "language|for internal use only|internal draft|do not submit|not for submission|boilerplate|template "
            "text|model answer")},
    {PV_CUE_ELSEWHERE,
     PV_STR("other counties|another county|a different county|different counties|other county|county other "
            "than|counties other than|neighboring counties|neighbouring counties|neighboring county|a "
            "neighboring county|adjacent counties|adjacent county|an adjacent county|surrounding counties|nearby "
            "counties|elsewhere|somewhere else|anywhere but|everywhere but|everywhere except|anywhere "
            "except|outside the county|outside of the county|outside this county|outside of this county|outside "
            "our county|outside California|outside of California|out of state|out of county|other states|another "
            "state|the next county|the county next door|not in this county|not here|abroad|other service "
            "areas|another service area|other parts of the state|other regions|another region")},
    {PV_CUE_HERE,
     PV_STR("in this county|this county|our county|in the county|the county|here|our counties|all counties|all "
            "our counties|all of our counties|every county|each county|statewide|both counties|countywide|all "
            "service areas|all of our service areas|across the state|throughout the state")},
    {HEDGES | WHOLE,
     PV_STR("eventually|TBC|will be difficult|would be difficult|will be hard|be a challenge|will be "
            "challenging|be very difficult|will take years|will take us|what we would like|what we hope|what we "
            "wish|what we aspire|what we aim|we propose meeting|propose meeting|talk about|let's talk|let us "
            "talk|let us discuss|let's discuss|are encouraged to|is encouraged to|are urged to|are invited "
            "to|are welcome to|in an ideal|on a best effort|food for thought|some day|someday|one day|one of "
            "these days|one of those days|sooner or later|in due course|in due time|in good time|in time to "
            "come|in the fullness of time|at some point|at some stage|at some time|at some future date|at a "
            "later date|at a later time|at a future date|at a later stage|some time in the future|sometime in "
            "the future|in the distant future|in the long run|in the long term|over the long term|long term "
            "goal|long term vision|when the time is right|when the time comes|when the time is ripe|in the "
            "future|next century|this century|by the end of the century|the turn of the century|in the coming "
            "decades|over the coming decades|the coming decades|coming decades|next decade|the next decade|in a "
            "decade|in a later year|in later years|in a future year|in future years|in decades|within decades|a decade "
            "from now|years from now|after the program ends|after the "
            "program has ended|after the program period|after the program year|after the end of the "
            "program|beyond the program|in a later program|a later program year|ultimately|in the end|down the "
            "road|down the line|at the end of the day|no earlier than|at the earliest|until further "
            "notice|aspirational|aspirationally|to be checked|to be verified|to be reviewed|to be validated|to "
            "be approved|to be agreed|to be refined|to be revised|confirm with|check with|verify with|needs "
            "confirmation|needs checking|awaiting confirmation|awaiting approval|not yet approved|not yet "
            "agreed|not yet final|not final|preliminary|provisional|provisionally|notional|indicative|draft "
            "target|draft goal|draft figure|draft figures|draft targets|draft number|working assumption|working "
            "figure|under review|more or less|so to speak|as it were|give or take|plus or minus|what we can|all "
            "we can|everything we can|whatever we can|do our best|doing our best|do our very best|do our "
            "utmost|with some luck|with a bit of luck|with a little luck|with luck on our side|luck "
            "permitting|as much as we can|as best we can|as far as we can|as far as possible|insofar as "
            "possible|conceivable|conceivably|imaginable|thinkable|it is thought|it is believed|it is assumed|it "
            "is hoped|it is felt|it is expected|it is anticipated|is thought to|are thought to|is hoped|are "
            "hoped|is believed to|are believed to|is assumed to|who knows|time will "
            "tell|God willing|knock on wood|touch wood")},
    {HEDGES | WHOLE | PV_CUE_CLOSING, PV_STR("permitting|allowing|willing|proposed|we shall see|we will see")},
    {HEDGES,
     PV_STR("ideas from|ideas of|ideas for|ideas we heard|ideas considered|options considered|options we considered|"
            "suggestions from|suggestions of|suggestions for|proposals from|possible actions|wish list|is free to|are "
            "free to|free to|decided against|not adopted")},
    {HEDGES,
     PV_STR("push for|pushes for|pushing for|press for|presses for|pressing for|fight for|fighting for|advocate "
            "for|advocates for|advocating for|lobby for|lobbying for|argue for|campaign for|shoot for|shooting "
            "for|gun for|strive for|striving for|yearn for|long for|root for|make an effort|make every "
            "effort|make efforts|do our part|help to|kind of|sort of|somewhat|flirt with|toy with|toying with")},
    {DENIES, PV_STR("do away with|does away with|doing away with|did away with|far be it from us|ended our|ended "
                    "the|ended its|seek an exemption|seeks an exemption|seek a "
                    "waiver|request a waiver|request an exemption|seek relief from|ask for relief from|be exempted "
                    "from|be excused from|excused from|vote against|votes against|voted against|veto|far be it "
                    "from|dispute that|disputes that|deny that|denies that|dispute|disputes|we deny|doubt that|gave up "
                    "on|give up on|gives up on|given up on|giving up on|gave up|give up|drop the idea|dropped the "
                    "idea|shy away from|shies away from|steer clear of|back out of|backed out of|walk back|walked "
                    "back|renege on|reneged on|turn down|turned down|nowhere near|beyond what we can")},
    {DENIES | WHOLE,
     PV_STR("falls away|fall away|fell away|goes away|is waived|be waived|are waived|lapses|too many|too "
            "often|too frequent|bowed out|bows out|broke down|have broken down|has broken down|on ice|no "
            "reply|not replied|no response so far|heard nothing|got no answer|no answer|was left by|were left by|will "
            "not join|not join us|unsuccessful|fell through|has fallen "
            "through|thinking it over|not confirmed|unconfirmed|not interested|never answered|went nowhere|came "
            "to nothing|called off|be called off|is a matter for|are a matter for|we leave to|is left to|are "
            "left to|we'll see")},
    {DENIES | PV_CUE_TO_VERB,
     PV_STR(""
            "replace|replaces|replacing|replaced|cancel|cancels|canceling|cancelling|skip|skips|skipping|scrap|scraps|"
            "scrapping|terminate|terminates|terminating|dissolve|dissolves|dissolving|suspend|suspends|suspending")},
    {DENIES | FINITE, PV_STR("has yet to|have yet to")},
    {PV_CUE_SUBORDINATE,
     PV_STR("why|report that|reports that|explain that|explains that|note that|announce that|admit that|admits "
            "that|acknowledge that|acknowledges that|conclude that|concludes that|learn that")},
    {CONDITIONS | WHOLE,
     PV_STR("contingent|conditional|the moment the|the moment we|the moment DHCS|the day the|the minute the|failing "
            "any|failing that|absent any|absent further|all else being equal|other things being equal|all things being "
            "equal|everything else being equal|in place we will|whenever there is|but for the|assuming always|always "
            "assuming|always provided|budget willing|budgets willing|weather permitting|given the right|with the right|"
            "with a following wind|with a fair wind|with DHCS's blessing|money permitting")},
    {CONDITIONS | WHOLE,
     PV_STR("once DHCS|once our budget|once our funding|once a budget|once our board|once our vendor|once the "
            "vendor|once the funding|once the funds|as soon as the|as soon as our|with enough funding|with "
            "enough funds|with enough money|with enough staff|with enough|with sufficient|with adequate|subject "
            "always to|subject also to|subject further to|subject in each case to|subject as always to|provided "
            "DHCS|provided the|provided funds|provided funding|provided we|provided they|provided it|provided "
            "there|provided sufficient|provided enough|once the state|once the legislature|once CMS|once the "
            "board|once approval|once we receive|once awarded|once the budget|once the grant|once money|once "
            "resources|when DHCS|when the state|when the legislature|in case of|on the assumption|on the "
            "premise|as soon as funding|as soon as funds|as soon as DHCS|as soon as the state|as soon as we "
            "receive|until and unless|barring|failing which|budget allowing")},
    {PAST, PV_STR("set out to|had committed to|had committed|had pledged|had pledged to|had agreed to|had aimed to|had "
                  "set|were going to|was going to|had planned to|had planned|were to have|was to have|were meant "
                  "to|was meant to|had hoped to|had intended to|had wanted to|had promised|have in the past|in former "
                  "years|in earlier years|in bygone years|once upon a time|at one time|back in")},
    {PAST | NEAR,
     PV_STR("old target|former target|previous target|prior target|old goal|former goal|previous goal|prior "
            "goal|original target|original goal|earlier target|earlier goal|last year's target|last year's "
            "goal|old target of|former target of|previous target of|prior target of|original target of")},
    {PV_CUE_SPEAKER | PV_CUE_SUBJECT | PV_CUE_NEEDS_CLAUSE,
     PV_STR("our predecessor|our predecessors|the predecessor|its predecessor|the previous plan|the former "
            "plan|the prior plan|the RFP|the RFA|the consultant|the consultants|our consultant|our "
            "consultants|the auditor|the auditors|the evaluator|the evaluators|the reviewer|the reviewers|the "
            "grantor|the funder|the NCQA|NCQA")},
    {PV_CUE_ATTRIBUTES,
     PV_STR("puts it|put it|is said to|are said to|was said to|per the RFP|per the guidance|per the "
            "guidelines|per the contract|per the APL|per the instructions|per the state|per state|per "
            "federal|per the requirement|per the requirements|per requirement|per the IPP|per the RFA|per "
            "CMS|per statute|per regulation|per law|by law|by statute|it has been suggested|it was suggested|it "
            "is suggested|it has been proposed|it was proposed|it has been recommended|it was recommended|it is "
            "recommended|has been suggested to us|in the language of|borrowed from|copied from|taken "
            "from|excerpt from|excerpted from|rumor has it|word has it|so we hear|we hear that|we are told|so "
            "they say|so it is said|as they say|allegedly|purportedly")},
    {PV_CUE_ACHIEVES, PV_STR(""
                             "reach|reaches|reaching|meet|meets|meeting|achieve|achieves|achieving|attain|attains|"
                             "attaining|fulfil|fulfill|fulfilling|satisfy|satisfies|satisfying|comply "
                             "with|complying "
                             "with|deliver|delivers|delivering|exceed|exceeds|exceeding|surpass|hit|match|realize|"
                             "realise|secure|implement|implementing|bring "
                             "about|ensure|ensures|ensuring|follow|adhere to|honor|honour|do|provide|live up "
                             "to|reached|achieved|met|attained|delivered")},
    {PV_CUE_CHANGES | PV_CUE_ACTION,
     PV_STR(""
            "increase|improve|raise|expand|grow|boost|reduce|decrease|lower|cut|enhance|strengthen|double|triple|"
            "accelerate|augment|widen|broaden|lift|scale|shrink|narrow|halve|close|fill|increasing|improving|raising|"
            "expanding|growing|boosting|reducing|decreasing|lowering|enhancing|strengthening|doubling|scaling|"
            "shrinking|narrowing|closing|filling|enlarge|enlarging|multiply|bolster|bolstering")},
    {PV_CUE_CHANGES, PV_STR(""
                            "increases|improves|raises|expands|grows|boosts|reduces|decreases|improvement|improvements|"
                            "growth|rise|rises|gain|gains|expansion|reduction|reductions|uplift|jump|additional|climb|"
                            "climbs|closes|shrinks|narrows|halves|fills|goes "
                            "up|go up|going up|higher|lower|more|fewer|gap closure|augmentation|enhancement")},
    {PV_CUE_ACTION,
     PV_STR(""
            "reach|achieve|attain|meet|add|enroll|recruit|hire|train|connect|provide|offer|support|help|engage|"
            "contract|implement|establish|build|develop|launch|conduct|hold|convene|partner|collaborate|work|ensure|"
            "use|pay|fund|award|create|deliver|extend|onboard|identify|share|deploy|coordinate|bring|make|complete|"
            "sign|schedule|host|close|move|get|give|set|start|continue|maintain|leverage|include|invite|"
            "connecting|adding|hiring|training|reaching|achieving|enrolling|recruiting|onboarding|closing|bringing|"
            "meeting|holding|convening|contracting")},
    {PV_CUE_SUBJECT, PV_STR("they|it|he|she|there|nobody|everyone|anyone")},
    {PV_CUE_SUBJECT | PV_CUE_OURS, PV_STR("we|I")},
    {PV_CUE_SUBJECT | PV_CUE_OURS | PV_CUE_NEEDS_CLAUSE,
     PV_STR("our plan|the plan|our organization|our health plan|our team|our staff|our providers|our network|our "
            "agency|our organisation")},
    {FINITE,
     PV_STR(""
            "will|shall|must|may|might|could|would|should|can|cannot|do|does|can't|won't|don't|doesn't|didn't|isn't|"
            "aren't|wasn't|weren't|hasn't|haven't|hadn't|wouldn't|couldn't|shouldn't|mustn't|shan't|needn't|ain't|will "
            "be|will have")},
    {PV_CUE_CONTRAST, PV_STR("but|but also|but rather|but instead|and yet")},
    {PV_CUE_CONTRAST | PV_CUE_NEEDS_CLAUSE,
     PV_STR("however|yet|nevertheless|nonetheless|on the other hand|by contrast|in contrast|conversely|even so")},
    {PV_CUE_RELATIVE, PV_STR("which|who|whom|whose|where|of which|of whom|in which|through which|with whom")},
    {PV_CUE_SUBORDINATE | PV_CUE_NEEDS_CLAUSE,
     PV_STR("because|although|though|even though|whereas|given that|notwithstanding that|so that|in order "
            "that|while|since|until|till|when|after|before|as|despite|even as|whereby|once|wherever|whenever")},
    {PV_CUE_JOINS, PV_STR("and|or|so|then|plus|and so|and then|and also|and or|therefore|thus|hence")},
};
const size_t pv_english_cue_groups = sizeof pv_english_cues / sizeof pv_english_cues[0];

const pv_wording_kind pv_wording_kinds[] = {
    {PV_STR("ignored"), 0},
    {PV_STR("denies"), DENIES},
    {PV_STR("hedges"), HEDGES},
    {PV_STR("conditions"), CONDITIONS | WHOLE},
    {PV_STR("past"), PAST},
    {PV_STR("present"), PRESENT},
    {PV_STR("promises"), PROMISES},
    {PV_STR("speakers"), PV_CUE_SPEAKER | PV_CUE_SUBJECT | PV_CUE_NEEDS_CLAUSE},
    {PV_STR("asks"), PV_CUE_ASKS},
    {PV_STR("attributes"), PV_CUE_ATTRIBUTES},
    {PV_STR("ours"), PV_CUE_SUBJECT | PV_CUE_OURS | PV_CUE_NEEDS_CLAUSE},
    {PV_STR("takes_back"), PV_CUE_TAKES_BACK},
    {PV_STR("elsewhere"), PV_CUE_ELSEWHERE},
    {PV_STR("here"), PV_CUE_HERE},
};
const size_t pv_wording_kind_count = sizeof pv_wording_kinds / sizeof pv_wording_kinds[0];

/* ---- words ---- */

#define IS_ONE_OF(word, list)                                                                                          \
    pv_phrasing_is_one_of((word), (list), sizeof(list) / sizeof(list)[0], pv_str_equal_ascii_folded)

bool pv_english_is_title(pv_str word) {
    static const char *const titles[] = {"Dr",  "Mr",  "Mrs",  "Ms",  "St",  "Mt",  "Ft",  "Prof", "Rev",    "Gov",
                                         "Sen", "Rep", "Hon",  "Gen", "vs",  "v",   "cf",  "ca",   "approx", "est",
                                         "avg", "e.g", "i.e",  "eg",  "ie",  "viz", "Sec", "Fig",  "Art",    "Jan",
                                         "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "Apr", "pp",   "resp"};
    return IS_ONE_OF(word, titles);
}

bool pv_english_is_abbreviation(pv_str word) {
    static const char *const words[] = {"etc",  "Inc", "Dept", "Co",   "Corp", "Ltd", "Jr",  "Sr",   "al",   "pct",
                                        "min",  "max", "Ave",  "Blvd", "Rd",   "ext", "No",  "Nos",  "ref",  "div",
                                        "Ph.D", "M.D", "U.S",  "hrs",  "mos",  "yrs", "qtr", "Assn", "Univ", "misc"};
    return IS_ONE_OF(word, words);
}

bool pv_english_begins_sentence(pv_str word) {
    static const char *const words[] = {
        "We",      "The",     "This", "These",     "Those",  "Our",          "It",          "They",
        "In",      "For",     "To",   "By",        "As",     "However",      "While",       "Although",
        "If",      "Through", "With", "Currently", "Please", "There",        "Also",        "Each",
        "All",     "Any",     "No",   "Not",       "DHCS",   "And",          "But",         "At",
        "On",      "From",    "When", "Once",      "After",  "Before",       "Under",       "Since",
        "Then",    "That",    "Such", "Its",       "Their",  "Additionally", "Furthermore", "Moreover",
        "Because", "Where",   "What", "A",         "An",     "Both",         "Further"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_function_word(pv_str word) {
    static const char *const words[] = {
        "a",       "an",       "the",    "and",   "or",      "of",     "to",     "in",    "on",    "at",
        "by",      "for",      "with",   "from",  "as",      "that",   "which",  "who",   "whose", "where",
        "than",    "then",     "so",     "but",   "nor",     "if",     "unless", "until", "while", "because",
        "since",   "into",     "per",    "via",   "through", "within", "during", "about", "over",  "under",
        "between", "among",    "across", "after", "before",  "basis",  "is",     "are",   "was",   "were",
        "be",      "been",     "will",   "shall", "may",     "might",  "can",    "could", "would", "should",
        "must",    "has",      "have",   "had",   "do",      "does",   "did",    "not",   "we",    "they",
        "it",      "at least", "least",  "most",  "more",    "less",   "up",     "also",  "too"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_determiner(pv_str word) {
    static const char *const words[] = {"a",     "an",    "the",   "our",  "its",  "their",     "all",
                                        "these", "those", "this",  "that", "your", "his",       "her",
                                        "any",   "each",  "every", "such", "my",   "contracted"};
    return IS_ONE_OF(word, words);
}

bool pv_english_stands_before_verb(pv_str word) {
    static const char *const words[] = {"be",    "been",  "have", "also", "all",  "each",     "both",
                                        "then",  "now",   "thus", "soon", "to",   "together", "next",
                                        "again", "still", "only", "too",  "once", "of",       "course"};
    return IS_ONE_OF(word, words);
}

bool pv_english_opens_clause(pv_str word) {
    static const char *const words[] = {"that", "who",  "which", "whose", "why",    "how", "whether", "where",
                                        "when", "what", "if",    "as",    "unless", "so",  "because", "than"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_gap(pv_str word) {
    static const char *const words[] = {"gap",     "gaps",     "shortage", "shortages", "shortfall",   "shortfalls",
                                        "backlog", "deficit",  "deficits", "disparity", "disparities", "need",
                                        "needs",   "waitlist", "wait",     "waits",     "vacancies",   "unmet"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_leave(pv_str word) {
    static const char *const words[] = {"permit", "permits", "allow", "allows", "permitting", "allowing"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_assent(pv_str word) {
    static const char *const words[] = {"approval", "approvals", "consent",  "permission", "blessing",
                                        "okay",     "clearance", "go-ahead", "concurrence"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_many(pv_str word) {
    static const char *const words[] = {"ten",     "fifteen", "twenty", "thirty",  "forty", "fifty",   "sixty",
                                        "seventy", "eighty",  "ninety", "hundred", "many",  "several", "thousand"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_numbered(pv_str word) {
    static const char *const words[] = {"tier",     "phase",     "area",   "measure",  "step",    "priority", "section",
                                        "line",     "item",      "page",   "year",     "quarter", "goal",     "table",
                                        "level",    "zone",      "region", "district", "program", "prompt",   "no",
                                        "strategy", "objective", "option", "cohort",   "wave",    "group",    "part"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_quoting(pv_str word) {
    static const char *const words[] = {"reads", "read", "says", "said", "states", "stated", "writes", "wrote", "runs"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_reported(pv_str word) {
    static const char *const words[] = {"that", "they", "he", "she", "it", "we"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_deadline(pv_str word) {
    static const char *const words[] = {"end", "year", "spring", "summer", "fall", "autumn", "winter",  "then",   "Q1",
                                        "Q2",  "Q3",   "Q4",     "mid",    "next", "close",  "yearend", "midyear"};
    bool abbreviated;
    bool year =
        word.size == 4 && word.data[0] == '2' && word.data[1] == '0' && word.data[2] >= '0' && word.data[2] <= '9';
    return year || IS_ONE_OF(word, words) || pv_phrasing_month(word, &abbreviated) > 0;
}

bool pv_english_is_definite(pv_str word) {
    static const char *const words[] = {"the", "these", "those", "this", "that", "our", "their", "its", "such"};
    return IS_ONE_OF(word, words);
}

bool pv_english_concedes(pv_str word) {
    static const char *const words[] = {"while", "although", "though", "even", "whereas", "notwithstanding", "despite"};
    return IS_ONE_OF(word, words);
}

bool pv_english_points_back(pv_str word) {
    static const char *const words[] = {"this", "that", "these", "those", "it", "they", "all", "none"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_manner(pv_str word) {
    static const char *const words[] = {"in",       "person", "online",   "virtual", "virtually", "remote",
                                        "remotely", "more",   "outdoors", "indoors", "video"};
    return IS_ONE_OF(word, words);
}

bool pv_english_contrasts(pv_str word) {
    static const char *const words[] = {"however", "but", "yet", "still", "though", "nevertheless", "alas", "sadly"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_matter(pv_str word) {
    static const char *const words[] = {
        "target",   "targets",   "goal",      "goals",      "figure",      "figures",    "number",    "numbers",
        "estimate", "estimates", "increase",  "commitment", "commitments", "percentage", "promise",   "pledge",
        "meetings", "frequency", "schedule",  "cadence",    "above",       "foregoing",  "rate",      "statement",
        "20%",      "sentence",  "paragraph", "answer",     "response",    "amount",     "objective", "projection"};
    return IS_ONE_OF(word, words);
}

bool pv_english_loosens(pv_str word) {
    static const char *const words[] = {"may",    "might",    "could",     "would",    "unlikely",  "perhaps",
                                        "maybe",  "possibly", "estimated", "estimate", "projected", "doubt",
                                        "doubts", "hope",     "hopes",     "hoped"};
    return IS_ONE_OF(word, words);
}

bool pv_english_is_more(pv_str word) {
    static const char *const words[] = {"include", "involve", "also",     "consist", "require", "take",  "mean",
                                        "be",      "help",    "comprise", "use",     "cover",   "range", "allow"};
    return IS_ONE_OF(word, words);
}

/* ---- comparing ---- */

const pv_comparing_words pv_english_comparing_before[] = {
    {PV_STR("no lower than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not lower than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("no smaller than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not below"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not under"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("nothing less than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("nothing short of"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("a floor of"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("floor of"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at the very least"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at a minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("upwards of"), PV_QUALIFIER_OVER},
    {PV_STR("in excess of"), PV_QUALIFIER_OVER},
    {PV_STR("just over"), PV_QUALIFIER_OVER},
    {PV_STR("better than"), PV_QUALIFIER_OVER},
    {PV_STR("higher than"), PV_QUALIFIER_OVER},
    {PV_STR("beyond"), PV_QUALIFIER_OVER},
    {PV_STR("no higher than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("as much as"), PV_QUALIFIER_AT_MOST},
    {PV_STR("as many as"), PV_QUALIFIER_AT_MOST},
    {PV_STR("a ceiling of"), PV_QUALIFIER_AT_MOST},
    {PV_STR("capped at"), PV_QUALIFIER_AT_MOST},
    {PV_STR("not to exceed"), PV_QUALIFIER_AT_MOST},
    {PV_STR("just under"), PV_QUALIFIER_UNDER},
    {PV_STR("just short of"), PV_QUALIFIER_UNDER},
    {PV_STR("lower than"), PV_QUALIFIER_UNDER},
    {PV_STR("nearly"), PV_QUALIFIER_UNDER},
    {PV_STR("almost"), PV_QUALIFIER_UNDER},
    {PV_STR("approaching"), PV_QUALIFIER_UNDER},
    {PV_STR("close to"), PV_QUALIFIER_ABOUT},
    {PV_STR("close on"), PV_QUALIFIER_ABOUT},
    {PV_STR("circa"), PV_QUALIFIER_ABOUT},
    {PV_STR("approx."), PV_QUALIFIER_ABOUT},
    {PV_STR("approx"), PV_QUALIFIER_ABOUT},
    {PV_STR("in the region of"), PV_QUALIFIER_ABOUT},
    {PV_STR("in the order of"), PV_QUALIFIER_ABOUT},
    {PV_STR(">="), PV_QUALIFIER_AT_LEAST},
    {PV_STR("=>"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("≥"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("⩾"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("<="), PV_QUALIFIER_AT_MOST},
    {PV_STR("=<"), PV_QUALIFIER_AT_MOST},
    {PV_STR("≤"), PV_QUALIFIER_AT_MOST},
    {PV_STR("⩽"), PV_QUALIFIER_AT_MOST},
    {PV_STR(">"), PV_QUALIFIER_OVER},
    {PV_STR("<"), PV_QUALIFIER_UNDER},
    {PV_STR("~"), PV_QUALIFIER_ABOUT},
    {PV_STR("≈"), PV_QUALIFIER_ABOUT},
    {PV_STR("±"), PV_QUALIFIER_ABOUT},
};
const size_t pv_english_comparing_before_count =
    sizeof pv_english_comparing_before / sizeof pv_english_comparing_before[0];

const pv_comparing_words pv_english_comparing_after[] = {
    {PV_STR("or better"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or above"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or over"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("and above"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("and more"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("and up"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or beyond"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("plus"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at the least"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at least"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at most"), PV_QUALIFIER_AT_MOST},
    {PV_STR("at the very most"), PV_QUALIFIER_AT_MOST},
    {PV_STR("at the most"), PV_QUALIFIER_AT_MOST},
    {PV_STR("at the outside"), PV_QUALIFIER_AT_MOST},
    {PV_STR("max"), PV_QUALIFIER_AT_MOST},
    {PV_STR("maximum"), PV_QUALIFIER_AT_MOST},
    {PV_STR("tops"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or below"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or lower"), PV_QUALIFIER_AT_MOST},
    {PV_STR("less"), PV_QUALIFIER_UNDER},
    {PV_STR("lower"), PV_QUALIFIER_UNDER},
    {PV_STR("short of"), PV_QUALIFIER_UNDER},
    {PV_STR("below"), PV_QUALIFIER_UNDER},
    {PV_STR("or so"), PV_QUALIFIER_ABOUT},
    {PV_STR("give or take"), PV_QUALIFIER_ABOUT},
    {PV_STR("more or less"), PV_QUALIFIER_ABOUT},
    {PV_STR("or thereabouts"), PV_QUALIFIER_ABOUT},
    {PV_STR(", or more"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("(or more)"), PV_QUALIFIER_AT_LEAST},
};
const size_t pv_english_comparing_after_count =
    sizeof pv_english_comparing_after / sizeof pv_english_comparing_after[0];
