#include "text/pattern.h"

#include <assert.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/utf8.h"
#include "text/pattern_cost_p.h"

#define DEEPEST_PARENTHESES 50
#define FIRST_JIT_STACK ((size_t)32 << 10) /* bytes */
#define MOST_JIT_STACK ((size_t)512 << 10) /* bytes */
#define FIRST_PAIRS 8u                     /* captures a new matcher has room for */

/* As machine code: PCRE2 counts steps anew at each place a match may start, and one step may scan the whole text, so a
 * search may cost places x steps x bytes. Three things bound it: one place costs at most WORK_PER_PLACE; when all
 * places together can be tried within QUICK_WORK they are, which is enough for any sane pattern; otherwise the places
 * are tried a few at a time, and the processor time is looked at in between. */
#define WORK_PER_PLACE ((uint64_t)4096) /* bytes at the full limits.pattern_steps; longer texts get fewer steps */
#define QUICK_WORK ((uint64_t)1 << 29)  /* bytes scanned: a few tenths of a second */
#define FEWEST_QUICK_STEPS 32u
#define PLACES_AT_A_TIME 8

/* Interpreted: a place may cost far more than its steps tell, and where machine code counts one step the interpreter
 * may count hundreds. So it calls back before every item of the pattern, and the processor time is looked at every now
 * and then; its own steps only end early what would take all of that time. What lies between two calls is one item over
 * at most the whole text. */
#define STEPS_WHEN_INTERPRETED 64u /* for each of limits.pattern_steps */
#define CALLS_BETWEEN_LOOKS 256u
#define MOST_INTERPRETER_STACK 32768u /* KiB; holds more than MOST_JIT_STACK does for the same search */

/* Interpreted at first: machine code takes as long to make as to interpret a few short texts, and most patterns of a
 * pack meet no more than that in one filing. The answer is that of machine code: it is taken only where the interpreter
 * came to its end within so few steps that machine code meets no limit on the way to it. Both search the same tree. */
#define LONGEST_INTERPRETED ((size_t)256)    /* bytes of one text */
#define INTERPRETED_AT_FIRST ((size_t)512)   /* bytes of all texts, and machine code is worth while */
#define INTERPRETED_WORK ((uint64_t)1 << 27) /* places x steps x bytes */
#define STACK_WORDS_OF_ITEM 8u               /* that machine code keeps for an item, besides what captures hold */
#define STACK_WORDS_OF_CAPTURE 2u

#define OUTCOME_TOO_SLOW (-10000) /* beside PCRE2's own, which are far from it */
#define OUTCOME_OPEN (-10001)     /* nothing was found out */

#define SHOWN_PATTERN 80 /* bytes of a pattern that a message quotes */

/* What PCRE2's allocations are charged to. `refused` tells a refused allocation from PCRE2's other reasons to fail. The
 * machine code and the pages of the JIT stack come from the system instead; both are bounded by the limits above. */
typedef struct pcre2_account {
    pv_memory *memory;
    bool refused;
} pcre2_account;

/* What it says never changes; what is made of that is made when it is first needed. */
struct pv_pattern {
    pv_pattern *own; /* this one, to be filled in by who may only read it */
    pcre2_account account;
    pcre2_general_context *context;
    pv_pattern_flags flags;
    pcre2_code *code;        /* NULL: not yet */
    pv_prefilter *prefilter; /* NULL: nothing can be asked of a text beforehand */
    bool has_prefilter;      /* or has not; false: not yet */
    bool interpreted;        /* else it is machine code, or will be */
    bool is_made;            /* the machine code */
    bool has_cost;           /* it was looked at; */
    pv_pattern_cost cost;    /* no items: it cannot be told */
    size_t interpreted_bytes;
    char *source;
    size_t source_size;
    uint32_t group_count;
    uint32_t name_count;
    uint32_t name_stride; /* bytes from one entry of the name table to the next */
    PCRE2_SPTR names;
};

