#include "text/name_variants.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/set.h"
#include "base/utf8.h"
#include "text/name_variants_p.h"
#include "text/naming_p.h"

#define NAME_LETTERS 5 /* a shorter name is too easily another one */

bool pv_variants_note(const pv_variant_finder *finder, pv_word_table *out, uint32_t flags, uint32_t not_flags) {
    const pv_word_forms *forms = &finder->forms;
    size_t count = 0;
    for (size_t i = 0; i < forms->count; i++)
        count += pv_word_form_is(&forms->words[i], flags);
    if (!pv_word_table_new(out, finder->arena, count, finder->error))
        return false;
    for (size_t i = 0; i < forms->count; i++) {
        if (!pv_word_form_is(&forms->words[i], flags) || pv_word_form_is(&forms->words[i], not_flags))
            continue;
        uint32_t *number = pv_word_table_put(out, forms->words[i].key, finder->error);
        if (!number)
            return false;
        ++*number;
    }
    return true;
}

bool pv_variants_add(pv_variant_finder *finder, const pv_name_variant *variant) {
    pv_name_variant *room = PV_ARRAY_ADD(finder->arena, &finder->found);
    if (!room)
        return pv_fail_memory(finder->error);
    *room = *variant;
    return true;
}

/* ---- letters, with what stands for an abbreviation ---- */

typedef struct spellings {
    pv_word_table words;  /* of a spelling, by its hash: its row + 1 */
    pv_letters *standing; /* of each row */
} spellings;

/* Rows of several of a kind ("department|departments") are no spellings. */
static bool read_spellings(spellings *out, pv_arena *arena, pv_error *error) {
    const size_t rows = pv_english_spelling_count;
    out->standing = PV_NEW_ARRAY(arena, pv_letters, rows);
    if (!out->standing)
        return pv_fail_memory(error);
    size_t count = 0;
    for (size_t i = 0; i < rows; i++)
        count += pv_count_words(pv_english_spellings[i].words);
    if (!pv_word_table_new(&out->words, arena, count, error))
        return false;
    for (size_t i = 0; i < rows; i++) {
        pv_str words = pv_english_spellings[i].words;
        if (pv_english_spellings[i].kinds & PV_NAMING_PLURAL)
            continue;
        out->standing[i] = pv_letters_of(pv_take_word(&words));
        if (!pv_word_table_add(&out->words, words, (uint32_t)i + 1, error))
            return false;
    }
    return true;
}

static bool has_dot_behind(const pv_word_forms *forms, size_t word) {
    const uint32_t end = forms->words[word].at.end;
    return end < forms->text.size && forms->text.data[end] == '.';
}

#define NO_SPELLING SIZE_MAX

/* The row of spellings that the word is a variant of. */
static size_t spelling_of(const spellings *known, const pv_word_forms *forms, size_t word) {
    const uint32_t *row = pv_word_table_find(&known->words, forms->words[word].key);
    if (!row)
        return NO_SPELLING;
    const bool dotted = (pv_english_spellings[*row - 1].kinds & PV_NAMING_DOTTED) != 0;
    return dotted && !has_dot_behind(forms, word) ? NO_SPELLING : *row - 1;
}

/* ---- names ---- */

/* One spelling of a name that is spelt otherwise more often. */
typedef struct candidate {
    size_t first, count;             /* occurrences */
    size_t usual_first, usual_count; /* the same */
    uint64_t score;
    pv_variant_kind kind;
    uint32_t differing, usual_differing; /* bits: words of the name that are written otherwise */
} candidate;

typedef struct name_finder {
    pv_variant_finder *all;
    const pv_word_forms *forms;
    spellings spellings;
    pv_word_table titled; /* words that have a capital somewhere, and not all in capitals */
    pv_word_table keys;   /* of all names: where in surfaces one stands, + 1 */
    uint64_t *surfaces;   /* of each key the one way in which it is spelt; 0: there are several */
    uint32_t key_count;
    size_t name_count;
    PV_ARRAY(pv_name_place) occurrences; /* of those that are spelt in several */
    PV_ARRAY(candidate) candidates;
    bool *told; /* words whose spelling was told of already */
} name_finder;

