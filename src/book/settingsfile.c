/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "book/reader.h"
#include "book/setoption.h"
#include "book/sitefile.h"
#include "book/smallfile.h"
#include "book/suggest.h"

struct loader {
    struct settings *set;
    struct diag *dg;
    str path, dir;
    bool ok;
};

static void refuse(struct loader *l, unsigned line, str why)
{
    diag_add(l->dg, DIAG_SETTING_BAD, l->path, line, "%.*s", STR_ARG(why));
    l->ok = false;
}

static bool names_equal(str key, const char *name)
{
    str want = str_of(name);

    if (key.n != want.n)
        return false;
    for (size_t i = 0; i < key.n; i++) {
        int c = ascii_lower((unsigned char)key.p[i]);
        if ((c == '_' ? '-' : c) != want.p[i])
            return false;
    }
    return true;
}

bool option_find(str key, size_t *found)
{
    size_t n;
    const struct option_info *options = option_table(&n);

    for (*found = 0; *found < n; ++*found)
        if (names_equal(key, options[*found].name))
            return true;
    return false;
}

/* A file of the blog must not make the program read or write elsewhere. */
static bool leaves_folder(struct arena *a, str path)
{
    str normal = path_normal(a, path);

    return str_starts(normal, S("/")) || str_eq(normal, S("..")) ||
           str_starts(normal, S("../"));
}

static bool is_path(enum option_kind kind)
{
    return kind == OPT_PATH_LIST || kind == OPT_PATH || kind == OPT_OUTPUT;
}

/* A blog that comes from elsewhere must not open the network it is built in,
 * nor choose through whom the program speaks, nor what it says to whom. */
static bool is_for_operator(const struct option_info *o)
{
    static const char *const names[] = { "allow-private-network",
                                         "archive-url",
                                         "batch",
                                         "cache-dir",
                                         "cache-gc",
                                         "check",
                                         "diagnostics",
                                         "diff",
                                         "force",
                                         "limit",
                                         "proxy",
                                         "report",
                                         "safe",
                                         "shard" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(o->name, names[i]) == 0)
            return true;
    return false;
}

/* What a stranger may say of a book: what it is called, how it looks and which
 * of the posts are in it. What is made, where, and by how many threads is the
 * operator's business. */
static bool is_for_strangers(const struct option_info *o)
{
    static const char *const names[] = {
        "author",     "base-url",  "chapter-start", "cover",
        "css",        "drafts",    "encoding",      "font-dir",
        "identifier", "image-dpi", "image-max",     "image-quality",
        "language",   "page-size", "profile",       "reverse",
        "since",      "tag",       "title",         "two-sided",
        "until",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(o->name, names[i]) == 0)
            return true;
    return false;
}

/* What a blog asks for in vain, without being wrong. */
static bool is_passed_over(const struct loader *l, const struct option_info *o)
{
    return o->kind == OPT_LIMIT || strcmp(o->name, "safe") == 0 ||
           (l->set->safe && !is_for_strangers(o));
}

static void pass_over(struct loader *l, const struct option_info *o,
                      unsigned line)
{
    diag_add(l->dg, DIAG_SETTING_REFUSED, l->path, line,
             "%s is for who runs the program to set%s, ignored it", o->name,
             l->set->safe ? " with --safe" : "");
}

/* By no link either. */
static bool leads_out(struct loader *l, enum option_kind kind, str path)
{
    struct stat st;
    struct arena *a = l->set->arena;

    return (kind == OPT_PATH || kind == OPT_PATH_LIST) &&
           stat(arena_cstr(a, path), &st) == 0 &&
           !file_is_inside(l->dir, path, a);
}

static void set_value(struct loader *l, size_t i, const struct value *v)
{
    size_t n;
    const struct option_info *o = &option_table(&n)[i];
    str text = v->kind == VALUE_TEXT ? v->text : S(""), why;
    bool output = o->kind == OPT_OUTPUT || str_eq(str_of(o->name), S("output"));

    if (is_for_operator(o)) {
        refuse(l, v->line,
               arena_printf(l->set->arena,
                            "%s can be given on the command line only",
                            o->name));
        return;
    }
    if ((is_path(o->kind) || output) && leaves_folder(l->set->arena, text)) {
        refuse(l, v->line,
               arena_printf(l->set->arena,
                            "%s '%.*s' is outside of the folder; give it on "
                            "the command line",
                            o->name, STR_ARG(text)));
        return;
    }
    if (o->kind == OPT_PATH_LIST || o->kind == OPT_PATH)
        text = path_join(l->set->arena, l->dir, text);
    /* A cover has its own rule. */
    if (strcmp(o->name, "cover") != 0 && leads_out(l, o->kind, text)) {
        diag_add(l->dg, DIAG_FILE_OUTSIDE, text, 0,
                 "symbolic link out of the blog's folder, left it out");
        return;
    }
    if (!setoption(l->set, i, text, &why))
        refuse(l, v->line, why);
}

