import * as z from 'zod';

/**
 * An object of a stored document. What is not known is kept: two releases run side by side during an upgrade, and the
 * older one must not drop what the newer one wrote. The inferred type names the known fields only.
 */
export function storedObject<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  return z.looseObject(shape);
}

/**
 * The fields of a stored object that its schema does not name: those of a later release. What writes a record or a
 * document anew carries them over.
 */
export function unknownFields(schema: z.ZodObject, stored: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => !Object.hasOwn(schema.shape, name)));
}
