#ifndef APUS_CSYS_H
#define APUS_CSYS_H
/* What Glibc's Swift module leaves out. */
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif
