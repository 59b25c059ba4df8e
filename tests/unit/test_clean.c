/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "content_model.h"
#include "convert/breaks.h"
#include "convert/clean.h"
#include "convert/clean_css.h"
#include "convert/headings.h"
#include "convert/html5.h"
#include "convert/markdown.h"
#include "convert/notes.h"
#include "spec_file.h"
#include "tree_text.h"

static const struct post post = {
    .path = { "post.md", 7 },
    .title = { "The Title", 9 },
    .name = { "post", 4 },
    .body_line = 1,
};

struct job {
    struct arena *a;
    struct diag dg;
    struct idset ids;
    struct chapter c;
    struct node *body;
};

static void clean(struct job *j, str html, struct arena *a)
{
    j->a = a;
    diag_init(&j->dg, a);
    idset_init(&j->ids, a);
    j->c = (struct chapter){ .post = &post };
    j->body = clean_soup(html5_parse(html, &post, a, &j->dg), &post, LANG_EN,
                         &j->ids, a, &j->dg);
}

static void check(struct job *j, const struct spec_example *x)
{
    struct buf out = { 0 };
    const struct node *where;
    const char *fault = model_fault(j->body, j->a, &where);

    if (fault)
        fail_msg("%s at <%s>", fault, arena_cstr(j->a, tag_name(where->tag)));
    tree_text_put(&out, j->body);
    str got = arena_dup(j->a, str_trim(buf_str(&out)));
    buf_done(&out);
    assert_string_equal(got.p, arena_cstr(j->a, str_trim(x->want)));
}

static void run_clean(const struct spec_example *x, struct arena *a)
{
    struct job j;

    clean(&j, x->input, a);
    check(&j, x);
}

static void run_headings(const struct spec_example *x, struct arena *a)
{
    struct job j;

    clean(&j, x->input, a);
    headings_drop_title(j.body, &post, &j.ids, a);
    headings_arrange(&j.c, j.body, &j.ids, a);
    check(&j, x);
}

static void run_notes(const struct spec_example *x, struct arena *a)
{
    struct markdown *md = markdown_new();
    struct job j;
    struct diag dg;

    diag_init(&dg, a);
    clean(&j, markdown_to_html(md, x->input, &post, a, &dg), a);
    notes_place(j.body, &post, &j.ids, a);
    markdown_free(md);
    check(&j, x);
}

static void run_heading_ids(const struct spec_example *x, struct arena *a)
{
    struct markdown *md = markdown_new();
    struct job j;
    struct diag dg;

    diag_init(&dg, a);
    clean(&j, markdown_to_html(md, x->input, &post, a, &dg), a);
    headings_arrange(&j.c, j.body, &j.ids, a);
    markdown_free(md);
    check(&j, x);
}

/* The first line of the input is the language. */
static void run_breaks(const struct spec_example *x, struct arena *a)
{
    struct job j;
    str html = x->input, lang = str_cut(&html, '\n');

    clean(&j, html, a);
    breaks_join(j.body, lang_of_tag(lang), a);
    check(&j, x);
}

static void test_specs(void **state)
{
    assert_true(spec_run("clean.txt", run_clean) >= 50);
    assert_true(spec_run("content-model.txt", run_clean) >= 35);
    assert_true(spec_run("headings.txt", run_headings) >= 8);
    assert_true(spec_run("footnotes.txt", run_notes) >= 10);
    assert_true(spec_run("heading-ids.txt", run_heading_ids) >= 3);
    assert_true(spec_run("soft-breaks.txt", run_breaks) >= 10);
}

/* Whatever stands in whatever, the result is valid and no word is lost. The
 * soups are made by a generator with a fixed seed. */
static uint32_t dice(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % n;
}

static unsigned make_soup(struct buf *out, uint32_t seed)
{
    static const char *const tags[] = {
        "a href='x'", "b",          "span style='color:red'",
        "p",          "div",        "ul",
        "ol",         "li",         "dl",
        "dt",         "dd",         "table",
        "tr",         "td",         "th",
        "tbody",      "thead",      "caption",
        "figure",     "figcaption", "details",
        "summary",    "h2",         "h4",
        "pre",        "code",       "ruby",
        "rt",         "center",     "blockquote",
        "section",    "q",          "font color=red",
        "dfn",        "em",         "div id=x align=center",
        "a name=y",   "tfoot",      "aside",
        "rtc",        "del",        "label",
        "button",     "strange",    "o:p",
        "time",       "bdo",        "math",
        "mi",         "mo",         "mrow",
        "mfrac",      "msup",       "mtable",
        "mtr",        "mtd",        "math display=block",
    };
    static const char *const voids[] = { "<br>",  "<hr>",   "<img src=a alt=b>",
                                         "<wbr>", "&nbsp;", "\n" };
    unsigned words = 0;

    for (unsigned i = 0; i < 60; i++) {
        const char *tag = tags[dice(&seed, sizeof tags / sizeof *tags)];
        size_t name = 0;

        while (tag[name] && tag[name] != ' ')
            name++;
        switch (dice(&seed, 6)) {
        case 0:
        case 1:
            buf_printf(out, "<%s>", tag);
            break;
        case 2:
            buf_printf(out, "</%.*s>", (int)name, tag);
            break;
        case 3:
            buf_puts(out, voids[dice(&seed, 6)]);
            break;
        default:
            buf_printf(out, " w%uw ", words++);
        }
    }
    return words;
}

