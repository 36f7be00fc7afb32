#include "project/acceptance.h"

#include "model/message.h"
#include "run/ruleset.h"

/* A pack whose rules were run. */
typedef struct used_pack {
    pv_str id;
    pv_str version;
    bool put; /* into a frame already */
    struct used_pack *next;
} used_pack;

struct pv_acceptance {
    pv_library *library;
    const pv_host *host;
    pv_arena *arena;
    const pv_waivers *waivers; /* NULL: none */
    unsigned char *waiver_notes;
    pv_baseline *baseline; /* NULL: none */
    unsigned char *baseline_notes;
    used_pack *packs; /* in byte order of their ids, then versions */
};

static size_t waiver_count(const pv_acceptance *acceptance) {
    return acceptance->waivers ? acceptance->waivers->count : 0;
}

static size_t entry_count(const pv_acceptance *acceptance) {
    return acceptance->baseline ? acceptance->baseline->count : 0;
}

/* ---- reading ---- */

static bool read_no_waivers(pv_waivers **out, pv_library *library, pv_arena *arena, pv_str path, pv_str bytes,
                            pv_error *error) {
    pv_source *source;
    pv_str kept_path = pv_arena_copy(arena, path);
    pv_str kept = pv_arena_copy(arena, bytes);
    if (!kept_path.data || !kept.data)
        return pv_fail_memory(error);
    return pv_source_new(&source, arena, kept_path, kept, pv_library_limits(library), error) &&
           pv_waivers_none(out, arena, source, error);
}

bool pv_acceptance_read_waivers(const pv_waivers **out, const pv_document **document, pv_library *library,
                                pv_arena *arena, pv_str path, pv_str bytes, pv_fault *fault) {
    pv_error error = {0};
    pv_waivers *waivers = NULL;
    *document = NULL;
    if (pv_holds_nothing(bytes)) {
        if (!read_no_waivers(&waivers, library, arena, path, bytes, &error))
            return pv_fail_input(fault, arena, path, NULL, &error);
    } else if (!pv_library_read_yaml(library, path, bytes, document, fault)) {
        return false;
    } else if (!pv_waivers_read(&waivers, arena, *document, &error)) {
        return pv_fail_input(fault, arena, path, (*document)->source, &error);
    }
    *out = waivers;
    return true;
}

static bool open_waivers(pv_acceptance *acceptance, pv_str path, pv_fault *fault) {
    const pv_document *document;
    pv_buf bytes = pv_buf_on(pv_library_memory(acceptance->library));
    pv_error error = {0};
    bool read =
        pv_host_read(acceptance->host, &bytes, path, pv_library_limits(acceptance->library)->source_bytes, &error)
            ? pv_acceptance_read_waivers(&acceptance->waivers, &document, acceptance->library, acceptance->arena, path,
                                         pv_buf_str(&bytes), fault)
            : pv_fail_input(fault, acceptance->arena, path, NULL, &error);
    pv_buf_clear(&bytes);
    if (!read || waiver_count(acceptance) == 0 || pv_library_as_of(acceptance->library))
        return read;
    *fault = (pv_fault){
        .kind = PV_FAULT_INPUT,
        .path = acceptance->waivers->source->path,
        .message = PV_STR("waivers hold until a day; say the day to judge by with --as-of, written like 2024-09-30"),
    };
    return false;
}

/* Whether nothing else that the baseline holds, before or after the entries from first to end, is of a file that is
 * called as theirs but for the ending. */
static bool is_only_one_called(const pv_baseline *baseline, size_t first, size_t end, pv_str stem) {
    for (size_t i = first; i > 0 && pv_str_starts_with(baseline->entries[i - 1].path, stem); i--)
        if (pv_str_equal(pv_path_stem(baseline->entries[i - 1].path), stem))
            return false;
    for (size_t i = end; i < baseline->count && pv_str_starts_with(baseline->entries[i].path, stem); i++)
        if (pv_str_equal(pv_path_stem(baseline->entries[i].path), stem))
            return false;
    return true;
}

/* The one file in the folder of path, whose names these are, that is called as path but for the ending; of no data
 * where there are several: which of them it is, nobody can say. */
