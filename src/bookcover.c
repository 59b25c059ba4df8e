/* SPDX-License-Identifier: MIT */
#include "bookcover.h"

#include <sys/stat.h>

#include "assets/cover.h"
#include "base/path.h"
#include "convert/lang.h"
#include "doc/words.h"

/* The setting, or what the titles are written in: the texts are still to be
 * read. */
static str language_of(const struct book *b)
{
    struct lang_count n = { 0 };

    if (b->language.n)
        return b->language;
    lang_add(&n, b->title);
    for (uint32_t i = 0; i < b->n_posts; i++)
        lang_add(&n, b->posts[i]->title);
    enum lang found = lang_guess(&n);
    bool fits = b->language_else.n &&
                (!found || found == lang_of_tag(b->language_else));
    return fits ? b->language_else : lang_tag(found);
}

static str title_of(const struct book *b, str lang)
{
    return str_trim(b->title).n
               ? b->title
               : str_of(word_text(WORD_UNTITLED, lang_of_tag(lang)));
}

/* "2004–2026", "2018", or nothing. */
static str years_of(const struct book *b)
{
    int low = 0, high = 0;

    for (uint32_t i = 0; i < b->n_posts; i++) {
        int year = b->posts[i]->date.year;
        if (!year)
            continue;
        low = !low || year < low ? year : low;
        high = year > high ? year : high;
    }
    return !low          ? (str){ 0 }
           : low == high ? arena_printf(b->arena, "%d", low)
                         : arena_printf(b->arena, "%d–%d", low, high);
}

/* The first folder that was named, or that of the first file. */
static str folder_of(const struct book *b)
{
    const struct str_vec *paths = &b->settings->paths;
    str path = paths->n ? paths->v[0] : S(".");
    struct stat st;

    if (stat(arena_cstr(b->arena, path), &st) == 0 && S_ISDIR(st.st_mode))
        return path;
    return path_dir(path).n ? path_dir(path) : S(".");
}

struct cover *bookcover_start(const struct book *b, bool wants_jpeg)
{
    str lang = language_of(b);

    return cover_start(&(struct cover_request){
        .settings = b->settings,
        .made = b->made,
        .folder = folder_of(b),
        .wants_jpeg = wants_jpeg,
        .values = { .title = title_of(b, lang),
                    .author = str_trim(b->author),
                    .years = years_of(b),
                    .lang = lang,
                    .identifier = b->identifier },
    });
}
