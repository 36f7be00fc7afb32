#include "text/acronyms.h"

#include "base/array.h"
#include "base/digits.h"
#include "base/set.h"
#include "text/acronyms_p.h"

#define LETTERS_MOST PV_ACRONYM_LETTERS_MOST
#define LONG_LETTERS 7     /* a longer one is sooner a word in capitals */
#define RUN_OF_CAPITALS 3  /* words in capitals side by side: no acronyms, but words to be noticed */
#define LABEL_WORDS 5      /* in capitals, on either side of one, of a label */
#define GLOSSARY_BYTES 600 /* from one line of a glossary to the next, at most */

/* ---- words in capitals ---- */

/* What is known of all that is written with these letters. */
typedef struct entry {
    uint64_t key;
    pv_span form;
    bool alone;  /* it stands somewhere without a hyphen */
    bool joined; /* it is expanded with its hyphens: one acronym */
    bool small;  /* these letters are a word that is not in capitals */
    uint32_t mentions, expansions, sure;
} entry;

typedef struct acronym_finder {
    pv_arena *arena;
    pv_error *error;
    pv_acronym_text text;
    PV_ARRAY(entry) entries;
    PV_ARRAY(pv_acronym_mention) mentions;
    pv_set by_key;
} acronym_finder;

size_t pv_acronym_letters(const pv_acronym_text *text, size_t first, size_t end, char letters[LETTERS_MOST]) {
    size_t count = 0;
    for (size_t word = first; word < end; word++) {
        const pv_str bytes = pv_word_form_str(&text->forms, word);
        for (size_t i = 0; i < bytes.size; i++) {
            if (!pv_ascii_is_letter(bytes.data[i]))
                continue;
            if (count < LETTERS_MOST)
                letters[count] = pv_ascii_lower(bytes.data[i]);
            count++;
        }
    }
    return count;
}

static const pv_word_form *word_at(const acronym_finder *finder, size_t word) {
    return pv_acronym_word(&finder->text, word);
}

static bool is_word(const acronym_finder *finder, size_t word, pv_acronym_words kind) {
    return pv_acronym_is(&finder->text, word, kind);
}

static bool same_entry(const void *items, size_t position, const void *wanted) {
    return ((const entry *)items)[position].key == *(const uint64_t *)wanted;
}

static size_t find_entry(const acronym_finder *finder, uint64_t key) {
    return pv_set_find(&finder->by_key, key, same_entry, finder->entries.items, &key);
}

static bool put_entry(acronym_finder *finder, uint64_t key, pv_span form, size_t *at) {
    entry *room;
    const size_t next = finder->entries.count;
    if (!pv_set_put(&finder->by_key, key, same_entry, finder->entries.items, &key, next, at, finder->error))
        return false;
    if (*at < next)
        return true;
    room = PV_ARRAY_ADD(finder->arena, &finder->entries);
    if (!room)
        return pv_fail_memory(finder->error);
    *room = (entry){.key = key, .form = form};
    return true;
}

/* The end of the words that hyphens or a "&" without blanks hold together from first on. */
static size_t chain_end(const acronym_finder *finder, size_t first) {
    size_t end = first + 1;
    while (end < finder->text.forms.count && pv_word_form_is(word_at(finder, end), PV_FORM_TIGHT) &&
           (word_at(finder, end)->parting == PV_PARTED_HYPHEN || word_at(finder, end)->parting == PV_PARTED_AMPERSAND))
        end++;
    return end;
}

static bool is_roman(pv_str word) {
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] != 'I' && word.data[i] != 'V' && word.data[i] != 'X')
            return false;
    return true;
}

static size_t read_letters(const acronym_finder *finder, size_t first, size_t end, char letters[LETTERS_MOST]) {
    return pv_acronym_letters(&finder->text, first, end, letters);
}

