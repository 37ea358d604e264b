/**
 * Input parsers of other libraries, for comparison. They are no dependency of this repository:
 * `npm ci --ignore-scripts --prefix tools/peers` installs them; without them the benchmark says so and goes on.
 *
 *   OpenTUI   StdinParser, as its renderer drives it: push a read, drain the events
 *   Ink       its input parser and its key parser, as its <App> drives them: a read as a string, then each event
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Decodes loads read by read. */
export interface Parser {
  readonly name: string;
  /** A fresh parser: takes one read, returns how many events it made. */
  create(): (read: Uint8Array) => number;
}

interface StdinParser {
  push(read: Uint8Array): void;
  drain(onEvent: (event: unknown) => void): void;
}
type StdinParserConstructor = new (options: { armTimeouts: boolean }) => StdinParser;

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'tools', 'peers', 'node_modules');

const load = (path: string): Promise<Record<string, unknown>> => import(pathToFileURL(join(folder, path)).href) as Promise<Record<string, unknown>>;
const version = (name: string): string => (JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string }).version;

/** The peers that are installed. */
export async function peerParsers(): Promise<Parser[]> {
  const found: Parser[] = [];
  if (existsSync(join(folder, '@opentui/core'))) {
    const StdinParser = (await load('@opentui/core/index.node.js'))['StdinParser'] as StdinParserConstructor;
    found.push({
      name: `OpenTUI ${version('@opentui/core')}`,
      create: () => {
        const parser = new StdinParser({ armTimeouts: false });
        let events = 0;
        const count = (): void => void events++;
        return (read) => {
          events = 0;
          parser.push(read);
          parser.drain(count);
          return events;
        };
      },
    });
  }
  if (existsSync(join(folder, 'ink'))) {
    const createInputParser = (await load('ink/build/input-parser.js'))['createInputParser'] as () => { push(chunk: string): (string | object)[] };
    const parseKeypress = (await load('ink/build/parse-keypress.js'))['default'] as (text: string) => unknown;
    found.push({
      name: `Ink ${version('ink')}`,
      create: () => {
        const parser = createInputParser();
        const decoder = new TextDecoder();
        return (read) => {
          const events = parser.push(decoder.decode(read, { stream: true }));
          for (const event of events) if (typeof event === 'string') parseKeypress(event);
          return events.length;
        };
      },
    });
  }
  return found;
}
