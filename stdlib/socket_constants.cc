// socket_constants.cc: the constants of the module _socket, from socket_constants.def. socket.py
// makes enumerations of those that belong to a family (AF_, SOCK_, MSG_, AI_).
#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "stdlib/native_support.h"
#include "stdlib/socket_internal.h"

namespace gila {

namespace {

const struct {
  const char* name;
  int64_t value;
} kConstants[] = {
#define GILA_SOCKET(name) {#name, static_cast<int64_t>(name)},
#define GILA_SOCKET_BCM(name) {"CAN_BCM_" #name, static_cast<int64_t>(name)},
#include "stdlib/socket_constants.def"
#undef GILA_SOCKET
#undef GILA_SOCKET_BCM
};

}  // namespace

Status AddSocketConstants(Thread& thread, Module* module) {
  for (const auto& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  return kOk;
}

}  // namespace gila
