/** Finds the fenced code blocks of a Markdown text and whether each is marked as not run. */

/** A fenced code block. */
export interface CodeBlock {
  /** Language after the fence, lower case; '' when there is none. */
  readonly language: string;
  readonly code: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
  /** Reason of a `<!-- not run: reason -->` directly before the fence, else null. */
  readonly notRun: string | null;
}

const FENCE = /^( {0,3})(`{3,}|~{3,})\s*([\w+-]*)/;
const MARK = /^\s*<!-- not run: (\S.*?) -->\s*$/;

/** All fenced code blocks of `markdown`, in order. Throws when a fence is never closed. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: CodeBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const open = FENCE.exec(lines[at]!);
    if (open === null) continue;
    const [, indent, fence, language] = open as unknown as [string, string, string, string];
    const close = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}\\s*$`);
    let end = at + 1;
    while (end < lines.length && !close.test(lines[end]!)) end++;
    if (end === lines.length) throw new Error(`line ${at + 1}: the code block is never closed`);
    const strip = new RegExp(`^ {0,${indent.length}}`);
    const code = lines.slice(at + 1, end).map((line) => line.replace(strip, '')).join('\n');
    blocks.push({ language: language.toLowerCase(), code, line: at + 1, notRun: markBefore(lines, at) });
    at = end;
  }
  return blocks;
}

/** The reason on the last line before `at` that is not blank, if that line is a mark. */
function markBefore(lines: readonly string[], at: number): string | null {
  let before = at - 1;
  while (before >= 0 && lines[before]!.trim() === '') before--;
  return MARK.exec(lines[before] ?? '')?.[1] ?? null;
}
