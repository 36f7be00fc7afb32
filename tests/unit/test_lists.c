#include "torture.h"

#include <string.h>

#include "base/buf.h"
#include "text/lists.h"

typedef struct list_fixture {
    pv_memory memory;
    pv_arena *arena;
} list_fixture;

static int set_up(void **state) {
    static list_fixture shared;
    shared.memory = pv_memory_with_limit(SIZE_MAX);
    shared.arena = pv_arena_new(&shared.memory);
    *state = &shared;
    return shared.arena ? 0 : -1;
}

static int tear_down(void **state) {
    list_fixture *fixture = *state;
    pv_arena_free(fixture->arena);
    return fixture->memory.used == 0 ? 0 : -1;
}

static pv_list_items find(void **state, const char *text) {
    list_fixture *fixture = *state;
    pv_list_items found;
    pv_error error = {0};
    assert_true(pv_lists_find(fixture->arena, pv_str_from(text), NULL, &found, &error));
    return found;
}

static void show_children(pv_buf *out, const char *text, const pv_list_items *found, size_t parent) {
    for (size_t i = 0; i < found->count; i++) {
        const pv_list_item *item = &found->items[i];
        if (item->parent != parent)
            continue;
        assert_int_equal(item->depth, parent == PV_NO_PARENT ? 0 : found->items[parent].depth + 1);
        pv_str marker = pv_str_slice(pv_str_from(text), item->marker.start, item->marker.end);
        if (out->size > 0 && out->data[out->size - 1] != '[')
            pv_buf_append_char(out, ' ');
        pv_buf_append(out, marker);
        pv_buf_append_char(out, '[');
        size_t without_children = out->size;
        show_children(out, text, found, i);
        assert_int_equal(item->leaf, out->size == without_children);
        pv_buf_append_char(out, ']');
    }
}

/* The items as a tree of their markers, "1.[] 2.[a)[] b)[]]", and how many leaves and outer lists there are. */
static void check(void **state, const char *text, const char *tree, size_t leaves, size_t lists) {
    list_fixture *fixture = *state;
    pv_list_items found = find(state, text);
    pv_buf shown = pv_buf_on(&fixture->memory);
    show_children(&shown, text, &found, PV_NO_PARENT);
    assert_str(pv_buf_str(&shown), tree);
    assert_int_equal(found.leaves, leaves);
    assert_int_equal(found.lists, lists);
    pv_buf_clear(&shown);
}

/* Of each item its marker, "~" where it is loose, and how its number breaks the order. In the text "\v" is a line break
 * of the source that folding made a blank. */
static void show_marks(pv_arena *arena, const char *prose, pv_buf *shown) {
    static char folded[1000];
    static uint32_t at[100];
    pv_line_starts starts = {.at = at};
    size_t size = strlen(prose);
    assert_true(size < sizeof folded);
    for (size_t i = 0; i < size; i++) {
        folded[i] = prose[i] == '\v' ? ' ' : prose[i];
        if (prose[i] == '\v')
            at[starts.count++] = (uint32_t)i + 1;
    }
    pv_list_items found;
    pv_error error = {0};
    assert_true(pv_lists_find(arena, (pv_str){folded, size}, &starts, &found, &error));
    static const char *const orders[] = {"", " jumps", " repeats", " goes back"};
    for (size_t i = 0; i < found.count; i++) {
        const pv_list_item *item = &found.items[i];
        pv_buf_append_text(shown, i > 0 ? " " : "");
        pv_buf_append(shown, pv_str_slice((pv_str){folded, size}, item->marker.start, item->marker.end));
        pv_buf_append_text(shown, item->confidence == PV_ITEM_LOOSE ? "~" : "");
        if (item->order != PV_ITEM_FOLLOWS)
            pv_buf_format(shown, "%s %u-%u", orders[item->order], item->previous, item->ordinal);
    }
}

static void marks(void **state, const char *prose, const char *expected) {
    list_fixture *fixture = *state;
    pv_buf shown = pv_buf_on(&fixture->memory);
    show_marks(fixture->arena, prose, &shown);
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

/* The bodies, with " | " between them. */
static void check_bodies(void **state, const char *text, const char *bodies) {
    list_fixture *fixture = *state;
    pv_list_items found = find(state, text);
    pv_buf shown = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < found.count; i++) {
        pv_buf_append_text(&shown, i > 0 ? " | " : "");
        pv_buf_append(&shown, pv_str_slice(pv_str_from(text), found.items[i].body.start, found.items[i].body.end));
    }
    assert_str(pv_buf_str(&shown), bodies);
    pv_buf_clear(&shown);
}

