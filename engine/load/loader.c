#include "load/loader_p.h"

#include "load/glimpse_p.h"

/* The first reads what no other recognises. */
static const pv_loader *const loaders[] = {&pv_yaml_loader, &pv_csv_loader, &pv_docx_loader,      &pv_office_loader,
                                           &pv_xlsx_loader, &pv_pdf_loader, &pv_plain_text_loader};
#define LOADER_COUNT (sizeof loaders / sizeof *loaders)

static bool has_ending(pv_str path, pv_str ending) {
    return path.size >= ending.size &&
           pv_str_equal_ascii_folded(pv_str_slice(path, path.size - ending.size, path.size), ending);
}

static bool names_its_file(const pv_loader *loader, pv_str path) {
    for (size_t i = 0; i < loader->ending_count; i++)
        if (has_ending(path, loader->endings[i]))
            return true;
    return false;
}

const pv_loader *pv_loader_by_name(pv_str path) {
    for (size_t i = 0; i < LOADER_COUNT; i++)
        if (names_its_file(loaders[i], path))
            return loaders[i];
    return NULL;
}

static bool is_form(void *payload, pv_str key, pv_str value, bool is_key) {
    bool *found = payload;
    *found = is_key && value.data && pv_str_equal(key, PV_STR("form"));
    return true;
}

/* A text that begins by naming its form is no document, whatever its file is called. */
static bool begins_with_form(pv_str bytes, pv_arena *scratch) {
    bool found = false;
    return pv_glimpse_yaml(bytes, scratch, is_form, &found) && found;
}

const pv_loader *pv_loader_for(pv_str path, pv_str bytes, pv_arena *scratch, const pv_limits *limits) {
    for (size_t i = 0; i < LOADER_COUNT; i++)
        if (names_its_file(loaders[i], path))
            return loaders[i] == &pv_plain_text_loader && begins_with_form(bytes, scratch) ? loaders[0] : loaders[i];
    for (size_t i = 0; i < LOADER_COUNT; i++)
        if (loaders[i]->recognises && loaders[i]->recognises(path, bytes, scratch, limits))
            return loaders[i];
    return loaders[0];
}

bool pv_loader_glimpse(pv_arena *scratch, pv_str bytes, pv_key_judge judge, void *payload) {
    for (size_t i = 0; i < LOADER_COUNT; i++)
        if (loaders[i]->glimpse(bytes, scratch, judge, payload))
            return true;
    return false;
}

pv_str pv_loader_patterns(pv_arena *arena) {
    pv_str all = PV_STR("");
    for (size_t i = 0; i < LOADER_COUNT && all.data; i++)
        for (size_t k = 0; !loaders[i]->is_document && k < loaders[i]->ending_count && all.data; k++)
            all = pv_arena_format(arena, "%.*s%s*%.*s", PV_STR_ARG(all), all.size > 0 ? ", " : "",
                                  PV_STR_ARG(loaders[i]->endings[k]));
    return all;
}

pv_str pv_loader_titles(pv_arena *arena) {
    pv_str all = PV_STR("");
    for (size_t i = 0; i < LOADER_COUNT && all.data; i++)
        if (!loaders[i]->is_document)
            all = pv_arena_format(arena, "%.*s%s%.*s", PV_STR_ARG(all), all.size > 0 ? " nor " : "",
                                  PV_STR_ARG(loaders[i]->title));
    return all;
}
