/* SPDX-License-Identifier: MIT */
/* Runs tests/spec/front-matter.txt and what can't be written there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "book/frontmatter.h"
#include "book/reader.h"
#include "spec_file.h"

static unsigned failures;

struct fixture {
    struct arena keep, scratch;
    struct intern intern;
};

static void fixture_init(struct fixture *f)
{
    arena_init(&f->keep);
    arena_init(&f->scratch);
    map_init(&f->intern.map, &f->keep);
}

static void fixture_done(struct fixture *f)
{
    arena_done(&f->keep);
    arena_done(&f->scratch);
}

static struct post *read_post(struct fixture *f, str rel, str text)
{
    struct post *p = arena_new(&f->keep, struct post);
    struct frontmatter fm = { &f->keep, &f->scratch, &f->intern };
    struct header h;

    p->path = p->rel = rel;
    diag_init(&p->diag, &f->keep);
    assert_true(header_find(text, true, &h));
    frontmatter_read(p, text, &h, &fm);
    return p;
}

static void put(struct buf *out, const char *key, str value)
{
    if (value.n)
        buf_printf(out, "%s: %.*s\n", key, STR_ARG(value));
}

static void put_post(struct buf *out, const struct post *p)
{
    put(out, "title", p->title);
    if (p->title_in_body)
        buf_puts(out, "title-in-body\n");
    if (p->date.year)
        buf_printf(out, "date: %04d-%02d-%02d", p->date.year, p->date.month,
                   p->date.day);
    if (p->date.year && p->date.second >= 0)
        buf_printf(out, " %d", p->date.second);
    if (p->date.has_offset)
        buf_printf(out, " %+d", p->date.offset_minutes);
    if (p->date.year)
        buf_putc(out, '\n');
    put(out, "author", p->author);
    put(out, "translator", p->translator);
    for (size_t i = 0; i < p->tags.n; i++)
        put(out, "tag", p->tags.v[i]);
    put(out, "language", p->language);
    put(out, "description", p->description);
    if (p->image.n)
        buf_printf(out, "image: %.*s @ %u\n", STR_ARG(p->image), p->image_line);
    put(out, "image-alt", p->image_alt);
    put(out, "slug", p->slug);
    put(out, "permalink", p->permalink);
    for (size_t i = 0; i < p->aliases.n; i++)
        put(out, "alias", p->aliases.v[i]);
    if (p->draft)
        buf_puts(out, "draft\n");
    buf_printf(out, "body: %u\n", p->body_line);
    for (struct diag_item *d = p->diag.first; d; d = d->next)
        buf_printf(out, "%u: %s\n", d->line, diag_name(d->code));
}

static void run_example(const struct spec_example *x, struct arena *scratch)
{
    struct fixture f;
    struct buf got = { 0 };
    str text = x->input;

    fixture_init(&f);
    str rel = str_cut(&text, '\n');
    put_post(&got, read_post(&f, rel, text));
    if (!str_eq(buf_str(&got), x->want)) {
        print_error("line %u: got\n%.*s", x->line, STR_ARG(buf_str(&got)));
        failures++;
    }
    buf_done(&got);
    fixture_done(&f);
}

static void runs_the_examples(void **state)
{
    assert_true(spec_run("front-matter.txt", run_example) >= 20);
    assert_int_equal(failures, 0);
}

/* Every reader refuses what is too deep or too much, and soon. */
static str repeat(struct arena *a, const char *what, size_t n)
{
    size_t length = strlen(what);
    char *p = arena_bytes(a, length * n + 1);

    for (size_t i = 0; i < n; i++)
        memcpy(p + i * length, what, length);
    return (str){ p, length * n };
}

static void refuses_bombs(void **state)
{
    struct arena a;
    struct read_error err = { 0 };

    arena_init(&a);
    str bomb = S("a: &a [x,x,x,x,x,x,x,x,x]\n"
                 "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                 "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                 "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                 "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
                 "tags: *e\n");
    assert_null(yaml_read(bomb, 2, &a, &err));
    assert_int_equal(err.line, 6);
    assert_null(yaml_read(S("a: &a [*a]\n"), 1, &a, &err));
    assert_null(yaml_read(repeat(&a, "[", 100000), 1, &a, &err));
    assert_null(yaml_read(repeat(&a, "- ", 100000), 1, &a, &err));
    assert_null(yaml_read(repeat(&a, "- x\n", 20000), 1, &a, &err));
    str deep = arena_join(&a, S("a = "), repeat(&a, "[", 100000));
    assert_null(toml_read(deep, 1, &a, &err));
    deep = arena_join(&a, repeat(&a, "a.", 100000), S("b = 1"));
    assert_null(toml_read(deep, 1, &a, &err));
    assert_null(toml_read(repeat(&a, "a = 1\n", 20000), 1, &a, &err));
    deep = arena_join(&a, S("{\"a\":"), repeat(&a, "[", 100000));
    assert_null(json_read(deep, 1, &a, &err));
    arena_done(&a);
}

