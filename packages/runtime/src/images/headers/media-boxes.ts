import { DamagedHeaderError, fourCharacters, HEADER_PARTS_MAX } from './image-header.ts';

/** A box of an ISO base media file (ISO/IEC 14496-12): its type and where its content stands. */
export interface MediaBox {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Version and flags, which a full box has before its content. */
export const FULL_BOX_BYTES = 4;

/** The boxes between `start` and `end`, in order. Throws DamagedHeaderError where one reaches past `end`. */
export function mediaBoxes(view: DataView, start: number, end: number): MediaBox[] {
  const boxes: MediaBox[] = [];
  for (let offset = start; offset + 8 <= end; ) {
    if (boxes.length === HEADER_PARTS_MAX) throw new DamagedHeaderError(`more than ${HEADER_PARTS_MAX} boxes`);
    const box = mediaBoxAt(view, offset, end);
    boxes.push(box);
    offset = box.end;
  }
  return boxes;
}

/** The box that begins at `offset` and has to end by `end`. */
export function mediaBoxAt(view: DataView, offset: number, end: number): MediaBox {
  const [size, header] = boxSize(view, offset, end);
  if (size < header || offset + size > end) throw new DamagedHeaderError(`a box of ${size} bytes`);
  return { type: fourCharacters(view, offset + 4), start: offset + header, end: offset + size };
}

/** The first of a type; throws DamagedHeaderError where there is none. */
export function mediaBox(boxes: readonly MediaBox[], type: string): MediaBox {
  const box = boxes.find((candidate) => candidate.type === type);
  if (box === undefined) throw new DamagedHeaderError(`no ${type} box`);
  return box;
}

/** Size 1 stands for 64 bits behind the type, 0 for the rest. */
function boxSize(view: DataView, offset: number, end: number): [size: number, header: number] {
  const size = view.getUint32(offset);
  if (size === 0) return [end - offset, 8];
  if (size !== 1) return [size, 8];
  return [Number(view.getBigUint64(offset + 8)), 16];
}