/* A hash of how a word is written, with capitals that a title or a sentence asks for told alike. */
static uint64_t hash_surface(pv_str text, const pv_word_form *word, bool is_upper, uint64_t seed) {
    const pv_str bytes = pv_str_slice(text, word->at.start, word->at.end);
    const bool keeps = pv_word_form_is(word, PV_FORM_CAMEL);
    uint64_t hash = seed;
    for (size_t at = 0; at < bytes.size;) {
        size_t length;
        uint32_t character = pv_utf8_decode(bytes, at, &length);
        if (pv_is_apostrophe(character))
            character = '\'';
        if (!keeps)
            character = pv_utf8_lower(character);
        for (unsigned shift = 0; shift < 24; shift += 8)
            hash = pv_hash_byte(hash, (char)(character >> shift & 0xFF));
        at += length;
    }
    return pv_hash_byte(hash, keeps ? 'c' : is_upper ? 'u' : 'l');
}

static bool joins_before(const name_finder *finder, size_t word) {
    const pv_word_form *form = &finder->forms->words[word];
    switch (form->parting) {
    case PV_PARTED_SPACE:
    case PV_PARTED_BREAK:
    case PV_PARTED_HYPHEN:
    case PV_PARTED_AMPERSAND:
        return !pv_word_form_is(form, PV_FORM_LINE);
    case PV_PARTED_DOT:
        return finder->all->names[word - 1].abbreviated;
    default:
        return false;
    }
}

/* Whether a word that is written otherwise elsewhere is in capitals; *own: on its own account, that is, in no heading,
 * and not among others. */
static bool is_upper(const name_finder *finder, size_t word, bool *own) {
    const pv_word_forms *forms = finder->forms;
    const pv_word_form *form = &forms->words[word];
    *own = !pv_word_form_is(form, PV_FORM_HEADING) &&
           !(word > 0 && form->parting == PV_PARTED_SPACE && pv_word_form_is(form - 1, PV_FORM_UPPER)) &&
           !(word + 1 < forms->count && form[1].parting == PV_PARTED_SPACE && pv_word_form_is(form + 1, PV_FORM_UPPER));
    return pv_word_form_is(form, PV_FORM_UPPER) && pv_word_table_find(&finder->titled, form->key);
}

/* Whether a small word has its capital from where it stands: "The", and "In" at the beginning of a sentence, but not
 * "In-Home". */
static bool opens_sentence(const name_finder *finder, size_t word) {
    const pv_word_forms *forms = finder->forms;
    const uint32_t *kind = pv_word_table_find(&finder->all->openings, forms->words[word].key);
    const bool hyphen = word + 1 < forms->count && forms->words[word + 1].parting == PV_PARTED_HYPHEN;
    return kind && !hyphen && (*kind > 1 || pv_word_form_is(&forms->words[word], PV_FORM_STARTS));
}

static void read_name_word(name_finder *finder, size_t at) {
    const pv_word_forms *forms = finder->forms;
    const pv_word_form *form = &forms->words[at];
    pv_name_word *word = &finder->all->names[at];
    const size_t row = spelling_of(&finder->spellings, forms, at);
    word->letters = finder->all->letters[at];
    if (row != NO_SPELLING) {
        const pv_letters standing = finder->spellings.standing[row];
        word->abbreviated = word->letters.count + 1 < standing.count;
        word->respelt = !word->abbreviated;
        word->letters = standing;
    }
    word->joins = at > 0 && joins_before(finder, at);
    bool own;
    const bool upper = is_upper(finder, at, &own);
    const bool usable = !pv_word_form_is(form, PV_FORM_UNJUDGED) && (own || !upper);
    word->opening = hash_surface(forms->text, form, upper, PV_HASH_SEED);
    char parting = ' ';
    if (form->parting == PV_PARTED_HYPHEN)
        parting = '-';
    if (form->parting == PV_PARTED_AMPERSAND)
        parting = '&';
    word->surface = hash_surface(forms->text, form, upper, pv_hash_byte(PV_HASH_SEED, parting));
    const bool goes_on = at > 0 && word->joins && finder->all->names[at - 1].content &&
                         (form->parting == PV_PARTED_HYPHEN || pv_word_form_is(form, PV_FORM_DIGIT));
    word->content = usable && (goes_on || (pv_word_form_is(form, PV_FORM_CAPITAL) && !opens_sentence(finder, at)));
    word->link = usable && pv_word_form_is(form, PV_FORM_LOWER) && pv_word_table_find(&finder->all->links, form->key) &&
                 !(word->joins && at > 0 && form[-1].key == finder->all->and_key);
    word->owner = word->content && pv_word_form_is(form, PV_FORM_OWNER);
}

