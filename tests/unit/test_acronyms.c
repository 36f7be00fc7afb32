/* Acronyms in passages, each line reasoned by hand: what is one, how often it is used, and what the text says that it
 * stands for. */
#include "passage_fixture.h"

#include "text/acronyms.h"

/* "ECM 2=Enhanced Care Management": the form, its uses, its first expansion; " +1" expanded again in the same words,
 * " / words" in others, " early" used before it is expanded. */
static void show_one(pv_buf *out, pv_str text, const pv_acronym *acronym) {
    pv_buf_append(out, pv_str_slice(text, acronym->form.start, acronym->form.end));
    pv_buf_format(out, " %zu", acronym->use_count);
    size_t again = 0;
    for (size_t i = 0; i < acronym->expansion_count; i++) {
        const pv_expansion *expansion = &acronym->expansions[i];
        again += i > 0 && !expansion->different;
        if (i > 0 && !expansion->different)
            continue;
        pv_buf_append_text(out, i == 0 ? "=" : " / ");
        pv_buf_append(out, pv_str_slice(text, expansion->words.start, expansion->words.end));
    }
    if (again > 0)
        pv_buf_format(out, " +%zu", again);
    if (pv_acronym_used_early(acronym))
        pv_buf_append_text(out, " early");
}

static bool find(const read_passage *read, pv_acronym_list *found, pv_error *error) {
    return pv_acronyms_find(found, read->arena, read->text, &read->tokens, &read->headings, NULL, error);
}

static void show(const read_passage *read, pv_buf *out) {
    pv_acronym_list found;
    pv_error error = {0};
    assert_true(find(read, &found, &error));
    for (size_t i = 0; i < found.count; i++) {
        pv_buf_append_text(out, i > 0 ? "; " : "");
        show_one(out, read->text, &found.acronyms[i]);
    }
}

static void test_brackets(void **state) {
    (void)state;
    static const passage passages[] = {
        {"We offer Enhanced Care Management (ECM). Our ECM staff help.", "ECM 1=Enhanced Care Management"},
        {"We offer ECM (Enhanced Care Management). Our ECM staff help.", "ECM 1=Enhanced Care Management"},
        {"All Managed Care Plans (MCPs) report. An MCP may ask.", "MCP 1=Managed Care Plans"},
        {"All Managed Care Plans (MCPs or Plans) report.", "MCP 0=Managed Care Plans"},
        {"All Managed Care Plans (“MCPs”) report to us.", "MCP 0=Managed Care Plans"},
        {"The Department of Health Care Services (hereafter “DHCS”) pays. DHCS's rates rose.",
         "DHCS 1=Department of Health Care Services"},
        {"The Department of Health Care Services (the “Department” or “DHCS”) pays.",
         "DHCS 0=Department of Health Care Services"},
        {"The Department of Healthcare Services (DHCS) pays.", "DHCS 0=Department of Healthcare Services"},
        {"We train staff of Child Protective Services [CPS] yearly.", "CPS 0=Child Protective Services"},
        {"Parents as Teachers (PAT) is a program.", "PAT 0=Parents as Teachers"},
        {"Kentucky Strengthening Ties and Empowering Parents (KSTEP) began.",
         "KSTEP 0=Kentucky Strengthening Ties and Empowering Parents"},
        {"The Office of Quality and Design (OQD) reviews.", "OQD 0=Office of Quality and Design"},
        {"People with a substance use disorder (SUD) need it; SUD care is short.", "SUD 1=substance use disorder"},
        {"Children with posttraumatic stress disorder (PTSD) are seen.", "PTSD 0=posttraumatic stress disorder"},
        {"We use **Motivational Interviewing** (MI). MI works.", "MI 1=Motivational Interviewing"},
        {"Trauma-Focused Cognitive Behavioral Therapy (TF-CBT) helps. TF-CBT is short.",
         "TF-CBT 1=Trauma-Focused Cognitive Behavioral Therapy"},
        {"Plan-Do-Study-Act (PDSA) cycles are used.", "PDSA 0=Plan-Do-Study-Act"},
        {"People who are lesbian, gay, bisexual, transgender, or queer (LGBTQ) are welcome.",
         "LGBTQ 0=lesbian, gay, bisexual, transgender, or queer"},
        {"American Indian/Alaskan Native (AI/AN) families; AI/AN youth.", "AI 1=American Indian; AN 1=Alaskan Native"},
        {"The Administración de Familias y Niños (ADFAN) pays for it in the year.",
         "ADFAN 0=Administración de Familias y Niños"},
        {"Children of expectant or parenting foster youth (EPY) are served.",
         "EPY 0=expectant or parenting foster youth"},
        {"The Family Resource and Youth Services Centers (FRSYC) help.",
         "FRSYC 0=Family Resource and Youth Services Centers"},
        {"The Child Support Administration (ASUME, for its Spanish acronym) pays.",
         "ASUME 0=Child Support Administration"},
        {"For providers in all counties the Technical Assistance Marketplace (TA\nMarketplace) opens.\n\nIt is new.",
         "TA 0=Technical Assistance"},
    };
    CHECK_PASSAGES(passages, show);
}

