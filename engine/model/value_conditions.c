/* What breaks the conditions on single values: their bounds, patterns, how many entries a list has, of what kind and
 * size a file is, what is computed or prefilled; and columns in which no two rows are alike. */
#include "model/conditions_p.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "model/message.h"
#include "text/pattern.h"

bool pv_condition_is_on_value(const pv_condition *condition) {
    switch (condition->kind) {
    case PV_CONDITION_LOW:
    case PV_CONDITION_HIGH:
    case PV_CONDITION_PATTERN:
    case PV_CONDITION_COMPUTED:
    case PV_CONDITION_PREFILLED:
    case PV_CONDITION_LEAST:
    case PV_CONDITION_MOST:
    case PV_CONDITION_KINDS:
    case PV_CONDITION_SIZE_MOST:
        return true;
    default:
        return false;
    }
}

/* A term in words; one that the form gives itself by what it is. */
static pv_str words_of(const pv_term *term) {
    return term->words.size > 0 || !term->value ? term->words : pv_str_trim(term->value->text.value);
}

pv_str pv_condition_words(const pv_condition *condition) {
    const pv_value_spec *spec = condition->spec;
    switch (condition->kind) {
    case PV_CONDITION_LOW:
        return words_of(spec->demands->low);
    case PV_CONDITION_HIGH:
        return words_of(spec->demands->high);
    case PV_CONDITION_COMPUTED:
        return words_of(spec->demands->computed);
    case PV_CONDITION_PATTERN:
        return spec->says;
    case PV_CONDITION_KINDS:
        return spec->kinds_words;
    case PV_CONDITION_SIZE_MOST:
        return spec->size_words;
    case PV_CONDITION_PREFILLED:
        return pv_value_written(spec->prefilled);
    case PV_CONDITION_LEAST:
        return spec->demands && spec->demands->least ? words_of(spec->demands->least) : PV_STR("");
    case PV_CONDITION_MOST:
        return spec->demands && spec->demands->most ? words_of(spec->demands->most) : PV_STR("");
    default:
        return PV_STR("");
    }
}

/* A breach at the value; what is said of it follows its label, unless the subject is its item. */
static pv_breach begin(const pv_looked_at *it, pv_str said, pv_str working) {
    pv_breach breach = {
        .condition = it->condition,
        .subject = it->subject,
        .at = {it->value->at, !it->value->given},
        .whole = it->value->at,
        .message = said,
        .working = working,
    };
    if (said.data && !it->condition->item)
        breach.message = pv_arena_format(it->context->arena, "“%s”: %.*s",
                                         pv_message_quote(it->condition->spec->label).text, PV_STR_ARG(said));
    return breach;
}

static bool add(const pv_looked_at *it, pv_breach breach) {
    return pv_breach_add(it->out, breach, it->context->arena, it->error);
}

/* ---- bounds ---- */

/* Points at where the number comes from, where that is in the filing. */
static bool relate_to_bound(const pv_looked_at *it, pv_breach *breach, const pv_amount *bound, pv_str words) {
    if (!bound->has_at || bound->at.start == it->value->at.start)
        return true;
    pv_related *related = PV_NEW_ARRAY(it->context->arena, pv_related, 1);
    if (!related)
        return pv_fail_memory(it->error);
    related->at = (pv_place){bound->at, false};
    related->message = words;
    breach->related = related;
    breach->related_count = 1;
    return true;
}

/* What is held against what. */
typedef struct comparison {
    const pv_looked_at *it;
    const pv_term *term;
    pv_amount value;
    pv_amount bound;
    bool high;
} comparison;

/* " kg", or nothing. */
static pv_str unit_of(const pv_looked_at *it) {
    const pv_value_spec *spec = it->condition->spec;
    return spec->unit.size > 0 ? pv_arena_format(it->context->arena, " %.*s", PV_STR_ARG(spec->unit)) : PV_STR("");
}

/* "2022-07-10", as the filer wrote it; or what it is computed to be. */
static pv_str written(const comparison *held) {
    pv_arena *arena = held->it->context->arena;
    if (held->value.computed)
        return pv_arena_format(arena, "%.*s, as it is computed,", PV_STR_ARG(held->value.shown));
    return pv_arena_format(arena, "%s", pv_message_quote(pv_value_written(held->it->value)).text);
}

