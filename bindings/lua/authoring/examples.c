/* Runs the examples of rules through the same runner that judges submissions. */
#include "lua/authoring/authoring_p.h"

#include "base/utf8.h"
#include "run/runner.h"

/* Bytes of a text that are quoted. */
#define LONGEST_EXCERPT ((size_t)60)
#define LONGEST_LIST ((size_t)4)

/* One example being run. All memory is in arena, which is cleared after it; only texts of the result are kept
 * elsewhere. */
typedef struct trial {
    pv_lua_ruleset *ruleset;
    size_t rule_index;
    const pv_example *example;
    pv_arena *arena;
    const pv_source *source; /* of what was judged last */
    pv_arena *words;         /* of the file below */
    pv_lexemes lexemes;      /* of the file of the rule at hand */
} trial;

static const pv_rule *rule_of(const trial *run) {
    return &run->ruleset->catalogue.rules[run->rule_index];
}

/* ---- judging ---- */

static bool judge_submission(trial *run, const pv_pack *pack, const pv_item *item, const pv_run_options *options,
                             pv_results *results, pv_error *error) {
    pv_example_setting setting = {pack->form, &run->ruleset->limits, run->example, item, rule_of(run)->checks_typed};
    const pv_submission *submission;
    if (!pv_example_submission(&submission, run->arena, &setting, error))
        return false;
    run->source = submission->source;
    return pv_run_check(results, run->arena, pack, submission, options, error);
}

static bool judge_collection(trial *run, const pv_pack *pack, const pv_run_options *options, pv_results *results,
                             pv_error *error) {
    pv_collection *collection;
    if (!pv_collection_new(&collection, run->arena, pack->form, error))
        return false;
    for (size_t i = 0; i < run->example->submission_count; i++) {
        const pv_example *each = &run->example->submissions[i];
        pv_example_setting setting = {pack->form, &run->ruleset->limits, each, NULL, false};
        const pv_submission *submission;
        if (!pv_example_submission(&submission, run->arena, &setting, error) ||
            !pv_collection_add(collection, submission, error))
            return false;
    }
    run->source = collection->source;
    return pv_run_check_collection(results, run->arena, pack, collection, options, error);
}

/* Gives the rule's parameters the values of the example, and these theirs. */
static void exchange_parameters(const pv_rule *rule, pv_value *values) {
    for (size_t i = 0; values && i < rule->parameter_count; i++) {
        const pv_value held = rule->parameters[i].value;
        rule->parameters[i].value = values[i];
        values[i] = held;
    }
}

/* The values that the example sets, in the trial's arena; NULL when it sets none, or memory is refused. */
static pv_value *copy_parameters(const trial *run) {
    const size_t count = rule_of(run)->parameter_count;
    pv_value *values = run->example->parameters ? PV_NEW_ARRAY(run->arena, pv_value, count) : NULL;
    for (size_t i = 0; values && i < count; i++)
        values[i] = run->example->parameters[i];
    return values;
}

/* Judges the submission that the example is. A rule that applies on some days only is tried on one of them. */
static bool judge(trial *run, const pv_item *item, pv_results *results, pv_error *error) {
    pv_lua_ruleset *owner = run->ruleset;
    const pv_str as_of = owner->as_of;
    static const pv_manifest no_manifest;
    pv_pack pack = {
        .manifest = &no_manifest,
        .form = owner->form,
        .ruleset = &run->ruleset->ruleset,
        .has_as_of = true,
        .as_of = run->example->has_as_of ? run->example->as_of : pv_window_day_inside(rule_of(run)),
    };
    pv_run_options options = {.mode = PV_MODE_SUBMISSION, .rule_pattern = rule_of(run)->id};
    pv_value *values = copy_parameters(run);
    if (run->example->parameters && !values)
        return pv_fail_memory(error);
    if (run->example->has_as_of)
        owner->as_of = run->example->as_of_text;
    exchange_parameters(rule_of(run), values);
    bool judged = rule_of(run)->each == PV_SUBJECT_COLLECTION
                      ? judge_collection(run, &pack, &options, results, error)
                      : judge_submission(run, &pack, item, &options, results, error);
    exchange_parameters(rule_of(run), values);
    owner->as_of = as_of;
    return judged;
}

