#include "arena_fixture.h"

#include <stdio.h>
#include <string.h>

#include "text/unanswered.h"

static const char prompt[] =
    "Describe 3-4 concrete steps MCP will take to increase, by at least 20%, ECM Provider access";

static const struct {
    pv_unanswered kind;
    const char *text;
} prose[] = {
    {PV_UNANSWERED_BLANK, ""},
    {PV_UNANSWERED_BLANK, " \n\t"},
    {PV_UNANSWERED_PLACEHOLDER, "TBD"},
    {PV_UNANSWERED_PLACEHOLDER, "tbd."},
    {PV_UNANSWERED_PLACEHOLDER, "T.B.D."},
    {PV_UNANSWERED_PLACEHOLDER, "[TBD]"},
    {PV_UNANSWERED_PLACEHOLDER, "**TBD**"},
    {PV_UNANSWERED_PLACEHOLDER, "1) TBD 2) TBD"},
    {PV_UNANSWERED_PLACEHOLDER, "To be determined by staff in Q2 2022"},
    {PV_UNANSWERED_PLACEHOLDER, "This will be provided later."},
    {PV_UNANSWERED_PLACEHOLDER, "To be determined at a later date"},
    {PV_UNANSWERED_PLACEHOLDER, "To be determined by the board in March."},
    {PV_UNANSWERED_PLACEHOLDER, "TBD pending the needs assessment"},
    {PV_UNANSWERED_PLACEHOLDER, "N/A"},
    {PV_UNANSWERED_PLACEHOLDER, "n.a."},
    {PV_UNANSWERED_PLACEHOLDER, "N / A at this time"},
    {PV_UNANSWERED_PLACEHOLDER, "Not Applicable"},
    {PV_UNANSWERED_PLACEHOLDER, "NONE"},
    {PV_UNANSWERED_PLACEHOLDER, "None at this time."},
    {PV_UNANSWERED_PLACEHOLDER, "Nothing to add"},
    {PV_UNANSWERED_PLACEHOLDER, "-"},
    {PV_UNANSWERED_PLACEHOLDER, "—"},
    {PV_UNANSWERED_PLACEHOLDER, "?"},
    {PV_UNANSWERED_PLACEHOLDER, "…"},
    {PV_UNANSWERED_PLACEHOLDER, "________"},
    {PV_UNANSWERED_PLACEHOLDER, "* * *"},
    {PV_UNANSWERED_PLACEHOLDER, "\u2713"}, /* a check mark answers no prose */
    {PV_UNANSWERED_PLACEHOLDER, "xxx"},
    {PV_UNANSWERED_PLACEHOLDER, "XXXXX xxxx"},
    {PV_UNANSWERED_PLACEHOLDER, "[insert text here]"},
    {PV_UNANSWERED_PLACEHOLDER, "<your answer here>"},
    {PV_UNANSWERED_PLACEHOLDER, "{{response}}: TODO"},
    {PV_UNANSWERED_PLACEHOLDER, "Click or tap here to enter text."},
    {PV_UNANSWERED_PLACEHOLDER, "In progress - draft"},
    {PV_UNANSWERED_PLACEHOLDER, "test"},
    {PV_UNANSWERED_PLACEHOLDER, "asdf"},
    {PV_UNANSWERED_PLACEHOLDER, "We don\u2019t know yet"},
    {PV_UNANSWERED_ELSEWHERE, "See above."},
    {PV_UNANSWERED_ELSEWHERE, "Please see response to question 1.1.6.2"},
    {PV_UNANSWERED_ELSEWHERE, "same as 1.1.6.2"},
    {PV_UNANSWERED_ELSEWHERE, "Same as the previous answer"},
    {PV_UNANSWERED_ELSEWHERE, "As stated in section 2, above"},
    {PV_UNANSWERED_ELSEWHERE, "ditto"},
    {PV_UNANSWERED_ELSEWHERE, "N/A, see above"},
    {PV_UNANSWERED_REPEATED, "word word word word"},
    {PV_UNANSWERED_REPEATED, "Yes. No. Yes. No. Yes. No."},
    {PV_UNANSWERED_REPEATED, "We will. We will. We will."},
    {PV_UNANSWERED_DUMMY, "Lorem ipsum dolor sit amet, consectetur adipiscing elit."},
    {PV_UNANSWERED_PROMPT, prompt},
    {PV_UNANSWERED_PROMPT, "1.1.6.3: describe 3 - 4 concrete steps MCP will take to increase"},
    {PV_UNANSWERED_PROMPT, "increase, by at least 20%, ECM Provider access"},
    {PV_UNANSWERED_PLACEHOLDER, "Yes."}, /* the prompt asks to describe */
    {PV_UNANSWERED_PLACEHOLDER, "No"},
    {PV_UNANSWERED_PLACEHOLDER, "T B D"},
    {PV_UNANSWERED_PLACEHOLDER, "TBD \u2013 to be completed by J. Smith (legal) before filing"},
    {PV_UNANSWERED_PLACEHOLDER, "TBD (waiting on HR)"},
    {PV_UNANSWERED_PLACEHOLDER, "Response pending legal review."},
    {PV_UNANSWERED_PLACEHOLDER, "Awaiting sign-off."},
    {PV_UNANSWERED_PLACEHOLDER, "Pending input from the training team"},
    {PV_UNANSWERED_PLACEHOLDER, "This page intentionally left blank."},
    {PV_UNANSWERED_PLACEHOLDER, "We decline to answer this prompt."},
    {PV_UNANSWERED_PLACEHOLDER, "{{response_1_2_5_4}}"},
    {PV_UNANSWERED_PLACEHOLDER, "<<ANSWER>>"},
    {PV_UNANSWERED_PLACEHOLDER, "#REF!"},
    {PV_UNANSWERED_PLACEHOLDER, "Click or tap here to enter your answer."},
    {PV_UNANSWERED_PLACEHOLDER, "qwertz uiop yxcv"},
    {PV_UNANSWERED_PLACEHOLDER, "100 word limit"},
    {PV_UNANSWERED_ELSEWHERE, "(same answer as last time)"},
    {PV_UNANSWERED_ELSEWHERE, "Please refer to the cover letter."},
    {PV_UNANSWERED_ELSEWHERE, "As previously submitted."},
    {PV_UNANSWERED_ELSEWHERE, "https://www.example.org/training.pdf"},
    {PV_UNANSWERED_ELSEWHERE, "See Attachment A"},
    {PV_UNANSWERED_ELSEWHERE, "See the attached letter of the county."}, /* a document is no narrative */
    /* ---- answers ---- */
    {PV_ANSWERED, "Coming soon to each provider: a trainer, a tablet and a helpline."},
    {PV_ANSWERED, "Pending claims are the first lesson; care plans the second."},
    {PV_ANSWERED, "Links to twelve recorded modules go to each provider: https://www.example.org/modules"},
    {PV_ANSWERED, "No trainer of ours teaches alone."},
    {PV_ANSWERED, "20%"},
    {PV_ANSWERED, "37"},
    {PV_ANSWERED, "We have no gap in this measure."},
    {PV_ANSWERED, "None of our providers has a certified EHR yet; we will pay for 40."},
    {PV_ANSWERED, "The target is to be determined with the county."},
    {PV_ANSWERED, "To be provided by county staff at each site."},
    {PV_ANSWERED, "TBD: we will hire three managers and train them."},
    {PV_ANSWERED, "To be determined by the board is only the third step: first we train, second we pay for portals."},
    {PV_ANSWERED, "Same-day access"},
    {PV_ANSWERED, "Above all, we will train providers."},
    {PV_ANSWERED, "Section 8 vouchers"},
    {PV_ANSWERED, "We will take 3-4 concrete steps to increase access"},
    {PV_ANSWERED, "Test results are sent to the provider."},
    {PV_ANSWERED, "Walla Walla"},
    {PV_ANSWERED, "again and again"},
    {PV_ANSWERED, "ECM Provider access"}, /* too short to be no coincidence */
    {PV_ANSWERED, "XX"},
    {PV_ANSWERED, "\u304b\u306a"},
};

