/** Whether somebody has typed what would be lost: a field differs from what it held when the person first came to it. */
const fields = 'textarea, select, input:not([type="checkbox"], [type="radio"])';
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const found = new WeakMap<Element, string>();

/** Takes note of what fields held, from now on. Returns the way to stop. */
export const watchFields = (page: Document): (() => void) => {
  const onFocus = ({ target }: FocusEvent): void => {
    if (target instanceof Element && target.matches(fields) && !found.has(target))
      found.set(target, (target as Field).value);
  };
  page.addEventListener('focusin', onFocus);
  return () => page.removeEventListener('focusin', onFocus);
};

export const hasTextField = (part: ParentNode): boolean => part.querySelector(fields) !== null;

export const isUnsaved = (part: ParentNode): boolean =>
  [...part.querySelectorAll<Field>(fields)].some((field) => found.has(field) && found.get(field) !== field.value);
