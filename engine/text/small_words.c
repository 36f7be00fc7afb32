#include "text/small_words.h"

static const char *const words[] = {
    "a",  "an", "and", "as", "at",  "between", "by",  "for",   "from", "in",  "into",   "its",    "nor",
    "of", "on", "or",  "s",  "per", "than",    "the", "their", "to",   "via", "versus", "within", "with",
};

bool pv_small_word(pv_str word) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (pv_str_equal_ascii_folded(word, pv_str_from(words[i])))
            return true;
    return false;
}
