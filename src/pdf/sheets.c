/* SPDX-License-Identifier: MIT */
#include "pdf/sheets.h"

#include <stdlib.h>

#include "base/datadir.h"
#include "base/file.h"
#include "base/utf8.h"

#define CSS_MOST (4u << 20)

/* Of settings that no book has any more. */
#define SHEETS_KEPT 4

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

/* Leaves `sheet` NULL where one of them is missing. */
static void read_sheets(struct sheets *s, const struct settings *set)
{
    struct arena *a = &s->arena;
    struct diag *dg = &s->said;
    struct sheet *sh = sheet_new(a);

    if (!add_own(sh, S("styles/book.css"), a, dg) ||
        !add_own(sh, S("styles/print.css"), a, dg))
        return;
    for (size_t i = 0; i < set->css.n; i++)
        if (!add_user(sh, arena_dup(a, set->css.v[i]), a, dg))
            return;
    sheet_finish(sh, mp_of_mm(set->page_width), mp_of_mm(set->page_height), dg);
    s->sheet = sh;
}

static void *make_sheets(str key, const void *set)
{
    struct sheets *s = calloc(1, sizeof *s);

    (void)key;
    if (!s)
        die("out of memory");
    arena_init(&s->arena);
    diag_init(&s->said, &s->arena);
    read_sheets(s, set);
    return s;
}

static void free_sheets(void *thing)
{
    struct sheets *s = thing;

    arena_done(&s->arena);
    free(s);
}

static const struct shelf_kind sheets_kind = { make_sheets, free_sheets,
                                               SHEETS_KEPT };

struct shelf *sheets_new(void)
{
    return shelf_new(&sheets_kind);
}

struct sheets *sheets_take(struct shelf *shelf, const struct settings *set,
                           struct diag *dg)
{
    struct buf key = { 0 };

    buf_printf(&key, "%d %d", (int)mp_of_mm(set->page_width),
               (int)mp_of_mm(set->page_height));
    for (size_t i = 0; i < set->css.n; i++)
        file_put_version(set->css.v[i], &key);
    struct sheets *s = shelf_take(shelf, buf_str(&key), set);
    buf_done(&key);
    diag_repeat(dg, &s->said);
    if (s->sheet)
        return s;
    shelf_give_back(shelf, s);
    return NULL;
}
