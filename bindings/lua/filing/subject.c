#include "lua/filing/filing.h"

void pv_push_subject(lua_State *L, const pv_subject *subject) {
    switch (subject->kind) {
    case PV_SUBJECT_SECTION:
        pv_push_section(L, subject->section);
        break;
    case PV_SUBJECT_MEASURE:
        pv_push_measure(L, subject->measure);
        break;
    case PV_SUBJECT_RESPONSE:
        pv_push_response(L, subject->response);
        break;
    case PV_SUBJECT_RECORD:
        pv_push_record(L, subject->record);
        break;
    case PV_SUBJECT_PAIR:
        pv_push_pair(L, subject->pair);
        break;
    case PV_SUBJECT_COLLECTION:
        pv_push_collection(L);
        break;
    case PV_SUBJECT_SUBMISSION:
        pv_push_submission(L);
        break;
    }
}
