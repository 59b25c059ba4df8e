/* SPDX-License-Identifier: MIT */
#include "closing.h"

static void print_size(uint64_t bytes, FILE *to)
{
    if (bytes < 1000 * 1000)
        fprintf(to, "%llu KB", (unsigned long long)(bytes + 999) / 1000);
    else
        fprintf(to, "%.1f MB", (double)bytes / 1e6);
}

/* " (2004-2026)", or nothing for a blog without dates. */
static void print_years(const struct book *book, FILE *to)
{
    int low = 0, high = 0;

    for (uint32_t i = 0; i < book->n_posts; i++) {
        int year = book->posts[i]->date.year;
        if (!year)
            continue;
        low = !low || year < low ? year : low;
        high = year > high ? year : high;
    }
    if (low && low == high)
        fprintf(to, " (%d)", low);
    else if (low)
        fprintf(to, " (%d-%d)", low, high);
}

void closing_print(const struct book *book, uint32_t n_chapters,
                   const struct outputs *o, FILE *to)
{
    fprintf(to, "%u post%s", n_chapters, n_chapters == 1 ? "" : "s");
    print_years(book, to);
    if (book->n_pages)
        fprintf(to, " without %u page%s of the site", book->n_pages,
                book->n_pages == 1 ? "" : "s");
    if (book->settings->check)
        fputs(" checked", to);
    for (unsigned i = 0; !book->settings->check && i < o->n; i++) {
        const struct output *out = &o->v[i];
        fputs(i ? ", " : " -> ", to);
        diag_print_safe(out->path, to);
        fputs(" (", to);
        print_size(out->result.bytes, to);
        if (out->result.pages)
            fprintf(to, ", %u pages", out->result.pages);
        fputc(')', to);
    }
}
