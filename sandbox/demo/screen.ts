/** What the demo writes: lines that stay, and on a terminal one below them that is written anew. */
import { performance } from 'node:perf_hooks';

/** As much of a stream as is needed. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const PARAGRAPH_WIDTH = 100;

export class Screen {
  readonly #output: Output;
  readonly #isTerminal: boolean;
  readonly #hasColours: boolean;
  readonly #startedAt = performance.now();
  #isProgressShown = false;
  #lastProgress = { at: 0, text: '' };

  constructor(output: Output, environment: NodeJS.ProcessEnv) {
    this.#output = output;
    this.#isTerminal = output.isTTY === true;
    // no-color.org: present and not empty.
    this.#hasColours = this.#isTerminal && !environment['NO_COLOR'];
  }

  /** Seconds since the start, as `12.3 s`. */
  elapsed(): string {
    return seconds(performance.now() - this.#startedAt);
  }

  /** A line that stays. */
  line(text = ''): void {
    this.#hideProgress();
    this.#output.write(`${text}\n`);
  }

  /** Lines that stay, broken between words to fit a terminal, with so many spaces before each. */
  paragraph(text: string, indent: number): void {
    let line = '';
    for (const word of text.split(' ')) {
      if (line !== '' && indent + line.length + 1 + word.length > PARAGRAPH_WIDTH) {
        this.line(' '.repeat(indent) + line);
        line = `  ${word}`;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    this.line(' '.repeat(indent) + line);
  }

  heading(text: string): void {
    this.line();
    this.line(this.#coloured('1', text));
  }

  good(text: string): string {
    return this.#coloured('32', text);
  }

  bad(text: string): string {
    return this.#coloured('31', text);
  }

  /**
   * What is going on. On a terminal the last line is written anew; elsewhere it is a line of its
   * own, at most one each second, and none that says the same again.
   */
  progress(text: string): void {
    if (this.#isTerminal) {
      const width = (this.#output.columns ?? 80) - 1;
      this.#hideProgress();
      this.#output.write(`  ${this.elapsed()}  ${text}`.slice(0, width));
      this.#isProgressShown = true;
      return;
    }
    const now = performance.now();
    if (now - this.#lastProgress.at < 1_000 || text === this.#lastProgress.text) return;
    this.#lastProgress = { at: now, text };
    this.#output.write(`  ${this.elapsed().padStart(6)}  ${text}\n`);
  }

  /** Runs one step, and writes how long it took. */
  async step<T>(work: () => Promise<T>, describe: (result: T) => string): Promise<T> {
    const startedAt = performance.now();
    const result = await work();
    this.line(`  ${describe(result).padEnd(72)} ${seconds(performance.now() - startedAt)}`);
    return result;
  }

  #hideProgress(): void {
    if (!this.#isProgressShown) return;
    this.#output.write('\r\x1b[K');
    this.#isProgressShown = false;
  }

  #coloured(code: string, text: string): string {
    return this.#hasColours ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

/** Milliseconds as `12.3 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
