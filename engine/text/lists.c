#include "text/lists.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/markers_p.h"
#include "text/phrasing_p.h"

/* How many lists may wait to be continued, and how deep items may be nested. It bounds the work per marker; of more,
 * the one that began first is given up. */
#define MOST_OPEN 8u

#define MOST_OF_SENTENCE 1000u /* looked at around a marker behind its item */
#define NONE SIZE_MAX

/* A run of markers that count up from the first member, and maybe a list. Markers and sequences go by index. */
typedef struct marker_sequence {
    pv_marker_style style;
    bool capital;
    uint32_t first_form;
    uint32_t last_form;
    unsigned last_ordinal;
    unsigned indent; /* of its first marker */
    size_t first;    /* marker */
    size_t last;     /* marker */
    size_t members;
    size_t below;    /* the sequence still open when this one began, or NONE */
    size_t below_at; /* and its last marker then */
    bool refers;     /* nothing is said after one of its markers but "and" or "or" */
    bool loose;
    bool inside; /* one of its markers stands in a line of prose and is one only among others */
    bool strict; /* one of its markers is believed only in a list of three that is led to */
    bool names;  /* all of its markers in lines of prose may be initials */
    bool behind; /* its markers stand behind what they number: "connect [step 1], train [step 2]" */
    bool led;    /* the first opens a line, or what stands before it ends a clause */
    bool kept;
    size_t host; /* kept sequences: the marker it is nested in, or NONE */
    unsigned depth;
    size_t list; /* of an outer one: which it is, from 0 */
} marker_sequence;

typedef struct list_finder {
    pv_str text;
    const pv_marker *markers;
    size_t marker_count;
    marker_sequence *sequences;
    size_t sequence_count;
    size_t *sequence_of;    /* per marker, or NONE */
    unsigned *ordinal_of;   /* per marker of a sequence: its number */
    unsigned *previous_of;  /* and where that does not follow: the number before it; otherwise 0 */
    bool *opens_later;      /* per marker: one with its number opens a line later in the same list */
    unsigned *sentence_of;  /* per marker: sentences that end before it */
    size_t open[MOST_OPEN]; /* innermost last */
    size_t open_count;
} list_finder;

/* What marker counts as in a list of this style; 0 when it cannot stand there. */
static unsigned ordinal_as(const pv_marker *marker, pv_marker_style style) {
    switch (style) {
    case PV_MARKER_NUMBER:
        return marker->kind == PV_MARKER_KIND_NUMBER ? marker->number : 0;
    case PV_MARKER_LETTER:
        return marker->kind == PV_MARKER_KIND_LETTERS ? marker->number : 0;
    case PV_MARKER_WORD:
        return marker->kind == PV_MARKER_KIND_WORD ? marker->number : 0;
    case PV_MARKER_ROMAN:
        return marker->roman;
    case PV_MARKER_BULLET:
    case PV_MARKER_NONE:
        return 0;
    }
    return 0;
}

/* Whether what stands between two markers is all of the first one's item: no line of it but begins small, as one that
 * hangs below a bullet. */
static bool hangs_between(const list_finder *finder, size_t from, size_t to) {
    pv_str between = pv_str_slice(finder->text, finder->markers[from].at.end, finder->markers[to].at.start);
    for (size_t at = 0; (at = pv_str_find(between, PV_STR("\n"), at)) != SIZE_MAX;) {
        at = pv_phrasing_skip_blanks(between, at + 1);
        if (at < between.size && between.data[at] != '\n' && !(between.data[at] >= 'a' && between.data[at] <= 'z'))
            return false;
    }
    return true;
}

/* Whether both open lines, of one indent; of what does not open a line nothing is known. A column more or less is a
 * slip of who wrote it. */
static bool is_indented_alike(const list_finder *finder, const marker_sequence *sequence, size_t marker) {
    const pv_marker *first = &finder->markers[sequence->first];
    const pv_marker *next = &finder->markers[marker];
    bool lines = first->opens_line && !first->wrapped && next->opens_line && !next->wrapped;
    return !lines || (next->indent <= first->indent + 1 && first->indent <= next->indent + 1);
}

/* A bullet goes on with a list when the same character did so in the paragraph before, or in the same one where a line
 * of the source begins there or it can be nothing but a bullet. */
