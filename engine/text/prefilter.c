#include "text/prefilter.h"

#include <string.h>

#include "base/array.h"
#include "text/pattern_tree_p.h"

#define THREE_MASK ((1u << 3 * PV_SYMBOL_BITS) - 1)

static uint32_t hash_three(uint32_t three) {
    return three * 0x9E3779B1u;
}

/* ---- signatures ---- */

#define FEWEST_SIGNATURE_BITS 10u
#define BITS_PER_BYTE 8u /* of text, so that about one bit in eight is set */

bool pv_signature_build(pv_signature *out, pv_arena *arena, pv_str text, pv_error *error) {
    unsigned width = FEWEST_SIGNATURE_BITS;
    while (width < 3 * PV_SYMBOL_BITS && ((size_t)1 << width) / BITS_PER_BYTE < text.size)
        width++;
    *out = (pv_signature){.bits = PV_NEW_ARRAY(arena, uint64_t, ((size_t)1 << width) / 64), .shift = 32 - width};
    if (!out->bits)
        return pv_fail_memory(error);
    uint64_t seen[4] = {0};
    uint32_t three = PV_APART;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        unsigned symbol = pv_symbols[byte];
        seen[byte >> 6] |= (uint64_t)1 << (byte & 63);
        if (symbol == PV_APART && (three & ((1u << PV_SYMBOL_BITS) - 1)) == PV_APART)
            continue;
        three = (three << PV_SYMBOL_BITS | symbol) & THREE_MASK;
        uint32_t bit = hash_three(three) >> out->shift;
        out->bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
    }
    uint32_t bit = hash_three(three << PV_SYMBOL_BITS & THREE_MASK) >> out->shift; /* the end, as a 0 */
    out->bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
    out->ascii[0] = seen[0];
    out->ascii[1] = seen[1];
    out->has_beyond_ascii = (seen[2] | seen[3]) != 0;
    out->is_undecided = out->has_beyond_ascii && pv_folds_to_ascii(text);
    return true;
}

/* Whether no word stands on both sides of an offset. */
static bool is_between_words(pv_str text, size_t at) {
    return at == 0 || at >= text.size || pv_symbol_of(text.data[at - 1]) == PV_APART ||
           pv_symbol_of(text.data[at]) == PV_APART;
}

bool pv_signature_covers(pv_str whole, pv_span part) {
    return is_between_words(whole, part.start) && is_between_words(whole, part.end);
}

/* ---- what a tree needs ---- */

#define MOST_THREES 16u   /* of a literal */
#define MOST_AT_ONCE 6u   /* needs that must all be met are kept: the rarest */
#define MOST_WEIGHT 4000u /* of a need: above it nearly every text meets it */
#define WEIGHT_OF_SET 500u
#define MOST_NUMBERS 8192u /* of a filter */

/* About how many of a thousand texts hold a literal of so many letters and digits: short words are common ones. */
#define WEIGHED_LETTERS 8u
static const unsigned weights[WEIGHED_LETTERS + 1] = {1000, 800, 600, 250, 100, 40, 15, 8, 5};

typedef struct word_literal {
    uint32_t threes[MOST_THREES]; /* hashed */
    unsigned count;
    unsigned letters; /* in all its symbols */
} word_literal;

typedef enum need_kind { NEED_LITERAL, NEED_SET, NEED_ALL, NEED_ANY } need_kind;

/* What stands in every text in which a part of the pattern matches. */
typedef struct need {
    need_kind kind;
    unsigned weight; /* about how many of a thousand texts meet it, at most; may be more */
    word_literal literal;
    pv_byte_set set;
    struct need *first; /* of all, or of any */
    struct need *next;
} need;

typedef struct reading {
    pv_arena *arena;
    bool out_of_memory;
} reading;

/* A series as it is walked: the symbols that follow each other without a gap. */
typedef struct symbol_run {
    word_literal literal;
    uint32_t three;
    unsigned size; /* symbols in three, up to 3 */
    bool at_edge;  /* nothing yet, and a word that begins here has something PV_APART before it */
    need *all;     /* what the series needs, as it is found */
    reading *reading;
} symbol_run;

static need *new_need(reading *at, need_kind kind, unsigned weight) {
    need *made = PV_NEW(at->arena, need);
    if (!made) {
        at->out_of_memory = true;
        return NULL;
    }
    made->kind = kind;
    made->weight = weight;
    return made;
}

/* Rarest first, so that a text is turned away early. */
static void add_need(need *all, need *added) {
    need **at = &all->first;
    if (added->weight > MOST_WEIGHT)
        return;
    while (*at && (*at)->weight <= added->weight)
        at = &(*at)->next;
    added->next = *at;
    *at = added;
    if (added->weight < all->weight)
        all->weight = added->weight;
}

