import { strToU8, zlibSync } from 'fflate';

/** Writes the objects of a PDF file, numbered from 1, and the table of where they are. */
export class PdfFile {
  readonly #objects: Uint8Array[] = [];

  /** A number for an object that is written later. */
  reserve(): number {
    return this.#objects.push(new Uint8Array());
  }

  write(number: number, body: string): void {
    this.#objects[number - 1] = strToU8(body, true);
  }

  add(body: string): number {
    const number = this.reserve();
    this.write(number, body);
    return number;
  }

  /** A compressed stream. */
  addStream(content: Uint8Array, entries = ''): number {
    const packed = zlibSync(content, { level: 9 });
    const head = `<< ${entries} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
    return this.#objects.push(joined([latin(head), packed, latin('\nendstream')]));
  }

  bytes(root: number, info: number): Uint8Array {
    const parts = [latin('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n')];
    let length = parts[0]?.length ?? 0;
    const places = this.#objects.map((object, at) => {
      const part = joined([latin(`${at + 1} 0 obj\n`), object, latin('\nendobj\n')]);
      const place = length;
      parts.push(part);
      length += part.length;
      return place;
    });
    const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`);
    const size = places.length + 1;
    parts.push(
      latin(
        `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}trailer\n<< /Size ${size} /Root ${root} 0 R /Info ${info} 0 R >>\nstartxref\n${length}\n%%EOF\n`,
      ),
    );
    return joined(parts);
  }
}

/** A text of a PDF: UTF-16 in hexadecimal digits. */
export function pdfText(written: string): string {
  return `<FEFF${utf16(written)}>`;
}

/** UTF-16 in hexadecimal digits. */
export function utf16(written: string): string {
  let hex = '';
  for (let at = 0; at < written.length; at++) {
    hex += written.charCodeAt(at).toString(16).padStart(4, '0').toUpperCase();
  }
  return hex;
}

function latin(written: string): Uint8Array {
  return strToU8(written, true);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