static bool bullet_continues(const list_finder *finder, const marker_sequence *sequence, size_t marker) {
    const pv_marker *next = &finder->markers[marker];
    unsigned last = finder->markers[marker - 1].paragraph;
    return sequence->style == PV_MARKER_BULLET && next->kind == PV_MARKER_KIND_BULLET &&
           sequence->last_form == next->form && is_indented_alike(finder, sequence, marker) &&
           (last + 1 == next->paragraph || (last == next->paragraph && (next->wrapped || next->inside)) ||
            (next->opens_line && hangs_between(finder, marker - 1, marker)));
}

/* "1)", "(2)" and, at the start of a line, "3." may be mixed; what is written otherwise goes with its own kind. */
static bool mixes(const pv_marker *marker) {
    return marker->form == '(' || marker->form == ')' || (marker->form == '.' && !marker->inside);
}

static bool goes_with(const marker_sequence *sequence, const pv_marker *next, bool same_form) {
    if (same_form || !mixes(next))
        return next->form == sequence->last_form;
    return sequence->last_form == '(' || sequence->last_form == ')' || sequence->last_form == '.';
}

/* "Finally," ends what began with "First,". */
static bool ends_words(const marker_sequence *sequence, const pv_marker *next) {
    return sequence->style == PV_MARKER_WORD && next->kind == PV_MARKER_KIND_WORD && next->number == 0 &&
           sequence->members >= 2;
}

static bool continues(const list_finder *finder, const marker_sequence *sequence, size_t marker, bool same_form) {
    const pv_marker *next = &finder->markers[marker];
    if (bullet_continues(finder, sequence, marker))
        return true;
    bool follows = ordinal_as(next, sequence->style) == sequence->last_ordinal + 1 || ends_words(sequence, next);
    return follows && next->capital == sequence->capital && goes_with(sequence, next, same_form);
}

/* Whether it can hardly be anything but a marker, wherever it stands: "4)", "\u2463"; "(4)" but behind "in". */
static bool is_clear(pv_str text, const pv_marker *marker) {
    pv_span before = pv_phrasing_word_before(text, marker->at.start);
    return marker->form == ')' || (marker->form >= 0x2460 && marker->kind != PV_MARKER_KIND_WORD) ||
           (marker->form == '(' && !pv_small_word(pv_str_slice(text, before.start, before.end)));
}

/* Whether marker is one of the sequence's though its number does not follow: it is written alike, and where it stands
 * in a line of prose, near enough. */
static bool breaks_order(const list_finder *finder, const marker_sequence *sequence, size_t marker) {
    enum { FAR_INSIDE = 3, FAR = 9 };
    const pv_marker *next = &finder->markers[marker];
    const pv_marker *last = &finder->markers[sequence->last];
    unsigned number = ordinal_as(next, sequence->style);
    if (number < 2 || next->form != sequence->last_form || next->capital != sequence->capital || next->after_number ||
        (next->inside && sequence->members < 2))
        return false;
    if (next->opens_line && (last->opens_line || last->paragraph + 1 == next->paragraph))
        return number <= sequence->last_ordinal + (sequence->style == PV_MARKER_NUMBER ? FAR : FAR_INSIDE);
    return !next->opens_line && next->paragraph == last->paragraph && number >= sequence->last_ordinal &&
           number <= sequence->last_ordinal + FAR_INSIDE &&
           (is_clear(finder->text, next) || pv_marker_is_led(finder->text, next->at.start));
}

static bool style_of_first(const pv_marker *marker, pv_marker_style *out) {
    if (marker->kind == PV_MARKER_KIND_BULLET)
        *out = PV_MARKER_BULLET;
    else if (marker->kind == PV_MARKER_KIND_NUMBER)
        *out = PV_MARKER_NUMBER;
    else if (marker->kind == PV_MARKER_KIND_WORD)
        *out = PV_MARKER_WORD;
    else
        *out = marker->roman == 1 ? PV_MARKER_ROMAN : PV_MARKER_LETTER;
    return *out == PV_MARKER_BULLET || ordinal_as(marker, *out) == 1;
}

static size_t find_continued_of(const list_finder *finder, size_t marker, bool same_form, bool same_indent) {
    for (size_t i = finder->open_count; i > 0; i--) {
        const marker_sequence *sequence = &finder->sequences[finder->open[i - 1]];
        if (continues(finder, sequence, marker, same_form) &&
            (!same_indent || is_indented_alike(finder, sequence, marker)))
            return i - 1;
    }
    return NONE;
}

