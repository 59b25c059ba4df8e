/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doc/reason.h"

static void test_languages(void **state)
{
    static const struct {
        const char *why;
        enum lang lang;
        const char *want;
    } cases[] = {
        { "empty file", LANG_EN, "empty file" },
        { "empty file", LANG_OTHER, "empty file" },
        { "empty file", LANG_KO, "빈 파일" },
        { "damaged PNG", LANG_EN, "damaged PNG" },
        { "damaged PNG", LANG_KO, "손상된 PNG" },
        { "damaged WebP", LANG_JA, "壊れたWebP" },
        { "damaged", LANG_ZH_HANS, "已损坏" },
        { "AVIF too large", LANG_ZH_HANT, "AVIF 過大" },
        { "AVIF, for which libavif is missing", LANG_EN,
          "AVIF, for which libavif is missing" },
        { "AVIF, for which libavif is missing", LANG_JA,
          "AVIF（読み取りに必要なlibavifがない）" },
        { "SVG that is not UTF-8", LANG_KO, "UTF-8이 아닌 SVG" },
        { "SVG that is nested too deep", LANG_ZH_HANS, "嵌套过深的 SVG" },
        { "no longer a PNG", LANG_KO, "no longer a PNG" },
        { "damaged PNG file", LANG_KO, "damaged PNG file" },
        { "damaged ", LANG_KO, "damaged " },
        { "", LANG_KO, "" },
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = reason_text(str_of(cases[i].why), cases[i].lang, &a);
        assert_string_equal(arena_cstr(&a, got), cases[i].want);
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_languages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