static void test_without_brackets(void **state) {
    (void)state;
    static const passage passages[] = {
        {"ECM, or Enhanced Care Management, is new.", "ECM 0=Enhanced Care Management"},
        {"Enhanced Care Management, or ECM, is new.", "ECM 0=Enhanced Care Management"},
        {"Enhanced Care Management, hereafter ECM, is new.", "ECM 0=Enhanced Care Management"},
        {"ECM stands for Enhanced Care Management.", "ECM 0=Enhanced Care Management"},
        {"ECM means Enhanced Care Management in this plan.", "ECM 0=Enhanced Care Management"},
        {"It is printed by the Government Publishing Office GPO.", "GPO 0=Government Publishing Office"},
        {"The National Child Abuse and Neglect Data System or NCANDS has it.",
         "NCANDS 0=National Child Abuse and Neglect Data System"},
        {"# Therapy Attitude Inventory\n\nThe TAI is a scale.", "TAI 0=Therapy Attitude Inventory"},
        {"We promise more than staff of Maryland’s IPM.", "IPM 1"},
    };
    CHECK_PASSAGES(passages, show);
}

static void test_glossaries(void **state) {
    (void)state;
    static const passage passages[] = {
        {"ECM – Enhanced Care Management\nCHW – Community Health Worker\n\nOur ECM staff help.",
         "ECM 1=Enhanced Care Management; CHW 0=Community Health Worker"},
        {"- ECM: Enhanced Care Management\n- CHW: Community Health Worker",
         "ECM 0=Enhanced Care Management; CHW 0=Community Health Worker"},
        {"| ECM | Enhanced Care Management |\n| CHW | Community Health Worker |",
         "ECM 0=Enhanced Care Management; CHW 0=Community Health Worker"},
        {"| Enhanced Care Management | ECM |\n| Community Health Worker | CHW |",
         "ECM 0=Enhanced Care Management; CHW 0=Community Health Worker"},
        {"ECM\tEnhanced Care Management\nCHW\tCommunity Health Worker",
         "ECM 0=Enhanced Care Management; CHW 0=Community Health Worker"},
        {"ECM = Enhanced Care Management", "ECM 0=Enhanced Care Management"},
        {"- CEBC: California Evidence-Based Clearinghouse\n- CHRIS: the state's information system\n\nCHRIS holds it.",
         "CEBC 0=California Evidence-Based Clearinghouse; CHRIS 1=the state's information system"},
        {"CHRIS: holds what we know.", ""}, /* a label, for all that can be told */
    };
    CHECK_PASSAGES(passages, show);
}

static void test_early_and_different(void **state) {
    (void)state;
    static const passage passages[] = {
        {"Our ECM staff help. Enhanced Care Management (ECM) is new.", "ECM 1=Enhanced Care Management early"},
        {"# ECM in brief\n\nEnhanced Care Management (ECM) is new. ECM helps.", "ECM 2=Enhanced Care Management"},
        {"Evidence-Based Practices (EBPs) help. We fund Evidence-Based Programs (EBPs).",
         "EBP 0=Evidence-Based Practices / Evidence-Based Programs"},
        {"A Local Government Agency (LGA) helps. Local Government Agencies (LGAs) meet.",
         "LGA 0=Local Government Agency +1"},
        {"The Department of Health Care Services (DHCS) pays. The Department of Healthcare Services (DHCS) audits.",
         "DHCS 0=Department of Health Care Services +1"},
        {"Standards of Practice (SOP) apply. Follow the standard operating procedures (SOP).",
         "SOP 0=Standards of Practice / standard operating procedures"},
        {"Child Protective Services (CPS) calls. Child Protective Services (CPS) writes. CPS visits.",
         "CPS 1=Child Protective Services +1"},
        {"A Child Welfare Academy trains us. The CWA is new.", "CWA 1"}, /* never said to be the same */
    };
    CHECK_PASSAGES(passages, show);
}

static void test_uses(void **state) {
    (void)state;
    static const passage passages[] = {
        {"DHCS pays.", "DHCS 1"},
        {"DHCS's rates and DHCS’ staff.", "DHCS 2"},
        {"Two MCPs and one MCP.", "MCP 2"},
        {"We run ECM/CS together.", "ECM 1; CS 1"},
        {"SAMHSA-funded staff and DCBS-approved forms.", "SAMHSA 1; DCBS 1"},
        {"The DHCS-MCP form. DHCS and an MCP sign.", "DHCS 2; MCP 2"}, /* two acronyms, joined */
        {"A SAFE-C form is used.", "SAFE-C 1"},
        {"The T&TA center helps.", "T&TA 1"},
        {"We are with (DHCS) and “DHCS” and *DHCS*, DHCS, DHCS.", "DHCS 5"},
        {"# OVERVIEW OF DHCS RATES\n\nDHCS pays.", "DHCS 1"},
        {"| DHCS | pays |\n| --- | --- |\n| the DHCS rate | yes |", "DHCS 1"}, /* alone in a cell: a heading as well */
        {"Staff of DMH serve L.A. County.", "DMH 1"},
    };
    CHECK_PASSAGES(passages, show);
}

