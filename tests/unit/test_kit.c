/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pdf/fontstore.h"
#include "pdf/kit.h"
#include "pdf/sheets.h"
#include "tempdir.h"

struct fixture {
    struct arena a;
    struct diag dg;
    struct kit *kit;
    str dir;
};

static int set_up(void **state)
{
    struct fixture *fx = calloc(1, sizeof *fx);

    arena_init(&fx->a);
    diag_init(&fx->dg, &fx->a);
    fx->kit = kit_new();
    fx->dir = tempdir_new(&fx->a);
    *state = fx;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fx = *state;

    kit_free(fx->kit);
    tempdir_sweep(fx->dir, true);
    arena_done(&fx->a);
    free(fx);
    return 0;
}

static str put_file(struct fixture *fx, const char *name, const char *text)
{
    str path = arena_printf(&fx->a, "%s/%s", fx->dir.p, name);

    write_file(path.p, str_of(text));
    return path;
}

/* Takes what SET asks for and gives it back at once; another book may have it
 * then. */
static const struct sheets *sheets_of(struct fixture *fx, struct settings *set)
{
    struct sheets *s = sheets_take(fx->kit->sheets, set, &fx->dg);

    shelf_give_back(fx->kit->sheets, s);
    return s;
}

static unsigned count(struct diag *dg)
{
    unsigned n = 0;

    for (const struct diag_item *it = dg->first; it; it = it->next)
        n++;
    diag_init(dg, dg->arena);
    return n;
}

static void test_sheets(void **state)
{
    struct fixture *fx = *state;
    struct settings set;

    settings_init(&set, &fx->a);
    const struct sheets *plain = sheets_of(fx, &set);
    assert_non_null(plain);
    assert_ptr_equal(sheets_of(fx, &set), plain);
    set.page_width = 100;
    assert_ptr_not_equal(sheets_of(fx, &set), plain);
    set.page_width = 0;
    assert_ptr_equal(sheets_of(fx, &set), plain);
    assert_int_equal(count(&fx->dg), 0);

    *vec_push(&set.css, &fx->a) = put_file(fx, "a.css", "p { flooat: no }");
    const struct sheets *own = sheets_of(fx, &set);
    assert_ptr_not_equal(own, plain);
    unsigned n = count(&fx->dg);
    assert_true(n > 0);
    assert_ptr_equal(sheets_of(fx, &set), own);
    assert_int_equal(count(&fx->dg), n); /* said to each book */
    put_file(fx, "a.css", "p { color: red }");
    assert_non_null(sheets_of(fx, &set));
    assert_int_equal(count(&fx->dg), 0); /* read again */
    set.css.v[0] = S("/nowhere/a.css");
    assert_null(sheets_of(fx, &set));
    assert_null(sheets_of(fx, &set));
    assert_int_equal(count(&fx->dg), 2);
}

static const struct fontstore *store_of(struct fixture *fx,
                                        const struct str_vec *dirs)
{
    struct fontstore *st = fontstores_take(fx->kit->fonts, dirs);

    shelf_give_back(fx->kit->fonts, st);
    return st;
}

static void test_fonts(void **state)
{
    struct fixture *fx = *state;
    struct str_vec none = { 0 }, own = { 0 };

    *vec_push(&own, &fx->a) = fx->dir;
    const struct fontstore *st = store_of(fx, &none);
    assert_ptr_equal(store_of(fx, &none), st);
    const struct fontstore *ours = store_of(fx, &own);
    assert_ptr_not_equal(ours, st);
    /* A folder without fonts is a mistake. */
    const struct diag_item *empty = fontstore_said(ours)->first;
    assert_non_null(empty);
    assert_int_equal(empty->code, DIAG_FONT_BROKEN);
    assert_null(empty->next);
    put_file(fx, "new.ttf", "no font");
    ours = store_of(fx, &own);
    assert_int_equal(fontstore_said(ours)->first->code, DIAG_FONT_BROKEN);
    assert_non_null(fontstore_said(ours)->first->next);
    assert_ptr_equal(store_of(fx, &own), ours);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = { TEST(test_sheets), TEST(test_fonts) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
