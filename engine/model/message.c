#include "model/message.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define MOST_NAMED_NEAREST ((size_t)4)

static char printable(char c) {
    bool is_control = (unsigned char)c < 0x20 || c == 0x7f;
    if (is_control)
        return ' ';
    return c;
}

pv_quote pv_message_quote(pv_str text) {
    static const char ellipsis[] = "…";
    pv_quote quote = {.text = ""};
    size_t room = sizeof quote.text - sizeof ellipsis;
    size_t size = pv_utf8_cut(text, room).size;
    for (size_t i = 0; i < size; i++)
        quote.text[i] = printable(text.data[i]);
    snprintf(quote.text + size, sizeof quote.text - size, "%s", size < text.size ? ellipsis : "");
    return quote;
}

pv_hint pv_message_label(pv_str label, pv_str name) {
    pv_hint called;
    bool is_name = pv_str_equal(label, name);
    snprintf(called.text, sizeof called.text, "%s%s%s", is_name ? "" : "“", pv_message_quote(label).text,
             is_name ? "" : "”");
    return called;
}

/* "; there are a, b and c", or nothing when they do not fit. */
static pv_hint list_names(const pv_str *names, size_t count) {
    pv_hint hint = {.text = ""};
    if (count == 0 || count > PV_NAMES_LISTED_MOST)
        return hint;
    size_t used = (size_t)snprintf(hint.text, sizeof hint.text, "; there %s", count == 1 ? "is" : "are");
    for (size_t i = 0; i < count; i++) {
        const char *joint = i == 0 ? " " : i + 1 == count ? " and " : ", ";
        int added = snprintf(hint.text + used, sizeof hint.text - used, "%s%s", joint, pv_message_quote(names[i]).text);
        used += (size_t)added;
        if (used >= sizeof hint.text)
            return (pv_hint){.text = ""};
    }
    return hint;
}

/* The first character of text that other has not, and that is not seen as what it is; false where there is none. */
static bool find_unseen(pv_str text, pv_str other, uint32_t *out) {
    for (size_t at = 0, length; at < text.size; at += length) {
        *out = pv_utf8_decode(text, at, &length);
        bool is_plain = pv_utf8_is_word_character(*out) && pv_utf8_seen_as(*out) == *out;
        if (*out >= 0x80 && !is_plain && pv_str_find(other, pv_str_slice(text, at, at + length), 0) == SIZE_MAX)
            return true;
    }
    return false;
}

pv_hint pv_message_difference(pv_str name, pv_str meant) {
    pv_hint hint = {.text = ""};
    uint32_t found;
    bool is_in_name = find_unseen(name, meant, &found);
    if (!is_in_name && !find_unseen(meant, name, &found))
        return hint;
    uint32_t seen = pv_utf8_seen_as(found);
    int used = snprintf(hint.text, sizeof hint.text, "; %s holds U+%04X, which ",
                        is_in_name ? "it" : "the one that is known", (unsigned)found);
    if (seen == 0)
        snprintf(hint.text + used, sizeof hint.text - (size_t)used, "shows nothing");
    else if (seen == ' ')
        snprintf(hint.text + used, sizeof hint.text - (size_t)used, "looks like a space");
    else if (seen != found)
        snprintf(hint.text + used, sizeof hint.text - (size_t)used, "looks like %c", (char)seen);
    else
        snprintf(hint.text + used, sizeof hint.text - (size_t)used, "the other has not");
    return hint;
}

pv_hint pv_message_meant(pv_str name, pv_str meant) {
    pv_hint hint = pv_message_difference(name, meant);
    size_t used = strlen(hint.text);
    snprintf(hint.text + used, sizeof hint.text - used, "; did you mean %s?", pv_message_quote(meant).text);
    return hint;
}

pv_hint pv_message_hint(pv_str name, const pv_str *names, size_t count) {
    size_t nearest = pv_suggest(name, names, count);
    return nearest == SIZE_MAX ? list_names(names, count) : pv_message_meant(name, names[nearest]);
}

/* The choices that are as near, where one is near enough: "; did you mean UoA 1 or UoA 11?". */
static pv_hint name_nearest(pv_str text, const pv_str *choices, size_t count) {
    size_t nearest[MOST_NAMED_NEAREST];
    pv_hint hint = {.text = ""};
    size_t found = pv_suggest_all(text, choices, count, nearest, MOST_NAMED_NEAREST);
    if (found == 0)
        return hint;
    if (found == 1)
        return pv_message_meant(text, choices[nearest[0]]);
    size_t named = found < MOST_NAMED_NEAREST ? found : MOST_NAMED_NEAREST;
    size_t used = (size_t)snprintf(hint.text, sizeof hint.text, "; did you mean");
    for (size_t i = 0; i < named && used < sizeof hint.text; i++) {
        const char *joint = i == 0 ? " " : i + 1 == named && named == found ? " or " : ", ";
        used += (size_t)snprintf(hint.text + used, sizeof hint.text - used, "%s%s", joint,
                                 pv_message_quote(choices[nearest[i]]).text);
    }
    if (used < sizeof hint.text)
        used += (size_t)snprintf(hint.text + used, sizeof hint.text - used,
                                 named < found ? ", … (%zu are as near)?" : "?", found);
    if (used >= sizeof hint.text)
        hint.text[0] = '\0';
    return hint;
}

pv_hint pv_message_choices(pv_str text, pv_str name, const pv_str *known, size_t known_count, const pv_str *listed,
                           size_t listed_count, size_t all) {
    pv_hint nearest = name_nearest(text, known, known_count);
    pv_hint list = {.text = ""};
    if (listed_count <= PV_CHOICES_LISTED)
        list = list_names(listed, listed_count);
    if (strlen(list.text) + strlen(nearest.text) < sizeof list.text)
        snprintf(list.text + strlen(list.text), sizeof list.text - strlen(list.text), "%s", nearest.text);
    else
        list = nearest;
    if (!list.text[0] && all > 0)
        snprintf(list.text, sizeof list.text, "; there are %zu, which `proviso rules --choices %s` lists", all,
                 pv_message_quote(name).text);
    return list;
}

pv_sentence pv_message_unknown(const char *owner, pv_str owner_id, const char *kind, pv_str name, const pv_str *names,
                               size_t count) {
    pv_sentence sentence;
    snprintf(sentence.text, sizeof sentence.text, "%s%s has no %s %s%s", owner, pv_message_quote(owner_id).text, kind,
             name.size == 0 ? "''" : pv_message_quote(name).text, pv_message_hint(name, names, count).text);
    return sentence;
}

const char *pv_message_found(const pv_node *node) {
    return pv_node_is_empty(node) ? "empty" : pv_node_kind_name(node);
}
