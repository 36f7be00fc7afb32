#include "report/check/format.h"
#include "report/verdicts/answer.h"
#include "report/verdicts/finding.h"
#include "report/write/layout.h"

/* Of each level GitHub shows so many annotations per step; the rest would vanish without a word. */
#define MOST_SHOWN ((size_t)10)
#define LEVEL_COUNT ((size_t)PV_LEVEL_ERROR + 1)

/* The annotations of one level that may be shown, in order, and how many there are in all. */
typedef struct level_lines {
    pv_str shown[MOST_SHOWN];
    size_t kept;
    size_t more;
} level_lines;

typedef struct github_report {
    pv_report base;
    pv_arena *arena;
    level_lines levels[LEVEL_COUNT];
} github_report;

static void free_report(pv_report *base) {
    if (base)
        pv_arena_free(((github_report *)base)->arena);
    pv_report_free(base);
}

static bool begin(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    if (!pv_report_new(out, setup, sizeof(github_report), error))
        return false;
    github_report *report = (github_report *)*out;
    report->arena = pv_arena_new(setup->memory);
    if (report->arena)
        return true;
    pv_report_free(*out);
    *out = NULL;
    return pv_fail_memory(error);
}

/* By level: the command, and what it is called. */
static const char *const commands[] = {"notice", "warning", "error"};

/* ---- one command: "::error file=…,line=…::message" ---- */

/* A command is one line; in its properties "," and ":" end something too. What a log could obey is shown by its code. */
static void put_escaped(pv_buf *out, pv_str text, bool in_property) {
    for (size_t at = 0; at < text.size;) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        char c = text.data[at];
        bool escaped = c == '%' || c == '\r' || c == '\n' || (in_property && (c == ':' || c == ','));
        if (escaped)
            pv_buf_format(out, "%%%02X", (unsigned)c);
        else
            pv_buf_append(out, (pv_str){glyph.bytes, glyph.size});
        at += glyph.source_size;
    }
}

static void put_property(pv_buf *out, char before, const char *name, pv_str value) {
    pv_buf_format(out, "%c%s=", before, name);
    put_escaped(out, value, true);
}

/* Columns are allowed only within one line. */
static void put_span(pv_buf *out, pv_position start, pv_position end) {
    pv_buf_format(out, ",line=%u,endLine=%u", (unsigned)start.line, (unsigned)end.line);
    if (start.line == end.line)
        pv_buf_format(out, ",col=%u,endColumn=%u", (unsigned)start.column, (unsigned)end.column);
}

static void put_line(pv_buf *part, pv_level level, pv_buf *line) {
    pv_buf_append_char(line, '\n');
    pv_frame_put_number(part, level);
    pv_frame_put_text(part, pv_buf_str(line));
    part->failed |= line->failed;
    pv_buf_reset(line);
}

static void put_finding(const pv_report_input *input, const pv_verdict *verdict, pv_buf *part, pv_buf *line,
                        pv_arena *scratch) {
    pv_buf text = pv_buf_on(part->memory);
    pv_buf_format(line, "::%s", commands[verdict->level]);
    put_property(line, ' ', "file", pv_finding_path(input, verdict));
    put_span(line, pv_finding_start(input, verdict), pv_finding_end(input, verdict));
    put_property(line, ',', "title", verdict->rule->id);
    pv_buf_append_text(line, "::");
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_append_text(&text, "For review: ");
    pv_finding_sentence(&text, verdict, scratch);
    pv_buf_append_text(&text, "\nTo do: ");
    pv_buf_append(&text, verdict->rule->remedy);
    put_escaped(line, pv_buf_str(&text), false);
    part->failed |= text.failed;
    pv_buf_clear(&text);
    put_line(part, verdict->level, line);
}

static void put_fault(const pv_fault *fault, pv_buf *line) {
    char before = ' ';
    pv_buf_append_text(line, "::error");
    if (fault->path.size > 0) {
        put_property(line, before, "file", pv_path_relative(fault->path));
        before = ',';
    }
    if (fault->path.size > 0 && fault->at.line > 0)
        pv_buf_format(line, ",line=%u,col=%u", (unsigned)fault->at.line, (unsigned)fault->at.column);
    put_property(line, before, "title", fault->rule.size > 0 ? fault->rule : PV_STR("fault"));
    pv_buf_append_text(line, "::");
    put_escaped(line, fault->message, false);
}

