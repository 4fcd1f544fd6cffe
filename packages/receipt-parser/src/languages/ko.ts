import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const ko: Language = {
  code: 'ko',
  signs: {
    tax_base: terms`과세 ?물품 | 과세금액 | 면세 ?물품 | 공급가액 | 과세 ?매출`,
    total: terms`합계 | 결제금액 | 총액 | 총 ?금액 | 받을금액 | 받을 ?금액 | 합 ?계 | 판매금액 | 청구`,
    subtotal: terms`소계`,
    tax: terms`부가세 | 부가가치세`,
    discount: terms`할인`,
    service_charge: terms`봉사료 | 서비스료`,
    tendered: terms`현금 | 카드 | 받은 | 신용 | 받은 ?금액 | 결제`,
    change: terms`거스름`,
    count: terms`수량`,
    rounding: terms`반올림 | 절사`,
  },
  words: { phone: terms`전화` },
  phrases: {
    refund: terms`환불 | 반품`,
    date_label: terms`날짜`,
    time_label: terms`시간`,
    column_sign: terms`품명 | 수량 | 금액 | 단가`,
    discount_row: terms`할인`,
    discount_first: terms`할인`,
    address_stop: terms`영수증`,
    legal_form: terms`주식회사 | \(주\)`,
    registration: terms`事業者 | 사업자`,
    tax_id: terms`事業者 | 사업자 | 번호`,
    no_name: terms`영수증`,
    place_ending: terms`[시구동로]\s`,
    document_sign: terms`영수증번호[ :.]*`,
    paid_by_card: terms`카드`,
    paid_by_cash: terms`현금`,
  },
};
