/** A stand-in for an app's list of approved claims: some are chosen, and the panel is asked. */
import { readClaimIds, type ListedClaim } from './link.ts';
import { element } from './elements.ts';
import type { Texts } from './texts.ts';

export interface ClaimsForm {
  /** Shows the claims to choose from; those that were chosen and are still there stay so. */
  show(claims: readonly ListedClaim[], texts: Texts): void;
  /** What was chosen or typed by now may be forgotten. */
  clear(): void;
}

/** @param ask called with the ids that were chosen, each once. */
export function openClaimsForm(ask: (ids: readonly string[]) => void): ClaimsForm {
  const form = element('send', HTMLFormElement);
  const list = element('send-claims', HTMLUListElement);
  const all = element('send-all', HTMLInputElement);
  const typed = element('send-typed', HTMLTextAreaElement);
  const details = typed.closest('details');
  const problem = element('send-problem', HTMLParagraphElement);
  let words: Texts;

  const boxes = (): HTMLInputElement[] => [...list.querySelectorAll('input')];
  const chosen = (): string[] =>
    boxes()
      .filter((box) => box.checked)
      .map((box) => box.value);
  const showAll = (): void => {
    all.checked = boxes().length > 0 && boxes().every((box) => box.checked);
    all.indeterminate = !all.checked && chosen().length > 0;
  };
  const complain = (text: string): void => {
    problem.textContent = text;
    typed.toggleAttribute('aria-invalid', false);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { ids, wrong } = readClaimIds(typed.value);
    if (wrong.length > 0) {
      complain(words.send_wrong.replace('{wrong}', wrong.join(', ')));
      typed.setAttribute('aria-invalid', 'true');
      if (details !== null) details.open = true;
      typed.focus();
      return;
    }
    const asked = [...new Set([...chosen(), ...ids])];
    complain(asked.length === 0 ? words.send_none : '');
    if (asked.length > 0) ask(asked);
  });
  list.addEventListener('change', showAll);
  all.addEventListener('change', () => {
    for (const box of boxes()) box.checked = all.checked;
  });

  return {
    show(claims, texts) {
      words = texts;
      complain('');
      const before = new Set(chosen());
      list.replaceChildren(
        ...claims.map(({ id, reference }) => {
          const box = document.createElement('input');
          Object.assign(box, { type: 'checkbox', value: id, checked: before.has(id) });
          const label = document.createElement('label');
          label.append(box, reference);
          const item = document.createElement('li');
          item.append(label);
          return item;
        }),
      );
      element('send-listed', HTMLFieldSetElement).hidden = claims.length === 0;
      showAll();
    },
    clear() {
      typed.value = '';
      for (const box of boxes()) box.checked = false;
      showAll();
    },
  };
}
