/* Names and words that a passage spells in several ways, each line reasoned by hand. */
#include "passage_fixture.h"

#include "text/name_variants.h"

/* "spacing: Cal AIM 1, usual CalAIM 2". */
static void show_one(pv_buf *out, pv_str text, const pv_name_variant *variant) {
    const pv_span at = variant->places[0];
    pv_buf_format(out, "%s: ", pv_variant_kind_name(variant->kind));
    pv_buf_append(out, pv_str_slice(text, at.start, at.end));
    pv_buf_format(out, " %zu, usual ", variant->count);
    pv_buf_append(out, pv_str_slice(text, variant->usual.start, variant->usual.end));
    pv_buf_format(out, " %zu", variant->usual_count);
}

static bool find(const read_passage *read, pv_name_variant_list *found, pv_error *error) {
    return pv_name_variants_find(found, read->arena, read->text, &read->tokens, &read->headings, NULL, error);
}

static void show(const read_passage *read, pv_buf *out) {
    pv_name_variant_list found;
    pv_error error = {0};
    assert_true(find(read, &found, &error));
    for (size_t i = 0; i < found.count; i++) {
        pv_buf_append_text(out, i > 0 ? "; " : "");
        show_one(out, read->text, &found.variants[i]);
    }
}

static void test_spacing(void **state) {
    (void)state;
    static const passage passages[] = {
        {"We fund CalAIM. CalAIM helps. With Cal-AIM we go on.", "spacing: Cal-AIM 1, usual CalAIM 2"},
        {"We fund CalAIM. CalAIM helps. With Cal AIM we go on.", "spacing: Cal AIM 1, usual CalAIM 2"},
        {"The Department of Health Care Services pays the Department of Health Care Services and the Department of "
         "Healthcare Services.",
         "spacing: Department of Healthcare Services 1, usual Department of Health Care Services 2"},
        {"The Department of Health Care Services is not the Office of Healthcare Planning.", ""}, /* two names */
        {"The Parent-Child Interaction Therapy and the Parent Child Interaction Therapy.",
         "spacing: Parent Child Interaction Therapy 1, usual Parent-Child Interaction Therapy 1"},
        {"The Parent Child Interaction Therapy, the Parent Child Interaction Therapy and the Parent-Child Interaction "
         "Coding System.",
         ""}, /* two names */
        {"The California Evidence-Based Clearinghouse, or the California Evidence Based Clearinghouse.",
         "spacing: California Evidence Based Clearinghouse 1, usual California Evidence-Based Clearinghouse 1"},
        {"By Title IV-E and Title IV-E, and by Title IVE.", "spacing: Title IVE 1, usual Title IV-E 2"},
        {"A Family First Plan, a Family First Plan and a Family-First Plan.",
         "spacing: Family-First Plan 1, usual Family First Plan 2"},
        {"The Family Check-Up helps. A Family Check Up is short.", ""}, /* "up" may make a verb of it */
        {"She met Ana Morales-Boscio and Ana Morales Boscio.",
         "spacing: Ana Morales Boscio 1, usual Ana Morales-Boscio 1"},
        {"We use SafeCare. SafeCare is short. Safe Care is long.", "spacing: Safe Care 1, usual SafeCare 2"},
        {"This plan is for those whom the Department of Health Care\nServices pays.\n\nThe Department of Healthcare "
         "Services pays.",
         "spacing: Department of Healthcare Services 1, usual Department of Health Care\nServices 1"},
        {"We plan to offer in all counties of it the Multi-\nsystemic Therapy.\n\nThe Multisystemic Therapy.",
         ""},                                  /* the hyphen of a line's end */
        {"COVID-19 came. COVID 19 went.", ""}, /* with a figure, of no matter */
        {"Phase 2 and Phase-2, FY 2020 and FY2020.", ""},
    };
    CHECK_PASSAGES(passages, show);
}