/* The position in `open` of the innermost sequence that marker continues, one written and indented alike before one
 * that is not. */
static size_t find_continued(const list_finder *finder, size_t marker) {
    for (int alike = 3; alike >= 0; alike--) {
        size_t position = find_continued_of(finder, marker, alike & 2, alike & 1);
        if (position != NONE)
            return position;
    }
    return NONE;
}

/* Where in `open` the list is that repeats "1." on each of its lines, as is written for Markdown to number. */
static size_t find_repeated(const list_finder *finder, size_t marker) {
    const pv_marker *next = &finder->markers[marker];
    if (finder->open_count == 0 || next->number != 1 || next->kind != PV_MARKER_KIND_NUMBER || !next->opens_line)
        return NONE;
    const marker_sequence *sequence = &finder->sequences[finder->open[finder->open_count - 1]];
    const pv_marker *last = &finder->markers[sequence->last];
    if (marker + 1 < finder->marker_count && finder->markers[marker + 1].number == 2)
        return NONE; /* "1. x", in it "1. p" and "2. q" */
    bool repeats = sequence->style == PV_MARKER_NUMBER && sequence->last_ordinal == 1 && last->opens_line &&
                   sequence->last + 1 == marker && next->form == sequence->last_form &&
                   last->paragraph + 1 == next->paragraph && is_indented_alike(finder, sequence, marker);
    return repeats ? finder->open_count - 1 : NONE;
}

static size_t find_broken(const list_finder *finder, size_t marker) {
    for (size_t i = finder->open_count; i > 0; i--)
        if (breaks_order(finder, &finder->sequences[finder->open[i - 1]], marker))
            return i - 1;
    return NONE;
}

/* True when the text holds no word but "and" and "or": the markers around it are referred to ("see (a) and (b)"), or
 * nothing was filled in after them. */
static bool says_nothing(pv_str text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = pv_phrasing_word_end(text, at);
        pv_str word = pv_str_slice(text, at, end);
        if (word.size == 0)
            pv_utf8_decode(text, at, &word.size);
        else if (!pv_str_equal_ascii_folded(word, PV_STR("and")) && !pv_str_equal_ascii_folded(word, PV_STR("or")))
            return false;
        at += word.size;
    }
    return true;
}

static void append(list_finder *finder, size_t sequence_index, size_t marker) {
    marker_sequence *sequence = &finder->sequences[sequence_index];
    if (sequence->members > 0)
        sequence->refers |= says_nothing(
            pv_str_slice(finder->text, finder->markers[sequence->last].at.end, finder->markers[marker].at.start));
    const pv_marker *added = &finder->markers[marker];
    unsigned written = ordinal_as(added, sequence->style);
    bool follows = written == 0 || written == sequence->last_ordinal + 1;
    finder->previous_of[marker] = follows ? 0 : sequence->last_ordinal;
    sequence->last_ordinal = follows ? sequence->last_ordinal + 1 : written;
    sequence->members++;
    sequence->loose |= added->loose;
    sequence->inside |= added->inside;
    sequence->strict |= added->strict;
    sequence->names &= added->initial || !added->inside;
    sequence->last = marker;
    sequence->last_form = added->form;
    finder->sequence_of[marker] = sequence_index;
    finder->ordinal_of[marker] = sequence->last_ordinal;
}

static void push(list_finder *finder, size_t sequence_index) {
    if (finder->open_count == MOST_OPEN) {
        for (size_t i = 1; i < MOST_OPEN; i++)
            finder->open[i - 1] = finder->open[i];
        finder->open_count--;
    }
    finder->open[finder->open_count++] = sequence_index;
}

/* After a colon or the end of a sentence, or at the start of a line. */
static bool is_led(const list_finder *finder, const pv_marker *first) {
    size_t end = pv_phrasing_skip_blanks_back(finder->text, first->at.start);
    if (end == 0 || (first->opens_line && !first->wrapped))
        return true;
    char before = finder->text.data[end - 1];
    return before == ':' || before == ';' || before == '|' || before == '.' || before == '!' || before == '?' ||
           before == '\n';
}