static uint64_t key_of(const acronym_finder *finder, size_t first, size_t end) {
    char letters[LETTERS_MOST];
    if (end == first + 1)
        return word_at(finder, first)->key;
    const size_t count = read_letters(finder, first, end, letters);
    return pv_token_hash_of((pv_str){letters, count < LETTERS_MOST ? count : LETTERS_MOST});
}

/* Whether no part of the chain can be an acronym: an id ("CB-18"), a numeral with its letter ("IV-E"), no prose. */
static bool is_no_chain(const acronym_finder *finder, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        if (pv_word_form_is(word_at(finder, i), PV_FORM_DIGIT | PV_FORM_SILENT | PV_FORM_NO_PROSE))
            return true;
        if (end > first + 1 && is_roman(pv_word_form_str(&finder->text.forms, i)))
            return true;
    }
    return false;
}

static bool is_all_capitals(const acronym_finder *finder, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        if (!pv_word_form_is(word_at(finder, i), PV_FORM_UPPER | PV_FORM_LETTER))
            return false;
    return true;
}

static bool read_kinds(acronym_finder *finder) {
    size_t count = 0;
    for (size_t kind = 0; kind < PV_ACRONYM_WORDS_COUNT; kind++)
        count += pv_count_words(pv_english_acronym_words[kind]);
    if (!pv_word_table_new(&finder->text.kinds, finder->arena, count, finder->error))
        return false;
    for (size_t kind = 0; kind < PV_ACRONYM_WORDS_COUNT; kind++)
        if (!pv_word_table_add(&finder->text.kinds, pv_english_acronym_words[kind], 1u << kind, finder->error))
            return false;
    return true;
}

/* Notes which letters stand in capitals, and which of them are ordinary words too. */
static bool note_words(acronym_finder *finder) {
    size_t at;
    for (size_t first = 0, end; first < finder->text.forms.count; first = end) {
        end = chain_end(finder, first);
        if (is_no_chain(finder, first, end))
            continue;
        for (size_t i = first; i < end; i++) {
            const pv_word_form *word = word_at(finder, i);
            if (!pv_word_form_is(word, PV_FORM_UPPER))
                continue;
            if (!put_entry(finder, word->key, word->at, &at))
                return false;
            if (end == first + 1 && !pv_word_form_is(word, PV_FORM_CAPS_LINE))
                finder->entries.items[at].alone = true;
        }
    }
    for (size_t i = 0; i < finder->text.forms.count; i++) {
        const pv_word_form *word = word_at(finder, i);
        if (pv_word_form_is(word, PV_FORM_UPPER | PV_FORM_NO_PROSE))
            continue;
        at = find_entry(finder, word->key);
        if (at != PV_SET_NONE)
            finder->entries.items[at].small = true;
    }
    return true;
}

/* ---- what is an acronym, and what only looks like one ---- */

/* The words in capitals around the word that nothing but blanks part in one line, at most so many on either side. */
static void find_run(const acronym_finder *finder, size_t word, size_t most, size_t *first, size_t *end) {
    *first = word;
    *end = word + 1;
    while (*first > 0 && word - *first < most && word_at(finder, *first)->parting == PV_PARTED_SPACE &&
           pv_word_form_is(word_at(finder, *first - 1), PV_FORM_UPPER))
        --*first;
    while (*end < finder->text.forms.count && *end - word < most && word_at(finder, *end)->parting == PV_PARTED_SPACE &&
           pv_word_form_is(word_at(finder, *end), PV_FORM_UPPER))
        ++*end;
}

static bool is_in_run(const acronym_finder *finder, size_t word) {
    size_t first, end;
    find_run(finder, word, RUN_OF_CAPITALS, &first, &end);
    return end - first >= RUN_OF_CAPITALS;
}

static bool is_number(const acronym_finder *finder, size_t word) {
    const pv_str bytes = pv_word_form_str(&finder->text.forms, word);
    return bytes.size > 0 && pv_digits_end(bytes, 0) == bytes.size;
}

