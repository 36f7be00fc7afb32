#include "model/conditions_p.h"

#include <assert.h>

#include "base/utf8.h"
#include "model/message.h"

/* ---- what a form declares ---- */

const char *pv_condition_kind_name(pv_condition_kind kind) {
    static const char *const names[PV_CONDITION_KIND_COUNT] = {
        [PV_CONDITION_REQUIRED] = "required",
        [PV_CONDITION_OBLIGATION] = "obligation",
        [PV_CONDITION_WORD_MINIMUM] = "word_minimum",
        [PV_CONDITION_WORD_LIMIT] = "word_limit",
        [PV_CONDITION_CHARACTER_LIMIT] = "character_limit",
        [PV_CONDITION_CHOOSE] = "choose",
        [PV_CONDITION_GROUP_MOST] = "most",
        [PV_CONDITION_ROWS_LEAST] = "rows.least",
        [PV_CONDITION_ROWS_MOST] = "rows.most",
        [PV_CONDITION_TYPE] = "type",
        [PV_CONDITION_ONE_OF] = "one_of",
        [PV_CONDITION_LOW] = "low",
        [PV_CONDITION_HIGH] = "high",
        [PV_CONDITION_PATTERN] = "pattern",
        [PV_CONDITION_UNIQUE] = "unique",
        [PV_CONDITION_LEAST] = "least",
        [PV_CONDITION_MOST] = "most",
        [PV_CONDITION_COMPUTED] = "computed",
        [PV_CONDITION_PREFILLED] = "prefilled",
        [PV_CONDITION_KINDS] = "kinds",
        [PV_CONDITION_SIZE_MOST] = "size_most",
        [PV_CONDITION_KEY] = "key",
        [PV_CONDITION_OF] = "of",
        [PV_CONDITION_ONLY_IF] = "only_if",
    };
    return names[kind];
}

typedef struct finder {
    pv_arena *arena;
    pv_error *error;
    PV_ARRAY(pv_condition) found;
} finder;

/* What the condition is about, in the words of the form; instead: what stands for its name, or NULL. */
static pv_str address_of(const pv_condition *condition, const char *instead, pv_arena *arena) {
    const char *kind = pv_condition_kind_name(condition->kind);
    const char *owner = "fields";
    pv_str name = condition->spec ? condition->spec->name : PV_STR("");
    if (condition->record && condition->spec)
        return instead ? pv_arena_format(arena, "records.*.columns.*.%s", kind)
                       : pv_arena_format(arena, "records.%.*s.columns.%.*s.%s", PV_STR_ARG(condition->record->name),
                                         PV_STR_ARG(name), kind);
    if (condition->record) {
        owner = "records";
        name = condition->record->name;
    } else if (condition->item) {
        owner = "items";
        name = condition->item->full_id;
    } else if (condition->measure) {
        owner = "measures";
        name = condition->measure->id;
    } else if (condition->group) {
        owner = "groups";
        name = condition->group->id;
    }
    name = instead ? pv_str_from(instead) : name;
    return pv_arena_format(arena, "%s.%.*s.%s", owner, PV_STR_ARG(name), kind);
}

pv_str pv_condition_pattern(const pv_condition *condition, pv_arena *arena) {
    return address_of(condition, "*", arena);
}

/* Adds condition where it is declared. */
static bool add(finder *all, bool declared, pv_condition condition) {
    if (!declared)
        return true;
    condition.address = address_of(&condition, NULL, all->arena);
    pv_condition *added = PV_ARRAY_ADD(all->arena, &all->found);
    if (!added || !condition.address.data)
        return pv_fail_memory(all->error);
    *added = condition;
    return true;
}

/* The same for a condition with a number, which is 0 where it is not declared. */
static bool add_number(finder *all, pv_condition_kind kind, uint32_t number, pv_condition condition) {
    condition.kind = kind;
    condition.number = number;
    return add(all, number > 0, condition);
}

