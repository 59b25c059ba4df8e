/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/nowhere.h"
#include "base/path.h"
#include "base/utf8.h"
#include "book/book.h"
#include "book/dates.h"
#include "book/exports.h"
#include "book/linkindex.h"
#include "book/names.h"
#include "book/notion.h"
#include "book/order.h"
#include "book/plain.h"
#include "book/readmes.h"
#include "book/readpost.h"
#include "book/sightings.h"
#include "book/site.h"
#include "book/sitefile.h"

/* Bytes of bodies that are kept, so that a blog of usual size is read once,
 * and the memory that a book takes still doesn't grow with its posts. */
#define BODIES_MAX (8u << 20)

struct posts {
    struct post **v;
    size_t n, cap;
};

struct collect {
    const struct settings *set;
    struct arena *a;      /* the book's */
    struct arena work;    /* lists that collecting needs */
    struct arena scratch; /* one post */
    struct intern intern;
    struct authors authors; /* of the folder */
    struct sightings sightings;
    struct map seen; /* paths, when there are several roots */
    struct posts posts;
    uint32_t n_considered, n_pages;
    uint64_t bytes;             /* of all posts */
    uint64_t room;              /* for bodies */
    uint64_t n_beyond, n_above; /* left out: too many, too big together */
    struct filenames *pictures;
    struct walk_files passed; /* of the first folder; its posts are not kept */
    struct diag *dg;
};

static bool is_folder(str path, struct arena *a)
{
    struct stat st;
    return stat(arena_cstr(a, path), &st) == 0 && S_ISDIR(st.st_mode);
}

static void look_for_hosts(void *data, const struct post *p, str body)
{
    struct collect *c = data;

    sightings_add(&c->sightings, body);
}

static bool is_new(struct collect *c, str path)
{
    if (c->set->paths.n < 2)
        return true;
    str key = path_normal(&c->work, path);
    if (map_find(&c->seen, key))
        return false;
    map_put(&c->seen, key, c);
    return true;
}

/* Is there room for one more? By the files' order, so it is always the same
 * ones that are left out. */
static bool has_room(struct collect *c)
{
    if (c->n_considered >= limit_of(c->set, LIMIT_POSTS)) {
        c->n_beyond++;
        return false;
    }
    if (c->n_above) {
        c->n_above++;
        return false;
    }
    return true;
}

static struct readpost make_readpost(struct collect *c, str root)
{
    return (struct readpost){
        .hints = settings_hints(c->set),
        .most = limit_of(c->set, LIMIT_POST_BYTES),
        .room = &c->room,
        .fm = { c->a, &c->scratch, &c->intern, &c->authors },
        .root = root,
        .look = look_for_hosts,
        .data = c,
    };
}

static void add_file(struct collect *c, const struct walk_file *file,
                     const struct readpost *how)
{
    uint64_t size = 0;

    if (!is_new(c, file->path) || !has_room(c))
        return;
    struct post *p = post_read(how, file, &size, c->dg);
    if (!p)
        return;
    if (size > limit_of(c->set, LIMIT_BYTES) - c->bytes) {
        c->n_above++;
        return;
    }
    c->bytes += size;
    p->index = c->n_considered++;
    if (order_wants(c->set, p, &c->scratch))
        *vec_push(&c->posts, &c->work) = p;
}

/* Leaves out the pages among the posts from number FROM on. */
static void drop_pages(struct collect *c, size_t from)
{
    struct site site = { 0 };
    size_t n = from;

    for (size_t i = from; i < c->posts.n; i++)
        site_look(&site, c->posts.v[i]);
    for (size_t i = from; i < c->posts.n; i++) {
        struct post *p = c->posts.v[i];
        if (!site_is_page(&site, p)) {
            c->posts.v[n++] = p;
            continue;
        }
        c->n_pages++;
        diag_add(c->dg, DIAG_FILE_SKIPPED, p->path, 0,
                 "a page of the site and not a post, left it out");
    }
    c->posts.n = n;
}

/* The site that the folder ROOT is in, if it isn't its root. */
static str site_above(struct collect *c, str root)
{
    str site = sitefile_root(c->set, root, c->a);

    return str_eq(site, root) ? (str){ 0 } : site;
}

static bool add_folder(struct collect *c, str root)
{
    struct walk_files files = { .pictures = c->pictures }, built = { 0 };
    struct walk_want want = { root, c->set->drafts, false, c->a, &c->work };
    size_t from = c->posts.n;
    uint32_t before = c->n_considered;
    struct readpost how = make_readpost(c, root);
    bool is_site = site_is_root(root, &c->work);

    if (!walk_folder(&want, &files, c->dg))
        return false;
    how.site = site_above(c, root);
    authors_read(&c->authors, root, is_site ? root : how.site, &c->work, c->dg);
    how.readmes = !is_site && readmes_are_posts(&files);
    for (size_t i = 0; i < files.n; i++)
        add_file(c, &files.v[i], &how);
    if (str_eq(root, c->set->paths.v[0]))
        c->passed = files;
    want.built = true;
    if (c->n_considered == before && walk_folder(&want, &built, c->dg))
        for (size_t i = 0; i < built.n; i++)
            add_file(c, &built.v[i], &how);
    if (is_site)
        drop_pages(c, from);
    return true;
}

