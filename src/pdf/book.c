/* SPDX-License-Identifier: MIT */
#include "pdf/book.h"

#include "base/utf8.h"

void book_settle_language(struct pdf_book *b)
{
    uint64_t most = 0;

    b->lang_tag = b->book->language.n        ? b->book->language
                  : b->book->language_else.n ? b->book->language_else
                                             : S("und");
    for (size_t i = 0; b->book->language.n == 0 && i < b->letters.n; i++) {
        const struct map_entry *e = &b->letters.entries[i];
        uint64_t n = *(const uint64_t *)e->value;
        if (n > most && e->key.n && !str_eq(e->key, S("und"))) {
            b->lang_tag = e->key;
            most = n;
        }
    }
    b->lang = lang_of_tag(b->lang_tag);
}

str book_year(const struct pdf_book *b, int year, struct arena *a)
{
    return year ? arena_printf(a, "%d", year)
                : str_of(word_text(WORD_UNDATED, b->lang));
}

/* Blanks, controls and characters without width. */
static bool shows_nothing(str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        bool blank = c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD ||
                     (c >= 0x2000 && c <= 0x200F) ||
                     (c >= 0x2028 && c <= 0x202F) || c == 0x3000 ||
                     c == 0x3164 || c == 0xFEFF;
        if (!blank)
            return false;
    }
    return true;
}

static str visible(str title, enum lang lang)
{
    return shows_nothing(title) ? str_of(word_text(WORD_UNTITLED, lang))
                                : title;
}

str book_title(const struct pdf_book *b)
{
    return visible(b->book->title, b->lang);
}

str book_post_title(const struct pdf_book *b, const struct post *post)
{
    return visible(post->title, b->lang);
}

str book_years(const struct pdf_book *b, struct arena *a)
{
    if (!b->oldest)
        return (str){ 0 };
    if (b->oldest->year == b->newest->year)
        return arena_printf(a, "%d", b->oldest->year);
    return arena_printf(a, "%d–%d", b->oldest->year, b->newest->year);
}

str book_text(enum word w, enum lang lang, str text, struct arena *a)
{
    str form = str_of(word_text(w, lang));
    size_t at = str_find_char(form, '%');

    if (at == STR_NONE)
        return form;
    str behind = str_from(form, at + 2);
    return arena_printf(a, "%.*s%.*s%.*s", (int)at, form.p, STR_ARG(text),
                        STR_ARG(behind));
}

str book_number(enum word w, enum lang lang, uint64_t n, struct arena *a)
{
    return book_text(w, lang, arena_printf(a, "%llu", (unsigned long long)n),
                     a);
}

struct node *book_node(struct node *parent, enum tag tag, str class_name,
                       struct arena *a)
{
    struct node *n = node_new(a, tag, 0);

    if (class_name.n)
        node_set(n, a, ATTR_CLASS, class_name);
    if (parent)
        node_append(parent, n);
    return n;
}

struct node *book_line(struct node *parent, enum tag tag, str class_name,
                       str text, struct arena *a)
{
    struct node *n = book_node(parent, tag, class_name, a);

    node_append(n, node_text(a, text, 0));
    return n;
}

struct chapter *book_chapter_new(const struct pdf_book *b, struct node *root,
                                 struct arena *a)
{
    struct chapter *c = arena_new(a, struct chapter);

    c->lang = b->lang;
    c->lang_tag = b->lang_tag;
    c->root = root;
    chapter_number(c);
    return c;
}

/* A recto has an odd folio. */
static enum page_side next_side(const struct pdf_book *b,
                                enum document_section section)
{
    if (!b->book->settings->two_sided)
        return PAGE_ANY_SIDE;
    return document_section_pages(b->doc, section) % 2 ? PAGE_LEFT : PAGE_RIGHT;
}

static enum page_side other_side(enum page_side side)
{
    return side == PAGE_LEFT    ? PAGE_RIGHT
           : side == PAGE_RIGHT ? PAGE_LEFT
                                : PAGE_ANY_SIDE;
}

