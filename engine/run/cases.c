#include "run/cases.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/message.h"

#define STATES_EXPECTED ((size_t)4)

/* What the comment on a line is. */
typedef enum comment_kind {
    COMMENT_NONE, /* the line is no comment, or one that is only read by people */
    COMMENT_RULES,
    COMMENT_DAY,
    COMMENT_CARETS,
    COMMENT_START,
    COMMENT_PLACELESS,
} comment_kind;

typedef struct comment {
    comment_kind kind;
    pv_str line;    /* all of it */
    size_t hash;    /* where its "#" stands */
    size_t mark;    /* where what follows the "#" and blanks begins */
    size_t content; /* of an expectation: after the marks and blanks */
} comment;

typedef struct case_reader {
    const pv_source *file;
    pv_arena *arena;
    pv_error *error;
    pv_buf bytes;
    uint32_t *lines;
    size_t line_count;
    pv_expectation *expectations;
    size_t expectation_count;
    bool in_header; /* nothing but comments and blank lines so far */
    bool is_table;
    bool in_quotes; /* of a cell of a table that goes on */
    size_t shift;   /* of the comment at hand: bytes of its line before it */
    PV_ARRAY(pv_case_rules) rules;
    pv_str as_of_text;
    pv_date as_of;
    /* The last line that was kept: what carets stand under. */
    pv_str above;
    size_t above_start; /* in bytes */
} case_reader;

/* ---- lines ---- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(pv_str line, size_t at) {
    while (at < line.size && is_blank(line.data[at]))
        at++;
    return at;
}

static size_t skip_name(pv_str line, size_t at) {
    while (at < line.size && !is_blank(line.data[at]) && line.data[at] != ':')
        at++;
    return at;
}

static pv_str rest_of(pv_str line, size_t at) {
    return pv_str_trim(pv_str_slice(line, at, line.size));
}

static const char *state_name(size_t index) {
    return pv_state_name((pv_state)index);
}

static bool find_state(pv_str name, pv_state *out) {
    for (size_t i = 0; i < STATES_EXPECTED; i++)
        if (pv_str_equal(name, pv_str_from(state_name(i)))) {
            *out = (pv_state)i;
            return true;
        }
    return false;
}

/* "ipp1.word-limit: …", and "plain: fail". Prose like "Note: the county …" is neither. */
static bool names_rule(pv_str line, size_t at) {
    size_t end = skip_name(line, at);
    if (end == at || end == line.size || line.data[end] != ':')
        return false;
    if (end + 1 < line.size && !is_blank(line.data[end + 1]))
        return false;
    pv_str name = pv_str_slice(line, at, end);
    bool letter = ((unsigned char)name.data[0] | 0x20) >= 'a' && ((unsigned char)name.data[0] | 0x20) <= 'z';
    bool dotted = pv_str_find(name, PV_STR("."), 0) != SIZE_MAX && name.data[name.size - 1] != '.';
    size_t word = skip_blanks(line, end + 1);
    pv_state state;
    return letter && (dotted || find_state(pv_str_slice(line, word, skip_name(line, word)), &state));
}

static comment comment_of(pv_str line) {
    comment found = {.line = line, .hash = skip_blanks(line, 0)};
    if (found.hash == line.size || line.data[found.hash] != '#')
        return found;
    found.mark = found.content = skip_blanks(line, found.hash + 1);
    pv_str rest = rest_of(line, found.mark);
    if (pv_str_starts_with(rest, PV_STR("rules:"))) {
        found.kind = COMMENT_RULES;
        found.content = skip_blanks(line, found.mark + strlen("rules:"));
    } else if (pv_str_starts_with(rest, PV_STR("as-of:"))) {
        found.kind = COMMENT_DAY;
        found.content = skip_blanks(line, found.mark + strlen("as-of:"));
    } else if (pv_str_starts_with(rest, PV_STR("^"))) {
        found.kind = COMMENT_CARETS;
        while (found.content < line.size && line.data[found.content] == '^')
            found.content++;
    } else if (pv_str_starts_with(rest, PV_STR("<-"))) {
        found.kind = COMMENT_START;
        found.content = found.mark + strlen("<-");
    } else if (names_rule(line, found.mark)) {
        found.kind = COMMENT_PLACELESS;
    }
    return found;
}

