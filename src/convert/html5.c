/* SPDX-License-Identifier: MIT */
#include "convert/html5.h"

#include <gumbo.h>
#include <string.h>

#include "base/names.h"
#include "convert/html5_caps.h"

/* gumbo's numbers of the elements that we tell apart, in its order of names:
 * filled at compile time would need its header's names, which differ between
 * versions; so the two are matched by name. */
static const struct {
    const char *name;
    enum soup_tag tag;
} soup_tags[] = {
#define SOUP(id, name) { name, SOUP_##id },
#include "convert/soup.def"
#undef SOUP
};

static enum soup_tag find_tag(str name)
{
    size_t i = NAMES_FIND(name, soup_tags);

    return i < sizeof soup_tags / sizeof *soup_tags ? soup_tags[i].tag
                                                    : SOUP_UNKNOWN;
}

/* What the tree is built with. */
struct builder {
    struct arena *arena;
    const struct caps *caps;
    size_t mark;    /* the last one used */
    size_t counted; /* LFs before this offset are in `line` */
    unsigned line;
    unsigned flat_line; /* elements were flattened here first; 0: none */
    bool adjacent;      /* there are texts side by side */
};

/* The line of OFFSET. Offsets mostly grow; when they do not (the parser has
 * moved a node) the line is found anew. */
static unsigned line_at(struct builder *b, size_t offset)
{
    const struct caps_mark *marks = b->caps->marks.v;
    size_t n = b->caps->marks.n, low = b->mark;

    if (offset > b->caps->html.n)
        return b->line;
    if (offset < b->counted) {
        size_t high = n;
        low = 0;
        while (high - low > 1) {
            size_t mid = low + (high - low) / 2;
            if (marks[mid].offset <= offset)
                low = mid;
            else
                high = mid;
        }
        b->counted = STR_NONE;
    }
    while (low + 1 < n && marks[low + 1].offset <= offset)
        low++;
    if (low != b->mark || b->counted == STR_NONE) {
        b->mark = low;
        b->counted = marks[low].offset;
        b->line = marks[low].line;
    }
    const char *from = b->caps->html.p + b->counted;
    const char *to = b->caps->html.p + offset;
    while (from < to && (from = memchr(from, '\n', (size_t)(to - from)))) {
        b->line++;
        from++;
    }
    b->counted = offset;
    return b->line;
}

static void append(struct soup *parent, struct soup *e)
{
    e->parent = parent;
    e->prev = parent->last;
    e->depth = parent->depth + 1;
    if (parent->last)
        parent->last->next = e;
    else
        parent->first = e;
    parent->last = e;
}

static void add_text(struct builder *b, struct soup *parent, str text,
                     size_t offset)
{
    if (text.n == 0)
        return;
    struct soup *e = arena_new(b->arena, struct soup);
    e->tag = SOUP_TEXT;
    e->text = text;
    e->line = line_at(b, offset);
    b->adjacent |= parent->last && parent->last->tag == SOUP_TEXT;
    append(parent, e);
}

/* Makes one node of E and the texts behind it. */
static void merge_run(struct soup *e, struct arena *a)
{
    struct soup *end = e;
    size_t n = 0;

    for (; end && end->tag == SOUP_TEXT; end = end->next)
        n += end->text.n;
    if (end == e->next)
        return;
    char *p = arena_bytes(a, n + 1), *to = p;
    for (struct soup *x = e; x != end; x = x->next) {
        memcpy(to, x->text.p, x->text.n);
        to += x->text.n;
    }
    *to = '\0';
    e->text = (str){ p, n };
    e->next = end;
    if (end)
        end->prev = e;
    else
        e->parent->last = e;
}

/* Comments and flattened elements leave texts side by side. */
static void merge_texts(struct soup *root, struct arena *a)
{
    for (struct soup *x = root; x; x = soup_next(x, root))
        if (x->tag == SOUP_TEXT)
            merge_run(x, a);
}

static str lower(struct arena *a, str s)
{
    char *p = arena_bytes(a, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)ascii_lower((unsigned char)s.p[i]);
    p[s.n] = '\0';
    return (str){ p, s.n };
}

static str piece(GumboStringPiece p)
{
    return (str){ p.data, p.length };
}

/* The name of an element that gumbo does not know, from its tag. */
static str written_name(str tag, struct arena *a)
{
    size_t n = 1;

    while (n < tag.n && !ascii_is_space((unsigned char)tag.p[n]) &&
           tag.p[n] != '/' && tag.p[n] != '>')
        n++;
    return lower(a, str_sub(tag, 1, n - 1));
}

static struct soup_attr *attributes(const GumboVector *v, struct arena *a)
{
    struct soup_attr *first = NULL, **end = &first;

    for (unsigned i = 0; i < v->length; i++) {
        const GumboAttribute *from = v->data[i];
        struct soup_attr *x = arena_new(a, struct soup_attr);
        x->name = str_of(from->name);
        for (size_t k = 0; k < x->name.n; k++) {
            if (x->name.p[k] >= 'A' && x->name.p[k] <= 'Z') {
                x->name = lower(a, x->name);
                break;
            }
        }
        x->value = str_of(from->value);
        *end = x;
        end = &x->next;
    }
    return first;
}

