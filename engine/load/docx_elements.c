/* Which elements of a Word document mean something here; all others are looked through. */
#include "load/docx_walk_p.h"

typedef struct element_name {
    pv_str name;
    pv_docx_element element;
} element_name;

/* Of the namespace of Word; sorted. */
static const element_name names[] = {
    {PV_STR("altChunk"), PV_DOCX_ELEMENT_ALT_CHUNK},
    {PV_STR("br"), PV_DOCX_ELEMENT_BR},
    {PV_STR("cellDel"), PV_DOCX_ELEMENT_CELL_DEL},
    {PV_STR("cellIns"), PV_DOCX_ELEMENT_CELL_INS},
    {PV_STR("checkBox"), PV_DOCX_ELEMENT_CHECK_BOX},
    {PV_STR("checked"), PV_DOCX_ELEMENT_FORM_CHOICE},
    {PV_STR("comment"), PV_DOCX_ELEMENT_COMMENT},
    {PV_STR("commentRangeEnd"), PV_DOCX_ELEMENT_COMMENT_END},
    {PV_STR("commentRangeStart"), PV_DOCX_ELEMENT_COMMENT_START},
    {PV_STR("commentReference"), PV_DOCX_ELEMENT_COMMENT_MARK},
    {PV_STR("cr"), PV_DOCX_ELEMENT_CR},
    {PV_STR("ddList"), PV_DOCX_ELEMENT_DROP_DOWN},
    {PV_STR("default"), PV_DOCX_ELEMENT_FORM_DEFAULT},
    {PV_STR("del"), PV_DOCX_ELEMENT_DEL},
    {PV_STR("delInstrText"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("delText"), PV_DOCX_ELEMENT_DEL_TEXT},
    {PV_STR("endnote"), PV_DOCX_ELEMENT_ENDNOTE},
    {PV_STR("endnotePr"), PV_DOCX_ELEMENT_ENDNOTE_LOOK},
    {PV_STR("endnoteReference"), PV_DOCX_ELEMENT_ENDNOTE_MARK},
    {PV_STR("fldChar"), PV_DOCX_ELEMENT_FIELD_CHAR},
    {PV_STR("footerReference"), PV_DOCX_ELEMENT_FOOTER_MARK},
    {PV_STR("footnote"), PV_DOCX_ELEMENT_FOOTNOTE},
    {PV_STR("footnotePr"), PV_DOCX_ELEMENT_FOOTNOTE_LOOK},
    {PV_STR("footnoteReference"), PV_DOCX_ELEMENT_FOOTNOTE_MARK},
    {PV_STR("framePr"), PV_DOCX_ELEMENT_FRAME},
    {PV_STR("gridBefore"), PV_DOCX_ELEMENT_GRID_BEFORE},
    {PV_STR("gridSpan"), PV_DOCX_ELEMENT_GRID_SPAN},
    {PV_STR("headerReference"), PV_DOCX_ELEMENT_HEADER_MARK},
    {PV_STR("ilvl"), PV_DOCX_ELEMENT_ILVL},
    {PV_STR("ins"), PV_DOCX_ELEMENT_INS},
    {PV_STR("instrText"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("lastRenderedPageBreak"), PV_DOCX_ELEMENT_RENDERED_BREAK},
    {PV_STR("listEntry"), PV_DOCX_ELEMENT_LIST_ENTRY},
    {PV_STR("moveFrom"), PV_DOCX_ELEMENT_DEL},
    {PV_STR("moveTo"), PV_DOCX_ELEMENT_INS},
    {PV_STR("noBreakHyphen"), PV_DOCX_ELEMENT_HYPHEN},
    {PV_STR("numFmt"), PV_DOCX_ELEMENT_NUMBER_FORMAT},
    {PV_STR("numId"), PV_DOCX_ELEMENT_NUM_ID},
    {PV_STR("object"), PV_DOCX_ELEMENT_OBJECT},
    {PV_STR("outlineLvl"), PV_DOCX_ELEMENT_OUTLINE},
    {PV_STR("p"), PV_DOCX_ELEMENT_P},
    {PV_STR("pPr"), PV_DOCX_ELEMENT_PARAGRAPH_LOOK},
    {PV_STR("pPrChange"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("pStyle"), PV_DOCX_ELEMENT_PARAGRAPH_STYLE},
    {PV_STR("pageBreakBefore"), PV_DOCX_ELEMENT_PAGE_BREAK},
    {PV_STR("ptab"), PV_DOCX_ELEMENT_TAB},
    {PV_STR("r"), PV_DOCX_ELEMENT_R},
    {PV_STR("rPr"), PV_DOCX_ELEMENT_RUN_LOOK},
    {PV_STR("rPrChange"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("rStyle"), PV_DOCX_ELEMENT_RUN_STYLE},
    {PV_STR("result"), PV_DOCX_ELEMENT_FORM_CHOICE},
    {PV_STR("rt"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("sdt"), PV_DOCX_ELEMENT_SDT},
    {PV_STR("sdtContent"), PV_DOCX_ELEMENT_SDT_CONTENT},
    {PV_STR("sdtPr"), PV_DOCX_ELEMENT_SDT_LOOK},
    {PV_STR("sectPrChange"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("showingPlcHdr"), PV_DOCX_ELEMENT_PLACEHOLDER},
    {PV_STR("subDoc"), PV_DOCX_ELEMENT_ALT_CHUNK},
    {PV_STR("sym"), PV_DOCX_ELEMENT_SYMBOL},
    {PV_STR("t"), PV_DOCX_ELEMENT_T},
    {PV_STR("tab"), PV_DOCX_ELEMENT_TAB},
    {PV_STR("tabs"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("tbl"), PV_DOCX_ELEMENT_TABLE},
    {PV_STR("tblGridChange"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("tblPrChange"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("tblPrExChange"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("tc"), PV_DOCX_ELEMENT_TC},
    {PV_STR("tcPr"), PV_DOCX_ELEMENT_TC_LOOK},
    {PV_STR("tcPrChange"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("tr"), PV_DOCX_ELEMENT_TR},
    {PV_STR("trPr"), PV_DOCX_ELEMENT_TR_LOOK},
    {PV_STR("trPrChange"), PV_DOCX_ELEMENT_SKIPPED},
    {PV_STR("txbxContent"), PV_DOCX_ELEMENT_BOX},
    {PV_STR("vMerge"), PV_DOCX_ELEMENT_V_MERGE},
    {PV_STR("vanish"), PV_DOCX_ELEMENT_VANISH},
};
#define NAME_COUNT (sizeof names / sizeof *names)

pv_docx_element pv_docx_element_of(pv_xml_name name) {
    if (name.space == PV_XML_M)
        return pv_str_equal(name.local, PV_STR("t")) ? PV_DOCX_ELEMENT_T : PV_DOCX_ELEMENT_OTHER;
    if (name.space == PV_XML_MC)
        return pv_str_equal(name.local, PV_STR("AlternateContent")) ? PV_DOCX_ELEMENT_ALTERNATE
               : pv_str_equal(name.local, PV_STR("Choice"))         ? PV_DOCX_ELEMENT_CHOICE
               : pv_str_equal(name.local, PV_STR("Fallback"))       ? PV_DOCX_ELEMENT_FALLBACK
                                                                    : PV_DOCX_ELEMENT_OTHER;
    if (name.space == PV_XML_A || name.space == PV_XML_V)
        return name.space == PV_XML_V && pv_str_equal(name.local, PV_STR("textpath")) ? PV_DOCX_ELEMENT_LETTERING
               : pv_str_equal(name.local, PV_STR("blip")) || pv_str_equal(name.local, PV_STR("imagedata"))
                   ? PV_DOCX_ELEMENT_PICTURE
               : pv_str_equal(name.local, PV_STR("graphicData")) ? PV_DOCX_ELEMENT_GRAPHIC
                                                                 : PV_DOCX_ELEMENT_OTHER;
    if (name.space != PV_XML_W)
        return PV_DOCX_ELEMENT_OTHER;
    size_t low = 0;
    size_t high = NAME_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = pv_str_compare(names[middle].name, name.local);
        if (order == 0)
            return names[middle].element;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return PV_DOCX_ELEMENT_OTHER;
}