/* ---- places ---- */

/* A span of a line of the file, for an error. */
static pv_span in_file(const case_reader *reader, uint32_t line, size_t start, size_t end) {
    size_t base = pv_source_line_start(reader->file, line) + reader->shift;
    return (pv_span){(uint32_t)(base + start), (uint32_t)(base + end)};
}

/* Tabs and other control characters take one column, in the line and under it. */
static size_t columns_at(pv_str line, size_t at, size_t *size) {
    uint32_t code_point = pv_utf8_decode(line, at, size);
    return code_point < ' ' ? 1 : pv_utf8_columns(pv_str_slice(line, at, at + *size));
}

size_t pv_case_column(pv_str line, size_t end) {
    size_t columns = 0;
    size_t size;
    for (size_t at = 0; at < end; at += size)
        columns += columns_at(line, at, &size);
    return columns;
}

/* The byte of line at this column, after marks that join the character before; false when the line is shorter, or the
 * column lies inside a wide character. */
static bool find_column(pv_str line, size_t column, size_t *out) {
    size_t columns = 0;
    size_t size;
    size_t at = 0;
    for (; at < line.size; at += size) {
        size_t width = columns_at(line, at, &size);
        if (columns >= column && width > 0)
            break;
        columns += width;
    }
    *out = at;
    return columns == column;
}

static bool fail_under_nothing(const case_reader *reader, uint32_t line, const comment *found, size_t mark_end) {
    return pv_fail_at(reader->error, PV_ERROR_SHAPE, in_file(reader, line, found->mark, mark_end),
                      "%s under nothing: they mark words of the line above, which ends before",
                      found->kind == COMMENT_START ? "the arrow stands" : "the carets stand");
}

/* The words of the line above that the carets stand under, or the one place where something should have stood. */
static bool place_carets(const case_reader *reader, uint32_t line, const comment *found, pv_expectation *out) {
    size_t mark_end = found->mark;
    while (mark_end < found->line.size && found->line.data[mark_end] == '^')
        mark_end++;
    size_t count = mark_end - found->mark;
    size_t column = pv_case_column(found->line, found->mark);
    size_t start;
    size_t end;
    if (out->expected_here && count > 1)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, in_file(reader, line, found->mark, mark_end),
                          "something missing is expected at one place: write one caret, not %zu", count);
    if (!find_column(reader->above, column, &start) ||
        !find_column(reader->above, column + (out->expected_here ? 0 : count), &end))
        return fail_under_nothing(reader, line, found, mark_end);
    if (!out->expected_here && pv_str_trim(pv_str_slice(reader->above, start, end)).size == 0)
        return fail_under_nothing(reader, line, found, mark_end);
    out->place = PV_EXPECTED_WORDS;
    out->span = (pv_span){(uint32_t)(reader->above_start + start), (uint32_t)(reader->above_start + end)};
    return true;
}

/* The character above the "#" itself, which carets cannot mark. */
static bool place_start(const case_reader *reader, uint32_t line, const comment *found, pv_expectation *out) {
    size_t start;
    if (!find_column(reader->above, pv_case_column(found->line, found->hash), &start) ||
        (start == reader->above.size && !out->expected_here))
        return fail_under_nothing(reader, line, found, found->mark + strlen("<-"));
    out->place = PV_EXPECTED_START;
    out->span.start = out->span.end = (uint32_t)(reader->above_start + start);
    return true;
}