struct pv_matcher {
    pcre2_account account;
    pcre2_general_context *context;
    pcre2_match_context *settings;
    pcre2_jit_stack *stack;
    pcre2_match_data *data; /* NULL until it is needed again: one that has grown large is not kept */
    uint32_t steps;
    uint32_t milliseconds; /* of processor time for one search */
    size_t longest_subject;
    uint64_t begin; /* of the search that is on, on the thread's clock */
    uint32_t calls;
};

/* A block as PCRE2 gets it; free is not told the size, so it stands in front. */
typedef struct charged_block {
    alignas(max_align_t) size_t size;
} charged_block;

static void *charged_malloc(size_t size, void *data) {
    pcre2_account *account = data;
    charged_block *block =
        size > SIZE_MAX - sizeof *block ? NULL : pv_memory_resize(account->memory, NULL, 0, sizeof *block + size);
    if (!block) {
        account->refused = true;
        return NULL;
    }
    block->size = sizeof *block + size;
    return block + 1;
}

static void charged_free(void *memory, void *data) {
    pcre2_account *account = data;
    if (memory) {
        charged_block *block = (charged_block *)memory - 1;
        pv_memory_free(account->memory, block, block->size);
    }
}

/* ---- machine code ---- */

typedef enum machine_code {
    MACHINE_CODE_UNKNOWN,
    MACHINE_CODE_WORKS,
    MACHINE_CODE_NOT_BUILT,
    MACHINE_CODE_REFUSED
} machine_code;

/* What the system lets this process do: found out once, and the same for all threads, so that who finds it out does not
 * matter. */
static atomic_int machine_code_state = MACHINE_CODE_UNKNOWN;

static machine_code try_machine_code(void) {
    uint32_t built = 0;
    int number;
    PCRE2_SIZE offset;
    size_t size = 0;
    pcre2_config(PCRE2_CONFIG_JIT, &built);
    if (!built)
        return MACHINE_CODE_NOT_BUILT;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR) "a", 1, 0, &number, &offset, NULL);
    if (!code)
        return MACHINE_CODE_UNKNOWN; /* short of memory: whoever asks will meet that too */
    if (pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0)
        pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size);
    pcre2_code_free(code);
    return size > 0 ? MACHINE_CODE_WORKS : MACHINE_CODE_REFUSED;
}

const char *pv_pattern_no_machine_code(void) {
    int state = atomic_load(&machine_code_state);
    if (state == MACHINE_CODE_UNKNOWN) {
        state = try_machine_code();
        atomic_store(&machine_code_state, state);
    }
    if (state == MACHINE_CODE_NOT_BUILT)
        return "PCRE2 was built without it";
    return state == MACHINE_CODE_REFUSED ? "memory cannot be made executable" : NULL;
}

pv_pattern_engine_name pv_pattern_engine(void) {
    pv_pattern_engine_name name = {""};
    char version[64] = ""; /* PCRE2 asks for 24 at least */
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    (void)snprintf(name.text, sizeof name.text, "%s%s", version,
                   pv_pattern_no_machine_code() ? "" : " as machine code");
    return name;
}

/* Whether a process in which it worked may no longer make machine code. */
static bool machine_code_was_taken_away(void) {
    machine_code now = try_machine_code();
    if (now == MACHINE_CODE_REFUSED)
        atomic_store(&machine_code_state, now);
    return now == MACHINE_CODE_REFUSED;
}

/* ---- patterns ---- */

/* The start of a pattern as a message may show it: whole characters, on one line. */
static pv_str shown_pattern(pv_str pattern, char out[SHOWN_PATTERN]) {
    size_t size = pattern.size;
    if (size > SHOWN_PATTERN) {
        size = SHOWN_PATTERN;
        while (size > 0 && ((unsigned char)pattern.data[size] & 0xC0) == 0x80)
            size--;
    }
    for (size_t i = 0; i < size; i++) {
        out[i] = pattern.data[i];
        if ((unsigned char)out[i] < ' ')
            out[i] = ' ';
    }
    return (pv_str){out, size};
}

static bool fail_pattern(pv_error *error, pv_code code, const pv_pattern *pattern, const char *what) {
    char shown[SHOWN_PATTERN];
    return pv_fail(error, code, "the pattern \"%.*s\" %s", PV_STR_ARG(shown_pattern(pv_pattern_source(pattern), shown)),
                   what);
}

