#include "cli/together.h"

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

struct pv_together {
    pv_together_setting setting;
    pv_arena *arena;
    pack_collection *first; /* in the order in which the packs were met */
    pack_collection *last;
    noted_file *first_noted; /* in the order of the files */
    noted_file *last_noted;
    const pv_listener *listener;
};

bool pv_together_new(pv_together **out, const pv_together_setting *setting, pv_error *error) {
    pv_memory *memory = pv_library_memory(setting->library);
    pv_together *together = pv_memory_new(memory, sizeof *together);
    pv_arena *arena = pv_arena_new(memory);
    if (!together || !arena) {
        pv_memory_free(memory, together, sizeof *together);
        pv_arena_free(arena);
        return pv_fail_memory(error);
    }
    *together = (pv_together){.setting = *setting, .arena = arena};
    *out = together;
    return true;
}

void pv_together_free(pv_together *together) {
    if (!together)
        return;
    pv_memory *memory = pv_library_memory(together->setting.library);
    pv_arena_free(together->arena);
    pv_memory_free(memory, together, sizeof *together);
}

/* ---- keeping ---- */

static pack_collection *collection_of(pv_together *together, const pv_pack *pack, pv_error *error) {
    for (pack_collection *known = together->first; known; known = known->next)
        if (known->pack == pack)
            return known;
    pack_collection *added = PV_NEW(together->arena, pack_collection);
    if (!added) {
        pv_fail_memory(error);
        return NULL;
    }
    added->pack = pack;
    if (!pv_collection_new(&added->collection, together->arena, pack->form, error))
        return NULL;
    if (together->last)
        together->last->next = added;
    else
        together->first = added;
    together->last = added;
    return added;
}

static bool keep(pv_together *together, const pv_pack *pack, const pv_submission *submission, pv_error *error) {
    if (!pv_run_needs_collection(pack, together->setting.run->rule_pattern))
        return true;
    pack_collection *of_pack = collection_of(together, pack, error);
    return of_pack && pv_collection_add(of_pack->collection, submission, error);
}

static bool hear_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    const pv_listener *listener = ((pv_together *)payload)->listener;
    return listener->skipped(listener->payload, path, why, error);
}

static bool hear_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    const pv_listener *listener = ((pv_together *)payload)->listener;
    return listener->fault(listener->payload, fault, of_submission, error);
}

static bool hear_submission(void *payload, const pv_report_input *input, pv_error *error) {
    pv_together *together = payload;
    const pv_listener *listener = together->listener;
    return listener->submission(listener->payload, input, error) &&
           (!input->submission || keep(together, input->pack, input->submission, error));
}

pv_listener pv_together_listener(pv_together *together, const pv_listener *listener) {
    together->listener = listener;
    return (pv_listener){
        .payload = together,
        .skipped = hear_skipped,
        .fault = hear_fault,
        .submission = hear_submission,
    };
}

bool pv_together_note(pv_together *together, pv_str path, pv_error *error) {
    noted_file *noted = PV_NEW(together->arena, noted_file);
    pv_str copy = pv_arena_format(together->arena, "%.*s", PV_STR_ARG(path)); /* ends with a NUL, as files want it */
    if (!noted || !copy.data)
        return pv_fail_memory(error);
    noted->file.path = copy;
    if (together->last_noted)
        together->last_noted->next = noted;
    else
        together->first_noted = noted;
    together->last_noted = noted;
    return true;
}

/* ---- judging ---- */

static bool read_again(pv_together *together, pv_reader *reader, const pv_file *file, const pv_listener *listener,
                       pv_error *error) {
    pv_fault fault;
    pv_profiles *profiles = together->setting.profiles;
    pv_profile *profile = pv_profiles_of(profiles, file->path, &fault);
    if (!profile || !pv_profiles_open_packs(profiles, profile, &fault))
        return listener->fault(listener->payload, &fault, false, error);
    reader->packs = profile->packs;
    if (pv_reader_read(reader, file) == PV_READ_DONE)
        return keep(together, reader->pack, reader->checked.submission, error);
    return listener->fault(listener->payload, &reader->fault, false, error);
}

/* A file that could be read before and cannot be now leaves the collection incomplete: nothing can be concluded of it. */
static bool read_noted(pv_together *together, const pv_listener *listener, pv_error *error) {
    pv_reader reader;
    bool done = pv_reader_init(&reader, together->setting.library, NULL, error);
    for (const noted_file *noted = together->first_noted; done && noted; noted = noted->next)
        done = read_again(together, &reader, &noted->file, listener, error);
    pv_reader_clear(&reader);
    return done;
}

static bool judge(const pv_together *together, const pack_collection *of_pack, pv_arena *arena,
                  const pv_listener *listener, pv_error *error) {
    const pv_together_setting *setting = &together->setting;
    pv_checked all = {.library = setting->library, .arena = arena, .source = of_pack->collection->source};
    if (!pv_run_check_collection(&all.results, arena, of_pack->pack, of_pack->collection, setting->run, error) ||
        !pv_gate_pass(setting->gate, &all, of_pack->pack, setting->run, error))
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

bool pv_together_judge(pv_together *together, const pv_listener *listener, pv_error *error) {
    bool done = read_noted(together, listener, error);
    for (const pack_collection *each = together->first; done && each; each = each->next) {
        pv_arena *arena = pv_arena_new(pv_library_memory(together->setting.library));
        done = arena ? judge(together, each, arena, listener, error) : pv_fail_memory(error);
        pv_arena_free(arena);
    }
    return done;
}
