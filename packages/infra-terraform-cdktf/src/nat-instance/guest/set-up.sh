# Runs once, at the first boot, after the files above stand.
INSTALL_TRIES=12

# The image has no nftables. Its repository is an S3 bucket of the region, reached through the gateway endpoint.
install_packages() {
  local try
  for try in $(seq $INSTALL_TRIES); do
    dnf install -y -q nftables && return 0
    sleep $((try < 5 ? try : 5))
  done
  return 1
}

# Without forwarding set up, the interface stays where it is: a predecessor may still work.
give_up() {
  . /usr/local/lib/slipstream-nat/data-path.sh
  say "could not set itself up and does not take $ENI_ID: $1"
  report_path 0 || say 'the metric could not be sent either'
  # Nobody asks again later: the group has to take it at its word now.
  mark_unhealthy --no-should-respect-grace-period || say 'and the group could not be told'
  exit 1
}

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
