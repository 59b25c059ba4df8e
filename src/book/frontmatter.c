/* SPDX-License-Identifier: MIT */
#include "book/frontmatter.h"

#include "base/decode.h"
#include "base/path.h"
#include "book/dates.h"
#include "book/fields.h"
#include "book/notion.h"
#include "book/readmes.h"
#include "book/recover.h"
#include "book/variant.h"

/* In a longer text nobody looks for marks. */
#define AUTHOR_MAX 2000

struct job {
    struct post *p;
    const struct frontmatter *fm;
    const struct value *root;
    enum header_kind kind;
};

static str keep(struct job *j, str s)
{
    return s.n ? arena_dup(j->fm->keep, s) : (str){ 0 };
}

static str text_of(struct job *j, enum field field)
{
    return plain_value(field_find(j->root, field), j->fm->scratch);
}

static str entities_of(struct job *j, enum field field)
{
    return plain_entities(text_of(j, field), j->fm->scratch);
}

/* "-" is nobody. */
static bool has_letter(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (ascii_is_alnum((unsigned char)s.p[i]) ||
            (unsigned char)s.p[i] >= 0x80)
            return true;
    return false;
}

/* "**Wren** ([home](https://...))" is a habit. */
static str author_of(struct job *j)
{
    str known = authors_of(j->fm->authors, field_find(j->root, FIELD_AUTHOR),
                           j->fm->scratch);
    str name = known.n ? known : entities_of(j, FIELD_AUTHOR);

    if (!has_letter(name))
        return S("");
    bool marked = name.n <= AUTHOR_MAX &&
                  (str_find(name, S("](")) != STR_NONE ||
                   str_find(name, S("**")) != STR_NONE);

    return marked ? plain_marks(name, j->fm->scratch) : name;
}

static void report_broken(struct post *p, const struct read_error *err)
{
    if (err->why.n > 0)
        diag_add(&p->diag, DIAG_HEADER_BROKEN, p->path, err->line,
                 "header can't be read (%.*s), left it in the text",
                 STR_ARG(err->why));
}

static const struct value *read_yaml(struct post *p, const struct header *h,
                                     const struct frontmatter *fm)
{
    struct recovery rec;
    struct read_error err;
    const struct value *v = yaml_recover(h->text, h->line, fm->scratch, &rec,
                                         &err);

    if (!v)
        report_broken(p, &err);
    else if (rec.repaired)
        diag_add(&p->diag, DIAG_HEADER_REPAIRED, p->path, rec.line,
                 "header is not valid YAML, %.*s", STR_ARG(rec.what));
    return v;
}

static const struct value *read_header(struct post *p, const struct header *h,
                                       const struct frontmatter *fm)
{
    struct read_error err = { 0 };
    const struct value *v = NULL;

    switch (h->kind) {
    case HEADER_NONE:
        return NULL;
    case HEADER_YAML:
        return read_yaml(p, h, fm);
    case HEADER_LINES:
        return lines_read(h->text, h->line, fm->scratch);
    case HEADER_TOML:
        v = toml_read(h->text, h->line, fm->scratch, &err);
        break;
    case HEADER_JSON:
        v = json_read(h->text, h->line, fm->scratch, &err);
        break;
    }
    if (!v)
        report_broken(p, &err);
    return v;
}

static void read_lists(struct job *j)
{
    static const struct {
        enum field field;
        bool spaces; /* several words are several tags */
    } kinds[] = { { FIELD_TAGS, true },
                  { FIELD_TAG, false },
                  { FIELD_CATEGORIES, true },
                  { FIELD_CATEGORY, false } };
    struct str_vec all = { 0 };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct value *v = field_find(j->root, kinds[i].field);
        if (v)
            field_list(v, kinds[i].spaces && j->kind != HEADER_LINES,
                       j->fm->scratch, &all);
    }
    j->p->tags.v = arena_array(j->fm->keep, str, all.n);
    j->p->tags.n = j->p->tags.cap = all.n;
    for (size_t i = 0; i < all.n; i++)
        j->p->tags.v[i] = intern_text(j->fm->intern, all.v[i]);
}