static bool place(const case_reader *reader, uint32_t line, const comment *found, pv_expectation *out) {
    if (found->kind == COMMENT_PLACELESS && out->expected_here)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, out->at,
                          "\"expected here\" needs a caret under the place where it is expected");
    if (found->kind == COMMENT_PLACELESS)
        return true;
    if (!reader->above.data)
        return fail_under_nothing(reader, line, found, found->mark + 1);
    return found->kind == COMMENT_CARETS ? place_carets(reader, line, found, out)
                                         : place_start(reader, line, found, out);
}

/* ---- expectations ---- */

static bool fail_malformed(const case_reader *reader, pv_span at) {
    return pv_fail_at(reader->error, PV_ERROR_SHAPE, at,
                      "an expectation is written RULE: STATE, then \"expected here\", \"for SUBJECT\" or \"due "
                      "2022-07-01\" where it is so");
}

static bool read_state(const case_reader *reader, pv_str word, pv_span at, pv_expectation *out) {
    pv_str names[STATES_EXPECTED];
    if (find_state(word, &out->state))
        return true;
    for (size_t i = 0; i < STATES_EXPECTED; i++)
        names[i] = pv_str_from(state_name(i));
    return pv_fail_at(reader->error, PV_ERROR_SHAPE, at, "no state '%s' can be expected%s", pv_message_quote(word).text,
                      pv_message_hint(word, names, STATES_EXPECTED).text);
}

/* Takes "due 2022-07-01" off the end of rest, where the last word but one is "due". */
static bool read_due(const case_reader *reader, pv_str *rest, pv_span at, pv_expectation *out) {
    static const pv_str due = {"due ", sizeof "due " - 1};
    size_t day = rest->size;
    while (day > 0 && !is_blank(rest->data[day - 1]))
        day--;
    pv_str before = pv_str_slice(*rest, 0, day);
    if (!pv_str_ends_with(before, due) ||
        (before.size > due.size && !is_blank(before.data[before.size - due.size - 1])))
        return true;
    out->has_due = true;
    if (!pv_date_parse(pv_str_slice(*rest, day, rest->size), &out->due))
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, at, "\"due\" is followed by a day: %s",
                          pv_date_fault(pv_str_slice(*rest, day, rest->size)));
    *rest = pv_str_trim(pv_str_slice(before, 0, before.size - due.size));
    return true;
}

/* What may follow the state. */
static bool read_rest(const case_reader *reader, pv_str rest, pv_span at, pv_expectation *out) {
    static const pv_str here = {"expected here", sizeof "expected here" - 1};
    if (!read_due(reader, &rest, at, out))
        return false;
    if (pv_str_starts_with(rest, here)) {
        out->expected_here = true;
        rest = pv_str_trim(pv_str_slice(rest, here.size, rest.size));
    }
    if (pv_str_starts_with(rest, PV_STR("for "))) {
        out->subject = rest_of(rest, strlen("for "));
        rest = pv_str_slice(rest, 0, 0);
    }
    return rest.size == 0 || fail_malformed(reader, at);
}

static bool read_expectation(case_reader *reader, uint32_t line, const comment *found) {
    pv_str text = found->line;
    size_t rule = skip_blanks(text, found->content);
    size_t rule_end = skip_name(text, rule);
    pv_expectation *out = &reader->expectations[reader->expectation_count++];
    *out = (pv_expectation){.line = line, .at = in_file(reader, line, rule, rule_end)};
    if (rule_end == rule || rule_end == text.size || text.data[rule_end] != ':')
        return fail_malformed(reader, in_file(reader, line, found->hash, text.size));
    out->rule = pv_str_slice(text, rule, rule_end);
    size_t state = skip_blanks(text, rule_end + 1);
    size_t state_end = skip_name(text, state);
    return read_state(reader, pv_str_slice(text, state, state_end), in_file(reader, line, state, state_end), out) &&
           read_rest(reader, rest_of(text, state_end), in_file(reader, line, state_end, text.size), out) &&
           place(reader, line, found, out);
}

