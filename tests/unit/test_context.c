#include "torture.h"

#include "base/buf.h"
#include "text/context.h"

/* A text with the words asked of in braces, and what is to be said of each of them, in order, with "|" between: the
 * kinds that hold, each with the words that make it hold; "asked", "quoted" … for why it is unclear. */
typedef struct example {
    const char *text;
    const char *expected;
} example;

static const example denied[] = {
    {"We cannot promise {20%}.", "denied [cannot]"},
    {"We can not promise {20%}.", "denied [not]"},
    {"We can't commit to {quarterly} meetings.", "denied [can't]"},
    {"We can’t commit to {quarterly} meetings.", "denied [can’t]"},
    {"We do not work with {County Public Health}.", "denied [not]"},
    {"We don't work with {DPH}.", "denied [don't]"},
    {"We won’t reach {20%}.", "denied [won’t]"},
    {"We will never reach {20%}.", "denied [never]"},
    {"We will not increase access by {20%}.", "denied [not]"},
    {"We work with neither {social services} nor {DMH}.", "denied [neither] | denied [neither]"},
    {"There is no agreement with {DPH}.", "denied [no agreement], present [is]"},
    {"None of {the agencies} has signed.", "denied [None of], present [has]"},
    {"We are unable to reach {20%}.", "denied [unable to]"},
    {"We failed to meet {quarterly} last year.", "denied [failed to], past [last year]"},
    {"The county declined to meet {quarterly}.", "denied [declined to]"},
    {"We will go on without {DMH}.", "denied [without]"},
    {"We meet with all of them except {DPH}.", "denied [except]"},
    {"We no longer work with {DPSS}.", "denied [no longer]"},
    {"We have not yet met with {DPH}.", "denied [not yet], past [met]"},
    {"We have yet to meet with {DPH}.", "denied [have yet to]"},
    {"Quarterly meetings, rather than {monthly} ones, will be held.", "denied [rather than]"},
    {"We will meet {monthly} instead of {quarterly}.", "promised [will] | denied [instead of]"},
    {"We will work with {DMH}, not {DPH}.", "promised [will] | denied [not]"},
    {"We will work with {DMH} but not with {DPH}.", "promised [will] | denied [not]"},
    {"{County Public Health} is not involved.", "denied [not], present [is]"},
    {"{DMH} does not take part.", "denied [not]"},
    {"{DMH} was not invited.", "denied [not], past [was]"},
    {"{DPH} was not yet invited.", "denied [not yet], past [was]"},
    {"{Quarterly} meetings are not planned.", "denied [not planned], present [are]"},
    {"A target of {20%} is not feasible for us.", "denied [not feasible]"},
    {"It is impossible to reach {20%}.", "denied [impossible]"},
    {"A {20%} increase is out of reach.", "denied [out of reach], present [is]"},
    {"We do not meet, train or report {quarterly}.", "denied [not]"},
    {"We do not work with DMH, {DPSS} or {DPH}.", "denied [not] | denied [not]"},
    {"We cannot, however, promise {20%}.", "denied [cannot]"},
    {"We cannot yet promise {20%}.", "denied [cannot]"},
    {"We do not, because DHCS asks us, meet {quarterly}.", "denied [not]"},
    {"We do not, at this time, work with {DPH}.", "denied [not], present [at this time]"},
    {"We do not believe that we can reach {20%}.", "denied [not], hedged [believe]"},
    {"We have no agency which meets {quarterly}.", "denied [no]"},
    {"We will not: 1) meet {quarterly}; 2) reach {20%}.", "denied [not] | denied [not]"},
    {"Nobody will meet with {DPH}.", "denied [Nobody]"},
    {"No agency will meet and will report {quarterly}.", "denied [No]"},
    {"We lack an agreement with {DPH}.", "denied [lack]"},
    {"We are far from {20%}.", "denied [far from], present [are]"},
    {"We cannot commit to a target and will not reach {20%}.", "denied [not]"},
    {"We will not meet {quarterly} but {once a year}.", "denied [not] | promised [will]"},
    {"Under no circumstances will we share data with {DPSS}.", "denied [Under no circumstances]"},
    {"Our plan hasn't met with {DMH}.", "denied [hasn't], past [met]"},
    {"We refuse to meet {quarterly}.", "denied [refuse to]"},
    {"We stopped meeting {quarterly}.", "denied [stopped]"},
    {"{20%} cannot be reached.", "denied [cannot]"},
    {"{DPH} refused to meet.", "denied [refused to]"},
    {"{DPH} has declined.", "denied [has declined]"},
    {"The goal of {20%} was dropped.", "denied [was dropped]"},
    {"We lost {DPH} as a partner.", "denied [lost]"},
    {"Members without a home and {DPH} will not meet.", "unclear [without] denied twice"},
};

