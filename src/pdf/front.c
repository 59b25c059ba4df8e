/* SPDX-License-Identifier: MIT */
#include "pdf/front.h"

static struct node *new_root(const char *class_name, struct arena *a)
{
    return book_node(NULL, TAG_SECTION, str_of(class_name), a);
}

static enum book_start recto_of(const struct pdf_book *b)
{
    return b->book->settings->two_sided ? BOOK_RECTO : BOOK_NEXT_PAGE;
}

static void add_half_title(struct pdf_book *b, struct arena *a, struct diag *dg)
{
    struct node *root = new_root("half-title", a);

    book_line(root, TAG_P, S("title"), book_title(b), a);
    book_add_own(b, root, NULL, NULL, SECTION_FRONT, recto_of(b), dg);
}

static void add_title_page(struct pdf_book *b, struct arena *a, struct diag *dg)
{
    struct node *root = new_root("titlepage", a);
    str author = str_trim(b->book->author), years = book_years(b, a);

    book_line(root, TAG_H1, (str){ 0 }, book_title(b), a);
    if (author.n)
        book_line(root, TAG_P, S("author"), author, a);
    if (years.n)
        book_line(root, TAG_P, S("years"), years, a);
    uint32_t page = book_add_own(b, root, NULL, NULL, SECTION_FRONT,
                                 recto_of(b), dg);
    if (page != UINT32_MAX)
        document_add_outline(
            b->doc, 0, str_of(word_text(WORD_TITLE_PAGE, b->lang)), page, 0);
}

void front_add_titles(struct pdf_book *b, struct diag *dg)
{
    struct arena a;

    arena_init(&a);
    add_half_title(b, &a, dg);
    add_title_page(b, &a, dg);
    arena_done(&a);
}

static str count_posts(const struct pdf_book *b, uint32_t n, struct arena *a)
{
    return n == 1 ? str_of(word_text(WORD_ONE_POST, b->lang))
                  : book_number(WORD_POSTS, b->lang, n, a);
}

void front_add_part(struct pdf_book *b, int year, uint32_t n_posts,
                    struct diag *dg)
{
    struct arena a;

    arena_init(&a);
    struct node *root = new_root("part", &a);
    str title = book_year(b, year, &a);
    book_line(root, TAG_H1, (str){ 0 }, title, &a);
    book_line(root, TAG_P, S("count"), count_posts(b, n_posts, &a), &a);
    uint32_t page = book_add_own(b, root, NULL, NULL, SECTION_BODY, recto_of(b),
                                 dg);
    if (page != UINT32_MAX)
        document_add_outline(b->doc, 0, title, page, 0);
    if (b->book->settings->two_sided)
        book_add_blank(b, SECTION_BODY);
    arena_done(&a);
}