static bool read_rules(case_reader *reader, uint32_t line, const comment *found) {
    pv_span at = in_file(reader, line, found->mark, found->line.size);
    pv_case_rules *added = PV_ARRAY_ADD(reader->arena, &reader->rules);
    if (!added)
        return pv_fail_memory(reader->error);
    *added = (pv_case_rules){rest_of(found->line, found->content), at};
    return added->pattern.size > 0 ||
           pv_fail_at(reader->error, PV_ERROR_SHAPE, at, "\"rules:\" is followed by a pattern, as in ipp1.word-*");
}

static bool read_day(case_reader *reader, uint32_t line, const comment *found) {
    pv_span at = in_file(reader, line, found->mark, found->line.size);
    if (reader->as_of_text.size > 0)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, at, "the day that the case is judged by is named twice");
    reader->as_of_text = rest_of(found->line, found->content);
    return pv_date_parse(reader->as_of_text, &reader->as_of) ||
           pv_fail_at(reader->error, PV_ERROR_SHAPE, at, "\"as-of:\" is followed by a day: %s",
                      pv_date_fault(reader->as_of_text));
}

static bool read_header(case_reader *reader, uint32_t line, const comment *found) {
    switch (found->kind) {
    case COMMENT_RULES:
        return read_rules(reader, line, found);
    case COMMENT_DAY:
        return read_day(reader, line, found);
    default:
        return true;
    }
}

static void keep_line(case_reader *reader, uint32_t line, pv_str text) {
    size_t start = pv_source_line_start(reader->file, line);
    size_t end = pv_source_line_start(reader->file, line + 1);
    reader->above = text;
    reader->above_start = reader->bytes.size;
    reader->lines[reader->line_count++] = line;
    pv_buf_append(&reader->bytes, pv_str_slice(reader->file->bytes, start, end));
}

/* What a spreadsheet program makes of a comment when it writes the table: a byte order mark before it, quotes around
 * it, and empty cells behind it. Blanks stand where they stood, so that columns stay. */
static pv_str written_comment(pv_str text) {
    static const char separators[] = {',', ';', '\t', '|'};
    size_t start = pv_utf8_mark_size(text);
    size_t end = text.size;
    while (end > start && memchr(separators, text.data[end - 1], sizeof separators))
        end--;
    bool quoted =
        end > start + 2 && text.data[start] == '"' && text.data[start + 1] == '#' && text.data[end - 1] == '"';
    if (quoted && pv_str_find(pv_str_slice(text, start + 1, end - 1), PV_STR("\""), 0) == SIZE_MAX)
        return pv_str_slice(text, start + 1, end - 1);
    bool is_comment = start < end && text.data[start] == '#';
    return is_comment ? pv_str_slice(text, start, end) : text;
}

/* Whether a cell is open at the end of a line that one of a table is kept as. */
static void follow_quotes(case_reader *reader, pv_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '"')
            reader->in_quotes = !reader->in_quotes;
}

static bool read_line(case_reader *reader, uint32_t line) {
    pv_str text = pv_source_line(reader->file, line);
    pv_str written = reader->is_table ? written_comment(text) : text;
    comment found = comment_of(written);
    reader->shift = (size_t)(written.data - text.data);
    bool expects = found.kind >= COMMENT_CARETS;
    if (expects)
        return read_expectation(reader, line, &found);
    bool is_comment = found.hash < written.size && written.data[found.hash] == '#';
    reader->in_header = reader->in_header && (is_comment || found.hash == written.size);
    if (!reader->is_table || !is_comment || found.hash > 0 || reader->in_quotes) {
        keep_line(reader, line, text);
        follow_quotes(reader, text);
    }
    return !reader->in_header || read_header(reader, line, &found);
}

/* "{a,b}" of several lines; empty of none. */
static pv_str join_rules(pv_arena *arena, const pv_case_rules *lines, size_t count) {
    pv_buf joined = pv_buf_on(pv_arena_memory(arena));
    if (count == 1)
        return lines->pattern;
    for (size_t i = 0; i < count; i++) {
        pv_buf_append_char(&joined, i == 0 ? '{' : ',');
        pv_buf_append(&joined, lines[i].pattern);
    }
    pv_buf_append_text(&joined, count > 0 ? "}" : "");
    pv_str kept = joined.failed ? (pv_str){NULL, 0} : pv_arena_copy(arena, pv_buf_str(&joined));
    pv_buf_clear(&joined);
    return kept;
}

