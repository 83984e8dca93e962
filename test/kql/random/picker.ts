/**
 * Decisions read off a list of numbers, so that fast-check can shrink them: what runs out is zero, and the first choice
 * everywhere is the simplest.
 */
export class Picker {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number below `count`. */
  below(count: number): number {
    const number = this.#numbers[this.#at] ?? 0;
    this.#at += 1;
    return number % count;
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  /** Some of a list, at least one where there is one, in its order. */
  some<T>(choices: readonly T[]): T[] {
    const chosen = choices.filter(() => this.below(3) === 1);
    return chosen.length > 0 ? chosen : choices.slice(0, 1);
  }
}