/* The name of so many words that begins with the word first, and goes on by one. */
typedef struct name_read {
    pv_letters letters;
    uint64_t surface;
    size_t end;
} name_read;

static bool read_on(const name_finder *finder, name_read *name, size_t first) {
    const size_t at = name->end;
    if (at >= finder->forms->count || at - first >= PV_NAME_WORDS_MOST)
        return false;
    const pv_name_word *word = &finder->all->names[at];
    if (!word->content && !word->link)
        return false;
    if (at > first && !word->joins)
        return false;
    if (at > first && word[-1].owner) {
        name->letters = pv_letters_add(name->letters, 's');
        name->surface ^= 's';
    }
    if (at > first && finder->forms->words[at].parting == PV_PARTED_AMPERSAND)
        name->letters = pv_letters_join(name->letters, pv_letters_of(pv_english_name_and));
    name->letters = pv_letters_join(name->letters, word->letters);
    name->surface = name->surface * UINT64_C(0x100000001B3) ^ (at == first ? word->opening : word->surface);
    name->end++;
    return true;
}

static bool each_name(name_finder *finder, bool (*take)(name_finder *, const name_read *, size_t)) {
    for (size_t first = 0; first < finder->forms->count; first++) {
        if (!finder->all->names[first].content || !pv_word_form_is(&finder->forms->words[first], PV_FORM_CAPITAL))
            continue;
        name_read name = {PV_LETTERS_NONE, PV_HASH_SEED, first};
        while (read_on(finder, &name, first))
            if (finder->all->names[name.end - 1].content && name.letters.count >= NAME_LETTERS &&
                !take(finder, &name, first))
                return false;
    }
    return true;
}

/* ---- those that are spelt in several ways ---- */

static uint64_t surface_of(const name_read *name) {
    return name->surface == 0 ? 1 : name->surface;
}

static bool count_name(name_finder *finder, const name_read *name, size_t first) {
    (void)name;
    (void)first;
    finder->name_count++;
    return true;
}

static bool note_name(name_finder *finder, const name_read *name, size_t first) {
    (void)first;
    uint32_t *number = pv_word_table_put(&finder->keys, pv_letters_key(name->letters), finder->all->error);
    if (!number)
        return false;
    if (*number == 0) {
        finder->surfaces[finder->key_count] = surface_of(name);
        *number = ++finder->key_count;
    } else if (finder->surfaces[*number - 1] != surface_of(name)) {
        finder->surfaces[*number - 1] = 0;
    }
    return true;
}

static bool keep_name(name_finder *finder, const name_read *name, size_t first) {
    const uint64_t key = pv_letters_key(name->letters);
    const uint32_t *number = pv_word_table_find(&finder->keys, key);
    if (!number || finder->surfaces[*number - 1] != 0)
        return true;
    pv_name_place *room = PV_ARRAY_ADD(finder->all->arena, &finder->occurrences);
    if (!room)
        return pv_fail_memory(finder->all->error);
    *room = (pv_name_place){key, surface_of(name), (uint32_t)first, (uint32_t)(name->end - first)};
    return true;
}

static int compare_occurrences(const void *a, const void *b) {
    const pv_name_place *one = a, *other = b;
    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    if (one->surface != other->surface)
        return one->surface < other->surface ? -1 : 1;
    return (one->first > other->first) - (one->first < other->first);
}

/* Whether nothing of a name stands directly before these words. */
static bool begins_free(const name_finder *finder, const pv_name_place *name) {
    const size_t first = name->first;
    return first == 0 || !finder->all->names[first].joins ||
           !(finder->all->names[first - 1].content || finder->all->names[first - 1].link) ||
           pv_word_form_is(&finder->forms->words[first - 1], PV_FORM_STARTS) || name->words == PV_NAME_WORDS_MOST;
}

