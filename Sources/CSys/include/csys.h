#ifndef APUS_CSYS_H
#define APUS_CSYS_H
/* What Glibc's Swift module leaves out, and the system calls whose arguments are macros, unions or flexible
   structures. Every function returns a negative errno where the call failed. */
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/types.h>

/* An address and port in host byte order: family 4 or 6, the first byte of the address in the highest bits;
   an IPv4 address stands in the low 32 bits of `low`. */
struct csys_endpoint {
    uint64_t high, low;
    uint16_t port;
    uint8_t family;
};

struct csys_interface {
    struct csys_endpoint address;
    int32_t prefix_length;
};

/* Non-blocking, close-on-exec UDP socket bound to `local`, told the local address of what it receives
   and, if `errors`, the ICMP errors of what it sent. */
int csys_udp_open(const struct csys_endpoint *local, int errors);
/* One datagram; the length may exceed `capacity`: then the rest is lost. `local` has port 0. */
ssize_t csys_receive(int fd, void *buffer, size_t capacity, struct csys_endpoint *remote, struct csys_endpoint *local);
/* One datagram; `local` (family 0: any) becomes its source address. */
ssize_t csys_send(int fd, const void *bytes, size_t count, const struct csys_endpoint *remote, const struct csys_endpoint *local);
/* One ICMP error: what was sent (as much as the error quotes), where to, and the errno. */
ssize_t csys_receive_error(int fd, void *buffer, size_t capacity, struct csys_endpoint *remote, int *error);

int csys_tcp_listen(const struct csys_endpoint *local, int backlog);
/* Non-blocking connect, begun; `local` (family 0: any) is the source address, its port is ignored. */
int csys_tcp_connect(const struct csys_endpoint *remote, const struct csys_endpoint *local);
/* The next connection, non-blocking; the endpoint stays of family 0 for Unix sockets. */
int csys_accept(int fd, struct csys_endpoint *remote);
int csys_local_endpoint(int fd, struct csys_endpoint *local);
/* Who connected to a Unix socket: his user id, and his account's name in `name`, empty where he has none. */
int csys_peer(int fd, uint32_t *user, char *name, size_t capacity);
/* The pending error of a socket (SO_ERROR), as a positive errno; 0 for none. */
int csys_socket_error(int fd);
/* send without SIGPIPE */
ssize_t csys_write(int fd, const void *bytes, size_t count);

int csys_unix_listen(const char *path, unsigned mode, int backlog);
int csys_unix_connect(const char *path);
/* One datagram to a Unix socket; a path that begins with '@' is an abstract name. */
int csys_notify(const char *path, const char *text, size_t count);

/* Fills at most `capacity` addresses of interfaces that are up; returns how many. */
int csys_interfaces(struct csys_interface *out, int capacity);
/* The address from which a packet to `remote` would be sent; no packet is. */
int csys_source_for(const struct csys_endpoint *remote, struct csys_endpoint *local);

/* Blocks the signals in the calling thread (and those it starts later) and returns a descriptor to read them from. */
int csys_signals(const int *signals, int count);
/* The next signal's number, 0 if none waits. */
int csys_next_signal(int fd);
void csys_ignore_signal(int number);

/* Gives freed memory back to the kernel. */
void csys_return_free_memory(void);
/* Gives the pages of code back that have been run; those that are run again are mapped again. */
void csys_return_code(void);

/* 1 if the kernel's clock is disciplined (NTP), 0 if not. */
int csys_clock_synchronised(void);

/* Gives the calling thread a name and, if `priority` > 0, SCHED_FIFO at it. */
int csys_thread_setup(const char *name, int priority);

/* English text of an errno, static storage. */
const char *csys_error_text(int error);
#endif
