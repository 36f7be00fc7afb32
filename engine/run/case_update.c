/* A case with what came in place of what was expected. */
#include <string.h>

#include "base/array.h"
#include "run/cases.h"

/* What becomes of a line of the file. */
typedef struct line_edit {
    bool removed;
    pv_str replaced; /* .data NULL: the line stays, unless it is removed */
} line_edit;

/* A line that is put behind one of the file. */
typedef struct insertion {
    uint32_t after;
    pv_str text;
} insertion;

typedef struct updating {
    pv_arena *arena;
    const pv_case *read;
    const pv_source *submission;
    const pv_results *results;
    line_edit *edits; /* one per line of the file */
    bool *expects;    /* of each line of the file: it is an expectation ... */
    bool *placed;     /* ... with a place */
    PV_ARRAY(insertion) insertions;
    pv_error *error;
} updating;

/* ---- what an expectation says ---- */

static bool is_finding(const pv_verdict *verdict) {
    return pv_state_is_finding(verdict->outcome.state);
}

/* Whether another verdict would meet the same words: the subject tells them apart. */
static bool needs_subject(const updating *all, const pv_verdict *verdict, bool placed) {
    for (size_t i = 0; i < all->results->verdict_count; i++) {
        const pv_verdict *other = &all->results->verdicts[i];
        if (other != verdict && other->rule == verdict->rule && other->outcome.state == verdict->outcome.state &&
            (!placed || other->outcome.at.span.start == verdict->outcome.at.span.start))
            return true;
    }
    return false;
}

static bool append_subject(const updating *all, pv_buf *out, const pv_verdict *verdict) {
    pv_str name = pv_subject_name(&verdict->subject, all->arena);
    pv_buf_format(out, " for %.*s", PV_STR_ARG(name));
    return name.data || pv_fail_memory(all->error);
}

static void append_due(pv_buf *out, const pv_expectation *expected, const pv_verdict *verdict) {
    char day[PV_DATE_SIZE];
    if (!expected || !expected->has_due || !verdict->outcome.has_due)
        return;
    pv_date_write(verdict->outcome.due, day);
    pv_buf_format(out, " due %s", day);
}

static bool keep(const updating *all, pv_buf *text, pv_str *out) {
    *out = text->failed ? (pv_str){NULL, 0} : pv_arena_copy(all->arena, pv_buf_str(text));
    pv_buf_clear(text);
    return out->data || pv_fail_memory(all->error);
}

/* "rule: state expected here for 1.1 due 2022-07-01", behind whatever marks a place. */
static bool append_words(const updating *all, pv_buf *out, const pv_expectation *expected, const pv_verdict *verdict,
                         bool placed) {
    bool named = (expected && expected->subject.size > 0) || needs_subject(all, verdict, placed);
    pv_buf_format(out, "%.*s: %s", PV_STR_ARG(verdict->rule->id), pv_state_name(verdict->outcome.state));
    if (placed && verdict->outcome.at.expected_here)
        pv_buf_append_text(out, " expected here");
    if (named && !append_subject(all, out, verdict))
        return false;
    append_due(out, expected, verdict);
    return true;
}

/* ---- where it stands ---- */

static size_t indentation_of(pv_str line) {
    size_t indent = 0;
    while (indent < line.size && line.data[indent] == ' ')
        indent++;
    return indent;
}

/* The marks of a place in a line: `# ^^^^ `, `# <- `. Where nothing can stand before the first character, and under
 * what has no width, an arrow. */
static void append_marks(const updating *all, pv_buf *out, pv_str line, size_t start, size_t end, bool is_here) {
    size_t column = pv_case_column(line, start);
    size_t count = is_here ? 1 : pv_case_column(line, end) - column;
    size_t indent = all->read->is_table ? 0 : indentation_of(line);
    size_t hash = indent < column ? indent : column > 2 ? column - 2 : 0;
    if (column == 0 || count == 0) {
        pv_buf_append_repeat(out, ' ', column);
        pv_buf_append_text(out, "# <- ");
        return;
    }
    pv_buf_append_repeat(out, ' ', hash);
    pv_buf_append_char(out, '#');
    pv_buf_append_repeat(out, ' ', column - hash - 1);
    pv_buf_append_repeat(out, '^', count);
    pv_buf_append_char(out, ' ');
}

/* The last line with expectations that point at a line of the file: where another may follow. */
static uint32_t last_about(const updating *all, uint32_t line) {
    while (line < all->read->file->line_count && all->placed[line])
        line++;
    return line;
}

