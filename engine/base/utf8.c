#include "base/utf8.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

#include "base/bytes.h"

#define REPLACEMENT 0xFFFDu

/* Length of the well-formed sequence at bytes[0..size), or 0; the code point in *out. The table is Unicode's 3-7. */
static size_t sequence(const unsigned char *bytes, size_t size, uint32_t *out) {
    unsigned char lead = bytes[0];
    if (lead < 0x80) {
        *out = lead;
        return 1;
    }
    if (lead < 0xC2)
        return 0;
    if (lead < 0xE0) {
        if (size < 2 || !pv_utf8_is_continuation((char)bytes[1]))
            return 0;
        *out = (uint32_t)(lead & 0x1F) << 6 | (bytes[1] & 0x3F);
        return 2;
    }
    if (lead < 0xF0) {
        if (size < 3 || !pv_utf8_is_continuation((char)bytes[1]) || !pv_utf8_is_continuation((char)bytes[2]))
            return 0;
        *out = (uint32_t)(lead & 0x0F) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
        return *out < 0x800 || (*out >= 0xD800 && *out <= 0xDFFF) ? 0 : 3;
    }
    if (lead > 0xF4 || size < 4 || !pv_utf8_is_continuation((char)bytes[1]) ||
        !pv_utf8_is_continuation((char)bytes[2]) || !pv_utf8_is_continuation((char)bytes[3]))
        return 0;
    *out = (uint32_t)(lead & 0x07) << 18 | (uint32_t)(bytes[1] & 0x3F) << 12 | (uint32_t)(bytes[2] & 0x3F) << 6 |
           (bytes[3] & 0x3F);
    return *out < 0x10000 || *out > 0x10FFFF ? 0 : 4;
}

/* Offset of the first byte at or after from that is not ASCII, a machine word at a time. */
static size_t ascii_end(pv_str text, size_t from) {
    for (; from + PV_BYTES_WORD <= text.size; from += PV_BYTES_WORD) {
        uint64_t others = pv_bytes_load(text.data + from) & PV_BYTES_HIGH;
        if (others)
            return from + pv_bytes_first(others);
    }
    while (from < text.size && (unsigned char)text.data[from] < 0x80)
        from++;
    return from;
}

size_t pv_utf8_invalid_at(pv_str text) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t offset = ascii_end(text, 0);
    while (offset < text.size) {
        uint32_t code_point;
        size_t length = sequence(bytes + offset, text.size - offset, &code_point);
        if (length == 0)
            return offset;
        offset = ascii_end(text, offset + length);
    }
    return SIZE_MAX;
}

bool pv_utf8_is_ascii(pv_str text) {
    return ascii_end(text, 0) == text.size;
}

uint32_t pv_utf8_decode_sequence(pv_str text, size_t offset, size_t *length) {
    uint32_t code_point = REPLACEMENT;
    *length = sequence((const unsigned char *)text.data + offset, text.size - offset, &code_point);
    if (*length == 0) {
        *length = 1;
        return REPLACEMENT;
    }
    return code_point;
}

size_t pv_utf8_encode(uint32_t code_point, char out[4]) {
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, (utf8proc_uint8_t *)out);
}

size_t pv_utf8_length(pv_str text) {
    size_t count = 0;
    for (size_t at = 0; at < text.size; at++) {
        size_t ascii = ascii_end(text, at);
        count += ascii - at;
        at = ascii;
        count += at < text.size && !pv_utf8_is_continuation(text.data[at]);
    }
    return count;
}

/* The last bytes of text from offset on, fewer than a word, as one that ends in zeros. */
static uint64_t last_word(pv_str text, size_t offset) {
    const size_t rest = text.size - offset;
    char bytes[PV_BYTES_WORD] = {0};
    if (text.size >= PV_BYTES_WORD)
        return rest == 0 ? 0 : pv_bytes_load(text.data + text.size - PV_BYTES_WORD) >> 8 * (PV_BYTES_WORD - rest);
    if (rest > 0)
        memcpy(bytes, text.data + offset, rest);
    return pv_bytes_load(bytes);
}

