/* SPDX-License-Identifier: MIT */
#include "base/config.h"
#include "pdf/facemeta.h"
#include "pdf/front.h"

static void put_row(struct pdf_book *b, struct node *dl, enum word label,
                    str text, struct arena *a)
{
    if (text.n == 0)
        return;
    book_line(dl, TAG_DT, (str){ 0 }, str_of(word_text(label, b->lang)), a);
    book_line(dl, TAG_DD, (str){ 0 }, text, a);
}

static void put_source(struct pdf_book *b, struct node *dl, struct arena *a)
{
    str url = b->book->base_url;

    if (url.n == 0)
        return;
    book_line(dl, TAG_DT, (str){ 0 }, str_of(word_text(WORD_SOURCE, b->lang)),
              a);
    struct node *dd = book_node(dl, TAG_DD, (str){ 0 }, a);
    node_set(book_line(dd, TAG_A, (str){ 0 }, url, a), a, ATTR_HREF, url);
}

static str date_text(const struct pdf_book *b, const struct date *d,
                     struct arena *a)
{
    return d ? word_date(d->year, d->month, d->day, b->lang, a) : (str){ 0 };
}

static bool counts_letters(enum lang lang)
{
    return lang == LANG_JA || lang == LANG_ZH_HANS || lang == LANG_ZH_HANT;
}

/* "970 posts, 412,000 words, 31 pictures" */
static str extent(const struct pdf_book *b, struct arena *a)
{
    str s = b->n_posts == 1 ? str_of(word_text(WORD_ONE_POST, b->lang))
                            : book_number(WORD_POSTS, b->lang, b->n_posts, a);
    uint64_t n = counts_letters(b->lang) ? b->n_letters : b->n_words;

    s = arena_join(a, arena_join(a, s, S(", ")),
                   book_number(WORD_WORDS, b->lang, n, a));
    if (b->n_pictures == 0)
        return s;
    str pictures = b->n_pictures == 1
                       ? str_of(word_text(WORD_ONE_PICTURE, b->lang))
                       : book_number(WORD_PICTURES, b->lang, b->n_pictures, a);
    return arena_join(a, arena_join(a, s, S(", ")), pictures);
}

/* What fonts say about their licence, in the words that printers know. */
static str short_license(str text)
{
    static const struct {
        str sign, name;
    } known[] = {
        { STR_INIT("openfontlicense"), STR_INIT("SIL OFL") },
        { STR_INIT("SIL Open Font"), STR_INIT("SIL OFL") },
        { STR_INIT("scripts.sil.org/OFL"), STR_INIT("SIL OFL") },
        { STR_INIT("Apache"), STR_INIT("Apache License") },
        { STR_INIT("Bitstream"), STR_INIT("Bitstream Vera") },
        { STR_INIT("GPL"), STR_INIT("GPL") },
        { STR_INIT("GNU General Public"), STR_INIT("GPL") },
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_find_nocase(text, known[i].sign) != STR_NONE)
            return known[i].name;
    return (str){ 0 };
}

struct family {
    str name, license;
    uint32_t index;
};

struct families {
    struct family *v;
    size_t n, cap;
};

static void add_family(struct families *all, const struct font *f,
                       struct arena *a)
{
    struct face_meta meta;

    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].name, f->family)) {
            if (f->index < all->v[i].index)
                all->v[i].index = f->index;
            return;
        }
    face_read_meta(f, a, &meta);
    *vec_push(all, a) = (struct family){
        .name = f->family,
        .license = short_license(meta.license),
        .index = f->index,
    };
}

/* The families in the order of the fontset; few. */
static void sort_families(struct families *all)
{
    for (size_t i = 1; i < all->n; i++)
        for (size_t k = i; k > 0 && all->v[k].index < all->v[k - 1].index;
             k--) {
            struct family swap = all->v[k];
            all->v[k] = all->v[k - 1];
            all->v[k - 1] = swap;
        }
}

/* "A, B, C (licence)": family FIRST and those behind it that have the same
 * licence; nothing when FIRST is one of those itself. */
static str names_under(const struct families *all, size_t first,
                       struct arena *a)
{
    str license = all->v[first].license;
    struct buf out = { 0 };

    for (size_t i = 0; i < first; i++)
        if (str_eq(all->v[i].license, license))
            return (str){ 0 };
    for (size_t i = first; i < all->n; i++)
        if (str_eq(all->v[i].license, license))
            buf_printf(&out, "%s%.*s", i > first ? ", " : "",
                       STR_ARG(all->v[i].name));
    if (license.n)
        buf_printf(&out, " (%.*s)", STR_ARG(license));
    str s = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return s;
}

static void put_fonts(struct pdf_book *b, struct node *dl, struct arena *a)
{
    const struct font_uses *uses = document_fonts(b->doc);
    const struct font *last = NULL;
    struct families all = { 0 };

    for (size_t i = 0; i < uses->items.n; i++) {
        if (uses->items.v[i].font != last)
            add_family(&all, uses->items.v[i].font, a);
        last = uses->items.v[i].font;
    }
    if (all.n == 0)
        return;
    sort_families(&all);
    book_line(dl, TAG_DT, (str){ 0 }, str_of(word_text(WORD_FONTS, b->lang)),
              a);
    for (size_t i = 0; i < all.n; i++) {
        str names = names_under(&all, i, a);
        if (names.n)
            book_line(dl, TAG_DD, S("font"), names, a);
    }
}

void front_add_colophon(struct pdf_book *b, struct diag *dg)
{
    struct arena a;

    arena_init(&a);
    struct node *root = book_node(NULL, TAG_SECTION, S("colophon"), &a);
    str title = str_of(word_text(WORD_COLOPHON, b->lang));
    book_line(root, TAG_H1, (str){ 0 }, book_title(b), &a);
    struct node *dl = book_node(root, TAG_DL, (str){ 0 }, &a);
    put_row(b, dl, WORD_AUTHOR, str_trim(b->book->author), &a);
    put_source(b, dl, &a);
    put_row(b, dl, WORD_FIRST_POST, date_text(b, b->oldest, &a), &a);
    put_row(b, dl, WORD_LAST_POST, date_text(b, b->newest, &a), &a);
    put_row(b, dl, WORD_EXTENT, extent(b, &a), &a);
    put_fonts(b, dl, &a);
    book_line(root, TAG_P, S("made-with"),
              book_text(WORD_MADE_WITH, b->lang,
                        S("blog2book " BLOG2BOOK_VERSION), &a),
              &a);
    uint32_t page = book_add_own(
        b, root, NULL, NULL, SECTION_BODY,
        b->book->settings->two_sided ? BOOK_VERSO : BOOK_NEXT_PAGE, dg);
    if (page != UINT32_MAX)
        document_add_outline(b->doc, 0, title, page, 0);
    arena_done(&a);
}
