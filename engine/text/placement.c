#include "text/placement.h"

#include "base/hash.h"
#include "base/set.h"
#include "text/markers_p.h"
#include "text/placement_p.h"

#define ANCHOR 7000u /* a part that may well be the row's */
#define NO_STYLE PV_PLACE_STYLES
#define LABELLED_STYLE 16u /* from here on a style has numbers, */
#define CAPITAL_STYLE 8u   /* from here on capitals */
#define SURE_OF_STYLE 7000u
#define FEWEST_SURE_OF_STYLE 3u
#define SHARE_OF_STYLE 75u /* percent of what the rows' best parts have in all */
#define FEWEST_NUMBERED 5u /* parts whose numbers are those of their rows */
#define SHARE_OF_NUMBERED 80u

/* Percent of a confidence that are left. */
#define LEFT_APPENDIX 60u
#define LEFT_ATTACHED 50u    /* in an appendix, of a part that is an attachment's */
#define LEFT_NO_APPENDIX 85u /* outside of it, of what is looked for in it */
#define LEFT_NOT_NUMBERED 80u
#define LEFT_NOT_CAPITAL 90u
#define LEFT_OTHER_STYLE 95u
#define LEFT_NESTED 90u

/* Hundredths of a percent. */
#define ORDER_ADDS 200u
#define ORDER_MOST 7900u /* what order alone makes of less */
#define NUMBER_ADDS 300u
#define NOT_EXACT_MOST 9900u
#define NEAR 1000u /* the next part must be so much less sure */
#define LISTED 4500u
#define LISTED_FROM 8000u /* confidence that an entry would have as a heading */
#define LISTED_PERCENT 30u
#define BODY_FIRST 4000u
#define BODY_LATER 3000u
#define BODY_ONE_WORD 1500u
#define MOST_ENTRY_REST 8u /* tokens beside the name in a line that lists it */

/* ---- where parts stand ---- */

static void find_anchors(pv_placer *place) {
    for (size_t row = 0; row < place->row_count; row++) {
        size_t part = 0;
        while (part < place->part_count && pv_place_match_at(place, part, row)->score < ANCHOR)
            part++;
        place->anchors[row] = part;
    }
}

static bool has_anchor(const pv_placer *place, size_t row) {
    return place->anchors[row] < place->part_count;
}

/* How many rows, attachments or not, have the part for their anchor. */
static size_t anchored(const pv_placer *place, size_t part, bool attached) {
    size_t rows = 0;
    for (size_t row = 0; row < place->row_count; row++)
        rows += place->attached[row] == attached && place->anchors[row] == part;
    return rows;
}

/* The appendices begin where one is headed ("Appendix A"), once three of four anchors have come. */
static void find_appendices(pv_placer *place) {
    size_t all = 0, before = 0;
    for (size_t row = 0; row < place->row_count; row++)
        all += !place->attached[row] && has_anchor(place, row);
    bool inside = false;
    for (size_t part = 0; part < place->part_count; part++) {
        pv_place_part *own = &place->parts[part];
        inside |= own->named_appendix && !own->listed && all > 0 && before * 4 >= all * 3;
        own->appendix = inside;
        before += anchored(place, part, false);
    }
}

/* What the rows find in each style. */
typedef struct style_sums {
    uint64_t sums[PV_PLACE_STYLES], all;
    size_t sure[PV_PLACE_STYLES];
} style_sums;

static void add_row(const pv_placer *place, size_t row, style_sums *out) {
    uint16_t best[PV_PLACE_STYLES] = {0}, most = 0;
    for (size_t part = 0; part < place->part_count; part++) {
        const pv_place_part *own = &place->parts[part];
        uint16_t score = pv_place_match_at(place, part, row)->score;
        if (own->listed || own->appendix)
            continue;
        if (score > best[own->style])
            best[own->style] = score;
        if (score > most)
            most = score;
    }
    out->all += most;
    for (unsigned style = 0; style < PV_PLACE_STYLES; style++) {
        out->sums[style] += best[style];
        out->sure[style] += best[style] >= SURE_OF_STYLE;
    }
}

/* The style in which the rows find most, where that is nearly all, and some of them are sure; else NO_STYLE. */
static unsigned main_style(const pv_placer *place) {
    style_sums found = {0};
    for (size_t row = 0; row < place->row_count; row++)
        if (!place->attached[row])
            add_row(place, row, &found);
    unsigned main = NO_STYLE;
    uint64_t most = found.all * SHARE_OF_STYLE / 100;
    for (unsigned style = 0; style < PV_PLACE_STYLES; style++)
        if (found.sums[style] > most && found.sure[style] >= FEWEST_SURE_OF_STYLE) {
            most = found.sums[style];
            main = style;
        }
    return main;
}

/* Whether headings are numbered as the rows are. */
static bool are_numbered(const pv_placer *place) {
    size_t same = 0, all = 0;
    for (size_t row = 0; row < place->row_count; row++) {
        unsigned ordinal = has_anchor(place, row) ? place->parts[place->anchors[row]].ordinal : 0;
        all += !place->attached[row] && ordinal > 0;
        same += !place->attached[row] && ordinal == row + 1;
    }
    return same >= FEWEST_NUMBERED && same * 100 >= all * SHARE_OF_NUMBERED;
}

