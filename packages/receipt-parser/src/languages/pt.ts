import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const pt: Language = {
  code: 'pt',
  months: ['JAN', 'FEV', 'MAR', 'ABR', 'MAI', 'JUN', 'JUL', 'AGO', 'SET', 'OUT', 'NOV', 'DEZ'],
  weekdays: ['SEGUND', 'TERCA', 'QUARTA', 'QUINTA', 'SEXTA', 'SABADO', 'DOMING'],
  labels: {
    aside: terms`TRIBUTOS | IMPOSTOS TOTAIS | VOCE ECONOMIZOU`,
    subtotal: terms`VALOR TOTAL DOS PROD | ILIQUIDO`,
    amount: terms`VALOR\b | MONTANTE\b`,
    total: terms`VALOR A PAGAR | TOTAL A PAGAR | A PAGAR`,
    strong_total: terms`A PAGAR`,
    rounding: terms`ARREDOND`,
    tax: terms`IVA\b | IMPOSTO\b | ICMS\b`,
    discount: terms`DESCONTO`,
    service_charge: terms`TAXA DE SERVICO`,
    tip: terms`GORJETA`,
    tendered: terms`DINHEIRO | CARTAO | PIX\b | MULTIBANCO | VALOR PAGO | VALOR RECEBIDO | CREDITO\b | DEBITO\b`,
    change: terms`TROCO`,
    count: terms`ARTIGOS | QTDE | QTD\b`,
  },
  words: {
    date_joining: terms`DE`,
    place: terms`RUA | PRACA | TRAVESSA`,
    region: terms`PORTUGAL | BRASIL`,
    trade: terms`FARMACIA | PASTELARIA`,
    column: terms`DESCRICAO | VALOR | PRECO`,
    document: terms`RECIBO | CUPOM`,
    joining: terms`E`,
  },
  phrases: {
    greeting: terms`BEM[- ]?VINDOS?(?: AO?)? | OBRIGADO`,
    refund: terms`DEVOLUCAO | NOTA DE CREDITO | ESTORNO`,
    date_label: terms`\bDATA\b`,
    time_label: terms`\bHORA\b`,
    discount_row: terms`DESCONTO`,
    discount_first: terms`DESCONTO`,
    legal_form: terms`\bLTDA\b | \bEIRELI\b`,
    paid_by_card: terms`CARTAO`,
    paid_by_cash: terms`DINHEIRO`,
  },
};
