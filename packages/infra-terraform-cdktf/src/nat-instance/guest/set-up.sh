# Runs once, at the first boot, after the files above stand.
. /usr/local/lib/slipstream-nat/data-path.sh
set +e

INSTALL_TRIES=12
SWAP=/var/swapfile
# With the package manager's metadata in memory beside the Systems Manager agent, 512 MB are not enough, and the kernel
# ends one of the two (amazonlinux/amazon-linux-2023#404). Written out, not fallocated: swap needs a file without holes.
SWAP_MB=512
# Seconds until a request has to get through after the take-over.
FORWARDS_S_MAX=60

prepare_memory() {
  [ -e $SWAP ] && return 0
  dd if=/dev/zero of=$SWAP bs=1M count=$SWAP_MB status=none && chmod 600 $SWAP && mkswap -q $SWAP && swapon $SWAP
}

# The image has no nftables. Its repository is an S3 bucket of the region, reached through the gateway endpoint. One
# repository, and nothing that is merely recommended: less to read, less to hold.
install_packages() {
  local try
  for try in $(seq $INSTALL_TRIES); do
    dnf install -y -q --disablerepo='*' --enablerepo=amazonlinux --setopt=install_weak_deps=False nftables && return 0
    sleep $((try < 5 ? try : 5))
  done
  return 1
}

# Without forwarding set up, the interface stays where it is: a predecessor may still work.
give_up() {
  say "could not set itself up and does not forward: $1"
  report_path 0 || say 'the metric could not be sent either'
  # The group ends it, and an instance refresh goes back. After the launch it has to be told in another way.
  finish_launch ABANDON || mark_unhealthy --no-should-respect-grace-period || say 'and the group could not be reached'
  exit 1
}

prepare_memory || say 'has no swap file: the installation may be ended for memory'
# Before what may fail: three launches within an hour are a loop, which an alarm tells of.
report NatLaunched 1 || say 'could not report its launch'
install_packages || give_up "nftables could not be installed in $INSTALL_TRIES tries (dnf's messages stand above)"
for tool in nft ip curl aws sysctl getent cmp; do
  command -v $tool >/dev/null || give_up "the image has no $tool"
done
# The rules are read before the interface is taken: a mistake in them must not cost the predecessor its place.
sed 's/@EGRESS@/lo/' /etc/slipstream-nat/rules.nft | nft --check -f - || give_up 'its rules are not valid'

systemctl daemon-reload
systemctl enable slipstream-nat.service slipstream-nat-watchdog.timer
systemctl start slipstream-nat.service || give_up 'slipstream-nat.service failed (journalctl -u slipstream-nat)'
systemctl start slipstream-nat-watchdog.timer
for _ in $(seq $FORWARDS_S_MAX); do
  if probe_path; then
    report_path 1
    finish_launch CONTINUE || say 'could not say that it forwards: the group will give it up'
    exit 0
  fi
  sleep 1
done
give_up "no request got through within $FORWARDS_S_MAX s of the take-over"
