/* Invariant: a line has code exactly when Lua's compiler put an instruction of a function there that can be reached, so
 * a line hook could report it. The file level is left out: it runs when a pack loads, not when a rule is judged. */
#ifndef PV_LUA_AUTHORING_CODE_LINES_H
#define PV_LUA_AUTHORING_CODE_LINES_H

#include "lua/sandbox/sandbox.h"

/* Sets with_code[line - 1] for such lines of the chunk. A chunk that does not compile has none. */
bool pv_code_lines(pv_memory *memory, const pv_chunk *chunk, bool *with_code, size_t line_count,
                   pv_error *error) PV_MUST_CHECK;

#endif
