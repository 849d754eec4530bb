/** Little-endian float32 as base64, in pieces small enough for `String.fromCharCode`. */
export function encodeFloat32(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i] ?? 0, true);
  let binary = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}

/** The inverse. Throws one sentence where the text is no base64 of whole float32 numbers. */
export function decodeFloat32(text: string): Float64Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new Error('The packed numbers are not valid base64.');
  }
  if (binary.length % 4 !== 0) throw new Error('The packed numbers end in the middle of one.');
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