static void begin(list_finder *finder, size_t marker, pv_marker_style style) {
    const pv_marker *first = &finder->markers[marker];
    size_t below = finder->open_count > 0 ? finder->open[finder->open_count - 1] : NONE;
    size_t index = finder->sequence_count++;
    finder->sequences[index] = (marker_sequence){.style = style,
                                                 .capital = first->capital,
                                                 .led = is_led(finder, first),
                                                 .names = true,
                                                 .indent = first->indent,
                                                 .first_form = first->form,
                                                 .first = marker,
                                                 .below = below,
                                                 .below_at = below == NONE ? NONE : finder->sequences[below].last,
                                                 .host = NONE};
    append(finder, index, marker);
    push(finder, index);
}

/* A number that opens a line beats the same one inside a line before it ("1) x, see 2) below" and then "2) y"): tells
 * for every marker whether one like it opens a line later, in the same list. */
static void find_later_lines(list_finder *finder) {
    enum { KINDS = 2, NUMBERS = 100 };
    size_t lists[KINDS] = {1, 1};         /* going backwards, each "1" that opens a line begins another */
    size_t seen_in[KINDS][NUMBERS] = {0}; /* the list in which the number opened a line last */
    for (size_t i = finder->marker_count; i-- > 0;) {
        const pv_marker *marker = &finder->markers[i];
        finder->opens_later[i] = false;
        if (marker->kind > PV_MARKER_KIND_LETTERS || marker->form >= PV_FIRST_COMPOUND_FORM || marker->number == 0 ||
            marker->number >= NUMBERS)
            continue;
        finder->opens_later[i] = !marker->opens_line && seen_in[marker->kind][marker->number] == lists[marker->kind];
        if (!marker->opens_line)
            continue;
        seen_in[marker->kind][marker->number] = lists[marker->kind];
        lists[marker->kind] += marker->number == 1;
    }
}

/* Whether the line that a later marker opens goes on with the list that this one stands in. */
static bool is_beaten(const list_finder *finder, const marker_sequence *sequence, size_t marker) {
    return finder->opens_later[marker] && finder->markers[sequence->last].opens_line;
}

/* Where in `open` the sequence is that marker goes on with; NONE for none, and then whether it may begin one. */
static size_t find_sequence(const list_finder *finder, size_t marker, bool *may_begin) {
    const pv_marker *next = &finder->markers[marker];
    *may_begin = false;
    if (!next->stands_free || next->refers)
        return NONE;
    size_t position = find_continued(finder, marker);
    if (position != NONE && is_beaten(finder, &finder->sequences[finder->open[position]], marker))
        return NONE;
    if (position == NONE)
        position = find_repeated(finder, marker);
    if (position != NONE)
        return position;
    pv_marker_style style;
    *may_begin = !next->after_number && style_of_first(next, &style);
    return *may_begin ? NONE : find_broken(finder, marker);
}

/* Puts every marker into the sequence it continues or begins. */
static void collect_sequences(list_finder *finder) {
    for (size_t i = 0; i < finder->marker_count; i++) {
        finder->sequence_of[i] = NONE;
        bool may_begin;
        size_t position = find_sequence(finder, i, &may_begin);
        pv_marker_style style;
        if (position != NONE) {
            finder->open_count = position + 1;
            append(finder, finder->open[position], i);
        } else if (may_begin && style_of_first(&finder->markers[i], &style)) {
            begin(finder, i, style);
        }
    }
}

/* The end of the paragraph that offset is in, or `before` when that comes first. */
static size_t paragraph_end(const list_finder *finder, size_t offset, size_t before) {
    size_t end = pv_str_find(pv_str_slice(finder->text, 0, before), PV_STR("\n"), offset);
    return end == SIZE_MAX ? before : end;
}

/* A bullet needs no second one, but has to say something. */
static bool is_lone_bullet_with_text(const list_finder *finder, const marker_sequence *sequence) {
    static const uint32_t alone[] = {'*', '-', 0x2013, 0x2022};
    const pv_marker *first = &finder->markers[sequence->first];
    bool may_stand_alone = false;
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++)
        may_stand_alone |= first->form == alone[i];
    if (sequence->style != PV_MARKER_BULLET || first->wrapped || first->inside || first->loose || !may_stand_alone)
        return false;
    size_t start = finder->markers[sequence->first].at.end;
    size_t end = paragraph_end(finder, start, finder->text.size);
    return !says_nothing(pv_str_slice(finder->text, start, end));
}

