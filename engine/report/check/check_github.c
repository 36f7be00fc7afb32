#include "report/check/gathered_faults_p.h"
#include "report/verdicts/finding.h"
#include "report/verdicts/tally.h"
#include "report/write/layout.h"
#include "report/write/markup.h"

/* Of each level GitHub shows so many annotations per step; the rest would vanish without a word. */
#define MOST_SHOWN 10

/* Each file with findings of a level gets one annotation before any gets a second: for each level there is a section of
 * the files' first findings, one of their second, and so on; the last takes all further ones. */
#define RANK(level, rank)                                                                                              \
    [(level)*MOST_SHOWN + (rank)] = {.name = #level, .joining = PV_JOIN_AT_END, .most = MOST_SHOWN}
#define OF_LEVEL(level)                                                                                                \
    RANK(level, 0), RANK(level, 1), RANK(level, 2), RANK(level, 3), RANK(level, 4), RANK(level, 5), RANK(level, 6),    \
        RANK(level, 7), RANK(level, 8), RANK(level, 9)
enum { FAULTS = PV_LEVEL_COUNT * MOST_SHOWN };
static const pv_report_section sections[] = {OF_LEVEL(PV_LEVEL_NOTE), OF_LEVEL(PV_LEVEL_WARNING),
                                             OF_LEVEL(PV_LEVEL_ERROR), PV_FAULT_SECTIONS(FAULTS)};

/* By level: the command, and what it is called. */
static const char *const commands[] = {"notice", "warning", "error"};

/* ---- one command: "::error file=…,line=…::message" ---- */

/* Columns are allowed only within one line. */
static void put_span(pv_buf *out, pv_position start, pv_position end) {
    pv_buf_format(out, ",line=%u,endLine=%u", (unsigned)start.line, (unsigned)end.line);
    if (start.line == end.line)
        pv_buf_format(out, ",col=%u,endColumn=%u", (unsigned)start.column, (unsigned)end.column);
}

static void add_finding(pv_report *report, const pv_report_input *input, const pv_verdict *verdict, size_t rank) {
    pv_buf *line = &report->text;
    pv_buf text = pv_buf_on(line->memory);
    pv_buf_format(line, "::%s", commands[verdict->level]);
    pv_str path = pv_finding_path(input, verdict);
    if (path.size > 0) {
        pv_command_property(line, ' ', "file", path);
        if (pv_finding_has_lines(input, verdict))
            put_span(line, pv_finding_start(input, verdict), pv_finding_end(input, verdict));
    }
    pv_command_property(line, path.size > 0 ? ',' : ' ', "title", verdict->rule->id);
    pv_buf_append_text(line, "::");
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_append_text(&text, "For review: ");
    pv_finding_sentence(&text, verdict, report->scratch);
    pv_finding_where(&text, input, verdict);
    pv_buf_append_text(&text, "\nTo do: ");
    pv_buf_append(&text, pv_verdict_remedy(verdict));
    pv_command_message(line, pv_buf_str(&text));
    pv_buf_append_char(line, '\n');
    line->failed |= text.failed;
    pv_buf_clear(&text);
    pv_entry_add_text(report, (size_t)verdict->level * MOST_SHOWN + (rank < MOST_SHOWN ? rank : MOST_SHOWN - 1), 0);
}

static void put_fault(const pv_gathered_fault *gathered, pv_buf *line) {
    const pv_fault *fault = &gathered->fault;
    pv_buf text = pv_buf_on(line->memory);
    char before = ' ';
    pv_buf_append_text(line, "::error");
    if (fault->path.size > 0) {
        pv_command_property(line, before, "file", pv_path_relative(fault->path));
        before = ',';
    }
    if (fault->path.size > 0 && fault->at.line > 0)
        pv_buf_format(line, ",line=%u,col=%u", (unsigned)fault->at.line, (unsigned)fault->at.column);
    pv_command_property(line, before, "title", fault->rule.size > 0 ? fault->rule : PV_STR("fault"));
    pv_buf_append_text(line, "::");
    pv_fault_sentence(&text, gathered);
    pv_command_message(line, pv_buf_str(&text));
    pv_buf_append_char(line, '\n');
    line->failed |= text.failed;
    pv_buf_clear(&text);
}

/* Failures before what a person must judge, so that the first of a file are those that weigh most. */
static void add_findings(pv_report *report, const pv_report_input *input, pv_state state,
                         size_t ranks[PV_LEVEL_COUNT]) {
    for (size_t i = 0; i < input->results->verdict_count; i++) {
        const pv_verdict *verdict = &input->results->verdicts[i];
        if (verdict->outcome.state == state && pv_verdict_is_open(verdict))
            add_finding(report, input, verdict, ranks[verdict->level]++);
    }
}

static void add_submission(pv_report *report, const pv_report_input *input) {
    size_t ranks[PV_LEVEL_COUNT] = {0};
    pv_faults_gather(report, FAULTS, input);
    add_findings(report, input, PV_STATE_FAIL, ranks);
    add_findings(report, input, PV_STATE_REVIEW, ranks);
}

static bool admit(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    (void)entry;
    return section != FAULTS + 1 || pv_faults_admit(report, FAULTS, number, out);
}

/* ---- the end ---- */

/* What was found and not checked: notices, after those on findings. */
static void add_skipped(pv_report *report) {
    const pv_skipped_list *skipped = report->setup.context->skipped;
    for (size_t i = 0; skipped && i < skipped->count; i++) {
        pv_buf_append_text(&report->text, "::notice");
        pv_command_property(&report->text, ' ', "file", pv_path_relative(skipped->items[i].path));
        pv_command_property(&report->text, ',', "title", PV_STR("passed over"));
        pv_buf_append_text(&report->text, "::");
        pv_command_message(&report->text, skipped->items[i].why);
        pv_buf_append_char(&report->text, '\n');
        pv_entry_add_text(report, PV_LEVEL_NOTE * MOST_SHOWN + MOST_SHOWN - 1, 0);
    }
}

/* The findings of a level, as far as there is room; how many more there are. */
static size_t write_level(pv_report *report, size_t level, size_t room) {
    size_t more = 0;
    for (size_t rank = 0; rank < MOST_SHOWN; rank++) {
        size_t section = level * MOST_SHOWN + rank;
        size_t kept = pv_entry_count(report, section);
        size_t shown = kept < room ? kept : room;
        pv_entry_write(report, section, shown);
        room -= shown;
        more += kept - shown + pv_entry_left_out(report, section);
    }
    return more;
}

static void write_more(pv_buf *out, size_t more, const char *noun) {
    if (more == 0)
        return;
    pv_buf_append_text(out, "and ");
    pv_buf_format(out, "%zu more %s%s, which GitHub would not show\n", more, noun, more == 1 ? "" : "s");
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    const pv_report_context *context = report->setup.context;
    pv_buf *out = report->setup.out;
    add_skipped(report);
    size_t count;
    const pv_gathered_fault *gathered = pv_faults_gathered(report, FAULTS, faults, fault_count, &count);
    size_t shown = count < MOST_SHOWN ? count : MOST_SHOWN;
    for (size_t i = 0; i < shown; i++) /* first: without them the rest says too little */
        put_fault(&gathered[i], out);
    for (size_t level = PV_LEVEL_COUNT; level-- > 0;) {
        bool of_errors = level == PV_LEVEL_ERROR;
        size_t more = write_level(report, level, of_errors ? MOST_SHOWN - shown : MOST_SHOWN);
        write_more(out, more + (of_errors ? count - shown : 0), commands[level]);
    }
    pv_buf_format(out, "proviso: %s, %s mode: ", pv_answer_name(pv_answer_of(context, summary)),
                  pv_mode_name(context->mode));
    pv_answer_counts(out, summary);
    pv_buf_append_text(out, " in ");
    pv_layout_count(out, summary->submissions, "submission");
    pv_buf_append_char(out, '\n');
}

const pv_format pv_github_format = {
    .help = "annotations of GitHub Actions, and a summary of the step into the file that GITHUB_STEP_SUMMARY names",
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};
