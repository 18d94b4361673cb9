#define _GNU_SOURCE
#include "csys.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <link.h>
#include <linux/errqueue.h>
#include <malloc.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static uint64_t load64(const uint8_t *bytes) {
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) word = word << 8 | bytes[i];
    return word;
}

static void store64(uint8_t *bytes, uint64_t word) {
    for (int i = 7; i >= 0; i--, word >>= 8) bytes[i] = (uint8_t)word;
}

static void v6_from(struct in6_addr *address, const struct csys_endpoint *endpoint) {
    store64(address->s6_addr, endpoint->high);
    store64(address->s6_addr + 8, endpoint->low);
}

static void v6_to(const struct in6_addr *address, struct csys_endpoint *endpoint) {
    endpoint->family = 6;
    endpoint->high = load64(address->s6_addr);
    endpoint->low = load64(address->s6_addr + 8);
}

static void v4_to(struct in_addr address, struct csys_endpoint *endpoint) {
    endpoint->family = 4;
    endpoint->high = 0;
    endpoint->low = ntohl(address.s_addr);
}

static socklen_t sockaddr_from(const struct csys_endpoint *endpoint, struct sockaddr_storage *storage) {
    memset(storage, 0, sizeof *storage);
    if (endpoint->family == 6) {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)storage;
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(endpoint->port);
        v6_from(&in6->sin6_addr, endpoint);
        return sizeof *in6;
    }
    struct sockaddr_in *in = (struct sockaddr_in *)storage;
    in->sin_family = AF_INET;
    in->sin_port = htons(endpoint->port);
    in->sin_addr.s_addr = htonl((uint32_t)endpoint->low);
    return sizeof *in;
}

static void sockaddr_to(const struct sockaddr_storage *storage, struct csys_endpoint *endpoint) {
    memset(endpoint, 0, sizeof *endpoint);
    if (storage->ss_family == AF_INET6) {
        const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)storage;
        v6_to(&in6->sin6_addr, endpoint);
        endpoint->port = ntohs(in6->sin6_port);
    } else if (storage->ss_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)storage;
        v4_to(in->sin_addr, endpoint);
        endpoint->port = ntohs(in->sin_port);
    }
}

static int on(int fd, int level, int option) {
    int yes = 1;
    return setsockopt(fd, level, option, &yes, sizeof yes);
}

static int family_of(const struct csys_endpoint *endpoint) { return endpoint->family == 6 ? AF_INET6 : AF_INET; }

static int fail(int fd) {
    int error = errno;
    close(fd);
    return -error;
}

int csys_udp_open(const struct csys_endpoint *local, int errors) {
    int fd = socket(family_of(local), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    int v6 = local->family == 6;
    if (v6 && on(fd, IPPROTO_IPV6, IPV6_V6ONLY) < 0) return fail(fd);
    if (on(fd, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_RECVPKTINFO : IP_PKTINFO) < 0) return fail(fd);
    if (errors && on(fd, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_RECVERR : IP_RECVERR) < 0) return fail(fd);
    struct sockaddr_storage storage;
    socklen_t length = sockaddr_from(local, &storage);
    if (bind(fd, (struct sockaddr *)&storage, length) < 0) return fail(fd);
    return fd;
}

/* Room for one packet-info message, or for one extended error with its offender. */
union control {
    struct cmsghdr alignment;
    char bytes[256];
};

ssize_t csys_receive(int fd, void *buffer, size_t capacity, struct csys_endpoint *remote, struct csys_endpoint *local) {
    struct sockaddr_storage storage;
    union control control;
    struct iovec part = {buffer, capacity};
    struct msghdr header = {&storage, sizeof storage, &part, 1, control.bytes, sizeof control.bytes, 0};
    ssize_t count = recvmsg(fd, &header, MSG_TRUNC);
    if (count < 0) return -errno;
    sockaddr_to(&storage, remote);
    memset(local, 0, sizeof *local);
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
        if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo info;
            memcpy(&info, CMSG_DATA(c), sizeof info);
            v4_to(info.ipi_addr, local);
        } else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo info;
            memcpy(&info, CMSG_DATA(c), sizeof info);
            v6_to(&info.ipi6_addr, local);
        }
    }
    return count;
}

