#include "text/words.h"

#include <assert.h>
#include <string.h>
#include <unigbrk.h>
#include <uniwbrk.h>

#include "base/array.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "text/joined_words_p.h"

#define EN_DASH 0x2013u
#define EM_DASH 0x2014u
#define SOFT_HYPHEN 0xADu
#define KEYCAP 0x20E3u
#define LONGEST_HONEST_RUN ((size_t)60) /* characters */

static const pv_str method_names[] = {
    [PV_WORD_METHOD_WORD] = PV_STR("word"),
    [PV_WORD_METHOD_DASH_SPLIT] = PV_STR("dash-split"),
    [PV_WORD_METHOD_UAX29] = PV_STR("uax29"),
};

bool pv_word_method_from_name(pv_str name, pv_word_method *out) {
    for (size_t i = 0; i < sizeof method_names / sizeof method_names[0]; i++) {
        if (pv_str_equal(name, method_names[i])) {
            *out = (pv_word_method)i;
            return true;
        }
    }
    return false;
}

/* ---- word by word ---- */

/* Where the next word is looked for, and how. */
typedef struct word_reader {
    pv_str text;
    size_t offset;
    bool splits_at_dashes;
    char *breaks; /* UAX #29 only: 1 at each byte a segment starts at */
} word_reader;

static pv_span span_of(size_t start, size_t end) {
    return (pv_span){(uint32_t)start, (uint32_t)end};
}

static bool separates(const word_reader *reader, uint32_t character) {
    return pv_utf8_is_white_space(character) ||
           (reader->splits_at_dashes && (character == EN_DASH || character == EM_DASH));
}

static bool is_ideograph(uint32_t character) {
    return character >= 0x80 && pv_utf8_is_ideograph(character) && !pv_utf8_is_invisible(character);
}

static void skip_separators(word_reader *reader) {
    while (reader->offset < reader->text.size) {
        size_t length;
        if (!separates(reader, pv_utf8_decode(reader->text, reader->offset, &length)))
            return;
        reader->offset += length;
    }
}

/* The ideograph with what belongs to it: combining marks, the other jamo of a decomposed Hangul syllable, variation
 * selectors, and whatever shows nothing. */
static size_t ideograph_end(pv_str text, size_t offset) {
    size_t length;
    uint32_t next = pv_utf8_decode(text, offset, &length);
    uint32_t previous;
    do {
        previous = next;
        offset += length;
        if (offset == text.size)
            return offset;
        next = pv_utf8_decode(text, offset, &length);
    } while (pv_utf8_is_invisible(next) || !uc_is_grapheme_break(previous, next));
    return offset;
}

static size_t after_hyphens(pv_str text, size_t offset) {
    while (offset < text.size && text.data[offset] == '-')
        offset++;
    return offset;
}

/* The end of the run that starts at offset. */
static size_t run_end(const word_reader *reader, size_t offset) {
    pv_str text = reader->text;
    while (offset < text.size) {
        size_t length;
        uint32_t character = pv_utf8_decode(text, offset, &length);
        if (character == '-' && reader->splits_at_dashes) {
            length = after_hyphens(text, offset) - offset;
            if (length > 1)
                return offset + length;
        } else if (separates(reader, character) || is_ideograph(character)) {
            return offset;
        }
        offset += length;
    }
    return offset;
}

static bool shows_nothing(pv_str run) {
    for (size_t offset = 0, length; offset < run.size; offset += length)
        if (!pv_utf8_is_invisible(pv_utf8_decode(run, offset, &length)))
            return false;
    return true;
}

static bool next_run(word_reader *reader, pv_span *word) {
    do {
        skip_separators(reader);
        size_t start = reader->offset;
        if (start == reader->text.size)
            return false;
        size_t length;
        bool ideograph = is_ideograph(pv_utf8_decode(reader->text, start, &length));
        reader->offset = ideograph ? ideograph_end(reader->text, start) : run_end(reader, start);
        *word = span_of(start, reader->offset);
    } while (shows_nothing(pv_str_slice(reader->text, word->start, word->end)));
    return true;
}

static bool holds_word_character(pv_str text) {
    for (size_t offset = 0, length; offset < text.size; offset += length)
        if (pv_utf8_is_word_character(pv_utf8_decode(text, offset, &length)))
            return true;
    return false;
}