bool pv_case_read(pv_case *out, pv_arena *arena, const pv_source *file, bool is_table, pv_error *error) {
    case_reader reader = {
        .is_table = is_table,
        .file = file,
        .arena = arena,
        .error = error,
        .bytes = pv_buf_on(pv_arena_memory(arena)),
        .lines = PV_NEW_ARRAY(arena, uint32_t, file->line_count),
        .expectations = PV_NEW_ARRAY(arena, pv_expectation, file->line_count),
        .in_header = true,
    };
    if (!reader.lines || !reader.expectations)
        return pv_fail_memory(error);
    bool read = true;
    for (size_t line = 1; read && line <= file->line_count; line++)
        read = read_line(&reader, (uint32_t)line);
    pv_str bytes = {NULL, 0};
    if (read && !reader.bytes.failed)
        bytes = pv_arena_copy(arena, pv_buf_str(&reader.bytes));
    pv_buf_clear(&reader.bytes);
    pv_str rules = join_rules(arena, reader.rules.items, reader.rules.count);
    if (!read || !bytes.data || !rules.data)
        return read ? pv_fail_memory(error) : false;
    *out = (pv_case){
        .file = file,
        .bytes = bytes,
        .is_table = is_table,
        .lines = reader.lines,
        .line_count = reader.line_count,
        .rules = rules,
        .rule_lines = reader.rules.items,
        .rule_line_count = reader.rules.count,
        .has_as_of = reader.as_of_text.size > 0,
        .as_of = reader.as_of,
        .as_of_text = reader.as_of_text,
        .expectations = reader.expectations,
        .expectation_count = reader.expectation_count,
    };
    return true;
}

pv_position pv_case_position(const pv_case *read, pv_position in_bytes) {
    if (in_bytes.line == 0 || in_bytes.line > read->line_count)
        return in_bytes;
    return (pv_position){read->lines[in_bytes.line - 1], in_bytes.column};
}

/* ---- the rules it names ---- */

bool pv_case_check_rules(const pv_case *read, const pv_pack *pack, pv_error *error) {
    for (size_t i = 0; i < read->rule_line_count; i++)
        if (pv_run_selected(pack, read->rule_lines[i].pattern) == 0)
            return pv_fail_at(error, PV_ERROR_NOT_FOUND, read->rule_lines[i].at, "no rule's id fits '%s'",
                              pv_message_quote(read->rule_lines[i].pattern).text);
    for (size_t i = 0; i < read->expectation_count; i++) {
        const pv_expectation *expected = &read->expectations[i];
        const pv_rule *rule = pv_rule_find(pack->ruleset, expected->rule);
        if (!rule && !pv_rule_require(pack->ruleset, expected->rule, expected->at, error))
            return false;
        if (rule && !pv_run_selects(read->rules, rule))
            return pv_fail_at(error, PV_ERROR_SHAPE, expected->at, "the case does not look at %s: its rules are '%s'",
                              pv_message_quote(expected->rule).text, pv_message_quote(read->rules).text);
    }
    return true;
}

/* ---- held against verdicts ---- */

typedef struct matching {
    pv_arena *arena;
    const pv_source *submission;
    const pv_results *results;
    pv_str rule_pattern;
    bool *taken; /* one per verdict: it stands in a row */
    pv_case_row *rows;
    size_t row_count;
} matching;

/* ---- one expectation, one verdict ---- */