static uint32_t compile_options(pv_pattern_flags flags) {
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY | PCRE2_USE_OFFSET_LIMIT;
    if (flags.interpreted)
        options |= PCRE2_AUTO_CALLOUT;
    if (flags.ignore_case)
        options |= PCRE2_CASELESS;
    if (flags.extended)
        options |= PCRE2_EXTENDED;
    if (flags.multiline)
        options |= PCRE2_MULTILINE;
    return options;
}

/* What a failed pcre2_compile means here. */
static pv_code code_of_compile_error(int number) {
    switch (number) {
    case PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED:
        return PV_ERROR_REFUSED;
    case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP:
    case PCRE2_ERROR_PATTERN_TOO_LARGE:
    case PCRE2_ERROR_PATTERN_TOO_COMPLICATED:
        return PV_ERROR_LIMIT;
    default:
        return number < 0 ? PV_ERROR_ENCODING : PV_ERROR_SYNTAX;
    }
}

static bool fail_compile(pv_error *error, const pcre2_account *account, int number, size_t offset) {
    if (account->refused)
        return pv_fail_memory(error);
    PCRE2_UCHAR message[256];
    pcre2_get_error_message(number, message, sizeof message);
    pv_span where = {(uint32_t)offset, (uint32_t)offset};
    return pv_fail_at(error, code_of_compile_error(number), where, "the pattern is not valid: %s",
                      (const char *)message);
}

static bool compile_code(pv_pattern *pattern, pv_pattern_flags flags, pv_error *error) {
    pcre2_compile_context *settings = pcre2_compile_context_create(pattern->context);
    if (!settings)
        return pv_fail_memory(error);
    pcre2_set_newline(settings, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(settings, PCRE2_BSR_UNICODE);
    pcre2_set_parens_nest_limit(settings, DEEPEST_PARENTHESES);
    int number;
    PCRE2_SIZE offset;
    pattern->code = pcre2_compile((PCRE2_SPTR)pattern->source, pattern->source_size, compile_options(flags), &number,
                                  &offset, settings);
    pcre2_compile_context_free(settings);
    return pattern->code || fail_compile(error, &pattern->account, number, offset);
}

/* *refused: the system did not let it be made, and the pattern is to be interpreted. */
static bool make_machine_code(pv_pattern *pattern, bool *refused, pv_error *error) {
    int outcome = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    *refused = false;
    if (pattern->account.refused)
        return pv_fail_memory(error);
    size_t size = 0;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_JITSIZE, &size);
    if (outcome == 0 && size > 0)
        return true;
    *refused = outcome == PCRE2_ERROR_NOMEMORY && machine_code_was_taken_away();
    return *refused || fail_pattern(error, PV_ERROR_REFUSED, pattern, "cannot be compiled to machine code");
}

/* Where machine code is to be made of it later, that is not done yet. */
static bool compile_to_run(pv_pattern *pattern, pv_error *error) {
    pv_pattern_flags flags = pattern->flags;
    flags.interpreted = flags.interpreted || pv_pattern_no_machine_code();
    pattern->interpreted = flags.interpreted;
    return compile_code(pattern, flags, error);
}

static bool finish_compiling(pv_pattern *pattern, pv_error *error) {
    bool refused;
    if (pattern->interpreted || pattern->is_made)
        return true;
    if (!make_machine_code(pattern, &refused, error))
        return false;
    pattern->is_made = true;
    if (!refused)
        return true;
    pcre2_code_free(pattern->code);
    return compile_to_run(pattern, error);
}

static void read_groups(pv_pattern *pattern) {
    pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &pattern->group_count);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &pattern->name_count);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &pattern->name_stride);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &pattern->names);
}

/* Offset of a \G, or SIZE_MAX. A long search begins anew several times, so there is no one place where it began. */
static size_t find_search_start(pv_str source) {
    for (size_t i = 0; i + 1 < source.size; i++) {
        if (source.data[i] != '\\')
            continue;
        if (source.data[i + 1] == 'G')
            return i;
        i++;
    }
    return SIZE_MAX;
}

