/* Invariant: matching never goes back in the text and takes no memory, whatever the pattern is; a pattern that
 * pv_glob_check accepts means what it says, any other matches nothing.
 *
 *     *        any run of characters without "/"
 *     **       any run of characters; "**" and "/" together stand for no folder too
 *     ?        one character other than "/"
 *     [abc]    one of these; [a-z] one of a range; [!abc] one other than these and "/"
 *     {a,b}    a or b, each a pattern; may stand in one another
 *     \        the next character itself, which is one of * ? [ ] { } , ! - \
 */
#ifndef PV_BASE_GLOB_H
#define PV_BASE_GLOB_H

#include "base/arena.h"
#include "base/error.h"

/* Bytes of a pattern. */
#define PV_GLOB_LONGEST ((size_t)512)

/* Whether pattern is well-formed and not too long; the message says what is wrong with it. */
bool pv_glob_check(pv_str pattern, pv_error *error) PV_MUST_CHECK;
/* Whether all of text is as pattern says. */
bool pv_glob_matches(pv_str pattern, pv_str text);
/* Whether pattern may stand for more than one text. */
bool pv_glob_is_pattern(pv_str pattern);
/* The pattern that matches what either matches, "{a,b}", in arena; .data is NULL when memory is refused. Both are
 * well-formed; it may be too long (pv_glob_check). */
pv_str pv_glob_union(pv_arena *arena, pv_str one, pv_str other);
/* Walks the patterns that a union is made of; another pattern is its own only part. *at is 0 at first; false after the
 * last. */
bool pv_glob_next_part(pv_str pattern, size_t *at, pv_str *part);

#endif
