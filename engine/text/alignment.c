#include "text/alignment.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/set.h"
#include "text/key_words_p.h"

#define FULL_WEIGHT 840u /* a multiple of 1 to 8 */
#define MOST_HEADINGS 8u
#define SHARE_OF_NAME 6000u /* hundredths of a percent */
#define SHARE_OF_TITLE 4000u
#define BODY_FIRST 5000u
#define BODY_LATER 4000u
#define BODY_ONE_WORD 2000u /* less, when the name is a single word */

const char *pv_alignment_how_name(pv_alignment_how how) {
    static const char *const names[] = {"heading", "heading words", "body", "list"};
    return names[how];
}

/* ---- what words weigh ---- */

/* In how many headings a word stands. */
typedef struct word_use {
    uint64_t key;
    uint32_t headings;
    uint32_t last; /* the last heading counted, + 1 */
} word_use;

typedef struct aligner {
    pv_arena *arena;
    pv_str text;
    const pv_heading_list *headings;
    pv_key_words *titles; /* per heading */
    bool *contents;       /* per heading: a table of contents */
    pv_key_words *names;
    const pv_align_name *given;
    size_t name_count;
    word_use *uses;
    size_t mask;
    pv_row_alignments *rows;
    pv_name_chains chains;
} aligner;

static word_use *use_of(const aligner *align, uint64_t key) {
    size_t slot = pv_slots_first(key, align->mask);
    while (align->uses[slot].headings > 0 && align->uses[slot].key != key)
        slot = pv_slots_next(slot, align->mask);
    return &align->uses[slot];
}

static uint64_t weight_of(const aligner *align, uint64_t key) {
    uint32_t headings = use_of(align, key)->headings;
    return FULL_WEIGHT / (headings < 1 ? 1 : headings > MOST_HEADINGS ? MOST_HEADINGS : headings);
}

static bool count_uses(aligner *align, pv_error *error) {
    size_t words = 0;
    for (size_t i = 0; i < align->headings->count; i++)
        words += align->titles[i].count;
    size_t capacity = pv_slots_capacity(words);
    align->uses = PV_NEW_ARRAY(align->arena, word_use, capacity);
    align->mask = capacity - 1;
    if (!align->uses)
        return pv_fail_memory(error);
    for (size_t i = 0; i < align->headings->count; i++)
        for (size_t j = 0; j < align->titles[i].count; j++) {
            uint64_t key = align->titles[i].words[j].key;
            word_use *use = use_of(align, key);
            use->key = key;
            use->headings += use->last != i + 1;
            use->last = (uint32_t)i + 1;
        }
    return true;
}

/* ---- keeping the best ---- */

static bool better(const pv_alignment *a, const pv_alignment *b) {
    return a->confidence != b->confidence ? a->confidence > b->confidence : a->part < b->part;
}

static bool is_of_heading(const pv_alignment *found) {
    return found->how == PV_ALIGNMENT_HEADING || found->how == PV_ALIGNMENT_WORDS;
}

void pv_alignment_offer(pv_row_alignments *row, const pv_alignment *found, bool bodies_apart) {
    size_t at = 0;
    while (at < row->count && (row->best[at].part != found->part ||
                               (bodies_apart && is_of_heading(&row->best[at]) != is_of_heading(found))))
        at++;
    if (at < row->count && !better(found, &row->best[at]))
        return;
    if (at == PV_ALIGNMENTS_A_ROW) {
        if (!better(found, &row->best[at - 1]))
            return;
        at--;
    }
    if (at == row->count)
        row->count++;
    while (at > 0 && better(found, &row->best[at - 1])) {
        row->best[at] = row->best[at - 1];
        at--;
    }
    row->best[at] = *found;
}

/* ---- headings ---- */

/* The weight of the different words of list; *common: of those that other has too. */
static uint64_t weigh(const aligner *align, const pv_key_words *list, const pv_key_words *other, uint64_t *common) {
    uint64_t total = 0;
    *common = 0;
    for (size_t i = 0; i < list->count; i++) {
        uint64_t key = list->words[i].key;
        if (pv_key_words_hold(list, key, i))
            continue;
        uint64_t weight = weight_of(align, key);
        total += weight;
        if (pv_key_words_hold(other, key, other->count))
            *common += weight;
    }
    return total;
}

static void hold_title(aligner *align, size_t part, size_t name) {
    const pv_key_words *title = &align->titles[part], *wanted = &align->names[name];
    uint64_t common, shared;
    uint64_t of_name = weigh(align, wanted, title, &common);
    uint64_t of_title = weigh(align, title, wanted, &shared);
    if (common == 0 || of_name == 0 || of_title == 0)
        return;
    uint64_t confidence =
        (SHARE_OF_NAME * common * of_title + SHARE_OF_TITLE * shared * of_name) / (of_name * of_title);
    if (confidence < PV_ALIGNMENT_LEAST)
        return;
    const pv_alignment found = {
        .part = part,
        .name = name,
        .how = confidence == PV_ALIGNMENT_CERTAIN ? PV_ALIGNMENT_HEADING : PV_ALIGNMENT_WORDS,
        .confidence = (unsigned)confidence,
        .at = align->headings->headings[part].at,
    };
    pv_alignment_offer(&align->rows[align->given[name].row], &found, false);
}

/* ---- bodies ---- */

/* Where the first paragraph of a body ends: at a blank line, or, in a text that is not laid out, at the end of its
 * line. */
static uint32_t first_paragraph_end(const aligner *align, pv_span body) {
    bool laid_out = align->headings->lines.laid_out;
    for (uint32_t i = body.start; i < body.end; i++) {
        if (align->text.data[i] != '\n')
            continue;
        uint32_t next = i + 1;
        while (next < body.end && (align->text.data[next] == ' ' || align->text.data[next] == '\r'))
            next++;
        if (!laid_out || (next < body.end && align->text.data[next] == '\n'))
            return i;
    }
    return body.end;
}

