/** Reads what `crates/wasm/src/pack.rs` writes, in the same order: a text of all texts, and a block of numbers. */
export class Packed {
  #text: string;
  #numbers: Float64Array;
  #inText = 0;
  #inNumbers = 0;

  constructor([text, numbers]: [string, Float64Array]) {
    this.#text = text;
    this.#numbers = numbers;
  }

  /** Whether nothing is left. */
  get isEmpty(): boolean {
    return this.#inNumbers >= this.#numbers.length;
  }

  number(): number {
    return this.#numbers[this.#inNumbers++] ?? 0;
  }

  maybeNumber(): number | null {
    const number = this.number();
    return Number.isNaN(number) ? null : number;
  }

  flag(): boolean {
    return this.number() === 1;
  }

  text(): string {
    return this.maybeText() ?? "";
  }

  maybeText(): string | null {
    const length = this.number();
    if (length < 0) return null;
    const start = this.#inText;
    this.#inText += length;
    return this.#text.slice(start, this.#inText);
  }

  list<T>(each: () => T): T[] {
    // Several times as fast as `Array.from`.
    const all: T[] = [];
    for (let left = this.number(); left > 0; left--) all.push(each());
    return all;
  }

  /** The rest of the numbers, without the count in front of them. */
  rest(): Uint32Array {
    const [start, end] = [this.#inNumbers + 1, this.#numbers.length];
    this.#inNumbers = end;
    return Uint32Array.from(this.#numbers.subarray(start, end));
  }
}
