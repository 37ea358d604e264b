/**
 * Loaded before tests (`--import`): fast-check draws the same cases in every run of the check. `SPARK_FUZZ_SEED` draws
 * others; the long run (`npm run fuzz`) does so in every round.
 */
import fc from 'fast-check';

const seed = Number(process.env.SPARK_FUZZ_SEED ?? 1);
if (!Number.isInteger(seed)) throw new Error(`SPARK_FUZZ_SEED is ${process.env.SPARK_FUZZ_SEED}; expected an integer`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
