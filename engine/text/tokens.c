#include "text/tokens.h"

#include <assert.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/array.h"
#include "base/bytes.h"

#define BYTES_A_TOKEN 6 /* in English, about: room is made for so many at once */

/* Eight bytes of a text, read as letters and digits. */
typedef struct plain_bytes {
    size_t count;    /* of them that are ASCII letters or digits, from the first */
    uint64_t folded; /* those, lower-cased; 0 behind them */
    uint64_t upper;  /* flags (the high bit of a byte) those that are capitals ... */
    uint64_t other;  /* ... and those that are other letters */
} plain_bytes;

/* Flags the bytes from first to last, of a word in which no byte has its high bit: it is carried into from first
 * on, and not from last + 1. */
static uint64_t flag_range(uint64_t word, unsigned char first, unsigned char last) {
    return (word + PV_BYTES_ONES * (0x80u - first)) & ~(word + PV_BYTES_ONES * (0x7Fu - last));
}

static inline plain_bytes read_plain(const char *at, size_t room) {
    uint64_t word = 0;
    if (room >= PV_BYTES_WORD)
        word = pv_bytes_load(at);
    else
        for (size_t i = 0; i < room; i++)
            word |= (uint64_t)(unsigned char)at[i] << 8 * i;
    const uint64_t low = word & ~PV_BYTES_HIGH;
    const uint64_t letters = flag_range(low | PV_BYTES_ONES * 0x20, 'a', 'z');
    const uint64_t small = word << 2; /* the bit in which "a" is not "A", where flags stand */
    uint64_t taken = ~(letters | flag_range(low, '0', '9')) | word;
    plain_bytes read = {.count = PV_BYTES_WORD};
    taken &= PV_BYTES_HIGH; /* what is not taken, from the first of which nothing is */
    if (taken) {
        read.count = pv_bytes_first(taken);
        taken = ((taken & -taken) - 1) >> 7; /* up to the byte before */
    } else {
        taken = UINT64_MAX;
    }
    const uint64_t flags = letters & taken & PV_BYTES_HIGH;
    read.upper = flags & ~small;
    read.other = flags & small;
    read.folded = (word | read.upper >> 2) & taken;
    return read;
}

static inline unsigned count_flags(uint64_t flags) {
    return flags ? (unsigned)((flags >> 7) * PV_BYTES_ONES >> 56) : 0;
}

typedef struct letter_cases {
    unsigned upper;
    bool other; /* there are letters in lower case, or of a script without cases; ASCII digits are in neither */
} letter_cases;

/* The token being read. */
typedef struct token_reader {
    pv_str text;
    size_t offset; /* of the next character */
    size_t end;    /* after the last byte that belongs to the token */

    pv_token_hash hash; /* of the folded bytes */

    letter_cases cases;
    uint32_t last;   /* character, lower-cased */
    size_t piece;    /* characters since the start or the last dot dropped */
    bool dotted;     /* a dot was dropped: it is an abbreviation */
    bool apostrophe; /* one was dropped; the three below say how the token stood there */
    uint64_t owner;  /* its hash */
    letter_cases owner_cases;
    size_t since_apostrophe; /* characters */
} token_reader;

static bool is_mark(uint32_t character) {
    return character >= 0x300 && uc_is_general_category_withtable(character, UC_CATEGORY_MASK_M);
}

/* Whether a reader takes the decomposed form for the same letters: "é" and "e" with a mark, the ligature of "fi", full
 * width. Not so for superscripts, circled numbers and fractions: "½" is not "12". */
static bool reads_the_same(int decomposition) {
    return decomposition == UC_DECOMP_CANONICAL || decomposition == UC_DECOMP_COMPAT ||
           decomposition == UC_DECOMP_WIDE || decomposition == UC_DECOMP_NARROW;
}