static void set_entry(struct loader *l, size_t i, const struct value *v)
{
    size_t n;
    const struct option_info *o = &option_table(&n)[i];
    bool list = o->kind == OPT_LIST || o->kind == OPT_PATH_LIST;

    if (v->kind == VALUE_NULL)
        return;
    if (is_passed_over(l, o)) {
        pass_over(l, o, v->line);
        return;
    }
    if (l->set->is_set[i])
        return;
    if (v->kind == VALUE_TEXT) {
        set_value(l, i, v);
        return;
    }
    if (v->kind == VALUE_LIST && list) {
        for (const struct value *item = v->first; item; item = item->next)
            if (item->kind == VALUE_TEXT)
                set_value(l, i, item);
        return;
    }
    refuse(l, v->line,
           arena_printf(l->set->arena, "%s must be %s", o->name,
                        list ? "a text or a list of texts" : "a single value"));
}

static void report_unknown(struct loader *l, const struct value *v)
{
    const char *near = suggest_setting(v->key);

    if (near)
        diag_add(l->dg, DIAG_SETTING_UNKNOWN, l->path, v->line,
                 "unknown setting '%.*s', did you mean '%s'?", STR_ARG(v->key),
                 near);
    else
        diag_add(l->dg, DIAG_SETTING_UNKNOWN, l->path, v->line,
                 "unknown setting '%.*s', ignored it", STR_ARG(v->key));
}

/* A key that is given twice: the last wins. */
static bool is_overruled(const struct value *map, const struct value *v)
{
    return value_find(map, v->key) != v;
}

static bool read_entries(struct loader *l, const struct value *map)
{
    if (map->kind == VALUE_NULL)
        return true;
    if (map->kind != VALUE_MAP) {
        refuse(l, map->line, S("settings are lines of the form 'name: value'"));
        return false;
    }
    for (const struct value *v = map->first; v; v = v->next) {
        size_t i;
        if (is_overruled(map, v))
            continue;
        if (option_find(v->key, &i))
            set_entry(l, i, v);
        else
            report_unknown(l, v);
    }
    return l->ok;
}

static bool load(struct loader *l)
{
    struct arena *a = l->set->arena;
    struct read_error err;
    struct decode_hints hints = settings_hints(l->set);
    struct decoded found;
    str text;
    enum file_result r = smallfile_read(l->path, &hints, a, &text, &found);

    if (r != FILE_OK) {
        file_report(r, l->path, (str){ 0 }, 0, l->dg);
        return false;
    }
    decode_report(&found, l->path, l->dg);
    struct value *map = yaml_read(text, 1, a, &err);
    if (!map) {
        refuse(l, err.line, err.why);
        return false;
    }
    return read_entries(l, map);
}

static bool exists(str path, bool folder, struct arena *a)
{
    struct stat st;

    return stat(arena_cstr(a, path), &st) == 0 &&
           (bool)S_ISDIR(st.st_mode) == folder;
}

static bool first_folder(const struct settings *set, str *dir)
{
    for (size_t i = 0; i < set->paths.n; i++) {
        *dir = set->paths.v[i].n ? set->paths.v[i] : S(".");
        if (exists(*dir, true, set->arena))
            return true;
    }
    return false;
}

static bool read_book_yaml(struct settings *set, str dir, struct diag *dg)
{
    static const str names[] = { STR_INIT("book.yaml"), STR_INIT("book.yml") };
    struct loader l = { .set = set, .dg = dg, .dir = dir, .ok = true };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        l.path = path_join(set->arena, l.dir, names[i]);
        if (!exists(l.path, false, set->arena))
            continue;
        if (!file_is_inside(l.dir, l.path, set->arena)) {
            diag_add(dg, DIAG_FILE_OUTSIDE, l.path, 0,
                     "symbolic link out of the blog's folder, left it out");
            return true;
        }
        set->settings_file = l.path;
        return load(&l);
    }
    return true;
}

bool settings_read_file(struct settings *set, struct diag *dg)
{
    str dir;

    if (!first_folder(set, &dir))
        return true;
    if (!read_book_yaml(set, dir, dg))
        return false;
    sitefile_read(set, dir, dg);
    return true;
}
