/* SPDX-License-Identifier: MIT */
#include "assets/fetch_url.h"

#include "assets/curl_library.h"

static bool get_part(const struct curl_library *c, CURLU *h, CURLUPart part,
                     unsigned flags, struct buf *to)
{
    char *text = NULL;

    buf_reset(to);
    if (c->curl_url_get_(h, part, &text, flags) != CURLUE_OK)
        return false;
    buf_puts(to, text);
    buf_putc(to, '\0');
    to->n--;
    c->curl_free_(text);
    return true;
}

static void lower(struct buf *b)
{
    for (size_t i = 0; i < b->n; i++)
        b->p[i] = (char)ascii_lower(b->p[i]);
}

static bool read_parts(const struct curl_library *c, CURLU *h,
                       struct fetch_url *u)
{
    struct buf port = { 0 };

    if (c->curl_url_set_(h, CURLUPART_URL, u->url.p,
                         CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
        !get_part(c, h, CURLUPART_SCHEME, 0, &u->scheme))
        return false;
    c->curl_url_set_(h, CURLUPART_FRAGMENT, NULL, 0);
    bool ok = get_part(c, h, CURLUPART_URL, 0, &u->url) &&
              get_part(c, h, CURLUPART_HOST, 0, &u->host) &&
              get_part(c, h, CURLUPART_PORT, CURLU_DEFAULT_PORT, &port);
    lower(&u->scheme);
    lower(&u->host);
    if (ok)
        buf_printf(&u->place, "%s://%s:%s", u->scheme.p, u->host.p, port.p);
    buf_done(&port);
    return ok;
}

bool fetch_url_parse(const struct curl_library *c, str url, struct fetch_url *u)
{
    CURLU *h = c->curl_url_();

    if (!h)
        return false;
    buf_reset(&u->scheme);
    buf_reset(&u->place);
    buf_reset(&u->url);
    buf_put(&u->url, url);
    buf_putc(&u->url, '\0');
    u->url.n--;
    /* A NUL in it would hide what follows. */
    bool ok = memchr(url.p ? url.p : "", '\0', url.n) == NULL &&
              read_parts(c, h, u);
    c->curl_url_cleanup_(h);
    return ok;
}

void fetch_url_done(struct fetch_url *u)
{
    buf_done(&u->url);
    buf_done(&u->scheme);
    buf_done(&u->host);
    buf_done(&u->place);
}