/* "2022-09-01, 12 weeks after “Start date”,", or the bound alone where the form gives it itself. */
static pv_str bound_words(const comparison *held, const char *after) {
    pv_arena *arena = held->it->context->arena;
    if (held->term->words.size == 0)
        return pv_arena_format(arena, "%.*s", PV_STR_ARG(held->bound.shown));
    return pv_arena_format(arena, "%.*s, %.*s%s", PV_STR_ARG(held->bound.shown), PV_STR_ARG(held->term->words), after);
}

/* What the filer can change of a value that is left out is what it is computed from. */
static void stand_at_origin(pv_breach *breach, const pv_amount *value) {
    if (!value->computed || !value->has_at)
        return;
    breach->at = (pv_place){value->at, false};
    breach->whole = value->at;
}

static bool add_compared(const comparison *held, pv_str said, const char *sign, bool doubtful) {
    const pv_looked_at *it = held->it;
    pv_arena *arena = it->context->arena;
    pv_str working = pv_arena_format(arena, doubtful ? "%.*s%s and %.*s" : "%.*s %s %.*s",
                                     PV_STR_ARG(held->value.shown), sign, PV_STR_ARG(held->bound.shown));
    pv_breach breach = begin(it, said, working);
    breach.doubtful = doubtful;
    stand_at_origin(&breach, &held->value);
    return relate_to_bound(it, &breach, &held->bound, held->term->words) && add(it, breach);
}

static bool say_days(const comparison *held, bool doubtful) {
    pv_arena *arena = held->it->context->arena;
    pv_str value = written(held);
    pv_str bound = bound_words(held, "");
    bool period = held->it->condition->spec->type == PV_TYPE_PERIOD;
    const char *verb = !period ? "is" : held->high ? "ends" : "begins";
    pv_str said;
    if (doubtful && held->value.open)
        said = pv_arena_format(arena, "“%.*s” goes on, so that it is open whether it ends by %.*s", PV_STR_ARG(value),
                               PV_STR_ARG(bound));
    else if (doubtful)
        said = pv_arena_format(arena, "“%.*s” leaves open whether it %s %s %.*s", PV_STR_ARG(value), verb,
                               held->high ? "on or before" : "on or after", PV_STR_ARG(bound));
    else
        said = pv_arena_format(arena, "%.*s %s %s %.*s; the form allows none %s", PV_STR_ARG(value), verb,
                               held->high ? "after" : "before", PV_STR_ARG(bound), held->high ? "later" : "earlier");
    return add_compared(held, said, doubtful ? "" : held->high ? ">" : "<", doubtful);
}

static bool compare_days(const comparison *held) {
    const pv_amount *value = &held->value;
    const pv_amount *bound = &held->bound;
    if (held->high) {
        if (!value->open && pv_date_compare(value->last, bound->last) <= 0)
            return true;
        return say_days(held, value->open || pv_date_compare(value->first, bound->last) <= 0);
    }
    return pv_date_compare(value->first, bound->first) >= 0 ||
           say_days(held, pv_date_compare(value->last, bound->first) >= 0);
}

static bool compare_numbers(const comparison *held) {
    bool failed;
    pv_arena *arena = held->it->context->arena;
    int order = pv_amount_compare(&held->value, &held->bound, &failed);
    if (!failed && (held->high ? order <= 0 : order >= 0))
        return true;
    pv_str value = written(held);
    pv_str unit = unit_of(held->it);
    pv_str bound = bound_words(held, "");
    pv_str said = failed ? pv_arena_format(arena, "%.*s cannot be compared exactly with %.*s", PV_STR_ARG(value),
                                           PV_STR_ARG(bound))
                         : pv_arena_format(arena, "%.*s%.*s is %s %.*s; the form %s", PV_STR_ARG(value),
                                           PV_STR_ARG(unit), held->high ? "more than" : "less than", PV_STR_ARG(bound),
                                           held->high ? "allows no more" : "asks for no less");
    return add_compared(held, said, failed ? "" : held->high ? ">" : "<", failed);
}

