/* SPDX-License-Identifier: MIT */
#include "convert/convert.h"

#include <stdlib.h>

#include "base/decode.h"
#include "base/file.h"
#include "convert/abbr.h"
#include "convert/breaks.h"
#include "convert/chapter_build.h"
#include "convert/clean.h"
#include "convert/clean_look.h"
#include "convert/embed_live.h"
#include "convert/embed_title.h"
#include "convert/headings.h"
#include "convert/html5.h"
#include "convert/idcache.h"
#include "convert/lang.h"
#include "convert/link.h"
#include "convert/markdown.h"
#include "convert/notes.h"
#include "convert/picture.h"
#include "convert/ruby.h"

struct converter {
    const struct book *book;
    struct budget *budget; /* NULL: none */
    struct idcache *ids;
    struct markdown *markdown;
};

void convert_init(void)
{
    markdown_init();
}

struct converter *converter_new(const struct book *book, struct idcache *ids,
                                struct budget *budget)
{
    struct converter *cv = calloc(1, sizeof *cv);

    if (!cv)
        die("out of memory");
    cv->book = book;
    cv->ids = ids;
    cv->budget = budget;
    cv->markdown = markdown_new();
    return cv;
}

void converter_free(struct converter *cv)
{
    if (!cv)
        return;
    markdown_free(cv->markdown);
    free(cv);
}

/* False: already reported. */
static bool read_body(const struct post *post, const struct settings *set,
                      struct arena *a, struct diag *dg, str *body)
{
    struct decode_hints hints = settings_hints(set);
    struct decoded found;
    uint64_t most = limit_of(set, LIMIT_POST_BYTES);
    str file;
    enum file_result r = file_read(post->path, (size_t)most, a, &file);

    if (r != FILE_OK) {
        file_report(r, post->path, (str){ 0 }, 0, dg);
        return false;
    }
    file = decode_text(file, &hints, a, &found);
    decode_report(&found, post->path, dg);
    *body = str_from(file, post->body_offset);
    return true;
}

/* Counts the letters that a reader reads; code is in no language. */
static void count_letters(const struct soup *root, struct lang_count *n)
{
    const struct soup *e = root;

    while (e) {
        bool skip = e->foreign || e->tag == SOUP_PRE || e->tag == SOUP_CODE ||
                    e->tag == SOUP_SCRIPT || e->tag == SOUP_STYLE ||
                    e->tag == SOUP_TEXTAREA || e->tag == SOUP_XMP;
        if (e->tag == SOUP_TEXT)
            lang_add(n, e->text);
        e = skip ? soup_skip(e, root) : soup_next(e, root);
    }
}

static void find_language(struct chapter *c, const struct book *book,
                          const struct soup *root, struct arena *a)
{
    struct lang_count count = { 0 };
    str given = look_lang(c->post->language, a);

    count_letters(root, &count);
    c->n_letters = count.letters;
    if (given.n) {
        c->lang = lang_of_tag(given);
        c->lang_tag = given;
        return;
    }
    c->lang = lang_guess(&count);
    c->lang_tag = lang_guess_tag(&count);
    given = look_lang(book->language.n ? book->language : book->language_else,
                      a);
    if (!given.n || (c->lang && c->lang != lang_of_tag(given)))
        return;
    if (lang_runs_from_right(c->lang_tag) && !lang_runs_from_right(given))
        return;
    /* The book's own tag may say more: "en-GB". */
    c->lang = lang_of_tag(given);
    c->lang_tag = given;
}

/* The post's text behind its header. False: already reported. */
static bool find_body(const struct post *post, const struct settings *set,
                      struct arena *a, struct diag *dg, str *body)
{
    *body = post->body;
    return body->p || read_body(post, set, a, dg, body);
}

/* All that the ids of a chapter depend on. NULL: already reported. */
static struct node *make_body(struct converter *cv, struct chapter *c,
                              struct idset *ids, str *title_id, struct arena *a,
                              struct diag *dg)
{
    const struct settings *set = cv->book->settings;
    const struct post *post = c->post;
    struct html5_bounds bounds = {
        .depth = (unsigned)limit_of(set, LIMIT_NESTING),
    };
    str text;