static bool is_list(const list_finder *finder, const marker_sequence *sequence) {
    if (sequence->refers)
        return false;
    bool is_dash = sequence->style == PV_MARKER_BULLET && sequence->first_form < 0x2022;
    if (is_dash && finder->markers[sequence->first].wrapped && !sequence->led)
        return false; /* a dash of prose that a line began with */
    if (sequence->strict && (!sequence->led || sequence->members < 3 || (sequence->names && sequence->capital)))
        return false;                       /* "A. Smith, B. Jones" */
    if (sequence->inside && !sequence->led) /* "Phone • Fax" */
        return sequence->members >= 3 && sequence->style != PV_MARKER_BULLET;
    return sequence->members >= 2 || is_lone_bullet_with_text(finder, sequence);
}

/* True when a sentence ends at offset: a mark, white space, and no small letter. "L.A. County" ends none. */
static bool ends_sentence(pv_str text, size_t offset) {
    char mark = text.data[offset];
    if (mark != '.' && mark != '!' && mark != '?')
        return false;
    size_t next = pv_phrasing_skip_blanks(text, offset + 1);
    if (next == offset + 1 || next >= text.size || (text.data[next] >= 'a' && text.data[next] <= 'z'))
        return false;
    bool initial = mark == '.' && offset > 0 && text.data[offset - 1] >= 'A' && text.data[offset - 1] <= 'Z' &&
                   !(offset > 1 && pv_phrasing_word_character_before(text, offset - 1));
    return !initial;
}

/* Where the sentence ends that offset is in, or MOST_OF_SENTENCE bytes on. */
static size_t sentence_end(const list_finder *finder, size_t offset) {
    size_t end = offset;
    while (end < finder->text.size && end - offset < MOST_OF_SENTENCE && finder->text.data[end] != '\n' &&
           !ends_sentence(finder->text, end))
        end++;
    return end;
}

static size_t sentence_start(const list_finder *finder, size_t offset) {
    size_t start = offset;
    while (start > 0 && offset - start < MOST_OF_SENTENCE && finder->text.data[start - 1] != '\n' &&
           !ends_sentence(finder->text, start - 1))
        start--;
    return start;
}

/* Markers in brackets stand behind what they number where something is said before the first and nothing after the
 * last. */
static bool stands_behind(const list_finder *finder, const marker_sequence *sequence) {
    pv_span first = finder->markers[sequence->first].at;
    pv_span last = finder->markers[sequence->last].at;
    if (sequence->style != PV_MARKER_WORD || !pv_marker_is_bracketed(finder->text, &finder->markers[sequence->first]))
        return false;
    return !says_nothing(pv_str_slice(finder->text, sentence_start(finder, first.start), first.start)) &&
           says_nothing(pv_str_slice(finder->text, last.end, sentence_end(finder, last.end)));
}

/* Drops what is no list; what lay upon it now lies upon what it lay upon itself. */
static void choose_lists(list_finder *finder) {
    for (size_t i = 0; i < finder->sequence_count; i++) {
        marker_sequence *sequence = &finder->sequences[i];
        sequence->kept = is_list(finder, sequence);
        sequence->behind = sequence->kept && stands_behind(finder, sequence);
        if (sequence->below != NONE && !finder->sequences[sequence->below].kept) {
            sequence->below_at = finder->sequences[sequence->below].below_at;
            sequence->below = finder->sequences[sequence->below].below;
        }
    }
}

/* The sequence that holds the marker this one is nested in, or NULL for an outer list. */
static const marker_sequence *outer_of(const list_finder *finder, const marker_sequence *inner) {
    return inner->host == NONE ? NULL : &finder->sequences[finder->sequence_of[inner->host]];
}

static bool written_alike(const marker_sequence *a, const marker_sequence *b) {
    bool compound = a->first_form >= PV_FIRST_LETTERED_FORM && b->first_form >= PV_FIRST_LETTERED_FORM;
    return a->style == b->style && a->capital == b->capital && (compound || a->first_form == b->first_form);
}

static bool alike_within(const list_finder *finder, const marker_sequence *inner, const marker_sequence *outer) {
    for (; outer; outer = outer_of(finder, outer))
        if (written_alike(inner, outer))
            return true;
    return false;
}