/* Whether one word in capitals is said as something else here: behind a figure, a person's name, a town. */
static bool is_other(const acronym_finder *finder, size_t word) {
    const pv_word_form *form = word_at(finder, word);
    const bool number_before = word > 0 && is_number(finder, word - 1);
    const bool number_after = word + 1 < finder->text.forms.count && is_number(finder, word + 1);
    const bool after_name =
        word > 0 && form->parting == PV_PARTED_COMMA && pv_word_form_is(word_at(finder, word - 1), PV_FORM_CAPITAL);
    if (number_before && (is_word(finder, word, PV_ACRONYM_UNITS) || is_word(finder, word, PV_ACRONYM_CITED)))
        return true;
    if (number_after && is_word(finder, word, PV_ACRONYM_BILLS))
        return true;
    if (after_name && is_word(finder, word, PV_ACRONYM_DEGREES))
        return true;
    return is_word(finder, word, PV_ACRONYM_POSTAL) && form->at.end - form->at.start == 2 &&
           (after_name ||
            (number_after && word_at(finder, word + 1)->at.end - word_at(finder, word + 1)->at.start == 5));
}

/* Whether it is several of what stands elsewhere with its "S" small or without: "CJCOS". */
static bool is_several(const acronym_finder *finder, size_t word) {
    const pv_str bytes = pv_word_form_str(&finder->text.forms, word);
    char letters[LETTERS_MOST];
    const size_t count = read_letters(finder, word, word + 1, letters);
    if (bytes.data[bytes.size - 1] != 'S' || count < 4 || count > LETTERS_MOST)
        return false;
    const size_t at = find_entry(finder, pv_token_hash_of((pv_str){letters, count - 1}));
    return at != PV_SET_NONE && finder->entries.items[at].alone;
}

/* Whether it is of the label that a line begins with: "SUBMISSION ITEM: …". */
static bool is_label(const acronym_finder *finder, size_t word) {
    size_t first, end;
    find_run(finder, word, LABEL_WORDS, &first, &end);
    const uint32_t behind = word_at(finder, end - 1)->at.end;
    return pv_word_form_is(word_at(finder, first), PV_FORM_LINE) && behind < finder->text.forms.text.size &&
           finder->text.forms.text.data[behind] == ':';
}

/* Whether one word in capitals is an acronym even if nothing expands it. */
static bool is_sure(const acronym_finder *finder, size_t word, const entry *known) {
    static const pv_acronym_words others[] = {PV_ACRONYM_KNOWN, PV_ACRONYM_EMPHASIS, PV_ACRONYM_POSTAL,
                                              PV_ACRONYM_CITED, PV_ACRONYM_SMALL,    PV_ACRONYM_UNITS};
    const pv_str bytes = pv_word_form_str(&finder->text.forms, word);
    if (known->small || bytes.size > LONG_LETTERS || is_roman(bytes) || is_in_run(finder, word) ||
        pv_word_form_is(word_at(finder, word), PV_FORM_DOTTED | PV_FORM_FOREIGN) || is_several(finder, word) ||
        is_label(finder, word))
        return false;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (is_word(finder, word, others[i]))
            return false;
    return true;
}

/* Whether a chain is an acronym even if nothing expands it: of its words none is an ordinary one ("IN-HOME"). */
static bool is_sure_chain(const acronym_finder *finder, size_t first, size_t end) {
    bool any = false;
    for (size_t i = first; i < end; i++) {
        const size_t at = find_entry(finder, word_at(finder, i)->key);
        if (!pv_word_form_is(word_at(finder, i), PV_FORM_UPPER))
            continue;
        any = true;
        if (pv_word_form_is(word_at(finder, i), PV_FORM_FOREIGN) || is_word(finder, i, PV_ACRONYM_EMPHASIS) ||
            is_word(finder, i, PV_ACRONYM_SMALL) || is_word(finder, i, PV_ACRONYM_KNOWN) ||
            (at != PV_SET_NONE && finder->entries.items[at].small))
            return false;
    }
    return any;
}

/* ---- all of them ---- */

