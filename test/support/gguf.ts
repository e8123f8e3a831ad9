import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** A metadata value with its GGUF type. */
export type GgufValue =
  | { readonly u32: number }
  | { readonly f32: number }
  | { readonly string: string }
  | { readonly strings: readonly string[] }
  | { readonly i32s: readonly number[] };

/** A tensor: dimensions fastest first, and its numbers as bytes. */
export interface GgufTensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly type: 'f32' | 'f16';
  readonly data: Uint8Array;
}

const tensorTypes = { f32: 0, f16: 1 } as const;
const alignment = 32;
const padded = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const string = (value: string): Buffer[] => {
  const bytes = Buffer.from(value, 'utf8');
  return [u64(bytes.length), bytes];
};

function encode(value: GgufValue): Buffer[] {
  if ('u32' in value) return [u32(4), u32(value.u32)];
  if ('f32' in value) {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value.f32);
    return [u32(6), bytes];
  }
  if ('string' in value) return [u32(8), ...string(value.string)];
  if ('strings' in value) return [u32(9), u32(8), u64(value.strings.length), ...value.strings.flatMap(string)];
  return [u32(9), u32(5), u64(value.i32s.length), Buffer.from(Int32Array.from(value.i32s).buffer)];
}

/** Writes a GGUF file, version 3 (the format of llama.cpp's models, `docs/gguf.md` of ggml). */
export async function writeGguf(
  path: string,
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Promise<void> {
  const entries = Object.entries(metadata);
  const head: Buffer[] = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length)];
  for (const [key, value] of entries) {
    for (const part of [...string(key), ...encode(value)]) head.push(part);
  }
  let offset = 0;
  for (const { name, dimensions, type, data } of tensors) {
    head.push(...string(name), u32(dimensions.length), ...dimensions.map(u64), u32(tensorTypes[type]), u64(offset));
    offset += padded(data.byteLength);
  }
  const first = Buffer.concat(head);
  const out = createWriteStream(path);
  out.write(first);
  out.write(Buffer.alloc(padded(first.length) - first.length));
  for (const { data } of tensors) {
    out.write(data);
    out.write(Buffer.alloc(padded(data.byteLength) - data.byteLength));
  }
  out.end();
  await finished(out);
}