/* True when the list that begins at `first` reads as part of what `host` says: in the same sentence, or in the lines
 * that follow directly, each with a marker of its own. */
static bool leads_to(const list_finder *finder, size_t host, size_t first) {
    const pv_marker *begins = &finder->markers[first];
    if (finder->markers[host].paragraph == begins->paragraph)
        return begins->wrapped || finder->sentence_of[host] == finder->sentence_of[first];
    return begins->opens_line && finder->markers[first - 1].paragraph + 1 == begins->paragraph;
}

/* A list is nested in an item when the item's own list goes on after it, or when the item leads to it and no list
 * around it is written alike (which would make it the next one, not an inner one). */
static bool nests(const list_finder *finder, const marker_sequence *inner, const marker_sequence *outer, size_t host) {
    if (outer->depth + 1 >= MOST_OPEN)
        return false;
    bool deeper = inner->indent > outer->indent + 1;
    return outer->last > inner->first ||
           (leads_to(finder, host, inner->first) && (deeper || !alike_within(finder, inner, outer)));
}

static void find_hosts(list_finder *finder) {
    for (size_t i = 0; i < finder->sequence_count; i++) {
        marker_sequence *inner = &finder->sequences[i];
        size_t below = inner->below;
        size_t host = inner->below_at;
        for (unsigned tries = 0; inner->kept && below != NONE && tries < MOST_OPEN; tries++) {
            const marker_sequence *outer = &finder->sequences[below];
            if (nests(finder, inner, outer, host)) {
                inner->host = host;
                inner->depth = outer->depth + 1;
                break;
            }
            below = outer->below;
            host = outer->below_at;
        }
    }
}

static void count_sentences(list_finder *finder) {
    unsigned sentence = 0;
    size_t offset = 0;
    for (size_t i = 0; i < finder->marker_count; i++) {
        for (; offset < finder->markers[i].at.start; offset++)
            sentence += ends_sentence(finder->text, offset);
        finder->sentence_of[i] = sentence;
        offset = finder->markers[i].at.end;
    }
}

static bool goes_on_around(const list_finder *finder, size_t marker, size_t next) {
    const marker_sequence *sequence = &finder->sequences[finder->sequence_of[marker]];
    const marker_sequence *of_next = &finder->sequences[finder->sequence_of[next]];
    for (; sequence; sequence = outer_of(finder, sequence))
        if (sequence == of_next)
            return true;
    return false;
}

/* The last item of a list ends with the paragraph its last (inner) marker is in: what follows cannot be told from
 * prose. */
static size_t body_end(const list_finder *finder, const size_t *marker_of, size_t item, size_t next,
                       size_t last_within) {
    if (next != NONE && goes_on_around(finder, marker_of[item], marker_of[next]))
        return finder->markers[marker_of[next]].at.start;
    size_t before = next == NONE ? finder->text.size : finder->markers[marker_of[next]].at.start;
    return paragraph_end(finder, finder->markers[marker_of[last_within]].at.end, before);
}

static pv_span trimmed(pv_str text, size_t start, size_t end) {
    pv_str body = pv_str_trim(pv_str_slice(text, start, end));
    size_t offset = body.size > 0 ? (size_t)(body.data - text.data) : start;
    return (pv_span){(uint32_t)offset, (uint32_t)(offset + body.size)};
}

/* What stands before a marker that follows what it numbers: behind the one before it, or from the start of the
 * sentence. */
static pv_span body_before(const list_finder *finder, const marker_sequence *sequence, size_t marker) {
    size_t end = finder->markers[marker].at.start;
    size_t start = sentence_start(finder, end);
    size_t before = marker;
    while (before > sequence->first && finder->sequence_of[--before] != finder->sequence_of[marker])
        continue;
    if (before < marker && finder->markers[before].at.end > start)
        start = finder->markers[before].at.end;
    while (start < end && !pv_phrasing_word_character_at(finder->text, start))
        start++;
    return trimmed(finder->text, start, end);
}