/* Notes the chains that the text expands as one. */
static bool note_chains(acronym_finder *finder) {
    for (size_t first = 0, end; first < finder->text.forms.count; first = end) {
        end = chain_end(finder, first);
        if (end == first + 1 || !is_all_capitals(finder, first, end) || is_no_chain(finder, first, end))
            continue;
        pv_acronym_mention found = {.first = (uint32_t)first, .end = (uint32_t)end};
        size_t at;
        pv_acronym_expand(&finder->text, &found);
        if (!found.has_expansion || found.is_loose)
            continue;
        if (!put_entry(finder, key_of(finder, first, end),
                       (pv_span){word_at(finder, first)->at.start, word_at(finder, end - 1)->at.end}, &at))
            return false;
        finder->entries.items[at].joined = true;
    }
    return true;
}

static bool add_mention(acronym_finder *finder, size_t first, size_t end) {
    const pv_word_form *word = word_at(finder, first);
    pv_acronym_mention found = {.first = (uint32_t)first, .end = (uint32_t)end, .usable = true};
    size_t at;
    if (!put_entry(finder, key_of(finder, first, end), (pv_span){word->at.start, word_at(finder, end - 1)->at.end},
                   &at))
        return false;
    found.entry = (uint32_t)at;
    pv_acronym_expand(&finder->text, &found);
    found.usable = !pv_word_form_is(word, PV_FORM_CAPS_LINE) && !(end == first + 1 && is_other(finder, first));
    entry *known = &finder->entries.items[at];
    found.sure = found.usable && (end > first + 1 ? is_sure_chain(finder, first, end) : is_sure(finder, first, known));
    known->mentions++;
    known->expansions += found.has_expansion;
    known->sure += found.sure && !found.has_expansion;
    pv_acronym_mention *room = PV_ARRAY_ADD(finder->arena, &finder->mentions);
    if (!room)
        return pv_fail_memory(finder->error);
    *room = found;
    return true;
}

/* Whether every part of a chain stands alone elsewhere: two acronyms, joined, unless the text expands them as one. */
static bool is_of_acronyms(const acronym_finder *finder, size_t first, size_t end) {
    const size_t whole = find_entry(finder, key_of(finder, first, end));
    if (whole != PV_SET_NONE && finder->entries.items[whole].joined)
        return false;
    for (size_t i = first; i < end; i++) {
        const size_t at = find_entry(finder, word_at(finder, i)->key);
        if (at == PV_SET_NONE || !finder->entries.items[at].alone ||
            !pv_word_form_is(word_at(finder, i), PV_FORM_UPPER))
            return false;
    }
    return true;
}

static bool read_chain(acronym_finder *finder, size_t first, size_t end) {
    if (is_no_chain(finder, first, end))
        return true;
    if (end > first + 1 && is_all_capitals(finder, first, end) && !is_of_acronyms(finder, first, end))
        return add_mention(finder, first, end);
    for (size_t i = first; i < end; i++)
        if (pv_word_form_is(word_at(finder, i), PV_FORM_UPPER) && !add_mention(finder, i, i + 1))
            return false;
    return true;
}

static void take_line(acronym_finder *finder, pv_acronym_mention *found) {
    entry *known = &finder->entries.items[found->entry];
    if (!pv_acronym_take_line(&finder->text, found))
        return;
    known->expansions++;
    known->sure -= found->sure;
}

/* Takes lines that look like a glossary's for such where a line next to them is one. */
static void read_glossaries(acronym_finder *finder) {
    pv_acronym_mention *before = NULL;
    for (size_t i = 0; i < finder->mentions.count; i++) {
        pv_acronym_mention *found = &finder->mentions.items[i];
        if (!found->in_glossary)
            continue;
        const bool is_near = before && word_at(finder, found->first)->at.start <
                                           word_at(finder, before->first)->at.start + GLOSSARY_BYTES;
        if (is_near && found->has_expansion && !before->has_expansion)
            take_line(finder, before);
        else if (is_near && before->has_expansion && !found->has_expansion)
            take_line(finder, found);
        before = found;
    }
}

