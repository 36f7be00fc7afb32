/* Citations that quote another number than the form has. */
#include "lua/authoring/authoring_p.h"

#include <string.h>

#include "base/digits.h"
#include "base/glob.h"

#define MOST_QUOTED ((size_t)16)
#define MOST_HELPERS_DEEP 8

/* ---- units ---- */

/* A unit as it is written behind a number, and in the names of what is counted in it. */
typedef struct unit {
    const char *words[4]; /* lower case; NULL past the last */
    const char *in_names; /* part of a name; NULL: values are of a type of their own */
} unit;

static const unit units[] = {
    {{"%", "per cent", "percent", NULL}, NULL},
    {{"words", "word", NULL}, "word"},
    {{"characters", "character", NULL}, "character"},
    {{"points", "point", NULL}, "point"},
    {{"pages", "page", NULL}, "page"},
    {{"days", "day", NULL}, "day"},
    {{"weeks", "week", NULL}, "week"},
    {{"months", "month", NULL}, "month"},
    {{"years", "year", NULL}, "year"},
};
#define UNIT_COUNT (sizeof units / sizeof *units)

/* How many bytes of text the unit takes at its start; 0: it is another one. */
static size_t unit_size(pv_str text, const unit *of) {
    for (size_t i = 0; i < 4 && of->words[i]; i++) {
        pv_str word = pv_str_from(of->words[i]);
        bool ends =
            text.size == word.size || (text.size > word.size && !(((unsigned char)text.data[word.size] | 0x20) >= 'a' &&
                                                                  ((unsigned char)text.data[word.size] | 0x20) <= 'z'));
        if (text.size >= word.size && pv_str_equal_ascii_folded(pv_str_slice(text, 0, word.size), word) &&
            (ends || *of->words[i] == '%'))
            return word.size;
    }
    return 0;
}

/* ---- what a citation quotes ---- */

typedef struct quoted {
    pv_decimal number;
    size_t unit;
    pv_str text; /* "100 word" */
} quoted;

typedef struct quotation {
    quoted at[MOST_QUOTED];
    size_t count;
} quotation;

static size_t number_end(pv_str text, size_t at) {
    size_t end = at;
    while (end < text.size && (pv_is_digit(text.data[end]) || ((text.data[end] == ',' || text.data[end] == '.') &&
                                                               end + 1 < text.size && pv_is_digit(text.data[end + 1]))))
        end++;
    return end;
}

static size_t skip_joint(pv_str text, size_t at) {
    static const char *const joints[] = {" ", "-", "\u00a0", "\u2011", NULL};
    for (size_t i = 0; joints[i]; i++)
        if (pv_str_starts_with(pv_str_slice(text, at, text.size), pv_str_from(joints[i])))
            return at + strlen(joints[i]);
    return at;
}

/* The number at `at`, when a unit follows it. */
static void read_number(quotation *out, pv_str text, size_t at) {
    size_t end = number_end(text, at);
    size_t behind = skip_joint(text, end);
    pv_error ignored = {0};
    for (size_t i = 0; i < UNIT_COUNT && out->count < MOST_QUOTED; i++) {
        size_t size = unit_size(pv_str_slice(text, behind, text.size), &units[i]);
        quoted *found = &out->at[out->count];
        if (size == 0 || !pv_decimal_parse(pv_str_slice(text, at, end), true, &found->number, &ignored))
            continue;
        found->unit = i;
        found->text = pv_str_slice(text, at, behind + size);
        out->count++;
        return;
    }
}

static void read_quoted_text(quotation *out, pv_str text) {
    for (size_t at = 0; at < text.size; at++) {
        bool begins = pv_is_digit(text.data[at]) &&
                      (at == 0 || !(pv_is_digit(text.data[at - 1]) || strchr(".,", text.data[at - 1]) ||
                                    ((unsigned char)text.data[at - 1] | 0x20) >= 'a'));
        if (!begins)
            continue;
        read_number(out, text, at);
        at = number_end(text, at);
    }
}