static void set_bodies(const list_finder *finder, const size_t *marker_of, pv_list_item *items, size_t count) {
    size_t next_within[MOST_OPEN]; /* by depth: the next item that is not deeper */
    for (unsigned depth = 0; depth < MOST_OPEN; depth++)
        next_within[depth] = NONE;
    for (size_t i = count; i-- > 0;) {
        size_t next = next_within[items[i].depth];
        size_t last_within = (next == NONE ? count : next) - 1;
        size_t end = body_end(finder, marker_of, i, next, last_within);
        const marker_sequence *sequence = &finder->sequences[finder->sequence_of[marker_of[i]]];
        items[i].body = sequence->behind ? body_before(finder, sequence, marker_of[i])
                                         : trimmed(finder->text, items[i].marker.end, end);
        for (unsigned depth = items[i].depth; depth < MOST_OPEN; depth++)
            next_within[depth] = i;
    }
}

static pv_item_order order_of(unsigned previous, unsigned ordinal) {
    if (previous == 0)
        return PV_ITEM_FOLLOWS;
    if (ordinal == previous)
        return PV_ITEM_REPEATS;
    return ordinal > previous ? PV_ITEM_JUMPS : PV_ITEM_GOES_BACK;
}

/* Turns the markers of lists into items; marker_of keeps where each came from, item_of the way back. */
static size_t make_items(const list_finder *finder, size_t *marker_of, size_t *item_of, pv_list_items *out,
                         pv_list_item *items) {
    size_t count = 0;
    for (size_t i = 0; i < finder->marker_count; i++) {
        if (finder->sequence_of[i] == NONE || !finder->sequences[finder->sequence_of[i]].kept)
            continue;
        marker_sequence *sequence = &finder->sequences[finder->sequence_of[i]];
        if (i == sequence->first && sequence->host == NONE)
            sequence->list = out->lists++;
        size_t parent = sequence->host == NONE ? PV_NO_PARENT : item_of[sequence->host];
        items[count] = (pv_list_item){.style = sequence->style,
                                      .confidence = sequence->loose ? PV_ITEM_LOOSE : PV_ITEM_MARKED,
                                      .order = order_of(finder->previous_of[i], finder->ordinal_of[i]),
                                      .previous = finder->previous_of[i],
                                      .ordinal = finder->ordinal_of[i],
                                      .depth = sequence->depth,
                                      .list = parent == PV_NO_PARENT ? sequence->list : items[parent].list,
                                      .parent = parent,
                                      .leaf = true,
                                      .marker = finder->markers[i].at};
        if (parent != PV_NO_PARENT)
            items[parent].leaf = false;
        marker_of[count] = i;
        item_of[i] = count++;
    }
    return count;
}

static bool set_up(list_finder *finder, pv_arena *arena, pv_str text, const pv_line_starts *starts, pv_error *error) {
    pv_marker_list markers;
    if (!pv_markers_find(arena, text, starts, &markers, error))
        return false;
    *finder = (list_finder){.text = text,
                            .markers = markers.markers,
                            .marker_count = markers.count,
                            .sequences = PV_NEW_ARRAY(arena, marker_sequence, markers.count),
                            .sequence_of = PV_NEW_ARRAY(arena, size_t, markers.count),
                            .ordinal_of = PV_NEW_ARRAY(arena, unsigned, markers.count),
                            .previous_of = PV_NEW_ARRAY(arena, unsigned, markers.count),
                            .opens_later = PV_NEW_ARRAY(arena, bool, markers.count),
                            .sentence_of = PV_NEW_ARRAY(arena, unsigned, markers.count)};
    bool complete = finder->sequences && finder->sequence_of && finder->ordinal_of && finder->previous_of &&
                    finder->opens_later && finder->sentence_of;
    return complete || pv_fail_memory(error);
}

static bool find_lists(pv_arena *arena, pv_str text, const pv_line_starts *starts, pv_list_items *out,
                       pv_error *error) {
    *out = (pv_list_items){0};
    list_finder finder;
    if (!set_up(&finder, arena, text, starts, error))
        return false;
    pv_list_item *items = PV_NEW_ARRAY(arena, pv_list_item, finder.marker_count);
    size_t *marker_of = PV_NEW_ARRAY(arena, size_t, finder.marker_count);
    size_t *item_of = PV_NEW_ARRAY(arena, size_t, finder.marker_count);
    if (!items || !marker_of || !item_of)
        return pv_fail_memory(error);
    find_later_lines(&finder);
    collect_sequences(&finder);
    choose_lists(&finder);
    count_sentences(&finder);
    find_hosts(&finder);
    out->items = items;
    out->count = make_items(&finder, marker_of, item_of, out, items);
    set_bodies(&finder, marker_of, items, out->count);
    for (size_t i = 0; i < out->count; i++) {
        out->leaves += items[i].leaf;
        out->outer += items[i].depth == 0;
    }
    return true;
}

