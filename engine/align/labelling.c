/* One dynamic program: after each unit, the state is its label and how far the form has been read. A backward pass
 * gives what each state costs from there on, a forward pass what it costs to there; the cheapest way follows the first,
 * and the two together tell what any other label would cost. */
#include "align/labelling_p.h"

#include <string.h>

#define LABELS ((size_t)3)
#define NEVER (UINT32_MAX / 4)
#define PRICE_CHANGE 600       /* of label, from one unit to the next */
#define PRICE_CHANGE_AT_GAP 50 /* the same where the layout parts them */
#define PRICE_CHANGE_IN_CELL 1000
#define PRICE_MOVE 2000 /* of an answer into another cell of a table, or out of one */
/* Of a unit that has no word of the form, as the form's: its numbers then cost as words do. */
#define PRICE_FOREIGN 700
#define PRICE_BEFORE_FORM 20 /* a word before the first measure: the head of the form is read elsewhere */
#define PRICE_EXCHANGE_AT_HEAD (PV_PRICE_WORD * 3 / 2)
#define STATES_MOST ((size_t)8 << 20)

typedef struct labelling {
    const pv_printed *printed;
    const pv_unit *units;
    size_t count;
    size_t *starts;    /* of each unit's states, and of what follows the last */
    uint32_t *onwards; /* cost from a state to the end, label by label within a unit */
    uint32_t *row;     /* scratch, as many as there are places and one more */
    uint32_t *other_row;
    pv_unit_reading *readings;
} labelling;

static uint32_t sum(uint32_t a, uint32_t b) {
    return a + b < NEVER ? a + b : NEVER;
}

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

static size_t width(const pv_unit *unit) {
    return (size_t)unit->high - unit->low + 1;
}

static uint32_t *states_of(const labelling *all, uint32_t *states, size_t unit, pv_unit_label label) {
    return &states[all->starts[unit] + label * width(&all->units[unit])];
}

static bool is_within(const pv_unit *unit, size_t place) {
    return place >= unit->low && place <= unit->high;
}

/* ---- what a step costs ---- */

static uint32_t change(const pv_unit *unit, pv_unit_label from, pv_unit_label to) {
    if (from == to)
        return to == PV_UNIT_RESPONSE && unit->moves ? PRICE_MOVE : 0;
    return unit->gap ? PRICE_CHANGE_AT_GAP : unit->goes_on ? PRICE_CHANGE_IN_CELL : PRICE_CHANGE;
}

static uint32_t not_understood(const pv_unit *unit, size_t place) {
    const uint64_t price = (uint64_t)unit->count * (place == 0 ? PRICE_BEFORE_FORM : PV_PRICE_WORD);
    return price < NEVER ? (uint32_t)price : NEVER;
}

/* Of a response unit at a place; NEVER where none may stand. */
static uint32_t answer(const labelling *all, size_t place) {
    return all->printed->zones[place] == PV_NO_REGION ? NEVER : 0;
}

/* Of a unit as the form's, beside its words. */
static uint32_t reading(const pv_unit *unit) {
    uint32_t price = 0;
    for (size_t i = 0; unit->foreign && i < unit->count; i++)
        price += PV_PRICE_WORD - unit->prices[i];
    return unit->foreign ? sum(price, PRICE_FOREIGN) : price;
}

/* Of a word that stands where the form prints its at-th. What the form may lack nothing stands in for. In the first
 * heading, above which a document may say what it likes, it costs the one word and half the other. */
static uint32_t exchange(const labelling *all, size_t at, uint64_t word) {
    if (all->printed->words[at].hash == word)
        return 0;
    const uint32_t price = all->printed->words[at].price;
    if (price < PV_PRICE_WORD)
        return PV_PRICE_WORD + price;
    return at < all->printed->regions[0].end ? PRICE_EXCHANGE_AT_HEAD : PV_PRICE_WORD;
}

/* ---- leaving out what the form prints ---- */

/* row[at - low] is the cost of being at a place from low to high: lowers it to what leaving out words comes to. */
static void leave_out_forwards(const labelling *all, uint32_t *row, size_t low, size_t high) {
    const pv_printed *printed = all->printed;
    for (size_t i = 0; i < printed->region_count; i++) {
        const pv_printed_region *region = &printed->regions[i];
        if (region->end < low || region->start > high)
            continue;
        uint32_t cheapest = NEVER;
        for (size_t at = region->start < low ? low : region->start; at <= region->end && at <= high; at++) {
            if (at > low && at > region->start)
                row[at - low] = least(row[at - low], sum(row[at - 1 - low], printed->words[at - 1].price));
            if (at == region->end)
                row[at - low] = least(row[at - low], sum(cheapest, region->skip));
            cheapest = least(cheapest, row[at - low]);
        }
    }
}