/* The first verdict, in the form's order, on a subject to which the rule applies; of none, the first of all. */
static const pv_verdict *first_applicable(const pv_results *results) {
    const pv_verdict *best = NULL;
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *each = &results->verdicts[i];
        bool applies = each->outcome.state != PV_STATE_NOT_APPLICABLE;
        bool best_applies = best && best->outcome.state != PV_STATE_NOT_APPLICABLE;
        if (!best || (applies && !best_applies) || (applies == best_applies && each->order < best->order))
            best = each;
    }
    return best;
}

/* What the example names as judged; empty when it names nothing. */
static pv_str named_subject(const pv_rule *rule, const pv_example *example) {
    switch (rule->each) {
    case PV_SUBJECT_RESPONSE:
        return example->item;
    case PV_SUBJECT_MEASURE:
        return example->measure;
    case PV_SUBJECT_SECTION:
        return example->section;
    default:
        return PV_STR("");
    }
}

/* Whether name is the id, or that with the row of the measure in brackets. */
static bool is_id(pv_str id, const pv_filed_measure *filed, pv_str name) {
    pv_str named, row;
    if (pv_str_equal(id, name))
        return true;
    pv_example_split(name, &named, &row);
    return row.size > 0 && pv_str_equal(id, named) && pv_str_equal(filed->row_name, row);
}

static bool is_named(const pv_verdict *verdict, pv_str name) {
    const pv_subject *subject = &verdict->subject;
    switch (subject->kind) {
    case PV_SUBJECT_RESPONSE:
        return is_id(subject->response->item->full_id, subject->response->filed, name);
    case PV_SUBJECT_MEASURE:
        return is_id(subject->measure->measure->id, subject->measure, name);
    case PV_SUBJECT_SECTION:
        return pv_str_equal(subject->section->id, name);
    default:
        return true;
    }
}

/* The row of a table that the example names; anything else is a mistake of the example. */
static bool find_row(const trial *run, const pv_table *table, const pv_value_list **out, pv_error *error) {
    const pv_example_entries *named = &run->example->pair;
    for (size_t i = 0; i < named->count; i++) {
        if (!pv_str_equal(named->entries[i].name, table->name))
            continue;
        if (!pv_table_find(table, run->arena, named->entries[i].text, out, error))
            return false;
        return *out || pv_fail(error, PV_ERROR_NOT_FOUND, "\"%.*s\" names no row of the table %.*s",
                               PV_STR_ARG(named->entries[i].text), PV_STR_ARG(table->name));
    }
    return pv_fail(error, PV_ERROR_NOT_FOUND, "the example's pair names no %.*s", PV_STR_ARG(table->name));
}

/* The verdict on the pair that the example names, or on the first to which the rule applies. */
static bool find_pair_verdict(const trial *run, const pv_results *results, const pv_verdict **out, pv_error *error) {
    const pv_matrix *matrix = pv_form_matrix(run->ruleset->form, rule_of(run)->matrix);
    const pv_value_list *row;
    const pv_value_list *column;
    *out = first_applicable(results);
    if (run->example->pair.count == 0)
        return true;
    if (!find_row(run, matrix->rows, &row, error) || !find_row(run, matrix->columns, &column, error))
        return false;
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_pair *pair = results->verdicts[i].subject.pair;
        if (pair->row == row && pair->column == column)
            *out = &results->verdicts[i];
    }
    return true;
}

static const pv_verdict *find_named_verdict(const trial *run, const pv_results *results) {
    pv_str name = named_subject(rule_of(run), run->example);
    size_t number = run->example->record ? run->example->record : 1;
    if (rule_of(run)->each != PV_SUBJECT_RECORD && name.size == 0)
        return first_applicable(results);
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *each = &results->verdicts[i];
        if (each->subject.kind == PV_SUBJECT_RECORD ? each->subject.record->number == number : is_named(each, name))
            return each;
    }
    return NULL;
}

static bool find_verdict(const trial *run, const pv_results *results, const pv_verdict **out, pv_error *error) {
    if (rule_of(run)->each == PV_SUBJECT_PAIR)
        return find_pair_verdict(run, results, out, error);
    *out = find_named_verdict(run, results);
    return *out || pv_fail(error, PV_ERROR_NOT_FOUND, "the form or the example has not what the rule is to judge");
}

/* The item that the example's response answers: the one it names, else the first to which the rule applies when that
 * response is given everywhere. */
