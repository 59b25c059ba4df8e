/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "convert/lang.h"

static const struct {
    const char *text;
    enum lang want;
} texts[] = {
    { "오늘은 비가 와서 집에서 책을 읽었다.", LANG_KO },
    { "오늘은 FastAPI와 SQLAlchemy로 REST API 서버를 만들었다.", LANG_KO },
    { "漢字를 많이 섞은 大韓民國의 글", LANG_KO },
    { "今日は雨なので、家で本を読みました。", LANG_JA },
    { "東京都千代田区永田町の国会議事堂", LANG_JA },
    { "カタカナ", LANG_JA },
    { "今天下雨，我们在家里读书，还写了一篇文章。", LANG_ZH_HANS },
    { "今天下雨，我們在家裡讀書，還寫了一篇文章。", LANG_ZH_HANT },
    { "我们用 Docker Compose 部署这个 Web 应用", LANG_ZH_HANS },
    { "我们喜欢寿司の味道，这个饭馆还开着门，"
      "时间够的话可以去说说，买东西吃饭听音乐",
      LANG_ZH_HANS },
    { "It was raining, and the cat sat with the book that I had left.",
      LANG_EN },
    { "The quick brown fox is what you see in this font.", LANG_EN },
    { "Il pleut sur la ville et le chat dort dans la maison.", LANG_OTHER },
    { "Der Hund und die Katze schlafen in dem Haus am See.", LANG_OTHER },
    { "El perro come en la casa de los vecinos todos los días.", LANG_OTHER },
    { "Сегодня идёт дождь, и мы читаем книги дома.", LANG_OTHER },
    { "1234 -- !!! 2024-01-01", LANG_OTHER },
    { "", LANG_OTHER },
    { "\xFF\xFE\x80", LANG_OTHER },
};

static void test_guess(void **state)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct lang_count n = { 0 };

        lang_add(&n, str_of(texts[i].text));
        if (lang_guess(&n) != texts[i].want)
            print_message("%s\n", texts[i].text);
        assert_int_equal(lang_guess(&n), texts[i].want);
    }
}

/* What runs from right to left is known by its letters. */
static void test_tag(void **state)
{
    static const struct {
        const char *text, *want;
    } tags[] = {
        { "اليوم تمطر السماء ونحن نقرأ الكتب في البيت مع API", "ar" },
        { "امروز باران می‌بارد و ما در خانه "
          "کتاب "
          "می‌خوانیم",
          "fa" },
        { "آج بارش ہو رہی ہے اور ہم گھر میں کتابیں پڑھ رہے ہیں", "ur" },
        { "היום יורד גשם ואנחנו קוראים ספרים בבית עם REST API", "he" },
        { "A word, שלום, in an English text that is long enough.", "en" },
        { "Сегодня идёт дождь, и мы читаем книги дома. שלום", "und" },
        { "오늘은 비가 와서 책을 읽었다. مرحبا", "ko" },
    };

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        struct lang_count n = { 0 };

        lang_add(&n, str_of(tags[i].text));
        assert_string_equal(lang_guess_tag(&n).p, tags[i].want);
    }
}

static void test_count(void **state)
{
    struct lang_count n = { 0 };

    lang_add(&n, S("가나 かカ 国國 ab é ж 1!"));
    assert_int_equal(n.hangul, 2);
    assert_int_equal(n.kana, 2);
    assert_int_equal(n.han, 2);
    assert_int_equal(n.hans, 1);
    assert_int_equal(n.hant, 1);
    assert_int_equal(n.latin, 3);
    assert_int_equal(n.other, 1);
    assert_int_equal(n.letters, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guess),
        cmocka_unit_test(test_tag),
        cmocka_unit_test(test_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
