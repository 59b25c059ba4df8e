/* SPDX-License-Identifier: MIT */
/* The EPUB as an output format: chapters are written and deflated by the
 * workers, and go into the file in book order; what describes the whole book
 * follows at the end. */
#include <errno.h>
#include <stdlib.h>

#include "assets/cover.h"
#include "base/datadir.h"
#include "base/file.h"
#include "base/utf8.h"
#include "doc/format.h"
#include "doc/place.h"
#include "epub/deflate.h"
#include "epub/documents.h"
#include "epub/pictures.h"
#include "epub/sheet.h"
#include "epub/xhtml.h"

/* A worker's buffers are kept from chapter to chapter unless one was huge. */
#define KEEP_MOST (4u << 20)
#define CSS_MOST  (4u << 20)

struct worker {
    struct deflate *deflate;
    struct buf xhtml, packed;
};

enum { SHEET_BOOK, SHEET_EPUB, SHEET_USER, SHEET_COUNT };

static const char *const sheet_names[SHEET_COUNT] = { "EPUB/styles/book.css",
                                                      "EPUB/styles/epub.css",
                                                      "EPUB/styles/user.css" };

struct epub {
    struct arena arena;
    struct volume volume;
    struct worker *workers;
    unsigned n_workers;
    struct pictures *pictures;
    struct spool *spool;
    struct zipfile *zip;
    str sheets[SHEET_COUNT];
    struct buf name; /* of an entry, while it is added */
};

/* What prepare hands to commit. */
struct prepared {
    str packed;
    uint64_t size;
    uint32_t crc;
    struct xhtml_seen seen;
    struct fitted *fitted; /* of each picture of the chapter */
};

static void epub_free(struct epub *e)
{
    for (unsigned i = 0; i < e->n_workers; i++) {
        deflate_free(e->workers[i].deflate);
        buf_done(&e->workers[i].xhtml);
        buf_done(&e->workers[i].packed);
    }
    buf_done(&e->name);
    zipfile_discard(e->zip);
    spool_free(e->spool);
    pictures_free(e->pictures);
    arena_done(&e->arena);
    free(e);
}

static bool read_user_sheets(struct epub *e, const struct str_vec *paths,
                             struct diag *dg)
{
    struct buf all = { 0 };
    bool ok = true;

    for (size_t i = 0; i < paths->n && ok; i++) {
        struct utf8_report seen;
        str css;
        ok = file_read(paths->v[i], CSS_MOST, &e->arena, &css) == FILE_OK;
        if (ok)
            sheet_clean(&all, utf8_clean(css, &e->arena, &seen), paths->v[i],
                        dg);
        else
            diag_add(dg, DIAG_SETTING_BAD, paths->v[i], 0,
                     "cannot read this style sheet");
    }
    e->sheets[SHEET_USER] = arena_dup(&e->arena, buf_str(&all));
    buf_done(&all);
    return ok;
}

static bool read_sheets(struct epub *e, struct diag *dg)
{
    const struct str_vec *css = &e->volume.book->settings->css;

    e->volume.with_user_css = css->n > 0;
    return data_read(S("styles/book.css"), &e->arena, &e->sheets[SHEET_BOOK],
                     dg) &&
           data_read(S("styles/epub.css"), &e->arena, &e->sheets[SHEET_EPUB],
                     dg) &&
           read_user_sheets(e, css, dg);
}

static struct pictures *open_pictures(const struct book *book)
{
    const struct settings *set = book->settings;
    struct fit_limits limits = {
        .width = set->image_max_width,
        .height = set->image_max_height,
        .quality = set->image_quality,
        .no_webp = set->profile == PROFILE_KINDLE,
    };

    return pictures_new(&limits, book->made);
}

static void *epub_open(const struct book *book, str path, unsigned n_workers,
                       struct diag *dg)
{
    struct epub *e = calloc(1, sizeof *e);

    if (!e)
        die("out of memory");
    arena_init(&e->arena);
    /* Messages outlive us. */
    path = book->settings->check ? S("") : arena_dup(book->arena, path);
    volume_init(&e->volume, book, &e->arena);
    e->workers = arena_array(&e->arena, struct worker, n_workers);
    e->n_workers = n_workers;
    for (unsigned i = 0; i < n_workers; i++)
        e->workers[i].deflate = deflate_new();
    e->pictures = open_pictures(book);
    struct lent *lent = book->settings->lent;
    if (read_sheets(e, dg) && (e->spool = lent_spool(lent, path, dg)) &&
        (e->zip = zipfile_new_in(lent_outfile(lent, path, dg), path, e->spool,
                                 dg)))
        return e;
    epub_free(e);
    return NULL;
}

