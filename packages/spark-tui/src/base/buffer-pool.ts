/**
 * The process-wide pool of backing buffers.
 *
 * V8 does not count shared memory as pressure: dropped SharedArrayBuffers pile up (1,000 dropped
 * 4 MiB buffers peaked at 4 GB). So buffers are never garbage: they come from here and go back here,
 * by size class (powers of two), and later mounts reuse them. What is kept is bounded; beyond the
 * bound the largest classes are let go.
 */

/** Smallest buffer handed out, in bytes. */
const MIN_BYTES = 4096;
/** Bytes kept for reuse. Beyond it a returned buffer is dropped: rare, and the only garbage we make. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

export type Buffer = SharedArrayBuffer | ArrayBuffer;

const hasShared = typeof SharedArrayBuffer === 'function';

class BufferPool {
  private readonly free = new Map<number, Buffer[]>();
  /** Bytes that wait here for reuse. */
  keptBytes = 0;
  /** Bytes handed out and not returned. */
  usedBytes = 0;
  /** Buffers handed out and not returned: one a container, whatever size it has grown to. */
  usedBuffers = 0;

  /** A zero-filled buffer of at least `bytes` bytes (rounded up to a power of two). */
  acquire(bytes: number): Buffer {
    const size = sizeClass(bytes);
    this.usedBytes += size;
    this.usedBuffers++;
    const list = this.free.get(size);
    const reused = list?.pop();
    if (reused !== undefined) {
      this.keptBytes -= size;
      new Uint8Array(reused).fill(0);
      return reused;
    }
    return hasShared ? new SharedArrayBuffer(size) : new ArrayBuffer(size);
  }

  /** Gives a buffer back. The caller must hold no view on it any more. */
  release(buffer: Buffer): void {
    const size = buffer.byteLength;
    this.usedBytes -= size;
    this.usedBuffers--;
    if (this.keptBytes + size > MAX_KEPT_BYTES) return;
    this.keptBytes += size;
    const list = this.free.get(size);
    if (list === undefined) this.free.set(size, [buffer]);
    else list.push(buffer);
  }

  /** Lets go of every buffer that waits for reuse. */
  trim(): void {
    this.free.clear();
    this.keptBytes = 0;
  }
}

function sizeClass(bytes: number): number {
  let size = MIN_BYTES;
  while (size < bytes) size *= 2;
  return size;
}

/** The one pool of this process. */
export const bufferPool: BufferPool = new BufferPool();
