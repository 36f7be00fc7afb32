/* Invariant: text inside the engine is valid UTF-8 (checked once, when a source is loaded), so these decoders never
 * meet a bad sequence; on one they still make progress by a byte and answer U+FFFD. */
#ifndef PV_BASE_UTF8_H
#define PV_BASE_UTF8_H

#include <assert.h>

#include "base/str.h"

/* Offset of the first byte that is not well-formed UTF-8 (overlong, surrogate, > U+10FFFF, truncated), or SIZE_MAX. */
size_t pv_utf8_invalid_at(pv_str text);
/* The size of the byte order mark at the start of text (U+FEFF, which editors put there and nobody sees): 3, or 0. */
static inline size_t pv_utf8_mark_size(pv_str text) {
    return pv_str_starts_with(text, PV_STR("\xEF\xBB\xBF")) ? 3 : 0;
}
/* Whether every byte is ASCII; a machine word at a time. */
bool pv_utf8_is_ascii(pv_str text);
/* Decodes the code point at offset (< text.size) and stores its length in bytes. Nearly all text is ASCII, so that is
 * told here, without a call. */
uint32_t pv_utf8_decode_sequence(pv_str text, size_t offset, size_t *length);
static inline uint32_t pv_utf8_decode(pv_str text, size_t offset, size_t *length) {
    assert(offset < text.size);
    unsigned char byte = (unsigned char)text.data[offset];
    if (byte >= 0x80)
        return pv_utf8_decode_sequence(text, offset, length);
    *length = 1;
    return byte;
}
/* Writes 1 to 4 bytes, returns how many. */
size_t pv_utf8_encode(uint32_t code_point, char out[4]);
/* Code points in text. */
size_t pv_utf8_length(pv_str text);
/* Offset of the first byte at or after from that is one of the stops (which may be the same) or not printable ASCII, or
 * the end; a machine word at a time. */
size_t pv_utf8_plain_end(pv_str text, size_t from, char stop, char other_stop);
/* Start of the code point before offset (> 0). */
size_t pv_utf8_previous(pv_str text, size_t offset);
/* Whether a byte goes on with a character that another one began. */
static inline bool pv_utf8_is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}
/* The beginning of text, at most so many bytes of it and never half a character. */
pv_str pv_utf8_cut(pv_str text, size_t most);
/* Columns the text takes in a terminal: 0 for combining marks, 2 for wide East Asian (utf8proc's table). */
size_t pv_utf8_columns(pv_str text);

/* Unicode White_Space (PropList.txt): includes NBSP, U+202F, U+3000, U+0085, U+2028, U+2029. */
bool pv_utf8_is_wide_white_space(uint32_t code_point); /* of what is not ASCII */
static inline bool pv_utf8_is_white_space(uint32_t code_point) {
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    return pv_utf8_is_wide_white_space(code_point);
}
/* Han, Hiragana, Katakana, Hangul syllables: what Word counts as a word of its own. */
bool pv_utf8_is_ideograph(uint32_t code_point);
/* Shows nothing in a text, and is neither white space nor ASCII: Unicode's Default_Ignorable_Code_Point (zero-width and
 * directional characters, joiners, variation selectors, tags, fillers), control characters, U+2800, U+FFFC. */
bool pv_utf8_is_wide_invisible(uint32_t code_point); /* of what is not ASCII */
static inline bool pv_utf8_is_invisible(uint32_t code_point) {
    return code_point >= 0x80 && pv_utf8_is_wide_invisible(code_point);
}
/* What a reader takes it for: ASCII for a letter of another script, a dash, a quotation mark or a blank that looks like
 * one of ASCII's, 0 for what shows nothing, and itself for all else. */
uint32_t pv_utf8_seen_as(uint32_t code_point);
/* Letter or number in Unicode's general categories L*, N*, that shows. */
bool pv_utf8_is_wide_word_character(uint32_t code_point); /* of what is not ASCII */
static inline bool pv_utf8_is_word_character(uint32_t code_point) {
    if (code_point < 0x80)
        return (code_point >= '0' && code_point <= '9') || ((code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z');
    return pv_utf8_is_wide_word_character(code_point);
}
/* Of those that show nothing, what an excerpt of a text shows by its code point: U+00AD, U+200B, U+200C, U+200D,
 * U+2060, U+FEFF. */
bool pv_utf8_is_zero_width(uint32_t code_point);
/* The code points of text, decomposed and in canonical order, without regard to case, and without those of Unicode's
 * Default_Ignorable_Code_Point: how many there are. At most `room` fit into out, which then holds nothing of use if
 * there are more. */
size_t pv_utf8_fold(pv_str text, int32_t *out, size_t room);
/* Simple lower-case mapping (utf8proc). */
uint32_t pv_utf8_lower(uint32_t code_point);

#endif
