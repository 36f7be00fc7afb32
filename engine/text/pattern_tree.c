#include "text/pattern_tree_p.h"

#include "base/array.h"
#include "base/digits.h"

/* By byte; beyond ASCII all are PV_APART. */
/* clang-format off */
const uint8_t pv_symbols[256] = {
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    27, 28, 29, 30, 31, 32, 33, 34, 35, 36,  0,  0,  0,  0,  0,  0, /* 0 to 9 */
     0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, /* A to O */
    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,  0,  0,  0,  0, 37, /* P to Z, _ */
     0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, /* a to o */
    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,                     /* p to z */
};
/* clang-format on */

#define LONG_S "\xC5\xBF"          /* equal to "s" where case is ignored */
#define KELVIN_SIGN "\xE2\x84\xAA" /* equal to "k" */

bool pv_folds_to_ascii(pv_str text) {
    return pv_str_find(text, PV_STR(LONG_S), 0) < text.size || pv_str_find(text, PV_STR(KELVIN_SIGN), 0) < text.size;
}

/* ---- what is read ---- */

#define DEEPEST_GROUPS 60u /* deeper than PCRE2 is let compile */

typedef struct pattern_reader {
    pv_str source;
    size_t at;
    bool extended;
    bool quoted; /* between \Q and \E */
    unsigned depth;
    bool gives_up; /* of this pattern nothing can be said */
    bool out_of_memory;
    pv_arena *arena;
} pattern_reader;

static pv_pattern_node *read_choice(pattern_reader *reader);

static bool has_more(const pattern_reader *reader) {
    return reader->at < reader->source.size && !reader->gives_up;
}

static char peek(const pattern_reader *reader, size_t ahead) {
    return reader->at + ahead < reader->source.size ? reader->source.data[reader->at + ahead] : '\0';
}

static bool take(pattern_reader *reader, pv_str text) {
    if (peek(reader, 0) != text.data[0] ||
        !pv_str_starts_with(pv_str_slice(reader->source, reader->at, reader->source.size), text))
        return false;
    reader->at += text.size;
    return true;
}

static pv_pattern_node *new_node(pattern_reader *reader, pv_node_kind kind) {
    pv_pattern_node *made = PV_NEW(reader->arena, pv_pattern_node);
    if (!made) {
        reader->gives_up = reader->out_of_memory = true;
        return NULL;
    }
    made->kind = kind;
    return made;
}

static pv_pattern_node *give_up(pattern_reader *reader) {
    reader->gives_up = true;
    return NULL;
}

static void add_byte(pv_byte_set *set, unsigned char byte) {
    if (byte < 0x80)
        set->ascii[byte >> 6] |= (uint64_t)1 << (byte & 63);
    else
        set->beyond_ascii = true;
}

static void add_digits(pv_byte_set *set) {
    for (int c = '0'; c <= '9'; c++)
        add_byte(set, (unsigned char)c);
    set->beyond_ascii = true; /* digits of other scripts */
}

static pv_pattern_node *symbol_node(pattern_reader *reader, char c) {
    pv_pattern_node *made = new_node(reader, NODE_SYMBOL);
    if (made && pv_symbol_of(c) == PV_APART) {
        made->has_set = c != ' '; /* which hardly a text lacks */
        add_byte(&made->set, (unsigned char)c);
    } else if (made) {
        made->symbol = pv_symbol_of(c);
    }
    return made;
}

/* White space and comments of an extended pattern. */
static void skip_ignored(pattern_reader *reader) {
    while (reader->extended && !reader->quoted && has_more(reader)) {
        char c = peek(reader, 0);
        if (c == '#') {
            while (has_more(reader) && peek(reader, 0) != '\n')
                reader->at++;
        } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
            reader->at++;
        } else if (take(reader, PV_STR("\xC2\x85")) || take(reader, PV_STR("\xE2\x80"))) {
            give_up(reader); /* may be one of the white spaces beyond ASCII that PCRE2 ignores */
        } else {
            return;
        }
    }
}

