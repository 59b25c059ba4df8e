/* SPDX-License-Identifier: MIT */
/* Pictures from the web, each by the best of its addresses. */
#include "assets/image.h"
#include "base/path.h"
#include "convert/chapter_build.h"
#include "convert/picture.h"
#include "convert/picture_parts.h"
#include "convert/picture_source.h"
#include "doc/words.h"

/* A page may name a picture in many sizes; so many are asked for. */
#define ADDRESSES_MAX 6

/* The archive is asked for the last address only, the author's own. */
static struct web_want want_of(const struct pictures *ps,
                               const struct str_vec *addresses, size_t i)
{
    return (struct web_want){
        .url = addresses->v[i],
        .referer = ps->referer,
        .kind = WEB_PICTURE,
        .guess = i + 1 < addresses->n,
        .date = ps->c->post->date,
        .order = ps->c->post->index,
    };
}

static struct str_vec make_addresses(struct pictures *ps, str choices)
{
    struct str_vec all = { 0 };
    str one;

    /* "photo.kr/a.png" without a scheme may be a folder of the blog. */
    while (str_next_line(&choices, &one))
        if (str_find(one, S("//")) != STR_NONE &&
            !str_starts_nocase(one, S("data:")))
            picture_sources(one, ps->a, &all);
    if (all.n > ADDRESSES_MAX) {
        all.v[ADDRESSES_MAX - 1] = all.v[all.n - 1];
        all.n = ADDRESSES_MAX;
    }
    return all;
}

struct str_vec picture_addresses(struct pictures *ps, const struct node *n)
{
    str choices = node_attr(n, ATTR_DATA_CHOICES);
    void **known;

    if (choices.n == 0)
        choices = str_trim(node_attr(n, ATTR_DATA_SRC));
    known = map_at(&ps->by_choices, choices);
    if (!*known) {
        struct str_vec *all = arena_new(ps->a, struct str_vec);

        *all = make_addresses(ps, choices);
        *known = all;
    }
    return *(const struct str_vec *)*known;
}

void picture_want_first(struct pictures *ps, const struct str_vec *addresses)
{
    if (addresses->n == 0)
        return;
    struct web_want want = want_of(ps, addresses, addresses->n - 1);
    library_claim(ps->book->library, &want);
    if (picture_is_counter(addresses->v[0]))
        return;
    want = want_of(ps, addresses, 0);
    library_want(ps->book->library, &want);
}

void picture_guess(struct pictures *ps)
{
    if (!ps->grows)
        return;
    for (struct node *n = ps->c->root; n; n = node_next(n, ps->c->root)) {
        struct str_vec addresses = { 0 };

        if (!node_has(n, ATTR_DATA_THUMBNAIL))
            continue;
        picture_sources(node_attr(n, ATTR_DATA_THUMBNAIL), ps->a, &addresses);
        if (addresses.n == 0)
            continue;
        struct web_want want = want_of(ps, &addresses, 0);
        library_want(ps->book->library, &want);
    }
}

/* "web.archive.org, 4 March 2015" of an address of the archive, which has the
 * time in it: ".../web/20150304120000id_/http://...". */
static str archive_note(const struct pictures *ps, str url)
{
    size_t at = str_find(url, S("/web/"));
    str digits = str_sub(url, at == STR_NONE ? url.n : at + 5, 8);
    uint64_t n;

    if (digits.n < 8 || !str_to_uint(digits, &n))
        return path_host(url);
    str date = word_date((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100),
                         ps->c->lang, ps->a);
    str host = path_host(url);
    return arena_printf(ps->a, "%.*s, %.*s", STR_ARG(host), STR_ARG(date));
}

static enum diag_code code_of(enum web_status status)
{
    switch (status) {
    case WEB_OFFLINE:
        return DIAG_IMAGE_REMOTE;
    case WEB_REFUSED:
        return DIAG_IMAGE_REFUSED;
    case WEB_UNLOCKED:
        return DIAG_LOCK_BROKEN;
    default:
        return DIAG_IMAGE_DEAD;
    }
}

static bool is_one_pixel(str bytes)
{
    struct image i;
    const char *why;

    return image_identify(bytes, &i.type, &i.width, &i.height, &why) &&
           i.type != IMAGE_SVG && i.width <= 1 && i.height <= 1;
}

static struct outcome fetch_one(struct pictures *ps,
                                const struct web_want *want, uint32_t line)
{
    struct web_file file = { 0 };
    struct outcome o;

    library_get(ps->book->library, want, ps->a, &file);
    if (file.status != WEB_FOUND && file.status != WEB_ARCHIVED)
        return (struct outcome){ .code = code_of(file.status),
                                 .why = file.why };
    if (picture_is_substitute(file.url))
        return (struct outcome){ .code = DIAG_IMAGE_DEAD,
                                 .why = S("the host has lost it") };
    if (is_one_pixel(file.bytes))
        return (struct outcome){ .counter = true };
    o = picture_take(ps, &file, want->url, line);
    if (o.ok && file.status == WEB_ARCHIVED)
        o.archived = archive_note(ps, file.url);
    return o;
}

/* A lock that says nothing of an address, or something else, matters only when
 * no other address gives the picture: a new version may know better ones. */
static struct outcome fetch_first(struct pictures *ps,
                                  const struct str_vec *addresses,
                                  uint32_t line)
{
    struct outcome last = { 0 }, unlocked = { 0 }, dead = { 0 };
    bool pixel = false;

    for (size_t i = 0; i < addresses->n; i++) {
        struct web_want want = want_of(ps, addresses, i);

        if (!want.guess && picture_is_counter(want.url))
            return (struct outcome){ .counter = true };
        last = fetch_one(ps, &want, line);
        if (last.ok)
            return last;
        pixel |= last.counter;
        if (!last.counter)
            dead = last;
        if (last.code == DIAG_LOCK_BROKEN)
            unlocked = last;
    }
    if (pixel) {
        dead.counter = true;
        return dead;
    }
    return unlocked.code == DIAG_LOCK_BROKEN ? unlocked : last;
}

const struct outcome *picture_fetch(struct pictures *ps,
                                    const struct str_vec *addresses,
                                    uint32_t line)
{
    void **known = map_at(&ps->by_web, addresses->v[0]);
    struct outcome *o = *known;

    if (!o) {
        o = arena_new(ps->a, struct outcome);
        *known = o;
        *o = fetch_first(ps, addresses, line);
    }
    return o;
}