static bool choose_item(trial *run, const pv_item **out, pv_error *error) {
    const pv_form *form = run->ruleset->form;
    *out = form->measure_count > 0 ? &form->measures[0].items[0] : NULL;
    if (run->example->item.size > 0) {
        pv_str id, row;
        pv_example_split(run->example->item, &id, &row);
        *out = pv_form_item(form, run->example->item);
        if (!*out && row.size > 0)
            *out = pv_form_item(form, id);
        return *out ||
               pv_fail(error, PV_ERROR_NOT_FOUND, "the form has no item \"%.*s\"", PV_STR_ARG(run->example->item));
    }
    if (rule_of(run)->each != PV_SUBJECT_RESPONSE || !run->example->has_response)
        return true;
    pv_results results;
    if (!judge(run, NULL, &results, error))
        return false;
    *out = first_applicable(&results)->subject.response->item;
    return true;
}

/* ---- what an example gives, on a few lines however long its texts are ---- */

/* A text in quotation marks, cut with "…" where it is long. */
static void write_excerpt(pv_buf *out, pv_str text) {
    bool cut = text.size > LONGEST_EXCERPT;
    pv_str shown = cut ? pv_str_slice(text, 0, pv_utf8_previous(text, LONGEST_EXCERPT + 1)) : text;
    pv_buf_format(out, "\"%.*s%s\"", PV_STR_ARG(shown), cut ? "…" : "");
}

/* Between parts: "; " once there is one. */
static void begin_part(pv_buf *out, size_t start) {
    if (out->size > start)
        pv_buf_append_text(out, "; ");
}

static void write_entry(pv_buf *out, const pv_example_entry *entry) {
    pv_buf_append(out, entry->name);
    pv_buf_append_char(out, ' ');
    if (!entry->elements) {
        write_excerpt(out, entry->text);
        return;
    }
    for (size_t i = 0; i < entry->element_count; i++) {
        pv_buf_append_text(out, i > 0 ? ", " : "");
        write_excerpt(out, entry->elements[i]);
    }
}

static void write_entries(pv_buf *out, const pv_example_entries *entries, size_t start) {
    for (size_t i = 0; i < entries->count && i < LONGEST_LIST; i++) {
        begin_part(out, start);
        write_entry(out, &entries->entries[i]);
    }
    if (entries->count > LONGEST_LIST)
        pv_buf_format(out, "; … (%zu in all)", entries->count);
}

static void write_rows(pv_buf *out, const pv_example_records *records) {
    pv_buf_append(out, records->kind);
    for (size_t i = 0; i < records->row_count && i < LONGEST_LIST; i++) {
        const pv_example_entries *row = &records->rows[i];
        pv_buf_append_text(out, i > 0 ? ", (" : " (");
        for (size_t j = 0; j < row->count; j++) {
            pv_buf_append_text(out, j > 0 ? ", " : "");
            write_entry(out, &row->entries[j]);
        }
        pv_buf_append_char(out, ')');
    }
    if (records->row_count > LONGEST_LIST)
        pv_buf_format(out, " … (%zu rows)", records->row_count);
}

static void write_subject(pv_buf *out, const char *kind, pv_str id, size_t start) {
    if (id.size == 0)
        return;
    begin_part(out, start);
    pv_buf_format(out, "%s%.*s", kind, PV_STR_ARG(id));
}

/* The parameters that it sets otherwise than the rule: `limits [Aims: 2 words]`. */
static void write_parameters(pv_buf *out, const pv_rule *rule, const pv_example *example, size_t start) {
    for (size_t i = 0; example->parameters && i < rule->parameter_count; i++) {
        const pv_value *value = &example->parameters[i];
        const pv_value *usual = &rule->parameters[i].default_value;
        if (value->text.value.data == usual->text.value.data && value->elements == usual->elements)
            continue;
        begin_part(out, start);
        pv_buf_append(out, rule->parameters[i].spec.name);
        pv_buf_append_text(out, " ");
        pv_parameter_write(out, value);
    }
}

/* What the example fills in: `1.1.6.1 "We plan …"; county "Inyo"`. */
static void write_given(pv_buf *out, const pv_rule *rule, const pv_example *example) {
    size_t start = out->size;
    write_subject(out, "as of ", example->as_of_text, start);
    write_parameters(out, rule, example, start);
    write_subject(out, "measure ", example->measure, start);
    write_subject(out, "section ", example->section, start);
    write_subject(out, "", example->item, start);
    write_entries(out, &example->pair, start);
    if (example->has_response) {
        pv_buf_append_text(out, out->size > start ? " " : "");
        write_excerpt(out, example->response);
    }
    write_entries(out, &example->fields, start);
    write_entries(out, &example->responses, start);
    for (size_t i = 0; i < example->record_count; i++) {
        begin_part(out, start);
        write_rows(out, &example->records[i]);
    }
    if (example->complete) {
        begin_part(out, start);
        pv_buf_append_text(out, "every other prompt answered");
    }
    if (out->size == start)
        pv_buf_append_text(out, "nothing filled in");
}

