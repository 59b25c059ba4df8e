/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/file.h"
#include "book/post.h"
#include "pdf/document.h"
#include "pdf/shape.h"
#include "pdf_objects.h"
#include "tempdir.h"

/* Chapters are made by hand: rules for ink, so that no font is needed. */
struct press {
    struct arena a;
    struct diag dg;
    struct fontset *fs;
    struct shaper *shaper;
    struct packer *packer;
    struct document *doc;
    str dir, path;
};

static int press_init(void **state)
{
    struct press *p = calloc(1, sizeof *p);
    struct str_vec none = { 0 };

    arena_init(&p->a);
    diag_init(&p->dg, &p->a);
    p->fs = fontset_open(&none, &p->dg);
    p->shaper = p->fs ? shaper_new(p->fs) : NULL;
    p->packer = packer_new();
    p->dir = tempdir_new(&p->a);
    p->path = arena_printf(&p->a, "%s/a.pdf", p->dir.p);
    fclose(fopen(p->path.p, "w"));
    p->doc = document_new(&(struct document_options){
        .width = 400000,
        .height = 600000,
        .left = 50000,
        .top = 60000,
        .title = S("Tea & <Time>"),
        .author = S("Ann"),
        .language = S("ko"),
        .path = p->path.p,
        .identifier = S("urn:x"),
        .creator = S("test"),
        .modified = 1704164645,
        .fonts = p->fs,
        .shaper = p->shaper,
    });
    *state = p;
    return 0;
}

static int press_done(void **state)
{
    struct press *p = *state;

    document_free(p->doc);
    packer_free(p->packer);
    shaper_free(p->shaper);
    fontset_close(p->fs);
    tempdir_sweep(p->dir, true);
    arena_done(&p->a);
    free(p);
    return 0;
}

static struct laid_chapter *chapter(struct press *p, uint32_t index)
{
    struct laid_chapter *lc = arena_new(&p->a, struct laid_chapter);
    struct chapter *c = arena_new(&p->a, struct chapter);
    struct post *post = arena_new(&p->a, struct post);

    post->index = index;
    c->lang_tag = S("ko");
    if (index != UINT32_MAX)
        c->post = post;
    lc->chapter = c;
    vec_push(&lc->structure, &p->a);
    vec_push(&lc->structure, &p->a)->role = ROLE_SECT;
    return lc;
}

static uint32_t elem(struct press *p, struct laid_chapter *lc,
                     enum struct_role role, uint32_t parent)
{
    struct struct_elem *e = vec_push(&lc->structure, &p->a);

    e->role = role;
    e->parent = parent;
    return (uint32_t)lc->structure.n - 1;
}

static void add_page(struct press *p, struct laid_chapter *lc)
{
    struct page *page = vec_push(&lc->pages, &p->a);

    page->opens_chapter = lc->pages.n == 1;
}

static struct item *put(struct press *p, struct laid_chapter *lc,
                        enum item_kind kind, uint32_t in)
{
    struct item *it = vec_push(&lc->pages.v[lc->pages.n - 1].items, &p->a);

    *it = (struct item){ .kind = kind,
                         .struct_elem = in,
                         .x = 1000,
                         .y = 20000,
                         .w = 5000,
                         .h = 1000,
                         .post = UINT32_MAX };
    return it;
}

static struct packed_chapter *pack(struct press *p, struct laid_chapter *lc,
                                   uint32_t first_mcid)
{
    return pack_chapter(p->packer, lc,
                        &(struct pack_options){ .first_mcid = first_mcid },
                        &p->a, &p->dg);
}

/* The file, finished, and its dictionaries. */
static str finish(struct press *p)
{
    str out = { 0 };

    assert_true(document_finish(p->doc, p->path, &p->dg));
    assert_int_equal(file_read(p->path, 1 << 24, &p->a, &out), FILE_OK);
    return with_objects(out, &p->a);
}

static bool has(str s, const char *part)
{
    return str_find(s, str_of(part)) != STR_NONE;
}

