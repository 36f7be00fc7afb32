/* The words of English by which acronyms are told, and spellings of one name, as data. */
#include "text/acronyms_p.h"
#include "text/name_variants_p.h"

/* ---- word forms ---- */

const pv_str pv_english_running_words =
    PV_STR("the|of|and|to|in|for|is|that|with|by|on|be|are|as|or|will|this|from|at|an|it|was|were|have|has|not|their|"
           "which|can");
/* Spanish, which documents of the United States and Puerto Rico have among English. */
const pv_str pv_foreign_running_words =
    PV_STR("de|la|el|los|las|en|que|y|del|para|por|se|con|una|un|al|su|sus|es|lo|como|o|ser|esta|este");

/* ---- acronyms ---- */

const pv_str pv_english_acronym_words[PV_ACRONYM_WORDS_COUNT] = {
    /* Names of California and Puerto Rico have Spanish ones. */
    [PV_ACRONYM_SMALL] =
        PV_STR("a|an|and|as|at|by|for|from|in|into|of|on|or|per|the|to|with|within|de|del|e|el|en|la|las|los|para|"
               "por|y|through|between|among|its|their|s"),
    [PV_ACRONYM_KNOWN] =
        PV_STR("us|usa|uk|eu|un|ok|pdf|html|xml|csv|url|http|https|www|faq|faqs|id|ids|tv|dvd|cd|usb|pc|am|pm|ad|bc|"
               "bce|ce|etc|ie|eg|aka|ps|po|covid|hiv|aids|dna|rna|iq|ceo|cfo|nasa|fbi|irs|dr|mr|mrs|ms|jr|sr|vs|no|"
               "nos|st|rsvp|asap|zip|ssn|dc|gps|sms|atm|pin|wifi|cpr|md|phd|gmt|est|pst|edt|pdt|utc|iso|json|yaml|"
               "ascii|utf|ram|cpu|sql|css|api|diy|byo|llc|inc|ged|abc|abcs|qa"),
    [PV_ACRONYM_EMPHASIS] =
        PV_STR("not|and|or|but|nor|all|any|only|must|shall|should|will|may|can|no|yes|new|do|does|is|are|be|if|the|"
               "of|to|in|on|at|by|for|from|with|as|an|it|its|this|that|these|those|note|draft|final|part|section|"
               "title|table|figure|appendix|attachment|exhibit|chapter|page|total|none|each|every|both|either|end|"
               "see|per|than|then|before|after|more|less|least|most|also|when|where|who|what|why|how|optional|"
               "required|important|please|stop|date|name|signature|fax|tel|phone|email|attn|re|subject|warning|"
               "caution|first|second|third|one|two|three|ten|bill|act|vol|january|february|march|april|june|july|"
               "august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|"
               "wed|thu|fri|sat|sun|tbd|tba|na|sample|example|his|her|our|your|my|we|you|they|he|she|has|have|had|"
               "was|were|been|so|up|out|over|under|other|same|such|very|too|now|here|there|use|used|add|insert"),
    [PV_ACRONYM_UNITS] =
        PV_STR("am|pm|kb|mb|gb|tb|hz|khz|mhz|ghz|km|kg|mg|ml|cm|mm|dl|oz|lb|lbs|ft|sf|sq|mph|kw|kwh|mw|ac|usd|dpi|"
               "psi|bps|kbps|mbps|hr|hrs"),
    [PV_ACRONYM_POSTAL] =
        PV_STR("al|ak|az|ar|ca|co|ct|de|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|"
               "nd|oh|ok|or|pa|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|dc|pr|vi|gu"),
    [PV_ACRONYM_DEGREES] =
        PV_STR("md|do|lisw|apsw|lsw|phd|msc|rn|np|pa|lvn|lpn|lcsw|licsw|lmft|mft|lmhc|lpc|lpcc|msw|bsw|csw|cswa|mph|"
               "mpa|mpp|mba|msn|bsn|jd|esq|ma|ms|ba|bs|med|edd|psyd|dds|dmd|dnp|cpa|cnm|lcpc|acsw|mssw|mhs|mha|mn|"
               "mhrm|cpm|pmp|bcba|dsw|llm|ii|iii|jr|sr"),
    [PV_ACRONYM_CITED] = PV_STR("cfr|ccr|usc|fr|us|stat|krs|kar|ars|wic|arc"),
    [PV_ACRONYM_BILLS] = PV_STR("ab|rfc|sb|hb|hr|hjr|sjr|acr|hf|sf|lb|ld|ps"),
    [PV_ACRONYM_SAYS] = PV_STR("acronym|acronyms|initial|initials|abbreviation|abbreviated"),
    [PV_ACRONYM_LEADS] =
        PV_STR("or|the|hereafter|hereinafter|herein|referred|refer|to|as|also|known|aka|abbreviated|called|"
               "collectively|individually|together|we|will|be|short|in|simply|a|an|and|formerly|acronym|abbreviation|"
               "eg|ie"),
    [PV_ACRONYM_MEANS] =
        PV_STR("or|stands|stand|for|means|is|are|short|refers|to|the|an|acronym|abbreviation|denotes|which|that|ie"),
};