ssize_t csys_send(int fd, const void *bytes, size_t count, const struct csys_endpoint *remote, const struct csys_endpoint *local) {
    struct sockaddr_storage storage;
    socklen_t length = sockaddr_from(remote, &storage);
    union control control;
    struct iovec part = {(void *)bytes, count};
    struct msghdr header = {&storage, length, &part, 1, NULL, 0, 0};
    if (local->family == remote->family) {
        memset(&control, 0, sizeof control);
        header.msg_control = control.bytes;
        struct cmsghdr *c = &control.alignment;
        if (local->family == 6) {
            struct in6_pktinfo info = {0};
            v6_from(&info.ipi6_addr, local);
            c->cmsg_level = IPPROTO_IPV6;
            c->cmsg_type = IPV6_PKTINFO;
            c->cmsg_len = CMSG_LEN(sizeof info);
            header.msg_controllen = CMSG_SPACE(sizeof info);
            memcpy(CMSG_DATA(c), &info, sizeof info);
        } else {
            struct in_pktinfo info = {0};
            info.ipi_spec_dst.s_addr = htonl((uint32_t)local->low);
            c->cmsg_level = IPPROTO_IP;
            c->cmsg_type = IP_PKTINFO;
            c->cmsg_len = CMSG_LEN(sizeof info);
            header.msg_controllen = CMSG_SPACE(sizeof info);
            memcpy(CMSG_DATA(c), &info, sizeof info);
        }
    }
    ssize_t sent = sendmsg(fd, &header, MSG_NOSIGNAL);
    return sent < 0 ? -errno : sent;
}

ssize_t csys_receive_error(int fd, void *buffer, size_t capacity, struct csys_endpoint *remote, int *error) {
    struct sockaddr_storage storage;
    union control control;
    struct iovec part = {buffer, capacity};
    struct msghdr header = {&storage, sizeof storage, &part, 1, control.bytes, sizeof control.bytes, 0};
    ssize_t count = recvmsg(fd, &header, MSG_ERRQUEUE);
    if (count < 0) return -errno;
    sockaddr_to(&storage, remote);
    *error = 0;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
        int v4 = c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR;
        int v6 = c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR;
        if (v4 || v6) {
            struct sock_extended_err extended;
            memcpy(&extended, CMSG_DATA(c), sizeof extended);
            *error = (int)extended.ee_errno;
        }
    }
    return count;
}

int csys_tcp_listen(const struct csys_endpoint *local, int backlog) {
    int fd = socket(family_of(local), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    if (local->family == 6 && on(fd, IPPROTO_IPV6, IPV6_V6ONLY) < 0) return fail(fd);
    if (on(fd, SOL_SOCKET, SO_REUSEADDR) < 0) return fail(fd);
    struct sockaddr_storage storage;
    socklen_t length = sockaddr_from(local, &storage);
    if (bind(fd, (struct sockaddr *)&storage, length) < 0 || listen(fd, backlog) < 0) return fail(fd);
    return fd;
}

int csys_tcp_connect(const struct csys_endpoint *remote, const struct csys_endpoint *local) {
    int fd = socket(family_of(remote), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    (void)on(fd, IPPROTO_TCP, TCP_NODELAY);
    struct sockaddr_storage storage;
    socklen_t length;
    if (local->family == remote->family) {
        struct csys_endpoint any_port = *local;
        any_port.port = 0;
        length = sockaddr_from(&any_port, &storage);
        if (bind(fd, (struct sockaddr *)&storage, length) < 0) return fail(fd);
    }
    length = sockaddr_from(remote, &storage);
    if (connect(fd, (struct sockaddr *)&storage, length) < 0 && errno != EINPROGRESS) return fail(fd);
    return fd;
}

int csys_accept(int fd, struct csys_endpoint *remote) {
    struct sockaddr_storage storage = {0};
    socklen_t length = sizeof storage;
    int connection = accept4(fd, (struct sockaddr *)&storage, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (connection < 0) return -errno;
    sockaddr_to(&storage, remote);
    if (remote->family != 0) (void)on(connection, IPPROTO_TCP, TCP_NODELAY);
    return connection;
}

int csys_local_endpoint(int fd, struct csys_endpoint *local) {
    struct sockaddr_storage storage = {0};
    socklen_t length = sizeof storage;
    if (getsockname(fd, (struct sockaddr *)&storage, &length) < 0) return -errno;
    sockaddr_to(&storage, local);
    return 0;
}

int csys_peer(int fd, uint32_t *user, char *name, size_t capacity) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0) return -errno;
    *user = peer.uid;
    name[0] = 0;
    struct passwd entry, *found = NULL;
    char buffer[4096];
    if (getpwuid_r(peer.uid, &entry, buffer, sizeof buffer, &found) == 0 && found && strlen(found->pw_name) < capacity)
        strcpy(name, found->pw_name);
    return 0;
}

int csys_socket_error(int fd) {
    int error = 0;
    socklen_t length = sizeof error;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0 ? errno : error;
}

ssize_t csys_write(int fd, const void *bytes, size_t count) {
    ssize_t sent = send(fd, bytes, count, MSG_NOSIGNAL);
    return sent < 0 ? -errno : sent;
}

static socklen_t unix_address(const char *path, struct sockaddr_un *address) {
    size_t length = strlen(path);
    memset(address, 0, sizeof *address);
    if (length == 0 || length >= sizeof address->sun_path) return 0;
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, length);
    if (path[0] == '@') address->sun_path[0] = 0;
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (path[0] == '@' ? 0 : 1));
}

