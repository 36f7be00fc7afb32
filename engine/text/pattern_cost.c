#include "text/pattern_cost_p.h"

#include <string.h>

#include "base/digits.h"

#define DEEPEST_GROUPS 50 /* as pattern.c has PCRE2 refuse more */
#define MOST_ITEMS 10000u
#define LONGEST_CLASS_NAME 12u /* "[:alnum" */

/* Where the reading is. A pattern that PCRE2 compiles is all that is read; what is not understood ends it. */
typedef struct cost_reader {
    pv_str text;
    size_t at;
    unsigned depth;
    uint32_t captures;
    uint32_t total; /* groups and repetitions, on whatever way */
    unsigned named; /* groups with a name that it is in */
    bool calls;     /* groups by their names */
    bool copies;    /* a group several times, of which the total does not tell */
    bool is_lost;
} cost_reader;

static bool ahead(const cost_reader *reader, const char *what) {
    return reader->at < reader->text.size &&
           pv_str_starts_with(pv_str_slice(reader->text, reader->at, reader->text.size), pv_str_from(what));
}

static uint32_t added(uint32_t a, uint32_t b) {
    return a + b < MOST_ITEMS ? a + b : MOST_ITEMS;
}

static uint32_t times(uint32_t a, uint32_t b) {
    return (uint64_t)a * b < MOST_ITEMS ? a * b : MOST_ITEMS;
}

/* Behind a backslash: "\Q…\E" is text; references to groups are not told, nor what takes more than a character. */
static void read_escape(cost_reader *reader) {
    static const char not_told[] = "123456789gkKRXCG";
    reader->at++;
    if (reader->at == reader->text.size) {
        reader->is_lost = true;
        return;
    }
    const char what = reader->text.data[reader->at++];
    if (what == 'Q') {
        const size_t end = pv_str_find(reader->text, PV_STR("\\E"), reader->at);
        reader->at = end == SIZE_MAX ? reader->text.size : end + 2;
    }
    for (const char *each = not_told; *each; each++)
        reader->is_lost |= what == *each;
}

/* "[…]". A quotation in it is not told. */
static void read_class(cost_reader *reader) {
    reader->at += ahead(reader, "[^") ? 2 : 1;
    for (bool first = true; reader->at < reader->text.size; first = false) {
        if (ahead(reader, "]") && !first) {
            reader->at++;
            return;
        }
        if (ahead(reader, "\\Q") || ahead(reader, "\\E"))
            break;
        if (ahead(reader, "[:") || ahead(reader, "[.") || ahead(reader, "[=")) {
            const char end[] = {reader->text.data[reader->at + 1], ']', '\0'};
            const size_t closed = pv_str_find(reader->text, pv_str_from(end), reader->at + 2);
            /* Else it may be no such thing, and end elsewhere. */
            reader->is_lost |= closed == SIZE_MAX || closed - reader->at > LONGEST_CLASS_NAME;
            if (reader->is_lost)
                return;
            reader->at = closed + 2;
            continue;
        }
        reader->at += ahead(reader, "\\") ? 2 : 1;
    }
    reader->is_lost = true;
}

static void read_past(cost_reader *reader, pv_str what) {
    const size_t end = pv_str_find(reader->text, what, reader->at);
    reader->is_lost |= end == SIZE_MAX;
    reader->at = end == SIZE_MAX ? reader->text.size : end + what.size;
}

/* "(?&name)": a branch each time, behind which lies what is left of the way through the group and of the way around the
 * call. A call from within a group that may be called could come to stand in itself, and is not told. */
static void read_call(cost_reader *reader) {
    read_past(reader, PV_STR(")"));
    reader->calls = true;
    reader->is_lost |= reader->named > 0;
}

/* What stands behind "(": whether it begins a group, and where that has its content; whether that has a name. "(?i)"
 * and "(?&name)" are no groups. */
