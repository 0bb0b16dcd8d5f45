type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The field that has the focus, if a scan would write into it. */
export function fieldOf(target: EventTarget | null): Field | null {
  const isField =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  return isField ? target : null;
}

/** Puts a field back to what it held, through the element's own setter so that React hears of it. */
export function restore(field: Field, value: string): void {
  if (field.value === value) return;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, value);
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
}