static bool add_named(struct collect *c, str path)
{
    struct stat st;
    str dir = path_dir(path);

    c->authors = (struct authors){ 0 };
    if (stat(arena_cstr(&c->work, path), &st) != 0) {
        diag_add(c->dg, DIAG_NO_POSTS, path, 0, "%s%s", strerror(errno),
                 path_is_stdout(path) ? "; to write to standard output put "
                                        "'=-' behind the option, as --epub=-"
                                      : "");
        return false;
    }
    if (!walk_is_post_name(path) && export_report(path, c->dg))
        return false;
    struct walk_file file = { path, path_base(path), false };
    struct readpost how = make_readpost(c, dir.n ? dir : S("."));
    how.named = true;
    add_file(c, &file, &how);
    return true;
}

static void report_limits(const struct collect *c)
{
    str path = c->set->paths.n ? c->set->paths.v[0] : S(".");

    if (c->n_beyond)
        diag_add(c->dg, DIAG_LIMIT_POSTS, path, 0,
                 "more than %llu posts (--limit posts=N), left out %llu",
                 (unsigned long long)limit_of(c->set, LIMIT_POSTS),
                 (unsigned long long)c->n_beyond);
    if (c->n_above)
        diag_add(c->dg, DIAG_LIMIT_BYTES, path, 0,
                 "the posts have more than %llu bytes together (--limit "
                 "bytes=N), left out %llu of them",
                 (unsigned long long)limit_of(c->set, LIMIT_BYTES),
                 (unsigned long long)c->n_above);
}

static bool add_paths(struct collect *c)
{
    bool ok = true;

    for (size_t i = 0; i < c->set->paths.n; i++) {
        str path = c->set->paths.v[i];
        if (path.n == 0)
            path = S(".");
        ok = (is_folder(path, &c->work) ? add_folder(c, path)
                                        : add_named(c, path)) &&
             ok;
    }
    return ok;
}

/* The folder's own name, also of "." and "..". */
static str folder_name(str path, struct arena *a)
{
    char *real = realpath(arena_cstr(a, path), NULL);
    str name = arena_dup(a, path_base(str_of(real)));

    free(real);
    return name;
}

static str default_title(struct collect *c)
{
    str first = c->set->paths.n ? c->set->paths.v[0] : S(".");
    struct utf8_report ignored = { 0 };

    if (!is_folder(first, &c->work)) {
        if (c->posts.n == 1)
            return c->posts.v[0]->title;
        first = path_dir(first).n ? path_dir(first) : S(".");
    }
    str name = utf8_clean(folder_name(first, &c->work), &c->work, &ignored);
    name = utf8_nfc(plain_text(notion_name(name), &c->work), &c->work);
    return name.n ? arena_dup(c->a, name) : S("Blog");
}

static str shared_author(const struct book *b)
{
    for (uint32_t i = 1; i < b->n_posts; i++)
        if (!str_eq(b->posts[i]->author, b->posts[0]->author))
            return S("");
    return b->n_posts ? b->posts[0]->author : S("");
}

/* The first of the addresses, without a slash at its end. */
static str first_base_url(str urls)
{
    str s = str_trim(urls);
    size_t n = 0;

    while (n < s.n && s.p[n] != ',' && !ascii_is_space((unsigned char)s.p[n]))
        n++;
    while (n > 0 && s.p[n - 1] == '/')
        n--;
    return str_sub(s, 0, n);
}

static int64_t modified_time(const struct book *b)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    uint64_t fixed;
    int64_t newest = 0;

    if (epoch && str_to_uint(str_of(epoch), &fixed) && fixed < INT64_MAX)
        return (int64_t)fixed;
    for (uint32_t i = 0; i < b->n_posts; i++) {
        const struct post *p = b->posts[i];
        const struct date *d = p->updated.year ? &p->updated : &p->date;
        if (d->year && date_utc(d) > newest)
            newest = date_utc(d);
    }
    return newest;
}

static void describe_book(struct book *b, struct collect *c)
{
    const struct settings *set = c->set;

    b->title = set->title.n ? set->title : default_title(c);
    b->author = set->author.n ? set->author : shared_author(b);
    b->language = set->language;
    b->language_else = set->site_language;
    b->description = set->description;
    b->base_url = first_base_url(set->base_url);
    b->identifier = set->identifier;
    if (b->identifier.n == 0)
        b->identifier = hash_uuid5_url(arena_printf(&c->work, "%.*s#%.*s",
                                                    STR_ARG(b->base_url),
                                                    STR_ARG(b->title)),
                                       c->a);
    b->modified = modified_time(b);
}