static void kids_come_in_order(void **state)
{
    struct press *p = *state;
    struct laid_chapter *lc = chapter(p, 0);
    uint32_t one = elem(p, lc, ROLE_P, 1), empty = elem(p, lc, ROLE_P, 1);
    uint32_t two = elem(p, lc, ROLE_P, 1);

    add_page(p, lc);
    put(p, lc, ITEM_RULE, two);
    put(p, lc, ITEM_RULE, 0);
    put(p, lc, ITEM_RULE, one);
    add_page(p, lc);
    put(p, lc, ITEM_RULE, two);
    const struct packed_chapter *pc = pack(p, lc, 0);
    assert_false(pc->elems[empty].used);
    const struct packed_kid *k = &pc->kids.v[pc->elems[1].first];
    assert_int_equal(k->value, two);
    k = &pc->kids.v[k->next];
    assert_int_equal(k->value, one);
    assert_int_equal(k->next, 0);
    k = &pc->kids.v[pc->elems[two].first];
    assert_int_equal(k->kind, KID_MCID);
    assert_int_equal(k->page, 0);
    k = &pc->kids.v[k->next];
    assert_int_equal(k->page, 1);
    assert_int_equal(pc->pages[0].n_elems, 2);
    assert_int_equal(pc->pages[0].elems[0], two);
    document_add_chapter(p->doc, pc, SECTION_BODY);
    str pdf = finish(p);
    assert_true(has(pdf, "/S/Document"));
    assert_true(has(pdf, "/S/Sect"));
    assert_true(has(pdf, "<</Type/MCR/Pg"));
}

static void empty_cells_keep_their_place(void **state)
{
    struct press *p = *state;
    struct laid_chapter *lc = chapter(p, 0);
    uint32_t table = elem(p, lc, ROLE_TABLE, 1);
    uint32_t row = elem(p, lc, ROLE_TR, table);
    uint32_t cells[4];

    for (int i = 0; i < 4; i++)
        cells[i] = elem(p, lc, ROLE_TD, row);
    add_page(p, lc);
    put(p, lc, ITEM_RULE, cells[2]);
    put(p, lc, ITEM_RULE, cells[0]);
    const struct packed_chapter *pc = pack(p, lc, 0);
    uint32_t k = pc->elems[row].first;
    for (int i = 0; i < 4; i++, k = pc->kids.v[k].next)
        assert_int_equal(pc->kids.v[k].value, cells[i]);
    assert_int_equal(k, 0);
}

static void front_matter_comes_first(void **state)
{
    struct press *p = *state;
    struct laid_chapter *body = chapter(p, 3), *front = chapter(p, UINT32_MAX);
    struct document_place place;

    add_page(p, body);
    put(p, body, ITEM_RULE, elem(p, body, ROLE_P, 1));
    add_page(p, body);
    put(p, body, ITEM_ANCHOR, 0)->text = S("intro");
    add_page(p, front);
    put(p, front, ITEM_RULE, 0);
    document_begin_part(p->doc, S("2018"));
    assert_int_equal(
        document_add_chapter(p->doc, pack(p, body, 0), SECTION_BODY), 0);
    assert_int_equal(
        document_add_chapter(p->doc, pack(p, front, 0), SECTION_FRONT), 2);
    assert_int_equal(document_page_count(p->doc), 3);
    assert_true(str_eq(document_folio(p->doc, 1, &p->a), S("2")));
    assert_true(str_eq(document_folio(p->doc, 2, &p->a), S("i")));
    assert_true(document_find_anchor(p->doc, 3, S("intro"), &place));
    assert_int_equal(place.page, 1);
    assert_int_equal(place.y, 80000);
    assert_true(document_find_anchor(p->doc, 3, S("other"), &place));
    assert_int_equal(place.page, 0);
    assert_int_equal(place.y, 60000);
    assert_false(document_find_anchor(p->doc, 4, S(""), &place));
    str pdf = finish(p);
    assert_true(has(pdf, "/PageLabels<</Nums[0<</S/r>>1<</S/D>>]>>"));
    assert_true(has(pdf, "/S/Part"));
    assert_true(has(pdf, "/T(2018)"));
}