static const struct {
    pv_unanswered kind;
    const char *text;
} cells[] = {
    {PV_ANSWERED, "\u2713"},
    {PV_ANSWERED, "Health Net"},
    {PV_ANSWERED, "555 555 555"},
    {PV_ANSWERED, "None Such Ltd"},
    {PV_ANSWERED, "1.1.7"},
    {PV_ANSWERED, "III"},
    {PV_UNANSWERED_PLACEHOLDER, "TBD"},
    {PV_UNANSWERED_PLACEHOLDER, "none"},
    {PV_UNANSWERED_PLACEHOLDER, "No plan"},
    {PV_UNANSWERED_PLACEHOLDER, "--"},
    {PV_UNANSWERED_PLACEHOLDER, "Choose an item."},
    {PV_UNANSWERED_ELSEWHERE, "see above"},
    {PV_UNANSWERED_BLANK, ""},
};

static pv_unanswered judged(arena_fixture *fixture, const pv_empty_words *words, const char *text, const char *asked) {
    pv_unanswered kind = PV_ANSWERED;
    pv_token_list words_asked;
    assert_true(pv_tokens_find(fixture->arena, pv_str_from(asked), &words_asked, &fixture->error));
    assert_true(pv_unanswered_judge(words, fixture->arena, pv_str_from(text), *asked ? &words_asked : NULL, &kind,
                                    &fixture->error));
    return kind;
}

