/* The libraries of rules: standard functions where they are safe, ours where the standard ones could hide a stop, show
 * an address, do work that is not charged, or depend on the order of a hash table or on the clock. */
#include "lua/object/class.h"
#include "lua/sandbox/sandbox_p.h"

#include <limits.h>
#include <lualib.h>
#include <string.h>

/* ---- standard functions ---- */

/* [-0, +0, v] Charges the bytes of the strings among the arguments from index first to the top. */
static void charge_arguments(lua_State *L, int first) {
    size_t work = 1;
    for (int index = lua_gettop(L); index >= first; index--)
        if (lua_type(L, index) == LUA_TSTRING)
            work += (size_t)lua_rawlen(L, index) / 16;
    MAY_RAISE(pv_runtime_charge(L, work));
}

/* Goes on as the standard one, with the same arguments. Standard functions have no upvalues of their own (those copied
 * here), so one can run in the place of its wrapper. */
static int continue_standard(lua_State *L) {
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int charged(lua_State *L) {
    MAY_RAISE(charge_arguments(L, 1));
    return continue_standard(L);
}

/* [-0, +0, m] Adds functions and constants of a standard library to the table on top. An entry with a function of its
 * own is that function, with the standard one as its first upvalue; one without is the standard one as it is. */
static void add_standard(lua_State *L, lua_CFunction open, const luaL_Reg *entries) {
    int target = lua_gettop(L);
    lua_pushcfunction(L, open);
    lua_call(L, 0, 1);
    for (; entries->name; entries++) {
        lua_getfield(L, -1, entries->name);
        if (entries->func)
            lua_pushcclosure(L, entries->func, 1);
        lua_setfield(L, target, entries->name);
    }
    lua_settop(L, target);
}

/* ---- sorting ---- */

/* Whether the value on top comes before the one below it; leaves both. [-0, +0, v] */
typedef bool (*comes_before)(lua_State *L);

/* The stack slots of a sort: two tables, of which each pass merges one into the other. */
typedef struct merge {
    int from;
    int to;
    lua_Integer count;
    comes_before before;
} merge;

/* [-0, +0, v] Merges from[left, middle) and from[middle, right) into to[left, right). */
static void merge_runs(lua_State *L, const merge *pass, lua_Integer left, lua_Integer middle, lua_Integer right) {
    lua_Integer next_left = left;
    lua_Integer next_right = middle;
    for (lua_Integer out = left; out < right; out++) {
        bool take_right = next_left == middle;
        if (next_left < middle && next_right < right) {
            lua_rawgeti(L, pass->from, next_left);
            lua_rawgeti(L, pass->from, next_right);
            take_right = MAY_RAISE(pass->before(L)); /* equal values keep their order */
            lua_pop(L, 2);
        }
        lua_rawgeti(L, pass->from, take_right ? next_right++ : next_left++);
        lua_rawseti(L, pass->to, out);
    }
}

static lua_Integer smaller(lua_Integer a, lua_Integer b) {
    return a < b ? a : b;
}

/* [-0, +0, v] One pass over all runs of this width. */
static void merge_pass(lua_State *L, const merge *pass, lua_Integer width) {
    MAY_RAISE(pv_runtime_charge(L, (size_t)pass->count));
    for (lua_Integer left = 1; left <= pass->count; left += 2 * width) {
        lua_Integer middle = smaller(left + width, pass->count + 1);
        merge_runs(L, pass, left, middle, smaller(middle + width, pass->count + 1));
    }
}

/* [-0, +0, v] Sorts values 1 to count of the table at index: stable, and by nothing but the order given (the standard
 * sort picks its pivots by the clock). */
static void sort_values(lua_State *L, int index, lua_Integer count, comes_before before) {
    luaL_checkstack(L, 8, "too many values to sort");
    MAY_RAISE(pv_runtime_charge(L, (size_t)count));
    int base = lua_gettop(L);
    lua_createtable(L, (int)count, 0);
    lua_createtable(L, (int)count, 0);
    merge pass = {base + 1, base + 2, count, before};
    for (lua_Integer number = 1; number <= count; number++) {
        lua_geti(L, index, number);
        lua_rawseti(L, pass.from, number);
    }
    for (lua_Integer width = 1; width < count; width *= 2) {
        merge_pass(L, &pass, width);
        pass = (merge){pass.to, pass.from, count, before};
    }
    for (lua_Integer number = 1; number <= count; number++) {
        lua_rawgeti(L, pass.from, number);
        lua_seti(L, index, number);
    }
    lua_settop(L, base);
}

static int key_rank(int type) {
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : 2;
}

static bool key_before(lua_State *L) {
    int type = lua_type(L, -1);
    int other = lua_type(L, -2);
    if (type != other)
        return key_rank(type) < key_rank(other);
    if (type == LUA_TNUMBER)
        return lua_compare(L, -1, -2, LUA_OPLT);
    if (type == LUA_TBOOLEAN)
        return lua_toboolean(L, -1) < lua_toboolean(L, -2);
    pv_str key, below;
    key = pv_lua_str(L, -1);
    below = pv_lua_str(L, -2);
    return pv_str_compare(key, below) < 0;
}

void pv_sandbox_push_sorted_keys(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 4, "too many keys");
    lua_newtable(L);
    int keys = lua_gettop(L);
    lua_Integer count = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        int type = lua_type(L, -1);
        if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN)
            (void)pv_raise_expected(L, -1, "a table whose keys are numbers, strings or booleans");
        MAY_RAISE(pv_runtime_charge(L, 1));
        lua_pushvalue(L, -1);
        lua_rawseti(L, keys, ++count);
    }
    MAY_RAISE(sort_values(L, keys, count, key_before));
}