static void end_run(symbol_run *run) {
    if (run->literal.count > 0) {
        unsigned letters = run->literal.letters < WEIGHED_LETTERS ? run->literal.letters : WEIGHED_LETTERS;
        need *made = new_need(run->reading, NEED_LITERAL, weights[letters]);
        if (made) {
            made->literal = run->literal;
            add_need(run->all, made);
        }
    }
    run->literal = (word_literal){.count = 0};
    run->size = 0;
    run->at_edge = false;
}

static bool ends_apart(const symbol_run *run) {
    return run->size > 0 ? (run->three & ((1u << PV_SYMBOL_BITS) - 1)) == PV_APART : run->at_edge;
}

static void push_symbol(symbol_run *run, unsigned symbol) {
    if (run->size == 0 && run->at_edge && symbol != PV_APART) {
        run->three = PV_APART;
        run->size = 1;
    }
    run->at_edge = false;
    if (symbol == PV_APART && run->size > 0 && ends_apart(run))
        return;
    run->three = (run->size > 0 ? run->three << PV_SYMBOL_BITS | symbol : symbol) & THREE_MASK;
    run->size = run->size < 3 ? run->size + 1 : 3;
    run->literal.letters += symbol != PV_APART;
    if (run->size == 3 && run->literal.count < MOST_THREES)
        run->literal.threes[run->literal.count++] = hash_three(run->three);
}

static void need_set(symbol_run *run, const pv_byte_set *set) {
    need *made = new_need(run->reading, NEED_SET, WEIGHT_OF_SET);
    if (!made)
        return;
    made->set = *set;
    add_need(run->all, made);
}

/* Whether what begins with this node has something PV_APART at its beginning. */
static bool begins_apart(const pv_pattern_node *node) {
    if (!node)
        return false;
    switch (node->kind) {
    case NODE_BOUNDARY:
        return true;
    case NODE_SYMBOL:
        return node->symbol == PV_APART;
    case NODE_REPEAT:
    case NODE_SERIES:
        return begins_apart(node->first);
    default:
        return false;
    }
}

static void walk(symbol_run *run, const pv_pattern_node *node, bool apart_behind);

static void walk_apart(symbol_run *run, const pv_pattern_node *node, bool apart_before, bool apart_behind) {
    symbol_run inside = {.at_edge = apart_before, .all = run->all, .reading = run->reading};
    walk(&inside, node, apart_behind);
    if (apart_behind && inside.size > 0)
        push_symbol(&inside, PV_APART);
    end_run(&inside);
}

static void walk_choice(symbol_run *run, const pv_pattern_node *choice, bool apart_before, bool apart_behind) {
    need *any = new_need(run->reading, NEED_ANY, 0);
    for (const pv_pattern_node *branch = choice->first; any && branch; branch = branch->next) {
        need *all = new_need(run->reading, NEED_ALL, UINT32_MAX);
        if (!all)
            return;
        symbol_run inside = {.all = all, .reading = run->reading};
        walk_apart(&inside, branch, apart_before, apart_behind);
        if (!all->first) /* a branch that needs nothing */
            return;
        any->weight += all->weight;
        all->next = any->first;
        any->first = all;
    }
    if (any)
        add_need(run->all, any);
}

static void walk_repeat(symbol_run *run, const pv_pattern_node *repeat, bool apart_before, bool apart_behind) {
    const pv_pattern_node *inside = repeat->first;
    if (inside && inside->kind == NODE_SYMBOL) {
        walk(run, inside, false);
        if (inside->symbol != PV_APART && !repeat->at_most_once) {
            end_run(run);
            push_symbol(run, inside->symbol);
        }
        return;
    }
    end_run(run);
    walk_apart(run, inside, apart_before, apart_behind && repeat->at_most_once);
}