/* What is too large to be worked out exactly is for a person. */
static bool say_failed(const pv_looked_at *it, const pv_term *term, const pv_amount *value) {
    pv_str said = pv_arena_format(it->context->arena, "%.*s cannot be worked out exactly, so this is not decided",
                                  PV_STR_ARG(term->words));
    pv_breach breach = begin(it, said, PV_STR(""));
    breach.doubtful = true;
    stand_at_origin(&breach, value);
    return add(it, breach);
}

/* A number that an amount of money is held against is shown as such an amount. */
static bool show_currency(const pv_looked_at *it, pv_amount *bound) {
    pv_str currency = it->condition->spec->currency;
    if (currency.size == 0 || !bound->known || bound->currency.size > 0)
        return true;
    bound->shown = pv_arena_format(it->context->arena, "%.*s %.*s", PV_STR_ARG(bound->shown), PV_STR_ARG(currency));
    return bound->shown.data || pv_fail_memory(it->error);
}

static bool look_at_bound(const pv_looked_at *it) {
    const pv_demands *demands = it->condition->spec->demands;
    comparison held = {.it = it, .high = it->condition->kind == PV_CONDITION_HIGH};
    held.term = held.high ? demands->high : demands->low;
    if (!pv_value_amount(it->value, held.high, it->context, &held.value, it->error) ||
        !pv_term_amount(held.term, it->context, &held.bound, it->error))
        return false;
    if (!show_currency(it, &held.bound))
        return false;
    if (held.value.failed)
        return say_failed(it, demands->computed, &held.value);
    if (!held.value.known)
        return true;
    if (held.bound.failed)
        return say_failed(it, held.term, &held.value);
    if (!held.bound.known)
        return true;
    return held.term->sort == PV_SORT_DAYS ? compare_days(&held) : compare_numbers(&held);
}

/* ---- what is computed ---- */

/* Whether number is the share a/b, rounded to as many places as it has: | 100 a - number b | <= b / 2 / 10^places. */
static bool is_rounded_share(const pv_amount *number, const pv_amount *share, bool *failed) {
    pv_decimal left, right, difference;
    pv_error failure = {0};
    pv_decimal half = {5, (uint8_t)(number->number.scale + 1)};
    bool done = number->number.scale < PV_DECIMAL_MAX_SCALE &&
                pv_decimal_multiply(share->number, pv_decimal_from_integer(100), &left, &failure) &&
                pv_decimal_multiply(number->number, share->over, &right, &failure) &&
                pv_decimal_subtract(left, right, &difference, &failure) &&
                pv_decimal_multiply(share->over, half, &half, &failure);
    *failed = !done;
    if (done && difference.coefficient < 0)
        difference.coefficient = -difference.coefficient;
    return done && pv_decimal_compare(difference, half) <= 0;
}

static bool agrees(const pv_amount *value, const pv_amount *wanted, const pv_term *term, bool *failed) {
    *failed = false;
    if (term->sort == PV_SORT_DAYS)
        return pv_date_compare(value->first, wanted->first) == 0 && pv_date_compare(value->last, wanted->last) == 0;
    if (pv_decimal_compare(wanted->over, pv_decimal_from_integer(1)) != 0)
        return is_rounded_share(value, wanted, failed);
    return pv_amount_compare(value, wanted, failed) == 0 && !*failed;
}

static bool look_at_computed(const pv_looked_at *it) {
    const pv_term *term = it->condition->spec->demands->computed;
    pv_arena *arena = it->context->arena;
    pv_amount value, wanted;
    bool failed;
    if (!pv_value_is_known(it->value) || pv_value_is_blank(it->value))
        return true;
    if (!pv_value_amount(it->value, false, it->context, &value, it->error) ||
        !pv_term_amount(term, it->context, &wanted, it->error) || !show_currency(it, &wanted))
        return false;
    if (wanted.failed)
        return say_failed(it, term, &value);
    if (!value.known || !wanted.known || agrees(&value, &wanted, term, &failed))
        return true;
    if (failed)
        return say_failed(it, term, &value);
    pv_str said =
        pv_arena_format(arena, "%s is given, but %.*s is %.*s", pv_message_quote(pv_value_written(it->value)).text,
                        PV_STR_ARG(term->words), PV_STR_ARG(wanted.shown));
    return add(
        it, begin(it, said, pv_arena_format(arena, "%.*s ≠ %.*s", PV_STR_ARG(value.shown), PV_STR_ARG(wanted.shown))));
}