static void test_capitals(void **state) {
    (void)state;
    static const passage passages[] = {
        {"We fund CalAIM. CalAIM helps. With CalAim we go on.", "capitals: CalAim 1, usual CalAIM 2"},
        {"We fund CalAIM. CalAIM helps. With CALAIM we go on.", "capitals: CALAIM 1, usual CalAIM 2"},
        {"# CALAIM AND WE\n\nWe fund CalAIM. CalAIM helps.", ""},  /* a line of capitals */
        {"# What CALAIM is\n\nWe fund CalAIM. CalAIM helps.", ""}, /* in a heading */
        {"We use Homebuilders. With Homebuilders we go on, and HOMEBUILDERS helps.",
         "capitals: HOMEBUILDERS 1, usual Homebuilders 2"},
        {"The SECTION ends. Each section begins. A Section is long.", ""},         /* stressed */
        {"Families of SECTION 2 and of Section 2.", ""},                           /* a label */
        {"Motivational interviewing helps. Motivational Interviewing helps.", ""}, /* of a title, or a sentence */
        {"We met FACTS staff. FACTS helps; FACTS pays. See Quick Facts.", ""},     /* an acronym and a word */
        {"By MEDI-CAL we pay. Medi-Cal pays. Medi-Cal helps.", "capitals: MEDI-CAL 1, usual Medi-Cal 2"},
        {"A plan for ECM. An Ecm plan.", ""}, /* too short to tell */
    };
    CHECK_PASSAGES(passages, show);
}

static void test_letters(void **state) {
    (void)state;
    static const passage passages[] = {
        {"José Peña signs. José Peña pays. Jose Peña reads.", "accents: Jose Peña 1, usual José Peña 2"},
        {"We serve Bayamón. In Bayamón and Bayamon.", "accents: Bayamon 1, usual Bayamón 2"},
        {"We meet in the Café. We meet in a Cafe\u0301.", ""},    /* composed or not, it is the same */
        {"The Children’s Bureau and the Children's Bureau.", ""}, /* straight or curved, as well */
        {"The Children's Bureau pays. The Children's Bureau asks. The Childrens Bureau waits.",
         "apostrophe: Childrens Bureau 1, usual Children's Bureau 2"},
        {"The Behavioral Health Unit, the Behavioral Health Unit and the Behavioural Health Unit.",
         "spelling: Behavioural Health Unit 1, usual Behavioral Health Unit 2"},
        {"The Family Resource Centre and the Family Resource Center and the Family Resource Center.",
         "spelling: Family Resource Centre 1, usual Family Resource Center 2"},
        {"Kern County's plan and the plan of Kern County.", ""},     /* an owner */
        {"The Regional Center pays. All Regional Centers pay.", ""}, /* several */
        {"Ley de la Administración y la Ley de Administracion que se aplica en la isla por el Estado.",
         ""}, /* Spanish */
    };
    CHECK_PASSAGES(passages, show);
}

static void test_abbreviations(void **state) {
    (void)state;
    static const passage passages[] = {
        {"The Department of Health Care Services pays. The Dept. of Health Care Services asks.",
         "abbreviation: Dept. of Health Care Services 1, usual Department of Health Care Services 1"},
        {"The Dept of Public Health and the Department of Public Health.",
         "abbreviation: Department of Public Health 1, usual Dept of Public Health 1"},
        {"The Division of Child & Family Services. The Division of Child and Family Services. Division of Child and "
         "Family Services.",
         "abbreviation: Division of Child & Family Services 1, usual Division of Child and Family Services 2"},
        {"As Kania and Kramer (2011) say (Kania & Kramer, 2011).", ""}, /* as they are cited */
        {"We serve L.A. County. In L.A. County and LA County.", "abbreviation: LA County 1, usual L.A. County 2"},
        {"The State of Maine and the State of Maine Plan.", ""},
    };
    CHECK_PASSAGES(passages, show);
}

#define TULARE "Tulare County pays. Tulare County asks. Tulare County waits. Tulare County meets. Tulare County reads. "

static void test_slips(void **state) {
    (void)state;
    static const passage passages[] = {
        {TULARE "Tulere County is slow.", "slip: Tulere 1, usual Tulare 5"},
        {TULARE "Tualre County is slow.", "slip: Tualre 1, usual Tulare 5"}, /* two changed places */
        {TULARE "Tullare County is slow.", "slip: Tullare 1, usual Tulare 5"},
        {TULARE "Tuare County is slow.", ""},              /* five letters may be another name */
        {TULARE "Tulere is slow.", ""},                    /* nothing beside it says that it is the same */
        {TULARE "Tulere Street is slow.", ""},             /* another name */
        {TULARE "Tulares County is slow.", ""},            /* the last letters may be grammar */
        {TULARE "Fulare County is slow.", ""},             /* the first letter makes another name */
        {TULARE "The tulere is slow. Tulere County.", ""}, /* a word */
        {"Tulare County pays. Tulare County asks. Tulere County is slow.", ""}, /* too few to tell */
        {"Kern County pays. Kent County pays. Kern County asks. Kern County asks. Kern County asks. Kern County.", ""},
        {"Family Services pay. Family Services ask. Family Services wait. Family Services go. Family Services, a "
         "Family Service.",
         ""},
    };
    CHECK_PASSAGES(passages, show);
}