/* ---- spellings of names ---- */

const pv_str pv_english_name_links = PV_STR("of|for|the|and|on|to|in|de|la|del|las|los|y|with|at|as");
const pv_str pv_english_name_and = PV_STR("and");
const pv_str pv_english_articles = PV_STR("the|a|an");
const pv_str pv_english_name_openings =
    PV_STR("of|for|and|on|to|in|with|at|as|by|from|this|that|these|those|our|your|their|its|his|her|my|all|"
           "each|any|no|not|if|when|where|we|it|is|are|or|but|because|both|every|many|most|other|some|such|after|"
           "before|between|during|through|under|while|how|what|who|why|will|may|also|then|there|they|however|see|per|"
           "into");
const pv_str pv_english_particles = PV_STR("up|in|out|off|on|down|over|by|through|around|about|to");
const pv_str pv_english_part_labels =
    PV_STR("section|appendix|attachment|exhibit|chapter|title|table|figure|article|annex|schedule|volume|phase|"
           "amendment|enclosure|addendum|subsection");
const pv_str pv_english_compounds =
    PV_STR("health care|child care|day care|after care|web site|web page|data base|data set|work force|work group|"
           "work flow|work load|work place|work shop|work sheet|care giver|care taker|case load|case worker|"
           "case work|case file|stake holder|time line|time frame|time table|life span|life time|help line|hot line|"
           "policy maker|task force|house hold|back log|check list|hand book|guide line|frame work|tool kit|tool box|"
           "skill set|grand parent|grand child|grand children|step parent|foster parent|home care|home work|pay roll|"
           "payment system|team work|net work|play group|child birth|birth weight|drop box|road map|cross walk|"
           "down time|turn around|wrap around|walk through|over sight|out reach|out come|in take|in put|on line|"
           "e mail|well being|decision making|policy making|problem solving|self care|note book|note taking|"
           "book keeping|record keeping|share holder|stand point|view point|mile stone|bench mark|land lord|"
           "home owner|spread sheet|score card|post card|key word|pass word|user name|file name|white paper|"
           "black board|news letter|care plan|screen shot");
const pv_str pv_english_prefixes =
    PV_STR("non|co|re|pre|post|multi|anti|sub|semi|inter|intra|under|over|micro|macro|bi|tri|mid|un|mis|pro|trans|"
           "cyber|tele|socio|psycho|bio|neuro|counter|de|para|e|on|in|out|cross|self|well|day|check|life|policy|"
           "decision");
const pv_str pv_english_other_meanings =
    PV_STR("re sign|re signed|re cover|re covered|re covery|re create|re creation|re form|re formed|co op|co ops|"
           "re lease|re leased|re sent|re mark|re count|re counted|re treat|re treated|re present|re collect|"
           "re dress|re serve|re served|re sort|re search|re turn|re act|re place|re placed|pro active|in to|on to|"
           "re view|re port|re lay|re cite|re fund|re prove|re petition|re strain|re tire|re move|re pair|un ionized|"
           "pre position");
const pv_str pv_english_suffixes =
    PV_STR("wide|making|maker|makers|taking|giving|givers|giver|time|line|lines|load|loads|work|worker|workers|group|"
           "groups|site|care|being|free|fold|book|mark|net|flow|sheet|term");