static const char assignment[] = /* item 1.1.6.1 */
    "To determine ECM provider assignment, we will: 1) include DHCS logic in Population Health Management "
    "stratification "
    "algorithms to identify potentially eligible populations; 2) obtain WPC and HHP data to maintain continuity of "
    "care "
    "through transition; 3) solicit and integrate data from County and housing agencies to improve identification, "
    "targeting, and assignments over time; and 4) identify providers' expertise serving the populations of focus to "
    "assign "
    "members appropriately.";

static const char disparities[] = /* item 1.2.6.3 */
    "1. Disparities obtaining care post-hospitalization for adults experiencing homelessness: Enable ECM to facilitate "
    "timely post discharge care.\n"
    "2. Underdiagnoses of adults with SUD: Ensure ECM provers screen and link members to appropriate care.\n"
    "3. Adult high utilizers with:\n"
    "a) Co-occurring chronic conditions: Lifestyle factors contribute to worsening health conditions. Partner ECM with "
    "plan "
    "clinical pharmacists to manage.\n"
    "b) Serious chronic illness: Unaware of benefits of Palliative Care. Ensure ECM providers refer to Palliative Care "
    "Program.\n"
    "c) Frequent ED visits: Barriers connecting to medical home. Use predictive analytics to identify members. Enable "
    "ECM "
    "providers connect with usual care and supports.";

static const char coverage[] = /* item 1.3.5.1 */
    "For CS services that went live in January 2022, gaps in Los Angeles County may include:\n"
    "1) Coverage for specific populations;\n"
    "2) Coverage for specific neighborhoods/zip codes; and\n"
    "(3) Coverage for housing transition.\n"
    "We will focus future provider recruitment on local CBOs.";

static const char groups[] = /* item 1.2.9.1 */
    "Health Net identified the following racial and ethnic groups that disproportionately experience homelessness in "
    "L.A. "
    "County: (1) Black/African Americans make up 33.7% of the homeless population in L.A. County; (2) American "
    "Indians/Alaska Natives make up 1.1%; and (3) Hispanics/Latinos make up 36.1%. (Source: 2020 Greater L.A. Homeless "
    "Count).";

static void test_the_real_filing(void **state) {
    check(state, assignment, "1)[] 2)[] 3)[] 4)[]", 4, 1);
    check(state, disparities, "1.[] 2.[] 3.[a)[] b)[] c)[]]", 5, 1);
    check(state, coverage, "1)[] 2)[] (3)[]", 3, 1);
    check(state, groups, "(1)[] (2)[] (3)[]", 3, 1);
    check(state, "culturally appropriate resources (e.g., street medicine). Populations of Focus", "", 0, 0);
    check(state, "a) Across all MCPs.\nb) A 2011 report.\nc) Some estimates.\nd) L.A. DMH operates 75 sites.",
          "a)[] b)[] c)[] d)[]", 4, 1);
}

static void test_bodies(void **state) {
    check_bodies(state, "we will 1) assess,  2) partner; and 3) train. Then stop.\nOther.",
                 "assess, | partner; and | train. Then stop.");
    check_bodies(state, coverage,
                 "Coverage for specific populations; | Coverage for specific neighborhoods/zip codes; and | "
                 "Coverage for housing transition.");
    check_bodies(state, "1. one\nmore of one\n2. two:\na) x\nb) y\nafter\n3. three\nafter",
                 "one\nmore of one | two:\na) x\nb) y\nafter | x | y\nafter | three");
    check_bodies(state, "1) a 2) b. Also 1) c 2) d", "a | b. Also | c | d");
    pv_list_items found = find(state, assignment);
    assert_int_equal(found.items[3].ordinal, 4);
    assert_int_equal(found.items[3].style, PV_MARKER_NUMBER);
    assert_int_equal(found.items[0].marker.start, strstr(assignment, "1)") - assignment);
}