/* The same of the cost from a place to the end. */
static void leave_out_backwards(const labelling *all, uint32_t *row, size_t low, size_t high) {
    const pv_printed *printed = all->printed;
    for (size_t i = printed->region_count; i > 0; i--) {
        const pv_printed_region *region = &printed->regions[i - 1];
        if (region->end < low || region->start > high)
            continue;
        const uint32_t whole = region->end <= high ? sum(row[region->end - low], region->skip) : NEVER;
        size_t at = region->end > high ? high : region->end;
        for (; at + 1 > low + 1 && at > region->start; at--) {
            row[at - 1 - low] = least(row[at - 1 - low], sum(row[at - low], printed->words[at - 1].price));
            row[at - 1 - low] = least(row[at - 1 - low], whole);
        }
    }
}

/* ---- reading a unit as the form's ---- */

/* row: at entry the cost of each place from low to high before the unit, at the end after it. */
static void read_forwards(const labelling *all, const pv_unit *unit, uint32_t *row, size_t low, size_t high) {
    const pv_printed_word *words = all->printed->words;
    for (size_t i = 0; i < unit->count; i++) {
        uint32_t diagonal = row[0];
        row[0] = sum(row[0], unit->prices[i]);
        for (size_t at = low + 1; at <= high; at++) {
            const uint32_t above = row[at - low];
            uint32_t cost = sum(above, unit->prices[i]);
            cost = least(cost, sum(diagonal, exchange(all, at - 1, unit->words[i])));
            row[at - low] = least(cost, sum(row[at - 1 - low], words[at - 1].price));
            diagonal = above;
        }
    }
}

/* row: at entry the cost from each place on after the unit, at the end before it. */
static void read_backwards(const labelling *all, const pv_unit *unit, uint32_t *row, size_t low, size_t high) {
    const pv_printed_word *words = all->printed->words;
    for (size_t i = unit->count; i > 0; i--) {
        uint32_t diagonal = row[high - low];
        row[high - low] = sum(row[high - low], unit->prices[i - 1]);
        for (size_t at = high; at > low; at--) {
            const uint32_t below = row[at - 1 - low];
            uint32_t cost = sum(below, unit->prices[i - 1]);
            cost = least(cost, sum(diagonal, exchange(all, at - 1, unit->words[i - 1])));
            row[at - 1 - low] = least(cost, sum(row[at - low], words[at - 1].price));
            diagonal = below;
        }
    }
}

/* ---- backwards ---- */

/* What the places from low to high cost from there on, with the rest of the form left out: after the last unit. */
static void finish(const labelling *all, uint32_t *row, size_t low) {
    for (size_t at = low; at <= all->printed->count; at++)
        row[at - low] = at == all->printed->count ? 0 : NEVER;
    leave_out_backwards(all, row, low, all->printed->count);
}

/* The cost from each place on, with the unit yet to come as the form's, into all->row; returns its lowest place. */
static size_t onwards_by_form(const labelling *all, uint32_t *onwards, size_t unit, size_t low) {
    const pv_unit *at = &all->units[unit];
    const uint32_t *after = states_of(all, onwards, unit, PV_UNIT_FORM);
    for (size_t place = low; place <= at->high; place++)
        all->row[place - low] = place < at->low ? NEVER : after[place - at->low];
    read_backwards(all, at, all->row, low, at->high);
    leave_out_backwards(all, all->row, low, at->high);
    return low;
}

/* The cost from a state before the unit on; by_form: of all->row at its place. */
static uint32_t onwards_from(const labelling *all, uint32_t *onwards, size_t unit, size_t place, pv_unit_label from,
                             uint32_t by_form) {
    const pv_unit *at = &all->units[unit];
    uint32_t cost = sum(sum(by_form, reading(at)), change(at, from, PV_UNIT_FORM));
    if (!is_within(at, place))
        return cost;
    const uint32_t *as_response = states_of(all, onwards, unit, PV_UNIT_RESPONSE);
    const uint32_t *as_other = states_of(all, onwards, unit, PV_UNIT_OTHER);
    cost = least(cost, sum(sum(as_response[place - at->low], answer(all, place)), change(at, from, PV_UNIT_RESPONSE)));
    return least(cost, sum(sum(as_other[place - at->low], not_understood(at, place)), change(at, from, PV_UNIT_OTHER)));
}

