/** Links and underline colours of texts, as ids of the app's extra table. */
import { OptionError } from '../base/index.ts';
import type { ExtraTable } from '../cells/index.ts';
import { type ColorInput, linkIdOf, linkProblem, parseColor, safeLink } from '../style/index.ts';
import type { Host } from './host.ts';

const MAX_SHOWN = 80;

/** The id of a link (`''` = none) and an underline colour (0 = none). */
export function internLink(extras: ExtraTable, link: string, underlineColor: number): number {
  return link === '' && underlineColor === 0 ? 0 : extras.intern(link, linkIdOf(link), underlineColor);
}

/** The bytes of a link. One that cannot be used is `''`, and the developer is told; `where` names it. */
export function usableLink(host: Host, address: string, where: () => string): string {
  if (address === '') return '';
  const problem = linkProblem(address);
  if (problem === null) return safeLink(address);
  const quoted = JSON.stringify(address.length > MAX_SHOWN ? `${address.slice(0, MAX_SHOWN)}…` : address);
  host.warn(`${where()}: link ${quoted} is shown as plain text: ${problem}`);
  return '';
}

/** Writes the `link` prop of a text. */
export function setLink(host: Host, slot: number, value: unknown): void {
  if (value !== undefined && value !== null && typeof value !== 'string') {
    throw new OptionError(`${host.describe(slot)}: link is ${String(value)}; expected a string`);
  }
  const link = usableLink(host, value ?? '', () => host.describe(slot));
  const { extras } = host;
  setExtra(host, slot, link, extras.underlineColor(host.scene.textStyles.extra(slot)));
}

/** Writes the `underlineColor` prop of a text. */
export function setUnderlineColor(host: Host, slot: number, value: unknown): void {
  let color: number;
  try {
    color = parseColor(value as ColorInput);
  } catch (error) {
    throw new OptionError(`${host.describe(slot)}: underlineColor: ${error instanceof Error ? error.message : String(error)}`);
  }
  setExtra(host, slot, host.extras.link(host.scene.textStyles.extra(slot)), color);
}

function setExtra(host: Host, slot: number, link: string, underlineColor: number): void {
  const { extras } = host;
  const { refused } = extras;
  let id = internLink(extras, link, underlineColor);
  if (extras.refused !== refused && extras.onFull?.() === true) id = internLink(extras, link, underlineColor);
  host.scene.textStyles.setExtra(slot, id);
}
