import { TEXTS } from '../texts.ts';
import type { FieldContext } from './field-row.tsx';
import { FieldValue } from './field-value.tsx';
import { Confidence, Proposal } from './leaf-marks.tsx';
import { listRows, type ReceiptDocument } from './leaves.ts';

const text = TEXTS.receipt;

export function Items({ document, context }: { readonly document: ReceiptDocument; readonly context: FieldContext }) {
  const rows = listRows(document, 'line_items');
  const { lighting, editor, review } = context;
  const [first] = rows;
  const add = () =>
    void review.save({ op: 'add', list: 'line_items', values: { description: text.newItem, amount: '0.00' } });
  return (
    <section aria-labelledby="items">
      <h2 id="items">{text.items}</h2>
      {first ? (
        <table className="items">
          <thead>
            <tr>
              {first.fields.map(({ path, label, kind }) => (
                <th key={path} scope="col" className={kind === 'decimal' ? 'number' : undefined}>
                  {label}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{text.removeItem}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ index, fields }) => (
              <tr key={index}>
                {fields.map((field) => (
                  <td
                    key={field.path}
                    data-field={field.path}
                    className={`${field.kind === 'decimal' ? 'number' : ''} ${lighting.lit.has(field.path) ? 'lit' : ''}`}
                    onPointerEnter={() => lighting.onField(field.path)}
                    onPointerLeave={() => lighting.onField(null)}
                    onFocus={() => lighting.onField(field.path)}
                  >
                    <FieldValue field={field} editor={editor} missing="–" />
                    {field.path.endsWith('.amount') ? <Confidence leaf={field.leaf} /> : null}
                    <Proposal field={field} review={review} />
                  </td>
                ))}
                <td>
                  <button
                    type="button"
                    className="quiet"
                    aria-label={`${text.removeItem}: ${fields[0]?.leaf?.value ?? index + 1}`}
                    onClick={() => void review.save({ op: 'remove', list: 'line_items', at: index })}
                  >
                    ×
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p>
        <button type="button" onClick={add}>
          {text.addItem}
        </button>
      </p>
    </section>
  );
}