/* Recurses as deep as Unicode nests decompositions, which is three. */
static void fold_character(token_reader *reader, uint32_t character) {
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int kind = UC_DECOMP_CANONICAL;
    int count = uc_decomposition(character, &kind, parts);
    if (count > 0 && reads_the_same(kind)) {
        for (int i = 0; i < count; i++)
            fold_character(reader, parts[i]);
        return;
    }
    if (!pv_is_letter_or_number(character) && !is_mark(character))
        return; /* the brackets of "⑴" */
    char bytes[4];
    size_t length = pv_utf8_encode(pv_utf8_lower(character), bytes);
    for (size_t i = 0; i < length; i++)
        pv_token_hash_add(&reader->hash, bytes[i]);
}

static bool is_ascii_digit(uint32_t character) {
    return character >= '0' && character <= '9';
}

static void advance(token_reader *reader, size_t bytes) {
    reader->offset += bytes;
    reader->end = reader->offset;
}

/* Takes a letter or number that is not ASCII into the token. */
static void take_character(token_reader *reader, uint32_t character, size_t length) {
    fold_character(reader, character);
    reader->last = pv_utf8_lower(character);
    if (reader->last != character)
        reader->cases.upper++;
    else
        reader->cases.other = true;
    reader->piece++;
    reader->since_apostrophe++;
    advance(reader, length);
}

/* Takes ASCII letters and digits as far as they go; how many. */
static size_t take_ascii(token_reader *reader) {
    const char *at = reader->text.data + reader->offset;
    const size_t room = reader->text.size - reader->offset;
    plain_bytes read;
    size_t taken = 0;
    do {
        read = read_plain(at + taken, room - taken);
        for (size_t i = 0; i < read.count; i++, read.folded >>= 8) {
            pv_token_hash_add(&reader->hash, (char)(read.folded & 0xFF));
            reader->last = (uint32_t)(read.folded & 0xFF);
        }
        reader->cases.upper += count_flags(read.upper);
        reader->cases.other |= read.other != 0;
        taken += read.count;
    } while (read.count == PV_BYTES_WORD && taken < room);
    reader->piece += taken;
    reader->since_apostrophe += taken;
    if (taken > 0)
        advance(reader, taken);
    return taken;
}

static bool starts_letter(pv_str text, size_t offset, size_t *length) {
    if (offset >= text.size)
        return false;
    uint32_t character = pv_utf8_decode(text, offset, length);
    return pv_is_letter_or_number(character) && !is_ascii_digit(character);
}

static bool starts_single_letter(pv_str text, size_t offset) {
    size_t length;
    if (!starts_letter(text, offset, &length))
        return false;
    offset += length;
    return offset >= text.size || !pv_is_letter_or_number(pv_utf8_decode(text, offset, &length));
}

/* At a dot: whether the token goes on behind it ("L.A"), being single letters so far. The dot that closes an
 * abbreviation belongs to it ("L.A."), the one that closes a sentence does not ("plan A."). */
static bool pass_dot(token_reader *reader) {
    if (reader->piece != 1 || is_ascii_digit(reader->last))
        return false;
    if (starts_single_letter(reader->text, reader->offset + 1)) {
        reader->dotted = true;
        reader->piece = 0;
        reader->offset++;
        return true;
    }
    if (reader->dotted)
        reader->end = ++reader->offset;
    return false;
}

static void pass_apostrophe(token_reader *reader, size_t length) {
    reader->apostrophe = true;
    reader->owner = pv_token_hash_end(&reader->hash);
    reader->owner_cases = reader->cases;
    reader->since_apostrophe = 0;
    reader->offset += length;
}

/* Reads on by a character or more; false where the token ends. */
static bool read_on(token_reader *reader) {
    if (reader->offset >= reader->text.size)
        return false;
    if (take_ascii(reader) > 0)
        return true;
    unsigned char byte = (unsigned char)reader->text.data[reader->offset];
    if (byte == '.')
        return pass_dot(reader);
    if (byte < 0x80 && byte != '\'')
        return false; /* so that what ends nearly every token is told without a call */
    size_t length;
    uint32_t character = pv_utf8_decode(reader->text, reader->offset, &length);
    if (pv_is_apostrophe(character)) {
        pass_apostrophe(reader, length);
    } else if (pv_utf8_is_invisible(character)) {
        reader->offset += length;
    } else if (is_mark(character)) {
        fold_character(reader, character);
        advance(reader, length);
    } else if (pv_is_letter_or_number(character)) {
        take_character(reader, character, length);
    } else {
        return false;
    }
    return true;
}