/* The same behind them. */
static bool ends_free(const name_finder *finder, const pv_name_place *name) {
    const size_t end = name->first + name->words;
    return end >= finder->forms->count || !finder->all->names[end].joins || !finder->all->names[end].content ||
           name->words == PV_NAME_WORDS_MOST;
}

typedef bool is_free(const name_finder *finder, const pv_name_place *name);

static bool some_free(const name_finder *finder, size_t first, size_t count, is_free *free_there) {
    for (size_t i = first; i < first + count; i++)
        if (free_there(finder, &finder->occurrences.items[i]))
            return true;
    return false;
}

/* Whether both spellings end as names do: of what is but the beginning of a longer name ("Parent-Child Interaction
 * Coding System") nothing is said. */
static bool both_end(const name_finder *finder, const candidate *found) {
    return some_free(finder, found->first, found->count, ends_free) &&
           some_free(finder, found->usual_first, found->usual_count, ends_free);
}

static bool both_begin(const name_finder *finder, const candidate *found) {
    return some_free(finder, found->first, found->count, begins_free) &&
           some_free(finder, found->usual_first, found->usual_count, begins_free);
}

/* Whether a year follows in a bracket or after a comma: "Kania and Kramer (2011)". */
static bool is_cited(const name_finder *finder, const pv_name_place *name) {
    const pv_word_forms *forms = finder->forms;
    const size_t next = name->first + name->words;
    if (next >= forms->count || !pv_word_form_is(&forms->words[next], PV_FORM_DIGIT))
        return false;
    const pv_word_form *figure = &forms->words[next];
    return figure->at.start <= forms->words[next - 1].at.end + 3 && figure->at.end - figure->at.start >= 4;
}

