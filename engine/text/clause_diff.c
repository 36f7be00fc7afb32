#include "text/clause_diff.h"

#include <string.h>

#include "text/gather.h"

typedef enum step { STEP_BOTH, STEP_OUT, STEP_IN } step; /* a word kept, taken out, put in */

typedef struct diff_table {
    const pv_clause *clause;
    const pv_token *passage;
    size_t count;   /* tokens of the passage */
    uint16_t *kept; /* (clause + 1) * (passage + 1): words in order that the two ends have in common */
} diff_table;

static uint16_t *cell(const diff_table *table, size_t clause, size_t passage) {
    return &table->kept[clause * (table->count + 1) + passage];
}

static bool same(const diff_table *table, size_t clause, size_t passage) {
    return table->clause->tokens[clause].hash == table->passage[passage].hash;
}

static void fill_table(diff_table *table) {
    memset(table->kept, 0, (table->clause->count + 1) * (table->count + 1) * sizeof *table->kept);
    for (size_t i = table->clause->count; i > 0; i--)
        for (size_t j = table->count; j > 0; j--) {
            uint16_t out = *cell(table, i, j - 1), in = *cell(table, i - 1, j);
            uint16_t best = out > in ? out : in;
            if (same(table, i - 1, j - 1))
                best = (uint16_t)(*cell(table, i, j) + 1);
            *cell(table, i - 1, j - 1) = best;
        }
}

/* What comes next at these words: a word kept where both have it, else what loses least; of equals, taken out first. Until a word was
 * kept (begun), the passage is passed over as far as nothing is lost, so that it begins as late as it can. */
static step next_step(const diff_table *table, size_t i, size_t j, bool begun) {
    if (i == table->clause->count)
        return STEP_IN;
    if (j == table->count)
        return STEP_OUT;
    if (!begun && *cell(table, i, j + 1) == *cell(table, i, j))
        return STEP_IN;
    if (same(table, i, j) && *cell(table, i, j) == *cell(table, i + 1, j + 1) + 1)
        return STEP_BOTH;
    return *cell(table, i + 1, j) >= *cell(table, i, j + 1) ? STEP_OUT : STEP_IN;
}

/* While the runs are told. */
typedef struct telling {
    const diff_table *table;
    pv_buf runs;
    pv_clause_run run; /* the one being made; empty when at.end is 0 */
    size_t last_kept;  /* word of the passage, + 1 */
    bool departed;
    size_t put_in; /* words */
    pv_clause_result *out;
} telling;

static void end_run(telling *told) {
    if (told->run.at.end > 0)
        pv_gather_add(&told->runs, &told->run, sizeof told->run);
    told->run = (pv_clause_run){0};
}

/* Takes a word into the run of its kind. */
static void take(telling *told, bool added, pv_span at) {
    if (told->run.at.end > 0 && told->run.added != added)
        end_run(told);
    if (told->run.at.end == 0)
        told->run = (pv_clause_run){added, at};
    told->run.at.end = at.end;
}

/* Words j up to end are put in where the clause leaves room for as many. */
static bool fills_in(const telling *told, size_t i, size_t j, size_t end) {
    return told->table->clause->fill[i] && end - j <= PV_FILL_WORDS_MAX;
}

static void depart(telling *told, size_t word) {
    if (told->departed || told->table->count == 0)
        return;
    told->departed = true;
    told->out->departs = told->table->passage[word < told->table->count ? word : told->table->count - 1].at;
}

/* Tells the words between two kept ones: those of the clause from i to i_end, those of the passage from j to j_end. */
static void tell_gap(telling *told, size_t i, size_t i_end, size_t j, size_t j_end) {
    bool inner = j > 0 && j_end < told->table->count && told->last_kept > 0;
    bool filled = i == i_end && fills_in(told, i, j, j_end);
    size_t put_in = inner && !filled ? j_end : j;
    if (i == i_end && put_in == j)
        return;
    if (!told->departed)
        depart(told, put_in > j ? j : told->last_kept > 0 ? told->last_kept - 1 : j_end);
    if (put_in > j && told->out->departs.start == told->table->passage[j].at.start)
        told->out->departs.end = told->table->passage[put_in - 1].at.end;
    for (size_t k = i; k < i_end; k++)
        take(told, false, told->table->clause->tokens[k].at);
    told->put_in += put_in - j;
    for (size_t k = j; k < put_in; k++)
        take(told, true, told->table->passage[k].at);
    end_run(told);
}

/* Goes over both, from kept word to kept word. */
static void tell(telling *told, size_t *first, size_t *last) {
    const diff_table *table = told->table;
    size_t i = 0, j = 0, gap_i = 0, gap_j = 0;
    while (i < table->clause->count || j < table->count) {
        step next = next_step(table, i, j, told->last_kept > 0);
        if (next == STEP_BOTH) {
            tell_gap(told, gap_i, i, gap_j, j);
            if (told->last_kept == 0)
                *first = j;
            *last = j;
            told->last_kept = j + 1;
        }
        i += next != STEP_IN;
        j += next != STEP_OUT;
        if (next == STEP_BOTH) {
            gap_i = i;
            gap_j = j;
        }
    }
    tell_gap(told, gap_i, table->clause->count, gap_j, table->count);
}

/* Fills out from the table, where the passage is the clause's. */
static bool tell_all(diff_table *table, pv_arena *arena, pv_clause_result *out, pv_error *error) {
    fill_table(table);
    size_t kept = *cell(table, 0, 0);
    if (kept == 0 || kept * 2 < table->clause->count)
        return true;
    telling told = {.table = table, .runs = pv_gather_start(arena), .out = out};
    size_t first = 0, last = 0;
    tell(&told, &first, &last);
    out->state = PV_CLAUSE_CHANGED;
    size_t words = table->clause->count + told.put_in;
    out->similarity = words > 0 ? (unsigned)(kept * 10000 / words) : 0;
    out->passage = (pv_span){table->passage[first].at.start, table->passage[last].at.end};
    out->runs = pv_gather_finish(&told.runs, arena, sizeof *out->runs, &out->run_count, error);
    return out->runs != NULL;
}

bool pv_clause_diff(pv_arena *arena, const pv_clause *clause, const pv_token *passage, size_t count,
                    pv_clause_result *out, pv_error *error) {
    diff_table table = {.clause = clause, .passage = passage, .count = count};
    size_t cells = (clause->count + 1) * (count + 1);
    pv_buf scratch = pv_gather_start(arena); /* so that it goes at once: there may be many clauses */
    if (!pv_buf_reserve(&scratch, cells * sizeof *table.kept))
        return pv_fail_memory(error);
    table.kept = (uint16_t *)(void *)scratch.data;
    bool told = tell_all(&table, arena, out, error);
    pv_buf_clear(&scratch);
    return told;
}
