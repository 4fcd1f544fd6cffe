/** Images that forward and masquerade by themselves. */
const NAT_IMAGE = /fck-?nat|vpc-nat|nat-instance|alternat/i;
/** What fetches or runs something else, which may do it. */
const LOADS = /fck-nat|alternat|#include|curl [^\n]*\| *(ba)?sh|aws s3 cp|ansible|puppet|chef/i;

export interface Guest {
  readonly guest_forwards: boolean | null;
  readonly guest_masquerades: boolean | null;
}

/**
 * What a NAT's image and user data say of forwarding and masquerading; null where neither says it. `isPlain`: the image
 * is known not to do it by itself.
 */
export function guestOfScript(image: string | null, script: string | null, isPlain = true): Guest {
  if (image !== null && NAT_IMAGE.test(image)) return { guest_forwards: true, guest_masquerades: true };
  // A plan keeps a hash of user data only.
  if (script === null || /^[0-9a-f]{40}$/.test(script)) return { guest_forwards: null, guest_masquerades: null };
  const lines = script.replace(/^\s*#(?!!|include).*$/gm, '');
  const otherwise = LOADS.test(lines) || !isPlain ? null : false;
  const turnsOff = /ip_forward\s*=\s*0|ip_forward 0/.test(lines);
  const forwards = !turnsOff && /ip_forward|ipv4\.forwarding|ip-forward/i.test(lines);
  const masquerades = /masquerade|\bsnat\b/i.test(lines);
  return {
    guest_forwards: forwards ? true : turnsOff ? false : otherwise,
    guest_masquerades: masquerades ? true : otherwise,
  };
}
