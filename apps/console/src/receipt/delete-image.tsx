import { useRef, useState } from 'react';
import { go } from '../address/route.ts';
import { client, take } from '../api/api.ts';
import { TEXTS } from '../texts.ts';

const text = TEXTS.receipt;

/** Asks, then deletes the picture with all that was made of it. */
export function DeleteImage({ imageId }: { readonly imageId: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const remove = async () => {
    dialog.current?.close();
    try {
      await take(client.DELETE('/images/{image_id}', { params: { path: { image_id: imageId } } }));
      go('/find', 'replace');
    } catch (thrown) {
      setFault(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  return (
    <>
      <button type="button" className="danger" onClick={() => dialog.current?.showModal()}>
        {text.delete}
      </button>
      {fault ? (
        <span role="alert" className="bad">
          {fault}
        </span>
      ) : null}
      <dialog ref={dialog} aria-labelledby="delete-ask">
        <p id="delete-ask">{text.deleteAsk}</p>
        <div className="row">
          <button type="button" onClick={() => dialog.current?.close()}>
            {text.keep}
          </button>
          <button type="button" className="danger" onClick={remove}>
            {text.deleteYes}
          </button>
        </div>
      </dialog>
    </>
  );
}
