/* Invariant: what a pattern means never changes once it is there, and a search ends in match, no match or an error,
 * within the time that limits say; a limit that was hit is always an error, never "no match". Patterns are compiled to
 * machine code; where the system refuses that they are interpreted, and a search that ends gives the same answer. One
 * that is known to compile is interpreted for its first short texts, where machine code is sure to give the same
 * answer. This is the only module that includes pcre2.h. */
#ifndef PV_TEXT_PATTERN_H
#define PV_TEXT_PATTERN_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "text/prefilter.h"

/* UTF and UCP; "." stops at a line feed, the one line end a text has; "$" is the very end, or a line's with (?m). */
typedef struct pv_pattern pv_pattern;

typedef struct pv_pattern_flags {
    bool ignore_case;
    bool extended;         /* white space and # comments in the pattern are ignored */
    bool multiline;        /* ^ and $ at line breaks */
    bool interpreted;      /* as where machine code cannot be made: for tests */
    bool known_to_compile; /* it did before, under the same limits: that is put off until it is needed */
} pv_pattern_flags;

typedef struct pv_capture {
    pv_span at;
    bool set; /* false: the group took no part in the match */
} pv_capture;

/* Scratch for searches; one per thread of use, never shared by a search and another inside its callback. */
typedef struct pv_matcher pv_matcher;

/* Why this process cannot have machine code ("memory cannot be made executable"); NULL: it can. Found out once, at the
 * first call of any thread, so call it at the start. */
const char *pv_pattern_no_machine_code(void);

/* What compiles patterns, so that what one refuses may be another's to take: "10.42 2022-12-11 as machine code". */
typedef struct pv_pattern_engine_name {
    char text[80];
} pv_pattern_engine_name;
pv_pattern_engine_name pv_pattern_engine(void);

/* Compiles (yours: pv_pattern_free). error.where is the byte of the pattern at fault. Refused: longer than limits say,
 * "(*" at its start (which changes settings), \C, \G, more than 50 nested parentheses, what the JIT
 * cannot take. Memory is charged to memory, which must outlive the pattern. */
bool pv_pattern_compile(pv_pattern **out, pv_memory *memory, pv_str pattern, pv_pattern_flags flags,
                        const pv_limits *limits, pv_error *error) PV_MUST_CHECK;
void pv_pattern_free(pv_pattern *pattern);
/* Compiles what was put off. What it is refused for is as above; that it was known to compile was then wrong. */
bool pv_pattern_prepare(const pv_pattern *pattern, pv_error *error) PV_MUST_CHECK;
/* Groups, not counting the whole match. This and what follows is asked of a pattern that is compiled. */
uint32_t pv_pattern_group_count(const pv_pattern *pattern);
/* The number of a named group, or 0. */
uint32_t pv_pattern_group_number(const pv_pattern *pattern, pv_str name);
/* Name of the index-th named group (0-based) or an empty view past the last. */
pv_str pv_pattern_group_name(const pv_pattern *pattern, uint32_t index);
pv_str pv_pattern_source(const pv_pattern *pattern);

/* False only if a search in the text that signature was built of, or in a part that it covers, would find nothing:
 * cheap to ask, where many patterns are looked for in one text. */
bool pv_pattern_admits(const pv_pattern *pattern, const pv_signature *signature);

bool pv_matcher_new(pv_matcher **out, pv_memory *memory, const pv_limits *limits, pv_error *error) PV_MUST_CHECK;
void pv_matcher_free(pv_matcher *matcher);

/* First match at or after from (a character boundary): *found tells; captures[0..capacity) are filled, [0] being the
 * whole match. text must be valid UTF-8; from past its end finds nothing. Compiles what was put off. PV_ERROR_LIMIT
 * when a limit was met, with the pattern in the message; PV_ERROR_REFUSED when \K puts a match's end before its
 * start. */
bool pv_pattern_find(const pv_pattern *pattern, pv_matcher *matcher, pv_str text, size_t from, pv_capture *captures,
                     size_t capacity, bool *found, pv_error *error) PV_MUST_CHECK;
/* Where to search next after a match: its end, or one character on when it was empty; past text's end when done. */
size_t pv_pattern_after(pv_str text, pv_span match);

#endif