static bool add_length(finder *all, const pv_length *length, pv_condition about) {
    return add_number(all, PV_CONDITION_WORD_MINIMUM, length->word_minimum, about) &&
           add_number(all, PV_CONDITION_WORD_LIMIT, length->word_limit, about) &&
           add_number(all, PV_CONDITION_CHARACTER_LIMIT, length->character_limit, about);
}

static bool add_kind(finder *all, bool declared, pv_condition_kind kind, pv_condition about) {
    about.kind = kind;
    return add(all, declared, about);
}

/* How many entries a list has: a number, or a term that comes to one. */
static bool add_entries(finder *all, pv_condition_kind kind, uint32_t number, const pv_term *term, pv_condition about) {
    about.kind = kind;
    about.number = number;
    return add(all, number > 0 || term, about);
}

/* What is demanded of a value beyond its type. */
static bool find_of_value(finder *all, const pv_value_spec *spec, pv_condition about) {
    const pv_demands *demands = spec->demands;
    return add_kind(all, demands && demands->low, PV_CONDITION_LOW, about) &&
           add_kind(all, demands && demands->high, PV_CONDITION_HIGH, about) &&
           add_kind(all, spec->pattern.size > 0, PV_CONDITION_PATTERN, about) &&
           add_kind(all, spec->unique, PV_CONDITION_UNIQUE, about) &&
           add_entries(all, PV_CONDITION_LEAST, spec->least, demands ? demands->least : NULL, about) &&
           add_entries(all, PV_CONDITION_MOST, spec->most, demands ? demands->most : NULL, about) &&
           add_kind(all, demands && demands->computed, PV_CONDITION_COMPUTED, about) &&
           add_kind(all, spec->prefilled && !spec->editable, PV_CONDITION_PREFILLED, about) &&
           add_kind(all, spec->kind_count > 0, PV_CONDITION_KINDS, about) &&
           add_kind(all, spec->size_most > 0, PV_CONDITION_SIZE_MOST, about);
}

/* What is declared of a value: of a field, a column or an item. */
static bool find_in_spec(finder *all, const pv_value_spec *spec, pv_condition about) {
    return add_kind(all, spec->type != PV_TYPE_TEXT, PV_CONDITION_TYPE, about) &&
           add_kind(all, spec->choice_count > 0, PV_CONDITION_ONE_OF, about) && add_length(all, &spec->length, about) &&
           add_kind(all, spec->only_if != NULL, PV_CONDITION_ONLY_IF, about) && find_of_value(all, spec, about);
}

/* Of a field, or with its record kind of a column. */
static bool find_in_field(finder *all, const pv_value_spec *spec, const pv_record_spec *record) {
    const pv_condition about = {.kind = PV_CONDITION_REQUIRED, .spec = spec, .record = record, .at = spec->at};
    return add(all, spec->required, about) && find_in_spec(all, spec, about);
}

/* Of a mandatory measure of one item, whether that is answered is whether the measure is. */
static bool find_in_item(finder *all, const pv_item *item) {
    const pv_condition about = {.kind = PV_CONDITION_REQUIRED, .item = item, .spec = item->spec, .at = item->at};
    bool alone = item->measure->item_count == 1 && item->measure->obligation == PV_OBLIGATION_MANDATORY;
    return add(all, item->required && !alone, about) &&
           (item->spec ? find_in_spec(all, item->spec, about) : add_length(all, &item->length, about));
}

static bool find_in_measure(finder *all, const pv_measure *measure) {
    const pv_condition about = {.kind = PV_CONDITION_OBLIGATION, .measure = measure, .at = measure->at};
    if (!add(all, measure->obligation == PV_OBLIGATION_MANDATORY, about))
        return false;
    for (size_t i = 0; i < measure->item_count; i++)
        if (!find_in_item(all, &measure->items[i]))
            return false;
    return true;
}