/* What could not be checked is told by its fault: one annotation, not one for every subject. */
static void add_submission(pv_report *report, const pv_report_input *input, pv_buf *part) {
    const pv_results *results = input->results;
    pv_arena *scratch = pv_arena_new(report->setup.memory);
    pv_buf line = pv_buf_on(report->setup.memory);
    part->failed |= !scratch;
    for (size_t i = 0; i < results->fault_count; i++) {
        put_fault(&results->faults[i], &line);
        put_line(part, PV_LEVEL_ERROR, &line);
    }
    for (size_t i = 0; scratch && i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        if (pv_state_can_be_accepted(verdict->outcome.state) && pv_verdict_is_open(verdict))
            put_finding(input, verdict, part, &line, scratch);
    }
    pv_buf_clear(&line);
    pv_arena_free(scratch);
}

/* ---- joining ---- */

static bool is_kept(const level_lines *lines, pv_str line) {
    for (size_t i = 0; i < lines->kept; i++)
        if (pv_str_equal(lines->shown[i], line))
            return true;
    return false;
}

/* A fault that many submissions met is one line. */
static bool keep(github_report *report, level_lines *lines, pv_str line, pv_error *error) {
    if (is_kept(lines, line))
        return true;
    if (lines->kept == MOST_SHOWN) {
        lines->more++;
        return true;
    }
    pv_str copy = pv_arena_copy(report->arena, line);
    if (!copy.data)
        return pv_fail_memory(error);
    lines->shown[lines->kept++] = copy;
    return true;
}

static bool join(pv_report *base, pv_str parts, pv_error *error) {
    github_report *report = (github_report *)base;
    while (parts.size > 0) {
        uint64_t level;
        pv_str line;
        if (!pv_frame_take_number(&parts, &level, error) || !pv_frame_take_text(&parts, &line, error))
            return false;
        if (level >= LEVEL_COUNT)
            return pv_fail(error, PV_ERROR_IO, "a worker process sent an annotation of no level");
        if (!keep(report, &report->levels[level], line, error))
            return false;
    }
    return true;
}

/* Faults that belong to no submission come first: without them the rest says too little. */
static size_t write_faults(pv_buf *out, const pv_fault *faults, size_t count) {
    size_t shown = count < MOST_SHOWN ? count : MOST_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        put_fault(&faults[i], out);
        pv_buf_append_char(out, '\n');
    }
    return shown;
}

static void write_level(pv_buf *out, const level_lines *lines, size_t room) {
    for (size_t i = 0; i < lines->kept && i < room; i++)
        pv_buf_append(out, lines->shown[i]);
}

static void write_more(pv_buf *out, size_t more, const char *noun) {
    if (more == 0)
        return;
    pv_buf_append_text(out, "and ");
    pv_buf_format(out, "%zu more %s%s, which GitHub would not show\n", more, noun, more == 1 ? "" : "s");
}

static void end(pv_report *base, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    const github_report *report = (const github_report *)base;
    const pv_report_context *context = base->setup.context;
    pv_buf *out = base->setup.out;
    size_t told = write_faults(out, faults, fault_count);
    for (size_t level = LEVEL_COUNT; level-- > 0;) {
        const level_lines *lines = &report->levels[level];
        size_t room = level == PV_LEVEL_ERROR ? MOST_SHOWN - told : MOST_SHOWN;
        size_t cut = lines->kept > room ? lines->kept - room : 0;
        write_level(out, lines, room);
        write_more(out, cut + lines->more + (level == PV_LEVEL_ERROR ? fault_count - told : 0), commands[level]);
    }
    pv_buf_format(out, "proviso: %s, %s mode: ", pv_answer_name(pv_answer_of(context, summary)),
                  pv_mode_name(context->mode));
    pv_answer_counts(out, summary);
    pv_buf_append_text(out, " in ");
    pv_layout_count(out, summary->submissions, "submission");
    pv_buf_append_char(out, '\n');
}

const pv_format pv_github_format = {
    .begin = begin,
    .submission = add_submission,
    .join = join,
    .end = end,
    .free = free_report,
};
