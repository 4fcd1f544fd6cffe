import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const en: Language = {
  code: 'en',
  months: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  weekdays: ['MON MONDAY', 'TUE TUES', 'WED WEDNES', 'THU THUR THURS', 'FRI FRIDAY', 'SAT SATURD', 'SUN SUNDAY'],
  labels: {
    tax_base: terms`^TAXABLE | TAXABLE (?:AM|SALES|TOTAL|VALUE) | NON ?-?TAX | VATABLE | VAT ?-?EXEMPT | ZERO ?-?RATED`,
    amount: terms`AMOUNT\b | AMT\b | SALE\b | BALANCE\b | BAL\b | CHARGED\b | PRICE TO PAY`,
    total: terms`
      T[O0]T[A4][L1I](?!LY) | TOT\b | AM(?:OUN)?T DUE | AM(?:OUN)?T PAID | BALANCE DUE | TO PAY\b | PAYABLE | ^DUE\b
      | BILL AM(?:OUN)?T | NETT?\b | GRAND ?T[O0]TAL | SUB ?-?T[O0]TAL | NETT? ?T[O0]TAL | TDTAL | TTL\b | T[O0]TL\b | [0O]TAL\b | PAYMENT DUE | BAL(?:ANCE)? ?DUE | CHECK TOTAL | TOTALE?S? DUE
    `,
    strong_total: terms`
      GRAND | NETT?\b | PAYABLE | DUE\b | ROUND | TO PAY | INCL | AFTER | FINAL | SALES \(INCL | BILL
    `,
    subtotal: terms`
      SUB ?-?\.? ?T[O0]T | EXCL | EXC\. | BEFORE (?:TAX|GST|ROUND|DISC) | W\/O (?:TAX|GST) | WITHOUT (?:TAX|GST)
      | PRE-?TAX | ^TAXABLE | TAXABLE (?:AM|SALES|TOTAL|VALUE) | TOTAL TAXABLE | TOTAL SALES AMOUNT | ^GROSS\b | GROSS (?:AM|SALES|TOTAL|VALUE|PRICE) | TOTAL GROSS | VAT BASE | MERCHANDISE | SUB ?-?T[TL]+\b | SUB ?-?T[O0]?TL | S\/T[O0]TAL | SUB ?-?TDTAL | NETT? ?(?:SALES|TTL) | TOTAL BEFORE | FOOD TOTAL | ITEM(?:S)? TOTAL
    `,
    rounding: terms`R[O0]U[NR] ?D | RND | ADJUSTMENT | ADJ\b | CASH ROUND | SWEDISH ROUND`,
    tax: terms`TAX(?:ES)?\b | TAX ?\d{1,2}\b | SALES TX | STATE TX | SURTAX | CESS\b | NHIL\b | GST ?\d\b | HST ?\d\b`,
    discount: terms`
      DISC | COUPON | VOUCHER | PROMO | LESS\b | REDUCTION | MARKDOWN | MARK DOWN | OFFER\b | MEMBER SAV | CARD SAV | REWARDS? ?- | PRICE REDUCTION
    `,
    service_charge: terms`
      SERV(?:ICE|\.)? ?(?:CHARGE|CHG|CH\b|CHRG|TAX|\d|\() | SVC | ^SC$ | S\/C\b | SERVICE\b ?(?:@|:|$) | SERVICE (?:FEE|ADDED) | SRV ?CH | SVR? ?(?:CHG|CHRG|CRG|CC?H) | CONVENIENCE FEE | COVER CHARGE | CORKAGE | SVC ?CH
    `,
    tip: terms`TIPS?\b | GRATUIT`,
    deposit: terms`DEPOSIT`,
    tendered: terms`
      TENDER | CASH\b | DEBIT\b | CREDIT | PAID\b | PAYMENT | RECEIVED | REMITTED | CARD\b | PIN\b | PAY\b | EBT\b | CONTACTLESS | GIFT ?CARD | TEND\b | DISCOVER\b | EFT\b | EFTPOS | CHEQUE | CHIP\b | STORE CREDIT
    `,
    change: terms`CHANGE(?!ABLE) | CHG\b | CHANGE\b`,
    count: terms`
      QTY | QUANTITY | ITEMS?\b | PCS\b | PAX\b | UNITS?\b | ARTICLES? | POSITION | COVERS | GUESTS | PIECES\b
    `,
    aside: terms`
      POINTS\b | ^POINT\b | SAVING | SAVED?\b | YOU SAVE | BALANCE (?!DUE) | AVERAGE | AVG\b | REWARD | BONUS | LOYALTY | MTD
      | MEMBER | OUTSTANDING | CREDIT LIMIT | PER PAX | LIMIT\b | REDEEM
    `,
  },
  signs: { subtotal: terms`\(EX\)` },
  words: {
    date_joining: terms`OF`,
    ordinal: terms`ST | ND | RD | TH`,
    place: terms`
      PLAZA | LOT | UNIT | LEVEL | LVL | FLOOR | FLR | GROUND | BLOCK | BLK | MALL | STREET | ST | ROAD | RD | AVENUE | AVE
      | AVEVUE | BOULEVARD | BLVD | LANE | LN | DRIVE | DR | SQUARE | SQ | HIGHWAY | HWY | PARKWAY | PKWY | COURT | CT
      | PLACE | TERRACE | WAY | SUITE | STE | BUILDING | BLDG | TOWER | PARK | ESTATE | INDUSTRIAL | CITY | TOWN | NAGAR
      | MARG | SECTOR | PHASE | BARANGAY | BRGY | PO BOX | P\.O\. BOX | PO\. BOX | P\.O BOX | PAVILION | COMPLEX | ARCADE
      | GATEWAY | OFF
    `,
    region: terms`
      SINGAPORE | THAILAND | PHILIPPINES | AUSTRALIA | NEW ZEALAND | CANADA | USA | U\.S\.A | UNITED KINGDOM
      | UNITED STATES | ENGLAND | SCOTLAND | IRELAND | GERMANY | FRANCE | SPAIN | ITALY | INDIA | JAPAN | HONG KONG
    `,
    trade: terms`
      ENTERPRISES? | TRADING | RESTAURANTS? | CAFE | COFFEE | BISTRO | BAKERY | BAKERIES | CONFECTIONERY | KITCHEN | GRILL
      | PIZZA | SUSHI | NOODLES? | BURGERS? | FOODS? | STATIONERY | BOOKS? | BOOKSHOP | BOOKSTORE | HARDWARE | ELECTRICAL
      | ELECTRONICS | SUPPLY | SUPPLIES | SERVICES? | STORES? | SHOP | SHOPPE | MART | MINIMARKET | MARKET | SUPERMARKET
      | HYPERMARKET | PHARMACY | CLINIC | CENTRE | CENTER | GROUP | HOLDINGS? | INDUSTRY | INDUSTRIES | COMPANY | MARKETING
      | DISTRIBUTORS? | RESOURCES | INTERNATIONAL | BROTHERS | SONS | HOTEL | SALON | SPA | OPTICAL | FASHION | FURNITURE
      | FURNISHING | MOTORS? | AUTO | PETROL | STATION | FUEL | GROCER[SY]? | GROCERIES | FRESH | SEAFOOD | BAR | PUB | DELI
      | KIOSK | STUDIO | GALLERY | OUTLET | VENTURES? | BEAUTY | TOYS? | SPORTS? | TELECOM | HEALTHCARE | FRUITS? | CATERING
      | CHICKEN | TAILORING | HANDICRAFT | WAREHOUSE | SEAFOODS? | CO | DINER | TAVERN | INN | FLORIST | LAUNDRY
      | DELICATESSEN | STEAKHOUSE | IZAKAYA | BUTCHERS?
    `,
    column: terms`
      QTY | QUANTITY | QNTY | DESCRIPTION | DESC | ITEMS? | PRICE | U\/?P | UNIT | AMOUNT | AMT | TOTAL | DISC | RATE
      | PARTICULARS | PRODUCT | CODE
    `,
    document: terms`
      INVOICE | INVOLCE | INV | RECEIPT | RECPT | RCPT | BILL | DOCUMENT | DOC | SLIP | CHECK | TICKET | TAXINV
    `,
    document_alone: terms`INVOICE | RECEIPT | BILL | DOC | SLIP | TICKET | CHECK`,
    transaction: terms`TRANS(?:ACTION)? | TRN | TRX | ORDER | REF`,
    number: terms`NUMBER | NUM | NO | ID`,
    phone: terms`TEL(?:EFON|EPHONE|EFONO|EFONE|\.?NO)? | PHONE | PH | H\/P | HP | MOBILE | CONTACT | HOTLINE | T`,
    head_label: terms`
      TEL | PHONE | PH | FAX | TELEPHONE | MOBILE | HP | H\/P | HOTLINE | WHATSAPP | CONTACT | EMAIL | E-MAIL | WEB
      | WEBSITE | TAX | REG | CO | COMPANY | INVOICE | RECEIPT | BILL | CASH | DATE | TIME | TABLE | CASHIER | SLIP
      | POSTED | OWNED | SIMPLIFIED | INV | TICKET | TRANS | STAFF | SERVER | COUNTER | POS | ORDER | MEMBER | ITEM | QTY
      | STORE | TERMINAL | GUEST | DEPT | DOC | MANAGER | OPERATOR
    `,
    head_number: terms`NO | NUM | NUMBER | ID | REG | INVOICE | CODE | BILL`,
    unfinished: terms`AND | OF | THE`,
    article: terms`THE`,
    joining: terms`CO | AND`,
  },
  phrases: {
    card_slip: terms`\bCARD\b | \bVISA\b | MASTERCARD | APPROV | \bAUTH | TERMINAL | MERCHANT | \bDEBIT\b | \bCREDIT\b | \bCOPY\b | \bTID\b | \bAID\b | CUSTOMER COPY`,
    tare: terms`^\W*TARE\b`,
    slogan: terms`
      EVERY ?DAY | \bQUALITY YOU | GREAT SERVICE | \bLIVE WELL | YOUR (?:NEIGHBOU?RHOOD|LOCAL|FAVOU?RITE) | YOU CAN TRUST | COME AGAIN | PLEASE | YOUR GUEST NUMBER | ORDER NUMBER | \bSURVEY | FEEDBACK | (?<!DUTY )\bFREE\b | BUY ONE | \bVALID\b
      | OPEN (?:DAILY|\d|EVERY|FROM|7|24) | \bHOURS\b | \bSINCE ?\d{4} | \bEST\.? ?\d{4} | TELL ?US | \bOUR STORE\b
      | APPROVED | CUSTOMER RECEIPT | MERCHANT COPY | ORIGINAL | \bAUTH | STORE MANAGER | \bMANAGER\b
      | OWNED AND OPERATED | ^\W*(?:OWNED|OPERATED|MANAGED|RUN) BY\b | ^\W*A (?:DIVISION|BRAND|TRADING NAME) OF\b | VISIT US | FOLLOW US | \bDEPT\b | TAKE ?OUT | EAT IN | DINE IN | TO ?GO\b | DELIVERY
      | PROUDLY | AUTHENTIC | FINE FOOD | SERVED BY
    `,
    greeting: terms`
      (?:WE ?LCOME|THANK ?YOU|THANKS) ?(?:FOR (?:SHOPPING|STOPPING|DINING|VISITING|COMING|EATING|CHOOSING) ?(?:AT|TO|WITH|US|IN)?|TO|AT)?
      | HELLO\b | HI\b | GOOD (?:MORNING|EVENING|DAY)
    `,
    document_kind: terms`RECEIPT | SLIP | COPY | TRANSACTION | NOTE | VOUCHER`,
    refund: terms`REFUND | CREDIT NOTE | MERCHANDISE RETURN | \bRETURN(?: RECEIPT| SLIP)?$ | SALES? RETURN | CREDIT MEMO`,
    optional: terms`OPTIONAL | NOT INCLUDED | IF YOU WISH | DISCRETIONARY.*NOT`,
    suggested_tip: terms`
      TIP GUIDE | SUGGEST | GRATUITY (?:GUIDE|CALC|TABLE) | TIP CALC | TIP (?:TABLE|OPTIONS|CHART) | RECOMMENDED
      | FOR YOUR CONVENIENCE | YOUR CONVENIENCE
    `,
    sum_row: terms`T[O0]T[A4][L1I] | \bCASH\b | \bCARD\b | \bDUE\b | \bCHANGE\b`,
    date_label: terms`\bDATE?\b | \bDT\b | BIZDATE`,
    other_day: terms`
      EXP | VALID | DUE | BIRTH | DOB | MEMBER SINCE | BEFORE | UNTIL | RETURN | \bUSE BY\b | BEST B | TILL | EFFECTIVE
    `,
    time_label: terms`\bTIME\b`,
    opening_hours: terms`\bHOURS?\b | \bHRS\b | OPEN`,
    tax_part: terms`
      \b(?:GST|SST|VAT|TAX|MWST|TVA|IVA|BTW|MOMS)\b.*\bINCL\w* IN\b | \bT[O0]TAL INCLUDED?\u0020
      | \bINCLUSIVE OF\b.*\bBILL\b.*(?:GST|TAX) | \bTHEREOF | \((?:BILL|TOTAL) INCL.*(?:GST|TAX)
    `,
    included: terms`INCL`,
    inclusive: terms`INCL | INC\. | \bWITH\b | AFTER`,
    saving: terms`SAV`,
    not_subtotal: terms`TAX AM | INCL(?!.*EXCL)`,
    after_discount: terms`AFTER | NETT?\b`,
    total_of_taxes: terms`T[O0]T[A4]L.*(?:PAYABLE|DUE\b) | GRAND | SALES | \+ | &`,
    rounded_total: terms`
      ROUND(?:ED)?\W*(?:UP\W*)?$ | R[O0]U[NR] ?D ?(?:E?D)? T[O0]TAL | TOTAL.*(?:AFTER|ROUND) | PAYABLE | AFTER
    `,
    total_of: terms`T[O0]T[A4][L1I]\W{0,3}(?:NO\.?|NUMBER|OF|\W)*`,
    count_total: terms`(?:QTY|QUANTITY)\W+T[O0]TAL`,
    paid_total: terms`TENDER | RECEIVED | TOTAL PAID | TOTAL PAYMENT`,
    final_total: terms`GRAND | PAYABLE | R[O0]U[NR] ?D | AMOUNT DUE | BALANCE DUE | NETT? TOTAL | TO PAY | AFTER`,
    tax_base: terms`TAX(?:ABLE)? (?:AMOUNT|BASE)`,
    tax_table: terms`
      (?:GST|TAX|VAT|SST|MWST|TVA|IVA|BTW|MOMS|STEUER).{0,4}(?:SUMMARY|ANALYSIS|BREAKDOWN|SUMM|CODE|RATE|DETAIL|SPEC)
      | ^TAX ?(?:CODE|TYPE) | \bUMMARY\b
    `,
    tax_table_end: terms`GRAND | PAYABLE | DUE | NETT?\b | AMOUNT | SALES | BILL`,
    items_title: terms`\bQTY\b | \bDESC\w*\b | \bITEM\b | \bPRICE\b | \bU\.?\/?P\b`,
    title_rest: terms`
      QTY | PRICE | TAX | CODE | AMOUNT | AMT | TOTAL | UNIT | UOM | DISC | DESC(?:RIPTION)? | ITEMS?
    `,
    head_row: terms`INVOICE | RECEIPT | CASHIER | CASH SALE | COUNTER | \bTEL\b | GST | TAX`,
    count_line: terms`
      T[O0]T[A4]L | COUNT | ^QTY | NO\.? OF | ITEMS?\(?S?\)? ?SOLD | ^\(?ITEMS?\b | PIECES
    `,
    count_check: terms`ITEM | QTY | QUANTITY | ARTI[CK] | PCS`,
    discount_row: terms`\bDISC | COUPON | VOUCHER | \bPROMO | \bLESS\b | MARKDOWN | REDUCTION | SAVING | \bOFF\b`,
    discount_first: terms`DISC | LESS\b | COUPON | VOUCHER | PROMO`,
    noise: terms`UNITS?`,
    address_stop: terms`
      TAX INVOICE | \bREG(?:ISTRATION)?\.? ?(?:NO|ID) | \bINVOICE\b | \bRECEIPT\b | \bTEL\b ?[:.)] | \bFAX\b ?[:.]
      | ^\W*CASH(?: (?:SALES?|BILL|RECEIPT))?\W*$ | \bHOURS?\b | \bHRS\b | THANK YOU | WELCOME
    `,
    legal_form: terms`
      \bPTE\.? ?(?:LTD)?\b | \bPTY\.? ?(?:LTD)?\b | \bLTD\b | \bLIMITED\b | \bLLP\b | \bLLC\b | \bINC\.?$ | \bCORP(?:ORATION)?\b
      | \bPLC\b | \bCO\.,? ?LTD\b
    `,
    registration: terms`\bREG(?:N|D)?\b | \bCO\.? ?(?:NO|REG) | \bCOMPANY (?:NO|REG) | \bTAX ID\b | \bTAX NO\b`,
    no_name: terms`
      TELEPHONE | ^\(?(?:CO|COMPANY|BUSINESS|REG|ROC|BRN|BR|SSM)\b\.? ?(?:REG\w*\.? ?)?(?:NO|NUM|NUMBER|#)\b | \bINVOICE\b | \bTAXINV
      | \bRECEIPT\b | \bCASH BILL\b | \bTAX\b | \bDATE\b | ^\W*TIME\b | \bTIME ?[:#] | \bCASHIER\b | ^\W*TABLE\b | \bTABLE ?(?:[:#]|NO\b|\d) | \bWELCOME\b | THANK YOU | \bTEL\b
      | \bPHONE\b | \bFAX\b | \bREG\b | \bREF\b | \bBILL\b(?!') | ^\W*ORDER\b | \bORDER ?(?:[:#]|NO\b|ID\b|\d) | \bCOPY\b | ^\W*COUNTER\b | \bCOUNTER ?(?:[:#]|NO\b|\d) | \bPOSTED\b | \bPAID\b | \bTICKET\b
      | GOODS SOLD | RETURNABLE | \bTRIAL\b | FORMERLY | LICENSEE | DUPLICATE | REPRINT | \bMEMBER\b | SHOPPING HOURS
      | \bSIGNA | \bCUSTOMER\b | GUEST CHECK | \bOPEN\b.*\bHOURS?\b
    `,
    never_name: terms`TAX | INVOICE | BILL | TEL | FORMERLY | LICENSEE`,
    other_party: terms`FORMERLY | LICENSEE | BILL TO | SOLD TO | OWNED BY | CUSTOMER | ATTN | DELIVER`,
    registration_note: terms`CO\.? ?(?:REG|NO)[^)]* | REG[^)]* | ROC[^)]*`,
    phone_sign: terms`\bTEL\b | \bPHONE\b`,
    house_number: terms`^(?:NO|NOS|LOT|UNIT|SHOP|SUITE|BLK|BLOCK|PT|PTD)\b ?[:.]{0,2} ?(?:[A-Z]{1,3}[-. ]{0,2}){0,3}\d`,
    fax: terms`\bFAX\b | \bF ?:`,
    paid_by_debit: terms`\bDEBIT\b | \bPIN\b`,
    paid_by_card: terms`\bCARD\b | \bCREDIT\b`,
    paid_by_cash: terms`\bCASH\b`,
    no_payment: terms`REFUND | RETURN | SALES? ONLY`,
    volume_sum: terms`^(?:FUEL|PUMP|GAS|GASOLINE|PETROL) (?:TOTAL|SALES?|AMOUNT)`,
    balance: terms`\bBALANCE\b | \bBAL\b`,
    fare: terms`\bPARKING | \bTAXI\b | \bFARE\b | \bTOLL\b | \bBUS(?: ?NO\b|\b) | \bTRAM\b | \bMETRO\b | \bADMISSION\b | \bONE[- ]WAY TICKET | \bDRIVER\b`,
    card_ending: terms`ENDING(?: IN)?\u0020`,
  },
};
