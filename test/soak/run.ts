/**
 * The long soak: examples and benchmarks' loads at work on pseudo-terminals, all at once; slopes with their 95 % margin.
 *
 *   npm run soak -- --minutes 60 [dashboard …]
 */
import { parseArgs } from 'node:util';
import { describe, soak } from './pty-soak.ts';
import { programs } from './programs.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`--minutes is ${values.minutes}; expected a number above 0`);
const chosen = programs(minutes).filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.length === 0) throw new Error(`no program ${positionals.join(', ')}; there are ${programs(1).map(({ name }) => name).join(', ')}`);

console.log(`soak: ${chosen.map(({ name }) => name).join(', ')} for ${minutes} min`);
const results = await Promise.all(chosen.map((options) => soak(options)));
const failures = results.flatMap((result) => result.failures);
for (const result of results) console.log(describe(result));
for (const failure of failures) console.log(`FAILED: ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;
