import { bytesField, type Field, numberField, numbersOf, readFields, writeFields } from './protobuf.ts';

/** A weight tensor of an ONNX model, as far as it is stored as raw bytes (onnx.proto, TensorProto). */
export interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** onnx.proto, TensorProto.DataType. */
  readonly type: number;
  /** Little-endian. */
  readonly raw: Uint8Array;
}

export const FLOAT = 1;
export const FLOAT16 = 10;

const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const GRAPH_OUTPUT = 12;
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 } as const;
const REWRITTEN: readonly number[] = Object.values(TENSOR);

/** The model with each initializer replaced by what `map` makes of it; those without raw bytes stay. */
export function mapTensors(model: Uint8Array, map: (tensor: Tensor) => Tensor): Uint8Array<ArrayBuffer> {
  return mapGraph(model, GRAPH_INITIALIZER, (message) => {
    const fields = readFields(message);
    const raw = fields.find(({ number }) => number === TENSOR.raw)?.payload;
    if (raw === undefined) return message;
    const name = new TextDecoder().decode(fields.find(({ number }) => number === TENSOR.name)?.payload);
    const [type = 0] = numbersOf(fields, TENSOR.type);
    const tensor = { name, dims: numbersOf(fields, TENSOR.dims), type, raw };
    const mapped = map(tensor);
    return mapped === tensor ? message : writeTensor(fields, mapped);
  });
}

/** The graph's outputs without their declared shapes, which the runtime then infers from the weights. */
export function withoutOutputShapes(model: Uint8Array): Uint8Array<ArrayBuffer> {
  // ValueInfoProto.type → TypeProto.tensor_type → Tensor.shape
  return mapGraph(model, GRAPH_OUTPUT, (output) =>
    mapField(output, 2, (type) =>
      mapField(type, 1, (tensor) => writeFields(readFields(tensor).filter(({ number }) => number !== 2))),
    ),
  );
}

function writeTensor(fields: readonly Field[], { name, dims, type, raw }: Tensor): Uint8Array {
  return writeFields([
    ...dims.map((dim) => numberField(TENSOR.dims, dim)),
    numberField(TENSOR.type, type),
    ...fields.filter(({ number }) => !REWRITTEN.includes(number)),
    bytesField(TENSOR.name, new TextEncoder().encode(name)),
    bytesField(TENSOR.raw, raw),
  ]);
}

function mapGraph(model: Uint8Array, part: number, map: (message: Uint8Array) => Uint8Array): Uint8Array<ArrayBuffer> {
  return mapField(model, MODEL_GRAPH, (graph) => mapField(graph, part, map));
}

function mapField(
  message: Uint8Array,
  number: number,
  map: (payload: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  return writeFields(
    readFields(message).map((field) => (field.number === number ? bytesField(number, map(field.payload)) : field)),
  );
}
