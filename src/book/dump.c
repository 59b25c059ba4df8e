/* SPDX-License-Identifier: MIT */
#include "book/dump.h"

static void put_text(struct buf *out, const char *key, str value)
{
    if (value.n == 0)
        return;
    buf_printf(out, "%s: ", key);
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\x%02x", c);
        else
            buf_putc(out, (char)c);
    }
    buf_putc(out, '\n');
}

static void put_list(struct buf *out, const char *key,
                     const struct str_vec *list)
{
    for (size_t i = 0; i < list->n; i++)
        put_text(out, key, list->v[i]);
}

static void put_date(struct buf *out, const char *key, const struct date *d)
{
    if (!d->year)
        return;
    buf_printf(out, "%s: %04d-%02d-%02d", key, d->year, d->month, d->day);
    if (d->second >= 0)
        buf_printf(out, " %02d:%02d:%02d", d->second / 3600,
                   d->second / 60 % 60, d->second % 60);
    if (d->has_offset) {
        int minutes = d->offset_minutes < 0 ? -d->offset_minutes
                                            : d->offset_minutes;
        buf_printf(out, " %c%02d:%02d", d->offset_minutes < 0 ? '-' : '+',
                   minutes / 60, minutes % 60);
    }
    buf_putc(out, '\n');
}

static void put_flag(struct buf *out, const char *key, bool value)
{
    if (value)
        buf_printf(out, "%s: yes\n", key);
}

static void dump_post(const struct post *p, struct buf *out)
{
    buf_printf(out, "\npost: %u\n", p->index + 1);
    put_text(out, "name", p->name);
    put_text(out, "file", p->rel);
    put_date(out, "date", &p->date);
    put_date(out, "updated", &p->updated);
    put_text(out, "title", p->title);
    put_flag(out, "title-in-body", p->title_in_body);
    put_text(out, "author", p->author);
    put_text(out, "translator", p->translator);
    put_list(out, "tag", &p->tags);
    put_text(out, "language", p->language);
    put_text(out, "description", p->description);
    put_text(out, "image", p->image);
    put_text(out, "image-alt", p->image_alt);
    put_text(out, "slug", p->slug);
    put_text(out, "permalink", p->permalink);
    put_list(out, "alias", &p->aliases);
    put_flag(out, "draft", p->draft);
    buf_printf(out, "body-line: %u\n", p->body_line);
}

void book_dump(const struct book *book, struct buf *out)
{
    put_text(out, "title", book->title);
    put_text(out, "author", book->author);
    put_text(out, "language", book->language);
    put_text(out, "site-language", book->language_else);
    put_text(out, "description", book->description);
    put_text(out, "base-url", book->base_url);
    put_text(out, "identifier", book->identifier);
    buf_printf(out, "modified: %lld\n", (long long)book->modified);
    buf_printf(out, "posts: %u of %u\n", book->n_posts, book->n_considered);
    for (uint32_t i = 0; i < book->n_posts; i++)
        dump_post(book->posts[i], out);
}
