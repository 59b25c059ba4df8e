/* SPDX-License-Identifier: MIT */
/* A whole blog, made into an EPUB and a PDF. Each byte adds a piece to a post,
 * to book.yaml or to a style sheet, or begins another file:
 *
 *     below 0xE0        a piece of book_pieces.h
 *     0xE0 N BYTES      N bytes as they are
 *     0xF0, 0xF1        another post, in Markdown or HTML
 *     0xF2, 0xF3        what follows is added to book.yaml, to style.css
 *     0xF4 to 0xF7      a picture (0.png, 1.jpg, 2.gif, 3.svg), and N % 8
 *                       changes to it, of three bytes each: place and value
 */
#include <stdint.h>

#include "assets/jpeg_write.h"
#include "assets/png_write.h"
#include "base/buf.h"
#include "book_pieces.h"
#include "convert/convert.h"
#include "epub/zip_read.h"
#include "run.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define POSTS_MAX 6
#define BYTES_MAX 20000 /* of each file */

struct blog {
    struct arena a;
    str dir, posts_dir;
    struct buf post, yaml, css;
    struct buf *to;
    bool html;
    unsigned n_posts;
};

struct input {
    const uint8_t *p, *end;
};

static unsigned next(struct input *in)
{
    return in->p < in->end ? *in->p++ : 0;
}

static void add(struct buf *to, str bytes)
{
    if (to->n + bytes.n <= BYTES_MAX)
        buf_put(to, bytes);
}

static void end_post(struct blog *b)
{
    str name = arena_printf(&b->a, b->html ? "2020-01-0%u-a.html" : "%u.md",
                            b->n_posts + 1);

    scratch_file(b->posts_dir, name.p, buf_str(&b->post), &b->a);
    b->n_posts++;
    buf_reset(&b->post);
}

static void begin_post(struct blog *b, bool html)
{
    if (b->n_posts < POSTS_MAX)
        end_post(b);
    buf_reset(&b->post);
    b->html = html;
    b->to = &b->post;
}

static str drawn(unsigned kind, struct arena *a)
{
    struct raster r;
    struct rows rows;
    str out = { 0 };

    raster_init(&r, 24, 18, kind ? CHANNELS_RGB : CHANNELS_RGBA);
    for (size_t i = 0; i < (size_t)24 * 18 * r.channels; i++)
        r.samples[i] = (uint8_t)(i * i % 251);
    if (kind) {
        raster_rows(&r, &rows);
        jpeg_write(&rows, 80, a, &out);
        rows_close(&rows);
    } else {
        out = png_write(&r, a);
    }
    raster_done(&r);
    return out;
}

static void add_picture(struct blog *b, unsigned kind, struct input *in)
{
    static const char *const names[] = { "0.png", "1.jpg", "2.gif", "3.svg" };
    static const str gif = STR_INIT(
        "GIF89a\2\0\2\0\x80\0\0\xFF\0\0\0\0\xFF,\0\0\0\0\2\0\2\0\0\2\3\x44\2"
        "\5\0;");
    static const str svg = STR_INIT(
        "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'>"
        "<rect width='20' height='9' fill='red'/><text y='20'>Text</text>"
        "</svg>");
    str bytes = kind == 2 ? gif : kind == 3 ? svg : drawn(kind, &b->a);
    char *p = (char *)arena_dup(&b->a, bytes).p;

    for (unsigned n = next(in) % 8; n; n--) {
        unsigned at = next(in) << 8;
        at |= next(in);
        p[at % bytes.n] = (char)next(in);
    }
    scratch_file(b->posts_dir, names[kind], (str){ p, bytes.n }, &b->a);
}

static void step(struct blog *b, unsigned op, struct input *in)
{
    if (op < 0xE0) {
        add(b->to, book_pieces[op % BOOK_PIECES]);
    } else if (op < 0xF0) {
        size_t n = next(in), left = (size_t)(in->end - in->p);
        n = n < left ? n : left;
        add(b->to, (str){ (const char *)in->p, n });
        in->p += n;
    } else if (op < 0xF2) {
        begin_post(b, op == 0xF1);
    } else if (op < 0xF4) {
        b->to = op == 0xF2 ? &b->yaml : &b->css;
    } else {
        add_picture(b, op % 4, in);
    }
}

static void write_blog(struct blog *b, const uint8_t *data, size_t size)
{
    struct input in = { data, data + size };

    b->to = &b->post;
    while (in.p < in.end)
        step(b, next(&in), &in);
    begin_post(b, false);
    scratch_file(b->posts_dir, "book.yaml", buf_str(&b->yaml), &b->a);
    scratch_file(b->posts_dir, "style.css", buf_str(&b->css), &b->a);
}

/* The command line wins over book.yaml: nothing leaves the folder. */
static void set(struct settings *s, const char *name, str text)
{
    str why;
    size_t i;

    if (!option_find(str_of(name), &i) || !settings_set(s, i, text, &why))
        abort();
    s->is_set[i] = true;
}

static void ignore(void *context, str name, str bytes)
{
    *(unsigned *)context += name.n + bytes.n > 0;
}

static void make(struct blog *b)
{
    static const volatile sig_atomic_t interrupted = 0;
    struct settings s;
    struct diag dg;
    unsigned n = 0;
    str epub = arena_printf(&b->a, "%s/out.epub", b->dir.p);
    FILE *err = fopen("/dev/null", "w");

    diag_init(&dg, &b->a);
    settings_init(&s, &b->a);
    *vec_push(&s.paths, &b->a) = b->posts_dir;
    set(&s, "epub", epub);
    set(&s, "pdf", arena_printf(&b->a, "%s/out.pdf", b->dir.p));
    set(&s, "cache-dir", arena_printf(&b->a, "%s/cache", b->dir.p));
    set(&s, "offline", S(""));
    set(&s, "jobs", S("1"));
    struct run_env env = { .interrupted = &interrupted, .err = err };
    enum status status = run_book(&s, &env);
    fclose(err);
    /* Whatever the blog is, the EPUB is one that can be read. */
    if (status == STATUS_DONE &&
        (!zip_read_chapters(epub, &(struct zip_visitor){ ignore, &n }, &dg) ||
         n == 0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct blog b = { 0 };

    convert_init();
    arena_init(&b.a);
    b.dir = tempdir_new(&b.a);
    b.posts_dir = scratch_folder(b.dir, "blog", &b.a);
    write_blog(&b, data, size);
    make(&b);
    scratch_remove(b.dir, &b.a);
    buf_done(&b.post);
    buf_done(&b.yaml);
    buf_done(&b.css);
    arena_done(&b.a);
    return 0;
}
