/* What Lua's runtime says of a mistake, in the words of a rule's author. */
#include "lua/host/plain_messages_p.h"

#include <stdio.h>
#include <string.h>

/* Parts of "attempt to index a nil value (local 'agreement')". */
typedef struct mistake {
    pv_str type; /* "nil", "words" */
    pv_str name; /* "agreement"; empty when none is said */
} mistake;

/* What stands between the end of `before` and the next `after`; empty when they are not there. */
static pv_str between(pv_str text, const char *before, const char *after) {
    size_t start = pv_str_find(text, pv_str_from(before), 0);
    if (start == SIZE_MAX)
        return PV_STR("");
    start += strlen(before);
    size_t end = pv_str_find(text, pv_str_from(after), start);
    return end == SIZE_MAX ? PV_STR("") : pv_str_slice(text, start, end);
}

static mistake read_mistake(pv_str message, const char *attempt) {
    mistake found = {.type = between(message, attempt, " value")};
    if (pv_str_starts_with(found.type, PV_STR("a ")) || pv_str_starts_with(found.type, PV_STR("an ")))
        found.type = pv_str_slice(found.type, found.type.data[1] == ' ' ? 2 : 3, found.type.size);
    size_t open = pv_str_find(message, PV_STR(" value ("), 0);
    if (open != SIZE_MAX)
        found.name = between(pv_str_slice(message, open, message.size), "'", "'");
    return found;
}

static bool is(pv_str a, const char *b) {
    return pv_str_equal(a, pv_str_from(b));
}

/* "the words of a text", "a decimal", "nothing (nil)" */
static void describe(pv_str type, char *out, size_t size) {
    if (is(type, "nil"))
        (void)snprintf(out, size, "nothing (nil)");
    else if (is(type, "words") || is(type, "characters"))
        (void)snprintf(out, size, "the %.*s of a text", PV_STR_ARG(type));
    else if (is(type, "fields") || is(type, "records") || is(type, "parameters"))
        (void)snprintf(out, size, "the list of %.*s", PV_STR_ARG(type));
    else if (is(type, "boolean"))
        (void)snprintf(out, size, "true or false");
    else if (is(type, "string"))
        (void)snprintf(out, size, "a string");
    else
        (void)snprintf(out, size, "%s %.*s", type.size > 0 && strchr("aeiou", type.data[0]) ? "an" : "a",
                       PV_STR_ARG(type));
}

/* What helps with a value of this type where a number is needed. */
static const char *advice(pv_str type) {
    if (is(type, "words") || is(type, "characters") || is(type, "list") || is(type, "record list") ||
        is(type, "list of items"))
        return "; # counts them";
    if (is(type, "field"))
        return "; .value is what it holds";
    if (is(type, "response"))
        return "; #response.words counts its words";
    if (is(type, "string"))
        return "; decimal(…) makes a number of a text";
    if (is(type, "nil"))
        return "; test it first, with if";
    return "";
}

/* The same for what is compared, which a string may be with a string. */
static const char *help_to_compare(pv_str type) {
    return is(type, "string") ? "" : advice(type);
}

static bool tell_comparison(pv_str message, char *out, size_t size) {
    char first[60], second[60];
    pv_str two = between(message, "attempt to compare two ", " values");
    if (two.size > 0) {
        describe(two, first, sizeof first);
        (void)snprintf(out, size, "two values of which each is %s cannot be compared with < or >%s", first,
                       help_to_compare(two));
        return true;
    }
    pv_str a = between(message, "attempt to compare ", " with ");
    if (a.size == 0)
        return false;
    size_t start = (size_t)(a.data - message.data) + a.size + strlen(" with ");
    pv_str b = pv_str_slice(message, start, message.size);
    describe(a, first, sizeof first);
    describe(b, second, sizeof second);
    const char *help = help_to_compare(a);
    (void)snprintf(out, size, "%s cannot be compared with %s%s", first, second, *help ? help : help_to_compare(b));
    return true;
}

