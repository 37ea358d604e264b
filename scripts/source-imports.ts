/**
 * Finds what a TypeScript source imports, without a parser: static imports and re-exports begin a
 * line (the house style formats them so), dynamic imports have a literal in parentheses. Comments
 * are blanked first, so that an example in documentation is no import.
 */

/** One import, re-export or dynamic import. */
export interface SourceImport {
  readonly specifier: string;
  /** 1-based line of the statement's beginning. */
  readonly line: number;
}

const STATIC = /^(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const SIDE_EFFECT = /^import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** All imports of `source`, in order of their lines. */
export function sourceImports(source: string): SourceImport[] {
  const code = blankComments(source);
  const found: SourceImport[] = [];
  for (const pattern of [STATIC, SIDE_EFFECT, DYNAMIC]) {
    for (const match of code.matchAll(pattern)) {
      const specifier = match[1];
      if (specifier !== undefined) found.push({ specifier, line: lineAt(code, match.index) });
    }
  }
  return found.sort((a, b) => a.line - b.line);
}

/** Replaces comments that begin a line by spaces; offsets and lines stay what they were. */
export function blankComments(source: string): string {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, ' ');
  return source.replace(/^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/[^\n]*)/gm, blank);
}

/** 1-based line of a character offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