static bool find_in_record(finder *all, const pv_record_spec *record) {
    const pv_condition about = {.record = record, .at = record->at};
    pv_condition keyed = about;
    pv_condition owned = about;
    size_t inherited = record->owner ? record->owner->key_count : 0;
    keyed.kind = PV_CONDITION_KEY;
    owned.kind = PV_CONDITION_OF;
    if (!add(all, record->key_count > 0, keyed) || !add(all, record->owner != NULL, owned) ||
        !add_number(all, PV_CONDITION_ROWS_LEAST, record->least, about) ||
        !add_number(all, PV_CONDITION_ROWS_MOST, record->most, about))
        return false;
    for (size_t i = inherited; i < record->column_count; i++) /* the first ones are declared by the owner */
        if (!find_in_field(all, &record->columns[i], record))
            return false;
    return true;
}

bool pv_conditions_find(const pv_condition **out, size_t *count, pv_arena *arena, const pv_form *form,
                        pv_error *error) {
    finder all = {.arena = arena, .error = error};
    for (size_t i = 0; i < form->field_count; i++)
        if (!find_in_field(&all, &form->fields[i], NULL))
            return false;
    for (size_t i = 0; i < form->group_count; i++) {
        const pv_group *group = &form->groups[i];
        const pv_condition about = {.group = group, .at = group->at};
        if (!add_number(&all, PV_CONDITION_CHOOSE, group->choose, about) ||
            !add_number(&all, PV_CONDITION_GROUP_MOST, group->most, about))
            return false;
    }
    for (size_t i = 0; i < form->measure_count; i++)
        if (!find_in_measure(&all, &form->measures[i]))
            return false;
    for (size_t i = 0; i < form->record_count; i++)
        if (!find_in_record(&all, &form->records[i]))
            return false;
    *out = all.found.items;
    *count = all.found.count;
    return true;
}

/* ---- what a condition is about ---- */

bool pv_condition_is_structural(const pv_condition *condition, pv_problem_kind *out) {
    switch (condition->kind) {
    case PV_CONDITION_REQUIRED:
        *out = PV_PROBLEM_MISSING_PART;
        return condition->record != NULL;
    case PV_CONDITION_TYPE:
    case PV_CONDITION_ONE_OF:
        *out = PV_PROBLEM_WRONG_TYPE;
        return true;
    case PV_CONDITION_KEY:
    case PV_CONDITION_OF:
        *out = PV_PROBLEM_WRONG_KEY;
        return true;
    default:
        return false;
    }
}

const pv_measure *pv_condition_measure(const pv_condition *condition) {
    return condition->item ? condition->item->measure : condition->measure;
}

/* ---- texts: how long they are ---- */

/* A text that a condition is about. */
typedef struct filed_text {
    const pv_text *text;
    pv_place at;
    pv_subject subject;
    pv_str label; /* of what it stands in, where the subject does not say so */
} filed_text;

/* Whether so many words, or characters, break the condition. */
static bool is_beyond(const pv_condition *condition, size_t count) {
    return condition->kind == PV_CONDITION_WORD_MINIMUM ? count < condition->number : count > condition->number;
}

/* How many more words are counted where the labels that a word processor makes are taken for words. */
static size_t words_of_labels(const pv_condition *condition, const pv_text *text) {
    return condition->kind == PV_CONDITION_CHARACTER_LIMIT ? 0 : pv_text_label_words(text, 0, text->value.size);
}

/* How many words more than are counted stand in a text that has a limit; *glued: the first run with several. */
static size_t words_hidden(const pv_condition *condition, const pv_text *text, pv_span *glued) {
    *glued = (pv_span){0};
    return condition->kind == PV_CONDITION_WORD_LIMIT ? pv_words_glued(text->value, glued) : 0;
}

/* Bytes of text before the character of this number, counted from 0; text has it. */
static size_t offset_of_character(pv_str text, size_t number) {
    size_t offset = 0;
    for (size_t length; number > 0; number--, offset += length)
        (void)pv_utf8_decode(text, offset, &length);
    return offset;
}

/* The place of what is beyond a limit: of all words, or characters, that are too many; of hidden ones, the first run
 * that hides some. */