/* ---- made labels ---- */

/* A text with its labels written into it, each followed by a blank. */
typedef struct labelled_text {
    const pv_line_starts *starts; /* as they were */
    pv_buf text;
} labelled_text;

static size_t label_size(const pv_made_label *label) {
    return label->label.size + 1;
}

/* Where a byte of the text without labels stands in the one with them. */
static uint32_t with_labels(const labelled_text *all, uint32_t at) {
    size_t more = 0;
    for (size_t i = 0; i < all->starts->label_count && all->starts->labels[i].at <= at; i++)
        more += label_size(&all->starts->labels[i]);
    return at + (uint32_t)more;
}

/* The other way; what lies in a label is the byte that it stands before. */
static uint32_t without_labels(const labelled_text *all, uint32_t at) {
    uint32_t less = 0;
    for (size_t i = 0; i < all->starts->label_count; i++) {
        const pv_made_label *label = &all->starts->labels[i];
        const uint32_t begins = label->at + less;
        if (at <= begins)
            break;
        if (at < begins + label_size(label))
            return label->at;
        less += (uint32_t)label_size(label);
    }
    return at - less;
}

static void write_labels(labelled_text *all, pv_str text) {
    size_t from = 0;
    for (size_t i = 0; i < all->starts->label_count; i++) {
        const pv_made_label *label = &all->starts->labels[i];
        pv_buf_append(&all->text, pv_str_slice(text, from, label->at));
        pv_buf_append(&all->text, label->label);
        pv_buf_append_char(&all->text, ' ');
        from = label->at;
    }
    pv_buf_append(&all->text, pv_str_slice(text, from, text.size));
}

/* The starts of lines, as they lie in the text with labels. */
static bool move_starts(const labelled_text *all, pv_arena *arena, pv_line_starts *out, pv_error *error) {
    uint32_t *at = PV_NEW_ARRAY(arena, uint32_t, all->starts->count);
    pv_line_indent *indents = PV_NEW_ARRAY(arena, pv_line_indent, all->starts->indent_count);
    if (!at || !indents)
        return pv_fail_memory(error);
    for (size_t i = 0; i < all->starts->count; i++)
        at[i] = with_labels(all, all->starts->at[i]);
    for (size_t i = 0; i < all->starts->indent_count; i++)
        indents[i] = (pv_line_indent){with_labels(all, all->starts->indents[i].at), all->starts->indents[i].columns};
    *out = (pv_line_starts){
        .at = at, .count = all->starts->count, .indents = indents, .indent_count = all->starts->indent_count};
    return true;
}

static bool find_labelled(pv_arena *arena, pv_str text, labelled_text *all, pv_list_items *out, pv_error *error) {
    pv_line_starts starts;
    write_labels(all, text);
    const pv_str whole = pv_arena_copy(arena, pv_buf_str(&all->text));
    if (all->text.failed || !whole.data)
        return pv_fail_memory(error);
    if (!move_starts(all, arena, &starts, error) || !find_lists(arena, whole, &starts, out, error))
        return false;
    pv_list_item *items = PV_NEW_ARRAY(arena, pv_list_item, out->count);
    if (!items)
        return pv_fail_memory(error);
    for (size_t i = 0; i < out->count; i++) {
        items[i] = out->items[i];
        items[i].marker.start = without_labels(all, items[i].marker.start);
        items[i].marker.end = without_labels(all, items[i].marker.end);
        items[i].body.start = without_labels(all, items[i].body.start);
        items[i].body.end = without_labels(all, items[i].body.end);
    }
    out->items = items;
    return true;
}

bool pv_lists_find(pv_arena *arena, pv_str text, const pv_line_starts *starts, pv_list_items *out, pv_error *error) {
    if (!starts || starts->label_count == 0)
        return find_lists(arena, text, starts, out, error);
    labelled_text all = {.starts = starts, .text = pv_buf_on(pv_arena_memory(arena))};
    const bool found = find_labelled(arena, text, &all, out, error);
    pv_buf_clear(&all.text);
    return found;
}