static void test_what_starts_nothing(void **state) {
    check(state, "(2022) and 2. or see 3) here", "", 0, 0);
    check(state, "2) b 3) c", "", 0, 0);
    check(state, "1) alone", "", 0, 0);
    check(state, "resources (e.g., (a) street medicine)", "", 0, 0);
    check(state, "as described in (a) and (b) above", "", 0, 0);
    check(state, "steps 1), 2) and 3)", "", 0, 0);
    check(state, "Section 1) asks much; Section 2) asks more", "", 0, 0);
    check(state, "provider(s) and 1396(a)(1) or (b)(2)", "", 0, 0);
    check(state, "sites (about 1) and others (about 2) there", "", 0, 0);
    check(state, "ends with 1. Then 2. Then 3.", "", 0, 0);
    check(state, "00) a 01) b", "", 0, 0);
    check(state, "1)\n2)\n3)", "", 0, 0);
    check(state, "A. Smith and B. Jones", "", 0, 0);
    check(state, "well - no - bullets", "", 0, 0);
    check(state, "-\n", "", 0, 0);
    check(state, "", "", 0, 0);
}

static void test_styles(void **state) {
    check(state, "(a) x (b) y", "(a)[] (b)[]", 2, 1);
    check(state, "A. x\nB. y", "A.[] B.[]", 2, 1);
    check(state, "A) x b) y", "", 0, 0);
    check(state, "i) x ii) y iii) z", "i)[] ii)[] iii)[]", 3, 1);
    check(state, "i) x j) y", "", 0, 0);
    check(state, "g) x a) a b) b c) c d) d e) e f) f g) g h) h i) i j) j",
          "a)[] b)[] c)[] d)[] e)[] f)[] g)[] h)[] i)[] j)[]", 10, 1);
    check(state, "1. x\n2) y\n(3) z", "1.[] 2)[] (3)[]", 3, 1);
    assert_int_equal(find(state, "i) x ii) y").items[1].style, PV_MARKER_ROMAN);
    assert_int_equal(find(state, "i) x ii) y").items[1].ordinal, 2);
}

static void test_bullets(void **state) {
    check(state, "• x\n• y\n• z", "•[] •[] •[]", 3, 1);
    check(state, "- only one", "-[]", 1, 1);
    check(state, "• x\n– p\n– q\n• y", "•[–[] –[]] •[]", 3, 1);
    check(state, "* x\n* y\nSome prose.\n* z", "*[] *[] *[]", 3, 2);
    check(state, "1. x\n- p\n- q\n2. y", "1.[-[] -[]] 2.[]", 3, 1);
    pv_list_items found = find(state, "• x\n\n• y");
    assert_int_equal(found.items[1].ordinal, 2);
    assert_int_equal(found.lists, 1);
}

