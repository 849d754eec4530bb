/** Files opened lately, for the menu; kept in the app's own folder. */

import { readFile } from 'node:fs/promises';
import { checks } from './checks.ts';
import { inTurn, writeWhole } from './disk.ts';

const LENGTH = 10;

export class RecentFiles {
  readonly #path: string;
  readonly #changed: () => void;
  #list: readonly string[] = [];

  constructor(path: string, changed: () => void) {
    this.#path = path;
    this.#changed = changed;
  }

  /** Newest first. */
  get list(): readonly string[] {
    return this.#list;
  }

  /** A list that cannot be read is as good as none: the person loses a convenience, no data. */
  async load(): Promise<void> {
    try {
      const text = await readFile(this.#path, 'utf8');
      const { recentFiles } = await checks();
      this.#list = recentFiles.parse(JSON.parse(text)).slice(0, LENGTH);
      this.#changed();
    } catch {
      this.#list = [];
    }
  }

  add(path: string): void {
    this.#set([path, ...this.#list.filter((other) => other !== path)].slice(0, LENGTH));
  }

  remove(path: string): void {
    if (this.#list.includes(path)) this.#set(this.#list.filter((other) => other !== path));
  }

  clear(): void {
    this.#set([]);
  }

  #set(list: readonly string[]): void {
    this.#list = list;
    this.#changed();
    const text = JSON.stringify(list, null, 2);
    inTurn(this.#path, () => writeWhole(this.#path, text, 0o600)).catch(() => undefined);
  }
}