static void keep_small(struct buf *b)
{
    if (b->cap > KEEP_MOST) {
        buf_done(b);
        *b = (struct buf){ 0 };
    }
}

/* C with the pictures that the book has instead of the post's. */
static struct chapter fit_pictures(struct epub *e, const struct chapter *c,
                                   struct prepared *p, struct arena *a)
{
    const char **wrong = arena_array(a, const char *, c->images.n);
    bool all = true;

    p->fitted = arena_array(a, struct fitted, c->images.n);
    for (size_t i = 0; i < c->images.n && !chapter_is_spent(c); i++) {
        pictures_fit(e->pictures, &c->images.v[i], a, &p->fitted[i]);
        wrong[i] = p->fitted[i].wrong;
        all &= wrong[i] == NULL;
    }
    struct chapter shown = all ? *c : *place_unshown(c, wrong, a);
    shown.images.v = arena_array(a, struct image, c->images.n);
    for (size_t i = 0; i < c->images.n; i++)
        shown.images.v[i] = p->fitted[i].image;
    return shown;
}

static void *epub_prepare(void *out, unsigned worker, const struct chapter *c,
                          struct arena *a, struct diag *dg)
{
    struct epub *e = out;
    struct worker *w = &e->workers[worker];
    struct prepared *p = arena_new(a, struct prepared);
    struct chapter shown = fit_pictures(e, c, p, a);

    if (chapter_is_spent(c))
        return NULL;
    buf_reset(&w->xhtml);
    xhtml_chapter(&w->xhtml, &shown, xhtml_language(e->volume.book, c),
                  e->volume.with_user_css, &p->seen);
    str xhtml = buf_str(&w->xhtml);
    deflate_bytes(w->deflate, xhtml, &w->packed);
    p->packed = arena_dup(a, buf_str(&w->packed));
    p->size = xhtml.n;
    p->crc = deflate_crc(xhtml);
    keep_small(&w->xhtml);
    keep_small(&w->packed);
    return p;
}

static bool place_picture(struct epub *e, const char *name, str bytes,
                          uint32_t crc, struct diag *dg)
{
    const struct entry entry = { .size = bytes.n,
                                 .crc = crc,
                                 .packing = PACK_BLOCKS };

    return zipfile_place(e->zip, name, &entry, bytes, dg);
}

/* "EPUB/text/NAME.xhtml", for a moment. */
static const char *entry_name(struct epub *e, const char *folder, str name,
                              const char *ending)
{
    buf_reset(&e->name);
    buf_printf(&e->name, "EPUB/%s/%.*s%s", folder, STR_ARG(name), ending);
    buf_putc(&e->name, 0);
    return e->name.p;
}

/* What became of the picture IM of the post. */
static bool commit_image(struct epub *e, const struct image *im,
                         const struct fitted *f, const struct post *post,
                         struct diag *dg)
{
    struct volume *v = &e->volume;
    str name = f->image.name;

    if (f->wrong)
        diag_add(dg, DIAG_IMAGE_BROKEN, post->path, im->line,
                 "picture '%.*s': %s, left its description in the EPUB",
                 STR_ARG(im->path), f->wrong);
    if (f->wrong || map_find(&v->image_names, name))
        return true;
    if (f->did.n)
        diag_add(dg, DIAG_IMAGE_FITTED, post->path, im->line,
                 "picture '%.*s': %.*s", STR_ARG(im->path), STR_ARG(f->did));
    if (f->lacks)
        diag_add(dg, DIAG_LIBRARY_MISSING, post->path, im->line,
                 "picture '%.*s': can't convert its colours, for which %s; "
                 "took them for those of screens",
                 STR_ARG(im->path), f->lacks);
    struct volume_image *vi = vec_push(&v->images, &e->arena);
    vi->name = arena_dup(&e->arena, name);
    vi->type = f->image.type;
    map_put(&v->image_names, vi->name, v);
    v->may_move |= f->moves;
    if (vi->type == IMAGE_SVG) {
        vi->drawing = arena_new(&e->arena, struct entry);
        vi->drawing->size = f->image.bytes.n;
        vi->drawing->packing = PACK_DEFLATE;
        return spool_put(e->spool, f->image.bytes, &vi->drawing->span, dg);
    }
    return place_picture(e, entry_name(e, "images", name, ""), f->image.bytes,
                         f->crc, dg);
}