static void test_what_is_none(void **state) {
    (void)state;
    static const char *const none[] = {
        "Title IV-E and Title XIX, part II.",
        "Section IV applies; see Annex XX and Title IV-B.",
        "We do NOT pay, and staff MUST ask.",
        "TABLE OF CONTENTS",
        "# SCOPE OF THE PLAN",
        "PLAN NAME: Health Net\nCOUNTY: Kern",
        "Office hours are 9 AM to 5 PM.",
        "The file has 5 MB, at most 20 KB a page.",
        "Write to us at Fresno, CA 93721.",
        "It lies in Reno, NV and in Portland, OR.",
        "Her form is ACF-CB-PI-18-09, and the bill HR5278.",
        "See 45 CFR 1355.20 and 42 USC 671.",
        "California enacted AB 2083 and SB 1004.",
        "Jane Doe, MD, and Ann Roe, LCSW, sign.",
        "OK, it is in the US and in the PDF.",
        "Read https://www.dhcs.ca.gov/MCP/ECM.pdf or MCP_ECM_FORM.docx.",
        "Mail to ECM@DHCS.CA.GOV today.",
        "Set `MCP_ID` and `ECM` in the file.",
        "```\nECM = 1\n```",
        "<TABLE><TR>one</TR></TABLE>",
        "Miller, W.R. and Rollnick, S. wrote it.",
        "doi:10.2105/AJPH.2019.304957",
        "He lives in L.A. and she in the U.S.",
        "PLEASE READ THIS PAGE before you sign.",
        "A vitamin B, a plan C, and an X.",
        "CONNECT is a word that we connect with.",
        "La LEY de la Oficina de los Servicios para el Gobierno, que se aplica en la isla.",
        "",
    };
    CHECK_EMPTY(none, show);
}

/* What looks like something else is an acronym where the text expands it. */
static void test_what_is_one_when_expanded(void **state) {
    (void)state;
    static const passage passages[] = {
        {"Motivational Interviewing (MI) helps. MI is short. Ann lives in Flint, MI.",
         "MI 1=Motivational Interviewing"},
        {"Sobriety Treatment and Recovery Teams (START) start soon. START works.",
         "START 1=Sobriety Treatment and Recovery Teams"},
        {"Parents as Teachers (PAT) is old. She gave him a pat.", "PAT 0=Parents as Teachers"},
        {"The Information Technology (IT) unit knows it. IT helps.", "IT 1=Information Technology"},
        {"The Code of Federal Regulations (CFR) says so; see 45 CFR 1355.", "CFR 0=Code of Federal Regulations"},
    };
    CHECK_PASSAGES(passages, show);
}

static void test_places(void **state) {
    const arena_fixture *fixture = *state;
    const pv_str text = PV_STR("Our MCPs meet. Managed Care Plans (MCPs) meet.");
    read_passage read;
    pv_acronym_list found;
    pv_error error = {0};
    assert_true(read_text(&read, fixture->arena, text, &error) && find(&read, &found, &error));
    assert_int_equal(found.count, 1);
    const pv_acronym *mcp = &found.acronyms[0];
    assert_int_equal(mcp->form.start, 4); /* without the "s" */
    assert_int_equal(mcp->form.end, 7);
    assert_int_equal(mcp->uses[0].start, 4);
    assert_int_equal(mcp->expansions[0].words.start, 15);
    assert_int_equal(mcp->expansions[0].words.end, 33);
    assert_int_equal(mcp->expansions[0].acronym.start, 35);
    assert_int_equal(mcp->expansions[0].acronym.end, 38);
    assert_ptr_equal(pv_acronym_used_early(mcp), &mcp->uses[0]);
}

static bool find_all(pv_arena *arena, pv_error *error) {
    const pv_str text =
        PV_STR("Our ECM staff. Enhanced Care Management (ECM) and TF-CBT.\n\n- CHW: Community Health Worker");
    read_passage read;
    pv_acronym_list found;
    return read_text(&read, arena, text, error) && find(&read, &found, error);
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(find_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_brackets),
        cmocka_unit_test(test_without_brackets),
        cmocka_unit_test(test_glossaries),
        cmocka_unit_test(test_early_and_different),
        cmocka_unit_test(test_uses),
        cmocka_unit_test(test_what_is_none),
        cmocka_unit_test(test_what_is_one_when_expanded),
        arena_test(test_places),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