static bool read_opening(cost_reader *reader, bool *named) {
    static const char *const plain[] = {"?:", "?=", "?!", "?<=", "?<!", "?>", "?|"};
    *named = false;
    reader->at++;
    if (!ahead(reader, "?")) {
        reader->is_lost |= ahead(reader, "*");
        reader->captures++;
        return true;
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (ahead(reader, plain[i])) {
            reader->at += strlen(plain[i]);
            return true;
        }
    if (ahead(reader, "?<") || ahead(reader, "?P<")) {
        reader->is_lost |= ahead(reader, "?<*"); /* a way of looking behind */
        read_past(reader, PV_STR(">"));
        reader->captures++;
        *named = true;
        return true;
    }
    if (ahead(reader, "?&")) {
        read_call(reader);
        return false;
    }
    for (reader->at++; reader->at < reader->text.size; reader->at++) {
        const char flag = reader->text.data[reader->at];
        if (flag == ':' || flag == ')') {
            reader->at++;
            return flag == ':';
        }
        if (flag != 'i' && flag != 'x' && flag != 'm' && flag != 's' && flag != '-' && flag != '^')
            break;
    }
    reader->is_lost = true;
    return false;
}

/* "{2,30}": how many copies of what it repeats there may be, 0 where it is text. */
static uint32_t read_braces(cost_reader *reader) {
    size_t at = reader->at + 1;
    uint32_t most = 0;
    uint32_t number = 0;
    for (; at < reader->text.size && (pv_is_digit(reader->text.data[at]) || reader->text.data[at] == ','); at++) {
        number = reader->text.data[at] == ',' ? 0 : added(times(number, 10), (uint32_t)(reader->text.data[at] - '0'));
        most = number > most ? number : most;
    }
    if (at == reader->text.size || reader->text.data[at] != '}') {
        reader->at++;
        return 0;
    }
    reader->at = at + 1;
    return most + 1;
}

static uint32_t read_alternatives(cost_reader *reader);

static uint32_t read_group(cost_reader *reader) {
    bool named;
    if (!read_opening(reader, &named))
        return 0;
    if (reader->depth == DEEPEST_GROUPS) {
        reader->is_lost = true;
        return 0;
    }
    reader->depth++;
    reader->named += named;
    const uint32_t items = read_alternatives(reader);
    reader->named -= named;
    reader->depth--;
    reader->total = added(reader->total, 1);
    reader->is_lost |= !ahead(reader, ")");
    reader->at++;
    return added(items, 1);
}

/* One alternative, up to "|", ")" or the end. */
static uint32_t read_sequence(cost_reader *reader) {
    uint32_t items = 0;
    uint32_t last = 0; /* of these, the group at hand, which may be repeated */
    while (!reader->is_lost && reader->at < reader->text.size && !ahead(reader, "|") && !ahead(reader, ")")) {
        const char what = reader->text.data[reader->at];
        if (what == '*' || what == '+' || what == '?') {
            items = added(items, 1);
            reader->total = added(reader->total, 1);
            reader->at++;
        } else if (what == '{') {
            const uint32_t copies = read_braces(reader);
            items = added(items, copies > 0 ? added(times(last, copies), 2) : 0);
            reader->total = added(reader->total, copies > 0 ? 2 : 0);
            reader->copies = reader->copies || (copies > 0 && last > 0);
            last = times(last, copies > 0 ? copies + 1 : 0);
        } else if (what == '(') {
            last = read_group(reader);
            items = added(items, last);
        } else if (what == '\\' || what == '[') {
            what == '[' ? read_class(reader) : read_escape(reader);
            last = 0;
        } else {
            reader->is_lost |= what == '#'; /* may begin a comment */
            reader->at++;
            if (what != ' ' && what != '\n' && what != '\t')
                last = 0;
        }
    }
    return items;
}

static uint32_t read_alternatives(cost_reader *reader) {
    uint32_t most = read_sequence(reader);
    while (!reader->is_lost && ahead(reader, "|")) {
        reader->at++;
        const uint32_t items = read_sequence(reader);
        most = items > most ? items : most;
    }
    return most;
}

/* What a call keeps meanwhile is little of each item, and counted as an item. */
bool pv_pattern_cost_read(pv_pattern_cost *out, pv_str pattern) {
    cost_reader reader = {.text = pattern};
    uint32_t items = added(read_alternatives(&reader), 1);
    if (reader.calls)
        items = added(times(items, 2), reader.total);
    *out = (pv_pattern_cost){items, reader.captures};
    return !reader.is_lost && !(reader.calls && reader.copies) && reader.at == pattern.size && items < MOST_ITEMS;
}
