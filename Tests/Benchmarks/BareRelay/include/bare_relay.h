#ifndef APUS_BARE_RELAY_H
#define APUS_BARE_RELAY_H
#include <stdint.h>

/* A UDP socket on a free port of 127.0.0.1, and that port; -1 where there is none. */
int bare_socket(uint16_t *port);

/* The least that a relay can do: whatever arrives on `sockets[i]` is read and sent on from `sockets[via[i]]` to
   127.0.0.1:`ports[i]`, unread, until `stop` is readable. Runs on the calling thread; tells its CPU time in nanoseconds
   and the datagrams that it passed on. */
void bare_relay(const int *sockets, const int *via, const uint16_t *ports, int count, int stop, int64_t *cpu, int64_t *passed);
#endif