static bool is_in_order(const pv_placer *place, size_t part, size_t row) {
    if (row == 0 || row + 1 == place->row_count || !has_anchor(place, row - 1) || !has_anchor(place, row + 1))
        return false;
    return place->anchors[row - 1] <= part && part <= place->anchors[row + 1];
}

static unsigned left_of_style(unsigned style) {
    return style >= LABELLED_STYLE ? LEFT_NOT_NUMBERED : style >= CAPITAL_STYLE ? LEFT_NOT_CAPITAL : LEFT_OTHER_STYLE;
}

/* What is the same for all parts, and where the last heading of the main style stands. */
typedef struct places {
    unsigned style;
    bool numbered;
    size_t head;
} places;

static void weigh_place(const pv_placer *place, const places *known, size_t part, size_t row) {
    const pv_place_part *own = &place->parts[part];
    pv_place_match *match = pv_place_match_at(place, part, row);
    bool attached = place->attached[row], of_style = own->style == known->style;
    if (own->appendix && !attached)
        pv_place_leave(match, anchored(place, part, true) > 0 ? LEFT_APPENDIX * LEFT_ATTACHED / 100 : LEFT_APPENDIX);
    if (!own->appendix && attached)
        pv_place_leave(match, LEFT_NO_APPENDIX);
    if (known->style != NO_STYLE && !of_style && !own->listed && !attached) {
        pv_place_leave(match, left_of_style(known->style));
        bool nested = known->head < part && place->anchors[row] != known->head;
        if (nested && anchored(place, known->head, false) > 0)
            pv_place_leave(match, LEFT_NESTED);
    }
    if (match->score <= PV_ALIGNMENT_LEAST || own->listed)
        return;
    bool same_number = known->numbered && own->ordinal == row + 1 && of_style;
    unsigned score = match->score + (is_in_order(place, part, row) ? ORDER_ADDS : 0);
    unsigned most = match->exact ? PV_ALIGNMENT_CERTAIN : NOT_EXACT_MOST;
    if (same_number)
        score += NUMBER_ADDS;
    else if (match->score <= ORDER_MOST)
        most = ORDER_MOST;
    match->score = (uint16_t)(score < most ? score : most);
}

static bool weigh_places(pv_placer *place, pv_error *error) {
    place->anchors = PV_NEW_ARRAY(place->arena, size_t, place->row_count);
    if (!place->anchors)
        return pv_fail_memory(error);
    find_anchors(place);
    find_appendices(place);
    places known = {main_style(place), are_numbered(place), place->part_count};
    for (size_t part = 0; part < place->part_count; part++) {
        if (place->parts[part].style == known.style && !place->parts[part].listed)
            known.head = part;
        for (size_t row = 0; row < place->row_count; row++)
            if (pv_place_match_at(place, part, row)->score > 0)
                weigh_place(place, &known, part, row);
    }
    return true;
}

/* ---- keeping the best ---- */

static void offer_part(pv_placer *place, size_t part, size_t row) {
    const pv_place_match *match = pv_place_match_at(place, part, row);
    pv_alignment found = {
        .part = part,
        .name = match->name,
        .how = match->exact ? PV_ALIGNMENT_HEADING : PV_ALIGNMENT_WORDS,
        .confidence = match->score,
        .at = place->headings->headings[part].at,
    };
    if (place->parts[part].listed) {
        found.how = PV_ALIGNMENT_LIST;
        found.confidence = match->score * 100u / LISTED_PERCENT >= LISTED_FROM ? LISTED : 0;
    }
    if (found.confidence >= PV_ALIGNMENT_LEAST)
        pv_alignment_offer(&place->rows[row], &found, true);
}

/* Where another part, of other words, is nearly as good, it is less sure which it is. */
static void weigh_margin(const pv_placer *place, pv_row_alignments *row) {
    if (row->count < 2)
        return;
    pv_alignment *best = &row->best[0];
    size_t next = 1;
    while (next < row->count && place->parts[row->best[next].part].wording == place->parts[best->part].wording)
        next++;
    unsigned margin = next < row->count ? best->confidence - row->best[next].confidence : NEAR;
    if (margin < NEAR)
        best->confidence -= NEAR - margin;
    for (size_t i = 1; i < row->count; i++)
        if (row->best[i].confidence > best->confidence)
            row->best[i].confidence = best->confidence;
}

/* ---- lists and running text ---- */

/* Whether a line with a name of so many words lists it: with a bullet or a number, in a row of a table, or with little
 * beside the name. */
static bool lists_name(const pv_placer *place, const pv_line *line, size_t name_words) {
    pv_str words = pv_place_words_at(place, line->at);
    size_t first;
    return line->contents || pv_markers_open_with_bullet(words) || pv_str_starts_with(words, PV_STR("|")) ||
           pv_label_read(words).kind != PV_LABEL_NONE ||
           pv_place_tokens(place->tokens, line->at, &first) <= name_words + MOST_ENTRY_REST;
}