size_t pv_utf8_plain_end(pv_str text, size_t from, char stop, char other_stop) {
    for (; from + PV_BLOCK_BYTES <= text.size; from += PV_BLOCK_BYTES) {
        const pv_block block = pv_block_load(text.data + from);
        size_t first = pv_block_first(~pv_block_within(block, ' ', '~') | pv_block_equal(block, stop) |
                                      pv_block_equal(block, other_stop));
        if (first < PV_BLOCK_BYTES)
            return from + first;
    }
    if (from + PV_BYTES_WORD <= text.size) {
        uint64_t ends = pv_bytes_not_plain(pv_bytes_load(text.data + from), stop, other_stop);
        if (ends)
            return from + pv_bytes_first(ends);
        from += PV_BYTES_WORD;
    }
    if (from >= text.size)
        return from;
    return from + pv_bytes_first(pv_bytes_not_plain(last_word(text, from), stop, other_stop));
}

size_t pv_utf8_previous(pv_str text, size_t offset) {
    assert(offset > 0 && offset <= text.size);
    do
        offset--;
    while (offset > 0 && pv_utf8_is_continuation(text.data[offset]));
    return offset;
}

pv_str pv_utf8_cut(pv_str text, size_t most) {
    return text.size <= most ? text : pv_str_slice(text, 0, pv_utf8_previous(text, most + 1));
}

size_t pv_utf8_columns(pv_str text) {
    size_t columns = 0;
    for (size_t offset = 0, length; offset < text.size; offset += length) {
        uint32_t code_point = pv_utf8_decode(text, offset, &length);
        int width = utf8proc_charwidth((utf8proc_int32_t)code_point);
        columns += width > 0 ? (size_t)width : 0;
    }
    return columns;
}

bool pv_utf8_is_wide_white_space(uint32_t code_point) {
    return code_point == 0x85 || code_point == 0xA0 || code_point == 0x1680 ||
           (code_point >= 0x2000 && code_point <= 0x200A) || code_point == 0x2028 || code_point == 0x2029 ||
           code_point == 0x202F || code_point == 0x205F || code_point == 0x3000;
}

/* Ranges of the scripts that Word counts character by character, from Unicode's Scripts.txt and Blocks.txt. */
bool pv_utf8_is_ideograph(uint32_t code_point) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x1100, 0x11FF},   /* Hangul jamo */
        {0x2E80, 0x2FDF},   /* CJK and Kangxi radicals */
        {0x3005, 0x3007},   /* iteration mark, closing mark, ideographic zero */
        {0x3021, 0x3029},   /* Hangzhou numerals */
        {0x3041, 0x3096},   /* Hiragana */
        {0x309D, 0x309F},   /* Hiragana iteration marks */
        {0x30A1, 0x30FA},   /* Katakana */
        {0x30FC, 0x30FF},   /* Katakana length and iteration marks */
        {0x3105, 0x318E},   /* Bopomofo, Hangul compatibility jamo */
        {0x31A0, 0x31BF},   /* Bopomofo extended */
        {0x31F0, 0x31FF},   /* Katakana phonetic extensions */
        {0x3400, 0x4DBF},   /* CJK extension A */
        {0x4E00, 0x9FFF},   /* CJK unified */
        {0xA960, 0xA97F},   /* Hangul jamo extended A */
        {0xAC00, 0xD7FB},   /* Hangul syllables, jamo extended B */
        {0xF900, 0xFAFF},   /* CJK compatibility */
        {0xFF66, 0xFF9F},   /* half-width Katakana */
        {0x1B000, 0x1B16F}, /* kana supplements */
        {0x20000, 0x323AF}, /* CJK extensions B to H */
    };
    if (code_point < ranges[0].first)
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (code_point <= ranges[i].last)
            return code_point >= ranges[i].first;
    return false;
}

