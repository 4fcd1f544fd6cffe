import { SlipstreamError } from '@slipstream/shared';
import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-node';

/** Numbers in, numbers out: all that is used of ONNX Runtime. */
export interface Network {
  run(input: Float32Array, dims: readonly number[]): Promise<NetworkOutput>;
}

interface NetworkOutput {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

export interface Runtime {
  /** `onnxruntime-node 1.30.0`, or the WebAssembly build, which takes about 4.5 times as long. */
  readonly name: string;
  load(model: Uint8Array): Promise<Network>;
}

/**
 * One thread, and neither arena nor memory pattern: with them a process keeps the memory of the largest page it ever read.
 */
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  enableCpuMemArena: false,
  enableMemPattern: false,
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

/**
 * The native runtime; where it has none for this machine (Intel Macs, musl), its WebAssembly build. ENGINE_UNAVAILABLE
 * where neither loads, with both reasons.
 */
export async function openRuntime(loaders: RuntimeLoaders = LOADERS): Promise<Runtime> {
  let reason: string;
  try {
    return await loaders.native();
  } catch (thrown) {
    reason = reasonOf(thrown);
  }
  try {
    return await loaders.webAssembly();
  } catch (cause) {
    throw new SlipstreamError(
      'ENGINE_UNAVAILABLE',
      `ONNX Runtime cannot run here: the native build says "${reason}", the WebAssembly build "${reasonOf(cause)}". Use --engine tesseract.`,
      { cause },
    );
  }
}

function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1)[0] ?? '';
}

export interface RuntimeLoaders {
  readonly native: () => Promise<Runtime>;
  readonly webAssembly: () => Promise<Runtime>;
}

/**
 * The native runtime's official builds report to Microsoft from 1.29 on: each model, machine and a device id that they
 * keep in the home folder (https://github.com/microsoft/onnxruntime/pull/27379). Set before it is loaded, nothing is
 * made, kept or sent; the second is what later versions call it (pull 29843).
 */
const TELEMETRY_SWITCHES = ['ORT_DISABLE_TELEMETRY', 'ORT_TELEMETRY_DISABLED'];

const LOADERS: RuntimeLoaders = {
  native: async () => {
    for (const name of TELEMETRY_SWITCHES) process.env[name] = '1';
    const { InferenceSession: Session, Tensor: TensorOf, env } = await import('onnxruntime-node');
    const create = (model: Uint8Array) => Session.create(model, SESSION_OPTIONS);
    return {
      name: `onnxruntime-node ${env.versions.node ?? ''}`.trim(),
      load: async (model) => network(await create(model), TensorOf),
    };
  },
  webAssembly: async () => {
    const { InferenceSession: Session, Tensor: TensorOf, env } = await import('onnxruntime-web');
    env.wasm.numThreads = 1;
    const create = (model: Uint8Array) =>
      Session.create(model, { graphOptimizationLevel: 'all', executionProviders: ['wasm'] });
    return {
      name: `onnxruntime-web ${env.versions.web ?? ''}`.trim(),
      load: async (model) => network(await create(model), TensorOf),
    };
  },
};

interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>): Promise<Readonly<Record<string, Tensor>>>;
}

type TensorOf = new (type: 'float32', data: Float32Array, dims: readonly number[]) => TypedTensor<'float32'>;

function network(session: Session, TensorOf: TensorOf): Network {
  const [inputName = 'x'] = session.inputNames;
  const [outputName = ''] = session.outputNames;
  return {
    async run(input, dims) {
      const results = await session.run({ [inputName]: new TensorOf('float32', input, dims) });
      const output = results[outputName];
      if (!(output?.data instanceof Float32Array)) throw new Error('the network gave no numbers');
      return { values: output.data, dims: output.dims };
    },
  };
}
