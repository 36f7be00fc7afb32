#include "torture.h"

#include "base/buf.h"
#include "text/claims.h"

/* What is claimed of the last percentage of a text: "at least change of [access]". */
typedef struct example {
    const char *text;
    const char *expected;
} example;

static const example claims[] = {
    {"We will increase access by 20%.", "change of [access]"},
    {"We will increase access by at least 20%.", "at least change of [access]"},
    {"We will increase, by at least 20%, ECM Provider capabilities in the county.",
     "at least change of [ECM Provider capabilities]"},
    {"We will raise the share of providers to 60%.", "level"},
    {"We will reach 60%.", "level"},
    {"We are at 45%.", "level"},
    {"20% of our ECM Providers will be trained.", "share of [ECM Providers]"},
    {"We train at least 20% of all contracted providers each year.", "at least share of [providers]"},
    {"A 20% increase in access is our goal.", "change of [access]"},
    {"We promise an increase of 20%.", "change"},
    {"We will connect an additional 20% of providers.", "change of [providers]"},
    {"We will connect 20% more providers.", "change of [providers]"},
    {"We will raise it by 20 percent points.", "change"},
    {"We will reduce no-shows by 20%.", "falls change of [no-shows]"},
    {"We will increase access from 40% to 60%.", "change from 40 to 60 = 20 of [access]"},
    {"We will go from the current 40% of providers to 60%.", "change from 40 to 60 = 20"},
    {"Access will fall from 60% to 40%.", "falls change from 60 to 40 = 20"},
    {"We will increase access by ≥20%.", "at least change of [access]"},
    {"We will increase access by ≥ 20%.", "at least change of [access]"},
    {"We will increase access by >20%.", "over change of [access]"},
    {"We will increase access by < 20%.", "under change of [access]"},
    {"We will increase access by ≤20%.", "at most change of [access]"},
    {"We will increase access by as much as 20%.", "at most change of [access]"},
    {"We will increase access by up to 20%.", "at most change of [access]"},
    {"We will increase access by nearly 20%.", "under change of [access]"},
    {"We will increase access by 20% or better.", "at least change of [access]"},
    {"We will increase access by 20% or more.", "at least change of [access]"},
    {"We will increase access by not less than 20%.", "at least change of [access]"},
    {"We will reach a minimum of 60%.", "at least level"},
    {"Membership will grow by 20% next year.", "change of [Membership]"},
    {"Access is up 20%.", "change"},
    {"The workforce: +20% by June.", "change"},
    {"That gap will shrink by 20%.", "change of [gap]"},
    {"The workforce will shrink by 20%.", "falls change of [workforce]"},
    {"We will close 20% of the capacity gap.", "change of [capacity gap]"},
    {"We commit to an increase of, at a minimum, 20%.", "at least change"},
    {"We will increase access by between 20% and 30%.", "change of [access]"},
    {"We will reach the 20%.", "definite level"},
    {"These 45% will be helped.", "definite"},
    {"The figure is 45%.", ""},
};

static void show_claim(pv_buf *shown, pv_str text, const pv_claim *claim) {
    if (claim->comparator != PV_QUALIFIER_NONE)
        pv_buf_format(shown, "%s ", pv_qualifier_name(claim->comparator));
    pv_buf_append_text(shown, claim->definite ? "definite " : "");
    pv_buf_append_text(shown, claim->falls ? "falls " : "");
    pv_buf_append_text(shown, pv_claim_kind_name(claim->kind));
    if (claim->from_to) {
        pv_buf_append_text(shown, " from ");
        pv_decimal_format(claim->from, shown);
        pv_buf_append_text(shown, " to ");
        pv_decimal_format(claim->to, shown);
        pv_buf_append_text(shown, " = ");
        pv_decimal_format(claim->change, shown);
    }
    if (claim->of.end > claim->of.start)
        pv_buf_format(shown, " of [%.*s]", PV_STR_ARG(pv_str_slice(text, claim->of.start, claim->of.end)));
}

static const pv_statements *read_in(pv_arena *arena, pv_str text) {
    pv_token_list *tokens = PV_NEW(arena, pv_token_list);
    pv_list_items *items = PV_NEW(arena, pv_list_items);
    pv_wording *wording;
    pv_statements *read;
    pv_error error = {0};
    assert_true(pv_wording_build(&wording, arena, NULL, 0, &error));
    assert_true(pv_tokens_find(arena, text, tokens, &error));
    assert_true(pv_lists_find(arena, text, NULL, items, &error));
    assert_true(pv_statements_find(&read, arena, text, tokens, items, wording, &error));
    return read;
}

static unsigned differences;

static void compare(pv_buf *shown, const example *of) {
    pv_str is = pv_str_trim(pv_buf_str(shown));
    if (!pv_str_equal(is, pv_str_from(of->expected))) {
        print_error("%s\n    expected: %s\n    is:       %.*s\n", of->text, of->expected, PV_STR_ARG(is));
        differences++;
    }
    pv_buf_clear(shown);
}

static void test_claims(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    differences = 0;
    for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++) {
        pv_arena *arena = pv_arena_new(&memory);
        pv_str text = pv_str_from(claims[i].text);
        pv_quantity_list found;
        pv_error error = {0};
        assert_true(pv_quantities_find(arena, text, PV_QUANTITY_PERCENTAGE, &found, &error));
        pv_buf shown = pv_buf_on(&memory);
        if (found.count > 0) {
            pv_claim claim = pv_claim_of(read_in(arena, text), &found.quantities[found.count - 1], &found);
            show_claim(&shown, text, &claim);
        }
        compare(&shown, &claims[i]);
        pv_arena_free(arena);
    }
    assert_int_equal(differences, 0);
    assert_int_equal(memory.used, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
