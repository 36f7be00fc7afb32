#include "run/lint_title.h"

#include <stddef.h>

static const char *const orders[] = {
    "add",     "answer",  "attach", "avoid",   "check",   "complete", "correct", "describe", "do",    "ensure",
    "enter",   "explain", "fill",   "give",    "include", "keep",     "list",    "make",     "name",  "never",
    "provide", "report",  "say",    "shorten", "state",   "submit",   "use",     "verify",   "write", NULL};

/* What follows an order, and seldom a noun that is written like one ("Report dates are given"). */
static const char *const determiners[] = {"a",   "all",  "an",   "any",     "at",    "each", "every",
                                          "how", "in",   "its",  "no",      "only",  "sure", "that",
                                          "the", "this", "what", "whether", "which", "your", NULL};

static const char *const verbs[] = {"are", "be",  "can",  "cannot", "did",    "do",  "does", "had",  "has", "have",
                                    "is",  "may", "must", "shall",  "should", "was", "were", "will", NULL};

static bool is_among(pv_str word, const char *const *words) {
    for (; *words; words++)
        if (pv_str_equal_ascii_folded(word, pv_str_from(*words)))
            return true;
    return false;
}

/* Takes the first word off text; empty at its end. */
static pv_str take_word(pv_str *text) {
    *text = pv_str_trim(*text);
    size_t end = 0;
    while (end < text->size && text->data[end] != ' ')
        end++;
    pv_str word = pv_str_slice(*text, 0, end);
    *text = pv_str_slice(*text, end, text->size);
    return word;
}

static bool is_order(pv_str title) {
    pv_str first = take_word(&title);
    pv_str second = take_word(&title);
    return is_among(first, orders) && is_among(second, determiners);
}

/* "keeps", "states", but also "limits": a plural lets a title pass. */
static bool can_be_verb(pv_str word) {
    if (is_among(word, verbs))
        return true;
    return word.size > 2 && pv_str_ends_with(word, PV_STR("s")) && !pv_str_ends_with(word, PV_STR("ss")) &&
           !pv_str_ends_with(word, PV_STR("us"));
}

static bool has_verb(pv_str title) {
    while (title.size > 0)
        if (can_be_verb(take_word(&title)))
            return true;
    return false;
}

const char *pv_lint_title_fault(pv_str title) {
    title = pv_str_trim(title);
    if (title.size == 0)
        return "is empty";
    if (pv_str_ends_with(title, PV_STR("?")))
        return "is a question";
    if (pv_str_ends_with(title, PV_STR(".")) || pv_str_ends_with(title, PV_STR("!")))
        return "ends with a full stop or an exclamation mark";
    if (title.data[0] >= 'a' && title.data[0] <= 'z')
        return "starts with a small letter";
    if (is_order(title))
        return "is an order to the filer, not what holds of a good filing";
    return has_verb(title) ? NULL : "has no verb, so it states nothing";
}