typedef struct gathered_acronym {
    pv_span *uses;
    pv_expansion *expansions;
    uint64_t wording;
    pv_acronym out;
} gathered_acronym;

static bool is_kept(const entry *known) {
    return known->expansions > 0 || known->sure > 0;
}

static void gather_mention(const acronym_finder *finder, const pv_acronym_mention *found, gathered_acronym *gathered) {
    const pv_span at = {word_at(finder, found->first)->at.start, word_at(finder, found->end - 1)->at.end};
    pv_acronym *out = &gathered->out;
    if (out->use_count + out->expansion_count == 0)
        out->form = at;
    if (found->has_expansion) {
        if (gathered->wording == 0 && !found->is_loose)
            gathered->wording = found->wording;
        gathered->expansions[out->expansion_count++] = (pv_expansion){
            .words = found->words, .acronym = at, .different = !found->is_loose && found->wording != gathered->wording};
    } else if (found->usable && (found->sure || finder->entries.items[found->entry].expansions > 0)) {
        if (out->first == SIZE_MAX && !pv_word_form_is(word_at(finder, found->first), PV_FORM_HEADING))
            out->first = out->use_count;
        gathered->uses[out->use_count++] = at;
    }
}

static bool gather(acronym_finder *finder, pv_acronym_list *out) {
    const size_t entries = finder->entries.count;
    gathered_acronym *all = PV_NEW_ARRAY(finder->arena, gathered_acronym, entries);
    pv_acronym *acronyms = PV_NEW_ARRAY(finder->arena, pv_acronym, entries);
    if (!all || !acronyms)
        return pv_fail_memory(finder->error);
    for (size_t i = 0; i < entries; i++) {
        const entry *known = &finder->entries.items[i];
        if (!is_kept(known))
            continue;
        all[i].uses = PV_NEW_ARRAY(finder->arena, pv_span, known->mentions);
        all[i].expansions = PV_NEW_ARRAY(finder->arena, pv_expansion, known->expansions);
        all[i].out = (pv_acronym){.uses = all[i].uses, .expansions = all[i].expansions, .first = SIZE_MAX};
        if (!all[i].uses || !all[i].expansions)
            return pv_fail_memory(finder->error);
    }
    size_t count = 0;
    for (size_t i = 0; i < finder->mentions.count; i++) {
        const pv_acronym_mention *found = &finder->mentions.items[i];
        if (is_kept(&finder->entries.items[found->entry]))
            gather_mention(finder, found, &all[found->entry]);
    }
    for (size_t i = 0; i < finder->mentions.count; i++) {
        gathered_acronym *one = &all[finder->mentions.items[i].entry];
        if (!one->uses || one->out.use_count + one->out.expansion_count == 0)
            continue;
        if (one->out.first == SIZE_MAX)
            one->out.first = one->out.use_count;
        acronyms[count++] = one->out;
        one->uses = NULL;
    }
    *out = (pv_acronym_list){acronyms, count};
    return true;
}

bool pv_acronyms_find(pv_acronym_list *out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                      const pv_heading_list *headings, const pv_marks *marks, pv_error *error) {
    acronym_finder finder = {.arena = arena, .error = error, .by_key = pv_set_in(arena)};
    if (!pv_word_forms_read(&finder.text.forms, arena, text, tokens, headings, marks, error) || !read_kinds(&finder) ||
        !note_words(&finder) || !note_chains(&finder))
        return false;
    for (size_t first = 0, end; first < finder.text.forms.count; first = end) {
        end = chain_end(&finder, first);
        if (!read_chain(&finder, first, end))
            return false;
    }
    read_glossaries(&finder);
    return gather(&finder, out);
}

const pv_span *pv_acronym_used_early(const pv_acronym *acronym) {
    if (acronym->expansion_count == 0 || acronym->first >= acronym->use_count)
        return NULL;
    const pv_span *first = &acronym->uses[acronym->first];
    return first->start < acronym->expansions[0].acronym.start ? first : NULL;
}
