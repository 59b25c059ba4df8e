/* SPDX-License-Identifier: MIT */
#include "convert/picture.h"

#include <string.h>

#include "assets/image.h"
#include "base/file.h"
#include "base/hash.h"
#include "convert/chapter_build.h"
#include "convert/picture_data.h"
#include "convert/picture_parts.h"
#include "convert/picture_source.h"
#include "convert/url.h"
#include "doc/place.h"

#define SIZE_MAX_PX 20000 /* wider ones are a slip of the pen */
#define NAME_DIGITS 12

/* The same bytes are one picture of the chapter, wherever they came from. */
static uint32_t add_image(struct pictures *ps, struct image image,
                          const uint8_t *sha256)
{
    uint8_t *digest = (uint8_t *)arena_bytes(ps->a, SHA256_SIZE);
    void **known;

    if (sha256)
        memcpy(digest, sha256, SHA256_SIZE);
    else
        hash_sha256(image.bytes, digest);
    image.digest = (str){ (const char *)digest, SHA256_SIZE };
    image.name = arena_printf(ps->a, "%.*s.%s", NAME_DIGITS,
                              hash_to_hex(digest, ps->a).p,
                              image_extension(image.type));
    known = map_at(&ps->by_name, image.name);
    if (!*known) {
        uint32_t *place = arena_new(ps->a, uint32_t);

        *place = (uint32_t)ps->c->images.n;
        *vec_push(&ps->c->images, ps->a) = image;
        *known = place;
    }
    return *(uint32_t *)*known;
}

static uint64_t limit(const struct pictures *ps, enum limit which)
{
    return limit_of(ps->book ? ps->book->settings : NULL, which);
}

struct outcome picture_take(struct pictures *ps, const struct web_file *file,
                            str path, uint32_t line)
{
    str bytes = file->bytes;
    struct image image = { .bytes = bytes,
                           .has_crc = file->has_crc,
                           .crc = file->crc,
                           .path = path,
                           .line = line };
    struct outcome o = { .code = DIAG_IMAGE_BROKEN };
    const char *why = "";

    o.ok = image_identify(bytes, &image.type, &image.width, &image.height,
                          &why);
    if (o.ok &&
        (uint64_t)image.width * image.height > limit(ps, LIMIT_PIXELS)) {
        o.ok = false;
        why = "too many pixels";
    }
    if (o.ok)
        o.asset = add_image(ps, image, file->sha256);
    else
        o.why = str_of(why);
    return o;
}

static struct outcome load_file(struct pictures *ps, str src, uint32_t line)
{
    struct outcome o = { .code = DIAG_IMAGE_MISSING, .why = S("not found") };
    str path = picture_find(&ps->finder, src);
    struct web_file file = { 0 };

    if (path.n == 0)
        return o;
    o.code = DIAG_IMAGE_BROKEN;
    switch (file_read(path, (size_t)limit(ps, LIMIT_PICTURE_BYTES), ps->a,
                      &file.bytes)) {
    case FILE_OK:
        return picture_take(ps, &file, path, line);
    case FILE_LARGE:
        o.why = S("too big");
        return o;
    case FILE_ERROR:
    case FILE_SPECIAL:
        break;
    }
    o.why = S("not readable");
    return o;
}

static struct outcome load_data(struct pictures *ps, str src, uint32_t line)
{
    struct web_file file = { 0 };

    if (!picture_data(src, ps->a, &file.bytes))
        return (struct outcome){ .code = DIAG_IMAGE_BROKEN,
                                 .why = S("not Base64") };
    return picture_take(ps, &file, S("data:"), line);
}

static const struct outcome *load(struct pictures *ps, str src, uint32_t line)
{
    void **known = map_at(&ps->by_src, src);
    struct outcome *o = *known;

    if (!o) {
        o = arena_new(ps->a, struct outcome);
        *known = o;
        *o = str_starts_nocase(src, S("data:")) ? load_data(ps, src, line)
                                                : load_file(ps, src, line);
    }
    return o;
}

