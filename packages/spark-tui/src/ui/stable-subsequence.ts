/**
 * Which entries of a permutation may stay where they are: marks a longest strictly increasing
 * subsequence of `positions`, in O(n log n). Negative entries are new and never stay.
 */
export function stableSubsequence(positions: readonly number[]): boolean[] {
  const stays = new Array<boolean>(positions.length).fill(false);
  /** tails[k] = index of the smallest last element of an increasing run of length k + 1. */
  const tails: number[] = [];
  const previous = new Int32Array(positions.length).fill(-1);
  for (let i = 0; i < positions.length; i++) {
    const value = positions[i];
    if (value < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (positions[tails[middle]] < value) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[i] = tails[low - 1];
    tails[low] = i;
  }
  for (let i = tails.length === 0 ? -1 : tails[tails.length - 1]; i >= 0; i = previous[i]) stays[i] = true;
  return stays;
}