static void search_body(aligner *align, size_t part, const pv_key_words *body) {
    uint32_t first_end = first_paragraph_end(align, align->headings->headings[part].own);
    for (size_t i = 0; i < body->count; i++)
        for (size_t name = pv_name_chains_first(&align->chains, body, i); name < align->name_count;
             name = pv_name_chains_next(&align->chains, body, i, name)) {
            const pv_key_words *wanted = &align->names[name];
            pv_span at = {body->words[i].at.start, body->words[i + wanted->count - 1].at.end};
            const pv_alignment found = {
                .part = part,
                .name = name,
                .how = PV_ALIGNMENT_BODY,
                .confidence =
                    (at.end <= first_end ? BODY_FIRST : BODY_LATER) - (wanted->count == 1 ? BODY_ONE_WORD : 0),
                .at = at,
            };
            pv_alignment_offer(&align->rows[align->given[name].row], &found, false);
        }
}

/* ---- all of it ---- */

static bool read_titles(aligner *align, const pv_token_list *tokens, pv_error *error) {
    size_t count = align->headings->count, from = 0;
    align->titles = PV_NEW_ARRAY(align->arena, pv_key_words, count);
    align->contents = PV_NEW_ARRAY(align->arena, bool, count);
    if (!align->titles || !align->contents)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        pv_span at = align->headings->headings[i].title;
        pv_token_list title = pv_tokens_in(tokens, &from, at);
        align->contents[i] = pv_is_contents_title(pv_str_slice(align->text, at.start, at.end));
        if (!pv_key_words_of(align->arena, align->text, title.tokens, title.count, &align->titles[i], error))
            return false;
    }
    return true;
}

static bool read_names(aligner *align, pv_error *error) {
    align->names = PV_NEW_ARRAY(align->arena, pv_key_words, align->name_count);
    if (!align->names)
        return pv_fail_memory(error);
    for (size_t i = 0; i < align->name_count; i++) {
        pv_str name = align->given[i].name;
        if (!pv_key_words_find(align->arena, name, &align->names[i], error))
            return false;
        if (align->names[i].count == 0)
            return pv_fail(error, PV_ERROR_SHAPE, "there is no word in the name \"%.*s\" that a part is looked for by",
                           PV_STR_ARG(name));
    }
    return true;
}

static bool within_limits(const aligner *align, pv_error *error) {
    size_t titles = 0, names = 0;
    for (size_t i = 0; i < align->headings->count; i++)
        titles += align->titles[i].count;
    for (size_t i = 0; i < align->name_count; i++)
        names += align->names[i].count;
    if (titles < PV_ALIGNMENT_STEPS_MAX && names < PV_ALIGNMENT_STEPS_MAX &&
        (names == 0 || titles <= PV_ALIGNMENT_STEPS_MAX / names))
        return true;
    return pv_fail(error, PV_ERROR_LIMIT, "a text with %zu words of headings cannot be held against %zu words of names",
                   titles, names);
}

static bool says_something(const pv_line *line) {
    return !line->furniture && !line->contents;
}

static bool search_bodies(aligner *align, const pv_token_list *tokens, pv_error *error) {
    size_t from = 0;
    pv_token_list said;
    if (!pv_lines_tokens(align->arena, &align->headings->lines, tokens, says_something, &said, error))
        return false;
    for (size_t i = 0; i < align->headings->count; i++) {
        pv_token_list own = pv_tokens_in(&said, &from, align->headings->headings[i].own);
        pv_key_words body;
        if (align->contents[i])
            continue;
        if (!pv_key_words_of(align->arena, align->text, own.tokens, own.count, &body, error))
            return false;
        search_body(align, i, &body);
    }
    return true;
}

bool pv_align(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_token_list *tokens,
              const pv_align_name *names, size_t name_count, size_t rows, pv_row_alignments **out, pv_error *error) {
    aligner align = {.arena = arena, .text = text, .headings = headings, .given = names, .name_count = name_count};
    *out = align.rows = PV_NEW_ARRAY(arena, pv_row_alignments, rows);
    if (!align.rows)
        return pv_fail_memory(error);
    if (!read_titles(&align, tokens, error) || !read_names(&align, error) || !within_limits(&align, error) ||
        !count_uses(&align, error) || !pv_name_chains_new(arena, align.names, name_count, &align.chains, error))
        return false;
    for (size_t part = 0; part < headings->count; part++)
        for (size_t name = 0; !align.contents[part] && name < name_count; name++)
            hold_title(&align, part, name);
    return search_bodies(&align, tokens, error);
}

bool pv_alignment_words(pv_arena *arena, pv_str title, pv_str name, pv_str *out, pv_error *error) {
    pv_key_words words = {0}, wanted = {0};
    if (!pv_key_words_find(arena, title, &words, error) || !pv_key_words_find(arena, name, &wanted, error))
        return false;
    pv_buf said = pv_buf_on(pv_arena_memory(arena));
    for (size_t i = 0; i < words.count; i++) {
        if (!pv_key_words_hold(&wanted, words.words[i].key, wanted.count) ||
            pv_key_words_hold(&words, words.words[i].key, i))
            continue;
        pv_buf_append_text(&said, said.size > 0 ? ", " : "");
        pv_buf_append(&said, pv_str_slice(title, words.words[i].at.start, words.words[i].at.end));
    }
    bool failed = said.failed;
    *out = pv_arena_copy(arena, pv_buf_str(&said));
    pv_buf_clear(&said);
    return !failed && out->data ? true : pv_fail_memory(error);
}
