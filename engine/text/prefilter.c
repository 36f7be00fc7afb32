#include "text/prefilter.h"

#include <string.h>

#include "base/array.h"
#include "base/digits.h"

/* ---- symbols ---- */

/* 0 stands for any number of characters that are no ASCII letter, digit or "_". Where PCRE2 finds a word to begin or
 * end, what is beyond it is a 0, or the text's own end. */
#define APART 0u
#define SYMBOL_BITS 6u
#define THREE_MASK ((1u << 3 * SYMBOL_BITS) - 1)

#define LONG_S "\xC5\xBF"          /* equal to "s" where case is ignored */
#define KELVIN_SIGN "\xE2\x84\xAA" /* equal to "k" */

static const uint8_t symbols[256] = {
    ['a'] = 1,  ['b'] = 2,  ['c'] = 3,  ['d'] = 4,  ['e'] = 5,  ['f'] = 6,  ['g'] = 7,  ['h'] = 8,  ['i'] = 9,
    ['j'] = 10, ['k'] = 11, ['l'] = 12, ['m'] = 13, ['n'] = 14, ['o'] = 15, ['p'] = 16, ['q'] = 17, ['r'] = 18,
    ['s'] = 19, ['t'] = 20, ['u'] = 21, ['v'] = 22, ['w'] = 23, ['x'] = 24, ['y'] = 25, ['z'] = 26, ['A'] = 1,
    ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,  ['I'] = 9,  ['J'] = 10,
    ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19,
    ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['0'] = 27, ['1'] = 28,
    ['2'] = 29, ['3'] = 30, ['4'] = 31, ['5'] = 32, ['6'] = 33, ['7'] = 34, ['8'] = 35, ['9'] = 36, ['_'] = 37,
};

static unsigned symbol_of(char c) {
    return symbols[(unsigned char)c];
}

static uint32_t hash_three(uint32_t three) {
    return three * 0x9E3779B1u;
}

/* ---- signatures ---- */

#define FEWEST_SIGNATURE_BITS 10u
#define BITS_PER_BYTE 8u /* of text, so that about one bit in eight is set */

static bool folds_to_ascii(pv_str text) {
    return pv_str_find(text, PV_STR(LONG_S), 0) < text.size || pv_str_find(text, PV_STR(KELVIN_SIGN), 0) < text.size;
}

bool pv_signature_build(pv_signature *out, pv_arena *arena, pv_str text, pv_error *error) {
    unsigned width = FEWEST_SIGNATURE_BITS;
    while (width < 3 * SYMBOL_BITS && ((size_t)1 << width) / BITS_PER_BYTE < text.size)
        width++;
    *out = (pv_signature){.bits = PV_NEW_ARRAY(arena, uint64_t, ((size_t)1 << width) / 64), .shift = 32 - width};
    if (!out->bits)
        return pv_fail_memory(error);
    uint64_t seen[4] = {0};
    uint32_t three = APART;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        unsigned symbol = symbols[byte];
        seen[byte >> 6] |= (uint64_t)1 << (byte & 63);
        if (symbol == APART && (three & ((1u << SYMBOL_BITS) - 1)) == APART)
            continue;
        three = (three << SYMBOL_BITS | symbol) & THREE_MASK;
        uint32_t bit = hash_three(three) >> out->shift;
        out->bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
    }
    uint32_t bit = hash_three(three << SYMBOL_BITS & THREE_MASK) >> out->shift; /* the end, as a 0 */
    out->bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
    out->ascii[0] = seen[0];
    out->ascii[1] = seen[1];
    out->has_beyond_ascii = (seen[2] | seen[3]) != 0;
    out->is_undecided = out->has_beyond_ascii && folds_to_ascii(text);
    return true;
}

bool pv_signature_covers(pv_str whole, pv_span part) {
    bool begins = part.start == 0 || symbol_of(whole.data[part.start - 1]) == APART;
    return begins && (part.end >= whole.size || symbol_of(whole.data[part.end]) == APART);
}

/* ---- a pattern as a tree ---- */

#define DEEPEST_GROUPS 60u /* deeper than PCRE2 is let compile */

typedef struct byte_set {
    uint64_t ascii[2];
    bool beyond_ascii;
} byte_set;