static bool skip_past(pattern_reader *reader, char end) {
    while (has_more(reader)) {
        if (reader->source.data[reader->at++] == end)
            return true;
    }
    give_up(reader);
    return false;
}

/* What "\x" and "\p" name. */
static pv_pattern_node *read_named(pattern_reader *reader, char letter) {
    if (peek(reader, 0) == '{')
        skip_past(reader, '}');
    else if (letter != 'x')
        reader->at++;
    else
        for (unsigned i = 0; i < 2 && pv_hex_value(peek(reader, 0)) >= 0; i++)
            reader->at++;
    return new_node(reader, NODE_UNKNOWN);
}

static pv_pattern_node *digit_node(pattern_reader *reader) {
    pv_pattern_node *made = new_node(reader, NODE_UNKNOWN);
    if (made) {
        made->has_set = true;
        add_digits(&made->set);
    }
    return made;
}

static pv_pattern_node *read_escape(pattern_reader *reader) {
    char c = peek(reader, 1);
    reader->at += 2;
    if (reader->at > reader->source.size)
        return give_up(reader);
    if (pv_is_digit(c)) { /* a group again, or an octal number */
        while (pv_is_digit(peek(reader, 0)))
            reader->at++;
        return new_node(reader, NODE_UNKNOWN);
    }
    switch (c) {
    case 'b':
        return new_node(reader, NODE_BOUNDARY);
    case 's':
    case 'h':
    case 'v':
    case 'R':
    case 'W':
    case 'n':
    case 't':
    case 'r':
    case 'f':
        return new_node(reader, NODE_SYMBOL); /* PV_APART */
    case 'd':
        return digit_node(reader);
    case 'B':
    case 'A':
    case 'Z':
    case 'z':
    case 'K':
    case 'D':
    case 'S':
    case 'w':
    case 'N':
    case 'X':
    case 'H':
    case 'V':
        return new_node(reader, NODE_UNKNOWN);
    case 'p':
    case 'P':
    case 'x':
        return read_named(reader, c);
    default:
        return pv_ascii_is_letter(c) || (unsigned char)c >= 0x80 ? give_up(reader) : symbol_node(reader, c);
    }
}

/* ---- classes ---- */

/* A class as it is read: what it holds, unless that is more than is kept count of. */
typedef struct class_reading {
    pv_byte_set set;
    bool holds_more;
    int last; /* character, which may begin a range; -1: none */
} class_reading;

static void add_character(class_reading *class, unsigned char byte) {
    add_byte(&class->set, byte);
    add_byte(&class->set, (unsigned char)pv_ascii_lower((char)byte));
    if (byte >= 'a' && byte <= 'z')
        add_byte(&class->set, (unsigned char)(byte - 'a' + 'A'));
    if (pv_ascii_is_letter((char)byte))
        class->set.beyond_ascii = true; /* characters equal to some letters where case is ignored */
}

static void read_class_escape(pattern_reader *reader, class_reading *class) {
    char c = peek(reader, 1);
    reader->at += 2;
    class->last = -1;
    if (c == 'd') {
        add_digits(&class->set);
    } else if (c == 'n' || c == 't') {
        class->last = c == 'n' ? '\n' : '\t'; /* a range may begin here */
        add_byte(&class->set, (unsigned char)class->last);
    } else if (c == 's') {
        for (int space = '\t'; space <= '\r'; space++)
            add_byte(&class->set, (unsigned char)space);
        add_byte(&class->set, ' ');
        class->set.beyond_ascii = true;
    } else if (pv_ascii_is_letter_or_digit(c)) {
        class->holds_more = true;
        if (c == 'x' || c == 'p' || c == 'P')
            read_named(reader, c);
        else if (c != 'w' && c != 'W' && c != 'S' && c != 'D' && c != 'h' && c != 'v' && c != 'r' && c != 'f')
            give_up(reader);
    } else {
        add_character(class, (unsigned char)c);
        class->last = (unsigned char)c;
    }
}