/* ---- what was expected ---- */

/* Where the example's word stands in the source; false when the judged response has not so many words. */
static bool locate_word(size_t number, const pv_verdict *verdict, uint32_t *start) {
    const pv_response *response = verdict->subject.response;
    if (!response || number > response->word_count)
        return false;
    pv_span word = pv_word_at(response->text.value, number);
    *start = pv_text_locate(&response->text, word.start, word.end).start;
    return true;
}

static bool is_at_word(const pv_example *expected, const pv_verdict *verdict) {
    uint32_t start;
    return expected->at_word == 0 || (locate_word(expected->at_word, verdict, &start) &&
                                      !verdict->outcome.at.expected_here && verdict->outcome.at.span.start == start);
}

static bool is_at_text(const trial *run, const pv_example *expected, const pv_verdict *verdict) {
    pv_str wanted = expected->at_text;
    return wanted.size == 0 || pv_str_equal(pv_source_slice(run->source, verdict->outcome.at.span), wanted);
}

static bool is_due(const pv_example *example, const pv_verdict *verdict) {
    return !example->has_due || (verdict->outcome.has_due && pv_date_compare(verdict->outcome.due, example->due) == 0);
}

/* expected: the example, or one of its findings. */
static bool is_expected(const trial *run, const pv_example *expected, const pv_verdict *verdict) {
    return verdict->outcome.state == expected->state && is_at_word(expected, verdict) &&
           is_at_text(run, expected, verdict) && (!expected->expected_here || verdict->outcome.at.expected_here) &&
           is_due(expected, verdict) && pv_str_find(verdict->outcome.message, expected->message, 0) != SIZE_MAX;
}

/* All findings that the rule gave for the subject of one verdict, or that verdict alone. */
typedef struct given_verdicts {
    const pv_verdict **list; /* in the order of their places */
    size_t count;
    pv_state state; /* the gravest of theirs */
    size_t findings;
} given_verdicts;

static bool is_same_subject(const pv_subject *a, const pv_subject *b) {
    return a->section == b->section && a->measure == b->measure && a->response == b->response &&
           a->record == b->record && a->pair == b->pair;
}

static bool gather_given(const trial *run, given_verdicts *out, const pv_results *results, const pv_verdict *one,
                         pv_error *error) {
    *out = (given_verdicts){.list = PV_NEW_ARRAY(run->arena, const pv_verdict *, results->verdict_count)};
    if (!out->list)
        return pv_fail_memory(error);
    out->state = one->outcome.state;
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *each = &results->verdicts[i];
        if (each->rule != one->rule || !is_same_subject(&each->subject, &one->subject))
            continue;
        out->list[out->count++] = each;
        out->findings += pv_state_is_finding(each->outcome.state) ? pv_verdict_count(each) : 0;
        if (each->outcome.state == PV_STATE_FAIL)
            out->state = PV_STATE_FAIL;
    }
    return true;
}

/* How much a finding's expectation says: what says more chooses first. */
static unsigned precision_of(const pv_example *finding) {
    return (finding->at_word > 0 || finding->at_text.size > 0 ? 2U : 0U) +
           (finding->message.size > 0 || finding->has_due || finding->expected_here ? 1U : 0U);
}

/* Whether each finding told by the example is one that was given, and each that was given is told. */
static bool are_findings_expected(const trial *run, const given_verdicts *given) {
    const pv_example *example = run->example;
    bool *taken = PV_NEW_ARRAY(run->arena, bool, given->count);
    bool all = taken && given->findings == example->finding_count;
    for (unsigned precision = 4; all && precision-- > 0;)
        for (size_t i = 0; all && i < example->finding_count; i++) {
            size_t met = 0;
            if (precision_of(&example->findings[i]) != precision)
                continue;
            while (met < given->count && (taken[met] || !is_expected(run, &example->findings[i], given->list[met])))
                met++;
            all = met < given->count;
            if (all)
                taken[met] = true;
        }
    return all;
}

/* What the example asks of one verdict, beyond its state, says nothing of several. */
static bool asks_of_one(const pv_example *example) {
    return precision_of(example) > 0;
}