/* HTML wants whole numbers; "300px" means one. */
static void clean_size(struct pictures *ps, struct node *n, enum attr_name name)
{
    str value = str_trim(node_attr(n, name));
    uint64_t size;

    if (!node_has(n, name))
        return;
    if (str_ends_nocase(value, S("px")))
        value = str_trim(str_sub(value, 0, value.n - 2));
    if (str_to_uint(value, &size) && size > 0 && size <= SIZE_MAX_PX)
        node_set(n, ps->a, name, arena_printf(ps->a, "%u", (unsigned)size));
    else
        node_unset(n, name);
}

/* Says whose copy N is, and when it was made. */
static void mark_archived(struct pictures *ps, struct node *n, str note)
{
    struct node *span = node_new(ps->a, TAG_SPAN, n->line);
    str src = node_attr(n, ATTR_DATA_SRC);

    diag_add(ps->dg, DIAG_IMAGE_ARCHIVED, ps->c->post->path, n->line,
             "picture '%.*s' is gone, took the copy of %.*s", STR_ARG(src),
             STR_ARG(note));
    node_set(span, ps->a, ATTR_CLASS, S("archived"));
    node_set(span, ps->a, ATTR_DATA_ARCHIVED, note);
    node_replace(n, span);
    node_append(span, n);
}

static void show(struct pictures *ps, struct node *n, const struct outcome *o)
{
    if (o->archived.n > 0)
        mark_archived(ps, n, o->archived);
    node_unset(n, ATTR_DATA_SRC);
    node_unset(n, ATTR_DATA_CHOICES);
    node_set(n, ps->a, ATTR_ASSET, arena_printf(ps->a, "%u", o->asset));
    if (!node_has(n, ATTR_ALT))
        node_set(n, ps->a, ATTR_ALT, S(""));
    clean_size(ps, n, ATTR_WIDTH);
    clean_size(ps, n, ATTR_HEIGHT);
}

/* Removes N and what then is empty around it. */
static void remove_up(struct node *n)
{
    for (struct node *up; n && !n->first; n = up) {
        up = n->parent;
        node_remove(n);
        if (up->tag != TAG_P && up->tag != TAG_A && up->tag != TAG_FIGURE)
            return;
    }
}

/* The part of an address of the blog itself behind its base; empty: it is not
 * one. */
static str own_path(const struct pictures *ps, str url)
{
    str base = ps->book ? ps->book->base_url : S("");

    return base.n > 0 && str_starts(url, base) && url.n > base.n &&
                   url.p[base.n] == '/'
               ? str_from(url, base.n)
               : S("");
}

static bool is_on_web(const struct pictures *ps, str src, str *url)
{
    if (!str_starts_nocase(src, S("data:")) &&
        url_clean(src, S(""), ps->a, url) == URL_WEB &&
        str_starts(*url, S("http")))
        return true;
    *url = S("");
    return false;
}

struct named {
    str name, url;
};

/* SRC as the name of a file of the blog; empty: it can't be one. *URL gets its
 * address on the web, if it has one. */
static str file_name(struct pictures *ps, str src, str *url)
{
    void **known = map_at(&ps->by_written, src);
    struct named *found = *known;

    if (!found) {
        *known = found = arena_new(ps->a, struct named);
        bool on_web = is_on_web(ps, src, &found->url);
        /* "photo.kr/a.png" without a scheme may be a folder of the blog. */
        found->name = on_web && str_find(src, S("//")) != STR_NONE
                          ? own_path(ps, found->url)
                          : src;
    }
    *url = found->url;
    return found->name;
}

/* An img without an address is its alternative text, or nothing. */
static void resolve_nothing(struct pictures *ps, struct node *n)
{
    str label = place_label(n);

    if (label.n > 0)
        node_replace(n, node_text(ps->a, label, n->line));
    else
        node_remove(n);
}