static void tells_answers_from_what_is_none(void **state) {
    arena_fixture *fixture = *state;
    pv_empty_words *words;
    assert_true(pv_empty_words_build(&words, fixture->arena, NULL, 0, &fixture->error));
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++)
        if (judged(fixture, words, prose[i].text, prompt) != prose[i].kind)
            fail_msg("'%s' is %d, not %d", prose[i].text, judged(fixture, words, prose[i].text, prompt), prose[i].kind);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (judged(fixture, words, cells[i].text, "") != cells[i].kind)
            fail_msg("cell '%s' is %d, not %d", cells[i].text, judged(fixture, words, cells[i].text, ""),
                     cells[i].kind);
}

/* Of longer texts the first words tell most, and not all. */
static void reads_long_texts_to_the_end(void **state) {
    static const char steps[] =
        "Describe the steps, the staff and the sites by which the plan will see that each provider can read, write and "
        "send a care plan to each other provider in the county, and by when.";
    static const char more[] = " We then ask each of our providers in the county what it needs, and pay for it.";
    static const char *const repeated[] = {"We ", "We train ", "We will train ", "We will train providers "};
    arena_fixture *fixture = *state;
    pv_empty_words *words;
    char text[1000];
    assert_true(pv_empty_words_build(&words, fixture->arena, NULL, 0, &fixture->error));
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        text[0] = '\0';
        for (size_t times = 0; times < 30; times++)
            strcat(text, repeated[i]);
        assert_int_equal(judged(fixture, words, text, steps), PV_UNANSWERED_REPEATED);
        assert_int_equal(judged(fixture, words, text, ""), PV_ANSWERED);
        strcat(text, more);
        assert_int_equal(judged(fixture, words, text, steps), PV_ANSWERED);
    }
    assert_int_equal(judged(fixture, words, steps, steps), PV_UNANSWERED_PROMPT);
    snprintf(text, sizeof text, "1.1.6 3: %s", steps + strlen("Describe the steps, "));
    assert_int_equal(judged(fixture, words, text, steps), PV_UNANSWERED_PROMPT);
    snprintf(text, sizeof text, "1 2 3 4 5 6 7 8: %s", steps);
    assert_int_equal(judged(fixture, words, text, steps), PV_UNANSWERED_PROMPT);
    snprintf(text, sizeof text, "%s%s", steps, more);
    assert_int_equal(judged(fixture, words, text, steps), PV_ANSWERED);
    snprintf(text, sizeof text, "Lorem ipsum: %s%s", steps, more);
    assert_int_equal(judged(fixture, words, text, steps), PV_UNANSWERED_DUMMY);
    snprintf(text, sizeof text, "{{%s%s}}", steps, more);
    assert_int_equal(judged(fixture, words, text, steps), PV_UNANSWERED_PLACEHOLDER);
    assert_int_equal(judged(fixture, words, text, ""), PV_UNANSWERED_PLACEHOLDER);
}

static void takes_the_words_of_a_form(void **state) {
    arena_fixture *fixture = *state;
    pv_empty_words *words;
    const pv_str further[] = {PV_STR("keine Angabe"), PV_STR("entf\u00e4llt")};
    const pv_str nothing[] = {PV_STR("-")};
    assert_true(pv_empty_words_build(&words, fixture->arena, further, 2, &fixture->error));
    assert_int_equal(judged(fixture, words, "(keine Angabe)", prompt), PV_UNANSWERED_PLACEHOLDER);
    assert_int_equal(judged(fixture, words, "Entf\u00e4llt, TBD", prompt), PV_UNANSWERED_PLACEHOLDER);
    assert_int_equal(judged(fixture, words, "Keine Angabe der Gr\u00fcnde", prompt), PV_ANSWERED);
    assert_false(pv_empty_words_build(&words, fixture->arena, nothing, 1, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_SHAPE);
}

static void says_why(void **state) {
    (void)state;
    assert_null(pv_unanswered_reason(PV_ANSWERED));
    assert_null(pv_unanswered_reason(PV_UNANSWERED_BLANK));
    for (pv_unanswered kind = PV_UNANSWERED_PLACEHOLDER; kind <= PV_UNANSWERED_PROMPT; kind++)
        assert_non_null(pv_unanswered_reason(kind));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(tells_answers_from_what_is_none),
        arena_test(reads_long_texts_to_the_end),
        arena_test(takes_the_words_of_a_form),
        cmocka_unit_test(says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
