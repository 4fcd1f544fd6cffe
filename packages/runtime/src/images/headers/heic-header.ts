import { DamagedHeaderError, HEADER_PARTS_MAX, type ImageHeader, viewOf } from './image-header.ts';
import { FULL_BOX_BYTES, type MediaBox, mediaBox, mediaBoxAt, mediaBoxes } from './media-boxes.ts';

/** EXIF orientations that quarter turns anticlockwise (irot's angle) amount to. */
const ORIENTATION_OF_TURNS = [1, 8, 3, 6] as const;

/**
 * Size and rotation of the primary image: its properties ispe and irot (ISO/IEC 23008-12, 6.5). Mirroring and cropping
 * are left to the decoder: they do not change which way is up.
 */
export function heicHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  const meta = metaBox(view);
  const inMeta = mediaBoxes(view, meta.start + FULL_BOX_BYTES, meta.end);
  const properties = mediaBox(inMeta, 'iprp');
  const inProperties = mediaBoxes(view, properties.start, properties.end);
  const container = mediaBox(inProperties, 'ipco');
  const all = mediaBoxes(view, container.start, container.end);
  const primary = primaryItem(view, mediaBox(inMeta, 'pitm'));
  const indices = inProperties
    .filter((box) => box.type === 'ipma')
    .flatMap((box) => propertyIndices(view, box, primary));
  // Indices count from 1; 0 means no property.
  const own = indices.flatMap((index) => all[index - 1] ?? []);
  const size = mediaBox(own, 'ispe');
  const rotation = own.find((box) => box.type === 'irot');
  const turns = rotation === undefined ? 0 : view.getUint8(rotation.start) & 3;
  return {
    width: view.getUint32(size.start + FULL_BOX_BYTES),
    height: view.getUint32(size.start + FULL_BOX_BYTES + 4),
    orientation: ORIENTATION_OF_TURNS[turns] ?? 1,
  };
}

/** The file's boxes are walked only as far as meta: a file that is cut off in its pixels still has a header. */
function metaBox(view: DataView): MediaBox {
  for (let parts = 0, offset = 0; parts < HEADER_PARTS_MAX; parts += 1) {
    const box = mediaBoxAt(view, offset, view.byteLength);
    if (box.type === 'meta') return box;
    offset = box.end;
  }
  throw new DamagedHeaderError('no meta box');
}

function primaryItem(view: DataView, box: MediaBox): number {
  const content = box.start + FULL_BOX_BYTES;
  return view.getUint8(box.start) === 0 ? view.getUint16(content) : view.getUint32(content);
}

/** The properties that belong to `item`, as indices into ipco. */
function propertyIndices(view: DataView, box: MediaBox, item: number): number[] {
  const version = view.getUint8(box.start);
  const isWide = (view.getUint8(box.start + 3) & 1) === 1;
  const entries = view.getUint32(box.start + FULL_BOX_BYTES);
  if (entries > HEADER_PARTS_MAX) throw new DamagedHeaderError(`${entries} items with properties`);
  let offset = box.start + FULL_BOX_BYTES + 4;
  for (let entry = 0; entry < entries; entry += 1) {
    const id = version < 1 ? view.getUint16(offset) : view.getUint32(offset);
    offset += version < 1 ? 2 : 4;
    const count = view.getUint8(offset);
    offset += 1;
    const indices = Array.from({ length: count }, (_, index) =>
      isWide ? view.getUint16(offset + index * 2) & 0x7fff : view.getUint8(offset + index) & 0x7f,
    );
    if (id === item) return indices;
    offset += count * (isWide ? 2 : 1);
  }
  return [];
}
