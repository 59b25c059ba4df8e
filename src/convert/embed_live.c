/* SPDX-License-Identifier: MIT */
#include "convert/embed_live.h"

#include "assets/library.h"
#include "base/path.h"
#include "convert/chapter_build.h"
#include "convert/embed_match.h"
#include "convert/gist.h"
#include "convert/link.h"
#include "convert/oembed.h"

enum how { OEMBED, GIST };

struct live {
    str name;
    enum how how;
    str endpoint, hosts;
};

static const struct live lives[] = {
#define LIVE(name, how, endpoint, hosts)                                       \
    { STR_INIT(name), how, STR_INIT(endpoint), STR_INIT(hosts) },
#include "convert/embed_live.def"
#undef LIVE
};

struct enliven {
    struct chapter *c;
    const struct book *book;
    struct arena *a;
    struct diag *dg;
};

/* A card in the chapter. */
struct found {
    struct node *figure, *title; /* title: p.embed-title's a, or NULL */
    const struct live *live;     /* NULL: nobody is asked */
    struct gist gist;
    str ask; /* the address of the answer; empty: none */
};

static struct node *find_title(const struct node *figure)
{
    for (struct node *p = figure->first; p; p = p->next)
        if (node_has_class(p, S("embed-title")) && p->first &&
            p->first->tag == TAG_A)
            return p->first;
    return NULL;
}

static str encode(str s, struct arena *a)
{
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_bytes(a, 3 * s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (ascii_is_alnum(c) || c == '-' || c == '.' || c == '_') {
            p[n++] = (char)c;
            continue;
        }
        p[n++] = '%';
        p[n++] = hex[c >> 4];
        p[n++] = hex[c & 15];
    }
    return (str){ p, n };
}

static const struct live *find_live(str name)
{
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++)
        if (str_eq(lives[i].name, name))
            return &lives[i];
    return NULL;
}

static bool find_card(const struct enliven *e, struct node *n, struct found *f)
{
    struct embed_match m;
    str url;

    if (n->tag != TAG_FIGURE || !node_has_class(n, S("embed")))
        return false;
    *f = (struct found){ .figure = n, .title = find_title(n) };
    str player = node_attr(n, ATTR_DATA_SRC);
    url = f->title ? node_attr(f->title, ATTR_HREF) : player;
    if (embed_match(player.n ? player : url, e->a, &m))
        f->live = find_live(m.name);
    if (!f->live)
        return true;
    if (f->live->how == OEMBED)
        f->ask = arena_join(e->a, f->live->endpoint, encode(url, e->a));
    else if (gist_parse(player.n ? player : url, e->a, &f->gist))
        f->ask = arena_join(e->a, f->live->endpoint, f->gist.id);
    return true;
}

/* Without a date: the archive has no part in this. */
static struct web_want want_of(const struct enliven *e, str url)
{
    return (struct web_want){
        .url = url,
        .referer = chapter_address(e->c->post, e->book, e->a),
        .kind = WEB_DATA,
    };
}

static bool ask(const struct enliven *e, const struct found *f, str url,
                str *answer)
{
    struct web_want want = want_of(e, url);
    struct web_file file = { 0 };

    library_get(e->book->library, &want, e->a, &file);
    *answer = file.bytes;
    if (file.status == WEB_UNLOCKED)
        diag_add(e->dg, DIAG_LOCK_BROKEN, e->c->post->path, f->figure->line,
                 "card '%.*s': %.*s", STR_ARG(url), STR_ARG(file.why));
    return file.status == WEB_FOUND;
}

/* Is URL's host one of the table line's? */
static bool is_allowed(const struct live *live, str url)
{
    str host = path_host(url), hosts = live->hosts;

    while (hosts.n > 0) {
        str end = str_cut(&hosts, ' ');

        if (str_ends(host, end) &&
            (host.n == end.n || host.p[host.n - end.n - 1] == '.'))
            return str_starts(url, S("http"));
    }
    return false;
}

static bool is_bare(const struct node *link)
{
    return link && link->first && link->first->tag == TAG_TEXT &&
           str_eq(link->first->text, node_attr(link, ATTR_HREF));
}

/* In front of the title, with the title as its description. */
static void add_picture(const struct enliven *e, const struct found *f, str url)
{
    struct node *p = node_new(e->a, TAG_P, f->figure->line);
    struct node *img = node_new(e->a, TAG_IMG, f->figure->line);
    str alt = is_bare(f->title) ? node_attr(f->figure, ATTR_ARIA_LABEL)
                                : node_plain_text(f->title, e->a);

    node_set(p, e->a, ATTR_CLASS, S("embed-picture"));
    node_set(img, e->a, ATTR_DATA_SRC, url);
    node_set(img, e->a, ATTR_ALT, alt);
    node_append(p, img);
    node_insert_before(f->title->parent, p);
}

