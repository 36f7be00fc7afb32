#include "torture.h"

#include "arena_fixture.h"
#include "base/buf.h"
#include "text/headings.h"

/* The parts as "depth number|title" joined by " / "; what stands before the first heading is "0". */
static void check(void **state, const char *text, const char *expected) {
    arena_fixture *fixture = *state;
    pv_heading_list found;
    pv_error error = {0};
    pv_str bytes = pv_str_from(text);
    assert_true(pv_headings_find(fixture->arena, bytes, NULL, &found, &error));
    pv_buf shown = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < found.count; i++) {
        const pv_heading *heading = &found.headings[i];
        pv_buf_format(&shown, "%s%u", i > 0 ? " / " : "", heading->depth);
        if (heading->depth == 0)
            continue;
        pv_str number = pv_str_slice(bytes, heading->number.start, heading->number.end);
        pv_str title = pv_str_slice(bytes, heading->title.start, heading->title.end);
        pv_buf_format(&shown, " %.*s|%.*s", PV_STR_ARG(number), PV_STR_ARG(title));
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

static void test_numbered(void **state) {
    check(state, "1. Services\n\nWe serve all members.\n\n2. Training and Education\n\nWe train.\n",
          "1 1|Services / 1 2|Training and Education");
    check(state, "3 Scope\n\nText.\n\n3.2 Training and Education\n\nText.\n\n3.2.1 Records\n\nText.\n",
          "0 / 1 3.2|Training and Education / 2 3.2.1|Records");
    check(state, "Section 4 - Referrals\n\nText.\n\nSECTION V. DATA\n\nText.\n\nArticle 2: Term\n\nText.\n",
          "1 Section 4|Referrals / 1 SECTION V|DATA / 1 Article 2|Term");
    check(state, "III. PROCEDURE\n\nA. Quarterly meetings\n\n   1. The parties shall meet.\n\n   2. They report.\n",
          "1 III|PROCEDURE / 2 A|Quarterly meetings");
    check(state, "Exhibit F\n\nText.\n\nARTICLE 3\n\nDISPUTES\n\nText.\n",
          "1 Exhibit F|Exhibit F / 1 ARTICLE 3|DISPUTES");
    /* "I" after "H" is a letter; on its own a numeral. */
    check(state, "H. Data Sharing\n\nText.\n\nI. Dispute Resolution\n\nText.\n",
          "1 H|Data Sharing / 1 I|Dispute Resolution");
    check(state, "I. PURPOSE\n\nText.\n\nII. POLICY\n\nText.\n", "1 I|PURPOSE / 1 II|POLICY");
}

static void test_running_in(void **state) {
    check(state, "1. Definitions. Words in capitals are defined below.\n2. Term. This agreement begins today.\n",
          "1 1|Definitions / 1 2|Term");
    check(state, "2. Roles and Responsibilities: Each party names a liaison.\n", "1 2|Roles and Responsibilities");
    check(state, "1. We meet. Then we report.\n", "0");
    check(state, "1. L.A. County serves all.\n", "0");
}

static void test_without_number(void **state) {
    check(state, "RECITALS\n\nText of the recitals.\n\nCare Coordination\n\nText.\n",
          "1 |RECITALS / 2 |Care Coordination");
    check(state, "# Plan\n\nText.\n\n## A. Goals\n\nText.\n\nScope\n=====\n\nText.\n",
          "1 |Plan / 2 A|Goals / 1 |Scope");
    check(state, "**Data Sharing**\n\nText.\n", "1 |Data Sharing");
    /* A title of two lines, in one block. */
    check(state, "4. Coordination of the Care of Members\n   and of Referrals\n\nText.\n",
          "1 4|Coordination of the Care of Members\n   and of Referrals");
}

static void test_what_is_no_heading(void **state) {
    check(state, "We do this:\n\na. training and education;\n\nb. referrals; and\n\nc. Dispute Resolution.\n", "0");
    check(state, "The parties meet each quarter. They report.\n\nThe plan shall act\n\nas it must\n", "0");
    check(state, "See Section 4 of this policy.\n\nSection 471(e) requires plans.\n\nSection 2 of the act applies.\n",
          "0");
    check(state, "Lists:\n\nAmador\n\nCalaveras\n\nMono\n\nText at the end.\n", "0");
    check(state, "Text.\n\nA. First Policy of the County\nB. Second Policy of the County\n\nText.\n", "0");
    check(state, "Sent to us.\n\nNot Applicable\n\nText.\n\nFigure 1: The Process\n\nText.\n", "0");
    check(state, "Risks\n\n- Rain\n- Strikes\n\nWe insure both.\n", "1 |Risks");
    check(state, "Our risks are these.\n\n\u2022 Heavy Rain\n\nIt falls in May.\n\n* STRIKES\n\nWe insure both.\n",
          "0");
    check(state, "", "");
    check(state, "\n \n", "");
}

static void test_contents_and_page_furniture(void **state) {
    check(state,
          "Contents\n\n1. Services ........ 3\n2. Training ....... 4\n\n1. Services\n\nText.\n\n2. Training\n\nText.\n",
          "1 |Contents / 1 1|Services / 1 2|Training");
    check(state, "# Services\n\n# Training\n\n# Services\n\nText.\n\n# Training\n\nText.\n",
          "1 |Services / 1 |Training");
    check(
        state,
        "I. PURPOSE\n\nText one.\n\nPage 1 of 3\nPolicy of the Plan\n\nmore text.\n\nPage 2 of 3\nPolicy of the Plan\n"
        "II. SCOPE\n\nText.\n\nPage 3 of 3\nPolicy of the Plan\n",
        "1 I|PURPOSE / 1 II|SCOPE");
}

/* What belongs to a part: its own words end at the next heading, its body at the next that is not deeper. */
static void test_bodies(void **state) {
    arena_fixture *fixture = *state;
    const char *text = "Before.\n\nI. POLICY\n\nOne.\n\nA. Data Sharing\n\nTwo.\n\nII. TERM\n\nThree.\n";
    pv_heading_list found;
    pv_error error = {0};
    pv_str bytes = pv_str_from(text);
    assert_true(pv_headings_find(fixture->arena, bytes, NULL, &found, &error));
    assert_int_equal(found.count, 4);
    const char *own[] = {"Before.", "One.", "Two.", "Three."};
    const char *body[] = {"Before.", "One.\n\nA. Data Sharing\n\nTwo.", "Two.", "Three."};
    for (size_t i = 0; i < 4; i++) {
        const pv_heading *heading = &found.headings[i];
        assert_str(pv_str_slice(bytes, heading->own.start, heading->own.end), own[i]);
        assert_str(pv_str_slice(bytes, heading->body.start, heading->body.end), body[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_numbered, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_running_in, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_without_number, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_heading, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_contents_and_page_furniture, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_bodies, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
