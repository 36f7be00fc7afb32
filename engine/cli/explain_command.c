#include <unistd.h>

#include "base/array.h"
#include "base/str.h"
#include "cli/command.h"
#include "model/message.h"
#include "report/other/catalogue.h"
#include "report/verdicts/place.h"
#include "report/write/layout.h"

#define INDENT ((size_t)2)
#define LABEL_COLUMNS ((size_t)11)

typedef struct explaining {
    pv_buf out;
    pv_report_style style;
    pv_arena *arena;
    pv_buf scratch; /* a text being put together */
} explaining;

static void write_labelled(explaining *all, const char *label, pv_str text) {
    pv_layout_labelled(&all->out, &all->style, label, LABEL_COLUMNS, text, 0);
}

/* Levels by mode, said once where they are the same. */
static pv_str describe_levels(explaining *all, const pv_pack *pack, const pv_rule *rule) {
    const char *levels[PV_MODE_COUNT];
    bool equal = true;
    for (pv_mode mode = 0; mode < PV_MODE_COUNT; mode++) {
        levels[mode] = pv_level_name(pv_pack_level(pack, rule, mode));
        equal = equal && levels[mode] == levels[0];
    }
    if (equal)
        return pv_arena_format(all->arena, "as %s, in every mode", levels[0]);
    return pv_arena_format(all->arena, "as %s in draft mode, %s in submission mode, %s in gate mode",
                           levels[PV_MODE_DRAFT], levels[PV_MODE_SUBMISSION], levels[PV_MODE_GATE]);
}

/* Whether a measure of the form is given once for each row of something. */
static bool has_repeated(const pv_form *form) {
    bool any = false;
    for (size_t i = 0; i < form->measure_count; i++)
        any |= pv_measure_is_repeated(&form->measures[i]);
    return any;
}

static pv_str describe_subject(explaining *all, const pv_pack *pack, const pv_rule *rule) {
    const char *blanks = "";
    bool of_measures = rule->each == PV_SUBJECT_RESPONSE || rule->each == PV_SUBJECT_MEASURE;
    if (of_measures)
        blanks = rule->checks_blank ? ", blank ones too" : "; a blank one is not applicable";
    pv_str of = pv_rule_subject_of(rule);
    return pv_arena_format(
        all->arena, "each %s%s%.*s%s%s%s", pv_subject_kind_name(rule->each), of.size ? " " : "", PV_STR_ARG(of), blanks,
        rule->checks_typed ? "; those to items that ask for a value too" : "",
        of_measures && has_repeated(pack->form) ? "; what the form asks for of each row, once for each of them" : "");
}

static void write_day(pv_buf *out, const char *before, pv_date day) {
    pv_buf_format(out, "%s%04d-%02d-%02d", before, day.year, day.month, day.day);
}

/* Writes what scratch holds, and empties it. */
static void write_scratch(explaining *all, const char *label) {
    all->out.failed |= all->scratch.failed;
    write_labelled(all, label, pv_buf_str(&all->scratch));
    pv_buf_reset(&all->scratch);
}

static void write_window(explaining *all, const pv_rule *rule) {
    if (rule->has_since)
        write_day(&all->scratch, "from ", rule->since);
    if (rule->has_until)
        write_day(&all->scratch, rule->has_since ? " to " : "until ", rule->until);
    write_scratch(all, "applies");
}

static void write_texts(explaining *all, const char *label, const pv_str *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        pv_buf_append_text(&all->scratch, i > 0 ? ", " : "");
        pv_buf_append(&all->scratch, texts[i]);
    }
    write_scratch(all, label);
}

/* "words = 5: How many … (integer from 2 to 50; the rule's default)" */
static void write_parameter(explaining *all, const pv_parameter *parameter) {
    pv_buf_append(&all->scratch, parameter->spec.name);
    pv_buf_append_text(&all->scratch, " = ");
    pv_parameter_write(&all->scratch, &parameter->value);
    pv_buf_append_text(&all->scratch, ": ");
    pv_buf_append(&all->scratch, parameter->means);
    pv_buf_append_text(&all->scratch, " (");
    pv_parameters_write_origin(&all->scratch, parameter);
    pv_buf_append_char(&all->scratch, ')');
    write_scratch(all, "parameter");
}

