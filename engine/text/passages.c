#include "text/passages.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/set.h"

#define MOST_BETWEEN 12 /* words that differ inside one passage */

/* A word of the text that may belong to a passage. */
typedef struct passage_word {
    uint64_t hash;
    uint64_t window; /* of this word and the next `least` - 1; 0 where a block ends before */
    uint32_t token;
    uint32_t block;
} passage_word;

typedef struct passage_finder {
    pv_str text;
    const pv_token_list *tokens;
    const pv_marks *marks;
    pv_lines lines;
    passage_word *words;
    size_t count;
    size_t least;
    pv_buf found;
    pv_error *error;
} passage_finder;

/* ---- words ---- */

/* Whether what stands between two words parts cells of a table, as a text without marks has them; the blanks that
 * indent a line do not. */
static bool parts_cells(pv_str between) {
    size_t blanks = 0;
    bool indent = false;
    for (size_t i = 0; i < between.size; i++) {
        const char c = between.data[i];
        indent = c == '\n' || (indent && (c == ' ' || c == '\t'));
        blanks = c == ' ' && !indent ? blanks + 1 : 0;
        if (c == '|' || (c == '\t' && !indent) || blanks == 3)
            return true;
    }
    return false;
}

static bool is_apart(const pv_mark *mark) {
    return mark && mark->kind != PV_MARK_ITEM;
}

/* Gathers the words, with the block that each stands in. */
static void gather(passage_finder *finder) {
    const pv_line *lines = finder->lines.lines;
    size_t line = 0;
    uint32_t before = 0;
    uint32_t block = 1;
    const pv_mark *in = NULL;
    for (size_t i = 0; i < finder->tokens->count; i++) {
        const pv_span at = finder->tokens->tokens[i].at;
        while (line + 1 < finder->lines.count && lines[line].at.end <= at.start)
            line++;
        if (line >= finder->lines.count || lines[line].furniture || lines[line].contents)
            continue;
        const pv_mark *mark = pv_marks_at(finder->marks, at.start);
        if (mark && mark->kind == PV_MARK_CODE)
            continue;
        block += !finder->marks && parts_cells(pv_str_slice(finder->text, before, at.start));
        before = at.end;
        block += mark != in && (is_apart(mark) || is_apart(in));
        in = mark;
        finder->words[finder->count++] = (passage_word){
            .hash = finder->tokens->tokens[i].hash,
            .token = (uint32_t)i,
            .block = block,
        };
    }
}

/* Gives each word the hash of the words from it on, by one multiplication a word. */
static void roll(passage_finder *finder) {
    const size_t least = finder->least;
    uint64_t power = 1, rolling = 0;
    for (size_t i = 1; i < least; i++)
        power *= PV_SLOTS_SPREAD;
    for (size_t i = 0; i < finder->count; i++) {
        if (i >= least)
            rolling -= finder->words[i - least].hash * power;
        rolling = rolling * PV_SLOTS_SPREAD + finder->words[i].hash;
        if (i + 1 < least)
            continue;
        passage_word *first = &finder->words[i + 1 - least];
        if (first->block == finder->words[i].block)
            first->window = rolling ? rolling : 1;
    }
}

/* ---- passages ---- */

static bool is_window(const void *words, size_t position, const void *wanted) {
    return ((const passage_word *)words)[position].window == *(const uint64_t *)wanted;
}

/* How many words from later on are those from earlier on, in one block each, before the later ones begin. */
static size_t run_of(const passage_finder *finder, size_t earlier, size_t later) {
    const passage_word *words = finder->words;
    size_t run = 0;
    while (later + run < finder->count && earlier + run < later &&
           words[earlier + run].hash == words[later + run].hash && words[earlier + run].block == words[earlier].block &&
           words[later + run].block == words[later].block)
        run++;
    return run;
}

/* A passage by the numbers of its words. */
typedef struct word_run {
    size_t earlier, later, earlier_end, later_end, words;
} word_run;

static bool continues(const passage_finder *finder, const word_run *before, const word_run *run) {
    const passage_word *words = finder->words;
    return before->words > 0 && run->earlier >= before->earlier_end && run->earlier_end <= before->later &&
           run->earlier - before->earlier_end <= MOST_BETWEEN && run->later - before->later_end <= MOST_BETWEEN &&
           words[run->earlier].block == words[before->earlier].block &&
           words[run->later].block == words[before->later].block;
}

static void add(passage_finder *finder, const word_run *run) {
    if (run->words == 0)
        return;
    const pv_token *tokens = finder->tokens->tokens;
    const passage_word *words = finder->words;
    const pv_passage passage = {
        .at = {tokens[words[run->later].token].at.start, tokens[words[run->later_end - 1].token].at.end},
        .earlier = {tokens[words[run->earlier].token].at.start, tokens[words[run->earlier_end - 1].token].at.end},
        .words = run->words,
    };
    pv_gather_add(&finder->found, &passage, sizeof passage);
}

static bool find(passage_finder *finder, pv_arena *arena) {
    pv_set windows = pv_set_in(arena);
    word_run last = {0};
    for (size_t i = 0; i < finder->count;) {
        const uint64_t window = finder->words[i].window;
        size_t first = i;
        if (window != 0 && !pv_set_put(&windows, window, is_window, finder->words, &window, i, &first, finder->error))
            return false;
        const size_t run = first < i ? run_of(finder, first, i) : 0;
        if (run < finder->least) {
            i++;
            continue;
        }
        const word_run found = {first, i, first + run, i + run, run};
        if (continues(finder, &last, &found)) {
            last.earlier_end = found.earlier_end;
            last.later_end = found.later_end;
            last.words += run;
        } else {
            add(finder, &last);
            last = found;
        }
        i += run;
    }
    add(finder, &last);
    return true;
}

bool pv_passages_find(pv_arena *arena, pv_str text, const pv_token_list *tokens, const pv_marks *marks, size_t least,
                      pv_passages *out, pv_error *error) {
    passage_finder finder = {.text = text,
                             .tokens = tokens,
                             .marks = marks,
                             .words = PV_NEW_ARRAY(arena, passage_word, tokens->count),
                             .least = least > 0 ? least : 1,
                             .error = error};
    *out = (pv_passages){0};
    if (!finder.words)
        return pv_fail_memory(error);
    if (!pv_lines_find(arena, text, &finder.lines, error))
        return false;
    gather(&finder);
    roll(&finder);
    finder.found = pv_gather_start(arena);
    const bool done = find(&finder, arena);
    out->passages = pv_gather_finish(&finder.found, arena, sizeof *out->passages, &out->count, error);
    return done && out->passages;
}