static bool next_segment(word_reader *reader, pv_span *word) {
    while (reader->offset < reader->text.size) {
        size_t start = reader->offset;
        do
            reader->offset++;
        while (reader->offset < reader->text.size && !reader->breaks[reader->offset]);
        if (holds_word_character(pv_str_slice(reader->text, start, reader->offset))) {
            *word = span_of(start, reader->offset);
            return true;
        }
    }
    return false;
}

static bool next_word(word_reader *reader, pv_span *word) {
    return reader->breaks ? next_segment(reader, word) : next_run(reader, word);
}

static bool reader_open(word_reader *reader, pv_memory *scratch, pv_str text, pv_word_method method, pv_error *error) {
    assert(text.size <= UINT32_MAX);
    *reader = (word_reader){.text = text, .splits_at_dashes = method == PV_WORD_METHOD_DASH_SPLIT};
    if (method != PV_WORD_METHOD_UAX29 || text.size == 0)
        return true;
    reader->breaks = pv_memory_new(scratch, text.size);
    if (!reader->breaks)
        return pv_fail_memory(error);
    u8_wordbreaks((const uint8_t *)text.data, text.size, reader->breaks);
    return true;
}

static void reader_close(word_reader *reader, pv_memory *scratch) {
    pv_memory_free(scratch, reader->breaks, reader->text.size);
}

/* By value: the caller's reader stays at the start. */
static size_t count_words(word_reader reader) {
    size_t count = 0;
    pv_span word;
    while (next_word(&reader, &word))
        count++;
    return count;
}

/* ---- text that is all ASCII, by blocks ---- */

/* The block at offset (<= text.size); beyond the text there is white space. */
static inline pv_block block_at(pv_str text, size_t offset) {
    char last[PV_BLOCK_BYTES];
    const size_t rest = text.size - offset;
    if (rest >= PV_BLOCK_BYTES)
        return pv_block_load(text.data + offset);
    memset(last, ' ', sizeof last);
    if (rest > 0)
        memcpy(last, text.data + offset, rest);
    return pv_block_load(last);
}

/* White space, and what shows. */
static inline pv_block shown_in(pv_block block) {
    return pv_block_within(block, ' ', '~') | pv_block_within(block, '\t', '\r');
}

/* What is counted of blocks that follow one another: each byte of `begun` a word of one of 255 blocks. */
typedef struct block_count {
    pv_block begun, all, shown;
    size_t words;
} block_count;

static void add_begun(block_count *count) {
    unsigned char begun[PV_BLOCK_BYTES];
    memcpy(begun, &count->begun, sizeof begun);
    for (size_t i = 0; i < sizeof begun; i++)
        count->words += begun[i];
    count->begun = (pv_block){0};
}

/* A word begins at a byte that is no white space and has white space before it. */
static inline void count_block(block_count *count, pv_block block, pv_block before) {
    count->begun -= ~pv_block_white_space(block) & pv_block_white_space(before);
    count->all |= block;
    count->shown &= shown_in(block);
}

bool pv_words_count_shown(pv_str text, size_t *out, bool *shown) {
    enum { MOST_BLOCKS = 255 };
    block_count count = {.shown = ~(pv_block){0}};
    char ends[2 * PV_BLOCK_BYTES];
    memset(ends, ' ', sizeof ends);
    if (text.size > 0) /* the first block, with a space before it, is looked at in a copy, and so is the last */
        memcpy(ends + 1, text.data, text.size < PV_BLOCK_BYTES ? text.size : PV_BLOCK_BYTES);
    count_block(&count, pv_block_load(ends + 1), pv_block_load(ends));
    size_t at = PV_BLOCK_BYTES;
    for (size_t blocks = 1; at + PV_BLOCK_BYTES <= text.size; at += PV_BLOCK_BYTES) {
        if (blocks++ == MOST_BLOCKS - 1) {
            add_begun(&count);
            blocks = 1;
        }
        count_block(&count, pv_block_load(text.data + at), pv_block_load(text.data + at - 1));
    }
    if (at < text.size) {
        memset(ends, ' ', sizeof ends);
        memcpy(ends, text.data + at - 1, text.size - at + 1);
        count_block(&count, pv_block_load(ends + 1), pv_block_load(ends));
    }
    add_begun(&count);
    *out = count.words;
    *shown = pv_block_bits(~count.shown) == 0;
    return pv_block_bits(pv_block_not_ascii(count.all)) == 0;
}