/* ---- the base library ---- */

/* A protected call costs about as much as this many instructions. */
#define WORK_OF_PCALL 20
/* Walking a table visits its empty slots too, and how many it has only the size of the heap bounds. */
#define HEAP_BYTES_PER_UNIT 256
/* What trace() keeps for one rule and subject. */
#define MAX_TRACES 100
#define MAX_TRACE_BYTES 1000

/* Like the standard one, but a stop goes through it, and so does the end of memory; and an ordinary error that it
 * catches lets the rule go on, but remains the rule's fault: a misspelt name must not look like a result. */
static int l_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    MAY_RAISE(pv_runtime_charge(L, WORK_OF_PCALL));
    lua_pushboolean(L, true); /* the status has its place on the stack before the call can use the stack up */
    lua_pushcfunction(L, pv_runtime_record_error);
    lua_rotate(L, 1, 2);
    int status = lua_pcall(L, lua_gettop(L) - 3, LUA_MULTRET, 2);
    pv_stop *stop = &pv_runtime_of(L)->stop;
    if (stop->stopped)
        return lua_error(L);
    if (status == LUA_ERRMEM)
        return pv_runtime_stop_memory(L);
    lua_remove(L, 2);
    if (status == LUA_OK)
        return lua_gettop(L);
    stop->caught = true;
    lua_pushboolean(L, false);
    lua_replace(L, 1);
    return 2;
}

/* Upvalues: the table, its sorted keys, and the number of the key given last. */
static int l_next_pair(lua_State *L) {
    lua_Integer number = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        number++;
        if (lua_rawgeti(L, lua_upvalueindex(2), number) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            break;
        lua_pop(L, 2); /* removed since the loop began */
    }
    lua_pushinteger(L, number);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int l_pairs(lua_State *L) {
    if (lua_type(L, 1) != LUA_TTABLE)
        return pv_raise_expected(L, 1, "a table");
    lua_settop(L, 1);
    MAY_RAISE(pv_runtime_charge(L, pv_runtime_of(L)->memory.used / HEAP_BYTES_PER_UNIT));
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, 1));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, l_next_pair, 3);
    return 1;
}

const char *pv_sandbox_to_string(lua_State *L, int index, size_t *size) {
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
    case LUA_TFUNCTION:
    case LUA_TUSERDATA:
        if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
            lua_pop(L, 1);
            break;
        }
        lua_pushstring(L, luaL_typename(L, index));
        return lua_tolstring(L, -1, size);
    default:
        break;
    }
    return luaL_tolstring(L, index, size);
}

static int l_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    pv_sandbox_to_string(L, 1, NULL);
    return 1;
}