static void test_compounds(void **state) {
    (void)state;
    static const passage passages[] = {
        {"Our healthcare and their healthcare, and health care.", "compound: health care 1, usual healthcare 2"},
        {"Our health care and their health care, and healthcare.", "compound: healthcare 1, usual health care 2"},
        {"A health-care plan for health care.", ""}, /* before a noun, with a hyphen */
        {"A nonprofit, a nonprofit and a non-profit.", "compound: non-profit 1, usual nonprofit 2"},
        {"The work is ongoing; it is ongoing, and on-going.", "compound: on-going 1, usual ongoing 2"},
        {"We follow up. The follow-up is short; a followup is shorter.", "compound: followup 1, usual follow-up 1"},
        {"We follow up with a follow-up.", ""}, /* a verb, a noun */
        {"We re-sign it before he resigns; he will resign and re-sign.", ""},
        {"It may be so; maybe not. Every day is an everyday thing.", ""},
        {"The caseworker, the caseworker and the case worker.", "compound: case worker 1, usual caseworker 2"},
        {"Two caseworkers and two case workers.", "compound: case workers 1, usual caseworkers 1"},
        {"A child’s care is child care and childcare.", "compound: childcare 1, usual child care 1"},
        {"The evidence-based plan is evidence based.", ""},
        {"In all counties of the state from now on we pro-\nvide what we can.\n\nWe provide.",
         ""},                                          /* the end of a line */
        {"The im-plement of it is an implement.", ""}, /* no two words */
        {"An up-to-date list, an uptodate list.", ""},
        {"State-wide and statewide, state-wide and statewide, statewide.", "compound: state-wide 1, usual statewide 3"},
        {"Read `non-profit` and nonprofit.", ""}, /* code */
    };
    CHECK_PASSAGES(passages, show);
}

static void test_what_is_none(void **state) {
    (void)state;
    static const char *const none[] = {
        "",
        "One name.",
        "Section 1 and Section 2, Phase I and Phase II.",
        "Jane Doe signs. Doe, Jane signs.", /* the order of a name's parts */
        "The county pays. The County pays. COUNTY",
        "DHCS pays, and DHCS’s staff and the DHCS's rate.",
        "Anna Miller and Ann Miller, Jon Smith and John Smyth.",
        "See https://www.calaim.org/CalAim, CalAIM and CalAIM.",
        "Health Care Plan ........ 7\nHealthcare Plan ........ 9",
        "Family First, Family, First.",
    };
    CHECK_EMPTY(none, show);
}

static void test_places(void **state) {
    const arena_fixture *fixture = *state;
    const pv_str text = PV_STR("CalAim is new. CalAIM, CalAIM, CalAIM. Is CalAim new?");
    read_passage read;
    pv_name_variant_list found;
    pv_error error = {0};
    assert_true(read_text(&read, fixture->arena, text, &error) && find(&read, &found, &error));
    assert_int_equal(found.count, 1);
    const pv_name_variant *variant = &found.variants[0];
    assert_int_equal(variant->count, 2);
    assert_int_equal(variant->places[0].start, 0);
    assert_int_equal(variant->places[0].end, 6);
    assert_int_equal(variant->places[1].start, 42);
    assert_int_equal(variant->usual.start, 15);
    assert_int_equal(variant->usual.end, 21);
    assert_int_equal(variant->usual_count, 3);
}

static bool find_all(pv_arena *arena, pv_error *error) {
    const pv_str text = PV_STR(TULARE "Tulere County. CalAIM and CalAim. A nonprofit and a non-profit.");
    read_passage read;
    pv_name_variant_list found;
    return read_text(&read, arena, text, error) && find(&read, &found, error);
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(find_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spacing),       cmocka_unit_test(test_capitals), cmocka_unit_test(test_letters),
        cmocka_unit_test(test_abbreviations), cmocka_unit_test(test_slips),    cmocka_unit_test(test_compounds),
        cmocka_unit_test(test_what_is_none),  arena_test(test_places),         cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
