/* SPDX-License-Identifier: MIT */
/* fetch.h where libcurl is not installed: every download has failed. */
#include "assets/fetch.h"

struct fetch {
    struct fetch_result result;
};

struct fetcher {
    struct fetch any;
};

static const struct fetcher none = {
    { { .status = FETCH_DEAD, .why = STR_INIT("built without libcurl") } }
};

struct fetcher *fetcher_new(const struct fetch_options *o, struct diag *dg)
{
    return (struct fetcher *)&none;
}

void fetcher_free(struct fetcher *f)
{
}

struct fetch *fetcher_start(struct fetcher *f, str url, str referer, str temp)
{
    return &f->any;
}

const struct fetch_result *fetch_wait(struct fetch *fe)
{
    return &fe->result;
}

bool fetch_is_done(struct fetch *fe)
{
    return true;
}

void fetch_free(struct fetch *fe)
{
}