static bool has_library(const struct pictures *ps)
{
    return ps->book && ps->book->library;
}

static struct outcome remote(void)
{
    return (struct outcome){ .code = DIAG_IMAGE_REMOTE };
}

/* *URL gets the picture's address on the web, if it has one. */
static struct outcome find_picture(struct pictures *ps, const struct node *n,
                                   str src, str *url)
{
    str name = file_name(ps, src, url);
    struct outcome o = name.n > 0 ? *load(ps, name, n->line) : remote();

    if (o.ok)
        return o;
    if (has_library(ps)) {
        struct str_vec addresses = picture_addresses(ps, n);
        if (addresses.n == 0 && url->n > 0)
            picture_sources(*url, ps->a, &addresses);
        if (addresses.n > 0)
            return *picture_fetch(ps, &addresses, n->line);
    }
    return url->n > 0 ? remote() : o;
}

static void drop_counter(struct pictures *ps, struct node *n)
{
    diag_add(ps->dg, DIAG_AD_DROPPED, ps->c->post->path, n->line,
             "tracking pixel dropped");
    remove_up(n);
}

/* A card without its picture is as good as it was; but a lock is a promise. */
static void leave_thumbnail(struct pictures *ps, struct node *n, str url,
                            const struct outcome *o)
{
    if (o->code == DIAG_LOCK_BROKEN)
        diag_add(ps->dg, o->code, ps->c->post->path, n->line,
                 "picture '%.*s': %.*s", STR_ARG(url), STR_ARG(o->why));
    node_remove(n->parent);
}

/* A pixel beside other addresses of the page's, which give nothing, stands
 * where a script would have put the picture. */
static bool stands_for_picture(const struct node *n, const struct outcome *o)
{
    return o->why.n > 0 && node_has(n, ATTR_DATA_CHOICES);
}

static void resolve_picture(struct pictures *ps, struct node *n)
{
    str src = str_trim(node_attr(n, ATTR_DATA_SRC)), url;
    struct outcome o;

    if (src.n == 0) {
        resolve_nothing(ps, n);
        return;
    }
    o = find_picture(ps, n, src, &url);
    if (o.ok)
        show(ps, n, &o);
    else if (node_has_class(n->parent, S("embed-picture")))
        leave_thumbnail(ps, n, url, &o);
    else if (o.counter && !stands_for_picture(n, &o))
        drop_counter(ps, n);
    else
        picture_leave(ps, n, url, &o);
}

static struct node *find_body(const struct chapter *c)
{
    for (struct node *n = c->root; n; n = node_next(n, c->root))
        if (n->tag == TAG_DIV && node_has_class(n, S("body")))
            return n;
    return NULL;
}

static bool shows(const struct node *body, str src)
{
    for (struct node *n = body->first; n; n = node_next(n, body))
        if (n->tag == TAG_IMG &&
            str_eq(str_trim(node_attr(n, ATTR_DATA_SRC)), src))
            return true;
    return false;
}

/* The post's featured picture comes first. Returns what holds it, or NULL. */
static struct node *add_featured(struct pictures *ps)
{
    const struct post *post = ps->c->post;
    str src = str_trim(post->image);
    struct node *body = find_body(ps->c), *img, *holder;

    if (src.n == 0 || !body || shows(body, src))
        return NULL;
    img = node_new(ps->a, TAG_IMG, post->image_line);
    node_set(img, ps->a, ATTR_DATA_SRC, src);
    node_set(img, ps->a, ATTR_ALT, post->image_alt);
    holder = node_new(ps->a, TAG_FIGURE, post->image_line);
    node_set(holder, ps->a, ATTR_CLASS, S("featured"));
    node_append(holder, img);
    node_prepend(body, holder);
    return holder;
}

static bool holds_picture(const struct node *holder)
{
    for (const struct node *n = holder->first; n; n = node_next(n, holder))
        if (n->tag == TAG_IMG)
            return true;
    return false;
}