static bool accept_source(pv_str source, const pv_limits *limits, pv_error *error) {
    if (source.size > limits->pattern_bytes)
        return pv_fail_at(error, PV_ERROR_LIMIT, (pv_span){0, 0}, "the pattern is longer than %zu bytes",
                          limits->pattern_bytes);
    if (pv_str_starts_with(source, PV_STR("(*")))
        return pv_fail_at(error, PV_ERROR_REFUSED, (pv_span){0, 2},
                          "a pattern must not begin with \"(*\", which could change the engine's settings");
    size_t search_start = find_search_start(source);
    if (search_start != SIZE_MAX)
        return pv_fail_at(error, PV_ERROR_REFUSED, (pv_span){(uint32_t)search_start, (uint32_t)search_start + 2},
                          "a pattern must not use \\G");
    return true;
}

bool pv_pattern_prepare(const pv_pattern *pattern, pv_error *error) {
    pv_pattern *own = pattern->own;
    if (own->code)
        return true;
    own->account.refused = false;
    if (compile_to_run(own, error) && (own->flags.known_to_compile || finish_compiling(own, error))) {
        read_groups(own);
        return true;
    }
    pcre2_code_free(own->code);
    own->code = NULL;
    return false;
}

static bool build_pattern(pv_pattern *pattern, pv_str source, pv_pattern_flags flags, pv_error *error) {
    pattern->source_size = source.size;
    pattern->source = pv_memory_new(pattern->account.memory, source.size + 1);
    pattern->context = pcre2_general_context_create(charged_malloc, charged_free, &pattern->account);
    if (!pattern->source || !pattern->context)
        return pv_fail_memory(error);
    if (source.size > 0)
        memcpy(pattern->source, source.data, source.size);
    pattern->flags = flags;
    return flags.known_to_compile || pv_pattern_prepare(pattern, error);
}

bool pv_pattern_compile(pv_pattern **out, pv_memory *memory, pv_str pattern, pv_pattern_flags flags,
                        const pv_limits *limits, pv_error *error) {
    *out = NULL;
    if (!accept_source(pattern, limits, error))
        return false;
    pv_pattern *built = pv_memory_new(memory, sizeof *built);
    if (!built)
        return pv_fail_memory(error);
    built->own = built;
    built->account.memory = memory;
    if (!build_pattern(built, pattern, flags, error)) {
        pv_pattern_free(built);
        return false;
    }
    *out = built;
    return true;
}

void pv_pattern_free(pv_pattern *pattern) {
    if (!pattern)
        return;
    pv_memory *memory = pattern->account.memory;
    pcre2_code_free(pattern->code);
    pcre2_general_context_free(pattern->context);
    pv_prefilter_free(pattern->prefilter);
    if (pattern->source)
        pv_memory_free(memory, pattern->source, pattern->source_size + 1);
    pv_memory_free(memory, pattern, sizeof *pattern);
}

uint32_t pv_pattern_group_count(const pv_pattern *pattern) {
    assert(pattern->code);
    return pattern->group_count;
}

/* An entry of PCRE2's name table: the group's number in two bytes, then its name and a NUL. */
static PCRE2_SPTR name_entry(const pv_pattern *pattern, uint32_t index) {
    return pattern->names + (size_t)index * pattern->name_stride;
}

pv_str pv_pattern_group_name(const pv_pattern *pattern, uint32_t index) {
    if (index >= pattern->name_count)
        return PV_STR("");
    return pv_str_from((const char *)name_entry(pattern, index) + 2);
}

uint32_t pv_pattern_group_number(const pv_pattern *pattern, pv_str name) {
    for (uint32_t i = 0; i < pattern->name_count; i++) {
        PCRE2_SPTR entry = name_entry(pattern, i);
        if (pv_str_equal(pv_pattern_group_name(pattern, i), name))
            return (uint32_t)entry[0] << 8 | entry[1];
    }
    return 0;
}

pv_str pv_pattern_source(const pv_pattern *pattern) {
    return (pv_str){pattern->source, pattern->source_size};
}