static void note_page(struct pdf_book *b, uint32_t handle,
                      struct book_page page)
{
    const struct page_kind *k = page.kind ? page.kind : b->layout.kinds.v;
    /* What has no kind, the cover, was made for an ordinary page. */
    bool opens = page.kind && page.first;

    document_place(b->doc, handle,
                   opens ? &k->first[page.side] : &k->on[page.side]);
    *vec_push(&b->pages, &b->arena) = page;
}

void book_add_blank(struct pdf_book *b, enum document_section section)
{
    enum page_side side = next_side(b, section);

    note_page(b, document_add_blank(b->doc, section),
              (struct book_page){
                  .opened = UINT32_MAX, .side = side, .blank = true });
}

static void make_start(struct pdf_book *b, enum document_section section,
                       enum book_start start)
{
    bool recto = document_section_pages(b->doc, section) % 2 == 0;

    if ((start == BOOK_RECTO && !recto) || (start == BOOK_VERSO && recto))
        book_add_blank(b, section);
}

uint32_t book_add_pages(struct pdf_book *b, const struct packed_chapter *pc,
                        enum document_section section, enum book_start start,
                        struct book_chapter info)
{
    info.page = UINT32_MAX;
    if (pc->n_pages == 0) {
        *vec_push(&b->chapters, &b->arena) = info;
        return info.page;
    }
    make_start(b, section, start);
    enum page_side side = next_side(b, section);
    uint32_t chapter = (uint32_t)b->chapters.n;

    info.page = document_add_chapter(b->doc, pc, section);
    *vec_push(&b->chapters, &b->arena) = info;
    for (uint32_t i = 0; i < pc->n_pages; i++) {
        note_page(b, info.page + i,
                  (struct book_page){ .chapter = chapter,
                                      .opened = i ? UINT32_MAX : chapter,
                                      .last = chapter,
                                      .side = side,
                                      .first = i == 0,
                                      .kind = pc->pages[i].kind });
        side = other_side(side);
    }
    return info.page;
}

uint32_t book_continue_pages(struct pdf_book *b,
                             const struct packed_chapter *pc,
                             struct book_chapter info)
{
    uint32_t chapter = (uint32_t)b->chapters.n;
    struct book_page *page = &b->pages.v[b->pages.n - 1];
    enum page_side side = page->side;

    info.page = document_continue_chapter(b->doc, pc);
    *vec_push(&b->chapters, &b->arena) = info;
    if (page->opened == UINT32_MAX)
        page->opened = chapter;
    page->last = chapter;
    for (uint32_t i = 1; i < pc->n_pages; i++) {
        side = other_side(side);
        note_page(b, info.page + i,
                  (struct book_page){ .chapter = chapter,
                                      .opened = UINT32_MAX,
                                      .last = chapter,
                                      .side = side,
                                      .kind = pc->pages[i].kind });
    }
    return info.page;
}

uint32_t book_add_own(struct pdf_book *b, struct node *root, book_fill *fill,
                      void *context, enum document_section section,
                      enum book_start start, struct diag *dg)
{
    struct arena a;

    arena_init(&a);
    struct chapter *c = book_chapter_new(b, root, &a);
    struct layout *ly = arena_new(&a, struct layout);
    struct galley *g = layout_galley(ly, &b->layout, book_worker(b), c, &a, dg);
    if (fill)
        fill(b, ly, g, context);
    pages_break(ly, g, (struct page_area){ 0 });
    struct packed_chapter *pc = pack_chapter(
        book_packer(b), ly->out, &(struct pack_options){ 0 }, &a, dg);
    str name = style_of(ly->styles, root)->page;
    uint32_t page = book_add_pages(
        b, pc, section, start,
        (struct book_chapter){ .page_name = arena_dup(&b->arena, name) });
    arena_done(&a);
    return page;
}