/* apart_behind: what follows the node begins PV_APART. */
static void walk(symbol_run *run, const pv_pattern_node *node, bool apart_behind) {
    bool apart_before = ends_apart(run);
    if (!node || run->reading->out_of_memory)
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
            push_symbol(run, PV_APART);
        break;
    case NODE_UNKNOWN:
        end_run(run);
        break;
    case NODE_AHEAD:
        end_run(run);
        walk_apart(run, node->first, false, false);
        break;
    case NODE_SERIES:
        for (const pv_pattern_node *part = node->first; part; part = part->next)
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

/* A need as numbers: its kind, how many numbers follow, and these: the threes of a literal, the set (four for ASCII,
 * one for what is beyond), or the needs that all, or any, must be met. */
struct pv_prefilter {
    pv_memory *memory;
    size_t bytes;
    uint32_t numbers[];
};

typedef PV_ARRAY(uint32_t) number_list;

static bool add_number(number_list *list, pv_arena *arena, uint32_t number) {
    uint32_t *added = PV_ARRAY_ADD(arena, list);
    if (added)
        *added = number;
    return added;
}

static bool write_set(number_list *list, pv_arena *arena, const pv_byte_set *set) {
    for (unsigned i = 0; i < 4; i++) {
        if (!add_number(list, arena, (uint32_t)(set->ascii[i / 2] >> (i % 2 * 32))))
            return false;
    }
    return add_number(list, arena, set->beyond_ascii);
}

static bool write_need(number_list *list, pv_arena *arena, const need *written) {
    if (!add_number(list, arena, written->kind) || !add_number(list, arena, 0))
        return false;
    size_t begin = list->count;
    unsigned kept = 0;
    if (written->kind == NEED_SET && !write_set(list, arena, &written->set))
        return false;
    for (unsigned i = 0; written->kind == NEED_LITERAL && i < written->literal.count; i++) {
        if (!add_number(list, arena, written->literal.threes[i]))
            return false;
    }
    for (const need *part = written->first; part; part = part->next) {
        if ((written->kind == NEED_ANY || kept++ < MOST_AT_ONCE) && !write_need(list, arena, part))
            return false;
    }
    list->items[begin - 1] = (uint32_t)(list->count - begin);
    return true;
}

static bool keep_needs(pv_prefilter **out, pv_memory *memory, pv_arena *scratch, const need *needs, pv_error *error) {
    number_list numbers = {.items = NULL};
    if (!needs->first)
        return true;
    if (!write_need(&numbers, scratch, needs))
        return pv_fail_memory(error);
    if (numbers.count > MOST_NUMBERS)
        return true;
    size_t bytes = sizeof **out + numbers.count * sizeof(uint32_t);
    pv_prefilter *made = pv_memory_new(memory, bytes);
    if (!made)
        return pv_fail_memory(error);
    made->memory = memory;
    made->bytes = bytes;
    memcpy(made->numbers, numbers.items, numbers.count * sizeof(uint32_t));
    *out = made;
    return true;
}

bool pv_prefilter_build(pv_prefilter **out, pv_memory *memory, pv_str pattern, bool extended, pv_error *error) {
    *out = NULL;
    pv_arena *scratch = pv_arena_new(memory);
    if (!scratch)
        return pv_fail_memory(error);
    reading state = {.arena = scratch};
    need needs = {.kind = NEED_ALL, .weight = UINT32_MAX};
    const pv_pattern_node *tree = NULL;
    state.out_of_memory = !pv_pattern_tree_read(&tree, scratch, pattern, extended);
    if (tree) {
        symbol_run run = {.all = &needs, .reading = &state};
        walk_apart(&run, tree, false, false);
    }
    bool done = state.out_of_memory ? pv_fail_memory(error) : keep_needs(out, memory, scratch, &needs, error);
    pv_arena_free(scratch);
    return done;
}

void pv_prefilter_free(pv_prefilter *filter) {
    if (filter)
        pv_memory_free(filter->memory, filter, filter->bytes);
}

static bool holds_literal(const pv_signature *signature, const uint32_t *threes, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t bit = threes[i] >> signature->shift;
        if (!(signature->bits[bit >> 6] >> (bit & 63) & 1))
            return false;
    }
    return true;
}

static bool holds_one_of(const pv_signature *signature, const uint32_t *set) {
    return ((uint32_t)signature->ascii[0] & set[0]) || ((uint32_t)(signature->ascii[0] >> 32) & set[1]) ||
           ((uint32_t)signature->ascii[1] & set[2]) || ((uint32_t)(signature->ascii[1] >> 32) & set[3]) ||
           (signature->has_beyond_ascii && set[4]);
}

/* Whether the need that begins at numbers is met. */
static bool meets(const pv_signature *signature, const uint32_t *numbers) {
    const uint32_t *parts = numbers + 2;
    const uint32_t *end = parts + numbers[1];
    if (numbers[0] == NEED_LITERAL)
        return holds_literal(signature, parts, numbers[1]);
    if (numbers[0] == NEED_SET)
        return holds_one_of(signature, parts);
    bool any = numbers[0] == NEED_ANY;
    for (; parts < end; parts += 2 + parts[1]) {
        if (meets(signature, parts) == any)
            return any;
    }
    return !any;
}

bool pv_prefilter_admits(const pv_prefilter *filter, const pv_signature *signature) {
    return !filter || signature->is_undecided || meets(signature, filter->numbers);
}