static uint32_t last_filled_line(const pv_source *file) {
    size_t line = file->line_count;
    while (line > 1 && pv_source_line(file, (uint32_t)line).size == 0)
        line--;
    return (uint32_t)line;
}

static bool insert(updating *all, uint32_t after, pv_buf *text) {
    insertion *added = PV_ARRAY_ADD(all->arena, &all->insertions);
    if (!added)
        return pv_fail_memory(all->error);
    added->after = after;
    return keep(all, text, &added->text);
}

/* A finding, under its words; one in a file beside the case at its end, without a place. */
static bool insert_finding(updating *all, const pv_expectation *expected, const pv_verdict *verdict) {
    pv_buf text = pv_buf_on(pv_arena_memory(all->arena));
    const pv_place *at = &verdict->outcome.at;
    const pv_source *file = pv_source_part(all->submission, at->span.start);
    bool placed = verdict->outcome.has_at && file->base == 0;
    uint32_t line = last_filled_line(all->read->file);
    if (placed) {
        pv_position position = pv_source_locate(file, at->span.start);
        pv_str above = pv_source_line(file, position.line);
        size_t line_start = pv_source_line_start(file, position.line);
        pv_span words = pv_case_first_line(all->submission, at->span);
        append_marks(all, &text, above, at->span.start - line_start, words.end - line_start, at->expected_here);
        line = last_about(all, pv_case_position(all->read, position).line);
    } else {
        pv_buf_append_text(&text, "# ");
    }
    if (append_words(all, &text, expected, verdict, placed))
        return insert(all, line, &text);
    pv_buf_clear(&text);
    return false;
}

/* ---- lines that change ---- */

static bool is_at_its_place(const updating *all, const pv_expectation *expected, const pv_verdict *verdict) {
    const pv_place *at = &verdict->outcome.at;
    if (expected->place == PV_EXPECTED_ANYWHERE)
        return true;
    if (!verdict->outcome.has_at || at->expected_here != expected->expected_here ||
        at->span.start != expected->span.start)
        return false;
    return expected->expected_here || expected->place == PV_EXPECTED_START ||
           pv_case_first_line(all->submission, at->span).end == expected->span.end;
}

/* What a spreadsheet program has put behind a comment: the quote that closes it, and empty cells. */
static void append_cells(const updating *all, pv_buf *out, pv_str line) {
    size_t quote = line.size;
    while (quote > 0 && line.data[quote - 1] != '"')
        quote--;
    if (all->read->is_table && quote > 0 && pv_str_find(line, PV_STR("\"#"), 0) != SIZE_MAX)
        pv_buf_append(out, pv_str_slice(line, quote - 1, line.size));
}

/* The line with another state and day, everything before them as it stands. */
static bool reword(updating *all, const pv_expectation *expected, const pv_verdict *verdict) {
    pv_str line = pv_source_line(all->read->file, expected->line);
    size_t start = expected->at.start - pv_source_line_start(all->read->file, expected->line);
    pv_buf text = pv_buf_on(pv_arena_memory(all->arena));
    pv_buf_append(&text, pv_str_slice(line, 0, start));
    bool worded = append_words(all, &text, expected, verdict, expected->place != PV_EXPECTED_ANYWHERE);
    append_cells(all, &text, line);
    if (worded)
        return keep(all, &text, &all->edits[expected->line - 1].replaced);
    pv_buf_clear(&text);
    return false;
}

/* The line without a place: what passes now, or does not apply, is no finding to point at. */
static bool take_place_away(updating *all, const pv_expectation *expected, const pv_verdict *verdict) {
    pv_str line = pv_source_line(all->read->file, expected->line);
    pv_buf text = pv_buf_on(pv_arena_memory(all->arena));
    pv_buf_append(&text, pv_str_slice(line, 0, indentation_of(line)));
    pv_buf_append_text(&text, "# ");
    if (append_words(all, &text, expected, verdict, false))
        return keep(all, &text, &all->edits[expected->line - 1].replaced);
    pv_buf_clear(&text);
    return false;
}

static bool update_row(updating *all, const pv_case_row *row) {
    if (!row->expected)
        return insert_finding(all, NULL, row->actual);
    if (row->actual && is_at_its_place(all, row->expected, row->actual))
        return reword(all, row->expected, row->actual);
    if (row->actual && !is_finding(row->actual))
        return take_place_away(all, row->expected, row->actual);
    all->edits[row->expected->line - 1].removed = true;
    return !row->actual || insert_finding(all, row->expected, row->actual);
}

/* ---- the new file, and what differs ---- */

