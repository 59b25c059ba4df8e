/* SPDX-License-Identifier: MIT */
#include "convert/link_place.h"

#include "base/path.h"
#include "convert/url.h"

/* The folder of the page URL, with slashes on both sides; empty: no URL. */
static str folder_of(str url)
{
    size_t host = str_find(url, S("://"));

    if (host == STR_NONE)
        return S("");
    str path = str_from(url, host + 3);
    size_t slash = str_find_char(path, '/');
    if (slash == STR_NONE)
        return S("/");
    path = str_from(path, slash);
    path = str_sub(path, 0, str_find_char(path, '?'));
    path = str_sub(path, 0, str_find_char(path, '#'));
    return str_sub(path, 0, str_rfind_char(path, '/') + 1);
}

/* The address of the page of POST, or an empty str. */
static str page_of(const struct post *post, const struct book *book,
                   struct arena *a)
{
    str url = { 0 }, path = post->permalink;

    /* Jekyll's "/:year/:title/" is no address yet. */
    if (path.n == 0 || str_find(path, S("/:")) != STR_NONE ||
        url_clean(path, book->base_url, a, &url) != URL_WEB)
        return (str){ 0 };
    return url;
}

/* The folder of the file of POST, as generators put it into addresses. */
static str folder_of_file(const struct post *post, struct arena *a)
{
    str rest = path_dir(post->rel), folder = S("");

    while (rest.n > 0) {
        str part = str_cut(&rest, '/');
        if (part.n > 0 && part.p[0] != '_' &&
            !(folder.n == 0 && str_eq(part, S("content"))))
            folder = path_join(a, folder, part);
    }
    return folder;
}

/* HREF behind FOLDER, without dots. */
static str join(str folder, str href, struct arena *a)
{
    size_t n = 0;

    while (n < href.n && href.p[n] != '?' && href.p[n] != '#')
        n++;
    str path = str_sub(href, 0, n);
    str full = arena_printf(a, "%.*s%s%.*s", STR_ARG(folder),
                            folder.n > 0 ? "/" : "", STR_ARG(path));
    bool is_folder = str_ends(path, S("/"));

    full = path_normal(a, full);
    while (str_starts(full, S("../")))
        full = str_from(full, 3);
    str behind = str_from(href, n);
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(full), is_folder ? "/" : "",
                        STR_ARG(behind));
}

str link_place(str href, const struct post *post, const struct book *book,
               str *base, struct arena *a)
{
    *base = book ? book->base_url : S("");
    if (!book || href.n == 0 || href.p[0] == '/' || href.p[0] == '\\' ||
        url_look(href) != URL_RELATIVE)
        return href;
    str page = page_of(post, book, a);
    if (page.n == 0)
        return join(folder_of_file(post, a), href, a);
    *base = page;
    return join(folder_of(page), href, a);
}
