/**
 * Names of nodes for error messages. Kept beside the nodes, because nearly none has a label and
 * none should pay for the field.
 */

const labels = new WeakMap<object, string>();

export function setLabel(node: object, label: string | undefined): void {
  if (label !== undefined) labels.set(node, label);
}

/** `'label'`, else `'function name'`, else `kind #order`. */
export function nameOf(node: object, fn: { name: string } | null, kind: string, order?: number): string {
  const name = labels.get(node) ?? fn?.name ?? '';
  if (name !== '') return `'${name}'`;
  return order === undefined ? `an unnamed ${kind}` : `${kind} #${order}`;
}