bool pv_pattern_admits(const pv_pattern *pattern, const pv_signature *signature) {
    pv_pattern *own = pattern->own;
    if (!own->has_prefilter) {
        pv_error ignored = {0}; /* without it there are more searches, and that is all */
        if (!pv_prefilter_build(&own->prefilter, own->account.memory, pv_pattern_source(own), own->flags.extended,
                                &ignored))
            own->prefilter = NULL;
        own->has_prefilter = true;
    }
    return pv_prefilter_admits(own->prefilter, signature);
}

/* ---- searches ---- */

static bool build_matcher(pv_matcher *matcher) {
    matcher->context = pcre2_general_context_create(charged_malloc, charged_free, &matcher->account);
    if (!matcher->context)
        return false;
    matcher->settings = pcre2_match_context_create(matcher->context);
    matcher->stack = pcre2_jit_stack_create(FIRST_JIT_STACK, MOST_JIT_STACK, matcher->context);
    matcher->data = pcre2_match_data_create(FIRST_PAIRS, matcher->context);
    if (!matcher->settings || !matcher->data || (!matcher->stack && !pv_pattern_no_machine_code()))
        return false;
    pcre2_set_heap_limit(matcher->settings, MOST_INTERPRETER_STACK);
    pcre2_jit_stack_assign(matcher->settings, NULL, matcher->stack);
    return true;
}

bool pv_matcher_new(pv_matcher **out, pv_memory *memory, const pv_limits *limits, pv_error *error) {
    *out = NULL;
    pv_matcher *built = pv_memory_new(memory, sizeof *built);
    if (!built)
        return pv_fail_memory(error);
    built->account.memory = memory;
    built->steps = limits->pattern_steps;
    built->milliseconds = limits->cpu_milliseconds;
    built->longest_subject = limits->pattern_subject;
    if (!build_matcher(built)) {
        pv_matcher_free(built);
        return pv_fail_memory(error);
    }
    *out = built;
    return true;
}

void pv_matcher_free(pv_matcher *matcher) {
    if (!matcher)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_jit_stack_free(matcher->stack);
    pcre2_match_context_free(matcher->settings);
    pcre2_general_context_free(matcher->context);
    pv_memory_free(matcher->account.memory, matcher, sizeof *matcher);
}

/* Room for every capture of pattern, so that PCRE2 never has to leave some out. */
static bool make_room(pv_matcher *matcher, const pv_pattern *pattern) {
    uint32_t pairs = pattern->group_count + 1;
    if (matcher->data && pcre2_get_ovector_count(matcher->data) >= pairs)
        return true;
    pcre2_match_data *larger = pcre2_match_data_create(pairs, matcher->context);
    if (!larger)
        return false;
    pcre2_match_data_free(matcher->data);
    matcher->data = larger;
    return true;
}

/* The most steps, up to limits.pattern_steps, of which `places` cost no more than work. */
static uint32_t steps_within(const pv_matcher *matcher, uint64_t work, uint64_t places, size_t bytes) {
    uint64_t steps = work / (places * (bytes + 1));
    return steps < matcher->steps ? (uint32_t)steps : matcher->steps;
}

/* One match, starting at from or later, but not behind last. */
static int try_places(const pv_pattern *pattern, pv_matcher *matcher, pv_str text, size_t from, size_t last,
                      uint32_t steps) {
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.size > 0 ? text.data : "");
    pcre2_set_match_limit(matcher->settings, steps);
    pcre2_set_offset_limit(matcher->settings, last);
    /* Texts are validated when they are loaded; checking again would cost a pass over the text each time. */
    return pcre2_match(pattern->code, subject, text.size, from, PCRE2_NO_UTF_CHECK, matcher->data, matcher->settings);
}

/* Where the next few places end. Each is a character, for the line feed alone ends a line. */
static size_t places_end(pv_str text, size_t from) {
    for (unsigned i = 0; i < PLACES_AT_A_TIME && from <= text.size; i++)
        from = pv_pattern_after(text, (pv_span){(uint32_t)from, (uint32_t)from});
    return from;
}