static bool skip_separators(token_reader *reader) {
    while (reader->offset < reader->text.size) {
        unsigned char byte = (unsigned char)reader->text.data[reader->offset];
        size_t length = 1;
        if (byte < 0x80 ? pv_utf8_is_word_character(byte)
                        : pv_is_letter_or_number(pv_utf8_decode(reader->text, reader->offset, &length)))
            return true;
        reader->offset += length;
    }
    return false;
}

/* Reads a token as nearly all are: ASCII letters and digits, and behind them what ends any token. */
static bool read_short(token_reader *reader, pv_token *token) {
    const pv_str text = reader->text;
    const size_t start = reader->offset;
    size_t end = start;
    uint64_t hash = PV_TOKEN_HASH_NONE.words, other = 0;
    unsigned upper = 0;
    plain_bytes read;
    do {
        read = read_plain(text.data + end, text.size - end);
        if (read.count > 0)
            hash = pv_token_hash_word(hash, read.folded);
        upper += count_flags(read.upper);
        other |= read.other;
        end += read.count;
    } while (read.count == PV_BYTES_WORD && end < text.size);
    if (end == start)
        return false;
    if (end < text.size) {
        const unsigned char next = (unsigned char)text.data[end];
        if (next >= 0x80 || next == '\'' || (next == '.' && end == start + 1))
            return false;
    }
    token->hash = token->owner = hash;
    token->at = (pv_span){(uint32_t)start, (uint32_t)end};
    token->capitals = upper >= 2 && other == 0;
    reader->offset = end;
    return true;
}

static bool next_token(token_reader *reader, pv_token *token) {
    if (!skip_separators(reader))
        return false;
    if (read_short(reader, token))
        return true;
    size_t start = reader->offset;
    reader->hash = PV_TOKEN_HASH_NONE;
    reader->cases = (letter_cases){0};
    reader->piece = 0;
    reader->dotted = false;
    reader->apostrophe = false;
    while (read_on(reader))
        ;
    bool possessive = reader->apostrophe && reader->since_apostrophe == 1 && reader->last == 's';
    letter_cases cases = possessive ? reader->owner_cases : reader->cases;
    uint64_t hash = pv_token_hash_end(&reader->hash);
    *token = (pv_token){
        .hash = hash,
        .owner = possessive ? reader->owner : hash,
        .at = {(uint32_t)start, (uint32_t)reader->end},
        .capitals = cases.upper >= 2 && !cases.other,
    };
    return true;
}

bool pv_tokens_begin(pv_arena *arena, pv_str text, size_t most, pv_token_list *out, pv_error *error) {
    assert(text.size <= UINT32_MAX);
    token_reader reader = {.text = text};
    size_t estimate = text.size / BYTES_A_TOKEN;
    size_t capacity = (estimate < most ? estimate : most) + 1;
    pv_token *tokens = pv_arena_room(arena, capacity * sizeof *tokens);
    size_t count = 0;
    while (tokens && count < most && next_token(&reader, &tokens[count])) {
        if (++count == capacity && !pv_array_grow(arena, &tokens, &capacity, count, sizeof *tokens))
            tokens = NULL;
    }
    *out = (pv_token_list){tokens, count};
    return tokens || pv_fail_memory(error);
}

bool pv_tokens_find(pv_arena *arena, pv_str text, pv_token_list *out, pv_error *error) {
    return pv_tokens_begin(arena, text, SIZE_MAX, out, error);
}

bool pv_tokens_are_same(const pv_token_list *a, const pv_token_list *b) {
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->tokens[i].hash != b->tokens[i].hash)
            return false;
    return true;
}