typedef enum node_kind {
    NODE_SYMBOL,   /* one character, or with APART one or more, of one symbol */
    NODE_BOUNDARY, /* the edge of a word, or of a line */
    NODE_UNKNOWN,  /* anything, or nothing */
    NODE_SERIES,
    NODE_CHOICE,
    NODE_REPEAT, /* at least once */
    NODE_AHEAD   /* must match beside the rest: a lookaround */
} node_kind;

typedef struct pattern_node {
    node_kind kind;
    unsigned symbol;
    bool has_set; /* one of these must stand in the text */
    byte_set set;
    bool at_most_once;
    struct pattern_node *first;
    struct pattern_node *next;
} pattern_node;

typedef struct pattern_reader {
    pv_str source;
    size_t at;
    bool extended;
    unsigned depth;
    bool gives_up; /* of this pattern nothing can be said */
    bool out_of_memory;
    pv_arena *arena;
} pattern_reader;

static pattern_node *read_choice(pattern_reader *reader);

static bool has_more(const pattern_reader *reader) {
    return reader->at < reader->source.size && !reader->gives_up;
}

static char peek(const pattern_reader *reader, size_t ahead) {
    return reader->at + ahead < reader->source.size ? reader->source.data[reader->at + ahead] : '\0';
}

static bool take(pattern_reader *reader, pv_str text) {
    if (!pv_str_starts_with(pv_str_slice(reader->source, reader->at, reader->source.size), text))
        return false;
    reader->at += text.size;
    return true;
}

static pattern_node *new_node(pattern_reader *reader, node_kind kind) {
    pattern_node *made = PV_NEW(reader->arena, pattern_node);
    if (!made) {
        reader->gives_up = reader->out_of_memory = true;
        return NULL;
    }
    made->kind = kind;
    return made;
}

static pattern_node *give_up(pattern_reader *reader) {
    reader->gives_up = true;
    return NULL;
}

static void add_byte(byte_set *set, unsigned char byte) {
    if (byte < 0x80)
        set->ascii[byte >> 6] |= (uint64_t)1 << (byte & 63);
    else
        set->beyond_ascii = true;
}

static void add_digits(byte_set *set) {
    for (char c = '0'; c <= '9'; c++)
        add_byte(set, (unsigned char)c);
    set->beyond_ascii = true; /* digits of other scripts */
}

static pattern_node *symbol_node(pattern_reader *reader, char c) {
    pattern_node *made = new_node(reader, NODE_SYMBOL);
    if (made && symbol_of(c) == APART) {
        made->has_set = c != ' '; /* which hardly a text lacks */
        add_byte(&made->set, (unsigned char)c);
    } else if (made) {
        made->symbol = symbol_of(c);
    }
    return made;
}