    if (!find_body(post, set, a, dg, &text))
        return NULL;
    str html = markdown_to_html(cv->markdown, text, post, a, dg);
    if (chapter_is_spent(c))
        return NULL;
    struct soup *soup = html5_parse_bounded(html, post, &bounds, a, dg);
    if (chapter_is_spent(c))
        return NULL;
    find_language(c, cv->book, soup, a);
    if (c->lang == LANG_JA && ruby_may_be_in(html))
        ruby_mark(soup, a);
    abbr_mark(soup, markdown_abbrs(cv->markdown), a);
    if (abbr_may_be_in(html, markdown_abbrs(cv->markdown)))
        abbr_explain(soup, c->lang, a);
    struct node *body = clean_soup(soup, post, c->lang, ids, a, dg);
    embed_title_adopt(body, a);
    *title_id = headings_drop_title(body, post, ids, a);
    headings_arrange(c, body, ids, a);
    c->has_notes = notes_place(body, post, ids, a);
    chapter_build(c, cv->book, body, *title_id, a);
    idset_collect(ids, c->root);
    return body;
}

/* For idcache: the same as for the chapter itself, but nobody sees the
 * chapter or hears what was wrong with it. */
static void make_ids(void *context, const struct post *post, struct idset *ids)
{
    struct arena *a = ids->arena;
    struct chapter *c = arena_new(a, struct chapter);
    struct diag dg;
    str title_id;

    diag_init(&dg, a);
    c->post = post;
    make_body(context, c, ids, &title_id, a, &dg);
}

struct lookup {
    struct converter *cv;
    const struct post *post; /* whose chapter is being made */
    const struct idset *ids; /* its ids */
    struct arena *a;
};

static bool has_id(void *context, const struct post *post, str fragment,
                   str *id)
{
    const struct lookup *look = context;
    const struct idset *ids = look->ids;

    if (post != look->post)
        ids = idcache_get(look->cv->ids, post, make_ids, look->cv);
    return idset_find(ids, fragment, look->a, id);
}

struct draft {
    struct chapter *chapter;
    struct idset ids;
    struct pictures *pictures;
    struct arena *a;
};

struct draft *convert_begin(struct converter *cv, const struct post *post,
                            struct arena *a, struct diag *dg)
{
    struct draft *d = arena_new(a, struct draft);
    struct chapter *c = arena_new(a, struct chapter);
    str title_id;

    c->post = post;
    c->budget = cv->budget;
    d->chapter = c;
    d->a = a;
    idset_init(&d->ids, a);
    struct node *body = make_body(cv, c, &d->ids, &title_id, a, dg);
    if (!body)
        return NULL;
    breaks_join(body, c->lang, a);
    bool asks = embed_want(c, cv->book, a);
    d->pictures = picture_begin(c, cv->book, a, asks);
    return d;
}

void convert_guess(struct draft *d)
{
    picture_guess(d->pictures);
}

struct chapter *convert_end(struct converter *cv, struct draft *d,
                            struct diag *dg)
{
    struct chapter *c = d->chapter;
    struct arena *a = d->a;

    c->budget = cv->budget;
    embed_enliven(c, cv->book, a, dg);
    picture_end(d->pictures, dg);
    if (chapter_is_spent(c))
        return NULL;
    struct lookup look = { .cv = cv, .post = c->post, .ids = &d->ids, .a = a };
    struct link_context lx = { .book = cv->book,
                               .has_id = has_id,
                               .has_id_context = &look };
    link_resolve(c, &lx, a, dg);
    chapter_build_foot(c, cv->book, a);
    chapter_count(c);
    chapter_number(c);
    return c;
}

struct chapter *convert_post(struct converter *cv, const struct post *post,
                             struct arena *a, struct diag *dg)
{
    struct draft *d = convert_begin(cv, post, a, dg);

    return d ? convert_end(cv, d, dg) : NULL;
}
