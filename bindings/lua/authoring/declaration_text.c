#include "lua/authoring/declaration_text.h"

pv_declaration_range pv_declaration_find(const pv_lexemes *lexemes, const pv_rule *rule) {
    size_t first = 0;
    while (first < lexemes->count && lexemes->at[first].at.start < rule->at.start)
        first++;
    size_t open = first;
    while (open < lexemes->count && !pv_lexemes_is(lexemes, open, "{"))
        open++;
    size_t close = pv_lexemes_closing(lexemes, open);
    return (pv_declaration_range){first, close < lexemes->count ? close + 1 : lexemes->count};
}

bool pv_declaration_is_key(const pv_lexemes *lexemes, size_t index, const char *name) {
    return pv_lexemes_is(lexemes, index, name) && pv_lexemes_is(lexemes, index + 1, "=");
}

static bool is_called(const pv_lexemes *lexemes, size_t index, const char *name) {
    return pv_lexemes_is(lexemes, index, name) && pv_lexemes_is(lexemes, index + 1, "(");
}

static void ask_for(const pv_lexemes *lexemes, size_t index, bool *asked) {
    if (is_called(lexemes, index, "fail"))
        asked[PV_STATE_FAIL] = true;
    else if (is_called(lexemes, index, "review") || is_called(lexemes, index, "instead"))
        asked[PV_STATE_REVIEW] = true;
    else if (is_called(lexemes, index, "not_applicable") || pv_declaration_is_key(lexemes, index, "when"))
        asked[PV_STATE_NOT_APPLICABLE] = true;
}

bool pv_declaration_outcomes(const pv_rule *rule, pv_arena *scratch, bool *asked, pv_error *error) {
    pv_lexemes lexemes;
    if (!pv_lexemes_read(&lexemes, scratch, rule->source, error))
        return false;
    pv_declaration_range range = pv_declaration_find(&lexemes, rule);
    asked[PV_STATE_PASS] = true;
    for (size_t i = range.first; i < range.end; i++) {
        if (pv_declaration_is_key(&lexemes, i, "examples"))
            i = pv_lexemes_closing(&lexemes, i + 2);
        else
            ask_for(&lexemes, i, asked);
    }
    if (!asked[PV_STATE_REVIEW])
        asked[PV_STATE_FAIL] = true;
    return true;
}