pv_span pv_case_first_line(const pv_source *source, pv_span span) {
    const pv_source *file = pv_source_part(source, span.start);
    const pv_parts parts = pv_source_parts(file, span);
    uint32_t line = pv_source_line_at(file, span.start);
    size_t line_end = pv_source_line_start(file, line) + pv_source_line(file, line).size;
    span = pv_parts_at(&parts, 0);
    span.end = span.end > line_end ? (uint32_t)line_end : span.end;
    pv_str words = pv_source_slice(file, span);
    while (words.size > 0 && (words.data[words.size - 1] == ' ' || words.data[words.size - 1] == '\t'))
        words.size--;
    return (pv_span){span.start, span.start + (uint32_t)words.size};
}

static bool is_placed(const matching *all, const pv_expectation *expected, const pv_verdict *verdict) {
    if (expected->place == PV_EXPECTED_ANYWHERE)
        return true;
    if (!verdict->outcome.has_at || verdict->outcome.at.expected_here != expected->expected_here)
        return false;
    if (expected->expected_here || expected->place == PV_EXPECTED_START)
        return verdict->outcome.at.span.start == expected->span.start;
    pv_span words = pv_case_first_line(all->submission, verdict->outcome.at.span);
    return words.start == expected->span.start && words.end == expected->span.end;
}

static bool is_about(const matching *all, const pv_expectation *expected, const pv_verdict *verdict, bool *same,
                     pv_error *error) {
    *same = expected->subject.size == 0;
    if (*same)
        return true;
    pv_str name = pv_subject_name(&verdict->subject, all->arena);
    *same = name.data && pv_str_equal(name, expected->subject);
    return name.data || pv_fail_memory(error);
}

static bool same_rule(const pv_expectation *expected, const pv_verdict *verdict) {
    return pv_str_equal(expected->rule, verdict->rule->id);
}

static bool is_due(const pv_expectation *expected, const pv_verdict *verdict) {
    return !expected->has_due ||
           (verdict->outcome.has_due && pv_date_compare(verdict->outcome.due, expected->due) == 0);
}

static bool meets(const matching *all, const pv_expectation *expected, const pv_verdict *verdict, bool *out,
                  pv_error *error) {
    *out = same_rule(expected, verdict) && expected->state == verdict->outcome.state &&
           is_placed(all, expected, verdict) && is_due(expected, verdict);
    return !*out || is_about(all, expected, verdict, out, error);
}

/* ---- pairs ---- */

/* What says more chooses first, so that what says less is met by what is left. */
static unsigned precision_of(const pv_expectation *expected) {
    return (expected->place != PV_EXPECTED_ANYWHERE ? 2U : 0U) + (expected->subject.size > 0 ? 1U : 0U);
}

static void add_row(matching *all, const pv_expectation *expected, size_t verdict, bool met) {
    const pv_verdict *actual = verdict == SIZE_MAX ? NULL : &all->results->verdicts[verdict];
    all->rows[all->row_count++] = (pv_case_row){expected, actual, met};
    if (actual)
        all->taken[verdict] = true;
}

static bool meet(matching *all, const pv_expectation *expected, bool *met, pv_error *error) {
    *met = false;
    for (size_t i = 0; i < all->results->verdict_count; i++) {
        if (all->taken[i])
            continue;
        if (!meets(all, expected, &all->results->verdicts[i], met, error))
            return false;
        if (*met) {
            add_row(all, expected, i, true);
            return true;
        }
    }
    return true;
}

static bool is_on_one_line(const pv_source *source, uint32_t a, uint32_t b) {
    return pv_source_part(source, a) == pv_source_part(source, b) &&
           pv_source_locate(source, a).line == pv_source_locate(source, b).line;
}

/* How much a verdict of the rule, on the subject where one is named, tells about an expectation that none meets; 0:
 * nothing. */
static bool nearness(const matching *all, const pv_expectation *expected, const pv_verdict *verdict, unsigned *out,
                     pv_error *error) {
    bool same = false;
    *out = 0;
    if (!same_rule(expected, verdict))
        return true;
    if (!is_about(all, expected, verdict, &same, error))
        return false;
    if (!same)
        return true;
    bool same_line = expected->place != PV_EXPECTED_ANYWHERE &&
                     is_on_one_line(all->submission, verdict->outcome.at.span.start, expected->span.start);
    *out = 1U + (verdict->outcome.state != PV_STATE_NOT_APPLICABLE ? 1U : 0U) +
           (pv_state_is_finding(verdict->outcome.state) ? 2U : 0U) + (same_line ? 4U : 0U);
    return true;
}