static pv_place place_of_excess(const pv_condition *condition, const pv_text *text, const pv_word_list *words,
                                pv_span hidden) {
    if (hidden.end > hidden.start)
        return (pv_place){pv_text_locate(text, hidden.start, hidden.end), false};
    size_t start = condition->kind == PV_CONDITION_WORD_LIMIT ? words->at[condition->number].start
                                                              : offset_of_character(text->value, condition->number);
    size_t end = condition->kind == PV_CONDITION_WORD_LIMIT ? words->at[words->count - 1].end : text->value.size;
    return (pv_place){pv_text_locate(text, start, end), false};
}

/* How long a text is, in what a condition counts. */
typedef struct text_length {
    size_t count;
    size_t hidden; /* of these: words that what shows nothing runs together */
    size_t labels; /* so many more where made labels count */
} text_length;

/* "107 words; the form allows 100", begun with "“Summary”: " where the subject does not say what is too long. */
static pv_str length_message(const pv_condition *condition, const filed_text *written, text_length length,
                             bool doubtful, pv_arena *arena) {
    char counted_too[PV_LABELLED_SIZE] = "";
    const size_t count = length.count;
    if (doubtful)
        pv_labelled_count(count + length.labels, counted_too);
    const char *noun = condition->kind == PV_CONDITION_CHARACTER_LIMIT ? "character" : "word";
    bool named = written->label.size > 0;
    return pv_arena_format(arena, "%s%s%s%zu %s%s%s%s; the form %s %u", named ? "“" : "",
                           named ? pv_message_quote(written->label).text : "", named ? "”: " : "", count, noun,
                           count == 1 ? "" : "s", length.hidden > 0 ? ", some run together by what shows nothing" : "",
                           counted_too, condition->kind == PV_CONDITION_WORD_MINIMUM ? "asks for at least" : "allows",
                           (unsigned)condition->number);
}

bool pv_breach_add(pv_breaches *out, pv_breach breach, pv_arena *arena, pv_error *error) {
    pv_breach *added = PV_ARRAY_ADD(arena, out);
    if (!added || !breach.message.data || !breach.working.data)
        return pv_fail_memory(error);
    *added = breach;
    return true;
}

/* "107 > 100"; of what made labels decide "96 ≤ 100 < 102". */
static pv_str length_working(const pv_condition *condition, text_length length, bool doubtful, pv_arena *arena) {
    bool too_short = condition->kind == PV_CONDITION_WORD_MINIMUM;
    if (doubtful)
        return pv_arena_format(arena, too_short ? "%zu < %u ≤ %zu" : "%zu ≤ %u < %zu", length.count,
                               (unsigned)condition->number, length.count + length.labels);
    return pv_arena_format(arena, "%zu %s %u", length.count, too_short ? "<" : ">", (unsigned)condition->number);
}

static bool measure_text(const pv_condition *condition, const filed_text *written, pv_arena *arena, pv_breaches *out,
                         pv_error *error) {
    pv_word_list words = {0};
    size_t count;
    if (condition->kind == PV_CONDITION_CHARACTER_LIMIT)
        count = pv_utf8_length(written->text->value);
    else if (!pv_words_count(written->text->value, PV_WORD_METHOD_WORD, &count, error))
        return false;
    pv_span glued = {0};
    size_t hidden = is_beyond(condition, count) ? 0 : words_hidden(condition, written->text, &glued);
    const text_length length = {count + hidden, hidden, words_of_labels(condition, written->text)};
    const bool beyond = is_beyond(condition, length.count);
    const bool doubtful = is_beyond(condition, length.count + length.labels) != beyond;
    if (!beyond && !doubtful)
        return true;
    if (!pv_words_find(arena, written->text->value, PV_WORD_METHOD_WORD, &words, error))
        return false;
    bool too_short = condition->kind == PV_CONDITION_WORD_MINIMUM;
    pv_breach breach = {
        .condition = condition,
        .subject = written->subject,
        .at = too_short || !beyond ? written->at : place_of_excess(condition, written->text, &words, glued),
        .whole = written->at.span,
        .doubtful = doubtful,
        .message = length_message(condition, written, length, doubtful, arena),
        .working = length_working(condition, length, doubtful, arena),
    };
    return pv_breach_add(out, breach, arena, error);
}

