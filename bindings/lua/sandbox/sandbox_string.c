/* string: standard functions charged by the bytes they touch; ours where a length or a search must be bounded first. Lua
 * patterns are not offered: they backtrack without a limit. */
#include <lualib.h>
#include <string.h>

#include "lua/sandbox/sandbox.h"

void pv_sandbox_require_size(lua_State *L, uint64_t size) {
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
        lua_pushliteral(L, "");
        return 1;
    }
    uint64_t most = pv_runtime_of(L)->limits.lua_string_bytes / unit + 1;
    MAY_RAISE(pv_sandbox_require_size(L, (uint64_t)count > most ? UINT64_MAX : (uint64_t)count * unit - separator));
    return pv_sandbox_continue_standard(L);
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
    text.data = luaL_checklstring(L, 1, &text.size);
    wanted.data = luaL_checklstring(L, 2, &wanted.size);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    if (!lua_toboolean(L, 4) && looks_like_pattern(wanted))
        return luaL_error(L, "find looks for plain text; use pattern [[…]] and text:find for \"%s\"", wanted.data);
    if (first < 0)
        first = first < -(lua_Integer)text.size ? 1 : (lua_Integer)text.size + first + 1;
    size_t from = first > 0 ? (size_t)first - 1 : 0;
    const char *found = from <= text.size ? find_plain(L, text, from, wanted) : NULL;
    if (!found) {
        lua_pushnil(L);
        return 1;
    }
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

/* Whether a plain conversion can print the argument at index: "%s" what is not nil, a boolean or a float, "%d" an integer. */
static bool is_plain_argument(lua_State *L, int index, char conversion) {
    if (lua_isinteger(L, index))
        return conversion == 's' || conversion == 'd';
    int type = lua_type(L, index);
    return conversion == 's' && (type == LUA_TSTRING || type == LUA_TUSERDATA || type == LUA_TTABLE);
}

/* Whether the format, which Lua ends with a NUL, has no other conversions than plain ones. Nearly no message has, so that it
 * can be put together without the standard function. */
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
    pv_str format;
    format.data = luaL_checklstring(L, first, &format.size);
    bool plain = is_plain_format(L, first, format);
    if (!plain) {
        MAY_RAISE(refuse_addresses(L, format));
        MAY_RAISE(require_values(L, first, format));
    }
    MAY_RAISE(replace_objects(L, first + 1));
    MAY_RAISE(pv_sandbox_charge_arguments(L, first));
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
    {"byte", pv_sandbox_charged},
    {"char", pv_sandbox_charged},
    {"find", l_string_find},
    {"format", l_string_format},
    {"len", NULL},
    {"lower", pv_sandbox_charged},
    {"rep", l_string_rep},
    {"reverse", pv_sandbox_charged},
    {"sub", pv_sandbox_charged},
    {"upper", pv_sandbox_charged},
    {NULL, NULL},
};

void pv_sandbox_push_string(lua_State *L) {
    lua_newtable(L);
    pv_sandbox_add_standard(L, luaopen_string, pv_sandbox_string_functions);
    /* The wrapper keeps the standard function as its upvalue. */
    lua_getfield(L, -1, "format");
    lua_getupvalue(L, -1, 1);
    pv_runtime_of(L)->standard_format = lua_tocfunction(L, -1);
    lua_pop(L, 2);
}