static void write_facts(explaining *all, const pv_pack *pack, const pv_rule *rule) {
    pv_layout_inked(&all->out, &all->style, PV_INK_STRONG, rule->id);
    pv_buf_append_char(&all->out, '\n');
    pv_layout_wrap(&all->out, rule->title, all->style.width, 0, 0, 0);
    pv_buf_append_char(&all->out, '\n');
    write_labelled(all, "form", rule->citation);
    write_labelled(all, "why", rule->why);
    write_labelled(all, "judges", describe_subject(all, pack, rule));
    write_labelled(all, "counts", describe_levels(all, pack, rule));
    write_window(all, rule);
    if (rule->not_waivable)
        write_labelled(all, "waivers", PV_STR("none can accept a failure of it"));
    for (size_t i = 0; i < rule->parameter_count; i++)
        write_parameter(all, &rule->parameters[i]);
    write_labelled(all, "to do", rule->remedy);
    write_texts(all, "conditions", rule->judges, rule->judges_count);
    write_texts(all, "replaces", rule->replaces, rule->replaces_count);
    write_texts(all, "tags", rule->tags, rule->tag_count);
    write_labelled(
        all, "pack",
        pv_arena_format(all->arena, "%.*s %.*s", PV_STR_ARG(pack->manifest->id), PV_STR_ARG(pack->manifest->version)));
}

static bool write_examples(explaining *all, const pv_pack *pack, const pv_rule *rule, pv_error *error) {
    const pv_example_result *results;
    size_t count;
    if (!pv_library_run_examples(pack, rule->id, all->arena, &results, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        pv_str number =
            results[i].number > 0 ? pv_arena_format(all->arena, "example %zu", results[i].number) : PV_STR("examples");
        pv_str outcome = results[i].passed
                             ? results[i].actual
                             : pv_arena_format(all->arena, "expected %.*s, got %.*s", PV_STR_ARG(results[i].expected),
                                               PV_STR_ARG(results[i].actual));
        if (!number.data || !outcome.data)
            return pv_fail_memory(error);
        pv_buf_append(&all->scratch, results[i].given);
        pv_buf_append_text(&all->scratch, results[i].given.size > 0 ? " → " : "");
        pv_buf_append(&all->scratch, outcome);
        write_scratch(all, number.data);
    }
    return true;
}

/* The rule as it is written: from its first line to the one that closes it, or else to the end of the file. */
static void write_source(explaining *all, const pv_rule *rule) {
    const pv_source *source = rule->source;
    pv_position at = pv_source_locate(source, rule->at.start);
    pv_buf_append_char(&all->out, '\n');
    pv_place_write(&all->out, &all->style, source->path, at);
    for (uint32_t line = at.line; line <= source->line_count; line++) {
        pv_str text = pv_source_line(source, line);
        pv_buf_append_repeat(&all->out, ' ', text.size > 0 ? INDENT : 0);
        pv_layout_text(&all->out, text);
        pv_buf_append_char(&all->out, '\n');
        if (pv_str_starts_with(text, PV_STR("}")))
            break;
    }
}

static pv_exit explain_rule(explaining *all, const pv_pack *pack, const pv_rule *rule) {
    pv_error error = {0};
    write_facts(all, pack, rule);
    if (rule->source) {
        if (!write_examples(all, pack, rule, &error))
            return pv_command_fail(pv_fault_of(&error));
        write_source(all, rule);
    }
    return pv_command_print(&all->out, PV_EXIT_CLEAN);
}

static const pv_rule *rule_with_id(const pv_pack *pack, pv_str id) {
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)) != NULL; i++)
        if (pv_str_equal(rule->id, id))
            return rule;
    return NULL;
}

/* A rule of one of the packs. */
typedef struct found_rule {
    const pv_pack *pack;
    const pv_rule *rule;
} found_rule;

/* All rules of all packs, in the arena; NULL when memory is refused. */
static found_rule *list_rules(explaining *all, const pv_pack_choice *packs, size_t *count) {
    PV_ARRAY(found_rule) rules = {0};
    for (size_t i = 0; i < packs->count; i++) {
        pv_fault ignored;
        const pv_pack *pack = pv_pack_choice_at(packs, i, &ignored);
        const pv_rule *rule;
        for (size_t number = 0; pack && (rule = pv_pack_rule_at(pack, number)) != NULL; number++) {
            found_rule *added = PV_ARRAY_ADD(all->arena, &rules);
            if (!added)
                return NULL;
            *added = (found_rule){pack, rule};
        }
    }
    *count = rules.count;
    return rules.items;
}

