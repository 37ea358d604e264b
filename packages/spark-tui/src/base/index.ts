export { bufferPool, type Buffer } from './buffer-pool.ts';
export { type Clock, ManualClock, systemClock, type TimerHandle } from './clock.ts';
export { endedApps, type Remains, type TimerCount } from './ended-apps.ts';
export {
  CapacityError,
  CycleError,
  OptionError,
  PhaseError,
  SparkError,
  StaleRefError,
  TerminalInUseError,
  TreeCorruptError,
} from './errors.ts';
export { Gauge, type GaugeReading, GaugeSet, type GaugeTraits, liveGaugeSets } from './gauge.ts';
export { type Inspector, pathOf, watched, type Whereabouts } from './inspector.ts';
export { nearestName } from './nearest-name.ts';
export { Owned, reportError, Scope, type ScopeErrorHandler, Tally, unownedTally } from './scope.ts';
export { Section } from './section.ts';
export { Slab } from './slab.ts';
