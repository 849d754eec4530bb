/** An obstacle a person can remove; its message is one clear sentence. */
export class SetupError extends Error {}