/* "[:alpha:]", "[:^digit:]"; where it is anything else PCRE2 looks on for its end, and that is not followed here. */
static void read_posix_class(pattern_reader *reader, class_reading *class) {
    size_t end = reader->at + 2;
    class->holds_more = true;
    class->last = -1;
    end += end < reader->source.size && reader->source.data[end] == '^';
    while (end < reader->source.size && pv_ascii_is_letter(reader->source.data[end]))
        end++;
    if (peek(reader, 1) == ':' &&
        pv_str_starts_with(pv_str_slice(reader->source, end, reader->source.size), PV_STR(":]")))
        reader->at = end + 2;
    else
        give_up(reader);
}

static void read_class_member(pattern_reader *reader, class_reading *class) {
    char c = peek(reader, 0);
    if (c == '[' && (peek(reader, 1) == ':' || peek(reader, 1) == '.' || peek(reader, 1) == '=')) {
        read_posix_class(reader, class);
        return;
    }
    if (c == '\\') {
        read_class_escape(reader, class);
        return;
    }
    const int first = class->last;
    bool is_range = c == '-' && first >= 0 && peek(reader, 1) != ']';
    reader->at++;
    if (is_range) {
        unsigned char end = (unsigned char)peek(reader, 0);
        class->last = -1;
        if (end == '\\' || end == '[' || end >= 0x80) {
            class->holds_more = true; /* its end is read as a member of its own */
            return;
        }
        for (int byte = first; byte <= end; byte++)
            add_character(class, (unsigned char)byte);
        reader->at++; /* so that a hyphen behind the range is one */
        return;
    }
    add_character(class, (unsigned char)c);
    class->last = (unsigned char)c < 0x80 ? (unsigned char)c : -1;
    if (class->last < 0 && peek(reader, 0) == '-')
        class->holds_more = true; /* a range of characters beyond ASCII */
}

/* The digits; the letters and "_". */
static bool holds_no_symbol(const pv_byte_set *set) {
    return (set->ascii[0] & 0x03FF000000000000U) == 0 && (set->ascii[1] & 0x07FFFFFE87FFFFFEU) == 0;
}

static pv_pattern_node *read_class(pattern_reader *reader) {
    class_reading class = {.last = -1};
    size_t start = reader->at++;
    if (peek(reader, 0) == '^') {
        class.holds_more = true;
        reader->at++;
    }
    for (bool first = true; has_more(reader) && (first || peek(reader, 0) != ']'); first = false)
        read_class_member(reader, &class);
    if (!has_more(reader))
        return give_up(reader);
    class.holds_more |= pv_folds_to_ascii(pv_str_slice(reader->source, start, reader->at));
    reader->at++;
    pv_pattern_node *made = new_node(reader, NODE_UNKNOWN);
    if (made && !class.holds_more) {
        made->kind = holds_no_symbol(&class.set) && !class.set.beyond_ascii ? NODE_SYMBOL : NODE_UNKNOWN;
        made->has_set = true;
        made->set = class.set;
    }
    return made;
}

/* ---- groups ---- */

/* Past "(?" and flags, at ":" or ")"; false: these are no flags. */
static bool read_flags(pattern_reader *reader) {
    bool set = true;
    size_t at = reader->at;
    bool extended = reader->extended;
    for (; at < reader->source.size; at++) {
        switch (reader->source.data[at]) {
        case '-':
            set = false;
            break;
        case 'x':
            if (at + 1 < reader->source.size && reader->source.data[at + 1] == 'x')
                return false;
            extended = set;
            break;
        case 'i':
        case 'm':
        case 's':
        case 'n':
        case 'J':
        case 'U':
            break;
        case ':':
        case ')':
            reader->at = at;
            reader->extended = extended;
            return true;
        default:
            return false;
        }
    }
    return false;
}