static pv_str other_ending(pv_arena *arena, const pv_folder_names *names, pv_str path) {
    const size_t folder = path.size - pv_path_name(path).size;
    const pv_str stem = pv_path_stem(pv_path_name(path));
    pv_str only = {0};
    for (size_t i = 0; i < names->count; i++) {
        if (!pv_str_equal(pv_path_stem(names->names[i]), stem))
            continue;
        if (only.data)
            return (pv_str){0};
        only = names->names[i];
    }
    return only.data ? pv_arena_format(arena, "%.*s%.*s", PV_STR_ARG(pv_str_slice(path, 0, folder)), PV_STR_ARG(only))
                     : only;
}

/* What the baseline holds of a file that is not there any more is held to be of the same filing in another format,
 * where one file alone can be that. Told from what is there, and not from what is checked: so it is the same for every
 * run, and a finding of one file never hides another's. */
static bool follow_formats(pv_acceptance *acceptance, pv_error *error) {
    pv_baseline *baseline = acceptance->baseline;
    pv_str *called = PV_NEW_ARRAY(acceptance->arena, pv_str, baseline->count);
    pv_folder_names names = {0};
    pv_str listed = {0};
    if (!called)
        return pv_fail_memory(error);
    for (size_t i = 0, end; i < baseline->count; i = end) {
        const pv_str path = baseline->entries[i].path;
        const pv_str folder = pv_path_folder(path);
        for (end = i; end < baseline->count && pv_str_equal(baseline->entries[end].path, path); end++)
            called[end] = path;
        if (pv_path_stem(path).size == path.size || pv_host_exists(acceptance->host, path) ||
            !is_only_one_called(baseline, i, end, pv_path_stem(path)))
            continue;
        pv_error ignored = {0};
        if (!pv_str_equal(listed, folder)) {
            listed = folder;
            names = (pv_folder_names){0};
            if (!pv_host_is_folder(acceptance->host, folder) ||
                !acceptance->host->list(acceptance->host->payload, acceptance->arena, folder, &names, &ignored))
                names = (pv_folder_names){0};
        }
        const pv_str other = other_ending(acceptance->arena, &names, path);
        for (size_t k = i; k < end && other.data; k++)
            called[k] = other;
    }
    pv_baseline_rename(baseline, called);
    return true;
}

static bool open_baseline(pv_acceptance *acceptance, pv_str path, pv_fault *fault) {
    const pv_document *document;
    pv_error error = {0};
    if (!pv_host_read_json(acceptance->host, acceptance->library, acceptance->arena, path, &document, fault))
        return false;
    return (pv_baseline_read(&acceptance->baseline, acceptance->arena, document, &error) &&
            follow_formats(acceptance, &error)) ||
           pv_fail_input(fault, acceptance->arena, path, document->source, &error);
}

/* One set of notes for each of count things; a acceptance without them has an empty one. */
static bool new_notes(pv_acceptance *acceptance, unsigned char **notes, size_t count) {
    *notes = pv_arena_alloc(acceptance->arena, count);
    return *notes != NULL;
}

bool pv_acceptance_open(pv_acceptance **out, pv_library *library, const pv_host *host, pv_str waivers, pv_str baseline,
                        pv_fault *fault) {
    *out = NULL;
    if (waivers.size == 0 && baseline.size == 0)
        return true;
    pv_acceptance *acceptance = pv_memory_new(pv_library_memory(library), sizeof *acceptance);
    *out = acceptance;
    if (acceptance) {
        acceptance->library = library;
        acceptance->host = host;
        acceptance->arena = pv_arena_new(pv_library_memory(library));
    }
    pv_fail_no_memory(fault);
    if (!acceptance || !acceptance->arena)
        return false;
    return (waivers.size == 0 || open_waivers(acceptance, waivers, fault)) &&
           (baseline.size == 0 || open_baseline(acceptance, baseline, fault)) &&
           new_notes(acceptance, &acceptance->waiver_notes, acceptance->waivers ? acceptance->waivers->count : 0) &&
           new_notes(acceptance, &acceptance->baseline_notes, acceptance->baseline ? acceptance->baseline->count : 0);
}

void pv_acceptance_free(pv_acceptance *acceptance) {
    if (!acceptance)
        return;
    pv_memory *memory = pv_library_memory(acceptance->library);
    pv_arena_free(acceptance->arena);
    pv_memory_free(memory, acceptance, sizeof *acceptance);
}

const pv_baseline *pv_acceptance_baseline(const pv_acceptance *acceptance) {
    return acceptance ? acceptance->baseline : NULL;
}

const unsigned char *pv_acceptance_baseline_notes(const pv_acceptance *acceptance) {
    return acceptance ? acceptance->baseline_notes : NULL;
}

/* ---- a submission ---- */

