/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include "assets/fetch_easy.h"

#include "base/arena.h"

/* libcurl's own words differ from version to version. */
static const struct {
    CURLcode code;
    enum fault fault;
    const char *why;
} codes[] = {
    { CURLE_UNSUPPORTED_PROTOCOL, FAULT_PROTOCOL, "no answer of HTTP" },
    { CURLE_URL_MALFORMAT, FAULT_UNWANTED, "not a usable address" },
    { CURLE_COULDNT_RESOLVE_PROXY, FAULT_NO_CONNECT, "no such proxy" },
    { CURLE_COULDNT_RESOLVE_HOST, FAULT_NO_HOST, "no such host" },
    { CURLE_COULDNT_CONNECT, FAULT_NO_CONNECT, "no connection" },
    { CURLE_WEIRD_SERVER_REPLY, FAULT_PROTOCOL, "no answer of HTTP" },
    { CURLE_HTTP2, FAULT_CUT, "HTTP/2 broke down" },
    { CURLE_HTTP2_STREAM, FAULT_CUT, "HTTP/2 broke down" },
    { CURLE_PARTIAL_FILE, FAULT_CUT, "cut off" },
    { CURLE_SSL_CONNECT_ERROR, FAULT_NO_CONNECT, "no secure connection" },
    { CURLE_PEER_FAILED_VERIFICATION, FAULT_TLS,
      "its certificate is not to be trusted" },
    { CURLE_SSL_CACERT_BADFILE, FAULT_TLS, "no list of whom to trust" },
    { CURLE_GOT_NOTHING, FAULT_CUT, "closed without an answer" },
    { CURLE_SEND_ERROR, FAULT_CUT, "the connection broke off" },
    { CURLE_RECV_ERROR, FAULT_CUT, "the connection broke off" },
    { CURLE_BAD_CONTENT_ENCODING, FAULT_PROTOCOL, "badly compressed" },
    { CURLE_FILESIZE_EXCEEDED, FAULT_UNWANTED, NULL },
    { CURLE_WRITE_ERROR, FAULT_PROTOCOL, "badly compressed" },
#if CURL_AT_LEAST_VERSION(7, 73, 0)
    { CURLE_PROXY, FAULT_NO_CONNECT, "the proxy does not connect" },
#endif
};

static void say(struct transfer *tr, enum fault fault, const char *why)
{
    tr->attempt.fault = fault;
    tr->why = why;
}

static void say_of_code(struct transfer *tr, CURLcode code)
{
    if (code == CURLE_OUT_OF_MEMORY)
        die("out of memory");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].code == code) {
            say(tr, codes[i].fault, codes[i].why);
            return;
        }
    say(tr, FAULT_PROTOCOL, "the download failed");
}

static void say_of_time(struct transfer *tr)
{
    const struct curl_library *c = &tr->transport->curl;
    curl_off_t connected = 0, total = 0;
    curl_off_t limit = tr->transport->options->times.total;

    c->curl_easy_getinfo_(tr->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
    c->curl_easy_getinfo_(tr->easy, CURLINFO_TOTAL_TIME_T, &total);
    if (connected == 0)
        say(tr, FAULT_CONNECT_TIME, "nobody answers");
    else if (total / 1000 >= limit - limit / 20) /* clocks differ a little */
        say(tr, FAULT_TIME, "it takes too long");
    else
        say(tr, FAULT_STALL, "it stalls");
}

static void say_of_connecting(struct transfer *tr)
{
    const struct curl_library *c = &tr->transport->curl;
    long error = 0;

    c->curl_easy_getinfo_(tr->easy, CURLINFO_OS_ERRNO, &error);
    if (tr->special)
        say(tr, FAULT_UNWANTED, tr->special);
    else if (error == ECONNREFUSED)
        say(tr, FAULT_NO_CONNECT, "connection refused");
    else if (error == ENETUNREACH || error == EHOSTUNREACH)
        say(tr, FAULT_NO_CONNECT, "no way to the host");
    else if (error == ETIMEDOUT)
        say(tr, FAULT_CONNECT_TIME, "nobody answers");
    else
        say_of_code(tr, CURLE_COULDNT_CONNECT);
}

static bool proxy_refused(const struct transfer *tr)
{
    long code = 0;

    tr->transport->curl.curl_easy_getinfo_(tr->easy, CURLINFO_HTTP_CONNECTCODE,
                                           &code);
    return code >= 300;
}

static void say_of_failure(struct transfer *tr, CURLcode code)
{
    if (tr->body->fault != BODY_OK)
        say(tr,
            tr->body->fault == BODY_NOT_WRITTEN ? FAULT_LOCAL : FAULT_UNWANTED,
            NULL);
    else if (tr->head > EASY_HEAD_MAX || tr->waste > EASY_WASTE_MAX)
        say(tr, FAULT_PROTOCOL, "an endless answer");
    else if (proxy_refused(tr))
        say(tr, FAULT_NO_CONNECT, "the proxy does not connect");
    else if (code == CURLE_OPERATION_TIMEDOUT)
        say_of_time(tr);
    else if (code == CURLE_COULDNT_CONNECT)
        say_of_connecting(tr);
    else
        say_of_code(tr, code);
}

static void get_texts(struct transfer *tr)
{
    const struct curl_library *c = &tr->transport->curl;
    char *type = NULL, *redirect = NULL;

    c->curl_easy_getinfo_(tr->easy, CURLINFO_CONTENT_TYPE, &type);
    if (type)
        buf_puts(&tr->type, type);
    c->curl_easy_getinfo_(tr->easy, CURLINFO_REDIRECT_URL, &redirect);
    if (redirect)
        buf_puts(&tr->redirect, redirect);
}

static void get_retry_after(struct transfer *tr)
{
    const struct curl_library *c = &tr->transport->curl;
    curl_off_t seconds = 0;

    c->curl_easy_getinfo_(tr->easy, CURLINFO_RETRY_AFTER, &seconds);
    tr->attempt.retry_after = (double)seconds;
}

/* An answer that says "no" says so even when its body broke off. */
void easy_conclude(struct transfer *tr, CURLcode code)
{
    const struct curl_library *c = &tr->transport->curl;
    struct attempt *at = &tr->attempt;

    c->curl_easy_getinfo_(tr->easy, CURLINFO_RESPONSE_CODE, &at->code);
    if (code == CURLE_FILESIZE_EXCEEDED && at->code < 400)
        tr->body->fault = BODY_TOO_LARGE;
    if (code == CURLE_OK)
        get_texts(tr);
    if (at->code >= 400 || (code == CURLE_OK && at->code != 200 &&
                            at->code != 203 && tr->redirect.n == 0)) {
        say(tr, FAULT_STATUS, NULL);
        get_retry_after(tr);
    } else if (code != CURLE_OK) {
        say_of_failure(tr, code);
    } else if (tr->redirect.n == 0 && tr->body->size == 0) {
        say(tr, FAULT_PROTOCOL, "an empty file");
    }
}
