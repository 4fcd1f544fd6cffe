# The data path of the NAT instance: what has to hold, how it is made, how it is looked at.
# Sourced by take-over.sh and watchdog.sh; everything here may run again at any time.
set -euo pipefail

. /etc/slipstream-nat/nat.conf
export AWS_REGION AWS_DEFAULT_REGION="$AWS_REGION"

STATE_DIR=/run/slipstream-nat
# A number of our own for routing table and rule priority: before `main` (32766), after `local` (0).
ROUTES=4077
# The probe is a private host of our own inside the instance; link-local, so it collides with no VPC's range.
PROBE_NETNS=slipstream-probe
PROBE_DEVICE=slipprobe0
PROBE_NET=169.254.77.0/30
PROBE_GATEWAY=169.254.77.1
PROBE_HOST=169.254.77.2

mkdir -p "$STATE_DIR"

# To the journal (standard error) and to the console, which EC2 keeps where nobody can log in.
say() {
  echo "slipstream-nat: $*" >&2
  if [ -w /dev/console ]; then echo "slipstream-nat: $*" >/dev/console || true; fi
}

# imds PATH: the instance's own metadata (IMDSv2).
imds() {
  local token
  token=$(curl -sf -m 2 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
  curl -sf -m 2 -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}

# has TEXT COMMAND…: whether the command prints the text. No pipe into `grep -q`: it ends at the first match, and
# the command, cut off, would count as failed.
has() {
  local text=$1 printed
  shift
  printed=$("$@" 2>/dev/null) || return 1
  case $printed in *"$text"*) return 0 ;; esac
  return 1
}

# The floating interface's device name; empty while it is not attached here.
nat_device() {
  ip -brief link show | awk -v mac="$ENI_MAC" '$3 == mac { sub(/@.*/, "", $1); print $1; exit }'
}

apply_data_path() {
  local device=$1
  sysctl --quiet --load=/etc/sysctl.d/90-slipstream-nat.conf
  apply_address "$device"
  apply_probe_host
  apply_routes "$device"
  sed "s/@EGRESS@/$device/" /etc/slipstream-nat/rules.nft >"$STATE_DIR/rules.nft"
  nft -f "$STATE_DIR/rules.nft"
  nft --stateless list table ip slipstream_nat >"$STATE_DIR/rules.applied"
}

# DHCP gives the address by itself, some seconds later; nothing has to wait for it.
apply_address() {
  ip link set "$1" up
  if ! has " $ENI_ADDRESS/" ip -4 -o addr show dev "$1"; then
    ip addr add "$ENI_ADDRESS/$ENI_PREFIX" dev "$1" noprefixroute
  fi
}

# A network namespace whose packets are forwarded and masqueraded as a private subnet's are: the instance's own
# packets would pass neither rule.
apply_probe_host() {
  if ! ip link show "$PROBE_DEVICE" >/dev/null 2>&1; then
    ip netns delete "$PROBE_NETNS" 2>/dev/null || true
    ip netns add "$PROBE_NETNS"
    ip link add "$PROBE_DEVICE" type veth peer name eth0 netns "$PROBE_NETNS"
  fi
  ip addr replace "$PROBE_GATEWAY/30" dev "$PROBE_DEVICE"
  ip link set "$PROBE_DEVICE" up
  ip -netns "$PROBE_NETNS" addr replace "$PROBE_HOST/30" dev eth0
  ip -netns "$PROBE_NETNS" link set eth0 up
  ip -netns "$PROBE_NETNS" route replace default via "$PROBE_GATEWAY"
}

# What comes in through the floating interface leaves through it, with its fixed address; the instance's own calls
# keep to the primary interface.
apply_routes() {
  ip route replace default via "$ENI_GATEWAY" dev "$1" onlink table $ROUTES
  ip route replace "$PROBE_NET" dev "$PROBE_DEVICE" table $ROUTES
  local device
  for device in "$1" "$PROBE_DEVICE"; do
    if ! has "iif $device " ip rule show pref $ROUTES; then
      ip rule add pref $ROUTES iif "$device" lookup $ROUTES
    fi
  done
}

# data_path_faults DEVICE: prints what does not hold, one word each; nothing when all is well.
data_path_faults() {
  [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || echo forwarding
  nft --stateless list table ip slipstream_nat 2>/dev/null | cmp -s - "$STATE_DIR/rules.applied" || echo rules
  has "iif $1 " ip rule show pref $ROUTES && has "iif $PROBE_DEVICE " ip rule show pref $ROUTES || echo rule-of-routes
  has "default via $ENI_GATEWAY dev $1 " ip route show table $ROUTES || echo default-route
  has "$PROBE_NET dev $PROBE_DEVICE" ip route show table $ROUTES || echo probe-host
}

# A request from the probe host through forwarding, masquerading and the fixed address. One answer, of any status, is
# enough: only when nobody answers is the path at fault. Names are resolved outside, so that DNS is not what is measured.
probe_path() {
  local url host port address
  for url in $PROBE_URLS; do
    host=${url#*://}
    host=${host%%/*}
    port=443
    case $url in http://*) port=80 ;; esac
    address=$(getent ahostsv4 "$host" | awk 'NR == 1 { print $1 }') || true
    [ -n "$address" ] || continue
    if ip netns exec "$PROBE_NETNS" curl -s -o /dev/null --connect-timeout 2 -m 4 --resolve "$host:$port:$address" "$url"; then
      return 0
    fi
  done
  return 1
}

# "<instance or None> <attachment or None> <source/dest check: True or False>" of the floating interface.
describe_interface() {
  aws ec2 describe-network-interfaces --network-interface-ids "$ENI_ID" --output text \
    --query 'NetworkInterfaces[0].[Attachment.InstanceId,Attachment.AttachmentId,SourceDestCheck]'
}

# report NAME VALUE: one of the instance's own metrics.
report() {
  aws cloudwatch put-metric-data --namespace "$METRIC_NAMESPACE" --metric-name "$1" \
    --dimensions "Environment=$ENVIRONMENT" --value "$2"
}

report_path() { report NatDataPathOk "$1"; }

# finish_launch CONTINUE|ABANDON: whether the group takes this instance into service.
finish_launch() {
  aws autoscaling complete-lifecycle-action --auto-scaling-group-name "$GROUP" --lifecycle-hook-name "$LAUNCH_HOOK" \
    --instance-id "$(imds instance-id)" --lifecycle-action-result "$1"
}

# mark_unhealthy [OPTION…]: within the group's grace period it counts only with --no-should-respect-grace-period.
mark_unhealthy() {
  aws autoscaling set-instance-health --instance-id "$(imds instance-id)" --health-status Unhealthy "$@"
}