static void reads_toml(void **state)
{
    static const struct {
        const char *in, *path, *want;
    } cases[] = {
        { "a = 1", "a", "1" },
        { "a.b.c = \"x\"", "a.b.c", "x" },
        { "[a.b]\nc = 'x\\y'", "a.b.c", "x\\y" },
        { "[[a]]\nb = 1\n[[a]]\nb = 2", "a.b", "2" },
        { "a = { b = { c = [1, 2] }, d = 3 }", "a.d", "3" },
        { "a = \"\"\"\nx\n  y\"\"\"", "a", "x\n  y" },
        { "a = \"\"\"x \\\n   y\"\"\"", "a", "x y" },
        { "a = '''it's'''", "a", "it's" },
        { "a = \"\"\"q\"\"\"\"", "a", "q\"" },
        { "a = \"\\u00e9\\t\\U0001F600\"", "a", "é\t😀" },
        { "a = 1979-05-27 07:32:00", "a", "1979-05-27 07:32:00" },
        { "a = 1979-05-27 # c", "a", "1979-05-27" },
        { "a = [\n  [1, 2], # c\n  [3],\n]\nb = 4", "b", "4" },
        { "\"a b\" = 1\n'c' = 2", "a b", "1" },
        { "가 = 1", "가", "1" },
        { "a = 1\na = 2", "a", "2" },
        { "a = \"x", "a", NULL },
        { "a = \"\\q\"", "a", NULL },
        { "a = \"\\uD800\"", "a", NULL },
        { "a = 1 2", "a", NULL },
        { "a = [1 2]", "a", NULL },
        { "a 1", "a", NULL },
        { "[a\nb = 1", "a", NULL },
        { "a =", "a", NULL },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct read_error err;
        const struct value *v = toml_read(str_of(cases[i].in), 1, &a, &err);
        for (str path = str_of(cases[i].path); v && path.n > 0;) {
            v = value_find(v, str_cut(&path, '.'));
            while (v && v->kind == VALUE_LIST) /* the last table */
                for (v = v->first; v->next;)
                    v = v->next;
        }
        str want = str_of(cases[i].want);
        if (!v != !cases[i].want || (v && !str_eq(v->text, want)))
            fail_msg("%s gives %.*s", cases[i].in, v ? (int)v->text.n : 4,
                     v ? v->text.p : "null");
    }
    arena_done(&a);
}

static void strips_controls(void **state)
{
    struct fixture f;

    fixture_init(&f);
    struct post *p = read_post(
        &f, S("a.md"), S("---\ntitle: 'A\b\x7Fz'\ndate: 2018-08-29\n---\n"));
    assert_true(str_eq(p->title, S("Az")));
    assert_int_equal(p->diag.first->code, DIAG_HEADER_REPAIRED);
    assert_int_equal(p->diag.first->line, 2);
    p = read_post(
        &f, S("a.md"),
        S("---\ntitle: \"A\\0\\e\\uFFFEz\"\ndate: 2018-08-29\n---\n"));
    assert_true(str_eq(p->title, S("Az")));
    fixture_done(&f);
}

static void asks_for_more(void **state)
{
    static const struct {
        const char *in;
        bool part; /* enough although more of the file follows */
    } cases[] = {
        { "---\ntitle: x\n---\n", true },
        { "---\ntitle: x\n", false },
        { "+++\ntitle = 'x'\n", false },
        { "{\"a\": {}", false },
        { "{\"a\": {}}\n", true },
        { "title: x\n", false },
        { "title: x\n\n", true },
        { "\n\n", false },
        { "Text\n", true },
        { "{{< x >}}\n", true },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct header h;
        str text = str_of(cases[i].in);
        if (header_find(text, false, &h) != cases[i].part)
            fail_msg("%s", cases[i].in);
        assert_true(header_find(text, true, &h));
        assert_true(h.body <= text.n);
    }
}

/* A name in EUC-KR: its letters tell. */
static void names_are_texts(void **state)
{
    struct fixture f;

    fixture_init(&f);
    struct post *p = read_post(&f, S("2020-01-02-\xBA\xBD \xB1\xDB.md"),
                               S("x"));
    assert_int_equal(p->slug.n, strlen("봄 글"));
    assert_memory_equal(p->slug.p, "봄 글", p->slug.n);
    assert_memory_equal(p->title.p, "봄 글", p->title.n);
    assert_int_equal(p->date.day, 2);
    p = read_post(&f, S("\xFF\xFE\xFD.md"), S("x"));
    assert_true(utf8_is_valid(p->title));
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_texts), cmocka_unit_test(runs_the_examples),
        cmocka_unit_test(refuses_bombs),   cmocka_unit_test(reads_toml),
        cmocka_unit_test(strips_controls), cmocka_unit_test(asks_for_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