static void read_aliases(struct job *j)
{
    const struct value *v = field_find(j->root, FIELD_ALIASES);
    struct str_vec all = { 0 };

    if (!v)
        return;
    field_list(v, false, j->fm->scratch, &all);
    for (size_t i = 0; i < all.n; i++)
        *vec_push(&j->p->aliases, j->fm->keep) = keep(j, all.v[i]);
}

static void read_image(struct job *j)
{
    const struct value *v = field_find(j->root, FIELD_IMAGE);

    if (v && v->kind == VALUE_LIST)
        v = v->first;
    if (!v || field_is_false(v) || field_is_true(v))
        return;
    str alt = text_of(j, FIELD_IMAGE_ALT);
    if (v->kind == VALUE_MAP && value_find(v, S("alt")))
        alt = plain_value(value_find(v, S("alt")), j->fm->scratch);
    j->p->image = keep(j, plain_value(v, j->fm->scratch));
    j->p->image_alt = keep(j, alt);
    j->p->image_line = v->line;
}

/* A BCP 47 tag has hyphens: "zh_tw" is a habit. Else what "post.ko.md" says. */
static str language_of(struct job *j)
{
    str tag = text_of(j, FIELD_LANGUAGE);
    const char *variant;

    variant_cut(path_stem(j->p->rel), &variant);
    if (tag.n == 0)
        tag = str_of(variant);
    char *p = arena_bytes(j->fm->scratch, tag.n + 1);

    for (size_t i = 0; i < tag.n; i++)
        p[i] = tag.p[i] == '_' ? '-' : tag.p[i];
    return intern_text(j->fm->intern, (str){ p, tag.n });
}

/* Has any name of FIELD this sense? Jekyll's "published: false" is no date. */
static bool any_says(const struct value *root, enum field field,
                     bool (*test)(const struct value *))
{
    const struct value *v;

    for (size_t at = 0; (v = field_next(root, field, &at));)
        if (test(v))
            return true;
    return false;
}

static bool is_draft(struct job *j)
{
    static const str words[] = { STR_INIT("draft"), STR_INIT("private"),
                                 STR_INIT("trash"), STR_INIT("pending"),
                                 STR_INIT("unpublished") };
    str status = text_of(j, FIELD_STATUS);

    return STR_IS_AMONG_NOCASE(status, words) ||
           any_says(j->root, FIELD_SHOWN, field_is_false) ||
           any_says(j->root, FIELD_DRAFT, field_is_true);
}

static void read_texts(struct job *j)
{
    struct post *p = j->p;
    struct intern *in = j->fm->intern;

    p->title = keep(j, entities_of(j, FIELD_TITLE));
    p->author = intern_text(in, author_of(j));
    p->translator = intern_text(in, text_of(j, FIELD_TRANSLATOR));
    p->language = language_of(j);
    p->description = keep(j, entities_of(j, FIELD_DESCRIPTION));
    p->permalink = keep(j, text_of(j, FIELD_PERMALINK));
    p->slug = keep(j, text_of(j, FIELD_SLUG));
    p->draft = p->draft || is_draft(j);
}

struct date_try {
    bool tried;
    unsigned line;
    str text;
    enum date_found found;
};

/* The first date of FIELD that can be read. *FIRST tells of the first that
 * can't. */
static bool read_date(struct job *j, enum field field, struct date *out,
                      struct date_try *first)
{
    const struct value *v;

    for (size_t at = 0; (v = field_next(j->root, field, &at));) {
        str text = plain_value(v, j->fm->scratch);
        if (field_is_true(v) || field_is_false(v) || str_is_blank(text))
            continue;
        enum date_found found = date_parse(text, out);
        if (found == DATE_OK)
            return true;
        if (!first->tried)
            *first = (struct date_try){ true, v->line, text, found };
    }
    return false;
}

static str show_date(const struct date *d, struct arena *a)
{
    return arena_printf(a, "%04d-%02d-%02d", d->year, d->month, d->day);
}

