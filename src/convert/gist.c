/* SPDX-License-Identifier: MIT */
#include "convert/gist.h"

#include "base/path.h"
#include "base/utf8.h"
#include "book/reader.h"
#include "convert/clean_walk.h"

#define NAME_MAX_BYTES 255

static bool is_id(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_is_alnum(s.p[i]))
            return false;
    return s.n > 0 && s.n <= 64;
}

/* GitHub's names are letters, digits and single hyphens. */
static bool is_user(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_is_alnum(s.p[i]) && s.p[i] != '-')
            return false;
    return s.n > 0 && s.n <= 64;
}

static str without_ending(str s)
{
    static const str endings[] = { STR_INIT(".js"), STR_INIT(".json"),
                                   STR_INIT(".pibb") };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(s, endings[i]))
            return str_sub(s, 0, s.n - endings[i].n);
    return s;
}

bool gist_parse(str url, struct arena *a, struct gist *out)
{
    size_t start = str_find(url, S("://"));
    str rest = str_from(url, start == STR_NONE ? url.n : start + 3), query;

    rest = str_cut(&rest, '#');
    query = rest;
    rest = str_cut(&query, '?');
    str host = str_cut(&rest, '/'), first = str_cut(&rest, '/');
    str second = str_cut(&rest, '/');
    *out = (struct gist){ .id = without_ending(second.n ? second : first) };
    if (second.n > 0 && is_user(first))
        out->user = first;
    while (query.n > 0) {
        str value = str_cut(&query, '&'), key = str_cut(&value, '=');

        if (str_eq(key, S("file")))
            out->file = path_percent_decode(a, value);
    }
    return str_eq(host, S("gist.github.com")) && is_id(out->id) &&
           utf8_is_valid(out->file) && out->file.n <= NAME_MAX_BYTES;
}

bool gist_text(str bytes, struct arena *a, str *text)
{
    struct utf8_report report = { 0 };

    if (bytes.n > GIST_FILE_MAX || !utf8_is_valid(bytes))
        return false;
    *text = str_trim_right(clean_chars(utf8_clean(bytes, a, &report), a));
    return text->n > 0 && report.n_nul == 0;
}

static str text_of(const struct value *map, str key)
{
    const struct value *v = value_find(map, key);

    return v && v->kind == VALUE_TEXT ? v->text : S("");
}

/* "Jupyter Notebook" as a class and a name of a syntax. */
static str language_of(const struct value *file, struct arena *a)
{
    str s = arena_dup(a, text_of(file, S("language")));
    char *p = (char *)s.p;

    if (s.n > 32)
        return S("");
    for (size_t i = 0; i < s.n; i++)
        p[i] = ascii_is_space(p[i]) ? '-' : (char)ascii_lower(p[i]);
    return clean_chars(s, a);
}

static bool read_file(const struct value *v, struct arena *a,
                      struct gist_file *out)
{
    str content = text_of(v, S("content"));

    out->name = clean_chars(text_of(v, S("filename")), a);
    out->language = language_of(v, a);
    if (str_eq(text_of(v, S("truncated")), S("true"))) {
        out->more = text_of(v, S("raw_url"));
        return out->more.n > 0;
    }
    return out->name.n > 0 && gist_text(content, a, &out->text);
}

bool gist_read(str answer, const struct gist *g, struct arena *a,
               struct gist_files *out)
{
    struct read_error err;
    const struct value *v = json_read(answer, 1, a, &err);
    const struct value *files;

    *out = (struct gist_files){ 0 };
    if (!v || v->kind != VALUE_MAP)
        return false;
    files = value_find(v, S("files"));
    if (!files || files->kind != VALUE_MAP)
        return false;
    for (const struct value *f = files->first; f; f = f->next) {
        if (f->kind != VALUE_MAP ||
            (g->file.n > 0 && !str_eq(g->file, text_of(f, S("filename")))))
            continue;
        if (!read_file(f, a, vec_push(out, a)))
            return false;
    }
    return out->n > 0;
}