static void test_markers_of_every_kind(void **state) {
    static const struct {
        const char *text;
        const char *expected;
    } lists[] = {
        {"1. Connect providers 2. Train them 3. Pay", "1. 2. 3."},
        {"We will 1. connect, 2. train, and 3. pay.", "1. 2. 3."},
        {"We will a. connect, b. train, and c. pay.", "a. b. c."},
        {"Steps: 1. connect 2. train", "1. 2."},
        {"1)connect 2)train", "1)~ 2)~"},
        {"1.) connect 2.) train", "1.)~ 2.)~"},
        {"1: connect\n2: train", "1: 2:"},
        {"a: faith groups\nb: others", "a: b:"},
        {"1 \u2013 connect\n2 \u2013 train", "1 \u2013 2 \u2013"},
        {"Step 1: connect. Step 2: train.", "Step 1: Step 2:"},
        {"Step 1: connect.\nStep 2: train.", "Step 1: Step 2:"},
        {"Step one \u2013 connect; step two \u2013 train", "Step one \u2013 step two \u2013"},
        {"Goal 1. Connect. Goal 2. Train.", "Goal 1. Goal 2."},
        {"Connect [step 1], train them [step 2], pay [step 3].", "[step 1] [step 2] [step 3]"},
        {"Step 1 connect providers. Step 2 train them. Step 3 pay.", "Step 1~ Step 2~ Step 3~"},
        {"First, we connect. Second, we train. Third, we pay.", "First, Second, Third,"},
        {"Firstly we connect. Secondly we train. Finally we pay.", "Firstly Secondly Finally"},
        {"First, connect; second, train; and third, pay.", "First, second, third,"},
        {"1st, connect. 2nd, train.", "1st, 2nd,"},
        {"The first is x. The second is y. The third is z.", "The first~ The second~ The third~"},
        {"#1 connect, #2 train, and #3 pay", "#1 #2 #3"},
        {"[1] connect, [2] train", "[1] [2]"},
        {"\u2460 connect, \u2461 train", "\u2460 \u2461"},
        {"\u2460connect \u2461train", "\u2460 \u2461"},
        {"\u2474 connect \u2475 train", "\u2474 \u2475"},
        {"\u2776 connect \u2777 train", "\u2776 \u2777"},
        {"\u24D0 connect \u24D1 train", "\u24D0 \u24D1"},
        {"1\uFE0F\u20E3 connect 2\uFE0F\u20E3 train", "1\uFE0F\u20E3 2\uFE0F\u20E3"},
        {"\u25AA x\n\u25AA y", "\u25AA \u25AA"},
        {"o connect\no train", "o o"},
        {"\u2014 connect\n\u2014 train", "\u2014 \u2014"},
        {"\uF0B7 connect\n\uF0B7 train", "\uF0B7 \uF0B7"},
        {"\u2023 connect\n\u2023 train", "\u2023 \u2023"},
        {"\u25CF connect\n\u25CF train", "\u25CF \u25CF"},
        {"\u2713 connect\n\u2713 train", "\u2713 \u2713"},
        {"\u27A2 connect\n\u27A2 train", "\u27A2 \u27A2"},
        {"\u2022connect\n\u2022train", "\u2022 \u2022"},
        {"We will: \u2022 connect \u2022 train \u2022 pay", "\u2022 \u2022 \u2022"},
        {"I. Connect\nII. Train", "I. II."},
        {"(1) providers 37 (2) groups 8,600 (3) others", "(1) (2) (3)"},
        {"Step A: connect. Step B: train.", "Step A: Step B:"},
        {"Step A \u2013 connect\nStep B \u2013 train", "Step A \u2013 Step B \u2013"},
        {"Phase I: connect. Phase II: train. Phase III: pay.", "Phase I: Phase II: Phase III:"},
        {"Step 1: connect Step 2: train", "Step 1: Step 2:"},
        {"In Step 1, we connect. In Step 2, train. In Step 3, pay.", "Step 1,~ Step 2,~ Step 3,~"},
        {"No. 1: connect. No. 2: train. No. 3: pay.", "No. 1: No. 2: No. 3:"},
        {"No. 1 connect\nNo. 2 train", "No. 1~ No. 2~"},
        {"Connect (step 1), train (step 2), pay (step 3).", "(step 1) (step 2) (step 3)"},
        {"1- connect\n2- train", "1- 2-"},
        {"1-connect\n2-train", "1-~ 2-~"},
        {"1- connect; 2- train; 3- pay", "1- 2- 3-"},
        {"Steps: 1 - connect; 2 - train; 3 - pay", "1 - 2 - 3 -"},
        {"a \u2013 37\nb \u2013 4,100", "a \u2013 b \u2013"},
        {"We will [a] connect, [b] train, and [c] pay.", "[a] [b] [c]"},
        {"A. Connect providers. B. Train them. C. Pay.", "A. B. C."},
        {"We will: A. connect. B. train. C. pay.", "A. B. C."},
        {"a. 37 b. 37 c. 8,600 d. 60,000 e. 350", "a. b. c. d. e."},
        {"A. 37 B. 37 C. 8,600", "A. B. C."},
        {"a: 37 b: 37 c: 8,600", "a: b: c:"},
        {"i. connect ii. train iii. pay", "i. ii. iii."},
        {"We will i. connect, ii. train, and iii. pay.", "i. ii. iii."},
        {"I. connect II. train III. pay", "I. II. III."},
        {"1st step: connect. 2nd step: train.", "1st step: 2nd step:"},
        {"1st connect\n2nd train\n3rd pay", "1st~ 2nd~ 3rd~"},
        {"First step: connect. Second step: train.", "First step: Second step:"},
        {"Our first step is x. The second step is y. The third is z.", "Our first step~ The second step~ The third~"},
        {"In the first phase, we x. In the second phase, we y.", "In the first phase,~ In the second phase,~"},
        {"> 1. connect\n> 2. train", "1. 2."},
        {"> - connect\n> - train", "- -"},
        {"1.\tconnect\n2.\ttrain", "1. 2."},
        {"1\tconnect\n2\ttrain", "1~ 2~"},
        {"\uFF11\uFF0Econnect\n\uFF12\uFF0Etrain", "\uFF11\uFF0E \uFF12\uFF0E"},
        {"\uFF081\uFF09connect \uFF082\uFF09train", "\uFF081\uFF09 \uFF082\uFF09"},
        {"1\u3001connect\n2\u3001train", "1\u3001 2\u3001"},
        {"1-) connect\n2-) train", "1-)~ 2-)~"},
        {"1). connect\n2). train", "1).~ 2).~"},
        {"(1.) connect (2.) train", "(1.)~ (2.)~"},
        {"1.connect\n2.train", "1.~ 2.~"},
        {"1/ connect\n2/ train", "1/ 2/"},
        {"**1.** connect\n**2.** train", "1. 2."},
        {"## 1. connect\n## 2. train", "1. 2."},
        {"1.1 connect\n1.2 train", "1.1 1.2"},
        {"1a) connect\n1b) train\n2a) pay\n2b) buy", "1a) 1b) 2a) 2b)"},
        {"-> connect\n-> train", "-> ->"},
        {"-- connect\n-- train", "-- --"},
        {"\u2705 connect\n\u2705 train", "\u2705 \u2705"},
        {"First \u2013 connect; second \u2013 train", "First \u2013 second \u2013"},
        {"there is no 1) x, 2) y, or 3) z", "1) 2) 3)"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        marks(state, lists[i].text, lists[i].expected);
}

static void test_what_only_looks_like_a_marker(void **state) {
    static const char *const none[] = {
        "see 1.1.6 (3) and 1.1.6 (4), issue 12 (1) and issue 12 (2)",
        "Title 22, section (a) and section (b), sections (a) and (b), 42 CFR (a) and (b)",
        "see 1) there, see 2) here",
        "First 5 LA. Second Street. Third parties.",
        "In the first, second, and third quarters",
        "First we screen. Then we refer.",
        "A. Smith, B. Jones, and C. Lee",
        "at 9 a.m. or b. then",
        "Phone \u2022 Email \u2022 Fax",
        "our #1 goal and the #2 goal; 12 Main #1 and 13 Oak #2",
        "Studies show [1] that x. Others [2] say y.", /* a reader's notes: neither leads an item */
        "As in Step 1: we did. As in Step 2: we do.",
        "Phase 1 of Phase 2",
        "o only one",
        "2022: x\n2023: y",
        "*note that x\n*note y",
        "Payment 1. We did. Payment 2. We do. Payment 3. We will.",
        "July 1. We did. July 2. We do. July 3. We will.",
        "by 3. 4. and 5 percent",
        "Our No. 1 priority is housing. Our No. 2 priority is food.",
        "We got grade A. Then grade B. We did. Grade C. We stop.",
        "Signed by A. Smith, B. Jones, and C. Lee.",
        "A. Smith; B. Jones; C. Lee",
        "Hepatitis A. Hepatitis B. Hepatitis C.",
        "Vitamin A: 3. Vitamin B: 4. Vitamin C: 5.",
        "World War I. World War II. Then III.",
        "1-bedroom units\n2-bedroom units\n3-bedroom units",
        "1- and 2-year plans; 3- to 4-year plans",
        "We have 1 - 2 staff, 3 - 4 cars.",
        "1.1 million members\n1.2 million visits",
        "1.5 FTE here\n2.5 FTE there",
        "one (1) director, two (2) nurses, and three (3) drivers",
        "Connect providers [1], train them [2], pay [3].",
        "1st Street\n2nd Street\n3rd Street",
        "1st quarter\n2nd quarter\n3rd quarter",
        "In the first quarter, x. In the second quarter, y.",
        "The first year is x. The second year is y.",
        "as in Step A: x. as in Step B: y.",
        "Group A, Group B, and Group C are served.",
        "~ 20 sites\n~ 30 sites",
        "1/2 of them\n2/3 of others",
        "a.m. visits\nb.i.d. doses",
        "\uFF15\uFF0E\uFF15\uFF05 and \uFF16\uFF0E\uFF16\uFF05",
        "Q1: connect. Q2: train. Q3: pay.",
        "To begin with, we connect. Then we train. Finally, we pay.",
        "We met our goal -\v- and more - in 2022 -\v- again",
    };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        marks(state, none[i], "");
}

static void test_numbers_that_do_not_follow(void **state) {
    marks(state, "We will 1) connect, 2) train, and 4) pay.", "1) 2) 4) jumps 2-4");
    marks(state, "1) a\n2) b\n2) c\n3) d", "1) 2) 2) repeats 2-2 3)");
    marks(state, "1. a\n3. b\n2. c", "1. 3. jumps 1-3 2. goes back 3-2");
    marks(state, "a) x\nb) y\nd) z", "a) b) d) jumps 2-4");
    marks(state, "(1) a; (2) b; (2) c", "(1) (2) (2) repeats 2-2");
    marks(state, "Step 1: a. Step 3: b.", "Step 1: Step 3: jumps 1-3");
    marks(state, "Step A: a. Step B: b. Step D: c.", "Step A: Step B: Step D: jumps 2-4");
    marks(state, "\u2460 a \u2461 b \u2463 c", "\u2460 \u2461 \u2463 jumps 2-4");
    marks(state, "1) a 2) b 4) c", "1) 2) 4) jumps 2-4");
    marks(state, "(1) a (2) b (4) c", "(1) (2) (4) jumps 2-4");
    marks(state, "1.1 a\n1.2 b\n1.4 c", "1.1 1.2 1.4 jumps 2-4");
    marks(state, "(1) adults, (2) youth in three (3) counties", "(1) (2)");
    marks(state, "1) a\n2) b\n1) c\n2) d", "1) 2) 1) 2)"); /* another list */
    marks(state, "We serve (1) adults, (2) youth in (12) counties", "(1) (2)");
    marks(state, "(1) adults as in 1.2 (4), (2) youth", "(1) (2)");
}

static void test_markers_behind_their_items(void **state) {
    check_bodies(state, "Connect providers [step 1], train them [step 2], pay [step 3].",
                 "Connect providers | train them | pay");
    check_bodies(state, "We agreed. Connect them (step 1), and train them (step 2). Then stop.",
                 "Connect them | and train them");
    check_bodies(state, "[step 1] connect, [step 2] train", "connect, | train");
    check_bodies(state, "We will [step 1] connect, [step 2] train.", "connect, | train.");
}

static void test_a_number_that_opens_a_line_beats_one_inside(void **state) {
    check_bodies(state, "1) connect, as in 2) below\n2) train\n3) pay", "connect, as in 2) below | train | pay");
    check_bodies(state, "1) connect, 2) train\n3) pay", "connect, | train | pay");
}

static void test_lists_that_folding_joined(void **state) {
    marks(state, "We will:\v- connect providers\vto the HIE\v- train them", "- -");
    marks(state, "We will:\v\u2022 connect\v\u2022 train", "\u2022 \u2022");
    marks(state, "1. connect\v2. train", "1. 2.");
    marks(state, "1: connect\v2: train", "1: 2:");
    marks(state, "Steps.\v\u2013 connect\v\u2013 train\v\u2013 pay", "\u2013 \u2013 \u2013");
    marks(state, "We will:\vo connect\vo train", "o o");
    marks(state, "We will: - connect - train", "");
}

static void test_both_counts(void **state) {
    pv_list_items found = find(state, "1. Connect\na) survey\nb) sign\n2. Train\na) webinars\nb) coaching\n3. Pay");
    assert_int_equal(found.leaves, 5);
    assert_int_equal(found.outer, 3);
}

static void test_nesting(void **state) {
    check(state, "1. x: (1) a (2) b\n2. y: (1) c (2) d", "1.[(1)[] (2)[]] 2.[(1)[] (2)[]]", 4, 1);
    check(state, "1. x: (1) a\n2. y", "1.[] 2.[]", 2, 1);
    check(state, "1) x: (a) p, (b) q; 2) y", "1)[(a)[] (b)[]] 2)[]", 3, 1);
    check(state, "1) x; 2) y: (a) p, (b) q", "1)[] 2)[(a)[] (b)[]]", 3, 1);
    /* The list of the next sentence, or of a later paragraph, is one of its own. */
    check(state, "1) x; 2) y in L.A. County. We will (a) p, (b) q", "1)[] 2)[] (a)[] (b)[]", 4, 2);
    check(state, "1) x; 2) y in L.A. County with (a) p, (b) q", "1)[] 2)[(a)[] (b)[]]", 3, 1);
    check(state, "1) x\n2) y\nWe will (a) p, (b) q", "1)[] 2)[] (a)[] (b)[]", 4, 2);
    /* Unless the first list goes on after it. */
    check(state, "1) x\nWe will (a) p, (b) q\n2) y", "1)[(a)[] (b)[]] 2)[]", 3, 1);
    check(state, "1) a 2) b 3) c. Also 1) d 2) e", "1)[] 2)[] 3)[] 1)[] 2)[]", 5, 2);
    check(state, "1. x\na) p\ni) s\nii) t\nb) q\n2. y", "1.[a)[i)[] ii)[]] b)[]] 2.[]", 4, 1);
    check(state, "1. x\n1.1 p\n1.2 q\n2. y\n2.1 r\n2.2 s\n3. z", "1.[1.1[] 1.2[]] 2.[2.1[] 2.2[]] 3.[]", 5, 1);
    check(state, "* x\n** p\n** q\n* y", "*[**[] **[]] *[]", 3, 1);
    check(state, "01) a 02) b", "01)[] 02)[]", 2, 1);
    check(state, "1. x\n1a) p\n1b) q\n2. y", "1.[1a)[] 1b)[]] 2.[]", 3, 1);
    check(state, "1. x\n1. p\n2. q\n2. y", "1.[1.[] 2.[]] 2.[]", 3, 1);
    /* A stray marker does not break the list around it. */
    check(state, "1) x as in table 4 (1) there; 2) y, see (b) above; 3) z", "1)[] 2)[] 3)[]", 3, 1);
}

/* n times the same words. */
static char *repeated(const char *words, size_t times) {
    size_t size = strlen(words);
    char *text = test_malloc(size * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * size, words, size);
    text[size * times] = '\0';
    return text;
}

static void test_hostile_texts_end_soon(void **state) {
    static const char *const words[] = {"1) x ",
                                        "1) x 2) y a) z b) w ",
                                        "a) i) 1) (1) x\n",
                                        "1. x\n",
                                        "2) b ",
                                        "- x\n",
                                        "(",
                                        "1) x\n1) 2) y 2) ",
                                        "First, ",
                                        "Step 1: x ",
                                        "\u2022 ",
                                        "1. 2. x ",
                                        "#1 [1] see 1) ",
                                        "1) x\n3) y\n2) z ",
                                        "(step 1) ",
                                        "x [step 1] y [step 2] ",
                                        "**> 1. ",
                                        "1.1 x\n1.2 y\n",
                                        "In the first "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char *text = repeated(words[i], 10000);
        pv_list_items found = find(state, text);
        for (size_t item = 0; item < found.count; item++) {
            assert_true(found.items[item].depth < 8);
            assert_true(found.items[item].parent == PV_NO_PARENT || found.items[item].parent < item);
        }
        test_free(text);
    }
}

static void test_every_refused_allocation_is_reported(void **state) {
    (void)state;
    bool done = false;
    for (size_t n = 1; !done; n++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_arena *arena = pv_arena_new(&memory);
        memory.fail_after = n;
        pv_list_items found;
        pv_error error = {0};
        done = pv_lists_find(arena, pv_str_from(disparities), NULL, &found, &error);
        assert_int_equal(error.code, done ? PV_OK : PV_ERROR_MEMORY);
        assert_int_equal(found.leaves, done ? 5 : 0);
        assert_true(n > 1 || !done);
        pv_arena_free(arena);
        assert_int_equal(memory.used, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_real_filing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_starts_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_styles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bullets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_markers_of_every_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_only_looks_like_a_marker, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_that_do_not_follow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_markers_behind_their_items, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_number_that_opens_a_line_beats_one_inside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lists_that_folding_joined, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_both_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nesting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hostile_texts_end_soon, set_up, tear_down),
        cmocka_unit_test(test_every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
