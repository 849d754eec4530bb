/** A question with some buttons, where the desktop app has a native box. Styled by the page's own tokens. */

export interface Choice<A extends string> {
  readonly label: string;
  readonly answer: A;
}

/** The first choice is the default one; Escape means "cancel". */
export function ask<A extends string>(
  question: string,
  detail: string,
  choices: readonly Choice<A>[],
): Promise<A | 'cancel'> {
  const dialog = document.createElement('dialog');
  dialog.className = 'host-dialog';
  const heading = document.createElement('p');
  heading.className = 'host-dialog-question';
  heading.id = 'host-dialog-question';
  heading.textContent = question;
  dialog.setAttribute('aria-labelledby', heading.id);
  const explanation = document.createElement('p');
  explanation.className = 'host-dialog-detail';
  explanation.textContent = detail;
  const buttons = document.createElement('div');
  buttons.className = 'host-dialog-buttons';
  dialog.append(heading, explanation, buttons);

  return new Promise((resolve) => {
    let given: A | 'cancel' = 'cancel';
    for (const { label, answer } of choices) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', () => {
        given = answer;
        dialog.close();
      });
      buttons.append(button);
    }
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(given);
    });
    document.body.append(dialog);
    dialog.showModal();
    buttons.querySelector('button')?.focus();
  });
}