/* One after the other, where words begin and where they have ended; how many such edges. *ascii: whether the text is
 * all ASCII; if not, they mean nothing. */
static size_t ascii_words_find(pv_str text, uint32_t *edges, bool *ascii) {
    assert(text.size <= UINT32_MAX);
    uint32_t *edge = edges;
    uint32_t before = 1; /* whether white space stands before the block */
    pv_block all = {0};
    for (size_t offset = 0; offset <= text.size; offset += PV_BLOCK_BYTES) {
        const pv_block block = block_at(text, offset);
        const uint32_t spaces = pv_block_bits(pv_block_white_space(block));
        all |= block;
        for (uint32_t found = (spaces ^ (spaces << 1 | before)) & UINT16_MAX; found != 0; found &= found - 1)
            *edge++ = (uint32_t)offset + (uint32_t)__builtin_ctz(found);
        before = spaces >> (PV_BLOCK_BYTES - 1);
    }
    *ascii = pv_block_bits(pv_block_not_ascii(all)) == 0;
    return (size_t)(edge - edges);
}

/* ---- counting and finding ---- */

_Static_assert(sizeof(pv_span) == 2 * sizeof(uint32_t), "a span is the edge where it begins and that where it ends");

#define SHORT ((size_t)2048) /* bytes */

/* Of a text that is short, which nearly every one is: its words need not be counted to make room for them. */
static pv_span *find_in_short(pv_arena *arena, pv_str text, bool *ascii, size_t *count) {
    uint32_t edges[SHORT + 1]; /* at each byte at most one, and at the end */
    *count = ascii_words_find(text, edges, ascii) / 2;
    pv_span *at = *ascii ? pv_arena_room(arena, *count * sizeof *at) : NULL;
    if (at)
        memcpy(at, edges, *count * sizeof *at);
    return at;
}

/* The words of a text that is all ASCII; *ascii: whether it is. */
static pv_span *find_in_ascii(pv_arena *arena, pv_str text, bool *ascii, size_t *count) {
    if (text.size <= SHORT)
        return find_in_short(arena, text, ascii, count);
    bool shown;
    *ascii = pv_words_count_shown(text, count, &shown);
    void *at = *ascii ? pv_arena_room(arena, *count * sizeof(pv_span)) : NULL;
    if (at)
        (void)ascii_words_find(text, at, ascii);
    return at;
}

static pv_span *find_words(pv_arena *arena, word_reader *reader, size_t *count) {
    *count = count_words(*reader);
    pv_span *at = PV_NEW_ARRAY(arena, pv_span, *count);
    for (size_t i = 0; at && i < *count; i++)
        next_word(reader, &at[i]);
    return at;
}

bool pv_words_find(pv_arena *arena, pv_str text, pv_word_method method, pv_word_list *out, pv_error *error) {
    bool plain = false;
    if (method == PV_WORD_METHOD_WORD)
        out->at = find_in_ascii(arena, text, &plain, &out->count);
    if (!plain) {
        word_reader reader;
        if (!reader_open(&reader, pv_arena_memory(arena), text, method, error))
            return false;
        out->at = find_words(arena, &reader, &out->count);
        reader_close(&reader, pv_arena_memory(arena));
    }
    return out->at ? true : pv_fail_memory(error);
}

bool pv_words_count(pv_str text, pv_word_method method, size_t *out, pv_error *error) {
    bool shown;
    if (method == PV_WORD_METHOD_WORD && pv_words_count_shown(text, out, &shown))
        return true;
    pv_memory scratch = pv_memory_with_limit(SIZE_MAX);
    word_reader reader;
    if (!reader_open(&reader, &scratch, text, method, error))
        return false;
    *out = count_words(reader);
    reader_close(&reader, &scratch);
    return true;
}

pv_span pv_word_at(pv_str text, size_t number) {
    uint32_t edges[SHORT + 1];
    bool ascii = text.size <= SHORT;
    if (ascii)
        (void)ascii_words_find(text, edges, &ascii);
    if (ascii)
        return (pv_span){edges[2 * (number - 1)], edges[2 * (number - 1) + 1]};
    word_reader reader = {.text = text};
    pv_span word = {0};
    for (size_t i = 0; i < number && next_run(&reader, &word); i++)
        ;
    return word;
}

