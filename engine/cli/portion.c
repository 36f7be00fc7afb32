#include "cli/portion.h"

static size_t at_most(size_t number, size_t limit) {
    return number < limit ? number : limit;
}

pv_portion pv_portion_of(size_t worker, size_t workers, size_t files) {
    return (pv_portion){.at = at_most(worker * PV_SLICE_FILES, files), .workers = workers, .files = files};
}

bool pv_portion_is_done(const pv_portion *portion) {
    return portion->at >= portion->files;
}

static size_t slice_end(const pv_portion *portion) {
    return at_most((portion->at / PV_SLICE_FILES + 1) * PV_SLICE_FILES, portion->files);
}

size_t pv_portion_end(const pv_portion *portion) {
    return portion->at < portion->singly_until ? portion->at + 1 : slice_end(portion);
}

void pv_portion_step(pv_portion *portion) {
    size_t end = pv_portion_end(portion);
    bool slice_over = end == slice_end(portion);
    portion->at = at_most(slice_over ? end + (portion->workers - 1) * PV_SLICE_FILES : end, portion->files);
}

bool pv_portion_narrow(pv_portion *portion) {
    size_t end = pv_portion_end(portion);
    if (end - portion->at == 1)
        return false;
    portion->singly_until = end;
    return true;
}
