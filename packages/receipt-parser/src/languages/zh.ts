import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const zh: Language = {
  code: 'zh',
  signs: {
    count: terms`件数 | 件數 | 数量`,
    service_charge: terms`服务费 | 服務費`,
    tax: terms`税额 | 稅額 | 营业税 | 營業稅`,
    discount: terms`优惠 | 折扣 | 優惠 | 减免 | 立减`,
    tendered: terms`现金 | 現金 | 支付宝 | 微信 | 银联 | 信用卡 | 收款`,
    total: terms`总计 | 總計 | 合计 | 应付 | 應付 | 实付 | 實付 | 实收 | 应收 | 总额 | 總額 | 总金额 | 合計 | 共计`,
    subtotal: terms`小计`,
    change: terms`找零`,
    tip: terms`小费 | 小費`,
    rounding: terms`抹零 | 四舍五入`,
  },
  phrases: {
    refund: terms`退款 | 退货 | 退貨`,
    paid_by_cash: terms`现金 | 現金`,
    date_label: terms`日期 | 时间 | 時間`,
    legal_form: terms`有限公司`,
    discount_row: terms`优惠 | 優惠 | 折扣 | 减免 | 立减`,
    discount_first: terms`折扣`,
  },
};