pv_span pv_words_hull(pv_str text) {
    word_reader reader = {.text = text};
    pv_span hull = {0};
    pv_span word;
    if (!next_run(&reader, &hull))
        return hull;
    while (next_run(&reader, &word))
        hull.end = word.end;
    return hull;
}

/* ---- tricks ---- */

/* A letter or number of a script that has white space between its words, and whose letters need no joiner. Elsewhere a
 * character that shows nothing may belong to how words are written. */
static bool is_spaced(uint32_t character) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {'0', 0x58F},       /* Latin, Greek, Cyrillic, Armenian */
        {0x10A0, 0x10FF},   /* Georgian */
        {0x1C80, 0x1CBF},   /* Cyrillic, Georgian */
        {0x1D00, 0x1FFF},   /* phonetic extensions, Latin, Greek */
        {0x2070, 0x218F},   /* superscripts, letterlike symbols, number forms */
        {0x2C60, 0x2C7F},   /* Latin */
        {0xA640, 0xA69F},   /* Cyrillic */
        {0xA720, 0xA7FF},   /* Latin */
        {0xAB30, 0xAB6F},   /* Latin */
        {0xFB00, 0xFB17},   /* ligatures */
        {0xFF10, 0xFF5A},   /* full width */
        {0x1D400, 0x1D7FF}, /* of mathematics */
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character <= ranges[i].last)
            return character >= ranges[i].first;
    return false;
}

