/* Long texts: the parts they have, what the parts are, and the clauses they keep. */
#include "vocabulary_fixture.h"

#define AGREEMENT                                                                                                      \
    "This agreement is made today.\\n1. Services\\nThe plan covers what members need.\\n2. Training and Education\\n"  \
    "Staff are trained within 60 days.\\n3. Data Sharing and Confidentiality\\nQuality improvement is discussed each " \
    "quarter.\\nA. Records\\nThey are kept."

#define PART(name) "has_part(" R ", \"" name "\")"

static const text_check parts[] = {
    {AGREEMENT,
     {PART("Training and education"), PASS,
      "“Training and education” is here: its heading is “2. Training and Education”", "2. Training and Education",
      "100% ≥ 70%"}},
    {AGREEMENT,
     {PART("Data sharing"), PASS,
      "“Data sharing” is here: its heading, “3. Data Sharing and Confidentiality”, shares the words Data, Sharing",
      "3. Data Sharing and Confidentiality", "86.66% ≥ 70%"}},
    {AGREEMENT,
     {PART("Quality improvement"), REVIEW,
      "whether “Quality improvement” is here is 50% sure: only the words under “Data Sharing and Confidentiality” "
      "name it",
      "Quality improvement", "40% ≤ 50% < 70%"}},
    {AGREEMENT,
     {PART("Dispute resolution"), FAIL, "no part of it is “Dispute resolution”", NULL,
      "no heading shares a telling word with it, and no part names it"}},
    {AGREEMENT,
     {"has_part(" R ", \"Quality improvement\", decimal(\"60%\"), decimal(\"80%\"))", FAIL,
      "no part of it is “Quality improvement”", NULL,
      "50% < 60%: only the words under “Data Sharing and Confidentiality” name it"}},
};

static void test_parts(void **state) {
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        lua_fixture *fixture = *state;
        answer(fixture, parts[i].text);
        pv_outcome outcome = run_expression(fixture, vocabulary_file_level, parts[i].check.expression);
        check row = parts[i].check;
        if (row.state == FAIL && outcome.has_at) /* at the whole text */
            outcome.has_at = false;
        assert_gives(fixture, &row, &outcome);
    }
}

#define LIST(expression) "pass(\"%s\", " expression ")"

/* What the parts and alignments say of themselves. */
static const text_check values[] = {
    {AGREEMENT, {LIST(R ".text:parts():map(function(part) return part.depth end)"), PASS, "0, 1, 1, 1, 2", NULL, NULL}},
    {AGREEMENT, {LIST(R ".text:parts()[4]"), PASS, "3. Data Sharing and Confidentiality", NULL, NULL}},
    {AGREEMENT, {LIST(R ".text:parts()[5].number"), PASS, "A", NULL, NULL}},
    {AGREEMENT, {"pass():at(" R ".text:parts()[5].text)", PASS, "", "They are kept.", NULL}},
    {AGREEMENT, {LIST(R ".text:parts()[1].heading"), PASS, "nil", NULL, NULL}},
    {AGREEMENT,
     {LIST(
          R
          ".text:align({ \"Records\", \"Fees\", \"Data sharing\" }):map(function(found) return found.how or 'no' end)"),
      PASS, "heading, no, heading words", NULL, NULL}},
    {AGREEMENT, {LIST(R ".text:align({ \"Fees\" })[1]"), PASS, "no part", NULL, NULL}},
    {AGREEMENT, {LIST(R ".text:align({ \"Records\" })[1]"), PASS, "A. Records (100%, heading)", NULL, NULL}},
    {AGREEMENT,
     {LIST(R ".text:align({ \"Records\", \"Fees\", \"Data sharing\" }, \"align 2\")"), PASS,
      "A. Records (80%, heading), no part, 3. Data Sharing and Confidentiality (47%, heading words)", NULL, NULL}},
    {AGREEMENT, {LIST("#" R ".text:align({ \"Training of staff\" })[1].others"), PASS, "0", NULL, NULL}},
    {AGREEMENT, {LIST(R ".text:parts()[2] == " R ".text:align({ \"Services\" })[1].part"), PASS, "true", NULL, NULL}},
};

static void test_values(void **state) {
    assert_text_checks(*state, ROWS(values));
}

#define TEMPLATE(clauses) "follows_template(" R ", \"" clauses "\")"

static const text_check templates[] = {
    {"The plan shall train all staff within three months.",
     {TEMPLATE("The plan shall train all staff within [time]."), PASS, "the one clause of the template is kept",
      "The plan shall train all staff within three months.", "1 of 1 kept, 0 changed, 0 missing"}},
    {"The plan may train all staff within 60 days.",
     {TEMPLATE("The plan shall train all staff within 60 days."), REVIEW,
      "a clause of the template is changed (80% alike); taken out: “shall”; put in: “may”", "may",
      "0 of 1 kept, 1 changed, 0 missing"}},
    {"The plan shall not train all staff within 60 days. The parties meet each quarter.",
     {TEMPLATE("The plan shall train all staff within 60 days.\\nThe parties meet in each quarter."), REVIEW,
      "a clause of the template is changed, and 1 other (90% alike); put in: “not”", "not",
      "0 of 2 kept, 2 changed, 0 missing"}},
    {"The parties meet each quarter.",
     {TEMPLATE("The parties meet each quarter.\\nDisputes go to the state first.\\nRecords are kept for ten years."),
      FAIL, "a clause of the template is missing, and 1 other: “Disputes go to the state first.”",
      "The parties meet each quarter.", "1 of 3 kept, 0 changed, 2 missing"}},
};