static unsigned count_bits(uint32_t bits) {
    unsigned count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

/* Whether each word of the name has a capital or a figure: a name, not a phrase ("Long-term prevention"). */
static bool is_all_capital(const name_finder *finder, const pv_name_place *name) {
    for (size_t word = name->first; word < name->first + name->words; word++)
        if (!pv_word_form_is(&finder->forms->words[word], PV_FORM_CAPITAL | PV_FORM_DIGIT))
            return false;
    return true;
}

/* Whether a reader takes two such spellings for one name, and what differs. */
static bool is_variant(const name_finder *finder, const pv_name_difference *compared, const candidate *found,
                       pv_variant_kind *kind) {
    const pv_name_place *other = &finder->occurrences.items[found->first];
    const pv_name_place *usual = &finder->occurrences.items[found->usual_first];
    if (compared->is_none || compared->differing == 0 || compared->single > 1)
        return false;
    const size_t more = other->words - count_bits(compared->differing);
    if (compared->joined) {
        *kind = PV_VARIANT_SPACING;
        return compared->same > 0 || (both_begin(finder, found) && both_end(finder, found));
    }
    if (compared->hyphen) {
        *kind = PV_VARIANT_SPACING;
        return more > 1 || (both_end(finder, found) &&
                            (more > 0 || (is_all_capital(finder, other) && is_all_capital(finder, usual))));
    }
    if (compared->abbreviation) {
        *kind = PV_VARIANT_ABBREVIATION;
        return compared->same > (compared->ampersand ? 2 : 1) ||
               (compared->same > (compared->ampersand ? 1 : 0) && both_end(finder, found) && !is_cited(finder, other) &&
                !is_cited(finder, usual));
    }
    *kind = compared->spelling     ? PV_VARIANT_SPELLING
            : compared->accents    ? PV_VARIANT_ACCENTS
            : compared->apostrophe ? PV_VARIANT_APOSTROPHE
                                   : PV_VARIANT_CAPITALS;
    /* A word in capitals that is usual is an acronym; the same letters in another word are none. */
    return *kind != PV_VARIANT_CAPITALS || compared->same > 0 ||
           !pv_word_form_is(&finder->forms->words[usual->first], PV_FORM_UPPER) ||
           pv_word_form_is(&finder->forms->words[other->first], PV_FORM_CAMEL);
}

/* The end of the occurrences from start on that are spelt alike. */
static size_t spelling_end(const name_finder *finder, size_t start, size_t end) {
    const pv_name_place *all = finder->occurrences.items;
    size_t next = start;
    while (next < end && all[next].surface == all[start].surface)
        next++;
    return next;
}

/* Holds each spelling of one name, occurrences from first to end, against the one used most often. */
static bool judge_name(name_finder *finder, size_t first, size_t end) {
    const pv_name_place *all = finder->occurrences.items;
    candidate found = {.usual_count = 0};
    for (size_t start = first, next; start < end; start = next) {
        next = spelling_end(finder, start, end);
        const size_t count = next - start;
        if (count > found.usual_count ||
            (count == found.usual_count && all[start].first < all[found.usual_first].first)) {
            found.usual_first = start;
            found.usual_count = count;
        }
    }
    for (size_t start = first, next; start < end; start = next) {
        next = spelling_end(finder, start, end);
        if (start == found.usual_first)
            continue;
        found.first = start;
        found.count = next - start;
        const pv_name_difference compared = pv_name_compare(finder->all, &all[found.usual_first], &all[start]);
        if (!is_variant(finder, &compared, &found, &found.kind))
            continue;
        found.differing = compared.differing;
        found.usual_differing = compared.usual_differing;
        found.score = (uint64_t)found.usual_count * all[found.usual_first].words;
        candidate *room = PV_ARRAY_ADD(finder->all->arena, &finder->candidates);
        if (!room)
            return pv_fail_memory(finder->all->error);
        *room = found;
    }
    return true;
}

static int compare_candidates(const void *a, const void *b) {
    const candidate *one = a, *other = b;
    if (one->score != other->score)
        return one->score > other->score ? -1 : 1;
    return (one->first > other->first) - (one->first < other->first);
}

static pv_span span_of(const name_finder *finder, const pv_name_place *name) {
    return (pv_span){finder->forms->words[name->first].at.start,
                     finder->forms->words[name->first + name->words - 1].at.end};
}

/* Whether a word that differs was told of in another name. */
static bool was_told(const name_finder *finder, const pv_name_place *name, uint32_t differing) {
    for (uint32_t i = 0; i < name->words; i++)
        if ((differing >> i & 1) != 0 && finder->told[name->first + i])
            return true;
    return false;
}

static void tell(name_finder *finder, const pv_name_place *name, uint32_t differing) {
    for (uint32_t i = 0; i < name->words; i++)
        if ((differing >> i & 1) != 0)
            finder->told[name->first + i] = true;
}

static bool add_candidate(name_finder *finder, const candidate *found) {
    pv_span *places = PV_NEW_ARRAY(finder->all->arena, pv_span, found->count);
    size_t count = 0;
    if (!places)
        return pv_fail_memory(finder->all->error);
    if (was_told(finder, &finder->occurrences.items[found->usual_first], found->usual_differing))
        return true; /* the usual spelling is itself one that another name has otherwise */
    for (size_t i = found->first; i < found->first + found->count; i++) {
        const pv_name_place *name = &finder->occurrences.items[i];
        if (was_told(finder, name, found->differing))
            continue;
        tell(finder, name, found->differing);
        places[count++] = span_of(finder, name);
    }
    const pv_name_variant variant = {
        .kind = found->kind,
        .places = places,
        .count = count,
        .usual = span_of(finder, &finder->occurrences.items[found->usual_first]),
        .usual_count = found->usual_count,
    };
    return count == 0 || pv_variants_add(finder->all, &variant);
}

static bool begin_names(name_finder *finder) {
    pv_arena *arena = finder->all->arena;
    pv_error *error = finder->all->error;
    const size_t count = finder->forms->count;
    finder->all->names = PV_NEW_ARRAY(arena, pv_name_word, count);
    finder->told = PV_NEW_ARRAY(arena, bool, count);
    if (!finder->all->names || !finder->told)
        return pv_fail_memory(error);
    if (!read_spellings(&finder->spellings, arena, error) ||
        !pv_variants_note(finder->all, &finder->titled, PV_FORM_CAPITAL, PV_FORM_UPPER))
        return false;
    for (size_t i = 0; i < count; i++)
        read_name_word(finder, i);
    if (!each_name(finder, count_name))
        return false;
    finder->surfaces = PV_NEW_ARRAY(arena, uint64_t, finder->name_count);
    if (!finder->surfaces)
        return pv_fail_memory(error);
    return pv_word_table_new(&finder->keys, arena, finder->name_count, error);
}

static bool find_names(pv_variant_finder *all) {
    name_finder finder = {.all = all, .forms = &all->forms};
    if (!begin_names(&finder) || !each_name(&finder, note_name) || !each_name(&finder, keep_name))
        return false;
    const size_t count = finder.occurrences.count;
    if (count > 0)
        qsort(finder.occurrences.items, count, sizeof finder.occurrences.items[0], compare_occurrences);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && finder.occurrences.items[end].key == finder.occurrences.items[first].key;)
            end++;
        if (!judge_name(&finder, first, end))
            return false;
    }
    if (finder.candidates.count > 0)
        qsort(finder.candidates.items, finder.candidates.count, sizeof finder.candidates.items[0], compare_candidates);
    for (size_t i = 0; i < finder.candidates.count; i++)
        if (!add_candidate(&finder, &finder.candidates.items[i]))
            return false;
    return true;
}