/* Only what stands in quotes is somebody else's words. */
static quotation quotation_of(pv_str citation) {
    static const char *const marks[][2] = {{"“", "”"}, {"\"", "\""}, {"‘", "’"}};
    quotation out = {.count = 0};
    for (size_t at = 0; at < citation.size;) {
        size_t next = at + 1;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            pv_str open = pv_str_from(marks[i][0]);
            if (!pv_str_starts_with(pv_str_slice(citation, at, citation.size), open))
                continue;
            size_t close = pv_str_find(citation, pv_str_from(marks[i][1]), at + open.size);
            if (close == SIZE_MAX)
                continue;
            read_quoted_text(&out, pv_str_slice(citation, at + open.size, close));
            next = close + strlen(marks[i][1]);
            break;
        }
        at = next;
    }
    return out;
}

/* ---- what a rule reads ---- */

typedef struct reader {
    const pv_lua_lint *all;
    const pv_rule *rule;
    const pv_lexemes *file;
    size_t first; /* of the declaration */
    size_t last;
} reader;

static bool find_rule(reader *in) {
    for (size_t i = 0; i < in->all->owner->file_count; i++) {
        in->file = &in->all->files[i];
        for (in->first = 0; in->file->source == in->rule->source && in->first < in->file->count; in->first++) {
            pv_str id;
            if (pv_lexemes_declaration(in->file, in->first, &id, &in->last) && pv_str_equal(id, in->rule->id))
                return true;
        }
    }
    return false;
}

/* Whether name is asked for in these lexemes, or in a function of the file that they name: `.name`, "name",
 * "items.*.name". Examples ask for nothing. */
static bool reads_in(const pv_lexemes *file, size_t first, size_t last, pv_str name, unsigned depth) {
    for (size_t i = first; i <= last && i < file->count; i++) {
        pv_str text = pv_lexemes_text(file, i);
        if (pv_lexemes_is_key(file, i, "examples") || pv_lexemes_is_key(file, i, "citation")) {
            size_t value = i + 2;
            i = pv_lexemes_is(file, value, "{") || pv_lexemes_is(file, value, "(") ? pv_lexemes_closing(file, value)
                                                                                   : value;
            continue;
        }
        if (file->at[i].kind == PV_LEXEME_STRING && pv_lexemes_string(file, i, &text)) {
            bool whole = pv_str_equal(text, name);
            bool ends =
                text.size > name.size && pv_str_ends_with(text, name) && text.data[text.size - name.size - 1] == '.';
            if (whole || ends)
                return true;
        }
        if (file->at[i].kind != PV_LEXEME_NAME)
            continue;
        if (pv_lexemes_is_after_dot(file, i)) {
            if (pv_str_equal(text, name))
                return true;
            continue;
        }
        for (size_t k = 2; depth < MOST_HELPERS_DEEP && k < file->count; k++)
            if (pv_lexemes_is_name(file, k, text) && pv_lexemes_is(file, k - 1, "function") &&
                pv_lexemes_is(file, k - 2, "local") && k != i && !(k >= first && k <= last) &&
                reads_in(file, k + 1, pv_lexemes_function_end(file, k - 1), name, depth + 1))
                return true;
    }
    return false;
}

static bool reads(const reader *in, pv_str name) {
    return reads_in(in->file, in->first, in->last, name, 0);
}

/* ---- what the form has ---- */

/* A number of the form that the rule reads. */
typedef struct had {
    pv_decimal number;
    pv_str name;   /* of the attribute */
    pv_str owner;  /* "1.1.6.1"; empty where there is one */
    bool each;     /* one of many alike: of items */
    bool of_table; /* a rule reads some row of it */
} had;

typedef struct numbers {
    pv_arena *arena;
    PV_ARRAY(had) all;
    bool failed; /* memory was refused */
} numbers;

static void add_had(numbers *out, had value) {
    had *added = PV_ARRAY_ADD(out->arena, &out->all);
    if (added)
        *added = value;
    else
        out->failed = true;
}

static bool name_has(pv_str name, const char *part) {
    return part && pv_str_find(name, pv_str_from(part), 0) != SIZE_MAX;
}

static bool is_of_unit(const pv_value_spec *spec, size_t of) {
    if (!units[of].in_names)
        return spec->type == PV_TYPE_PERCENTAGE;
    return (spec->type == PV_TYPE_INTEGER || spec->type == PV_TYPE_DECIMAL) && name_has(spec->name, units[of].in_names);
}

static void add_values(const reader *in, numbers *out, size_t of, const pv_value_list *list, had as) {
    for (size_t i = 0; i < list->count; i++) {
        const pv_value *value = &list->values[i];
        if (!pv_value_is_known(value) || !is_of_unit(value->spec, of) || !reads(in, value->spec->name))
            continue;
        as.number = value->number;
        as.name = value->spec->name;
        add_had(out, as);
    }
}