static void go_backwards(const labelling *all) {
    for (size_t i = all->count; i > 0; i--) {
        const pv_unit *unit = &all->units[i - 1];
        const bool is_last = i == all->count;
        if (is_last)
            finish(all, all->row, unit->low);
        else
            onwards_by_form(all, all->onwards, i, unit->low);
        for (pv_unit_label label = 0; label < LABELS; label++)
            for (size_t place = unit->low; place <= unit->high; place++) {
                const uint32_t row = all->row[place - unit->low];
                states_of(all, all->onwards, i - 1, label)[place - unit->low] =
                    is_last ? row : onwards_from(all, all->onwards, i, place, label, row);
            }
    }
}

/* ---- the cheapest way ---- */

/* Where the form's reading of a unit that begins at place ends best. */
static size_t landing(const labelling *all, size_t unit, size_t place) {
    const pv_unit *at = &all->units[unit];
    const uint32_t *after = states_of(all, all->onwards, unit, PV_UNIT_FORM);
    for (size_t to = place; to <= at->high; to++)
        all->other_row[to - place] = to == place ? 0 : NEVER;
    leave_out_forwards(all, all->other_row, place, at->high);
    read_forwards(all, at, all->other_row, place, at->high);
    size_t best = at->high;
    uint32_t cheapest = UINT32_MAX;
    for (size_t to = place < at->low ? at->low : place; to <= at->high; to++) {
        const uint32_t cost = sum(all->other_row[to - place], after[to - at->low]);
        if (cost < cheapest) {
            cheapest = cost;
            best = to;
        }
    }
    return best;
}

static uint64_t follow(const labelling *all) {
    size_t place = 0;
    uint32_t total = 0;
    pv_unit_label label = PV_UNIT_OTHER;
    for (size_t i = 0; i < all->count; i++) {
        const pv_unit *unit = &all->units[i];
        pv_unit_reading *out = &all->readings[i];
        onwards_by_form(all, all->onwards, i, place);
        const uint32_t by_form = sum(sum(all->row[0], reading(unit)), change(unit, label, PV_UNIT_FORM));
        const uint32_t all_ways = onwards_from(all, all->onwards, i, place, label, all->row[0]);
        if (i == 0)
            total = all_ways;
        out->region = PV_NO_REGION;
        if (by_form == all_ways) {
            out->label = PV_UNIT_FORM;
            out->from = (uint32_t)place;
            place = landing(all, i, place);
            out->to = (uint32_t)place;
        } else {
            const uint32_t as_response =
                sum(sum(states_of(all, all->onwards, i, PV_UNIT_RESPONSE)[place - unit->low], answer(all, place)),
                    change(unit, label, PV_UNIT_RESPONSE));
            out->label = as_response == all_ways ? PV_UNIT_RESPONSE : PV_UNIT_OTHER;
            if (out->label == PV_UNIT_RESPONSE)
                out->region = all->printed->zones[place];
        }
        label = out->label;
    }
    return total;
}

/* ---- forwards, for the margins ---- */

typedef struct margins {
    uint32_t otherwise; /* than it is labelled */
    uint32_t before;    /* in the answer of the unit before */
    uint32_t after;
} margins;

static uint32_t region_of(const labelling *all, size_t unit) {
    return unit < all->count ? all->readings[unit].region : PV_NO_REGION;
}

/* Takes a state into the margins of its unit. */
static void weigh(const labelling *all, size_t unit, pv_unit_label label, size_t place, uint32_t cost, margins *out) {
    const pv_unit_reading *read = &all->readings[unit];
    const uint32_t region = label == PV_UNIT_RESPONSE ? all->printed->zones[place] : PV_NO_REGION;
    if (label != read->label || region != read->region)
        out->otherwise = least(out->otherwise, cost);
    if (region != PV_NO_REGION && region != read->region) {
        if (unit > 0 && region == region_of(all, unit - 1))
            out->before = least(out->before, cost);
        if (region == region_of(all, unit + 1))
            out->after = least(out->after, cost);
    }
}

