import { z } from 'zod';

/**
 * An object of a stored document. What is not known is kept: two releases run side by side during an upgrade, and the
 * older one must not drop what the newer one wrote. The inferred type names the known fields only.
 */
export function storedObject<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  return z.looseObject(shape);
}