/* [-0, +1, v] The arguments as texts with a space between. */
static const char *join_arguments(lua_State *L, size_t *size) {
    int count = lua_gettop(L);
    luaL_Buffer joined;
    luaL_checkstack(L, 2 * count + 1, "too many values to trace");
    for (int index = 1; index <= count; index++)
        pv_sandbox_to_string(L, index, NULL);
    charge_arguments(L, count + 1);
    luaL_buffinit(L, &joined);
    for (int index = count + 1; index <= 2 * count; index++) {
        if (index > count + 1)
            luaL_addchar(&joined, ' ');
        size_t part_size;
        const char *part = lua_tolstring(L, index, &part_size);
        luaL_addlstring(&joined, part, part_size < MAX_TRACE_BYTES ? part_size : MAX_TRACE_BYTES);
    }
    luaL_pushresult(&joined);
    return lua_tolstring(L, -1, size);
}

int l_trace(lua_State *L) {
    pv_runtime *runtime = pv_runtime_of(L);
    if (runtime->trace_count == MAX_TRACES)
        return 0;
    pv_str text;
    text.data = join_arguments(L, &text.size);
    if (text.size > MAX_TRACE_BYTES)
        text.size = MAX_TRACE_BYTES;
    pv_trace *line = PV_NEW(runtime->call_arena, pv_trace);
    pv_str kept = pv_arena_copy(runtime->call_arena, text);
    if (!line || !kept.data)
        return pv_runtime_stop_memory(L);
    *line = (pv_trace){runtime->trace, kept};
    runtime->trace = line;
    runtime->trace_count++;
    return 0;
}

const luaL_Reg pv_sandbox_base_functions[] = {
    {"assert", NULL}, {"error", NULL},       {"ipairs", NULL},         {"pairs", l_pairs}, {"pcall", l_pcall},
    {"select", NULL}, {"tonumber", charged}, {"tostring", l_tostring}, {"type", NULL},     {NULL, NULL},
};

void pv_sandbox_push_base(lua_State *L) {
    lua_newtable(L);
    add_standard(L, luaopen_base, pv_sandbox_base_functions);
}

/* ---- string ---- */

/* [-0, +0, v] Charges for a text of this many bytes that is about to be built; the stop for memory when it is over the
 * cap. */
static void require_size(lua_State *L, uint64_t size) {
    pv_runtime *runtime = pv_runtime_of(L);
    if (size > runtime->limits.lua_string_bytes) {
        runtime->string_refused = true;
        (void)MAY_RAISE(pv_runtime_stop_memory(L));
    }
    MAY_RAISE(pv_runtime_charge(L, size / 16 + 1));
}

/* string.rep(text, count, separator?) */
static int l_string_rep(lua_State *L) {
    size_t text = 0;
    size_t separator = 0;
    luaL_checklstring(L, 1, &text);
    lua_Integer count = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &separator);
    size_t unit = text + separator;
    if (count <= 0 || unit == 0) { /* the standard function would count to the end even of nothing */
        return pv_push_name(L, "");
    }
    uint64_t most = pv_runtime_of(L)->limits.lua_string_bytes / unit + 1;
    MAY_RAISE(require_size(L, (uint64_t)count > most ? UINT64_MAX : (uint64_t)count * unit - separator));
    return continue_standard(L);
}

/* A pattern's class ("%d") in a plain search would never be found, and nobody would notice. */
static bool looks_like_pattern(pv_str text) {
    for (size_t i = 0; i + 1 < text.size; i++)
        if (text.data[i] == '%' && strchr("acdglpsuwx", text.data[i + 1] | 0x20))
            return true;
    return false;
}

/* [-0, +0, v] Charges every comparison, so that a text made to be compared often runs out of fuel. */
static const char *find_plain(lua_State *L, pv_str text, size_t from, pv_str wanted) {
    if (wanted.size == 0)
        return text.data + from;
    MAY_RAISE(pv_runtime_charge(L, (text.size - from) / 16 + 1));
    const char *end = text.data + text.size;
    for (const char *at = text.data + from; (size_t)(end - at) >= wanted.size; at++) {
        at = memchr(at, wanted.data[0], (size_t)(end - at) - wanted.size + 1);
        if (!at)
            return NULL;
        MAY_RAISE(pv_runtime_charge(L, wanted.size / 16 + 1));
        if (memcmp(at, wanted.data, wanted.size) == 0)
            return at;
    }
    return NULL;
}

