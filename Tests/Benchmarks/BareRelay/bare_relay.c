#include "bare_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in loopback(uint16_t port)
{
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int bare_socket(uint16_t *port)
{
    struct sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (bind(fd, (struct sockaddr *)&address, length) != 0 || getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        close(fd);
        return -1;
    }
    *port = ntohs(address.sin_port);
    return fd;
}

static int64_t thread_time(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

void bare_relay(const int *sockets, const int *via, const uint16_t *ports, int count, int stop, int64_t *cpu, int64_t *passed)
{
    struct epoll_event event = {.events = EPOLLIN}, events[64];
    char buffer[2048];
    int poller = epoll_create1(EPOLL_CLOEXEC);
    struct sockaddr_in *targets = calloc((size_t)count, sizeof *targets);
    *passed = 0;
    for (int i = 0; i < count; i++) {
        targets[i] = loopback(ports[i]);
        event.data.u64 = (uint64_t)i;
        epoll_ctl(poller, EPOLL_CTL_ADD, sockets[i], &event);
    }
    event.data.u64 = (uint64_t)count;
    epoll_ctl(poller, EPOLL_CTL_ADD, stop, &event);
    int64_t begun = thread_time();
    for (int going = 1; going;) {
        int ready = epoll_wait(poller, events, 64, -1);
        for (int n = 0; n < ready; n++) {
            int i = (int)events[n].data.u64;
            if (i == count) {
                going = 0;
                continue;
            }
            ssize_t size = recv(sockets[i], buffer, sizeof buffer, MSG_DONTWAIT);
            if (size > 0
                && sendto(sockets[via[i]], buffer, (size_t)size, MSG_DONTWAIT, (struct sockaddr *)&targets[i], sizeof *targets) == size)
                ++*passed;
        }
    }
    *cpu = thread_time() - begun;
    free(targets);
    close(poller);
}
