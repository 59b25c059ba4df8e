/* SPDX-License-Identifier: MIT */
#include "assets/fetch_easy.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

#include "assets/fetch_address.h"
#include "base/arena.h"
#include "base/config.h"

#define BUFFER_SIZE (64L << 10)
#define STALL_SPEED 100L /* bytes a second */

static bool is_file(CURL *easy)
{
    long code = 0;

    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
    return code == 200 || code == 203;
}

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
    struct transfer *tr = arg;

    (void)size; /* is 1 */
    if (is_file(tr->easy))
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

static void set_long(CURL *e, CURLoption option, long value)
{
    curl_easy_setopt(e, option, value);
}

static void set_schemes(CURL *e)
{
#if CURL_AT_LEAST_VERSION(7, 85, 0)
    CURLcode code = curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    CURLcode code = curl_easy_setopt(e, CURLOPT_PROTOCOLS,
                                     (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    if (code != CURLE_OK)
        die("libcurl without HTTPS");
}

static void set_callbacks(CURL *e, struct transfer *tr)
{
    curl_easy_setopt(e, CURLOPT_PRIVATE, (void *)tr);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, (void *)tr);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, (void *)tr);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, (void *)tr);
}

static void set_limits(CURL *e, const struct transfer *tr)
{
    const struct fetch_times *times = &tr->transport->options->times;

    set_long(e, CURLOPT_CONNECTTIMEOUT_MS, times->connect);
    set_long(e, CURLOPT_LOW_SPEED_LIMIT, STALL_SPEED);
    set_long(e, CURLOPT_LOW_SPEED_TIME, (times->stall + 999) / 1000);
    set_long(e, CURLOPT_TIMEOUT_MS, times->total);
    curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE,
                     (curl_off_t)tr->body->limits->file_max);
    set_long(e, CURLOPT_BUFFERSIZE, BUFFER_SIZE);
}

/* An empty text, unlike none, keeps libcurl from asking the environment. */
static void set_proxy(CURL *e, const struct transport *t)
{
    curl_easy_setopt(e, CURLOPT_PROXY, t->proxy.p);
    curl_easy_setopt(e, CURLOPT_NOPROXY, "");
    if (t->ca_file.n > 0)
        curl_easy_setopt(e, CURLOPT_CAINFO, t->ca_file.p);
}

void easy_prepare(struct transfer *tr)
{
    struct transport *t = tr->transport;
    CURL *e = tr->easy;

    curl_easy_setopt(e, CURLOPT_URL, tr->url);
    if (tr->referer[0])
        curl_easy_setopt(e, CURLOPT_REFERER, tr->referer);
    curl_easy_setopt(e, CURLOPT_USERAGENT, "blog2book/" BLOG2BOOK_VERSION);
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, (struct curl_slist *)t->headers);
    curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    set_long(e, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
    set_long(e, CURLOPT_FOLLOWLOCATION, 0);
    set_long(e, CURLOPT_NOSIGNAL, 1);
#if CURL_AT_LEAST_VERSION(7, 87, 0)
    /* Don't wait for a DNS that doesn't answer. */
    set_long(e, CURLOPT_QUICK_EXIT, 1);
#endif
    set_schemes(e);
    set_proxy(e, t);
    set_limits(e, tr);
    set_callbacks(e, tr);
}