static bool note_pack(pv_acceptance *acceptance, pv_str id, pv_str version, pv_error *error) {
    used_pack **link = &acceptance->packs;
    for (; *link; link = &(*link)->next) {
        int order = pv_str_compare((*link)->id, id);
        order = order ? order : pv_str_compare((*link)->version, version);
        if (order == 0)
            return true;
        if (order > 0)
            break;
    }
    used_pack *added = PV_NEW(acceptance->arena, used_pack);
    if (!added)
        return pv_fail_memory(error);
    *added =
        (used_pack){.id = pv_arena_copy(acceptance->arena, id), .version = pv_arena_copy(acceptance->arena, version)};
    added->next = *link;
    *link = added;
    return (added->id.data && added->version.data) || pv_fail_memory(error);
}

bool pv_acceptance_apply(pv_acceptance *acceptance, pv_checked *checked, const pv_pack *pack,
                         const pv_run_options *options, pv_error *error) {
    if (!acceptance)
        return true;
    pv_str path = checked->source->path;
    const pv_manifest *manifest = pack->manifest;
    if (acceptance->waivers && acceptance->waivers->count > 0) {
        pv_waivers_note_rules(acceptance->waivers, pack->ruleset, acceptance->waiver_notes);
        if (!pv_waivers_apply(acceptance->waivers, *pv_library_as_of(acceptance->library), path, &checked->results,
                              acceptance->waiver_notes, checked->arena, error))
            return false;
    }
    return !acceptance->baseline ||
           (note_pack(acceptance, manifest->id, manifest->version, error) &&
            pv_baseline_apply(acceptance->baseline, path, options->rule_pattern, pv_rule_may_be_refused(pack->ruleset),
                              &checked->results, acceptance->baseline_notes, checked->arena, error));
}

/* ---- between processes ---- */

static void put_notes(pv_buf *frame, unsigned char *notes, size_t count) {
    size_t noted = 0;
    for (size_t i = 0; i < count; i++)
        noted += notes[i] != 0;
    pv_frame_put_number(frame, noted);
    for (size_t i = 0; i < count; i++) {
        if (notes[i] == 0)
            continue;
        pv_frame_put_number(frame, i);
        pv_frame_put_number(frame, notes[i]);
        notes[i] = 0;
    }
}

static bool take_notes(pv_str *frame, unsigned char *notes, size_t count, pv_error *error) {
    uint64_t noted;
    if (!pv_frame_take_number(frame, &noted, error))
        return false;
    for (; noted > 0; noted--) {
        uint64_t index;
        uint64_t note;
        if (!pv_frame_take_number(frame, &index, error) || !pv_frame_take_number(frame, &note, error))
            return false;
        if (index >= count)
            return pv_fail(error, PV_ERROR_IO, "a worker process sent a note on nothing");
        notes[index] |= (unsigned char)note;
    }
    return true;
}

void pv_acceptance_put(pv_acceptance *acceptance, pv_buf *frame) {
    size_t new_packs = 0;
    if (!acceptance)
        return;
    put_notes(frame, acceptance->waiver_notes, waiver_count(acceptance));
    put_notes(frame, acceptance->baseline_notes, entry_count(acceptance));
    for (const used_pack *pack = acceptance->packs; pack; pack = pack->next)
        new_packs += !pack->put;
    pv_frame_put_number(frame, new_packs);
    for (used_pack *pack = acceptance->packs; pack; pack = pack->next) {
        if (pack->put)
            continue;
        pv_frame_put_text(frame, pack->id);
        pv_frame_put_text(frame, pack->version);
        pack->put = true;
    }
}

bool pv_acceptance_take(pv_acceptance *acceptance, pv_str *frame, pv_error *error) {
    uint64_t packs;
    if (!acceptance)
        return true;
    if (!take_notes(frame, acceptance->waiver_notes, waiver_count(acceptance), error) ||
        !take_notes(frame, acceptance->baseline_notes, entry_count(acceptance), error) ||
        !pv_frame_take_number(frame, &packs, error))
        return false;
    for (; packs > 0; packs--) {
        pv_str id;
        pv_str version;
        if (!pv_frame_take_text(frame, &id, error) || !pv_frame_take_text(frame, &version, error) ||
            !note_pack(acceptance, id, version, error))
            return false;
    }
    return true;
}

/* ---- the end ---- */