static void links_find_their_targets(void **state)
{
    struct press *p = *state;
    struct laid_chapter *lc = chapter(p, 0);
    uint32_t link = elem(p, lc, ROLE_LINK, 1);

    add_page(p, lc);
    put(p, lc, ITEM_RULE, link);
    put(p, lc, ITEM_LINK, link)->text = S("https://example.org/a(b)");
    put(p, lc, ITEM_LINK, 0)->post = 0;
    document_add_chapter(p->doc, pack(p, lc, 0), SECTION_BODY);
    str pdf = finish(p);
    assert_true(has(pdf, "/URI(https://example.org/a\\(b\\))"));
    assert_true(has(pdf, "/Rect[51 519 56 520]"));
    assert_true(has(pdf, "/StructParent 1"));
    assert_true(has(pdf, "<</Type/OBJR/Pg"));
    assert_true(has(pdf, "/XYZ null 540 null]"));
}

static void chapters_share_a_page(void **state)
{
    struct press *p = *state;
    struct laid_chapter *one = chapter(p, 0), *two = chapter(p, 1);
    struct document_place place;

    add_page(p, one);
    put(p, one, ITEM_RULE, elem(p, one, ROLE_P, 1));
    add_page(p, two);
    two->pages.v[0].opens_chapter = false;
    put(p, two, ITEM_RULE, elem(p, two, ROLE_P, 1))->y = 300000;
    document_add_chapter(p->doc, pack(p, one, 0), SECTION_BODY);
    assert_int_equal(document_next_mcid(p->doc), 1);
    const struct packed_chapter *pc = pack(p, two, 1);
    assert_int_equal(pc->kids.v[pc->elems[2].first].value, 1);
    assert_int_equal(document_continue_chapter(p->doc, pc), 0);
    assert_int_equal(document_page_count(p->doc), 1);
    assert_int_equal(document_next_mcid(p->doc), 2);
    assert_true(document_find_anchor(p->doc, 1, S(""), &place));
    assert_int_equal(place.y, 360000);
    finish(p);
}

static void outline_is_a_tree(void **state)
{
    struct press *p = *state;

    document_add_blank(p->doc, SECTION_BODY);
    document_add_blank(p->doc, SECTION_FRONT);
    document_add_outline(p->doc, 0, S("2018"), 0, 0);
    document_add_outline(p->doc, 1, S("One"), 0, 0);
    document_add_outline(p->doc, 1, S("Two"), 0, 0);
    /* Too deep: a child of the entry before. */
    document_add_outline(p->doc, 5, S("Three"), 0, 0);
    document_add_outline(p->doc, 0, S("Contents"), 1, 0);
    str pdf = finish(p);
    assert_true(has(pdf, "/Type/Outlines/Count 2/First"));
    size_t contents = str_find(pdf, S("/Title(Contents)"));
    assert_true(contents < str_find(pdf, S("/Title(2018)")));
    assert_true(has(pdf, "/Count -2"));
    assert_true(has(pdf, "/Count -1"));
    assert_false(has(pdf, "/Count -3"));
}

static void metadata_is_escaped_and_dated(void **state)
{
    struct press *p = *state;

    document_add_blank(p->doc, SECTION_BODY);
    str pdf = finish(p);
    assert_true(has(pdf, "x-default\">Tea &amp; &lt;Time&gt;</rdf:li>"));
    assert_true(has(pdf, "/Title(Tea & <Time>)"));
    assert_true(has(pdf, "<pdfaid:part>2</pdfaid:part>"));
    assert_true(has(pdf, "/CreationDate(D:20240102030405Z)"));
    assert_true(has(pdf, "<xmp:ModifyDate>2024-01-02T03:04:05Z<"));
    assert_true(has(pdf, "/Lang(ko)"));
}

/* More pages than one node of a tree holds. */
static void large_books_have_deep_trees(void **state)
{
    struct press *p = *state;

    for (int i = 0; i < 2100; i++)
        document_add_blank(p->doc, SECTION_BODY);
    str pdf = finish(p);
    assert_true(has(pdf, "/Count 2100/Kids["));
    assert_true(has(pdf, "/Count 1024/Kids["));
    assert_true(has(pdf, "/Count 32/Kids["));
    assert_true(has(pdf, "/Limits[2048 2099]"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, press_init, press_done)
    const struct CMUnitTest tests[] = {
        TEST(kids_come_in_order),
        TEST(empty_cells_keep_their_place),
        TEST(front_matter_comes_first),
        TEST(links_find_their_targets),
        TEST(chapters_share_a_page),
        TEST(outline_is_a_tree),
        TEST(metadata_is_escaped_and_dated),
        TEST(large_books_have_deep_trees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
