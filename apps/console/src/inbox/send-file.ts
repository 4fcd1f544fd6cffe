import { ApiError, problemOf, type Schemas } from '../api/api.ts';

export type Submitted = { readonly image_id: string; readonly created: boolean };

/** Sends a file and tells how far it is, 0 to 1. XMLHttpRequest: fetch does not tell what of a body was sent. */
export function sendFile(file: File, onProgress: (share: number) => void): Promise<Submitted> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/images?file_name=${encodeURIComponent(file.name.slice(0, FILE_NAME_MAX))}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(new ApiError(0, 'UNREACHABLE', 'Slipstream does not answer.'));
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status === 202) resolve(body as Submitted);
      else reject(problemOf(request.status, body as Schemas['Problem']));
    };
    request.send(file);
  });
}

const FILE_NAME_MAX = 255;
