import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const es: Language = {
  code: 'es',
  months: ['ENE', 'FEB', 'MAR', 'ABR', 'MAY', 'JUN', 'JUL', 'AGO', 'SEP SET', 'OCT', 'NOV', 'DIC'],
  weekdays: ['LUNES', 'MARTES DIMART', 'MIERCO', 'JUEVES', 'VIERNE', 'SABADO', 'DOMING'],
  labels: {
    strong_total: terms`A PAGAR`,
    amount: terms`IMPORTE\b | MONTO\b`,
    total: terms`IMPORTE\b | A PAGAR | TOTAL A PAGAR | MONTO TOTAL | TOTAL GENERAL | SUMA\b`,
    subtotal: terms`BASE IMP | NETO\b | OP\.? GRAVADA | VALOR NETO`,
    rounding: terms`REDONDE`,
    tax: terms`
      IMPUESTO\b | IGV\b | ITBIS\b | IVA\b | I\.V\.A | I\.G\.V | ITBMS\b | IEPS\b | ISV\b | IVU\b | IMPUESTOS?\b
      | IMPTO | CUOTA\b
    `,
    discount: terms`DESCUENTO | DCTO | DTO\b | AHORRO | REBAJA | BONIFICACION`,
    service_charge: terms`SERVICIO | CARGO POR SERVICIO | SERVICIO DE MESA`,
    tip: terms`PROPINA`,
    tendered: terms`EFECTIVO | TARJETA | PAGADO | PAGO\b | ENTREGADO | RECIBIDO | SU PAGO | TARJ\b | CONTADO | PAGA CON`,
    change: terms`CAMBIO\b | VUELTO | DEVOLUCION DE | SU CAMBIO`,
    count: terms`ARTICULOS`,
  },
  words: {
    article: terms`EL | LA | LOS | LAS`,
    date_joining: terms`DE | DEL`,
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
    fare: terms`\bPEAJE | APARCAMIENTO | ESTACIONAMIENTO | \bBILLETE\b | \bPASAJE`,
    card_slip: terms`TARJETA | COMERCIO | AUTORIZACION`,
    slogan: terms`CAJERO | ABIERTO | COPIA | LE ATENDIO | CLIENTE`,
    greeting: terms`BIENVENID[OA]S?(?: A)? | GRACIAS POR SU (?:VISITA|COMPRA)(?: A| EN)?`,
    refund: terms`DEVOLUCION$ | NOTA DE CREDITO | REEMBOLSO | ABONO$`,
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
    suggested_tip: terms`PROPINA SUGERIDA | SUGERENCIA DE PROPINA`,
    optional: terms`VOLUNTARI[AO] | NO INCLUIDA`,
  },
};