/* ---- all of them ---- */

static int compare_variants(const void *a, const void *b) {
    const pv_name_variant *one = a, *other = b;
    if (one->places[0].start != other->places[0].start)
        return one->places[0].start < other->places[0].start ? -1 : 1;
    return (one->places[0].end > other->places[0].end) - (one->places[0].end < other->places[0].end);
}

bool pv_name_variants_find(pv_name_variant_list *out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                           const pv_heading_list *headings, const pv_marks *marks, pv_error *error) {
    pv_variant_finder finder = {.arena = arena, .error = error, .and_key = pv_token_hash_of(pv_english_name_and)};
    if (!pv_word_forms_read(&finder.forms, arena, text, tokens, headings, marks, error) ||
        !pv_word_table_of(&finder.links, arena, pv_english_name_links, error) ||
        !pv_word_table_new(&finder.openings, arena,
                           pv_count_words(pv_english_name_openings) + pv_count_words(pv_english_articles), error) ||
        !pv_word_table_add(&finder.openings, pv_english_name_openings, 1, error) ||
        !pv_word_table_add(&finder.openings, pv_english_articles, 2, error) ||
        !pv_word_table_of(&finder.particles, arena, pv_english_particles, error) ||
        !pv_word_table_of(&finder.labels, arena, pv_english_part_labels, error) ||
        !pv_variants_note(&finder, &finder.lower, PV_FORM_LOWER, 0))
        return false;
    finder.letters = PV_NEW_ARRAY(arena, pv_letters, finder.forms.count);
    if (!finder.letters)
        return pv_fail_memory(error);
    for (size_t i = 0; i < finder.forms.count; i++)
        finder.letters[i] = pv_letters_of(pv_word_form_str(&finder.forms, i));
    if (!pv_variants_find_compounds(&finder) || !find_names(&finder) || !pv_variants_find_slips(&finder))
        return false;
    if (finder.found.count > 0)
        qsort(finder.found.items, finder.found.count, sizeof finder.found.items[0], compare_variants);
    *out = (pv_name_variant_list){finder.found.items, finder.found.count};
    return true;
}

const char *pv_variant_kind_name(pv_variant_kind kind) {
    static const char *const names[] = {
        [PV_VARIANT_SPACING] = "spacing",
        [PV_VARIANT_CAPITALS] = "capitals",
        [PV_VARIANT_ACCENTS] = "accents",
        [PV_VARIANT_APOSTROPHE] = "apostrophe",
        [PV_VARIANT_ABBREVIATION] = "abbreviation",
        [PV_VARIANT_SPELLING] = "spelling",
        [PV_VARIANT_SLIP] = "slip",
        [PV_VARIANT_COMPOUND] = "compound",
    };
    return names[kind];
}
