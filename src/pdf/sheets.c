/* SPDX-License-Identifier: MIT */
#include "pdf/sheets.h"

#include "base/datadir.h"
#include "base/file.h"
#include "base/utf8.h"

#define CSS_MOST (4u << 20)

static bool add_own(struct sheet *sh, str name, struct arena *a,
                    struct diag *dg)
{
    str css;

    if (!data_read(name, a, &css, dg))
        return false;
    sheet_add(sh, css, name, SHEET_OWN, dg);
    return true;
}

static bool add_user(struct sheet *sh, str path, struct arena *a,
                     struct diag *dg)
{
    struct utf8_report seen;
    str css;

    if (file_read(path, CSS_MOST, a, &css) != FILE_OK) {
        diag_add(dg, DIAG_SETTING_BAD, path, 0, "cannot read this style sheet");
        return false;
    }
    sheet_add(sh, utf8_clean(css, a, &seen), path, SHEET_USER, dg);
    return true;
}

static int32_t mp_of_mm(double mm)
{
    return (int32_t)(mm * 72000 / 25.4 + 0.5);
}

struct sheet *sheets_read(const struct settings *set, struct arena *a,
                          struct diag *dg)
{
    struct sheet *sh = sheet_new(a);

    if (!add_own(sh, S("styles/book.css"), a, dg) ||
        !add_own(sh, S("styles/print.css"), a, dg))
        return NULL;
    for (size_t i = 0; i < set->css.n; i++)
        if (!add_user(sh, set->css.v[i], a, dg))
            return NULL;
    sheet_finish(sh, mp_of_mm(set->page_width), mp_of_mm(set->page_height), dg);
    return sh;
}
