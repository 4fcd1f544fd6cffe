#!/bin/bash
# Takes the floating interface, from whichever instance has it, and makes the data path. Runs at every boot.
. /usr/local/lib/slipstream-nat/data-path.sh

ATTACH_TRIES=30

attach_interface() {
  local me holder attachment try
  me=$(imds instance-id)
  for try in $(seq $ATTACH_TRIES); do
    read -r holder attachment _ < <(describe_interface) || true
    if [ "${holder:-}" = "$me" ]; then return 0; fi
    if [ "${holder:-None}" != None ]; then
      say "takes $ENI_ID over from $holder"
      aws ec2 detach-network-interface --attachment-id "$attachment" --force || say "detaching was refused, try $try"
    else
      aws ec2 attach-network-interface --network-interface-id "$ENI_ID" --instance-id "$me" --device-index 1 >/dev/null ||
        say "attaching was refused, try $try"
    fi
    sleep 1
  done
  say "could not take $ENI_ID after $ATTACH_TRIES tries; $(describe_interface || true)"
  return 1
}

[ -n "$(nat_device)" ] || attach_interface

# The kernel needs a moment to show the device.
for _ in $(seq 30); do
  device=$(nat_device)
  [ -n "$device" ] && break
  sleep 1
done
if [ -z "$device" ]; then
  say "attached $ENI_ID, but no device has $ENI_MAC"
  exit 1
fi

apply_data_path "$device"
say "forwards ${PRIVATE_CIDRS//,/ } through $device ($ENI_ADDRESS)"
