/** Where something was made, in the program of the user: the stack without the frames of this package. */

/** Where this package lies, as stacks name it. */
const ours = folder(import.meta.url);

function folder(url: string): string {
  const path = url.startsWith('file:') ? new URL('..', url).pathname : new URL('..', url).href;
  return decodeURI(path);
}

/** Stack frames looked at: element functions nest. */
const DEPTH = 40;

interface StackHost {
  stackTraceLimit?: number;
}

/** The stack of this moment. Formatting it waits until somebody asks. */
export function captureStack(): Error {
  const host = Error as StackHost;
  const before = host.stackTraceLimit;
  host.stackTraceLimit = DEPTH;
  const captured = new Error('made here');
  if (before !== undefined) host.stackTraceLimit = before;
  return captured;
}

/** The innermost frame of a captured stack that is no frame of this package; `''` when there is none. */
export function siteOf({ stack = '' }: Error): string {
  for (const line of stack.split('\n')) {
    const frame = /^\s*(?:at )?(.*(?::\d+){1,2}\)?)$/.exec(line)?.[1];
    if (frame === undefined || frame.includes('node:')) continue;
    if (frame.includes(ours) && !/\.test\.m?[jt]s/.test(frame)) continue;
    return frame;
  }
  return '';
}
