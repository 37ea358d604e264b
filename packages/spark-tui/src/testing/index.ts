export { expectNoLeak, type Leak, LeakError } from './expect-no-leak.ts';
export { keyBytes } from './key-bytes.ts';
export { createTestApp, type TestApp, type TestAppOptions, type TestCell, type TestMouse } from './test-app.ts';
