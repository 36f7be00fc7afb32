#include "project/collections.h"

#include "model/message.h"

/* The submissions of one pack. */
typedef struct pack_collection {
    const pv_pack *pack;
    pv_collection *collection;
    struct pack_collection *next;
} pack_collection;

struct pv_collections {
    pv_collections_setting setting;
    pv_arena *arena;
    pack_collection *first; /* in the order in which the packs were met */
    pack_collection *last;
    pv_reader reader;
    pv_buf frame; /* an outline; then the bytes of one that is read again */
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
    *collections = (pv_collections){.setting = *setting, .arena = arena, .frame = pv_buf_on(memory)};
    *out = collections;
    return pv_reader_init(&collections->reader, pv_project_library(setting->project), pv_project_host(setting->project),
                          NULL, error);
}

void pv_collections_free(pv_collections *collections) {
    if (!collections)
        return;
    pv_memory *memory = pv_library_memory(pv_project_library(collections->setting.project));
    pv_reader_clear(&collections->reader);
    pv_buf_clear(&collections->frame);
    pv_arena_free(collections->arena);
    pv_memory_free(memory, collections, sizeof *collections);
}

/* ---- reading again ---- */

static bool fail_reading(const pv_fault *fault, pv_str path, pv_error *error) {
    if (fault->code == PV_ERROR_MEMORY)
        return pv_fail_memory(error);
    return pv_fail(error, PV_ERROR_REFUSED, "%s cannot be read again: %.*s", pv_message_quote(path).text,
                   PV_STR_ARG(fault->message));
}

static bool read_again(void *payload, pv_str path, pv_str bytes, const pv_submission **out, pv_error *error) {
    pv_collections *collections = payload;
    pv_reader *reader = &collections->reader;
    pv_fault fault = {0};
    pv_profile *profile = pv_project_profile_of(collections->setting.project, path, &fault);
    if (!profile || !pv_project_open_packs(collections->setting.project, profile, &fault))
        return fail_reading(&fault, path, error);
    pv_buf_reset(&collections->frame);
    pv_buf_append(&collections->frame, bytes);
    if (collections->frame.failed)
        return pv_fail_memory(error);
    reader->packs = profile->packs;
    reader->given = bytes.data ? &collections->frame : NULL;
    if (pv_reader_read(reader, &(pv_file){.path = path}) != PV_READ_DONE)
        return fail_reading(&reader->fault, path, error);
    *out = reader->checked.submission;
    return true;
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
    added->collection->reader = (pv_collection_reader){collections, read_again};
    if (collections->last)
        collections->last->next = added;
    else
        collections->first = added;
    collections->last = added;
    return added;
}

static bool is_wanted(const pv_collections *collections, const pv_pack *pack) {
    return pv_run_needs_collection(pack, collections->setting.run->rule_pattern);
}

static void put_outline(const pv_collections *collections, const pv_submission *submission, pv_buf *frame) {
    pv_str path = submission->source->path;
    pv_outline_put(frame, submission, !pv_project_can_read_again(collections->setting.project, path));
}

static bool keep_outline(pv_collections *collections, const pv_pack *pack, const pv_submission *submission,
                         pv_error *error) {
    pack_collection *of_pack = collection_of(collections, pack, error);
    pv_buf_reset(&collections->frame);
    put_outline(collections, submission, &collections->frame);
    if (collections->frame.failed)
        return pv_fail_memory(error);
    pv_str outline = pv_buf_str(&collections->frame);
    return of_pack && pv_collection_add_outline(of_pack->collection, &outline, error);
}

static bool keep(pv_collections *collections, const pv_pack *pack, const pv_submission *submission, pv_error *error) {
    if (!is_wanted(collections, pack))
        return true;
    pv_meter *meter = pv_library_meter(pv_project_library(collections->setting.project));
    const pv_phase before = pv_meter_enter(meter, PV_PHASE_TOGETHER);
    bool kept = keep_outline(collections, pack, submission, error);
    (void)pv_meter_enter(meter, before);
    return kept;
}

bool pv_collections_put(const pv_collections *collections, const pv_pack *pack, const pv_submission *submission,
                        pv_buf *frame) {
    if (!is_wanted(collections, pack))
        return false;
    pv_frame_put_text(frame, submission->source->path);
    pv_frame_put_text(frame, pack->form->id);
    put_outline(collections, submission, frame);
    return true;
}

bool pv_collections_take(pv_collections *collections, pv_str *frame, pv_error *error) {
    pv_project *project = collections->setting.project;
    pv_fault fault = {0};
    pv_str path;
    pv_str form;
    if (!pv_frame_take_text(frame, &path, error) || !pv_frame_take_text(frame, &form, error))
        return false;
    pv_profile *profile = pv_project_profile_of(project, path, &fault);
    const pv_pack *pack = profile && pv_project_open_packs(project, profile, &fault)
                              ? pv_pack_store_for_form(profile->packs, form, &fault)
                              : NULL;
    if (!pack)
        return fail_reading(&fault, path, error);
    pack_collection *of_pack = collection_of(collections, pack, error);
    return of_pack && pv_collection_add_outline(of_pack->collection, frame, error);
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

/* ---- judging ---- */

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
    bool done = true;
    for (const pack_collection *each = collections->first; done && each; each = each->next) {
        pv_arena *arena = pv_arena_new(pv_library_memory(pv_project_library(collections->setting.project)));
        done = arena ? judge(collections, each, arena, listener, error) : pv_fail_memory(error);
        pv_arena_free(arena);
    }
    return done;
}
