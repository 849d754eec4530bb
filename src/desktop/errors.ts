import type { Failure, FailureCode } from './contract.ts';

/** Thrown where it is known, with the sentence that the person reads; the IPC turns it into a `Failure`. */
export class DesktopError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DesktopError';
    this.code = code;
  }
}

const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Whether the file or folder simply is not there. */
export const isMissing = (error: unknown): boolean =>
  systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR';

const SENTENCES: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ENOENT: ['not-found', 'it, or the folder it was in, is no longer there'],
  ENOTDIR: ['not-found', 'the folder it was in is no longer there'],
  EACCES: ['no-permission', 'you have no permission for it'],
  EPERM: ['no-permission', 'the system does not permit it'],
  EROFS: ['no-permission', 'it is on a disk that can only be read'],
  EBUSY: ['no-permission', 'another program is using it'],
  ENOSPC: ['no-space', 'the disk is full'],
  EDQUOT: ['no-space', 'your share of the disk is used up'],
  EFBIG: ['no-space', 'the disk takes no file of this size'],
  EISDIR: ['not-a-file', 'it is a folder'],
  ENAMETOOLONG: ['bad-request', 'its name is too long for this disk'],
  EMFILE: ['io', 'too many files are open'],
  ELOOP: ['not-found', 'its links lead in a circle'],
};

/**
 * A system error as a sentence: "“net.gradwire” could not be saved: the disk is full."
 * @param verb what was tried, as a participle: "opened", "saved"
 */
export function fileError(error: unknown, name: string, verb: string): DesktopError {
  if (error instanceof DesktopError) return error;
  const [code, why] = SENTENCES[systemCode(error)] ?? ['io', systemMessage(error)];
  return new DesktopError(code, `“${name}” could not be ${verb}: ${why}.`, { cause: error });
}

/** Node's messages end in the path ("EIO: i/o error, open '/home/…'"): the page gets the middle part only. */
function systemMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const match = /^[A-Z0-9]+: ([^,]+)/.exec(message);
  return match?.[1] ?? 'the system reports an unknown error';
}

/** What the page receives for a request that threw. */
export function toFailure(error: unknown): Failure {
  if (error instanceof DesktopError) return { ok: false, code: error.code, message: error.message };
  return {
    ok: false,
    code: 'io',
    message: `Something went wrong in Gradwire itself: ${systemMessage(error)}.`,
  };
}
