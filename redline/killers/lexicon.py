"""The words of contracts as concepts, in English and Russian: what lets a clause be recognised in other words or the other language.

Each line is `kind name: English phrases ; Russian phrases`. A word stands for all words of its stem, `word*` for all that begin so; the
longest phrase wins. A name with a leading minus is the same concept at its negative pole: *unlimited* is *limit* negated. A concept holds words
that a contract lawyer would exchange without changing what a clause is about; it never holds what only one sample says.

Kinds: `client`, `provider` and `both` are who; `modal` is may or must; `verb` and `thing` are what is done to what; `hard` makes a clause absolute
(any, at any time, sole discretion) and `soft` takes the edge off it (reasonable, to the extent, upon notice); `deny` turns what
follows into its opposite, `none` is a phrase that only looks as if it did.
"""

from __future__ import annotations

LEXICON = """
client client: customer, client, buyer, purchaser, licensee, lessee, tenant, commissioning party, ordering party, end user ; заказчик*, клиент*, покупател*, лицензиат*, арендатор*, принципал*, доверител*
provider provider: supplier, provider, contractor, vendor, seller, licensor, consultant, developer, lessor, landlord, service company, manufacturer ; исполнител*, подрядчик*, поставщик*, продав*, лицензиар*, арендодател*, агент*, разработчик*, субъект оказания
both both: either party, each party, both parties, the parties, neither party, any party, each of the parties, mutual*, reciprocal*, one another, each other ; стороны, сторонами, сторонам, каждая сторона, каждая из сторон, любая из сторон, любая сторона, ни одна из сторон, обе стороны, обоюдн*, взаимн*, друг друг*
thing party: party ; сторон*
thing contract: agreement, contract, engagement ; договор*, контракт*, соглашени*
modal must: shall, must, will, is obliged to, are obliged to, is required to, are required to, undertakes to, agrees to, is bound to, obligat*, oblige ; обязан*, обязует*, обязуют*, должен, должн*, обязательств*, обязанност*, надлежит
modal may: may, is entitled to, are entitled to, has the right to, have the right to, shall have the right to, reserves the right to, is free to, are free to, is permitted to, can, is allowed to, allow, permit ; вправе, имеет право, имеют право, может, могут, разреша*, допускает*, допуска*
modal -may: prohibit*, forbid, forbidden, refrain, barred from, bar from, restrained from, debar* ; запрещ*, запрет*, воздерж*, недопуст*, не допускается, лишен* права
deny deny: not, cannot, no, never, nor, neither, without, nothing, none, nobody, fails to, except without ; не, ни, нет, без, никак*, ничто, ничем, ничего, никогда, нельзя

none neutral: no later than, not later than, not limited to, without limitation, including without limitation, without prejudice to, not only, if not, whether or not paid, no doubt ; не позднее, не позже, не ранее, не только, без ущерба для, не ограничиваясь, в том числе

verb pay: pay, payment, paid, payable, remit*, settle* ; оплат*, оплач*, уплат*, уплач*, плат*, выплат*, выплач*, перечисл*, расчет*
verb charge: charge, levy, impose, accrue, assess ; начисл*, взыск*, взима*, налож*, налаг*, доначисл*
verb reimburse: reimburse*, compensat*, make good, make whole, recompense ; возмещ*, возмест*, компенс*
thing indemnity: indemnif*, indemnit*, hold harmless, hold and save harmless, save harmless, defend ; имуществен* потер*, ограждать, оградить, гарантия возмещения
verb terminate: terminat*, cancel*, withdraw, rescind, rescission, walk away, put an end ; расторг*, расторж*, отказаться от исполнения, отказ* от исполнения, отказаться от договора, отказ* от договора, прекращ*, прекрат*, односторонний отказ
verb suspend: suspend*, suspension, withhold performance ; приостан*
verb withhold: withhold*, withheld, retain*, retention, deduct*, set off, set-off, setoff, offset, hold back, net against ; удерж*, вычесть, вычита*, вычит*, зачет*, зачест*, зачит*, засчит*
thing deduction: tax deduction, denied deduction, input vat, deduction ; вычет*
verb transfer: transfer*, vest*, assign*, pass to, passes to, pass, convey*, novat* ; переход*, перейд*, перейти, переда*, отчужд*, уступ*, цесс*
verb own: own, owner*, ownership, property of, title ; собственност*, собственник*, принадлеж*, владел*, владе*
verb create: creat*, develop*, made by, produce* ; созда*, разработан*, разработ*, изготов*
verb disclose: disclos*, divulg*, reveal, communicate to ; разгла*, раскры*, разглаш*
verb extend: extend*, extension ; продл*, распростран*
verb renew: renew*, prolong*, roll over, rollover ; пролонг*, возобнов*, продлевает*, продленным, продлева*
verb notify: notif*, notice, written notice, prior notice ; уведом*, извещ*, извест*, сообщ*
verb accept: accept*, sign off, sign-off, approve* ; принят*, прием*, приним*, приемк*, согласов*, одобр*
verb reject: reject*, refuse*, decline, deny ; отклон*, отказ*, мотивированн* отказ*
verb deliver: deliver*, supply, supplied, hand over ; поставк*, поставл*, постав*, предостав*, предоставл*
verb perform: perform*, render, provide, carry out, execut*, fulfil* ; оказ*, исполнен*, исполнять, исполнит, выполн*, осуществ*
verb breach: breach*, default*, violat*, fail to comply, infring* ; наруш*, неисполнен*, ненадлежащ*
verb delay: delay*, late, overdue, tard* ; просроч*, задерж*, опозд*
verb change: change*, amend*, modif*, vary, alter*, revis*, adjust* ; измен*, корректир*, пересм*, дополнит*
verb increase: increas*, rais*, escalat*, uplift, index* ; повыш*, повыс*, увелич*, индекс*
verb reduce: reduc*, decreas*, lower*, rebate, discount* ; сниж*, сниз*, уменьш*, скидк*
verb refund: refund*, repay*, give back, credit back ; верн*, возврат*, возвращ*
verb audit: audit*, inspect*, examin*, verif* ; провер*, аудит*, инспек*, ревизи*
verb assist: assist*, support*, help ; содейств*, поддерж*, помощ*
verb employ: employ*, hire, solicit*, recruit*, poach ; нанима*, найм*, переман*, трудоустр*, прием на работу, принимать на работу
verb compete: compete, competes, competing, competit*, rival* ; конкур*
verb subcontract: subcontract*, sub-contract*, outsourc* ; субподряд*, соисполнител*, привлечение третьих лиц, привлекать третьих лиц
verb waive: waiv*, relinquish*, forgo ; отказывается от права, отказ от права, отказывается от прав
verb use: use, exploit*, utiliz*, utilis* ; использ*, примен*, пользов*
verb publish: publish*, publicity, press release, announce* ; опублик*, публик*, пресс-релиз*, публичн*, реклам*
verb destroy: destroy*, delete, erase, destruct* ; уничтож*, удал*
verb insure: insur*, underwrit* ; страх*, застрах*
verb guarantee: guarant*, surety, bond ; поручител*, гаранти*, банковск* гаранти*
verb warrant: warrant*, represent and warrant, represents and warrants, representation ; гарантир*, заверен*, заверя*, гарантийн*
verb repair: repair*, rectif*, remed*, correct*, fix, cure, make good defects ; устран*, исправ*, ремонт*
verb replace: replac*, substitut* ; замен*, замещ*
verb report: report*, account for ; отчет*, отчит*
verb respond: respond*, response time, reaction*, answer ; реагир*, реакц*, ответ на
verb purchase: purchas*, buy, order, procure* ; покуп*, закуп*, приобрет*, заказ, заказать, заказыва*
verb sell: sell, sale, market, resell*, distribut* ; прода*, реализ*, сбыт*, дистрибу*
verb license: licen*, sublicen*, right to use ; лиценз*, сублиценз*, право использования
verb copy: copy, reproduc*, duplicat* ; копир*, воспроизв*
verb access: access* ; доступ*
verb enter: take over, step in, step-in ; вмешат*, вступить, принять на себя исполнение
verb consent: consent*, agree in writing, permission, authoris*, authoriz*, prior approval, approval ; согласи*, согласен, разрешени*
verb dispute: disput*, controvers*, claim*, litigat* ; спор*, разноглас*, претензи*
verb sue: sue, lawsuit, proceeding* ; иск*, судебн* разбират*
verb survive: surviv*, remain in force, continue after, following termination, after termination, after its termination ; сохраня* силу, действ* после, после прекращения, после окончания, после расторжения
verb escrow: escrow* ; эскроу*, депонир*
verb escape: release*, discharge ; освобожд*, освобод*
verb exceed: exceed* ; превыш*, превыс*
verb lose: loss, losses, lose, damages ; убыт*, потер*, ущерб*
verb incur: incur*, sustain, bear, suffer ; понес*, нести, несет, несут
verb arise: aris*, result from, caused by, in connection with, relating to, due to ; возник*, связан*, в связи с, вызван*, вследств*, из-за
verb prove: prove, evidence, demonstrat*, substantiat* ; доказ*, подтверд*, подтвержд*
verb store: store, retain data, keep, maintain ; хран*, обслуж*
verb process: process* ; обработ*, обрабат*
verb postpone: postpone*, reschedul* ; перенос*, перенес*, отсроч*, рассроч*
verb match: match* ; соответств*
verb claim price difference: difference ; разниц*
verb offer: offer, propose, quote ; предлож*, предлаг*, оферт*

thing liability: liab*, responsib* ; ответственност*, отвечает, отвечать
thing limit: cap, limit*, ceiling, maximum liability, restrict*, not exceed, not to exceed, no more than, not more than, in no event exceed, shall not exceed, up to, aggregate liability ; огранич*, лимит*, предел*, не превыша*, не более, не свыше, не может превыш*, потол*, максимал*
thing -limit: unlimited, uncapped, limitless, unrestricted, boundless ; неогранич*, безлимит*
thing penalty: penalt*, liquidated damages, late fee, default interest, fine, fines, forfeit*, service credits, service credit ; неустойк*, пени, пеня, пеней, пеню, пенями, штраф*, санкци*
thing interest: interest ; процент* за пользование, проценты годовых
thing price: price, pricing, fee, fees, rate, rates, tariff, remuneration, consideration, charges ; цена, стоимост*, тариф*, вознагражден*, ставк*, расценк*
thing invoice: invoic*, bill, billing ; счет*, счет-фактур*, счета-фактуры
thing undisputed: undisputed ; неоспор*, бесспорн*, неоспарива*
thing amount: amount*, sum, sums ; сумм*, размер*
thing money: money, monies, funds, moneys ; денежн*, деньг*, средств*
thing expense: expens*, cost, costs, at the expense ; расход*, издерж*, затрат*, за счет, за свой счет
thing profit: profit, revenue, turnover, income ; прибыл*, выруч*, доход*, оборот*
thing lost profit: lost profit*, loss of profit*, consequential, indirect damages, indirect loss* ; упущенн* выгод*, косвенн*
thing tax: tax, taxes, taxation, duty, duties ; налог*, пошлин*, сбор*
thing vat: vat, value added tax, value-added tax ; ндс, налог* на добавленную стоимость
thing tax authority: tax authorit*, tax inspect*, revenue authorit* ; налогов* орган*, налогов* инспек*, фнс
thing advance: advance payment, prepay*, prepaid, down payment, upfront, up front ; аванс*, предоплат*
thing budget: budget*, grant, funding ; бюджет*, финансирован*
thing service: service, work, works ; услуг*, работ*
thing result: result*, deliverable*, work product, output ; результат*
thing goods: goods, product, products, merchandise ; товар*, продукц*
thing acceptance act: acceptance certificate, certificate of acceptance, acceptance report, delivery and acceptance ; акт, акта, акты, акту, актом, актов
thing signing: sign, signed, signature, execution date ; подпис*
thing moment: moment, date, as of, upon ; момент*, дат*, с даты
thing receipt: receipt, received, receiv* ; получ*
thing term: term, period, duration ; срок*, период*
thing end: expir*, expiry, end of, lapse ; истеч*, окончан*, заверш*
thing start: commenc*, beginning, effective date, enter into force ; начал*, вступлен* в силу, вступ* в силу
thing rights: right, rights, entitlement ; прав, права, право, правам, правами
thing intellectual: intellectual property, ip rights, ipr, copyright*, patent*, trademark*, trade mark*, moral rights, exclusive right, exclusive rights ; интеллектуальн*, исключительн* прав*, авторск*, патент*, товарн* знак*, исключительное право
thing background: pre-existing, preexisting, background, created earlier, previously created, existing materials ; ранее созданн*, созданн* ранее, созданные до, предшествующ*, ранее созда*
thing material: material*, document*, record* ; материал*, документ*
thing code: source code, source codes, source ; исходн* код*, исходн* текст*
thing software: software, computer program*, computer programme* ; программ*, приложени* программ*
thing know-how: know-how, methods, methodolog*, trade secret* ; ноу-хау, методик*, секрет* производства, коммерческ* тайн*
thing confidential: confiden*, non-disclosure, secre* ; конфиденц*, неразглаш*
thing information: information ; информац*, сведени*
thing data: data, personal data, personal information, gdpr ; данные, данных, данными, персональн* данн*, персональн*
thing security: cyber*, information security, data security, security measures, vulnerab* ; безопасност*, уязвим*
thing leak: data breach, security breach, leak*, security incident ; утечк*, инцидент*
thing law: law, laws, legislation, statut*, regulation* ; закон*, законодательств*, нормативн*
thing court: court*, jurisdict*, forum, venue, tribunal ; суд, суда, суде, суду, судом, судебн*, арбитраж* суд*, подсудн*, юрисдикц*
thing arbitration: arbitra* ; третейск*, арбитраж*
thing out of court: out of court, extrajudicial*, without recourse to court, without going to court ; внесудебн*, без обращения в суд, бесспорном порядке, безакцептн*
thing governing law: governing law, governed by, applicable law ; применим* прав*, регулируется прав*
thing third party: third party, third parties, third person* ; третьи лица, третьим лицам, третьих лиц, третьими лицами, третьего лица, третьему лицу
thing affiliate: affiliat*, subsidiar*, group company ; аффилир*, дочерн*
thing personnel: personnel, staff, employees, key person* ; персонал*, сотрудник*, работник*, специалист*
thing other customer: any other customer, other customers, any other client, other clients, anyone else, any third party customer, most favoured, most favored ; друг* заказчик*, друг* клиент*, ин* заказчик*, ин* клиент*, други* покупател*, третьих покупателей
thing better price: lower price, better price, best price, more favourable, more favorable, less favourable, lowest price, no less favourable ; низк* цен*, более низк*, меньш* цен*, выгодн*, наибольшего благоприятств*, льготн*
thing exclusive: exclusiv*, solely with ; эксклюзив*, исключительно у
thing similar: similar, analogous, comparable ; аналогичн*, подобн*, сходн*
thing territory: territor*, region ; территор*, регион*
thing market: market share, industry ; рынк*, рынок, отрасл*
thing subject: subject matter, purpose* ; предмет*, цел*
thing convenience: for convenience, for its convenience, without cause, for any reason or no reason, without reason, without giving reasons, no reason ; без объяснения причин, без указания причин, по своему усмотрению отказ*, немотивирован*
thing control: change of control, change in control, merger, acquisition ; смен* контрол*, изменен* контрол*, реорганизац*, слияни*
thing insolvency: insolven*, bankrupt*, liquidat* ; банкрот*, ликвидац*, несостоятельн*
thing force majeure: force majeure, act of god, acts of god, beyond the reasonable control, beyond control ; форс-мажор*, непреодолим*, чрезвычайн* обстоятельств*
thing circumstance: circumstance*, event ; обстоятельств*, событи*
thing defect: defect*, non-conform*, nonconform*, bug, error* ; недостат*, дефект*, несоответств*, ошиб*
thing quality: quality, workmanship ; качеств*
thing specification: specification*, statement of work ; техническ* задан*, требован*, спецификац*
thing warranty period: warranty period, guarantee period ; гарантийн* срок*, гарантийн* период*
thing risk: risk ; риск*
thing minimum: minimum, at least, not less than, no less than, take or pay, take-or-pay ; минимал*, минимум, не менее, бери или плати
thing volume: volume*, quantit*, commitment ; объем*, количеств*
thing benchmark: benchmark* ; бенчмарк*, сравнени* цен*
thing index: inflation, consumer price index, cpi ; инфляц*, ипц
thing currency: currency, exchange rate ; валют*, курс*
thing availability: availab*, uptime, downtime, outage*, unavailab* ; доступност*, простой, простоя, недоступн*
thing service level: service level*, sla, slas ; уровн* сервис*, уровн* обслуживан*, sla
thing overtime: around the clock, 24/7, 24 hours a day, overtime, weekends ; круглосуточн*, выходн*, сверхурочн*
thing travel: travel*, accommodation ; командировк*, проезд*, проживан*
thing visit: premises, site, facilit* ; помещен*, офис*, площадк*
thing books: books, ledgers, books of account ; бухгалтер*, первичн* документ*, книг*
thing negligence: negligen*, carelessness ; неосторожн*, небрежн*, халатност*
thing reputation: reputation, goodwill, disparag* ; репутац*, порочащ*
thing condition: condition*, conditional upon, contingent, subject to receipt, pay when paid, pay-when-paid ; услови*, обусловл*, при условии
thing end customer: end customer, end client, ultimate customer ; конечн* заказчик*, генеральн* заказчик*, гензаказчик*, генподрядчик*
thing remaining: balance, remaining, outstanding ; остат*, оставш*, причитающ*
thing successor: successor*, assignee*, heirs ; правопреемник*, преемник*
thing moral: death, personal injury, bodily injury ; вред здоров*, жизн*, здоровь*
thing anticorruption: corrupt*, bribe*, anti-bribery ; коррупц*, взятк*
thing certificate: certificat* ; сертифик*, удостоверен*, справк*
thing counterparty: counterpart* ; контрагент*
thing order form: purchase order, order form ; заявк*, наряд*
thing correspondence: e-mail, email, mail, correspondence ; электронн* почт*, переписк*, почт*
thing calendar year: calendar year, annual*, yearly ; годов*, ежегодн*
thing monthly: monthly, month ; ежемесячн*, месячн*
thing retroactive: retroactiv*, backdated, retrospectiv* ; обратн* сил*, ретроспектив*
thing first refusal: right of first refusal, first option, right of first offer, first refusal, rofr, rofo, pre-empt* ; преимуществен* прав*, первоочередн*
thing covenant: covenant* ; ковенант*
thing injunction: injunct*, equitable relief, specific performance ; обеспечительн* мер*, исполнение в натуре

hard any and all: any and all, all and any, whatever nature, whatsoever, of any kind, of any nature, each and every ; все и любые, любые и все, любого рода, какие бы то ни было, в любом случае, любых
hard any time: at any time, any time, on any day, whenever ; в любое время, в любой момент, в любой день, когда угодно
hard immediate: immediat*, forthwith, at once, instantly ; немедлен*, незамедлит*, тотчас, сразу же
hard discretion: sole discretion, absolute discretion, own discretion, solely decide, in its discretion, sole judgment, sole judgement, sole opinion ; собственному усмотрению, своему усмотрению, единолич*, усмотрен*
hard unilateral: unilateral* ; односторон*
hard fault: regardless of fault, irrespective of fault, whether or not caused, whether or not, regardless of, irrespective of, fault, no matter, even if ; независимо от вины, вне зависимости от вины, независимо от, вне зависимости, вина
hard forever: perpetual*, forever, in perpetuity, irrevoc*, indefinit*, unconditional* ; бессрочн*, бесконечн*, навсегда, вечн*, безотзывн*, безвозвратн*, неопределенн* срок*, безусловн*
hard in full: in full, entire, entirety, whole, fully ; в полном объеме, полностью, весь, всю, целиком, полном размере, полн*
hard all: all, every ; все, всех, всем, всеми, всякий, вся, всё
hard free: free of charge, at no cost, no additional charge, no charge, gratis, without charge ; безвозмездн*, бесплатн*, без дополнительной платы, без доплаты
hard automatic: automatic*, deemed ; автоматическ*, считает*, считают*, по умолчанию

soft reasonable: reasonabl*, good faith, not unreasonably, due care ; разумн*, добросовест*, обоснованн*, соразмерн*
soft extent: to the extent, only to the extent, insofar as, proportion*, pro rata, directly caused ; в той мере, в той степени, в части, пропорционал*, непосредственн*
soft serious: gross negligence, wilful*, willful*, intentional*, fraud*, finally awarded, final judgment, material breach ; груб* неосторожн*, умысл*, умышлен*, мошеннич*, вступивш* в законную силу, вступившим в законную силу, существенн* наруш*
soft ahead: prior written notice, prior notice, in advance, days' notice, days notice, months' notice, advance notice, months notice, advance written notice, days' written notice, days' prior, days prior ; предварительн*, заблаговремен*, уведомив, не позднее чем за, письменно уведомив
soft afterwards: after full payment, upon full payment, subject to payment, upon payment in full, after payment ; после полной оплаты, после оплаты, с момента оплаты, при условии оплаты, с момента полной оплаты
soft provided: provided that, subject to, unless, except, save, other than ; при условии, если иное, за исключением, кроме, если только
soft only: only, solely, exclusively for ; только, лишь, исключительно для
soft plain licence: non-exclusive, nonexclusive, simple licence ; неисключительн*, прост* лиценз*, простая
soft once: once per year, once a year, once in, no more often than, not more than once, once every ; не чаще, один раз в, раз в год
soft consult: consult*, negotiat*, discuss*, amicabl* ; переговор*, консультир* между, мирн*
soft working hours: normal business hours, business hours, office hours, working hours ; рабочее время, рабочие часы
"""

STOP = frozenset("""
a an the of to in on at by for from with as and or any all such this that these those it its their his her they them which who whom whose where when
if then than so be is are was were been being has have had do does did will would should could there here hereby herein hereof hereto hereunder thereof
therein thereto thereunder under above below into onto upon between among within during over about per each other own same said also both either but
including include includes included limitation foregoing following pursuant respect otherwise case provided set forth made make makes making shall may must
s up out off only while until before after since against through via etc eg ie i ii iii iv v vi b c d e f
и в во на с со к ко по о об от до из за у при для под над про через между а но или либо если то что чтобы как так же ли бы этот эта это эти этого этой этом этих
тот та те того той том тех его ее их им ими ему ей нем ней них свой своя свое свои своего своей своих своим своему который которая которое которые которого которой
которым которых которому такой такая такое такие такого таких также том числе включая иной иные иных иное быть был была было были будет будут является являются
себя собой себе сам сама само сами настоящий настоящего настоящему настоящим случае случай порядке порядок соответствии силу отношении образом каждый каждого каждую
""".split())
"""Words that carry grammar but no matter; they count nowhere except inside the phrases above."""
