/* SPDX-License-Identifier: MIT */
/* idcache.h - the ids of chapters that others link into, found when the
 * first such link is met. Shared by all workers. */
#ifndef CONVERT_IDCACHE_H
#define CONVERT_IDCACHE_H

#include "convert/convert.h"
#include "convert/idset.h"

/* Fills IDS with the ids that the chapter of POST will have. */
typedef void idcache_make(void *context, const struct post *post,
                          struct idset *ids);

/* The ids of POST, made by MAKE unless they are known. The result lives as
 * long as the cache and does not change. */
const struct idset *idcache_get(struct idcache *cache, const struct post *post,
                                idcache_make *make, void *context);

#endif
