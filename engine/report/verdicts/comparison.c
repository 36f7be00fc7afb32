#include "report/verdicts/comparison.h"

#include "report/verdicts/place.h"
#include "report/write/layout.h"

#define INDENT ((size_t)2)
#define GAP_COLUMNS ((size_t)2)
#define LABEL_COLUMNS ((size_t)7) /* with the indent within it */
#define NAME_COLUMNS ((size_t)16)
#define DAY_COLUMNS (PV_DATE_SIZE - 1)

/* The groups in the order in which they are shown. */
static const struct group {
    const char *heading;
    pv_change_kind kind;
    pv_ink ink;
} groups[] = {
    {"Not decided any more", PV_CHANGE_NOT_CHECKED, PV_INK_ERROR},
    {"Newly failing", PV_CHANGE_FAILING, PV_INK_ERROR},
    {"Newly open to review", PV_CHANGE_REVIEW, PV_INK_WARNING},
    {"Newly passing", PV_CHANGE_PASSING, PV_INK_GOOD},
    {"Newly applicable, and passing", PV_CHANGE_APPLICABLE, PV_INK_GOOD},
    {"No longer applicable", PV_CHANGE_NOT_APPLICABLE, PV_INK_FAINT},
    {"At another level", PV_CHANGE_LEVEL, PV_INK_WARNING},
    {"The same, said otherwise", PV_CHANGE_WORDING, PV_INK_FAINT},
};

typedef struct comparison_writer {
    pv_buf *out;
    const pv_report_style *style;
    const pv_report_comparison *comparison;
    pv_arena *scratch;
} comparison_writer;

/* ---- a changed verdict ---- */

const pv_source *pv_change_source(const pv_report_comparison *comparison, const pv_change *change) {
    return (change->after ? comparison->after : comparison->before)->submission->source;
}

static pv_str words_of(pv_arena *arena, const pv_change *change, const pv_verdict_entry *entry, bool with_level) {
    char day[PV_DATE_SIZE] = "";
    if (!entry)
        return change->among_others ? PV_STR("no such finding") : PV_STR("not judged");
    if (entry->has_due)
        pv_date_write(entry->due, day);
    bool says_day = !entry->has_due || pv_str_find(entry->message, pv_str_from(day), 0) != SIZE_MAX;
    return pv_arena_format(arena, "%s%s%s%s%.*s%s%s", pv_state_name(entry->state), with_level ? ", " : "",
                           with_level ? pv_level_name(entry->level) : "", entry->message.size > 0 ? ": " : "",
                           PV_STR_ARG(entry->message), says_day ? "" : "; due ", says_day ? "" : day);
}

bool pv_change_words(pv_arena *arena, const pv_change *change, pv_str *was, pv_str *is) {
    bool levels_differ = change->before && change->after && change->before->level != change->after->level;
    *was = words_of(arena, change, change->before, levels_differ);
    *is = words_of(arena, change, change->after, levels_differ);
    return was->data && is->data;
}

void pv_change_sides(pv_buf *out, const pv_report_style *style, const pv_str *was, pv_str is) {
    const size_t most_lines = style->verbose ? 0 : 2;
    if (was)
        pv_layout_labelled(out, style, "  was", LABEL_COLUMNS, *was, most_lines);
    pv_layout_labelled(out, style, "  is", LABEL_COLUMNS, is, most_lines);
}

/* One side of a pair; null where there was none. */
static void write_json_side(pv_json *json, const char *key, const pv_verdict_entry *entry, const pv_source *source) {
    pv_json_key(json, key);
    if (!entry) {
        pv_json_null(json);
        return;
    }
    char day[PV_DATE_SIZE] = "";
    if (entry->has_due)
        pv_date_write(entry->due, day);
    pv_json_object_begin(json);
    pv_json_member(json, "state", pv_str_from(pv_state_name(entry->state)));
    pv_json_member(json, "level", pv_str_from(pv_level_name(entry->level)));
    pv_json_member(json, "message", entry->message);
    pv_json_optional_member(json, "due", pv_str_from(day));
    pv_json_key(json, "at");
    if (entry->verdict->outcome.has_at) {
        pv_json_object_begin(json);
        pv_json_place_members(json, source, &entry->verdict->outcome.at, PV_PLACE_WORDS_ALL);
        pv_json_object_end(json);
    } else {
        pv_json_null(json);
    }
    pv_json_object_end(json);
}

void pv_change_json_members(pv_json *json, const pv_report_comparison *comparison, const pv_change *change) {
    pv_json_member(json, "path", comparison->after->submission->source->path);
    pv_json_member(json, "rule", pv_change_entry(change)->rule);
    pv_json_member(json, "subject", pv_change_entry(change)->subject);
    pv_json_member(json, "change", pv_str_from(pv_change_name(change->kind)));
    write_json_side(json, "before", change->before, comparison->before->submission->source);
    write_json_side(json, "after", change->after, comparison->after->submission->source);
}

