/* SPDX-License-Identifier: MIT */
#include "pdf/linknotes.h"

#include <unictype.h>

#include "base/utf8.h"
#include "pdf/card.h"

/* The rule above the list, as the one above notes. */
#define RULE_WIDTH  (20 * MP_PER_MM)
#define RULE_HEIGHT 400
/* Between two columns, thousandths of the type size. */
#define COLUMN_GAP 3000
/* So many addresses stay with the end of the text. */
#define FEW 8
/* Between a number and its address. */
#define NUMBER_GAP 700

struct linknotes {
    uint32_t *number; /* by node id */
    VEC(str) urls;    /* number n is urls.v[n - 1] */
    const struct style *style;
};

static int hex_of(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = (char)ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that %XX at AT stands for, or -1. */
static int escaped_byte(str url, size_t at)
{
    if (at + 2 >= url.n || url.p[at] != '%')
        return -1;
    int high = hex_of(url.p[at + 1]), low = hex_of(url.p[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* The letter that starts with the escape at AT: its bytes in OUT; their
 * number, or 0 when it is no letter outside ASCII. */
static size_t escaped_letter(str url, size_t at, char out[4])
{
    size_t n = 0, from = 0;

    while (n < 4) {
        int byte = escaped_byte(url, at + 3 * n);
        if (byte < 0x80 || (n > 0 && (byte & 0xC0) != 0x80))
            break;
        out[n++] = (char)byte;
    }
    for (; n > 1; n--) {
        str s = { out, n };
        if (!utf8_is_valid(s))
            continue;
        uint32_t c = utf8_next(s, &from);
        if (from == n && uc_is_general_category_withtable(
                             c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
                                    UC_CATEGORY_MASK_M))
            return n;
        from = 0;
    }
    return 0;
}

str linknotes_readable(str url, struct arena *a)
{
    if (str_find_char(url, '%') == STR_NONE)
        return url;
    struct buf out = { 0 };
    for (size_t i = 0; i < url.n;) {
        char letter[4];
        size_t n = escaped_letter(url, i, letter);
        if (n)
            buf_put(&out, (str){ letter, n });
        else
            buf_putc(&out, url.p[i]);
        i += n ? 3 * n : 1;
    }
    str s = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return s;
}

/* Without what people leave out when they write an address. */
static str bare(str url, struct arena *a)
{
    url = linknotes_readable(str_trim(url), a);
    size_t scheme = str_find(url, S("://"));
    if (scheme != STR_NONE && scheme < 8)
        url = str_from(url, scheme + 3);
    if (str_starts(url, S("www.")))
        url = str_from(url, 4);
    while (str_ends(url, S("/")))
        url.n--;
    return url;
}

static bool leads_outside(const struct node *n)
{
    str url = node_attr(n, ATTR_HREF);

    return n->tag == TAG_A && (str_starts_nocase(url, S("http://")) ||
                               str_starts_nocase(url, S("https://")) ||
                               str_starts_nocase(url, S("ftp://")));
}

/* A link without words is one to a larger picture. */
static bool shows_address(const struct node *n, struct arena *a)
{
    str text = str_trim(node_plain_text(n, a));

    return text.n == 0 ||
           str_eq_nocase(bare(text, a), bare(node_attr(n, ATTR_HREF), a));
}

/* What the sheets say about div.links in a chapter. */
static const struct style *list_style(struct layout *ly,
                                      const struct sheet *sheet)
{
    struct chapter c = { .lang_tag = ly->chapter->lang_tag };
    struct node *div = node_new(ly->arena, TAG_DIV, 0);

    c.root = node_new(ly->arena, TAG_SECTION, 0);
    node_set(c.root, ly->arena, ATTR_CLASS, S("chapter"));
    node_set(div, ly->arena, ATTR_CLASS, S("links"));
    node_append(c.root, div);
    chapter_number(&c);
    return style_of(cascade_chapter(sheet, &c, ly->arena), div);
}

void linknotes_find(struct layout *ly, const struct sheet *sheet)
{
    const struct node *root = ly->chapter->root;
    struct arena *a = ly->arena;
    struct linknotes *ln = arena_new(a, struct linknotes);
    struct map seen;

    ln->style = list_style(ly, sheet);
    if (ln->style->display == DISPLAY_NONE)
        return;
    map_init(&seen, a);
    for (const struct node *n = root, *box = NULL; n;) {
        const struct node *card = card_box(n);
        box = card ? card : box;
        if (n == box) {
            n = node_skip(n, root);
            continue;
        }
        if (leads_outside(n) && !shows_address(n, a)) {
            str url = node_attr(n, ATTR_HREF);
            if (!ln->number)
                ln->number = arena_array(a, uint32_t, ly->chapter->n_nodes);
            void **at = map_at(&seen, url);
            if (!*at) {
                *vec_push(&ln->urls, a) = url;
                *at = &ln->number[n->id];
                ln->number[n->id] = (uint32_t)ln->urls.n;
            }
            ln->number[n->id] = *(uint32_t *)*at;
        }
        n = node_next(n, root);
    }
    ly->links = ln;
}

uint32_t linknotes_number(const struct layout *ly, const struct node *n)
{
    return ly->links && ly->links->number ? ly->links->number[n->id] : 0;
}

struct lister {
    struct layout *ly;
    const struct style *style;
    int32_t hang;  /* room for the numbers */
    int32_t width; /* of a column */
};

/* Entry I: its lines, the number in front of the first. */
static struct lines entry_lines(const struct lister *ls, uint32_t i)
{
    struct arena *a = ls->ly->arena;
    struct para p = {
        .style = ls->style,
        .width = ls->width - ls->hang,
        .prefix = linknotes_readable(ls->ly->links->urls.v[i], a),
    };
    struct lines lines = para_lines(ls->ly, &p);
    int32_t gap = (int32_t)((int64_t)ls->style->font_size * NUMBER_GAP / 1000);

    for (uint32_t k = 0; k < lines.n; k++)
        for (size_t m = 0; m < lines.v[k].items.n; m++)
            lines.v[k].items.v[m].x += ls->hang;
    if (lines.n == 0)
        return lines;
    struct line number = para_single(ls->ly, arena_printf(a, "%u", i + 1),
                                     ls->style, 0, 0);
    for (size_t m = 0; m < number.items.n; m++) {
        struct item *it = vec_push(&lines.v[0].items, a);
        *it = number.items.v[m];
        it->x += ls->hang - gap - number.width;
        it->y = lines.v[0].baseline;
    }
    return lines;
}

/* No line alone at the foot of a page, nor at the top of the next. */
static void add_column(const struct lister *ls, struct galley *g)
{
    uint32_t n = (uint32_t)ls->ly->links->urls.n;

    for (uint32_t i = 0; i < n; i++) {
        struct lines lines = entry_lines(ls, i);
        bool near_edge = (i == 0 || i + 2 == n) && lines.n == 1;
        for (uint32_t k = 0; k < lines.n; k++)
            galley_line(g, &lines.v[k], 0,
                        k + 1 < lines.n || near_edge ? ROW_POOR : ROW_FREE);
    }
}

/* All lines side by side in two columns. False, and nothing done, when there
 * are too few for two columns or too many for one page. */
static bool add_two_columns(const struct lister *ls, struct galley *g)
{
    struct arena *a = ls->ly->arena;
    uint32_t n = (uint32_t)ls->ly->links->urls.n, total = 0, left = 0;
    VEC(struct line) all = { 0 };
    uint32_t *ends = arena_array(a, uint32_t, n);

    if (n < 4)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        struct lines lines = entry_lines(ls, i);
        for (uint32_t k = 0; k < lines.n; k++)
            *vec_push(&all, a) = lines.v[k];
        ends[i] = total += lines.n;
    }
    for (uint32_t i = 0; i < n && left * 2 < total; i++)
        left = ends[i];
    if ((int64_t)left * ls->style->line_height > ls->ly->page_height / 2)
        return false;
    int32_t gap = (int32_t)((int64_t)ls->style->font_size * COLUMN_GAP / 1000);
    for (uint32_t i = 0; i < left; i++) {
        struct line *line = &all.v[i];
        for (size_t m = 0; left + i < total && m < all.v[left + i].items.n;
             m++) {
            struct item *it = vec_push(&line->items, a);
            *it = all.v[left + i].items.v[m];
            it->x += ls->width + gap;
        }
        galley_line(g, line, 0, i + 1 < left ? ROW_NEVER : ROW_FREE);
    }
    return true;
}

static void add_rule(struct layout *ly, struct galley *g,
                     const struct style *st)
{
    struct item *it = arena_new(ly->arena, struct item);

    *it = (struct item){
        .kind = ITEM_RULE,
        .y = st->line_height / 2,
        .w = RULE_WIDTH < ly->page_width ? RULE_WIDTH : ly->page_width,
        .h = RULE_HEIGHT,
        .color = st->color,
        .post = UINT32_MAX,
    };
    galley_row(g, (struct row){ .height = st->line_height,
                                .after = ROW_NEVER,
                                .items = it,
                                .n_items = 1 });
}

void linknotes_add(struct layout *ly, struct galley *g)
{
    struct lister ls = { .ly = ly, .width = ly->page_width };

    if (!ly->links || ly->links->urls.n == 0)
        return;
    ls.style = ly->links->style;
    str last = arena_printf(ly->arena, "%zu", ly->links->urls.n);
    struct line number = para_single(ly, last, ls.style, 0, 0);
    ls.hang = number.width +
              (int32_t)((int64_t)ls.style->font_size * NUMBER_GAP / 1000);
    /* A page of a few addresses and nothing else is no page. */
    if (ly->links->urls.n <= FEW)
        galley_break(g, ROW_POOR);
    galley_margin(
        g, length_resolve(ls.style->margin[SIDE_TOP], ly->page_width, 0));
    add_rule(ly, g, ls.style);
    if (ls.style->column_count > 1) {
        struct lister two = ls;
        two.width = (ls.width - (int32_t)((int64_t)ls.style->font_size *
                                          COLUMN_GAP / 1000)) /
                    2;
        if (add_two_columns(&two, g))
            return;
    }
    add_column(&ls, g);
}
