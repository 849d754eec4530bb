import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentArguments, parseResource } from '../../src/desktop/paths.ts';
import { contentType, pageHeaders } from '../../src/desktop/policy.ts';
import { schemas } from '../../src/desktop/schemas.ts';

describe('an address of the app', () => {
  test('names a page’s file or a file of data', () => {
    expect(parseResource('app://gradwire/assets/index.js?v=1#x')).toEqual({
      kind: 'page',
      segments: ['assets', 'index.js'],
    });
    expect(parseResource('app://gradwire/data/some-ref/train%20%231')).toEqual({
      kind: 'data',
      ref: 'some-ref',
      name: 'train #1',
    });
    expect(parseResource('app://gradwire/data/some-ref/cats/1.png')).toEqual({
      kind: 'data',
      ref: 'some-ref',
      name: 'cats/1.png',
    });
  });

  test.each([
    'https://gradwire/index.html',
    'app://elsewhere/index.html',
    'app://gradwire:80/index.html',
    'app://gradwire',
    'app://gradwire/',
    'app://gradwire/a//b',
    'app://gradwire/a/',
    'app://gradwire/..%2findex.html',
    'app://gradwire/%2e%2e%2findex.html',
    'app://gradwire/a%5cb',
    'app://gradwire/a%00b',
    'app://gradwire/%E0%A4%A',
    'app://gradwire/data/ref',
    'app://gradwire/data/ref/a//b',
    'app://gradwire/data/ref/a%2f..%2fb',
    'not an address',
  ])('%s means nothing', (url) => {
    expect(parseResource(url)).toBeNull();
  });

  test('whatever is asked for, no segment leads out of its folder', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '/',
      '%2f',
      '\\',
      '%5c',
      '%00',
      'a',
      'data',
      '%25',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const resource = parseResource(`app://gradwire/${pieces.join('')}`);
        const names =
          resource?.kind === 'page'
            ? resource.segments
            : resource
              ? [resource.ref, ...resource.name.split('/')]
              : [];
        for (const name of names) {
          expect(name).not.toMatch(/[/\\\0]/);
          expect(['', '.', '..']).not.toContain(name);
        }
      }),
    );
  });
});

test('documents are found on a command line among Chromium’s switches', () => {
  const argv = [
    'electron',
    '--no-sandbox',
    '.',
    '--user-data-dir=x.gradwire',
    'my net.GRADWIRE',
    'b.txt',
  ];
  expect(documentArguments(argv)).toEqual(['my net.GRADWIRE']);
});

describe('the policy of pages', () => {
  test('allows no inline scripts, no blobs and no eval but of WebAssembly', () => {
    const policy = pageHeaders(false)['Content-Security-Policy'] ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]),
    );
  });

  test('names types by the ending and runs nothing unknown', () => {
    expect(contentType('a.WASM')).toBe('application/wasm');
    expect(contentType('script.js.bak')).toBe('application/octet-stream');
    expect(contentType('no-ending')).toBe('application/octet-stream');
  });
});

describe('a request of a page', () => {
  const ref = '00000000-0000-4000-8000-000000000000';

  test('passes in its exact form only', () => {
    const good = { ref, text: '{}', suggestedName: 'net.gradwire' };
    expect(schemas['files.save'].safeParse(good).success).toBe(true);
    expect(schemas['files.save'].safeParse({ ...good, path: '/x' }).success).toBe(false);
    expect(schemas['files.save'].safeParse({ ...good, ref: '../x' }).success).toBe(false);
    expect(schemas['files.save'].safeParse({ ...good, suggestedName: 'a/b' }).success).toBe(false);
    expect(schemas['files.save'].safeParse({ ...good, suggestedName: 'a\nb' }).success).toBe(false);
    expect(schemas['files.read'].safeParse({ ref: [ref] }).success).toBe(false);
    expect(
      schemas['commands.setState'].safeParse({ disabled: ['quit'], checked: [] }).success,
    ).toBe(false);
    for (const scale of [0, 20, Number.NaN, '1']) {
      expect(schemas['window.setScale'].safeParse({ scale }).success, String(scale)).toBe(false);
    }
    expect(schemas['trainer.stop'].safeParse({ trainer: -1 }).success).toBe(false);
  });

  test('opens secure pages only', () => {
    const passes = (url: string) => schemas['system.openExternal'].safeParse({ url }).success;
    expect(passes('https://example.com/a?b')).toBe(true);
    for (const url of ['http://example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'x']) {
      expect(passes(url), url).toBe(false);
    }
  });
});
