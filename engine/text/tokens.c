#include "text/tokens.h"

#include <assert.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/utf8.h"

#define BYTES_A_TOKEN 6 /* in English, about: room is made for so many at once */

/* Of an ASCII letter or digit: itself, lower-cased; and one more capital, or one more letter that is none, as counted
 * in a sum of many. 0 for what separates tokens and for what is not ASCII. */
#define CAPITAL(letter) [letter] = ((uint32_t)((letter) - 'A' + 'a') | (uint32_t)1 << 8)
#define SMALL(letter) [letter] = ((uint32_t)(letter) | (uint32_t)1 << 20)
#define DIGIT(digit) [digit] = (uint32_t)(digit)
#define SUM_CAPITALS(sum) ((unsigned)((sum) >> 8 & 0xFFF))
#define SUM_OTHERS(sum) ((unsigned)((sum) >> 20))
#define MOST_IN_SUM 0xFFFu

static const uint32_t ascii_kinds[256] = {
    DIGIT('0'),   DIGIT('1'),   DIGIT('2'),   DIGIT('3'),   DIGIT('4'),   DIGIT('5'),   DIGIT('6'),   DIGIT('7'),
    DIGIT('8'),   DIGIT('9'),   CAPITAL('A'), CAPITAL('B'), CAPITAL('C'), CAPITAL('D'), CAPITAL('E'), CAPITAL('F'),
    CAPITAL('G'), CAPITAL('H'), CAPITAL('I'), CAPITAL('J'), CAPITAL('K'), CAPITAL('L'), CAPITAL('M'), CAPITAL('N'),
    CAPITAL('O'), CAPITAL('P'), CAPITAL('Q'), CAPITAL('R'), CAPITAL('S'), CAPITAL('T'), CAPITAL('U'), CAPITAL('V'),
    CAPITAL('W'), CAPITAL('X'), CAPITAL('Y'), CAPITAL('Z'), SMALL('a'),   SMALL('b'),   SMALL('c'),   SMALL('d'),
    SMALL('e'),   SMALL('f'),   SMALL('g'),   SMALL('h'),   SMALL('i'),   SMALL('j'),   SMALL('k'),   SMALL('l'),
    SMALL('m'),   SMALL('n'),   SMALL('o'),   SMALL('p'),   SMALL('q'),   SMALL('r'),   SMALL('s'),   SMALL('t'),
    SMALL('u'),   SMALL('v'),   SMALL('w'),   SMALL('x'),   SMALL('y'),   SMALL('z'),
};

typedef struct letter_cases {
    unsigned upper;
    unsigned other; /* lower case, or of a script without cases; ASCII digits are in neither */
} letter_cases;

/* The token being read. */
typedef struct token_reader {
    pv_str text;
    size_t offset; /* of the next character */
    size_t end;    /* after the last byte that belongs to the token */

    uint64_t hash; /* of the folded bytes */

    letter_cases cases;
    uint32_t last;   /* character, lower-cased */
    size_t piece;    /* characters since the start or the last dot dropped */
    bool dotted;     /* a dot was dropped: it is an abbreviation */
    bool apostrophe; /* one was dropped; the three below say how the token stood there */
    uint64_t owner;  /* its hash */
    letter_cases owner_cases;
    size_t since_apostrophe; /* characters */
} token_reader;

static bool is_apostrophe(uint32_t character) {
    return character == '\'' || character == 0x2019 || character == 0x2018 || character == 0x02BC;
}

/* The modifier letter U+02BC is an apostrophe, though Unicode has it among the letters. */
static bool is_letter_or_number(uint32_t character) {
    return pv_utf8_is_word_character(character) && !is_apostrophe(character);
}

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
    if (!is_letter_or_number(character) && !is_mark(character))
        return; /* the brackets of "⑴" */
    char bytes[4];
    size_t length = pv_utf8_encode(pv_utf8_lower(character), bytes);
    for (size_t i = 0; i < length; i++)
        reader->hash = pv_hash_byte(reader->hash, bytes[i]);
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
        reader->cases.other++;
    reader->piece++;
    reader->since_apostrophe++;
    advance(reader, length);
}