/* ---- what is prefilled ---- */

static bool is_same_text(pv_arena *arena, pv_str a, pv_str b, bool *same, pv_error *error) {
    pv_folded one, other;
    if (!pv_names_fold(&one, arena, a, error) || !pv_names_fold(&other, arena, b, error))
        return false;
    *same = pv_names_are_same(&one, &other);
    return true;
}

/* A list is the same with the same entries in the same order; a text whatever its case and spacing. */
static bool is_as_prefilled(const pv_looked_at *it, bool *same) {
    const pv_value *given = it->value;
    const pv_value *prefilled = it->condition->spec->prefilled;
    pv_arena *arena = it->context->arena;
    pv_value_sort sort = pv_type_of(given->spec->type)->sort;
    if (sort == PV_SORT_TEXT || sort == PV_SORT_DOCUMENT)
        return is_same_text(arena, given->text.value, prefilled->text.value, same, it->error);
    *same = sort == PV_SORT_LIST ? given->element_count == prefilled->element_count
                                 : given->accepted == prefilled->accepted && pv_value_is_same(given, prefilled);
    for (size_t i = 0; sort == PV_SORT_LIST && *same && i < given->element_count; i++)
        if (!is_same_text(arena, given->elements[i].value, prefilled->elements[i].value, same, it->error))
            return false;
    return true;
}

static bool look_at_prefilled(const pv_looked_at *it) {
    bool same;
    if (pv_value_is_blank(it->value) || it->value->unreadable)
        return true;
    if (!is_as_prefilled(it, &same))
        return false;
    if (same)
        return true;
    return add(it,
               begin(it,
                     pv_arena_format(it->context->arena, "%s is given, but the form has “%s” here and leaves no choice",
                                     pv_message_quote(pv_value_written(it->value)).text,
                                     pv_message_quote(pv_value_written(it->condition->spec->prefilled)).text),
                     PV_STR("")));
}

/* ---- lists ---- */

/* How many entries are asked for, or allowed: as the form says, or as a term comes to. */
static bool entries_wanted(const pv_looked_at *it, const pv_term *term, pv_amount *out) {
    *out = (pv_amount){.known = true,
                       .number = pv_decimal_from_integer(it->condition->number),
                       .over = pv_decimal_from_integer(1),
                       .shown = pv_arena_format(it->context->arena, "%u", (unsigned)it->condition->number)};
    return term ? pv_term_amount(term, it->context, out, it->error) : out->shown.data || pv_fail_memory(it->error);
}

/* How many entries count for the fewest that are asked for, and the first that does not, or NULL. */
typedef struct counted_entries {
    size_t count;
    const pv_text *idle;
    bool repeated; /* that is a choice which is there already, and else what only stands for an entry ("TBD") */
} counted_entries;

/* The choice that text is; choice_count: none. */
static size_t choice_of(const pv_value_spec *spec, pv_str text) {
    size_t i = 0;
    while (i < spec->choice_count && !pv_str_equal(spec->choices[i], text))
        i++;
    return i;
}

static bool count_entries(const pv_looked_at *it, counted_entries *out) {
    const pv_value_spec *spec = it->value->spec;
    bool *chosen = PV_NEW_ARRAY(it->context->arena, bool, spec->choice_count + 1);
    *out = (counted_entries){.idle = NULL};
    if (!chosen)
        return pv_fail_memory(it->error);
    for (size_t i = 0; i < it->value->element_count; i++) {
        const pv_text *entry = &it->value->elements[i];
        size_t choice = choice_of(spec, entry->value);
        bool repeated = chosen[choice];
        pv_unanswered judged = PV_ANSWERED;
        if (choice < spec->choice_count)
            chosen[choice] = true;
        else if (!pv_value_judge(it->context->submission->form, it->context->arena, spec, entry->value, &judged,
                                 it->error))
            return false;
        if (judged == PV_ANSWERED && !repeated)
            out->count++;
        else if (!out->idle)
            *out = (counted_entries){out->count, entry, repeated};
    }
    return true;
}

