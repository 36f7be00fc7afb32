#include "report/verdicts/length.h"

#include "base/utf8.h"
#include "report/write/layout.h"

bool pv_length_is_limited(const pv_length *length) {
    return length->word_minimum > 0 || length->word_limit > 0 || length->character_limit > 0;
}

/* "50 to 300", "at least 50" or "at most 300"; one of them is not 0. */
static void write_range(pv_buf *out, uint32_t least, uint32_t most) {
    if (least > 0 && most > 0)
        pv_buf_format(out, "%u to %u", least, most);
    else
        pv_buf_format(out, "at %s %u", least > 0 ? "least" : "most", least > 0 ? least : most);
}

void pv_length_write_limits(pv_buf *out, const pv_length *length) {
    uint32_t words = length->word_limit > 0 ? length->word_limit : length->word_minimum;
    if (words > 0) {
        write_range(out, length->word_minimum, length->word_limit);
        pv_buf_append_text(out, words == 1 ? " word" : " words");
    }
    if (length->character_limit > 0) {
        pv_buf_append_text(out, words > 0 ? ", " : "");
        write_range(out, 0, length->character_limit);
        pv_buf_append_text(out, length->character_limit == 1 ? " character" : " characters");
    }
}

void pv_length_write(pv_buf *out, const pv_length *length, size_t words, pv_str text) {
    pv_layout_count(out, words, "word");
    if (length->word_minimum > 0 || length->word_limit > 0) {
        pv_buf_append_text(out, " of ");
        write_range(out, length->word_minimum, length->word_limit);
    }
    if (length->character_limit > 0) {
        pv_buf_append_text(out, ", ");
        pv_layout_count(out, pv_utf8_length(text), "character");
        pv_buf_append_text(out, " of ");
        write_range(out, 0, length->character_limit);
    }
}
