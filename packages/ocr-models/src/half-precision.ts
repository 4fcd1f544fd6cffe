import { FLOAT, FLOAT16, mapTensors } from './onnx-tensors.ts';

/** Small tensors are biases and scales, whose range 16 bits may not hold; they weigh nothing. */
const HALVED_BYTES_MIN = 4_096;

/** The model with its large weights in 16 bits: half the size to keep and to download. */
export function halve(model: Uint8Array): Uint8Array<ArrayBuffer> {
  return mapTensors(model, (tensor) => {
    if (tensor.type !== FLOAT || tensor.raw.length < HALVED_BYTES_MIN) return tensor;
    return { ...tensor, type: FLOAT16, raw: bytesOf(Float16Array.from(new Float32Array(aligned(tensor.raw)))) };
  });
}

/** The model with its 16-bit weights expanded: the CPU computes in 32 bits. */
export function expand(model: Uint8Array): Uint8Array<ArrayBuffer> {
  return mapTensors(model, (tensor) => {
    if (tensor.type !== FLOAT16) return tensor;
    return { ...tensor, type: FLOAT, raw: bytesOf(Float32Array.from(new Float16Array(aligned(tensor.raw)))) };
  });
}

/** A copy that begins at a multiple of every number's size. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function bytesOf(numbers: Float32Array | Float16Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
