#include "project/collections.h"

/* The submissions of one pack. */
typedef struct pack_collection {
    const pv_pack *pack;
    pv_collection *collection;
    struct pack_collection *next;
} pack_collection;

/* A file to be read again. */
typedef struct noted_file {
    pv_file file;
    struct noted_file *next;
} noted_file;

struct pv_collections {
    pv_collections_setting setting;
    pv_arena *arena;
    pack_collection *first; /* in the order in which the packs were met */
    pack_collection *last;
    noted_file *first_noted; /* in the order of the files */
    noted_file *last_noted;
    const pv_listener *listener;
};

bool pv_collections_new(pv_collections **out, const pv_collections_setting *setting, pv_error *error) {
    pv_memory *memory = pv_library_memory(pv_project_library(setting->project));
    pv_collections *collections = pv_memory_new(memory, sizeof *collections);
    pv_arena *arena = pv_arena_new(memory);
    if (!collections || !arena) {
        pv_memory_free(memory, collections, sizeof *collections);
        pv_arena_free(arena);
        return pv_fail_memory(error);
    }
    *collections = (pv_collections){.setting = *setting, .arena = arena};
    *out = collections;
    return true;
}

void pv_collections_free(pv_collections *collections) {
    if (!collections)
        return;
    pv_memory *memory = pv_library_memory(pv_project_library(collections->setting.project));
    pv_arena_free(collections->arena);
    pv_memory_free(memory, collections, sizeof *collections);
}

/* ---- keeping ---- */

static pack_collection *collection_of(pv_collections *collections, const pv_pack *pack, pv_error *error) {
    for (pack_collection *known = collections->first; known; known = known->next)
        if (known->pack == pack)
            return known;
    pack_collection *added = PV_NEW(collections->arena, pack_collection);
    if (!added) {
        pv_fail_memory(error);
        return NULL;
    }
    added->pack = pack;
    if (!pv_collection_new(&added->collection, collections->arena, pack->form, error))
        return NULL;
    if (collections->last)
        collections->last->next = added;
    else
        collections->first = added;
    collections->last = added;
    return added;
}

static bool keep(pv_collections *collections, const pv_pack *pack, const pv_submission *submission, pv_error *error) {
    if (!pv_run_needs_collection(pack, collections->setting.run->rule_pattern))
        return true;
    pv_meter *meter = pv_library_meter(pv_project_library(collections->setting.project));
    const pv_phase before = pv_meter_enter(meter, PV_PHASE_TOGETHER);
    pack_collection *of_pack = collection_of(collections, pack, error);
    bool kept = of_pack && pv_collection_add(of_pack->collection, submission, error);
    (void)pv_meter_enter(meter, before);
    return kept;
}

static bool pass_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    const pv_listener *listener = ((pv_collections *)payload)->listener;
    return listener->skipped(listener->payload, path, why, error);
}

static bool pass_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    const pv_listener *listener = ((pv_collections *)payload)->listener;
    return listener->fault(listener->payload, fault, of_submission, error);
}

static bool keep_submission(void *payload, const pv_report_input *input, pv_error *error) {
    pv_collections *collections = payload;
    const pv_listener *listener = collections->listener;
    return listener->submission(listener->payload, input, error) &&
           (!input->submission || keep(collections, input->pack, input->submission, error));
}

pv_listener pv_collections_listener(pv_collections *collections, const pv_listener *listener) {
    collections->listener = listener;
    return (pv_listener){
        .payload = collections,
        .skipped = pass_skipped,
        .fault = pass_fault,
        .submission = keep_submission,
    };
}

bool pv_collections_note(pv_collections *collections, pv_str path, pv_error *error) {
    noted_file *noted = PV_NEW(collections->arena, noted_file);
    pv_str copy = pv_arena_format(collections->arena, "%.*s", PV_STR_ARG(path)); /* ends with a NUL, as files want it */
    if (!noted || !copy.data)
        return pv_fail_memory(error);
    noted->file.path = copy;
    if (collections->last_noted)
        collections->last_noted->next = noted;
    else
        collections->first_noted = noted;
    collections->last_noted = noted;
    return true;
}

/* ---- judging ---- */

static bool read_again(pv_collections *collections, pv_reader *reader, const pv_file *file, const pv_listener *listener,
                       pv_error *error) {
    pv_fault fault;
    pv_project *project = collections->setting.project;
    pv_profile *profile = pv_project_profile_of(project, file->path, &fault);
    if (!profile || !pv_project_open_packs(project, profile, &fault))
        return listener->fault(listener->payload, &fault, false, error);
    reader->packs = profile->packs;
    if (pv_reader_read(reader, file) == PV_READ_DONE)
        return keep(collections, reader->pack, reader->checked.submission, error);
    return listener->fault(listener->payload, &reader->fault, false, error);
}

/* A file that could be read before and cannot be now leaves the collection incomplete: nothing can be concluded of
 * it. */
static bool read_noted(pv_collections *collections, const pv_listener *listener, pv_error *error) {
    pv_reader reader;
    bool done = pv_reader_init(&reader, pv_project_library(collections->setting.project),
                               pv_project_host(collections->setting.project), NULL, error);
    for (const noted_file *noted = collections->first_noted; done && noted; noted = noted->next)
        done = read_again(collections, &reader, &noted->file, listener, error);
    pv_reader_clear(&reader);
    return done;
}

static bool judge(const pv_collections *collections, const pack_collection *of_pack, pv_arena *arena,
                  const pv_listener *listener, pv_error *error) {
    const pv_collections_setting *setting = &collections->setting;
    pv_checked all = {
        .library = pv_project_library(setting->project), .arena = arena, .source = of_pack->collection->source};
    if (!pv_run_check_collection(&all.results, arena, of_pack->pack, of_pack->collection, setting->run, error) ||
        !pv_acceptance_apply(setting->acceptance, &all, of_pack->pack, setting->run, error))
        return false;
    for (size_t i = 0; i < all.results.fault_count; i++)
        if (!listener->fault(listener->payload, &all.results.faults[i], true, error))
            return false;
    const pv_report_input input = {
        .source = of_pack->collection->source,
        .pack = of_pack->pack,
        .results = &all.results,
        .title = pv_arena_format(arena, "%zu submission%s together: %.*s", of_pack->collection->count,
                                 of_pack->collection->count == 1 ? "" : "s", PV_STR_ARG(of_pack->pack->form->title)),
    };
    return input.title.data ? listener->submission(listener->payload, &input, error) : pv_fail_memory(error);
}

bool pv_collections_judge(pv_collections *collections, const pv_listener *listener, pv_error *error) {
    bool done = read_noted(collections, listener, error);
    for (const pack_collection *each = collections->first; done && each; each = each->next) {
        pv_arena *arena = pv_arena_new(pv_library_memory(pv_project_library(collections->setting.project)));
        done = arena ? judge(collections, each, arena, listener, error) : pv_fail_memory(error);
        pv_arena_free(arena);
    }
    return done;
}