static void test_templates(void **state) {
    assert_text_checks(*state, ROWS(templates));
}

/* Of another text as well as of a string. */
static void test_template_of_the_submission(void **state) {
    static const text_check rows[] = {
        {"The plan and the county meet every month to review all referrals.",
         {LIST(R ".text:follows(submission.responses[2])[1].state"), PASS, "kept", NULL, NULL}},
        {"The plan and the county meet every year to review all referrals.",
         {LIST(R ".text:follows(submission.responses[2])[1].removed"), PASS, "month", NULL, NULL}},
        {"The plan and the county meet every year to review all referrals.",
         {"pass():at(" R ".text:follows(submission.responses[2])[1].removed)", PASS, "", "month", NULL}},
    };
    assert_text_checks(*state, ROWS(rows));
}

static const misuse misuses[] = {
    {R ".text:align(\"Services\")", "expected a list of rows of a table, or of strings, got a string"},
    {R ".text:align({ 1 })", "a text is aligned with rows of a table or strings; number 1 is a number"},
    {R ".text:align({ \"--\" })", "there is no word in the name \"--\" that a part is looked for by"},
    {R ".text:align({ \"Records\" }, \"align 3\")",
     "the list of definitions of an alignment has no \"align 3\"; did you mean \"align 1\"?"},
    {R ".text:follows(\"\")", "the template has no words: there is nothing to follow"},
    {"has_part(1, \"Services\")", "has_part needs a text of the submission, not a number"},
    {R ".text:parts()[1].title", "no \"title\""},
};

static void test_misuses(void **state) {
    answer(*state, "Text.");
    assert_misuses(*state, "", 3, ROWS(misuses));
}

/* ---- a document, kept line by line ---- */

static const char document_form[] = "form: test\n"
                                    "title: A form\n"
                                    "fields:\n"
                                    "  agreement: { label: The agreement, type: document }\n"
                                    "sections:\n"
                                    "  - { id: \"1\", title: First }\n"
                                    "measures:\n"
                                    "  - { id: M, section: \"1\", title: A, obligation: optional, points: 1,\n"
                                    "      items: [ { id: \"1\", prompt: Say. } ] }\n"
                                    "tables:\n"
                                    "  provision:\n"
                                    "    columns: { name: text, aliases: list }\n"
                                    "    rows:\n"
                                    "      - { name: Instruction, aliases: [Training and education] }\n"
                                    "      - { name: Fees }\n";

static const char document_submission[] = "form: test\n"
                                          "fields:\n"
                                          "  agreement: |\n"
                                          "    I.   TRAINING AND EDUCATION\n"
                                          "\n"
                                          "         The plan shall train all staff\n"
                                          "         within 60 days.\n"
                                          "\n"
                                          "         A. Records\n"
                                          "\n"
                                          "         They are kept.\n"
                                          "\n"
                                          "    II.  DATA\n"
                                          "\n"
                                          "         Data is shared.\n";

#define DOCUMENT "submission.fields.agreement"
#define TRAINING DOCUMENT ".text:parts()[1]"

static const check document_checks[] = {
    {"has_part(" DOCUMENT ", form.tables.provision[1])", PASS,
     "“Instruction” is here: its heading is “I. TRAINING AND EDUCATION”", "I.   TRAINING AND EDUCATION", "100% ≥ 70%"},
    {"has_part(" DOCUMENT ", form.tables.provision[2]):at(" DOCUMENT ".text:parts()[3])", FAIL,
     "no part of it is “Fees”", "II.  DATA", NULL},
    {LIST(DOCUMENT ".text:align(form.tables.provision)[1].row.name"), PASS, "Instruction", NULL, NULL},
    {LIST(DOCUMENT ".text:align(form.tables.provision)[1].name"), PASS, "Training and education", NULL, NULL},
    {LIST(TRAINING ".text:paragraphs()[1]"), PASS, "The plan shall train all staff within 60 days.", NULL, NULL},
    {LIST("#" TRAINING ".text:paragraphs()"), PASS, "3", NULL, NULL},
    {"pass():at(" TRAINING ".text.words[7])", PASS, "", "within", NULL},
    {LIST(TRAINING ".text == " TRAINING ".text"), PASS, "true", NULL, NULL},
    {"follows_template(" DOCUMENT ", \"The plan shall train all new staff within [time].\")", REVIEW,
     "a clause of the template is changed (87.5% alike); taken out: “new”", "all", NULL},
};

static void test_a_document(void **state) {
    lua_fixture *fixture = *state;
    fixture->form = form_of(&fixture->base, document_form);
    close_rules(fixture);
    fixture->submission = submission_of(&fixture->base, fixture->form, document_submission);
    assert_checks(fixture, "", ROWS(document_checks));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        vocabulary_test(test_parts),     vocabulary_test(test_values),
        vocabulary_test(test_templates), vocabulary_test(test_template_of_the_submission),
        vocabulary_test(test_misuses),   vocabulary_test(test_a_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
