/* SPDX-License-Identifier: MIT */
#include "epub/volume.h"

#include "base/utf8.h"
#include "epub/phrase.h"

void volume_init(struct volume *v, const struct book *book, struct arena *a)
{
    *v = (struct volume){ .book = book, .arena = a };
    v->chapters.v = arena_array(a, struct volume_chapter, book->n_posts);
    v->chapters.cap = book->n_posts;
    map_init(&v->image_names, a);
    map_init(&v->letters, a);
    map_init(&v->tags, a);
}

static void count_in(struct volume *v, struct map *m, str key, uint64_t n)
{
    uint64_t *count = map_find(m, key);

    if (!count) {
        count = arena_new(v->arena, uint64_t);
        map_put(m, arena_dup(v->arena, key), count);
    }
    *count += n;
}

static int32_t day_number(const struct date *d)
{
    return (d->year * 16 + d->month) * 32 + d->day;
}

static void count_date(struct volume *v, const struct date *d)
{
    if (!d->year)
        return;
    if (!v->oldest || day_number(d) < day_number(v->oldest))
        v->oldest = d;
    if (!v->newest || day_number(d) > day_number(v->newest))
        v->newest = d;
}

void volume_add(struct volume *v, const struct chapter *c)
{
    struct volume_chapter *vc = vec_push(&v->chapters, v->arena);

    vc->post = c->post;
    vc->has_math = c->has_math;
    v->has_math |= c->has_math;
    count_in(v, &v->letters, c->lang_tag, c->n_letters);
    for (size_t i = 0; i < c->post->tags.n; i++)
        if (str_trim(c->post->tags.v[i]).n)
            count_in(v, &v->tags, c->post->tags.v[i], 1);
    count_date(v, &c->post->date);
}

/* The language most letters are in; the first met wins a tie. */
static str commonest_language(const struct volume *v)
{
    str best = v->book->language_else.n ? v->book->language_else : S("en");
    uint64_t most = 0;

    for (size_t i = 0; i < v->letters.n; i++) {
        const struct map_entry *e = &v->letters.entries[i];
        uint64_t n = *(const uint64_t *)e->value;
        if (n > most && e->key.n && !str_eq(e->key, S("und"))) {
            best = e->key;
            most = n;
        }
    }
    return best;
}

bool volume_starts_year(const struct volume *v, size_t i)
{
    return i == 0 || v->chapters.v[i].post->date.year !=
                         v->chapters.v[i - 1].post->date.year;
}

void volume_settle(struct volume *v)
{
    size_t n_years = 0;

    v->lang_tag = v->book->language.n ? v->book->language
                                      : commonest_language(v);
    v->lang = lang_of_tag(v->lang_tag);
    for (size_t i = 0; i < v->chapters.n; i++)
        n_years += volume_starts_year(v, i);
    v->by_year = n_years > 1;
}

str volume_year_label(const struct volume *v, size_t i, struct arena *a)
{
    int year = v->chapters.v[i].post->date.year;

    return year ? arena_printf(a, "%d", year)
                : str_of(word_text(WORD_UNDATED, v->lang));
}

bool volume_has_cover_page(const struct volume *v)
{
    return v->cover && v->book->settings->profile != PROFILE_KINDLE;
}

/* EPUBCheck and e-readers want a label that shows (EPUB 3.3, 7.2.2). */
static bool shows_nothing(str s)
{
    size_t at = 0;

    while (at < s.n) {
        uint32_t c = utf8_next(s, &at);
        bool blank = c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad ||
                     (c >= 0x2000 && c <= 0x200f) ||
                     (c >= 0x2028 && c <= 0x202f) ||
                     (c >= 0x205f && c <= 0x206f) || c == 0x3000 ||
                     c == 0x3164 || c == 0xfeff || c == 0xfffe || c == 0xffff;
        if (!blank)
            return false;
    }
    return true;
}

str volume_title(const struct volume *v, const struct post *post)
{
    return shows_nothing(post->title)
               ? str_of(word_text(WORD_UNTITLED, v->lang))
               : post->title;
}

str volume_book_title(const struct volume *v)
{
    return shows_nothing(v->book->title)
               ? str_of(word_text(WORD_UNTITLED, v->lang))
               : v->book->title;
}

str volume_years(const struct volume *v, struct arena *a)
{
    if (!v->oldest)
        return (str){ 0 };
    if (v->oldest->year == v->newest->year)
        return arena_printf(a, "%d", v->oldest->year);
    return arena_printf(a, "%d–%d", v->oldest->year, v->newest->year);
}

str volume_count(const struct volume *v, struct arena *a)
{
    if (v->chapters.n == 1)
        return str_of(word_text(WORD_ONE_POST, v->lang));
    return phrase_number(WORD_POSTS, v->lang, v->chapters.n, a);
}
