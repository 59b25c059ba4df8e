/* SPDX-License-Identifier: MIT */
#include "book/authors.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "base/path.h"
#include "book/plain.h"
#include "book/reader.h"
#include "book/smallfile.h"

#define AUTHOR_MAX 200

static const str in_folder[] = { STR_INIT("authors.yml"),
                                 STR_INIT("authors.yaml") };
static const str in_site[] = { STR_INIT("_data/authors.yml"),
                               STR_INIT("_data/authors.yaml"),
                               STR_INIT("blog/authors.yml"),
                               STR_INIT("blog/authors.yaml") };

#define N_OF(table) (sizeof(table) / sizeof *(table))

static void complain(str path, unsigned line, str why, struct diag *dg)
{
    if (dg)
        diag_add(dg, DIAG_SITE_BROKEN, arena_dup(dg->arena, path), line,
                 "the site's authors can't be read (%.*s), their names are "
                 "missing",
                 STR_ARG(why));
}

static struct value *read_file(str path, struct arena *a, struct diag *dg)
{
    struct read_error err = { 0, S("no text file, or too big") };
    struct value *root = NULL;
    str text;

    if (smallfile_read(path, NULL, a, &text, NULL) == FILE_OK)
        root = yaml_read(text, 1, a, &err);
    if (!root)
        complain(path, err.line, err.why, dg);
    return root;
}

static void add_names(struct authors *au, const struct value *root,
                      struct arena *a)
{
    for (const struct value *v = root->first; v; v = v->next) {
        const struct value *name = value_find(v, S("name"));
        str text = plain_entities(plain_value(name, a), a);
        if (text.n == 0 || text.n > AUTHOR_MAX || v->key.n == 0 ||
            map_find(&au->names, v->key))
            continue;
        str *kept = arena_new(a, str);
        *kept = text;
        map_put(&au->names, v->key, kept);
    }
}

static void add_file(struct authors *au, str folder, str name, struct arena *a,
                     struct diag *dg)
{
    struct stat st;
    str path = path_join(a, folder, name);

    if (stat(arena_cstr(a, path), &st) != 0)
        return;
    if (!file_is_inside(folder, path, a)) {
        complain(path, 0, S("a symbolic link out of the folder"), dg);
        return;
    }
    const struct value *root = read_file(path, a, dg);
    if (root && root->kind == VALUE_MAP)
        add_names(au, root, a);
}

void authors_read(struct authors *au, str folder, str site, struct arena *a,
                  struct diag *dg)
{
    map_init(&au->names, a);
    for (size_t i = 0; i < N_OF(in_folder); i++)
        add_file(au, folder, in_folder[i], a, dg);
    for (size_t i = 0; site.n && i < N_OF(in_site); i++)
        add_file(au, site, in_site[i], a, dg);
}

void authors_list(str site, struct arena *a, struct str_vec *all)
{
    for (size_t i = 0; i < N_OF(in_site); i++)
        *vec_push(all, a) = path_join(a, site, in_site[i]);
}

str authors_name(const struct authors *au, str key)
{
    const str *name = map_find(&au->names, key);

    return name ? *name : key;
}

/* One author; *KNOWN: it was a key. */
static str name_of(const struct authors *au, const struct value *v,
                   struct arena *a, bool *known)
{
    bool named = v->kind == VALUE_MAP && value_find(v, S("name"));
    const struct value *key = v->kind == VALUE_MAP ? value_find(v, S("key"))
                                                   : v;

    *known = false;
    if (named || !key || key->kind != VALUE_TEXT)
        return plain_value(v, a);
    str text = plain_text(key->text, a);
    *known = map_find(&au->names, text);
    return authors_name(au, text);
}

str authors_of(const struct authors *au, const struct value *v, struct arena *a)
{
    struct buf out = { 0 };
    bool known, any = false;

    if (!au || !v || au->names.n == 0)
        return (str){ 0 };
    if (v->kind != VALUE_LIST) {
        str name = name_of(au, v, a, &known);
        return known ? name : (str){ 0 };
    }
    for (const struct value *item = v->first; item; item = item->next) {
        str name = name_of(au, item, a, &known);
        if (name.n == 0)
            continue;
        if (out.n)
            buf_puts(&out, ", ");
        buf_put(&out, name);
        any = any || known;
    }
    str all = any ? arena_dup(a, buf_str(&out)) : (str){ 0 };
    buf_done(&out);
    return all;
}
