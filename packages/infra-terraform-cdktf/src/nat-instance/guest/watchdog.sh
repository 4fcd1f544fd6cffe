#!/bin/bash
# Every 10 s: does the path hold, and does a request get through it? Repairs what it can at once.
. /usr/local/lib/slipstream-nat/data-path.sh

FAILURES_MAX=3
# AWS is asked once a minute, not each time: a call of the aws command costs a second of CPU, and a t4g.nano earns six a minute.
TICKS_PER_AWS_CALL=6

count() { cat "$STATE_DIR/$1" 2>/dev/null || echo 0; }

tick=$(($(count ticks) + 1))
echo $tick >"$STATE_DIR/ticks"

device=$(nat_device)
if [ -z "$device" ]; then
  if ! read -r holder _ < <(describe_interface); then
    say "has no $ENI_ID, and AWS does not answer who has"
    exit 1
  fi
  if [ "$holder" != None ]; then
    # A successor has it: this instance has nothing to repair any more.
    say "stands down: $ENI_ID belongs to $holder"
    exit 0
  fi
  exec /usr/local/lib/slipstream-nat/take-over.sh
fi

repair() {
  say "repairs: $*"
  apply_data_path "$device"
}

# The check is the interface's own attribute at AWS: routes, rules and forwarding cannot show it.
repair_source_dest_check() {
  local check
  read -r _ _ check < <(describe_interface) || return 0
  if [ "$check" = True ]; then
    say 'repairs: source/destination check was on'
    aws ec2 modify-network-interface-attribute --network-interface-id "$ENI_ID" --no-source-dest-check
  fi
}

faults=$(data_path_faults "$device" | tr '\n' ' ')
[ -z "$faults" ] || repair "$faults"
if [ $((tick % TICKS_PER_AWS_CALL)) = 1 ]; then repair_source_dest_check; fi

ok=1
if ! probe_path; then
  repair 'no request gets through'
  repair_source_dest_check
  probe_path || ok=0
fi

failures=0
[ $ok = 1 ] || failures=$(($(count failures) + 1))
echo $failures >"$STATE_DIR/failures"

# A change is reported at once, the rest once a minute.
if [ $ok != "$(count reported)" ] || [ $((tick % TICKS_PER_AWS_CALL)) = 1 ]; then
  report_path $ok && echo $ok >"$STATE_DIR/reported"
fi

if [ $failures -ge $FAILURES_MAX ]; then
  say "$failures failures in a row: asks to be replaced"
  mark_unhealthy
fi
[ $ok = 1 ]