/* ---- for programs ---- */

void pv_comparison_json(pv_json *json, const pv_report_input *input) {
    const pv_report_comparison *comparison = input->comparison;
    for (size_t i = 0; i < comparison->found->count; i++) {
        const pv_change *change = &comparison->found->list[i];
        if (change->kind == PV_CHANGE_NONE)
            continue;
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_change_json_members(json, comparison, change);
        pv_json_object_end(json);
    }
}

/* ---- for people: one change ---- */

/* A record with what it is about; empty, and the report failed, when memory is refused. */
static pv_str title_of(const comparison_writer *all, const pv_change *change) {
    pv_str title = pv_subject_title(&pv_change_entry(change)->verdict->subject, all->scratch);
    all->out->failed |= !title.data;
    return title.data ? title : PV_STR("");
}

static void write_name(const comparison_writer *all, const pv_change *change) {
    pv_str place =
        pv_place_brief(all->scratch, pv_change_source(all->comparison, change), pv_change_entry(change)->start);
    all->out->failed |= !place.data;
    pv_buf_append_repeat(all->out, ' ', INDENT);
    pv_layout_ink(all->out, all->style, PV_INK_STRONG);
    size_t used = INDENT + pv_layout_cut(all->out, title_of(all, change), all->style->width / 2) + 2 * GAP_COLUMNS +
                  pv_layout_columns(place);
    pv_layout_plain(all->out, all->style);
    pv_buf_append_repeat(all->out, ' ', GAP_COLUMNS);
    pv_layout_cut(all->out, pv_change_entry(change)->rule, all->style->width > used ? all->style->width - used : 1);
    pv_buf_append_repeat(all->out, ' ', GAP_COLUMNS);
    pv_layout_inked(all->out, all->style, PV_INK_FAINT, place);
    pv_buf_append_char(all->out, '\n');
}

static void write_change(const comparison_writer *all, const pv_change *change) {
    pv_str was;
    pv_str is;
    write_name(all, change);
    all->out->failed |= !pv_change_words(all->scratch, change, &was, &is);
    pv_change_sides(all->out, all->style, change->kind == PV_CHANGE_NONE ? NULL : &was, is);
}

static void write_group(const comparison_writer *all, const struct group *group) {
    const pv_changes *found = all->comparison->found;
    if (found->counts[group->kind] == 0)
        return;
    pv_buf_append_char(all->out, '\n');
    pv_layout_inked(all->out, all->style, group->ink, pv_str_from(group->heading));
    pv_buf_format(all->out, " (%zu)\n", found->counts[group->kind]);
    for (size_t i = 0; i < found->count; i++)
        if (found->list[i].kind == group->kind)
            write_change(all, &found->list[i]);
}

static bool is_open(const pv_change *change) {
    return change->kind == PV_CHANGE_NONE && change->after && pv_state_is_finding(change->after->state);
}

static void write_unchanged(const comparison_writer *all) {
    const pv_changes *found = all->comparison->found;
    bool any = false;
    for (size_t i = 0; i < found->count; i++) {
        if (!is_open(&found->list[i]))
            continue;
        if (!any) {
            pv_buf_append_char(all->out, '\n');
            pv_layout_inked(all->out, all->style, PV_INK_STRONG, PV_STR("Unchanged findings"));
            pv_buf_append_char(all->out, '\n');
        }
        any = true;
        write_change(all, &found->list[i]);
    }
}

/* "PATH:7:42: newly failing: loan 3: what [rule]" of what is an error on the later day. */
static void write_lines(const comparison_writer *all) {
    const pv_changes *found = all->comparison->found;
    for (size_t i = 0; i < found->count; i++) {
        const pv_change *change = &found->list[i];
        bool worse = change->kind == PV_CHANGE_FAILING || change->kind == PV_CHANGE_REVIEW ||
                     change->kind == PV_CHANGE_NOT_CHECKED;
        if (!worse || change->after->level != PV_LEVEL_ERROR)
            continue;
        const pv_source *source = pv_change_source(all->comparison, change);
        const size_t start = pv_change_entry(change)->start;
        pv_layout_text(all->out, pv_source_path_at(source, start));
        pv_layout_text(all->out, pv_str_from(pv_place_called(source, start).text));
        pv_buf_format(all->out, ": %s: ", pv_change_name(change->kind));
        pv_layout_text(all->out, title_of(all, change));
        pv_buf_append_text(all->out, ": ");
        pv_layout_text(all->out, change->after->message);
        pv_buf_append_text(all->out, " [");
        pv_layout_text(all->out, change->after->rule);
        pv_buf_append_text(all->out, "]\n");
    }
}