/* Of this thread, in nanoseconds: what others do is not charged to a search. */
static uint64_t processor_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static bool is_out_of_time(const pv_matcher *matcher) {
    return processor_time() - matcher->begin > matcher->milliseconds * (uint64_t)1000000U;
}

static int search_slowly(const pv_pattern *pattern, pv_matcher *matcher, pv_str text, size_t from) {
    uint32_t steps = steps_within(matcher, WORK_PER_PLACE * matcher->steps, 1, text.size - from);
    matcher->begin = processor_time();
    while (from <= text.size) {
        size_t next = places_end(text, from);
        int outcome = try_places(pattern, matcher, text, from, next - 1, steps);
        if (outcome != PCRE2_ERROR_NOMATCH)
            return outcome;
        if (is_out_of_time(matcher))
            return OUTCOME_TOO_SLOW;
        from = next;
    }
    return PCRE2_ERROR_NOMATCH;
}

static int look_at_clock(pcre2_callout_block *block, void *data) {
    pv_matcher *matcher = data;
    (void)block;
    if (++matcher->calls % CALLS_BETWEEN_LOOKS != 0)
        return 0;
    return is_out_of_time(matcher) ? OUTCOME_TOO_SLOW : 0;
}

static int search_interpreted(const pv_pattern *pattern, pv_matcher *matcher, pv_str text, size_t from) {
    uint64_t steps = (uint64_t)matcher->steps * STEPS_WHEN_INTERPRETED;
    matcher->begin = processor_time();
    matcher->calls = 0;
    pcre2_set_callout(matcher->settings, look_at_clock, matcher);
    int outcome =
        try_places(pattern, matcher, text, from, PCRE2_UNSET, steps < UINT32_MAX ? (uint32_t)steps : UINT32_MAX);
    pcre2_set_callout(matcher->settings, NULL, NULL);
    if (outcome == PCRE2_ERROR_HEAPLIMIT) {
        pcre2_match_data_free(matcher->data);
        matcher->data = NULL;
    }
    return outcome;
}

/* The most branches that the interpreter may try at one place, so that machine code meets no limit in as many, and how
 * many of them it may be in at once; false where there are none. Between two branches, and behind each that failed,
 * lies one way through the pattern. */
static bool bounds_of(const pv_pattern *pattern, const pv_matcher *matcher, size_t bytes, uint32_t *branches,
                      uint32_t *depth) {
    const pv_pattern_cost *cost = &pattern->cost;
    const uint64_t steps = steps_within(matcher, WORK_PER_PLACE * matcher->steps, 1, bytes) / (2 * cost->items);
    const uint64_t work = INTERPRETED_WORK / ((bytes + 1) * (bytes + 1));
    const uint64_t words = STACK_WORDS_OF_ITEM + (uint64_t)STACK_WORDS_OF_CAPTURE * cost->captures;
    const uint64_t ways = MOST_JIT_STACK / sizeof(void *) / (words * cost->items);
    if (steps < 3 || ways < 3)
        return false;
    *branches = (uint32_t)(steps - 2 < work ? steps - 2 : work);
    *depth = (uint32_t)(ways - 2);
    return true;
}

/* OUTCOME_OPEN where machine code is to be asked. */
static int search_briefly(pv_pattern *pattern, pv_matcher *matcher, pv_str text, size_t from) {
    const size_t bytes = text.size - from;
    uint32_t branches, depth;
    if (bytes > LONGEST_INTERPRETED || pattern->interpreted_bytes + bytes > INTERPRETED_AT_FIRST)
        return OUTCOME_OPEN;
    if (!pattern->has_cost && !pv_pattern_cost_read(&pattern->cost, pv_pattern_source(pattern)))
        pattern->cost.items = 0;
    pattern->has_cost = true;
    if (pattern->cost.items == 0 || !bounds_of(pattern, matcher, bytes, &branches, &depth))
        return OUTCOME_OPEN;
    pattern->interpreted_bytes += bytes;
    pcre2_set_depth_limit(matcher->settings, depth);
    const int outcome = try_places(pattern, matcher, text, from, PCRE2_UNSET, branches);
    pcre2_set_depth_limit(matcher->settings, UINT32_MAX);
    const bool is_limit =
        outcome == PCRE2_ERROR_MATCHLIMIT || outcome == PCRE2_ERROR_DEPTHLIMIT || outcome == PCRE2_ERROR_HEAPLIMIT;
    return is_limit ? OUTCOME_OPEN : outcome;
}