/* "2 are given", "1 is given, and “TBD” stands for an answer and is none". */
static pv_str given_words(const pv_looked_at *it, const counted_entries *entries) {
    pv_arena *arena = it->context->arena;
    const char *verb = entries->count == 1 ? "is" : "are";
    return entries->idle ? pv_arena_format(arena, "%zu %s given, and “%s” %s", entries->count, verb,
                                           pv_message_quote(entries->idle->value).text,
                                           entries->repeated ? "is there again" : "stands for an answer and is none")
                         : pv_arena_format(arena, "%zu %s given", entries->count, verb);
}

static bool say_entries(const pv_looked_at *it, const pv_term *term, const pv_amount *wanted,
                        const counted_entries *entries, bool at_most) {
    size_t count = entries->count;
    pv_arena *arena = it->context->arena;
    int64_t allowed;
    pv_str given = given_words(it, entries);
    if (!given.data)
        return pv_fail_memory(it->error);
    pv_breach breach =
        begin(it,
              pv_arena_format(arena, "%.*s; the form %s %.*s%s%.*s", PV_STR_ARG(given),
                              at_most ? "allows" : "asks for at least", PV_STR_ARG(wanted->shown),
                              term && term->words.size > 0 ? ", " : "", PV_STR_ARG(term ? term->words : PV_STR(""))),
              pv_arena_format(arena, "%zu %s %.*s", count, at_most ? ">" : "<", PV_STR_ARG(wanted->shown)));
    if (!relate_to_bound(it, &breach, wanted, term ? term->words : PV_STR("")))
        return false;
    if (entries->idle)
        breach.at.span = entries->idle->span;
    if (at_most && pv_decimal_to_integer(wanted->number, &allowed) && allowed >= 0) {
        pv_span first = it->value->elements[allowed].span;
        pv_span last = it->value->elements[count - 1].span;
        breach.at.span = (pv_span){first.start, last.end > first.start ? last.end : first.end};
    }
    return add(it, breach);
}

static bool look_at_entries(const pv_looked_at *it) {
    const pv_demands *demands = it->condition->spec->demands;
    bool at_most = it->condition->kind == PV_CONDITION_MOST;
    const pv_term *term = !demands ? NULL : at_most ? demands->most : demands->least;
    counted_entries entries = {.count = it->value->element_count};
    pv_amount wanted;
    if (pv_value_is_blank(it->value) || !pv_value_is_known(it->value))
        return true;
    if (!entries_wanted(it, term, &wanted) || (!at_most && !count_entries(it, &entries)))
        return false;
    if (wanted.failed)
        return say_failed(it, term, &(pv_amount){0});
    if (!wanted.known)
        return true;
    int order = pv_decimal_compare(pv_decimal_from_integer((int64_t)entries.count), wanted.number);
    return (at_most ? order <= 0 : order >= 0) || say_entries(it, term, &wanted, &entries, at_most);
}

/* ---- files ---- */

static bool look_at_kind(const pv_looked_at *it) {
    const pv_value_spec *spec = it->condition->spec;
    const pv_value *value = it->value;
    pv_arena *arena = it->context->arena;
    for (size_t i = 0; i < spec->kind_count; i++)
        if (value->kind == spec->kinds[i])
            return true;
    pv_quote path = pv_message_quote(pv_value_written(value));
    pv_str ending = pv_file_ending(pv_value_written(value));
    pv_str said = value->kind ? pv_arena_format(arena, "“%s” is %s; the form takes %.*s", path.text,
                                                value->kind->called, PV_STR_ARG(spec->kinds_words))
                  : ending.size > 0
                      ? pv_arena_format(arena, "“%s” ends in .%s, as no file of the form's kinds does; it takes %.*s",
                                        path.text, pv_message_quote(ending).text, PV_STR_ARG(spec->kinds_words))
                      : pv_arena_format(arena, "“%s” has no ending that says of what kind it is; the form takes %.*s",
                                        path.text, PV_STR_ARG(spec->kinds_words));
    pv_breach breach = begin(it, said, PV_STR(""));
    breach.remedy =
        pv_arena_format(arena, "Save it as %.*s, and give the path of that file.", PV_STR_ARG(spec->kinds_words));
    return breach.remedy.data ? add(it, breach) : pv_fail_memory(it->error);
}