/* ---- fields and columns ---- */

/* What must be given and is not, or only stands for an answer. */
static bool look_at_required(const pv_condition *condition, const pv_value *value, pv_subject subject, pv_arena *arena,
                             pv_breaches *out, pv_error *error) {
    if (value->unanswered == PV_ANSWERED || value->why_not.size > 0)
        return true;
    const pv_quote label = pv_message_quote(condition->spec->label);
    const char *reason = pv_unanswered_reason(value->unanswered);
    const pv_breach breach = {
        .condition = condition,
        .subject = subject,
        .at = {value->at, !reason},
        .whole = value->at,
        .message = reason ? pv_arena_format(arena, "“%s” is not given: “%s” %s; the form requires it", label.text,
                                            pv_message_quote(pv_value_written(value)).text, reason)
                          : pv_arena_format(arena, "“%s” is not given; the form requires it", label.text),
        .working = PV_STR(""),
    };
    return pv_breach_add(out, breach, arena, error);
}

/* What is given though it does not apply; a placeholder there says just that. */
static bool look_at_only_if(const pv_condition *condition, const pv_value *value, pv_subject subject, pv_arena *arena,
                            pv_breaches *out, pv_error *error) {
    if (value->unanswered != PV_ANSWERED || value->why_not.size == 0)
        return true;
    const pv_breach breach = {
        .condition = condition,
        .subject = subject,
        .at = {value->at, false},
        .whole = value->at,
        .message = pv_arena_format(arena, "“%s” is given, but %.*s", pv_message_quote(condition->spec->label).text,
                                   PV_STR_ARG(value->why_not)),
        .working = PV_STR(""),
    };
    return pv_breach_add(out, breach, arena, error);
}

/* One value that the condition is about. What is unreadable is neither missing nor too long: form.types says so. */
static bool look_at_value(const pv_condition *condition, const pv_value *value, pv_subject subject,
                          const pv_term_context *context, pv_look_state *state, pv_breaches *out, pv_error *error) {
    pv_arena *arena = context->arena;
    const pv_looked_at it = {condition, value, subject, context, state, out, error};
    if (pv_condition_is_on_value(condition))
        return pv_value_look_at(&it);
    if (condition->kind == PV_CONDITION_REQUIRED)
        return look_at_required(condition, value, subject, arena, out, error);
    if (condition->kind == PV_CONDITION_ONLY_IF)
        return look_at_only_if(condition, value, subject, arena, out, error);
    if (pv_value_is_blank(value) || !pv_value_is_known(value))
        return true;
    const filed_text written = {
        .text = &value->text,
        .at = {value->at, false},
        .subject = subject,
        .label = condition->spec->label,
    };
    return measure_text(condition, &written, arena, out, error);
}

static bool look_at_column(const pv_condition *condition, const pv_submission *submission, const pv_date *day,
                           pv_arena *arena, pv_breaches *out, pv_error *error) {
    const pv_record_list *rows = &submission->records[condition->record->index];
    if (condition->kind == PV_CONDITION_UNIQUE)
        return pv_unique_look_at(condition, rows, arena, out, error);
    size_t column = (size_t)(condition->spec - condition->record->columns);
    pv_look_state state = {.pattern = NULL};
    bool done = true;
    for (size_t i = 0; done && i < rows->count; i++) {
        const pv_subject row = {.kind = PV_SUBJECT_RECORD, .record = &rows->records[i]};
        const pv_term_context context = {
            .submission = submission, .record = &rows->records[i], .day = day, .arena = arena, .memo = &state.memo};
        done = look_at_value(condition, &rows->records[i].values.values[column], row, &context, &state, out, error);
    }
    pv_look_state_clear(&state);
    return done;
}

