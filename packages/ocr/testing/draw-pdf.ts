/** A page of a drawn PDF: rows of text at places in points from the top left, or a JPEG over all of it. */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly texts?: readonly { readonly text: string; readonly x: number; readonly y: number; readonly size?: number }[];
  readonly jpeg?: { readonly bytes: Uint8Array; readonly width: number; readonly height: number };
  /** Clockwise, in degrees. */
  readonly rotate?: 0 | 90 | 180 | 270;
}

export interface DrawnPdf {
  readonly pages: readonly DrawnPage[];
  readonly attachment?: { readonly name: string; readonly bytes: Uint8Array };
  readonly encrypted?: boolean;
}

/** Writes a small PDF 1.7: Courier in WinAnsi, pictures as they come (DCTDecode), an embedded file. */
export function drawPdf({ pages, attachment, encrypted = false }: DrawnPdf): Uint8Array {
  const objects: Buffer[] = [];
  const add = (content: string | Buffer): number => objects.push(Buffer.from(content));
  const stream = (entries: string, bytes: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from(`<< ${entries} /Length ${bytes.length} >>\nstream\n`),
      bytes,
      Buffer.from('\nendstream'),
    ]);
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>');
  const tree = add('');
  const kids = pages.map((page) => {
    const picture =
      page.jpeg === undefined
        ? null
        : add(
            stream(
              `/Type /XObject /Subtype /Image /Width ${page.jpeg.width} /Height ${page.jpeg.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
              page.jpeg.bytes,
            ),
          );
    const content = add(stream('', Buffer.from(contentOf(page), 'latin1')));
    const resources = `<< /Font << /F1 ${font} 0 R >> ${picture === null ? '' : `/XObject << /Im1 ${picture} 0 R >>`} >>`;
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Rotate ${page.rotate ?? 0} /Resources ${resources} /Contents ${content} 0 R >>`,
    );
  });
  objects[tree - 1] = Buffer.from(
    `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`,
  );
  let names = '';
  if (attachment !== undefined) {
    const file = add(stream('/Type /EmbeddedFile /Subtype /text#2Fxml', attachment.bytes));
    const specification = add(
      `<< /Type /Filespec /F (${attachment.name}) /UF (${attachment.name}) /EF << /F ${file} 0 R >> /AFRelationship /Alternative >>`,
    );
    names = `/Names << /EmbeddedFiles << /Names [(${attachment.name}) ${specification} 0 R] >> >>`;
  }
  const catalog = add(`<< /Type /Catalog /Pages ${tree} 0 R ${names} >>`);
  const lock = encrypted
    ? add(`<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${'a1'.repeat(32)}> /U <${'b2'.repeat(32)}> >>`)
    : null;
  return assemble(objects, `/Root ${catalog} 0 R ${lock === null ? '' : `/Encrypt ${lock} 0 R /ID [<01> <01>]`}`);
}

function contentOf({ width, height, texts = [], jpeg }: DrawnPage): string {
  const picture = jpeg === undefined ? '' : `q ${width} 0 0 ${height} 0 0 cm /Im1 Do Q\n`;
  const rows = texts.map(
    ({ text, x, y, size = 10 }) =>
      `BT /F1 ${size} Tf ${x} ${height - y} Td (${text.replace(/[()\\]/g, '\\$&').replaceAll('€', '\\200')}) Tj ET`,
  );
  return picture + rows.join('\n');
}

function assemble(objects: readonly Buffer[], trailer: string): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = parts[0]?.length ?? 0;
  const offsets = objects.map((object, i) => {
    const offset = at;
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(part);
    at += part.length;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