static bool add_unmet(matching *all, const pv_expectation *expected, pv_error *error) {
    size_t best = SIZE_MAX;
    unsigned best_nearness = 0;
    for (size_t i = 0; i < all->results->verdict_count; i++) {
        unsigned near = 0;
        if (all->taken[i])
            continue;
        if (!nearness(all, expected, &all->results->verdicts[i], &near, error))
            return false;
        if (near > best_nearness) {
            best = i;
            best_nearness = near;
        }
    }
    add_row(all, expected, best, false);
    return true;
}

static bool is_selected(const matching *all, const pv_expectation *expected) {
    const pv_rule rule = {.id = expected->rule};
    return pv_run_selects(all->rule_pattern, &rule);
}

static bool pair_expectations(matching *all, const pv_case *read, pv_error *error) {
    bool *met = PV_NEW_ARRAY(all->arena, bool, read->expectation_count);
    if (!met)
        return pv_fail_memory(error);
    for (unsigned precision = 4; precision-- > 0;)
        for (size_t i = 0; i < read->expectation_count; i++) {
            const pv_expectation *expected = &read->expectations[i];
            if (precision_of(expected) == precision && is_selected(all, expected) &&
                !meet(all, expected, &met[i], error))
                return false;
        }
    for (size_t i = 0; i < read->expectation_count; i++)
        if (!met[i] && is_selected(all, &read->expectations[i]) && !add_unmet(all, &read->expectations[i], error))
            return false;
    return true;
}

static void add_unexpected(matching *all) {
    for (size_t i = 0; i < all->results->verdict_count; i++) {
        const pv_verdict *verdict = &all->results->verdicts[i];
        if (!all->taken[i] && pv_state_is_finding(verdict->outcome.state) &&
            pv_run_selects(all->rule_pattern, verdict->rule))
            add_row(all, NULL, i, false);
    }
}

/* ---- order ---- */

/* Rows without any place come last. */
static uint32_t place_of(const pv_case_row *row) {
    if (row->expected && row->expected->place != PV_EXPECTED_ANYWHERE)
        return row->expected->span.start;
    return row->actual ? row->actual->outcome.at.span.start : UINT32_MAX;
}

static uint32_t line_of(const pv_case_row *row) {
    return row->expected ? row->expected->line : 0;
}

static int compare_rows(const void *left, const void *right) {
    const pv_case_row *a = left;
    const pv_case_row *b = right;
    uint32_t keys[3][2] = {
        {place_of(a), place_of(b)},
        {line_of(a), line_of(b)},
        {a->actual ? a->actual->order : 0, b->actual ? b->actual->order : 0},
    };
    for (size_t i = 0; i < 3; i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return 0;
}

bool pv_case_compare(pv_case_match *out, pv_arena *arena, const pv_case *read, const pv_source *submission,
                     const pv_results *results, pv_str rule_pattern, pv_error *error) {
    matching all = {
        .arena = arena,
        .submission = submission,
        .results = results,
        .rule_pattern = rule_pattern,
        .taken = PV_NEW_ARRAY(arena, bool, results->verdict_count),
        .rows = PV_NEW_ARRAY(arena, pv_case_row, read->expectation_count + results->verdict_count),
    };
    if (!all.taken || !all.rows)
        return pv_fail_memory(error);
    if (!pair_expectations(&all, read, error))
        return false;
    add_unexpected(&all);
    if (all.row_count > 1)
        qsort(all.rows, all.row_count, sizeof *all.rows, compare_rows);
    *out = (pv_case_match){.rows = all.rows, .row_count = all.row_count};
    for (size_t i = 0; i < all.row_count; i++)
        out->differences += !all.rows[i].met;
    return true;
}
