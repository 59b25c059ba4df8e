/* SPDX-License-Identifier: MIT */
#include "book/sitefile.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "book/authors.h"
#include "book/reader.h"
#include "book/script.h"
#include "book/site.h"
#include "book/sitevalues.h"
#include "book/smallfile.h"

typedef struct value *file_reader(str text, unsigned line, struct arena *a,
                                  struct read_error *err);

static struct value *python(str text, unsigned line, struct arena *a,
                            struct read_error *err)
{
    (void)line, (void)err;
    return python_read(text, a);
}

static struct value *script(str text, unsigned line, struct arena *a,
                            struct read_error *err)
{
    (void)line, (void)err;
    return script_read(text, a);
}

enum generator {
    JEKYLL,
    HUGO,
    PELICAN,
    NIKOLA,
    DOCUSAURUS,
    VUEPRESS,
    VITEPRESS,
    GATSBY,
    ASTRO,
    NEXT,
    QUARTZ,
    ELEVENTY,
    MKDOCS
};

/* Best first; of several generators the first that has a title. */
static const struct site_file {
    const char *name;
    enum generator of;
    file_reader *read;
    bool generic; /* other programs have such files too */
} files[] = {
#define FILE(name, of, read, generic) { name, of, read, generic },
#include "book/sitefile.def"
#undef FILE
};

#define N_FILES (sizeof files / sizeof *files)

struct lookup {
    struct settings *set;
    struct arena *a;
    struct diag *dg;
    str folder, root, path; /* that was named; of the site; of the file */
    str said;               /* what was taken of it */
    str language;           /* Hugo's, of the site; empty: not said */
};

/* For messages, which live longer than the look. */
static str kept_path(struct lookup *l)
{
    return arena_dup(l->set->arena, l->path);
}

static void complain(struct lookup *l, unsigned line, str why)
{
    diag_add(l->dg, DIAG_SITE_BROKEN, kept_path(l), line,
             "the site's settings can't be read (%.*s), used none of them",
             STR_ARG(why));
}

static str why_not(enum file_result r)
{
    if (r == FILE_LARGE)
        return S("too big");
    return r == FILE_SPECIAL ? S("no regular file") : str_of(strerror(errno));
}

static struct value *read_file(struct lookup *l, const struct site_file *f)
{
    struct read_error err = { 0 };
    str text;
    enum file_result r = smallfile_read(l->path, NULL, l->a, &text, NULL);

    if (r != FILE_OK) {
        complain(l, 0, why_not(r));
        return NULL;
    }
    struct value *root = f->read(text, 1, l->a, &err);
    if (!root)
        complain(l, err.line, err.why);
    return root;
}

/* config.yaml may be anything's; Hugo's and Zola's says where the site is or
 * how it looks. */
static bool is_sites(const struct value *root)
{
    static const str keys[] = { STR_INIT("baseurl"), STR_INIT("base_url"),
                                STR_INIT("languageCode"), STR_INIT("theme"),
                                STR_INIT("defaultContentLanguage") };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (value_find(root, keys[i]))
            return true;
    return false;
}

static str *field_of(struct settings *set, enum site_fact fact)
{
    switch (fact) {
    case SITE_TITLE:
        return &set->title;
    case SITE_AUTHOR:
        return &set->author;
    case SITE_LANGUAGE:
        return &set->site_language;
    case SITE_ADDRESS:
        return &set->base_url;
    default:
        return &set->description;
    }
}

/* In Jekyll it may be the key of one. */
static str name_of_author(struct lookup *l, str text)
{
    struct authors authors;

    authors_read(&authors, l->folder, l->root, l->a, NULL);
    return authors_name(&authors, text);
}

static void take(struct lookup *l, const struct value *root,
                 enum site_fact fact)
{
    static const char *const names[] = { "title", "author", "language",
                                         "address", "description" };
    str *field = field_of(l->set, fact);
    unsigned line = 0;
    bool too_long;