/* What looks like a denial and is none. */
static const example not_denied[] = {
    {"We will not only meet {quarterly} but also train.", "promised [will]"},
    {"We will meet no less than {quarterly}.", "promised [will]"},
    {"Our partners include but are not limited to {DMH}.", "present [are]"},
    {"We will reach {20%} no later than December.", "promised [will]"},
    {"Without delay, we will meet {quarterly}.", "promised [will]"},
    {"We will settle for nothing less than {20%}.", "promised [will]"},
    {"At no cost to members, we will reach {20%}.", "promised [will]"},
    {"There is no doubt that we will reach {20%}.", "promised [will]"},
    {"We will not rest until we reach {20%}.", ""},
    {"No gaps remain; we will meet {quarterly}.", "promised [will]"},
    {"We do not wait: we will meet {quarterly}.", "promised [will]"},
    {"Some do not bill. We will increase claims by {20%}.", "promised [will]"},
    {"Some (not all) providers will reach {20%}.", "promised [will]"},
    {"Many providers do not bill, but we will reach {20%}.", "promised [will]"},
    {"Although some do not bill, we will reach {20%}.", "promised [will]"},
    {"The Roundtable, which does not vote, will meet {quarterly}.", "promised [will]"},
    {"DMH does not bill us and we will meet {quarterly}.", "promised [will]"},
    {"We will work with {DMH}, which does not share data.", "promised [will]"},
    {"We will reach {20%} even if funding ends.", "promised [will]"},
    {"Does it work? No. We will meet {quarterly}.", "promised [will]"},
    {"Our No. 1 aim: we will reach {20%}.", "promised [will]"},
    {"Some do not bill, e.g. clinics. We will reach {20%}.", "promised [will]"},
    {"We do not serve L.A. We will reach {20%} here.", "promised [will]"},
};

static const example hedged[] = {
    {"We may reach {20%}.", "hedged [may]"},
    {"We might meet {quarterly}.", "hedged [might]"},
    {"We could increase access by {20%}.", "hedged [could]"},
    {"Where possible, we will meet {quarterly}.", "hedged [Where possible], promised [will]"},
    {"We will meet {quarterly} where possible.", "hedged [where possible], promised [will]"},
    {"We will meet {quarterly}, as feasible.", "hedged [as feasible], promised [will]"},
    {"We will reach nearly {20%}.", "hedged [nearly], promised [will]"},
    {"We will reach almost {20%}.", "hedged [almost], promised [will]"},
    {"We will increase access by as much as {20%}.", "hedged [as much as], promised [will]"},
    {"We will increase access by up to {20%}.", "hedged [up to], promised [will]"},
    {"We hope to reach {20%}.", "hedged [hope to], promised [reach]"},
    {"We aim to reach {20%}.", "hedged [aim to], promised [reach]"},
    {"Our aim is {20%}.", "hedged [aim], present [is]"},
    {"We would like to reach {20%}.", "hedged [would like to], promised [reach]"},
    {"We will consider meeting {quarterly}.", "hedged [consider], promised [will]"},
    {"We are exploring a target of {20%}.", "hedged [exploring], promised [target]"},
    {"We will try to reach {20%}.", "hedged [try], promised [will]"},
    {"We expect to reach {20%}.", "hedged [expect to], promised [reach]"},
    {"Ideally, we will meet {quarterly}.", "hedged [Ideally], promised [will]"},
    {"We will meet {quarterly} as funding allows.", "hedged [as funding allows], promised [will]"},
    {"We will make our best efforts to reach {20%}.", "hedged [best efforts], promised [will]"},
    {"This should increase access by {20%}.", "hedged [should]"},
    {"We will explore partners and increase access by {20%}.", "promised [will]"},
    {"We will reach {20%} by May 2022.", "promised [will]"},
    {"In May we will meet with {DMH}.", "promised [will]"},
    {"We will decide whether to meet {quarterly}.", "hedged [decide whether], promised [will]"},
    {"We may call DMH and will meet {quarterly}.", "promised [will]"},
    {"Where schedules permit, we will meet {quarterly}.", "hedged [Where], promised [will]"},
    {"Potentially, access will grow by {20%}.", "hedged [Potentially], promised [will]"},
    {"A promise of {20%} would be dishonest.", "hedged [would], promised [promise]"},
    {"We expect no fewer than 26 and commit to {20%}.", "promised [commit to]"},
    {"We tried to reach {DPH}.", "hedged [tried], promised [reach]"},
};