static bool all_rules_exist(const pv_acceptance *acceptance) {
    for (size_t i = 0; i < waiver_count(acceptance); i++)
        if (!(acceptance->waiver_notes[i] & PV_WAIVER_RULE_EXISTS))
            return false;
    return true;
}

/* A rule that no pack used so far has may be another pack's. Whether all there are were looked at. */
static bool look_into_all_packs(pv_acceptance *acceptance, pv_pack_store *packs) {
    bool all = packs && !pv_pack_store_has_only(packs);
    for (size_t i = 0; all && !all_rules_exist(acceptance) && i < pv_pack_store_count(packs); i++) {
        pv_fault ignored;
        const pv_pack *pack = pv_pack_store_at(packs, i, &ignored);
        all = pack && !pv_rule_may_be_refused(pack->ruleset);
        if (pack)
            pv_waivers_note_rules(acceptance->waivers, pack->ruleset, acceptance->waiver_notes);
    }
    return all;
}

/* Of all packs; each has been opened before. */
static const pv_rule *nearest_rule(void *payload, pv_str id) {
    pv_pack_store *packs = payload;
    const pv_rule *nearest = NULL;
    for (size_t i = 0; i < pv_pack_store_count(packs); i++) {
        pv_fault ignored;
        const pv_pack *pack = pv_pack_store_at(packs, i, &ignored);
        const pv_rule *near = pack ? pv_rule_nearest(pack->ruleset, id) : NULL;
        const pv_str rivals[] = {nearest ? nearest->id : PV_STR(""), near ? near->id : PV_STR("")};
        if (near && (!nearest || pv_suggest(id, rivals, 2) == 1))
            nearest = near;
    }
    return nearest;
}

/* Paths are said from any folder on, so that one is looked for from that of the waivers' file and those above it. */
static bool is_somewhere(const pv_acceptance *acceptance, pv_str folder) {
    pv_str base = pv_host_canonical(acceptance->host, acceptance->arena, acceptance->waivers->source->path);
    while (base.size > 1) {
        base = pv_path_folder(base);
        pv_str path = pv_path_join(acceptance->arena, base, folder);
        if (path.data && pv_host_is_folder(acceptance->host, path))
            return true;
    }
    return base.size == 0; /* where that file lies is not known */
}

/* What is misspelt names no folder. */
static void note_nowhere(pv_acceptance *acceptance) {
    const unsigned char near = PV_WAIVER_COVERED | PV_WAIVER_NEARBY;
    for (size_t i = 0; i < waiver_count(acceptance); i++) {
        pv_str folder = pv_waiver_folder(&acceptance->waivers->list[i]);
        if (!(acceptance->waiver_notes[i] & near) && folder.size > 0 && !is_somewhere(acceptance, folder))
            acceptance->waiver_notes[i] |= PV_WAIVER_NOWHERE;
    }
}

static bool report_waivers(pv_acceptance *acceptance, const pv_acceptance_end *end, const pv_summary *summary,
                           pv_error *error) {
    const pv_date *as_of = pv_library_as_of(acceptance->library);
    const pv_waivers_run run = {
        .as_of = as_of ? *as_of : (pv_date){0},
        .options = end->options,
        .whole = end->options->rule_pattern.size == 0 && summary->faults == 0 && summary->not_checked == 0,
        .in_folder = end->in_folder,
        .all_packs = look_into_all_packs(acceptance, end->packs),
        .nearest = nearest_rule,
        .payload = end->packs,
    };
    pv_results results;
    note_nowhere(acceptance);
    if (!pv_waivers_judge(&results, acceptance->arena, acceptance->waivers, acceptance->waiver_notes, &run, error))
        return false;
    pv_str title = pv_arena_format(acceptance->arena, "Waivers (%.*s)", PV_STR_ARG(acceptance->waivers->source->path));
    const pv_report_input input = {.source = acceptance->waivers->source, .results = &results, .title = title};
    if (!title.data)
        return pv_fail_memory(error);
    return results.verdict_count == 0 || end->report(end->payload, &input, error);
}

static const pv_baseline_pack *find_pack(const pv_baseline *baseline, pv_str id) {
    for (size_t i = 0; i < baseline->pack_count; i++)
        if (pv_str_equal(baseline->packs[i].id, id))
            return &baseline->packs[i];
    return NULL;
}

