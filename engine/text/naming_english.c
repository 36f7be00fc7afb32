#include "text/naming_p.h"

#define HEAD PV_NAMING_HEAD
#define BREAK PV_NAMING_BREAK
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const pv_naming_group pv_english_naming_groups[] = {
    {HEAD, PV_STR("department|agency|division|office|bureau|branch|unit|program|administration|authority|commission|"
                  "ministry|board|council|district|directorate|arm|wing")},
    {PV_NAMING_TAIL,
     PV_STR("health|care|services|service|systems|system|providers|provider|partners|partner|records|documents|"
            "documentation|data|plans|plan|disorders|disorder|illnesses|illness|homelessness|incarceration|"
            "institutionalization|hospitals|hospital|facilities|facility|clinics|clinic|groups|populations|"
            "organizations|organization|networks|network|settings|"
            "individuals|people|persons|members|adults|families|youth|jails|jail|prisons|prison|homes")},
    {PV_NAMING_JOINS, PV_STR("and|or|plus|nor")},
    {PV_NAMING_ARTICLE, PV_STR("the|a|an|each|both|all|these|those|any|every")},
    {PV_NAMING_ONE, PV_STR("a|an")},
    {PV_NAMING_PREPOSITION, PV_STR("of|for|from|with|at|in|to|on|by")},
    {PV_NAMING_OF, PV_STR("of")},
    {PV_NAMING_WITHIN, PV_STR("of|at|within|in")},
    {BREAK, PV_STR("we|they|who|whom|which|that|you|it|he|she|this|there|will|shall|would|can|could|may|might|must|"
                   "should|is|are|was|were|be|been|being|has|have|had|do|does|did|not|never|to|by|on|for|with|from|at|"
                   "in|into|through|via|about|as|if|when|where|while|because|so|but|however|then|also|only|than|during|"
                   "until|after|before|under|over|between|among|including|include|includes|work|works|working|worked|"
                   "meet|meets|met|provide|provides|providing|offer|offers|develop|expand|create|join|joins|joined|"
                   "share|shares|send|sends|improve|improves|help|helps|serve|serves|let|lets|make|makes|take|takes")},
    {PV_NAMING_LOCAL, PV_STR("county|counties|countys|countywide|local|city|cities|municipal|parish|borough|region")},
    {PV_NAMING_STATE,
     PV_STR("state|statewide|alabama|alaska|arizona|arkansas|california|californias|colorado|connecticut|delaware|"
            "florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|"
            "michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|ohio|oklahoma|oregon|pennsylvania|"
            "tennessee|texas|utah|vermont|virginia|washington|wisconsin|wyoming")},
    {PV_NAMING_FEDERAL, PV_STR("federal|national|nationwide|nation|states")},
    {PV_NAMING_FEDERAL | PV_NAMING_CAPITALS, PV_STR("us|usa")},
    {PV_NAMING_OURS, PV_STR("our|my|internal|inhouse")},
    {PV_NAMING_PLAN, PV_STR("plan|plans|mcp|mcps|mcos|mco|organization|company|corporation")},
    {PV_NAMING_PRIVATE, PV_STR("private|privately|nonprofit|nonprofits|profit|commercial|proprietary|corporate|"
                               "charitable|philanthropic|freestanding")},
    {PV_NAMING_ITS, PV_STR("its|their|his|her|whose")},
    {PV_NAMING_ANOTHER, PV_STR("another|other|neighboring|adjacent|surrounding|community|communities|volunteer|tribal|"
                               "school|hospital|hospitals|university|campus|clinic|correctional|military")},
    {PV_NAMING_OWN, PV_STR("own|new|existing|dedicated|current|larger|entire|whole|combined|expanded|full|growing|"
                           "internal|very")},
    {PV_NAMING_AT, PV_STR("at|within")},
    {PV_NAMING_FIELD, PV_STR("health|medical|clinical|dental|legal|educational|human|physical|financial")},
    {PV_NAMING_SEVERAL, PV_STR("counties|cities|states")},
    {PV_NAMING_HOUSE, PV_STR("house")},
    {PV_NAMING_PARTNER, PV_STR("partner|partners|colleague|colleagues|counterpart|counterparts|friend|friends|neighbor|"
                               "neighbors|liaison|liaisons|contact|contacts|sister|fellow|collaborators|allies")},
    {PV_NAMING_THING,
     PV_STR("emergency|emergencies|crisis|crises|outcome|outcomes|issue|issues|concern|concerns|need|needs|problem|"
            "problems|condition|conditions|threat|threats|approach|approaches|perspective|perspectives|principle|"
            "principles|practice|practices|goal|goals|benefit|benefits|field|experts|expert|expertise|professional|"
            "professionals|provider|providers|nonprofit|nonprofits|vendor|vendors|organization|organizations|charity|"
            "charities|company|companies|challenge|challenges|intervention|interventions|impact|impacts|experience|"
            "topic|topics|matter|matters|literature|research|education|degree|degrees|student|students|school|schools|"
            "clinic|clinics|treatment|therapist|therapists|parity|equity|history|symptoms|care|"
            "resources|navigation|network|networks|applications|groups|hospital|hospitals|facility|facilities")},
    {PV_NAMING_SEEKS,
     PV_STR("need|needs|needing|provide|provides|providing|provided|deliver|delivers|delivering|receive|receives|"
            "receiving|additional|needed|necessary|essential|basic|comprehensive|covered|wraparound|available|"
            "appropriate|improve|improves|improving|protect|protecting|seek|seeking|accessing|offer|offers|offering|"
            "fund|funds|funding|"
            "get|gets|getting|obtain|obtaining|use|uses|using|secure|arrange|arranging|"
            "coordinate|coordinated")},
    {PV_NAMING_LEADS,
     PV_STR("access|link|links|linked|linking|linkage|linkages|connect|connects|connected|connecting|connection|"
            "connections|refer|refers|referred|referring|referral|referrals|navigate|navigation|navigating|transition|"
            "transitions|pathway|pathways|warm")},
    {PV_NAMING_STAFF, PV_STR("staff|team|teams|director|directors|directorates|officer|officers|leaders|leadership")},
    {PV_NAMING_TIME, PV_STR("today|tomorrow|year|month|quarter|week|yesterday")},
};
const size_t pv_english_naming_group_count = COUNT(pv_english_naming_groups);