static const example attributed[] = {
    {"DHCS asks for at least {20%}.", "attributed [DHCS asks for]"},
    {"The Department requires {20%}.", "attributed [The Department requires]"},
    {"The State expects plans to reach {20%}.", "attributed [The State expects]"},
    {"DHCS recommends {quarterly} meetings.", "attributed [DHCS recommends]"},
    {"The form requires {20%}.", "attributed [The form requires]"},
    {"The prompt asks for {20%}.", "attributed [The prompt asks for]"},
    {"The measure calls for {quarterly} meetings.", "attributed [The measure calls for]"},
    {"According to DHCS, {20%} is enough.", "attributed [According to], present [is]"},
    {"The State's target is {20%}.", "attributed [The State's target], present [is]"},
    {"The State’s target of {20%} is high.", "attributed [The State’s target], present [is]"},
    {"DHCS has asked for {20%}.", "attributed [DHCS has asked for], present [has]"},
    {"We were asked \"to increase access by at least {20%}\".", "attributed [were asked]"},
    {"We are required to reach {20%}.", "attributed [are required to]"},
    {"The {20%} required by DHCS is high.", "attributed [required], present [is]"},
    {"{20%} is what DHCS asks for.", "attributed [DHCS asks for], present [is]"},
    {"The {20%} that DHCS asks for is too much to ask.",
     "denied [too much to ask], attributed [DHCS asks for], present [is]"},
    {"The {20%}, which DHCS asks for, is high.", "attributed [DHCS asks for], present [is]"},
    {"DHCS asks for {20%}. We cannot promise a target yet.", "attributed [DHCS asks for]"},
    {"DHCS will require {20%}.", "attributed [DHCS will require]"},
    {"The State plans to increase rates by {20%}.", "attributed [The State plans to]"},
    {"DHCS asks for the following: {20%} more access.", "attributed [DHCS asks for]"},
    {"DHCS asks for two things: 1) {20%} more access; 2) {quarterly} meetings.",
     "attributed [DHCS asks for] | attributed [DHCS asks for]"},
    {"The prompt reads: “increase access by at least {20%}”.", "attributed [The prompt reads]"},
    {"Quarterly meetings are recommended, and {20%} is requested.", "attributed [requested], present [is]"},
    {"We understand that DHCS expects {20%}.", "attributed [DHCS expects]"},
    {"We will explain to all that DHCS requires {20%}.", "attributed [DHCS requires]"},
    {"DHCS asks for 20% or more, but no less than {15%}.", "attributed [DHCS asks for]"},
    {"As the prompt says, access is to increase by {20%}.", "attributed [the prompt says], present [is]"},
    {"Our board has been asked to adopt a {20%} target.", "attributed [has been asked]"},
    {"Partners asked for {quarterly} meetings.", "attributed [asked for]"},
    {"To reach {20%} is what we are asked.", "attributed [are asked]"},
};

