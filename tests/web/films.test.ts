import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParsed } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, screenshots, type Web } from './launch.ts';

/** A film as the browser's own decoder shows it. */
interface Decoded {
  readonly width: number;
  readonly height: number;
  /** In milliseconds. */
  readonly duration: number;
  /** Red, green and blue of small copies of its pictures, by which they are compared. */
  readonly pictures: readonly (readonly number[])[];
  /** The first, one in the middle and the last, as PNG. */
  readonly looks: readonly string[];
  readonly loops?: boolean;
}

/** How far two pictures are apart: the mean difference of their colors, from 0 to 255. */
function apart(a: readonly number[], b: readonly number[] = []): number {
  return a.reduce((sum, one, at) => sum + Math.abs(one - (b[at] ?? 0)), 0) / a.length;
}

describe.skipIf(noBrowser)(noBrowser ?? 'The film, decoded by a browser,', () => {
  let web: Web;
  let hands: EditorHands;
  let decoding: Page;

  beforeAll(async () => {
    web = await launch();
    await web.page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    // An empty page, without the editor's policy, which lets no film in.
    const elsewhere = await web.browser.newContext({ serviceWorkers: 'block' });
    decoding = await elsewhere.newPage();
    const address = `${web.url}decoding.html`;
    await decoding.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await decoding.goto(address);
    await decoding.evaluate(() => {
      /** A small copy: red, green and blue of its pixels. */
      const small = (image: CanvasImageSource) => {
        const canvas = new OffscreenCanvas(160, 90);
        const pen = canvas.getContext('2d', { willReadFrequently: true });
        if (!pen) throw new Error('no canvas');
        pen.imageSmoothingQuality = 'high';
        pen.drawImage(image, 0, 0, 160, 90);
        const { data } = pen.getImageData(0, 0, 160, 90);
        return [...data].filter((_, at) => at % 4 < 3);
      };
      const look = (image: CanvasImageSource, width: number, height: number) => {
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        canvas.getContext('2d')?.drawImage(image, 0, 0);
        return canvas.toDataURL();
      };
      const bytesOf = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
      Object.assign(window, {
        still: async (text: string) => small(await createImageBitmap(new Blob([bytesOf(text)]))),
        gif: async (text: string): Promise<Decoded> => {
          const decoder = new ImageDecoder({ data: bytesOf(text), type: 'image/gif' });
          await decoder.tracks.ready;
          await decoder.completed;
          const track = decoder.tracks.selectedTrack;
          if (!track) throw new Error('no pictures');
          const pictures: number[][] = [];
          const looks: string[] = [];
          let [duration, width, height] = [0, 0, 0];
          for (let frameIndex = 0; frameIndex < track.frameCount; frameIndex++) {
            const { image } = await decoder.decode({ frameIndex });
            duration += (image.duration ?? 0) / 1000;
            [width, height] = [image.displayWidth, image.displayHeight];
            pictures.push(small(image));
            if ([0, track.frameCount >> 1, track.frameCount - 1].includes(frameIndex)) {
              looks.push(look(image, width, height));
            }
            image.close();
          }
          const loops = track.repetitionCount === Number.POSITIVE_INFINITY;
          return { width, height, duration, pictures, looks, loops };
        },
        webm: async (text: string, times: readonly number[]): Promise<Decoded> => {
          const video = document.createElement('video');
          video.muted = true;
          video.src = URL.createObjectURL(new Blob([bytesOf(text)], { type: 'video/webm' }));
          await new Promise((go, fail) => {
            video.onloadeddata = go;
            video.onerror = () => fail(new Error(video.error?.message));
          });
          const pictures: number[][] = [];
          const looks: string[] = [];
          const { videoWidth: width, videoHeight: height } = video;
          for (const [at, time] of times.entries()) {
            const there = new Promise((go) => {
              video.onseeked = go;
            });
            video.currentTime = time / 1000;
            await there;
            const image = await createImageBitmap(video);
            pictures.push(small(image));
            if ([0, times.length >> 1, times.length - 1].includes(at)) {
              looks.push(look(image, width, height));
            }
          }
          return { width, height, duration: video.duration * 1000, pictures, looks };
        },
      });
    });
    await web.page.reload();
    hands = new EditorHands(web.page);
    await hands.ready();
  });
  afterAll(() => web.close());

  /** Exports and gives the file as text of base64; of a picture, a moment. */
  async function exported(format: string, moment?: number): Promise<string> {
    const { page } = web;
    await hands.fileMenu('Export…');
    const dialog = page.getByTestId('export');
    await dialog.getByLabel('Format').selectOption(format);
    if (moment !== undefined) await dialog.getByLabel('Moment').fill(`${moment}`);
    const download = page.waitForEvent('download', { timeout: 60_000 });
    await dialog.getByRole('button', { name: 'Save…' }).click();
    const path = join(screenshots, `film.${format}`);
    await (await download).saveAs(path);
    await dialog.waitFor({ state: 'detached' });
    return readFileSync(path, 'base64');
  }

  const call = <T>(name: string, ...args: readonly unknown[]) =>
    decoding.evaluate(
      ([what, given]) => (Reflect.get(window, what) as (...all: unknown[]) => T)(...given),
      [name, args] as const,
    ) as Promise<T>;

  function keep(name: string, { looks }: Decoded): void {
    for (const [at, url] of looks.entries()) {
      const png = Buffer.from(url.replace(/^.*,/, ''), 'base64');
      writeFileSync(join(screenshots, `${name}-${at}.png`), png);
    }
  }

  let gif: Decoded;
  let stills: { readonly before: readonly number[]; readonly end: readonly number[] };

  const { steps } = trace(readParsed(product.file, catalogue).document, catalogue);
  /** On these a bead travels: five pictures of it, and one where it has arrived. */
  const moving = steps.filter(({ kind }) => kind === 'forward' || kind === 'product').length;
  const shots = 1 + 6 * moving + (steps.length - moving) + 1;
  const duration = 800 + 900 * moving + 700 * (steps.length - moving) + 2000;

  /** Begins with the bare graph, and ends with all that the film shows. */
  function expectEnds({ pictures }: Decoded): void {
    const [first = [], last = []] = [pictures[0], pictures.at(-1)];
    expect(apart(last, stills.end)).toBeLessThan(2);
    expect(apart(last, stills.before)).toBeGreaterThan(1.5 * apart(last, stills.end));
    expect(apart(first, stills.before)).toBeLessThan(apart(first, stills.end));
    expect(apart(first, last)).toBeGreaterThan(1);
  }

  it('as GIF has every step once, for as long as it should, from the bare graph to all its gradients', async () => {
    stills = {
      before: await call('still', await exported('png', -1)),
      end: await call('still', await exported('png', steps.length - 1)),
    };
    gif = await call<Decoded>('gif', await exported('gif'));
    keep('film-gif', gif);
    expect(gif.pictures).toHaveLength(shots);
    expect(gif.duration).toBe(duration);
    expect(gif.loops).toBe(true);
    expect(gif.width).toBeGreaterThan(400);
    expectEnds(gif);
    const changes = gif.pictures.slice(1, -1).map((one, at) => apart(one, gif.pictures[at]));
    // Only the seed looks like what comes after it: it is the first upstream gradient.
    expect(changes.filter((change) => change === 0).length).toBeLessThan(2);
  });

  it('as WebM has the same pictures at the same times, and a length', async () => {
    const file = await exported('webm');
    // Before the film, twice on the first bead's way, with the last gradients, at the end.
    const times = [400, 1555, 1780, duration - 2400, duration - 100];
    const webm = await call<Decoded>('webm', file, times);
    keep('film-webm', webm);
    expect(Math.round(webm.duration)).toBe(duration);
    expect(Math.abs(webm.width - gif.width)).toBeLessThan(2);
    expect(Math.abs(webm.height - gif.height)).toBeLessThan(2);
    expectEnds(webm);
    expect(apart(webm.pictures[1] ?? [], gif.pictures[2])).toBeLessThan(3);
    for (const [at, one] of webm.pictures.slice(1).entries()) {
      expect(apart(one, webm.pictures[at])).toBeGreaterThan(0);
    }
  });
});
