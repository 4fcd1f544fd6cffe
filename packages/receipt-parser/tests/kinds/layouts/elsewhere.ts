import type { ExpectedReceipt } from '../countries/expected-receipt.ts';

/** Small receipts in layouts that shops elsewhere have; each as an engine of lines and one of columns gives it. */
export const RECEIPTS: readonly ExpectedReceipt[] = [
  {
    name: 'de-charges-before-sum',
    rows: [
      'Bäckerei Lindner', 'Torstraße 12', '10119 Berlin', 'Tel. 030 4430012', '14.05.2024 08:12 Bon 4711',
      '2 x 0,45 | 0,90 A', 'Roggenbrötchen', 'Laugenstange | 1,20 A', 'Kaffee groß | 3,10 B',
      'SUMME EUR | 5,20', 'Gegeben BAR | 10,00', 'Rückgeld | 4,80',
      'Satz | Netto | Steuer | Brutto', 'A 7% | 1,96 | 0,14 | 2,10', 'B 19% | 2,61 | 0,49 | 3,10',
    ],
    values: { merchant: 'Bäckerei Lindner', date: '2024-05-14', total: '5.20', currency: 'EUR', taxes: ['0.14', '0.49'], tendered: '10.00', change: '4.80', reasons: [] },
    amounts: ['0.90', '1.20', '3.10'],
  },
  {
    name: 'de-pfand-and-carry-over',
    rows: [
      'Getränkemarkt Huber', 'Am Bach 3, 83646 Bad Tölz', 'Datum: 03.02.2023', 'Mineralwasser 12er | 5,49',
      'Pfand | 3,30', 'Spezi Kasten | 11,99', 'Pfand | 3,10', 'Zwischensumme | 23,88', 'Leergut | -6,60', 'Zu zahlen | 17,28',
      'EC-Karte | 17,28', 'MwSt 19% enthalten | 2,76',
    ],
    values: { merchant: 'Getränkemarkt Huber', date: '2023-02-03', total: '17.28', currency: 'EUR', reasons: [] },
  },
  {
    name: 'fr-service-compris',
    rows: [
      'LE PETIT ZINC', '11 rue Saint-Benoît 75006 PARIS', 'SIRET 552 100 554 00013', 'Table 14   Couverts 2',
      'Le 21/11/2023 à 13h42', '2 PLAT DU JOUR | 33,00', '1 1/2 BADOIT | 4,50', '2 CAFE | 5,20', 'TOTAL TTC | 42,70',
      'DONT TVA 10,00% | 3,88', 'Service compris 15%', 'CB | 42,70', 'Merci de votre visite',
    ],
    values: { merchant: 'LE PETIT ZINC', date: '2023-11-21', total: '42.70', currency: 'EUR', taxes: ['3.88'], reasons: [] },
    amounts: ['33.00', '4.50', '5.20'],
  },
  {
    name: 'fr-remise-carte',
    rows: [
      'CARREFOUR CITY LYON', '04 78 37 11 20', '08/03/24 19:05 caisse 002', 'BANANE BIO 1,124 kg x 2,19 | 2,46',
      'YAOURT NAT X8 | 2,35', 'REMISE IMMEDIATE | -0,70', 'BEURRE DOUX 250G | 2,89', '4 ARTICLES', 'TOTAL A PAYER | 7,00', 'CARTE BANCAIRE | 7,00',
      'TVA 5,5% HT 6,64 | 0,36',
    ],
    values: { merchant: 'CARREFOUR CITY LYON', date: '2024-03-08', total: '7.00', currency: 'EUR' },
  },
  {
    name: 'es-base-and-cuota',
    rows: [
      'BAR CASA MANOLO', 'C/ Toledo 44, 28005 Madrid', 'NIF: 51478963K', 'Factura simplificada 2024/00871', '17-01-24 14:31',
      'Uds Descripcion | Precio | Importe', '2 Caña | 1,80 | 3,60', '1 Racion calamares | 12,50 | 12,50', '3 Pan | 0,60 | 1,80',
      'Base imponible | 16,27', 'IVA 10% | 1,63', 'TOTAL | 17,90', 'Entregado | 20,00', 'Cambio | 2,10', 'Gracias por su visita',
    ],
    values: { merchant: 'BAR CASA MANOLO', date: '2024-01-17', total: '17.90', currency: 'EUR', taxes: ['1.63'], tendered: '20.00', change: '2.10', reasons: [] },
    amounts: ['3.60', '12.50', '1.80'],
  },
  {
    name: 'it-documento-commerciale',
    rows: [
      'TRATTORIA DA NELLO', 'di Rossi Mario', 'Via dei Serragli 8', '50124 Firenze FI', 'P.IVA 04821360488', 'DOCUMENTO COMMERCIALE', 'di vendita o prestazione',
      'DESCRIZIONE | IVA | Prezzo(€)', 'COPERTO X2 | 10,00% | 4,00', 'RIBOLLITA | 10,00% | 9,00', 'BISTECCA | 10,00% | 28,00',
      'TOTALE COMPLESSIVO | 41,00', 'di cui IVA | 3,73', 'Pagamento elettronico | 41,00', 'Importo pagato | 41,00', '12-10-2023 21:48', 'DOCUMENTO N. 0214-0031',
    ],
    values: { merchant: 'TRATTORIA DA NELLO', date: '2023-10-12', total: '41.00', currency: 'EUR', taxes: ['3.73'], reasons: [] },
    amounts: ['4.00', '9.00', '28.00'],
  },
  {
    name: 'pt-recibo-troco',
    rows: [
      'PASTELARIA SUICA', 'Praça do Rossio 96 Lisboa', 'NIF 501234560', 'Fatura Simplificada FS 2023/4410', '2023-06-09 10:22:41',
      'Galão | 1,50 B', 'Pastel de nata 3 x 1,20 | 3,60 B', 'Sumo laranja | 3,40 B', 'Total | 8,50', 'Numerário | 10,00', 'Troco | 1,50',
      'Taxa | Base | IVA', 'B 13,00% | 7,52 | 0,98',
    ],
    values: { merchant: 'PASTELARIA SUICA', date: '2023-06-09', total: '8.50', currency: 'EUR', taxes: ['0.98'], tendered: '10.00', change: '1.50', reasons: [] },
    amounts: ['1.50', '3.60', '3.40'],
  },
  {
    name: 'br-nfce',
    rows: [
      'SUPERMERCADO BOM PREÇO LTDA', 'CNPJ: 12.345.678/0001-90', 'Av. Paulista 1500 - São Paulo - SP', 'DANFE NFC-e Documento Auxiliar',
      '# COD DESC QTD UN VL UN | VL TOTAL', '001 7891000100103 LEITE INTEGRAL 1L', '2 UN x 5,49 | 10,98', '002 7896004000123 ARROZ TIPO 1 5KG', '1 UN x 27,90 | 27,90',
      'QTD. TOTAL DE ITENS | 2', 'VALOR TOTAL R$ | 38,88', 'DESCONTOS R$ | 1,88', 'VALOR A PAGAR R$ | 37,00', 'FORMA DE PAGAMENTO', 'Cartão de Débito | 37,00',
      'Tributos Totais Incidentes (Lei 12.741/12) | 9,41', 'NFC-e nº 000123456 Série 001 05/08/2023 18:44:10',
    ],
    values: { merchant: 'SUPERMERCADO BOM PREÇO LTDA', date: '2023-08-05', total: '37.00', currency: 'BRL', reasons: [] },
    amounts: ['10.98', '27.90'],
  },
  {
    name: 'pl-paragon',
    rows: [
      'PIEKARNIA ZŁOTY KŁOS', 'ul. Długa 15, 31-146 Kraków', 'NIP 676-22-11-345', 'PARAGON FISKALNY', 'CHLEB RAZOWY | 1 x6,90 | 6,90C', 'DROZDZOWKA | 3 x3,50 | 10,50B',
      'SPRZED. OPOD. PTU B | 10,50', 'PTU B 8% | 0,78', 'SPRZED. OPOD. PTU C | 6,90', 'PTU C 5% | 0,33', 'SUMA PTU | 1,11', 'SUMA PLN | 17,40', '00012 #001 KIEROWNIK 2024-02-17 07:35', 'GOTÓWKA PLN | 20,00', 'RESZTA PLN | 2,60',
    ],
    values: { merchant: 'PIEKARNIA ZŁOTY KŁOS', date: '2024-02-17', total: '17.40', currency: 'PLN', taxes: ['0.78', '0.33'], tendered: '20.00', change: '2.60', reasons: [] },
    amounts: ['6.90', '10.50'],
  },
  {
    name: 'cz-celkem-zaokrouhleni',
    rows: [
      'Potraviny U Nádraží', 'Nádražní 12, Brno', 'IČO: 27082440 DIČ: CZ27082440', 'Účtenka č. 10045', '12.9.2023 16:08', 'Rohlík 5 ks x 3,50 | 17,50', 'Mléko polotučné | 21,90', 'Eidam 30% | 45,30',
      'Mezisoučet | 84,70', 'Zaokrouhlení | 0,30', 'Celkem k úhradě Kč | 85,00', 'Hotovost | 100,00', 'Vráceno | 15,00', 'DPH 15% základ 73,65 | 11,05',
    ],
    values: { merchant: 'Potraviny U Nádraží', date: '2023-09-12', total: '85.00', currency: 'CZK', rounding: '0.30', tendered: '100.00', change: '15.00', reasons: [] },
    amounts: ['17.50', '21.90', '45.30'],
  },
  {
    name: 'hu-nyugta',
    rows: [
      'SPAR MAGYARORSZÁG KFT.', '2060 Bicske, SPAR út', 'Adószám: 10485824-2-07', '--- NYUGTA ---', 'C00 TEJ 2,8% 1L | 399', 'C00 KENYÉR FEHÉR | 749', '2 db x 259 Ft', 'A00 TÚRÓ RUDI | 518',
      'RÉSZÖSSZESEN: | 1 666 Ft', 'ÖSSZESEN: | 1 666 Ft', 'KEREKÍTÉS | -1 Ft', 'KÉSZPÉNZ | 2 000 Ft', 'VISSZAJÁRÓ | 335 Ft', '2024.03.28. 11:20',
    ],
    values: { date: '2024-03-28', currency: 'HUF', tendered: '2000', change: '335' },
  },
  {
    name: 'ro-bon-fiscal',
    rows: [
      'S.C. PANIFCOM S.R.L.', 'Str. Moara de Foc 35, Iasi', 'C.I.F. RO 1962140', '2.000 BUC X 2.50', 'FRANZELA ALBA | 5.00 B', '1.000 BUC X 18.90', 'CAS VACA | 18.90 B', 'SUBTOTAL | 23.90', 'TOTAL LEI | 23.90', 'TOTAL TVA B 9% | 1.97', 'NUMERAR LEI | 50.00', 'REST LEI | 26.10', 'DATA: 07/11/2023 ORA: 17-03-22',
    ],
    values: { date: '2023-11-07', total: '23.90', currency: 'RON', tendered: '50.00', change: '26.10', reasons: [] },
    amounts: ['5.00', '18.90'],
  },
  {
    name: 'gr-apodeixi',
    rows: [
      'ΤΑΒΕΡΝΑ Ο ΚΩΣΤΑΣ', 'ΑΔΡΙΑΝΟΥ 116 ΑΘΗΝΑ', 'ΑΦΜ: 045678912 ΔΟΥ: Α ΑΘΗΝΩΝ', 'ΑΠΟΔΕΙΞΗ ΛΙΑΝΙΚΗΣ', 'ΧΩΡΙΑΤΙΚΗ | 8,50', 'ΜΟΥΣΑΚΑΣ | 11,00', 'ΡΕΤΣΙΝΑ 500ML | 6,50', 'ΣΥΝΟΛΟ | 26,00', 'ΜΕΤΡΗΤΑ | 30,00', 'ΡΕΣΤΑ | 4,00', 'ΦΠΑ 13% | 2,99', '18/07/2023 22:41',
    ],
    values: { merchant: 'ΤΑΒΕΡΝΑ Ο ΚΩΣΤΑΣ', date: '2023-07-18', total: '26.00', currency: 'EUR', tendered: '30.00', change: '4.00', reasons: [] },
    amounts: ['8.50', '11.00', '6.50'],
  },
  {
    name: 'ru-kassovy-chek',
    rows: [
      'ООО "ВЕКТОР"', 'г. Казань, ул. Баумана 20', 'ИНН 1655123456', 'КАССОВЫЙ ЧЕК', 'ПРИХОД', 'Хлеб Бородинский', '2 x 48,00 | =96,00', 'Кефир 1% 900г', '1 x 79,90 | =79,90', 'ИТОГ | =175,90', 'НАЛИЧНЫМИ | =200,00', 'СДАЧА | =24,10', 'СУММА НДС 10% | =15,99', '14.10.23 09:17', 'ФН 9960440301173123',
    ],
    values: { date: '2023-10-14', total: '175.90', currency: 'RUB', tendered: '200.00', change: '24.10', reasons: [] },
    amounts: ['96.00', '79.90'],
  },
  {
    name: 'ua-fiskalnyi-chek',
    rows: [
      'ТОВ "СІЛЬПО-ФУД"', 'м. Львів, вул. Городоцька 179', 'ПН 407201926538', 'Молоко 2,5% 900г | 42,90 А', '1.250 x 38.00', 'Яблука Гала | 47,50 А', 'СУМА | 90,40', 'ПДВ А 20% | 15,07', 'ГОТІВКА | 100,00', 'РЕШТА | 9,60', '21.04.2024 18:33:05', 'ФІСКАЛЬНИЙ ЧЕК',
    ],
    values: { date: '2024-04-21', total: '90.40', currency: 'UAH', taxes: ['15.07'], tendered: '100.00', change: '9.60', reasons: [] },
    amounts: ['42.90', '47.50'],
  },
  {
    name: 'bg-fiskalen-bon',
    rows: [
      'ФРЕШ МАРКЕТ ЕООД', 'гр. София, бул. Витоша 48', 'ЕИК 203456789', 'ХЛЯБ ДОБРУДЖА | 1.89 Б', 'СИРЕНЕ 400Г | 7.49 Б', 'ОБЩА СУМА | 9.38', 'В БРОЙ ЛВ | 10.00', 'РЕСТО ЛВ | 0.62', '02-12-2023 12:01:55', 'ФИСКАЛЕН БОН',
    ],
    values: { date: '2023-12-02', total: '9.38', currency: 'BGN', tendered: '10.00', change: '0.62', reasons: [] },
    amounts: ['1.89', '7.49'],
  },
  {
    name: 'tr-fis',
    rows: [
      'YILDIZ MARKET GIDA LTD.STI.', 'BAGDAT CAD. NO:44 KADIKOY/ISTANBUL', 'GOZTEPE V.D. 9876543210', 'TARIH: 19.03.2024 SAAT: 14:20', 'FIS NO: 0047', 'EKMEK %1 | *15,00', 'AYRAN 1LT %10 | *42,50', 'DETERJAN %20 | *189,90', 'TOPKDV | *35,66', 'TOPLAM | *247,40', 'NAKIT | *250,00', 'PARA USTU | *2,60',
    ],
    values: { date: '2024-03-19', total: '247.40', currency: 'TRY', tendered: '250.00', change: '2.60', reasons: [] },
    amounts: ['15.00', '42.50', '189.90'],
  },
  {
    name: 'se-kvitto-oresavrundning',
    rows: [
      'Sjöbergs Konditori', 'Storgatan 8, Umeå', 'Org.nr 556677-8899', 'Kvitto 10231  2023-12-13 15:09', '2 st Lussekatt à 28,00 | 56,00', 'Kaffe | 35,50', 'Öresavrundning | 0,50', 'Att betala SEK | 92,00', 'Kontant | 100,00', 'Tillbaka | 8,00', 'Moms% Netto Moms Brutto', '12,00 | 81,70 | 9,80 | 91,50',
    ],
    values: { merchant: 'Sjöbergs Konditori', date: '2023-12-13', total: '92.00', currency: 'SEK', rounding: '0.50', tendered: '100.00', change: '8.00', reasons: [] },
    amounts: ['56.00', '35.50'],
  },
  {
    name: 'no-pizzeria-mva-under',
    rows: [
      'PIZZERIA NAPOLI AS', 'Torggata 5, 0181 Oslo', 'Org.nr 912 345 678 MVA', 'Bord 12', '1 Margherita | 179,00', '2 Hansa 0,5 | 198,00', 'SUM | 377,00', 'Herav mva 25% | 39,60', 'Herav mva 25% | 35,80', 'Bankkort | 377,00', '04.05.2024 19:55',
    ],
    values: { merchant: 'PIZZERIA NAPOLI AS', date: '2024-05-04', total: '377.00', currency: 'NOK' },
    amounts: ['179.00', '198.00'],
  },
  {
    name: 'dk-drikkepenge',
    rows: [
      'CAFE NORDEN', 'Østergade 61 København K', 'CVR-nr 12345678', 'Bord 7  22/09-2023 20:14', '1 Stjerneskud | 185,00', '1 Fadøl 40 cl | 62,00', 'Subtotal | 247,00', 'Drikkepenge | 25,00', 'Total DKK | 272,00', 'Heraf moms 25% | 49,40', 'MasterCard | 272,00',
    ],
    values: { merchant: 'CAFE NORDEN', date: '2023-09-22', total: '272.00', subtotal: '247.00', tip: '25.00', currency: 'DKK', reasons: [] },
    amounts: ['185.00', '62.00'],
  },
  {
    name: 'fi-kuitti',
    rows: [
      'K-Market Kamppi', 'Urho Kekkosen katu 1, Helsinki', 'Y-tunnus 1234567-8', 'K1 M0231/4412 12:44 30.8.2023', 'RUISLEIPÄ | 2,79', 'KAHVI 500G | 6,49', 'PLUSSA-ETU | -1,00', 'YHTEENSÄ | 8,28', 'KORTTI | 8,28', 'ALV VEROTON VERO VEROLLINEN', '14% | 7,26 | 1,02 | 8,28',
    ],
    values: { merchant: 'K-Market Kamppi', date: '2023-08-30', total: '8.28', currency: 'EUR', taxes: ['1.02'], reasons: [] },
  },
  {
    name: 'nl-bon-statiegeld',
    rows: [
      'De Groene Winkel', 'Haarlemmerdijk 60', '1013 JE Amsterdam', 'Bon 4521', 'Havermelk | 1,99', 'Cola fles | 2,15', 'Statiegeld | 0,25', 'Korting 25% | -0,54', 'Totaal EUR | 3,85', 'PIN | 3,85', 'BTW laag 9% over 3,53 | 0,32', '11-04-2024 17:20',
    ],
    values: { merchant: 'De Groene Winkel', date: '2024-04-11', total: '3.85', currency: 'EUR' },
  },
  {
    name: 'ch-rappen-rounding',
    rows: [
      'Restaurant Krone', 'Marktgasse 3', '3011 Bern', 'Tisch 4   18.06.2023 13:05', '2 Tagesmenu  à 22.50 | 45.00', '1 Rivella 3dl | 4.80', '2 Espresso  à 4.40 | 8.80', 'Total CHF | 58.60', 'inkl. 7.7% MWST | 4.19', 'Total EUR 0.98 | 59.80', 'Twint | 58.60', 'Vielen Dank, auf Wiedersehen',
    ],
    values: { merchant: 'Restaurant Krone', date: '2023-06-18', total: '58.60', currency: 'CHF' },
    amounts: ['45.00', '4.80', '8.80'],
  },
  {
    name: 'jp-conbini',
    rows: [
      'ファミリーマート', '渋谷駅前店', '東京都渋谷区道玄坂2-1', '2023年11月5日(日) 18:22', '領収証', 'おにぎり鮭 | ¥150軽', '緑茶500ml | ¥138軽', 'レジ袋 | ¥3', '合計 | ¥291', '(10%対象 ¥3)', '(8%対象 ¥288)', '(内消費税等 ¥21)', 'お預り | ¥500', 'お釣り | ¥209',
    ],
    values: { date: '2023-11-05', total: '291', currency: 'JPY', tendered: '500', change: '209', reasons: [] },
    amounts: ['150', '138', '3'],
  },
  {
    name: 'jp-reiwa',
    rows: [
      '喫茶 さくら', '京都市中京区', '令和6年4月12日 14:05', 'ブレンド | 2 | 1,100', 'ケーキセット | 1 | 980', '小計 | 2,080', '外税10% | 208', '合計 | 2,288', '現金 | 3,000', 'お釣り | 712',
    ],
    values: { date: '2024-04-12', total: '2288', subtotal: '2080', currency: 'JPY', taxes: ['208'], tendered: '3000', change: '712', reasons: [] },
    amounts: ['1100', '980'],
  },
  {
    name: 'kr-card',
    rows: [
      '한옥카페', '서울 종로구 삼청로 22', '대표: 김민수 T: 02-720-1234', '2024-01-20 15:41', '아메리카노 | 2 | 9,000', '수제쿠키 | 1 | 4,500', '공급가액 | 12,273', '부가세 | 1,227', '합계금액 | 13,500', '신용카드 | 13,500',
    ],
    values: { date: '2024-01-20', total: '13500', currency: 'KRW', taxes: ['1227'], reasons: [] },
    amounts: ['9000', '4500'],
  },
  {
    name: 'tw-fapiao',
    rows: [
      '全家便利商店', '電子發票證明聯', '113年03-04月', 'AB-12345678', '2024-03-15 08:30:12', '隨機碼 4821  總計 65', '賣方 23060248', '茶葉蛋 | 2 | 26', '拿鐵中杯 | 1 | 39', '合計 | 65', '悠遊卡 | 65',
    ],
    values: { date: '2024-03-15', total: '65', currency: 'TWD' },
    amounts: ['26', '39'],
  },
  {
    name: 'cn-supermarket',
    rows: [
      '华联超市人民路店', '单号: 20240502003', '日期: 2024-05-02 19:22', '品名 数量 单价 金额', '鸡蛋 | 1 | 15.80 | 15.80', '酸奶 | 3 | 6.50 | 19.50', '合计: | 35.30', '优惠: | 0.30', '应收: | 35.00', '微信支付: | 35.00', '谢谢惠顾',
    ],
    values: { date: '2024-05-02', total: '35.00', currency: 'CNY', reasons: [] },
    amounts: ['15.80', '19.50'],
  },
  {
    name: 'th-buddhist-year',
    rows: [
      'ร้านส้มตำป้านิด', 'สุขุมวิท 38 กรุงเทพฯ', 'โทร 02-381-2233', '15/06/2566 12:40', 'ส้มตำไทย | 60.00', 'ไก่ย่าง | 120.00', 'ข้าวเหนียว 2 x 10.00 | 20.00', 'รวม | 200.00', 'เงินสด | 500.00', 'เงินทอน | 300.00',
    ],
    values: { date: '2023-06-15', total: '200.00', currency: 'THB', tendered: '500.00', change: '300.00', reasons: [] },
    amounts: ['60.00', '120.00', '20.00'],
  },
  {
    name: 'vn-hoa-don',
    rows: [
      'PHỞ THÌN BỜ HỒ', '61 Đinh Tiên Hoàng, Hà Nội', 'HÓA ĐƠN BÁN HÀNG', 'Ngày: 09/12/2023 Giờ vào: 11:20', 'Tên hàng SL Đ.Giá T.Tiền', 'Phở tái | 2 | 65.000 | 130.000', 'Quẩy | 3 | 5.000 | 15.000', 'Trà đá | 2 | 3.000 | 6.000', 'Tổng cộng: | 151.000', 'Tiền khách đưa: | 200.000', 'Trả lại: | 49.000',
    ],
    values: { date: '2023-12-09', total: '151000', currency: 'VND', tendered: '200000', change: '49000', reasons: [] },
    amounts: ['130000', '15000', '6000'],
  },
  {
    name: 'in-lakh-gst',
    rows: [
      'SRI LAKSHMI JEWELLERS', 'T. Nagar, Chennai 600017', 'GSTIN: 33AAACS1234F1Z5', 'Bill No: 2219  Date: 11-08-2023', 'Gold Chain 22K 18.2g | 1,02,300.00', 'Making charges | 5,100.00', 'Sub Total | 1,07,400.00', 'CGST 1.5% | 1,611.00', 'SGST 1.5% | 1,611.00', 'Grand Total | Rs. 1,10,622.00', 'Paid by UPI | 1,10,622.00',
    ],
    values: { merchant: 'SRI LAKSHMI JEWELLERS', date: '2023-08-11', total: '110622.00', subtotal: '107400.00', currency: 'INR', taxes: ['1611.00', '1611.00'], reasons: [] },
    amounts: ['102300.00', '5100.00'],
  },
  {
    name: 'in-round-off',
    rows: [
      'HOTEL SARAVANA BHAVAN', '77 Usman Road, Chennai', 'GSTIN 33AABCH1234K1ZP', 'Bill: 4452  Dt: 02/04/24 20:11', 'Item Qty Rate Amt', 'MASALA DOSA | 2 | 95.00 | 190.00', 'FILTER COFFEE | 2 | 42.00 | 84.00', 'Sub Total | 274.00', 'CGST @2.5% | 6.85', 'SGST @2.5% | 6.85', 'Round Off | 0.30', 'Net Amount | 288.00',
    ],
    values: { merchant: 'HOTEL SARAVANA BHAVAN', date: '2024-04-02', total: '288.00', subtotal: '274.00', rounding: '0.30', currency: 'INR', taxes: ['6.85', '6.85'], reasons: [] },
    amounts: ['190.00', '84.00'],
  },
  {
    name: 'ae-vat-included',
    rows: [
      'AL BAIK CAFETERIA LLC', 'Al Rigga St, Deira, Dubai', 'TRN 100354678900003', 'TAX INVOICE', 'Date 14/02/2024 Time 21:15', 'Shawarma Plate | 2 | 36.00', 'Laban | 2 | 8.00', 'Total (Incl. VAT) AED | 44.00', 'VAT 5% | 2.10', 'Net excl. VAT | 41.90', 'Cash | 50.00', 'Change | 6.00',
    ],
    values: { merchant: 'AL BAIK CAFETERIA LLC', date: '2024-02-14', total: '44.00', currency: 'AED', taxes: ['2.10'], tendered: '50.00', change: '6.00', reasons: [] },
    amounts: ['36.00', '8.00'],
  },
  {
    name: 'za-vat-and-rounding',
    rows: [
      'PICK N PAY SEA POINT', 'VAT NO 4090105588', 'TAX INVOICE', 'BREAD BROWN | R17.99', 'MILK 2L | R34.99', 'AVOS 2 @ 12.99 | R25.98', '4 ITEMS', 'TOTAL | R78.96', 'ROUNDING | -R0.06', 'DUE | R78.90', 'CASH | R100.00', 'CHANGE | R21.10', 'VAT 15% INCLUDED | R8.00', '2023/05/19 16:48',
    ],
    values: { merchant: 'PICK N PAY SEA POINT', date: '2023-05-19', total: '78.90', currency: 'ZAR', tendered: '100.00', change: '21.10', reasons: [] },
    amounts: ['17.99', '34.99', '25.98'],
  },
  {
    name: 'us-tip-lines-and-suggestions',
    rows: [
      'Blue Heron Tavern', '412 Harbor Ave', 'Portland, ME 04101', '(207) 555-0142', 'Server: Kim  Table 9', '08/19/2023 7:52 PM', '2 Lobster Roll | $58.00', '1 IPA Draft | $8.00', 'Subtotal | $66.00', 'Tax | $5.28', 'Total | $71.28', 'Suggested Gratuity', '18% | $11.88', '20% | $13.20', '22% | $14.52',
    ],
    values: { merchant: 'Blue Heron Tavern', date: '2023-08-19', total: '71.28', subtotal: '66.00', tip: null, currency: 'USD', taxes: ['5.28'], reasons: [] },
    amounts: ['58.00', '8.00'],
  },
  {
    name: 'us-split-tender-and-gift-card',
    rows: [
      'MAPLE HARDWARE', '55 Main St, Dayton, OH 45402', '937-555-0199', 'HEX BOLT 1/4 12CT | 4.79', 'WOOD GLUE 8OZ | 6.49', 'SUBTOTAL | 11.28', 'TAX 7.5% | 0.85', 'TOTAL | 12.13', 'GIFT CARD | 10.00', 'VISA 4421 | 2.13', 'CHANGE DUE | 0.00', '03/02/2024 10:15 AM',
    ],
    values: { merchant: 'MAPLE HARDWARE', date: '2024-03-02', total: '12.13', subtotal: '11.28', currency: 'USD', taxes: ['0.85'], reasons: [] },
    amounts: ['4.79', '6.49'],
  },
  {
    name: 'us-fuel-pump',
    rows: [
      'QUICK STOP #221', '9800 N Lamar Blvd', 'Austin, TX 78753', '05/11/2024 06:42 AM', 'Pump 04', 'UNLEADED', 'Gallons | 11.204', 'Price/Gal | $3.199', 'Fuel Total | $35.84', 'TOTAL | $35.84', 'DEBIT | $35.84',
    ],
    values: { merchant: 'QUICK STOP #221', date: '2024-05-11', total: '35.84', currency: 'USD', reasons: [] },
  },
  {
    name: 'ca-hst-and-cash-rounding',
    rows: [
      'Tim & Sons Coffee', '120 King St W', 'Toronto ON M5H 1J9', 'HST# 123456789RT0001', '2024-04-06 08:15', 'Lg Coffee | 2.19', 'Bagel w Cr Ch | 3.49', 'Subtotal | 5.68', 'HST 13% | 0.74', 'Total | $6.42', 'Rounding | -0.02', 'Cash | $10.00', 'Change | $3.60',
    ],
    values: { merchant: 'Tim & Sons Coffee', date: '2024-04-06', subtotal: '5.68', currency: 'CAD', taxes: ['0.74'], tendered: '10.00', change: '3.60' },
    amounts: ['2.19', '3.49'],
  },
  {
    name: 'mx-ticket',
    rows: [
      'ABARROTES DOÑA LUPITA', 'RFC: LUPA800101AB1', 'Av. Hidalgo 210, Guadalajara, Jal.', '23/ENE/2024 13:08', '1 COCA COLA 600ML | $18.00', '2 GANSITO | $36.00', '1 LECHE LALA 1L | $28.50', 'SUBTOTAL | $71.12', 'IVA 16% | $11.38', 'TOTAL | $82.50', 'EFECTIVO | $100.00', 'CAMBIO | $17.50',
    ],
    values: { merchant: 'ABARROTES DOÑA LUPITA', date: '2024-01-23', total: '82.50', currency: 'MXN', taxes: ['11.38'], tendered: '100.00', change: '17.50', reasons: [] },
    amounts: ['18.00', '36.00', '28.50'],
  },
  {
    name: 'cl-whole-pesos',
    rows: [
      'PANADERIA SAN CAMILO', 'RUT: 76.123.456-7', 'BOLETA ELECTRONICA N 88231', 'Santiago, 14-03-2024 19:01', 'MARRAQUETA 1,2 KG | $2.388', 'EMPANADA PINO x2 | $5.000', 'TOTAL | $7.388', 'EFECTIVO | $10.000', 'VUELTO | $2.612', 'IVA incluido 19% | $1.180',
    ],
    values: { merchant: 'PANADERIA SAN CAMILO', date: '2024-03-14', total: '7388', currency: 'CLP', tendered: '10000', change: '2612', reasons: [] },
    amounts: ['2388', '5000'],
  },
  {
    name: 'au-gst-and-eftpos-surcharge',
    rows: [
      'Little Fern Espresso', '14 Degraves St', 'Melbourne VIC 3000', 'ABN 51 824 753 556', 'TAX INVOICE', '17/02/2024 09:33', 'Flat White | $5.50', 'Avo Toast | $21.00', 'Subtotal | $26.50', 'Card surcharge 1.5% | $0.40', 'Total | $26.90', 'Includes GST | $2.45', 'EFTPOS | $26.90',
    ],
    values: { merchant: 'Little Fern Espresso', date: '2024-02-17', total: '26.90', subtotal: '26.50', currency: 'AUD', taxes: ['2.45'] },
    amounts: ['5.50', '21.00'],
  },
  {
    name: 'nz-eftpos',
    rows: [
      'FOUR SQUARE RAGLAN', 'GST NO: 88-123-456', '03-01-24 17:44', 'PINEAPPLE LUMPS 140G | 3.29', 'FARMHOUSE PIES 2PK | 7.99', 'TOTAL NZD | $11.28', 'EFTPOS | $11.28', 'GST INCLUDED | $1.47',
    ],
    values: { merchant: 'FOUR SQUARE RAGLAN', date: '2024-01-03', total: '11.28', currency: 'NZD', taxes: ['1.47'], reasons: [] },
    amounts: ['3.29', '7.99'],
  },
  {
    name: 'gb-optional-service',
    rows: [
      'THE LAMB & FLAG', '33 Rose St, London WC2E 9EB', 'VAT No 123 4567 89', 'Table 6  Covers 2', '25/11/2023 14:10', '2 Sunday Roast Beef | £39.00', '1 Pinot Noir 175ml | £9.50', 'Total | £48.50', 'Optional service 12.5% | £6.06', 'Total incl. service | £54.56', 'VAT @20% included | £8.08',
    ],
    values: { merchant: 'THE LAMB & FLAG', date: '2023-11-25', currency: 'GBP' },
    amounts: ['39.00', '9.50'],
  },
  {
    name: 'gb-clubcard-and-balance-due',
    rows: [
      'TESCO EXPRESS', 'Bath Road 0345 677 9999', 'SEMI SKIMMED MILK 2PT | £1.30', 'HASS AVOCADO TWIN | £1.90', 'Cc £1.50 | -£0.40', 'CLOSED CUP MUSHROOMS | £0.95', 'Subtotal | £4.15', 'Savings | -£0.40', 'TOTAL | £3.75', 'CARD | £3.75', 'Clubcard points | 3', '06/03/24 18:20',
    ],
    values: { merchant: 'TESCO EXPRESS', date: '2024-03-06', total: '3.75', currency: 'GBP' },
  },
  {
    name: 'id-indomaret',
    rows: [
      'INDOMARET', 'PT. INDOMARCO PRISMATAMA', 'JL. RAYA BOGOR KM 28 JAKARTA', 'NPWP 01.337.994.6-092.000', '17.02.24-19:44 2.0.15 T4K2 481522', 'INDOMIE GRG 85G | 5 | 3100 | 15,500', 'AQUA 600ML | 2 | 3900 | 7,800', 'ULTRA MILK CKL | 1 | 7200 | 7,200', 'HARGA JUAL : | 30,500', 'DISKON : | 1,500', 'TOTAL : | 29,000', 'TUNAI : | 50,000', 'KEMBALI : | 21,000', 'PPN : DPP= 26,126 PPN= | 2,874',
    ],
    values: { merchant: 'INDOMARET', date: '2024-02-17', total: '29000', currency: 'IDR', tendered: '50000', change: '21000', reasons: [] },
    amounts: ['15500', '7800', '7200'],
  },
  {
    name: 'sa-arabic-labels',
    rows: [
      'مطعم البيك', 'Albaik Restaurant', 'VAT 300012345600003', '2024/03/11 13:25', 'Chicken Meal | 2 | 36.00', 'Pepsi | 2 | 6.00', 'المجموع Total | 42.00', 'ضريبة VAT 15% | 5.48', 'نقدا Cash | 50.00', 'الباقي Change | 8.00',
    ],
    values: { date: '2024-03-11', total: '42.00', currency: 'SAR', taxes: ['5.48'], tendered: '50.00', change: '8.00', reasons: [] },
    amounts: ['36.00', '6.00'],
  },
  {
    name: 'us-refund-with-minus',
    rows: [
      'HARBOR OUTFITTERS', '18 Wharf St, Salem, MA 01970', 'RETURN RECEIPT', '10/07/2023 4:40 PM', 'RAIN JACKET M | -79.95', 'SUBTOTAL | -79.95', 'SALES TAX 6.25% | -5.00', 'TOTAL | -84.95', 'REFUND TO VISA 1188 | -84.95',
    ],
    values: { merchant: 'HARBOR OUTFITTERS', date: '2023-10-07', total: '-84.95', currency: 'USD', reasons: [] },
    amounts: ['-79.95'],
  },
  {
    name: 'de-card-slip-only',
    rows: [
      '*** KUNDENBELEG ***', 'Hotel Adler', 'Marktplatz 2', '88131 Lindau', 'Terminal-ID 54018822', 'TA-Nr 004512 BNr 0071', 'Kartenzahlung girocard', 'EUR 128,00', 'PAN ###########4471', 'Datum 09.09.2023 11:02 Uhr', 'Genehmigungs-Nr 331245', 'Zahlung erfolgt', 'BITTE BELEG AUFBEWAHREN',
    ],
    values: { date: '2023-09-09', total: '128.00', currency: 'EUR', items: [] },
  },
  {
    name: 'de-parking-ticket',
    rows: ['Parkhaus Altstadt', '79098 Freiburg', 'Einfahrt 12.01.2024 09:14', 'Ausfahrt 12.01.2024 11:40', 'Parkgebühr | 4,50 EUR', 'inkl. 19% MwSt | 0,72 EUR', 'Bezahlt mit EC'],
    values: { merchant: 'Parkhaus Altstadt', date: '2024-01-12', total: '4.50', currency: 'EUR' },
  },
  {
    name: 'at-kassenbeleg-two-row-items',
    rows: [
      'BILLA AG', 'Mariahilfer Str. 65', '1060 Wien', 'UID ATU12345678', 'BIO BANANEN', '0,862 kg x 1,99 €/kg | 1,72 B', 'VOLLMILCH 3,5% 1L', '2 x 1,39 | 2,78 B', 'Summe | € 4,50', 'Bankomat | € 4,50', 'B 10% | Netto 4,09 | MwSt 0,41', '22.12.2023 10:03 Filiale 0441',
    ],
    values: { merchant: 'BILLA AG', date: '2023-12-22', total: '4.50', currency: 'EUR', taxes: ['0.41'], reasons: [] },
    amounts: ['1.72', '2.78'],
  },
];