/* Somebody's demand that is taken up is the filer's own promise. */
static const example adopted[] = {
    {"We will reach the {20%} that DHCS asks for.", "promised [will]"},
    {"We will reach the {20%} DHCS asks for.", "promised [will]"},
    {"We will meet the State's target of {20%}.", "promised [will]"},
    {"We will comply with the DHCS requirement of {20%}.", "promised [will]"},
    {"As required by DHCS, we will increase access by {20%}.", "promised [will]"},
    {"As DHCS requires, we will increase access by {20%}.", "promised [will]"},
    {"We will increase access by {20%}, as required by DHCS.", "promised [will]"},
    {"We will increase access by the required {20%}.", "promised [will]"},
    {"We commit to the {20%} that DHCS asks for.", "promised [commit to]"},
    {"We will increase access by the {20%} which DHCS expects.", "promised [will]"},
    {"The prompt asks for three steps: 1) we will increase access by {20%}.", "promised [will]"},
    {"The prompt asks for three steps: 1) increase access by {20%}.", "unclear [The prompt asks for] led"},
    {"DHCS asks for 15%, and we will reach {20%}.", "promised [will]"},
    {"DHCS asks for 15%; we will reach {20%}.", "promised [will]"},
    {"We will discuss the {20%} that DHCS asks for.", "attributed [DHCS asks for]"},
};

static const example conditional[] = {
    {"If funding allows, we will reach {20%}.", "conditional [If], promised [will]"},
    {"We will reach {20%} if funding allows.", "conditional [if], promised [will]"},
    {"We will reach {20%} (if funding allows).", "conditional [if], promised [will]"},
    {"Unless DHCS objects, we will meet {quarterly}.", "conditional [Unless], promised [will]"},
    {"We will meet {quarterly}, provided that DMH agrees.", "conditional [provided that], promised [will]"},
    {"Subject to approval, we will reach {20%}.", "conditional [Subject to], promised [will]"},
    {"Our target of {20%} is contingent on funding.", "conditional [contingent on], promised [target]"},
    {"Depending on funding, we will reach {20%}.", "conditional [Depending on], promised [will]"},
    {"We will reach 20%, and if funding allows {30%}.", "conditional [if]"},
    {"We will reach {20%}, and if funding allows 30%.", "promised [will]"},
    {"We will reach {20%}; if funding allows, {30%}.", "promised [will] | conditional [if], promised [will]"},
    {"We will meet {quarterly}, and more often if asked.", "promised [will]"},
    {"We will, if DMH agrees, meet {quarterly}.", "conditional [if], promised [will]"},
    {"As long as DMH agrees, we will meet {quarterly}.", "conditional [As long as], promised [will]"},
    {"If asked, we will: 1) meet {quarterly}; 2) train.", "conditional [If], promised [meet]"},
};

static const example past_and_present[] = {
    {"Currently {45%} of our providers have a certified EHR.", "present [Currently]"},
    {"Today {45%} of our providers bill electronically.", "present [Today]"},
    {"In 2021, access was {20%} higher.", "past [was]"},
    {"We have increased access by {20%}.", "past [increased]"},
    {"Last year we met {quarterly}.", "past [met]"},
    {"To date, {45%} of them are connected.", "past [To date]"},
    {"We already exchange data with {45%} of them.", "past [already]"},
    {"Our baseline is {45%}.", "present [Our baseline]"},
    {"{45%} of our providers are certified.", "present [are]"},
    {"We have {45%} of them under contract.", "present [have]"},
    {"Medi-Cal enrollment grew {30%}.", "past [grew]"},
    {"We will increase access by {15%}; enrollment grew {30%}.", "promised [will] | past [grew]"},
    {"While {45%} currently have one, we will reach {65%}.", "present [currently] | promised [will]"},
    {"We will go from {45%} today to {65%}.", "promised [will] | present [today]"},
    {"We were able to increase access by {20%}.", "past [were]"},
    {"We’re at {45%}.", "present [We’re]"},
    {"We were at {45%}.", "past [were]"},
    {"We met {quarterly} in 2021.", "past [met]"},
    {"Access will rise to {65%}, up from {45%}.", "promised [will] | present [up from]"},
    {"Black/African Americans make up {29%} of the jail population.", "present [make up]"},
    {"DMH currently works with {DPH}.", "present [currently]"},
    {"We will maintain our current {45%}.", "present [current]"},
};