typedef struct composing {
    const updating *all;
    pv_buf text;
    PV_ARRAY(pv_case_line) lines;
    uint32_t shown; /* the last line that stays and was shown */
    bool failed;
} composing;

static void show(composing *out, char mark, uint32_t number, pv_str text) {
    pv_case_line *added = PV_ARRAY_ADD(out->all->arena, &out->lines);
    if (added)
        *added = (pv_case_line){mark, number, text};
    else
        out->failed = true;
}

/* The line that an expectation is about, once. */
static void show_context(composing *out, uint32_t line) {
    while (line > 1 && out->all->expects[line - 1])
        line--;
    if (out->shown != line && !out->all->expects[line - 1])
        show(out, ' ', line, pv_source_line(out->all->read->file, line));
    out->shown = line;
}

static void add_line(composing *out, pv_str text, pv_str line_break) {
    pv_buf_append(&out->text, text);
    pv_buf_append(&out->text, line_break);
}

static void add_insertions(composing *out, uint32_t line, pv_str line_break) {
    for (size_t i = 0; i < out->all->insertions.count; i++) {
        const insertion *each = &out->all->insertions.items[i];
        if (each->after != line)
            continue;
        show_context(out, line);
        show(out, '+', line, each->text);
        bool open = out->text.size > 0 && out->text.data[out->text.size - 1] != '\n';
        pv_str between = line_break.size > 0 ? line_break : PV_STR("\n");
        if (open)
            pv_buf_append(&out->text, between);
        add_line(out, each->text, open ? PV_STR("") : between);
    }
}

static void compose_line(composing *out, uint32_t line) {
    const pv_source *file = out->all->read->file;
    const line_edit *edit = &out->all->edits[line - 1];
    pv_str text = pv_source_line(file, line);
    size_t start = pv_source_line_start(file, line);
    size_t end = line < file->line_count ? pv_source_line_start(file, line + 1) : file->bytes.size;
    pv_str line_break = pv_str_slice(file->bytes, start + text.size, end);
    if (edit->removed || edit->replaced.data) {
        show_context(out, line);
        show(out, '-', line, text);
        if (edit->replaced.data) {
            show(out, '+', line, edit->replaced);
            add_line(out, edit->replaced, line_break);
        }
    } else {
        add_line(out, text, line_break);
    }
    add_insertions(out, line, line_break);
}

static bool compose(const updating *all, pv_case_update *update) {
    composing out = {.all = all, .text = pv_buf_on(pv_arena_memory(all->arena))};
    pv_str bytes = all->read->file->bytes;
    pv_buf_append(&out.text, pv_str_slice(bytes, 0, pv_source_line_start(all->read->file, 1)));
    for (uint32_t line = 1; line <= all->read->file->line_count; line++)
        compose_line(&out, line);
    bool failed = out.failed || out.text.failed;
    update->text = failed ? (pv_str){NULL, 0} : pv_arena_copy(all->arena, pv_buf_str(&out.text));
    update->lines = out.lines.items;
    update->line_count = out.lines.count;
    pv_buf_clear(&out.text);
    return update->text.data || pv_fail_memory(all->error);
}

static bool is_any_undecided(const pv_case_match *match) {
    for (size_t i = 0; i < match->row_count; i++)
        if (match->rows[i].actual && match->rows[i].actual->outcome.state == PV_STATE_NOT_CHECKED)
            return true;
    return false;
}

bool pv_case_update_make(pv_case_update *out, pv_arena *arena, const pv_case *read, const pv_source *submission,
                         const pv_results *results, const pv_case_match *match, pv_error *error) {
    updating all = {
        .arena = arena,
        .read = read,
        .submission = submission,
        .results = results,
        .edits = PV_NEW_ARRAY(arena, line_edit, read->file->line_count),
        .expects = PV_NEW_ARRAY(arena, bool, read->file->line_count + 1),
        .placed = PV_NEW_ARRAY(arena, bool, read->file->line_count + 1),
        .error = error,
    };
    *out = (pv_case_update){.refused = NULL};
    if (!all.edits || !all.expects || !all.placed)
        return pv_fail_memory(error);
    if (is_any_undecided(match)) {
        out->refused = "a rule could not be checked";
        out->undecided = true;
        return true;
    }
    for (size_t i = 0; i < read->expectation_count; i++) {
        all.expects[read->expectations[i].line - 1] = true;
        all.placed[read->expectations[i].line - 1] = read->expectations[i].place != PV_EXPECTED_ANYWHERE;
    }
    for (size_t i = 0; i < match->row_count; i++)
        if (!match->rows[i].met && !update_row(&all, &match->rows[i]))
            return false;
    return compose(&all, out);
}