/* gumbo notes the end tag of an outer element for all that it closes. */
static bool is_end_tag_of(str end, str name)
{
    return end.n > name.n + 2 && end.p[1] == '/' &&
           str_eq_nocase(str_sub(end, 2, name.n), name) &&
           (end.p[2 + name.n] == '>' || ascii_is_space(end.p[2 + name.n]));
}

static struct soup *add_element(struct builder *b, struct soup *parent,
                                const GumboElement *from)
{
    struct soup *e = arena_new(b->arena, struct soup);
    str tag = piece(from->original_tag);
    const char *known = gumbo_normalized_tagname(from->tag);

    e->name = known && *known ? str_of(known) : written_name(tag, b->arena);
    e->foreign = from->tag_namespace != GUMBO_NAMESPACE_HTML;
    e->tag = find_tag(e->name);
    if (e->tag == SOUP_UNKNOWN)
        e->source = tag;
    e->closed = is_end_tag_of(piece(from->original_end_tag), e->name);
    e->attrs = attributes(&from->attributes, b->arena);
    /* What the parser made up itself has no place in the text. */
    size_t offset = tag.p ? (size_t)(tag.p - b->caps->html.p) : b->counted;
    e->line = line_at(b, offset);
    append(parent, e);
    return e;
}

static const GumboVector *children_of(const GumboNode *n)
{
    return n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE
               ? &n->v.element.children
               : NULL;
}

/* Copies what FROM is, below PARENT; returns where its children belong. */
static struct soup *copy_node(struct builder *b, struct soup *parent,
                              const GumboNode *from)
{
    switch (from->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
        add_text(b, parent,
                 held_show(&b->caps->held, str_of(from->v.text.text)),
                 (size_t)from->v.text.start_pos.offset);
        return NULL;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        if (parent->depth + 1 < SOUP_MAX_DEPTH)
            return add_element(b, parent, &from->v.element);
        if (b->flat_line == 0)
            b->flat_line = b->line;
        return parent;
    default:
        return NULL;
    }
}

/* The whole tree, without recursion: gumbo's own links lead back up. */
static void copy_tree(struct builder *b, struct soup *root,
                      const GumboNode *top)
{
    VEC(struct soup *) parents = { 0 };
    const GumboNode *n = top;
    unsigned i = 0;

    *vec_push(&parents, b->arena) = root;
    for (;;) {
        const GumboVector *v = children_of(n);
        if (i == v->length) {
            if (n == top)
                return;
            i = (unsigned)n->index_within_parent + 1;
            n = n->parent;
            parents.n--;
            continue;
        }
        const GumboNode *child = v->data[i];
        struct soup *to = copy_node(b, parents.v[parents.n - 1], child);
        if (!to) {
            i++;
            continue;
        }
        *vec_push(&parents, b->arena) = to;
        n = child;
        i = 0;
    }
}

/* gumbo's memory is the arena's; nothing is freed singly. Zeroed, because
 * gumbo looks at members that it never set. */
static void *allocate(void *arena, size_t n)
{
    return arena_alloc(arena, n);
}

static void forget(void *arena, void *p)
{
    (void)arena;
    (void)p;
}

static void report(const struct caps *c, unsigned flat_line,
                   const struct post *post, struct diag *dg)
{
    unsigned deep = c->deep_line ? c->deep_line : flat_line;

    if (deep)
        diag_add(dg, DIAG_HTML_TOO_DEEP, post->path, deep,
                 "elements nested too deep, flattened the rest");
    if (c->big_line)
        diag_add(dg, DIAG_HTML_TOO_BIG, post->path, c->big_line,
                 "tag or attribute too big, left out the excess");
}

struct soup *html5_parse(str html, const struct post *post, struct arena *a,
                         struct diag *dg)
{
    const struct html5_bounds most = { .depth = CAPS_DEPTH };

    return html5_parse_bounded(html, post, &most, a, dg);
}

struct soup *html5_parse_bounded(str html, const struct post *post,
                                 const struct html5_bounds *bounds,
                                 struct arena *a, struct diag *dg)
{
    struct soup *root = arena_new(a, struct soup);
    GumboOptions options = kGumboDefaultOptions;
    struct caps caps = { .depth = bounds->depth };

    root->tag = SOUP_BODY;
    root->name = S("body");
    root->line = post->body_line;
    caps_apply(&caps, html, post->body_line, a);
    options.allocator = allocate;
    options.deallocator = forget;
    options.userdata = a;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_BODY;
    GumboOutput *output = gumbo_parse_with_options(&options, caps.html.p,
                                                   caps.html.n);
    struct builder b = { .arena = a, .caps = &caps, .line = post->body_line };
    copy_tree(&b, root, output->root);
    if (b.adjacent)
        merge_texts(root, a);
    report(&caps, b.flat_line, post, dg);
    return root;
}