static const example promised[] = {
    {"We will increase access by {20%}.", "promised [will]"},
    {"We’ll increase access by {20%}.", "promised [We’ll]"},
    {"We shall meet {quarterly}.", "promised [shall]"},
    {"We plan to meet {quarterly}.", "promised [plan to]"},
    {"We commit to {20%}.", "promised [commit to]"},
    {"Our goal is {20%}.", "promised [goal]"},
    {"Target: {20%}.", "promised [Target]"},
    {"Increase access by {20%}.", "promised [Increase]"},
    {"We will:\n• increase access by {20%}\n• meet {quarterly}", "promised [increase] | promised [meet]"},
    {"Steps to increase access by {20%}:", "promised [increase]"},
    {"{20%} will be reached by December 2022.", "promised [will be]"},
    {"We are committed to increasing access by {20%}.", "promised [committed to]"},
    {"Access will have improved by {20%} in 2022.", "promised [will have]"},
    {"Improved outreach will reach {20%}.", "promised [will]"},
    {"We will connect 10% in spring, and {25%} in all.", "promised [will]"},
    {"The Roundtable, which will meet at least {quarterly}, is joined by {DMH}.", "promised [will] | present [is]"},
    {"DPH.", ""},
    {"{DPH} and {DMH}.", " | "},
    {"{20%}.", ""},
    {"We work well with {DPH}.", ""},
    {"Our target population is {45%} of members.", "present [is]"},
    {"We guarantee {quarterly} meetings.", "promised [guarantee]"},
    {"Capacity grows by {20%}.", "promised [grows]"},
    {"Our plan closes {20%} of the gap.", "promised [closes]"},
    {"Access up {20%} by December 2022.", "promised [by December]"},
    {"Health Net and L.A. Care will meet {quarterly}.", "promised [will]"},
    {"Outreach to members without a home will grow by {20%}.", "promised [will]"},
    {"This is not a pilot: claims rise by {20%}.", "present [is]"},
    {"No one is left out, and access will rise by {20%}.", "promised [will]"},
};

static const example unclear[] = {
    {"We will not fail to reach {20%}.", "unclear [not] denied twice"},
    {"We will never go without {quarterly} meetings.", "unclear [never] denied twice"},
    {"Will we reach {20%}?", "unclear [Will we reach 20] asked"},
    {"“We will increase access by {20%} in 2022.”", "unclear [We will increase access by 20% in 2022] quoted"},
    {"We work with County Public Health, “{DPH}”.", ""},
    {"We work with {DPH} (not yet under contract).", "unclear [not yet] bracket"},
    {"Providers under contract with {DMH} in all of the county do not bill.", "unclear [not] subject"},
};

static const char *short_reason(pv_doubt why) {
    static const char *const reasons[] = {"",    "denied twice", "quoted",  "asked",
                                          "led", "subject",      "bracket", "too long"};
    return reasons[why];
}

/* The text without its braces; where they stood. */
static pv_str strip(pv_arena *arena, const char *marked, pv_span *at, size_t *count) {
    pv_str text = pv_arena_copy(arena, pv_str_from(marked));
    char *bytes = pv_arena_alloc(arena, text.size + 1);
    assert_non_null(bytes);
    size_t size = 0;
    *count = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '{')
            at[*count].start = (uint32_t)size;
        else if (text.data[i] == '}')
            at[(*count)++].end = (uint32_t)size;
        else
            bytes[size++] = text.data[i];
    }
    return (pv_str){bytes, size};
}