static void report_date(struct job *j, const struct date_try *bad)
{
    struct post *p = j->p;
    const char *what = bad->found == DATE_IMPOSSIBLE ? "there is no such day as"
                                                     : "can't read the date";

    if (bad->tried && p->date.year) {
        str date = show_date(&p->date, j->fm->scratch);
        diag_add(&p->diag, DIAG_DATE_BAD, p->path, bad->line,
                 "%s '%.*s', used %.*s of the path", what, STR_ARG(bad->text),
                 STR_ARG(date));
    } else if (bad->tried)
        diag_add(&p->diag, DIAG_DATE_BAD, p->path, bad->line,
                 "%s '%.*s', left it out", what, STR_ARG(bad->text));
    if (!p->date.year)
        diag_add(&p->diag, DIAG_DATE_MISSING, p->path, 1,
                 "no date in header or path, placed behind the dated posts");
}

static void read_dates(struct job *j)
{
    struct date_try bad = { 0 }, ignored = { 0 };

    read_date(j, FIELD_UPDATED, &j->p->updated, &ignored);
    if (read_date(j, FIELD_DATE, &j->p->date, &bad))
        return;
    if (date_from_path(j->p->rel, &j->p->date) != DATE_OK &&
        date_from_path(j->p->permalink, &j->p->date) != DATE_OK)
        j->p->date = bad.tried ? (struct date){ 0 } : j->p->updated;
    report_date(j, &bad);
}

static bool is_index(str stem)
{
    return str_eq_nocase(stem, S("index")) || readmes_is_name(stem);
}

/* A name is bytes; its letters tell what they are written in. */
static str name_text(str name, struct job *j)
{
    struct decode_hints hints = { NULL, j->p->language };
    struct decoded ignored;

    if (utf8_is_valid(name))
        return name;
    return keep(j, decode_text(name, &hints, j->fm->scratch, &ignored));
}

/* The name of the file without its date; of "slug/index.md" and
 * "slug/README.md" the folder's. */
static str slug_of_path(struct job *j)
{
    str rel = j->p->rel;
    struct date ignored;
    str slug, name = variant_cut(path_stem(rel), NULL);

    if (is_index(name) && path_dir(rel).n > 0)
        name = path_base(path_dir(rel));
    date_from_name(notion_name(name), &ignored, &slug);
    return name_text(slug, j);
}

static void find_title(struct job *j, str heading, str body)
{
    struct post *p = j->p;
    const char *from = "first heading";
    bool leads;

    if (p->title.n == 0 && heading.n > 0)
        p->title = keep(j, plain_heading(heading, j->fm->scratch, &leads));
    if (p->title.n > 0)
        return;
    p->title = keep(j, plain_heading(body, j->fm->scratch, &leads));
    p->title_in_body = p->title.n > 0 && leads;
    if (p->title.n == 0) {
        from = "file's name";
        p->title = keep(j, plain_text(slug_of_path(j), j->fm->scratch));
    }
    if (p->title.n == 0)
        p->title = S("untitled");
    diag_add(&p->diag, DIAG_TITLE_MISSING, p->path, 1,
             "no title in the header, used the %s '%.*s'", from,
             STR_ARG(p->title));
}

void frontmatter_read(struct post *p, str text, const struct header *h,
                      const struct frontmatter *fm)
{
    const struct value *root = read_header(p, h, fm);
    struct job j = { p, fm, root, h->kind };

    p->body_offset = root ? (uint32_t)h->body : 0;
    p->body_line = root ? h->body_line : 1;
    if (root && h->unclosed)
        diag_add(&p->diag, DIAG_HEADER_REPAIRED, p->path, h->line,
                 "header is not closed, ended it at the first blank line");
    read_texts(&j);
    read_lists(&j);
    read_aliases(&j);
    read_image(&j);
    read_dates(&j);
    find_title(&j, h->title, str_from(text, p->body_offset));
    if (p->slug.n == 0)
        p->slug = slug_of_path(&j);
}