/* Whether the rule judges this part of the form, by what it says that it judges; one that says nothing, all. */
static bool judges(const pv_rule *rule, pv_arena *arena, const char *part, pv_str id, const char *what) {
    pv_str address = pv_arena_format(arena, "%s.%.*s.%s", part, PV_STR_ARG(id), what);
    bool says = rule->judges_count > 0;
    for (size_t i = 0; says && address.data && i < rule->judges_count; i++)
        if (pv_glob_matches(rule->judges[i], address))
            return true;
    return !says;
}

static void add_length(const reader *in, numbers *out, const pv_length *length, const char *part, pv_str id,
                       size_t of) {
    const struct {
        const char *name;
        uint32_t limit;
        const char *unit;
    } limits[] = {{"word_limit", length->word_limit, "word"},
                  {"word_minimum", length->word_minimum, "word"},
                  {"character_limit", length->character_limit, "character"}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        pv_str name = pv_str_from(limits[i].name);
        bool same_unit = units[of].in_names && strcmp(units[of].in_names, limits[i].unit) == 0;
        if (limits[i].limit > 0 && same_unit && reads(in, name) &&
            judges(in->rule, out->arena, part, id, limits[i].name))
            add_had(out, (had){pv_decimal_from_integer(limits[i].limit), name, id, true, false});
    }
}

static void add_lengths(const reader *in, numbers *out, size_t of) {
    const pv_form *form = in->all->owner->form;
    bool of_record = in->rule->each == PV_SUBJECT_RECORD;
    for (size_t i = 0; i < form->item_count && !of_record; i++)
        add_length(in, out, &form->items[i].length, "items", form->items[i].full_id, of);
    for (size_t i = 0; i < form->field_count && in->rule->each == PV_SUBJECT_SUBMISSION; i++)
        add_length(in, out, &form->fields[i].length, "fields", form->fields[i].name, of);
    for (size_t i = 0; i < form->record_count && of_record; i++)
        for (size_t k = 0; k < form->records[i].column_count; k++)
            if (pv_str_equal(form->records[i].name, in->rule->record_kind))
                add_length(in, out, &form->records[i].columns[k].length, "records", form->records[i].columns[k].name,
                           of);
}

static void add_points(const reader *in, numbers *out, size_t of) {
    const pv_form *form = in->all->owner->form;
    if (!units[of].in_names || strcmp(units[of].in_names, "point") != 0 || !reads(in, PV_STR("points")))
        return;
    for (size_t i = 0; i < form->measure_count; i++)
        add_had(out, (had){form->measures[i].points, PV_STR("points"), form->measures[i].id, false, false});
}

/* All numbers of the unit that the form has and the rule reads, parameters too. */
static void find_numbers(const reader *in, numbers *out, size_t of) {
    const pv_form *form = in->all->owner->form;
    add_lengths(in, out, of);
    add_points(in, out, of);
    add_values(in, out, of, &form->attributes, (had){.each = false});
    for (size_t i = 0; i < form->section_count; i++)
        add_values(in, out, of, &form->sections[i].attributes, (had){.owner = form->sections[i].id});
    for (size_t i = 0; i < form->measure_count; i++)
        add_values(in, out, of, &form->measures[i].attributes, (had){.owner = form->measures[i].id, .each = true});
    for (size_t i = 0; i < form->item_count; i++)
        add_values(in, out, of, &form->items[i].attributes, (had){.owner = form->items[i].full_id, .each = true});
    for (size_t i = 0; i < form->table_count; i++)
        for (size_t row = 0; row < form->tables[i].row_count; row++)
            add_values(in, out, of, &form->tables[i].rows[row], (had){.of_table = true});
    for (size_t i = 0; i < in->rule->parameter_count; i++) {
        const pv_value *value = &in->rule->parameters[i].value;
        if (pv_value_is_known(value) && is_of_unit(value->spec, of))
            add_had(out, (had){value->number, value->spec->name, PV_STR(""), false, false});
    }
}

/* ---- the two held together ---- */

static bool is_quoted(const quotation *in, size_t of, pv_decimal number) {
    for (size_t i = 0; i < in->count; i++)
        if (in->at[i].unit == of && pv_decimal_compare(in->at[i].number, number) == 0)
            return true;
    return false;
}

