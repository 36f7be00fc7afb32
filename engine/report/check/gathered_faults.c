#include "report/check/gathered_faults_p.h"

#include "report/verdicts/finding.h"

/* So many subjects of a fault are named; the rest is a number. */
#define MOST_NAMED ((size_t)10)

/* ---- of a submission ---- */

/* One fault of the submission at hand: the verdicts that were not reached because of it, in their order. */
typedef struct fault_group {
    const pv_verdict *first;
    size_t open;
    size_t named;
    pv_buf names; /* of the first MOST_NAMED: "1.1.1, 1.1.2" */
} fault_group;

static void put_key(pv_buf *out, const pv_fault *fault) {
    bool of_budget = pv_fault_is_of_budget(fault->kind);
    pv_frame_put_text(out, fault->rule);
    pv_frame_put_number(out, fault->kind);
    pv_frame_put_text(out, fault->path);
    pv_frame_put_number(out, of_budget ? 0 : fault->at.line);
    pv_frame_put_number(out, of_budget ? 0 : fault->at.column);
}

static void name_subject(pv_report *report, fault_group *group, const pv_verdict *verdict) {
    group->open++;
    if (group->named == MOST_NAMED || !pv_finding_has_name(verdict))
        return;
    pv_str name = pv_subject_title(&verdict->subject, report->scratch);
    if (!name.data) {
        report->failed = true;
        return;
    }
    pv_buf_append_text(&group->names, group->named++ > 0 ? ", " : "");
    pv_buf_append(&group->names, name);
}

static void add_group(pv_report *report, size_t first, const pv_str path, size_t index, fault_group *group) {
    const pv_fault fault = pv_finding_fault(group->first);
    put_key(&report->text, &fault);
    pv_entry_add_text(report, first, 0);
    pv_frame_put_text(&report->text, fault.message);
    pv_frame_put_number(&report->text, fault.at.line);
    pv_frame_put_number(&report->text, fault.at.column);
    pv_frame_put_number(&report->text, group->open);
    pv_frame_put_number(&report->text, group->named);
    pv_frame_put_text(&report->text, path);
    pv_frame_put_text(&report->text, pv_buf_str(&group->names));
    report->failed |= group->names.failed;
    pv_entry_add_text(report, first + 1, index);
}

void pv_faults_gather(pv_report *report, size_t first, const pv_report_input *input) {
    size_t count = 0;
    const pv_verdict **open = pv_findings_sorted(input->results, report->scratch, &count);
    report->failed |= !open;
    size_t groups = 0;
    for (size_t start = 0, end; open && start < count && pv_findings_share_fault(open[start], open[start]);
         start = end) {
        fault_group group = {.first = open[start], .names = pv_buf_on(report->setup.memory)};
        for (end = start; end < count && pv_findings_share_fault(open[start], open[end]); end++)
            name_subject(report, &group, open[end]);
        add_group(report, first, pv_path_relative(input->source->path), groups++, &group);
        pv_buf_clear(&group.names);
    }
}

/* ---- joining ---- */

bool pv_faults_admit(pv_report *report, size_t first, uint64_t number, pv_buf *out) {
    pv_frame_put_number(out, pv_entry_index(report, first, number));
    return true;
}

/* ---- the end ---- */

/* A fault as it grows from what several submissions say of it. */
typedef struct growing_fault {
    size_t named;
    pv_buf text;
} growing_fault;

/* What one submission says of a fault. */
typedef struct share {
    uint64_t fault;
    pv_str message;
    uint64_t line, column, open, named;
    pv_str path;
    pv_str names;
} share;

static bool take_key(pv_str entry, pv_fault *out, pv_error *error) {
    uint64_t kind, line, column;
    if (!pv_frame_take_text(&entry, &out->rule, error) || !pv_frame_take_number(&entry, &kind, error) ||
        !pv_frame_take_text(&entry, &out->path, error) || !pv_frame_take_number(&entry, &line, error) ||
        !pv_frame_take_number(&entry, &column, error))
        return false;
    out->kind = (pv_fault_kind)kind;
    return true;
}

static bool take_share(pv_str entry, share *out, pv_error *error) {
    return pv_frame_take_number(&entry, &out->fault, error) && pv_frame_take_text(&entry, &out->message, error) &&
           pv_frame_take_number(&entry, &out->line, error) && pv_frame_take_number(&entry, &out->column, error) &&
           pv_frame_take_number(&entry, &out->open, error) && pv_frame_take_number(&entry, &out->named, error) &&
           pv_frame_take_text(&entry, &out->path, error) && pv_frame_take_text(&entry, &out->names, error);
}

/* The first to be met gives the words and the place. */
static void add_share(pv_gathered_fault *gathered, growing_fault *growing, const share *added) {
    if (gathered->open == 0) {
        gathered->fault.message = added->message;
        gathered->fault.at = (pv_position){(uint32_t)added->line, (uint32_t)added->column};
    }
    gathered->open += added->open;
    size_t named = added->named > 0 ? added->named : added->open; /* a submission, and all of them, by their file */
    if (growing->named + named > MOST_NAMED && growing->named > 0)
        return;
    pv_buf_append_text(&growing->text, growing->named > 0 ? "; " : "not checked because of it: ");
    pv_buf_append(&growing->text, added->path);
    pv_buf_append_text(&growing->text, added->names.size > 0 ? ": " : "");
    pv_buf_append(&growing->text, added->names);
    growing->named += named;
}

static bool gather_all(pv_report *report, size_t first, pv_gathered_fault *all, growing_fault *growing,
                       pv_error *error) {
    for (size_t i = 0; i < pv_entry_count(report, first); i++) {
        growing[i].text = pv_buf_on(report->setup.memory);
        if (!take_key(pv_entry_at(report, first, i), &all[i].fault, error))
            return false;
    }
    for (size_t i = 0; i < pv_entry_count(report, first + 1); i++) {
        share added;
        if (!take_share(pv_entry_at(report, first + 1, i), &added, error))
            return false;
        add_share(&all[added.fault], &growing[added.fault], &added);
    }
    return true;
}

static void finish(pv_report *report, pv_gathered_fault *gathered, growing_fault *growing) {
    if (gathered->open > growing->named)
        pv_buf_format(&growing->text, " and %zu more", gathered->open - growing->named);
    gathered->left = pv_arena_copy(report->arena, pv_buf_str(&growing->text));
    report->failed |= growing->text.failed || !gathered->left.data;
    pv_buf_clear(&growing->text);
}

const pv_gathered_fault *pv_faults_gathered(pv_report *report, size_t first, const pv_fault *faults, size_t fault_count,
                                            size_t *count) {
    size_t met = pv_entry_count(report, first);
    pv_gathered_fault *all = PV_NEW_ARRAY(report->arena, pv_gathered_fault, met + fault_count);
    growing_fault *growing = PV_NEW_ARRAY(report->arena, growing_fault, met);
    *count = 0;
    report->failed |= !all || !growing;
    if (!all || !growing)
        return NULL;
    bool gathered = gather_all(report, first, all, growing, &report->problem);
    for (size_t i = 0; i < met; i++)
        finish(report, &all[i], &growing[i]);
    if (!gathered)
        return NULL;
    for (size_t i = 0; i < fault_count; i++)
        all[met + i] = (pv_gathered_fault){.fault = faults[i]};
    *count = met + fault_count;
    return all;
}

void pv_fault_sentence(pv_buf *out, const pv_gathered_fault *gathered) {
    pv_buf_append(out, gathered->fault.message);
    if (gathered->left.size == 0)
        return;
    pv_buf_append_char(out, '\n');
    pv_buf_append(out, gathered->left);
}