static bool has_passed(const trial *run, const given_verdicts *given) {
    const pv_example *example = run->example;
    if (example->finding_count > 0)
        return given->state == example->state && are_findings_expected(run, given);
    if (given->findings > 1)
        return given->state == example->state && !asks_of_one(example);
    return is_expected(run, example, given->list[0]);
}

static void describe_due(pv_date day, pv_buf *out) {
    char text[PV_DATE_SIZE];
    pv_date_write(day, text);
    pv_buf_format(out, ", due %s", text);
}

static void describe_expected_one(const pv_example *example, pv_buf *out) {
    pv_buf_append_text(out, pv_state_name(example->state));
    if (example->at_word)
        pv_buf_format(out, " at word %zu", example->at_word);
    if (example->at_text.size)
        pv_buf_format(out, " at \"%.*s\"", PV_STR_ARG(example->at_text));
    if (example->expected_here)
        pv_buf_append_text(out, " where something is missing");
    if (example->message.size)
        pv_buf_format(out, " saying \"%.*s\"", PV_STR_ARG(example->message));
    if (example->has_due)
        describe_due(example->due, out);
}

static void describe_expected(const pv_example *example, pv_buf *out) {
    describe_expected_one(example, out);
    for (size_t i = 0; i < example->finding_count; i++) {
        if (i == 0)
            pv_buf_format(out, " with %zu finding%s: ", example->finding_count, example->finding_count == 1 ? "" : "s");
        pv_buf_append_text(out, i > 0 ? "; " : "");
        describe_expected_one(&example->findings[i], out);
    }
}

/* The day that it falls due is told where the example asks for one. */
static void describe_one(const trial *run, const pv_verdict *verdict, bool with_due, pv_buf *out) {
    pv_buf_append_text(out, pv_state_name(verdict->outcome.state));
    if (verdict->outcome.state != PV_STATE_NOT_CHECKED) {
        pv_str excerpt = pv_source_slice(run->source, verdict->outcome.at.span);
        if (verdict->outcome.at.expected_here)
            pv_buf_append_text(out, " where something is missing");
        else if (excerpt.size > 0) { /* the whole submission has no words of its own */
            pv_buf_append_text(out, " at ");
            write_excerpt(out, excerpt);
        }
    }
    if (with_due && verdict->outcome.has_due)
        describe_due(verdict->outcome.due, out);
    if (verdict->outcome.message.size)
        pv_buf_format(out, ": %.*s", PV_STR_ARG(verdict->outcome.message));
}

static void describe_actual(const trial *run, const given_verdicts *given, pv_buf *out) {
    const pv_example *example = run->example;
    bool with_due = example->has_due;
    for (size_t i = 0; i < example->finding_count; i++)
        with_due |= example->findings[i].has_due;
    if (given->findings < 2) {
        describe_one(run, given->list[0], with_due, out);
        return;
    }
    pv_buf_format(out, "%s with %zu findings%s: ", pv_state_name(given->state), given->findings,
                  example->finding_count == 0 && asks_of_one(example) ? ", each of which is told in `findings`" : "");
    for (size_t i = 0; i < given->count; i++) {
        pv_buf_append_text(out, i > 0 ? "; " : "");
        describe_one(run, given->list[i], with_due, out);
    }
}

/* ---- results ---- */

static bool keep_text(pv_arena *arena, pv_buf *text, pv_str *out, pv_error *error) {
    *out = text->failed ? (pv_str){NULL, 0} : pv_arena_copy(arena, pv_buf_str(text));
    pv_buf_clear(text);
    return out->data || pv_fail_memory(error);
}

/* A rule that is at fault is told at the line in question, which may be in another file. */
static bool place_fault(pv_arena *arena, pv_example_result *out, const pv_fault *fault, pv_error *error) {
    if (!fault || fault->path.size == 0 || fault->at.line == 0)
        return true;
    out->path = pv_arena_copy(arena, fault->path);
    out->at = fault->at;
    return out->path.data || pv_fail_memory(error);
}