static void show_page(const struct enliven *e, const struct found *f)
{
    str picture = node_attr(f->figure, ATTR_DATA_THUMBNAIL), answer;
    struct oembed o;

    if (!f->title)
        return;
    if (f->ask.n > 0 && ask(e, f, f->ask, &answer) &&
        oembed_read(answer, e->a, &o)) {
        if (o.title.n > 0 && is_bare(f->title))
            f->title->first->text = o.title;
        if (is_allowed(f->live, o.picture))
            picture = o.picture;
    }
    if (picture.n > 0)
        add_picture(e, f, picture);
}

static struct node *add_block(const struct enliven *e, struct node *in,
                              enum tag tag, str class_name)
{
    struct node *n = node_new(e->a, tag, in->line);

    if (class_name.n > 0)
        node_set(n, e->a, ATTR_CLASS, class_name);
    node_append(in, n);
    return n;
}

static void add_file(const struct enliven *e, struct node *div,
                     const struct gist_file *file)
{
    struct node *name = add_block(e, div, TAG_P, S("code-name"));
    struct node *pre = add_block(e, div, TAG_PRE, S(""));
    struct node *code = add_block(e, pre, TAG_CODE, S(""));

    node_append(name, node_text(e->a, file->name, div->line));
    if (file->language.n > 0)
        node_set(pre, e->a, ATTR_DATA_LANG, file->language);
    node_append(code, node_text(e->a, file->text, div->line));
}

/* All that is cut off in FILES, as a whole. */
static bool complete(const struct enliven *e, const struct found *f,
                     struct gist_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        struct gist_file *file = &files->v[i];
        str url = link_clean_url(file->more, S(""), e->a), bytes;

        if (file->more.n > 0 &&
            (!is_allowed(f->live, url) || !ask(e, f, url, &bytes) ||
             !gist_text(bytes, e->a, &file->text)))
            return false;
    }
    return true;
}

/* GitHub answers strangers' questions sixty times an hour; its files are for
 * everybody. They have no list, so this is for gists whose file is known. */
static bool read_raw(const struct enliven *e, const struct found *f,
                     struct gist_files *files)
{
    str url, bytes;
    struct gist_file file = { .name = f->gist.file };

    if (f->gist.user.n == 0 || f->gist.file.n == 0)
        return false;
    str name = encode(f->gist.file, e->a);
    url = arena_printf(e->a,
                       "https://gist.githubusercontent.com/%.*s/%.*s/raw/"
                       "%.*s",
                       STR_ARG(f->gist.user), STR_ARG(f->gist.id),
                       STR_ARG(name));
    if (!ask(e, f, url, &bytes) || !gist_text(bytes, e->a, &file.text))
        return false;
    *vec_push(files, e->a) = file;
    return true;
}

/* The card becomes div.embed-code: each file's name and text, then the link. */
static void show_code(const struct enliven *e, const struct found *f)
{
    struct gist_files files = { 0 };
    str answer;

    if (!f->title)
        return;
    bool known = ask(e, f, f->ask, &answer);
    if (known ? !gist_read(answer, &f->gist, e->a, &files) ||
                    !complete(e, f, &files)
              : !read_raw(e, f, &files))
        return;
    struct node *div = node_new(e->a, TAG_DIV, f->figure->line);
    node_set(div, e->a, ATTR_CLASS, S("embed-code"));
    node_set(div, e->a, ATTR_DATA_SRC, node_attr(f->figure, ATTR_DATA_SRC));
    for (size_t i = 0; i < files.n; i++)
        add_file(e, div, &files.v[i]);
    struct node *p = add_block(e, div, TAG_P, S("code-source"));
    node_remove(f->title);
    node_append(p, f->title);
    node_replace(f->figure, div);
}

static bool is_gist(const struct found *f)
{
    return f->live && f->live->how == GIST;
}

bool embed_want(struct chapter *c, const struct book *book, struct arena *a)
{
    struct enliven e = { .c = c, .book = book, .a = a };
    struct node *next;
    struct found f;
    bool asks = false;

    if (!book || !book->library || !c->root)
        return false;
    for (struct node *n = c->root; n; n = next) {
        next = node_next(n, c->root);
        if (!find_card(&e, n, &f))
            continue;
        next = node_skip(n, c->root);
        if (f.ask.n > 0) {
            struct web_want want = want_of(&e, f.ask);
            library_want(book->library, &want);
            asks = true;
        } else if (!is_gist(&f)) {
            show_page(&e, &f);
        }
    }
    return asks;
}

void embed_enliven(struct chapter *c, const struct book *book, struct arena *a,
                   struct diag *dg)
{
    struct enliven e = { .c = c, .book = book, .a = a, .dg = dg };
    struct node *next;
    struct found f;

    if (!book || !book->library || !c->root)
        return;
    for (struct node *n = c->root; n; n = next) {
        next = node_next(n, c->root);
        if (!find_card(&e, n, &f))
            continue;
        next = node_skip(n, c->root);
        if (f.ask.n == 0)
            continue;
        if (is_gist(&f))
            show_code(&e, &f);
        else
            show_page(&e, &f);
    }
}
