/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "content_model.h"
#include "math/tex.h"
#include "spec_file.h"
#include "tree_text.h"

static void check_tree(struct node *math, struct arena *a, str tex)
{
    struct node *p = node_new(a, TAG_P, 0);
    const struct node *where;

    node_append(p, math);
    const char *fault = model_fault(p, a, &where);
    if (fault)
        fail_msg("%s at <%s> of %.*s", fault,
                 arena_cstr(a, tag_name(where->tag)), STR_ARG(tex));
}

/* What is wanted is the inside of math; "TeX" where it stays that. */
static void run_example(const struct spec_example *x, struct arena *a)
{
    struct node *math = tex_math(x->input, true, a, 1, NULL);
    struct buf out = { 0 };

    if (math) {
        check_tree(math, a, x->input);
        assert_true(str_eq(node_attr(math, ATTR_DISPLAY), S("block")));
        assert_true(node_attr(math, ATTR_ALTTEXT).n > 0);
        tree_text_put(&out, math);
    } else {
        buf_puts(&out, "TeX");
    }
    str got = arena_dup(a, buf_str(&out));
    buf_done(&out);
    assert_string_equal(got.p, arena_cstr(a, str_trim(x->want)));
}

static void test_examples(void **state)
{
    assert_true(spec_run("formulas.txt", run_example) >= 50);
}

static uint32_t dice(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % n;
}

static void make_tex(struct buf *out, uint32_t seed)
{
    static const char *const words[] = {
        "x",
        "12.5",
        "+",
        "=",
        "{",
        "}",
        "{",
        "}",
        "^",
        "_",
        "'",
        "&",
        "\\\\",
        "\\frac",
        "\\sqrt",
        "[",
        "]",
        "\\left(",
        "\\right)",
        "\\right.",
        "\\sum",
        "\\lim",
        "\\text{a $b$}",
        "\\hat",
        "\\underbrace",
        "\\begin{cases}",
        "\\end{cases}",
        "\\begin{array}{lr}",
        "\\end{array}",
        "\\over",
        "\\choose",
        "\\mathbb{R}",
        "\\mathbf",
        "\\not",
        "\\big|",
        "\\tag{1}",
        "\\substack",
        "\\binom",
        "\\limits",
        "\\xrightarrow",
        "\\operatorname{f}",
        "\\color{red}",
        "\\boxed",
        "%c\n",
        "\u03b1",
        "\uac00",
        "~",
        "\\,",
        "|",
        "-",
        "\\overset",
    };
    unsigned n = 1 + dice(&seed, 14);

    for (unsigned i = 0; i < n; i++)
        buf_printf(out, "%s ",
                   words[dice(&seed, sizeof words / sizeof *words)]);
}

/* Whatever is typed, what comes out is valid. */
static void test_random(void **state)
{
    unsigned n_known = 0;
    struct buf tex = { 0 };
    struct arena a;

    arena_init(&a);
    for (uint32_t seed = 1; seed <= 60000; seed++) {
        buf_reset(&tex);
        make_tex(&tex, seed);
        struct node *math = tex_math(buf_str(&tex), false, &a, 1, NULL);
        if (math)
            check_tree(math, &a, buf_str(&tex));
        n_known += math != NULL;
        arena_reset(&a);
    }
    buf_done(&tex);
    arena_done(&a);
    assert_true(n_known > 1000);
}

/* Groups one in another end at some depth; they take no more time than they
 * have letters. */
static void test_deep(void **state)
{
    static const char *const opens[] = {
        "{",         "x^",      "\\sqrt ", "\\left(", "\\begin{matrix}",
        "\\frac{1}", "\\text{$"
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        struct buf tex = { 0 };
        while (tex.n + 20 < TEX_MAX)
            buf_puts(&tex, opens[i]);
        assert_null(tex_math(buf_str(&tex), true, &a, 1, NULL));
        buf_done(&tex);
    }
    str open = S("{{{{{{{{{{x}}}}}}}}}}");
    assert_non_null(tex_math(open, true, &a, 1, NULL));
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_deep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