/* Fills the result's verdict and texts; an example that cannot be run has failed, and its result says why. */
static bool run_example(trial *run, pv_arena *arena, pv_example_result *out, pv_error *error) {
    pv_buf text = pv_buf_on(pv_arena_memory(arena));
    write_given(&text, rule_of(run), run->example);
    if (!keep_text(arena, &text, &out->given, error))
        return false;
    describe_expected(run->example, &text);
    if (!keep_text(arena, &text, &out->expected, error))
        return false;
    pv_error fault = {0};
    const pv_item *item = NULL;
    const pv_verdict *verdict = NULL;
    given_verdicts given;
    pv_results results;
    bool found = choose_item(run, &item, &fault) && judge(run, item, &results, &fault) &&
                 find_verdict(run, &results, &verdict, &fault) && gather_given(run, &given, &results, verdict, &fault);
    if (fault.code == PV_ERROR_MEMORY)
        return pv_fail_memory(error);
    if (found) {
        out->judged = true;
        out->state = given.state;
        out->passed = has_passed(run, &given);
        describe_actual(run, &given, &text);
        if (!out->passed && !place_fault(arena, out, verdict->outcome.fault, error)) {
            pv_buf_clear(&text);
            return false;
        }
    } else {
        pv_buf_append_text(&text, fault.message);
    }
    return keep_text(arena, &text, &out->actual, error);
}

/* A rule whose examples only pass, or only do not, shows half of what it means. */
static bool has_both_sides(const pv_example_list *list) {
    bool passing = false;
    bool other = false;
    for (size_t i = 0; i < list->count; i++) {
        passing = passing || list->examples[i].state == PV_STATE_PASS;
        other = other || list->examples[i].state == PV_STATE_FAIL || list->examples[i].state == PV_STATE_REVIEW;
    }
    return passing && other;
}

static size_t count_results(const pv_catalogue *catalogue, pv_str rule_pattern) {
    size_t count = 0;
    for (size_t i = 0; i < catalogue->rule_count; i++)
        if (pv_run_selects(rule_pattern, &catalogue->rules[i]))
            count += catalogue->examples[i].count + !has_both_sides(&catalogue->examples[i]);
    return count;
}

/* The place of the number-th example; 0: of the rule. */
static void place_example(const trial *run, size_t number, pv_example_result *out) {
    const pv_rule *rule = rule_of(run);
    size_t at = number > 0 ? pv_lexemes_example(&run->lexemes, rule, number) : rule->at.start;
    out->path = rule->source->path;
    out->at = pv_source_locate(rule->source, at);
}

static bool read_words(trial *run, pv_error *error) {
    const pv_source *source = rule_of(run)->source;
    if (run->lexemes.source == source)
        return true;
    pv_arena_clear(run->words);
    return pv_lexemes_read(&run->lexemes, run->words, source, error);
}

static bool run_rule_examples(trial *run, pv_arena *arena, pv_example_result *results, size_t *count, pv_error *error) {
    const pv_rule *rule = rule_of(run);
    const pv_example_list *list = &run->ruleset->catalogue.examples[run->rule_index];
    if (!read_words(run, error))
        return false;
    if (!has_both_sides(list)) {
        pv_example_result *result = &results[(*count)++];
        *result = (pv_example_result){
            .rule = rule,
            .expected = PV_STR("an example that passes and one that does not"),
            .actual = list->count ? PV_STR("only one of them") : PV_STR("no example"),
        };
        place_example(run, 0, result);
    }
    for (size_t i = 0; i < list->count; i++) {
        pv_example_result *result = &results[(*count)++];
        *result = (pv_example_result){.rule = rule, .number = i + 1};
        place_example(run, i + 1, result);
        run->example = &list->examples[i];
        pv_arena_clear(run->arena);
        if (!run_example(run, arena, result, error))
            return false;
    }
    return true;
}

bool pv_lua_run_examples(pv_ruleset *ruleset, pv_str rule_pattern, pv_arena *arena, const pv_example_result **out,
                         size_t *count, pv_error *error) {
    pv_lua_ruleset *owner = (pv_lua_ruleset *)ruleset;
    const pv_catalogue *catalogue = &owner->catalogue;
    pv_example_result *results = PV_NEW_ARRAY(arena, pv_example_result, count_results(catalogue, rule_pattern));
    trial run = {.ruleset = owner, .arena = pv_arena_new(owner->memory), .words = pv_arena_new(owner->memory)};
    bool ran = (results && run.arena && run.words) || pv_fail_memory(error);
    *count = 0;
    for (size_t i = 0; ran && i < catalogue->rule_count; i++) {
        run.rule_index = i;
        if (pv_run_selects(rule_pattern, &catalogue->rules[i]))
            ran = run_rule_examples(&run, arena, results, count, error);
    }
    pv_arena_free(run.arena);
    pv_arena_free(run.words);
    *out = results;
    return ran;
}
