/* Whatever a text holds, its sentences cover its tokens in order, and every token stands in one statement; whatever
 * words of it are asked of, what tells their context are words of the text, and what is denied, somebody else's or
 * unclear is not promised. Periods lie in it in order. */
#include "fuzz_input.h"

#include "base/utf8.h"
#include "text/claims.h"
#include "text/contacts.h"
#include "text/intervals.h"

#define MOST_BYTES 20000

static void check_statements(const pv_statements *read) {
    uint32_t token = 0;
    for (size_t i = 0; i < read->sentence_count; i++) {
        const pv_text_sentence *sentence = &read->sentences[i];
        REQUIRE(sentence->first == token && sentence->end > token);
        token = sentence->end;
    }
    REQUIRE(token == read->tokens->count);
    for (size_t i = 0; i < read->count; i++) {
        const pv_statement *here = &read->statements[i];
        REQUIRE(here->first < here->end && here->sentence < read->sentence_count);
        REQUIRE(here->first >= read->sentences[here->sentence].first);
        REQUIRE(here->end <= read->sentences[here->sentence].end);
        REQUIRE(here->outer == PV_NO_STATEMENT || here->outer < i);
        REQUIRE(here->previous == PV_NO_STATEMENT || here->previous < i);
        REQUIRE(here->lead == PV_NO_STATEMENT || here->lead < i);
    }
    for (token = 0; token < read->tokens->count; token++)
        REQUIRE(read->statement_of[token] < read->count);
}

static void check_context(const pv_statements *read, pv_span at) {
    pv_context context = pv_context_of(read, at);
    for (int kind = 0; kind < PV_CONTEXT_KINDS; kind++)
        REQUIRE(context.trigger[kind].start <= context.trigger[kind].end &&
                context.trigger[kind].end <= read->text.size);
    REQUIRE(!pv_context_holds(&context, PV_CONTEXT_PROMISED) || pv_context_is_asserted(&context));
    REQUIRE(pv_context_holds(&context, PV_CONTEXT_UNCLEAR) == (context.doubt != PV_DOUBT_NONE));
}

static void check_claims(const pv_statements *read, pv_arena *arena) {
    pv_quantity_list found;
    pv_error error = {0};
    if (!pv_quantities_find(arena, read->text, PV_QUANTITY_PERCENTAGE, &found, &error))
        return;
    for (size_t i = 0; i < found.count; i++) {
        pv_claim claim = pv_claim_of(read, &found.quantities[i], &found);
        REQUIRE(claim.of.start <= claim.of.end && claim.of.end <= read->text.size);
        check_context(read, found.quantities[i].at);
    }
}

/* Periods lie in the text, one after the other, and end no earlier than they begin; the whole may be one. */
static void check_intervals(pv_arena *arena, pv_str text) {
    pv_interval_list found;
    pv_interval whole;
    pv_error error = {0};
    REQUIRE(pv_intervals_find(arena, text, PV_DATE_ORDER_UNKNOWN, &found, &error));
    uint32_t end = 0;
    for (size_t i = 0; i < found.count; i++) {
        const pv_interval *interval = &found.intervals[i];
        REQUIRE(interval->at.start >= end && interval->at.end > interval->at.start && interval->at.end <= text.size);
        REQUIRE(interval->open || pv_date_compare(interval->from.first, interval->to.last) <= 0);
        end = interval->at.end;
    }
    (void)pv_interval_read(text, PV_DATE_ORDER_UNKNOWN, &whole);
    (void)pv_month_read(text, &whole.from);
    (void)(pv_contact_is_email(text) || pv_contact_is_telephone(text) || pv_contact_is_url(text));
    (void)pv_contact_is_postcode(text, PV_STR("GB"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    pv_str text = {(const char *)bytes, size};
    if (size == 0 || size > MOST_BYTES || pv_utf8_invalid_at(text) != SIZE_MAX)
        return 0;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_error error = {0};
    pv_token_list tokens;
    pv_list_items items;
    pv_wording *wording;
    pv_statements *read;
    REQUIRE(arena && pv_wording_build(&wording, arena, NULL, 0, &error));
    REQUIRE(pv_tokens_find(arena, text, &tokens, &error));
    REQUIRE(pv_lists_find(arena, text, NULL, &items, &error));
    REQUIRE(pv_statements_find(&read, arena, text, &tokens, &items, wording, &error));
    check_statements(read);
    for (size_t token = 0; token < tokens.count; token += 1 + tokens.count / 200)
        check_context(read, tokens.tokens[token].at);
    check_claims(read, arena);
    check_intervals(arena, text);
    fuzz_arrived();
    pv_arena_free(arena);
    return 0;
}
