/** The host that a time-out or refusal names. */
export function hostOf(text: string): string | null {
  const url = /https?:\/\/([A-Za-z0-9.-]+\.[A-Za-z]{2,})(?::(\d+))?/.exec(text);
  if (url?.[1]) return `${url[1].toLowerCase()}:${url[2] ?? (url[0].startsWith('https') ? 443 : 80)}`;
  const named =
    /(?:getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|host=['"]?|to host |connect(?:ing)? to )\s*['"]?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\.?[A-Za-z]{2,})['"]?(?:[:, ]+(?:port[=: ]*)?(\d{2,5}))?/.exec(
      text,
    );
  if (named?.[1]) return `${named[1].toLowerCase()}:${named[2] ?? 443}`;
  const address = /(?:ETIMEDOUT|ECONNREFUSED|EHOSTUNREACH) (\d+\.\d+\.\d+\.\d+):(\d+)/.exec(text);
  return address ? `${address[1]}:${address[2]}` : null;
}
