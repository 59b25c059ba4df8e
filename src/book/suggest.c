/* SPDX-License-Identifier: MIT */
#include "book/suggest.h"

#include "book/settings.h"

#define LONGEST 63

static bool same(str a, size_t i, str b, size_t j)
{
    return ascii_lower((unsigned char)a.p[i]) ==
           ascii_lower((unsigned char)b.p[j]);
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Optimal string alignment, three rows at a time. */
size_t suggest_distance(str a, str b)
{
    size_t rows[3][LONGEST + 1];

    if (a.n > LONGEST || b.n > LONGEST)
        return a.n > b.n ? a.n : b.n;
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];
        const size_t *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t change = above[j - 1] + !same(a, i - 1, b, j - 1);
            row[j] = least(above[j] + 1, row[j - 1] + 1, change);
            if (i > 1 && j > 1 && same(a, i - 1, b, j - 2) &&
                same(a, i - 2, b, j - 1) && above2[j - 2] + 1 < row[j])
                row[j] = above2[j - 2] + 1;
        }
    }
    return rows[a.n % 3][b.n];
}

static size_t patience(size_t length)
{
    return length < 3 ? 1 : length < 7 ? 2 : 3;
}

const char *suggest_setting(str word)
{
    size_t n;
    const struct option_info *options = option_table(&n);
    const char *best = NULL;
    size_t best_distance = patience(word.n) + 1;

    for (size_t i = 0; i < n; i++) {
        size_t d = suggest_distance(word, str_of(options[i].name));
        if (d < best_distance && d < word.n) {
            best_distance = d;
            best = options[i].name;
        }
    }
    return best;
}
