/**
 * What Node says of a fatal error (out of memory) it prints itself, on the screen that goes with the app. It can also write
 * a report; from that the guard takes the message and prints it again, on the normal screen.
 */

interface ReportSettings {
  reportOnFatalError: boolean;
  reportOnSignal: boolean;
  reportOnUncaughtException: boolean;
  directory: string;
  filename: string;
  compact: boolean;
  excludeEnv?: boolean;
  excludeNetwork?: boolean;
}

/** Name of the report; one value a line, so that a shell can read it. */
export const CRASH_REPORT = 'crash.json';

/** Has fatal errors reported into `folder`, unless somebody else has reports made. What is returned ends it. */
export function reportCrashes(folder: string): () => void {
  const runtime = globalThis as { Bun?: unknown; Deno?: unknown };
  const settings = process.report as unknown as ReportSettings | undefined;
  if (runtime.Bun !== undefined || runtime.Deno !== undefined || settings === undefined) return () => undefined;
  const isUsed = settings.reportOnFatalError || settings.reportOnSignal || settings.reportOnUncaughtException || settings.directory !== '' || settings.filename !== '';
  if (isUsed) return () => undefined;
  const { directory, filename, compact, excludeEnv, excludeNetwork } = settings;
  settings.reportOnFatalError = true;
  settings.directory = folder;
  settings.filename = CRASH_REPORT;
  settings.compact = false;
  if (excludeEnv !== undefined) settings.excludeEnv = true;
  if (excludeNetwork !== undefined) settings.excludeNetwork = true;
  return () => {
    if (settings.directory !== folder) return; // Somebody else's by now.
    settings.reportOnFatalError = false;
    settings.directory = directory;
    settings.filename = filename;
    settings.compact = compact;
    if (excludeEnv !== undefined) settings.excludeEnv = excludeEnv;
    if (excludeNetwork !== undefined) settings.excludeNetwork = excludeNetwork;
  };
}