static bool names_group(pattern_reader *reader) {
    if (take(reader, PV_STR("P<")) || (peek(reader, 0) == '<' && peek(reader, 1) != '=' && peek(reader, 1) != '!' &&
                                       peek(reader, 1) != '*' && take(reader, PV_STR("<"))))
        return skip_past(reader, '>');
    return take(reader, PV_STR("'")) && skip_past(reader, '\'');
}

static bool calls_group(const pattern_reader *reader) {
    char c = peek(reader, 0);
    char next = peek(reader, 1);
    return c == '&' || c == 'R' || pv_is_digit(c) || ((c == '+' || c == '-') && pv_is_digit(next)) ||
           (c == 'P' && (next == '>' || next == '='));
}

/* What stands in a group, to its end. `flags` of the group end with it. */
static pv_pattern_node *read_group_content(pattern_reader *reader) {
    pv_pattern_node *inside = read_choice(reader);
    if (!has_more(reader) || peek(reader, 0) != ')')
        return give_up(reader);
    reader->at++;
    return inside;
}

static pv_pattern_node *read_lookaround(pattern_reader *reader, bool must_match) {
    pv_pattern_node *made = new_node(reader, must_match ? NODE_AHEAD : NODE_UNKNOWN);
    pv_pattern_node *inside = read_group_content(reader);
    if (made && must_match)
        made->first = inside;
    return made;
}

static pv_pattern_node *read_special_group(pattern_reader *reader, bool *keeps_flags) {
    *keeps_flags = false;
    if (take(reader, PV_STR("=")) || take(reader, PV_STR("<=")))
        return read_lookaround(reader, true);
    if (take(reader, PV_STR("!")) || take(reader, PV_STR("<!")))
        return read_lookaround(reader, false);
    if (take(reader, PV_STR(">")) || take(reader, PV_STR("|")) || names_group(reader))
        return read_group_content(reader);
    if (calls_group(reader)) {
        skip_past(reader, ')');
        return new_node(reader, NODE_UNKNOWN);
    }
    if (!read_flags(reader))
        return give_up(reader);
    if (take(reader, PV_STR(":")))
        return read_group_content(reader);
    *keeps_flags = true; /* to the end of the group that they stand in */
    reader->at++;
    return new_node(reader, NODE_SERIES);
}

static pv_pattern_node *read_group(pattern_reader *reader) {
    bool extended = reader->extended;
    bool keeps_flags = false;
    if (peek(reader, 1) == '*' || ++reader->depth > DEEPEST_GROUPS)
        return give_up(reader);
    reader->at++;
    pv_pattern_node *made =
        take(reader, PV_STR("?")) ? read_special_group(reader, &keeps_flags) : read_group_content(reader);
    if (!keeps_flags)
        reader->extended = extended;
    reader->depth--;
    return made;
}

/* ---- quantifiers, series, choices ---- */

static pv_pattern_node *read_character(pattern_reader *reader) {
    char c = peek(reader, 0);
    reader->at++;
    if ((unsigned char)c < 0x80)
        return symbol_node(reader, c);
    while (has_more(reader) && ((unsigned char)peek(reader, 0) & 0xC0) == 0x80)
        reader->at++;
    return new_node(reader, NODE_UNKNOWN);
}

/* The next character as it stands. A quantifier behind the "\E" is of the last one. */
static pv_pattern_node *read_quoted(pattern_reader *reader) {
    if (!has_more(reader) ||
        pv_str_starts_with(pv_str_slice(reader->source, reader->at, reader->source.size), PV_STR("\\E")))
        return give_up(reader); /* nothing is quoted: a quantifier would be of what stands before it */
    pv_pattern_node *made = read_character(reader);
    reader->quoted = !take(reader, PV_STR("\\E"));
    return made;
}