/* string.find(text, wanted, first?, plain?): always plain. */
static int l_string_find(lua_State *L) {
    pv_str text, wanted;
    text = pv_check_str(L, 1);
    wanted = pv_check_str(L, 2);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    if (!lua_toboolean(L, 4) && looks_like_pattern(wanted))
        return luaL_error(L, "find looks for plain text; use pattern [[…]] and text:find for \"%s\"", wanted.data);
    if (first < 0)
        first = first < -(lua_Integer)text.size ? 1 : (lua_Integer)text.size + first + 1;
    size_t from = first > 0 ? (size_t)first - 1 : 0;
    const char *found = from <= text.size ? find_plain(L, text, from, wanted) : NULL;
    if (!found)
        return pv_push_nil(L);
    lua_Integer start = found - text.data;
    lua_pushinteger(L, start + 1);
    lua_pushinteger(L, start + (lua_Integer)wanted.size);
    return 2;
}

/* [-0, +0, v] "%p" prints an address. */
static void refuse_addresses(lua_State *L, pv_str format) {
    for (size_t i = 0; i + 1 < format.size; i++) {
        if (format.data[i] != '%')
            continue;
        i += 1 + strspn(format.data + i + 1, "-+ #0123456789.");
        if (i < format.size && format.data[i] == 'p')
            luaL_error(L, "invalid conversion '%%p' to 'format'");
    }
}

/* [-0, +0, v] A lone percent sign in a message is the commonest slip, and reads as a conversion without its value. */
static void require_values(lua_State *L, int first, pv_str format) {
    int given = lua_gettop(L) - first;
    int asked = 0;
    for (size_t i = 0; i < format.size; i++) {
        if (format.data[i] != '%')
            continue;
        i++; /* what ends the format is its NUL */
        asked += format.data[i] != '%';
    }
    if (asked > given)
        luaL_error(L, "\"%s\" asks for more values (%d) than come with it (%d); a percent sign is written %%%%",
                   format.data, asked, given);
}

/* [-0, +0, v] Raises for a conversion that is none, or that asks for another kind of value than comes with it. */
static void require_fitting(lua_State *L, int first, pv_str format) {
    int argument = first;
    for (size_t i = 0; i + 1 < format.size; i++) {
        if (format.data[i] != '%' || format.data[++i] == '%')
            continue;
        i += strspn(format.data + i, "-+ #0123456789.");
        const char conversion = format.data[i];
        bool whole = conversion && strchr("dicoxXu", conversion);
        argument++;
        if (!whole && (!conversion || !strchr("aAeEfFgGqs", conversion)))
            luaL_error(L,
                       "\"%s\" holds %%%c, which is no conversion; %%s shows any value, %%d a whole number, and a "
                       "percent sign is written %%%%",
                       format.data, conversion ? conversion : ' ');
        bool plain = conversion == 's' || conversion == 'q';
        int number = 0;
        if (lua_type(L, argument) == LUA_TNUMBER)
            (void)lua_tointegerx(L, argument, &number);
        if (plain || (whole ? number : lua_type(L, argument) == LUA_TNUMBER))
            continue;
        luaL_error(L, "\"%s\": %%%c asks for a %snumber of Lua, and value %d is %s; %%s shows any value", format.data,
                   conversion, whole ? "whole " : "", argument - first, pv_describe(L, argument));
    }
}

/* Whether a plain conversion can print the argument at index: "%s" what is not nil, a boolean or a float, "%d" an
 * integer. */
static bool is_plain_argument(lua_State *L, int index, char conversion) {
    if (lua_isinteger(L, index))
        return conversion == 's' || conversion == 'd';
    int type = lua_type(L, index);
    return conversion == 's' && (type == LUA_TSTRING || type == LUA_TUSERDATA || type == LUA_TTABLE);
}

/* Whether the format, which Lua ends with a NUL, has no other conversions than plain ones. Nearly no message has, so
 * that it can be put together without the standard function. */