static bool commit_images(struct epub *e, const struct chapter *c,
                          const struct prepared *p, struct diag *dg)
{
    for (size_t i = 0; i < c->images.n; i++) {
        const struct image *im = &c->images.v[i];
        if (!commit_image(e, im, &p->fitted[i], c->post, dg))
            return false;
        pictures_forget(e->pictures, im->name);
    }
    return true;
}

static bool epub_commit(void *out, const struct chapter *c, void *prepared,
                        struct diag *dg)
{
    struct epub *e = out;
    const struct prepared *p = prepared;
    const struct entry entry = { .size = p->size,
                                 .crc = p->crc,
                                 .packing = PACK_READY };

    volume_add(&e->volume, c);
    e->volume.pictures += p->seen.pictures;
    e->volume.described += p->seen.described;
    return zipfile_place(e->zip, entry_name(e, "text", c->post->name, ".xhtml"),
                         &entry, p->packed, dg) &&
           commit_images(e, c, p, dg);
}

static void container_write(const struct volume *v, struct stream *to)
{
    buf_puts(&to->buf, container_xml);
}

/* In the order in which a reader asks for them. */
static const struct {
    const char *name;
    void (*write)(const struct volume *v, struct stream *to);
} documents[] = {
    { "META-INF/container.xml", container_write },
    { "EPUB/package.opf", package_write },
    { "EPUB/nav.xhtml", nav_write },
    { "EPUB/toc.ncx", ncx_write },
    { "EPUB/cover.xhtml", cover_write },
    { "EPUB/titlepage.xhtml", titlepage_write },
    { "EPUB/colophon.xhtml", colophon_write },
};

static bool add_documents(struct epub *e, struct diag *dg)
{
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct stream s;
        struct entry *entry = arena_new(&e->arena, struct entry);
        if (documents[i].write == cover_write &&
            !volume_has_cover_page(&e->volume))
            continue;
        stream_begin(&s, e->spool, dg);
        documents[i].write(&e->volume, &s);
        if (!stream_end(&s, entry) ||
            !zipfile_add(e->zip, documents[i].name, entry, dg))
            return false;
    }
    return true;
}

static bool place_cover(struct epub *e, struct diag *dg)
{
    const struct image *cover = e->volume.cover;

    return !cover || place_picture(e, "EPUB/images/cover.jpg", cover->bytes,
                                   deflate_crc(cover->bytes), dg);
}

static bool add_sheets(struct epub *e, struct diag *dg)
{
    for (size_t i = 0; i < SHEET_COUNT; i++) {
        struct entry *entry = arena_new(&e->arena, struct entry);
        if (i == SHEET_USER && !e->volume.with_user_css)
            continue;
        entry->packing = PACK_DEFLATE;
        entry->size = e->sheets[i].n;
        if (!spool_put(e->spool, e->sheets[i], &entry->span, dg) ||
            !zipfile_add(e->zip, sheet_names[i], entry, dg))
            return false;
    }
    return true;
}

static bool add_drawings(struct epub *e, struct diag *dg)
{
    struct volume *v = &e->volume;

    for (size_t i = 0; i < v->images.n; i++) {
        const struct volume_image *vi = &v->images.v[i];
        if (vi->drawing &&
            !zipfile_add(e->zip, entry_name(e, "images", vi->name, ""),
                         vi->drawing, dg))
            return false;
    }
    return true;
}

static bool publish_book(struct epub *e, struct format_result *result,
                         struct diag *dg)
{
    e->volume.cover = cover_image(e->volume.book->cover);
    volume_settle(&e->volume);
    if (!place_cover(e, dg) || !add_documents(e, dg) || !add_sheets(e, dg) ||
        !add_drawings(e, dg))
        return false;
    struct zipfile *zip = e->zip;
    e->zip = NULL;
    return zipfile_finish(zip, &result->bytes, dg);
}

static bool epub_close(void *out, bool publish, struct format_result *result,
                       struct diag *dg)
{
    struct epub *e = out;

    *result = (struct format_result){ 0 };
    bool ok = !publish || publish_book(e, result, dg);
    epub_free(e);
    return ok;
}

const struct format epub_format = { .name = "EPUB",
                                    .open = epub_open,
                                    .prepare = epub_prepare,
                                    .commit = epub_commit,
                                    .close = epub_close };