/* "word-limit" of "ipp1.word-limit". */
static bool is_end_of(pv_str id, pv_str end) {
    return end.size > 0 && id.size > end.size && id.data[id.size - end.size - 1] == '.' && pv_str_ends_with(id, end);
}

/* What is asked for may be the end of an id: the rule is then explained where only one has it, else they are named. */
static pv_exit explain_nearest(explaining *all, const pv_pack_choice *packs, pv_str id) {
    size_t count = 0;
    found_rule *rules = list_rules(all, packs, &count);
    pv_str *ids = PV_NEW_ARRAY(all->arena, pv_str, count);
    pv_str *ends = PV_NEW_ARRAY(all->arena, pv_str, count);
    size_t fitting = 0;
    size_t last = 0;
    if (!rules || !ids || !ends)
        return pv_command_fail(pv_fault_no_memory());
    for (size_t i = 0; i < count; i++) {
        ids[i] = rules[i].rule->id;
        size_t dot = pv_str_find(ids[i], PV_STR("."), 0);
        ends[i] = dot == SIZE_MAX ? ids[i] : pv_str_slice(ids[i], dot + 1, ids[i].size);
        if (!is_end_of(ids[i], id))
            continue;
        ids[fitting] = ids[i];
        last = i;
        fitting++;
    }
    if (fitting == 1)
        return explain_rule(all, rules[last].pack, rules[last].rule);
    pv_hint hint = pv_message_hint(id, ids, fitting > 0 ? fitting : count);
    bool is_near = fitting > 0 || pv_suggest(id, ids, count) != SIZE_MAX;
    size_t nearest = is_near ? SIZE_MAX : pv_suggest(id, ends, count);
    if (nearest != SIZE_MAX)
        hint = pv_message_meant(id, rules[nearest].rule->id);
    pv_console_complain("there is no rule '%s'%s", pv_message_quote(id).text, hint.text);
    return PV_EXIT_NOTHING;
}

static pv_exit find_and_explain(explaining *all, const pv_pack_choice *packs, pv_str id) {
    pv_exit broken = PV_EXIT_CLEAN;
    for (size_t i = 0; i < packs->count; i++) {
        pv_fault fault = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        const pv_rule *rule = pack ? rule_with_id(pack, id) : NULL;
        if (rule)
            return explain_rule(all, pack, rule);
        if (!pack)
            broken = pv_command_fail(fault);
    }
    return broken == PV_EXIT_CLEAN ? explain_nearest(all, packs, id) : broken;
}

static pv_exit explain(pv_library *library, const pv_options *options) {
    pv_pack_choice packs;
    pv_fault fault = {0};
    bool found = pv_pack_choice_init(&packs, library, options, NULL, 0, &fault);
    explaining all = {
        .out = pv_buf_on(pv_library_memory(library)),
        .scratch = pv_buf_on(pv_library_memory(library)),
        .style = pv_options_style(options, STDOUT_FILENO),
        .arena = packs.arena,
    };
    pv_exit code = found ? find_and_explain(&all, &packs, options->arguments[0]) : pv_command_fail(fault);
    pv_buf_clear(&all.out);
    pv_buf_clear(&all.scratch);
    pv_pack_choice_clear(&packs);
    return code;
}

static const char *const explain_options[] = {"pack", "color", "width", "help", NULL};

const pv_command pv_explain_command = {
    .usage =
        {
            .command = "explain",
            .arguments = "RULE",
            .summary = "Explains a rule: what the form requires, why, what is judged and how much it counts, what to "
                       "do, its examples with their outcome, and the rule itself.",
            .details = "RULE is a rule's id, or the end of one (word-limit) where no other rule's id\n"
                       "ends so.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  the rule was found\n"
                       "  2  it was not\n"
                       "\n"
                       "Example:\n"
                       "  proviso explain ipp1.word-limit\n",
            .min_arguments = 1,
            .max_arguments = 1,
            .options = explain_options,
        },
    .run = explain,
};
