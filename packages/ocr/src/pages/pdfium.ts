import { SlipstreamError } from '@slipstream/shared';

/** The functions of PDFium's public interface (fpdfview.h, fpdf_text.h, fpdf_attachment.h) that are used; addresses are numbers. */
const FUNCTIONS = [
  '_FPDF_InitLibrary',
  '_FPDF_LoadMemDocument',
  '_FPDF_GetLastError',
  '_FPDF_CloseDocument',
  '_FPDF_GetPageCount',
  '_FPDF_LoadPage',
  '_FPDF_ClosePage',
  '_FPDF_GetPageWidth',
  '_FPDF_GetPageHeight',
  '_FPDF_PageToDevice',
  '_FPDF_RenderPageBitmap',
  '_FPDFBitmap_CreateEx',
  '_FPDFBitmap_FillRect',
  '_FPDFBitmap_GetBuffer',
  '_FPDFBitmap_GetStride',
  '_FPDFBitmap_Destroy',
  '_FPDFPage_CountObjects',
  '_FPDFPage_GetObject',
  '_FPDFPageObj_GetType',
  '_FPDFPageObj_GetBounds',
  '_FPDFText_LoadPage',
  '_FPDFText_ClosePage',
  '_FPDFText_CountChars',
  '_FPDFText_GetUnicode',
  '_FPDFText_GetLooseCharBox',
  '_FPDFText_HasUnicodeMapError',
  '_FPDFDoc_GetAttachmentCount',
  '_FPDFDoc_GetAttachment',
  '_FPDFAttachment_GetName',
  '_FPDFAttachment_GetFile',
] as const;

type FunctionName = (typeof FUNCTIONS)[number];

export type Pdfium = Readonly<Record<FunctionName, (...values: number[]) => number>> & {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: {
    readonly malloc: (bytes: number) => number;
    readonly free: (address: number) => void;
  };
};

let loading: Promise<Pdfium> | undefined;

/** PDFium in WebAssembly, loaded once a process. ENGINE_UNAVAILABLE where the package is not whole. */
export function loadPdfium(): Promise<Pdfium> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Pdfium> {
  const { PDFiumModule } = await import('@hyzyla/pdfium');
  const module: unknown = await PDFiumModule({});
  if (!isPdfium(module)) {
    throw new SlipstreamError('ENGINE_UNAVAILABLE', 'PDFium lacks functions that are needed: run npm ci.');
  }
  module._FPDF_InitLibrary();
  return module;
}

function isPdfium(module: unknown): module is Pdfium {
  if (typeof module !== 'object' || module === null || !('HEAPU8' in module) || !('wasmExports' in module))
    return false;
  const named: object = module;
  return FUNCTIONS.every((name) => typeof Reflect.get(named, name) === 'function');
}

/** Memory of PDFium for as long as `use` runs; its view is made anew since memory may have grown. */
export function withMemory<T>(pdfium: Pdfium, bytes: number, use: (address: number, view: () => DataView) => T): T {
  const address = pdfium.wasmExports.malloc(Math.max(8, bytes));
  if (address === 0) throw new SlipstreamError('IMAGE_UNREADABLE', 'The PDF needs more memory than there is.');
  try {
    return use(address, () => new DataView(pdfium.HEAPU8.buffer, address, Math.max(8, bytes)));
  } finally {
    pdfium.wasmExports.free(address);
  }
}
