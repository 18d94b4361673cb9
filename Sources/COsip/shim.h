#include <osip2/osip.h>