static bool look_at_field(const pv_condition *condition, const pv_submission *submission, const pv_date *day,
                          pv_arena *arena, pv_breaches *out, pv_error *error) {
    size_t field = (size_t)(condition->spec - submission->form->fields);
    const pv_subject whole = {.kind = PV_SUBJECT_SUBMISSION};
    pv_look_state state = {.pattern = NULL};
    const pv_term_context context = {.submission = submission, .day = day, .arena = arena, .memo = &state.memo};
    bool done = look_at_value(condition, &submission->fields.values[field], whole, &context, &state, out, error);
    pv_look_state_clear(&state);
    return done;
}

/* ---- measures and items ---- */

/* Whether there is a text whose length can be told. */
static bool is_measurable(const pv_response *response) {
    return !response->blank && (!response->value || pv_value_is_known(response->value));
}

bool pv_condition_is_broken(const pv_condition *condition, const pv_filed_measure *filed) {
    if (!condition->item)
        return !filed->answered && !pv_measure_is_exempt(filed);
    const pv_response *response = pv_filed_response(filed, condition->item);
    switch (condition->kind) {
    case PV_CONDITION_REQUIRED: /* a measure left out as a whole is the measure's own condition, if it has one */
        return response->unanswered != PV_ANSWERED && !pv_response_is_exempt(response) &&
               (filed->answered || (filed->measure->obligation == PV_OBLIGATION_OPTIONAL && !response->blank));
    case PV_CONDITION_CHARACTER_LIMIT:
        return is_measurable(response) && is_beyond(condition, pv_utf8_length(response->text.value));
    case PV_CONDITION_WORD_MINIMUM:
    case PV_CONDITION_WORD_LIMIT: {
        pv_span glued;
        if (!is_measurable(response))
            return false;
        size_t hidden = response->shows_all ? 0 : words_hidden(condition, &response->text, &glued);
        size_t count = response->word_count + hidden;
        return is_beyond(condition, count) && is_beyond(condition, count + words_of_labels(condition, &response->text));
    }
    default:
        return response->value->unreadable;
    }
}

/* "“Gap-Filling Plan” is not answered: “TBD” stands for an answer and is none; the form makes it mandatory": of what
 * is not answered, the response in it that says so, or one that is blank; demand: the last half-sentence. */
static pv_str unanswered_message(pv_str title, const pv_response *response, const char *demand, pv_arena *arena) {
    pv_quote name = pv_message_quote(title);
    pv_quote row = pv_message_quote(response->filed->row_name);
    const char *before = row.text[0] ? " for “" : "";
    const char *after = row.text[0] ? "”" : "";
    const char *reason = pv_unanswered_reason(response->unanswered);
    if (!reason)
        return pv_arena_format(arena, "“%s”%s%s%s is not answered; the form %s", name.text, before, row.text, after,
                               demand);
    return pv_arena_format(
        arena, "“%s”%s%s%s is not answered: “%s” %s; the form %s", name.text, before, row.text, after,
        pv_message_quote(response->value ? pv_value_written(response->value) : response->text.value).text, reason,
        demand);
}

/* The first response of a measure that is there and says nothing; else its first. */
static const pv_response *unanswered_in(const pv_filed_measure *filed) {
    for (size_t i = 0; i < filed->measure->item_count; i++)
        if (!filed->responses[i].blank)
            return &filed->responses[i];
    return &filed->responses[0];
}

/* "80 points are at stake", or nothing. */
static pv_str points_at_stake(const pv_measure *measure, pv_arena *arena) {
    pv_buf points = pv_buf_on(pv_arena_memory(arena));
    pv_str said = PV_STR("");
    if (measure->points.coefficient > 0) {
        pv_decimal_format(measure->points, &points);
        bool one = pv_decimal_compare(measure->points, pv_decimal_from_integer(1)) == 0;
        said = pv_arena_format(arena, "%.*s %s at stake", PV_STR_ARG(pv_buf_str(&points)),
                               one ? "point is" : "points are");
    }
    pv_buf_clear(&points);
    return said;
}

