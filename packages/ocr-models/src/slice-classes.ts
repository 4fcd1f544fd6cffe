import { mapTensors, type Tensor, withoutOutputShapes } from './onnx-tensors.ts';

/** The last layer of PP-OCRv6 small's recognition: [features, classes] and [classes]. */
const CLASS_TENSORS = ['linear_8.w_0', 'linear_8.b_0'];

/**
 * The recognition model with only the classes at `kept`, in that order. What is left out can no longer be read, nor be
 * mistaken for what is kept. Throws where the model has no such layer.
 */
export function sliceClasses(model: Uint8Array, kept: readonly number[]): Uint8Array<ArrayBuffer> {
  const sliced = new Set<string>();
  const cut = mapTensors(model, (tensor) => {
    if (!CLASS_TENSORS.includes(tensor.name)) return tensor;
    sliced.add(tensor.name);
    return sliceLastDimension(tensor, kept);
  });
  if (sliced.size !== CLASS_TENSORS.length) throw new Error('the model has no layer of classes by the known name');
  return withoutOutputShapes(cut);
}

function sliceLastDimension(tensor: Tensor, kept: readonly number[]): Tensor {
  const classes = tensor.dims.at(-1) ?? 0;
  const rows = tensor.dims.slice(0, -1).reduce((product, dim) => product * dim, 1);
  const width = tensor.raw.length / (rows * classes);
  const raw = new Uint8Array(rows * kept.length * width);
  for (let row = 0; row < rows; row += 1) {
    for (const [place, index] of kept.entries()) {
      const from = (row * classes + index) * width;
      raw.set(tensor.raw.subarray(from, from + width), (row * kept.length + place) * width);
    }
  }
  return { ...tensor, dims: [...tensor.dims.slice(0, -1), kept.length], raw };
}
