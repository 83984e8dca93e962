/**
 * Gives each line a slot: lines that had one keep it, those that come take the slots of those that went. What is drawn
 * in a slot is changed in place, which is far quicker than making it anew.
 *
 * @example slotsFor(new Map([[0, 0], [1, 1]]), [1, 2]) // 1 keeps slot 1, 2 takes slot 0
 */
export function slotsFor(before: ReadonlyMap<number, number>, lines: readonly number[]): ReadonlyMap<number, number> {
  const slots = new Map<number, number>();
  const used = new Set<number>();
  for (const line of lines) {
    const slot = before.get(line);
    if (slot === undefined) continue;
    slots.set(line, slot);
    used.add(slot);
  }
  let free = 0;
  for (const line of lines) {
    if (slots.has(line)) continue;
    while (used.has(free)) free += 1;
    slots.set(line, free);
    used.add(free);
  }
  return slots;
}