const pv_naming_spelling pv_english_spellings[] = {
    /* Several of what offices are called, and what they are abbreviated to. */
    {HEAD | PV_NAMING_PLURAL, PV_STR("department|departments|depts")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("agency|agencies")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("division|divisions")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("office|offices")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("bureau|bureaus|bureaux")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("branch|branches")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("unit|units")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("program|programs|programmes")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("administration|administrations")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("authority|authorities")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("commission|commissions")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("ministry|ministries")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("board|boards")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("council|councils")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("district|districts")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("directorate|directorates")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("arm|arms")},
    {HEAD | PV_NAMING_PLURAL, PV_STR("wing|wings")},
    {0, PV_STR("department|dept")},
    {0, PV_STR("service|svc")},
    {0, PV_STR("services|svcs|svces")},
    {0, PV_STR("county|cnty|cty")},
    {0, PV_STR("management|mgmt")},
    {0, PV_STR("government|govt")},
    {0, PV_STR("health|hlth")},
    {PV_NAMING_DOTTED, PV_STR("county|co")},
    {PV_NAMING_DOTTED, PV_STR("public|pub")},
    {PV_NAMING_DOTTED, PV_STR("behavioral|beh|behav")},
    {PV_NAMING_DOTTED, PV_STR("social|soc")},
    {PV_NAMING_DOTTED, PV_STR("mental|ment")},
    {PV_NAMING_DOTTED, PV_STR("services|serv|svs")},
    {PV_NAMING_DOTTED, PV_STR("administration|admin")},
    {PV_NAMING_DOTTED, PV_STR("division|div")},
    {PV_NAMING_DOTTED, PV_STR("organization|org")},
    {PV_NAMING_DOTTED, PV_STR("organizations|orgs")},
    {PV_NAMING_DOTTED, PV_STR("association|assn|assoc")},
    {PV_NAMING_DOTTED, PV_STR("hospital|hosp")},
    {PV_NAMING_DOTTED, PV_STR("center|ctr")},
    /* British and American; "-ise" and "-ize" are one by rule (naming.c). */
    {0, PV_STR("behavior|behaviour")},
    {0, PV_STR("behaviors|behaviours")},
    {0, PV_STR("behavioral|behavioural")},
    {0, PV_STR("behaviorally|behaviourally")},
    {0, PV_STR("color|colour")},
    {0, PV_STR("favor|favour")},
    {0, PV_STR("favorable|favourable")},
    {0, PV_STR("harbor|harbour")},
    {0, PV_STR("honor|honour")},
    {0, PV_STR("labor|labour")},
    {0, PV_STR("neighbor|neighbour")},
    {0, PV_STR("neighbors|neighbours")},
    {0, PV_STR("neighborhood|neighbourhood")},
    {0, PV_STR("neighborhoods|neighbourhoods")},
    {0, PV_STR("neighboring|neighbouring")},
    {0, PV_STR("tumor|tumour")},
    {0, PV_STR("center|centre")},
    {0, PV_STR("centers|centres")},
    {0, PV_STR("centered|centred")},
    {0, PV_STR("theater|theatre")},
    {0, PV_STR("meter|metre")},
    {0, PV_STR("liter|litre")},
    {0, PV_STR("fiber|fibre")},
    {0, PV_STR("catalog|catalogue")},
    {0, PV_STR("dialog|dialogue")},
    {0, PV_STR("program|programme")},
    {0, PV_STR("counseling|counselling")},
    {0, PV_STR("counselor|counsellor")},
    {0, PV_STR("counselors|counsellors")},
    {0, PV_STR("enroll|enrol")},
    {0, PV_STR("enrolls|enrols")},
    {0, PV_STR("enrollment|enrolment")},
    {0, PV_STR("enrollments|enrolments")},
    {0, PV_STR("fulfill|fulfil")},
    {0, PV_STR("fulfillment|fulfilment")},
    {0, PV_STR("traveling|travelling")},
    {0, PV_STR("labeled|labelled")},
    {0, PV_STR("labeling|labelling")},
    {0, PV_STR("modeling|modelling")},
    {0, PV_STR("canceled|cancelled")},
    {0, PV_STR("license|licence")},
    {0, PV_STR("licenses|licences")},
    {0, PV_STR("defense|defence")},
    {0, PV_STR("pediatric|paediatric")},
    {0, PV_STR("pediatrics|paediatrics")},
    {0, PV_STR("pediatrician|paediatrician")},
    {0, PV_STR("pediatricians|paediatricians")},
    {0, PV_STR("orthopedic|orthopaedic")},
    {0, PV_STR("gynecology|gynaecology")},
    {0, PV_STR("hematology|haematology")},
    {0, PV_STR("anesthesia|anaesthesia")},
    {0, PV_STR("anemia|anaemia")},
    {0, PV_STR("aging|ageing")},
    {0, PV_STR("judgment|judgement")},
    {0, PV_STR("gray|grey")},
};
const size_t pv_english_spelling_count = COUNT(pv_english_spellings);
