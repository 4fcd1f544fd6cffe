/** Letters of a folded text: A to Z, and everything beyond Latin punctuation, which has no capitals to tell by. */
export function countLetters(key: string): number {
  let count = 0;
  for (let i = 0; i < key.length; i += 1) {
    const code = key.charCodeAt(i);
    if ((code >= 65 && code <= 90) || code >= 0xc0) count += 1;
  }
  return count;
}
