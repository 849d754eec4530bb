const key = 'gradwire.auto-resume';

/** Whether runs were to go on by themselves in the last session. */
export function rememberedAutoResume(): boolean {
  try {
    return localStorage.getItem(key) === 'true';
  } catch {
    // Storage is switched off.
    return false;
  }
}

export function keepAutoResume(autoResume: boolean): void {
  try {
    localStorage.setItem(key, String(autoResume));
  } catch {
    // Storage is switched off: the choice holds for this session.
  }
}