/* The states after a unit from those after the one before; before: NULL for the first. */
static void step_forwards(const labelling *all, size_t unit, uint32_t *const before[LABELS],
                          uint32_t *const after[LABELS]) {
    const pv_unit *at = &all->units[unit];
    const pv_unit start = {0};
    const pv_unit *from = unit > 0 ? &all->units[unit - 1] : &start;
    for (size_t place = from->low; place <= at->high; place++) {
        uint32_t cheapest = NEVER;
        uint32_t to[LABELS] = {NEVER, NEVER, NEVER};
        for (pv_unit_label label = 0; label < LABELS && is_within(from, place); label++)
            for (pv_unit_label next = 0; next < LABELS; next++)
                to[next] = least(to[next], sum(before[label][place - from->low], change(at, label, next)));
        cheapest = sum(to[PV_UNIT_FORM], reading(at));
        all->row[place - from->low] = cheapest;
        if (place < at->low)
            continue;
        after[PV_UNIT_RESPONSE][place - at->low] = sum(to[PV_UNIT_RESPONSE], answer(all, place));
        after[PV_UNIT_OTHER][place - at->low] = sum(to[PV_UNIT_OTHER], not_understood(at, place));
    }
    leave_out_forwards(all, all->row, from->low, at->high);
    read_forwards(all, at, all->row, from->low, at->high);
    for (size_t place = at->low; place <= at->high; place++)
        after[PV_UNIT_FORM][place - at->low] = all->row[place - from->low];
}

static uint32_t above(uint32_t cost, uint64_t total) {
    return cost >= NEVER ? UINT32_MAX : (uint32_t)(cost > total ? cost - total : 0);
}

/* states: room for six rows of all places. */
static void find_margins(const labelling *all, uint32_t *states, uint64_t total) {
    const size_t places = all->printed->count + 1;
    uint32_t *rows[2][LABELS];
    for (size_t i = 0; i < 2 * LABELS; i++)
        rows[i / LABELS][i % LABELS] = &states[i * places];
    for (size_t label = 0; label < LABELS; label++)
        rows[1][label][0] = label == PV_UNIT_OTHER ? 0 : NEVER;
    for (size_t i = 0; i < all->count; i++) {
        const pv_unit *unit = &all->units[i];
        margins found = {NEVER, NEVER, NEVER};
        step_forwards(all, i, rows[(i + 1) % 2], rows[i % 2]);
        for (pv_unit_label label = 0; label < LABELS; label++)
            for (size_t place = unit->low; place <= unit->high; place++)
                weigh(all, i, label, place,
                      sum(rows[i % 2][label][place - unit->low],
                          states_of(all, all->onwards, i, label)[place - unit->low]),
                      &found);
        all->readings[i].margin = above(found.otherwise, total);
        all->readings[i].before = above(found.before, total);
        all->readings[i].after = above(found.after, total);
    }
}

/* ---- the whole ---- */

static bool lay_out(labelling *all, pv_arena *arena, pv_error *error) {
    const size_t places = all->printed->count + 1;
    all->starts = PV_NEW_ARRAY(arena, size_t, all->count + 1);
    if (!all->starts) {
        pv_fail_memory(error);
        return false;
    }
    for (size_t i = 0; i < all->count; i++) {
        all->starts[i + 1] = all->starts[i] + LABELS * width(&all->units[i]);
        if (all->starts[i + 1] > STATES_MOST) {
            pv_fail(error, PV_ERROR_LIMIT, "the document is too long to be held against its form");
            return false;
        }
    }
    all->onwards = PV_NEW_ARRAY(arena, uint32_t, all->starts[all->count]);
    all->row = PV_NEW_ARRAY(arena, uint32_t, places);
    all->other_row = PV_NEW_ARRAY(arena, uint32_t, places);
    if (all->onwards && all->row && all->other_row)
        return true;
    pv_fail_memory(error);
    return false;
}

bool pv_labelling_find(const pv_unit_reading **out, pv_arena *arena, const pv_printed *printed, const pv_unit *units,
                       size_t count, uint64_t *cost, pv_error *error) {
    labelling all = {.printed = printed, .units = units, .count = count};
    pv_arena *scratch = pv_arena_new(pv_arena_memory(arena));
    all.readings = PV_NEW_ARRAY(arena, pv_unit_reading, count);
    uint32_t *states = scratch ? PV_NEW_ARRAY(scratch, uint32_t, (printed->count + 1) * 2 * LABELS) : NULL;
    bool found = all.readings && states;
    if (!found)
        pv_fail_memory(error);
    found = found && lay_out(&all, scratch, error);
    if (found) {
        go_backwards(&all);
        *cost = follow(&all);
        find_margins(&all, states, *cost);
    }
    pv_arena_free(scratch);
    *out = all.readings;
    return found;
}