static bool is_variation_selector(uint32_t character) {
    return (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
}

/* Whether the invisible character that ends at `end` in run belongs to what it stands with: a soft hyphen,
 * and the selector after a symbol or in a keycap (1, U+FE0F, U+20E3). */
static bool belongs(pv_str run, size_t end, uint32_t character, uint32_t previous) {
    size_t length;
    if (character == SOFT_HYPHEN)
        return true;
    return is_variation_selector(character) &&
           (!pv_utf8_is_word_character(previous) || (end < run.size && pv_utf8_decode(run, end, &length) == KEYCAP));
}

/* A control character of ASCII, which YAML takes as an escape ("\a"), glues as others do. */
static bool is_unseen(uint32_t character) {
    return character < ' ' || character == 0x7F ? !pv_utf8_is_white_space(character) : pv_utf8_is_invisible(character);
}

static bool is_visible_ascii(pv_str text) {
    pv_block all = ~(pv_block){0};
    size_t at = 0;
    for (; at + PV_BLOCK_BYTES <= text.size; at += PV_BLOCK_BYTES)
        all &= shown_in(pv_block_load(text.data + at));
    if (at > 0) {
        all &= shown_in(pv_block_load(text.data + text.size - PV_BLOCK_BYTES));
        return pv_block_bits(~all) == 0;
    }
    for (; at < text.size; at++)
        if ((unsigned char)text.data[at] >= 0x80 || is_unseen((unsigned char)text.data[at]))
            return false;
    return true;
}

/* How often something that shows nothing stands between two letters or numbers of this run, however far apart, with no
 * symbol (an emoji is often several characters, joined) between them. */
static size_t glue_of(pv_str run) {
    enum { SYMBOLS = 0x2190 };
    if (is_visible_ascii(run))
        return 0;
    size_t count = 0;
    bool letter_seen = false;
    bool glue_seen = false;
    uint32_t previous = 0;
    for (size_t offset = 0, length; offset < run.size; offset += length) {
        uint32_t character = pv_utf8_decode(run, offset, &length);
        if (is_unseen(character)) {
            glue_seen = glue_seen || (letter_seen && !belongs(run, offset + length, character, previous));
        } else if (pv_utf8_is_word_character(character)) {
            letter_seen = is_spaced(character);
            count += glue_seen && letter_seen;
            glue_seen = false;
        } else if (character >= SYMBOLS) {
            letter_seen = glue_seen = false;
        }
        previous = character;
    }
    return count;
}

size_t pv_words_glued(pv_str text, pv_span *first) {
    size_t count = 0;
    *first = (pv_span){0};
    if (is_visible_ascii(text))
        return 0;
    word_reader reader = {.text = text};
    for (pv_span word; next_run(&reader, &word);) {
        size_t glue = glue_of(pv_str_slice(text, word.start, word.end));
        if (glue > 0 && count == 0)
            *first = word;
        count += glue;
    }
    return count;
}

static bool is_ascii_alphanumeric(char c) {
    return (unsigned char)c < 0x80 && pv_utf8_is_word_character((unsigned char)c);
}

static bool is_host_character(char c) {
    return is_ascii_alphanumeric(c) || c == '.' || c == '-';
}

/* One "@" with a host that has a dot after it; what closes a sentence or a bracket may follow. */
static bool is_email(pv_str run) {
    size_t at = pv_str_find(run, PV_STR("@"), 0);
    if (at == SIZE_MAX || at == 0 || at > LONGEST_HONEST_RUN)
        return false;
    size_t end = at + 1;
    bool dotted = false;
    for (; end < run.size && is_host_character(run.data[end]); end++)
        dotted = dotted || (run.data[end] == '.' && end > at + 1);
    return dotted && !holds_word_character(pv_str_slice(run, end, run.size));
}

/* A scheme and "://", or "www."; what is glued in front of it must itself be short. */
static bool is_url(pv_str run) {
    size_t scheme_end = pv_str_find(run, PV_STR("://"), 0);
    if (scheme_end > 0 && scheme_end <= LONGEST_HONEST_RUN && is_ascii_alphanumeric(run.data[scheme_end - 1]))
        return true;
    return pv_str_find(run, PV_STR("www."), 0) <= LONGEST_HONEST_RUN;
}

/* Its characters, where a line to write on (____) or to lead the eye (....) is one. */
static size_t characters_of(pv_str run) {
    size_t count = 0;
    uint32_t previous = 0;
    for (size_t offset = 0, length; offset < run.size; offset += length) {
        uint32_t character = pv_utf8_decode(run, offset, &length);
        count += character != previous || pv_utf8_is_word_character(character);
        previous = character;
    }
    return count;
}

static bool is_long_run(pv_str run) {
    return run.size > LONGEST_HONEST_RUN && characters_of(run) > LONGEST_HONEST_RUN && holds_word_character(run) &&
           !is_url(run) && !is_email(run);
}

static void add_trick(pv_buf *tricks, pv_word_trick_kind kind, pv_span at) {
    pv_word_trick trick = {.kind = kind, .at = at};
    pv_gather_add(tricks, &trick, sizeof trick);
}

/* ---- what can be no trick, told at sight ---- */

#define MOST_HYPHENS 4u /* of joined words no fewer than six, and of capitals no fewer than five, are too many */
#define MOST_CAPITALS 3u

enum { SIGHT_JOINT = 1, SIGHT_HYPHEN, SIGHT_CAPITAL };

/* What visible ASCII is to a run; 0: nothing that joins words. */
static const unsigned char sights[128] = {
    [','] = SIGHT_JOINT,   [';'] = SIGHT_JOINT,   ['/'] = SIGHT_JOINT,   ['.'] = SIGHT_JOINT,   ['_'] = SIGHT_JOINT,
    ['|'] = SIGHT_JOINT,   ['+'] = SIGHT_JOINT,   ['~'] = SIGHT_JOINT,   ['='] = SIGHT_JOINT,   ['*'] = SIGHT_JOINT,
    ['>'] = SIGHT_JOINT,   [':'] = SIGHT_JOINT,   ['\\'] = SIGHT_JOINT,  ['&'] = SIGHT_JOINT,   ['-'] = SIGHT_HYPHEN,
    ['A'] = SIGHT_CAPITAL, ['B'] = SIGHT_CAPITAL, ['C'] = SIGHT_CAPITAL, ['D'] = SIGHT_CAPITAL, ['E'] = SIGHT_CAPITAL,
    ['F'] = SIGHT_CAPITAL, ['G'] = SIGHT_CAPITAL, ['H'] = SIGHT_CAPITAL, ['I'] = SIGHT_CAPITAL, ['J'] = SIGHT_CAPITAL,
    ['K'] = SIGHT_CAPITAL, ['L'] = SIGHT_CAPITAL, ['M'] = SIGHT_CAPITAL, ['N'] = SIGHT_CAPITAL, ['O'] = SIGHT_CAPITAL,
    ['P'] = SIGHT_CAPITAL, ['Q'] = SIGHT_CAPITAL, ['R'] = SIGHT_CAPITAL, ['S'] = SIGHT_CAPITAL, ['T'] = SIGHT_CAPITAL,
    ['U'] = SIGHT_CAPITAL, ['V'] = SIGHT_CAPITAL, ['W'] = SIGHT_CAPITAL, ['X'] = SIGHT_CAPITAL, ['Y'] = SIGHT_CAPITAL,
    ['Z'] = SIGHT_CAPITAL,
};

static bool is_visible(unsigned char byte) {
    return byte > ' ' && byte < 0x7F;
}

static bool is_ascii_space(unsigned char byte) {
    return byte < 0x80 && pv_utf8_is_white_space(byte);
}

/* Reads on to the next ASCII white space; whether what stands there can be no trick: short, visible ASCII, with few
 * capitals and hyphens, and no sign that joins but at its end. */
static bool is_plain_run(pv_str text, size_t *offset) {
    const size_t start = *offset;
    size_t at = start;
    unsigned hyphens = 0, capitals = 0;
    bool plain = true;
    for (; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        if (!is_visible(byte)) {
            if (is_ascii_space(byte))
                break;
            plain = false;
            continue;
        }
        if (sights[byte] == 0)
            continue;
        hyphens += sights[byte] == SIGHT_HYPHEN;
        capitals += sights[byte] == SIGHT_CAPITAL;
        if (sights[byte] == SIGHT_JOINT && at + 1 < text.size && !is_ascii_space((unsigned char)text.data[at + 1]))
            plain = false;
    }
    *offset = at;
    return plain && at - start <= LONGEST_HONEST_RUN && hyphens <= MOST_HYPHENS && capitals <= MOST_CAPITALS;
}

/* The runs that have to be looked at, in scratch memory of arena. */
static bool find_suspects(pv_arena *arena, pv_str text, pv_word_list *out, pv_error *error) {
    pv_buf suspects = pv_gather_start(arena);
    for (size_t offset = 0; offset < text.size; offset++) {
        word_reader reader = {.text = text, .offset = offset};
        if (is_plain_run(text, &offset))
            continue;
        reader.text.size = offset;
        for (pv_span word; next_run(&reader, &word);)
            pv_gather_add(&suspects, &word, sizeof word);
    }
    out->at = pv_gather_finish(&suspects, arena, sizeof *out->at, &out->count, error);
    return out->at != NULL;
}

/* Runs that are slips, each by itself, of which so many are none. */
#define MOST_SLIPS 3u

static pv_str word_at(pv_str text, pv_span word) {
    return pv_str_slice(text, word.start, word.end);
}

static size_t count_slips(pv_str text, const pv_word_list *suspects) {
    size_t slips = 0;
    for (size_t i = 0; slips <= MOST_SLIPS && i < suspects->count; i++)
        slips += pv_words_are_paired(word_at(text, suspects->at[i]));
    return slips;
}

bool pv_words_find_tricks(pv_arena *arena, pv_str text, pv_word_trick_list *out, pv_error *error) {
    pv_word_list suspects;
    *out = (pv_word_trick_list){0};
    if (!find_suspects(arena, text, &suspects, error))
        return false;
    bool slips_are_tricks = count_slips(text, &suspects) > MOST_SLIPS;
    pv_buf tricks = pv_gather_start(arena);
    for (size_t i = 0; i < suspects.count; i++) {
        pv_span word = suspects.at[i];
        pv_str run = word_at(text, word);
        if (glue_of(run) > 0)
            add_trick(&tricks, PV_WORD_TRICK_ZERO_WIDTH, word);
        if (is_long_run(run))
            add_trick(&tricks, PV_WORD_TRICK_LONG_RUN, word);
        else if (!is_url(run) && (pv_words_are_joined(run) || (slips_are_tricks && pv_words_are_paired(run))))
            add_trick(&tricks, PV_WORD_TRICK_JOINED, word);
    }
    out->tricks = pv_gather_finish(&tricks, arena, sizeof *out->tricks, &out->count, error);
    return out->tricks != NULL;
}