/* Is the picture in HOLDER in the body once more, by another address? */
static bool shown_again(const struct node *holder)
{
    const struct node *body = holder->parent;
    str asset = { 0 };

    for (const struct node *n = holder; n; n = node_next(n, body))
        if (asset.n == 0)
            asset = node_attr(n, ATTR_ASSET);
        else if (n->tag == TAG_IMG && str_eq(node_attr(n, ATTR_ASSET), asset))
            return true;
    return false;
}

/* A place of one that is not in the book is a paragraph, not a figure. */
static void settle_featured(struct node *holder)
{
    if (!holder->first || shown_again(holder))
        node_remove(holder);
    else if (!holds_picture(holder))
        holder->tag = TAG_P;
}

static struct pictures *new_pictures(struct chapter *c, const struct book *book,
                                     struct arena *a)
{
    struct pictures *ps = arena_new(a, struct pictures);

    *ps = (struct pictures){ c, book, a, .finder = { c->post, a } };
    ps->finder.names = book ? book->pictures : NULL;
    if (book && book->library)
        ps->referer = chapter_address(c->post, book, a);
    map_init(&ps->by_src, a);
    map_init(&ps->by_name, a);
    map_init(&ps->by_web, a);
    map_init(&ps->by_choices, a);
    map_init(&ps->by_written, a);
    return ps;
}

static bool is_file(struct pictures *ps, str name)
{
    return name.n > 0 && (str_starts_nocase(name, S("data:")) ||
                          picture_find(&ps->finder, name).n > 0);
}

/* All are asked for before the first is waited for. */
static void want_all(struct pictures *ps)
{
    for (struct node *n = ps->c->root; n; n = node_next(n, ps->c->root)) {
        str src = str_trim(node_attr(n, ATTR_DATA_SRC)), url;

        if (n->tag != TAG_IMG || node_has(n, ATTR_ASSET) || src.n == 0)
            continue;
        struct str_vec addresses = picture_addresses(ps, n);
        if (addresses.n > 0 && !is_file(ps, file_name(ps, src, &url)))
            picture_want_first(ps, &addresses);
    }
    /* What was looked for here will be looked for again. */
    ps->finder.n_scans = 0;
}

static void count_described(struct chapter *c)
{
    for (struct node *n = c->root; n; n = node_next(n, c->root))
        if (n->tag == TAG_IMG && node_attr(n, ATTR_ALT).n > 0)
            c->n_images_described++;
}

static void want_pictures(struct pictures *ps)
{
    if (ps->c->root && has_library(ps))
        want_all(ps);
}

struct pictures *picture_begin(struct chapter *c, const struct book *book,
                               struct arena *a, bool grows)
{
    struct pictures *ps = new_pictures(c, book, a);

    ps->grows = grows;
    if (c->root && !grows)
        ps->featured = add_featured(ps);
    want_pictures(ps);
    return ps;
}

static void resolve_all(struct pictures *ps)
{
    struct chapter *c = ps->c;
    struct node *next;

    for (struct node *n = c->root; n; n = next) {
        next = node_next(n, c->root);
        if (chapter_is_spent(c))
            return;
        if (n->tag == TAG_IMG && !node_has(n, ATTR_ASSET))
            resolve_picture(ps, n);
    }
}

void picture_end(struct pictures *ps, struct diag *dg)
{
    struct chapter *c = ps->c;

    ps->dg = dg;
    if (!c->root)
        return;
    if (ps->grows) {
        ps->featured = add_featured(ps);
        want_pictures(ps);
    }
    if (has_library(ps))
        library_told(ps->book->library, c->post->index);
    resolve_all(ps);
    if (ps->featured)
        settle_featured(ps->featured);
    count_described(c);
}

void picture_resolve(struct chapter *c, const struct book *book,
                     struct arena *a, struct diag *dg)
{
    picture_end(picture_begin(c, book, a, false), dg);
}
