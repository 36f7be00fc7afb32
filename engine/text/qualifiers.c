#include "text/qualifiers.h"

#include "text/phrasing.h"

typedef struct qualifier_phrase {
    pv_str phrase;
    pv_qualifier qualifier;
} qualifier_phrase;

/* Longer ones first: "no more than" must not be read as "more than". */
static const qualifier_phrase phrases_before[] = {
    {{"no less than", 12}, PV_QUALIFIER_AT_LEAST},
    {{"not less than", 13}, PV_QUALIFIER_AT_LEAST},
    {{"no fewer than", 13}, PV_QUALIFIER_AT_LEAST},
    {{"not fewer than", 14}, PV_QUALIFIER_AT_LEAST},
    {{"no less often than", 18}, PV_QUALIFIER_AT_LEAST},
    {{"not less often than", 19}, PV_QUALIFIER_AT_LEAST},
    {{"no less frequently than", 23}, PV_QUALIFIER_AT_LEAST},
    {{"not less frequently than", 24}, PV_QUALIFIER_AT_LEAST},
    {{"at least", 8}, PV_QUALIFIER_AT_LEAST},
    {{"minimum of", 10}, PV_QUALIFIER_AT_LEAST},
    {{"minimum", 7}, PV_QUALIFIER_AT_LEAST},
    {{"no more than", 12}, PV_QUALIFIER_AT_MOST},
    {{"not more than", 13}, PV_QUALIFIER_AT_MOST},
    {{"no greater than", 15}, PV_QUALIFIER_AT_MOST},
    {{"no later than", 13}, PV_QUALIFIER_AT_MOST},
    {{"not later than", 14}, PV_QUALIFIER_AT_MOST},
    {{"no longer than", 14}, PV_QUALIFIER_AT_MOST},
    {{"not longer than", 15}, PV_QUALIFIER_AT_MOST},
    {{"no more often than", 18}, PV_QUALIFIER_AT_MOST},
    {{"no more frequently than", 23}, PV_QUALIFIER_AT_MOST},
    {{"not exceeding", 13}, PV_QUALIFIER_AT_MOST},
    {{"not over", 8}, PV_QUALIFIER_AT_MOST},
    {{"at most", 7}, PV_QUALIFIER_AT_MOST},
    {{"up to", 5}, PV_QUALIFIER_AT_MOST},
    {{"maximum of", 10}, PV_QUALIFIER_AT_MOST},
    {{"maximum", 7}, PV_QUALIFIER_AT_MOST},
    {{"more than", 9}, PV_QUALIFIER_OVER},
    {{"greater than", 12}, PV_QUALIFIER_OVER},
    {{"longer than", 11}, PV_QUALIFIER_OVER},
    {{"more often than", 15}, PV_QUALIFIER_OVER},
    {{"more frequently than", 20}, PV_QUALIFIER_OVER},
    {{"exceeding", 9}, PV_QUALIFIER_OVER},
    {{"above", 5}, PV_QUALIFIER_OVER},
    {{"over", 4}, PV_QUALIFIER_OVER},
    {{"less than", 9}, PV_QUALIFIER_UNDER},
    {{"fewer than", 10}, PV_QUALIFIER_UNDER},
    {{"less often than", 15}, PV_QUALIFIER_UNDER},
    {{"less frequently than", 20}, PV_QUALIFIER_UNDER},
    {{"below", 5}, PV_QUALIFIER_UNDER},
    {{"under", 5}, PV_QUALIFIER_UNDER},
    {{"approximately", 13}, PV_QUALIFIER_ABOUT},
    {{"about", 5}, PV_QUALIFIER_ABOUT},
    {{"around", 6}, PV_QUALIFIER_ABOUT},
    {{"nearly", 6}, PV_QUALIFIER_ABOUT},
    {{"roughly", 7}, PV_QUALIFIER_ABOUT},
    {{"some", 4}, PV_QUALIFIER_ABOUT},
};

static const qualifier_phrase phrases_after[] = {
    {{"or more", 7}, PV_QUALIFIER_AT_LEAST},         {{"or greater", 10}, PV_QUALIFIER_AT_LEAST},
    {{"or higher", 9}, PV_QUALIFIER_AT_LEAST},       {{"or less", 7}, PV_QUALIFIER_AT_MOST},
    {{"or fewer", 8}, PV_QUALIFIER_AT_MOST},         {{"at a minimum", 12}, PV_QUALIFIER_AT_LEAST},
    {{", at a minimum", 14}, PV_QUALIFIER_AT_LEAST}, {{"at minimum", 10}, PV_QUALIFIER_AT_LEAST},
    {{", at minimum", 12}, PV_QUALIFIER_AT_LEAST},
};

const char *pv_qualifier_name(pv_qualifier qualifier) {
    static const char *const names[] = {
        [PV_QUALIFIER_NONE] = "",           [PV_QUALIFIER_AT_LEAST] = "at least", [PV_QUALIFIER_OVER] = "over",
        [PV_QUALIFIER_AT_MOST] = "at most", [PV_QUALIFIER_UNDER] = "under",       [PV_QUALIFIER_ABOUT] = "about",
    };
    return names[qualifier];
}

pv_qualifier pv_qualifier_of(pv_str text, pv_span at) {
    for (size_t i = 0; i < sizeof phrases_before / sizeof phrases_before[0]; i++)
        if (pv_phrasing_phrase_before(text, at.start, phrases_before[i].phrase) != SIZE_MAX)
            return phrases_before[i].qualifier;
    if (at.end < text.size && text.data[at.end] == '+')
        return PV_QUALIFIER_AT_LEAST;
    for (size_t i = 0; i < sizeof phrases_after / sizeof phrases_after[0]; i++)
        if (pv_phrasing_phrase_after(text, at.end, phrases_after[i].phrase) != SIZE_MAX)
            return phrases_after[i].qualifier;
    return PV_QUALIFIER_NONE;
}
