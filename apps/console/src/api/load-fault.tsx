import type { ApiError } from './api.ts';

/** Why something is not shown. That the server does not answer at all is said once, for the whole page. */
export function LoadFault({ error }: { readonly error: ApiError | null }) {
  if (error === null || error.status === 0) return null;
  return (
    <p role="alert" className="bad">
      {error.message}
    </p>
  );
}
