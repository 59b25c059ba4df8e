/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/jsonshape.h"
#include "check.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
    const char *shape, *text;
    bool ok;
} cases[] = {
    { "chapter", "{\"chapter\": \"a\", \"title\": \"b\"}", true },
    { "chapter", "{\"title\":\"\",\"chapter\":\"\"}", true },
    { "chapter", "{ \"chapter\" : \"a\" , \"title\" : \"b\" }", true },
    { "chapter", "{\"chapter\": \"\\u001b\\n\\\"\\\\\", \"title\": \"글\"}",
      true },
    { "chapter", "", false },
    { "chapter", "{}", false },
    { "chapter", "{", false },
    { "chapter", "{\"chapter\": \"a\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"b\"} ", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"b\"}}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"b\", }", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"b\", \"x\": \"\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"chapter\": \"a\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"b\", \"title\": \"b\"}",
      false },
    { "chapter", "{\"chapter\": \"a\", \"title\": 1}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": null}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"b}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"b\\\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"\\x\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"\\u12\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"\\ud800\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"\n\"}", false },
    { "chapter", "{\"chapter\": \"a\",\n\"title\": \"b\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"\x7f\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"\xC2\x9B\"}", false },
    { "chapter", "{\"chapter\": \"a\", \"title\": \"\xff\"}", false },
    { "no such shape", "{\"a\": \"\"}", false },

    { "file", "{\"path\": \"\", \"bytes\": 0, \"sha256\": \"" HASH "\"}",
      true },
    { "file", "{\"path\": \"\", \"bytes\": 12, \"sha256\": \"" HASH "\"}",
      true },
    { "file", "{\"path\": \"\", \"bytes\": 012, \"sha256\": \"" HASH "\"}",
      false },
    { "file", "{\"path\": \"\", \"bytes\": -1, \"sha256\": \"" HASH "\"}",
      false },
    { "file", "{\"path\": \"\", \"bytes\": 1e9, \"sha256\": \"" HASH "\"}",
      false },
    { "file",
      "{\"path\": \"\", \"bytes\": 123456789012345678901, \"sha256\": \"" HASH
      "\"}",
      false },
    { "file", "{\"path\": \"\", \"bytes\": 1, \"sha256\": \"0123\"}", false },

    { "seconds", "{\"seconds\": 0.125}", true },
    { "seconds", "{\"seconds\": 7}", true },
    { "seconds", "{\"seconds\": .5}", false },
    { "seconds", "{\"seconds\": 5.}", false },
    { "seconds", "{\"seconds\": NaN}", false },
    { "seconds", "{\"seconds\": 0.125", false },

    { "diagnostic",
      "{\"code\": \"a\", \"severity\": \"error\", \"text\": \"\"}", true },
    { "diagnostic", "{\"code\": \"a\", \"severity\": \"err\", \"text\": \"\"}",
      false },
    { "diagnostic",
      "{\"code\": \"a\", \"severity\": \"error|info\", \"text\": \"\"}",
      false },

    { "post", "{\"path\": \"\", \"title\": \"\", \"diagnostics\": []}", true },
    { "post", "{\"path\": \"\", \"title\": \"\", \"diagnostics\": [{}]}",
      false },
    { "post", "{\"path\": \"\", \"title\": \"\", \"diagnostics\": [,]}",
      false },
    { "post", "{\"path\": \"\", \"title\": \"\", \"diagnostics\": [[]]}",
      false },
};

static void test_shapes(void **state)
{
    for (size_t i = 0; i < N_OF(cases); i++) {
        str text = str_of(cases[i].text);
        if (json_has_shape(text, cases[i].shape, NULL, 0) != cases[i].ok)
            fail_msg("%s: %s", cases[i].shape, cases[i].text);
    }
}

/* Wherever it is cut, it is none. */
static void test_cut(void **state)
{
    for (size_t i = 0; i < N_OF(cases); i++)
        for (size_t n = 0; cases[i].ok && n < strlen(cases[i].text); n++)
            assert_false(json_has_shape((str){ cases[i].text, n },
                                        cases[i].shape, NULL, 0));
}

static void test_known(void **state)
{
    static const char text[] =
        "{\"path\": \"a\", \"title\": \"t\", \"diagnostics\": [{\"code\": "
        "\"c\", \"severity\": \"info\", \"path\": \"b\", \"text\": \"\"}]}";
    const struct json_known right = { "path", STR_INIT("\"a\"") },
                            wrong = { "path", STR_INIT("\"b\"") };

    assert_true(json_has_shape(str_of(text), "post", &right, 1));
    assert_false(json_has_shape(str_of(text), "post", &wrong, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