/* Of a measure for each row, where there is no row: what is missing is the rows. */
static pv_str no_rows_message(const pv_measure *measure, pv_arena *arena) {
    return pv_arena_format(arena, "“%s” is given for each row of “%s”, and there is none; the form makes it mandatory",
                           pv_message_quote(measure->title).text,
                           pv_message_quote(pv_measure_rows_label(measure)).text);
}

static bool look_at_measure(const pv_condition *condition, const pv_filed_measure *filed, pv_arena *arena,
                            pv_breaches *out, pv_error *error) {
    const pv_response *response = unanswered_in(filed);
    const pv_breach breach = {
        .condition = condition,
        .subject = {.kind = PV_SUBJECT_MEASURE, .measure = filed},
        .at = {response->at, response->blank},
        .whole = filed->at,
        .message = pv_filed_has_no_row(filed)
                       ? no_rows_message(filed->measure, arena)
                       : unanswered_message(condition->measure->title, response, "makes it mandatory", arena),
        .working = points_at_stake(condition->measure, arena),
    };
    return pv_breach_add(out, breach, arena, error);
}

static bool look_at_item(const pv_condition *condition, const pv_submission *submission, const pv_filed_measure *filed,
                         const pv_date *day, pv_arena *arena, pv_breaches *out, pv_error *error) {
    const pv_response *response = pv_filed_response(filed, condition->item);
    const pv_subject subject = {.kind = PV_SUBJECT_RESPONSE, .response = response};
    if (pv_condition_is_on_value(condition)) {
        pv_look_state state = {.pattern = NULL};
        const pv_term_context context = {
            .submission = submission, .day = day, .arena = arena, .memo = &state.memo, .filed = filed};
        bool done = look_at_value(condition, response->value, subject, &context, &state, out, error);
        pv_look_state_clear(&state);
        return done;
    }
    const bool is_length = condition->kind == PV_CONDITION_WORD_LIMIT || condition->kind == PV_CONDITION_WORD_MINIMUM;
    if (!pv_condition_is_broken(condition, filed) &&
        !(is_length && response->text.label_count > 0 && is_measurable(response)))
        return true;
    if (condition->kind == PV_CONDITION_REQUIRED) {
        const pv_breach breach = {
            .condition = condition,
            .subject = subject,
            .at = {response->at, response->blank},
            .whole = response->at,
            .message = unanswered_message(condition->item->prompt, response, "requires it", arena),
            .working = PV_STR(""),
        };
        return pv_breach_add(out, breach, arena, error);
    }
    const filed_text written = {&response->text, {response->at, false}, subject, PV_STR("")};
    return measure_text(condition, &written, arena, out, error);
}

/* Of a measure or an item of it, once for each row that it is given for. */
static bool look_at_filed(const pv_condition *condition, const pv_submission *submission, const pv_date *day,
                          pv_arena *arena, pv_breaches *out, pv_error *error) {
    const pv_filed_list list = pv_submission_filed(submission, pv_condition_measure(condition));
    for (size_t i = 0; i < list.count; i++) {
        const pv_filed_measure *filed = &list.measures[i];
        if (condition->item
                ? !look_at_item(condition, submission, filed, day, arena, out, error)
                : pv_condition_is_broken(condition, filed) && !look_at_measure(condition, filed, arena, out, error))
            return false;
    }
    return true;
}

bool pv_condition_breaches(const pv_condition *condition, const pv_submission *submission, const pv_date *day,
                           pv_arena *arena, pv_breaches *out, pv_error *error) {
    if (condition->group)
        return pv_look_at_group(condition, submission, arena, out, error);
    if (condition->record)
        return condition->spec ? look_at_column(condition, submission, day, arena, out, error)
                               : pv_look_at_rows(condition, submission, arena, out, error);
    if (pv_condition_measure(condition))
        return look_at_filed(condition, submission, day, arena, out, error);
    return look_at_field(condition, submission, day, arena, out, error);
}
