/**
 * The loads of the reactive benchmark, written in the macros of `reactive-libraries.ts`. `setup`
 * builds a graph; `run` is one unit of work; `teardown` disposes it. `units` divides the time.
 */
export interface Load {
  readonly name: string;
  readonly setup: string;
  readonly run: string;
  /** Things made or done by one run; the table shows time per unit. */
  readonly units: number;
}

/** Number of runs before is in `tick`; effects keep their sum in `sink`, which is checked. */
export const LOADS: readonly Load[] = [
  {
    name: 'create signal',
    setup: 'const kept = new Array(1000);',
    run: 'for (let i = 0; i < 1000; i++) kept[i] = SIGNAL(i);',
    units: 1000,
  },
  {
    name: 'create derived',
    setup: 'const kept = new Array(1000); const s = SIGNAL(1);',
    run: 'ROOT(for (let i = 0; i < 1000; i++) kept[i] = COMPUTED(READ(s) + i););',
    units: 1000,
  },
  {
    name: 'create effect, run, dispose',
    setup: 'const kept = new Array(1000); const s = SIGNAL(1);',
    run: `for (let i = 0; i < 1000; i++) kept[i] = EFFECT(sink += READ(s));
      for (let i = 0; i < 1000; i++) DISPOSE(kept[i]);`,
    units: 1000,
  },
  {
    name: 'signal + derived + effect, dispose',
    setup: 'const kept = new Array(300);',
    run: `for (let i = 0; i < 300; i++) { const s = SIGNAL(i); ROOT(const c = COMPUTED(READ(s) + 1); kept[i] = EFFECT(sink += READ(c));); }
      for (let i = 0; i < 300; i++) DISPOSE(kept[i]);`,
    units: 300,
  },
  {
    name: 'read signal',
    setup: 'const s = SIGNAL(1);',
    run: 'for (let i = 0; i < 1000; i++) sink += READ(s);',
    units: 1000,
  },
  {
    name: '1 update -> 1 effect',
    setup: 'const s = SIGNAL(0); EFFECT(sink += READ(s));',
    run: 'for (let i = 0; i < 100; i++) { WRITE(s, ++tick); SETTLE() }',
    units: 100,
  },
  {
    name: '1 -> 1,000 effects',
    setup: 'const s = SIGNAL(0); for (let i = 0; i < 1000; i++) { EFFECT(sink += READ(s)); }',
    run: 'WRITE(s, ++tick); SETTLE()',
    units: 1,
  },
  {
    name: 'chain of 1,000',
    setup: `const s = SIGNAL(0); ROOT(let last = s;
      for (let i = 0; i < 1000; i++) { const from = last; last = COMPUTED(READ(from) + 1); READ(last); }
      const end = last; EFFECT(sink += READ(end)););`,
    run: 'WRITE(s, ++tick); SETTLE()',
    units: 1,
  },
  {
    name: 'diamond, 100 wide',
    setup: `const s = SIGNAL(0); ROOT(const mid = [];
      for (let i = 0; i < 100; i++) mid.push(COMPUTED(READ(s) + i));
      const sum = COMPUTED(mid.reduce((a, m) => a + READ(m), 0)); EFFECT(sink += READ(sum)););`,
    run: 'WRITE(s, ++tick); SETTLE()',
    units: 1,
  },
  {
    name: 'batch of 100 writes',
    setup: `const many = []; for (let i = 0; i < 100; i++) many.push(SIGNAL(0));
      EFFECT(for (let i = 0; i < 100; i++) sink += READ(many[i]));`,
    run: 'tick++; BATCH(for (let i = 0; i < 100; i++) { WRITE(many[i], tick + i) }); SETTLE()',
    units: 1,
  },
  {
    name: 'mux, 100',
    setup: `const many = []; for (let i = 0; i < 100; i++) many.push(SIGNAL(0));
      ROOT(const mux = COMPUTED(many.map((m) => READ(m)));
      for (let i = 0; i < 100; i++) { const one = COMPUTED(READ(mux)[i] + 1); EFFECT(sink += READ(one)); });`,
    run: 'tick++; for (let i = 0; i < 10; i++) { WRITE(many[i], tick); SETTLE() }',
    units: 10,
  },
  {
    name: 'deep, 50',
    setup: `const s = SIGNAL(0); ROOT(let last = s;
      for (let i = 0; i < 50; i++) { const from = last; last = COMPUTED(READ(from) + 1); }
      const end = last; EFFECT(sink += READ(end)););`,
    run: 'for (let i = 0; i < 10; i++) { WRITE(s, ++tick); SETTLE() }',
    units: 10,
  },
  {
    name: 'wide, 50',
    setup: `const s = SIGNAL(0); ROOT(for (let i = 0; i < 50; i++) {
      const a = COMPUTED(READ(s) + i); const b = COMPUTED(READ(a) + 1); EFFECT(sink += READ(b)); });`,
    run: 'for (let i = 0; i < 10; i++) { WRITE(s, ++tick); SETTLE() }',
    units: 10,
  },
  {
    name: 'triangle, 10',
    setup: `const s = SIGNAL(0); ROOT(let last = s; const list = [];
      for (let i = 0; i < 10; i++) { const from = last; list.push(from); last = COMPUTED(READ(from) + 1); }
      const sum = COMPUTED(list.reduce((a, m) => a + READ(m), 0)); EFFECT(sink += READ(sum)););`,
    run: 'for (let i = 0; i < 10; i++) { WRITE(s, ++tick); SETTLE() }',
    units: 10,
  },
];