/* ---- sums ---- */

void pv_comparison_totals_add(pv_comparison_totals *totals, const pv_report_comparison *comparison) {
    pv_summary_add(&totals->before, comparison->before->results);
    pv_summary_add(&totals->after, comparison->after->results);
    for (size_t kind = 0; kind < PV_CHANGE_COUNT; kind++)
        totals->counts[kind] += comparison->found->counts[kind];
    totals->submissions++;
}

void pv_comparison_days(const pv_report_context *context, pv_str *earlier, pv_str *later) {
    bool forward = pv_str_compare(context->as_of, context->compare) < 0;
    *earlier = forward ? context->as_of : context->compare;
    *later = forward ? context->compare : context->as_of;
}

static void write_count(pv_buf *out, const char *name, size_t before, size_t after) {
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_cell(out, pv_str_from(name), NAME_COLUMNS);
    pv_layout_number(out, before, DAY_COLUMNS);
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_number(out, after, DAY_COLUMNS);
    pv_buf_append_char(out, '\n');
}

static void write_sums(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                       const pv_comparison_totals *totals) {
    pv_str earlier;
    pv_str later;
    size_t changed = 0;
    pv_comparison_days(context, &earlier, &later);
    pv_buf_append_char(out, '\n');
    pv_buf_append_repeat(out, ' ', INDENT + NAME_COLUMNS);
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_format(out, "%.*s  %.*s", PV_STR_ARG(earlier), PV_STR_ARG(later));
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    write_count(out, "pass", totals->before.pass, totals->after.pass);
    write_count(out, "fail", totals->before.fail, totals->after.fail);
    write_count(out, "review", totals->before.review, totals->after.review);
    write_count(out, "not applicable", totals->before.not_applicable, totals->after.not_applicable);
    if (totals->before.not_checked + totals->after.not_checked > 0)
        write_count(out, "not checked", totals->before.not_checked, totals->after.not_checked);
    for (size_t kind = PV_CHANGE_NONE + 1; kind < PV_CHANGE_COUNT; kind++)
        changed += totals->counts[kind];
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_buf_format(out, "%zu changed, %zu unchanged\n", changed, totals->counts[PV_CHANGE_NONE]);
}

/* ---- a submission ---- */

static void describe_pack(pv_buf *text, const pv_pack *pack) {
    pv_layout_text(text, pack->manifest->id);
    pv_buf_append_char(text, ' ');
    pv_layout_text(text, pack->manifest->version);
}

static void write_header(const comparison_writer *all, const pv_report_context *context) {
    const pv_report_comparison *comparison = all->comparison;
    pv_buf text = pv_buf_on(all->out->memory);
    pv_str earlier;
    pv_str later;
    pv_comparison_days(context, &earlier, &later);
    pv_layout_inked(all->out, all->style, PV_INK_STRONG, comparison->after->submission->source->path);
    pv_buf_append_char(all->out, '\n');
    pv_layout_text(&text, comparison->after->submission->form->title);
    pv_buf_append_text(&text, " (");
    describe_pack(&text, comparison->before->pack);
    if (!pv_str_equal(pv_str_from(comparison->before->pack->sha256), pv_str_from(comparison->after->pack->sha256))) {
        pv_buf_append_text(&text, ", then ");
        describe_pack(&text, comparison->after->pack);
    }
    pv_buf_format(&text, ", %s mode), from %.*s to %.*s", pv_mode_name(comparison->after->results->mode),
                  PV_STR_ARG(earlier), PV_STR_ARG(later));
    pv_layout_wrap(all->out, pv_buf_str(&text), all->style->width, 0, 0, 0);
    all->out->failed |= text.failed;
    pv_buf_clear(&text);
}

void pv_comparison_terminal(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                            const pv_report_input *input, pv_arena *scratch) {
    const comparison_writer all = {out, style, input->comparison, scratch};
    if (style->quiet) {
        write_lines(&all);
        return;
    }
    write_header(&all, context);
    if (pv_changes_differing(input->comparison->found) == 0)
        pv_buf_append_text(out, "\nNothing changed.\n");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        write_group(&all, &groups[i]);
    if (style->verbose)
        write_unchanged(&all);
    pv_comparison_totals totals = {0};
    pv_comparison_totals_add(&totals, input->comparison);
    write_sums(out, style, context, &totals);
    pv_buf_append_char(out, '\n');
}

void pv_comparison_terminal_end(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                                const pv_comparison_totals *totals) {
    if (totals->submissions < 2 || style->quiet)
        return;
    pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("All submissions"));
    write_sums(out, style, context, totals);
    pv_buf_append_char(out, '\n');
}