static pv_pattern_node *read_atom(pattern_reader *reader) {
    char c = peek(reader, 0);
    if (reader->quoted || take(reader, PV_STR("\\Q"))) {
        reader->quoted = true;
        return read_quoted(reader);
    }
    switch (c) {
    case '\\':
        return read_escape(reader);
    case '[':
        return read_class(reader);
    case '(':
        return read_group(reader);
    case '.':
        reader->at++;
        return new_node(reader, NODE_UNKNOWN);
    case '^':
    case '$':
        reader->at++;
        return new_node(reader, NODE_BOUNDARY);
    default:
        return read_character(reader);
    }
}

/* "{2}", "{2,}", "{2,3}"; any other brace is not read, for versions of PCRE2 differ there. */
static bool read_braces(pattern_reader *reader, bool *may_be_none, bool *at_most_once) {
    size_t at = reader->at + 1;
    pv_str source = reader->source;
    size_t end = pv_digits_end(source, at);
    uint64_t least = 0;
    if (end == at || !pv_digits_read(pv_str_slice(source, at, end), UINT32_MAX, &least))
        return false;
    bool has_comma = end < source.size && source.data[end] == ',';
    size_t close = has_comma ? pv_digits_end(source, end + 1) : end;
    if (close >= source.size || source.data[close] != '}')
        return false;
    *may_be_none = least == 0;
    *at_most_once = !has_comma && least == 1;
    reader->at = close + 1;
    return true;
}

static pv_pattern_node *repeated(pattern_reader *reader, pv_pattern_node *inside, bool may_be_none, bool at_most_once) {
    pv_pattern_node *made = new_node(reader, may_be_none ? NODE_UNKNOWN : NODE_REPEAT);
    if (made && !may_be_none) {
        made->first = inside;
        made->at_most_once = at_most_once;
    }
    return made;
}

static pv_pattern_node *read_quantified(pattern_reader *reader) {
    pv_pattern_node *made = read_atom(reader);
    for (;;) {
        bool may_be_none = false;
        bool at_most_once = false;
        if (reader->quoted)
            return made;
        skip_ignored(reader);
        char c = has_more(reader) ? peek(reader, 0) : '\0';
        if (c == '*' || c == '?' || c == '+') {
            may_be_none = c != '+';
            reader->at++;
        } else if (c != '{') {
            return made;
        } else if (!read_braces(reader, &may_be_none, &at_most_once)) {
            return give_up(reader);
        }
        skip_ignored(reader);
        if (has_more(reader) && (peek(reader, 0) == '?' || peek(reader, 0) == '+'))
            reader->at++; /* lazy, or possessive */
        made = repeated(reader, made, may_be_none, at_most_once);
    }
}

static pv_pattern_node *read_series(pattern_reader *reader) {
    pv_pattern_node *made = new_node(reader, NODE_SERIES);
    pv_pattern_node **end = made ? &made->first : NULL;
    for (skip_ignored(reader); made && has_more(reader); skip_ignored(reader)) {
        if (!reader->quoted && (peek(reader, 0) == '|' || peek(reader, 0) == ')'))
            break;
        pv_pattern_node *part = read_quantified(reader);
        if (!part)
            return NULL;
        *end = part;
        end = &part->next;
    }
    return made;
}

static pv_pattern_node *read_choice(pattern_reader *reader) {
    pv_pattern_node *first = read_series(reader);
    if (!first || !has_more(reader) || peek(reader, 0) != '|')
        return first;
    pv_pattern_node *made = new_node(reader, NODE_CHOICE);
    if (!made)
        return NULL;
    made->first = first;
    for (pv_pattern_node *last = first; last && take(reader, PV_STR("|")); last = last->next) {
        last->next = read_series(reader);
        if (!last->next)
            return NULL;
    }
    return made;
}

bool pv_pattern_tree_read(const pv_pattern_node **out, pv_arena *arena, pv_str pattern, bool extended) {
    pattern_reader reader = {.source = pattern, .extended = extended, .arena = arena};
    const pv_pattern_node *tree = read_choice(&reader);
    *out = tree && reader.at == pattern.size && !reader.gives_up ? tree : NULL;
    return !reader.out_of_memory;
}