static bool look_at_size(const pv_looked_at *it) {
    const pv_value_spec *spec = it->condition->spec;
    pv_arena *arena = it->context->arena;
    uint64_t size = it->value->size;
    if (size <= spec->size_most)
        return true;
    pv_str said =
        pv_arena_format(arena, "“%s” has %s; the form allows %.*s", pv_message_quote(pv_value_written(it->value)).text,
                        pv_file_size_show(size).text, PV_STR_ARG(spec->size_words));
    pv_breach breach =
        begin(it, said, pv_arena_format(arena, "%" PRIu64 " > %" PRIu64 " bytes", size, spec->size_most));
    breach.remedy = pv_arena_format(arena, "Give a file of at most %.*s: with smaller pictures, or fewer pages.",
                                    PV_STR_ARG(spec->size_words));
    return breach.remedy.data ? add(it, breach) : pv_fail_memory(it->error);
}

/* Of a file that is there. */
static bool look_at_file(const pv_looked_at *it) {
    const pv_value *value = it->value;
    if (pv_value_is_blank(value) || !pv_value_is_known(value))
        return true;
    return it->condition->kind == PV_CONDITION_KINDS ? look_at_kind(it) : look_at_size(it);
}

/* ---- patterns ---- */

/* The pattern that all of a text matches. */
static bool compile_whole(const pv_looked_at *it, const pv_limits *limits, pv_pattern **out) {
    pv_arena *arena = it->context->arena;
    pv_str whole = pv_arena_format(arena, PV_WHOLE_PATTERN, PV_STR_ARG(it->condition->spec->pattern));
    return whole.data ? pv_pattern_compile(out, pv_arena_memory(arena), whole, (pv_pattern_flags){0}, limits, it->error)
                      : pv_fail_memory(it->error);
}

void pv_look_state_clear(pv_look_state *state) {
    pv_matcher_free(state->matcher);
    pv_pattern_free(state->pattern);
    *state = (pv_look_state){.pattern = NULL};
}

/* *undecided: a limit was met. */
static bool matches(const pv_looked_at *it, bool *matched, bool *undecided) {
    const pv_limits limits = pv_limits_default();
    pv_look_state *state = it->state;
    pv_capture capture;
    pv_error failure = {0};
    if (!state->pattern && !compile_whole(it, &limits, &state->pattern))
        return false;
    if (!state->matcher && !pv_matcher_new(&state->matcher, pv_arena_memory(it->context->arena), &limits, it->error))
        return false;
    pv_str text = pv_str_trim(it->value->text.value);
    bool done = pv_pattern_find(state->pattern, state->matcher, text, 0, &capture, 1, matched, &failure);
    *undecided = !done;
    return done || failure.code != PV_ERROR_MEMORY || pv_fail_memory(it->error);
}

static bool look_at_pattern(const pv_looked_at *it) {
    bool matched, undecided;
    pv_arena *arena = it->context->arena;
    bool is_told = it->value->unanswered != PV_ANSWERED && it->condition->spec->required; /* as missing */
    if (pv_value_is_blank(it->value) || !pv_value_is_known(it->value) || is_told)
        return true;
    if (!matches(it, &matched, &undecided))
        return false;
    if (matched && !undecided)
        return true;
    pv_quote text = pv_message_quote(pv_value_written(it->value));
    pv_str says = it->condition->spec->says;
    pv_breach breach =
        begin(it,
              undecided ? pv_arena_format(arena, "it cannot be told whether “%s” is as the form asks: %.*s", text.text,
                                          PV_STR_ARG(says))
                        : pv_arena_format(arena, "“%s” is not as the form asks: %.*s", text.text, PV_STR_ARG(says)),
              PV_STR(""));
    breach.doubtful = undecided;
    return add(it, breach);
}

