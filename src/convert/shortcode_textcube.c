/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_textcube.h"

#define TAG_MAX   4000 /* bytes that are looked through for a tag's end */
#define LABEL_MAX 200

static const str fold_end = STR_INIT("_M#]");

static void put_escaped(str s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '<':
            buf_puts(out, "&lt;");
            break;
        case '"':
            buf_puts(out, "&quot;");
            break;
        default:
            buf_putc(out, s.p[i]);
        }
    }
}

/* The start of a fold at AT in LINE becomes that of a <details>; bytes used, 0:
 * there is none. */
static size_t put_fold(str line, size_t at, struct buf *out)
{
    str s = str_from(line, at), open = S("[#M_");

    if (!str_starts(s, open))
        return 0;
    str rest = str_sub(str_from(s, open.n), 0, 2 * LABEL_MAX);
    size_t more = str_find_char(rest, '|');
    size_t less = more == STR_NONE
                      ? more
                      : str_find_char(str_from(rest, more + 1), '|');
    if (less == STR_NONE)
        return 0;
    buf_puts(out, "<details><summary>");
    put_escaped(str_trim(str_sub(rest, 0, more)), out);
    buf_puts(out, "</summary>");
    return open.n + more + 1 + less + 1;
}

/* The value behind KEY in "width="1" alt="text"". */
static str value_of(str attrs, str key)
{
    size_t at = str_find(attrs, key);

    if (at == STR_NONE)
        return S("");
    str value = str_from(attrs, at + key.n);
    return str_sub(value, 0, str_find_char(value, '"'));
}

/* Where the file NAME is, of the sort FOLDER: "kage@abc/img.png" and
 * "cfile25.uf@11AB22.png" are on servers of Tistory, others beside the post. */
static void put_address(str name, const char *folder, struct buf *out)
{
    size_t uf = str_find(name, S(".uf"));
    str file = str_from(name, uf == STR_NONE ? 0 : uf + 4);

    if (str_starts(name, S("kage@"))) {
        buf_puts(out, "https://blog.kakaocdn.net/dn/");
        put_escaped(str_from(name, 5), out);
    } else if (str_starts(name, S("cfile")) && file.n > 0 && uf < name.n) {
        str host = str_sub(name, 0, uf);
        buf_printf(out, "http://%.*s.uf.tistory.com/%s/", STR_ARG(host),
                   folder);
        put_escaped(str_sub(file, 0, str_find_char(file, '.')), out);
    } else {
        put_escaped(name, out);
    }
}

/* A file that is no picture. */
static void put_file(str name, str attrs, struct buf *out)
{
    str shown = value_of(attrs, S("filename=\""));

    buf_puts(out, "<a href=\"");
    put_address(name, "attach", out);
    buf_puts(out, "\">");
    put_escaped(shown.n ? shown : name, out);
    buf_puts(out, "</a>");
}

static void put_picture(str name, str attrs, str caption, struct buf *out)
{
    str type = value_of(attrs, S("filemime=\""));

    if (type.n > 0 && !str_starts(type, S("image/"))) {
        put_file(name, attrs, out);
        return;
    }
    buf_puts(out, "<figure><img src=\"");
    put_address(name, "image", out);
    buf_puts(out, "\" alt=\"");
    put_escaped(value_of(attrs, S("alt=\"")), out);
    buf_puts(out, "\" />");
    if (caption.n > 0) {
        buf_puts(out, "<figcaption>");
        buf_put(out, caption);
        buf_puts(out, "</figcaption>");
    }
    buf_puts(out, "</figure>");
}

/* "1C", "2C", "Image": where the names begin in S, 0: it is another tag. */
static size_t kind_length(str s)
{
    static const str kinds[] = {
        STR_INIT("1L|"), STR_INIT("1C|"), STR_INIT("1R|"),
        STR_INIT("2C|"), STR_INIT("3C|"), STR_INIT("Image|"),
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(s, kinds[i]))
            return kinds[i].n;
    return 0;
}

/* Pictures at AT in LINE become figures; likewise. */
static size_t put_pictures(str line, size_t at, struct buf *out)
{
    str s = str_sub(line, at, TAG_MAX), open = S("[##_"), close = S("_##]");

    if (!str_starts(s, open))
        return 0;
    size_t end = str_find(s, close);
    size_t kind = kind_length(str_from(s, open.n));
    if (end == STR_NONE || kind == 0)
        return 0;
    str rest = str_sub(s, open.n + kind, end - open.n - kind);
    /* Behind the name Tistory's own has a layout, its number and settings. */
    if (str_starts(str_from(s, open.n), S("Image|"))) {
        put_picture(str_trim(str_cut(&rest, '|')), S(""), S(""), out);
        return end + close.n;
    }
    while (rest.n > 0) {
        str name = str_trim(str_cut(&rest, '|')), attrs = str_cut(&rest, '|');
        str caption = str_trim(str_cut(&rest, '|'));
        if (name.n > 0)
            put_picture(name, attrs, caption, out);
    }
    return end + close.n;
}

unsigned textcube_fold_ends(str body)
{
    unsigned count = 0;
    size_t n;

    while ((n = str_find(body, fold_end)) != STR_NONE) {
        body = str_from(body, n + fold_end.n);
        count++;
    }
    return count;
}

size_t textcube_put(struct expander *x, str line, size_t at)
{
    size_t n = put_pictures(line, at, &x->sc->out);

    if (n == 0 && x->folds < x->fold_ends) {
        n = put_fold(line, at, &x->sc->out);
        x->folds += n > 0;
    }
    return n;
}

size_t textcube_put_end(struct expander *x, str line, size_t at)
{
    if (!str_starts(str_from(line, at), fold_end))
        return 0;
    x->fold_ends--;
    if (x->folds == 0)
        return 0;
    x->folds--;
    buf_puts(&x->sc->out, "</details>");
    return fold_end.n;
}