int csys_unix_listen(const char *path, unsigned mode, int backlog) {
    struct sockaddr_un address;
    socklen_t length = unix_address(path, &address);
    if (length == 0) return -ENAMETOOLONG;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    /* The mode must be right from the first moment: Linux gives the file the socket's mode less the umask, so the group's
       right to write is added after the bind. */
    if (fchmod(fd, mode) < 0 || bind(fd, (struct sockaddr *)&address, length) < 0 || chmod(path, mode) < 0 ||
        listen(fd, backlog) < 0)
        return fail(fd);
    return fd;
}

int csys_unix_connect(const char *path) {
    struct sockaddr_un address;
    socklen_t length = unix_address(path, &address);
    if (length == 0) return -ENAMETOOLONG;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    if (connect(fd, (struct sockaddr *)&address, length) < 0) return fail(fd);
    return fd;
}

int csys_notify(const char *path, const char *text, size_t count) {
    struct sockaddr_un address;
    socklen_t length = unix_address(path, &address);
    if (length == 0) return -ENAMETOOLONG;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    if (sendto(fd, text, count, MSG_NOSIGNAL | MSG_DONTWAIT, (struct sockaddr *)&address, length) < 0) return fail(fd);
    close(fd);
    return 0;
}

static int32_t prefix_length(const struct sockaddr *mask) {
    const uint8_t *bytes;
    size_t count;
    if (mask == NULL) return 0;
    if (mask->sa_family == AF_INET6) {
        bytes = ((const struct sockaddr_in6 *)mask)->sin6_addr.s6_addr;
        count = 16;
    } else {
        bytes = (const uint8_t *)&((const struct sockaddr_in *)mask)->sin_addr;
        count = 4;
    }
    int32_t bits = 0;
    for (size_t i = 0; i < count; i++) bits += __builtin_popcount(bytes[i]);
    return bits;
}

int csys_interfaces(struct csys_interface *out, int capacity) {
    struct ifaddrs *list;
    if (getifaddrs(&list) < 0) return -errno;
    int count = 0;
    for (struct ifaddrs *i = list; i && count < capacity; i = i->ifa_next) {
        if (i->ifa_addr == NULL || !(i->ifa_flags & IFF_UP)) continue;
        int family = i->ifa_addr->sa_family;
        if (family != AF_INET && family != AF_INET6) continue;
        struct sockaddr_storage storage = {0};
        memcpy(&storage, i->ifa_addr, family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in));
        /* A link-local IPv6 address means nothing without its interface, which no SIP header can name. */
        if (family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&((struct sockaddr_in6 *)&storage)->sin6_addr)) continue;
        sockaddr_to(&storage, &out[count].address);
        out[count].prefix_length = prefix_length(i->ifa_netmask);
        count++;
    }
    freeifaddrs(list);
    return count;
}

int csys_source_for(const struct csys_endpoint *remote, struct csys_endpoint *local) {
    int fd = socket(family_of(remote), SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    struct sockaddr_storage storage;
    socklen_t length = sockaddr_from(remote, &storage);
    if (connect(fd, (struct sockaddr *)&storage, length) < 0) return fail(fd);
    int result = csys_local_endpoint(fd, local);
    close(fd);
    return result;
}

int csys_signals(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
    int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (error != 0) return -error;
    int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int csys_next_signal(int fd) {
    struct signalfd_siginfo info;
    return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

/* Pages that hold only what the file holds: the kernel maps them again when they are run. */
static int forget_code(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size, (void)context;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || part->p_flags & PF_W) continue;
        uintptr_t start = (object->dlpi_addr + part->p_vaddr) & ~(page - 1);
        uintptr_t end = object->dlpi_addr + part->p_vaddr + part->p_memsz;
        madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void csys_return_free_memory(void) { malloc_trim(0); }

void csys_return_code(void) { dl_iterate_phdr(forget_code, NULL); }

void csys_ignore_signal(int number) { signal(number, SIG_IGN); }

int csys_clock_synchronised(void) {
    struct timex state = {0};
    return adjtimex(&state) >= 0 && !(state.status & STA_UNSYNC);
}

int csys_thread_setup(const char *name, int priority) {
    char cut[16];
    strncpy(cut, name, sizeof cut - 1);
    cut[sizeof cut - 1] = 0;
    pthread_setname_np(pthread_self(), cut);
    if (priority <= 0) return 0;
    struct sched_param parameters = {.sched_priority = priority};
    return -pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters);
}

const char *csys_error_text(int error) {
    const char *text = strerrordesc_np(error);
    return text ? text : "unknown error";
}