static void show(pv_buf *shown, pv_str text, const pv_context *context) {
    bool any = false;
    for (int kind = 0; kind < PV_CONTEXT_KINDS; kind++) {
        if (!pv_context_holds(context, kind))
            continue;
        pv_str trigger = pv_str_slice(text, context->trigger[kind].start, context->trigger[kind].end);
        pv_buf_format(shown, "%s%s [%.*s]", any ? ", " : "", pv_context_kind_name(kind), PV_STR_ARG(trigger));
        any = true;
    }
    if (context->doubt != PV_DOUBT_NONE)
        pv_buf_format(shown, " %s", short_reason(context->doubt));
}

static pv_wording *wording_in(pv_arena *arena) {
    pv_wording *wording;
    pv_error error = {0};
    assert_true(pv_wording_build(&wording, arena, NULL, 0, &error));
    return wording;
}

static pv_statements *read_in(pv_arena *arena, pv_str text, const pv_wording *wording) {
    pv_token_list *tokens = PV_NEW(arena, pv_token_list);
    pv_list_items *items = PV_NEW(arena, pv_list_items);
    pv_statements *read;
    pv_error error = {0};
    assert_true(pv_tokens_find(arena, text, tokens, &error));
    assert_true(pv_lists_find(arena, text, NULL, items, &error));
    assert_true(pv_statements_find(&read, arena, text, tokens, items, wording, &error));
    return read;
}

static unsigned differences;

static void check(pv_memory *memory, const example *of) {
    pv_arena *arena = pv_arena_new(memory);
    pv_span at[8];
    size_t count;
    pv_str text = strip(arena, of->text, at, &count);
    const pv_statements *read = read_in(arena, text, wording_in(arena));
    pv_buf shown = pv_buf_on(memory);
    for (size_t i = 0; i < count; i++) {
        pv_context context = pv_context_of(read, at[i]);
        pv_buf_append_text(&shown, i > 0 ? " | " : "");
        show(&shown, text, &context);
    }
    if (!pv_str_equal(pv_buf_str(&shown), pv_str_from(of->expected))) {
        print_error("%s\n    expected: %s\n    is:       %.*s\n", of->text, of->expected,
                    PV_STR_ARG(pv_buf_str(&shown)));
        differences++;
    }
    pv_buf_clear(&shown);
    pv_arena_free(arena);
}

static void check_all(const example *examples, size_t count) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    differences = 0;
    for (size_t i = 0; i < count; i++)
        check(&memory, &examples[i]);
    assert_int_equal(differences, 0);
    assert_int_equal(memory.used, 0);
}

#define CHECK_ALL(examples) check_all((examples), sizeof(examples) / sizeof(examples)[0])

static void test_denied(void **state) {
    (void)state;
    CHECK_ALL(denied);
}

static void test_not_denied(void **state) {
    (void)state;
    CHECK_ALL(not_denied);
}

static void test_hedged(void **state) {
    (void)state;
    CHECK_ALL(hedged);
}

static void test_attributed(void **state) {
    (void)state;
    CHECK_ALL(attributed);
}

static void test_adopted(void **state) {
    (void)state;
    CHECK_ALL(adopted);
}

static void test_conditional(void **state) {
    (void)state;
    CHECK_ALL(conditional);
}

static void test_past_and_present(void **state) {
    (void)state;
    CHECK_ALL(past_and_present);
}

static void test_promised(void **state) {
    (void)state;
    CHECK_ALL(promised);
}

static void test_unclear(void **state) {
    (void)state;
    CHECK_ALL(unclear);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_denied),           cmocka_unit_test(test_not_denied), cmocka_unit_test(test_hedged),
        cmocka_unit_test(test_attributed),       cmocka_unit_test(test_adopted),    cmocka_unit_test(test_conditional),
        cmocka_unit_test(test_past_and_present), cmocka_unit_test(test_promised),   cmocka_unit_test(test_unclear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
