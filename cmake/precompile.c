/* Compiles the Lua files that the build knows, for bindings/lua/host/precompiled.h: precompile OUTPUT HEADER FILE…
 * It runs when the project is built, with the Lua that the project is built with. Of each file OUTPUT holds the text
 * and what Lua's compiler makes of it, in two parts: what stands before the chunk's name and what stands behind it, for
 * the name is known only when the chunk is loaded. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

/* Shorter than what Lua writes in two bytes, and found nowhere else. */
#define NAME "=the name of the chunk"

typedef struct bytes {
    char *data;
    size_t size;
} bytes;

static void give_up(const char *file, const char *why) {
    (void)fprintf(stderr, "precompile: %s: %s\n", file, why);
    exit(EXIT_FAILURE);
}

static bytes read_file(const char *path) {
    bytes out = {0};
    FILE *file = fopen(path, "rb");
    char block[1 << 16];
    size_t size = 0;
    if (!file)
        give_up(path, "cannot be opened");
    while (file && (size = fread(block, 1, sizeof block, file)) > 0) {
        char *larger = realloc(out.data, out.size + size);
        if (!larger)
            give_up(path, "out of memory");
        out.data = larger;
        memcpy(out.data + out.size, block, size);
        out.size += size;
    }
    if (!file || ferror(file))
        give_up(path, "cannot be read");
    (void)fclose(file);
    return out;
}

static int add_bytes(lua_State *L, const void *part, size_t size, void *data) {
    bytes *out = data;
    char *larger = realloc(out->data, out->size + size);
    (void)L;
    if (!larger)
        return 1;
    out->data = larger;
    memcpy(out->data + out->size, part, size);
    out->size += size;
    return 0;
}

/* Where the name of the chunk stands, with the byte that tells its length; there is to be one such place. */
static size_t find_name(const char *path, bytes code) {
    const size_t length = sizeof NAME - 1;
    size_t found = 0;
    for (size_t at = 1; at + length <= code.size; at++) {
        if (memcmp(code.data + at, NAME, length) != 0)
            continue;
        if (found > 0 || (unsigned char)code.data[at - 1] != (0x80 | (length + 1)))
            give_up(path, "this Lua writes names in a way that is not known");
        found = at - 1;
    }
    if (found == 0)
        give_up(path, "this Lua does not write the name of a chunk");
    return found;
}

/* As a string of C, three digits for what is not plain. */
static void write_bytes(FILE *out, const char *what, size_t number, const char *data, size_t size) {
    (void)fprintf(out, "static const char %s_%zu[] =\n    \"", what, number);
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)data[i];
        if (byte >= ' ' && byte < 127 && byte != '"' && byte != '\\' && byte != '?')
            (void)fputc(byte, out);
        else
            (void)fprintf(out, "\\%03o", byte);
        if (i % 100 == 99)
            (void)fputs("\"\n    \"", out);
    }
    (void)fputs("\";\n", out);
}

/* A file that does not compile is left to be compiled, and complained of, when it is loaded. */
static int compile_file(lua_State *L, FILE *out, const char *path, size_t number) {
    bytes text = read_file(path);
    bytes code = {0};
    const int compiles = luaL_loadbufferx(L, text.data, text.size, NAME, "t") == LUA_OK;
    if (compiles) {
        if (lua_dump(L, add_bytes, &code, 0) != 0)
            give_up(path, "out of memory");
        const size_t name = find_name(path, code);
        const size_t behind = name + sizeof NAME;
        write_bytes(out, "text", number, text.data, text.size);
        write_bytes(out, "before", number, code.data, name);
        write_bytes(out, "behind", number, code.data + behind, code.size - behind);
    }
    lua_settop(L, 0);
    free(text.data);
    free(code.data);
    return compiles;
}

int main(int count, char **arguments) {
    FILE *out = count > 3 ? fopen(arguments[1], "wb") : NULL;
    lua_State *L = luaL_newstate();
    char *compiled = calloc((size_t)count + 1, 1);
    if (!out || !L || !compiled) {
        (void)fputs("usage: precompile OUTPUT HEADER FILE…\n", stderr);
        return EXIT_FAILURE;
    }
    (void)fprintf(out, "#include \"%s\"\n\n", arguments[2]);
    for (int i = 3; i < count; i++)
        compiled[i] = (char)compile_file(L, out, arguments[i], (size_t)i);
    (void)fputs("static const pv_precompiled_chunk chunks[] = {\n", out);
    for (int i = 3; i < count; i++)
        if (compiled[i])
            (void)fprintf(
                out,
                "    {text_%d, sizeof text_%d - 1, before_%d, sizeof before_%d - 1, behind_%d, sizeof behind_%d - "
                "1},\n",
                i, i, i, i, i, i);
    (void)fputs("    {0},\n};\n\n", out);
    (void)fprintf(out, "const pv_precompiled pv_precompiled_files = {\"%s\", chunks};\n", lua_ident);
    lua_close(L);
    free(compiled);
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