static uint32_t first_line_end(const pv_placer *place, pv_span own) {
    uint32_t at = own.start;
    while (at < own.end && place->text.data[at] != '\n')
        at++;
    return at;
}

typedef struct body_search {
    pv_placer *place;
    pv_name_chains chains;
    size_t line; /* of the last name found */
} body_search;

static void take_name(body_search *search, size_t part, size_t name, pv_span at) {
    pv_placer *place = search->place;
    const pv_lines *lines = &place->headings->lines;
    const pv_place_name *found = &place->names[name];
    if (!place->attached[found->row] && place->parts[part].appendix)
        return;
    while (search->line + 1 < lines->count && lines->lines[search->line].at.end <= at.start)
        search->line++;
    bool listed = lists_name(place, &lines->lines[search->line], found->ordered.count);
    bool first = at.end <= first_line_end(place, place->headings->headings[part].own);
    unsigned confidence = listed ? LISTED : first ? BODY_FIRST : BODY_LATER;
    const pv_alignment offered = {
        .part = part,
        .name = name,
        .how = listed ? PV_ALIGNMENT_LIST : PV_ALIGNMENT_BODY,
        .confidence = confidence - (found->ordered.count == 1 ? BODY_ONE_WORD : 0),
        .at = at,
    };
    if (offered.confidence >= PV_ALIGNMENT_LEAST)
        pv_alignment_offer(&place->rows[found->row], &offered, true);
}

static bool search_bodies(pv_placer *place, pv_error *error) {
    body_search search = {.place = place};
    pv_key_words *names = PV_NEW_ARRAY(place->arena, pv_key_words, place->name_count);
    size_t from = 0;
    pv_token_list said;
    if (!names)
        return pv_fail_memory(error);
    for (size_t i = 0; i < place->name_count; i++)
        names[i] = place->names[i].ordered;
    if (!pv_name_chains_new(place->arena, names, place->name_count, &search.chains, error) ||
        !pv_lines_tokens(place->arena, &place->headings->lines, place->tokens, pv_line_is_of_text, &said, error))
        return false;
    for (size_t part = 0; part < place->part_count; part++) {
        pv_token_list own = pv_tokens_in(&said, &from, place->headings->headings[part].own);
        pv_key_words body;
        if (!pv_key_words_of(place->arena, place->text, own.tokens, own.count, &body, error))
            return false;
        for (size_t i = 0; i < body.count; i++)
            for (size_t name = pv_name_chains_first(&search.chains, &body, i); name < place->name_count;
                 name = pv_name_chains_next(&search.chains, &body, i, name)) {
                size_t last = i + place->names[name].ordered.count - 1;
                take_name(&search, part, name, (pv_span){body.words[i].at.start, body.words[last].at.end});
            }
    }
    return true;
}

/* ---- all of it ---- */

static bool says_something(const pv_line *line) {
    return !line->furniture && !line->contents;
}

static bool within_limits(const pv_placer *place, pv_error *error) {
    uint64_t titles = 0, names = 0, rows = place->row_count, parts = place->part_count;
    for (size_t i = 0; i < parts; i++)
        titles += place->parts[i].title.count + place->parts[i].joined.count;
    for (size_t i = 0; i < place->name_count; i++)
        names += place->names[i].ordered.count + 1;
    const uint64_t most = PV_PLACEMENT_STEPS_MAX;
    if ((names == 0 || titles <= most / names) && (rows == 0 || parts <= most / rows / rows))
        return true;
    return pv_fail(error, PV_ERROR_LIMIT, "a text with %zu headings cannot be held against %zu names of %zu rows",
                   place->part_count, place->name_count, place->row_count);
}

bool pv_placement_find(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_token_list *tokens,
                       const pv_align_name *names, size_t name_count, size_t rows, pv_row_alignments **out,
                       pv_error *error) {
    pv_placer place = {.arena = arena,
                       .text = text,
                       .headings = headings,
                       .tokens = tokens,
                       .given = names,
                       .name_count = name_count,
                       .row_count = rows,
                       .part_count = headings->count};
    *out = place.rows = PV_NEW_ARRAY(arena, pv_row_alignments, rows);
    if (!place.rows)
        return pv_fail_memory(error);
    if (!pv_place_read_names(&place, error) ||
        !pv_lines_tokens(arena, &headings->lines, tokens, says_something, &place.said, error) ||
        !pv_place_read_parts(&place, error) || !within_limits(&place, error) || !pv_place_hold_titles(&place, error) ||
        !weigh_places(&place, error))
        return false;
    for (size_t part = 0; part < place.part_count; part++)
        for (size_t row = 0; row < rows; row++)
            offer_part(&place, part, row);
    if (!search_bodies(&place, error))
        return false;
    for (size_t row = 0; row < rows; row++)
        weigh_margin(&place, &place.rows[row]);
    return true;
}