bool pv_utf8_is_wide_word_character(uint32_t code_point) {
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code_point);
    if (property->ignorable)
        return false; /* Hangul fillers are letters */
    switch (property->category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

bool pv_utf8_is_wide_invisible(uint32_t code_point) {
    /* What Unicode lets be seen where it cannot be shown, and is not: annotation marks, an object that is missing; the
     * braille cell and the note head that have nothing in them. */
    if ((code_point >= 0xFFF9 && code_point <= 0xFFFC) || code_point == 0x2800 || code_point == 0x1D159)
        return true;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code_point);
    return property->ignorable || (property->category == UTF8PROC_CATEGORY_CC && code_point != 0x85);
}

/* Of Cyrillic, Greek and others: what is drawn as a letter of ASCII is. */
static uint32_t look_alike(uint32_t code_point) {
    static const struct {
        uint16_t code_point;
        char seen_as;
    } letters[] = {
        {0x131, 'i'},  {0x251, 'a'},  {0x261, 'g'},  {0x391, 'A'},   {0x392, 'B'},   {0x395, 'E'},   {0x396, 'Z'},
        {0x397, 'H'},  {0x399, 'I'},  {0x39A, 'K'},  {0x39C, 'M'},   {0x39D, 'N'},   {0x39F, 'O'},   {0x3A1, 'P'},
        {0x3A4, 'T'},  {0x3A5, 'Y'},  {0x3A7, 'X'},  {0x3B1, 'a'},   {0x3B9, 'i'},   {0x3BD, 'v'},   {0x3BF, 'o'},
        {0x3C1, 'p'},  {0x3F2, 'c'},  {0x3F3, 'j'},  {0x405, 'S'},   {0x406, 'I'},   {0x408, 'J'},   {0x410, 'A'},
        {0x412, 'B'},  {0x415, 'E'},  {0x41A, 'K'},  {0x41C, 'M'},   {0x41D, 'H'},   {0x41E, 'O'},   {0x420, 'P'},
        {0x421, 'C'},  {0x422, 'T'},  {0x423, 'Y'},  {0x425, 'X'},   {0x430, 'a'},   {0x435, 'e'},   {0x43E, 'o'},
        {0x440, 'p'},  {0x441, 'c'},  {0x443, 'y'},  {0x445, 'x'},   {0x455, 's'},   {0x456, 'i'},   {0x458, 'j'},
        {0x4BB, 'h'},  {0x4CF, 'l'},  {0x501, 'd'},  {0x51B, 'q'},   {0x51D, 'w'},   {0x578, 'n'},   {0x57D, 'u'},
        {0x581, 'g'},  {0x585, 'o'},  {0x2BC, '\''}, {0x2018, '\''}, {0x2019, '\''}, {0x201B, '\''}, {0x2032, '\''},
        {0x201C, '"'}, {0x201D, '"'}, {0x2033, '"'}, {0x2024, '.'},  {0x2044, '/'},  {0x2212, '-'},  {0x2215, '/'},
        {0x2236, ':'}, {0x37E, ';'},
    };
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].code_point == code_point)
            return (unsigned char)letters[i].seen_as;
    return code_point;
}

uint32_t pv_utf8_seen_as(uint32_t code_point) {
    if (code_point < 0x80)
        return code_point;
    if (pv_utf8_is_white_space(code_point))
        return ' ';
    if (pv_utf8_is_invisible(code_point))
        return 0;
    if (code_point >= 0xFF01 && code_point <= 0xFF5E) /* full width */
        return code_point - 0xFF01 + '!';
    return code_point >= 0x2010 && code_point <= 0x2015 ? '-' : look_alike(code_point);
}

bool pv_utf8_is_zero_width(uint32_t code_point) {
    return code_point == 0xAD || (code_point >= 0x200B && code_point <= 0x200D) || code_point == 0x2060 ||
           code_point == 0xFEFF;
}

size_t pv_utf8_fold(pv_str text, int32_t *out, size_t room) {
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size, out,
                           (utf8proc_ssize_t)room, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    return count > 0 ? (size_t)count : 0;
}

uint32_t pv_utf8_lower(uint32_t code_point) {
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point + ('a' - 'A') : code_point;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}