static int search(const pv_pattern *pattern, pv_matcher *matcher, pv_str text, size_t from) {
    if (pattern->interpreted)
        return search_interpreted(pattern, matcher, text, from);
    size_t bytes = text.size - from;
    uint32_t steps = steps_within(matcher, QUICK_WORK, bytes + 1, bytes);
    if (steps >= FEWEST_QUICK_STEPS || steps == matcher->steps) {
        int outcome = try_places(pattern, matcher, text, from, PCRE2_UNSET, steps);
        if (outcome != PCRE2_ERROR_MATCHLIMIT || steps == matcher->steps)
            return outcome;
    }
    return search_slowly(pattern, matcher, text, from);
}

static bool fail_search(pv_error *error, const pv_pattern *pattern, int outcome) {
    switch (outcome) {
    case PCRE2_ERROR_MATCHLIMIT:
        return fail_pattern(error, PV_ERROR_LIMIT, pattern, "needs more steps on this text than a search may take");
    case PCRE2_ERROR_JIT_STACKLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
        return fail_pattern(error, PV_ERROR_LIMIT, pattern, "needs more stack on this text than a search may take");
    case OUTCOME_TOO_SLOW:
        return fail_pattern(error, PV_ERROR_LIMIT, pattern, "needs more time on this text than a search may take");
    case PCRE2_ERROR_NOMEMORY:
        return pv_fail_memory(error);
    default:
        return fail_pattern(error, PV_ERROR_LIMIT, pattern, "could not be searched for in this text");
    }
}

static void fill_captures(const pv_pattern *pattern, const PCRE2_SIZE *offsets, pv_capture *captures, size_t capacity) {
    for (size_t i = 0; i < capacity; i++) {
        bool set = i <= pattern->group_count && offsets[2 * i] != PCRE2_UNSET;
        captures[i] = (pv_capture){.set = set};
        if (set)
            captures[i].at = (pv_span){(uint32_t)offsets[2 * i], (uint32_t)offsets[2 * i + 1]};
    }
}

bool pv_pattern_find(const pv_pattern *pattern, pv_matcher *matcher, pv_str text, size_t from, pv_capture *captures,
                     size_t capacity, bool *found, pv_error *error) {
    *found = false;
    if (text.size > matcher->longest_subject)
        return pv_fail(error, PV_ERROR_LIMIT, "the text has %zu bytes, and a pattern may be run over %zu at most",
                       text.size, matcher->longest_subject);
    if (from > text.size)
        return true;
    if (!pv_pattern_prepare(pattern, error))
        return false;
    if (!make_room(matcher, pattern))
        return pv_fail_memory(error);
    int outcome =
        pattern->interpreted || pattern->is_made ? OUTCOME_OPEN : search_briefly(pattern->own, matcher, text, from);
    if (outcome == OUTCOME_OPEN && !finish_compiling(pattern->own, error))
        return false;
    if (outcome == OUTCOME_OPEN)
        outcome = search(pattern, matcher, text, from);
    if (outcome == PCRE2_ERROR_NOMATCH)
        return true;
    if (outcome < 0)
        return fail_search(error, pattern, outcome);
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(matcher->data);
    /* \K in a group that a lookaround calls can move the start behind the end, or before `from`: a caller that searches
     * on from the end would never come to one. */
    if (offsets[0] > offsets[1] || offsets[0] < from)
        return fail_pattern(error, PV_ERROR_REFUSED, pattern, "uses \\K so that a match would end before it starts");
    fill_captures(pattern, offsets, captures, capacity);
    *found = true;
    return true;
}

size_t pv_pattern_after(pv_str text, pv_span match) {
    if (match.end > match.start)
        return match.end;
    if (match.end >= text.size)
        return text.size + 1;
    size_t length;
    pv_utf8_decode(text, match.end, &length);
    return match.end + length;
}
