/* SPDX-License-Identifier: MIT */
/* fetch_address.h - which IP addresses are not of the public internet: those of
 * the IANA special-purpose registries (RFC 6890) that no router passes on. A
 * post must not make its reader's computer ask around in its own network. */
#ifndef ASSETS_FETCH_ADDRESS_H
#define ASSETS_FETCH_ADDRESS_H

#include "base/str.h"

/* N: 4 or 16 bytes, in network order. What kind of special address it is, "a
 * private address"; NULL: none. An IPv6 address that carries an IPv4 address
 * is what that is. */
const char *address_special(const uint8_t *bytes, size_t n);

/* The same for the host of a URL; NULL for names other than localhost. */
const char *address_special_host(str host);

#endif
