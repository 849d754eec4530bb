/** Looking for newer versions: off until the person switches it on, and then nothing is fetched or installed unasked. */

import { readFile } from 'node:fs/promises';
import { checks } from './checks.ts';
import { inTurn, writeWhole } from './disk.ts';
import { parseUrl } from './paths.ts';
import { STRINGS } from './strings.ts';

export interface Update {
  readonly version: string;
  /** What is new, as plain text; empty where the release does not say. */
  readonly notes: string;
}

/** What speaks to the address: electron-updater, in a package. */
export interface Updater {
  /** A version newer than this one, or null. */
  find(): Promise<Update | null>;
  download(): Promise<void>;
  /** Ends the app, installs what was downloaded, starts it. */
  install(): void;
}

/** What the person is asked and told. */
export interface UpdateDialogs {
  agree(host: string): Promise<boolean>;
  offer(update: Update): Promise<boolean>;
  restart(version: string): Promise<boolean>;
  say(sentence: string): Promise<void>;
}

export interface UpdateOptions {
  /** Where the choice is kept. */
  readonly path: string;
  /** The address that the build was given, if it was given one. */
  address(): Promise<string | null>;
  /** Loads what speaks to the address: for the first time when it is to be asked. */
  updater(): Promise<Updater>;
  readonly dialogs: UpdateDialogs;
  /** The choice has changed: so does the menu. */
  changed(): void;
}

export class Updates {
  readonly #options: UpdateOptions;
  #isOn = false;

  constructor(options: UpdateOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** At the start of the app: looks once if that was chosen. No answer is no news, and nothing to disturb anybody with. */
  async start(): Promise<void> {
    const kept = await readFile(this.#options.path, 'utf8').catch(() => '{"look":false}');
    this.#isOn = await readChoice(kept);
    if (!this.#isOn) return;
    this.#options.changed();
    const address = await this.#address();
    if (typeof address === 'string') return;
    await this.#look().catch(() => undefined);
  }

  /** The person's choice; switched on, it looks at once and says what it found. */
  async toggle(): Promise<void> {
    const { dialogs } = this.#options;
    if (this.#isOn) return this.#choose(false);
    const address = await this.#address();
    if (typeof address === 'string') return dialogs.say(address);
    if (!(await dialogs.agree(address.host))) return;
    await this.#choose(true);
    try {
      if (!(await this.#look())) await dialogs.say(STRINGS.updateNone);
    } catch (error) {
      await dialogs.say(STRINGS.updateFailed(address.host, reasonOf(error)));
    }
  }

  /** The address to ask, or a sentence why there is none. */
  async #address(): Promise<URL | string> {
    const given = await this.#options.address();
    if (given === null) return STRINGS.updateNoAddress;
    const url = parseUrl(given);
    return url?.protocol === 'https:' ? url : STRINGS.updateNotSecure;
  }

  async #choose(look: boolean): Promise<void> {
    this.#isOn = look;
    this.#options.changed();
    const { path } = this.#options;
    await inTurn(path, () => writeWhole(path, JSON.stringify({ look }), 0o600));
  }

  /** Whether there was something newer. */
  async #look(): Promise<boolean> {
    const { updater, dialogs } = this.#options;
    const loaded = await updater();
    const update = await loaded.find();
    if (update === null) return false;
    if (await dialogs.offer(update)) {
      await loaded.download();
      if (await dialogs.restart(update.version)) loaded.install();
    }
    return true;
  }
}

/** A choice that cannot be read is none: off. */
async function readChoice(text: string): Promise<boolean> {
  try {
    const { updateChoice } = await checks();
    return updateChoice.parse(JSON.parse(text)).look;
  } catch {
    return false;
  }
}

const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
