/* SPDX-License-Identifier: MIT */
#include "convert/picture.h"

#include "assets/image.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/path.h"
#include "convert/link.h"
#include "convert/picture_data.h"
#include "convert/picture_find.h"
#include "convert/url.h"
#include "doc/words.h"

#define SIZE_MAX_PX 20000 /* wider ones are a slip of the pen */
#define NAME_DIGITS 12

/* What became of one src. */
struct outcome {
    bool ok;
    uint32_t asset;
    enum diag_code code; /* if not ok */
    const char *why;
};

struct pictures {
    struct chapter *c;
    const struct book *book;
    struct arena *a;
    struct diag *dg;
    struct picture_finder finder;
    struct map by_src, by_name;
};

static const char *word(const struct pictures *ps, enum word w)
{
    return word_text(w, ps->c->lang);
}

/* The same bytes are one picture of the chapter, wherever they came from. */
static uint32_t add_image(struct pictures *ps, struct image image)
{
    str hash = hash_hex(image.bytes, NAME_DIGITS, ps->a);
    void **known;

    image.name = arena_printf(ps->a, "%.*s.%s", STR_ARG(hash),
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

static struct outcome take_bytes(struct pictures *ps, str bytes, str path,
                                 uint32_t line)
{
    struct image image = { .bytes = bytes, .path = path, .line = line };
    struct outcome o = { .code = DIAG_IMAGE_BROKEN };

    o.ok = image_identify(bytes, &image.type, &image.width, &image.height,
                          &o.why);
    if (o.ok)
        o.asset = add_image(ps, image);
    return o;
}

static struct outcome load_file(struct pictures *ps, str src, uint32_t line)
{
    struct outcome o = { .code = DIAG_IMAGE_MISSING, .why = "not found" };
    str path = picture_find(&ps->finder, src), bytes;

    if (path.n == 0)
        return o;
    o.code = DIAG_IMAGE_BROKEN;
    switch (file_read(path, FILE_IMAGE_MAX, ps->a, &bytes)) {
    case FILE_OK:
        return take_bytes(ps, bytes, path, line);
    case FILE_LARGE:
        o.why = "too big";
        return o;
    case FILE_ERROR:
    case FILE_SPECIAL:
        break;
    }
    o.why = "not readable";
    return o;
}

static struct outcome load_data(struct pictures *ps, str src, uint32_t line)
{
    str bytes;

    if (!picture_data(src, ps->a, &bytes))
        return (struct outcome){ .code = DIAG_IMAGE_BROKEN,
                                 .why = "not Base64" };
    return take_bytes(ps, bytes, S("data:"), line);
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

static bool is_in_link(const struct node *n)
{
    for (; n; n = n->parent)
        if (n->tag == TAG_A)
            return true;
    return false;
}

/* N, an img, becomes the place of a picture that is not in the book. TEXT is
 * shown, LABEL is what the author calls it. */
static void make_place(struct pictures *ps, struct node *n, str text, str label,
                       str url)
{
    str id = node_attr(n, ATTR_ID);
    struct node *in = n;

    n->tag = TAG_SPAN;
    n->attrs = NULL;
    if (id.n > 0)
        node_set(n, ps->a, ATTR_ID, id);
    node_set(n, ps->a, ATTR_CLASS, S("missing-image"));
    if (label.n > 0)
        node_set(n, ps->a, ATTR_TITLE, label);
    if (url.n > 0)
        node_set(n, ps->a, ATTR_DATA_SRC, url);
    if (url.n > 0 && !is_in_link(n->parent)) {
        in = node_new(ps->a, TAG_A, n->line);
        node_set(in, ps->a, ATTR_HREF, url);
        node_append(n, in);
    }
    node_append(in, node_text(ps->a, text, n->line));
}

/* What the author called it. */
static str label_of(const struct node *n)
{
    str alt = str_trim(node_attr(n, ATTR_ALT));

    return alt.n > 0 ? alt : str_trim(node_attr(n, ATTR_TITLE));
}

static void leave_remote(struct pictures *ps, struct node *n, str url)
{
    diag_add(ps->dg, DIAG_IMAGE_REMOTE, ps->c->post->path, n->line,
             "picture '%.*s' is on the web, left a link to it", STR_ARG(url));
    make_place(ps, n, link_host(url), label_of(n), url);
}

/* A data: address says nothing and may be long. */
static str short_name(str src)
{
    return str_starts_nocase(src, S("data:")) ? S("data:") : src;
}

static void leave_missing(struct pictures *ps, struct node *n, str src,
                          const struct outcome *o)
{
    str label = label_of(n), name = src;

    if (label.n == 0 && !str_starts_nocase(src, S("data:"))) {
        name = str_cut(&name, '?');
        label = path_base(path_percent_decode(ps->a, name));
    }
    diag_add(ps->dg, o->code, ps->c->post->path, n->line,
             "picture '%.*s': %s, left its description",
             STR_ARG(short_name(src)), o->why);
    make_place(ps, n,
               arena_printf(ps->a, "%s%s%.*s", word(ps, WORD_PICTURE_MISSING),
                            label.n > 0 ? ": " : "", STR_ARG(label)),
               S(""), S(""));
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

static void show(struct pictures *ps, struct node *n, uint32_t asset)
{
    node_unset(n, ATTR_DATA_SRC);
    node_unset(n, ATTR_DATA_CHOICES);
    node_set(n, ps->a, ATTR_ASSET, arena_printf(ps->a, "%u", asset));
    if (!node_has(n, ATTR_ALT))
        node_set(n, ps->a, ATTR_ALT, S(""));
    clean_size(ps, n, ATTR_WIDTH);
    clean_size(ps, n, ATTR_HEIGHT);
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

static void resolve_remote(struct pictures *ps, struct node *n, str url)
{
    str path = own_path(ps, url);
    const struct outcome *o;

    if (path.n > 0) {
        o = load(ps, path, n->line);
        if (o->ok) {
            show(ps, n, o->asset);
            return;
        }
    }
    leave_remote(ps, n, url);
}

static bool is_on_web(const struct pictures *ps, str src, str *url)
{
    return !str_starts_nocase(src, S("data:")) &&
           url_clean(src, S(""), ps->a, url) == URL_WEB &&
           str_starts(*url, S("http"));
}

/* An img without an address is its alternative text, or nothing. */
static void resolve_nothing(struct pictures *ps, struct node *n)
{
    str label = label_of(n);

    if (label.n > 0)
        node_replace(n, node_text(ps->a, label, n->line));
    else
        node_remove(n);
}

static void resolve_picture(struct pictures *ps, struct node *n)
{
    str src = str_trim(node_attr(n, ATTR_DATA_SRC)), url;
    const struct outcome *o;

    if (src.n == 0) {
        resolve_nothing(ps, n);
        return;
    }
    /* "photo.kr/a.png" without a scheme may be a folder of the blog. */
    if (str_find(src, S("//")) != STR_NONE && is_on_web(ps, src, &url)) {
        resolve_remote(ps, n, url);
        return;
    }
    o = load(ps, src, n->line);
    if (o->ok)
        show(ps, n, o->asset);
    else if (is_on_web(ps, src, &url))
        leave_remote(ps, n, url);
    else
        leave_missing(ps, n, src, o);
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

/* The post's featured picture comes first; a place of one that is on the web
 * is a paragraph, not a figure. */
static void add_featured(struct pictures *ps)
{
    const struct post *post = ps->c->post;
    str src = str_trim(post->image);
    struct node *body = find_body(ps->c), *img, *holder;

    if (src.n == 0 || !body || shows(body, src))
        return;
    img = node_new(ps->a, TAG_IMG, post->image_line);
    node_set(img, ps->a, ATTR_DATA_SRC, src);
    node_set(img, ps->a, ATTR_ALT, post->image_alt);
    holder = node_new(ps->a, TAG_FIGURE, post->image_line);
    node_set(holder, ps->a, ATTR_CLASS, S("featured"));
    node_append(holder, img);
    node_prepend(body, holder);
    resolve_picture(ps, img);
    if (!holder->first)
        node_remove(holder);
    else if (holder->first->tag != TAG_IMG)
        holder->tag = TAG_P;
}

void picture_resolve(struct chapter *c, const struct book *book,
                     struct arena *a, struct diag *dg)
{
    struct pictures ps = { c, book, a, dg, .finder = { c->post, a } };
    struct node *next;

    map_init(&ps.by_src, a);
    map_init(&ps.by_name, a);
    if (!c->root)
        return;
    add_featured(&ps);
    for (struct node *n = c->root; n; n = next) {
        next = node_next(n, c->root);
        if (n->tag == TAG_IMG && !node_has(n, ATTR_ASSET))
            resolve_picture(&ps, n);
        if (n->tag == TAG_IMG && node_attr(n, ATTR_ALT).n > 0)
            c->n_images_described++;
    }
}
