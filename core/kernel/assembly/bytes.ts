/** The first `length` bytes of a word of eight. */
function first(word: u64, length: i32): u64 {
  return length === 0 ? 0 : word & (~(<u64>0) >> ((8 - length) * 8));
}

/** Whether two places hold the same `length` bytes; eight bytes from each must be readable. */
export function equal(one: i32, other: i32, length: i32): bool {
  if (length <= 8) return first(load<u64>(one) ^ load<u64>(other), length) === 0;
  let at = 0;
  for (; at + 16 <= length; at += 16) {
    if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
  }
  if (at + 8 <= length && load<u64>(one + at) !== load<u64>(other + at)) return false;
  return load<u64>(one + length - 8) === load<u64>(other + length - 8);
}

const MIX: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;

/** A hash that finds a bucket; what is found is always compared in full. */
export function hashOf(start: i32, length: i32, seed: i32): u32 {
  let hash: u64 = MIX ^ (((<u64>seed) << 32) | length);
  let at = 0;
  for (; at + 8 <= length; at += 8) {
    hash = (hash ^ load<u64>(start + at)) * MIX;
    hash ^= hash >> 29;
  }
  hash = (hash ^ first(load<u64>(start + at), length - at)) * MIX;
  return <u32>(hash >> 32);
}