static bool is_plain_format(lua_State *L, int first, pv_str format) {
    int argument = first;
    for (size_t i = 0; i < format.size; i++) {
        if (format.data[i] != '%')
            continue;
        char conversion = format.data[++i];
        if (conversion != '%' && !is_plain_argument(L, ++argument, conversion))
            return false;
    }
    return true;
}

static void add_integer(luaL_Buffer *buffer, lua_Integer number) {
    char digits[20];
    size_t start = sizeof digits;
    lua_Unsigned rest = number < 0 ? 0 - (lua_Unsigned)number : (lua_Unsigned)number;
    do {
        digits[--start] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        luaL_addchar(buffer, '-');
    luaL_addlstring(buffer, digits + start, sizeof digits - start);
}

static void add_argument(lua_State *L, luaL_Buffer *buffer, int argument) {
    if (lua_isinteger(L, argument)) {
        add_integer(buffer, lua_tointeger(L, argument));
        return;
    }
    size_t size;
    const char *text = lua_tolstring(L, argument, &size);
    luaL_addlstring(buffer, text, size);
}

/* [-(top - first + 1), +1, m] Formats what is_plain_format; the arguments are strings and integers. */
static void format_plainly(lua_State *L, int first, pv_str format) {
    int argument = first;
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (size_t start = 0; start < format.size;) {
        const char *sign = memchr(format.data + start, '%', format.size - start);
        size_t end = sign ? (size_t)(sign - format.data) : format.size;
        luaL_addlstring(&buffer, format.data + start, end - start);
        if (sign && sign[1] == '%')
            luaL_addchar(&buffer, '%');
        else if (sign)
            add_argument(L, &buffer, ++argument);
        start = end + 2;
    }
    luaL_pushresult(&buffer);
    lua_replace(L, first);
    lua_settop(L, first);
}

/* [-0, +0, v] Makes texts of the arguments from index on that the standard function would print the address of. */
static void replace_objects(lua_State *L, int index) {
    for (; index <= lua_gettop(L); index++) {
        int type = lua_type(L, index);
        if (type != LUA_TTABLE && type != LUA_TFUNCTION && type != LUA_TUSERDATA)
            continue;
        pv_sandbox_to_string(L, index, NULL);
        lua_replace(L, index);
    }
}

void pv_sandbox_format(lua_State *L, int first) {
    pv_str format = pv_check_str(L, first);
    bool plain = is_plain_format(L, first, format);
    if (!plain) {
        MAY_RAISE(refuse_addresses(L, format));
        MAY_RAISE(require_values(L, first, format));
        MAY_RAISE(require_fitting(L, first, format));
    }
    MAY_RAISE(replace_objects(L, first + 1));
    MAY_RAISE(charge_arguments(L, first));
    if (plain) {
        format_plainly(L, first, format);
        return;
    }
    lua_pushcfunction(L, pv_runtime_of(L)->standard_format);
    lua_insert(L, first);
    lua_call(L, lua_gettop(L) - first, 1);
}

static int l_string_format(lua_State *L) {
    pv_sandbox_format(L, 1);
    return 1;
}

const luaL_Reg pv_sandbox_string_functions[] = {
    {"byte", charged},           {"char", charged},    {"find", l_string_find},
    {"format", l_string_format}, {"len", NULL},        {"lower", charged},
    {"rep", l_string_rep},       {"reverse", charged}, {"sub", charged},
    {"upper", charged},          {NULL, NULL},
};

void pv_sandbox_push_string(lua_State *L) {
    lua_newtable(L);
    add_standard(L, luaopen_string, pv_sandbox_string_functions);
    /* The wrapper keeps the standard function as its upvalue. */
    lua_getfield(L, -1, "format");
    lua_getupvalue(L, -1, 1);
    pv_runtime_of(L)->standard_format = lua_tocfunction(L, -1);
    lua_pop(L, 2);
}

/* ---- table ---- */

/* [-0, +0, v] Charges a loop over positions first to last, which may be all there are. */
static void charge_range(lua_State *L, lua_Integer first, lua_Integer last) {
    if (last >= first)
        MAY_RAISE(pv_runtime_charge(L, (size_t)last - (size_t)first));
    MAY_RAISE(pv_runtime_charge(L, 1));
}

/* [-0, +0, v] The elements after the position at index 2 are moved by one. */
static int charge_shift(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    charge_range(L, luaL_checkinteger(L, 2), luaL_len(L, 1));
    return continue_standard(L);
}

/* table.insert(list, position?, value) */
static int l_table_insert(lua_State *L) {
    return lua_gettop(L) == 3 ? charge_shift(L) : continue_standard(L);
}

/* table.remove(list, position?) */
static int l_table_remove(lua_State *L) {
    return lua_gettop(L) >= 2 ? charge_shift(L) : continue_standard(L);
}

/* table.unpack(list, first?, last?) */
static int l_table_unpack(lua_State *L) {
    lua_Integer first = luaL_optinteger(L, 2, 1);
    charge_range(L, first, lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3));
    return continue_standard(L);
}