/* White space and comments of an extended pattern. */
static void skip_ignored(pattern_reader *reader) {
    while (reader->extended && has_more(reader)) {
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
static pattern_node *read_named(pattern_reader *reader, char letter) {
    if (peek(reader, 0) == '{')
        skip_past(reader, '}');
    else if (letter != 'x')
        reader->at++;
    else
        for (unsigned i = 0; i < 2 && pv_hex_value(peek(reader, 0)) >= 0; i++)
            reader->at++;
    return new_node(reader, NODE_UNKNOWN);
}

static pattern_node *digit_node(pattern_reader *reader) {
    pattern_node *made = new_node(reader, NODE_UNKNOWN);
    if (made) {
        made->has_set = true;
        add_digits(&made->set);
    }
    return made;
}

static pattern_node *read_escape(pattern_reader *reader) {
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
        return new_node(reader, NODE_SYMBOL); /* APART */
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
    byte_set set;
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
        add_byte(&class->set, c == 'n' ? '\n' : '\t');
    } else if (c == 's') {
        for (char space = '\t'; space <= '\r'; space++)
            add_byte(&class->set, (unsigned char)space);
        add_byte(&class->set, ' ');
        class->set.beyond_ascii = true;
    } else if (pv_ascii_is_letter_or_digit(c)) {
        class->holds_more = true;
        if (c == 'Q' || c == 'E')
            give_up(reader);
        else if (c == 'x' || c == 'p' || c == 'P')
            read_named(reader, c);
        else if (c != 'w' && c != 'W' && c != 'S' && c != 'D' && c != 'h' && c != 'v' && c != 'r' && c != 'f')
            give_up(reader);
    } else {
        add_character(class, (unsigned char)c);
        class->last = (unsigned char)c;
    }
}

static void read_class_member(pattern_reader *reader, class_reading *class) {
    char c = peek(reader, 0);
    if (c == '[' && (peek(reader, 1) == ':' || peek(reader, 1) == '.' || peek(reader, 1) == '=')) {
        class->holds_more = true;
        size_t end = pv_str_find(reader->source, PV_STR(":]"), reader->at + 2);
        if (peek(reader, 1) != ':' || end >= reader->source.size)
            give_up(reader);
        else
            reader->at = end + 2;
        class->last = -1;
        return;
    }
    if (c == '\\') {
        read_class_escape(reader, class);
        return;
    }
    bool is_range = c == '-' && class->last >= 0 && peek(reader, 1) != ']';
    reader->at++;
    if (is_range) {
        unsigned char end = (unsigned char)peek(reader, 0);
        if (end == '\\' || end == '[' || end >= 0x80)
            class->holds_more = true; /* its end is read as a member of its own */
        else
            for (int byte = class->last; byte <= end; byte++)
                add_character(class, (unsigned char)byte);
        class->last = -1;
        return;
    }
    add_character(class, (unsigned char)c);
    class->last = (unsigned char)c < 0x80 ? (unsigned char)c : -1;
    if (class->last < 0 && peek(reader, 0) == '-')
        class->holds_more = true; /* a range of characters beyond ASCII */
}

static bool holds_no_symbol(const byte_set *set) {
    for (unsigned byte = 0; byte < 0x80; byte++) {
        if (symbols[byte] != APART && (set->ascii[byte >> 6] >> (byte & 63) & 1))
            return false;
    }
    return true;
}

static pattern_node *read_class(pattern_reader *reader) {
    class_reading class = {.last = -1};
    reader->at++;
    if (peek(reader, 0) == '^') {
        class.holds_more = true;
        reader->at++;
    }
    for (bool first = true; has_more(reader) && (first || peek(reader, 0) != ']'); first = false)
        read_class_member(reader, &class);
    if (!has_more(reader))
        return give_up(reader);
    reader->at++;
    pattern_node *made = new_node(reader, NODE_UNKNOWN);
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
static pattern_node *read_group_content(pattern_reader *reader) {
    pattern_node *inside = read_choice(reader);
    if (!has_more(reader) || peek(reader, 0) != ')')
        return give_up(reader);
    reader->at++;
    return inside;
}

static pattern_node *read_lookaround(pattern_reader *reader, bool must_match) {
    pattern_node *made = new_node(reader, must_match ? NODE_AHEAD : NODE_UNKNOWN);
    pattern_node *inside = read_group_content(reader);
    if (made && must_match)
        made->first = inside;
    return made;
}

static pattern_node *read_special_group(pattern_reader *reader, bool *keeps_flags) {
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

static pattern_node *read_group(pattern_reader *reader) {
    bool extended = reader->extended;
    bool keeps_flags = false;
    if (peek(reader, 1) == '*' || ++reader->depth > DEEPEST_GROUPS)
        return give_up(reader);
    reader->at++;
    pattern_node *made =
        take(reader, PV_STR("?")) ? read_special_group(reader, &keeps_flags) : read_group_content(reader);
    if (!keeps_flags)
        reader->extended = extended;
    reader->depth--;
    return made;
}

/* ---- quantifiers, series, choices ---- */

static pattern_node *read_atom(pattern_reader *reader) {
    char c = peek(reader, 0);
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
        reader->at++;
        if ((unsigned char)c < 0x80)
            return symbol_node(reader, c);
        while (has_more(reader) && ((unsigned char)peek(reader, 0) & 0xC0) == 0x80)
            reader->at++;
        return new_node(reader, NODE_UNKNOWN);
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

static pattern_node *repeated(pattern_reader *reader, pattern_node *inside, bool may_be_none, bool at_most_once) {
    pattern_node *made = new_node(reader, may_be_none ? NODE_UNKNOWN : NODE_REPEAT);
    if (made && !may_be_none) {
        made->first = inside;
        made->at_most_once = at_most_once;
    }
    return made;
}

static pattern_node *read_quantified(pattern_reader *reader) {
    pattern_node *made = read_atom(reader);
    for (;;) {
        bool may_be_none = false;
        bool at_most_once = false;
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

static pattern_node *read_series(pattern_reader *reader) {
    pattern_node *made = new_node(reader, NODE_SERIES);
    pattern_node **end = made ? &made->first : NULL;
    for (skip_ignored(reader); made && has_more(reader); skip_ignored(reader)) {
        if (peek(reader, 0) == '|' || peek(reader, 0) == ')')
            break;
        pattern_node *part = read_quantified(reader);
        if (!part)
            return NULL;
        *end = part;
        end = &part->next;
    }
    return made;
}

static pattern_node *read_choice(pattern_reader *reader) {
    pattern_node *first = read_series(reader);
    if (!first || !has_more(reader) || peek(reader, 0) != '|')
        return first;
    pattern_node *made = new_node(reader, NODE_CHOICE);
    if (!made)
        return NULL;
    made->first = first;
    for (pattern_node *last = first; last && take(reader, PV_STR("|")); last = last->next) {
        last->next = read_series(reader);
        if (!last->next)
            return NULL;
    }
    return made;
}

/* ---- what a tree needs ---- */

#define MOST_THREES 8u    /* of a literal */
#define MOST_CLAUSES 6u   /* that are kept */
#define MOST_WEIGHT 4000u /* of a clause: above it too many texts meet it */
#define WEIGHT_OF_SET 500u

/* About how often, of a thousand texts, one holds a literal of so many threes. */
static const unsigned weights[MOST_THREES + 1] = {1000, 200, 80, 30, 10, 10, 10, 10, 10};

typedef struct word_literal {
    uint32_t threes[MOST_THREES]; /* hashed */
    unsigned count;
} word_literal;

/* One of the literals, or of the set, stands in every text that matches. */
typedef struct need {
    PV_ARRAY(word_literal) literals;
    byte_set set;
    unsigned weight;
} need;

typedef PV_ARRAY(need) clause_list;

/* A series as it is walked: the symbols that follow each other without a gap. */
typedef struct symbol_run {
    word_literal literal;
    uint32_t three;
    unsigned size; /* symbols in three, up to 3 */
    bool at_edge;  /* nothing yet, and a word that begins here has something APART before it */
    clause_list *clauses;
    pattern_reader *reader;
} symbol_run;

static bool keeps(symbol_run *run, const void *made) {
    if (!made)
        run->reader->gives_up = run->reader->out_of_memory = true;
    return made;
}

static void end_run(symbol_run *run) {
    if (run->literal.count > 0) {
        need *made = PV_ARRAY_ADD(run->reader->arena, run->clauses);
        word_literal *kept = keeps(run, made) ? PV_ARRAY_ADD(run->reader->arena, &made->literals) : NULL;
        if (keeps(run, kept)) {
            *kept = run->literal;
            made->weight = weights[kept->count];
        }
    }
    run->literal.count = 0;
    run->size = 0;
    run->at_edge = false;
}

static bool ends_apart(const symbol_run *run) {
    return run->size > 0 ? (run->three & ((1u << SYMBOL_BITS) - 1)) == APART : run->at_edge;
}

static void push_symbol(symbol_run *run, unsigned symbol) {
    if (run->size == 0 && run->at_edge && symbol != APART) {
        run->three = APART;
        run->size = 1;
    }
    run->at_edge = false;
    if (symbol == APART && run->size > 0 && ends_apart(run))
        return;
    run->three = (run->size > 0 ? run->three << SYMBOL_BITS | symbol : symbol) & THREE_MASK;
    run->size = run->size < 3 ? run->size + 1 : 3;
    if (run->size == 3 && run->literal.count < MOST_THREES)
        run->literal.threes[run->literal.count++] = hash_three(run->three);
}

static void need_set(symbol_run *run, const byte_set *set) {
    need *made = PV_ARRAY_ADD(run->reader->arena, run->clauses);
    if (!keeps(run, made))
        return;
    made->set = *set;
    made->weight = WEIGHT_OF_SET;
}

/* Whether what begins with this node has something APART at its beginning. */
static bool begins_apart(const pattern_node *node) {
    if (!node)
        return false;
    switch (node->kind) {
    case NODE_BOUNDARY:
        return true;
    case NODE_SYMBOL:
        return node->symbol == APART;
    case NODE_REPEAT:
    case NODE_SERIES:
        return begins_apart(node->first);
    default:
        return false;
    }
}

static void walk(symbol_run *run, const pattern_node *node, bool apart_behind);

static void walk_apart(symbol_run *run, const pattern_node *node, bool apart_before, bool apart_behind) {
    symbol_run inside = {.at_edge = apart_before, .clauses = run->clauses, .reader = run->reader};
    walk(&inside, node, apart_behind);
    if (apart_behind && inside.size > 0)
        push_symbol(&inside, APART);
    end_run(&inside);
}

static const need *lightest(const clause_list *clauses) {
    const need *best = NULL;
    for (size_t i = 0; i < clauses->count; i++) {
        if (!best || clauses->items[i].weight < best->weight)
            best = &clauses->items[i];
    }
    return best;
}

/* What one branch needs joins what the others need: a text has to meet one of them. */
static bool join(symbol_run *run, need *all, const need *branch) {
    for (size_t i = 0; i < branch->literals.count; i++) {
        word_literal *kept = PV_ARRAY_ADD(run->reader->arena, &all->literals);
        if (!keeps(run, kept))
            return false;
        *kept = branch->literals.items[i];
    }
    for (unsigned i = 0; i < 2; i++)
        all->set.ascii[i] |= branch->set.ascii[i];
    all->set.beyond_ascii = all->set.beyond_ascii || branch->set.beyond_ascii;
    all->weight += branch->weight;
    return true;
}

static void walk_choice(symbol_run *run, const pattern_node *choice, bool apart_before, bool apart_behind) {
    need all = {.weight = 0};
    for (const pattern_node *branch = choice->first; branch; branch = branch->next) {
        clause_list clauses = {.items = NULL};
        symbol_run inside = {.clauses = &clauses, .reader = run->reader};
        walk_apart(&inside, branch, apart_before, apart_behind);
        const need *best = lightest(&clauses);
        if (!best || all.weight + best->weight > MOST_WEIGHT || !join(run, &all, best))
            return;
    }
    need *made = PV_ARRAY_ADD(run->reader->arena, run->clauses);
    if (keeps(run, made))
        *made = all;
}

static void walk_repeat(symbol_run *run, const pattern_node *repeat, bool apart_before, bool apart_behind) {
    const pattern_node *inside = repeat->first;
    if (inside && inside->kind == NODE_SYMBOL) {
        walk(run, inside, false);
        if (inside->symbol != APART && !repeat->at_most_once) {
            end_run(run);
            push_symbol(run, inside->symbol);
        }
        return;
    }
    end_run(run);
    walk_apart(run, inside, apart_before, apart_behind && repeat->at_most_once);
}

/* apart_behind: what follows the node begins APART. */
static void walk(symbol_run *run, const pattern_node *node, bool apart_behind) {
    bool apart_before = ends_apart(run);
    if (!node || run->reader->gives_up)
        return;
    if (node->has_set)
        need_set(run, &node->set);
    switch (node->kind) {
    case NODE_SYMBOL:
        push_symbol(run, node->symbol);
        break;
    case NODE_BOUNDARY:
        if (run->size == 0)
            run->at_edge = true;
        else
            push_symbol(run, APART);
        break;
    case NODE_UNKNOWN:
        end_run(run);
        break;
    case NODE_AHEAD:
        end_run(run);
        walk_apart(run, node->first, false, false);
        break;
    case NODE_SERIES:
        for (const pattern_node *part = node->first; part; part = part->next)
            walk(run, part, part->next ? begins_apart(part->next) : apart_behind);
        break;
    case NODE_CHOICE:
        end_run(run);
        walk_choice(run, node, apart_before, apart_behind);
        break;
    case NODE_REPEAT:
        walk_repeat(run, node, apart_before, apart_behind);
        break;
    }
}

/* ---- filters ---- */

/* A clause as it is asked: its literals are those in [first, end), each with its threes behind its number of them. */
typedef struct kept_clause {
    byte_set set;
    uint32_t first;
    uint32_t end;
} kept_clause;

struct pv_prefilter {
    pv_memory *memory;
    size_t bytes;
    size_t clause_count;
    kept_clause clauses[MOST_CLAUSES];
    uint32_t numbers[];
};

static size_t numbers_of(const need *clause) {
    size_t numbers = 0;
    for (size_t i = 0; i < clause->literals.count; i++)
        numbers += 1 + clause->literals.items[i].count;
    return numbers;
}

/* The lightest of the clauses, lightest first. */
static size_t choose(clause_list *clauses, need chosen[MOST_CLAUSES], size_t *numbers) {
    size_t count = 0;
    *numbers = 0;
    while (count < MOST_CLAUSES && clauses->count > 0) {
        size_t best = (size_t)(lightest(clauses) - clauses->items);
        *numbers += numbers_of(&clauses->items[best]);
        chosen[count++] = clauses->items[best];
        clauses->items[best] = clauses->items[--clauses->count];
    }
    return count;
}

static bool keep_clauses(pv_prefilter **out, pv_memory *memory, clause_list *clauses, pv_error *error) {
    need chosen[MOST_CLAUSES];
    size_t numbers;
    size_t count = choose(clauses, chosen, &numbers);
    if (count == 0)
        return true;
    size_t bytes = sizeof **out + numbers * sizeof(uint32_t);
    pv_prefilter *made = pv_memory_new(memory, bytes);
    if (!made)
        return pv_fail_memory(error);
    made->memory = memory;
    made->bytes = bytes;
    made->clause_count = count;
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        made->clauses[i] = (kept_clause){.set = chosen[i].set, .first = at};
        for (size_t j = 0; j < chosen[i].literals.count; j++) {
            const word_literal *literal = &chosen[i].literals.items[j];
            made->numbers[at++] = literal->count;
            memcpy(&made->numbers[at], literal->threes, literal->count * sizeof literal->threes[0]);
            at += literal->count;
        }
        made->clauses[i].end = at;
    }
    *out = made;
    return true;
}

bool pv_prefilter_build(pv_prefilter **out, pv_memory *memory, pv_str pattern, bool extended, pv_error *error) {
    *out = NULL;
    pv_arena *scratch = pv_arena_new(memory);
    if (!scratch)
        return pv_fail_memory(error);
    pattern_reader reader = {.source = pattern, .extended = extended, .arena = scratch};
    clause_list clauses = {.items = NULL};
    const pattern_node *tree = read_choice(&reader);
    if (tree && reader.at == pattern.size && !reader.gives_up) {
        symbol_run run = {.clauses = &clauses, .reader = &reader};
        walk_apart(&run, tree, false, false);
    }
    bool done =
        reader.out_of_memory ? pv_fail_memory(error) : reader.gives_up || keep_clauses(out, memory, &clauses, error);
    pv_arena_free(scratch);
    return done;
}

void pv_prefilter_free(pv_prefilter *filter) {
    if (filter)
        pv_memory_free(filter->memory, filter, filter->bytes);
}

static bool holds(const pv_signature *signature, const uint32_t *threes, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t bit = threes[i] >> signature->shift;
        if (!(signature->bits[bit >> 6] >> (bit & 63) & 1))
            return false;
    }
    return true;
}

static bool meets(const pv_signature *signature, const pv_prefilter *filter, const kept_clause *clause) {
    if (((signature->ascii[0] & clause->set.ascii[0]) | (signature->ascii[1] & clause->set.ascii[1])) != 0 ||
        (signature->has_beyond_ascii && clause->set.beyond_ascii))
        return true;
    for (uint32_t at = clause->first; at < clause->end; at += 1 + filter->numbers[at]) {
        if (holds(signature, &filter->numbers[at + 1], filter->numbers[at]))
            return true;
    }
    return false;
}

bool pv_prefilter_admits(const pv_prefilter *filter, const pv_signature *signature) {
    if (!filter || signature->is_undecided)
        return true;
    for (size_t i = 0; i < filter->clause_count; i++) {
        if (!meets(signature, filter, &filter->clauses[i]))
            return false;
    }
    return true;
}
