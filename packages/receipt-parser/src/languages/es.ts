import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const es: Language = {
  code: 'es',
  months: ['ENE', 'FEB', 'MAR', 'ABR', 'MAY', 'JUN', 'JUL', 'AGO', 'SEP SET', 'OCT', 'NOV', 'DIC'],
  labels: {
    total: terms`IMPORTE\b`,
    subtotal: terms`BASE IMP`,
    rounding: terms`REDONDE`,
    tax: terms`IMPUESTO\b | IGV\b | ITBIS\b`,
    discount: terms`DESCUENTO`,
    service_charge: terms`SERVICIO`,
    tip: terms`PROPINA`,
    tendered: terms`EFECTIVO | TARJETA | PAGADO | PAGO\b`,
    change: terms`CAMBIO\b | VUELTO`,
    count: terms`ARTICULOS`,
  },
  words: {
    place: terms`CALLE | AVENIDA | AVDA | AV | PASEO | COLONIA | COL`,
    region: terms`ESPANA | MEXICO`,
    trade: terms`RESTAURANTE | SUPERMERCADO | TIENDA | MERCADO | PANADERIA`,
    column: terms`CANT | PRECIO | IMPORTE | DESCRIPCION`,
    document: terms`FACTURA | RECIBO`,
    document_alone: terms`FACTURA`,
    number: terms`NUMERO | NRO`,
    phone: terms`TFNO`,
    joining: terms`Y`,
  },
  phrases: {
    date_label: terms`\bFECHA\b`,
    other_day: terms`CADUC`,
    time_label: terms`\bHORA\b`,
    opening_hours: terms`HORARIO`,
    tax_table: terms`\bTIPO\b.*\b(?:BASE|CUOTA)`,
    discount_row: terms`DESCUENTO`,
    discount_first: terms`DESCUENTO`,
    legal_form: terms`\bS\.?L\.?U?\.?$ | \bS\.A\.?(?: DE C\.?V\.?)? | \bSA DE CV\b`,
    no_name: terms`\bFACTURE?A?\b`,
    paid_by_card: terms`TARJETA`,
    paid_by_cash: terms`EFECTIVO`,
  },
};
