/* SPDX-License-Identifier: MIT */
#include "batchfile.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/nowhere.h"
#include "base/path.h"
#include "base/utf8.h"

/* Bytes of a list; some hundred a book. */
#define LIST_MAX (512u << 20)

static bool read_stdin(struct arena *a, str *out)
{
    struct buf b = { 0 };
    size_t n;

    while (b.n <= LIST_MAX &&
           (n = fread(buf_reserve(&b, 65536), 1, 65536, stdin)) > 0)
        b.n += n;
    bool ok = !ferror(stdin) && b.n <= LIST_MAX;
    *out = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return ok;
}

static bool read_list(str path, struct arena *a, str *out, struct diag *dg)
{
    enum file_result r = FILE_OK;

    if (path_is_stdout(path)) { /* "-" */
        if (read_stdin(a, out))
            return true;
        r = FILE_ERROR;
    } else {
        r = file_read(path, LIST_MAX, a, out);
    }
    if (r == FILE_OK)
        return true;
    diag_add(dg, DIAG_SETTING_BAD, path, 0, "can't read the list of books: %s",
             r == FILE_ERROR     ? strerror(errno)
             : r == FILE_SPECIAL ? "it is no regular file"
                                 : "it is too big");
    return false;
}

static void split_lines(struct batchfile *f, str text, struct arena *a)
{
    unsigned n = 0;
    str line;

    while (str_next_line(&text, &line)) {
        n++;
        if (str_trim(line).n)
            *vec_push(&f->items, a) = (struct batch_item){ line, n };
    }
}

/* A line that belongs to no item: a comment, "---", "%YAML 1.2". */
static bool is_between(str line)
{
    str s = str_trim(line);

    return s.n == 0 || s.p[0] == '#' || s.p[0] == '%' || str_eq(s, S("---")) ||
           str_eq(s, S("..."));
}

/* In a list at the margin, "-" can stand there for nothing but an item. */
static bool is_item(str line)
{
    return str_starts(line, S("-")) &&
           (line.n == 1 || line.p[1] == ' ' || line.p[1] == '\t');
}

static bool split_items(struct batchfile *f, str text, struct arena *a,
                        struct diag *dg)
{
    unsigned n = 0;
    str line;

    while (str_next_line(&text, &line)) {
        n++;
        if (is_item(line)) {
            *vec_push(&f->items, a) = (struct batch_item){ line, n };
        } else if (f->items.n) {
            struct batch_item *last = &f->items.v[f->items.n - 1];
            if (!is_between(line) || !str_eq(str_trim(line), S("...")))
                last->text.n = (size_t)(line.p + line.n - last->text.p);
        } else if (!is_between(line)) {
            diag_add(dg, DIAG_SETTING_BAD, f->path, n,
                     "a list of books has lines of the form '- path: FOLDER'");
            return false;
        }
    }
    return true;
}

bool batchfile_read(str path, struct batchfile *out, struct arena *a,
                    struct diag *dg)
{
    struct utf8_report ignored = { 0 };
    bool in = path_is_stdout(path);
    str text;

    *out = (struct batchfile){
        .path = in ? S("standard input") : path,
        .dir = in ? S("") : path_dir(path),
        .json = in || str_eq_nocase(path_ext(path), S("jsonl")) ||
                str_eq_nocase(path_ext(path), S("ndjson")),
    };
    if (!read_list(path, a, &text, dg))
        return false;
    text = utf8_clean(text, a, &ignored);
    if (!out->json)
        return split_items(out, text, a, dg);
    split_lines(out, text, a);
    return true;
}
