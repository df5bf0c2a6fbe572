/**
 * What the notes of the form (业务办理须知 of ⑤, ⑦, ⑧ and ⑨) say of paying, written from the text and apart from `contribution.dmn`, as
 * oracle.ts is.
 */
export interface Payment {
  readonly insurance: 'resident-pension' | 'flexible-pension' | 'resident-medical' | 'flexible-medical'
  /** The insurance itself, or what is paid beside it. */
  readonly component: 'main' | 'large-medical' | 'long-term-care'
  readonly paysFor: 'earlier-year' | 'this-year' | 'next-year' | 'unknown'
  /** Of the payment, 01 to 12. */
  readonly month: string
  readonly standing: 'new-or-lapsed' | 'continuing' | 'unknown'
  /** 参保方式 before a change. */
  readonly planBefore: '统筹基金' | '住院保险' | '统账结合' | 'none'
}

/** One thing that a note says: in whose note, and what follows. */
export interface Said {
  readonly note: string
  readonly verdict: string
  readonly share?: 'own' | 'own-and-subsidy'
  readonly payBy?: string
  readonly benefitFromMonth?: number
}

/** Everything that the notes say of one payment, in no order. */
export function notesOn(payment: Payment): Said[] {
  return [residents, large, employees, oneWay, whatToFill].flatMap(note => note(payment))
}

/** ⑤须知2: 9月至12月集中缴纳下一年度; 6月30日前只缴个人部分; 7月1日至12月31日个人与财政补助一次缴清. */
function residents({ insurance, component, paysFor, month }: Payment): Said[] {
  if (insurance !== 'resident-medical' || component !== 'main') return []
  const note = 'resident-medical'
  if (paysFor === 'next-year') return [{ note, verdict: Number(month) >= 9 ? 'pay' : 'not-yet', share: 'own' }]
  if (paysFor !== 'this-year') return []
  return [Number(month) <= 6
    ? { note, verdict: 'pay', share: 'own', payBy: '06-30' } : { note, verdict: 'pay', share: 'own-and-subsidy', payBy: '12-31' }]
}

/** ⑦须知1: 大额医疗费用统筹须每年1月底前缴纳. A year that is over has had its January. */
function large({ insurance, component, paysFor, month }: Payment): Said[] {
  if (insurance !== 'flexible-medical' || component !== 'large-medical') return []
  const note = 'flexible-medical'
  if (paysFor === 'earlier-year') return [{ note, verdict: 'too-late' }]
  return paysFor === 'this-year' ? [{ note, verdict: month === '01' ? 'pay' : 'too-late', payBy: '01-31' }] : []
}

/** ⑦须知2 on the base, ⑦须知3 on who waits for the third month; of whom it is not known, it is said without a promise of when. */
function employees({ insurance, component, standing }: Payment): Said[] {
  if (insurance !== 'flexible-medical' || component !== 'main') return []
  const note = 'flexible-medical'
  const wait: Said[] = standing === 'new-or-lapsed' ? [{ note, verdict: 'wait', benefitFromMonth: 3 }]
    : standing === 'unknown' ? [{ note, verdict: 'wait' }] : []
  return [{ note, verdict: 'fill' }, ...wait]
}

/** ⑧须知3: 变更为统账结合后，均不允许变更为其它参保方式. */
function oneWay({ insurance, planBefore }: Payment): Said[] {
  return insurance === 'flexible-medical' && planBefore === '统账结合' ? [{ note: 'flexible-medical-change', verdict: 'refuse' }] : []
}

/** ⑨须知2: 居民填缴费档次金额，职工填缴费基数及费率. */
function whatToFill({ component }: Payment): Said[] {
  return component === 'main' ? [{ note: 'contribution', verdict: 'fill' }] : []
}
