/** Normal with mean 0 and deviation 1, near enough: the sum of four uniforms. */
export function roughNormal(random: () => number): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}