bool pv_value_look_at(const pv_looked_at *it) {
    switch (it->condition->kind) {
    case PV_CONDITION_LOW:
    case PV_CONDITION_HIGH:
        return look_at_bound(it);
    case PV_CONDITION_COMPUTED:
        return look_at_computed(it);
    case PV_CONDITION_PREFILLED:
        return look_at_prefilled(it);
    case PV_CONDITION_PATTERN:
        return look_at_pattern(it);
    case PV_CONDITION_KINDS:
    case PV_CONDITION_SIZE_MOST:
        return look_at_file(it);
    default:
        return look_at_entries(it);
    }
}

/* ---- columns in which no two rows are alike ---- */

static bool says_something(const pv_value *value) {
    return pv_value_is_known(value) && !pv_value_is_blank(value) && value->unanswered == PV_ANSWERED;
}

/* A row by what its cell says. */
typedef struct cell_of_row {
    uint64_t says; /* a hash, taken as proof */
    size_t row;
} cell_of_row;

static int compare_cells(const void *left, const void *right) {
    const cell_of_row *a = left;
    const cell_of_row *b = right;
    if (a->says != b->says)
        return a->says < b->says ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* The same for cells that are the same: a text whatever its case and spacing, all else as the value it is. */
static bool hash_cell(const pv_value *value, pv_arena *arena, uint64_t *out, pv_error *error) {
    pv_folded folded;
    const pv_spelt spelt = pv_value_spelt(value);
    pv_str text = spelt.text[0] ? pv_str_from(spelt.text) : value->row ? pv_row_title(value->row) : value->text.value;
    if (!pv_names_fold(&folded, arena, text, error))
        return false;
    const int32_t *points = folded.longer ? folded.longer : folded.points;
    *out = pv_hash_continue(PV_HASH_SEED, (pv_str){(const char *)points, folded.count * sizeof *points});
    return true;
}

static bool say_repeated(const pv_condition *condition, const pv_record *row, const pv_record *earlier, size_t column,
                         pv_arena *arena, pv_breaches *out, pv_error *error) {
    const pv_value *value = &row->values.values[column];
    pv_related *related = PV_NEW_ARRAY(arena, pv_related, 1);
    if (!related)
        return pv_fail_memory(error);
    *related = (pv_related){.at = {earlier->values.values[column].at, false},
                            .message = pv_arena_format(arena, "row %zu", earlier->number)};
    const pv_breach breach = {
        .condition = condition,
        .subject = {.kind = PV_SUBJECT_RECORD, .record = row},
        .at = {value->at, false},
        .whole = value->at,
        .message = pv_arena_format(arena, "“%s”: %s stands in row %zu already; no two rows may have it in common",
                                   pv_message_quote(condition->spec->label).text,
                                   pv_message_quote(pv_value_written(value)).text, earlier->number),
        .working = PV_STR(""),
        .related = related,
        .related_count = 1,
    };
    return related->message.data ? pv_breach_add(out, breach, arena, error) : pv_fail_memory(error);
}

bool pv_unique_look_at(const pv_condition *condition, const pv_record_list *rows, pv_arena *arena, pv_breaches *out,
                       pv_error *error) {
    size_t column = (size_t)(condition->spec - condition->record->columns);
    size_t count = 0;
    cell_of_row *cells = PV_NEW_ARRAY(arena, cell_of_row, rows->count);
    size_t *earlier = PV_NEW_ARRAY(arena, size_t, rows->count); /* the first row that says the same */
    if (!cells || !earlier)
        return pv_fail_memory(error);
    for (size_t i = 0; i < rows->count; i++) {
        const pv_value *value = &rows->records[i].values.values[column];
        earlier[i] = i;
        cells[count].row = i;
        if (says_something(value) && !hash_cell(value, arena, &cells[count++].says, error))
            return false;
    }
    if (count > 1)
        qsort(cells, count, sizeof *cells, compare_cells);
    for (size_t i = 1; i < count; i++)
        if (cells[i].says == cells[i - 1].says)
            earlier[cells[i].row] = earlier[cells[i - 1].row];
    for (size_t i = 0; i < rows->count; i++)
        if (earlier[i] != i &&
            !say_repeated(condition, &rows->records[i], &rows->records[earlier[i]], column, arena, out, error))
            return false;
    return true;
}