static pv_str describe_pack(pv_acceptance *acceptance, const used_pack *used) {
    const pv_baseline_pack *made = find_pack(acceptance->baseline, used->id);
    if (!made)
        return pv_arena_format(acceptance->arena, "it was made without the pack %.*s, which this run used",
                               PV_STR_ARG(used->id));
    return pv_arena_format(acceptance->arena, "it was made with %.*s %.*s; this run used %.*s %.*s",
                           PV_STR_ARG(made->id), PV_STR_ARG(made->version), PV_STR_ARG(used->id),
                           PV_STR_ARG(used->version));
}

static bool is_as_made(const pv_baseline *baseline, const used_pack *used) {
    for (size_t i = 0; i < baseline->pack_count; i++)
        if (pv_str_equal(baseline->packs[i].id, used->id) && pv_str_equal(baseline->packs[i].version, used->version))
            return true;
    return false;
}

/* Whether it is about other files, or calls these otherwise. */
static bool meets_nothing(const pv_acceptance *acceptance) {
    for (size_t i = 0; i < acceptance->baseline->count; i++)
        if (acceptance->baseline_notes[i] & PV_BASELINE_COVERED)
            return false;
    return acceptance->baseline->count > 0;
}

/* Findings of files that are not there any more: nothing else would say that they are never met. */
static pv_str describe_gone(pv_acceptance *acceptance) {
    const pv_baseline *baseline = acceptance->baseline;
    pv_str first = {0};
    pv_str path = {0};
    bool gone = false;
    size_t count = 0;
    for (size_t i = 0; i < baseline->count; i++) {
        bool same = pv_str_equal(path, baseline->entries[i].path);
        path = baseline->entries[i].path;
        gone = same ? gone : !pv_str_equal(path, PV_STANDARD_INPUT) && !pv_host_exists(acceptance->host, path);
        if (gone && !(acceptance->baseline_notes[i] & PV_BASELINE_COVERED) && count++ == 0)
            first = path;
    }
    if (count == 0)
        return (pv_str){0};
    return pv_arena_format(
        acceptance->arena,
        "%zu of its findings %s of files that are not there, as %.*s; 'baseline --prune' takes %s out", count,
        count == 1 ? "is" : "are", PV_STR_ARG(first), count == 1 ? "it" : "them");
}

static bool note_packs(pv_acceptance *acceptance, pv_report_baseline *entry, pv_error *error) {
    size_t most = 2; /* and on the paths */
    for (const used_pack *pack = acceptance->packs; pack; pack = pack->next)
        most++;
    pv_str *notes = PV_NEW_ARRAY(acceptance->arena, pv_str, most);
    if (!notes)
        return pv_fail_memory(error);
    entry->notes = notes;
    if (meets_nothing(acceptance))
        notes[entry->note_count++] =
            PV_STR("none of its findings is of a file that was checked; paths are said as they "
                   "were when it was made: run from the same folder");
    else if ((notes[entry->note_count] = describe_gone(acceptance)).data)
        entry->note_count++;
    for (const used_pack *pack = acceptance->packs; pack; pack = pack->next) {
        if (is_as_made(acceptance->baseline, pack))
            continue;
        notes[entry->note_count] = describe_pack(acceptance, pack);
        if (!notes[entry->note_count++].data)
            return pv_fail_memory(error);
    }
    return true;
}

static bool report_baseline(pv_acceptance *acceptance, const pv_acceptance_end *end, pv_summary *summary,
                            pv_error *error) {
    const pv_baseline *baseline = acceptance->baseline;
    const pv_verdict_entry **fixed = PV_NEW_ARRAY(acceptance->arena, const pv_verdict_entry *, baseline->count);
    pv_report_baseline entry = {.path = baseline->source->path, .fixed = fixed};
    if (!fixed || !note_packs(acceptance, &entry, error))
        return pv_fail_memory(error);
    for (size_t i = 0; i < baseline->count; i++)
        if (pv_baseline_is_fixed(acceptance->baseline_notes[i]))
            fixed[entry.fixed_count++] = &baseline->entries[i];
    summary->fixed = entry.fixed_count;
    const pv_results none = {.mode = end->options->mode, .fail_on = end->options->fail_on};
    const pv_report_input input = {.source = baseline->source, .results = &none, .baseline = &entry};
    return end->report(end->payload, &input, error);
}

bool pv_acceptance_report(pv_acceptance *acceptance, const pv_acceptance_end *end, pv_summary *summary,
                          pv_error *error) {
    if (!acceptance)
        return true;
    return (!acceptance->waivers || report_waivers(acceptance, end, summary, error)) &&
           (!acceptance->baseline || report_baseline(acceptance, end, summary, error));
}
