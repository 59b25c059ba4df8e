/* SPDX-License-Identifier: MIT */
#include "assets/fetch_easy.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

#include "assets/fetch_address.h"
#include "base/arena.h"
#include "base/config.h"

#define BUFFER_SIZE (64L << 10)
#define STALL_SPEED 100L /* bytes a second */

static bool is_file(const struct transfer *tr)
{
    long code = 0;

    tr->transport->curl.curl_easy_getinfo_(tr->easy, CURLINFO_RESPONSE_CODE,
                                           &code);
    return code == 200 || code == 203;
}

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
    struct transfer *tr = arg;

    (void)size; /* is 1 */
    if (is_file(tr))
        return body_write(tr->body, (str){ p, n }) ? n : 0;
    tr->waste += n;
    return tr->waste <= EASY_WASTE_MAX ? n : 0;
}

static size_t on_header(char *p, size_t size, size_t n, void *arg)
{
    struct transfer *tr = arg;

    (void)p;
    (void)size;
    tr->head += n;
    return tr->head <= EASY_HEAD_MAX ? n : 0;
}

static const char *special_of(const struct curl_sockaddr *a)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (a->family == AF_INET) {
        memcpy(&v4, &a->addr, sizeof v4);
        return address_special((const uint8_t *)&v4.sin_addr, 4);
    }
    if (a->family != AF_INET6)
        return "an address of another kind than IP";
    memcpy(&v6, &a->addr, sizeof v6);
    return address_special((const uint8_t *)&v6.sin6_addr, 16);
}

/* Here the address is the one that will be connected to, whatever DNS said
 * before and will say later. */
static curl_socket_t on_open(void *arg, curlsocktype purpose,
                             struct curl_sockaddr *a)
{
    struct transfer *tr = arg;
    const struct fetch_options *o = tr->transport->options;

    (void)purpose;
    if (!o->allow_private && o->proxy.n == 0) {
        const char *special = special_of(a);
        if (special) {
            tr->special = special;
            return CURL_SOCKET_BAD;
        }
    }
    curl_socket_t s = socket(a->family, a->socktype, a->protocol);
    if (s != CURL_SOCKET_BAD)
        fcntl(s, F_SETFD, FD_CLOEXEC);
    return s;
}

static void set_long(const struct transfer *tr, CURLoption option, long value)
{
    tr->transport->curl.curl_easy_setopt_(tr->easy, option, value);
}

static void set_text(const struct transfer *tr, CURLoption option,
                     const char *value)
{
    tr->transport->curl.curl_easy_setopt_(tr->easy, option, value);
}

static void set_schemes(const struct transfer *tr)
{
    const struct curl_library *c = &tr->transport->curl;

#if CURL_AT_LEAST_VERSION(7, 85, 0)
    CURLcode code = c->curl_easy_setopt_(tr->easy, CURLOPT_PROTOCOLS_STR,
                                         "http,https");
#else
    CURLcode code = c->curl_easy_setopt_(
        tr->easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    if (code != CURLE_OK)
        die("libcurl is too old, or without HTTPS");
}

static void set_callbacks(struct transfer *tr)
{
    const struct curl_library *c = &tr->transport->curl;
    CURL *e = tr->easy;
    void *arg = tr;

    c->curl_easy_setopt_(e, CURLOPT_PRIVATE, arg);
    c->curl_easy_setopt_(e, CURLOPT_WRITEFUNCTION, on_body);
    c->curl_easy_setopt_(e, CURLOPT_WRITEDATA, arg);
    c->curl_easy_setopt_(e, CURLOPT_HEADERFUNCTION, on_header);
    c->curl_easy_setopt_(e, CURLOPT_HEADERDATA, arg);
    c->curl_easy_setopt_(e, CURLOPT_OPENSOCKETFUNCTION, on_open);
    c->curl_easy_setopt_(e, CURLOPT_OPENSOCKETDATA, arg);
}

static void set_limits(const struct transfer *tr)
{
    const struct transport *t = tr->transport;
    const struct fetch_times *times = &t->options->times;

    set_long(tr, CURLOPT_CONNECTTIMEOUT_MS, times->connect);
    set_long(tr, CURLOPT_LOW_SPEED_LIMIT, STALL_SPEED);
    set_long(tr, CURLOPT_LOW_SPEED_TIME, (times->stall + 999) / 1000);
    set_long(tr, CURLOPT_TIMEOUT_MS, times->total);
    set_long(tr, CURLOPT_BUFFERSIZE, BUFFER_SIZE);
    t->curl.curl_easy_setopt_(tr->easy, CURLOPT_MAXFILESIZE_LARGE,
                              (curl_off_t)tr->body->limits->file_max);
}

/* An empty text, unlike none, keeps libcurl from asking the environment. */
static void set_proxy(const struct transfer *tr)
{
    const struct transport *t = tr->transport;

    set_text(tr, CURLOPT_PROXY, t->proxy.p);
    set_text(tr, CURLOPT_NOPROXY, "");
    if (t->ca_file.n > 0)
        set_text(tr, CURLOPT_CAINFO, t->ca_file.p);
}

static void set_request(const struct transfer *tr)
{
    const struct transport *t = tr->transport;

    set_text(tr, CURLOPT_URL, tr->url);
    if (tr->referer[0])
        set_text(tr, CURLOPT_REFERER, tr->referer);
    set_text(tr, CURLOPT_USERAGENT, "blog2book/" BLOG2BOOK_VERSION);
    set_text(tr, CURLOPT_ACCEPT_ENCODING, ""); /* all that it knows */
    t->curl.curl_easy_setopt_(tr->easy, CURLOPT_HTTPHEADER, t->headers);
    set_long(tr, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
    set_long(tr, CURLOPT_FOLLOWLOCATION, 0);
}

void easy_prepare(struct transfer *tr)
{
    set_long(tr, CURLOPT_NOSIGNAL, 1);
#if CURL_AT_LEAST_VERSION(7, 87, 0)
    /* Don't wait for a DNS that doesn't answer. */
    set_long(tr, CURLOPT_QUICK_EXIT, 1);
#endif
    set_schemes(tr);
    set_request(tr);
    set_proxy(tr);
    set_limits(tr);
    set_callbacks(tr);
}