/* Takes ASCII letters and digits as far as they go, or as one sum can count; how many. */
static size_t take_ascii(token_reader *reader) {
    const char *at = reader->text.data + reader->offset;
    size_t room = reader->text.size - reader->offset;
    uint64_t hash = reader->hash;
    uint32_t sum = 0;
    uint32_t last = 0;
    size_t taken = 0;
    for (size_t most = room < MOST_IN_SUM ? room : MOST_IN_SUM; taken < most; taken++) {
        uint32_t kind = ascii_kinds[(unsigned char)at[taken]];
        if (!kind)
            break;
        hash = pv_hash_byte(hash, (char)(kind & 0xFF));
        sum += kind & ~(uint32_t)0xFF;
        last = kind;
    }
    if (taken == 0)
        return 0;
    reader->hash = hash;
    reader->cases.upper += SUM_CAPITALS(sum);
    reader->cases.other += SUM_OTHERS(sum);
    reader->last = last & 0xFF;
    reader->piece += taken;
    reader->since_apostrophe += taken;
    advance(reader, taken);
    return taken;
}

static bool starts_letter(pv_str text, size_t offset, size_t *length) {
    if (offset >= text.size)
        return false;
    uint32_t character = pv_utf8_decode(text, offset, length);
    return is_letter_or_number(character) && !is_ascii_digit(character);
}

static bool starts_single_letter(pv_str text, size_t offset) {
    size_t length;
    if (!starts_letter(text, offset, &length))
        return false;
    offset += length;
    return offset >= text.size || !is_letter_or_number(pv_utf8_decode(text, offset, &length));
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
    reader->owner = reader->hash;
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
    if (byte == ' ')
        return false; /* so that what ends nearly every token is told without a call */
    size_t length;
    uint32_t character = pv_utf8_decode(reader->text, reader->offset, &length);
    if (is_apostrophe(character)) {
        pass_apostrophe(reader, length);
    } else if (pv_utf8_is_invisible(character)) {
        reader->offset += length;
    } else if (is_mark(character)) {
        fold_character(reader, character);
        advance(reader, length);
    } else if (is_letter_or_number(character)) {
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
        if (byte < 0x80 ? ascii_kinds[byte] != 0
                        : is_letter_or_number(pv_utf8_decode(reader->text, reader->offset, &length)))
            return true;
        reader->offset += length;
    }
    return false;
}

static bool next_token(token_reader *reader, pv_token *token) {
    if (!skip_separators(reader))
        return false;
    size_t start = reader->offset;
    reader->hash = PV_HASH_SEED;
    reader->cases = (letter_cases){0};
    reader->piece = 0;
    reader->dotted = false;
    reader->apostrophe = false;
    while (read_on(reader))
        ;
    bool possessive = reader->apostrophe && reader->since_apostrophe == 1 && reader->last == 's';
    letter_cases cases = possessive ? reader->owner_cases : reader->cases;
    *token = (pv_token){
        .hash = reader->hash,
        .owner = possessive ? reader->owner : reader->hash,
        .at = {(uint32_t)start, (uint32_t)reader->end},
        .capitals = cases.upper >= 2 && cases.other == 0,
    };
    return true;
}

bool pv_tokens_begin(pv_arena *arena, pv_str text, size_t most, pv_token_list *out, pv_error *error) {
    assert(text.size <= UINT32_MAX);
    token_reader reader = {.text = text};
    size_t estimate = text.size / BYTES_A_TOKEN;
    size_t capacity = (estimate < most ? estimate : most) + 1;
    pv_token *tokens = PV_NEW_ARRAY(arena, pv_token, capacity);
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