    if (field->n > 0 || (fact == SITE_LANGUAGE && l->set->language.n > 0))
        return;
    str text = sitevalue_find(root, fact, l->a, &line, &too_long);
    if (too_long)
        diag_add(l->dg, DIAG_SITE_BROKEN, kept_path(l), line,
                 "the site's %s is longer than %d bytes, did not use it",
                 names[fact], SITE_VALUE_MAX);
    if (text.n == 0)
        return;
    if (fact == SITE_AUTHOR)
        text = name_of_author(l, text);
    *field = arena_dup(l->set->arena, text);
    l->said = arena_printf(l->a, "%.*s%s%s '%.*s'", STR_ARG(l->said),
                           l->said.n ? ", " : "", names[fact], STR_ARG(text));
}

/* The site's own, as Hugo names it. */
static str own_language(const struct lookup *l)
{
    return l->language.n ? l->language : S("en");
}

/* "ko" of "config/_default/languages.ko.toml"; empty: it has no such name. */
static str language_of_name(const struct site_file *f)
{
    str name = path_base(str_of(f->name));

    if (!str_eq(str_cut(&name, '.'), S("languages")))
        return (str){ 0 };
    str language = str_cut(&name, '.');
    return name.n ? language : (str){ 0 };
}

/* What ROOT, of F, says: Hugo's languages.toml of each language, apart. */
static const struct value *own_part(struct lookup *l, const struct site_file *f,
                                    const struct value *root)
{
    if (!str_starts(path_base(str_of(f->name)), S("languages.")) ||
        language_of_name(f).n)
        return root;
    str language = own_language(l);
    const struct value *own = value_find(root, language);
    if (!own) /* "zh" for "zh-cn" */
        own = value_find(root, str_cut(&language, '-'));
    if (own || l->language.n || root->kind != VALUE_MAP)
        return own;
    return root->first;
}

static bool is_there(struct lookup *l, const struct site_file *f)
{
    struct stat st;
    str language = language_of_name(f);

    if (language.n && !str_eq_nocase(language, own_language(l)))
        return false;
    l->path = path_join(l->a, l->root, str_of(f->name));
    return stat(arena_cstr(l->a, l->path), &st) == 0 && !S_ISDIR(st.st_mode);
}

static void use(struct lookup *l, const struct site_file *f)
{
    if (!file_is_inside(l->root, l->path, l->a)) {
        complain(l, 0, S("a symbolic link out of the site"));
        return;
    }
    struct value *root = read_file(l, f);
    if (!root || (f->generic && !is_sites(root)))
        return;
    const struct value *part = own_part(l, f, root);
    const struct value *v = value_find(root, S("defaultContentLanguage"));
    if (v && v->kind == VALUE_TEXT)
        l->language = v->text;
    l->said = (str){ 0 };
    for (int fact = 0; part && fact < SITE_FACTS; fact++)
        take(l, part, (enum site_fact)fact);
    if (l->said.n == 0)
        return;
    str path = kept_path(l);
    *vec_push(&l->set->site_files, l->set->arena) = path;
    diag_add(l->dg, DIAG_SITE_USED, path, 0,
             "took of the site's settings: %.*s", STR_ARG(l->said));
}

/* --safe reads nothing outside of what was named. */
str sitefile_root(const struct settings *set, str folder, struct arena *a)
{
    return site_root_of(folder, set->safe ? 0 : SITE_CLIMB_MAX, a);
}

struct str_vec sitefile_list(const struct settings *set, str folder,
                             struct arena *a)
{
    struct str_vec all = { 0 };
    str root = sitefile_root(set, folder, a);

    for (size_t i = 0; root.n > 0 && i < N_FILES; i++)
        *vec_push(&all, a) = path_join(a, root, str_of(files[i].name));
    if (root.n > 0)
        authors_list(root, a, &all);
    return all;
}

void sitefile_read(struct settings *set, str folder, struct diag *dg)
{
    struct arena scratch;
    struct lookup l = { .set = set, .a = &scratch, .dg = dg, .folder = folder };
    bool titled = false;

    arena_init(&scratch);
    l.root = sitefile_root(set, folder, &scratch);
    for (size_t i = 0; l.root.n > 0 && i < N_FILES; i++) {
        titled = titled || set->site_files.n > 0;
        if (titled && i > 0 && files[i].of != files[i - 1].of)
            break;
        if (is_there(&l, &files[i]))
            use(&l, &files[i]);
    }
    arena_done(&scratch);
}