static void test_random(void **state)
{
    struct arena a;
    struct buf html = { 0 };

    arena_init(&a);
    for (uint32_t seed = 1; seed <= 3000; seed++) {
        struct job j;
        const struct node *where;

        buf_reset(&html);
        unsigned n_words = make_soup(&html, seed);
        clean(&j, buf_str(&html), &a);
        const char *fault = model_fault(j.body, &a, &where);
        if (fault)
            fail_msg("%s at <%s> of %.*s", fault,
                     arena_cstr(&a, tag_name(where->tag)),
                     STR_ARG(buf_str(&html)));
        str text = node_plain_text(j.body, &a);
        for (unsigned w = 0; w < n_words; w++)
            if (str_find(text, arena_printf(&a, "w%uw", w)) == STR_NONE)
                fail_msg("w%uw is lost from %.*s", w, STR_ARG(buf_str(&html)));
        arena_reset(&a);
    }
    buf_done(&html);
    arena_done(&a);
}

static void test_color(void **state)
{
    static const struct {
        const char *css;
        uint32_t want; /* 0: dropped */
    } colors[] = {
        { "red", 0xff0000 },
        { "#c00", 0xcc0000 },
        { "rgb(255, 0, 0)", 0xff0000 },
        { "rgba(100%, 0%, 0%, .5)", 0xff0000 },
        { "FF0000", 0xff0000 },
        { "black", 0 },
        { "#333", 0 },
        { "white", 0 },
        { "#0000ff", 0 },
        { "yellow", 0 },
        { "windowtext", 0 },
        { "#ggg", 0 },
        { "", 0 },
        { "rgb(", 0 },
        { "rgb(1,2", 0 },
    };

    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        assert_int_equal(css_color(str_of(colors[i].css)),
                         colors[i].want ? COLOR_SET | colors[i].want
                                        : COLOR_RESET);
}

static void test_css(void **state)
{
    struct css css = { 0 };

    css_read(&css, S("font-weight:700 !important; font-style : italic;;"
                     "color:#c00;mso-x:'a;b';background:url(a;b);;: ;x"
                     ";TEXT-ALIGN:Center;width: 50%;text-decoration:"
                     "underline line-through;font-weight:bogus"));
    assert_int_equal(css.bold, ON);
    assert_int_equal(css.italic, ON);
    assert_int_equal(css.underline, ON);
    assert_int_equal(css.strike, ON);
    assert_int_equal(css.color, COLOR_SET | 0xcc0000);
    assert_int_equal(css.align, ALIGN_CENTER);
    assert_int_equal(css.width, 50);
    css_read(&css, S("width:120%;font-weight:400"));
    assert_int_equal(css.width, 0);
    assert_int_equal(css.bold, OFF);
}

static void test_ids(void **state)
{
    struct arena a;
    struct idset ids;
    struct node *root;
    str id;

    arena_init(&a);
    idset_init(&ids, &a);
    root = node_new(&a, TAG_DIV, 1);
    assert_string_equal(idset_claim(&ids, S("a b:c")).p, "a-b-c");
    node_set(root, &a, ATTR_ID, S("a-b-c"));
    assert_int_equal(idset_claim(&ids, S("a b:c")).n, 0);
    assert_string_equal(idset_claim(&ids, S("a-b-c")).p, "a-b-c-1");
    assert_string_equal(idset_claim(&ids, S("1st")).p, "s-1st");
    assert_int_equal(idset_claim(&ids, S(" ")).n, 0);
    idset_collect(&ids, root);
    assert_true(idset_find(&ids, S("a b:c"), &a, &id));
    assert_true(idset_find(&ids, S("a%20b:c"), &a, &id));
    assert_true(idset_find(&ids, S("A-B-C"), &a, &id));
    assert_true(str_eq(id, S("a-b-c")));
    assert_false(idset_find(&ids, S("1st"), &a, &id));
    assert_false(idset_find(&ids, S(""), &a, &id));
    arena_done(&a);
}

static int setup(void **state)
{
    markdown_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_specs), cmocka_unit_test(test_random),
        cmocka_unit_test(test_color), cmocka_unit_test(test_css),
        cmocka_unit_test(test_ids),
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}
