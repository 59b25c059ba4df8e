/* SPDX-License-Identifier: MIT */
#include "pdf/dumppages.h"

#include <stdio.h>
#include <stdlib.h>

#include "pdf/book.h"
#include "pdf/hyphenate.h"
#include "pdf/kit.h"
#include "pdf/sheets.h"

struct dumper {
    struct arena arena;
    struct kit *kit;
    struct sheets *sheets;
    struct fontset *fonts; /* NULL: for --dump=style */
    struct map post_by_name;
    struct layout_book layout;
    struct layout_worker *workers;
    unsigned n_workers;
    bool started;
    str lang;
    bool two_sided;
};

static void dumper_free(struct dumper *d)
{
    for (unsigned i = 0; i < d->n_workers; i++) {
        shaper_free(d->workers[i].shaper);
        hyphenator_free(d->workers[i].hyphenator);
    }
    fontset_close(d->fonts);
    shelf_give_back(d->kit->sheets, d->sheets);
    kit_free(d->kit);
    arena_done(&d->arena);
    free(d);
}

static struct dumper *dumper_new(const struct book *book, struct diag *dg)
{
    struct dumper *d = calloc(1, sizeof *d);

    if (!d)
        die("out of memory");
    arena_init(&d->arena);
    d->lang = book->language;
    d->two_sided = book->settings->two_sided;
    d->kit = kit_new();
    d->sheets = sheets_take(d->kit->sheets, book->settings, dg);
    if (d->sheets)
        return d;
    dumper_free(d);
    return NULL;
}

static const struct page_style *ordinary_page(struct dumper *d,
                                              enum page_side side)
{
    return sheet_page(d->sheets->sheet, (struct page_key){ .side = side },
                      d->lang, &d->arena);
}

static void *open_style(const struct book *book, str path, unsigned n_workers,
                        struct diag *dg)
{
    return dumper_new(book, dg);
}

static void *open_pages(const struct book *book, str path, unsigned n_workers,
                        struct diag *dg)
{
    struct dumper *d = dumper_new(book, dg);

    if (!d)
        return NULL;
    d->fonts = fontset_borrow(d->kit->fonts, &book->settings->font_dir, dg);
    if (!d->fonts) {
        dumper_free(d);
        return NULL;
    }
    map_init(&d->post_by_name, &d->arena);
    for (uint32_t i = 0; i < book->n_posts; i++)
        map_put(&d->post_by_name, book->posts[i]->name, book->posts[i]);
    d->layout = (struct layout_book){
        .sheet = d->sheets->sheet,
        .fonts = d->fonts,
        .post_by_name = &d->post_by_name,
        .kinds = page_kinds_make(d->sheets->sheet, d->lang, d->two_sided,
                                 &d->arena, dg),
    };
    d->workers = arena_array(&d->arena, struct layout_worker, n_workers);
    d->n_workers = n_workers;
    for (unsigned i = 0; i < n_workers; i++) {
        d->workers[i].shaper = shaper_new(d->fonts);
        d->workers[i].hyphenator = hyphenator_new(d->kit->dictionaries);
    }
    return d;
}

static void put_name(struct buf *out, const struct chapter *c)
{
    buf_printf(out, "post %.*s\n", STR_ARG(c->post->name));
}

/* BUF's text in A; BUF is emptied. */
static str *keep(struct buf *out, struct arena *a)
{
    str *s = arena_new(a, str);

    *s = arena_dup(a, buf_str(out));
    buf_done(out);
    return s;
}

static void *prepare_style(void *out, unsigned worker, const struct chapter *c,
                           struct arena *a, struct diag *dg)
{
    struct dumper *d = out;
    struct buf text = { 0 };

    put_name(&text, c);
    styles_dump(c, cascade_chapter(d->sheets->sheet, c, a), &text);
    return keep(&text, a);
}

static void *prepare_pages(void *out, unsigned worker, const struct chapter *c,
                           struct arena *a, struct diag *dg)
{
    struct dumper *d = out;
    struct buf text = { 0 };

    put_name(&text, c);
    pages_dump(layout_chapter(&d->layout, &d->workers[worker], c, a, dg),
               &text);
    return keep(&text, a);
}

static bool commit_text(void *out, const struct chapter *c, void *prepared,
                        struct diag *dg)
{
    const str *text = prepared;

    fwrite(text->p, 1, text->n, stdout);
    return true;
}

static void print_page_styles(struct dumper *d)
{
    struct buf text = { 0 };

    if (d->two_sided) {
        buf_puts(&text, ":left ");
        page_style_dump(ordinary_page(d, PAGE_LEFT), &text);
        buf_puts(&text, ":right ");
        page_style_dump(ordinary_page(d, PAGE_RIGHT), &text);
    } else {
        page_style_dump(ordinary_page(d, PAGE_ANY_SIDE), &text);
    }
    fwrite(text.p, 1, text.n, stdout);
    buf_done(&text);
}

/* The pages' styles first. */
static bool commit_style(void *out, const struct chapter *c, void *prepared,
                         struct diag *dg)
{
    struct dumper *d = out;

    if (!d->started)
        print_page_styles(d);
    d->started = true;
    return commit_text(out, c, prepared, dg);
}

static bool close_dump(void *out, bool publish, struct format_result *result,
                       struct diag *dg)
{
    *result = (struct format_result){ 0 };
    dumper_free(out);
    return true;
}

const struct format style_dump_format = { .name = "style",
                                          .open = open_style,
                                          .prepare = prepare_style,
                                          .commit = commit_style,
                                          .close = close_dump };

const struct format pages_dump_format = { .name = "pages",
                                          .open = open_pages,
                                          .prepare = prepare_pages,
                                          .commit = commit_text,
                                          .close = close_dump };