/* "a.html, b.txt and 7 more" */
static str list_names(const struct str_vec *names, size_t total,
                      struct arena *a)
{
    str out = { 0 };

    for (size_t i = 0; i < names->n; i++)
        out = arena_printf(a, "%.*s%s%.*s", STR_ARG(out), i ? ", " : "",
                           STR_ARG(names->v[i]));
    if (total > names->n)
        out = arena_printf(a, "%.*s and %zu more", STR_ARG(out),
                           total - names->n);
    return out;
}

/* No file of the folder is a post: what was looked for, what was found. */
static void report_no_file(const struct collect *c, str path)
{
    const struct walk_files *passed = &c->passed;
    struct arena *a = c->dg->arena;
    str found = S("nothing"), skipped = { 0 }, hint = { 0 };

    if (passed->n_others)
        found = list_names(&passed->others, passed->n_others, a);
    if (passed->skipped.n)
        skipped = arena_join(
            a, S("; did not look into "),
            list_names(&passed->skipped, passed->skipped.n, a));
    for (size_t i = 0; i < passed->exports.n && hint.n == 0; i++)
        hint = export_hint(passed->exports.v[i], a);
    diag_add(c->dg, DIAG_NO_POSTS, path, 0,
             "no post found; looked for files named *.md, *.markdown, "
             "*.mdown, *.mkd or *.mdx, found %.*s%.*s%s%.*s",
             STR_ARG(found), STR_ARG(skipped), hint.n ? "; " : "",
             STR_ARG(hint));
}

/* Is there a blog in another form? */
static bool report_export(const struct collect *c)
{
    const struct str_vec *list = &c->passed.exports;

    for (size_t i = 0; i < list->n; i++)
        if (export_report(list->v[i], c->dg))
            return true;
    return false;
}

/* Nothing to make a book of. */
static void report_none(const struct collect *c)
{
    const struct settings *set = c->set;
    str path = set->paths.n ? set->paths.v[0] : S(".");

    if (c->n_considered == 0 && c->passed.n > 0) {
        diag_add(c->dg, DIAG_NO_POSTS, path, 0,
                 "no post found; all Markdown files here (%zu) are empty, "
                 "unreadable or such as README.md; name a file to have it in "
                 "the book",
                 c->passed.n);
    } else if (c->n_considered == 0) {
        if (!report_export(c))
            report_no_file(c, path);
    } else if (!set->since.year && !set->until.year && set->tag.n == 0) {
        diag_add(c->dg, DIAG_NO_POSTS, path, 0,
                 "all %u posts are drafts; --drafts takes them",
                 c->n_considered);
    } else {
        diag_add(c->dg, DIAG_NO_POSTS, path, 0,
                 "none of the %u posts found is what --since, --until, --tag "
                 "ask for",
                 c->n_considered);
    }
}

static struct book *make_book(struct collect *c)
{
    struct book *b = arena_new(c->a, struct book);

    b->arena = c->a;
    b->settings = c->set;
    b->n_posts = (uint32_t)c->posts.n;
    b->n_considered = c->n_considered - c->n_pages;
    b->n_pages = c->n_pages;
    b->posts = arena_array(c->a, struct post *, c->posts.n);
    memcpy(b->posts, c->posts.v, c->posts.n * sizeof *b->posts);
    order_posts(b->posts, b->n_posts, c->set->reverse);
    for (uint32_t i = 0; i < b->n_posts; i++)
        b->posts[i]->index = i;
    name_posts(b->posts, b->n_posts, c->a, &c->work);
    describe_book(b, c);
    b->pictures = c->pictures;
    b->links = linkindex_new(b, c->a);
    sightings_apply(&c->sightings, b->links);
    return b;
}

static struct book *collect(struct collect *c)
{
    if (!add_paths(c))
        return NULL;
    report_limits(c);
    if (c->posts.n == 0) {
        report_none(c);
        return NULL;
    }
    return make_book(c);
}

struct book *book_collect(const struct settings *set, struct arena *a,
                          struct diag *dg)
{
    struct collect c = { .set = set, .a = a, .dg = dg, .room = BODIES_MAX };

    arena_init(&c.work);
    arena_init(&c.scratch);
    map_init(&c.intern.map, a);
    c.pictures = arena_new(a, struct filenames);
    map_init(&c.pictures->by_name, a);
    map_init(&c.seen, &c.work);
    sightings_init(&c.sightings, &c.work);
    struct book *b = collect(&c);
    arena_done(&c.scratch);
    arena_done(&c.work);
    return b;
}