/* table.concat(list, separator?, first?, last?): the result's size is known, and paid for, before it is built. */
static int l_table_concat(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    size_t separator = 0;
    luaL_optlstring(L, 2, "", &separator);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    lua_Integer last = lua_isnoneornil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4);
    charge_range(L, first, last); /* after this the range is short */
    uint64_t total = 0;
    for (lua_Integer number = first; number <= last; number++) {
        if (lua_geti(L, 1, number) == LUA_TSTRING)
            total += (uint64_t)lua_rawlen(L, -1);
        total += separator;
        lua_pop(L, 1);
        if (number == LUA_MAXINTEGER)
            break;
    }
    MAY_RAISE(require_size(L, total > separator ? total - separator : 0));
    return continue_standard(L);
}

static bool value_before(lua_State *L) {
    MAY_RAISE(charge_arguments(L, lua_gettop(L) - 1));
    return lua_compare(L, -1, -2, LUA_OPLT);
}

/* The order is the function at index 2. */
static bool value_before_by_function(lua_State *L) {
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    lua_call(L, 2, 1);
    bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* table.sort(list, before?): stable */
static int l_table_sort(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    bool has_order = !lua_isnoneornil(L, 2);
    if (has_order)
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_Integer count = luaL_len(L, 1);
    luaL_argcheck(L, count < INT_MAX, 1, "too many values to sort");
    MAY_RAISE(sort_values(L, 1, count, has_order ? value_before_by_function : value_before));
    return 0;
}

const luaL_Reg pv_sandbox_table_functions[] = {
    {"concat", l_table_concat}, {"insert", l_table_insert}, {"pack", NULL}, {"remove", l_table_remove},
    {"sort", l_table_sort},     {"unpack", l_table_unpack}, {NULL, NULL},
};

void pv_sandbox_push_table(lua_State *L) {
    lua_newtable(L);
    add_standard(L, luaopen_table, pv_sandbox_table_functions);
}

/* ---- math, without random numbers, and utf8 ---- */

const luaL_Reg pv_sandbox_math_functions[] = {
    {"abs", NULL},  {"ceil", NULL}, {"cos", NULL},        {"deg", NULL},  {"exp", NULL}, {"floor", NULL},
    {"fmod", NULL}, {"huge", NULL}, {"log", NULL},        {"max", NULL},  {"min", NULL}, {"maxinteger", NULL},
    {"modf", NULL}, {"pi", NULL},   {"mininteger", NULL}, {"rad", NULL},  {"sin", NULL}, {"sqrt", NULL},
    {"tan", NULL},  {"acos", NULL}, {"asin", NULL},       {"atan", NULL}, {"ult", NULL}, {"tointeger", NULL},
    {"type", NULL}, {NULL, NULL},
};

const luaL_Reg pv_sandbox_utf8_functions[] = {
    {"char", charged}, {"codepoint", charged}, {"len", charged}, {"offset", charged}, {NULL, NULL},
};

void pv_sandbox_push_math(lua_State *L) {
    lua_newtable(L);
    add_standard(L, luaopen_math, pv_sandbox_math_functions);
}

void pv_sandbox_push_utf8(lua_State *L) {
    lua_newtable(L);
    add_standard(L, luaopen_utf8, pv_sandbox_utf8_functions);
}