static bool is_had(const numbers *in, pv_decimal number) {
    for (size_t i = 0; i < in->all.count; i++)
        if (pv_decimal_compare(in->all.items[i].number, number) == 0)
            return true;
    return false;
}

static pv_span place_in(const pv_rule *rule, pv_str words) {
    size_t found = pv_str_find(rule->source->bytes, words, rule->at.start);
    return found == SIZE_MAX ? rule->at : (pv_span){(uint32_t)found, (uint32_t)(found + words.size)};
}

/* "word_limit is 150 for 1.1.6.1 and 6 more" */
static void append_had(pv_buf *out, const numbers *in, const had *first, size_t of) {
    size_t alike = 0;
    for (size_t i = 0; i < in->all.count; i++)
        alike += pv_decimal_compare(in->all.items[i].number, first->number) == 0 &&
                 pv_str_equal(in->all.items[i].name, first->name);
    pv_buf_format(out, "%.*s is ", PV_STR_ARG(first->name));
    pv_decimal_format(first->number, out);
    pv_buf_append_text(out, units[of].in_names ? "" : "%");
    if (first->owner.size > 0)
        pv_buf_format(out, " for %.*s", PV_STR_ARG(first->owner));
    if (first->owner.size > 0 && alike > 1)
        pv_buf_format(out, " and %zu more", alike - 1);
}

static bool tell(const reader *in, const numbers *had_numbers, const quoted *number, const had *other,
                 pv_error *error) {
    pv_buf text = pv_buf_on(pv_arena_memory(in->all->lint->arena));
    append_had(&text, had_numbers, other, number->unit);
    bool told = text.failed
                    ? pv_fail_memory(error)
                    : pv_lint_add(in->all->lint, PV_LINT_CITATION_NUMBER, in->rule->id, in->rule->source,
                                  place_in(in->rule, number->text), error, "the citation quotes “%.*s”, and %.*s",
                                  PV_STR_ARG(number->text), PV_STR_ARG(pv_buf_str(&text)));
    pv_buf_clear(&text);
    return told;
}

/* Whether all that is read of the unit is one attribute, of items or measures. */
static bool is_one_for_each(const numbers *in) {
    for (size_t i = 0; i < in->all.count; i++)
        if (!in->all.items[i].each || !pv_str_equal(in->all.items[i].name, in->all.items[0].name))
            return false;
    return in->all.count > 0;
}

/* A number that is quoted and not there is told beside one that is there and not quoted; of a table, whose rows nobody
 * quotes all of, only where none is quoted. What is not quoted is told by itself where one attribute is all that is
 * read. */
static bool lint_unit(const reader *in, const quotation *quotes, size_t of, pv_error *error) {
    numbers found = {.arena = in->all->lint->arena};
    const had *unquoted = NULL;
    const quoted *first = NULL;
    const quoted *wrong = NULL;
    bool any_right = false;
    for (size_t i = 0; i < quotes->count; i++)
        first = !first && quotes->at[i].unit == of ? &quotes->at[i] : first;
    if (!first)
        return true;
    find_numbers(in, &found, of);
    if (found.failed)
        return pv_fail_memory(error);
    for (size_t i = 0; i < quotes->count; i++) {
        if (quotes->at[i].unit != of)
            continue;
        bool right = is_had(&found, quotes->at[i].number);
        any_right = any_right || right;
        wrong = !wrong && !right ? &quotes->at[i] : wrong;
    }
    for (size_t i = 0; i < found.all.count && !unquoted; i++) {
        const had *each = &found.all.items[i];
        if (!is_quoted(quotes, of, each->number) && !(any_right && (each->of_table || (!wrong && !each->each))))
            unquoted = each;
    }
    if (!unquoted || (!wrong && !is_one_for_each(&found)))
        return true;
    return tell(in, &found, wrong ? wrong : first, unquoted, error);
}

bool pv_lua_lint_citations(const pv_lua_lint *all, pv_error *error) {
    for (size_t i = 0; i < all->owner->catalogue.rule_count; i++) {
        reader in = {.all = all, .rule = &all->owner->catalogue.rules[i]};
        quotation quotes = quotation_of(in.rule->citation);
        if (quotes.count == 0 || !find_rule(&in))
            continue;
        for (size_t of = 0; of < UNIT_COUNT; of++)
            if (!lint_unit(&in, &quotes, of, error))
                return false;
    }
    return true;
}