static bool tell_attempt(pv_str message, char *out, size_t size) {
    static const struct {
        const char *attempt, *done, *unnamed;
    } attempts[] = {
        {"attempt to call ", "and cannot be called like a function", "what is called here"},
        {"attempt to index ", "and nothing can be asked of it", "what is asked here"},
        {"attempt to perform arithmetic on ", "and cannot be part of a sum or product",
         "what is added or multiplied here"},
        {"attempt to concatenate ", "and cannot be joined with ..", "what is joined here"},
        {"attempt to get length of ", "and # cannot count it", "what # counts here"},
    };
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        if (!pv_str_starts_with(message, pv_str_from(attempts[i].attempt)))
            continue;
        mistake found = read_mistake(message, attempts[i].attempt);
        char type[60];
        char name[80];
        describe(found.type, type, sizeof type);
        if (found.name.size > 0 && found.name.size < 60 && !is(found.name, "?"))
            (void)snprintf(name, sizeof name, "\"%.*s\"", PV_STR_ARG(found.name));
        else
            (void)snprintf(name, sizeof name, "%s", attempts[i].unnamed);
        const char *help = strstr(attempts[i].attempt, "arithmetic") || is(found.type, "nil") ? advice(found.type)
                           : strstr(attempts[i].attempt, "concatenate") ? "; tostring(…) makes a string of it"
                                                                        : "";
        (void)snprintf(out, size, "%s is %s, %s%s", name, type, attempts[i].done, help);
        return true;
    }
    return false;
}

/* "bad argument #2 to 'rep' (number expected, got nil)" */
static bool tell_argument(pv_str message, char *out, size_t size) {
    unsigned number = 0;
    if (sscanf(message.data, "bad argument #%4u to ", &number) != 1)
        return false;
    pv_str function = between(message, " to '", "'");
    pv_str expected = between(message, "(", " expected, got ");
    pv_str got = between(message, " expected, got ", ")");
    char wanted[60], given[60];
    if (expected.size == 0 || is(function, "?") || got.size == 0)
        return false;
    describe(expected, wanted, sizeof wanted);
    describe(is(got, "no value") ? PV_STR("nil") : got, given, sizeof given);
    (void)snprintf(out, size, "\"%.*s\" is given %s as value %u, and needs %s%s", PV_STR_ARG(function), given, number,
                   wanted, is(expected, "number") || is(got, "nil") ? advice(got) : "");
    return true;
}

/* `for word in words do`, `for i = 1, words do` */
static bool tell_loop(pv_str message, char *out, size_t size) {
    pv_str called = between(message, "attempt to call a ", " value (for iterator");
    pv_str part = between(message, "bad 'for' ", " (number expected");
    char type[60];
    if (called.size > 0) {
        describe(called, type, sizeof type);
        (void)snprintf(out, size, "for … in goes through what ipairs(list) gives, and here is %s", type);
        return true;
    }
    if (part.size == 0)
        return false;
    pv_str given = between(message, "got ", ")");
    describe(given, type, sizeof type);
    (void)snprintf(out, size, "the %.*s of a for is a number, and here is %s%s", PV_STR_ARG(part), type, advice(given));
    return true;
}

static bool tell_other(pv_str message, char *out, size_t size) {
    static const struct {
        const char *said, *told;
    } others[] = {
        {"number has no integer representation", "a whole number is needed here, and this number has a fraction"},
        {"'for' initial value must be a number",
         "\"for\" counts from a number, and its first value is none; # counts a list"},
        {"'for' limit must be a number",
         "\"for\" counts up to a number, and its second value is none; # counts a list"},
        {"'for' step must be a number", "\"for\" counts by a number, and its third value is none"},
        {"'for' step is zero", "\"for\" counts by nothing, and would never end"},
        {"attempt to perform 'n//0'", "a number is divided by nothing"},
        {"attempt to perform 'n%%0'", "a number is divided by nothing"},
        {"table index is nil", "a table is given a value under nothing (nil)"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (pv_str_equal(message, pv_str_from(others[i].said))) {
            (void)snprintf(out, size, "%s", others[i].told);
            return true;
        }
    return false;
}

pv_str pv_plain_message(pv_str message, char *out, size_t size) {
    if (tell_loop(message, out, size) || tell_comparison(message, out, size) || tell_attempt(message, out, size) ||
        tell_argument(message, out, size) || tell_other(message, out, size))
        return pv_str_from(out);
    return message;
}
