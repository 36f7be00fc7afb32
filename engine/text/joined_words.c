#include "text/joined_words_p.h"

#include "base/digits.h"
#include "base/utf8.h"

/* How many words in one run, with these signs between them, are more than anyone means as one. */
#define MOST_LISTED 2u   /* with commas and semicolons */
#define MOST_JOINED 3u   /* with underscores, slashes, dots and other signs */
#define MOST_HYPHENED 5u /* "one-size-fits-all" has four */
#define MOST_CAPITALS 4u /* "WeWillConnectAllProviders" has five */

/* What ends the name of a host or of a file. */
static const char *const name_endings[] = {
    "gov", "org",  "com", "net",  "edu", "us",   "ca",  "io",   "info", "mil", "pdf", "docx", "doc", "xlsx", "xls",
    "txt", "yaml", "yml", "pptx", "ppt", "html", "htm", "json", "zip",  "png", "jpg", "jpeg", "lua", "aspx", "xml",
};

/* What parts words that belong to one run. */
typedef enum joint { JOINT_NONE, JOINT_LISTED, JOINT_SLASH, JOINT_DOT, JOINT_OTHER, JOINT_HYPHEN } joint;

static joint joint_of(uint32_t character) {
    switch (character) {
    case ',':
    case ';':
    case 0xFF0C:
    case 0xFF1B:
    case 0x3001:
        return JOINT_LISTED;
    case '/':
    case 0x2044:
    case 0x2215:
    case 0xFF0F:
        return JOINT_SLASH;
    case '.':
    case 0xB7:
    case 0x2022:
    case 0x2024:
    case 0x2027:
    case 0xFF0E:
        return JOINT_DOT;
    case '_':
    case '|':
    case '+':
    case '~':
    case '=':
    case '*':
    case '>':
    case ':':
    case '\\':
    case '&':
    case 0x2013:
    case 0x2014:
    case 0x2192:
    case 0x203F:
    case 0x2054:
    case 0xFF3F:
        return JOINT_OTHER;
    case '-':
    case 0x2010:
    case 0x2011:
        return JOINT_HYPHEN;
    default:
        return JOINT_NONE;
    }
}

/* What was counted in one run. */
typedef struct run_words {
    size_t words;    /* parted by anything but hyphens */
    size_t hyphened; /* parted by hyphens too */
    size_t capitals; /* words that begin with one */
    size_t humps;    /* capitals after a small letter, in a run of letters alone */
    bool joints[JOINT_HYPHEN + 1];
    bool other; /* figures or signs that no joined words have */
} run_words;

/* The run without what closes or opens it: brackets, quotation marks, the end of a sentence. */
static pv_str bare(pv_str run) {
    size_t length;
    while (run.size > 0 && !pv_utf8_is_word_character(pv_utf8_decode(run, 0, &length)))
        run = pv_str_slice(run, length, run.size);
    while (run.size > 0) {
        size_t last = pv_utf8_previous(run, run.size);
        if (pv_utf8_is_word_character(pv_utf8_decode(run, last, &length)))
            break;
        run = pv_str_slice(run, 0, last);
    }
    return run;
}

static bool is_apostrophe(uint32_t character) {
    return character == '\'' || character == 0x2019;
}

/* Figures of any kind, raised ones for footnotes too. */
static bool is_figure(uint32_t character) {
    return (character < 0x80 && pv_is_digit((char)character)) || character == 0xB2 || character == 0xB3 ||
           character == 0xB9 || (character >= 0x2070 && character <= 0x209C) ||
           (character >= 0x2150 && character <= 0x24FF) || (character >= 0xFF10 && character <= 0xFF19);
}

/* A word of one letter is "a" or "I"; any other is a part of an abbreviation or a sign ("e.g", "R&D"). */
static bool ends_no_word(size_t letters, uint32_t last) {
    return letters == 0 || (letters == 1 && last != 'a' && last != 'A' && last != 'I');
}

static run_words count_run(pv_str run) {
    run_words counted = {.words = 1, .hyphened = 1};
    uint32_t previous = 0;
    size_t letters = 0;
    for (size_t at = 0, length; at < run.size; at += length) {
        uint32_t character = pv_utf8_decode(run, at, &length);
        joint between = joint_of(character);
        if (between != JOINT_NONE) {
            counted.joints[between] = true;
            counted.other |= between == JOINT_HYPHEN ? letters == 0 : ends_no_word(letters, previous);
            counted.words += between != JOINT_HYPHEN;
            counted.hyphened++;
            letters = 0;
        } else if (pv_utf8_is_word_character(character) && !is_figure(character)) {
            bool capital = pv_utf8_lower(character) != character;
            counted.capitals += capital && letters == 0;
            counted.humps +=
                capital && previous != 0 && joint_of(previous) == JOINT_NONE && pv_utf8_lower(previous) == previous;
            letters++;
        } else if (!is_apostrophe(character)) {
            counted.other = true;
        }
        previous = character;
    }
    counted.other |= ends_no_word(letters, previous);
    return counted;
}

/* "draft_two_of_plan.xyz": underscores, and one dot with a short ending. */
static bool is_file(pv_str run) {
    enum { LONGEST_ENDING = 4 };
    size_t dot = pv_str_find(run, PV_STR("."), 0);
    return dot != SIZE_MAX && pv_str_find(run, PV_STR("/"), 0) == SIZE_MAX && pv_str_find(run, PV_STR("_"), 0) < dot &&
           run.size - dot - 1 <= LONGEST_ENDING;
}

/* "dhcs.ca.gov/services", "draft_two_of_plan.docx". */
static bool is_name(pv_str run) {
    size_t slash = pv_str_find(run, PV_STR("/"), 0);
    pv_str host = pv_str_slice(run, 0, slash == SIZE_MAX ? run.size : slash);
    const pv_str names[] = {host, run};
    for (size_t i = 0; i < 2; i++) {
        size_t dot = names[i].size;
        while (dot > 0 && names[i].data[dot - 1] != '.')
            dot--;
        pv_str ending = pv_str_slice(names[i], dot, names[i].size);
        for (size_t ends = 0; dot > 0 && ends < sizeof name_endings / sizeof name_endings[0]; ends++)
            if (pv_str_equal_ascii_folded(ending, pv_str_from(name_endings[ends])))
                return true;
    }
    return is_file(run) || pv_str_find(run, PV_STR("@"), 0) != SIZE_MAX;
}

bool pv_words_are_joined(pv_str run) {
    run = bare(run);
    run_words counted = count_run(run);
    if (counted.other)
        return false;
    bool plain = !counted.joints[JOINT_LISTED] && !counted.joints[JOINT_SLASH] && !counted.joints[JOINT_DOT] &&
                 !counted.joints[JOINT_OTHER];
    if (plain && counted.joints[JOINT_HYPHEN])
        return counted.hyphened > MOST_HYPHENED;
    if (plain)
        return counted.humps + 1 > MOST_CAPITALS;
    if (is_name(run))
        return false;
    bool names = counted.joints[JOINT_SLASH] && counted.capitals > 1;
    return counted.words > (counted.joints[JOINT_LISTED] ? MOST_LISTED : MOST_JOINED) && !names;
}

bool pv_words_are_paired(pv_str run) {
    const size_t shortest = 2;
    run = bare(run);
    run_words counted = count_run(run);
    bool signs = counted.joints[JOINT_LISTED] || counted.joints[JOINT_DOT];
    return !counted.other && counted.words == 2 && signs && !counted.joints[JOINT_SLASH] &&
           !counted.joints[JOINT_OTHER] && run.size > 2 * shortest && !is_name(run);
}
