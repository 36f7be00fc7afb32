#include "text/acronyms_p.h"

const pv_str pv_english_acronym_words[PV_ACRONYM_WORDS_COUNT] = {
    /* Names of California and Puerto Rico have Spanish ones. */
    [PV_ACRONYM_SMALL] =
        PV_STR("a|an|and|as|at|by|for|from|in|into|of|on|or|per|the|to|with|within|de|del|e|el|en|la|las|los|"
               "para|por|y|through|between|among|its|their|s"),
    [PV_ACRONYM_KNOWN] = PV_STR(
        "us|usa|uk|eu|un|ok|pdf|html|xml|csv|url|http|https|www|faq|faqs|id|ids|tv|dvd|cd|usb|pc|am|pm|ad|bc|bce|ce|"
        "etc|"
        "ie|eg|aka|ps|po|covid|hiv|aids|dna|rna|iq|ceo|cfo|nasa|fbi|irs|dr|mr|mrs|ms|jr|sr|vs|no|nos|st|rsvp|asap|"
        "zip|ssn|dc|gps|sms|atm|pin|wifi|cpr|md|phd|gmt|est|pst|edt|pdt|utc|iso|json|yaml|ascii|utf|ram|cpu|sql|"
        "css|api|diy|byo|llc|inc|po|ged|abc|abcs|qa"),
    [PV_ACRONYM_EMPHASIS] = PV_STR(
        "not|and|or|but|nor|all|any|only|must|shall|should|will|may|can|no|yes|new|do|does|is|are|be|if|the|of|to|in|"
        "on|at|by|for|from|with|as|an|it|its|this|that|these|those|note|draft|final|part|section|title|table|figure|"
        "appendix|attachment|exhibit|chapter|page|total|none|each|every|both|either|end|see|per|than|then|"
        "before|after|more|less|least|most|also|when|where|who|what|why|how|optional|required|important|please|"
        "stop|date|name|signature|fax|tel|phone|email|attn|re|subject|warning|caution|first|second|third|one|two|"
        "three|ten|bill|act|vol|january|february|march|april|june|july|august|september|october|november|"
        "december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|tbd|tba|na|"
        "sample|example|his|her|our|your|my|we|you|they|he|she|has|have|had|was|were|been|so|up|out|over|"
        "under|other|same|such|very|too|now|here|there|use|used|add|insert"),
    [PV_ACRONYM_UNITS] =
        PV_STR("am|pm|kb|mb|gb|tb|hz|khz|mhz|ghz|km|kg|mg|ml|cm|mm|dl|oz|lb|lbs|ft|sf|sq|mph|kw|kwh|mw|ac|"
               "usd|dpi|psi|bps|kbps|mbps|hr|hrs"),
    [PV_ACRONYM_POSTAL] =
        PV_STR("al|ak|az|ar|ca|co|ct|de|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|"
               "ny|nc|nd|oh|ok|or|pa|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|dc|pr|vi|gu"),
    [PV_ACRONYM_DEGREES] = PV_STR(
        "md|do|lisw|apsw|lsw|phd|msc|rn|np|pa|lvn|lpn|lcsw|licsw|lmft|mft|lmhc|lpc|lpcc|msw|bsw|csw|cswa|mph|mpa|mpp|"
        "mba|msn|bsn|jd|esq|ma|"
        "ms|"
        "ba|bs|med|edd|psyd|dds|dmd|dnp|cpa|cnm|lcpc|acsw|mssw|mhs|mha|mn|mhrm|cpm|pmp|bcba|dsw|llm|ii|iii|jr|sr"),
    [PV_ACRONYM_CITED] = PV_STR("cfr|ccr|usc|fr|us|stat|krs|kar|ars|wic|arc"),
    [PV_ACRONYM_BILLS] = PV_STR("ab|rfc|sb|hb|hr|hjr|sjr|acr|hf|sf|lb|ld|ps"),
    [PV_ACRONYM_SAYS] = PV_STR("acronym|acronyms|initial|initials|abbreviation|abbreviated"),
    [PV_ACRONYM_LEADS] =
        PV_STR("or|the|hereafter|hereinafter|herein|referred|refer|to|as|also|known|aka|abbreviated|called|"
               "collectively|individually|together|we|will|be|short|in|called|simply|a|an|and|formerly|"
               "acronym|abbreviation|eg|ie"),
    [PV_ACRONYM_MEANS] =
        PV_STR("or|stands|stand|for|means|is|are|short|refers|to|the|an|acronym|abbreviation|denotes|which|"
               "that|ie"),
};
